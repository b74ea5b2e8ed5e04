//! From `pack new` to a signed pack that somebody else uses, as an organisation would do it.

use std::fs;

use crate::binary::Cairn;
use crate::cli_added::row;

#[test]
fn a_new_pack_passes_every_check_without_a_warning() {
    let cairn = Cairn::new();
    for (folder, args) in [
        ("acme", &[][..]),
        ("Our Pack (2026)", &["--title", "Say \"hello\" to \u{1b}[31mC:\\temp"]),
        ("deep/er", &["--id", "acme.leadership"]),
        ("\u{65e5}\u{672c}", &[]),
    ] {
        let out = cairn.run(&[&["pack", "new", folder], args].concat()).exits(0).quiet().out;
        assert!(out.contains("cairn rules check"), "{out}");
        for what in ["pack", "rules"] {
            let checked = cairn.run(&[what, "check", folder]).exits(0).quiet();
            assert!(checked.out.contains("no faults"), "{}", checked.out);
        }
        assert!(cairn.run(&["rules", "test", folder]).exits(0).quiet().out.contains("7 passed, 0 failed"));
        assert!(cairn.run(&["rules", "test", "--mutate", folder]).exits(0).out.contains("0 survived"));
        assert!(!cairn.run(&["rules", "coverage", folder]).exits(0).out.contains(" 0 %"));
    }
    assert!(cairn.home_is_empty() && !cairn.data().exists());
}

#[test]
fn nothing_of_anybodys_is_written_over() {
    let cairn = Cairn::new();
    cairn.file("full/.hidden", "mine");
    cairn.file("file", "mine");
    cairn.run(&["pack", "new", "full"]).exits(2).says(&["full is not empty", "give a new folder"]);
    cairn.run(&["pack", "new", "file"]).exits(2).says(&["file cannot be used"]);
    assert_eq!(fs::read_dir(cairn.path("full")).expect("readable").count(), 1);
    cairn.run(&["pack", "new", "lqf"]).exits(2).says(&["the id of a built-in pack", "--id our-lqf"]);
    cairn.run(&["pack", "new", "x", "--id", "Our Pack"]).exits(2).says(&["cannot be the id", "lower-case"]);
    cairn.run(&["pack", "new", "x", "--title", " "]).exits(2).says(&["the title is empty"]);
    assert!(!cairn.path("x").exists() && !cairn.path("lqf").exists());
    fs::create_dir(cairn.path("empty")).expect("writable");
    cairn.run(&["pack", "new", "empty"]).exits(0);
}

#[test]
fn an_organisation_makes_tests_signs_and_ships_a_pack() {
    let cairn = Cairn::new();
    cairn.run_in("author", &["pack", "new", "acme", "--title", "Acme leadership"]).exits(0);
    // It replaces a built-in rule by its own.
    let head =
        "//! # What it notices\n//! Quiet.\n//! # Why it matters\n//! It does.\n//! # What it cannot know\n//! Much.\n";
    cairn.file(
        "acme/rules/30-ours.rhai",
        format!("{head}adjust(\"doing-it-all-myself\", #{{ priority: 79, note: \"our staff survey says so\" }});\n"),
    );
    cairn.run_in("author", &["rules", "check", "acme"]).exits(0).quiet();
    cairn.run_in("author", &["rules", "test", "acme"]).exits(0).quiet();
    let out = cairn.run_in("author", &["pack", "sign", "acme"]).exits(0).quiet().out;
    let line = out.lines().find(|line| line.contains("cairn pack trust")).expect("the line that a receiver types");
    let key = line.split_whitespace().nth(3).expect("the key").to_owned();

    cairn.run(&["pack", "trust", &key, "--name", "Acme"]).exits(0);
    let added = cairn.run(&["pack", "add", "acme"]).exits(0).quiet().out;
    for text in [
        "acme 1.0.0 was added",
        "Acme leadership",
        "2 rules and 2 activities",
        "signed by Acme",
        "the rule doing-it-all-myself of emp",
    ] {
        assert!(added.contains(text), "{text} is not in:\n{added}");
    }
    assert_eq!(row(&cairn, "acme", 0)[0]["rules"], 2);
    let answers = "{\"answers\":[{\"behaviour\":\"FL-1\",\"rating\":1,\"importance\":3}]}";
    assert!(cairn.fed(&["recommend", "--answers", "-"], answers).exits(0).out.contains("[acme.ask-one-question]"));
}

//! Commands around the main work: settings, `doctor`, completions, the manual page.

#![expect(clippy::disallowed_methods, reason = "files are written as a person would")]

use cairn_coach::command::COMMANDS;

use crate::binary::Cairn;

#[test]
fn the_usual_settings_are_printed_in_the_format_that_is_read() {
    let cairn = Cairn::new();
    let usual = cairn.run(&["config", "default"]).exits(0).out;
    cairn.file("usual.toml", &usual);
    let shown = cairn.run(&["--config", "usual.toml", "config", "show"]).exits(0).out;
    assert!(shown.contains("The keys are the usual ones"), "{shown}");
    for entry in COMMANDS {
        assert!(usual.contains(&format!("\n{} = ", entry.id)), "{}", entry.id);
    }
    let path = cairn.run(&["config", "path"]).exits(0).out;
    assert!(path.trim().ends_with("cairn/config.toml"), "{path}");
    assert!(cairn.home_is_empty());
}

#[test]
fn everything_wrong_with_settings_is_told_with_its_line_and_the_rest_holds() {
    let cairn = Cairn::new();
    cairn.file("mine.toml", "theme = \"drak\"\nmouse = true\n[keys.advice]\nacept = \"y\"\ndecline = \"ctrl-m\"\n");
    let told = cairn.run(&["--config", "mine.toml", "config", "show"]).exits(1);
    for words in [
        "mine.toml:1:9",
        "did you mean \"dark\"?",
        "mine.toml:4:1",
        "did you mean \"accept\"?",
        "mine.toml:5:11",
        "enter",
    ] {
        assert!(told.err.contains(words), "{words}: {}", told.err);
    }
    assert!(told.out.contains("mouse = true"), "{}", told.out);
    let doctor = cairn.run(&["--config", "mine.toml", "doctor"]).exits(1).out;
    assert!(doctor.contains("mine.toml:4:1") && doctor.contains("3 things are wrong."), "{doctor}");
    let other = cairn.run(&["--config", "mine.toml", "plan"]).exits(0);
    assert!(other.err.contains("settings: 3 problems. mine.toml:1:9: ") && other.err.contains("cairn config show"));
    cairn.run(&["--config", "nowhere.toml", "plan"]).exits(2).says(&["nowhere.toml"]);
    let missing = cairn.run(&["--config", "nowhere.toml", "doctor"]).exits(2);
    assert!(missing.err.contains("nowhere.toml") && missing.err.contains("hint:"), "{}", missing.err);
    cairn.file("bytes.toml", "x");
    std::fs::write(cairn.path("bytes.toml"), b"theme = \"\xff\"").expect("writable");
    assert!(cairn.run(&["--config", "bytes.toml", "config", "show"]).exits(2).err.contains("UTF-8"));
}

#[test]
fn the_doctor_finds_nothing_on_a_new_machine_and_makes_nothing() {
    let cairn = Cairn::new();
    let told = cairn.run(&["doctor"]).exits(0).out;
    for words in ["Where things are", "not created yet", "What is not protected", "No problems found."] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(cairn.home_is_empty() && !cairn.data().exists(), "who only looks leaves nothing");
    let json = cairn.run(&["doctor", "--json"]).exits(0).rows();
    assert!(json.iter().all(|row| row["state"] != "wrong") && json.len() > 10, "{json:?}");
}

#[test]
fn the_doctor_tells_records_that_cannot_be_read_and_packs_that_are_left_out() {
    let cairn = Cairn::new();
    cairn.file("a.json", "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":2,\"on\":\"2026-11-20\"}]}");
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let told = cairn.run(&["doctor"]).exits(0).out;
    assert!(told.contains("1 answer,") && told.contains("key.open") && told.contains("no passphrase"), "{told}");
    std::fs::write(cairn.data().join("cairn.db"), b"not a database at all").expect("writable");
    cairn.file("bad/pack.toml", "id = \"bad\"\ntitel = \"x\"\n");
    let told = cairn.run(&["--pack", "bad", "doctor"]).exits(1).out;
    assert!(told.contains("WRONG vault") && told.contains("next:") && told.contains("bad/pack.toml:2"), "{told}");
}

#[test]
fn completions_and_manual_pages_are_made_from_the_grammar() {
    let cairn = Cairn::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let told = cairn.run(&["completions", shell]).exits(0).out;
        assert!(told.contains("recommend") && told.contains("data-dir"), "{shell}");
    }
    assert!(cairn.run(&["completions", "tcsh"]).exits(2).err.contains("bash"));
    let page = cairn.run(&["man"]).exits(0).out;
    assert!(page.contains(".TH cairn") && page.contains(".SH KEYS") && page.contains("doctor"), "{page}");
    let page = cairn.run(&["man", "pack", "add"]).exits(0).out;
    assert!(page.contains("FOLDER") || page.contains("DIR"), "{page}");
    assert!(cairn.run(&["man", "pakc"]).exits(2).err.contains("did you mean \"pack\"?"));
}

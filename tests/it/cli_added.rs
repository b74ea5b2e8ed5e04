//! Packs that are added, upgraded, removed or damaged: sound ones are used, faulty ones reported.

#![expect(clippy::disallowed_methods, reason = "packs are written and damaged from outside")]

use std::fs;

use cairn_coach::desk::OpenOptions;
use serde_json::{Value, json};

use crate::binary::Cairn;
use crate::harness::{App, TODAY};

const HEAD: &str = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";

/// Writes a pack with one rule.
pub(crate) fn pack(cairn: &Cairn, folder: &str, id: &str, version: &str, more: &[(&str, &str)]) {
    let manifest = format!(
        "id = \"{id}\"\nversion = \"{version}\"\ntitle = \"{id} {version}\"\nlicence = \"ours\"\nattribution = \"us\"\nsource = \"us\"\nrules_api = \"1\"\n"
    );
    cairn.file(&format!("{folder}/pack.toml"), manifest);
    cairn.file(&format!("{folder}/rules/a.rhai"), rule(&format!("{id}.r")));
    for (path, text) in more {
        cairn.file(&format!("{folder}/{path}"), text);
    }
}

pub(crate) fn rule(id: &str) -> String {
    format!(
        "{HEAD}rule(\"{id}\", #{{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: [\"small-bet\"], because: \"b\" }});\n"
    )
}

fn activity(title: &str) -> String {
    format!(
        "[[activity]]\nid = \"small-bet\"\ntitle = \"{title}\"\nkind = \"on-the-job\"\nbehaviours = [\"FL-5\"]\nminutes = 10\nfirst_step = \"Begin.\"\nreplaces = true\n"
    )
}

/// Returns the rows of a pack in `pack list`.
pub(crate) fn row(cairn: &Cairn, id: &str, code: i32) -> Vec<Value> {
    let rows = cairn.run(&["pack", "list", "--json"]).exits(code).rows();
    rows.into_iter().filter(|row| row["id"] == id).collect()
}

/// Returns what the screens report about packs.
fn banner(cairn: &Cairn) -> String {
    let opening = OpenOptions { data_dir: Some(cairn.data()), today: Some(TODAY), ..OpenOptions::default() };
    App::over(&opening).model.shell.banner
}

/// Returns the names and bytes of everything in the data folder.
pub(crate) fn snapshot(cairn: &Cairn) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &std::path::Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push((path.display().to_string(), fs::read(&path).expect("readable")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&cairn.data(), &mut found);
    found.sort();
    found
}

#[test]
fn a_pack_is_added_upgraded_and_taken_away() {
    let cairn = Cairn::new();
    pack(&cairn, "acme", "acme", "1.0.0", &[("activities.toml", &activity("Ours"))]);
    let out = cairn.run(&["pack", "add", "acme"]).exits(0).quiet().out;
    for text in ["acme 1.0.0 was added", "Licence: ours", "Attribution: us", "1 rule", "the activity small-bet of emp"]
    {
        assert!(out.contains(text), "{text} is not in {out}");
    }
    let rows = row(&cairn, "acme", 0);
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0]["layer"], &rows[0]["used"], &rows[0]["rules"]),
        (&json!("organisation"), &json!(true), &json!(1))
    );
    assert!(rows[0]["from"].as_str().is_some_and(|from| from.ends_with("/acme")), "{}", rows[0]);
    let answers = "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":1}]}";
    let advice = cairn.fed(&["recommend", "--answers", "-"], answers).exits(0).out;
    assert!(advice.contains("Ours  [small-bet]"), "{advice}");
    // The copy is used, whatever happens to the original folder.
    fs::remove_dir_all(cairn.path("acme")).expect("writable");
    assert_eq!(row(&cairn, "acme", 0)[0]["version"], "1.0.0");
    assert_eq!(cairn.run(&["--demo", "pack", "list", "--json"]).exits(0).rows().len(), 3, "a demonstration uses none");

    let before = snapshot(&cairn);
    for (version, said) in [("1.0.0", "is already added"), ("0.9.0", "is older"), ("1.0.0-rc.1", "is older")] {
        pack(&cairn, "acme", "acme", version, &[]);
        cairn.run(&["pack", "add", "acme"]).exits(2).says(&[said, "1.0.1", "pack remove acme"]);
    }
    assert_eq!(snapshot(&cairn), before);
    pack(&cairn, "acme", "acme", "1.1.0", &[("activities.toml", &activity("Newer"))]);
    let out = cairn.run(&["pack", "add", "acme"]).exits(0).quiet().out;
    assert!(out.contains("1.1.0 of the pack acme replaces 1.0.0") && out.contains("small-bet"), "{out}");
    pack(&cairn, "acme", "acme", "1.2.0", &[]);
    cairn.run(&["pack", "add", "acme", "--personal"]).exits(2).says(&["already in the organisation layer"]);
    cairn.run(&["pack", "add", "acme"]).exits(0).quiet();
    let kept: Vec<String> = snapshot(&cairn).into_iter().map(|(path, _)| path).collect();
    assert!(
        kept.iter().any(|path| path.contains("acme@1.1.0")) && !kept.iter().any(|path| path.contains("acme@1.0.0"))
    );

    cairn.run(&["pack", "remove", "acm"]).exits(2).says(&["did you mean \"acme\"?"]);
    cairn.run(&["pack", "remove", "lqf"]).exits(2).says(&["built in"]);
    assert!(cairn.run(&["pack", "remove", "acme"]).exits(0).out.contains("1.2.0 and 1.1.0"));
    assert_eq!(row(&cairn, "acme", 0).len(), 0);
    assert!(!snapshot(&cairn).iter().any(|(path, _)| path.contains('@')));
    cairn.run(&["pack", "remove", "acme"]).exits(2).says(&["you have not added a pack yet"]);
}

#[test]
fn a_pack_with_anything_wrong_is_refused_and_nothing_changes() {
    let cairn = Cairn::new();
    pack(&cairn, "acme", "acme", "1.0.0", &[("rules/b.rhai", "raing(1);\n"), ("rules/c.rhai", "ruel();\n")]);
    let said = cairn.run(&["pack", "add", "acme"]).exits(2).says(&["\"raing\"", "acme/rules/b.rhai:1:1", "\"ruel\""]);
    assert!(said.err.contains("2 faults. The pack was not added"), "{}", said.err);
    pack(&cairn, "b", "b", "1.0.0", &[("activities.toml", &activity("x").replace("FL-5", "FL-55"))]);
    cairn.run(&["pack", "add", "b"]).exits(2).says(&["b/activities.toml:5:", "did you mean \"FL-5\"?"]);
    pack(&cairn, "c", "lqf", "9.0.0", &[]);
    cairn.run(&["pack", "add", "c"]).exits(2).says(&["\"lqf\" is already loaded (built in)", "c/pack.toml:1:"]);
    cairn.run(&["pack", "add", "nowhere"]).exits(2).says(&["nowhere is not a folder"]);
    cairn.run(&["--demo", "pack", "add", "acme"]).exits(2).says(&["you cannot change packs in a demo"]);
    assert!(!cairn.data().exists() && cairn.home_is_empty());
}

#[test]
fn ids_of_two_packs_clash_and_both_places_are_named() {
    let cairn = Cairn::new();
    pack(&cairn, "one", "one", "1.0.0", &[("rules/a.rhai", &rule("shared.id"))]);
    pack(&cairn, "two", "two", "1.0.0", &[("rules/a.rhai", &rule("shared.id"))]);
    cairn.run(&["pack", "add", "one"]).exits(0);
    let before = snapshot(&cairn);
    cairn.run(&["pack", "add", "two"]).exits(2).says(&["one@1.0.0/rules/a.rhai:7", "two/rules/a.rhai:7"]);
    assert_eq!(snapshot(&cairn), before);
    // The author can check a newer version while an older one is added; using both at once is an error.
    pack(&cairn, "one", "one", "1.1.0", &[]);
    cairn.run(&["pack", "check", "one"]).exits(0).quiet();
    cairn.run(&["--pack", "one", "plan"]).exits(2).says(&["already loaded (one@1.0.0)", "cairn pack add FOLDER"]);
}

#[test]
fn personal_packs_stand_above_those_of_organisations() {
    let cairn = Cairn::new();
    pack(&cairn, "mine", "mine", "1.0.0", &[("activities.toml", &activity("Mine"))]);
    pack(&cairn, "ours", "ours", "1.0.0", &[("activities.toml", &activity("Theirs"))]);
    pack(&cairn, "named", "named", "1.0.0", &[("activities.toml", &activity("Named"))]);
    assert!(cairn.run(&["pack", "add", "mine", "--personal"]).exits(0).out.contains("Layer: personal"));
    cairn.run(&["pack", "add", "ours"]).exits(0);
    let rows = cairn.run(&["--pack", "named", "pack", "list", "--json"]).exits(0).rows();
    let ids: Vec<&str> = rows.iter().rev().take(3).filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids, ["mine", "named", "ours"]);
    let answers = "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":1}]}";
    let advice = cairn.fed(&["--pack", "named", "recommend", "--answers", "-"], answers).exits(0).out;
    assert!(advice.contains("Mine  [small-bet]"), "{advice}");
}

#[test]
fn a_pack_that_another_needs_stays() {
    let cairn = Cairn::new();
    pack(&cairn, "base", "base", "1.0.0", &[]);
    pack(&cairn, "top", "top", "1.0.0", &[]);
    let manifest = fs::read_to_string(cairn.path("top/pack.toml")).expect("readable");
    cairn.file("top/pack.toml", format!("{manifest}requires = [\"base >=1, <2\"]\n"));
    cairn.run(&["pack", "add", "top"]).exits(2).says(&["\"base\", which this one requires", "cairn pack add ./base"]);
    cairn.run(&["pack", "add", "base"]).exits(0);
    cairn.run(&["pack", "add", "top"]).exits(0);
    cairn.run(&["pack", "remove", "base"]).exits(2).says(&["you could no longer use the pack top"]);
    pack(&cairn, "base", "base", "2.0.0", &[]);
    cairn
        .run(&["pack", "add", "base"])
        .exits(2)
        .says(&["you could no longer use the pack top", "top@1.0.0/pack.toml:8"]);
    assert_eq!(row(&cairn, "base", 0)[0]["version"], "1.0.0");
}

#[test]
fn a_damaged_copy_is_left_out_and_the_version_before_is_used() {
    let cairn = Cairn::new();
    pack(&cairn, "acme", "acme", "1.0.0", &[]);
    cairn.run(&["pack", "add", "acme"]).exits(0);
    pack(&cairn, "acme", "acme", "2.0.0", &[("activities.toml", &activity("Newer"))]);
    cairn.run(&["pack", "add", "acme"]).exits(0);
    cairn.file("data/packs/acme@2.0.0/activities.toml", "");
    let rows = row(&cairn, "acme", 1);
    let seen: Vec<(&Value, &Value)> = rows.iter().map(|row| (&row["version"], &row["used"])).collect();
    assert_eq!(seen, [(&json!("1.0.0"), &json!(true)), (&json!("2.0.0"), &json!(false))]);
    assert!(rows[1]["faults"][0]["message"].as_str().is_some_and(|said| said.contains("not the ones that were added")));
    let said =
        cairn.run(&["search", "risk"]).exits(1).says(&["Cairn uses version 1.0.0 instead", "cairn pack remove acme"]);
    assert!(said.out.contains("FL-5"), "the rest goes on: {}", said.out);
    let banner = banner(&cairn);
    assert!(
        banner.starts_with("The pack acme 2.0.0 is not used. Cairn uses version 1.0.0 instead: acme@2.0.0: the files"),
        "{banner}"
    );
    // The same version can be added again to repair it, and the sound previous version is preserved.
    cairn.run(&["pack", "add", "acme"]).exits(0);
    assert_eq!(row(&cairn, "acme", 0)[0]["version"], "2.0.0");
    fs::remove_dir_all(cairn.path("data/packs/acme@2.0.0")).expect("writable");
    assert_eq!(row(&cairn, "acme", 1)[0]["version"], "1.0.0");
    fs::remove_dir_all(cairn.path("data/packs/acme@1.0.0")).expect("writable");
    let said = cairn.run(&["search", "risk"]).exits(1).says(&["the pack acme 2.0.0 is not used\n", "cannot be read"]);
    assert!(!said.err.contains("1.0.0 instead"), "{}", said.err);
    cairn.run(&["pack", "remove", "acme"]).exits(0);
    cairn.run(&["search", "risk"]).exits(0).quiet();
}

#[test]
fn a_list_that_is_missing_or_damaged_is_said_and_the_rest_goes_on() {
    let cairn = Cairn::new();
    pack(&cairn, "acme", "acme", "1.0.0", &[]);
    cairn.run(&["pack", "add", "acme"]).exits(0);
    let good = fs::read_to_string(cairn.path("data/packs/packs.toml")).expect("readable");
    for (text, said) in [
        (format!("{good}colour = \"red\"\n"), "unknown field `colour`"),
        (good.replace("format = 1", "format = 2"), "newer version of Cairn"),
        (good.replace("id = \"acme\"", "id = \"../acme\""), "damaged at \"../acme\""),
        (format!("{good}[[pack"), "is damaged"),
        (String::new(), "missing field `format`"),
    ] {
        cairn.file("data/packs/packs.toml", text);
        let ran = cairn.run(&["search", "risk"]).exits(1).says(&[said, "packs.toml", "hint:"]);
        assert!(ran.out.contains("FL-5"));
        assert!(banner(&cairn).contains("packs.toml"));
        let before = snapshot(&cairn);
        cairn.run(&["pack", "add", "acme"]).exits(2).says(&[said]);
        cairn.run(&["pack", "remove", "acme"]).exits(2).says(&[said]);
        assert_eq!(snapshot(&cairn), before);
    }
    fs::remove_file(cairn.path("data/packs/packs.toml")).expect("writable");
    cairn.run(&["search", "risk"]).exits(1).says(&["is missing, so none of them is used"]);
    cairn.file("data/packs/packs.toml", good);
    cairn.run(&["search", "risk"]).exits(0).quiet();
}

#[test]
fn two_programs_add_packs_one_after_the_other() {
    let cairn = Cairn::new();
    let mut running = Vec::new();
    for number in 0..4 {
        let id = format!("p{number}");
        pack(&cairn, &id, &id, "1.0.0", &[]);
        running
            .push(cairn.command(&["pack", "add", &id]).stdout(std::process::Stdio::null()).spawn().expect("it starts"));
    }
    for child in &mut running {
        child.wait().expect("it ends");
    }
    for number in 0..4 {
        assert_eq!(row(&cairn, &format!("p{number}"), 0).len(), 1);
    }
    let lock = fs::File::options().write(true).open(cairn.path("data/packs/packs.lock")).expect("it is there");
    lock.lock().expect("lockable");
    cairn.run(&["pack", "remove", "p0"]).exits(2).says(&["another program is changing your packs", "try again"]);
}

#[cfg(unix)]
#[test]
fn copies_are_private_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let cairn = Cairn::new();
    pack(&cairn, "acme", "acme", "1.0.0", &[]);
    let outside = cairn.file("outside.md", "secret");
    symlink(&outside, cairn.path("acme/README.md")).expect("a link");
    cairn.run(&["pack", "add", "acme"]).exits(0);
    let files = snapshot(&cairn);
    assert!(!files.iter().any(|(path, _)| path.ends_with("README.md")), "only what was read is copied");
    for (path, _) in &files {
        let mode = fs::metadata(path).expect("readable").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
    symlink(&outside, cairn.path("acme/prompts.toml")).expect("a link");
    let manifest = fs::read_to_string(cairn.path("acme/pack.toml")).expect("readable").replace("1.0.0", "1.1.0");
    cairn.file("acme/pack.toml", manifest);
    cairn.run(&["pack", "add", "acme"]).exits(2).says(&["not a regular file", "acme/prompts.toml"]);
    assert_eq!(snapshot(&cairn), files);
}

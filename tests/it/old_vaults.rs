//! Records made by earlier versions. Each folder under `tests/fixtures/vaults` was written by the program of its time,
//! in the first four formats of the database. The program upgrades them after a backup, and nothing in them is lost.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::binary::Cairn;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vaults")
}

/// Returns a home with the records of one version.
fn old(version: &str) -> Cairn {
    let cairn = Cairn::new();
    fs::create_dir(cairn.data()).expect("writable");
    for entry in fs::read_dir(fixtures().join(version)).expect("there is such a version") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("it has a name").to_owned();
        cairn.file(&format!("data/{}", name.to_string_lossy()), fs::read(&path).expect("readable"));
    }
    cairn
}

fn json(cairn: &Cairn, args: &[&str]) -> Value {
    serde_json::from_str(&cairn.run(args).exits(0).out).expect("one JSON value")
}

/// Returns the number of backups made for this reason.
fn backups(cairn: &Cairn, why: &str) -> usize {
    let all = json(cairn, &["backup", "--list", "--json"]);
    all.as_array().expect("a list").iter().filter(|one| one["why"] == why).count()
}

#[test]
fn every_version_is_brought_up_after_a_backup_and_keeps_every_word() {
    let mut versions: Vec<String> = fs::read_dir(fixtures())
        .expect("readable")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    versions.sort();
    assert_eq!(versions, ["1", "2", "3", "4"]);
    let newest = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations")).expect("readable");
    let newest = newest.count();
    for version in versions {
        let cairn = old(&version);
        let journal = cairn.run(&["journal", "--json"]).exits(0).out;
        for words in ["The evening walks.", "I worry about getting it wrong.", "Gofal \u{e2} thosturi", "\u{1f467}"] {
            assert!(journal.contains(words), "version {version}: {words}\n{journal}");
        }
        let plan = json(&cairn, &["plan", "--json"]);
        let titles: Vec<&str> = plan.as_array().expect("a list").iter().filter_map(|a| a["title"].as_str()).collect();
        assert!(titles.contains(&"Ask Sam first") && titles.len() == 2, "version {version}: {titles:?}");
        assert!(!json(&cairn, &["recommend", "--json"]).as_array().expect("a list").is_empty());
        let migrated = usize::from(version.parse::<usize>().expect("a number") < newest);
        assert_eq!(backups(&cairn, "before a newer format"), migrated, "version {version}");
        cairn.file("a.json", r#"{"answers":[{"behaviour":"FL-6","rating":3,"evidence":"Written now."}]}"#);
        cairn.run(&["reflect", "--from", "a.json"]).exits(0);
        assert!(cairn.run(&["journal"]).exits(0).out.contains("FL-6"));
        cairn.run(&["doctor"]).exits(0);
    }
}

#[test]
fn a_backup_of_an_old_version_is_put_in_place_and_brought_up() {
    let cairn = old("1");
    cairn.run(&["journal"]).exits(0);
    let all = json(&cairn, &["backup", "--list", "--json"]);
    let path = all[0]["path"].as_str().expect("a path").to_owned();
    assert!(cairn.run_in(&path, &["journal"]).exits(3).err.contains("--into NEW"));
    cairn.run(&["restore", &path, "--yes"]).exits(0);
    assert!(cairn.run(&["journal", "--json"]).exits(0).out.contains("The evening walks."));
}

#[test]
fn clients_of_the_third_version_are_still_kept_apart() {
    let cairn = old("3");
    assert_eq!(json(&cairn, &["--person", "Amira", "plan", "--json"])[0]["title"], "Try a walk");
    assert!(!cairn.run(&["plan"]).exits(0).out.contains("Try a walk"));
}

#[test]
fn answers_of_earlier_versions_are_given_the_words_of_their_edition_or_none() {
    for version in ["1", "2", "3", "4"] {
        let cairn = old(version);
        let all: Value = json(&cairn, &["export", "--all", "--plaintext"]);
        let mut answers = Vec::new();
        collect(&all, &mut answers);
        assert!(answers.len() >= 3, "version {version}");
        for answer in answers {
            let known = answer["edition"] == "2012";
            assert_eq!(answer["words_from"], if known { "pack" } else { "" }, "version {version}: {answer}");
            assert_eq!(answer["title"].as_str().expect("a text").is_empty(), !known, "version {version}: {answer}");
            let labelled = known && answer["rating"].is_number();
            assert_eq!(answer["label"].as_str().expect("a text").is_empty(), !labelled, "version {version}: {answer}");
        }
    }
    let cairn = old("4");
    let told = cairn.run(&["journal"]).exits(0).out;
    assert!(told.contains("Rating: 3\n") && told.contains("given under edition 2009"), "{told}");
}

/// Collects every answer in an export, of any person.
fn collect<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) if fields.contains_key("words_from") => found.push(value),
        Value::Object(fields) => fields.values().for_each(|own| collect(own, found)),
        Value::Array(rows) => rows.iter().for_each(|own| collect(own, found)),
        _ => {}
    }
}

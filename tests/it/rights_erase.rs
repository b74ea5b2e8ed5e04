//! Erasing a person with the real binary: preview, repeating the name, the certificate, and backups.

#![expect(clippy::disallowed_methods, reason = "files of the data folder are copied and looked at")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::binary::{Cairn, has_keys};
use crate::cli_answers::{file_of, month};
use crate::rights::all_texts;

/// A coach with three clients; the first has answers, a plan, a draft and a report that was handed over.
fn coach() -> Cairn {
    let cairn = Cairn::new();
    for name in ["Amira Khan", "Ben Osei", "Zo\u{eb}"] {
        cairn.run(&["people", "add", name]).exits(0).quiet();
    }
    cairn.file("a.json", file_of(&month()));
    cairn.run(&["--person", "amira", "reflect", "--from", "a.json"]).exits(0).quiet();
    cairn.run(&["--person", "amira", "plan", "add", "Okapistripe"]).exits(0);
    cairn.run(&["--person", "ben", "plan", "add", "Do as Amira did"]).exits(0);
    cairn.run(&["plan", "add", "My own giraffe"]).exits(0);
    cairn
}

/// Makes a backup as the program does: a complete folder with a line that says when it was made.
fn back_up(cairn: &Cairn, name: &str) {
    let backup = cairn.data().join("backups").join(name);
    fs::create_dir_all(&backup).expect("writable");
    for entry in fs::read_dir(cairn.data()).expect("readable").map(|entry| entry.expect("readable")) {
        if entry.file_type().expect("readable").is_file() {
            fs::copy(entry.path(), backup.join(entry.file_name())).expect("writable");
        }
    }
    let proof = fs::read_to_string(backup.join("vault.toml")).expect("readable");
    let made = name.strip_prefix("cairn-").and_then(|day| day.get(..10)).expect("a day");
    let proof = format!("{proof}backup_made = \"{made}T09:00:00Z\"\nbackup_why = \"daily\"\n");
    fs::write(backup.join("vault.toml"), proof).expect("writable");
}

fn exported(cairn: &Cairn, who: &str) -> Value {
    let mut value = cairn.run(&["export", "--subject", who, "--plaintext"]).exits(0).json();
    value["people"].take()
}

fn holds(folder: &Path, word: &str) -> bool {
    all_texts(folder).iter().any(|text| text.contains(word))
}

#[test]
fn nothing_is_erased_unless_the_whole_name_is_given() {
    let cairn = coach();
    let before = all_texts(&cairn.data());
    cairn.run(&["erase"]).exits(2);
    cairn.run(&["erase", "Zelda", "--yes-erase", "Zelda"]).exits(2).says(&["Zelda"]);
    let asked = cairn.run(&["erase", "amira"]).exits(2);
    assert!(asked.err.contains("--yes-erase 'Amira Khan'") && !asked.err.contains("Okapi"), "{}", asked.err);
    cairn.run(&["erase", "amira", "--yes-erase", "amira"]).exits(2).says(&["Amira Khan", "nothing was erased"]);
    let preview = cairn.run(&["erase", "amira", "--preview"]).exits(0).quiet().out;
    assert!(preview.contains("1 action, 2026-11-22") && preview.contains("1 passage names them"), "{preview}");
    let value = cairn.run(&["erase", "amira", "--preview", "--json"]).exits(0).quiet().json();
    let keys = ["name", "person_sha256", "erased", "logged_sessions", "backups", "handed_over", "named_elsewhere"];
    has_keys(&value, &keys);
    assert_eq!(all_texts(&cairn.data()), before);
}

#[test]
fn a_client_is_erased_with_a_certificate_and_others_keep_every_row() {
    let cairn = coach();
    fs::create_dir(cairn.data().join("handed-over")).expect("writable");
    fs::write(cairn.data().join("handed-over/2026-11-01-AK-client.html"), "x").expect("writable");
    let (ben, me) = (exported(&cairn, "ben"), exported(&cairn, "me"));
    let ran = cairn.run(&["erase", "amira", "--yes-erase", "Amira Khan", "--json"]).exits(0);
    assert!(ran.err.contains("not deleted:") && ran.err.contains("AK-client.html"), "{}", ran.err);
    let certificate = ran.json();
    let keys = [
        "format",
        "version",
        "made_by",
        "at",
        "vault",
        "person_sha256",
        "erased",
        "rewritten",
        "backups",
        "from_backups",
        "handed_over",
        "named_elsewhere",
        "not_erased",
    ];
    has_keys(&certificate, &keys);
    assert_eq!((&certificate["format"], &certificate["rewritten"]), (&json!("cairn-erasure"), &json!(true)));
    assert_eq!((&certificate["handed_over"], &certificate["named_elsewhere"]), (&json!(1), &json!(1)));
    assert!(!certificate.to_string().contains("Amira"), "it names nobody");
    for word in ["Amira Khan", "Okapistripe"] {
        assert!(!holds(&cairn.data(), word), "{word}");
    }
    assert_eq!((exported(&cairn, "ben"), exported(&cairn, "me")), (ben, me));
    let names: BTreeSet<String> =
        cairn.run(&["people", "--json"]).rows().iter().map(|row| row["name"].to_string()).collect();
    assert_eq!(names.len(), 2);
    let kept = cairn.run(&["erase", "--certificates", "--json"]).exits(0).quiet().rows();
    assert_eq!(kept, [certificate]);
    cairn.run(&["erase", "amira", "--yes-erase", "Amira Khan"]).exits(2);
}

#[test]
fn backups_are_named_and_erased_when_that_is_asked_for() {
    let cairn = coach();
    back_up(&cairn, "cairn-2026-11-20T0900Z");
    back_up(&cairn, "cairn-2026-11-21T0900Z");
    let (first, broken) = ("backups/cairn-2026-11-20T0900Z", "backups/cairn-2026-11-21T0900Z");
    let database = cairn.data().join(broken).join("cairn.db");
    fs::write(&database, vec![7; 20_000]).expect("writable");
    let ran = cairn.run(&["erase", "amira", "--yes-erase", "Amira Khan"]).exits(1);
    assert!(ran.out.contains("cairn-2026-11-20T0900Z: still holds the person"), "{}", ran.out);
    assert!(ran.out.contains("cairn-2026-11-21T0900Z: not opened:"), "{}", ran.out);
    assert!(holds(&cairn.data().join(first), "Okapistripe"));
    let done = cairn.run(&["erase", "--backups", "--json"]).exits(1).json();
    let fate = |lines: &Value, name: &str| {
        let line = lines.as_array().and_then(|lines| lines.iter().find(|line| line["name"] == name));
        line.map(|line| line["fate"].clone())
    };
    assert_eq!(fate(&done["backups"], "cairn-2026-11-20T0900Z"), Some(json!("erased")));
    assert_eq!(fate(&done["backups"], "cairn-2026-11-21T0900Z"), Some(json!("not-opened")));
    assert!(!holds(&cairn.data().join(first), "Okapistripe") && holds(&cairn.data().join(first), "My own giraffe"));
    let kept = cairn.run(&["erase", "--certificates", "--json"]).exits(0).rows();
    let told = fate(&kept[0]["backups"], "cairn-2026-11-20T0900Z");
    assert_eq!((kept.len(), told), (1, Some(json!("erased"))), "the certificate says so");
    fs::remove_dir_all(cairn.data().join(broken)).expect("writable");
    let again = cairn.run(&["erase", "--backups"]).exits(0).quiet().out;
    assert!(again.contains("No backup"), "{again}");
    for entry in fs::read_dir(cairn.data().join(first)).expect("readable") {
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        let ours = ["cairn.db", "key.open", "vault.toml", "vault.lock", "vault.copies"];
        assert!(ours.contains(&name.as_str()), "{name} was left there");
    }
    // From the backups in the same step, for one of the other clients.
    back_up(&cairn, "cairn-2026-11-22T0900Z");
    cairn.run(&["erase", "ben", "--yes-erase", "Ben Osei", "--backups"]).exits(0);
    for name in ["cairn-2026-11-20T0900Z", "cairn-2026-11-22T0900Z"] {
        let texts = all_texts(&cairn.data().join("backups").join(name));
        assert!(!texts.iter().any(|text| text.contains("Ben Osei")), "{name}");
    }
}

#[test]
fn ones_own_records_go_and_the_clients_stay() {
    let cairn = coach();
    let ben = exported(&cairn, "ben");
    cairn.run(&["erase", "me", "--yes-erase", "me"]).exits(0).quiet();
    assert!(!holds(&cairn.data(), "giraffe"));
    assert_eq!(exported(&cairn, "ben"), ben);
    cairn.run(&["erase", "me", "--yes-erase", "me"]).exits(2).says(&["there is nothing about you"]);
}

#[test]
fn what_was_set_aside_for_a_backup_is_a_copy_too() {
    let cairn = coach();
    cairn.run(&["backup"]).exits(0);
    cairn.run(&["--person", "amira", "plan", "add", "Okapi after the backup"]).exits(0);
    let backup = fs::read_dir(cairn.data().join("backups")).expect("readable").next().expect("one").expect("readable");
    let path = backup.path();
    cairn.fed(&["restore", path.to_str().expect("text"), "--yes"], "").exits(0);
    let aside = || {
        let mut names = fs::read_dir(cairn.data()).expect("readable").map(|entry| entry.expect("readable").path());
        names.find(|path| path.to_string_lossy().contains("set-aside-")).expect("the records of before")
    };
    assert!(holds(&aside(), "Okapi after the backup"));
    let ran = cairn.run(&["erase", "amira", "--yes-erase", "Amira Khan", "--backups", "--json"]).exits(0).json();
    assert!(ran["backups"].as_array().is_some_and(|lines| lines.iter().all(|line| line["fate"] == "erased")), "{ran}");
    assert!(!all_texts(&aside()).iter().any(|text| text.contains("Okapi")));
    for entry in fs::read_dir(cairn.data().join("backups")).expect("readable") {
        let texts = all_texts(&entry.expect("readable").path());
        assert!(!texts.iter().any(|text| text.contains("Okapi")));
    }
}

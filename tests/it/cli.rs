//! The command line from outside: its output as lines and as JSON, its exit codes, and what it leaves on the disk.

#![expect(clippy::disallowed_methods, reason = "files are looked at and damaged from outside")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::json;

use crate::binary::{Cairn, has_keys};
use crate::cli_answers::{file_of, month};

/// Commands that only read, each with `--json`.
const READS: [&[&str]; 10] = [
    &["search", "delegation", "--json"],
    &["show", "FL-5", "--json"],
    &["recommend", "--json"],
    &["plan", "--json"],
    &["progress", "--json"],
    &["journal", "--json"],
    &["rules", "list", "--json"],
    &["rules", "api", "--json"],
    &["rules", "explain", "doing-it-all-myself", "--json"],
    &["pack", "list", "--json"],
];

#[test]
fn search_finds_best_first_and_says_where() {
    let cairn = Cairn::new();
    let lines = cairn.run(&["search", "comand", "and", "controll"]).exits(0);
    assert!(lines.out.starts_with("FC-5 "), "{}", lines.out);
    let rows = cairn.run(&["search", "delegation", "--limit", "3", "--json"]).exits(0).rows();
    assert_eq!(rows.len(), 3);
    let mut last = f64::MAX;
    for row in &rows {
        has_keys(row, &["code", "id", "title", "theme", "framework", "score", "field"]);
        let score = row["score"].as_f64().expect("a number");
        assert!(score <= last, "not best first");
        last = score;
    }
    let nothing = cairn.run(&["search", "xyzzyqwv", "--json"]).exits(0);
    assert_eq!(nothing.json(), json!([]));
    cairn.run(&["search", "--json", "theme:nowhere risk"]).exits(0).rows();
}

#[test]
fn show_gives_one_behaviour_whole() {
    let cairn = Cairn::new();
    let lines = cairn.run(&["show", "fl-5"]).exits(0).quiet();
    assert!(lines.out.starts_with("FL-5"), "{}", lines.out);
    let whole = cairn.run(&["show", "FL-5", "--json"]).exits(0).quiet().json();
    assert_eq!((whole["code"].as_str(), whole["id"].as_str()), (Some("FL-5"), Some("empowered-communities/FL-5")));
    for key in ["statement", "opposite", "edition", "theme", "applies_to"] {
        assert!(whole[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    assert_eq!(whole["levels"].as_object().map(serde_json::Map::len), Some(4));
    let one = cairn.run(&["show", "FL-5", "--level", "managers", "--json"]).exits(0).json();
    assert_eq!(one["levels"].as_object().map(serde_json::Map::len), Some(1));
    assert_eq!(cairn.run(&["show", "lqf/PQ-1", "--json"]).exits(0).json()["framework"], "lqf");
    cairn.run(&["show", "FL-55"]).exits(2).says(&["FL-55", "did you mean", "FL-5", "hint:"]);
    cairn.run(&["show", "FL-5", "--level", "chief"]).exits(2).says(&["chief", "managers"]);
}

/// Returns every file in a folder with its bytes.
fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable"));
    entries.map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("readable"))).collect()
}

#[test]
fn answers_are_saved_all_or_none_and_for_this_account_only() {
    let cairn = Cairn::new();
    cairn.file("a.json", file_of(&month()));
    let saved = cairn.run(&["reflect", "--from", "a.json", "--json"]).exits(0).quiet().json();
    has_keys(&saved, &["saved", "unanswered"]);
    assert_eq!((saved["saved"].as_array().map(Vec::len), saved["unanswered"].as_u64()), (Some(12), Some(2)));
    has_keys(&saved["saved"][0], &["id", "behaviour", "on", "by"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&cairn.data()), 0o700);
        for name in files_in(&cairn.data()).keys() {
            assert_eq!(mode(&cairn.data().join(name)), 0o600, "{name}");
        }
    }
    let before = cairn.run(&["recommend", "--json", "--explain"]).exits(0).out;
    assert_eq!(before, cairn.run(&["recommend", "--json", "--explain", "--answers", "a.json"]).exits(0).out);
    let mut wrong = month();
    wrong.push(json!({"behaviour": "FL-1", "rating": 9}));
    cairn.file("b.json", file_of(&wrong));
    cairn.run(&["reflect", "--from", "b.json"]).exits(2).says(&["answer 15", "FL-1"]);
    assert_eq!(cairn.run(&["recommend", "--json", "--explain"]).exits(0).out, before, "nothing was saved");
    assert!(cairn.home_is_empty());
}

#[test]
fn the_plan_is_made_changed_and_listed() {
    let cairn = Cairn::new();
    let keys = [
        "id",
        "title",
        "first_step",
        "status",
        "due",
        "decided_on",
        "changed_on",
        "activity",
        "rules",
        "because",
        "behaviours",
        "learned",
        "came_out",
        "wish",
        "outcome",
        "obstacle",
        "if",
        "then",
        "kind",
        "helper",
        "evidence",
        "review",
    ];
    assert_eq!(cairn.run(&["plan", "--json"]).exits(0).json(), json!([]));
    let added = cairn.run(&["plan", "add", "Ask Si\u{e2}n", "--due", "+14", "--json"]).exits(0).rows();
    has_keys(&added[0], &keys);
    assert_eq!((added[0]["due"].as_str(), added[0]["status"].as_str()), (Some("2026-12-06"), Some("open")));
    cairn.run(&["plan", "drop", ""]).exits(2).says(&["hint:"]);
    cairn.file("a.json", file_of(&month()));
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let first = cairn.run(&["recommend", "--json"]).exits(0).rows()[0]["activity"].as_str().expect("an id").to_owned();
    let accepted = cairn.run(&["plan", "accept", &first, "--json"]).exits(0).rows();
    assert_eq!(accepted[0]["activity"].as_str(), Some(first.as_str()));
    assert!(!accepted[0]["because"].as_str().unwrap_or("").is_empty());
    cairn.run(&["plan", "accept", &first]).exits(2).says(&["does not suggest", "cairn recommend"]);
    let id = added[0]["id"].as_str().expect("an id");
    let done = cairn.run(&["plan", "done", id, "--learned", "It helped.", "--json"]).exits(0).rows();
    assert_eq!((done[0]["status"].as_str(), done[0]["learned"].as_str()), (Some("done"), Some("It helped.")));
    cairn.run(&["plan", "drop", "nonsense"]).exits(2).says(&["nonsense", "cairn plan"]);
    cairn.run(&["plan", "add", " "]).exits(2).says(&["has no words"]);
    cairn.run(&["plan", "add", "x", "--due", "soon"]).exits(2).says(&["soon"]);
    assert_eq!(cairn.run(&["plan", "--json"]).exits(0).rows().len(), 2);
    let lines = cairn.run(&["plan"]).exits(0).quiet().out;
    assert!(lines.contains("(done)") && lines.contains("Learned: It helped."), "{lines}");
}

#[test]
fn rules_and_packs_are_listed_explained_and_checked() {
    let cairn = Cairn::new();
    let rules = cairn.run(&["rules", "list", "--json"]).exits(0).quiet().rows();
    assert!(rules.len() > 100);
    has_keys(&rules[0], &["id", "title", "pack", "priority", "topic", "suggest", "at", "locked", "off"]);
    let lines = cairn.run(&["rules", "list"]).exits(0).out;
    assert!(lines.lines().count() < rules.len() / 5, "a family is one entry:\n{lines}");
    let id = rules[0]["id"].as_str().expect("an id");
    let explained = cairn.run(&["rules", "explain", id, "--json"]).exits(0).json();
    for key in ["id", "at", "because", "explanation", "holds", "conditions"] {
        assert!(explained.get(key).is_some(), "{key}: {explained}");
    }
    assert!(cairn.run(&["rules", "explain", id]).exits(0).out.contains("Why it matters"));
    cairn.run(&["rules", "explain", "doing-it-all-myslf"]).exits(2).says(&["did you mean \"doing-it-all-myself\"?"]);
    let api = cairn.run(&["rules", "api", "--json"]).exits(0).rows();
    has_keys(&api[0], &["name", "signature", "forms", "kind", "doc", "example"]);
    assert!(cairn.run(&["rules", "api"]).exits(0).out.contains("rating("));
    let packs = cairn.run(&["pack", "list", "--json"]).exits(0).rows();
    assert_eq!(packs.len(), 3);
    for key in ["id", "version", "licence", "attribution", "origin", "behaviours", "activities", "rules"] {
        assert!(packs[0].get(key).is_some(), "{key}");
    }
    for what in ["rules", "pack"] {
        assert!(cairn.run(&[what, "check"]).exits(0).out.contains("no faults"));
        assert_eq!(cairn.run(&[what, "check", "--json"]).exits(0).json(), json!([]));
    }
}

#[test]
fn reading_makes_no_folder_and_the_demonstration_writes_nothing() {
    let cairn = Cairn::new();
    for args in READS {
        cairn.run(args).exits(0).quiet().json();
        let shown: Vec<&str> = args.iter().copied().filter(|arg| *arg != "--json").collect();
        cairn.run(&shown).exits(0);
    }
    cairn.run(&[]).exits(0).quiet();
    assert!(!cairn.data().exists() && cairn.home_is_empty());
    for args in READS {
        cairn.run(&[&["--demo"], args].concat()).exits(0).json();
    }
    assert!(cairn.run(&["--demo", "plan", "add", "x"]).exits(0).out.contains('x'));
    assert!(!cairn.run(&["--demo", "recommend", "--json"]).exits(0).rows().is_empty());
    cairn.fed(&["--demo", "reflect", "--from", "-"], &file_of(&month())).exits(0);
    assert!(!cairn.data().exists() && cairn.home_is_empty());
}

#[test]
fn damaged_and_foreign_records_are_left_as_they_are() {
    let cairn = Cairn::new();
    cairn.file("a.json", file_of(&month()));
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let whole = fs::read(cairn.data().join("cairn.db")).expect("readable");
    let half = whole.get(..whole.len() / 2).expect("shorter").to_vec();
    for bytes in [b"hello".to_vec(), Vec::new(), half, vec![7; 8192]] {
        fs::write(cairn.data().join("cairn.db"), &bytes).expect("writable");
        let before = files_in(&cairn.data());
        for args in
            [&["recommend"][..], &["plan", "--json"], &[], &["plan", "add", "x"], &["reflect", "--from", "a.json"]]
        {
            let ran = cairn.run(args).exits(3).says(&["hint:", "backup"]);
            assert_eq!(ran.out, "");
        }
        let after = files_in(&cairn.data());
        assert_eq!(after.get("cairn.db"), before.get("cairn.db"));
        assert_eq!(after.get("key.open"), before.get("key.open"));
    }
    // Commands that need no records still work.
    cairn.run(&["search", "risk"]).exits(0);
    cairn.run(&["recommend", "--answers", "a.json"]).exits(0);
    fs::write(cairn.data().join("cairn.db"), whole).expect("writable");
    assert!(!cairn.run(&["recommend", "--json"]).exits(0).rows().is_empty());

    let foreign = Cairn::new();
    foreign.file("data/cairn.db", "not ours");
    foreign.run(&["plan"]).exits(3).says(&["hint:"]);
    foreign.run(&["plan", "add", "x"]).exits(3).says(&["hint:"]);
    assert_eq!(fs::read(foreign.data().join("cairn.db")).expect("there"), b"not ours");
}

#[test]
fn wrong_usage_says_so_on_stderr_and_help_is_no_fault() {
    let cairn = Cairn::new();
    for args in [
        &["serch", "x"][..],
        &["search"],
        &["plan", "--nonsense"],
        &["recommend", "--answers"],
        &["reflect", "FL-5", "--from", "a.json"],
        &["--today", "yesterday", "plan"],
        &["rules", "check", "nowhere"],
        &["--pack", "nowhere", "plan"],
    ] {
        let ran = cairn.run(args).exits(2);
        assert!(ran.out.is_empty() && ran.err.starts_with("error:"), "{args:?}: {}", ran.err);
    }
    for args in [&["--help"][..], &["-h"], &["plan", "--help"], &["--version"]] {
        assert!(cairn.run(args).exits(0).quiet().out.contains("cairn"), "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_is_no_fault() {
    let cairn = Cairn::new();
    for args in
        [&["rules", "list"][..], &["rules", "api", "--json"], &["--help"], &["pack", "list"], &["show", "FL-55"]]
    {
        let mut command = cairn.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        drop(child.stdout.take());
        if args[0] == "show" {
            drop(child.stderr.take());
        }
        let done = child.wait_with_output().expect("it ends");
        assert!(done.status.code().is_some_and(|code| code <= 2), "{args:?}: {:?}", done.status);
        assert!(!String::from_utf8_lossy(&done.stderr).contains("panicked"), "{args:?}");
    }
}

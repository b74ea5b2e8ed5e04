//! A person's data rights on the command line of the real binary: export, and what it refuses.

#![expect(clippy::disallowed_methods, reason = "what the program wrote is read")]

use std::fs;

use serde_json::{Value, json};

use crate::binary::{Cairn, has_keys};
use crate::cli_answers::{file_of, month};

/// A coach with two clients, the first of whom has answers and a plan that names somebody.
fn coach() -> Cairn {
    let cairn = Cairn::new();
    for name in ["Amira Khan", "Ben Osei"] {
        cairn.run(&["people", "add", name]).exits(0).quiet();
    }
    cairn.file("a.json", file_of(&month()));
    cairn.run(&["--person", "amira", "reflect", "--from", "a.json"]).exits(0).quiet();
    cairn.run(&["--person", "amira", "plan", "add", "Ask Gethin Pugh and Ben Osei first"]).exits(0);
    cairn.run(&["--person", "ben", "plan", "add", "Zebrastripe"]).exits(0);
    cairn
}

#[test]
fn an_export_is_refused_in_the_clear_unless_that_is_said() {
    let cairn = coach();
    cairn.run(&["export"]).exits(2);
    cairn.run(&["export", "--all", "--subject", "amira"]).exits(2);
    for args in [&["export", "--all"][..], &["export", "--subject", "amira", "--out", "x.json"]] {
        let ran = cairn.run(args).exits(2);
        assert!(ran.err.contains("Cairn could not ask you") && ran.err.contains("--plaintext"), "{}", ran.err);
        assert!(ran.out.is_empty() && !cairn.path("x.json").exists());
    }
    cairn.run(&["export", "--subject", "Zelda", "--plaintext"]).exits(2).says(&["Zelda", "hint:"]);
    cairn.run(&["export", "--all", "--format", "csv", "--plaintext"]).exits(2).says(&["--out FOLDER"]);
    cairn
        .run(&["export", "--all", "--to", "age1nonsense", "--out", "x"])
        .exits(2)
        .says(&["age1nonsense", "62 letters"]);
    cairn
        .run(&["export", "--all", "--to", "age1nonsense", "--out", "x", "--format", "tree"])
        .exits(2)
        .says(&["--format json"]);
}

#[test]
fn an_export_of_one_is_a_draft_that_points_at_other_people() {
    let cairn = coach();
    let ran = cairn.run(&["export", "--subject", "amira", "--plaintext"]).exits(0);
    assert!(ran.err.contains("this is a draft") && ran.err.contains("Gethin Pugh"), "{}", ran.err);
    let value = ran.json();
    has_keys(&value, &["format", "version", "made_by", "made_on", "of", "notes", "review", "people"]);
    assert_eq!(
        (&value["format"], &value["version"], &value["of"]),
        (&json!("cairn-export"), &json!(1), &json!("subject"))
    );
    let review = value["review"].as_array().expect("a list");
    has_keys(&review[0], &["kind", "row", "field", "line", "on", "words", "around", "why"]);
    let words: Vec<&str> = review.iter().filter_map(|passage| passage["words"].as_str()).collect();
    assert!(words.contains(&"Gethin Pugh") && words.contains(&"Ben Osei"), "{words:?}");
    let person = &value["people"][0];
    assert_eq!((&person["name"], &person["who"]), (&json!("Amira Khan"), &json!("client")));
    assert_eq!(person["records"]["actions"].as_array().map(Vec::len), Some(1));
    assert!(!ran.out.contains("Zebrastripe"));
    let own = cairn.run(&["export", "--subject", "me", "--plaintext"]).exits(0).json();
    assert_eq!((&own["people"][0]["who"], &own["people"][0]["records"]), (&json!("self"), &json!({})));
}

#[test]
fn a_name_that_says_another_form_is_refused_before_anything_is_written() {
    let cairn = coach();
    for args in [
        &["export", "--all", "--plaintext", "--out", "e.csv"][..],
        &["export", "--all", "--plaintext", "--out", "e.md"],
        &["export", "--all", "--plaintext", "--format", "md", "--out", "e.json"],
        &["report", "hours", "--out", "h.ics"],
        &["report", "calendar", "--out", "c.csv"],
    ] {
        cairn.run(args).exits(2).says(&["end the name in ."]);
        assert!(!cairn.path(args.last().expect("a name")).exists(), "{args:?}");
    }
}

#[test]
fn every_form_is_written_in_private_and_never_over_something() {
    let cairn = coach();
    for (form, out) in [("json", "a.out"), ("md", "b.out"), ("csv", "c.out"), ("tree", "d.out")] {
        let args = ["export", "--all", "--plaintext", "--format", form, "--out", out];
        let ran = cairn.run(&args).exits(0);
        assert!(ran.out.is_empty() && ran.err.contains("saved:"), "{}", ran.err);
        cairn.run(&args).exits(2).says(&[out, "already exists"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(cairn.path(out)).expect("there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{form}: only this account may read it");
        }
    }
    let text = fs::read_to_string(cairn.path("b.out")).expect("readable");
    assert!(text.starts_with("# Everything in these records\n") && text.contains("## Ben Osei"), "{text}");
    let table = fs::read_to_string(cairn.path("c.out/action_states.csv")).expect("readable");
    assert!(table.starts_with("\u{feff}whose,id,action,title,") && table.contains("Ben Osei,"), "{table}");
    let plans = fs::read_dir(cairn.path("d.out/person-002/actions")).expect("a folder").count();
    assert_eq!(plans, 1);
    let person: Value =
        serde_json::from_slice(&fs::read(cairn.path("d.out/person-002/people.json")).expect("a file")).expect("JSON");
    assert_eq!(person[0]["name"], "Amira Khan");
}

#[test]
fn records_are_due_for_review_and_nothing_is_deleted() {
    let cairn = coach();
    let none = cairn.run(&["retention"]).exits(0).quiet().out;
    assert!(none.contains("There is no usual period") && none.contains("no review date is set"), "{none}");
    let rows = |cairn: &Cairn| {
        let value = cairn.run(&["retention", "--json"]).exits(0).quiet().json();
        has_keys(&value, &["usual_period", "review"]);
        value
    };
    let value = rows(&cairn);
    has_keys(&value["review"][0], &["id", "name", "why", "keep_until", "reason", "agreement_ended", "last_entry"]);
    let brief = |value: &Value| -> Vec<(String, String)> {
        let rows = value["review"].as_array().expect("a list");
        rows.iter()
            .map(|row| (row["name"].as_str().unwrap().to_owned(), row["why"].as_str().unwrap().to_owned()))
            .collect()
    };
    let pair = |name: &str, why: &str| (name.to_owned(), why.to_owned());
    assert_eq!(brief(&value), [pair("Amira Khan", "no-day"), pair("Ben Osei", "no-day")]);
    cairn.run(&["--person", "ben", "people", "terms", "--keep-until", "2026-11-20"]).exits(0);
    cairn.run(&["--person", "amira", "people", "terms", "--keep-until", "2026-12-10"]).exits(0);
    assert_eq!(brief(&rows(&cairn)), [pair("Ben Osei", "passed"), pair("Amira Khan", "soon")]);
    let told = cairn.run(&["retention"]).exits(0).quiet().out;
    for line in [
        "! Ben Osei: due for review on 20 Nov",
        "cairn export --subject 'Ben Osei'",
        "cairn erase 'Ben Osei'",
        "There is no usual period.",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let set = cairn.run(&["retention", "set", "2y", "--json"]).exits(0).quiet().json();
    assert_eq!(set["usual_period"], "24m");
    cairn.run(&["retention", "set", "soonish"]).exits(2).says(&["soonish", "24m, 2y or none"]);
    cairn.run(&["retention", "set", "none"]).exits(0).quiet();
    assert_eq!(rows(&cairn)["usual_period"], Value::Null);
    // The first screen counts them and names the command; with a client's records open it says nothing of others.
    let home = cairn.run(&["--plain"]).exits(0).out;
    assert!(home.contains("2 clients' records are due for review, cairn retention."), "{home}");
    let hers = cairn.run(&["--person", "amira", "--plain"]).exits(0).out;
    assert!(!hers.contains("due for review"), "{hers}");
    let hers = cairn.run(&["--person", "ben", "people", "show"]).exits(0).out;
    assert!(hers.contains("check what you still need: cairn"), "{hers}");
}

//! Hostile share files: limits reject them before any work is done, with a next step for the recipient; what a file
//! would add is shown entry by entry, in the words of the framework or in words marked as the sender's.

use cairn_coach::seal::{Identity, Recipient, seal_for};
use serde_json::{Value, json};

use crate::binary::Ran;
use crate::rights_share::{Two, answer, compact, sum};

/// Somebody who forges files for a coach.
struct Forger {
    two: Two,
    coach: Recipient,
}

impl Forger {
    fn new() -> Self {
        let two = Two::new();
        let coach = Recipient::parse(&two.client_shares()).expect("a key");
        Self { two, coach }
    }

    /// Writes a file with one answer, altered by `change`.
    fn file(&self, name: &str, change: &dyn Fn(&mut Value)) {
        let mut one = answer("aaaa-1111");
        change(&mut one);
        let content = json!({"about": "sender", "from": Identity::generate().recipient().to_string(), "name": "Amira Khan",
            "made_on": "2026-11-22", "purpose": "development", "sessions": [], "actions": [], "answers": [one]});
        let body = compact(&content);
        let whole =
            format!("{{\"format\":\"cairn-share\",\"version\":2,\"sha256\":\"{}\",\"content\":{body}}}", sum(&body));
        let sealed = seal_for(std::slice::from_ref(&self.coach), whole.as_bytes()).expect("sealed");
        self.two.cairn.file(name, sealed);
    }

    fn look(&self, name: &str) -> Ran {
        self.two.coach(&["--person", "amira", "open", "--dry-run", name])
    }
}

#[test]
fn an_answer_bears_no_other_heading_or_label_than_its_edition() {
    let forger = Forger::new();
    forger.file("title.age", &|one| one["title"] = json!("Bullies people"));
    forger.file("label.age", &|one| one["label"] = json!("Not yet"));
    for (name, words) in [("title.age", "Bullies people"), ("label.age", "Not yet")] {
        forger.look(name).exits(2).says(&[name, words, "edition 2012", "hint:", "--untick"]);
        let args = ["--person", "amira", "open", "--yes", name, "--name", "x"];
        forger.two.coach(&args).exits(2).says(&[words, "changes the words"]);
    }
    assert_eq!(forger.two.coach(&["--person", "amira", "journal", "--json"]).exits(0).rows().len(), 0);
    // The words of a known edition are shown; those of an unknown edition are marked as the sender's.
    forger.file("right.age", &|one| one["label"] = json!("When reminded"));
    let shown = forger.look("right.age").exits(0).out;
    assert!(shown.contains("2 (When reminded)") && !shown.contains("sender's words"), "{shown}");
    forger.file("other.age", &|one| {
        one["edition"] = json!("1999");
        one["title"] = json!("Bullies people");
        one["label"] = json!("Not yet");
    });
    let shown = forger.look("other.age").exits(0).out;
    for words in
        ["edition 1999, not known here", "sender's words \u{201c}Bullies people", "sender's words \u{201c}Not yet"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_when_the_file_is_read() {
    let forger = Forger::new();
    forger.file("long.age", &|one| one["evidence"] = json!("x".repeat(2_900_000)));
    forger.file("name.age", &|one| one["title"] = json!("x".repeat(1_001)));
    for name in ["long.age", "name.age"] {
        let ran = forger.look(name).exits(2).says(&[name, "an answer on FL-5", "at most", "Ask the sender"]);
        assert!(!ran.err.contains("Shorten") && ran.err.len() < 2_000, "{}", ran.err);
    }
}

#[test]
fn a_rating_that_is_left_out_is_shown_as_left_out_with_why() {
    let forger = Forger::new();
    forger.file("mine.age", &|one| one["by"] = json!("coach"));
    let shown = forger.look("mine.age").exits(0).out;
    assert!(shown.contains("[ ]") && !shown.contains("[x]") && shown.contains("you did not give it here"), "{shown}");
    let with = forger.two.coach(&["--person", "amira", "open", "--dry-run", "--with-mine", "mine.age"]).exits(0).out;
    assert!(with.contains("[x]") && !with.contains("left out"), "{with}");
}

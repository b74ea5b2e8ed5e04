//! Putting right and taking back, through the program: what is corrected counts in its newer form alone, and what is withdrawn
//! is in no answer, no export and no backup.

use std::fs;

use crate::binary::Cairn;

fn begun() -> Cairn {
    let cairn = Cairn::new();
    let answers = r#"{"answers":[
        {"behaviour":"FL-5","rating":5,"importance":3,"on":"2026-11-01","reflections":{"Why?":"Mrs Okapi fell twice."},"evidence":"The zebra crossing."},
        {"behaviour":"FL-1","rating":2,"importance":3,"on":"2026-11-02","evidence":"Giraffe."}]}"#;
    cairn.file("a.json", answers);
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    cairn.run(&["backup"]).exits(0);
    cairn
}

fn id(cairn: &Cairn, title: &str) -> String {
    let rows = cairn.run(&["journal", "--private", "--json"]).exits(0).rows();
    let row = rows.iter().find(|row| row["title"].as_str().is_some_and(|own| own.contains(title)));
    row.unwrap_or_else(|| panic!("{title} is not there")).get("id").expect("an id").as_str().expect("text").to_owned()
}

/// Everything that the records and every backup say.
fn everything(cairn: &Cairn) -> String {
    let mut all = cairn.run(&["export", "--all", "--plaintext"]).exits(0).out;
    let backups = cairn.data().join("backups");
    for folder in fs::read_dir(backups).expect("there are some") {
        let path = folder.expect("readable").path();
        let ran = cairn.run_in(&path.to_string_lossy(), &["export", "--all", "--plaintext"]);
        all.push_str(&ran.out);
    }
    all
}

#[test]
fn a_corrected_answer_counts_as_it_is_now_and_the_older_one_says_so() {
    let cairn = begun();
    let one = id(&cairn, "FL-5");
    cairn.run(&["correct", &one, "--rating", "1", "--evidence", "Another day.", "--on", "2026-10-30"]).exits(0);
    let progress = cairn.run(&["progress"]).exits(0).out;
    assert!(progress.contains("Not yet, rated once, on 30 Oct") && !progress.contains("help others"), "{progress}");
    let journal = cairn.run(&["journal"]).exits(0).out;
    assert!(
        journal.contains("corrected on") && journal.contains("zebra") && journal.contains("Another day"),
        "{journal}"
    );
    assert!(!cairn.run(&["report"]).exits(0).out.contains("zebra"));
    cairn.run(&["correct", &one, "--rating", "2"]).exits(2).says(&["no", "hint:"]);
    cairn.run(&["correct", &id(&cairn, "FL-1"), "--on", "2062-01-01"]).exits(2);
    cairn.run(&["correct", &id(&cairn, "FL-1"), "--rating", "9"]).exits(2).says(&["not a point of the scale"]);
}

#[test]
fn a_correction_is_listened_to_at_once_and_asked_about() {
    let cairn = begun();
    let one = id(&cairn, "FL-1");
    let ran = cairn.run(&["correct", &one, "--evidence", "He hit her again, at CF10 3NQ."]).exits(0);
    let ring = ran.out.find("Somebody may be at risk of harm").expect("people to ring are named");
    assert!(ran.out.find("Corrected.").is_some_and(|done| done < ring) && ran.out.contains("999"), "{}", ran.out);
    assert!(ran.err.contains("It seems to hold a postcode"), "{}", ran.err);
    let ran = cairn.run(&["correct", &id(&cairn, "FL-5"), "--evidence", "Tea with the team."]).exits(0);
    assert!(ran.err.is_empty() && !ran.out.contains("999"), "{} {}", ran.out, ran.err);
}

#[test]
fn what_is_withdrawn_is_gone_from_records_and_backups_with_a_certificate() {
    let cairn = begun();
    assert!(everything(&cairn).contains("Okapi"));
    let one = id(&cairn, "FL-5");
    assert!(cairn.run(&["withdraw", &one]).exits(2).err.contains("nobody is there to confirm"));
    let part = cairn.run(&["withdraw", &one, "--reflection", "1", "--yes"]).exits(0);
    assert!(
        part.out.contains("Certificate of withdrawal") && part.out.contains("it was taken out there"),
        "{}",
        part.out
    );
    let all = everything(&cairn);
    assert!(!all.contains("Okapi") && all.contains("zebra"), "only the reflection went");
    cairn.run(&["withdraw", &one, "--yes"]).exits(0);
    let all = everything(&cairn);
    assert!(!all.contains("zebra") && all.contains("Giraffe"), "{all}");
    assert!(!cairn.run(&["progress"]).exits(0).out.contains("FL-5"));
    assert!(!cairn.run(&["recommend", "--json"]).exits(0).out.contains("FL-5"));
    let kept = cairn.run(&["withdraw", "--certificates", "--json"]).exits(0).rows();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|one| one["format"] == "cairn-withdrawal" && one["rewritten"] == true));
    cairn.run(&["withdraw", "--backups"]).exits(0);
    cairn.run(&["doctor"]).exits(0);
    // A backup that is put in place does not bring it back.
    let backup = cairn.run(&["backup", "--list", "--json"]).exits(0).rows();
    let path = backup.last().expect("one")["path"].as_str().expect("a path").to_owned();
    cairn.run(&["restore", &path, "--yes"]).exits(0);
    assert!(!cairn.run(&["journal"]).exits(0).out.contains("zebra"));
}

#[test]
fn lines_correct_and_withdraw_and_throw_away() {
    let cairn = begun();
    let ran = cairn.fed(&[], "journal\n:withdraw 2\n2\n:quit\n").exits(0);
    assert!(ran.out.contains("Withdraw the whole answer") && ran.out.contains("Withdrawn: answer"), "{}", ran.out);
    assert!(!everything(&cairn).contains("Okapi"));
    let ran = cairn.fed(&[], "journal\n:correct 1\n3\nA better example.\n\n:quit\n").exits(0);
    assert!(ran.out.contains("Corrected."), "{}", ran.out);
    assert!(cairn.run(&["journal"]).exits(0).out.contains("A better example."));
    cairn.fed(&["reflect", "FL-2"], "2\n3\nHalf a thought\n").exits(0);
    let ran = cairn.fed(&[], "1\n:throw away\n2\nquit\n").exits(0);
    assert!(ran.out.contains("Thrown away."), "{}", ran.out);
    let kept = cairn.run(&["export", "--all", "--plaintext"]).exits(0).out;
    assert!(!kept.contains("Half a thought"), "{kept}");
    assert!(!cairn.fed(&[], "quit\n").exits(0).out.contains("Finish what you began"));
}

#[test]
fn a_closed_session_takes_a_private_note_afterwards() {
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Amira K"]).exits(0);
    let lines = "session\n1\nnext\nShe talked about meetings.\n.\n:the page\nclose the session\n";
    cairn.fed(&["--person", "Amira"], lines).exits(0);
    cairn.run(&["--person", "Amira", "session", "note", "last", "A heron at the door.", "--private"]).exits(0);
    let rows = cairn.run(&["--person", "Amira", "journal", "--private", "--json"]).exits(0).rows();
    let note = rows.iter().find(|row| row.to_string().contains("heron")).expect("it is there")["id"].clone();
    let note = note.as_str().expect("text");
    let ran = cairn.run(&["--person", "Amira", "correct", note, "--text", "A heron at CF10 3NQ."]).exits(0);
    assert!(ran.err.contains("A note for the coach may hold a name") && !ran.err.contains("CF10"), "{}", ran.err);
    let shared = cairn.run(&["--person", "Amira", "journal"]).exits(0).out;
    assert!(!shared.contains("heron"), "{shared}");
    assert!(cairn.run(&["--person", "Amira", "journal", "--private"]).exits(0).out.contains("heron"));
    assert!(!cairn.run(&["--person", "Amira", "report"]).exits(0).out.contains("heron"));
}

//! Withdrawn data do not come back: not with a restored backup, after a program was killed half-way, with a later
//! version that says the same, or in a window that was open meanwhile.

use cairn_coach::app::{Msg, SecretFor};
use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::Piece;
use cairn_coach::os::Clock;
use cairn_coach::report::{Certificate, Withdrawal};
use cairn_coach::store::{Store, sha256};

use crate::binary::Cairn;
use crate::harness::{App, TODAY};

const ANSWERS: &str = r#"{"answers":[
    {"behaviour":"FL-5","rating":4,"importance":3,"on":"2026-11-01","reflections":{"Why?":"Okapi."},"evidence":"Zebra."},
    {"behaviour":"FL-1","rating":2,"importance":3,"on":"2026-11-02","evidence":"Giraffe."}]}"#;

/// Records with two answers, a client with one answer, and a backup on another disk.
fn begun() -> (Cairn, String) {
    let cairn = Cairn::new();
    cairn.file("a.json", ANSWERS);
    cairn.file("b.json", r#"{"answers":[{"behaviour":"FL-1","rating":3,"on":"2026-11-02","evidence":"Quagga."}]}"#);
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    cairn.run(&["people", "add", "Kim Kestrel"]).exits(0);
    cairn.run(&["--person", "Kim Kestrel", "reflect", "--from", "b.json"]).exits(0);
    let made = cairn.run(&["backup", "elsewhere", "--json"]).exits(0).json();
    let path = made["path"].as_str().expect("a path").to_owned();
    (cairn, path)
}

fn id(cairn: &Cairn, word: &str) -> String {
    let rows = cairn.run(&["journal", "--json"]).exits(0).rows();
    let row = rows.iter().find(|row| row.to_string().contains(word)).unwrap_or_else(|| panic!("no {word}"));
    row["id"].as_str().expect("an id").to_owned()
}

fn everything(cairn: &Cairn) -> String {
    cairn.run(&["export", "--all", "--plaintext"]).exits(0).out
}

#[test]
fn a_backup_that_is_put_in_place_brings_back_nobodys_words() {
    let (cairn, backup) = begun();
    cairn.run(&["withdraw", &id(&cairn, "Zebra"), "--yes"]).exits(0);
    cairn.run(&["erase", "Kim Kestrel", "--yes-erase", "Kim Kestrel"]).exits(0);
    let ran = cairn.run(&["restore", &backup, "--yes"]).exits(0);
    assert!(ran.out.contains("Removed from it"), "{}", ran.out);
    let all = everything(&cairn);
    assert!(all.contains("Giraffe"), "what was not taken back is there");
    for word in ["Zebra", "Okapi", "Quagga", "Kestrel"] {
        assert!(!all.contains(word), "{word} came back");
    }
    // The certificates are those of the records in place.
    assert!(cairn.run(&["withdraw", "--certificates"]).exits(0).out.contains("answer"));
    assert!(cairn.run(&["erase", "--certificates"]).exits(0).out.contains("2026-11-22"));
    // Where nothing is known about the withdrawal, that is reported.
    let ran = cairn.run(&["restore", &backup, "--into", "new", "--yes"]).exits(0);
    assert!(ran.out.contains("Withdraw or erase it again here"), "{}", ran.out);
}

#[test]
fn a_withdrawal_that_was_ended_in_the_middle_is_finished_by_the_next_start() {
    let (cairn, _) = begun();
    cairn.run(&["backup"]).exits(0);
    let one = id(&cairn, "Zebra");
    {
        // The state after the first step: the rows are gone, and the certificate does not mention the file and the
        // backups.
        let mut store =
            Store::open(&cairn.data(), std::sync::Arc::new(Clock::fixed(TODAY))).expect("it opens").expect("there");
        let piece = Piece::Answer(one);
        let records = store.pieces(&piece).expect("readable");
        let mark = sha256(&piece.key());
        let certificate =
            Withdrawal::new("2026-11-22T10:00:00Z".to_owned(), store.vault_id(), mark, piece.words(), records.len());
        let text = serde_json::to_string(&certificate).expect("text");
        store.withdraw(&piece, &records, &text).expect("writable");
    }
    let copy = std::fs::read_dir(cairn.data().join("backups")).expect("some").flatten().next().expect("one").path();
    let in_copy = || cairn.run_in(&copy.to_string_lossy(), &["export", "--all", "--plaintext"]).out;
    assert!(in_copy().contains("Zebra"), "the copy was not reached");
    cairn.run(&["journal"]).exits(0);
    assert!(!in_copy().contains("Zebra"), "the next start reaches it");
    let told = cairn.run(&["withdraw", "--certificates"]).exits(0).out;
    assert!(told.contains("answer"), "{told}");
    let json = cairn.run(&["withdraw", "--certificates", "--json"]).exits(0).out;
    assert!(json.contains("\"rewritten\": true") || json.contains("\"rewritten\":true"), "{json}");
}

/// Finishing an interrupted erasure does no more than was asked for.
#[test]
fn an_erasure_that_was_ended_in_the_middle_reaches_backups_only_if_it_was_to() {
    for (from_backups, is_left) in [(false, true), (true, false)] {
        let (cairn, _) = begun();
        cairn.run(&["backup"]).exits(0);
        {
            let clock = std::sync::Arc::new(Clock::fixed(TODAY));
            let mut store = Store::open(&cairn.data(), clock).expect("it opens").expect("there");
            let kim = store.clients().expect("readable").pop().expect("one");
            store.turn_to(Some(&kim.id)).expect("there");
            let hash = store.person_hash().expect("readable").expect("somebody");
            let at = "2026-11-22T10:00:00Z".to_owned();
            let mut certificate = Certificate::new(at, store.vault_id(), hash, Vec::new());
            certificate.from_backups = from_backups;
            store.erase(&serde_json::to_string(&certificate).expect("text")).expect("writable");
        }
        cairn.run(&["journal"]).exits(0);
        let copy = std::fs::read_dir(cairn.data().join("backups")).expect("some").flatten().next().expect("one").path();
        let in_copy = cairn.run_in(&copy.to_string_lossy(), &["export", "--all", "--plaintext"]).out;
        assert_eq!(in_copy.contains("Quagga"), is_left, "from backups: {from_backups}");
        let told = cairn.run(&["erase", "--certificates", "--json"]).exits(0).out;
        assert!(told.contains("\"rewritten\": true") || told.contains("\"rewritten\":true"), "{told}");
    }
}

#[test]
fn what_a_later_version_says_again_goes_with_the_earlier_one() {
    let (cairn, _) = begun();
    let earlier = id(&cairn, "Zebra");
    cairn.run(&["correct", &earlier, "--rating", "3"]).exits(0);
    cairn.run(&["withdraw", &earlier, "--reflection", "1", "--yes"]).exits(0);
    assert!(!everything(&cairn).contains("Okapi"), "the later version said the same");
    cairn.run(&["withdraw", &earlier, "--evidence", "--yes"]).exits(0);
    let all = everything(&cairn);
    assert!(!all.contains("Zebra") && !all.contains("withdrawn/begun"), "nor where it had been typed: {all}");
}

#[test]
fn a_window_that_only_looks_shows_what_the_other_one_left() {
    let (cairn, _) = begun();
    let opening = OpenOptions { data_dir: Some(cairn.data()), today: Some(TODAY), ..OpenOptions::default() };
    let mut app = App::at(Desk::open(&opening).expect("it opens"), false).keys("9");
    app.sees("Okapi.");
    app.send(Msg::Idle);
    "Your records are open in another window.".clone_into(&mut app.model.person.snapshot.safety.look);
    cairn.run(&["withdraw", &id(&cairn, "Zebra"), "--yes"]).exits(0);
    app.send(Msg::Idle);
    app.misses("Okapi.").sees("Giraffe.").sees("as the other window saved them");
    assert!(app.model.person.snapshot.safety.look.is_empty(), "nobody else writes any more");
    // Nor on a page that was open.
    let mut app = App::at(Desk::open(&opening).expect("it opens"), false).keys("9 enter");
    app.sees("Giraffe.");
    "Your records are open in another window.".clone_into(&mut app.model.person.snapshot.safety.look);
    cairn.run(&["withdraw", &id(&cairn, "Giraffe"), "--yes"]).exits(0);
    app.send(Msg::Idle);
    app.misses("Giraffe.").sees("Journal: type words");
    // Records of a person who is erased meanwhile are closed.
    let mut app = App::over(&OpenOptions { person: Some("Kim Kestrel".to_owned()), ..opening });
    app = app.keys("9");
    app.sees("Kim Kestrel");
    "Your records are open in another window.".clone_into(&mut app.model.person.snapshot.safety.look);
    cairn.run(&["erase", "Kim Kestrel", "--yes-erase", "Kim Kestrel"]).exits(0);
    app.send(Msg::Idle);
    app.misses("Kestrel");
    assert!(app.desk.client().is_none());
}

#[test]
fn a_cover_asks_for_the_passphrase_that_another_window_has_set() {
    let (cairn, _) = begun();
    let opening = OpenOptions { data_dir: Some(cairn.data()), today: Some(TODAY), ..OpenOptions::default() };
    let mut app = App::over(&opening).keys("ctrl-l");
    app.sees("only hides the screen");
    cairn.fed(&["--passphrase-fd", "0", "passphrase", "set"], "plum harbour velvet anchor\n").exits(0);
    app.press("enter");
    app.sees("Type your passphrase").sees("Another window has set a passphrase");
    let page = app.model.person.layers.iter().rev().find_map(|layer| match layer {
        cairn_coach::app::Layer::Secret(page) => Some(page.purpose.clone()),
        _ => None,
    });
    assert_eq!(page, Some(SecretFor::Unlock));
    app = app.keys("'plum harbour velvet anchor' enter 9");
    app.sees("FL-5");
}

#[test]
fn a_note_for_the_coach_alone_is_not_given_away_by_the_command_line() {
    let (cairn, _) = begun();
    let mut app = App::over(&OpenOptions {
        data_dir: Some(cairn.data()),
        today: Some(TODAY),
        person: Some("Kim Kestrel".to_owned()),
        ..OpenOptions::default()
    });
    app = app.keys("esc 7 enter tab 'We talked.' ctrl-s enter");
    drop(app);
    let note =
        ["--person", "Kim Kestrel", "session", "note", "last", "She said she wants to kill herself.", "--private"];
    let told = cairn.run(&note).exits(0).out;
    assert!(told.contains("not on your own"), "the coach is told as it is saved: {told}");
    let told = cairn.run(&["--person", "Kim Kestrel", "recommend"]).exits(0).out;
    assert!(!told.contains("not on your own"), "{told}");
    let told = cairn.run(&["--person", "Kim Kestrel", "recommend", "--json"]).exits(0).out;
    assert!(!told.contains("self-harm"), "{told}");
}

#[test]
fn a_whole_new_name_does_not_open_somebody_whose_name_looks_like_it() {
    let (cairn, _) = begun();
    let opening = OpenOptions { data_dir: Some(cairn.data()), today: Some(TODAY), ..OpenOptions::default() };
    let app = App::over(&opening).keys("esc w 'Kim Kestrol' enter");
    assert!(app.desk.client().is_none(), "nobody's records were opened");
    app.sees("Add a new client of this name?");
    let app = app.keys("esc w 'kim kes' enter");
    assert!(app.desk.client().is_some(), "the beginning of a name means who has it");
}

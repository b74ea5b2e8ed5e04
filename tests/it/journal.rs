//! The journal on screen and on the command line: everything written, searched, opened where it was written; evidence
//! for the next session; and that what only the coach may read appears nowhere while it is hidden.

use std::sync::Arc;

use cairn_coach::app::{Effect, LookBack, Model, Msg, Query, Screen, update};
use cairn_coach::domain::{By, EngagementPurpose, Focus, FocusSet, Note, NoteFor, Session, SessionKind};
use cairn_coach::store::NewSession;

use crate::binary::{Cairn, has_keys};
use crate::harness::{App, TODAY};
use crate::progress::{answer, client};

const PRIVATE: &str = "Xylophone: I think he is avoiding his deputy.";

fn note(part: &str, title: &str, text: &str, seen: NoteFor) -> Note {
    Note { id: String::new(), part: part.to_owned(), title: title.to_owned(), text: text.to_owned(), seen }
}

/// A client with answers, a session with a shared and a private note, and a focus set.
fn coached() -> App {
    let mut app = App::new();
    let answers = [
        answer("FC-5", (9, 3), By::Myself, 2, "The rota was my own idea again, caf\u{e9} talk or not."),
        answer("FL-5", (9, 20), By::Myself, 3, "We tried the evening walks. \u{1f469}\u{200d}\u{1f467} came along."),
        answer("FC-5", (11, 12), By::Myself, 4, "They decided the rota themselves."),
    ];
    client(&mut app.desk, "Bran Ap Rhys", &answers);
    let set = FocusSet {
        id: String::new(),
        on: TODAY,
        items: ["FL-5", "FC-5"]
            .map(|code| Focus {
                framework: "empowered-communities".to_owned(),
                behaviour: code.to_owned(),
                importance: Some(3),
            })
            .to_vec(),
    };
    app.desk.keep_focus(&set).expect("written");
    let session = session(&[
        note("goal", "Goal", "Give the rota away for good.", NoteFor::Shared),
        note("reality", "Reality", PRIVATE, NoteFor::Coach),
    ]);
    app.desk.end_session(&session).expect("written");
    app.reopened()
}

fn session(notes: &[Note]) -> NewSession {
    NewSession {
        on: jiff::civil::date(2026, 10, 15),
        minutes: 50,
        model: Some("grow".to_owned()),
        paid: true,
        notes: notes.to_vec(),
        behaviours: vec!["empowered-communities/FC-5".to_owned()],
        actions: Vec::new(),
    }
}

#[test]
fn everything_written_is_listed_newest_first_and_found_by_the_query_language() {
    let mut app = coached().sized(100, 30).keys("9");
    app.sees("4 entries, newest first").sees("> 12 Nov").sees("15 Oct").sees("Session: Goal");
    insta::assert_snapshot!("journal-100x30", app.screen());
    for (query, seen, total) in [
        ("rota", "They decided the rota themselves", 3),
        ("rotta", "showing rota", 3),
        ("cafe", "caf\u{e9} talk", 1),
        ("kind:note", "Give the rota away", 1),
        ("kind:answer on:sep", "We tried the evening walks", 2),
        ("by:coach", "Session: Goal", 1),
        ("theme:flex", "We tried the evening walks", 1),
        ("code:FC-5 !themselves", "my own idea", 2),
        ("'walks | 'idea", "evening walks", 2),
    ] {
        app.press(&format!("ctrl-u '{}'", query.replace('\'', "^")));
        app.sees(seen).sees(&format!("{total} of 4 entries"));
    }
    app.press("ctrl-u 'rota'");
    assert!(app.styles().contains("\"rota\" Yellow"), "{}", app.styles());
    app.press("ctrl-u 'xyzzyq'");
    app.sees("No results.");
    app.press("ctrl-u");
    app.sees("4 entries, newest first");
}

#[test]
fn every_entry_opens_where_it_was_written() {
    let mut app = coached().sized(100, 30).keys("9 'idea' enter");
    assert_eq!(app.model.person.screen, Screen::Reflect);
    app.sees("What you said on Thu 3 Sep 2026").sees("The rota was my own idea again");
    app.press("esc ctrl-u 'away for good' enter");
    assert_eq!(app.model.person.screen, Screen::Past);
    app.sees("Session of Thu 15 Oct 2026").sees("One-to-one, GROW, 50 minutes").sees("Goal");
    app.press("esc");
    assert_eq!(app.model.person.screen, Screen::Journal);
    app.press("f5 n 'Ask Sam' enter");
    app.press("d 'Sam was glad.' enter f9 ctrl-u 'glad' enter");
    assert_eq!(app.model.person.screen, Screen::Plan);
    app.sees("Ask Sam").sees("Sam was glad.");
}

#[test]
fn evidence_since_the_last_session_stands_by_behaviour_with_the_focus_first() {
    let mut app = coached().sized(100, 30).keys("8 e");
    app.sees("What you wrote for the next session, by behaviour: since the session of 15 Oct")
        .sees("* FL-5")
        .sees("in focus set, nothing yet")
        .sees("in focus set, 1");
    insta::assert_snapshot!("evidence-100x30", app.screen());
    app.press("down down");
    app.sees("They decided the rota themselves.").misses("We tried the evening walks");
    app.press("up enter");
    app.sees("FC-5");
    assert_eq!(app.model.person.screen, Screen::Reflect);
    app.press("esc tab");
    app.sees("4 entries, newest first");
}

/// Returns the text of every screen and state that the keys lead to.
fn seen_everywhere(app: &mut App) -> String {
    let mut all = String::new();
    for keys in [
        "1",
        "f2",
        "'xylophone'",
        "f4",
        "f5",
        "f6",
        "f8",
        "end",
        "f9",
        "'xylophone'",
        "ctrl-u",
        "tab",
        "down down",
        "tab",
        "'kind:private'",
        "ctrl-u",
        "'goal'",
        "enter",
        "pagedown",
        "esc",
        "f1",
        "end",
    ] {
        app.press(keys);
        all.push_str(&app.screen());
    }
    all
}

#[test]
fn what_only_the_coach_may_read_is_on_no_screen_while_it_is_hidden() {
    let mut app = coached().sized(160, 45);
    let all = seen_everywhere(&mut app);
    assert!(!all.contains("avoiding his deputy"), "{all}");
    // Shown on request, the note is there and marked as private.
    app.press("esc ctrl-o esc f9 ctrl-u 'xylophone'");
    app.sees("PRIVATE").sees("avoiding his deputy").sees("a note that only the coach can read");
    app.press("enter");
    app.sees("Reality (only the coach can read this)").sees("avoiding his deputy");
    // Hidden again, it is gone in the next frame, before any query has run.
    let again = update(&mut app.model, Msg::Key("ctrl-o".parse().expect("it is a key")));
    app.misses("avoiding his deputy");
    assert!(matches!(again.as_slice(), [Effect::Look(Query::LookBack(LookBack::Journal(..)))]), "{again:?}");
    app.press("esc");
    app.misses("avoiding his deputy");
    let all = seen_everywhere(&mut app);
    assert!(!all.contains("avoiding his deputy"), "{all}");
}

#[test]
fn the_list_is_there_before_its_index_and_an_index_of_another_journal_is_not_taken() {
    let mut app = coached().sized(100, 30);
    let key = |model: &mut Model, key: &str| update(model, Msg::Key(key.parse().expect("it is a key")));
    let mut asked = key(&mut app.model, "9");
    let Some(Effect::Look(Query::LookBack(look))) = asked.pop() else { panic!("{asked:?}") };
    app.sees("Opening the journal");
    let mut then = update(&mut app.model, look.done());
    let Some(Effect::Look(Query::LookBack(LookBack::Index(library, book)))) = then.pop() else { panic!("{then:?}") };
    app.sees("4 entries, newest first").sees("They decided the rota");
    for letter in ["w", "a", "l", "k"] {
        assert!(key(&mut app.model, letter).is_empty(), "nothing is asked twice");
    }
    app.sees("Getting 4 entries ready to search").sees("They decided the rota");
    let other = Arc::new(book.as_ref().clone());
    update(&mut app.model, LookBack::Index(Arc::clone(&library), other).done());
    app.sees("Getting 4 entries ready to search");
    update(&mut app.model, LookBack::Index(library, book).done());
    app.sees("1 of 4 entries").sees("evening walks");
}

#[test]
fn what_was_put_together_of_older_records_is_not_taken() {
    let mut app = coached().sized(100, 30);
    let key = |model: &mut Model, key: &str| update(model, Msg::Key(key.parse().expect("it is a key")));
    let mut asked = key(&mut app.model, "9");
    let Some(Effect::Look(Query::LookBack(old))) = asked.pop() else { panic!("{asked:?}") };
    app.desk.save_answers(&[answer("FC-5", (11, 21), By::Myself, 5, "Something newer.")]).expect("written");
    let everything = cairn_coach::run::opened(&mut app.desk, None).expect("readable");
    let mut asked = update(&mut app.model, Msg::Opened(Box::new(everything)));
    let Some(Effect::Look(Query::LookBack(new))) = asked.pop() else { panic!("{asked:?}") };
    // The queries run in parallel, so the older one may finish last.
    update(&mut app.model, new.done());
    app.sees("Something newer.");
    update(&mut app.model, old.done());
    app.sees("Something newer.").sees("5 entries");
}

#[test]
fn the_journal_of_one_person_is_not_shown_to_another() {
    let mut app = coached().sized(100, 30).keys("9 'rota'");
    app.sees("They decided the rota themselves");
    client(&mut app.desk, "Delyth", &[answer("FL-5", (11, 1), By::Myself, 2, "Delyth was here.")]);
    let everything = cairn_coach::run::opened(&mut app.desk, None).expect("readable");
    update(&mut app.model, Msg::Opened(Box::new(everything)));
    app.misses("rota").sees("Opening the journal");
    let app = app.reopened().keys("f8 f9");
    app.sees("Delyth was here.").misses("rota").sees("1 entry, newest first");
}

#[test]
fn empty_records_say_what_comes_to_stand_here() {
    for (columns, rows) in [(50, 14), (80, 24), (160, 45)] {
        let app = App::new().sized(columns, rows).keys("9");
        app.sees("You have not written anything yet");
        app.keys("tab").sees("Nothing gathered yet");
    }
}

#[test]
fn the_command_line_searches_and_keeps_private_notes_to_itself() {
    let cairn = Cairn::new();
    assert_eq!(cairn.run(&["journal", "--json"]).exits(0).quiet().json(), serde_json::json!([]));
    cairn.run(&["journal"]).exits(0).quiet();
    let written = {
        let folder = cairn.data();
        let opening = cairn_coach::desk::OpenOptions {
            data_dir: Some(folder),
            today: Some(TODAY),
            ..cairn_coach::desk::OpenOptions::default()
        };
        let mut desk = cairn_coach::desk::Desk::open(&opening).expect("opens");
        client(&mut desk, "Bran Ap Rhys", &[answer("FC-5", (9, 3), By::Myself, 2, "The rota again.")]);
        let session = session(&[
            note("goal", "Goal", "Give the rota away.", NoteFor::Shared),
            note("reality", "Reality", PRIVATE, NoteFor::Coach),
        ]);
        desk.end_session(&session).expect("written")
    };
    let Session { kind, purpose, .. } = &written;
    assert_eq!((*kind, *purpose), (SessionKind::OneToOne, EngagementPurpose::Development));
    let run = |args: &[&str]| cairn.run(&[&["--person", "bran"], args].concat()).exits(0);
    for args in
        [&["journal"][..], &["journal", "--json"], &["journal", "xylophone"], &["journal", "kind:private", "--json"]]
    {
        assert!(!run(args).out.contains("avoiding his deputy"), "{args:?}");
    }
    for args in [&["progress"][..], &["progress", "--json"]] {
        assert!(!run(args).out.contains("avoiding his deputy"), "{args:?}");
    }
    let rows = run(&["journal", "rota", "--json"]).quiet().rows();
    assert_eq!(rows.len(), 2);
    has_keys(
        &rows[0],
        &["id", "on", "kind", "by", "private", "title", "rated", "behaviours", "texts", "written_in", "score"],
    );
    has_keys(&rows[0]["written_in"], &["what", "id"]);
    let private = run(&["journal", "xylophone", "--private", "--json"]).quiet().rows();
    assert_eq!((private.len(), private[0]["private"].as_bool()), (1, Some(true)));
    let all = run(&["journal", "--private", "--limit", "1"]);
    assert!(all.err.contains("1 of 3 shown"), "{}", all.err);
    assert!(run(&["journal", "rota"]).out.starts_with("3 Sep") || run(&["journal", "rota"]).out.starts_with("15 Oct"));
}

#[test]
fn no_private_note_of_the_demonstration_is_on_a_screen_that_others_may_see() {
    for name in ["Amira", "Ben"] {
        let mut app = App::client(name).sized(160, 45);
        let dossier = app.desk.dossier().expect("readable");
        let notes = dossier.sessions.iter().flat_map(|session| &session.notes);
        let private: Vec<&str> =
            notes.filter(|note| note.seen == NoteFor::Coach).map(|note| note.text.as_str()).collect();
        let all = seen_everywhere(&mut app);
        for text in private {
            let words: Vec<&str> = text.split_whitespace().take(5).collect();
            assert!(!all.contains(&words.join(" ")), "{name}: {text}");
        }
    }
}

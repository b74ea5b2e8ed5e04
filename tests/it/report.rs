//! Reports made by the real binary from records on disk that were written as the screens write them.

#![expect(clippy::disallowed_methods, reason = "files that the program wrote are read back")]

use std::fs;
use std::path::{Path, PathBuf};

use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::{
    Action, Answer, By, CameOut, Day, Engagement, Focus, FocusSet, Intent, Note, NoteFor, Organisation, Rated,
    Reflection, ReportFormat, SUMMARY,
};
use cairn_coach::store::{NewAction, NewSession};
use serde_json::Value;

use crate::binary::{Cairn, has_keys};

const FRAMEWORK: &str = "empowered-communities";

fn day(month: i8, day: i8) -> Day {
    jiff::civil::date(2026, month, day)
}

fn answer(on: Day, by: By, code: &str, value: i64, words: &str, example: &str) -> Answer {
    Answer {
        framework: FRAMEWORK.to_owned(),
        edition: "2012".to_owned(),
        behaviour: code.to_owned(),
        by,
        rated: Rated::Value(value),
        importance: Some(if code == "FL-5" { 3 } else { 2 }),
        reflections: vec![Reflection { prompt: String::new(), text: words.to_owned() }],
        evidence: example.to_owned(),
        ..Answer::blank(on)
    }
}

fn note(part: &str, title: &str, text: &str, seen: NoteFor) -> Note {
    Note { id: String::new(), part: part.to_owned(), title: title.to_owned(), text: text.to_owned(), seen }
}

/// Opens a desk on a given day, with records on disk.
fn desk(folder: &Path, on: Day) -> Desk {
    let opening = OpenOptions { data_dir: Some(folder.to_path_buf()), today: Some(on), ..OpenOptions::default() };
    Desk::open(&opening).expect("the desk opens")
}

fn turned(folder: &Path, on: Day, name: &str) -> Desk {
    let mut desk = desk(folder, on);
    let person = desk.client_called(name).expect("readable").expect("one client is called so");
    desk.turn_to(Some(&person.id)).expect("the client is there");
    desk
}

/// Writes the records of a coach with two clients: Amira with a full history, Bryn with a few words that must not be on
/// any page of Amira's.
fn story(folder: &Path) {
    let mut coach = desk(folder, day(9, 1));
    let amira = coach.add_client("Amira Khan").expect("writable");
    let bryn = coach.add_client("Bryn Rees").expect("writable");
    coach.turn_to(Some(&amira.id)).expect("she is there");
    coach.set_person(Some("managers"), Organisation::Provider).expect("writable");
    coach.set_card("Amira Khan", "amira@example.org", Some(day(9, 1))).expect("writable");
    let goal = "A team that decides about its own days, without waiting for me.".to_owned();
    let terms = Engagement {
        goal,
        sponsor: "Oakfield Care".to_owned(),
        agreed_on: Some(day(9, 1)),
        paid: true,
        ..Engagement::usual(day(9, 1))
    };
    coach.keep_engagement(&terms).expect("writable");
    let chosen = ["FL-5", "FC-5", "DT-7", "DT-6"].map(|code| Focus {
        framework: FRAMEWORK.to_owned(),
        behaviour: code.to_owned(),
        importance: Some(if code == "DT-6" { 2 } else { 3 }),
    });
    coach.keep_focus(&FocusSet { id: String::new(), on: day(9, 1), items: chosen.to_vec() }).expect("writable");
    first_answers(&mut coach);
    drop(coach);
    sessions(folder);
    comparison(folder);
    let mut other = turned(folder, day(10, 2), &bryn.name);
    other.save_answers(&[answer(day(10, 2), By::Myself, "FL-5", 1, "BRYNWORD", "BRYNEXAMPLE")]).expect("writable");
    other
        .end_session(&session(day(10, 2), vec![note("goal", "Goal", "BRYNNOTE", NoteFor::Shared)], Vec::new()))
        .expect("writable");
}

fn first_answers(desk: &mut Desk) {
    let told = [
        ("FL-5", 2, "I worry what the inspection would say.", ""),
        ("FC-5", 3, "I ask for views and then do what I had in mind.", ""),
        (
            "DT-6",
            4,
            "I thanked each of them by name.",
            "Two people told me that they had thought of leaving and did not.",
        ),
        ("DT-7", 2, "Supervision slips when we are short-staffed.", ""),
        ("SI-1", 3, "The vision hangs on the wall.", ""),
    ];
    let answers = told.map(|(code, value, words, example)| answer(day(9, 20), By::Myself, code, value, words, example));
    desk.save_answers(&answers).expect("writable");
}

fn session(on: Day, notes: Vec<Note>, actions: Vec<String>) -> NewSession {
    NewSession { on, minutes: 55, model: Some("grow".to_owned()), paid: true, notes, behaviours: Vec::new(), actions }
}

fn sessions(folder: &Path) {
    let mut desk = turned(folder, day(10, 4), "Amira");
    let first = vec![note("goal", "Goal", "Fewer questions that only I can answer.", NoteFor::Shared)];
    desk.end_session(&session(day(10, 4), first, Vec::new())).expect("writable");
    let done = add(&mut desk, day(10, 4), "Start handover with one thing that went well", None);
    let mut change = desk.change_of(&done, cairn_coach::domain::ActionStatus::Done);
    (change.on, change.came_out) = (day(10, 25), Some(CameOut::AsHoped));
    change.learned.push_str("Two minutes of good news changed how the rest of the meeting went. We kept it.");
    desk.change_action(&done.id, &change).expect("writable");
    drop(desk);
    let mut desk = turned(folder, day(11, 20), "Amira");
    let intent = Intent {
        wish: "That people who live here see their ideas tried.".to_owned(),
        situation: "somebody brings me a plan that I would do otherwise".to_owned(),
        response: "ask what they would need to try it for a week".to_owned(),
        helper: "My deputy".to_owned(),
        evidence: "One thing on the rota that I did not decide.".to_owned(),
        review: Some(day(12, 18)),
        ..Intent::default()
    };
    let step = add(&mut desk, day(11, 20), "Say yes to one idea a week that is not mine", Some(intent));
    let last = vec![
        note("goal", "Goal", "More say for the evening team.\nAnd fewer calls to me on Sundays.", NoteFor::Shared),
        note("goal", "Goal", "PRIVATENOTE she sounds worn out.", NoteFor::Coach),
        note(
            "reality",
            "Reality",
            "The rota change was my idea again. Nobody said no, which is not the same as yes.",
            NoteFor::Shared,
        ),
        note(
            "way-forward",
            "Way forward",
            "Try the evening walks for four weeks; the team writes the risk sheet.",
            NoteFor::Shared,
        ),
        note(
            SUMMARY,
            "Summary",
            "Try first, ask the team to write down what worries them, look again before Christmas.",
            NoteFor::Shared,
        ),
    ];
    desk.end_session(&session(day(11, 20), last, vec![step.id])).expect("writable");
}

fn add(desk: &mut Desk, on: Day, title: &str, intent: Option<Intent>) -> Action {
    let action = NewAction {
        decided_on: on,
        activity: None,
        rules: Vec::new(),
        because: "You wrote \u{201c}BECAUSEWORD\u{201d}.".to_owned(),
        behaviours: vec!["FL-5".to_owned()],
        title: title.to_owned(),
        first_step: "Tell the team on Monday that it is their turn.".to_owned(),
        due: on.checked_add(jiff::Span::new().days(14)).ok(),
        intent: intent.unwrap_or_default(),
    };
    desk.add_action(&action).expect("writable")
}

/// Adds one comparison that was opened and one that is sealed.
fn comparison(folder: &Path) {
    let mut desk = turned(folder, day(11, 20), "Amira");
    let views = [
        ("FL-5", 3, 3, "We tried the evening walks.", "Asks the team before the inspector."),
        ("FC-5", 2, 4, "The deputy asked why, and I had no good answer.", "In the last two meetings she spoke last."),
        ("DT-7", 3, 2, "", "Two supervisions were put off."),
        ("DT-6", 4, 5, "They laughed again.", "The new worker told me about the thank-you cards."),
    ];
    let round = desk.begin_comparison().expect("writable");
    let own: Vec<Answer> =
        views.iter().map(|(code, own, _, words, _)| answer(day(11, 20), By::Myself, code, *own, "", words)).collect();
    let coach: Vec<Answer> = views
        .iter()
        .map(|(code, _, other, _, words)| answer(day(11, 20), By::Coach, code, *other, "", words))
        .collect();
    desk.seal_view(&round.id, By::Myself, &own).expect("writable");
    desk.seal_view(&round.id, By::Coach, &coach).expect("writable");
    desk.open_comparison(&round.id).expect("you have both finished");
    let sealed = desk.begin_comparison().expect("writable");
    let own = [answer(day(11, 20), By::Myself, "FL-5", 5, "SEALEDWORD", "SEALEDEXAMPLE")];
    desk.seal_view(&sealed.id, By::Myself, &own).expect("writable");
}

/// Words that must not be in any report.
const NEVER: &[&str] = &["PRIVATENOTE", "SEALED", "BRYN", "Bryn", "BECAUSEWORD", "amira@example.org"];

fn amira() -> Cairn {
    let cairn = Cairn::new();
    story(&cairn.data());
    cairn
}

/// Writes records for `scripts/check-report`, which makes reports from them with the binary and opens the pages in a
/// browser.
#[test]
fn records_for_the_browser_are_made() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("handing-over");
    let _ = fs::remove_dir_all(&folder);
    story(&folder);
    assert!(folder.is_dir());
}

#[test]
fn every_form_for_every_reader_keeps_what_is_private() {
    let cairn = amira();
    let given = |args: &[&str]| cairn.run(&[&["--person", "Amira", "report"], args].concat()).exits(0).quiet().out;
    for reader in ["client", "coach", "sponsor"] {
        let pages =
            ReportFormat::ALL.iter().filter(|format| format.is_page()).map(|format| vec!["--format", format.id()]);
        for form in pages.chain([vec!["--json"]]) {
            let text = given(&[&["--for", reader], form.as_slice()].concat());
            for word in NEVER {
                assert!(!text.contains(word), "{word} is in the report for the {reader}:\n{text}");
            }
            assert!(text.contains("Amira Khan"), "{text}");
        }
    }
    let client = given(&[]);
    for words in
        ["## Strengths", "evening walks", "Say yes to one idea a week", "**Terms:**", "look again before Christmas"]
    {
        assert!(client.contains(words), "{words} is not in\n{client}");
    }
    assert!(given(&["--for", "coach"]).contains("1 private note stays in the coach's records"));
}

#[test]
fn the_sponsor_reads_what_was_ticked_after_a_preview_and_nothing_else() {
    let cairn = amira();
    let run = |args: &[&str]| cairn.run(&[&["--person", "Amira", "report"], args].concat());
    let empty = run(&["--for", "sponsor"]).exits(0).quiet().out;
    assert!(empty.contains("Nothing is ticked") && !empty.contains("cairn report tick"), "{empty}");
    let rows = run(&["tick", "--json"]).exits(0).quiet().rows();
    for row in &rows {
        has_keys(row, &["number", "key", "kind", "words", "ticked", "changed", "agreed"]);
        assert_eq!(row["ticked"], Value::Bool(false));
    }
    let words = |at: usize| rows[at]["words"].as_str().expect("text").to_owned();
    assert!(words(0).starts_with("What I want: A team that decides"), "{rows:?}");
    run(&["tick", "--tick", "1,2"]).exits(2).says(&["--present"]);
    let told = run(&["tick", "--present", "--tick", "1,2"]).exits(0).quiet().out;
    assert!(told.contains("[x]  1") && told.contains("[x]  2") && told.contains("[ ]  3"), "{told}");
    let page = run(&["--for", "sponsor", "--json"]).exits(0).quiet().out;
    for (at, row) in rows.iter().enumerate() {
        let line = row["words"].as_str().expect("text");
        assert_eq!(page.contains(line), at < 2, "{line}\n{page}");
    }
    run(&["tick", "--untick", "2"]).exits(0);
    assert!(!run(&["--for", "sponsor", "--json"]).exits(0).out.contains(&words(1)));
    run(&["tick", "--present", "--tick", "99"]).exits(2).says(&["there is no line 99", "hint:"]);
    run(&["tick", "--tick", "1", "--untick", "1"]).exits(2).says(&["line 1"]);
    assert!(run(&["--for", "sponsor"]).exits(0).out.contains("A team that decides"), "a wrong number changes nothing");
}

#[test]
fn calendars_have_neutral_titles_and_the_same_ids_again() {
    let cairn = amira();
    let exported = |name: &str| {
        let ran = cairn.run(&["--person", "Amira", "report", "calendar", "--out", name]).exits(0);
        assert_eq!(ran.out, "");
        fs::read_to_string(cairn.path(name)).expect("it was written")
    };
    let (first, second) = (exported("a.ics"), exported("b.ics"));
    assert_eq!(first, second);
    assert!(
        first.contains("DTSTART;VALUE=DATE:20261218\r\n")
            && first.contains("SUMMARY:Look back at a step from your development plan\r\n")
    );
    for words in NEVER.iter().chain(&["Amira", "idea", "handover"]) {
        assert!(!first.contains(words), "{words} is in\n{first}");
    }
    assert!(!first.contains("BEGIN:VTODO"), "one entry for a step");
    assert!(first.contains("BEGIN:VEVENT"));
}

#[test]
fn files_are_private_and_never_written_over_unasked() {
    let cairn = amira();
    let written = |more: &[&str]| cairn.run(&[&["--person", "Amira", "report", "--out", "r.md"], more].concat());
    written(&[]).exits(0);
    let before = fs::read_to_string(cairn.path("r.md")).expect("it was written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(cairn.path("r.md")).expect("readable").permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    written(&["--format", "html"]).exits(2).says(&["r.md already exists", "--force"]);
    assert_eq!(fs::read_to_string(cairn.path("r.md")).expect("readable"), before);
    written(&["--format", "html", "--force"]).exits(0);
    assert!(fs::read_to_string(cairn.path("r.md")).expect("readable").starts_with("<!DOCTYPE html>"));
    cairn.run(&["report", "--out", "nowhere/r.md"]).exits(2).says(&["the folder does not exist"]);
    cairn.run(&["report", "--out", "data"]).exits(2).says(&["is a folder"]);
    cairn.run(&["report", "--force"]).exits(2);
}

#[test]
fn the_hours_log_names_only_who_agreed() {
    let cairn = amira();
    let ran = cairn.run(&["report", "hours"]).exits(0);
    let expected = "Client name,E-mail,Start date,End date,Individual or group,Number in group,Paid hours,Pro bono hours\n\
                    Amira Khan,amira@example.org,2026-10-04,2026-11-20,individual,1,1.83,0.00\n";
    assert_eq!(ran.out, expected);
    cairn.run(&["report", "hours", "--out", "h.csv"]).exits(0);
    let file = fs::read_to_string(cairn.path("h.csv")).expect("it was written");
    assert_eq!(file, format!("\u{feff}{}", expected.replace('\n', "\r\n")), "a spreadsheet reads it as UTF-8");
    assert!(ran.err.contains("1 client is left out") && !ran.err.contains("Bryn"), "{}", ran.err);
    has_keys(
        &cairn.run(&["report", "hours", "--json"]).exits(0).rows()[0],
        &["name", "email", "from", "to", "paid_minutes", "pro_bono_minutes"],
    );
}

#[test]
fn an_account_warns_of_names_and_says_what_it_can_be_made_from() {
    let cairn = amira();
    let run = |args: &[&str]| cairn.run(&[&["--person", "Amira", "report", "account"], args].concat());
    let last = run(&["last"]).exits(0).quiet().out;
    assert!(last.contains("Prioritise people") && last.contains("evening team") && !last.contains("PRIVATE"), "{last}");
    let other = run(&["2026-10-04", "--for", "swe"]).exits(0).quiet().out;
    assert!(other.contains("peer") && other.contains("only I can answer"), "{other}");
    let answer = run(&["FC-5", "--json"]).exits(0).quiet();
    assert_eq!(answer.json()["names"], Value::Array(Vec::new()));
    assert!(answer.out.contains("no good answer") && !answer.out.contains("spoke last"), "{}", answer.out);
    run(&["nothing"]).exits(2).says(&["\"nothing\"", "`last`"]);
    run(&["SI-2"]).exits(2).says(&["you have not written about SI-2"]);
    let mut desk = turned(&cairn.data(), day(11, 22), "Amira");
    let named = vec![note("goal", "Goal", "I asked Mrs Pugh and Bryn about it.", NoteFor::Shared)];
    desk.end_session(&session(day(11, 22), named, Vec::new())).expect("writable");
    drop(desk);
    let warned = run(&["last"]).exits(0).err;
    assert!(warned.contains("names? 2 passages") && warned.contains("\u{201c}Mrs Pugh\u{201d}"), "{warned}");
    let report = cairn.run(&["--person", "Amira", "report"]).exits(0);
    assert!(report.err.contains("another client of yours: Bryn"), "{}", report.err);
}

#[test]
fn without_records_every_command_says_so() {
    let cairn = Cairn::new();
    assert!(cairn.run(&["report"]).exits(0).quiet().out.contains("There is nothing to show on this page yet"));
    assert!(cairn.run(&["report", "--for", "sponsor"]).exits(0).quiet().out.contains("You need an agreement"));
    assert!(cairn.run(&["report", "tick"]).exits(0).quiet().out.contains("nothing to share"));
    assert_eq!(cairn.run(&["report", "tick", "--json"]).exits(0).quiet().rows(), Vec::<Value>::new());
    assert_eq!(cairn.run(&["report", "hours"]).exits(0).quiet().out.lines().count(), 1);
    cairn.run(&["report", "account", "last"]).exits(2).says(&["no session"]);
    assert!(!cairn.data().exists() && cairn.home_is_empty());
}

#[test]
fn a_page_that_quotes_somebody_in_danger_says_so_before_it_is_handed_over() {
    let cairn = Cairn::new();
    let answers =
        r#"{"answers":[{"behaviour":"DT-3","rating":5,"evidence":"He was hit by a carer and I told nobody."}]}"#;
    cairn.file("a.json", answers);
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let ran = cairn.run(&["report", "--for", "client"]).exits(0);
    assert!(ran.err.contains("the page quotes words that can mean someone is in danger"), "{}", ran.err);
    let other = Cairn::new();
    other
        .file("b.json", answers.replace("He was hit by a carer and I told nobody.", "He was glad and told everybody."));
    other.run(&["reflect", "--from", "b.json"]).exits(0);
    assert!(!other.run(&["report", "--for", "client"]).exits(0).err.contains("danger"));
}

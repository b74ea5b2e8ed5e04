//! Correcting and withdrawing with the program: only the newer form of a corrected answer counts, and withdrawn text is
//! in no answer, no export and no backup.

use cairn_coach::app::{DraftJob, DraftReply, RecordsJob, RecordsReply};
use std::fs;

use cairn_coach::os::read_text;

use crate::binary::Cairn;
use crate::harness::App;

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

/// Returns the whole content of the records and of every backup.
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
    cairn.run(&["correct", &one, "--rating", "1", "--evidence", "Change date.", "--on", "2026-10-30"]).exits(0);
    let progress = cairn.run(&["progress"]).exits(0).out;
    assert!(progress.contains("Not yet, rated once, on 30 Oct") && !progress.contains("help others"), "{progress}");
    let journal = cairn.run(&["journal"]).exits(0).out;
    assert!(
        journal.contains("corrected on") && journal.contains("zebra") && journal.contains("Change date"),
        "{journal}"
    );
    assert!(!cairn.run(&["report"]).exits(0).out.contains("zebra"));
    cairn.run(&["correct", &one, "--rating", "2"]).exits(2).says(&["already been corrected", "hint:"]);
    cairn.run(&["correct", &id(&cairn, "FL-1"), "--on", "2062-01-01"]).exits(2);
    cairn.run(&["correct", &id(&cairn, "FL-1"), "--rating", "9"]).exits(2).says(&["not on the scale"]);
}

#[test]
fn a_correction_is_listened_to_at_once_and_asked_about() {
    let cairn = begun();
    let one = id(&cairn, "FL-1");
    let ran = cairn.run(&["correct", &one, "--evidence", "He hit her again, at CF10 3NQ."]).exits(0);
    let ring = ran.out.find("Somebody may be at risk of harm").expect("people to ring are named");
    assert!(ran.out.find("Corrected.").is_some_and(|done| done < ring) && ran.out.contains("999"), "{}", ran.out);
    assert!(ran.err.contains("It may include a postcode"), "{}", ran.err);
    let ran = cairn.run(&["correct", &id(&cairn, "FL-5"), "--evidence", "Tea with the team."]).exits(0);
    assert!(ran.err.is_empty() && !ran.out.contains("999"), "{} {}", ran.out, ran.err);
}

#[test]
fn what_is_withdrawn_is_gone_from_records_and_backups_with_a_certificate() {
    let cairn = begun();
    assert!(everything(&cairn).contains("Okapi"));
    let one = id(&cairn, "FL-5");
    assert!(cairn.run(&["withdraw", &one]).exits(2).err.contains("Cairn could not ask you"));
    let part = cairn.run(&["withdraw", &one, "--reflection", "1", "--yes"]).exits(0);
    assert!(
        part.out.contains("Certificate of withdrawal") && part.out.contains("it was deleted there"),
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
    // Restoring a backup does not bring it back.
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
    let ran = cairn.fed(&[], "1\n:discard\n2\nquit\n").exits(0);
    assert!(ran.out.contains("Discarded."), "{}", ran.out);
    let kept = cairn.run(&["export", "--all", "--plaintext"]).exits(0).out;
    assert!(!kept.contains("Half a thought"), "{kept}");
    assert!(!cairn.fed(&[], "quit\n").exits(0).out.contains("Finish your"));
}

#[test]
fn a_closed_session_takes_a_private_note_afterwards() {
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Amira K"]).exits(0);
    let lines = "session\n1\nnext\nShe talked about meetings.\n.\n:summary\nfinish session\n";
    cairn.fed(&["--person", "Amira"], lines).exits(0);
    cairn.run(&["--person", "Amira", "session", "note", "last", "A heron at the door.", "--private"]).exits(0);
    let rows = cairn.run(&["--person", "Amira", "journal", "--private", "--json"]).exits(0).rows();
    let note = rows.iter().find(|row| row.to_string().contains("heron")).expect("it is there")["id"].clone();
    let note = note.as_str().expect("text");
    let ran = cairn.run(&["--person", "Amira", "correct", note, "--text", "A heron at CF10 3NQ."]).exits(0);
    assert!(ran.err.contains("A note for the coach may include a name") && !ran.err.contains("CF10"), "{}", ran.err);
    let shared = cairn.run(&["--person", "Amira", "journal"]).exits(0).out;
    assert!(!shared.contains("heron"), "{shared}");
    assert!(cairn.run(&["--person", "Amira", "journal", "--private"]).exits(0).out.contains("heron"));
    assert!(!cairn.run(&["--person", "Amira", "report"]).exits(0).out.contains("heron"));
}

#[test]
fn an_action_is_changed_reopened_and_withdrawn_whatever_was_written_on_it() {
    let cairn = begun();
    let added = cairn.run(&["plan", "add", "Ring Mrs Okapi on 07700 900123", "--json"]).exits(0);
    assert!(added.err.contains("07700 900123") && added.err.contains("`cairn plan change`"), "{}", added.err);
    let id = added.rows()[0]["id"].as_str().expect("text").to_owned();
    let said = cairn.run(&["correct", &id, "--text", "x"]).exits(2).err;
    assert!(said.contains("`cairn plan change` changes its words"), "{said}");
    cairn.run(&["plan", "change", &id]).exits(2).says(&["nothing to change"]);
    cairn.run(&["plan", "change", &id, "--title", " "]).exits(2).says(&["has no words"]);
    let row =
        cairn.run(&["plan", "change", &id, "--first-step", "Ask", "--due", "2026-12-06", "--json"]).exits(0).rows();
    assert_eq!((row[0]["first_step"].as_str(), row[0]["due"].as_str()), (Some("Ask"), Some("2026-12-06")));
    let row = cairn.run(&["plan", "change", &id, "--due", "", "--json"]).exits(0).rows();
    assert!(row[0]["due"].is_null() && row[0]["title"].as_str().is_some_and(|title| title.contains("Okapi")));
    assert!(cairn.run(&["plan", "drop", &id]).exits(0).out.contains("(stopped)"));
    assert_eq!(cairn.run(&["plan", "reopen", &id, "--json"]).exits(0).rows()[0]["status"], "open");
    cairn.run(&["backup"]).exits(0);
    cairn.run(&["withdraw", &id, "--yes"]).exits(0);
    assert!(!everything(&cairn).contains("07700"));
    assert_eq!(cairn.run(&["plan", "--json"]).exits(0).rows().len(), 0);
}

#[test]
fn a_draft_that_holds_what_is_withdrawn_loses_it_in_records_and_in_copies_made_before_it_was_saved() {
    let cairn = Cairn::new();
    let written = "Mrs Okapi fell twice in the corridor.";
    cairn.fed(&["--plain"], &format!("reflect FL-5\n2\n3\n{written}\n")).exits(0);
    cairn.run(&["backup"]).exits(0);
    assert!(everything(&cairn).contains("Okapi"), "the copy holds a draft alone");
    cairn.fed(&["--plain"], "reflect FL-5\n:save\n:quit\n").exits(0);
    // A form that was begun contains the words a second time.
    cairn.fed(&["--plain"], "journal\n:correct 1\n2\n").exits(0);
    cairn.fed(&["--plain"], "reflect FL-1\n2\n3\nSomething else entirely.\n").exits(0);
    let certificate = cairn.run(&["withdraw", &id(&cairn, "FL-5"), "--yes"]).exits(0).out;
    assert!(certificate.contains("it was deleted there"), "{certificate}");
    let left = everything(&cairn);
    assert!(!left.contains("Okapi"), "{left}");
    assert!(cairn.fed(&["--plain"], "reflect FL-1\n:quit\n").exits(0).out.contains("Something else entirely."));
}

#[test]
fn a_copy_that_was_out_of_reach_loses_what_it_holds_as_a_draft_alone() {
    let cairn = Cairn::new();
    cairn.fed(&["--plain"], "reflect FL-5\n2\n3\nMrs Okapi fell twice in the corridor.\n").exits(0);
    cairn.fed(&["--plain"], "reflect FL-1\n2\n3\nThis was begun elsewhere.\n").exits(0);
    cairn.run(&["backup"]).exits(0);
    let (here, away) = (cairn.data().join("backups"), cairn.data().join("../away"));
    fs::rename(&here, &away).expect("it is carried away");
    fs::create_dir(&here).expect("an empty folder");
    cairn.fed(&["--plain"], "reflect FL-5\n:save\n:quit\n").exits(0);
    cairn.run(&["withdraw", &id(&cairn, "FL-5"), "--yes"]).exits(0);
    assert!(!everything(&cairn).contains("Okapi"));
    fs::remove_dir_all(&here).expect("what was made since goes");
    fs::rename(&away, &here).expect("it is carried back");
    assert!(everything(&cairn).contains("Okapi"), "the copy holds a draft alone");
    cairn.run(&["withdraw", "--backups"]).exits(0);
    let left = everything(&cairn);
    assert!(!left.contains("Okapi"), "{left}");
    assert!(left.contains("begun elsewhere"), "what was begun in another place stays: {left}");
}

#[test]
fn the_plan_withdraws_an_action_and_the_two_views_a_view() {
    let app = App::new().keys("5 n 'Ring Mrs Okapi' ctrl-s delete");
    app.sees("Withdraw the action \u{201c}Ring Mrs Okapi\u{201d}?");
    let app = app.keys("down enter");
    app.sees("Withdrawn: action").misses("Okapi");
    let mut app =
        App::new().keys("w 'Amira Khan' enter down enter a down enter 2 'FC-5' ctrl-t enter enter esc esc esc v");
    app.press("ctrl-t");
    app.sees("Nobody has submitted ratings yet.");
    app.press("enter enter 2 e 'Mrs Okapi laughed.' enter ctrl-s");
    app.sees("The coach goes next");
    app.press("ctrl-t");
    app.sees("Withdraw the ratings by Amira Khan, from the round started on Sun 22 Nov");
    app.press("down enter");
    app.sees("Withdrawn: set of ratings").sees("Amira Khan goes first");
    // The view is given again, and the words of the first one are nowhere.
    assert!(!format!("{:?}", app.model).contains("Okapi"));
    // Given and withdrawn again, it gets a certificate of its own.
    app.press("enter 3 e 'Mrs Giraffe sang.' enter ctrl-s ctrl-t down enter");
    app.sees("Withdrawn: set of ratings");
    assert_eq!(app.desk.withdrawals().expect("readable").len(), 2);
    // Of an opened comparison only the remaining view is offered.
    app.press("enter 3 ctrl-s enter 2 ctrl-s enter ctrl-t down enter ctrl-t");
    assert_eq!(app.screen().matches("Withdraw the ratings by").count(), 1, "{}", app.screen());
}

/// Drafts that are open during a withdrawal lose the withdrawn words and nothing else.
#[test]
fn what_goes_on_while_something_is_withdrawn_loses_its_words_too() {
    let said = "Mrs Okapi was left in the corridor again.";
    let mut app = App::new().keys(&format!("/ 'red tape' enter 1 3 '{said}' ctrl-s esc esc esc"));
    app.press(&format!("7 enter tab '{said} Ring the lead.' esc / 'red tape' enter 1 3 '{said} It rained.' f9"));
    app.press("ctrl-t");
    app.sees("Withdraw the whole answer");
    app.press("down enter");
    app.sees("Withdrawn: answer");
    assert!(
        !format!("{:?}", app.model).contains("Okapi"),
        "{:?} {:?}",
        app.model.person.sitting,
        app.model.person.reflect
    );
    app.press("f7 'Tuesday.'");
    app.sees("Ring the lead").sees("Tuesday.").misses("Okapi");
    let mut app = app.restarted();
    app.press("7");
    app.sees("Ring the lead").sees("Tuesday.").misses("Okapi");
    app.press("esc / 'red tape' enter");
    app.sees("It rained.").misses("Okapi");
}

/// A withdrawal that fails, or a draft that was not saved before it, loses no word of open drafts.
#[test]
fn what_goes_on_is_there_and_is_kept_again_when_a_withdrawal_fails() {
    use cairn_coach::app::{Effect, Msg, update};
    let begun = || {
        App::new()
            .keys("/ 'red tape' enter 1 3 'Left alone.' ctrl-s esc esc esc 7 enter tab 'Ring the lead.' f9 ctrl-t down")
            .model
    };
    let asked = |model: &mut cairn_coach::app::Model| update(model, Msg::Key("enter".parse().expect("a key")));
    let mut model = begun();
    let effects = asked(&mut model);
    assert!(
        matches!(
            effects.as_slice(),
            [Effect::Draft(DraftJob::KeepText(..)), .., Effect::Records(RecordsJob::Withdraw(_))]
        ),
        "{effects:?}"
    );
    update(&mut model, Msg::Draft(DraftReply::TextKept(cairn_coach::domain::Slot::Session, "12:00".to_owned())));
    let effects = update(&mut model, Msg::Records(RecordsReply::NotWithdrawn("The disk is full.".to_owned())));
    let again = |effects: &[Effect]| {
        effects.iter().any(
            |effect| matches!(effect, Effect::Draft(DraftJob::KeepText(_, body)) if body.contains("Ring the lead.")),
        )
    };
    assert!(model.person.sitting.is_some() && again(&effects), "it is on its way to the disk again: {effects:?}");
    // The draft was not saved: the typed text stays, and not the older draft.
    let mut model = begun();
    drop(asked(&mut model));
    update(
        &mut model,
        Msg::Draft(DraftReply::TextNotKept(cairn_coach::domain::Slot::Session, "The disk is full.".to_owned())),
    );
    let now = Box::new(model.person.snapshot.clone());
    let effects = update(&mut model, Msg::Records(RecordsReply::Withdrawn(now, "Withdrawn: answer.".to_owned())));
    assert!(again(&effects), "{effects:?}");
}

#[test]
fn a_calendar_cancels_what_was_withdrawn() {
    let cairn = Cairn::new();
    let added =
        cairn.run(&["plan", "add", "Ring Mrs Okapi", "--due", "2026-12-06", "--review", "2026-12-20", "--json"]);
    let id = added.exits(0).rows()[0]["id"].as_str().expect("text").to_owned();
    let calendar = |name: &str| {
        cairn.run(&["report", "calendar", "--out", name]).exits(0);
        read_text(&cairn.path(name), 1 << 20).expect("written")
    };
    let before = calendar("before.ics");
    assert!(before.contains(&format!("UID:{id}-due@cairn")) && !before.contains("CANCELLED"));
    cairn.run(&["withdraw", &id, "--yes"]).exits(0);
    let after = calendar("after.ics");
    for line in
        [format!("UID:{id}-due@cairn"), format!("UID:{id}-review@cairn"), "DTSTART;VALUE=DATE:20261206".to_owned()]
    {
        assert!(after.contains(&line), "{line}: {after}");
    }
    assert_eq!((after.matches("CANCELLED").count(), after.matches("CONFIRMED").count()), (2, 0), "{after}");
    let sequence = |text: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).expect("it has one");
        line.trim().parse::<u32>().expect("a number")
    };
    assert!(sequence(&after) > sequence(&before), "{after}");
}

#[test]
fn a_reason_in_own_words_is_listened_to_listed_and_withdrawn() {
    let mut app = App::new().keys("/ 'red tape' enter 1 3 'We ask the same form twice.' ctrl-s");
    app.sees("What to do");
    app.press("x end enter 'I want to end my life.' enter");
    app.sees("Samaritans");
    app.press("esc esc esc 9");
    app.sees("Declined:").sees("I want to end my life.");
    app.press("ctrl-r");
    app.sees("You can withdraw a reason, but you cannot change it.");
    app.press("ctrl-t down enter");
    app.sees("Withdrawn: reason for removing an activity").misses("end my life");
    app.press("esc esc esc 1");
    app.misses("Samaritans");
    app.press("esc esc esc 4 x end enter 'Ring 07700 900123 first' enter");
    app.sees("Declined. \u{201c}07700 900123\u{201d} may be a telephone number. Withdraw it in Journal.");
    app.press("9 up up ctrl-t");
    app.sees("Withdraw the reason. The activity stays declined");
    app.press("down enter");
    app.sees("Withdrawn: reason");
    // A reason that was cancelled is not an entry.
    app.press("esc esc esc 4 x enter esc 9");
    app.misses("Declined:");
}

#[test]
fn a_correction_is_taken_in_whatever_encoding_it_was_saved() {
    let cairn = begun();
    let one = id(&cairn, "FL-1");
    cairn.file("latin.txt", b"Half an hour in the caf\xe9.");
    let ran = cairn.run(&["correct", &id(&cairn, "FL-5"), "--from", "latin.txt"]).exits(0);
    assert!(ran.err.contains("was read as Windows-1252"), "{}", ran.err);
    assert!(cairn.run(&["journal"]).exits(0).out.contains("Half an hour in the caf\u{e9}."));
    cairn.run(&["correct", &one, "--from", "missing.txt"]).exits(2);
}

#[test]
fn what_was_corrected_says_so_and_is_not_corrected_again() {
    let cairn = begun();
    let one = id(&cairn, "FL-5");
    cairn.run(&["correct", &one, "--evidence", "Change date."]).exits(0);
    cairn.run(&["correct", &one, "--evidence", "Once more."]).exits(2).says(&["already been corrected"]);
    let mut app = App::new().keys("/ 'red tape' enter 2 3 'zebrastripe' ctrl-s esc esc esc 9 ctrl-r tab 'x' ctrl-s");
    app.press("down enter");
    app.sees("This is the version before it was corrected");
}

#[test]
fn a_withdrawal_leaves_the_records_of_others_and_what_is_said_elsewhere_as_they_are() {
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Ann Lee"]).exits(0);
    let answers = r#"{"answers":[{"behaviour":"FC-5","rating":2,"importance":3,"on":"2026-11-01","reflections":{"Why?":"It is quicker myself."}}]}"#;
    cairn.file("a.json", answers);
    let run = |person: &[&str], args: &[&str]| cairn.run(&[person, args].concat()).exits(0);
    let ann = ["--person", "Ann"];
    for person in [&ann[..], &[]] {
        run(person, &["reflect", "--from", "a.json"]);
        let advice = run(person, &["recommend", "--json"]).rows();
        let quoting = advice.iter().find(|row| row.to_string().contains("quicker myself"));
        let activity = quoting.expect("a rule quotes it")["activity"].as_str().expect("an id").to_owned();
        run(person, &["plan", "accept", &activity]);
    }
    let because = |person: &[&str]| run(person, &["plan", "--json"]).rows()[0]["because"].to_string();
    let (hers, mine) = (|| because(&ann), || because(&[]));
    assert!(hers().contains("quicker myself") && mine().contains("quicker myself"));
    // A second answer contains the same words.
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let ids: Vec<String> = cairn
        .run(&["journal", "--json"])
        .exits(0)
        .rows()
        .iter()
        .filter(|row| row["kind"] == "answer")
        .map(|row| row["id"].as_str().expect("text").to_owned())
        .collect();
    cairn.run(&["withdraw", &ids[0], "--yes"]).exits(0);
    assert!(mine().contains("quicker myself"), "another answer still says it");
    cairn.run(&["withdraw", &ids[1], "--yes"]).exits(0);
    assert!(!mine().contains("quicker"));
    assert!(hers().contains("quicker myself"), "another person's records");
}

#[test]
fn a_draft_that_was_reworded_before_it_was_saved_goes_from_copies_too_and_a_newer_one_keeps_its_other_sentences() {
    let cairn = Cairn::new();
    cairn.fed(&["--plain"], "reflect FL-5\n2\n3\nMrs Okapi fell and I hid it.\n").exits(0);
    cairn.run(&["backup"]).exits(0);
    cairn.fed(&["--plain"], "reflect FL-5\n:erase\nMrs Giraffe fell, and nobody was told.\n:save\n:quit\n").exits(0);
    cairn
        .fed(&["--plain"], "reflect FL-1\n2\n3\nWe waited. Mrs Giraffe fell, and nobody was told. More of my own.\n")
        .exits(0);
    cairn.run(&["withdraw", &id(&cairn, "FL-5"), "--yes"]).exits(0);
    let left = everything(&cairn);
    assert!(!left.contains("Okapi") && !left.contains("Giraffe"), "{left}");
    let ran = cairn.fed(&["--plain"], "reflect FL-1\n:quit\n").exits(0).out;
    assert!(ran.contains("We waited.") && ran.contains("More of my own."), "{ran}");
}

#[test]
fn what_is_begun_stays_when_something_that_was_saved_after_it_is_withdrawn() {
    let mut app = App::new().keys("5 n 'A step of my own' esc");
    app.press("/ 'red tape' enter 1 3 'We ask twice.' ctrl-s a 5 home delete down enter");
    app.sees("Withdrawn: action");
    let mut app = app.restarted();
    app.press("1");
    app.sees("Finish planning your action");
}

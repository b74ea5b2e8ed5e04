//! Clients on the command line: who they are, what was agreed, and that the records of one client never mix with those
//! of another; the list of sessions; an action with all its questions.

use cairn_coach::desk::{Desk, OpenOptions};
use cairn_coach::domain::{Note, NoteFor, SUMMARY};
use cairn_coach::store::NewSession;
use serde_json::{Value, json};

use crate::binary::{Cairn, Ran, has_keys};
use crate::cli_answers::{file_of, month};
use crate::harness::TODAY;

const CARD: [&str; 6] = ["id", "name", "email", "level", "organisation", "in_hours_log_since"];
const TERMS: [&str; 10] =
    ["id", "purpose", "goal", "sponsor", "limits", "may_see", "keep_until", "agreed_on", "began_on", "paid"];

/// A coach with two clients.
fn coach() -> Cairn {
    let cairn = Cairn::new();
    for name in ["Amira Khan", "Amir Osei"] {
        cairn.run(&["people", "add", name]).exits(0).quiet();
    }
    cairn
}

fn with(cairn: &Cairn, person: &str, args: &[&str]) -> Ran {
    cairn.run(&[&["--person", person], args].concat())
}

/// Returns the last characters of an id, which distinguish it from others.
fn end(id: &str) -> &str {
    id.get(30..).expect("an id has 36 letters")
}

#[test]
fn clients_are_added_listed_and_called_by_enough_of_their_name() {
    let cairn = Cairn::new();
    assert!(cairn.run(&["people"]).exits(0).quiet().out.contains("There are no clients."));
    assert_eq!(cairn.run(&["people", "--json"]).exits(0).json(), json!([]));
    assert!(!cairn.data().exists(), "reading made nothing");
    let added = cairn.run(&["people", "add", "Amira Khan", "--json"]).exits(0).quiet().json();
    has_keys(&added, &CARD);
    let told = cairn.run(&["people", "add", "Amir Osei"]).exits(0).quiet().out;
    assert!(told.contains("separate from yours") && told.contains("--person"), "{told}");
    cairn.run(&["people", "add", "  "]).exits(2).says(&["hint:"]);
    let rows = cairn.run(&["people", "--json"]).exits(0).quiet().rows();
    for row in &rows {
        has_keys(row, &CARD);
    }
    assert_eq!(
        rows.iter().map(|row| row["name"].as_str()).collect::<Vec<_>>(),
        [Some("Amir Osei"), Some("Amira Khan")]
    );
    for name in ["Amira Khan", "amira", "KHAN"] {
        assert_eq!(with(&cairn, name, &["people", "show", "--json"]).exits(0).json()["person"]["name"], "Amira Khan");
    }
    with(&cairn, "ami", &["people", "show"]).exits(2).says(&["ami", "Amira Khan", "Amir Osei", "hint:"]);
    for what in [&["people", "show"][..], &["plan"], &["journal"], &["report"], &["recommend"]] {
        with(&cairn, "Zelda", what).exits(2).says(&["Zelda", "hint:"]);
    }
    for what in [&["people", "show"][..], &["people", "card", "--name", "x"], &["people", "terms", "--goal", "x"]] {
        cairn.run(what).exits(2).says(&["this needs a client", "--person"]);
    }
}

#[test]
fn the_card_and_the_agreement_are_changed_and_what_changes_is_agreed_anew() {
    let cairn = coach();
    let amira = |args: &[&str]| with(&cairn, "amira", args);
    let card = ["people", "card", "--email", "a@example.org", "--hours-log", "2026-11-20", "--json"];
    let card = amira(&card).exits(0).quiet().json();
    has_keys(&card, &["person", "agreement", "focus", "answers_kept_apart"]);
    assert_eq!((&card["person"]["in_hours_log_since"], &card["agreement"]), (&json!("2026-11-20"), &Value::Null));
    let log = amira(&["people", "card", "--hours-log", "no", "--json"]).exits(0).json();
    assert_eq!(
        (&log["person"]["in_hours_log_since"], &log["person"]["email"]),
        (&Value::Null, &json!("a@example.org"))
    );
    amira(&["people", "card", "--hours-log", "maybe"]).exits(2).says(&["maybe", "a date, or no"]);
    let given = ["people", "terms", "--goal", "A calmer ward", "--sponsor", "The trust", "--agreed", "2026-11-21"];
    let terms = amira(&[&given[..], &["--json"]].concat()).exits(0).quiet().json()["agreement"].clone();
    has_keys(&terms, &TERMS);
    assert_eq!((&terms["purpose"], &terms["agreed_on"]), (&json!("development"), &json!("2026-11-21")));
    let shown = amira(&["people", "show"]).exits(0).quiet().out;
    assert!(shown.contains("What Amira Khan and the coach agreed") && shown.contains("A calmer ward"), "{shown}");
    // Repeating the same terms changes nothing; any other change needs a new agreement.
    let agreed = |args: &[&str]| {
        amira(&[&["people", "terms", "--json"], args].concat()).exits(0).json()["agreement"]["agreed_on"].clone()
    };
    assert_eq!(agreed(&["--goal", "A calmer ward"]), "2026-11-21");
    for change in [["--goal", "Another"], ["--purpose", "appraisal"], ["--keep-until", "2030-01-01"], ["--limits", "x"]]
    {
        assert_eq!(agreed(&["--agreed", "2026-11-22"]), "2026-11-22");
        assert_eq!(agreed(&change), Value::Null, "{change:?}");
    }
    assert!(amira(&["people", "show"]).exits(0).out.contains("not agreed yet"));
    amira(&["people", "terms", "--purpose", "gossip"]).exits(2).says(&["gossip", "development", "hint:"]);
    for option in ["--agreed", "--ended", "--keep-until"] {
        amira(&["people", "terms", option, "soonish"]).exits(2).says(&["soonish", "hint:"]);
    }
    assert_eq!(with(&cairn, "osei", &["people", "show", "--json"]).exits(0).json()["agreement"], Value::Null);
}

#[test]
fn the_focus_set_is_codes_with_how_much_they_matter() {
    let cairn = coach();
    let amira = |args: &[&str]| with(&cairn, "amira", args);
    let kept = amira(&["people", "focus", "FL-5=3", "si-1", "--json"]).exits(0).quiet().rows();
    has_keys(&kept[0], &["behaviour", "importance"]);
    assert_eq!(kept[0], json!({"behaviour": "empowered-communities/FL-5", "importance": 3}));
    assert_eq!(kept[1]["importance"], Value::Null);
    amira(&["people", "focus", "FL-55"]).exits(2).says(&["FL-55", "did you mean", "hint:"]);
    for value in ["FL-5=9", "FL-5=0", "FL-5=much", "FL-5="] {
        amira(&["people", "focus", value]).exits(2).says(&["not on the scale of importance", "hint: it goes from 1"]);
    }
    let whole = amira(&["people", "show", "--json"]).exits(0).json();
    assert_eq!(whole["focus"].as_array().map(Vec::len), Some(2), "wrong input changed nothing");
    assert!(amira(&["people", "focus"]).exits(0).quiet().out.contains("The focus set has no behaviours."));
    assert!(cairn.run(&["people", "focus", "DT-1"]).exits(0).out.contains("1 behaviour"), "one's own");
    assert_eq!(amira(&["people", "show", "--json"]).exits(0).json()["focus"], json!([]));
}

#[test]
fn the_records_of_one_are_never_in_those_of_another() {
    let cairn = coach();
    cairn.file("a.json", file_of(&month()));
    with(&cairn, "amira", &["reflect", "--from", "a.json"]).exits(0).quiet();
    with(&cairn, "amira", &["plan", "add", "Ask zebrastripe first"]).exits(0);
    cairn.run(&["plan", "add", "My own okapi"]).exits(0);
    let lists = |who: &[&str], what: &str| cairn.run(&[who, &[what, "--json"]].concat()).exits(0).json();
    for who in [&[][..], &["--person", "osei"]] {
        for what in ["recommend", "journal"] {
            assert_eq!(lists(who, what), json!([]), "{who:?} {what}");
        }
        assert_eq!(lists(who, "progress")["behaviours"], json!([]));
    }
    for what in ["recommend", "plan", "journal"] {
        assert!(lists(&["--person", "amira"], what).as_array().is_some_and(|rows| !rows.is_empty()), "{what}");
    }
    assert_eq!(lists(&["--person", "osei"], "plan"), json!([]));
    let own = lists(&[], "plan").to_string();
    assert!(own.contains("okapi") && !own.contains("zebrastripe"), "{own}");
    let hers = lists(&["--person", "amira"], "plan").to_string();
    assert!(!hers.contains("okapi") && hers.contains("zebrastripe"), "{hers}");
    assert!(!lists(&["--person", "amira"], "progress")["behaviours"].as_array().is_some_and(Vec::is_empty));
    let report = with(&cairn, "osei", &["report"]).exits(0).out;
    assert!(!report.contains("zebrastripe") && !report.contains("Khan") && !report.contains("okapi"), "{report}");
}

#[test]
fn sessions_are_listed_and_shown_without_private_notes_unless_asked() {
    let cairn = coach();
    let opening = OpenOptions {
        data_dir: Some(cairn.data()),
        today: Some(TODAY),
        person: Some("amira".to_owned()),
        ..OpenOptions::default()
    };
    let mut desk = Desk::open(&opening).expect("it opens");
    let note = |part: &str, text: &str, seen| Note {
        id: String::new(),
        part: part.to_owned(),
        title: part.to_owned(),
        text: text.to_owned(),
        seen,
    };
    let notes = vec![
        note("goal", "More voices", NoteFor::Shared),
        note("goal", "zebrastripe", NoteFor::Coach),
        note(SUMMARY, "Wants to wait", NoteFor::Shared),
    ];
    let model = Some("grow".to_owned());
    let session =
        NewSession { on: TODAY, minutes: 50, model, paid: false, notes, behaviours: Vec::new(), actions: Vec::new() };
    let kept = desk.end_session(&session).expect("writable");
    drop(desk);
    let amira = |args: &[&str]| with(&cairn, "amira", args).exits(0).quiet();
    let rows = amira(&["session", "--json"]).rows();
    has_keys(&rows[0], &["id", "on", "kind", "purpose", "minutes", "model", "behaviours", "actions", "notes"]);
    has_keys(&rows[0]["notes"][0], &["part", "title", "text", "seen"]);
    assert!(amira(&["session"]).out.contains("Wants to wait"));
    let end = kept.id.get(kept.id.len() - 6..).expect("long enough");
    for what in [&["session"][..], &["session", "show", "last"], &["session", "show", end]] {
        for json in [&[][..], &["--json"]] {
            let public = amira(&[what, json].concat()).out;
            assert!(!public.contains("zebrastripe"), "{what:?}: {public}");
            let private = amira(&[what, json, &["--private"]].concat()).out;
            assert_eq!(private.contains("zebrastripe"), what.len() > 1 || json.len() == 1, "{what:?}: {private}");
        }
    }
    assert!(!amira(&["journal"]).out.contains("zebrastripe"));
    assert!(amira(&["journal", "--private"]).out.contains("zebrastripe"));
    with(&cairn, "amira", &["session", "show", "nonsense"]).exits(2).says(&["nonsense", "cairn session"]);
    with(&cairn, "osei", &["session", "show", "last"]).exits(2).says(&["no sessions yet"]);
    with(&cairn, "osei", &["session", "show", end]).exits(2).says(&["no session ends in"]);
    assert_eq!(with(&cairn, "osei", &["session", "--json"]).exits(0).json(), json!([]));
}

#[test]
fn an_action_has_the_whole_dialogue_and_questions_never_block_it() {
    let cairn = coach();
    let asked = with(&cairn, "amira", &["plan", "add", "Be better at it", "--if", "I have time"]).exits(0).quiet().out;
    for question in ["? When and where", "? When will you do the first step by?", "? When will you look back"] {
        assert!(asked.contains(question), "{question} is not in\n{asked}");
    }
    let dialogue: &[(&str, &str, &str)] = &[
        ("--wish", "wish", "More voices"),
        ("--outcome", "outcome", "Ideas from nights"),
        ("--obstacle", "obstacle", "I fill the silence"),
        ("--if", "if", "nobody speaks in the handover"),
        ("--then", "then", "I count to ten"),
        ("--kind", "kind", "on-the-job"),
        ("--helper", "helper", "Ben"),
        ("--evidence", "evidence", "Two new voices"),
        ("--first-step", "first_step", "Tomorrow, once"),
        ("--due", "due", "2026-11-30"),
        ("--review", "review", "2026-12-20"),
    ];
    let mut args = vec!["plan", "add", "Ask the quietest first"];
    args.extend(dialogue.iter().flat_map(|(option, _, value)| [*option, *value]));
    let added = with(&cairn, "amira", &[&args[..], &["--json"]].concat()).exits(0).quiet().rows();
    for (_, key, value) in dialogue {
        assert_eq!(added[0][key], *value, "{key}");
    }
    assert!(!with(&cairn, "amira", &args).exits(0).out.contains("? "), "there is nothing to ask");
    let lines = with(&cairn, "amira", &["plan"]).exits(0).quiet().out;
    assert!(lines.contains("If nobody speaks in the handover, then I will count to ten"), "{lines}");
    with(&cairn, "amira", &["plan", "add", "x", "--kind", "magic"]).exits(2).says(&["magic", "on-the-job"]);
    with(&cairn, "amira", &["plan", "add", "x", "--review", "someday"]).exits(2).says(&["someday"]);
    let id = added[0]["id"].as_str().expect("an id");
    let done = |how: &str| with(&cairn, "amira", &["plan", "done", id, "--came-out", how, "--json"]);
    done("wonderfully").exits(2).says(&["wonderfully", "as-hoped"]);
    let done = done("in-part").exits(0).rows();
    assert_eq!((&done[0]["status"], &done[0]["came_out"]), (&json!("done"), &json!("in-part")));
    cairn.run(&["plan", "done", id]).exits(2).says(&["no action in your plan"]);
}

#[test]
fn clients_of_one_name_are_asked_about_and_told_apart() {
    let cairn = Cairn::new();
    for name in ["AB", "Sian"] {
        cairn.run(&["people", "add", name]).exits(0);
    }
    for same in ["AB", " ab ", "Si\u{e2}n", "Sia\u{302}n", "SIAN"] {
        cairn.run(&["people", "add", same]).exits(2).says(&["the same person", "--another"]);
    }
    cairn.run(&["people", "add", "Si\u{e2}n", "--another"]).exits(0);
    let told = cairn.run(&["people", "add", "AB", "--another"]).exits(0).out;
    let rows = cairn.run(&["people", "--json"]).exits(0).rows();
    let ids: Vec<&str> = rows.iter().filter(|row| row["name"] == "AB").filter_map(|row| row["id"].as_str()).collect();
    assert_eq!((rows.len(), ids.len()), (4, 2));
    assert!(told.contains(ids[1]), "the way to the second one is their id: {told}");
    // An exact match wins. Every command accepts an id, whole or its last characters.
    let shown = |who: &str| cairn.run(&["--person", who, "people", "show", "--json"]).exits(0).json()["person"].clone();
    assert_eq!((&shown("Sian")["name"], &shown("Si\u{e2}n")["name"]), (&"Sian".into(), &"Si\u{e2}n".into()));
    cairn.run(&["--person", "AB", "people", "show"]).exits(2).says(&[end(ids[0]), end(ids[1])]);
    for id in &ids {
        assert_eq!(shown(id)["id"], **id);
        assert_eq!(shown(end(id))["id"], **id);
        cairn.run(&["export", "--subject", id, "--plaintext"]).exits(0);
        cairn.run(&["erase", id, "--preview"]).exits(0);
    }
    let list = cairn.run(&["people"]).exits(0).out;
    assert!(ids.iter().all(|id| list.contains(end(id))), "{list}");
    cairn.run(&["--person", ids[0], "people", "card", "--name", "sian"]).exits(2).says(&["already a client"]);
}

#[test]
fn what_nobody_can_see_in_a_name_makes_no_other_person_and_no_name() {
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Eva"]).exits(0);
    for same in ["Ev\u{ad}a", "E\u{200d}va", "Eva\u{200b}", "\u{202e}Eva", "\u{2060}\u{c9}va"] {
        cairn.run(&["people", "add", same]).exits(2).says(&["Eva"]);
    }
    for blank in ["", " ", "\u{2800}", "\u{3164}", "\u{200b}"] {
        cairn.run(&["people", "add", blank]).exits(2);
    }
    assert_eq!(cairn.run(&["people", "--json"]).exits(0).rows().len(), 1);
}

#[test]
fn other_clients_are_not_named_to_fewer_than_two_letters() {
    let cairn = Cairn::new();
    for name in ["Marnie Oxtoby", "Magda Prowse"] {
        cairn.run(&["people", "add", name]).exits(0);
    }
    for typed in ["", " ", "m", "\u{200b}"] {
        let said = cairn.run(&["--person", typed, "journal"]).exits(2).err;
        assert!(!said.contains("Oxtoby") && !said.contains("Prowse"), "{typed:?}: {said}");
    }
    cairn.run(&["--person", "ma", "journal"]).exits(2).says(&["Marnie Oxtoby", "Magda Prowse"]);
}

#[test]
fn no_client_is_called_like_oneself_in_commands_or_by_a_page_of_text() {
    let cairn = Cairn::new();
    for name in ["me", "Me", " MYSELF ", "\u{ff4d}\u{ff45}"] {
        cairn.run(&["people", "add", name]).exits(2).says(&["means yourself", "surname"]);
    }
    cairn.run(&["people", "add", &"long ".repeat(100)]).says(&["the most is 120"]);
    cairn.run(&["people", "add", "Me Too"]).exits(0);
}

//! Progress on screen and on the command line: words and numbers, dates compared, the coach's view, what is not
//! compared, and that it is readable without colour.

use cairn_coach::app::{Effect, LookBack, Msg, Query, Screen};
use cairn_coach::config::Theme;
use cairn_coach::desk::Desk;
use cairn_coach::domain::{Answer, By, Engagement, Party, Person, Rated, RecordKind, Reflection};
use serde_json::json;

use crate::binary::{Cairn, has_keys};
use crate::cli_answers::file_of;
use crate::harness::{App, TODAY};

/// An answer of a client on a day of this year.
pub(crate) fn answer(code: &str, (month, day): (i8, i8), by: By, rating: i64, words: &str) -> Answer {
    Answer {
        framework: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        behaviour: code.to_owned(),
        by,
        rated: Rated::Value(rating),
        importance: Some(3),
        reflections: vec![Reflection { prompt: format!("{}.reflect", code.to_lowercase()), text: words.to_owned() }],
        ..Answer::blank(jiff::civil::date(2026, month, day))
    }
}

/// Adds a client with these answers and opens the client's records.
pub(crate) fn client(desk: &mut Desk, name: &str, answers: &[Answer]) -> Person {
    let person = desk.add_client(name).expect("written");
    desk.turn_to(Some(&person.id)).expect("readable");
    desk.save_answers(answers).expect("written");
    person
}

fn three_months() -> Vec<Answer> {
    vec![
        answer("FC-5", (9, 3), By::Myself, 2, "I decide and then I"),
        answer("SI-1", (9, 3), By::Myself, 3, "I know our street."),
        answer("DT-6", (9, 3), By::Myself, 4, "They laugh again."),
        answer("FC-5", (10, 1), By::Myself, 3, "I asked first, twice."),
        answer("FC-5", (10, 2), By::Coach, 4, "You asked and waited."),
        answer("DT-6", (11, 10), By::Myself, 3, "The winter is long."),
        answer("FC-5", (11, 12), By::Myself, 4, "They decided the rota themselves."),
    ]
}

/// Three months of one client, on the Progress screen.
pub(crate) fn at_progress(columns: u16, rows: u16) -> App {
    let mut app = App::new();
    client(&mut app.desk, "Bran Ap Rhys", &three_months());
    app.reopened().sized(columns, rows).keys("8")
}

#[test]
fn words_come_first_and_the_numbers_stand_beside_the_picture() {
    let app = at_progress(160, 45);
    app.sees("3 Sep compared with 12 Nov, with answers on 5 days")
        .sees("Since 3 Sep you rated 3 behaviours: 1 went up, 1 went down")
        .sees("The largest step up: FC-5")
        .sees("You and your coach both rated 1 behaviour: 1 as you did.")
        .sees("2 to 4 + up, coach 4")
        .sees("SI 3.0")
        .sees("Facilitative and collaborative")
        .sees("style: 4.0 (1 of 12), coach 4.0")
        .sees("Cairn never gives a person a score.");
    insta::assert_snapshot!("progress-160x45", app.screen());
    let app = at_progress(80, 24);
    insta::assert_snapshot!("progress-80x24", app.screen());
}

#[test]
fn where_few_themes_are_rated_the_picture_is_of_behaviours() {
    let app = App::client("Amira").sized(160, 45).keys("8");
    app.sees("FC-5 4").sees("FC-11 2").sees("FL-5 3").sees("\u{25cf} you, \u{25cb} coach");
    // Too little space for a chart: the text takes all of it.
    App::client("Ben")
        .sized(80, 24)
        .keys("8")
        .misses("\u{25cf} you")
        .sees("from \u{201c}Usually\u{201d} to \u{201c}When reminded\u{201d}.");
}

#[test]
fn a_behaviour_shows_the_words_behind_its_first_and_its_newest_rating() {
    let app = at_progress(160, 45).keys("down down down down down down");
    app.sees("From \u{201c}When reminded\u{201d} to \u{201c}Always, even under pressure\u{201d}, over 10 weeks")
        .sees("I decide and then I")
        .sees("They decided the")
        .sees("You, day by day: 2 on 3 Sep, 3 on 1 Oct, 4 on 12 Nov");
    insta::assert_snapshot!("progress-behaviour-160x45", app.screen());
    let app = app.keys("s");
    app.misses("You asked and waited.").misses("coach 4");
    let app = app.keys("s enter");
    assert_eq!(app.model.person.screen, Screen::Journal);
    app.sees("Journal: 'FC-5").sees("4 of 7 entries");
}

#[test]
fn two_days_are_chosen_and_compared() {
    let app = at_progress(120, 40).keys("b");
    app.sees("Compare from which date?").sees("3 Sep: 3 answers").sees("2 Oct: no answers, 1 by others");
    let app = app.keys("down enter");
    app.sees("To which date?");
    let app = app.keys("up up up enter");
    app.sees("3 Sep compared with 1 Oct").sees("Between 3 Sep and 1 Oct you rated 3 behaviours");
    let app = app.keys("b home enter");
    app.sees("3 Sep compared with 12 Nov");
}

#[test]
fn without_colour_nothing_is_lost() {
    let mut app = at_progress(80, 24);
    app.theme = Theme::built_in("mono").expect("it comes along");
    let mono = app.styles();
    assert!(!["Green", "Cyan", "Yellow", "Red", "Magenta"].iter().any(|colour| mono.contains(colour)), "{mono}");
    app.sees("+ up").sees("- down").sees("\u{b7} once");
}

#[test]
fn another_edition_is_shown_and_not_compared() {
    let mut app = App::new();
    let old = Answer { edition: "2009".to_owned(), ..answer("FC-5", (2, 1), By::Myself, 5, "Long ago.") };
    client(&mut app.desk, "Cadi", &[old, answer("FC-5", (9, 1), By::Myself, 2, "Now.")]);
    let app = app.reopened().sized(120, 40).keys("8");
    app.sees("1 answer was given under another edition");
    let app = app.keys("end up");
    app.sees("When reminded, rated once, on 1 Sep")
        .sees("5 on 1 Feb, given under edition 2009 and not compared")
        .sees("Long ago.");
}

#[test]
fn new_answers_and_another_person_take_the_place_of_what_was_shown() {
    let mut app = at_progress(120, 40);
    app.sees("FC-5");
    client(&mut app.desk, "Delyth", &[answer("FL-5", (11, 1), By::Myself, 2, "Something of Delyth's.")]);
    // Once other records are open, nothing of the previous person is drawn, even before the new data have arrived.
    let everything = cairn_coach::run::opened(&mut app.desk, None).expect("readable");
    let waiting = cairn_coach::app::update(&mut app.model, Msg::Opened(Box::new(everything)));
    app.misses("FC-5").sees("Loading your answers");
    assert!(matches!(waiting.as_slice(), [Effect::Look(Query::LookBack(LookBack::Progress(..)))]), "{waiting:?}");
    let mut app = app.reopened().keys("1 8");
    app.sees("FL-5").misses("FC-5");
    app.press("2 'FL-1' enter 4 ctrl-s 8");
    app.sees("FL-1").sees("FL-5");
}

#[test]
fn ratings_that_are_not_for_the_client_are_not_on_the_screen() {
    let mut app = App::new();
    client(&mut app.desk, "Eira", &three_months());
    let mut terms = Engagement::usual(TODAY);
    terms.may_see.remove(&(RecordKind::CoachRatings, Party::Client));
    app.desk.keep_engagement(&terms).expect("written");
    let app = app.reopened().sized(160, 45).keys("8 end up");
    app.misses("You asked and waited.").misses("coach 4");
}

#[test]
fn a_view_that_is_sealed_is_on_no_page() {
    let mut app = App::new();
    client(&mut app.desk, "Ffion", &[answer("FL-5", (9, 1), By::Myself, 3, "Mine.")]);
    let set = cairn_coach::domain::FocusSet {
        id: String::new(),
        on: TODAY,
        items: vec![cairn_coach::domain::Focus {
            framework: "empowered-communities".to_owned(),
            behaviour: "FL-5".to_owned(),
            importance: None,
        }],
    };
    app.desk.keep_focus(&set).expect("written");
    let round = app.desk.begin_comparison().expect("written");
    let sealed = answer("FL-5", (11, 22), By::Coach, 5, "What the coach thinks.");
    app.desk.seal_view(&round.id, By::Coach, &[sealed]).expect("written");
    let mut app = app.reopened().sized(160, 45);
    for keys in ["8", "end", "9", "tab", "'coach'"] {
        app.press(keys);
        app.misses("What the coach thinks.").misses("coach 5");
    }
}

#[test]
fn empty_records_say_what_comes_to_stand_here() {
    for (columns, rows) in [(50, 14), (80, 24), (160, 45)] {
        App::new().sized(columns, rows).keys("8").sees("Nothing to look back on yet");
    }
}

#[test]
fn the_command_line_says_the_same_as_lines_and_as_json() {
    let cairn = Cairn::new();
    let empty = cairn.run(&["progress", "--json"]).exits(0).quiet().json();
    assert_eq!(empty["behaviours"], json!([]));
    cairn.run(&["progress"]).exits(0).quiet();
    let told = |code: &str, on: &str, rating: serde_json::Value| json!({"behaviour": code, "on": on, "rating": rating, "evidence": "Seen."});
    cairn.file(
        "a.json",
        file_of(&[
            told("FC-5", "2026-09-03", json!(2)),
            told("FC-5", "2026-10-20", json!(3)),
            told("FL-5", "2026-09-03", json!("cannot-say")),
        ]),
    );
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let whole = cairn.run(&["progress", "--json"]).exits(0).quiet().json();
    has_keys(&whole, &["from", "to", "days", "words", "themes", "behaviours"]);
    assert_eq!((whole["from"].as_str(), whole["to"].as_str()), (Some("2026-09-03"), Some("2026-10-20")));
    let row = &whole["behaviours"][0];
    has_keys(row, &["code", "id", "title", "change", "words", "importance", "target", "views", "not_compared"]);
    assert_eq!((row["code"].as_str(), row["change"].as_str()), (Some("FC-5"), Some("up")));
    has_keys(&row["views"][0], &["by", "change", "before", "after", "latest", "ratings"]);
    assert_eq!(row["views"][0]["before"]["texts"][0]["text"], "Seen.");
    assert_eq!(whole["behaviours"][1]["views"][0]["latest"]["rating"], "cannot-say");
    let theme =
        whole["themes"].as_array().expect("a list").iter().find(|theme| theme["code"] == "FL").expect("answered");
    has_keys(theme, &["code", "title", "framework", "edition", "behaviours", "self", "coach", "others", "rated_twice"]);
    assert_eq!((&theme["self"]["mean"], &theme["self"]["cannot_say"]), (&json!(null), &json!(1)));
    let lines = cairn.run(&["progress"]).exits(0).quiet().out;
    assert!(lines.starts_with("Since 3 Sep you rated 1 behaviour: 1 went up."), "{lines}");
    let part = cairn.run(&["progress", "--from", "1 Oct", "--to", "2026-11-01", "--json"]).exits(0).quiet().json();
    assert_eq!(part["from"], "2026-10-01");
    cairn.run(&["progress", "--from", "soon"]).exits(2).says(&["soon", "is not a date"]);
    cairn.run(&["progress", "--from", "2 Nov", "--to", "1 Nov"]).exits(2).says(&["is after"]);
}

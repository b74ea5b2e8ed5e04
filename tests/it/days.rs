//! Dates: the day follows the clock, no answer from the future is accepted, existing ones are not counted, a review
//! date is not a due date, and an event can be dated on another day.

use cairn_coach::app::{Effect, Msg, Query, update};

use crate::binary::Cairn;
use crate::harness::{App, TODAY};

#[test]
fn no_answer_is_taken_from_the_future_in_any_shape() {
    let cairn = Cairn::new();
    let files = [
        ("a.json", r#"{"answers":[{"behaviour":"FL-5","rating":5,"importance":3,"on":"2062-11-20"}]}"#),
        ("b.toml", "[[answers]]\nbehaviour = \"FL-5\"\nrating = 5\non = \"2026-11-23\"\n"),
        ("c.json", r#"{"today":"2062-11-20","answers":[{"behaviour":"FL-5","rating":5}]}"#),
    ];
    for (name, text) in files {
        cairn.file(name, text);
        let ran = cairn.run(&["reflect", "--from", name]).exits(2);
        assert!(ran.err.contains("in the future") && ran.err.contains("hint:"), "{name}: {}", ran.err);
        assert!(cairn.run(&["journal"]).exits(0).out.contains("You have not written anything yet"), "{name}");
    }
    // Advice for a file is given as of the `today` in that file.
    cairn.run(&["recommend", "--answers", "c.json"]).exits(0);
}

#[test]
fn what_is_there_from_the_future_is_shown_and_does_not_count_and_can_be_withdrawn() {
    let cairn = Cairn::new();
    cairn.file("a.json", r#"{"answers":[{"behaviour":"FL-5","rating":5,"importance":3}]}"#);
    cairn.run(&["--today", "2062-11-20", "reflect", "--from", "a.json"]).exits(0);
    cairn.file("b.json", r#"{"answers":[{"behaviour":"FL-5","rating":1,"importance":3}]}"#);
    cairn.run(&["reflect", "--from", "b.json"]).exits(0);
    let progress = cairn.run(&["progress"]).exits(0).out;
    assert!(progress.contains("Not yet, rated once"), "{progress}");
    assert!(progress.contains("its date is in the future") && !progress.contains("months"), "{progress}");
    let told = cairn.run(&["recommend", "--explain"]).exits(0).out;
    assert!(!told.contains("5 (I help") && !told.contains("learn it from you"), "{told}");
    assert!(!cairn.run(&["report"]).exits(0).out.contains("2062"));
    let journal = cairn.run(&["journal", "--json"]).exits(0).rows();
    assert!(journal[0]["not_counted"].as_str().expect("said").contains("future"));
    let id = journal[0]["id"].as_str().expect("an id").to_owned();
    cairn.run(&["withdraw", &id, "--yes"]).exits(0);
    assert!(!cairn.run(&["journal"]).exits(0).out.contains("2062"));
}

#[test]
fn a_day_to_look_back_on_is_never_due() {
    let cairn = Cairn::new();
    cairn.run(&["--today", "2026-11-22", "plan", "add", "Learn by watching", "--review", "+30"]).exits(0);
    assert!(cairn.run(&["--today", "2026-11-22", "plan"]).exits(0).out.contains("(look back in 30 days)"));
    for day in ["2026-12-22", "2026-12-30"] {
        let plan = cairn.run(&["--today", day, "plan"]).exits(0).out;
        assert!(plan.contains("(time to look back)") && !plan.contains("overdue"), "{day}: {plan}");
        let lines = cairn.fed(&["--today", day], "quit\n").exits(0).out;
        assert!(lines.contains("Look back at: Learn by watching, time to look back"), "{day}: {lines}");
        assert!(!lines.contains("due"), "{day}: {lines}");
    }
}

#[test]
fn a_new_day_brings_the_records_as_they_are_then() {
    let mut app = App::new();
    let next = TODAY.tomorrow().expect("there is one");
    assert_eq!(update(&mut app.model, Msg::Day(TODAY)), []);
    assert_eq!(update(&mut app.model, Msg::Day(next)), [Effect::Look(Query::Refresh)]);
    assert_eq!(app.model.shell.today, next);
}

#[test]
fn a_night_shift_says_that_it_happened_yesterday() {
    let cairn = Cairn::new();
    let ran = cairn.fed(&["reflect", "FL-5"], "2\n3\n:change date\nyesterday\n:save\n:quit\n").exits(0);
    assert!(ran.out.contains("When did this happen?"), "{}", ran.out);
    assert_eq!(cairn.run(&["journal", "--json"]).exits(0).rows()[0]["on"], "2026-11-21", "{}", ran.out);
    let ran = cairn.fed(&["reflect", "FL-1"], "2\n3\n:change date\n2026-12-01\n21 Nov\n:save\n:quit\n").exits(0);
    assert!(ran.out.contains("is in the future"), "{}", ran.out);
    // A draft keeps the date that was given.
    cairn.fed(&["reflect", "FL-2"], "2\n:change date\n2026-11-20\n").exits(0);
    cairn.fed(&["reflect", "FL-2"], ":save\n:quit\n").exits(0);
    let rows = cairn.run(&["journal", "FL-2", "--json"]).exits(0).rows();
    assert_eq!(rows[0]["on"], "2026-11-20");
}

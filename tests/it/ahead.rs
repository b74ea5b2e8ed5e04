//! Answers dated in the future are shown, but are not counted and never come first.

use crate::binary::Cairn;

/// Records with one answer dated in the future, taken in while the clock was wrong, and one of today.
fn answered() -> Cairn {
    let cairn = Cairn::new();
    let told = |name: &str, rating: i64, words: &str| {
        let text = format!(r#"{{"answers":[{{"behaviour":"FL-5","rating":{rating},"evidence":"{words}"}}]}}"#);
        cairn.file(name, text);
    };
    told("ahead.json", 5, "The year of the heron.");
    told("now.json", 2, "The day of the otter.");
    cairn.run(&["--today", "2062-11-20", "reflect", "--from", "ahead.json"]).exits(0);
    cairn
}

#[test]
fn a_report_takes_no_answer_of_a_day_to_come() {
    let cairn = answered();
    cairn.run(&["report", "account", "FL-5"]).exits(2).says(&["you have not written about FL-5"]);
    cairn.run(&["reflect", "--from", "now.json"]).exits(0);
    let account = cairn.run(&["report", "account", "FL-5"]).exits(0).out;
    assert!(account.contains("otter") && !account.contains("heron") && !account.contains("2062"), "{account}");
    for args in [&["report"][..], &["report", "--for", "coach"], &["report", "tick"], &["report", "hours"]] {
        let told = cairn.run(args).exits(0).out;
        assert!(!told.contains("heron") && !told.contains("2062") && !told.contains("I help"), "{args:?}: {told}");
    }
    let journal = cairn.run(&["journal"]).exits(0).out;
    assert!(journal.contains("heron") && journal.contains("its date is in the future"), "it is shown: {journal}");
}

//! Several raters are not merged: each answer of another person is a view of its own, with its own words.

use crate::binary::Cairn;
use crate::cli_added::pack;

#[test]
fn three_answers_of_others_are_three_views_with_their_own_words() {
    let cairn = Cairn::new();
    let answers = r#"{"answers":[
        {"behaviour":"FL-5","rating":3,"importance":3,"on":"2026-11-20"},
        {"behaviour":"FL-5","rating":1,"by":"other","on":"2026-11-20","evidence":"The heron."},
        {"behaviour":"FL-5","rating":4,"by":"other","on":"2026-11-20","evidence":"The otter."},
        {"behaviour":"FL-5","rating":5,"by":"other","on":"2026-11-21","evidence":"The zebra."}]}"#;
    cairn.file("a.json", answers);
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let progress = cairn.run(&["progress", "--json"]).exits(0).json();
    let views = progress["behaviours"][0]["views"].as_array().expect("views").clone();
    let others: Vec<(i64, String)> = views
        .iter()
        .filter(|view| view["by"] == "other")
        .map(|view| {
            let texts = view["after"]["texts"].as_array().expect("texts");
            assert_eq!(texts.len(), 1, "only its own words: {view}");
            (view["after"]["rating"].as_i64().expect("a number"), texts[0]["text"].as_str().expect("words").to_owned())
        })
        .collect();
    let own = |value, text: &str| (value, text.to_owned());
    assert_eq!(others, [own(1, "The heron."), own(4, "The otter."), own(5, "The zebra.")]);
    let told = cairn.run(&["progress"]).exits(0).out;
    assert_eq!(told.matches("Another person: ").count(), 3, "{told}");
    assert!(told.contains("1 (Not yet)") && told.contains("4 (Always") && told.contains("5 (I help"), "{told}");
    assert!(!told.contains("from Not yet to"), "three people are no change of one: {told}");
    // A rule uses the mean of all of them: (1 + 4 + 5) / 3.
    let rule = |limit: &str| {
        let head = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";
        let when = format!("other_rating(\"FL-5\") {limit}");
        format!(
            "{head}rule(\"acme.r\", #{{ title: \"T\", when: {when}, suggest: [\"small-bet\"], because: \"b\" }});\n"
        )
    };
    for (limit, speaks) in [(">= 3.3", true), (">= 3.4", false)] {
        pack(&cairn, "acme", "acme", "1.0.0", &[("rules/a.rhai", rule(limit).as_str())]);
        let told = cairn.run(&["--pack", "acme", "rules", "explain", "acme.r"]).exits(0).out;
        assert!(told.contains("3 others: 1 (Not yet), 4"), "{limit}: {told}");
        assert_eq!(told.contains("True for these answers: yes"), speaks, "{limit}: {told}");
    }
}

#[test]
fn the_words_of_each_other_rater_are_in_the_report_as_the_agreement_lets_it_be_read() {
    let cairn = Cairn::new();
    cairn.run(&["people", "add", "Amira Khan"]).exits(0);
    let answers = r#"{"answers":[
        {"behaviour":"FL-1","rating":2,"on":"2026-11-20"},
        {"behaviour":"FL-1","rating":1,"by":"other","on":"2026-11-20","evidence":"The heron."},
        {"behaviour":"FL-1","rating":4,"by":"other","on":"2026-11-20","evidence":"The otter."},
        {"behaviour":"FL-1","by":"other","on":"2026-11-21","evidence":"The zebra."}]}"#;
    cairn.file("a.json", answers);
    let run = |args: &[&str]| cairn.run(&[&["--person", "Amira"], args].concat()).exits(0);
    run(&["reflect", "--from", "a.json"]);
    for reader in ["client", "coach"] {
        let report = run(&["report", "--for", reader]).out;
        for said in
            ["Not yet (1). \u{201c}The heron.\u{201d}", "(4). \u{201c}The otter.\u{201d}", "\u{201c}The zebra.\u{201d}"]
        {
            assert!(report.contains(said), "{reader}: {said} is not in\n{report}");
        }
        assert!(report.contains("What others said, each on their own"), "{report}");
    }
    let progress = run(&["progress"]).out;
    assert!(progress.contains("others 2.5 (2 ratings)"), "{progress}");
    let themes = run(&["progress", "--json"]).json()["themes"].clone();
    let theme =
        themes.as_array().expect("a list").iter().find(|theme| theme["code"] == "FL").expect("answered").clone();
    assert_eq!(
        (&theme["others"]["mean"], &theme["others"]["n"], &theme["coach"]["n"]),
        (&2.5.into(), &2.into(), &0.into())
    );
}

//! Answers keep the words in which they were given: a pack, an upgrade or a rule that would change them is refused or
//! reported, and the answer is not counted until somebody decides how.

#![expect(clippy::disallowed_methods, reason = "packs are written and changed from outside")]

use std::fs;
use std::path::Path;

use cairn_coach::domain::Library;

use crate::binary::{Cairn, Ran};

const SCALE: [(&str, &str); 2] = [
    ("value = 1, label = \"New to me\"", "value = 1, label = \"Every day, and others see how\""),
    ("value = 4, label = \"Every day, and others see how\"", "value = 4, label = \"New to me\""),
];

/// The example pack in a folder, with some words of its files changed.
fn pack(cairn: &Cairn, folder: &str, version: &str, changes: &[(&str, &str)]) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/example-organisation");
    let mut used = 0;
    // Prompts, rules and cases refer to codes, so they are left out.
    let bare = changes.iter().any(|(before, _)| before.starts_with("code") || *before == "value = 4, label");
    let mut copy = |path: &str, text: String| {
        if bare && !["framework.toml", "pack.toml"].contains(&path) {
            return;
        }
        let mut text = text;
        if path == "framework.toml" {
            for (before, after) in changes {
                used += usize::from(text.contains(before));
                text = text.replacen(before, after, 1);
            }
        }
        if path == "pack.toml" {
            let line = text.lines().find(|line| line.starts_with("version")).expect("a version").to_owned();
            text = text.replacen(&line, &format!("version = \"{version}\""), 1);
        }
        cairn.file(&format!("{folder}/{path}"), text);
    };
    for entry in fs::read_dir(&from).expect("the example is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            for inner in fs::read_dir(&path).expect("readable") {
                let inner = inner.expect("readable").path();
                let name = inner.strip_prefix(&from).expect("inside").to_string_lossy().into_owned();
                copy(&name, fs::read_to_string(&inner).expect("text"));
            }
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            copy(&name, fs::read_to_string(&path).expect("text"));
        }
    }
    assert_eq!(used, changes.len(), "every change is made");
}

fn answered(cairn: &Cairn) {
    pack(cairn, "one", "1.1.0", &[]);
    cairn.run(&["pack", "add", "one"]).exits(0);
    let answers =
        r#"{"answers":[{"behaviour":"HM-1","rating":4,"importance":3,"on":"2026-10-01","evidence":"A tower."}]}"#;
    cairn.file("a.json", answers);
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
}

fn flat(ran: &Ran) -> String {
    format!("{}{}", ran.out, ran.err).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn another_meaning_under_the_same_edition_is_refused_and_named() {
    let cairn = Cairn::new();
    answered(&cairn);
    let title = ("title = \"Knocks and waits\"", "title = \"Writes longer notes\"");
    #[expect(clippy::type_complexity, reason = "a table read once")]
    let kinds: [(&str, Vec<(&str, &str)>, &str); 6] = [
        (
            "turned",
            SCALE.to_vec(),
            "point 1 of the rating scale is \"Every day, and others see how\" instead of \"New to me\"",
        ),
        (
            "label",
            vec![("label = \"Every day, and others see how\"", "label = \"Sometimes\"")],
            "point 4 of the rating scale is \"Sometimes\"",
        ),
        ("value", vec![("value = 4, label", "value = 5, label")], "the rating scale no longer has point 4"),
        ("title", vec![title], "HM-1 has the title"),
        ("statement", vec![("statement = \"", "statement = \"Never again: ")], "HM-1 has the statement"),
        ("code", vec![("code = \"HM-1\"", "code = \"HM-9\"")], "HM-1 now has the code HM-9"),
    ];
    for (name, changes, words) in kinds {
        pack(&cairn, name, "1.1.1", &changes);
        let ran = cairn.run(&["pack", "add", name]).exits(2);
        let text = flat(&ran);
        assert!(text.contains(words) && text.contains("under the same edition"), "{name}: {text}");
        assert!(text.contains("another edition") && text.contains("reworded"), "{name}: {text}");
        let ran = cairn.run(&["rules", "diff", "one", name]).exits(1);
        assert!(flat(&ran).contains(words), "{name}: {}", flat(&ran));
        let ran = cairn.run(&["pack", "check", name]);
        assert!(ran.code != 0 && flat(&ran).contains(words), "{name}: {}", flat(&ran));
    }
    assert!(cairn.run(&["progress"]).exits(0).out.contains("Every day"), "the pack that was added is as it was");
    // Used from a folder all the same, a pack does not change the words of answers.
    cairn.run(&["pack", "remove", "example-organisation"]).exits(0);
    for name in ["turned", "label", "value", "title", "statement", "code"] {
        let ran = cairn.run(&["--pack", name, "journal"]).exits(0);
        assert!(ran.out.contains("4 (Every day, and others see how)"), "{name}: {}", ran.out);
        if name != "statement" {
            let ran = cairn.run(&["--pack", name, "progress"]).exits(0);
            assert!(flat(&ran).contains("not compared"), "{name}: {}", ran.out);
            let report = cairn.run(&["--pack", name, "report"]).exits(0).out;
            assert!(!report.contains("New to me") && !report.contains("A tower"), "{name}: {report}");
            let ran = cairn.run(&["rules", "diff", "one", name, "--json"]).exits(1).json();
            assert_eq!(ran["answers_no_longer_counted"], 1, "{name}");
            assert_eq!(ran["editions"][0]["same_edition_other_meaning"], true, "{name}");
        }
    }
}

/// Changes to what an answer referred to, the words that report each, and the earlier words to declare.
const TURNED: [(&str, (&str, &str), &str); 5] = [
    (
        "question",
        ("question = \"How often is this so in your own work at present?\"", "question = \"How rarely is this so?\""),
        "the rating scale asks \"How rarely is this so?\" instead of \"How often is this so",
    ),
    (
        "meaning",
        ("meaning = \"I have not done this yet.\"", "meaning = \"I always do\""),
        "point 1 of the rating scale is for \"I always do\" instead of \"I have not done this yet.\"",
    ),
    (
        "indicators",
        ("\"Waits for the answer before going in.\"", "\"Never waits for the answer.\""),
        "HM-1 has the indicators \"Knocks and gives a name.\" and \"Never waits for the answer.\" instead of",
    ),
    (
        "opposite",
        (
            "opposite = \"Walks in talking, because there is much to do and the door was open.\"",
            "opposite = \"Waits.\"",
        ),
        "HM-1 has the opposite \"Waits.\" instead of \"Walks in talking",
    ),
    (
        "levels",
        ("\"You ask for the same from visitors, doctors and yourself.\"", "\"You ask nobody for it.\""),
        "HM-1 is at the level managers \"You ask nobody for it.\" instead of",
    ),
];

#[test]
fn a_pack_that_was_removed_is_compared_with_what_comes_in_its_place() {
    let cairn = Cairn::new();
    answered(&cairn);
    cairn.run(&["pack", "remove", "example-organisation"]).exits(0);
    for (name, change, words) in TURNED {
        pack(&cairn, name, "1.1.1", &[change]);
        let ran = cairn.run(&["pack", "add", name]).exits(2);
        assert!(flat(&ran).contains(words) && flat(&ran).contains("under the same edition"), "{name}: {}", flat(&ran));
    }
    // A pack with the same meaning can be added, and answers count again.
    cairn.run(&["pack", "add", "one"]).exits(0);
    assert!(cairn.run(&["progress"]).exits(0).out.contains("Every day"));
}

#[test]
fn what_decides_an_answer_stays_under_one_edition_or_is_declared_to_mean_the_same() {
    let cairn = Cairn::new();
    answered(&cairn);
    for (name, change, words) in TURNED {
        pack(&cairn, name, "1.1.1", &[change]);
        let ran = cairn.run(&["pack", "add", name]).exits(2);
        assert!(flat(&ran).contains(words) && flat(&ran).contains("under the same edition"), "{name}: {}", flat(&ran));
        let ran = cairn.run(&["rules", "diff", "one", name]).exits(1);
        assert!(flat(&ran).contains(words) && !flat(&ran).contains("mean the same"), "{name}: {}", flat(&ran));
        // The same words, declared.
        let before = change.0.rsplit_once('"').and_then(|(text, _)| text.rsplit_once('"')).expect("quoted").1;
        let declared = format!("reworded = [\"{before}\"]");
        let (at, with) = match name {
            "question" => ("[scale]\n", format!("[scale]\n{declared}\n")),
            "meaning" => ("label = \"New to me\"", format!("label = \"New to me\", {declared}")),
            _ => ("title = \"Knocks and waits\"", format!("title = \"Knocks and waits\"\n{declared}")),
        };
        let folder = format!("{name}-declared");
        pack(&cairn, &folder, "1.1.1", &[change, (at, &with)]);
        let ran = cairn.run(&["rules", "diff", "one", &folder]).exits(0);
        assert!(flat(&ran).contains(words) && flat(&ran).contains("declared to mean the same"), "{}", flat(&ran));
    }
    pack(&cairn, "more", "1.1.1", &[("indicators = [\"Knocks", "indicators = [\"Sings.\", \"Knocks")]);
    let ran = cairn.run(&["pack", "add", "more"]).exits(2);
    assert!(flat(&ran).contains("HM-1 has the indicators \"Sings.\""), "more is asked for: {}", flat(&ran));
}

#[test]
fn names_around_the_answers_are_told_and_nothing_more() {
    let cairn = Cairn::new();
    answered(&cairn);
    pack(&cairn, "two", "1.2.0", &[("title = \"House team\"", "title = \"Chief executives\"")]);
    let told = flat(&cairn.run(&["rules", "diff", "one", "two"]).exits(0));
    assert!(
        told.contains("the level front-line has the title \"Chief executives\" instead of \"House team\""),
        "{told}"
    );
    assert_eq!(told.matches(" - ").count(), 1, "{told}");
    cairn.run(&["pack", "add", "two"]).exits(0);
}

fn framework() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/example-organisation/framework.toml");
    fs::read_to_string(path).expect("the example is there")
}

#[test]
fn reworded_with_the_same_meaning_is_declared_told_and_counts() {
    let cairn = Cairn::new();
    answered(&cairn);
    let changes = [(
        "label = \"Every day, and others see how\"",
        "label = \"Always\", reworded = [\"Every day, and others see how\"]",
    )];
    pack(&cairn, "two", "1.1.1", &changes);
    let ran = cairn.run(&["rules", "diff", "one", "two"]).exits(0);
    assert!(flat(&ran).contains("point 4 of the rating scale is \"Always\" instead of \"Every day"), "{}", ran.out);
    assert!(!flat(&ran).contains("would only be listed"));
    let ran = cairn.run(&["pack", "add", "two"]).exits(0);
    assert!(flat(&ran).contains("with the same meaning") && flat(&ran).contains("Always"), "{}", ran.out);
    let progress = cairn.run(&["progress"]).exits(0);
    assert!(progress.out.contains("Every day, and others see how, rated once"), "{}", progress.out);
    assert!(!flat(&progress).contains("not compared"));
}

#[test]
fn a_new_edition_is_listed_apart_and_no_rule_reads_the_old_one() {
    let cairn = Cairn::new();
    answered(&cairn);
    let edition = framework().lines().find(|line| line.starts_with("edition")).expect("an edition").to_owned();
    pack(&cairn, "next", "2.0.0", &[(&edition, "edition = \"2027\"")]);
    let diff = cairn.run(&["rules", "diff", "one", "next", "--json"]).exits(0).json();
    assert_eq!(diff["answers_no_longer_counted"], 1);
    cairn.run(&["pack", "add", "next"]).exits(0);
    let told = flat(&cairn.run(&["progress"]).exits(0));
    assert!(told.contains("4 (Every day, and others see how) on 1 Oct, given under edition"), "{told}");
    let journal = cairn.run(&["journal", "--json"]).exits(0).json();
    assert!(journal[0]["not_counted"].as_str().expect("a reason").contains("given under edition"), "{journal}");
    let report = cairn.run(&["report"]).exits(0).out;
    assert!(!report.contains("A tower"), "{report}");
    let asked = cairn.run(&["recommend", "--json"]).exits(0).rows();
    assert!(asked.is_empty(), "no rule reads an answer of another edition: {asked:?}");
}

#[test]
fn an_answer_of_another_edition_stands_under_its_own_title_wherever_it_is_shown() {
    let cairn = Cairn::new();
    answered(&cairn);
    let edition = framework().lines().find(|line| line.starts_with("edition")).expect("an edition").to_owned();
    let title = ("title = \"Knocks and waits\"", "title = \"Keeps the street out\"");
    pack(&cairn, "next", "2.0.0", &[(&edition, "edition = \"2027\""), title]);
    cairn.run(&["pack", "add", "next"]).exits(0);
    for args in [&["progress"][..], &["progress", "--json"], &["journal"], &["report", "account", "HM-1"]] {
        let told = flat(&cairn.run(args).exits(0));
        assert!(told.contains("Knocks and waits") && !told.contains("Keeps the street out"), "{args:?}: {told}");
    }
    let progress = cairn.run(&["progress", "--json"]).exits(0).json();
    let apart = &progress["behaviours"][0]["not_compared"][0];
    assert_eq!(
        (&apart["title"], &apart["rated"]),
        (&"Knocks and waits".into(), &"4 (Every day, and others see how)".into())
    );
    // Once an answer counts, the row has its current words, and the earlier answer still has its own.
    cairn.file("b.json", r#"{"answers":[{"behaviour":"HM-1","rating":2}]}"#);
    cairn.run(&["reflect", "--from", "b.json"]).exits(0);
    let told = flat(&cairn.run(&["progress"]).exits(0));
    assert!(told.contains("HM-1 Keeps the street out") && told.contains("for Knocks and waits on 1 Oct"), "{told}");
    // Without the pack the behaviour's title is still known.
    cairn.run(&["pack", "remove", "example-organisation"]).exits(0);
    assert!(flat(&cairn.run(&["progress"]).exits(0)).contains("example-care/HM-1 Keeps the street out"));
}

#[test]
fn diff_names_no_change_that_was_not_made() {
    let cairn = Cairn::new();
    pack(&cairn, "one", "1.1.0", &[]);
    pack(&cairn, "two", "1.1.1", &[]);
    let ran = cairn.run(&["rules", "diff", "one", "two"]).exits(0);
    assert!(ran.out.contains("no rule, no activity and no framework changed"), "{}", ran.out);
    let rule = fs::read_dir(cairn.path("two/rules")).expect("rules").next().expect("one").expect("readable").path();
    let text = fs::read_to_string(&rule).expect("text");
    fs::write(&rule, text.replacen("locked:", "locked:  ", 1)).expect("writable");
    assert!(!cairn.run(&["rules", "diff", "one", "two"]).exits(0).out.contains("cooldown"));
}

/// Checks every text that an answer was ever given in, under an edition that the program still ships.
#[test]
fn no_built_in_pack_gives_answers_other_words_under_the_same_edition() {
    let library: Library = cairn_coach::pack::load(&cairn_coach::pack::builtin_packs()).library;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/words-given.tsv");
    let text = fs::read_to_string(path).expect("the list is there");
    let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
    let mut wrong = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [framework, edition, what, key, words] = cells.as_slice() else { panic!("five columns: {line}") };
        let Some(own) = library.framework(framework).filter(|own| own.edition == *edition) else { continue };
        let (now, declared): (String, Vec<String>) = match *what {
            "scale" | "importance" => {
                let scale = if *what == "scale" { &own.scale } else { &own.importance };
                let point = scale.point(key.parse().expect("a number"));
                point.map_or_else(Default::default, |point| (point.label.clone(), point.reworded.clone()))
            }
            _ => library.find_in(framework, key).map_or_else(Default::default, |ix| {
                let own = library.behaviour(ix);
                let now = if *what == "title" { &own.title } else { &own.statement };
                (now.clone(), own.reworded.clone())
            }),
        };
        if !same(&now, words) && !declared.iter().any(|old| same(old, words)) {
            wrong.push(format!("{framework} {what} {key}: \"{words}\" is \"{now}\" now"));
        }
    }
    assert!(wrong.is_empty(), "declare the earlier words in reworded, or give another edition:\n{}", wrong.join("\n"));
}

#[test]
fn an_answer_stands_under_the_question_that_was_asked_and_not_under_a_later_one() {
    let cairn = Cairn::new();
    let answer = r#"{"answers":[{"behaviour":"FL-5","rating":2,"on":"2026-10-01","reflections":{"fl-5.reflect":"We asked.","fl-5.reflect.2026":"We paused."}}]}"#;
    cairn.file("a.json", answer);
    cairn.run(&["reflect", "--from", "a.json"]).exits(0);
    let told = flat(&cairn.run(&["journal"]).exits(0));
    let (earlier, now) =
        ("What tipped the balance when you last weighed a risk", "How do you decide whether a risk is worth taking?");
    let at = |text: &str| told.find(text).unwrap_or_else(|| panic!("{text} is not in {told}"));
    assert!(at(earlier) < at("We asked.") && at("We asked.") < at(now) && at(now) < at("We paused."), "{told}");
}

#[test]
fn a_question_is_not_given_other_words_under_its_id() {
    let cairn = Cairn::new();
    answered(&cairn);
    let change = ("When in the day is it hardest to knock and wait?", "What do you do all day?");
    pack(&cairn, "two", "1.1.1", &[]);
    let prompts = fs::read_to_string(cairn.path("two/prompts.toml")).expect("readable");
    cairn.file("two/prompts.toml", prompts.replace(change.0, change.1));
    let ran = flat(&cairn.run(&["pack", "add", "two"]).exits(2));
    assert!(ran.contains("is \"What do you do all day?\" instead of") && ran.contains("[earlier]"), "{ran}");
    // Under an id of its own it may be asked.
    let fresh = prompts.replace("id = \"hm-1.reflect.2026\"", "id = \"hm-1.reflect.2027\"").replace(change.0, change.1);
    cairn.file("two/prompts.toml", fresh);
    cairn.run(&["pack", "add", "two"]).exits(0);
    // What is asked cannot also be an earlier question.
    pack(&cairn, "three", "1.1.2", &[]);
    let prompts = fs::read_to_string(cairn.path("three/prompts.toml")).expect("readable");
    cairn.file("three/prompts.toml", prompts.replace("[earlier]\n", "[earlier]\n\"hm-1.reflect.2026\" = \"Old?\"\n"));
    cairn.run(&["pack", "add", "three"]).exits(2).says(&["is asked and is also called an earlier one"]);
}

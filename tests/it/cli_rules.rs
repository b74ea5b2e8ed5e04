//! What an organisation does with rules on the command line: which rules cases reach, what they would notice, why a
//! rule is silent, what another answer or another edition would change, and earlier decisions replayed.

#![expect(clippy::disallowed_methods, reason = "packs are written from outside, and a program that goes on is started")]

use std::fs::{self, File};
use std::time::{Duration, Instant};

use crate::binary::{Cairn, has_keys};

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"ours\"\nattribution = \"us\"\nsource = \"us\"\nrules_api = \"1\"\n";
const HEAD: &str = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";
const RULES: &str = "rule(\"acme.low\", #{\n    title: \"Low and it matters\",\n    when: rating(\"FL-5\") <= 2 and importance(\"FL-5\") >= 2,\n    suggest: [\"small-bet\"],\n    because: \"You rated it {value}.\",\n    priority: 90,\n});\n\
    rule(\"acme.silent\", #{\n    title: \"Not while it is high\",\n    when: answered(\"FL-1\") and not(rating(\"FL-1\") >= 4),\n    suggest: [\"three-voices\"],\n    because: \"b\",\n    priority: 20,\n});\n";
const CASES: &str = "[[case]]\nname = \"low and it matters\"\nratings = { \"FL-5\" = 2, \"FL-1\" = 3 }\nimportance = { \"FL-5\" = 2 }\nfires = [\"acme.low\", \"acme.silent\"]\n";
const REST: &str = "[[case]]\nname = \"not low\"\nratings = { \"FL-5\" = 3, \"FL-1\" = 4 }\nimportance = { \"FL-5\" = 2 }\nsilent = [\"acme.low\", \"acme.silent\"]\n\
    [[case]]\nname = \"low and it matters little\"\nratings = { \"FL-5\" = 2 }\nimportance = { \"FL-5\" = 1 }\nsilent = [\"acme.low\", \"acme.silent\"]\n\
    [[case]]\nname = \"not rated\"\nnon_answers = { \"FL-1\" = \"cannot-say\" }\nsilent = [\"acme.silent\"]\n\
    [[case]]\nname = \"very low\"\nratings = { \"FL-5\" = 1 }\nimportance = { \"FL-5\" = 3 }\nfires = [\"acme.low\"]\n";
const ANSWERS: &str = "{\"answers\":[{\"behaviour\":\"FL-5\",\"rating\":3,\"importance\":3},{\"behaviour\":\"FL-1\",\"rating\":4},{\"behaviour\":\"FL-2\",\"rating\":2,\"reflections\":{\"x\":\"A secret of mine.\"}}]}";

fn with(files: &[(&str, &str)]) -> Cairn {
    let cairn = Cairn::new();
    cairn.file("acme/pack.toml", MANIFEST);
    cairn.file("acme/rules/a.rhai", format!("{HEAD}{RULES}"));
    for (path, text) in files {
        cairn.file(path, text);
    }
    cairn
}

#[test]
fn coverage_names_what_no_case_reached_and_fails_below_a_minimum() {
    let cairn = with(&[("acme/cases/a.toml", CASES)]);
    let ran = cairn.run(&["rules", "coverage", "acme"]).exits(0).quiet();
    for words in [
        "never seen false: rating of FL-5 is at most 2\n  --> acme/rules/a.rhai:9:11",
        "never seen true: rating of FL-1 is at least 4\n  --> acme/rules/a.rhai:16:36",
        " 50 %  conditions seen true and false (4 of 8)",
        "100 %  rules that applied in a case (2 of 2)",
    ] {
        assert!(ran.out.contains(words), "{words} is not in\n{}", ran.out);
    }
    cairn.run(&["rules", "coverage", "acme", "--min", "51"]).exits(1);
    let all = with(&[("acme/cases/a.toml", CASES), ("acme/cases/b.toml", REST)]);
    let ran = all.run(&["rules", "coverage", "acme", "--min", "100", "--json"]).exits(0).quiet();
    has_keys(&ran.json(), &["conditions", "rules", "activities", "unseen", "never_spoke", "unreached"]);
    assert_eq!(ran.json()["conditions"]["percent"], 100);
}

#[test]
fn a_small_change_that_no_case_notices_is_told_with_its_place() {
    let cairn = with(&[("acme/cases/a.toml", CASES)]);
    let ran = cairn.run(&["rules", "test", "acme", "--mutate"]).exits(1).quiet();
    for words in [
        "survived: acme.low\n  --> acme/rules/a.rhai:9:11\n  rating of FL-5 is at most 2 \u{2192} rating of FL-5 is at most 3",
        "and, over 2 conditions \u{2192} or, over 2 conditions",
        "hint: write a case",
    ] {
        assert!(ran.out.contains(words), "{words} is not in\n{}", ran.out);
    }
    assert!(!ran.out.contains("rating of FL-5 is at most 1"), "the case notices that one:\n{}", ran.out);
    let all = with(&[("acme/cases/a.toml", CASES), ("acme/cases/b.toml", REST)]);
    let ran = all.run(&["rules", "test", "acme", "--mutate", "--json"]).exits(0).quiet();
    assert!(ran.rows().len() > 9, "{}", ran.out);
    for mutant in ran.rows() {
        has_keys(&mutant, &["rule", "at", "change", "noticed_by"]);
        assert!(mutant["noticed_by"].is_string(), "{mutant}");
    }
}

#[test]
fn a_case_that_fails_shows_its_conditions_also_as_xml() {
    let cairn = with(&[("acme/cases/a.toml", &CASES.replace("\"FL-5\" = 2, ", "\"FL-5\" = 4, "))]);
    let ran = cairn.run(&["rules", "test", "acme"]).exits(1).quiet();
    assert!(ran.out.contains("acme.low must apply, and its condition is: no"), "{}", ran.out);
    assert!(ran.out.contains("rating of FL-5 is at most 2 | 4 (Always, even under pressure) |"), "{}", ran.out);
    let ran = cairn.run(&["rules", "test", "acme", "--format", "junit"]).exits(1).quiet();
    assert!(ran.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"1\" failures=\"1\">"));
    assert!(ran.out.contains("rating of FL-5 is at most 2 | 4"), "{}", ran.out);
    let ran = cairn.run(&["rules", "test", "acme", "--mutate"]).exits(1).quiet();
    assert!(ran.out.contains("Fix the failing cases first"), "{}", ran.out);
    let typo = with(&[("acme/cases/a.toml", &CASES.replace("fires =", "firse ="))]);
    typo.run(&["rules", "test", "acme"]).exits(2).says(&["acme/cases/a.toml:5:1", "did you mean \"fires\"?"]);
}

#[test]
fn a_silent_rule_says_what_is_in_its_way_with_polarity() {
    let cairn = with(&[("answers.json", ANSWERS)]);
    let ask =
        |rule: &str| cairn.run(&["--pack", "acme", "rules", "why-not", rule, "--answers", "answers.json"]).exits(0);
    let low = ask("acme.low").quiet().out;
    assert!(low.contains("This rule did not apply. What stops it:"), "{low}");
    assert!(
        low.contains("rating of FL-5 is at most 2 | 3 (Usually)") && !low.contains("importance of FL-5 is at least 2"),
        "{low}"
    );
    assert!(low.contains("It would apply if you rated FL-5 2 or lower instead of 3 (Usually)."), "{low}");
    let silent = ask("acme.silent").quiet().out;
    assert!(
        silent.contains("no not rating of FL-1 is at least 4"),
        "a leaf under not is in the way when it holds: {silent}"
    );
    let unknown = cairn.run(&["--pack", "acme", "rules", "why-not", "acme.low"]).exits(0).out;
    assert!(unknown.contains("not enough answers to tell whether") && unknown.contains("not rated"), "{unknown}");
    let off = with(&[
        ("answers.json", ANSWERS),
        ("acme/rules/b.rhai", &format!("{HEAD}disable(\"not-yet.*\", \"we ask elsewhere\");\n")),
    ]);
    let args = ["--pack", "acme", "rules", "why-not", "not-yet.FL-2", "--answers", "answers.json"];
    let ran = off.run(&args).exits(0).quiet();
    assert!(ran.out.contains("switched off by acme: we ask elsewhere"), "{}", ran.out);
    let args = ["--pack", "acme", "recommend", "--explain", "--answers", "answers.json"];
    let told = off.run(&args).exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("is switched off by acme: we ask elsewhere"), "it is among what was not shown: {told}");
    cairn.run(&["rules", "why-not", "acme.lwo"]).exits(2).says(&["there is no rule \"acme.lwo\""]);
}

#[test]
fn what_if_changes_an_answer_and_saves_nothing() {
    let cairn = with(&[("answers.json", ANSWERS)]);
    let ask = |changes: &[&str]| {
        let mut args = vec!["--pack", "acme", "rules", "whatif", "--answers", "answers.json"];
        args.extend(changes);
        cairn.run(&args)
    };
    let ran = ask(&["FL-5=2"]).exits(0).quiet();
    assert!(ran.out.contains("+ ") && ran.out.contains("[small-bet]"), "{}", ran.out);
    assert!(ran.out.contains("acme.low applies now"), "{}", ran.out);
    assert!(ask(&["FL-5=3"]).exits(0).out.contains("Cairn would suggest the same."));
    assert!(ask(&["FL-5=cannot-say", "level=managers", "importance.FL-1=3", "words.FL-1=no time"]).code == 0);
    for (change, words) in [
        ("FL-5", "changes nothing"),
        ("FL-55=2", "there is no behaviour"),
        ("FL-5=9", "not on the scale"),
        ("FL-5=two", "not a whole number"),
        ("level=boss", "there is no level"),
        ("organisation=club", "there is no kind of organisation"),
    ] {
        ask(&[change]).exits(2).says(&[words, "hint:"]);
    }
    assert!(!cairn.data().exists());
}

#[test]
fn two_editions_are_compared_over_cases_sessions_and_files() {
    let cairn = with(&[("acme/cases/a.toml", CASES), ("acme/cases/b.toml", REST), ("answers.json", ANSWERS)]);
    cairn.run(&["reflect", "--from", "answers.json"]).exits(0);
    for name in ["pack.toml", "rules/a.rhai", "cases/a.toml", "cases/b.toml"] {
        cairn.file(&format!("new/{name}"), fs::read(cairn.path(&format!("acme/{name}"))).expect("readable"));
    }
    let same = cairn.run(&["rules", "diff", "acme", "new"]).exits(0).quiet();
    assert!(same.out.contains("For 0 of 6, Cairn would now suggest something else."), "{}", same.out);
    let text = format!("{HEAD}{RULES}").replace("<= 2 and", "<= 3 and").replace("acme.silent", "acme.other");
    cairn.file("new/rules/a.rhai", text);
    let swap = |text: &str| text.replace("acme.silent", "acme.other");
    cairn.file("new/cases/a.toml", swap(CASES));
    cairn.file("new/cases/b.toml", swap(REST));
    let ran = cairn.run(&["rules", "diff", "acme", "new", "--answers", "answers.json"]).exits(1).quiet();
    for words in [
        "the rule acme.silent is gone (major)",
        "the rule acme.other is new (minor)",
        "acme.low has another condition: rating of FL-5 is at most 2 and importance of FL-5 is at least 2 \u{2192} rating of FL-5 is at most 3",
        "These changes need a major step of the version",
        "Cairn would suggest something else to you, in the session of 2026-11-22,:",
        "Cairn would suggest something else to ",
        "For 3 of 7, Cairn would now suggest something else.",
    ] {
        let flat = ran.out.replace("\n  ", " ").replace("   ", " ").replace('\n', " ");
        assert!(flat.contains(words) || ran.out.contains(words), "{words} is not in\n{}", ran.out);
    }
    cairn.file(
        "new/pack.toml",
        format!("{MANIFEST}renamed = {{ \"acme.silent\" = \"acme.other\" }}\n").replace("1.0.0", "1.1.0"),
    );
    let ran = cairn.run(&["rules", "diff", "acme", "new", "--json"]).exits(0).quiet();
    has_keys(&ran.json(), &["people", "changed", "answers_no_longer_counted", "differences", "editions"]);
    assert_eq!(ran.json()["editions"][0]["needs"], "minor", "a renamed rule is not gone: {}", ran.out);
    cairn.run(&["rules", "diff", "acme", "nowhere"]).exits(2).says(&["nowhere is not a folder"]);
}

#[test]
fn a_decision_is_made_again_whatever_the_settings_say_now() {
    // With a level, which has targets, and with an activity that was done and may come back later.
    let person = "{\"person\":{\"level\":\"managers\"},";
    let cairn = with(&[("answers.json", &ANSWERS.replacen('{', person, 1))]);
    let ways = [
        ("short.toml", ""),
        ("iso.toml", "targets = false\ndate = \"iso\"\n"),
        ("lqf.toml", "other_frameworks = \"hidden\"\nframework_in_front = \"lqf\"\n"),
    ];
    for (name, settings) in ways {
        cairn.file(name, settings);
        let told =
            cairn.run(&["--config", name, "recommend", "--answers", "answers.json", "--log", "log.jsonl"]).exits(0);
        assert_eq!(told.out.contains("Cairn suggests"), name != "iso.toml", "{name}: {}", told.out);
    }
    cairn.run(&["reflect", "--from", "answers.json"]).exits(0);
    let first = cairn.run(&["recommend", "--json"]).exits(0).rows()[0]["activity"].as_str().expect("its id").to_owned();
    let accepted = cairn.run(&["plan", "accept", &first, "--json"]).exits(0).rows();
    cairn.run(&["plan", "done", accepted[0]["id"].as_str().expect("its id")]).exits(0);
    for (name, _) in ways {
        cairn.run(&["--config", name, "recommend"]).exits(0);
    }
    let log = cairn.run(&["rules", "log", "--json"]).exits(0).out;
    assert!(log.contains("you did it on 22 Nov"), "{log}");
    for (name, _) in ways {
        for args in [&["rules", "replay", "log.jsonl", "--answers", "answers.json"][..], &["rules", "replay"]] {
            let args: Vec<&str> = ["--config", name].into_iter().chain(args.iter().copied()).collect();
            let ran = cairn.run(&args).exits(0);
            assert!(ran.out.contains("identical") && !ran.out.contains("different"), "{name}: {}", ran.out);
        }
    }
}

#[test]
fn a_decision_is_noted_without_words_and_made_again_byte_for_byte() {
    let cairn = with(&[("answers.json", ANSWERS)]);
    cairn.run(&["recommend", "--answers", "answers.json", "--log", "log.jsonl"]).exits(0).quiet();
    let line = fs::read_to_string(cairn.path("log.jsonl")).expect("readable");
    assert!(!line.contains("secret") && line.contains("\"sha256\""), "{line}");
    cairn.run(&["rules", "replay", "log.jsonl", "--answers", "answers.json"]).exits(0).quiet();
    cairn.file("other.json", ANSWERS.replace("secret", "Secret"));
    let ran = cairn.run(&["rules", "replay", "log.jsonl", "--answers", "other.json"]).exits(1).quiet();
    assert!(ran.out.contains("the answers have changed"), "{}", ran.out);
    let args = ["--pack", "acme", "rules", "replay", "log.jsonl", "--answers", "answers.json"];
    assert!(cairn.run(&args).exits(1).out.contains("the pack acme 1.0.0 was not loaded then"));
    cairn.file("bad.jsonl", format!("{line}{{\"app\":1}}\n"));
    cairn
        .run(&["rules", "replay", "bad.jsonl"])
        .exits(2)
        .says(&["bad.jsonl:2: this is not a line of the decision log"]);

    cairn.run(&["reflect", "--from", "answers.json"]).exits(0);
    cairn.run(&["recommend"]).exits(0).quiet();
    cairn.run(&["recommend"]).exits(0).quiet();
    let log = cairn.run(&["rules", "log", "--json"]).exits(0).quiet();
    assert_eq!(log.rows().len(), 1, "the same is noted once");
    has_keys(&log.rows()[0], &["at", "decision"]);
    cairn.file("later.json", "{\"answers\":[{\"behaviour\":\"FL-1\",\"rating\":1,\"importance\":3}]}");
    cairn.run(&["reflect", "--from", "later.json"]).exits(0);
    cairn.run(&["recommend"]).exits(0);
    let ran = cairn.run(&["rules", "replay"]).exits(0).quiet();
    assert!(ran.out.contains("2 decisions repeated: 2 identical"), "{}", ran.out);
    let fed = cairn.fed(&["rules", "replay", "-"], &cairn.run(&["rules", "log", "--json"]).out).exits(0);
    assert!(fed.out.contains("2 identical"), "{}", fed.out);
}

#[test]
fn the_reference_is_there_for_people_editors_and_programs() {
    let cairn = Cairn::new();
    let text = cairn.run(&["rules", "api"]).exits(0).quiet().out;
    assert!(text.contains("Facts that are numbers\n\n  rating(behaviour)\n"), "{text}");
    let rhai = cairn.run(&["rules", "api", "--format", "rhai"]).exits(0).quiet().out;
    assert!(rhai.contains("\nfn rating(behaviour: string) -> number;\n") && rhai.starts_with("module static;"));
    let schema = cairn.run(&["rules", "api", "--format", "schema"]).exits(0).quiet().json();
    assert_eq!(schema["$defs"]["pack.toml"]["additionalProperties"], false);
    assert_eq!(schema["$defs"]["activities.toml"]["properties"]["activity"]["items"]["required"][0], "id");
}

#[test]
fn a_watched_pack_is_read_again_when_it_changes() {
    let cairn = with(&[("acme/cases/a.toml", CASES)]);
    let told = cairn.path("told");
    let mut command = cairn.command(&["rules", "watch", "acme"]);
    let mut child = command.stdout(File::create(&told).expect("writable")).spawn().expect("it starts");
    let wait = |words: &str| {
        let since = Instant::now();
        loop {
            let text = fs::read_to_string(&told).expect("readable");
            if text.contains(words) {
                return;
            }
            assert!(since.elapsed() < Duration::from_secs(30), "waited for {words}:\n{text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    wait("1 passed, 0 failed");
    cairn.file("acme/rules/a.rhai", format!("{HEAD}{}", RULES.replace("rating(\"FL-5\")", "ratng(\"FL-5\")")));
    wait("did you mean \"rating\"?");
    cairn.file("acme/rules/a.rhai", format!("{HEAD}{}", RULES.replace("<= 2", "<= 1")));
    wait("failed: low and it matters");
    child.kill().expect("it can be ended");
    let _ = child.wait();
}

//! The rules engine from outside: every example in the language reference runs, conditions have three truth values,
//! advice is deterministic, and faults are reported with their place.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use cairn_coach::domain::{
    Advised, Answer, Fault, Library, NonAnswer, Organisation, Person, Profile, Rated, Reflection, Truth,
};
use cairn_coach::pack::{PackFiles, builtin_packs, load};
use cairn_coach::rules::{Facts, HEADINGS, RuleSet, advise, api, leaves_seen, read_cases, run_case, truth};

use crate::harness::TODAY;

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"ours\"\nattribution = \"us\"\nsource = \"us\"\nrules_api = \"1\"\n";
const HEAD: &str = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";

/// Loads the built-in content without its rules, and one rule file that starts on line 1.
fn with_rules(text: &str) -> (Arc<Library>, RuleSet, Vec<Fault>) {
    let mut packs = builtin_packs();
    for pack in &mut packs {
        pack.files.retain(|path, _| !path.starts_with("rules/"));
    }
    with_pack(packs, text)
}

/// Loads a pack with one rule file on top of others.
fn with_pack(mut packs: Vec<PackFiles>, text: &str) -> (Arc<Library>, RuleSet, Vec<Fault>) {
    packs.push(PackFiles {
        label: "acme".to_owned(),
        origin: "acme".to_owned(),
        files: BTreeMap::from([
            ("pack.toml".to_owned(), MANIFEST.to_owned()),
            ("rules/a.rhai".to_owned(), text.to_owned()),
        ]),
    });
    let loaded = load(&packs);
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    let library = Arc::new(loaded.library);
    let (set, faults) = RuleSet::load(&library);
    let errors = faults.into_iter().filter(|f| f.severity == cairn_coach::domain::Severity::Error).collect();
    (library, set, errors)
}

fn answer(code: &str, on: &str, rated: Rated, importance: Option<i64>, words: &str) -> Answer {
    Answer {
        framework: "empowered-communities".to_owned(),
        edition: "2012".to_owned(),
        behaviour: code.to_owned(),
        rated,
        importance,
        reflections: vec![Reflection { prompt: "p".to_owned(), text: words.to_owned() }],
        ..Answer::blank(on.parse().expect("a day"))
    }
}

fn profile(library: &Library, answers: Vec<Answer>) -> Profile {
    Profile::new(library, Person::default(), TODAY, answers, &[], &[])
}

/// Returns the truth value of one condition for some answers.
fn holds(condition: &str, answers: Vec<Answer>) -> Truth {
    let text =
        format!("rule(\"x\", #{{ title: \"T\", when: {condition}, suggest: [\"small-bet\"], because: \"b\" }});");
    let (library, set, faults) = with_rules(&text);
    assert!(faults.is_empty(), "{condition}: {faults:?}");
    let profile = profile(&library, answers);
    truth(&set.rules()[0].when, &Facts::new(&library, &profile))
}

#[test]
fn every_example_of_the_reference_runs() {
    for entry in api() {
        let text = match entry.kind {
            cairn_coach::rules::ApiKind::Number
            | cairn_coach::rules::ApiKind::Condition
            | cairn_coach::rules::ApiKind::Operator => {
                format!(
                    "rule(\"x\", #{{ title: \"T\", when: {}, suggest: [\"small-bet\"], because: \"b\" }});",
                    entry.example
                )
            }
            _ => format!("{};", entry.example),
        };
        // Functions that refer to rules of other packs need some.
        let packs = builtin_packs();
        let (_, _, faults) = with_pack(packs, &text);
        assert!(faults.is_empty(), "{}: {faults:?}", entry.name);
        assert!(entry.forms.iter().all(|form| form.contains(entry.name) || entry.name.len() < 3), "{}", entry.name);
        assert!(entry.doc.ends_with('.'), "{}", entry.name);
    }
}

#[test]
fn what_was_not_answered_is_unknown_and_unknown_fires_nothing() {
    for condition in [
        "rating(\"FL-5\") <= 2",
        "not(rating(\"FL-5\") <= 2)",
        "rating(\"FL-5\") != 2",
        "average(\"FL\") <= 2",
        "mentions(\"FL-5\", \"time\")",
        "level() >= 2",
        "organisation(\"provider\")",
    ] {
        assert_eq!(holds(condition, vec![]), Truth::Unknown, "{condition}");
    }
    let cannot = || vec![answer("FL-5", "2026-11-20", Rated::Not(NonAnswer::CannotSay), None, "")];
    assert_eq!(holds("rating(\"FL-5\") <= 2", cannot()), Truth::Unknown);
    assert_eq!(holds("chose(\"FL-5\", \"cannot-say\")", cannot()), Truth::Yes);
    assert_eq!(holds("answered(\"FL-5\")", cannot()), Truth::No);
}

#[test]
fn three_values_follow_kleene() {
    let low = || vec![answer("FL-5", "2026-11-20", Rated::Value(2), None, "")];
    let yes = "rating(\"FL-5\") <= 2";
    let no = "rating(\"FL-5\") >= 4";
    let unknown = "rating(\"FL-1\") <= 2";
    for (condition, expected) in [
        (format!("{yes} and {unknown}"), Truth::Unknown),
        (format!("{no} and {unknown}"), Truth::No),
        (format!("{unknown} and {no}"), Truth::No),
        (format!("{yes} or {unknown}"), Truth::Yes),
        (format!("{no} or {unknown}"), Truth::Unknown),
        (format!("{no} || {yes} && {yes}"), Truth::Yes),
        (format!("at_least(2, [{yes}, {unknown}, {no}])"), Truth::Unknown),
        (format!("at_least(2, [{no}, {unknown}, {no}])"), Truth::No),
        (format!("!({no})"), Truth::Yes),
        ("2 >= rating(\"FL-5\")".to_owned(), Truth::Yes),
        ("rating(\"FL-5\") < 2.5".to_owned(), Truth::Yes),
    ] {
        assert_eq!(holds(&condition, low()), expected, "{condition}");
    }
}

#[test]
fn trends_words_and_ranges_are_what_the_reference_says() {
    let month = || {
        vec![
            answer("FL-5", "2026-09-01", Rated::Value(4), Some(3), "Long ago."),
            answer("FL-5", "2026-10-01", Rated::Value(3), None, "Middle."),
            answer("FL-5", "2026-11-01", Rated::Value(2), None, "No time at all. I was delegating."),
            answer("FL-1", "2026-11-01", Rated::Value(5), None, ""),
            answer("FC-5", "2026-11-01", Rated::Value(3), None, ""),
        ]
    };
    for (condition, expected) in [
        ("trend(\"FL-5\", 3) == -2", Truth::Yes),
        ("trend(\"FL-5\", 4) <= -1", Truth::Unknown),
        ("lowest(\"FL-5\")", Truth::Yes),
        ("highest(\"FL-1\")", Truth::Yes),
        ("lowest(\"FL-2\")", Truth::Unknown),
        ("spread(\"FL\") == 3", Truth::Yes),
        ("average(\"FL\") == 3.5", Truth::Yes),
        ("rated(\"FL\") == 2", Truth::Yes),
        ("importance(\"FL-5\") == 3", Truth::Yes),
        ("days_since(\"FL-5\") == 21", Truth::Yes),
        ("sessions() == 3", Truth::Yes),
        ("words(\"FL-5\") == 7", Truth::Yes),
        ("mentions(\"FL-5\", \"no time\")", Truth::Yes),
        ("mentions(\"FL-5\", \"delegat*\")", Truth::Yes),
        ("mentions(\"FL-5\", \"long ago\")", Truth::No),
        ("mentions_any([\"delegat*\"])", Truth::Yes),
    ] {
        assert_eq!(holds(condition, month()), expected, "{condition}");
    }
}

#[test]
fn every_leaf_knows_its_place_and_what_it_saw() {
    let text = "rule(\"x\", #{\n  title: \"T\",\n  when: rating(\"FL-5\") <= 2\n        and not(importance(\"FL-5\") == 1),\n  suggest: [\"small-bet\"],\n  because: \"b\",\n});";
    let (library, set, _) = with_rules(text);
    let profile = profile(&library, vec![answer("FL-5", "2026-11-20", Rated::Value(2), Some(3), "")]);
    let leaves = leaves_seen(&set.rules()[0].when, &Facts::new(&library, &profile));
    let rows: Vec<String> = leaves
        .iter()
        .map(|l| format!("{} | {} | {} | {} | {}", l.needed, l.seen, l.truth.word(), l.negated, l.at))
        .collect();
    assert_eq!(
        rows,
        [
            "rating of FL-5 is at most 2 | 2 (When reminded) | yes | false | acme/rules/a.rhai:3:9",
            "importance of FL-5 is 1 | 3 (Essential) | no | true | acme/rules/a.rhai:4:17",
        ]
    );
}

/// `(script, message, line, column, a word of the hint)`
const MISTAKES: &[(&str, &str, usize, usize, &str)] = &[
    (
        "rule(\"c\", #{\n  title: \"a\"\n  when: answered(\"FL-1\"),\n});",
        "a comma is missing between two fields",
        2,
        13,
        "at the end of this line",
    ),
    ("rule(\"d\", { title: \"x\" });", "\"title:\" is where no field can be", 1, 13, "between #{ and }"),
    (
        "rule(\"a\", #{ title: \"T\", when: rating(\"FL-55\") <= 2, suggest: \"small-bet\", because: \"b\" });",
        "there is no behaviour \"FL-55\" - did you mean \"FL-5\"?",
        1,
        32,
        "cairn search",
    ),
    (
        "rule(\"a\", #{ title: \"T\",\n wen: answered(\"FL-1\"), suggest: \"small-bet\", because: \"b\" });",
        "unknown field \"wen\"",
        2,
        2,
        "when",
    ),
    ("let x = ratng(\"FL-1\");", "there is no function \"ratng\"", 1, 9, "rating"),
    (
        "rule(\"a\", #{ title: \"T\", when: rating(\"FL-1\") <= \"low\", suggest: \"small-bet\", because: \"b\" });",
        "cannot be compared with the text \"low\"",
        1,
        32,
        "number",
    ),
    ("rule(\u{201c}x\u{201d}, #{});", "Unexpected '\u{201c}'", 1, 6, "straight"),
    ("rule(\"x\", #{ title: \"T\"", "the fields of a rule are not closed", 1, 24, "});"),
    ("fn rating(x) { 99 }", "which would hide one of Cairn's", 0, 0, "another name"),
    (
        "rule(\"a\", #{ title: \"T\", when: rating(\"FL-1\"), suggest: \"small-bet\", because: \"b\" });",
        "when must be a condition, but it is a number",
        1,
        26,
        "compare",
    ),
    (
        "rule(\"a\", #{ title: \"T\", when: answered(\"FL-1\") and rating(\"FL-1\"), suggest: \"small-bet\", because: \"b\" });",
        "both sides of and must be conditions",
        1,
        49,
        "compare",
    ),
    (
        "rule(\"a\", #{ title: \"T\", when: answered(\"FL-1\"), suggest: \"small-bett\", because: \"b\" });",
        "there is no activity \"small-bett\"",
        1,
        59,
        "small-bet",
    ),
    (
        "rule(\"a\", #{ title: \"T\", when: answered(\"FL-1\"), suggest: \"small-bet\", because: \"{quote}\" });",
        "the rule does not use any words",
        1,
        72,
        "blanks",
    ),
    (
        "rule(\"a\", #{ title: \"T\", when: answered(\"FL-1\"), suggest: \"small-bet\", because: \"b\", priority: 200 });",
        "priority must be a whole number from 0 to 100",
        1,
        86,
        "50",
    ),
    (
        "rule(\"a\", #{ title: \"T\", when: rating(\"FL-1\") + \"1\" <= 2, suggest: \"small-bet\", because: \"b\" });",
        "+ is not possible with a fact",
        1,
        47,
        "Texts cannot",
    ),
    ("loop {}", "1,000,000 steps", 1, 6, "loop"),
    ("fn f(n) { f(n + 1) } f(1)", "too deeply", 1, 22, "itself"),
    ("let s = \"x\"; loop { s += s; }", "too large", 1, 23, "10,000"),
    (
        "let m = #{}; let s = \"y\"; for i in 0..13 { s += s; } let i = 0; loop { i += 1; m[`k${i}`] = s + `${i}`; }",
        "too much memory",
        0,
        0,
        "loop",
    ),
    ("eval(\"1\")", "'eval' is disabled", 1, 1, "no use"),
    ("import \"x\" as y;", "'import' is disabled", 1, 1, "no use"),
    ("let f = || 1;", "", 1, 9, ""),
    ("sleep(1)", "there is no function \"sleep\"", 1, 1, "reference"),
    ("let n = 0; for i in 0..9000000000000 { n += 1; }", "1,000,000 steps", 0, 0, "loop"),
];

/// The message when the time limit is reached.
const OUT_OF_TIME: &str = "the script ran too long";

#[test]
fn mistakes_are_said_with_file_line_caret_and_hint() {
    for (script, message, line, column, hint) in MISTAKES {
        let (_, set, faults) = with_rules(script);
        let fault = faults.first().unwrap_or_else(|| panic!("{script} is no fault"));
        // Unoptimised, a million steps take about as long as the time limit, and either may be reached first.
        let by_clock = cfg!(debug_assertions) && *message == "1,000,000 steps" && fault.message == OUT_OF_TIME;
        assert!(fault.message.contains(message) || by_clock, "{script}\n{fault}");
        assert!(fault.hint.contains(hint), "{script}\n{fault}");
        assert_eq!(fault.file, "acme/rules/a.rhai", "{script}");
        if *column > 0 && !message.is_empty() {
            assert_eq!((fault.line, fault.column), (Some(*line), Some(*column)), "{script}\n{fault}");
            assert!(fault.to_string().contains('^'), "{script}\n{fault}");
        }
        assert!(set.rules().is_empty(), "{script}");
    }
}

#[test]
fn a_broken_rule_breaks_alone() {
    let text = "rule(\"bad\", #{ title: \"T\", when: rating(\"FL-55\") <= 2, suggest: \"small-bet\", because: \"b\" });\n\
                rule(\"good\", #{ title: \"T\", when: rating(\"FL-5\") <= 2, suggest: \"small-bet\", because: \"b\" });";
    let (_, set, faults) = with_rules(text);
    assert_eq!(faults.len(), 1);
    assert_eq!(set.rules().iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(), ["good"]);
}

#[test]
fn an_id_used_twice_names_both_places() {
    let one = "rule(\"twin\", #{ title: \"T\", when: answered(\"FL-5\"), suggest: \"small-bet\", because: \"b\" });";
    let (_, set, faults) = with_rules(&format!("{one}\n{one}"));
    assert_eq!(set.rules().len(), 1);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.contains("acme/rules/a.rhai:1:1"), "{}", faults[0]);
    assert_eq!(faults[0].line, Some(2));
}

#[test]
fn conditions_cannot_grow_without_end() {
    let text = "let c = answered(\"FL-1\"); for i in 0..40 { c = c and c; }";
    let (_, _, faults) = with_rules(text);
    assert!(faults[0].message.contains("more than 400 parts"), "{}", faults[0]);
}

#[test]
fn a_family_names_its_own_packs_codes_even_when_another_framework_has_them_too() {
    let mut packs = builtin_packs();
    packs.push(PackFiles {
        label: "twin".to_owned(),
        origin: "twin".to_owned(),
        files: BTreeMap::from([
            ("pack.toml".to_owned(), MANIFEST.replace("acme", "twin")),
            ("framework.toml".to_owned(), "id = \"twin\"\nedition = \"1\"\ntitle = \"Twin\"\nsummary = \"s\"\n[[theme]]\ncode = \"FL\"\nid = \"fl\"\ntitle = \"F\"\n[[behaviour]]\ncode = \"FL-5\"\ntheme = \"FL\"\ntitle = \"Same code\"\nstatement = \"s\"\n".to_owned()),
        ]),
    });
    let loaded = load(&packs);
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    let library = Arc::new(loaded.library);
    let (set, faults) = RuleSet::load(&library);
    assert!(faults.is_empty(), "{faults:?}");
    let rule = set.rule("matters-and-not-yet.FL-5").expect("the built-in rule stands");
    let mut of = Vec::new();
    rule.when.leaves(&mut |leaf, _| of.extend(leaf.test.behaviours()));
    assert!(of.iter().all(|ix| library.behaviour(*ix).framework == "empowered-communities"));
}

fn built_in() -> (Arc<Library>, RuleSet) {
    let loaded = load(&builtin_packs());
    let library = Arc::new(loaded.library);
    let (set, faults) = RuleSet::load(&library);
    assert!(faults.is_empty(), "{faults:?}");
    (library, set)
}

#[test]
fn the_built_in_rules_are_families_with_explanations() {
    let (library, set) = built_in();
    assert!(library.rule_files.len() >= 12, "{}", library.rule_files.len());
    for rule in set.rules() {
        let doc = set.doc(rule).expect("every file has a head");
        assert_eq!(doc.sections.iter().map(|(h, _)| h.as_str()).collect::<Vec<_>>(), HEADINGS, "{}", rule.id);
        assert!(rule.because.text.ends_with(['.', '?']), "{}: {}", rule.id, rule.because.text);
        for id in &rule.suggest {
            assert!(library.activity(id).is_some(), "{}: {id}", rule.id);
        }
    }
    for ix in library.indices() {
        let mentioned = set.rules().iter().any(|rule| {
            let mut found = false;
            rule.when.leaves(&mut |leaf, _| found |= leaf.test.behaviours().contains(&ix));
            found
        });
        assert!(mentioned, "no rule looks at {}", library.behaviour(ix).code);
    }
}

#[test]
fn every_family_of_built_in_rules_has_a_story_in_which_it_speaks_and_one_in_which_it_is_silent() {
    let (library, set) = built_in();
    let mut told: [std::collections::BTreeSet<(String, usize)>; 2] = Default::default();
    let mut cases = 0;
    for pack in builtin_packs() {
        for (path, text) in pack.files.iter().filter(|(path, _)| path.starts_with("cases/")) {
            let read = read_cases(&pack.name(path), text, &pack.label, &library, &set);
            for case in read.unwrap_or_else(|faults| panic!("{faults:?}")) {
                let outcome = run_case(&case, &library, &set);
                assert!(outcome.failures.is_empty(), "{} at {}: {:?}", outcome.name, outcome.at, outcome.failures);
                cases += 1;
            }
            let table: toml::Table = text.parse().expect("it was read before");
            for case in table["case"].as_array().expect("cases") {
                for (key, told) in ["fires", "silent"].into_iter().zip(&mut told) {
                    for id in case.get(key).and_then(|ids| ids.as_array()).into_iter().flatten() {
                        let rule = set.rule(id.as_str().expect("an id")).expect("known");
                        told.insert((rule.at.file.to_string(), rule.at.line));
                    }
                }
            }
        }
    }
    assert!(cases >= 50, "{cases}");
    for rule in set.rules() {
        let family = (rule.at.file.to_string(), rule.at.line);
        assert!(told[0].contains(&family), "no story in which {} speaks", rule.id);
        assert!(told[1].contains(&family), "no story in which {} is silent", rule.id);
    }
}

#[test]
fn a_case_that_fails_shows_the_conditions_and_a_wrong_one_its_place() {
    let (library, set) = built_in();
    let read = |text: &str| read_cases("acme/cases/a.toml", text, "acme", &library, &set);
    let text = "[[case]]\nname = \"n\"\nanswers = [{ behaviour = \"FL-5\", rating = 3, importance = 3 }]\nfires = [\"matters-and-not-yet.FL-5\"]\ntop = [\"small-bet\"]\n";
    let case = read(text).expect("it is right").remove(0);
    let outcome = run_case(&case, &library, &set);
    assert_eq!(outcome.failures.len(), 2, "{outcome:?}");
    assert_eq!(outcome.failures[0].message, "matters-and-not-yet.FL-5 must apply, and its condition is: no");
    assert_eq!(outcome.failures[0].leaves[0].seen, "3 (Usually)");
    for (wrong, line, message) in [
        ("fires = [\"matters-and-not-yet.FL-55\"]", 4, "there is no rule"),
        ("top = [\"small-bett\"]", 4, "there is no activity"),
        ("level = \"managr\"\nfires = []", 4, "there is no level"),
        ("firs = []", 4, "unknown field"),
        ("", 2, "expects nothing"),
    ] {
        let text = format!("[[case]]\nname = \"n\"\nanswers = [{{ behaviour = \"FL-5\", rating = 3 }}]\n{wrong}\n");
        let faults = read(&text).expect_err(wrong);
        assert_eq!(faults[0].line, Some(line), "{}", faults[0]);
        assert!(faults[0].message.contains(message), "{}", faults[0]);
    }
    let faults = read(
        "[[case]]\nname = \"n\"\nanswers = [{ behaviour = \"FL-5\", rating = 9 }]\nsilent = [\"the-same-offer\"]\n",
    );
    assert!(faults.expect_err("9 is no point")[0].message.contains("a rating of 9"));
}

fn in_words(advised: &Advised) -> String {
    let mut text = String::new();
    for advice in &advised.shown {
        let rules: Vec<&str> = advice.reasons.iter().map(|reason| reason.rule.as_str()).collect();
        let _ = writeln!(text, "{} {} {rules:?} {:?}", advice.score, advice.activity, advice.answers);
    }
    let _ = writeln!(text, "{:?}\n{:?}", advised.not_shown, advised.near);
    text
}

#[test]
fn shuffled_answers_packs_and_files_give_the_same_advice() {
    let (library, set) = built_in();
    let codes: Vec<&str> =
        library.behaviours.iter().filter(|b| b.framework == "empowered-communities").map(|b| b.code.as_str()).collect();
    let mut seed = 11_u64;
    let mut next = |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed).unwrap_or(usize::MAX) % most
    };
    for _ in 0..20 {
        let mut answers: Vec<Answer> = (0..12)
            .map(|_| {
                let day = format!("2026-{:02}-{:02}", 1 + next(11), 1 + next(28));
                let words = ["", "No time for it.", "I worry about blame.", "It is quicker myself.", "I am exhausted."]
                    [next(5)];
                let value = i64::try_from(1 + next(5)).unwrap_or(1);
                let importance = i64::try_from(next(4)).ok().filter(|n| *n > 0);
                answer(codes[next(codes.len())], &day, Rated::Value(value), importance, words)
            })
            .collect();
        let first = in_words(&advise(&set, &library, &profile(&library, answers.clone())));
        for _ in 0..3 {
            for at in (1..answers.len()).rev() {
                answers.swap(at, next(at + 1));
            }
            assert_eq!(in_words(&advise(&set, &library, &profile(&library, answers.clone()))), first);
        }
    }
}

#[test]
fn nothing_answered_gives_no_advice_and_a_full_set_of_middling_ones_little() {
    let (library, set) = built_in();
    let none = advise(&set, &library, &profile(&library, vec![]));
    assert!(none.shown.is_empty() && none.near.is_empty(), "{none:?}");
    let middling = library
        .behaviours
        .iter()
        .filter(|b| b.framework == "empowered-communities")
        .map(|b| answer(&b.code, "2026-11-20", Rated::Value(3), Some(2), "It went as it goes."))
        .collect();
    let advised = advise(&set, &library, &profile(&library, middling));
    // Nothing is low and nothing is high: the advice is to look at what works and to ask somebody who sees it.
    let rules: std::collections::BTreeSet<&str> =
        advised.shown.iter().flat_map(|advice| &advice.reasons).map(|reason| reason.rule.as_str()).collect();
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), ["all-alike", "first-day-here"]);
    assert!(advised.shown.len() <= 3, "{:?}", advised.shown);
}

#[test]
fn at_most_five_are_shown_and_the_first_three_differ_in_topic() {
    let (library, set) = built_in();
    let low = library
        .behaviours
        .iter()
        .filter(|b| b.framework == "empowered-communities")
        .map(|b| answer(&b.code, "2026-11-20", Rated::Value(1), Some(3), ""))
        .collect();
    let advised = advise(&set, &library, &profile(&library, low));
    assert_eq!(advised.shown.len(), 5);
    let topic = |advice: &cairn_coach::domain::Advice| {
        let rule = set.rule(&advice.reasons[0].rule).expect("it is there");
        rule.topic.clone()
    };
    let first: Vec<String> = advised.shown.iter().take(3).map(topic).collect();
    assert!(first[0] != first[1] && first[1] != first[2] && first[0] != first[2], "{first:?}");
    assert!(advised.not_shown.iter().all(|other| !other.why.is_empty()));
    for advice in &advised.shown {
        assert!(!advice.reasons.is_empty() && !advice.answers.is_empty());
        assert!(
            advice.reasons.iter().all(|reason| !reason.because.contains('{') && !reason.would_change.is_empty()),
            "{advice:?}"
        );
    }
}

#[test]
fn what_is_meant_for_another_level_or_organisation_is_not_put_forward() {
    let (library, set) = built_in();
    let asked = |level: &str, organisation| {
        let person = Person { level: Some(level.to_owned()), organisation, ..Person::default() };
        let answers = vec![
            answer("DT-6", "2026-11-20", Rated::Value(1), Some(3), ""),
            answer("DT-8", "2026-11-20", Rated::Value(1), Some(3), ""),
        ];
        let advised = advise(&set, &library, &Profile::new(&library, person, TODAY, answers, &[], &[]));
        advised.shown.iter().map(|advice| advice.activity.clone()).collect::<Vec<_>>()
    };
    let front = asked("front-line", Organisation::Provider);
    assert!(!front.is_empty());
    for id in front {
        let activity = library.activity(&id).expect("known");
        assert!(activity.levels.is_empty() || activity.levels.iter().any(|own| own == "front-line"), "{id}");
        assert!(activity.applies_to != cairn_coach::domain::AppliesTo::Commissioner, "{id}");
    }
    let senior = asked("director", Organisation::Commissioner);
    assert!(
        senior.iter().any(|id| library
            .activity(id)
            .is_some_and(|a| a.applies_to == cairn_coach::domain::AppliesTo::Commissioner)),
        "{senior:?}"
    );
}

#[test]
fn a_near_miss_is_one_point_away_and_about_something_not_yet_spoken_of() {
    let (library, set) = built_in();
    let answers = vec![
        answer("FL-5", "2026-11-20", Rated::Value(3), Some(3), ""),
        answer("FC-6", "2026-11-20", Rated::Value(1), Some(3), ""),
    ];
    let advised = advise(&set, &library, &profile(&library, answers));
    let near: Vec<&str> = advised.near.iter().map(|miss| miss.rule.as_str()).collect();
    assert!(near.contains(&"matters-and-not-yet.FL-5"), "{near:?}");
    assert!(near.iter().all(|rule| !rule.ends_with("FC-6")), "{near:?}");
}

#[test]
fn the_head_of_a_file_is_asked_for_and_only_a_warning() {
    let text = "rule(\"x\", #{ title: \"T\", when: answered(\"FL-5\"), suggest: \"small-bet\", because: \"b\" });";
    let mut packs = builtin_packs();
    packs.push(PackFiles {
        label: "acme".to_owned(),
        origin: "acme".to_owned(),
        files: BTreeMap::from([
            ("pack.toml".to_owned(), MANIFEST.to_owned()),
            ("rules/a.rhai".to_owned(), text.to_owned()),
        ]),
    });
    let library = Arc::new(load(&packs).library);
    let (set, faults) = RuleSet::load(&library);
    assert!(set.rule("x").is_some());
    assert!(faults.iter().any(|fault| fault.message.contains("What it notices")), "{faults:?}");
    let (_, _, faults) = with_rules(&format!("{HEAD}{text}"));
    assert!(faults.is_empty());
}

/// Loads two packs over the built-in ones, the second above the first.
fn layered(first: &str, second: &str) -> (RuleSet, Vec<Fault>) {
    let mut packs = builtin_packs();
    for (label, text) in [("first", first), ("second", second)] {
        packs.push(PackFiles {
            label: label.to_owned(),
            origin: label.to_owned(),
            files: BTreeMap::from([
                ("pack.toml".to_owned(), MANIFEST.replace("acme", label)),
                ("rules/a.rhai".to_owned(), text.to_owned()),
            ]),
        });
    }
    let (set, faults) = RuleSet::load(&Arc::new(load(&packs).library));
    (set, faults.into_iter().filter(|f| f.severity == cairn_coach::domain::Severity::Error).collect())
}

const OWN: &str = "rule(\"own\", #{ title: \"T\", when: answered(\"FL-1\"), suggest: \"small-bet\", because: \"b\", priority: 60, locked: LOCKED });";

#[test]
fn a_later_pack_replaces_adjusts_and_disables_by_id_and_says_so() {
    let above = "replace(\"running-on-empty\", #{ title: \"Ours\", when: answered(\"FL-1\"), suggest: \"small-bet\", because: \"b\" });\n\
                 adjust(\"own\", #{ priority: 10, cooldown: 5, note: \"until June\" });\n\
                 disable(\"few-words.*\", \"we ask about this elsewhere\");";
    let (set, faults) = layered(&OWN.replace("LOCKED", "false"), above);
    assert!(faults.is_empty(), "{faults:?}");
    let replaced = set.rule("running-on-empty").expect("there");
    assert_eq!((replaced.title.as_str(), replaced.pack.as_str()), ("Ours", "second"));
    assert_eq!(replaced.owner, "empowered-communities");
    assert!(replaced.changes[0].words.starts_with("replaced by second, and empowered-communities had it at "));
    let own = set.rule("own").expect("there");
    assert_eq!((own.priority, own.cooldown), (10, 5));
    assert_eq!(own.changes[0].words, "priority 60 \u{2192} 10 by second: until June");
    let off: Vec<&str> = set.rules().iter().filter(|rule| !rule.is_on()).map(|rule| rule.id.as_str()).collect();
    assert_eq!(off.len(), 37);
    assert!(off.iter().all(|id| id.starts_with("few-words.")), "{off:?}");
    assert_eq!(
        set.rule("few-words.FL-1").and_then(|rule| rule.off.as_deref()),
        Some("switched off by second: we ask about this elsewhere")
    );
}

#[test]
fn an_override_that_cannot_be_is_a_fault_at_its_place() {
    let free = OWN.replace("LOCKED", "false");
    let locked = OWN.replace("LOCKED", "true");
    for (first, second, message, file) in [
        (free.as_str(), "disable(\"owm\", \"why\");", "there is no rule \"owm\" to disable", "second"),
        (free.as_str(), "disable(\"own\", \"\");", "does not say why", "second"),
        (free.as_str(), "adjust(\"own\", #{ note: \"n\" });", "changes nothing", "second"),
        (free.as_str(), "adjust(\"own\", #{ priority: 5 });", "has no note", "second"),
        (free.as_str(), "adjust(\"own\", #{ priorty: 5, note: \"n\" });", "unknown field \"priorty\"", "second"),
        (free.as_str(), "disable(\"own\", \"a\"); disable(\"own\", \"b\");", "says disable \"own\" twice", "second"),
        (free.as_str(), &free, "is declared twice. The first is at first/rules/a.rhai:1:1", "second"),
        (&format!("{free} disable(\"own\", \"why\");"), "", "is this pack's own", "first"),
        ("disable(\"own\", \"why\");", free.as_str(), "which comes after this pack", "first"),
        (&locked, "disable(\"own\", \"why\");", "is locked by \"first\"", "second"),
        (&locked, "adjust(\"own\", #{ priority: 59, note: \"n\" });", "is locked by \"first\"", "second"),
        (&locked, "adjust(\"own\", #{ cooldown: 4, note: \"n\" });", "is locked by \"first\"", "second"),
    ] {
        let (_, faults) = layered(first, second);
        let [fault] = faults.as_slice() else { panic!("{second}: {faults:?}") };
        assert!(fault.message.contains(message), "{second}: {fault}");
        assert!(fault.file.starts_with(file) && fault.line == Some(1) && !fault.hint.is_empty(), "{second}: {fault}");
    }
    let (set, faults) = layered(&locked, "adjust(\"own\", #{ priority: 90, cooldown: 0, note: \"it matters here\" });");
    assert!(faults.is_empty(), "a locked rule may be raised: {faults:?}");
    assert_eq!(set.rule("own").map(|rule| (rule.priority, rule.cooldown)), Some((90, 0)));
}

#[test]
fn scores_are_calculated_and_total_is_unknown_until_all_are_there() {
    let rated = |values: &[(&str, i64)]| -> Vec<Answer> {
        values.iter().map(|(code, value)| answer(code, "2026-11-20", Rated::Value(*value), None, "")).collect()
    };
    let both = [("FL-1", 2), ("FL-2", 5)];
    for (condition, expected) in [
        ("total([\"FL-1\", \"FL-2\"]) == 7", Truth::Yes),
        ("total(\"FL\") == 7", Truth::Unknown),
        ("6 - rating(\"FL-1\") == 4", Truth::Yes),
        ("-rating(\"FL-1\") == -2", Truth::Yes),
        ("(rating(\"FL-1\") + rating(\"FL-2\")) / 2 == 3.5", Truth::Yes),
        ("rating(\"FL-1\") / (rating(\"FL-2\") - 5) > 0", Truth::Unknown),
        ("rating(\"FL-1\") * 2 + rating(\"FL-7\") >= 4", Truth::Unknown),
        ("minimum(\"FL\") == 2 and maximum(\"FL\") == 5", Truth::Yes),
        ("times_rated(\"FL-1\") == 1 and times_rated(\"FL-7\") == 0", Truth::Yes),
        ("coach_answered(\"FL-1\")", Truth::No),
        ("gap(\"FL-1\") > 0", Truth::Unknown),
    ] {
        assert_eq!(holds(condition, rated(&both)), expected, "{condition}");
    }
}

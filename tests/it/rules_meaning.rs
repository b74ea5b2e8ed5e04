//! The meaning of rules: lints, a typical published self-assessment encoded with the documented language alone, the
//! flat form of conditions compared with the trees, and the table of TOML keys compared with what the loader accepts.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use cairn_coach::domain::{Answer, Library, Person, Profile, Rated, Reflection, Severity};
use cairn_coach::pack::{KeyShape, PackFiles, TomlKey, builtin_packs, load, toml_files};
use cairn_coach::rules::{Facts, RuleSet, advise, lint_rules, read_cases, truth};

use crate::harness::TODAY;

const MANIFEST: &str = "id = \"acme\"\nversion = \"1.0.0\"\ntitle = \"Acme\"\nlicence = \"ours\"\nattribution = \"us\"\nsource = \"us\"\nrules_api = \"1\"\n";
const HEAD: &str = "//! # What it notices\n//! x\n//! # Why it matters\n//! x\n//! # What it cannot know\n//! x\n";

fn pack(files: &[(&str, &str)]) -> PackFiles {
    let mut all = BTreeMap::from([("pack.toml".to_owned(), MANIFEST.to_owned())]);
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    PackFiles { label: "acme".to_owned(), origin: "acme".to_owned(), files: all }
}

fn loaded(files: &[(&str, &str)]) -> (Arc<Library>, RuleSet) {
    let mut packs = builtin_packs();
    packs.push(pack(files));
    let loaded = load(&packs);
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    let library = Arc::new(loaded.library);
    let (set, faults) = RuleSet::load(&library);
    let errors: Vec<_> = faults.iter().filter(|fault| fault.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    (library, set)
}

fn rule(id: &str, when: &str, rest: &str) -> String {
    format!("rule(\"{id}\", #{{ title: \"T\", when: {when}, suggest: [\"small-bet\"], because: \"b\"{rest} }});\n")
}

#[test]
fn conditions_that_cannot_be_right_are_told_with_a_next_step() {
    let two = |a: &str, b: &str| format!("{}{}", rule("a", a, ""), rule("b", b, ""));
    for (text, message, hint) in [
        (
            rule("a", "rating(\"FL-1\") <= 0", ""),
            "this can never be true: <= 0, and it goes from 1 to 5",
            "inside the scale",
        ),
        (rule("a", "rating(\"FL-1\") >= 1", ""), "this is always true: >= 1", "answered("),
        (rule("a", "6 > rating(\"FL-1\")", ""), "this is always true: < 6", "answered("),
        (rule("a", "importance(\"FL-1\") > 3", ""), "this can never be true: > 3, and it goes from 1 to 3", "scale"),
        (rule("a", "average(\"FL\") > 5", ""), "this can never be true: > 5", "scale"),
        (rule("a", "trend(\"FL-1\", 3) <= -5", ""), "this can never be true: <= -5, and it goes from -4 to 4", "scale"),
        (
            rule("a", "total([\"FL-1\", \"FL-2\"]) > 10", ""),
            "this can never be true: > 10, and it goes from 2 to 10",
            "scale",
        ),
        (rule("a", "level() > 9", ""), "this can never be true: > 9", "scale"),
        (rule("a", "sessions() < 0", ""), "this can never be true: < 0, and it starts at 0", "scale"),
        (rule("a", "rating(\"FL-1\") <= 2 and rating(\"FL-1\") >= 4", ""), "can never apply", "join them with or"),
        (rule("a", "rating(\"FL-1\") <= 2 and not(rating(\"FL-1\") <= 3)", ""), "can never apply", "join them with or"),
        (
            rule("a", "chose(\"FL-1\", \"cannot-say\") and answered(\"FL-1\")", ""),
            "can never apply",
            "join them with or",
        ),
        (
            two("rating(\"FL-1\") <= 2", "rating(\"FL-1\") <= 2"),
            "the same condition and the same priority",
            "another priority",
        ),
        (
            two("rating(\"FL-1\") <= 3", "rating(\"FL-1\") <= 2 and level() >= 2"),
            "adds nothing. Whenever it applies, \"a\" applies too",
            "remove it",
        ),
        (
            rule("a", "answered(\"FL-1\")", "").replace("\"b\"", &format!("\"{}.\"", "word ".repeat(30).trim())),
            "because is hard to read: a sentence has 30 words",
            "short sentences",
        ),
    ] {
        let (library, set) = loaded(&[("rules/a.rhai", &format!("{HEAD}{text}"))]);
        let found = lint_rules(&set, &library, "acme");
        let fault = found.iter().find(|fault| fault.message.contains(message));
        let fault = fault.unwrap_or_else(|| panic!("{text} gives {found:?}"));
        assert!(fault.hint.contains(hint) && fault.severity == Severity::Warning, "{fault}");
        assert!(fault.line >= Some(7) && fault.to_string().contains('^'), "{fault}");
    }
}

#[test]
fn conditions_that_can_be_right_are_left_alone() {
    for when in [
        "rating(\"FL-1\") <= 1 or rating(\"FL-1\") >= 5",
        "rating(\"FL-1\") >= 2 and rating(\"FL-1\") <= 2",
        "average(\"FL\") > 4.5 and average(\"FL\") < 4.6",
        "any([rating(\"FL-1\") <= 2, rating(\"FL-2\") <= 2]) and not(rating(\"FL-1\") <= 2)",
        "at_least(2, [rating(\"FL-1\") <= 2, rating(\"FL-1\") >= 4, answered(\"FL-2\")])",
        "rating(\"FL-1\") != 9",
        "6 - rating(\"FL-1\") >= 4",
    ] {
        let (library, set) = loaded(&[("rules/a.rhai", &format!("{HEAD}{}", rule("a", when, "")))]);
        let found = lint_rules(&set, &library, "acme");
        assert!(found.is_empty(), "{when}: {found:?}");
    }
}

/// A self-assessment of a common published form: 36 items in 4 areas, answered from 0 to 3, and in each area three
/// bands of the sum, each with its own recommendation.
fn self_assessment() -> [(&'static str, String); 3] {
    let areas = ["EN", "PL", "TE", "SE"];
    let mut framework = String::from(
        "id = \"check\"\nedition = \"1\"\ntitle = \"Check\"\nsummary = \"Items.\"\n[scale]\nquestion = \"How often?\"\npoints = [\n  \
         { value = 0, label = \"Never\" }, { value = 1, label = \"Sometimes\" }, { value = 2, label = \"Often\" }, { value = 3, label = \"Always\" },\n]\n",
    );
    let mut activities = String::new();
    for area in areas {
        let low = area.to_lowercase();
        write!(framework, "[[theme]]\ncode = \"{area}\"\nid = \"{low}\"\ntitle = \"{area}\"\n").expect("text");
        for item in 1..=9 {
            let (title, statement) = (format!("Does {item}"), format!("Does {item}."));
            write!(framework,
                "[[behaviour]]\ncode = \"{area}-{item}\"\ntheme = \"{area}\"\ntitle = \"{title}\"\nstatement = \"{statement}\"\n"
            ).expect("text");
        }
        for band in ["begin", "build", "share"] {
            write!(activities,
                "[[activity]]\nid = \"{low}-{band}\"\ntitle = \"{band}\"\nkind = \"on-the-job\"\nbehaviours = [\"{area}-1\"]\nminutes = 10\nfirst_step = \"Begin.\"\n"
            ).expect("text");
        }
    }
    let rules = format!(
        "{HEAD}for area in themes(\"check\") {{\n  let score = total(area);\n  let name = lower(area);\n  \
         rule(`${{name}}.low`, #{{ title: \"Low\", when: score <= 9, suggest: [`${{name}}-begin`], because: \"Your sum is {{value}}.\" }});\n  \
         rule(`${{name}}.middle`, #{{ title: \"Middle\", when: score >= 10 and score <= 18, suggest: [`${{name}}-build`], because: \"b\" }});\n  \
         rule(`${{name}}.high`, #{{ title: \"High\", when: score >= 19, suggest: [`${{name}}-share`], because: \"b\" }});\n}}\n"
    );
    [("framework.toml", framework), ("activities.toml", activities), ("rules/a.rhai", rules)]
}

#[test]
fn a_self_assessment_of_36_items_and_12_bands_recommends_as_published_at_every_boundary() {
    let files = self_assessment();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let (library, set) = loaded(&files);
    assert!(lint_rules(&set, &library, "acme").is_empty(), "{:?}", lint_rules(&set, &library, "acme"));
    for (sum, band) in [(0, "begin"), (9, "begin"), (10, "build"), (18, "build"), (19, "share"), (27, "share")] {
        let item = |area: &str, at: i64| {
            let value = sum / 9 + i64::from(at <= sum % 9);
            plain(&format!("{area}-{at}"), "check", Rated::Value(value))
        };
        let answers = ["EN", "PL", "TE", "SE"].iter().flat_map(|area| (1..=9).map(move |at| item(area, at))).collect();
        let profile = Profile::new(&library, Person::default(), TODAY, answers, &[], &[]);
        let shown: Vec<String> =
            advise(&set, &library, &profile).shown.into_iter().map(|advice| advice.activity).collect();
        let wanted: Vec<String> = ["en", "pl", "se", "te"].iter().map(|area| format!("{area}-{band}")).collect();
        let mut sorted = shown.clone();
        sorted.sort();
        assert_eq!(sorted, wanted, "a sum of {sum} in every area");
    }
    let missing = (1..=8).map(|at| plain(&format!("EN-{at}"), "check", Rated::Value(3))).collect();
    let profile = Profile::new(&library, Person::default(), TODAY, missing, &[], &[]);
    assert!(advise(&set, &library, &profile).shown.is_empty(), "a sum with an item missing is not a sum");
}

fn plain(code: &str, framework: &str, rated: Rated) -> Answer {
    Answer {
        framework: framework.to_owned(),
        edition: "1".to_owned(),
        behaviour: code.to_owned(),
        rated,
        ..Answer::blank(TODAY)
    }
}

/// Random numbers that are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn the_flat_conditions_come_out_as_the_trees_do() {
    let text = format!(
        "{HEAD}{}{}{}{}",
        rule("x.a", "not(any([rating(\"FL-1\") <= 2, mentions(\"FL-1\", \"time\")])) and 3 <= rating(\"FL-2\")", ""),
        rule(
            "x.b",
            "at_least(2, [rating(\"FL-1\") < importance(\"FL-1\"), answered(\"FL-2\"), !lowest(\"FL-3\"), level() >= 2])",
            ""
        ),
        rule("x.c", "rating(\"FL-1\") + rating(\"FL-2\") >= 2 * rating(\"FL-3\") or not(not(answered(\"FL-1\")))", ""),
        rule(
            "x.d",
            "at_least(3, [rating(\"FL-1\") == 1, rating(\"FL-2\") != 1, rating(\"FL-3\") > 1, rating(\"FL-4\") >= 1])",
            ""
        ),
    );
    let (library, set) = loaded(&[("rules/a.rhai", &text)]);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut spoke = 0;
    for _ in 0..150 {
        let mut answers = Vec::new();
        for ix in library.indices() {
            if random.below(3) == 0 {
                continue;
            }
            let behaviour = library.behaviour(ix);
            let rated = match random.below(7) {
                0 => Rated::Not(cairn_coach::domain::NonAnswer::CannotSay),
                1 => Rated::Unanswered,
                _ => Rated::Value(1 + i64::try_from(random.below(5)).expect("small")),
            };
            let mut answer = plain(&behaviour.code, &behaviour.framework, rated);
            answer.edition = library.framework_of(ix).edition.clone();
            answer.importance = (random.below(2) == 0).then(|| 1 + i64::try_from(random.below(3)).expect("small"));
            if random.below(2) == 0 {
                answer.reflections = vec![Reflection { prompt: String::new(), text: "No time for it.".to_owned() }];
            }
            answers.push(answer);
        }
        let profile = Profile::new(&library, Person::default(), TODAY, answers, &[], &[]);
        let facts = Facts::new(&library, &profile);
        let flat = set.truths(&facts);
        for (rule, flat) in set.rules().iter().zip(flat) {
            assert_eq!(truth(&rule.when, &facts), flat, "{}", rule.id);
            spoke += usize::from(flat == cairn_coach::domain::Truth::Yes);
        }
    }
    assert!(spoke > 1_000, "{spoke}");
}

/// A table of keys: the path of tables that contains it, each with whether it is a list of tables, and its keys.
type Listed<'a> = (Vec<(&'a str, bool)>, &'a [TomlKey]);

/// Collects every table of keys with its path.
fn tables<'a>(path: &[(&'a str, bool)], keys: &'a [TomlKey], found: &mut Vec<Listed<'a>>) {
    found.push((path.to_vec(), keys));
    for key in keys {
        let (inner, many) = match &key.shape {
            KeyShape::Table(inner) => (inner, false),
            KeyShape::Tables(inner) => (inner, true),
            _ => continue,
        };
        tables(&[path, &[(key.name, many)]].concat(), inner, found);
    }
}

#[test]
fn the_table_of_keys_is_what_the_loader_accepts() {
    let (library, set) = loaded(&[]);
    let mut compared = 0;
    for file in toml_files() {
        let mut all = Vec::new();
        tables(&[], file.keys, &mut all);
        for (path, keys) in all {
            // An unknown key at this place makes the loader list the keys that it knows there.
            let mut text = String::new();
            for depth in 0..path.len() {
                let name = path[..=depth].iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".");
                let name = if path[depth].1 { format!("[{name}]") } else { name };
                writeln!(text, "[{name}]").expect("text");
            }
            text.push_str("zzzzzzzz = 1\n");
            let faults = if file.name == "cases/*.toml" {
                read_cases("cases/a.toml", &text, "acme", &library, &set).expect_err("an unknown key")
            } else {
                let mut packs = builtin_packs();
                let mut files = pack(&[]);
                files.files.insert(file.name.to_owned(), text.clone());
                packs.push(files);
                load(&packs).faults
            };
            let fault = faults.iter().find(|fault| fault.message.contains("zzzzzzzz"));
            let hint = &fault.unwrap_or_else(|| panic!("{} {path:?}: {faults:?}", file.name)).hint;
            let known = hint.strip_prefix("the keys that you can use here are ").unwrap_or_else(|| panic!("{hint}"));
            let mut known: Vec<&str> = known.split(", ").collect();
            let mut listed: Vec<&str> = keys.iter().map(|key| key.name).collect();
            known.sort_unstable();
            listed.sort_unstable();
            assert_eq!(listed, known, "{} {path:?}", file.name);
            assert!(keys.iter().all(|key| key.doc.ends_with('.') && key.doc.chars().count() < 120), "{}", file.name);
            compared += 1;
        }
    }
    assert!(compared >= 20, "{compared}");
}

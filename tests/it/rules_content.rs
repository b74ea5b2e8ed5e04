//! The shipped rules: they use the whole language, a case covers each of their conditions, and a small mistake in one
//! would be detected. The same applies to the template for organisations.

use std::path::PathBuf;

use cairn_coach::desk::{LoadedPacks, OpenOptions};
use cairn_coach::domain::Severity;
use cairn_coach::pack::{PackFiles, builtin_packs};
use cairn_coach::rules::{Coverage, api};

use crate::harness::TODAY;

/// Functions that only a pack above another one can use.
const ACROSS: [&str; 3] = ["replace", "adjust", "disable"];

fn example() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("rules/example-organisation")
}

/// Loads packs and rules, with the given folders. Asserts that there are no errors.
fn loaded_packs(folders: &[PathBuf]) -> LoadedPacks {
    let opening = OpenOptions { demo: true, today: Some(TODAY), ..OpenOptions::default() };
    let loaded_packs = LoadedPacks::authoring(&opening, folders);
    let errors: Vec<String> = loaded_packs.errors().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    loaded_packs
}

/// Returns the packs that are built in, or those that are not.
fn packs(loaded_packs: &LoadedPacks, built_in: bool) -> Vec<PackFiles> {
    loaded_packs.packs.iter().filter(|pack| pack.is_built_in() == built_in).cloned().collect()
}

/// Asserts that every case passes, that everything is covered and that no small mistake goes undetected. Returns the
/// coverage.
fn held(loaded_packs: &LoadedPacks, packs: &[PackFiles]) -> Coverage {
    let cases = loaded_packs.cases_of(packs).unwrap_or_else(|faults| panic!("{faults:?}"));
    for outcome in loaded_packs.run(&cases) {
        assert!(outcome.failures.is_empty(), "{} at {}: {:?}", outcome.name, outcome.at, outcome.failures);
    }
    let covered = loaded_packs.coverage(packs, &cases);
    let missing: Vec<&str> =
        covered.leaves.iter().filter(|leaf| !leaf.yes || !leaf.no).map(|leaf| leaf.at.as_str()).collect();
    assert!(missing.is_empty(), "conditions not seen both ways: {missing:?}");
    let mute: Vec<&str> = covered.rules.iter().filter(|rule| rule.spoke == 0).map(|rule| rule.id.as_str()).collect();
    assert!(mute.is_empty(), "rules that speak in no case: {mute:?}");
    assert!(covered.unreached.is_empty(), "activities that no rule suggests: {:?}", covered.unreached);
    assert_eq!(covered.lowest(), 100);
    let mutants = loaded_packs.mutants(packs, &cases);
    assert!(mutants.len() > 20, "{}", mutants.len());
    let survived: Vec<String> = mutants
        .iter()
        .filter(|mutant| mutant.noticed_by.is_none())
        .map(|mutant| format!("{} at {}: {}", mutant.rule, mutant.at, mutant.change))
        .collect();
    assert!(survived.is_empty(), "{}", survived.join("\n"));
    covered
}

#[test]
fn the_built_in_rules_are_told_of_in_full_and_a_mistake_in_them_would_be_noticed() {
    let loaded_packs = loaded_packs(&[]);
    let covered = held(&loaded_packs, &packs(&loaded_packs, true));
    assert!(covered.rules.len() >= 30, "{} families and single rules", covered.rules.len());
}

#[test]
fn the_template_for_organisations_stands_over_the_built_in_packs_without_a_warning() {
    let loaded_packs = loaded_packs(&[example()]);
    let own = packs(&loaded_packs, false);
    let [pack] = own.as_slice() else { panic!("one pack stands: {}", own.len()) };
    let warnings: Vec<String> = loaded_packs.review(pack).iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{}", warnings.join("\n"));
    held(&loaded_packs, &own);

    let id = loaded_packs.id_of(pack);
    assert_eq!(id, "example-organisation");
    let replaced = loaded_packs.rules.rule("doing-it-all-myself").expect("it stands");
    assert_eq!((replaced.pack.as_str(), replaced.owner.as_str()), (id, "empowered-communities"));
    let louder = loaded_packs.rules.rule("no-time.FL-5").expect("it stands");
    assert!(louder.priority == 81 && louder.changes.len() == 1, "{:?}", louder.changes);
    let off = loaded_packs.rules.rules().iter().filter(|rule| !rule.is_on());
    assert_eq!(off.filter(|rule| rule.id.starts_with("few-words.")).count(), 37);
    assert!(loaded_packs.rules.rule("example.safety-first").is_some_and(|rule| rule.locked));
    assert!(
        loaded_packs
            .rules
            .rule("example.coffee-before-meetings")
            .is_some_and(|rule| rule.id.ends_with("tea-before-meetings"))
    );
    assert!(loaded_packs.library.activity("five-minute-pause").is_some_and(|activity| activity.pack == id));
    let framework = loaded_packs.library.framework("example-care").expect("it is there");
    assert_eq!((framework.scale.points.len(), framework.themes.len(), framework.levels.len()), (4, 2, 2));
}

#[test]
fn the_template_is_built_into_nothing_and_changes_nobodys_advice() {
    assert!(builtin_packs().iter().all(|pack| pack.label != "example-organisation"));
    let rules = loaded_packs(&[]).rules;
    assert!(
        rules.rules().iter().all(|rule| rule.is_on() && rule.changes.is_empty() && !rule.id.starts_with("example."))
    );
}

/// Returns the rule files of some packs without their comments.
fn scripts(packs: &[PackFiles]) -> String {
    let files = packs.iter().flat_map(|pack| &pack.files).filter(|(path, _)| path.starts_with("rules/"));
    let lines = files.flat_map(|(_, text)| text.lines().filter(|line| !line.trim_start().starts_with("//")));
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// Returns whether a script uses a function or operator; operators are written between blanks.
fn uses(script: &str, name: &str) -> bool {
    let called = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !["and", "or"].contains(&name);
    let sought = if called { format!("{name}(") } else { format!(" {name} ") };
    script.match_indices(&sought).any(|(at, _)| {
        let before = script.get(..at).and_then(|head| head.chars().next_back());
        !called || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn the_built_in_rules_and_the_template_use_the_whole_language() {
    let loaded_packs = loaded_packs(&[example()]);
    let (built_in, own) = (scripts(&packs(&loaded_packs, true)), scripts(&packs(&loaded_packs, false)));
    for entry in api() {
        let (script, whose) =
            if ACROSS.contains(&entry.name) { (&own, "the template") } else { (&built_in, "a built-in rule") };
        assert!(uses(script, entry.name), "{} is not used by {whose}", entry.name);
    }
    for operator in ["<=", ">", ">=", "==", "<", "+", "-", "*", "/"] {
        assert!(uses(&built_in, operator), "{operator}");
    }
    for faults in [loaded_packs.faults_in("example-organisation"), loaded_packs.faults_in("empowered-communities")] {
        assert!(faults.iter().all(|fault| fault.severity == Severity::Warning), "{faults:?}");
    }
}

/// Maximum number of words in a sentence shown to the user.
const MOST_WORDS: usize = 25;

#[test]
fn the_sentences_are_short_and_say_no_numbers_about_a_person_as_a_whole() {
    let loaded_packs = loaded_packs(&[example()]);
    for rule in loaded_packs.rules.rules() {
        let text = &rule.because.text;
        for sentence in text.split(['.', ';', ':', '?']) {
            assert!(sentence.split_whitespace().count() <= MOST_WORDS, "{}: {sentence}", rule.id);
        }
        let mut whole = false;
        rule.when.leaves(&mut |leaf, _| {
            let asked = format!("{:?}", leaf.test);
            whole |= ["Average(", "Total("].iter().any(|fact| asked.contains(fact));
        });
        assert!(!whole || !text.contains("{value}"), "{}: a sum or a mean is no mark: {text}", rule.id);
    }
}

/// The memory use of the rest of the process has no influence on whether the built-in rules load.
#[test]
fn the_built_in_rules_are_read_however_full_the_process_is() {
    let loaded_packs = LoadedPacks::load(&[]);
    let (set, faults) = cairn_coach::rules::RuleSet::load_within(&loaded_packs.library, 0);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(set.rules().len(), loaded_packs.rules.rules().len());
}

//! What the README says is what the program does: its key table, search card, screen and rule are compared with it.
//! `CAIRN_BLESS=1 cargo test readme` writes them anew.

#![expect(clippy::disallowed_methods, reason = "the README is read, and written anew on request")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use cairn_coach::command::{COMMANDS, Context, Group};
use cairn_coach::domain::{AppliesTo, Severity};
use cairn_coach::pack::{PackFiles, builtin_packs, load};
use cairn_coach::rules::RuleSet;
use cairn_coach::search::syntax;

use crate::harness::App;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Compares what stands between two marks with what should.
fn section(name: &str, expected: &str) {
    let readme = std::fs::read_to_string(PATH).expect("readable");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = readme.split_once(&open).unwrap_or_else(|| panic!("the README has no {open}"));
    let (held, after) = rest.split_once(&close).unwrap_or_else(|| panic!("the README has no {close}"));
    if std::env::var_os("CAIRN_BLESS").is_some() {
        std::fs::write(PATH, format!("{before}{open}{expected}{close}{after}")).expect("writable");
        return;
    }
    assert_eq!(held, expected, "the README's {name} is not the program's; CAIRN_BLESS=1 writes it anew");
}

fn place(context: Context) -> &'static str {
    match context {
        Context::Global => "everywhere",
        Context::Go => "where letters are not text",
        Context::Home => "Today",
        Context::List => "lists",
        Context::Find => "Find",
        Context::Reflect => "Reflect",
        Context::Choice => "rating, importance",
        Context::Review => "review",
        Context::Write => "writing",
        Context::Advice => "Advice",
        Context::Plan => "Plan",
        Context::Rules => "Rules",
        Context::Rule => "a rule",
        Context::Before => "an earlier answer",
        Context::Form => "forms",
        Context::Picker => "choices",
        Context::Help => "help",
    }
}

#[test]
fn keys_search_and_screen_are_the_programs() {
    let mut keys = "| keys | where | what |\n| --- | --- | --- |\n".to_owned();
    for group in Group::ALL {
        for entry in COMMANDS.iter().filter(|entry| entry.group == group) {
            let mut places: Vec<(&str, Vec<&str>)> = Vec::new();
            for (context, key) in entry.keys {
                let here = place(*context);
                match places.iter_mut().find(|(known, _)| *known == here) {
                    Some((_, list)) => list.push(key),
                    None => places.push((here, vec![key])),
                }
            }
            let mut grouped: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
            for (here, list) in places {
                match grouped.iter_mut().find(|(_, known)| *known == list) {
                    Some((wheres, _)) => wheres.push(here),
                    None => grouped.push((vec![here], list)),
                }
            }
            let shown: Vec<String> = grouped
                .iter()
                .map(|(_, list)| list.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" "))
                .collect();
            let wheres: Vec<String> = grouped.iter().map(|(wheres, _)| wheres.join(", ")).collect();
            let _ = writeln!(keys, "| {} | {} | {} |", shown.join("; "), wheres.join("; "), entry.help);
        }
    }
    section("keys", &keys);
    let mut card = "| example | finds |\n| --- | --- |\n".to_owned();
    for (example, meaning) in syntax() {
        let _ = writeln!(card, "| `{}` | {} |", example.replace('|', "\\|"), meaning.replace('|', "\\|"));
    }
    section("syntax", &card);
    let screen = App::demo().keys("4 w").screen();
    section("screen", &format!("```text\n{screen}\n```\n"));
}

#[test]
fn the_rule_and_the_answers_of_the_readme_are_understood() {
    let readme = std::fs::read_to_string(PATH).expect("readable");
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/README.md");
    let guide = std::fs::read_to_string(guide).expect("readable");
    let block = |text: &str, language: &str| {
        let readme = text;
        let rest = readme.split_once(&format!("```{language}\n")).expect("a block").1;
        rest.split_once("```").expect("its end").0.to_owned()
    };
    let mut packs = builtin_packs();
    let manifest = "id = \"readme\"\nversion = \"1.0.0\"\ntitle = \"R\"\nlicence = \"x\"\nattribution = \"x\"\nsource = \"x\"\nrules_api = \"1\"\n";
    packs.push(PackFiles {
        label: "readme".to_owned(),
        origin: "readme".to_owned(),
        files: BTreeMap::from([
            ("pack.toml".to_owned(), manifest.to_owned()),
            ("rules/a.rhai".to_owned(), block(&readme, "rhai")),
            ("rules/b.rhai".to_owned(), block(&guide, "rhai").replace("feedback.low", "feedback.guide")),
        ]),
    });
    let library = Arc::new(load(&packs).library);
    let (set, faults) = RuleSet::load(&library);
    assert!(faults.iter().all(|fault| fault.severity == Severity::Warning), "{faults:?}");
    assert!(set.rule("feedback.low").is_some() && set.rule("feedback.guide").is_some());
    let of_guide = faults.iter().filter(|fault| fault.file.ends_with("b.rhai")).count();
    assert_eq!(of_guide, 0, "the guide's example lacks nothing: {faults:?}");
    let case = block(&guide, "toml").replace("feedback.low", "feedback.guide");
    let cases = cairn_coach::rules::read_cases("rules/README.md", &case, "readme", &library, &set);
    assert_eq!(cases.map(|cases| cases.len()), Ok(1));
    let read = cairn_coach::desk::read_answers("README.md", &block(&readme, "json"), &library, crate::harness::TODAY);
    let read = read.unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(read.answers.len(), 2);
    assert!(read.person.organisation.meets(AppliesTo::Provider));
}

#[test]
fn the_figures_of_the_readme_are_true() {
    let library = load(&builtin_packs()).library;
    let readme = std::fs::read_to_string(PATH).expect("readable");
    assert!(
        readme.contains("37 behaviours") && readme.contains("28 elements") && readme.contains("Over 200 activities")
    );
    assert_eq!(library.behaviours.len(), 37 + 28);
    assert!(library.activities.len() > 200, "{}", library.activities.len());
    assert_eq!(library.models.len(), 7);
}

//! The README and the guides describe what the program does: key table, search syntax, screen and rule are compared
//! with the program, and every page that they link to exists. `CAIRN_BLESS=1 cargo test readme` regenerates the
//! compared sections.

#![expect(clippy::disallowed_methods, reason = "the README is read, and written anew on request")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use cairn_coach::command::{COMMANDS, Group};
use cairn_coach::domain::{AppliesTo, Fault, Library, Severity};
use cairn_coach::pack::{KeyShape, PackFiles, TomlKey, builtin_packs, load, toml_files};
use cairn_coach::rules::{ApiKind, RuleSet, api};
use cairn_coach::search::syntax;

use crate::binary::Cairn;
use crate::harness::App;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/guides/keys.md");
const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/README.md");

/// Compares the text between two markers of a page with the expected text.
fn section_of(path: &str, name: &str, expected: &str) {
    let readme = std::fs::read_to_string(path).expect("readable");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = readme.split_once(&open).unwrap_or_else(|| panic!("{path} has no {open}"));
    let (held, after) = rest.split_once(&close).unwrap_or_else(|| panic!("{path} has no {close}"));
    if std::env::var_os("CAIRN_BLESS").is_some() {
        std::fs::write(path, format!("{before}{open}{expected}{close}{after}")).expect("writable");
        return;
    }
    assert_eq!(held, expected, "the {name} of {path} is not the program's; CAIRN_BLESS=1 writes it anew");
}

#[test]
fn keys_search_and_screen_are_the_programs() {
    let mut keys = "| keys | where | what |\n| --- | --- | --- |\n".to_owned();
    for group in Group::ALL {
        for entry in COMMANDS.iter().filter(|entry| entry.group == group) {
            let mut places: Vec<(&str, Vec<&str>)> = Vec::new();
            for (context, key) in entry.keys {
                let here = context.title();
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
    section_of(KEYS, "keys", &keys);
    let mut card = "| example | finds |\n| --- | --- |\n".to_owned();
    for (example, meaning) in syntax() {
        let _ = writeln!(card, "| `{}` | {} |", example.replace('|', "\\|"), meaning.replace('|', "\\|"));
    }
    section_of(KEYS, "syntax", &card);
    let screen = App::demo().keys("4 w").screen();
    section_of(PATH, "screen", &format!("```text\n{screen}\n```\n"));
}

#[test]
fn every_command_is_in_its_table() {
    let readme = std::fs::read_to_string(PATH).expect("readable");
    let table =
        readme.split_once("## On the command line").expect("a chapter").1.split_once("```text\n").expect("a table").1;
    let table = table.split_once("```").expect("its end").0;
    let told: BTreeSet<&str> = table.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    let help = Cairn::new().run(&["--help"]).exits(0).out;
    let commands = help.split_once("Commands:\n").expect("commands").1.split_once("\n\n").expect("their end").0;
    let commands: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() >= 12, "{commands:?}");
    for command in commands {
        assert!(told.contains(command), "the README's table has no line for {command}");
    }
}

#[test]
fn the_rule_and_the_answers_of_the_readme_are_understood() {
    let readme = std::fs::read_to_string(PATH).expect("readable");
    let block = |language: &str| {
        let rest = readme.split_once(&format!("```{language}\n")).expect("a block").1;
        rest.split_once("```").expect("its end").0.to_owned()
    };
    let (library, set, faults) = with_rules(&block("rhai"));
    assert!(faults.iter().all(|fault| fault.severity == Severity::Warning), "{faults:?}");
    assert!(set.rule("feedback.low").is_some());
    let read = cairn_coach::desk::read_answers("README.md", &block("json"), &library, crate::harness::TODAY);
    let read = read.unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(read.answers.len(), 2);
    assert!(read.person.organisation.meets(AppliesTo::Provider));
}

fn with_rules(text: &str) -> (Arc<Library>, RuleSet, Vec<Fault>) {
    let mut packs = builtin_packs();
    let manifest = "id = \"readme\"\nversion = \"1.0.0\"\ntitle = \"R\"\nlicence = \"x\"\nattribution = \"x\"\nsource = \"x\"\nrules_api = \"1\"\n";
    packs.push(PackFiles {
        label: "readme".to_owned(),
        origin: "readme".to_owned(),
        files: BTreeMap::from([
            ("pack.toml".to_owned(), manifest.to_owned()),
            ("rules/a.rhai".to_owned(), text.to_owned()),
        ]),
    });
    let library = Arc::new(load(&packs).library);
    let (set, faults) = RuleSet::load(&library);
    (library, set, faults)
}

/// Returns the fenced blocks of the guide's first chapter: language, the line before, content.
fn first_chapter() -> Vec<(String, String, String)> {
    let guide = std::fs::read_to_string(GUIDE).expect("readable");
    let chapter =
        guide.split_once("\n## 1.").expect("the first chapter").1.split_once("\n## 2.").expect("its end").0.to_owned();
    let mut blocks = Vec::new();
    let mut before = String::new();
    let mut lines = chapter.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let content: String =
                lines.by_ref().take_while(|line| *line != "```").fold(String::new(), |text, line| text + line + "\n");
            blocks.push((language.to_owned(), before.clone(), content));
        } else if !line.is_empty() {
            line.clone_into(&mut before);
        }
    }
    blocks
}

/// Follows the guide word for word; every step does what the guide says.
#[test]
fn the_first_chapter_of_the_guide_ends_with_a_tested_and_signed_pack() {
    let cairn = Cairn::new();
    let (mut commands, mut files) = (0, 0);
    for (language, before, content) in first_chapter() {
        if language == "console" {
            for line in content.lines() {
                let line = line.strip_prefix("$ cairn ").unwrap_or_else(|| panic!("{line}"));
                let mut args: Vec<String> = Vec::new();
                for (at, part) in line.split('"').enumerate() {
                    // Text between quotation marks is one argument.
                    if at % 2 == 1 {
                        args.push(part.to_owned());
                    } else {
                        args.extend(part.split_whitespace().map(str::to_owned));
                    }
                }
                let ran = cairn.run(&args.iter().map(String::as_str).collect::<Vec<_>>()).exits(0).quiet();
                assert!(!ran.out.contains("survived:") && !ran.out.contains("warning"), "{line}:\n{}", ran.out);
                commands += 1;
            }
        } else {
            let path = before.strip_prefix("File `").and_then(|rest| rest.strip_suffix("`:")).expect("File `…`:");
            cairn.file(path, content);
            files += 1;
        }
    }
    assert_eq!((commands, files), (11, 3));
    let covered = cairn.run(&["rules", "coverage", "our-pack", "--min", "100"]).exits(0);
    assert!(covered.out.contains("100 %  conditions seen"), "{}", covered.out);
    let listed = cairn.run(&["rules", "list"]).exits(0).quiet().out;
    for words in
        ["our-pack.no-time-to-ask", "our-pack.come-a-long-way", "switched off by our-pack", "replaced by our-pack"]
    {
        assert!(listed.contains(words), "{words} is not in\n{listed}");
    }
    assert!(cairn.run(&["pack", "list"]).exits(0).out.contains("our-pack 1.0.0"));
}

#[test]
fn the_other_examples_of_the_guide_are_understood() {
    let guide = std::fs::read_to_string(GUIDE).expect("readable");
    let chapter = |from: &str, to: &str| {
        guide.split_once(from).expect("a chapter").1.split_once(to).expect("its end").0.to_owned()
    };
    let block = |text: &str, language: &str| {
        let rest = text.split_once(&format!("```{language}\n")).expect("a block").1;
        rest.split_once("```").expect("its end").0.to_owned()
    };
    let (library, set, _) = with_rules("");
    let case =
        block(&chapter("\n## 4.", "\n## 5."), "toml").replace("our-pack.feedback-matters-not", "running-on-empty");
    let cases = cairn_coach::rules::read_cases("rules/README.md", &case, "readme", &library, &set);
    assert_eq!(cases.map(|cases| cases.len()), Ok(1));
    let bands = block(&chapter("\n## 6.", "\n## 7."), "rhai").replace("our-check", "empowered-communities");
    let bands =
        ["begin", "build", "share"].iter().fold(bands, |text, band| text.replace(&format!("our-{band}"), "small-bet"));
    let (_, set, faults) = with_rules(&bands);
    assert!(faults.iter().all(|fault| fault.severity == Severity::Warning), "{faults:?}");
    assert!(set.rule("fl.begin").is_some() && set.rule("si.share").is_some());
}

#[test]
fn the_reference_of_the_guide_is_the_programs() {
    let mut language = String::new();
    for kind in ApiKind::ALL {
        let _ = writeln!(language, "**{}**\n\n| call | what it is |\n| --- | --- |", kind.title());
        for entry in api().iter().filter(|entry| entry.kind == kind) {
            let _ =
                writeln!(language, "| `{}` | {} |", entry.signature.replace('|', "\\|"), entry.doc.replace('|', "\\|"));
        }
        language.push('\n');
    }
    section_of(GUIDE, "language", &language);
    let mut keys = String::new();
    for file in toml_files() {
        let _ = writeln!(
            keys,
            "**`{}`**: {}\n\n| key | what stands there | meaning |\n| --- | --- | --- |",
            file.name, file.about
        );
        rows("", file.keys, &mut keys);
        keys.push('\n');
    }
    section_of(GUIDE, "keys", &keys);
}

/// Adds the rows for the keys of one table and of its inner tables.
fn rows(within: &str, keys: &[TomlKey], text: &mut String) {
    for key in keys {
        let name = format!("{within}{}", key.name);
        let shown = if key.required { format!("**`{name}`**") } else { format!("`{name}`") };
        let (shape, inner): (String, &[TomlKey]) = match &key.shape {
            KeyShape::Text => ("words".to_owned(), &[]),
            KeyShape::Whole => ("a whole number".to_owned(), &[]),
            KeyShape::YesNo => ("true or false".to_owned(), &[]),
            KeyShape::Texts => ("a list of words".to_owned(), &[]),
            KeyShape::OneOf(words) => (words.join(", "), &[]),
            KeyShape::TextByName => ("`{ name = \"words\" }`".to_owned(), &[]),
            KeyShape::TextsByName => ("`{ name = [\"words\"] }`".to_owned(), &[]),
            KeyShape::WholeByName => ("`{ name = 3 }`".to_owned(), &[]),
            KeyShape::WholesByName => ("`[{ name = 3 }]`".to_owned(), &[]),
            KeyShape::Table(inner) => (format!("`[{name}]`"), inner),
            KeyShape::Tables(inner) => (format!("`[[{name}]]`, as many as needed"), inner),
        };
        let _ = writeln!(text, "| {shown} | {shape} | {} |", key.doc);
        rows(&format!("{name}."), inner, text);
    }
}

#[test]
fn the_guide_names_every_topic() {
    let guide = std::fs::read_to_string(GUIDE).expect("readable");
    for topic in cairn_coach::language::Topic::all() {
        let row = format!("| `<{}>` | {} |", topic.id(), topic.says());
        assert!(guide.contains(&row), "the guide has no row {row}");
    }
}

#[test]
fn every_page_that_is_linked_to_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages =
        ["README.md", "rules/README.md", "rules/guides/keys.md", "rules/guides/plain.md", "rules/guides/rights.md"];
    let mut followed = 0;
    for page in pages.into_iter().chain(["rules/guides/data.md"]) {
        let text = std::fs::read_to_string(root.join(page)).expect("readable");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            if link.starts_with('#') || link.contains("://") {
                continue;
            }
            let folder = root.join(page).parent().expect("a folder").to_path_buf();
            assert!(folder.join(link.split('#').next().unwrap_or_default()).exists(), "{page} links to {link}");
            followed += 1;
        }
    }
    assert!(followed >= 6, "{followed} links");
}

/// Anything longer belongs in a guide.
#[test]
fn the_readme_is_one_page() {
    let lines = std::fs::read_to_string(PATH).expect("readable").lines().count();
    assert!(lines <= 200, "{lines} lines");
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

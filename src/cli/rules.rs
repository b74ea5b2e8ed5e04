//! `cairn rules`

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{FolderArgs, RulesArgs, RulesCommand};
use super::out::{Out, finish, shelf};
use super::pack::{chosen, review};
use super::recommend::{Leaf, asked, leaves};
use crate::desk::{Opening, Shelf};
use crate::domain::{Fault, LeafSeen, Profile, Truth, nearest};
use crate::error::{Error, ErrorKind};
use crate::rules::{CaseFailure, CaseOutcome, Facts, Rule, RuleSet, api, leaves_seen, truth};

#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    pack: &'a str,
    priority: i64,
    topic: &'a str,
    suggest: &'a [String],
    at: String,
}

#[derive(Debug, Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    rule: Row<'a>,
    because: &'a str,
    explanation: Vec<Section<'a>>,
    holds: &'static str,
    conditions: Vec<Leaf<'a>>,
}

#[derive(Debug, Serialize)]
struct Section<'a> {
    heading: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: &'static str,
    signature: &'static str,
    kind: String,
    doc: &'static str,
    example: &'static str,
}

pub(super) fn run(args: &RulesArgs, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    match &args.what {
        RulesCommand::List { json } => list(*json, opening, out),
        RulesCommand::Check(args) => check(args, opening, out),
        RulesCommand::Test(args) => test(args, opening, out),
        RulesCommand::Explain { rule, answers, json } => explain(rule, answers.as_deref(), *json, opening, out),
        RulesCommand::Api { json } => reference(*json, out),
    }
}

fn row(rule: &Rule) -> Row<'_> {
    Row {
        id: &rule.id,
        title: &rule.title,
        pack: &rule.pack,
        priority: rule.priority,
        topic: &rule.topic,
        suggest: &rule.suggest,
        at: format!("{}:{}", rule.at.file, rule.at.line),
    }
}

fn list(json: bool, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    let shelf = shelf(opening)?;
    let rules = shelf.rules.rules();
    if json {
        out.json(&rules.iter().map(row).collect::<Vec<_>>())?;
        return Ok(finish(&shelf));
    }
    // A family written in a loop is one line: hundreds of rules a person reads as twenty.
    // A loop may declare two families in turn.
    let place = |rule: &Rule| (rule.at.file.clone(), rule.at.line);
    let mut families: BTreeMap<_, usize> = BTreeMap::new();
    for rule in rules {
        *families.entry(place(rule)).or_default() += 1;
    }
    for rule in rules {
        let Some(family) = families.remove(&place(rule)) else { continue };
        let more = if family > 1 { format!("  (and {} like it)", family - 1) } else { String::new() };
        out.line(format!("{}{more}", rule.id));
        out.line(format!("    {}  p{}  {}:{}", rule.title, rule.priority, rule.at.file, rule.at.line));
    }
    Ok(finish(&shelf))
}

fn check(args: &FolderArgs, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    // What is wrong with a rule, and whatever keeps the pack from standing; `pack check` tells the rest.
    review(args, opening, out, |fault: &Fault| {
        let is_rule = std::path::Path::new(&fault.file).extension().is_some_and(|extension| extension == "rhai");
        is_rule || fault.severity == crate::domain::Severity::Error
    })
}

#[derive(Debug, Serialize)]
struct CaseRow<'a> {
    case: &'a str,
    at: &'a str,
    passed: bool,
    failures: Vec<FailureRow<'a>>,
}

#[derive(Debug, Serialize)]
struct FailureRow<'a> {
    message: &'a str,
    conditions: Vec<Leaf<'a>>,
}

fn case_row(outcome: &CaseOutcome) -> CaseRow<'_> {
    let failures = outcome
        .failures
        .iter()
        .map(|failure: &CaseFailure| FailureRow { message: &failure.message, conditions: leaves(&failure.leaves) });
    CaseRow { case: &outcome.name, at: &outcome.at, passed: outcome.failures.is_empty(), failures: failures.collect() }
}

/// Runs cases; a failure shows the conditions of the rule it is about.
fn test(args: &FolderArgs, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    let (shelf, packs) = chosen(&args.folders, opening)?;
    let (mut outcomes, mut faults) = (Vec::new(), Vec::new());
    for pack in packs {
        let (of_pack, wrong) = shelf.test(&pack);
        outcomes.extend(of_pack);
        faults.extend(wrong);
    }
    if !faults.is_empty() {
        return Err(Error::faults(ErrorKind::Input, &faults));
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    if args.json {
        out.json(&outcomes.iter().map(case_row).collect::<Vec<_>>())?;
    } else {
        for outcome in outcomes.iter().filter(|outcome| !outcome.failures.is_empty()) {
            out.line(format!("failed: {}\n  --> {}", outcome.name, outcome.at));
            for failure in &outcome.failures {
                out.paragraph("  ", &failure.message);
                for leaf in &failure.leaves {
                    out.leaf(leaf);
                }
            }
            out.line("");
        }
        out.line(format!("{} passed, {failed} failed", outcomes.len() - failed));
    }
    Ok(if failed == 0 { finish(&shelf) } else { ExitCode::from(ErrorKind::Found.code()) })
}

fn explain(id: &str, answers: Option<&str>, json: bool, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    let question = |shelf: &Shelf, profile: &Profile| -> Option<(Truth, Vec<LeafSeen>)> {
        let rule = find(&shelf.rules, id)?;
        let facts = Facts::new(&shelf.library, profile);
        Some((truth(&rule.when, &facts), leaves_seen(&rule.when, &facts)))
    };
    let (shelf, outcome, _) = asked(answers, opening, question)?;
    let (Some(rule), Some((truth, seen))) = (find(&shelf.rules, id), outcome) else {
        let near = nearest(id, shelf.rules.rules().iter().map(|rule| rule.id.as_str()));
        let hint = near.map_or("`cairn rules list` shows them".to_owned(), |near| format!("did you mean \"{near}\"?"));
        return Err(Error::input(format!("there is no rule \"{}\"", crate::domain::clean(id)), hint));
    };
    let doc = shelf.rules.doc(rule).cloned().unwrap_or_default();
    if json {
        let explanation = doc.sections.iter().map(|(heading, text)| Section { heading, text }).collect();
        out.json(&Explained {
            rule: row(rule),
            because: &rule.because.text,
            explanation,
            holds: truth.word(),
            conditions: leaves(&seen),
        })?;
        return Ok(finish(&shelf));
    }
    out.line(format!("{}  [{} p{}]  {}:{}", rule.title, rule.id, rule.priority, rule.at.file, rule.at.line));
    for (heading, text) in &doc.sections {
        out.line("");
        out.line(heading);
        out.paragraph("  ", text);
    }
    out.line("");
    out.line(format!("Holds for these answers: {}", truth.word()));
    for leaf in &seen {
        out.leaf(leaf);
    }
    out.line("");
    out.line("Suggests, the first that fit");
    for id in &rule.suggest {
        let title = shelf.library.activity(id).map_or("", |activity| activity.title.as_str());
        out.paragraph("  - ", &format!("{title} [{id}]"));
    }
    Ok(finish(&shelf))
}

fn find<'a>(set: &'a RuleSet, id: &str) -> Option<&'a Rule> {
    set.rule(id)
}

fn reference(json: bool, out: &mut Out) -> Result<ExitCode, Error> {
    if json {
        let rows: Vec<Entry> = api()
            .iter()
            .map(|entry| Entry {
                name: entry.name,
                signature: entry.signature,
                kind: format!("{:?}", entry.kind).to_lowercase(),
                doc: entry.doc,
                example: entry.example,
            })
            .collect();
        out.json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    for entry in api() {
        out.line(entry.signature);
        out.paragraph("    ", entry.doc);
        out.paragraph("    ", &format!("Example: {}", entry.example));
    }
    Ok(ExitCode::SUCCESS)
}

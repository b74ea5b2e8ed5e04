//! `cairn rules`: lists, checks, tests and explains rules.

pub(super) mod args;
mod explain;
mod reference;
mod replay;
mod test;
mod watch;
mod whatif;

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{ApiFormat, RulesArgs, RulesCommand};
use super::out::{Out, finish, loaded_packs};
use super::pack::review;
use crate::desk::OpenOptions;
use crate::error::Error;
use crate::rules::Rule;

#[derive(Debug, Serialize)]
struct RulesRow<'a> {
    id: &'a str,
    title: &'a str,
    pack: &'a str,
    priority: i64,
    topic: &'a str,
    suggest: &'a [String],
    at: String,
    locked: bool,
    off: Option<&'a str>,
}

pub(super) fn run(args: &RulesArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    match &args.what {
        RulesCommand::List { json } => list(*json, opening, out),
        RulesCommand::Check(args) => review(args, opening, out),
        RulesCommand::Test(args) => test::test(args, opening, out),
        RulesCommand::Coverage(args) => test::coverage(args, opening, out),
        RulesCommand::Explain { rule, answers, json } => {
            explain::explain(rule, answers.as_deref(), *json, opening, out)
        }
        RulesCommand::WhyNot { rule, answers, json } => explain::silent(rule, answers.as_deref(), *json, opening, out),
        RulesCommand::Whatif { changes, answers, json } => {
            whatif::whatif(changes, answers.as_deref(), *json, opening, out)
        }
        RulesCommand::Diff { old, new, answers, json } => whatif::diff((old, new), answers, *json, opening, out),
        RulesCommand::Watch { folders } => watch::watch(folders, opening, out),
        RulesCommand::Log { limit, json } => replay::log(*limit, *json, opening, out),
        RulesCommand::Replay { file, answers, json } => {
            replay::replay(file.as_deref(), answers.as_deref(), *json, opening, out)
        }
        RulesCommand::Api { format, json } => reference::reference(if *json { ApiFormat::Json } else { *format }, out),
    }
}

fn row(rule: &Rule) -> RulesRow<'_> {
    RulesRow {
        id: &rule.id,
        title: &rule.title,
        pack: &rule.pack,
        priority: rule.priority,
        topic: &rule.topic,
        suggest: &rule.suggest,
        at: format!("{}:{}", rule.at.file, rule.at.line),
        locked: rule.locked,
        off: rule.off.as_deref(),
    }
}

fn list(json: bool, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let loaded_packs = loaded_packs(opening)?;
    let rules = loaded_packs.rules.rules();
    if json {
        out.json(&rules.iter().map(row).collect::<Vec<_>>())?;
        return Ok(finish(&loaded_packs));
    }
    // Rules declared in a loop are printed as one line, so that hundreds of rules read like twenty. A loop may declare
    // two families in turn, so members need not be adjacent.
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
        for change in &rule.changes {
            out.paragraph("    ", &change.words);
        }
    }
    Ok(finish(&loaded_packs))
}

//! `cairn rules test` and `cairn rules coverage`: runs the cases of packs, and measures what they cover.

use std::process::ExitCode;

use serde::Serialize;

use super::super::args::{CoverageArgs, Format, TestArgs};
use super::super::out::{Out, finish};
use super::super::pack::chosen;
use super::super::recommend::{Leaf, leaves};
use super::super::xml::{Case as XmlCase, junit};
use crate::desk::{LoadedPacks, OpenOptions};
use crate::domain::count;
use crate::error::{Error, ErrorKind};
use crate::rules::{CaseFailure, CaseOutcome, Coverage, Mutant, percent};

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

#[derive(Debug, Serialize)]
struct MutantRow<'a> {
    rule: &'a str,
    at: &'a str,
    change: &'a str,
    noticed_by: Option<&'a str>,
}

fn case_row(outcome: &CaseOutcome) -> CaseRow<'_> {
    let failures = outcome
        .failures
        .iter()
        .map(|failure: &CaseFailure| FailureRow { message: &failure.message, conditions: leaves(&failure.leaves) });
    CaseRow { case: &outcome.name, at: &outcome.at, passed: outcome.failures.is_empty(), failures: failures.collect() }
}

/// Runs cases; a failure shows the conditions of the rule concerned.
pub(super) fn test(args: &TestArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let (loaded_packs, packs) = chosen(&args.folders, opening)?;
    let cases = loaded_packs.cases_of(&packs).map_err(|faults| Error::faults(ErrorKind::Input, &faults))?;
    let outcomes = loaded_packs.run(&cases);
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    if args.mutate && failed == 0 {
        return mutate(&loaded_packs, &loaded_packs.mutants(&packs, &cases), args.format(), out);
    }
    match args.format() {
        Format::Json => out.json(&outcomes.iter().map(case_row).collect::<Vec<_>>())?,
        Format::Junit => out.line(junit("cairn rules test", &outcomes.iter().map(xml_case).collect::<Vec<_>>())),
        Format::Text => {
            for outcome in &outcomes {
                told(outcome, args.verbose, out);
            }
            out.line(format!("{} passed, {failed} failed", outcomes.len() - failed));
            if args.mutate {
                out.line("Cairn did not change the rules, because some cases fail. Fix the failing cases first.");
            }
            if outcomes.is_empty() {
                out.line(
                    "hint: a case is a story in cases/*.toml that says who answered what and which rules must \
                    apply",
                );
            }
        }
    }
    Ok(if failed == 0 { finish(&loaded_packs) } else { ExitCode::from(ErrorKind::Found.code()) })
}

/// Prints the result of one case; a passed case is only printed if `verbose` is set.
pub(super) fn told(outcome: &CaseOutcome, verbose: bool, out: &mut Out) {
    if outcome.failures.is_empty() {
        if verbose {
            out.line(format!("passed: {}", outcome.name));
        }
        return;
    }
    out.line(format!("failed: {}\n  --> {}", outcome.name, outcome.at));
    for failure in &outcome.failures {
        out.paragraph("  ", &failure.message);
        for leaf in &failure.leaves {
            out.leaf(leaf);
        }
    }
    out.line("");
}

fn xml_case(outcome: &CaseOutcome) -> XmlCase {
    let mut text = String::new();
    for failure in &outcome.failures {
        text.push_str(&failure.message);
        text.push('\n');
        for leaf in &failure.leaves {
            let polarity = if leaf.negated { "not " } else { "" };
            let row = format!("  {} {polarity}{} | {} | {}\n", leaf.met().word(), leaf.needed, leaf.seen, leaf.at);
            text.push_str(&row);
        }
    }
    XmlCase { name: outcome.name.clone(), file: outcome.at.clone(), failure: (!text.is_empty()).then_some(text) }
}

fn mutate(loaded_packs: &LoadedPacks, mutants: &[Mutant], format: Format, out: &mut Out) -> Result<ExitCode, Error> {
    let survivors: Vec<&Mutant> = mutants.iter().filter(|mutant| mutant.noticed_by.is_none()).collect();
    match format {
        Format::Json => out.json(
            &mutants
                .iter()
                .map(|mutant| MutantRow {
                    rule: &mutant.rule,
                    at: &mutant.at,
                    change: &mutant.change,
                    noticed_by: mutant.noticed_by.as_deref(),
                })
                .collect::<Vec<_>>(),
        )?,
        Format::Junit => {
            let case = |mutant: &Mutant| XmlCase {
                name: format!("{}: {}", mutant.rule, mutant.change),
                file: mutant.at.clone(),
                failure: mutant.noticed_by.is_none().then(|| "no case notices this change".to_owned()),
            };
            out.line(junit("cairn rules test --mutate", &mutants.iter().map(case).collect::<Vec<_>>()));
        }
        Format::Text => {
            for mutant in &survivors {
                out.line(format!("survived: {}\n  --> {}", mutant.rule, mutant.at));
                out.paragraph("  ", &mutant.change);
            }
            out.line(format!(
                "{} tried, {} noticed by a case, {} survived",
                count(mutants.len(), "small change", "small changes"),
                mutants.len() - survivors.len(),
                survivors.len()
            ));
            if !survivors.is_empty() {
                out.line("hint: write a case on the other side of each, with the rule under fires or silent");
            }
        }
    }
    Ok(if survivors.is_empty() { finish(loaded_packs) } else { ExitCode::from(ErrorKind::Found.code()) })
}

#[derive(Debug, Serialize)]
struct CoverageRow<'a> {
    conditions: Share,
    rules: Share,
    activities: Share,
    unseen: Vec<Unseen<'a>>,
    never_spoke: Vec<&'a str>,
    unreached: &'a [String],
}

#[derive(Debug, Serialize)]
struct Share {
    covered: usize,
    of: usize,
    percent: usize,
}

#[derive(Debug, Serialize)]
struct Unseen<'a> {
    at: &'a str,
    condition: &'a str,
    missing: Vec<&'static str>,
}

fn share(pair: (usize, usize)) -> Share {
    Share { covered: pair.0, of: pair.1, percent: percent(pair) }
}

fn unseen(covered: &Coverage) -> Vec<Unseen<'_>> {
    let row = |leaf: &'_ crate::rules::LeafCovered| -> Vec<&'static str> {
        [(leaf.yes, "true"), (leaf.no, "false")].into_iter().filter(|(seen, _)| !seen).map(|(_, word)| word).collect()
    };
    let all = covered.leaves.iter().map(|leaf| Unseen { at: &leaf.at, condition: &leaf.needed, missing: row(leaf) });
    all.filter(|unseen| !unseen.missing.is_empty()).collect()
}

/// Prints the coverage of the rules by the cases.
pub(super) fn coverage(args: &CoverageArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let (loaded_packs, packs) = chosen(&args.folders, opening)?;
    let cases = loaded_packs.cases_of(&packs).map_err(|faults| Error::faults(ErrorKind::Input, &faults))?;
    let covered = loaded_packs.coverage(&packs, &cases);
    let silent: Vec<&str> = covered.rules.iter().filter(|rule| rule.spoke == 0).map(|rule| rule.id.as_str()).collect();
    if args.json {
        out.json(&CoverageRow {
            conditions: share(covered.outcomes()),
            rules: share(covered.heard()),
            activities: share(covered.reachable()),
            unseen: unseen(&covered),
            never_spoke: silent,
            unreached: &covered.unreached,
        })?;
    } else {
        for row in unseen(&covered) {
            out.line(format!("never seen {}: {}\n  --> {}", row.missing.join(" or "), row.condition, row.at));
        }
        for rule in covered.rules.iter().filter(|rule| rule.spoke == 0) {
            out.line(format!("never applied: {}\n  --> {}", rule.id, rule.at));
        }
        for id in &covered.unreached {
            out.line(format!("suggested by no rule: {id}"));
        }
        for (what, pair) in [
            ("conditions seen true and false", covered.outcomes()),
            ("rules that applied in a case", covered.heard()),
            ("activities that a rule suggests", covered.reachable()),
        ] {
            out.line(format!("{:>3} %  {what} ({} of {})", percent(pair), pair.0, pair.1));
        }
    }
    let enough = args.min.is_none_or(|min| covered.lowest() >= min);
    Ok(if enough { finish(&loaded_packs) } else { ExitCode::from(ErrorKind::Found.code()) })
}

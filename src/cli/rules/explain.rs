//! `cairn rules explain` and `cairn rules why-not`: explains one rule, and its outcome for a person.

use std::process::ExitCode;

use serde::Serialize;

use super::super::out::{Out, finish};
use super::super::recommend::{Leaf, asked, leaves};
use super::{RulesRow, row};
use crate::desk::{LoadedPacks, OpenOptions};
use crate::domain::{Advised, LeafSeen, Profile, Truth, capital, clean, did_you_mean, nearest};
use crate::error::Error;
use crate::rules::{Facts, Rule, RuleSet, WhyNot, in_words, leaves_seen, truth, why_not};

#[derive(Debug, Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    rule: RulesRow<'a>,
    because: &'a str,
    condition: String,
    explanation: Vec<Section<'a>>,
    changes: Vec<&'a str>,
    holds: &'static str,
    conditions: Vec<Leaf<'a>>,
}

#[derive(Debug, Serialize)]
struct Section<'a> {
    heading: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Silent<'a> {
    rule: &'a str,
    spoke: bool,
    holds: &'static str,
    switched_off: Option<&'a str>,
    because: &'a str,
    nearest: &'a str,
    in_the_way: Vec<Leaf<'a>>,
    shown: Vec<&'a str>,
    not_shown: Vec<Cut<'a>>,
}

#[derive(Debug, Serialize)]
struct Cut<'a> {
    activity: &'a str,
    why: &'a str,
}

/// Returns a rule by its id.
fn find<'a>(set: &'a RuleSet, id: &str) -> Result<&'a Rule, Error> {
    set.rule(id).ok_or_else(|| {
        let near = nearest(id, set.rules().iter().map(|rule| rule.id.as_str()));
        let hint = near.map_or("`cairn rules list` shows them".to_owned(), did_you_mean);
        Error::input(format!("there is no rule \"{}\"", clean(id)), hint)
    })
}

pub(super) fn explain(
    id: &str,
    answers: Option<&str>,
    json: bool,
    opening: &OpenOptions,
    out: &mut Out,
) -> Result<ExitCode, Error> {
    let question = |loaded_packs: &LoadedPacks, profile: &Profile| -> Option<(Truth, Vec<LeafSeen>)> {
        let rule = loaded_packs.rules.rule(id)?;
        let facts = Facts::new(&loaded_packs.library, profile);
        Some((truth(&rule.when, &facts), leaves_seen(&rule.when, &facts)))
    };
    let (loaded_packs, outcome, _) = asked(answers, opening, question)?;
    let rule = find(&loaded_packs.rules, id)?;
    let Some((truth, seen)) = outcome else { return Ok(finish(&loaded_packs)) };
    let doc = loaded_packs.rules.doc(rule).cloned().unwrap_or_default();
    if json {
        let explanation = doc.sections.iter().map(|(heading, text)| Section { heading, text }).collect();
        out.json(&Explained {
            rule: row(rule),
            because: &rule.because.text,
            condition: in_words(&rule.when, &loaded_packs.library),
            explanation,
            changes: rule.changes.iter().map(|change| change.words.as_str()).collect(),
            holds: truth.word(),
            conditions: leaves(&seen),
        })?;
        return Ok(finish(&loaded_packs));
    }
    out.line(format!("{}  [{} p{}]  {}:{}", rule.title, rule.id, rule.priority, rule.at.file, rule.at.line));
    for (heading, text) in &doc.sections {
        out.line("");
        out.line(heading);
        out.paragraph("  ", text);
    }
    if !rule.changes.is_empty() {
        out.line("");
        out.line("What later packs changed");
        for change in &rule.changes {
            out.paragraph("  - ", &format!("{} ({})", change.words, change.at));
        }
    }
    out.line("");
    out.line(format!("True for these answers: {}", truth.word()));
    for leaf in &seen {
        out.leaf(leaf);
    }
    out.line("");
    out.line("Suggests the first of these that fit");
    for id in &rule.suggest {
        let title = loaded_packs.library.activity(id).map_or("", |activity| activity.title.as_str());
        out.paragraph("  - ", &format!("{title} [{id}]"));
    }
    Ok(finish(&loaded_packs))
}

pub(super) fn silent(
    id: &str,
    answers: Option<&str>,
    json: bool,
    opening: &OpenOptions,
    out: &mut Out,
) -> Result<ExitCode, Error> {
    let question = |loaded_packs: &LoadedPacks, profile: &Profile| -> Option<(Truth, WhyNot, Advised)> {
        let rule = loaded_packs.rules.rule(id)?;
        let facts = Facts::new(&loaded_packs.library, profile);
        Some((truth(&rule.when, &facts), why_not(rule, &facts), loaded_packs.advise(profile)))
    };
    let (loaded_packs, outcome, _) = asked(answers, opening, question)?;
    let rule = find(&loaded_packs.rules, id)?;
    let Some((truth, why, advised)) = outcome else { return Ok(finish(&loaded_packs)) };
    let spoke = truth == Truth::Yes && rule.is_on();
    let through: Vec<&str> = advised
        .shown
        .iter()
        .filter(|advice| advice.rules().contains(&rule.id))
        .map(|advice| advice.activity.as_str())
        .collect();
    let cut: Vec<Cut<'_>> = advised
        .not_shown
        .iter()
        .filter(|cut| truth == Truth::Yes && rule.suggest.contains(&cut.activity))
        .map(|cut| Cut { activity: &cut.activity, why: &cut.why })
        .collect();
    if json {
        out.json(&Silent {
            rule: &rule.id,
            spoke,
            holds: truth.word(),
            switched_off: rule.off.as_deref(),
            because: &why.because,
            nearest: &why.nearest,
            in_the_way: leaves(&why.in_the_way),
            shown: through,
            not_shown: cut,
        })?;
        return Ok(finish(&loaded_packs));
    }
    out.line(format!("{}  [{}]", rule.title, rule.id));
    out.line("");
    match (&rule.off, truth) {
        (Some(off), _) => out.paragraph("", &format!("This rule is {off}, so it does not apply.")),
        (None, Truth::Yes) if through.is_empty() => {
            out.paragraph("", "This rule applied, but its suggestions are not among the ones shown:");
        }
        (None, Truth::Yes) => {
            out.paragraph("", &format!("This rule applied, so these are shown: {}.", through.join(", ")));
        }
        (None, Truth::No) => out.paragraph("", "This rule did not apply. What stops it:"),
        (None, Truth::Unknown) => {
            out.paragraph("", "There are not enough answers to tell whether this rule applies. What is missing:");
        }
    }
    for cut in &cut {
        out.paragraph("  - ", &format!("{}: {}", cut.activity, cut.why));
    }
    for leaf in &why.in_the_way {
        out.leaf(leaf);
    }
    if !why.nearest.is_empty() {
        out.paragraph("", &capital(&why.nearest));
    }
    Ok(finish(&loaded_packs))
}

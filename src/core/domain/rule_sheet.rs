//! Sheets for rules, families of rules and packs.

use super::rulebook::{Family, PackCard, PackState, RuleDetail, Rulebook, Suggested, states};
use super::sheet::Sheet;
use super::{Advised, LeafSeen, Truth, count, join_and};

/// Maximum number of suggestions listed.
const MOST_SUGGESTED: usize = 8;
/// Maximum number of members of a family that are named.
const MOST_NAMED: usize = 5;

/// What a sheet about a rule starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// The purpose of the rule, for somebody who browses the rules.
    Explanation,
    /// The result of the rule, for somebody who asks why.
    Evaluation,
}

impl Sheet {
    /// Builds the sheet of one rule. `advised` provides what happened to its suggestions.
    #[must_use]
    pub fn rule(detail: &RuleDetail, advised: &Advised, lead: Lead) -> Self {
        let mut sheet = Self::default();
        sheet.outcome(detail);
        sheet.points("What later packs changed", &detail.changes);
        match lead {
            Lead::Explanation => {
                sheet.explanation(detail);
                sheet.conditions(detail);
            }
            Lead::Evaluation => sheet.conditions(detail),
        }
        let spoke = detail.truth == Truth::Yes && detail.off.is_none();
        let rows: Vec<String> =
            detail.suggests.iter().take(MOST_SUGGESTED).map(|one| suggestion(one, spoke, advised)).collect();
        sheet.points("What it suggests: the first of these that fit", &rows);
        if let Some(more @ 1..) = detail.suggests.len().checked_sub(MOST_SUGGESTED) {
            sheet.note(format!("and {more} more"));
        }
        if !spoke {
            sheet.heading("What it would say");
            sheet.text(detail.because.clone());
        }
        if lead == Lead::Evaluation {
            sheet.explanation(detail);
        }
        sheet.heading("Where to find it");
        sheet.text(format!("{}, rule {}, priority {} of 100", detail.at, detail.id, detail.priority));
        let locked = if detail.locked { ". Locked, so packs above it cannot weaken it" } else { "" };
        sheet.note(format!("Pack: {}{locked}", detail.pack));
        sheet
    }

    fn outcome(&mut self, detail: &RuleDetail) {
        if let Some(off) = &detail.off {
            self.pair("This rule never applies", format!("it is {off}"));
            return;
        }
        match detail.truth {
            Truth::Yes => {
                self.pair("This rule applied", detail.because.clone());
                if !detail.would_change.is_empty() {
                    self.note(format!("What would change this: {}.", detail.would_change));
                }
            }
            Truth::No => self.pair("This rule did not apply", detail.why_not.clone()),
            Truth::Unknown => self.pair("Not enough answers", detail.why_not.clone()),
        }
        if !detail.nearest.is_empty() {
            self.pair("Nearest to applying", detail.nearest.clone());
        }
    }

    fn explanation(&mut self, detail: &RuleDetail) {
        for (heading, text) in &detail.sections {
            self.heading(heading.clone());
            self.text(text.clone());
        }
    }

    fn conditions(&mut self, detail: &RuleDetail) {
        self.heading(match detail.leaves.len() {
            1 => "Condition".to_owned(),
            n => format!("{n} conditions"),
        });
        for leaf in &detail.leaves {
            let polarity = if leaf.negated { "not: " } else { "" };
            self.pair(&format!("{} {}", leaf.met().mark(), leaf.met().word()), format!("{polarity}{}", leaf.needed));
            self.pair("  seen", format!("{}{} ({})", leaf.seen, against(leaf), place(&leaf.at, &detail.at)));
        }
    }

    /// Builds the sheet of a family: rules declared by one loop.
    #[must_use]
    pub fn family(book: &Rulebook, family: &Family, first: Option<&RuleDetail>) -> Self {
        let mut sheet = Self::default();
        let members = || family.members.iter().filter_map(|at| book.rules.get(*at));
        let words: Vec<String> = states(members()).iter().map(|(n, state)| format!("{n} {state}")).collect();
        sheet.text(format!(
            "{} are one rule, repeated for each behaviour. For your answers: {}.",
            count(family.members.len(), "rule", "rules"),
            join_and(&words)
        ));
        for state in ["applied", "just missed"] {
            let named: Vec<&str> =
                members().filter(|rule| rule.state() == state).map(|rule| rule.id.as_str()).collect();
            let word = if state == "applied" { "Applied" } else { "Just missed" };
            match named.len().checked_sub(MOST_NAMED) {
                Some(more @ 1..) => {
                    let shown = named.get(..MOST_NAMED).unwrap_or_default().join(", ");
                    sheet.pair(word, format!("{shown} and {more} more"));
                }
                _ if named.is_empty() => {}
                _ => sheet.pair(word, join_and(&named)),
            }
        }
        if let Some(first) = first {
            sheet.explanation(first);
            sheet.heading("Where to find it");
            sheet.text(format!("{}, priority {} of 100", first.at, first.priority));
            sheet.note(format!("Pack: {}", first.pack));
        }
        sheet
    }

    /// Builds the sheet with the state of a pack that has a fault; empty if the pack is loaded from its current files.
    #[must_use]
    pub fn pack_state(pack: &PackCard) -> Self {
        let mut sheet = Self::default();
        match pack.state {
            PackState::Loaded => {}
            PackState::LeftOut => {
                sheet.text("Cairn is not using this pack. Fix the problems below to use it.");
            }
            PackState::Kept => {
                sheet.text(
                    "The files of this pack have changed and have a problem. Cairn uses the earlier version until you \
                     fix it.",
                );
            }
        }
        sheet
    }

    /// Builds the sheet of a pack: its description and its health.
    #[must_use]
    pub fn pack(book: &Rulebook, at: usize, pack: &PackCard) -> Self {
        let mut sheet = Self::default();
        if pack.state == PackState::LeftOut {
            sheet.pair("From", pack.from.clone());
            return sheet;
        }
        let families = book.families_of(at).count();
        let rules: usize = book.families_of(at).map(|(_, family)| family.members.len()).sum();
        if !pack.summary.is_empty() {
            sheet.text(pack.summary.clone());
        }
        sheet.pair(
            "Rules",
            match (rules, families) {
                (0, _) => "none, because it adds other content".to_owned(),
                (rules, families) if rules == families => rules.to_string(),
                (rules, families) => format!("{rules}, written as {families}"),
            },
        );
        let health = pack.health();
        sheet.pair("Problems", if health.is_empty() { "none".to_owned() } else { health });
        sheet.pair("Version", pack.version.clone());
        sheet.pair("Layer", pack.layer.clone());
        if !pack.from.is_empty() {
            sheet.pair("From", pack.from.clone());
            sheet.pair("Signature", pack.signature.clone());
        }
        sheet.pair("Licence", pack.licence.clone());
        sheet.pair("By", pack.attribution.clone());
        sheet.pair("Made from", pack.source.clone());
        sheet
    }
}

/// Returns the line and column of a condition, or its full position if it is in another file than the rule.
fn place(at: &str, rule: &str) -> String {
    let file = rule.rsplit_once(':').map_or(rule, |(file, _)| file);
    match at.strip_prefix(file).and_then(|rest| rest.strip_prefix(':')?.split_once(':')) {
        Some((line, column)) => format!("line {line}, column {column}"),
        None => at.to_owned(),
    }
}

/// Returns a note for a negated condition that holds, or does not.
fn against(leaf: &LeafSeen) -> &'static str {
    match (leaf.negated, leaf.truth) {
        (true, Truth::Yes) => ", which counts against it",
        (true, Truth::No) => ", which counts for it",
        _ => "",
    }
}

/// Returns the title of an activity and what happened to it.
fn suggestion(one: &Suggested, spoke: bool, advised: &Advised) -> String {
    let title = format!("{} ({})", one.title, one.note);
    if !spoke {
        return title;
    }
    if let Some(at) = advised.shown.iter().position(|advice| advice.activity == one.id) {
        return format!("{title}: shown in Advice, number {}", at + 1);
    }
    match advised.not_shown.iter().find(|other| other.activity == one.id) {
        Some(other) => format!("{title}: not shown, {}", other.why),
        None => title,
    }
}

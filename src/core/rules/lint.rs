//! Warnings about rules that are valid but should be improved: conditions that can never or always hold, rules that
//! duplicate another, behaviours that no rule looks at, and sentences that are hard to read.

use std::collections::{BTreeMap, BTreeSet};

use super::cond::{Cond, Leaf, Span};
use super::declare::Rule;
use super::fact::{Fact, Test};
use super::load::RuleSet;
use super::range::{Bound, bound, domain};
use super::readable::hard_to_read;
use super::stems::shared_by;
use crate::domain::{BehaviourIx, Fault, Library, count};

/// Maximum number of codes or ids named in one warning.
const MOST_NAMED: usize = 8;

/// Returns the warnings about the rules of one pack.
#[must_use]
pub fn lint_rules(set: &RuleSet, library: &Library, pack: &str) -> Vec<Fault> {
    let own: Vec<&Rule> = set.rules().iter().filter(|rule| rule.pack == pack).collect();
    let mut linting = Linting { library, said: BTreeSet::new(), found: Vec::new() };
    for rule in &own {
        linting.thresholds(rule);
        linting.sentence(rule);
        linting.stems(rule);
    }
    linting.twins(&own);
    linting.unmentioned(set, pack);
    linting.found
}

struct Linting<'a> {
    library: &'a Library,
    /// Positions already reported, with the kind of warning: the members of a family share a position.
    said: BTreeSet<(String, usize, usize, &'static str)>,
    found: Vec<Fault>,
}

impl Linting<'_> {
    fn warn(&mut self, at: &Span, kind: &'static str, message: String, hint: &str) {
        if !self.said.insert((at.file.to_string(), at.line, at.column, kind)) {
            return;
        }
        let fault = Fault::new(at.file.as_ref(), message, hint).warning();
        let file = self.library.rule_files.iter().find(|file| *file.name == *at.file);
        self.found.push(match file {
            Some(file) if at.line > 0 => fault.at(&file.text, at.line, Some(at.column)),
            _ => fault,
        });
    }

    /// Warns about conditions that no answer, or every answer, meets.
    fn thresholds(&mut self, rule: &Rule) {
        let mut outside = Vec::new();
        rule.when.leaves(&mut |leaf, negated| outside.extend(self.outside(leaf, negated)));
        for (at, kind, message, hint) in &outside {
            self.warn(at, kind, format!("rule \"{}\": {message}", rule.id), hint);
        }
        if !outside.iter().any(|(_, kind, ..)| *kind == "never") && !self.possible(&rule.when, false, &[]) {
            let message = format!("rule \"{}\" can never apply, because its conditions exclude each other", rule.id);
            self.warn(&rule.at, "never", message, "look for two conditions on the same thing, and join them with or");
        }
        let mut leaves = 0;
        rule.when.leaves(&mut |_, _| leaves += 1);
        if leaves > 0 && leaves == outside.iter().filter(|(_, kind, ..)| *kind == "always").count() {
            let message = format!("rule \"{}\" applies to everyone who answered", rule.id);
            self.warn(&rule.at, "everybody", message, "give it a condition that not everyone meets");
        }
    }

    /// Warns about word beginnings (`stem*`) that also match a common word with another meaning.
    fn stems(&mut self, rule: &Rule) {
        let mut shared = Vec::new();
        rule.when.leaves(&mut |leaf, _| {
            let (Test::Mentions(_, phrases) | Test::LearnedMentions(_, phrases)) = &leaf.test else { return };
            for phrase in phrases.list.iter().filter(|phrase| !phrase.text.contains(' ')) {
                shared.extend(
                    phrase.beginnings().filter_map(|stem| Some((leaf.at.clone(), stem.to_owned(), shared_by(stem)?))),
                );
            }
        });
        for (at, stem, word) in shared {
            let message = format!("\"{stem}*\" also finds \"{word}\"");
            self.warn(&at, "stem", message, "write the words that you mean in full, or a phrase around them");
        }
    }

    /// Checks whether the constant of a comparison lies outside the range of the fact.
    fn outside(&self, leaf: &Leaf, negated: bool) -> Option<(Span, &'static str, String, &'static str)> {
        let bound = bound(leaf, negated)?;
        let all = domain(bound.fact, self.library)?;
        let left = all.under(bound.operator, bound.limit);
        let (low, high) = (all.low, all.high);
        if all.is_empty() {
            let message = "this can never be true, because it is divided by 0".to_owned();
            return Some((leaf.at.clone(), "never", message, "divide by another number"));
        }
        let ends =
            if high.is_finite() { format!("it goes from {low} to {high}") } else { format!("it starts at {low}") };
        if left.is_empty() {
            let message = format!("this can never be true: {} {}, and {ends}", bound.operator.sign(), bound.limit);
            return Some((leaf.at.clone(), "never", message, "use a number inside the scale"));
        }
        if left == all && bound.operator != super::fact::Operator::Unequal {
            let message = format!("this is always true: {} {}, and {ends}", bound.operator.sign(), bound.limit);
            let hint = "use answered(…) if you only mean an answer, or use a number inside the scale";
            return Some((leaf.at.clone(), "always", message, hint));
        }
        None
    }

    /// Returns whether a condition can hold together with the tests around it; true if that is not known.
    fn possible<'a>(&self, cond: &'a Cond, negated: bool, around: &[Part<'a>]) -> bool {
        match (cond, negated) {
            (Cond::Leaf(leaf), _) => self.together(&[around, &[Part { leaf, negated }]].concat()),
            (Cond::Not(inner), _) => self.possible(inner, !negated, around),
            (Cond::All(parts), false) | (Cond::Any(parts), true) => {
                let mut all = around.to_vec();
                all.extend(parts.iter().filter_map(|part| Part::of(part, negated)));
                self.together(&all) && parts.iter().all(|part| self.possible(part, negated, &all))
            }
            (Cond::Any(parts), false) | (Cond::All(parts), true) => {
                parts.iter().any(|part| self.possible(part, negated, around))
            }
            (Cond::AtLeast(needed, parts), false) => {
                parts.iter().filter(|part| self.possible(part, false, around)).count() >= *needed
            }
            (Cond::AtLeast(..), true) => true,
        }
    }

    /// Returns whether single tests can all hold together.
    fn together(&self, parts: &[Part<'_>]) -> bool {
        let bounds: Vec<Bound<'_>> = parts.iter().filter_map(|part| bound(part.leaf, part.negated)).collect();
        let apart = bounds.iter().any(|one| {
            domain(one.fact, self.library).is_some_and(|all| {
                let same = bounds.iter().filter(|other| other.fact == one.fact);
                same.fold(all, |left, other| left.under(other.operator, other.limit)).is_empty()
            })
        });
        // A non-answer excludes a rating, so a rule that requires both never fires.
        let chosen: Vec<BehaviourIx> = parts
            .iter()
            .filter(|part| !part.negated)
            .filter_map(|part| if let Test::Chose(ix, _) = part.leaf.test { Some(ix) } else { None })
            .collect();
        let rated = |ix: &BehaviourIx| {
            parts.iter().any(|part| match &part.leaf.test {
                Test::Answered(crate::domain::By::Myself, own) => own == ix && !part.negated,
                Test::Compare(left, _, right) => [left, right]
                    .iter()
                    .any(|fact| matches!(fact, Fact::Rating(crate::domain::By::Myself, own) if own == ix)),
                _ => false,
            })
        };
        !apart && !chosen.iter().any(rated)
    }

    fn sentence(&mut self, rule: &Rule) {
        if let Err(why) = hard_to_read(&rule.because.text) {
            let message = format!("rule \"{}\": because is hard to read: {why}", rule.id);
            let hint = "write short sentences of everyday words, because people read this after a shift";
            self.warn(&rule.at, "readable", message, hint);
        }
    }

    /// Warns about rules of one pack that have the same condition and priority, and about rules that add nothing to
    /// another.
    fn twins(&mut self, own: &[&Rule]) {
        let mut alike: BTreeMap<&[String], Vec<&Rule>> = BTreeMap::new();
        let mut triggers: BTreeMap<(String, i64), &Rule> = BTreeMap::new();
        for rule in own {
            alike.entry(&rule.suggest).or_default().push(rule);
            let mut key = String::new();
            trigger(&rule.when, &mut key);
            if let Some(first) = triggers.insert((key, rule.priority), rule)
                && first.at != rule.at
            {
                let message = format!(
                    "rules \"{}\" and \"{}\" have the same condition and the same priority, so only their ids order them",
                    first.id, rule.id
                );
                self.warn(&rule.at, "twin", message, "give one of them another priority, or make them one rule");
            }
        }
        for rules in alike.values().filter(|rules| rules.len() > 1) {
            for one in rules {
                let other = rules.iter().find(|other| other.at != one.at && covers(other, one));
                if let Some(other) = other {
                    let message = format!(
                        "rule \"{}\" adds nothing. Whenever it applies, \"{}\" applies too and suggests the same",
                        one.id, other.id
                    );
                    self.warn(&one.at, "subsumed", message, "remove it, or let it suggest something of its own");
                }
            }
        }
    }

    /// Warns about behaviours of the pack that no rule looks at, and activities of the pack that no rule suggests.
    fn unmentioned(&mut self, set: &RuleSet, pack: &str) {
        let mut seen: BTreeSet<BehaviourIx> = BTreeSet::new();
        let mut suggested: BTreeSet<&str> = BTreeSet::new();
        for rule in set.rules().iter().filter(|rule| rule.is_on()) {
            rule.when.leaves(&mut |leaf, _| seen.extend(leaf.test.behaviours()));
            suggested.extend(rule.suggest.iter().map(String::as_str));
        }
        let library = self.library;
        let label = library.rule_files.iter().find(|file| file.pack == pack);
        let folder =
            label.map_or_else(|| pack.to_owned(), |file| file.name.split("/rules/").next().unwrap_or(pack).to_owned());
        let silent: Vec<&str> = library
            .indices()
            .filter(|ix| library.framework_of(*ix).pack == pack && !seen.contains(ix))
            .map(|ix| library.behaviour(ix).code.as_str())
            .collect();
        if !silent.is_empty() {
            let what = count(silent.len(), "behaviour is", "behaviours are");
            let message = format!("{what} mentioned by no rule: {}", named(&silent));
            let hint = "a loop such as for b in behaviours(\"FL\") { … } covers a whole theme";
            self.found.push(Fault::new(format!("{folder}/framework.toml"), message, hint).warning());
        }
        let never: Vec<&str> = library
            .activities
            .iter()
            .filter(|activity| activity.pack == pack && !suggested.contains(activity.id.as_str()))
            .map(|activity| activity.id.as_str())
            .collect();
        if !never.is_empty() {
            let what = count(never.len(), "activity is", "activities are");
            let message = format!("{what} suggested by no rule: {}", named(&never));
            let hint = "name them under suggest, or use activities(b) or activities(b, \"formal\") there";
            self.found.push(Fault::new(format!("{folder}/activities.toml"), message, hint).warning());
        }
    }
}

/// One test of a condition, possibly negated.
#[derive(Clone, Copy)]
struct Part<'a> {
    leaf: &'a Leaf,
    negated: bool,
}

impl<'a> Part<'a> {
    fn of(cond: &'a Cond, negated: bool) -> Option<Self> {
        match cond {
            Cond::Leaf(leaf) => Some(Self { leaf, negated }),
            Cond::Not(inner) => Self::of(inner, !negated),
            _ => None,
        }
    }
}

fn named(names: &[&str]) -> String {
    let shown = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(MOST_NAMED);
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// Appends to `key` a text form of the condition without source positions, for comparison.
fn trigger(cond: &Cond, key: &mut String) {
    match cond {
        Cond::Leaf(leaf) => {
            let test = format!("{:?};", leaf.test);
            key.push_str(&test);
        }
        Cond::Not(inner) => {
            key.push('!');
            trigger(inner, key);
        }
        Cond::All(parts) | Cond::Any(parts) | Cond::AtLeast(_, parts) => {
            let sign = match cond {
                Cond::Any(_) => "any(".to_owned(),
                Cond::AtLeast(needed, _) => format!("{needed}("),
                _ => "all(".to_owned(),
            };
            key.push_str(&sign);
            for part in parts {
                trigger(part, key);
            }
            key.push(')');
        }
    }
}

/// Returns the tests of a plain conjunction; `None` for any other condition.
fn conjunction(cond: &Cond) -> Option<Vec<Part<'_>>> {
    match cond {
        Cond::All(parts) => parts.iter().map(|part| Part::of(part, false)).collect(),
        other => Part::of(other, false).map(|part| vec![part]),
    }
}

/// Returns whether `wide` fires whenever `narrow` does, with at least the same priority: each of its tests follows from
/// one of `narrow`.
fn covers(wide: &Rule, narrow: &Rule) -> bool {
    let (Some(loose), Some(strict)) = (conjunction(&wide.when), conjunction(&narrow.when)) else { return false };
    let strictly = loose.len() < strict.len() || wide.id < narrow.id || !loose.iter().all(|part| same(part, &strict));
    wide.priority >= narrow.priority && strictly && loose.iter().all(|part| strict.iter().any(|own| follows(own, part)))
}

fn same(part: &Part<'_>, list: &[Part<'_>]) -> bool {
    list.iter().any(|own| own.negated == part.negated && own.leaf.test == part.leaf.test)
}

/// Returns whether `then` holds whenever `given` does.
fn follows(given: &Part<'_>, then: &Part<'_>) -> bool {
    if given.negated == then.negated && given.leaf.test == then.leaf.test {
        return true;
    }
    let (Some(given), Some(then)) = (bound(given.leaf, given.negated), bound(then.leaf, then.negated)) else {
        return false;
    };
    let everything = super::range::Range { low: f64::NEG_INFINITY, high: f64::INFINITY, whole: false };
    let (inner, outer) = (everything.under(given.operator, given.limit), everything.under(then.operator, then.limit));
    let bounded = given.operator != super::fact::Operator::Unequal && then.operator != super::fact::Operator::Unequal;
    given.fact == then.fact && bounded && inner.low >= outer.low && inner.high <= outer.high
}

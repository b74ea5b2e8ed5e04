//! Coverage of a pack's rules by its cases: whether each condition was seen both true and false, whether each rule
//! fired, and whether each activity is suggested.
//!
//! Conditions are counted by source position. The members of a family that is declared in a loop share their source, so
//! such a condition is covered if it was true for some member and false for some member. This is stronger than line
//! coverage, which ignores the second half of an `and` (RULES.md 3d), and weaker than mutation testing, which asks
//! whether a changed rule makes any case fail.

use std::collections::BTreeMap;

use super::cases::Case;
use super::declare::Rule;
use super::evaluate::{test, truth};
use super::facts::Facts;
use super::load::RuleSet;
use super::wording::needed;
use crate::domain::{Library, Truth};

/// Coverage of one condition in the source.
#[derive(Debug, Clone)]
pub struct LeafCovered {
    /// Position, in the form `file:line:column`.
    pub at: String,
    /// What it asks, in the words of the first rule that contains it.
    pub needed: String,
    /// Whether it held in some case.
    pub yes: bool,
    /// Whether it was false in some case.
    pub no: bool,
}

/// Coverage of one rule, or one family of rules, in the source.
#[derive(Debug, Clone)]
pub struct RuleCovered {
    /// Position, in the form `file:line`.
    pub at: String,
    /// Id of the first rule of the family.
    pub id: String,
    /// Number of rules declared there.
    pub members: usize,
    /// Number of cases in which a member fired.
    pub spoke: usize,
    /// Number of cases in which a member did not fire.
    pub silent: usize,
}

/// Coverage of a set of packs.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Conditions, ordered by file and line.
    pub leaves: Vec<LeafCovered>,
    /// Rules, ordered by file and line.
    pub rules: Vec<RuleCovered>,
    /// Ids of the activities that some rule suggests.
    pub reached: Vec<String>,
    /// Ids of the activities that no rule suggests.
    pub unreached: Vec<String>,
}

impl Coverage {
    /// Measures the coverage of the rules of `packs` (by id) by `cases`.
    #[must_use]
    pub fn of(set: &RuleSet, library: &Library, packs: &[&str], cases: &[Case]) -> Self {
        let rules: Vec<&Rule> = set.rules().iter().filter(|rule| packs.contains(&rule.pack.as_str())).collect();
        let people: Vec<Facts<'_>> = cases.iter().map(|case| Facts::new(library, &case.profile)).collect();
        let (reached, unreached) = library
            .activities
            .iter()
            .filter(|activity| packs.contains(&activity.pack.as_str()))
            .map(|activity| activity.id.clone())
            .partition(|id| set.rules().iter().any(|rule| rule.is_on() && rule.suggest.contains(id)));
        Self { leaves: leaves(&rules, &people), rules: families(&rules, &people), reached, unreached }
    }

    /// Returns the number of outcomes of conditions that were seen, and the total: two for each condition.
    #[must_use]
    pub fn outcomes(&self) -> (usize, usize) {
        let seen = self.leaves.iter().map(|leaf| usize::from(leaf.yes) + usize::from(leaf.no)).sum();
        (seen, self.leaves.len() * 2)
    }

    /// Returns the number of rules or families that fired, and the total.
    #[must_use]
    pub fn heard(&self) -> (usize, usize) {
        (self.rules.iter().filter(|rule| rule.spoke > 0).count(), self.rules.len())
    }

    /// Returns the number of activities that some rule suggests, and the total.
    #[must_use]
    pub fn reachable(&self) -> (usize, usize) {
        (self.reached.len(), self.reached.len() + self.unreached.len())
    }

    /// Returns the lowest of the three measures in whole per cent, rounded down (99.99 becomes 99).
    #[must_use]
    pub fn lowest(&self) -> usize {
        [self.outcomes(), self.heard(), self.reachable()].map(percent).into_iter().min().unwrap_or(100)
    }
}

/// Returns a share in whole per cent, rounded down; 100 if the whole is 0.
#[must_use]
pub fn percent((part, whole): (usize, usize)) -> usize {
    (part * 100).checked_div(whole).unwrap_or(100)
}

fn leaves(rules: &[&Rule], people: &[Facts<'_>]) -> Vec<LeafCovered> {
    let mut sites: BTreeMap<(String, usize, usize), LeafCovered> = BTreeMap::new();
    for rule in rules {
        rule.when.leaves(&mut |leaf, _| {
            let key = (leaf.at.file.to_string(), leaf.at.line, leaf.at.column);
            let site = sites.entry(key).or_insert_with(|| LeafCovered {
                at: leaf.at.to_string(),
                needed: people.first().map_or_else(String::new, |facts| needed(leaf, facts)),
                yes: false,
                no: false,
            });
            for facts in people {
                if site.yes && site.no {
                    break;
                }
                match test(leaf, facts) {
                    Truth::Yes => site.yes = true,
                    Truth::No => site.no = true,
                    Truth::Unknown => {}
                }
            }
        });
    }
    sites.into_values().collect()
}

fn families(rules: &[&Rule], people: &[Facts<'_>]) -> Vec<RuleCovered> {
    let mut sites: BTreeMap<(String, usize, usize), (RuleCovered, Vec<&Rule>)> = BTreeMap::new();
    for rule in rules {
        let key = (rule.at.file.to_string(), rule.at.line, rule.at.column);
        let site = sites.entry(key).or_insert_with(|| {
            let at = format!("{}:{}", rule.at.file, rule.at.line);
            (RuleCovered { at, id: rule.id.clone(), members: 0, spoke: 0, silent: 0 }, Vec::new())
        });
        site.0.members += 1;
        site.1.push(rule);
    }
    let count = |(mut covered, members): (RuleCovered, Vec<&Rule>)| {
        for facts in people {
            let speaks = |rule: &&&Rule| truth(&rule.when, facts) == Truth::Yes;
            covered.spoke += usize::from(members.iter().any(|rule| speaks(&rule)));
            covered.silent += usize::from(!members.iter().all(|rule| speaks(&rule)));
        }
        covered
    };
    sites.into_values().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!(percent((9_999, 10_000)), 99);
        assert_eq!(percent((0, 3)), 0);
        assert_eq!(percent((0, 0)), 100);
    }
}

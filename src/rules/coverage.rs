//! What the cases of a pack reach: each condition seen true and seen false, each rule heard, each activity suggested.
//!
//! A condition is counted where it is written: the members of a family that a loop declares share their source, so a
//! condition in a loop is covered when some member's was seen true and some member's false. Stronger than line coverage,
//! which cannot see the second half of an `and` (RULES.md 3d); weaker than mutation, which asks whether anybody noticed.

use std::collections::BTreeMap;

use super::cases::Case;
use super::declare::Rule;
use super::evaluate::{test, truth};
use super::facts::Facts;
use super::load::RuleSet;
use super::wording::needed;
use crate::domain::{Library, Truth};

/// One condition as it is written.
#[derive(Debug, Clone)]
pub struct LeafCovered {
    /// `file:line:column`
    pub at: String,
    /// What it asks, in the words of the first rule that has it.
    pub needed: String,
    /// Some case saw it hold.
    pub yes: bool,
    /// Some case saw it not hold.
    pub no: bool,
}

/// One rule, or one family of rules, as it is written.
#[derive(Debug, Clone)]
pub struct RuleCovered {
    /// `file:line`
    pub at: String,
    /// Id of the first.
    pub id: String,
    /// How many are declared there.
    pub members: usize,
    /// In how many cases one of them spoke.
    pub spoke: usize,
    /// In how many cases one of them was silent.
    pub silent: usize,
}

/// What the cases of some packs reach.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// In file and line order.
    pub leaves: Vec<LeafCovered>,
    /// In file and line order.
    pub rules: Vec<RuleCovered>,
    /// Ids of the activities that some rule suggests.
    pub reached: Vec<String>,
    /// Ids of the activities that no rule suggests.
    pub unreached: Vec<String>,
}

impl Coverage {
    /// Looks at the rules of `packs` (ids) through the cases.
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

    /// How many outcomes of conditions were seen, and how many there are: two for each.
    #[must_use]
    pub fn outcomes(&self) -> (usize, usize) {
        let seen = self.leaves.iter().map(|leaf| usize::from(leaf.yes) + usize::from(leaf.no)).sum();
        (seen, self.leaves.len() * 2)
    }

    /// How many rules or families spoke, and how many there are.
    #[must_use]
    pub fn heard(&self) -> (usize, usize) {
        (self.rules.iter().filter(|rule| rule.spoke > 0).count(), self.rules.len())
    }

    /// How many activities some rule suggests, and how many there are.
    #[must_use]
    pub fn reachable(&self) -> (usize, usize) {
        (self.reached.len(), self.reached.len() + self.unreached.len())
    }

    /// The lowest of the three in whole per cent, rounded down: 99.99 is not 100.
    #[must_use]
    pub fn lowest(&self) -> usize {
        [self.outcomes(), self.heard(), self.reachable()].map(percent).into_iter().min().unwrap_or(100)
    }
}

/// A share in whole per cent, rounded down; nothing of nothing is all of it.
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

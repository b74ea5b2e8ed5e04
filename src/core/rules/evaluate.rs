//! Three-valued (Kleene) evaluation of conditions: what was not answered is unknown, and unknown never fires a rule.

use super::cond::{Cond, Leaf};
use super::fact::Test;
use super::facts::{Facts, Sought};
use crate::domain::{AppliesTo, CameOut, Framework, Organisation, Rated, Truth};

/// Evaluates a condition.
#[must_use]
pub fn truth(cond: &Cond, facts: &Facts<'_>) -> Truth {
    supposing(cond, facts, None)
}

/// Evaluates a condition as if one leaf (counted from 0 in the order written) had another outcome.
#[must_use]
pub(super) fn supposing(cond: &Cond, facts: &Facts<'_>, change: Option<(usize, Truth)>) -> Truth {
    Walk { facts, change, next: 0 }.truth(cond)
}

struct Walk<'a, 'b> {
    facts: &'a Facts<'b>,
    change: Option<(usize, Truth)>,
    next: usize,
}

impl Walk<'_, '_> {
    fn truth(&mut self, cond: &Cond) -> Truth {
        match cond {
            Cond::Leaf(leaf) => {
                let at = self.next;
                self.next += 1;
                match self.change {
                    Some((changed, truth)) if changed == at => truth,
                    _ => test(leaf, self.facts),
                }
            }
            Cond::Not(inner) => match self.truth(inner) {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
            },
            Cond::All(parts) => self.at_least(parts.len(), parts),
            Cond::Any(parts) => self.at_least(1, parts),
            Cond::AtLeast(needed, parts) => self.at_least(*needed, parts),
        }
    }

    fn at_least(&mut self, needed: usize, parts: &[std::sync::Arc<Cond>]) -> Truth {
        let (mut yes, mut unknown) = (0, 0);
        for (at, part) in parts.iter().enumerate() {
            // Stop when the remaining parts cannot change the outcome, unless a leaf is being changed: then all must be
            // counted.
            if self.change.is_none() && (yes >= needed || yes + unknown + (parts.len() - at) < needed) {
                break;
            }
            match self.truth(part) {
                Truth::Yes => yes += 1,
                Truth::Unknown => unknown += 1,
                Truth::No => {}
            }
        }
        if yes >= needed {
            Truth::Yes
        } else if yes + unknown >= needed {
            Truth::Unknown
        } else {
            Truth::No
        }
    }
}

fn known(yes: bool) -> Truth {
    if yes { Truth::Yes } else { Truth::No }
}

pub(super) fn test(leaf: &Leaf, facts: &Facts<'_>) -> Truth {
    outcome(&leaf.test, facts)
}

pub(super) fn outcome(test: &Test, facts: &Facts<'_>) -> Truth {
    let profile = facts.profile;
    match test {
        Test::Compare(left, operator, right) => match (facts.value(left), facts.value(right)) {
            (Some(left), Some(right)) => known(operator.holds(left, right)),
            _ => Truth::Unknown,
        },
        Test::Answered(by, ix) => known(profile.by(*by, *ix).is_some_and(|standing| standing.rated.value().is_some())),
        Test::ImportanceStated(ix) => known(profile.of(*ix).is_some_and(|standing| standing.importance.is_some())),
        Test::Chose(ix, kind) => match profile.of(*ix) {
            None => Truth::Unknown,
            Some(standing) => known(standing.rated == Rated::Not(*kind)),
        },
        Test::Lowest(ix) | Test::Highest(ix) => {
            let value = profile.of(*ix).and_then(|standing| standing.rated.value());
            match (value, facts.range()) {
                (Some(value), Some((low, high))) => {
                    known(value == if matches!(test, Test::Lowest(_)) { low } else { high })
                }
                _ => Truth::Unknown,
            }
        }
        Test::Mentions(ix, phrases) => match facts.mentions(*ix, phrases) {
            None => Truth::Unknown,
            Some(yes) => known(yes),
        },
        Test::Heard(concern) => known(facts.heard(concern)),
        Test::Applies(ix) => match (facts.library.behaviour(*ix).applies_to, facts.organisation()) {
            (AppliesTo::Any, _) => Truth::Yes,
            (_, None) => Truth::Unknown,
            (applies, Some(own)) => known(own.meets(applies)),
        },
        Test::Done(id) => known(profile.given(id).is_some_and(|given| given.done > 0)),
        Test::Planned(id) => known(profile.given(id).is_some_and(|given| given.open)),
        Test::SetAside(id) => known(profile.given(id).is_some_and(|given| given.set_aside > 0)),
        Test::Learned(id) => known(profile.given(id).is_some_and(|given| !given.learned.is_empty())),
        Test::Helped(id) => match profile.given(id).and_then(|given| given.came_out) {
            None => Truth::Unknown,
            Some((_, came_out)) => known(came_out == CameOut::AsHoped),
        },
        Test::LearnedMentions(from, phrases) => match facts.learned(from.as_deref(), phrases) {
            Sought::Nowhere => Truth::Unknown,
            Sought::Absent | Sought::Dismissed(..) => Truth::No,
            Sought::Found(_) => Truth::Yes,
        },
        Test::Tagged(tag) => known(facts.tagged(tag)),
        Test::Organisation(kind) => match facts.organisation() {
            None => Truth::Unknown,
            Some(own) => known(own == *kind && own != Organisation::NotStated),
        },
        Test::AtLevel(id) => match &profile.person.level {
            None => Truth::Unknown,
            // The person's level may be an alias in other frameworks; each framework maps it to a level of its own.
            Some(own) => {
                let is_own = |framework: &Framework| framework.level(own).is_some_and(|(_, level)| level.id == *id);
                known(facts.library.frameworks.iter().any(is_own))
            }
        },
    }
}

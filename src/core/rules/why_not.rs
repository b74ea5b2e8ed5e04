//! Explanations of why a rule did not fire: the conditions that prevented it, and the smallest change that would make
//! it fire.

use std::cmp::Ordering;

use super::cond::{Cond, Leaf};
use super::declare::Rule;
use super::evaluate::{test, truth};
use super::explain::{change_words, leaves_seen};
use super::fact::Test;
use super::facts::Facts;
use crate::domain::{LeafSeen, Truth, count, join_and};

/// Maximum number of changes for which a nearest change is suggested.
const MOST_CHANGES: usize = 3;
/// Maximum number of conditions that are named.
const MOST_NAMED: usize = 3;

/// Why a rule did not fire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhyNot {
    /// Explanation in words; empty if the rule fired.
    pub because: String,
    /// The smallest change that would make it fire, as a sentence; empty if it fired or if no small change exists.
    pub nearest: String,
    /// Conditions that prevented it, in the order written.
    pub in_the_way: Vec<LeafSeen>,
}

/// A way to give a condition the wanted outcome: the numbers (from 0) of the leaves that would have to change.
#[derive(Debug, Clone, Default)]
struct Way {
    leaves: Vec<usize>,
    /// Sum of the distances of the leaves' numbers from what is needed.
    distance: f64,
}

impl Way {
    fn with(mut self, other: Self) -> Self {
        self.leaves.extend(other.leaves);
        self.distance += other.distance;
        self
    }

    /// Orders by number of changes, then by distance.
    fn by_length(&self, other: &Self) -> Ordering {
        self.leaves.len().cmp(&other.leaves.len()).then_with(|| self.distance.total_cmp(&other.distance))
    }
}

/// A leaf visited while looking for the shortest way.
struct Met<'a> {
    leaf: &'a Leaf,
    truth: Truth,
    wanted: Truth,
}

/// Explains why a rule did not fire for these facts.
#[must_use]
pub fn why_not(rule: &Rule, facts: &Facts<'_>) -> WhyNot {
    let outcome = truth(&rule.when, facts);
    if outcome == Truth::Yes {
        return WhyNot::default();
    }
    let seen = leaves_seen(&rule.when, facts);
    let (mut met, mut in_the_way) = (Vec::new(), Vec::new());
    let way = shortest(&rule.when, Truth::Yes, facts, &mut met, &mut in_the_way);
    in_the_way.sort_unstable();
    WhyNot {
        because: because(outcome, &in_the_way, &way, &seen),
        nearest: nearest(&way, &met, &seen, facts),
        in_the_way: in_the_way.iter().filter_map(|at| seen.get(*at).cloned()).collect(),
    }
}

/// Returns whether a single number, off by at most 1, prevented a rule from firing while all its other conditions were
/// met.
#[must_use]
pub fn came_close(rule: &Rule, facts: &Facts<'_>) -> bool {
    if rule.when.size() < 2 || truth(&rule.when, facts) != Truth::No {
        return false;
    }
    let (mut met, mut in_the_way) = (Vec::new(), Vec::new());
    let way = shortest(&rule.when, Truth::Yes, facts, &mut met, &mut in_the_way);
    let known = |at: &usize| met.get(*at).is_some_and(|met| met.truth != Truth::Unknown);
    way.leaves.len() == 1 && way.distance <= 1.0 && way.leaves.iter().all(known) && in_the_way.len() < met.len()
}

/// Returns the shortest way to a wanted outcome. Appends every leaf to `met`, and the numbers of those that prevent the
/// outcome to `in_the_way`.
fn shortest<'a>(
    cond: &'a Cond,
    wanted: Truth,
    facts: &Facts<'_>,
    met: &mut Vec<Met<'a>>,
    in_the_way: &mut Vec<usize>,
) -> Way {
    let opposite = if wanted == Truth::Yes { Truth::No } else { Truth::Yes };
    let (needed, parts) = match cond {
        Cond::Leaf(leaf) => {
            let (at, truth) = (met.len(), test(leaf, facts));
            met.push(Met { leaf, truth, wanted });
            if truth == wanted {
                return Way::default();
            }
            in_the_way.push(at);
            return Way { leaves: vec![at], distance: distance(leaf, facts) };
        }
        Cond::Not(inner) => return shortest(inner, opposite, facts, met, in_the_way),
        Cond::All(parts) => (parts.len(), parts),
        Cond::Any(parts) => (1, parts),
        Cond::AtLeast(needed, parts) => (*needed, parts),
    };
    // For the condition to fail, all but `needed - 1` parts have to fail.
    let needed = if wanted == Truth::Yes { needed } else { (parts.len() + 1).saturating_sub(needed) };
    let before = in_the_way.len();
    let mut ways: Vec<Way> = parts.iter().map(|part| shortest(part, wanted, facts, met, in_the_way)).collect();
    if ways.iter().filter(|way| way.leaves.is_empty()).count() >= needed {
        // Enough parts are as wanted, so the others prevent nothing.
        in_the_way.truncate(before);
        return Way::default();
    }
    ways.sort_by(Way::by_length);
    ways.into_iter().take(needed).fold(Way::default(), Way::with)
}

/// Returns how far the numbers of a leaf are apart; 2 if it is not a comparison of known numbers.
fn distance(leaf: &Leaf, facts: &Facts<'_>) -> f64 {
    let Test::Compare(left, _, right) = &leaf.test else { return 2.0 };
    match (facts.value(left), facts.value(right)) {
        (Some(left), Some(right)) => (left - right).abs(),
        _ => 2.0,
    }
}

fn because(outcome: Truth, in_the_way: &[usize], way: &Way, seen: &[LeafSeen]) -> String {
    // If the outcome is unknown, the unknown conditions are named; otherwise the known ones.
    let tells = |leaf: &&LeafSeen| (leaf.truth == Truth::Unknown) == (outcome == Truth::Unknown);
    let named: Vec<&LeafSeen> = in_the_way.iter().filter_map(|at| seen.get(*at)).filter(tells).collect();
    let words: Vec<String> = named.iter().take(MOST_NAMED).map(|leaf| in_words(leaf)).collect();
    let more = match named.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(", and {}", count(more, "more condition", "more conditions")),
    };
    let enough = if way.leaves.len() == 1 && named.len() > 1 { " (one of these is enough)" } else { "" };
    format!("{}{more}{enough}", words.join(", and "))
}

/// Returns one condition that prevented the rule, as a clause.
fn in_words(leaf: &LeafSeen) -> String {
    let LeafSeen { needed, seen, .. } = leaf;
    match (leaf.truth, leaf.negated) {
        (Truth::Unknown, _) => format!("Cairn cannot tell whether {needed} ({seen})"),
        (_, false) => format!("it applies when {needed}, but found {seen}"),
        (_, true) => format!("it does not apply when {needed}, and found {seen}"),
    }
}

fn nearest(way: &Way, met: &[Met<'_>], seen: &[LeafSeen], facts: &Facts<'_>) -> String {
    if way.leaves.is_empty() || way.leaves.len() > MOST_CHANGES {
        return String::new();
    }
    let change = |at: &usize| Some(change(met.get(*at)?, seen.get(*at)?, facts));
    let changes: Vec<String> = way.leaves.iter().filter_map(change).collect();
    format!("it would apply if {}.", join_and(&changes))
}

/// Returns the change that one leaf needs, with its present value.
fn change(met: &Met<'_>, seen: &LeafSeen, facts: &Facts<'_>) -> String {
    let words = change_words(met.leaf, met.wanted, facts);
    match (&met.leaf.test, met.truth) {
        (Test::Compare(..), Truth::Unknown) => format!("{words} ({} so far)", seen.seen),
        (Test::Compare(..), _) => format!("{words} instead of {}", seen.seen),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{Library, Person, Profile};
    use crate::rules::cond::Span;
    use crate::rules::fact::{Fact, Operator};

    fn number(left: f64, right: f64) -> Arc<Cond> {
        let test = Test::Compare(Fact::constant(left), Operator::AtMost, Fact::constant(right));
        Arc::new(Cond::Leaf(Leaf { test, at: Span { file: "a".into(), line: 1, column: 1 } }))
    }

    /// Returns the leaves of the shortest way, and those that prevent the outcome.
    fn ask(cond: &Cond) -> (Vec<usize>, Vec<usize>) {
        let library = Library::default();
        let day = jiff::civil::date(2026, 11, 22);
        let profile = Profile::new(&library, Person::default(), day, Vec::new(), &[], &[]);
        let mut in_the_way = Vec::new();
        let way = shortest(cond, Truth::Yes, &Facts::new(&library, &profile), &mut Vec::new(), &mut in_the_way);
        (way.leaves, in_the_way)
    }

    #[test]
    fn the_fewest_and_smallest_changes_are_found() {
        let (yes, by_one, by_three) = (number(1.0, 2.0), number(3.0, 2.0), number(5.0, 2.0));
        let all = Cond::All(vec![yes.clone(), by_one.clone(), by_three.clone()]);
        assert_eq!(ask(&all), (vec![1, 2], vec![1, 2]));
        let any = Cond::Any(vec![by_three.clone(), by_one.clone()]);
        assert_eq!(ask(&any), (vec![1], vec![0, 1]), "the smaller of two");
        let some = Cond::AtLeast(2, vec![by_three.clone(), yes.clone(), by_one.clone()]);
        assert_eq!(ask(&some), (vec![2], vec![0, 2]));
        let not = Cond::Not(Arc::new(Cond::All(vec![yes.clone(), yes.clone()])));
        assert_eq!(ask(&not), (vec![0], vec![0, 1]), "one of two is enough to break it");
        let settled = Cond::All(vec![Arc::new(Cond::Any(vec![yes, by_three])), by_one]);
        assert_eq!(ask(&settled), (vec![2], vec![2]), "what is settled is in nobody's way");
    }
}

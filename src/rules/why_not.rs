//! Why a rule did not speak: the conditions that stood in its way, with `not` and «at least» taken into account. A leaf
//! under `not` is in the way because it holds, and is told so; one that could change nothing is not told of.

use super::cond::Cond;
use super::declare::Rule;
use super::evaluate::{supposing, test, truth};
use super::explain::leaves_seen;
use super::facts::Facts;
use crate::domain::{LeafSeen, Truth};

/// Why a rule is silent for a person.
#[derive(Debug, Clone)]
pub struct WhyNot {
    /// How its condition came out.
    pub truth: Truth,
    /// Who switched it off and why, if anybody did.
    pub off: Option<String>,
    /// The conditions in its way, in the order written.
    pub blocking: Vec<LeafSeen>,
    /// Those of them that would be enough by themselves.
    pub enough: Vec<LeafSeen>,
}

/// Looks for what keeps a rule from speaking; nothing is in its way where it speaks.
#[must_use]
pub fn why_not(rule: &Rule, facts: &Facts<'_>) -> WhyNot {
    let leaves = leaves_seen(&rule.when, facts);
    let mut found = Vec::new();
    blocking(&rule.when, facts, Truth::Yes, &mut 0, &mut found);
    let alone = |at: &&usize| {
        [Truth::Yes, Truth::No].iter().any(|other| supposing(&rule.when, facts, Some((**at, *other))) == Truth::Yes)
    };
    let pick = |at: &usize| leaves.get(*at).cloned();
    WhyNot {
        truth: truth(&rule.when, facts),
        off: rule.off.clone(),
        enough: found.iter().filter(alone).filter_map(pick).collect(),
        blocking: found.iter().filter_map(pick).collect(),
    }
}

/// Adds the leaves, counted in the order written, that keep a condition from coming out as wanted.
fn blocking(cond: &Cond, facts: &Facts<'_>, wanted: Truth, next: &mut usize, found: &mut Vec<usize>) {
    match cond {
        Cond::Leaf(leaf) => {
            if test(leaf, facts) != wanted {
                found.push(*next);
            }
            *next += 1;
        }
        Cond::Not(inner) => blocking(inner, facts, opposite(wanted), next, found),
        Cond::All(parts) | Cond::Any(parts) | Cond::AtLeast(_, parts) => {
            let settled = truth(cond, facts) == wanted;
            for part in parts {
                if settled || truth(part, facts) == wanted {
                    *next += part.size();
                } else {
                    blocking(part, facts, wanted, next, found);
                }
            }
        }
    }
}

fn opposite(truth: Truth) -> Truth {
    match truth {
        Truth::Yes => Truth::No,
        Truth::No => Truth::Yes,
        Truth::Unknown => Truth::Unknown,
    }
}

/// One condition in the way, as a sentence: what was needed and what there was.
#[must_use]
pub fn in_the_way(leaf: &LeafSeen) -> String {
    match (leaf.truth, leaf.negated) {
        (Truth::Unknown, _) => format!("it cannot be told whether {} ({})", leaf.needed, leaf.seen),
        (_, true) => format!("it must not be that {}, and it is so ({})", leaf.needed, leaf.seen),
        (_, false) => format!("it needs that {}, and it is not so ({})", leaf.needed, leaf.seen),
    }
}

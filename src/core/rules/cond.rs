//! Conditions as data. A script's `rating("FL-5") <= 2 and level() >= 2` becomes a tree of [`Cond`]. Nodes are shared
//! with `Arc`, so that a loaded rule set can be sent to other threads; leaves are counted, so that a script cannot
//! build an unlimited condition.

use std::fmt;
use std::sync::Arc;

use super::fact::{Fact, Test};

/// Maximum number of leaves in one condition.
pub(super) const MOST_LEAVES: usize = 400;

/// A position in a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// File name, in the form `pack/rules/name.rhai`.
    pub file: Arc<str>,
    /// Line, counted from 1; 0 if Rhai gave none.
    pub line: usize,
    /// Column, counted from 1; 0 if Rhai gave none.
    pub column: usize,
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A test and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The test.
    pub test: Test,
    /// Position in the rule file.
    pub at: Span,
}

/// A condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// A single test.
    Leaf(Leaf),
    /// All of these must hold.
    All(Vec<Arc<Cond>>),
    /// At least one of these must hold.
    Any(Vec<Arc<Cond>>),
    /// At least this many of these must hold.
    AtLeast(usize, Vec<Arc<Cond>>),
    /// This must not hold.
    Not(Arc<Cond>),
}

impl Cond {
    /// Calls `see` for every leaf, in the order written, with whether it is under an odd number of `not`s.
    pub fn leaves<'a>(&'a self, see: &mut impl FnMut(&'a Leaf, bool)) {
        self.walk(false, see);
    }

    fn walk<'a>(&'a self, negated: bool, see: &mut impl FnMut(&'a Leaf, bool)) {
        match self {
            Self::Leaf(leaf) => see(leaf, negated),
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                for part in parts {
                    part.walk(negated, see);
                }
            }
            Self::Not(inner) => inner.walk(!negated, see),
        }
    }

    /// Returns a copy whose nodes are allocated one after the other. Nodes built by a script are scattered between its
    /// discarded values, which makes evaluating a thousand rules wait for memory. Nodes shared between rules remain
    /// shared.
    pub(super) fn packed(self: &Arc<Self>) -> Arc<Self> {
        if Arc::strong_count(self) > 1 {
            return Arc::clone(self);
        }
        let all = |parts: &[Arc<Self>]| parts.iter().map(Self::packed).collect();
        Arc::new(match self.as_ref() {
            Self::Leaf(leaf) => Self::Leaf(leaf.clone()),
            Self::All(parts) => Self::All(all(parts)),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::AtLeast(needed, parts) => Self::AtLeast(*needed, all(parts)),
            Self::Not(inner) => Self::Not(inner.packed()),
        })
    }

    /// Returns the number of leaves.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Leaf(_) => 1,
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => parts.iter().map(|part| part.size()).sum(),
            Self::Not(inner) => inner.size(),
        }
    }
}

/// A numeric value in a script: a fact and where it was asked for.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) fact: Fact,
    pub(super) at: Span,
    /// Number of facts that it is calculated from.
    pub(super) size: usize,
    /// Whether an error in it has been reported.
    pub(super) broken: bool,
}

/// A condition value in a script.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) cond: Arc<Cond>,
    pub(super) size: usize,
    /// Whether an error in it has been reported.
    pub(super) broken: bool,
}

impl Condition {
    pub(super) fn leaf(test: Test, at: Span) -> Self {
        Self { cond: Arc::new(Cond::Leaf(Leaf { test, at })), size: 1, broken: false }
    }

    /// Returns a placeholder to use after an error was reported, so that the rest of the file is still checked.
    pub(super) fn broken(at: Span) -> Self {
        Self { broken: true, ..Self::leaf(Test::Done(String::new()), at) }
    }

    /// Negates the condition. A double negation is removed; otherwise a loop could nest them until the stack overflows.
    pub(super) fn negated(self) -> Self {
        let cond = match self.cond.as_ref() {
            Cond::Not(inner) => Arc::clone(inner),
            _ => Arc::new(Cond::Not(Arc::clone(&self.cond))),
        };
        Self { cond, ..self }
    }

    /// Joins conditions; returns `None` if the result would have more than [`MOST_LEAVES`] leaves. An empty list counts
    /// as one leaf; otherwise a loop could nest empty lists until the stack overflows.
    pub(super) fn joined(parts: Vec<Self>, join: impl FnOnce(Vec<Arc<Cond>>) -> Cond) -> Option<Self> {
        let size = parts.iter().map(|part| part.size).sum::<usize>().max(1);
        let broken = parts.iter().any(|part| part.broken);
        // A single condition is not wrapped, for the same reason.
        if let [only] = parts.as_slice() {
            return Some(only.clone());
        }
        let conds = parts.into_iter().map(|part| part.cond).collect();
        (size <= MOST_LEAVES).then(|| Self { cond: Arc::new(flat(join(conds))), size, broken })
    }
}

/// Flattens nested lists, so that `a and b and c` is one list of three. This does not change the result and halves the
/// memory that is read.
fn flat(cond: Cond) -> Cond {
    let opened = |parts: Vec<Arc<Cond>>, inside: fn(&Cond) -> Option<&[Arc<Cond>]>| {
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            match inside(&part) {
                Some(inner) => all.extend(inner.iter().cloned()),
                None => all.push(part),
            }
        }
        all
    };
    match cond {
        Cond::All(parts) => {
            Cond::All(opened(parts, |part| if let Cond::All(inner) = part { Some(inner) } else { None }))
        }
        Cond::Any(parts) => {
            Cond::Any(opened(parts, |part| if let Cond::Any(inner) = part { Some(inner) } else { None }))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_without_leaves_are_counted_too() {
        let at = Span { file: Arc::from("x.rhai"), line: 1, column: 1 };
        let empty = || Condition::joined(Vec::new(), Cond::All).expect("small");
        let mut deep = Condition::leaf(Test::Done(String::new()), at);
        let mut turns = 0;
        while let Some(deeper) = Condition::joined(vec![deep.negated(), empty()], Cond::Any) {
            deep = deeper;
            turns += 1;
            assert!(turns < MOST_LEAVES + 1, "a loop nests them without end");
        }
    }
}

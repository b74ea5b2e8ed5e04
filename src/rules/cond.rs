//! Conditions as data. A script's `rating("FL-5") <= 2 and level() >= 2` becomes a tree of these; sharing is by `Arc`, so
//! that a loaded rule set can cross threads, and size is counted, so that a script cannot grow one without end.

use std::fmt;
use std::sync::Arc;

use super::fact::{Fact, Test};

/// Most leaves in one condition.
pub(super) const MOST_LEAVES: usize = 400;

/// Where in a rule file something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// `pack/rules/name.rhai`
    pub file: Arc<str>,
    /// From 1; 0 where Rhai gave none.
    pub line: usize,
    /// From 1; 0 where Rhai gave none.
    pub column: usize,
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One test and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// What is asked.
    pub test: Test,
    /// Where it is written.
    pub at: Span,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// A single test.
    Leaf(Leaf),
    /// Every one of these.
    All(Vec<Arc<Cond>>),
    /// At least one of these.
    Any(Vec<Arc<Cond>>),
    /// At least so many of these.
    AtLeast(usize, Vec<Arc<Cond>>),
    /// The opposite.
    Not(Arc<Cond>),
}

impl Cond {
    /// Calls `see` for every leaf in the order written, with whether it stands under an odd number of `not`s.
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

    /// The same condition in memory of its own, one part behind the other: a script leaves them strewn among all it threw
    /// away, and going through a thousand rules would be waiting for memory. What rules share stays shared.
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

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Leaf(_) => 1,
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => parts.iter().map(|part| part.size()).sum(),
            Self::Not(inner) => inner.size(),
        }
    }
}

/// A number as a script holds it: the fact and where it was asked for.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) fact: Fact,
    pub(super) at: Span,
    /// How many facts it is made of.
    pub(super) size: usize,
    /// Something in it was wrong and has been reported.
    pub(super) broken: bool,
}

/// A condition as a script holds it.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) cond: Arc<Cond>,
    pub(super) size: usize,
    /// Something in it was wrong and has been reported.
    pub(super) broken: bool,
}

impl Condition {
    pub(super) fn leaf(test: Test, at: Span) -> Self {
        Self { cond: Arc::new(Cond::Leaf(Leaf { test, at })), size: 1, broken: false }
    }

    /// A stand-in after a fault was reported, so that the rest of the file is still looked at.
    pub(super) fn broken(at: Span) -> Self {
        Self { broken: true, ..Self::leaf(Test::Done(String::new()), at) }
    }

    /// The opposite; that of an opposite is the thing itself, or a loop could nest them until the stack is full.
    pub(super) fn negated(self) -> Self {
        let cond = match self.cond.as_ref() {
            Cond::Not(inner) => Arc::clone(inner),
            _ => Arc::new(Cond::Not(Arc::clone(&self.cond))),
        };
        Self { cond, ..self }
    }

    /// Combines conditions; `None` when the result would have more than [`MOST_LEAVES`] leaves. One without any counts as
    /// one, or a loop could nest such until the stack is full.
    pub(super) fn joined(parts: Vec<Self>, join: impl FnOnce(Vec<Arc<Cond>>) -> Cond) -> Option<Self> {
        let size = parts.iter().map(|part| part.size).sum::<usize>().max(1);
        let broken = parts.iter().any(|part| part.broken);
        // One alone is what it is, for the same reason.
        if let [only] = parts.as_slice() {
            return Some(only.clone());
        }
        let conds = parts.into_iter().map(|part| part.cond).collect();
        (size <= MOST_LEAVES).then(|| Self { cond: Arc::new(flat(join(conds))), size, broken })
    }
}

/// `a and b and c` is one list of three and not a list in a list: the same truth, and half as much memory to go through.
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

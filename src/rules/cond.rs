//! Conditions as data. A script's `rating("FL-5") <= 2 and level() >= 2` becomes a tree of these; sharing is by `Arc`, so
//! that a loaded rule set can cross threads, and size is counted, so that a script cannot grow one without end.

use std::fmt;
use std::sync::Arc;

use crate::domain::{BehaviourIx, By, NonAnswer, Organisation};

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

/// Something a rule can ask for as a number. Unknown while it was not answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A number written in the script.
    Constant(f64),
    /// The newest rating of a behaviour by somebody.
    Rating(By, BehaviourIx),
    /// How important the person says it is, 1 to 3.
    Importance(BehaviourIx),
    /// Own rating minus the coach's.
    Gap(BehaviourIx),
    /// Change over the newest so many dated ratings.
    Trend(BehaviourIx, usize),
    /// Mean of the ratings that there are; unknown while there are none.
    Average(Vec<BehaviourIx>),
    /// Highest minus lowest rating; unknown below two.
    Spread(Vec<BehaviourIx>),
    /// How many of these have a rating.
    RatedCount(Vec<BehaviourIx>),
    /// Words written about a behaviour in its newest answer.
    Words(BehaviourIx),
    /// Days since the behaviour was last answered.
    DaysSince(BehaviourIx),
    /// Position of the person's level in its framework, from 1.
    Level,
    /// Days on which the person answered something.
    Sessions,
    /// How often an activity was done.
    TimesDone(String),
}

/// Something that holds or does not.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Two numbers compared.
    Compare(Fact, Operator, Fact),
    /// The behaviour has a rating.
    Answered(BehaviourIx),
    /// The person has said how important the behaviour is.
    ImportanceStated(BehaviourIx),
    /// The person chose this non-answer.
    Chose(BehaviourIx, NonAnswer),
    /// The behaviour is among the person's lowest rated.
    Lowest(BehaviourIx),
    /// The behaviour is among the person's highest rated.
    Highest(BehaviourIx),
    /// The newest words about a behaviour (or about any) use one of these phrases, folded.
    Mentions(Option<BehaviourIx>, Vec<String>),
    /// The activity was done.
    Done(String),
    /// The person's kind of organisation.
    Organisation(Organisation),
    /// The person's level, by id.
    AtLevel(String),
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Less, Self::AtMost, Self::More, Self::AtLeast, Self::Equal, Self::Unequal];

    /// As it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Equal => "==",
            Self::Unequal => "!=",
        }
    }

    /// The same comparison with its sides changed over.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            Self::Equal | Self::Unequal => self,
        }
    }

    /// Whether it holds. Numbers are small and come from whole ones, so equality within a hair is equality.
    #[must_use]
    pub fn holds(self, left: f64, right: f64) -> bool {
        let same = (left - right).abs() < 1e-9;
        match self {
            Self::Less => left < right && !same,
            Self::AtMost => left < right || same,
            Self::More => left > right && !same,
            Self::AtLeast => left > right || same,
            Self::Equal => same,
            Self::Unequal => !same,
        }
    }
}

/// One test and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// What is asked.
    pub test: Test,
    /// Where it is written.
    pub at: Span,
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
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

impl Fact {
    /// The behaviours it looks at.
    #[must_use]
    pub fn behaviours(&self) -> &[BehaviourIx] {
        match self {
            Self::Rating(_, ix)
            | Self::Importance(ix)
            | Self::Gap(ix)
            | Self::Trend(ix, _)
            | Self::Words(ix)
            | Self::DaysSince(ix) => std::slice::from_ref(ix),
            Self::Average(list) | Self::Spread(list) | Self::RatedCount(list) => list,
            Self::Constant(_) | Self::Level | Self::Sessions | Self::TimesDone(_) => &[],
        }
    }
}

impl Test {
    /// The behaviours it looks at.
    #[must_use]
    pub fn behaviours(&self) -> Vec<BehaviourIx> {
        match self {
            Self::Compare(left, _, right) => [left.behaviours(), right.behaviours()].concat(),
            Self::Answered(ix)
            | Self::ImportanceStated(ix)
            | Self::Chose(ix, _)
            | Self::Lowest(ix)
            | Self::Highest(ix)
            | Self::Mentions(Some(ix), _) => vec![*ix],
            Self::Mentions(None, _) | Self::Done(_) | Self::Organisation(_) | Self::AtLevel(_) => Vec::new(),
        }
    }
}

/// A number as a script holds it: the fact and where it was asked for.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) fact: Fact,
    pub(super) at: Span,
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

    pub(super) fn negated(self) -> Self {
        Self { cond: Arc::new(Cond::Not(self.cond)), ..self }
    }

    /// Combines conditions; `None` when the result would have more than [`MOST_LEAVES`] leaves.
    pub(super) fn joined(parts: Vec<Self>, join: impl FnOnce(Vec<Arc<Cond>>) -> Cond) -> Option<Self> {
        let size: usize = parts.iter().map(|part| part.size).sum();
        let broken = parts.iter().any(|part| part.broken);
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

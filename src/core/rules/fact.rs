//! What a rule can ask for: numeric facts, tests that hold or do not, and the operators between numbers. These types
//! carry no source position; [`cond`](super::cond) adds it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::domain::{BehaviourIx, By, NonAnswer, Organisation};
use crate::language::Phrase;

/// A number written in a script. Compared and hashed by its bits, so that facts can be used as keys.
#[derive(Debug, Clone, Copy)]
pub struct Decimal(pub f64);

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// A list of behaviours, shared by all rules of a family that names them.
pub type Several = Arc<[BehaviourIx]>;

/// A number that a rule can ask for. Its value is unknown until the person has answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fact {
    /// A constant in the script.
    Constant(Decimal),
    /// Newest rating of a behaviour by this rater.
    Rating(By, BehaviourIx),
    /// Importance that the person gives the behaviour, from 1 to 3.
    Importance(BehaviourIx),
    /// Rating that the framework expects at the person's level.
    Target(BehaviourIx),
    /// Target minus the person's own rating.
    Gap(BehaviourIx),
    /// The person's own rating minus the coach's.
    CoachGap(BehaviourIx),
    /// Change over this many of the newest dated ratings.
    Trend(BehaviourIx, usize),
    /// Number of days on which the behaviour was rated.
    TimesRated(BehaviourIx),
    /// Number of words in the newest answer about a behaviour.
    Words(BehaviourIx),
    /// Days since the behaviour was last answered.
    DaysSince(BehaviourIx),
    /// Mean of the ratings present; unknown if there are none.
    Average(Several),
    /// Highest minus lowest rating; unknown for fewer than two.
    Spread(Several),
    /// Sum of the ratings; unknown unless every behaviour is rated.
    Total(Several),
    /// Lowest rating; unknown if there is none.
    Minimum(Several),
    /// Highest rating; unknown if there is none.
    Maximum(Several),
    /// Number of these behaviours that have a rating.
    RatedCount(Several),
    /// Number of these behaviours with this non-answer, or with any if `None`.
    NonAnswers(Several, Option<NonAnswer>),
    /// Position of the person's level in its framework, counted from 1.
    Level,
    /// Number of days on which the person answered something.
    Sessions,
    /// Number of times that the activity (by id) was done.
    TimesDone(String),
    /// Number of times that the activity (by id) was set aside.
    TimesSetAside(String),
    /// Sessions since the activity (by id) was last done; unknown if it never was.
    SessionsSince(String),
    /// Number of actions in the plan with this status.
    Actions(InPlan),
    /// Result of a calculation with two facts.
    Calc(Arc<Fact>, Arithmetic, Arc<Fact>),
}

/// The status of an action in the plan, as rules count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InPlan {
    /// Not done yet.
    Open,
    /// Open and past its due day.
    Overdue,
    /// Completed.
    Done,
}

/// The phrases that a condition looks for in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrases {
    /// The phrases, in the order written.
    pub list: Arc<[Phrase]>,
    /// Whom the phrases have to be about.
    pub about: About,
}

/// Whom a phrase has to be about to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// The writer, or nobody in particular: "I have no time", "there is no time".
    Writer,
    /// Anyone, for phrases that by their nature are about others. Reported speech of others still does not count.
    Anyone,
}

/// A test that holds or does not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// Comparison of two numbers.
    Compare(Fact, Operator, Fact),
    /// This rater has rated the behaviour.
    Answered(By, BehaviourIx),
    /// The person has stated how important the behaviour is.
    ImportanceStated(BehaviourIx),
    /// The person chose this non-answer.
    Chose(BehaviourIx, NonAnswer),
    /// The behaviour is among the person's lowest rated.
    Lowest(BehaviourIx),
    /// The behaviour is among the person's highest rated.
    Highest(BehaviourIx),
    /// The behaviour applies to the person's kind of organisation.
    Applies(BehaviourIx),
    /// The newest answer about the behaviour (or about any, if `None`) contains one of the phrases in its intended
    /// meaning.
    Mentions(Option<BehaviourIx>, Phrases),
    /// Some newest answer contains a sign of this concern (by id).
    Heard(String),
    /// The activity (by id) was done.
    Done(String),
    /// The activity (by id) is open in the plan.
    Planned(String),
    /// The activity (by id) was declined or cancelled.
    SetAside(String),
    /// The activity (by id) was done, and the person noted what they learned.
    Learned(String),
    /// The activity (by id) was done and had the result that the person hoped for.
    Helped(String),
    /// A note on what was learned from the activity (or from any, if `None`) contains one of the phrases in its
    /// intended meaning.
    LearnedMentions(Option<String>, Phrases),
    /// An activity of this kind or with this tag was done.
    Tagged(String),
    /// The person works in this kind of organisation.
    Organisation(Organisation),
    /// The person is at this level (by id).
    AtLevel(String),
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`; the result of a division by zero is unknown.
    Over,
}

impl Arithmetic {
    /// All operators.
    pub const ALL: [Self; 4] = [Self::Plus, Self::Minus, Self::Times, Self::Over];

    /// Returns the operator as written in a script.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }

    /// Returns the result; `None` if it is not finite, as for a division by zero.
    #[must_use]
    pub fn of(self, left: f64, right: f64) -> Option<f64> {
        let result = match self {
            Self::Plus => left + right,
            Self::Minus => left - right,
            Self::Times => left * right,
            Self::Over => left / right,
        };
        result.is_finite().then_some(result)
    }
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// All operators.
    pub const ALL: [Self; 6] = [Self::Less, Self::AtMost, Self::More, Self::AtLeast, Self::Equal, Self::Unequal];

    /// Returns the operator as written in a script.
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

    /// Returns the operator in words, for example `is at most`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Less => "is below",
            Self::AtMost => "is at most",
            Self::More => "is above",
            Self::AtLeast => "is at least",
            Self::Equal => "is",
            Self::Unequal => "is not",
        }
    }

    /// Returns the operator for the same comparison with its operands swapped.
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

    /// Returns the operator that holds exactly where this one does not.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::More,
            Self::More => Self::AtMost,
            Self::AtLeast => Self::Less,
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
        }
    }

    /// Returns whether the comparison holds. Values that differ by less than 1e-9 count as equal, which hides rounding
    /// errors of calculations with small whole numbers.
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

impl Fact {
    /// Creates a constant.
    #[must_use]
    pub fn constant(value: f64) -> Self {
        Self::Constant(Decimal(value))
    }

    /// Returns the value of a constant; `None` for any other fact.
    #[must_use]
    pub fn as_constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(value.0),
            _ => None,
        }
    }

    /// Appends the behaviours that the fact depends on to `found`, in the order written.
    pub fn behaviours(&self, found: &mut Vec<BehaviourIx>) {
        match self {
            Self::Rating(_, ix)
            | Self::Importance(ix)
            | Self::Target(ix)
            | Self::Gap(ix)
            | Self::CoachGap(ix)
            | Self::Trend(ix, _)
            | Self::TimesRated(ix)
            | Self::Words(ix)
            | Self::DaysSince(ix) => found.push(*ix),
            Self::Average(list)
            | Self::Spread(list)
            | Self::Total(list)
            | Self::Minimum(list)
            | Self::Maximum(list)
            | Self::RatedCount(list)
            | Self::NonAnswers(list, _) => found.extend(list.iter().copied()),
            Self::Calc(left, _, right) => {
                left.behaviours(found);
                right.behaviours(found);
            }
            Self::Constant(_)
            | Self::Level
            | Self::Sessions
            | Self::TimesDone(_)
            | Self::TimesSetAside(_)
            | Self::SessionsSince(_)
            | Self::Actions(_) => {}
        }
    }

    /// Calls `see` for the fact itself and for every fact that it is calculated from.
    pub fn each<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        if let Self::Calc(left, _, right) = self {
            left.each(see);
            right.each(see);
        }
    }
}

impl Test {
    /// Returns the behaviours that the test depends on, in the order written.
    #[must_use]
    pub fn behaviours(&self) -> Vec<BehaviourIx> {
        let mut found = Vec::new();
        match self {
            Self::Compare(left, _, right) => {
                left.behaviours(&mut found);
                right.behaviours(&mut found);
            }
            Self::Answered(_, ix)
            | Self::ImportanceStated(ix)
            | Self::Chose(ix, _)
            | Self::Lowest(ix)
            | Self::Highest(ix)
            | Self::Applies(ix)
            | Self::Mentions(Some(ix), _) => found.push(*ix),
            Self::Mentions(None, _)
            | Self::Heard(_)
            | Self::Done(_)
            | Self::Planned(_)
            | Self::SetAside(_)
            | Self::Learned(_)
            | Self::Helped(_)
            | Self::LearnedMentions(..)
            | Self::Tagged(_)
            | Self::Organisation(_)
            | Self::AtLevel(_) => {}
        }
        found
    }
}

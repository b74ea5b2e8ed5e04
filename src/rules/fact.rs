//! What a rule can ask for: facts that are numbers, tests that hold or do not, and how numbers are compared. All of it
//! is plain data without a place; [`cond`](super::cond) adds where it was written.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::domain::{BehaviourIx, By, NonAnswer, Organisation};
use crate::language::Phrase;

/// A number written in a script; equal when its bits are, so that facts can be told apart and looked up.
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

/// Several behaviours, shared by every rule of a family that names them.
pub type Several = Arc<[BehaviourIx]>;

/// Something a rule can ask for as a number. Unknown while it was not answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fact {
    /// A number written in the script.
    Constant(Decimal),
    /// The newest rating of a behaviour by somebody.
    Rating(By, BehaviourIx),
    /// How important the person says it is, 1 to 3.
    Importance(BehaviourIx),
    /// The rating that the framework expects at the person's level.
    Target(BehaviourIx),
    /// That target minus the person's own rating.
    Gap(BehaviourIx),
    /// Own rating minus the coach's.
    CoachGap(BehaviourIx),
    /// Change over the newest so many dated ratings.
    Trend(BehaviourIx, usize),
    /// On how many days the behaviour was rated.
    TimesRated(BehaviourIx),
    /// Words written about a behaviour in its newest answer.
    Words(BehaviourIx),
    /// Days since the behaviour was last answered.
    DaysSince(BehaviourIx),
    /// Mean of the ratings that there are; unknown while there are none.
    Average(Several),
    /// Highest minus lowest rating; unknown below two.
    Spread(Several),
    /// Sum of the ratings; unknown until every one is there.
    Total(Several),
    /// Lowest rating; unknown while there is none.
    Minimum(Several),
    /// Highest rating; unknown while there is none.
    Maximum(Several),
    /// How many of these have a rating.
    RatedCount(Several),
    /// How many of these have this non-answer, or any.
    NonAnswers(Several, Option<NonAnswer>),
    /// Position of the person's level in its framework, from 1.
    Level,
    /// Days on which the person answered something.
    Sessions,
    /// How often an activity was done.
    TimesDone(String),
    /// How often an activity was set aside.
    TimesSetAside(String),
    /// Sessions since an activity was last done; unknown while it never was.
    SessionsSince(String),
    /// How many actions of the plan stand like this.
    Actions(InPlan),
    /// Two numbers calculated.
    Calc(Arc<Fact>, Arithmetic, Arc<Fact>),
}

/// How an action of the plan stands, as rules count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InPlan {
    /// Decided, not done.
    Open,
    /// Open, and its day has passed.
    Overdue,
    /// Done.
    Done,
}

/// Phrases that a condition looks for in what was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrases {
    /// The phrases, in the order written.
    pub list: Arc<[Phrase]>,
    /// Whom they have to be about.
    pub about: About,
}

/// Whom a phrase has to be about to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// The writer, or nobody in particular: "I have no time", "there is no time".
    Writer,
    /// Anyone: for words that name others by their nature. Passed-on words of others still do not count.
    Anyone,
}

/// Something that holds or does not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// Two numbers compared.
    Compare(Fact, Operator, Fact),
    /// Somebody has rated the behaviour.
    Answered(By, BehaviourIx),
    /// The person has said how important the behaviour is.
    ImportanceStated(BehaviourIx),
    /// The person chose this non-answer.
    Chose(BehaviourIx, NonAnswer),
    /// The behaviour is among the person's lowest rated.
    Lowest(BehaviourIx),
    /// The behaviour is among the person's highest rated.
    Highest(BehaviourIx),
    /// The behaviour is for the person's kind of organisation.
    Applies(BehaviourIx),
    /// The newest words about a behaviour (or about any) use one of these phrases, and mean it.
    Mentions(Option<BehaviourIx>, Phrases),
    /// Words anywhere in the newest answers are a sign of this concern, by id.
    Heard(String),
    /// The activity was done.
    Done(String),
    /// The activity is open in the plan.
    Planned(String),
    /// The activity was declined or let go.
    SetAside(String),
    /// The activity was done, and the person noted what they learned.
    Learned(String),
    /// The activity was done and came out as the person had hoped.
    Helped(String),
    /// What was learned from an activity (or from any) uses one of these phrases, and means it.
    LearnedMentions(Option<String>, Phrases),
    /// An activity of this kind or with this tag was done.
    Tagged(String),
    /// The person's kind of organisation.
    Organisation(Organisation),
    /// The person's level, by id.
    AtLevel(String),
}

/// How two numbers are calculated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`; by nothing it is unknown.
    Over,
}

impl Arithmetic {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Plus, Self::Minus, Self::Times, Self::Over];

    /// As it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }

    /// The result; `None` for a division by nothing or a result without end.
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

/// How two numbers are compared.
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

    /// As it is said: `is at most`.
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

    /// The comparison that holds where this one does not.
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

impl Fact {
    /// A number written in a script.
    #[must_use]
    pub fn constant(value: f64) -> Self {
        Self::Constant(Decimal(value))
    }

    /// The number, if it is written in the script.
    #[must_use]
    pub fn as_constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(value.0),
            _ => None,
        }
    }

    /// Adds the behaviours it looks at, in the order written.
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

    /// Calls `see` for it and for every fact it is calculated from.
    pub fn each<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        if let Self::Calc(left, _, right) = self {
            left.each(see);
            right.each(see);
        }
    }
}

impl Test {
    /// The behaviours it looks at, in the order written.
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

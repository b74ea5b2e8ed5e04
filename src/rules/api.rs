//! The whole surface that a script sees, as one table: what registers a function also documents it and feeds
//! «did you mean». Nothing else exists in the language.

use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};

use super::build::Build;
use super::cond::{Cond, Condition, Fact, Number, Test};
use super::declare::declare;
use super::named::{
    register_activities, register_at_level, register_behaviours, register_chose, register_mentions,
    register_mentions_any, register_organisation, register_trend,
};
use super::operators::{register_at_least, register_comparisons, register_joins, register_list, register_not};
use crate::domain::By;

type Text = ImmutableString;

/// What an entry of the API is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiKind {
    /// Gives a number that may be unknown.
    Number,
    /// Gives a condition.
    Condition,
    /// Combines conditions or compares numbers.
    Operator,
    /// Names or lists things of the library while the script runs.
    Library,
    /// Declares something.
    Declaration,
}

/// One function or operator of the rules language.
pub struct ApiEntry {
    /// As it is called.
    pub name: &'static str,
    /// With its parameters.
    pub signature: &'static str,
    /// What it is for.
    pub kind: ApiKind,
    /// One sentence, and when it is unknown.
    pub doc: &'static str,
    /// One line that runs.
    pub example: &'static str,
    register: fn(&mut Engine, &Build),
}

impl std::fmt::Debug for ApiEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiEntry").field("name", &self.name).field("signature", &self.signature).finish_non_exhaustive()
    }
}

/// Every entry, in the order of the reference.
#[must_use]
pub fn api() -> &'static [ApiEntry] {
    TABLE
}

/// Registers the table and the comparison operators in an engine.
pub(super) fn register_all(engine: &mut Engine, build: &Build) {
    engine.register_type_with_name::<Number>("number");
    engine.register_type_with_name::<Condition>("condition");
    for entry in TABLE {
        (entry.register)(engine, build);
    }
}

macro_rules! entry {
    ($name:literal, $signature:literal, $kind:ident, $doc:literal, $example:literal, $register:expr) => {
        ApiEntry {
            name: $name,
            signature: $signature,
            kind: ApiKind::$kind,
            doc: $doc,
            example: $example,
            register: $register,
        }
    };
}

/// Facts about one behaviour that give a number.
macro_rules! number_of {
    ($name:literal, $fact:expr) => {
        |engine, build| {
            let build = build.clone();
            engine.register_fn($name, move |context: NativeCallContext, code: Text| -> Dynamic {
                let at = build.here(&context);
                let fact = build.behaviour(&at, &code).map($fact);
                Build::number(at, fact)
            });
        }
    };
}

/// Facts about one behaviour that hold or do not.
macro_rules! test_of {
    ($name:literal, $test:expr) => {
        |engine, build| {
            let build = build.clone();
            engine.register_fn($name, move |context: NativeCallContext, code: Text| -> Dynamic {
                let at = build.here(&context);
                let test = build.behaviour(&at, &code).map($test);
                Build::condition(at, test)
            });
        }
    };
}

/// Facts about several behaviours that give a number: a list of codes, or a theme's or framework's name.
macro_rules! number_over {
    ($name:literal, $fact:expr) => {
        |engine, build| {
            let (by_list, by_name) = (build.clone(), build.clone());
            engine.register_fn($name, move |context: NativeCallContext, codes: Array| -> Dynamic {
                let at = by_list.here(&context);
                let fact = by_list.behaviours(&at, codes).map($fact);
                Build::number(at, fact)
            });
            engine.register_fn($name, move |context: NativeCallContext, name: Text| -> Dynamic {
                let at = by_name.here(&context);
                let fact = by_name.group(&at, &name).map($fact);
                Build::number(at, fact)
            });
        }
    };
}

const TABLE: &[ApiEntry] = &[
    entry!(
        "rating",
        "rating(behaviour)",
        Number,
        "The person's newest rating of a behaviour; unknown while there is none.",
        "rating(\"FL-1\") <= 2",
        number_of!("rating", |ix| Fact::Rating(By::Myself, ix))
    ),
    entry!(
        "coach_rating",
        "coach_rating(behaviour)",
        Number,
        "The coach's newest rating of a behaviour; unknown while there is none.",
        "coach_rating(\"FL-1\") >= 4",
        number_of!("coach_rating", |ix| Fact::Rating(By::Coach, ix))
    ),
    entry!(
        "importance",
        "importance(behaviour)",
        Number,
        "How much the behaviour matters in the person's role, 1 to 3; unknown while they have not said.",
        "importance(\"FL-1\") == 3",
        number_of!("importance", Fact::Importance)
    ),
    entry!(
        "gap",
        "gap(behaviour)",
        Number,
        "The person's rating minus the coach's; unknown until both have rated.",
        "gap(\"FL-1\") >= 2",
        number_of!("gap", Fact::Gap)
    ),
    entry!(
        "trend",
        "trend(behaviour, ratings)",
        Number,
        "How the rating changed over so many dated ratings; unknown while there are fewer.",
        "trend(\"FL-1\", 3) <= -1",
        register_trend
    ),
    entry!(
        "average",
        "average(behaviours)",
        Number,
        "The mean of the ratings among a list of behaviours, a theme or a framework; non-answers do not count, and with no rating it is unknown.",
        "average(\"FL\") >= 4",
        number_over!("average", Fact::Average)
    ),
    entry!(
        "spread",
        "spread(behaviours)",
        Number,
        "Highest rating minus lowest among a list of behaviours, a theme or a framework; unknown below two ratings.",
        "spread(\"FL\") >= 3",
        number_over!("spread", Fact::Spread)
    ),
    entry!(
        "rated",
        "rated(behaviours)",
        Number,
        "How many of a list of behaviours, a theme or a framework have a rating; never unknown.",
        "rated(\"FL\") >= 3",
        number_over!("rated", Fact::RatedCount)
    ),
    entry!(
        "words",
        "words(behaviour)",
        Number,
        "How many words the person wrote in the newest answer on a behaviour; unknown while there is no answer.",
        "words(\"FL-1\") < 10",
        number_of!("words", Fact::Words)
    ),
    entry!(
        "days_since",
        "days_since(behaviour)",
        Number,
        "Days since the person last answered on a behaviour; unknown while there is no answer.",
        "days_since(\"FL-1\") > 90",
        number_of!("days_since", Fact::DaysSince)
    ),
    entry!(
        "level",
        "level()",
        Number,
        "The person's level as a position in its framework, from 1 at the front line; unknown while it is not stated.",
        "level() >= 2",
        |engine, build| {
            let build = build.clone();
            engine.register_fn("level", move |context: NativeCallContext| {
                Build::number(build.here(&context), Some(Fact::Level))
            });
        }
    ),
    entry!(
        "sessions",
        "sessions()",
        Number,
        "On how many days the person has answered something; never unknown.",
        "sessions() >= 3",
        |engine, build| {
            let build = build.clone();
            engine.register_fn("sessions", move |context: NativeCallContext| {
                Build::number(build.here(&context), Some(Fact::Sessions))
            });
        }
    ),
    entry!(
        "times_done",
        "times_done(activity)",
        Number,
        "How often the person has done an activity; never unknown.",
        "times_done(\"one-question-feedback\") == 0",
        |engine, build| {
            let build = build.clone();
            engine.register_fn("times_done", move |context: NativeCallContext, id: Text| {
                let at = build.here(&context);
                let fact = build.activity(&at, &id).map(|activity| Fact::TimesDone(activity.id.clone()));
                Build::number(at, fact)
            });
        }
    ),
    entry!(
        "answered",
        "answered(behaviour)",
        Condition,
        "The behaviour has a rating from the person; never unknown.",
        "answered(\"FL-1\")",
        test_of!("answered", Test::Answered)
    ),
    entry!(
        "importance_stated",
        "importance_stated(behaviour)",
        Condition,
        "The person has said how much the behaviour matters in their role; never unknown.",
        "not(importance_stated(\"FL-1\"))",
        test_of!("importance_stated", Test::ImportanceStated)
    ),
    entry!(
        "chose",
        "chose(behaviour, non_answer)",
        Condition,
        "The person chose \"not-applicable\", \"cannot-say\" or \"prefer-not-to-say\"; unknown while there is no answer.",
        "chose(\"FL-1\", \"cannot-say\")",
        register_chose
    ),
    entry!(
        "lowest",
        "lowest(behaviour)",
        Condition,
        "The behaviour is among the person's lowest ratings; unknown below three ratings or when it has none.",
        "lowest(\"FL-1\")",
        test_of!("lowest", Test::Lowest)
    ),
    entry!(
        "highest",
        "highest(behaviour)",
        Condition,
        "The behaviour is among the person's highest ratings; unknown below three ratings or when it has none.",
        "highest(\"FL-1\")",
        test_of!("highest", Test::Highest)
    ),
    entry!(
        "mentions",
        "mentions(behaviour, phrases)",
        Condition,
        "The person's newest words about a behaviour use one of the phrases, whole words in any case; a phrase may end in * for any ending. Unknown while nothing was written.",
        "mentions(\"FL-5\", [\"no time\", \"too busy\"])",
        register_mentions
    ),
    entry!(
        "mentions_any",
        "mentions_any(phrases)",
        Condition,
        "The person's newest words about any behaviour use one of the phrases; unknown while nothing was written.",
        "mentions_any([\"on my own\", \"nobody else\"])",
        register_mentions_any
    ),
    entry!(
        "done",
        "done(activity)",
        Condition,
        "The person has done the activity; never unknown.",
        "not(done(\"one-question-feedback\"))",
        |engine, build| {
            let build = build.clone();
            engine.register_fn("done", move |context: NativeCallContext, id: Text| {
                let at = build.here(&context);
                let test = build.activity(&at, &id).map(|activity| Test::Done(activity.id.clone()));
                Build::condition(at, test)
            });
        }
    ),
    entry!(
        "organisation",
        "organisation(kind)",
        Condition,
        "The person's organisation is a \"commissioner\", a \"provider\" or \"other\"; unknown while it is not stated.",
        "organisation(\"provider\")",
        register_organisation
    ),
    entry!(
        "at_level",
        "at_level(level)",
        Condition,
        "The person leads from this level of a framework; unknown while it is not stated.",
        "at_level(\"managers\")",
        register_at_level
    ),
    entry!(
        "<",
        "number < number, and <= > >= == !=",
        Operator,
        "Compares two numbers, in either order; unknown when one of them is.",
        "2 >= rating(\"FL-1\")",
        register_comparisons
    ),
    entry!(
        "and",
        "condition and condition, or &&",
        Operator,
        "Both hold. One that does not hold settles it, even when the other is unknown.",
        "answered(\"FL-1\") and level() >= 2",
        |engine, build| register_joins(engine, build, &["and", "&&"], 60, Cond::All)
    ),
    entry!(
        "or",
        "condition or condition, or ||",
        Operator,
        "At least one holds. One that holds settles it, even when the other is unknown.",
        "answered(\"FL-1\") or answered(\"FL-2\")",
        |engine, build| register_joins(engine, build, &["or", "||"], 30, Cond::Any)
    ),
    entry!(
        "not",
        "not(condition), or !condition",
        Operator,
        "The opposite; unknown stays unknown.",
        "not(rating(\"FL-1\") <= 2)",
        register_not
    ),
    entry!(
        "all",
        "all([condition, …])",
        Operator,
        "Every one of the list holds.",
        "all([answered(\"FL-1\"), answered(\"FL-2\")])",
        |engine, build| register_list(engine, build, "all", Cond::All)
    ),
    entry!(
        "any",
        "any([condition, …])",
        Operator,
        "At least one of the list holds.",
        "any([answered(\"FL-1\"), answered(\"FL-2\")])",
        |engine, build| register_list(engine, build, "any", Cond::Any)
    ),
    entry!(
        "at_least",
        "at_least(n, [condition, …])",
        Operator,
        "At least n of the list hold; unknown while the unknown ones could still decide it.",
        "at_least(2, [rating(\"FL-1\") <= 2, rating(\"FL-2\") <= 2, rating(\"FL-3\") <= 2])",
        register_at_least
    ),
    entry!(
        "behaviours",
        "behaviours(), behaviours(name)",
        Library,
        "The codes of all behaviours, or of those of a theme or framework, in the framework's order, for a loop.",
        "for b in behaviours(\"FL\") { print(b) }",
        register_behaviours
    ),
    entry!(
        "activities",
        "activities(behaviour), activities(behaviour, kind_or_tag)",
        Library,
        "The ids of the activities that name a behaviour, those that name it first in front; with a kind (\"on-the-job\", \"through-others\", \"formal\", \"reflection\") or a tag, only those.",
        "activities(\"FL-1\", \"on-the-job\")",
        register_activities
    ),
    entry!(
        "rule",
        "rule(id, #{ title, when, suggest, because, priority, topic, cooldown })",
        Declaration,
        "Declares a rule. priority is 0 to 100 and orders the advice (50 if left out); topic groups advice, so that the first three differ; cooldown is how many sessions a done or declined activity stays away (3 if left out).",
        "rule(\"x.y\", #{ title: \"…\", when: answered(\"FL-1\"), suggest: [\"one-question-feedback\"], because: \"…\" })",
        declare
    ),
];

/// A map argument, named here so that `declare` need not import Rhai's prelude twice.
pub(super) type Fields = Map;

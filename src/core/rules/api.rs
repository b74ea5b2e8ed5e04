//! The complete API of the rules language, as one table. The entry that registers a function also documents it,
//! supplies names for "did you mean", and generates the definition file for editors. The language has nothing else.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};

use super::build::Build;
use super::cond::{Cond, Condition, Number};
use super::declare::declare;
use super::fact::{Fact, InPlan, Test};
use super::named::{
    register_activities, register_at_level, register_behaviours, register_chose, register_heard,
    register_learned_mentions, register_mentions, register_mentions_any, register_non_answers, register_organisation,
    register_push, register_tagged, register_themes, register_trend,
};
use super::operators::{
    register_arithmetic, register_at_least, register_comparisons, register_joins, register_list, register_not,
};
use super::overrides::{register_adjust, register_disable, register_replace};
use crate::domain::By;

type Text = ImmutableString;

/// The category of an API entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiKind {
    /// Returns a number, which may be unknown.
    Number,
    /// Returns a condition.
    Condition,
    /// Combines conditions, compares numbers or calculates with them.
    Operator,
    /// Lists items of the library while the script runs.
    Library,
    /// Declares or changes a rule.
    Declaration,
}

impl ApiKind {
    /// All categories, in the order of the reference.
    pub const ALL: [Self; 5] = [Self::Number, Self::Condition, Self::Operator, Self::Library, Self::Declaration];

    /// Returns the heading used in the reference.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Number => "Facts that are numbers",
            Self::Condition => "Facts that hold or do not",
            Self::Operator => "Putting them together",
            Self::Library => "Lists for loops",
            Self::Declaration => "Declaring",
        }
    }

    /// Returns the word used in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Condition => "condition",
            Self::Operator => "operator",
            Self::Library => "library",
            Self::Declaration => "declaration",
        }
    }
}

/// A function or operator of the rules language.
pub struct ApiEntry {
    /// Name as called in a script.
    pub name: &'static str,
    /// Name with its parameters.
    pub signature: &'static str,
    /// Each overload with its types, in the syntax of Rhai's definition files.
    pub forms: &'static [&'static str],
    /// Category.
    pub kind: ApiKind,
    /// One sentence that says what it returns and when that is unknown.
    pub doc: &'static str,
    /// One line that can be run.
    pub example: &'static str,
    register: fn(&mut Engine, &Build),
}

impl std::fmt::Debug for ApiEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiEntry").field("name", &self.name).field("signature", &self.signature).finish_non_exhaustive()
    }
}

/// Returns every entry, in the order of the reference.
#[must_use]
pub fn api() -> &'static [ApiEntry] {
    TABLE
}

/// Registers the whole table in an engine.
pub(super) fn register_all(engine: &mut Engine, build: &Build) {
    engine.register_type_with_name::<Number>("number");
    engine.register_type_with_name::<Condition>("condition");
    for entry in TABLE {
        (entry.register)(engine, build);
    }
}

macro_rules! entry {
    ($name:expr, $signature:expr, [$($form:expr),+], $kind:ident, $doc:expr, $example:expr, $register:expr) => {
        ApiEntry {
            name: $name,
            signature: $signature,
            forms: &[$($form),+],
            kind: ApiKind::$kind,
            doc: $doc,
            example: $example,
            register: $register,
        }
    };
}

/// A numeric fact about one behaviour.
macro_rules! number_of {
    ($name:literal, $doc:literal, $example:literal, $fact:expr) => {
        entry!(
            $name,
            concat!($name, "(behaviour)"),
            [concat!("fn ", $name, "(behaviour: string) -> number")],
            Number,
            $doc,
            $example,
            |engine, build| {
                let build = build.clone();
                engine.register_fn($name, move |context: NativeCallContext, code: Text| -> Dynamic {
                    let at = build.here(&context);
                    let fact = build.behaviour(&at, &code).map($fact);
                    Build::number(at, fact)
                });
            }
        )
    };
}

/// A test of one behaviour.
macro_rules! test_of {
    ($name:literal, $doc:literal, $example:literal, $test:expr) => {
        entry!(
            $name,
            concat!($name, "(behaviour)"),
            [concat!("fn ", $name, "(behaviour: string) -> condition")],
            Condition,
            $doc,
            $example,
            |engine, build| {
                let build = build.clone();
                engine.register_fn($name, move |context: NativeCallContext, code: Text| -> Dynamic {
                    let at = build.here(&context);
                    let test = build.behaviour(&at, &code).map($test);
                    Build::condition(at, test)
                });
            }
        )
    };
}

/// A numeric fact about several behaviours, given as a list of codes or as the name of a theme or framework.
macro_rules! number_over {
    ($name:literal, $doc:literal, $example:literal, $fact:expr) => {
        entry!(
            $name,
            concat!($name, "(behaviours)"),
            [
                concat!("fn ", $name, "(behaviours: Array) -> number"),
                concat!("fn ", $name, "(theme_or_framework: string) -> number")
            ],
            Number,
            $doc,
            $example,
            |engine, build| {
                let (by_list, by_name) = (build.clone(), build.clone());
                engine.register_fn($name, move |context: NativeCallContext, codes: Array| -> Dynamic {
                    let at = by_list.here(&context);
                    let fact = by_list.behaviours(&at, codes).map(|list| $fact(Arc::from(list)));
                    Build::number(at, fact)
                });
                engine.register_fn($name, move |context: NativeCallContext, name: Text| -> Dynamic {
                    let at = by_name.here(&context);
                    let fact = by_name.group(&at, &name).map(|list| $fact(Arc::from(list)));
                    Build::number(at, fact)
                });
            }
        )
    };
}

/// A numeric fact about one activity.
macro_rules! number_about {
    ($name:literal, $doc:literal, $example:literal, $fact:expr) => {
        entry!(
            $name,
            concat!($name, "(activity)"),
            [concat!("fn ", $name, "(activity: string) -> number")],
            Number,
            $doc,
            $example,
            |engine, build| {
                let build = build.clone();
                engine.register_fn($name, move |context: NativeCallContext, id: Text| -> Dynamic {
                    let at = build.here(&context);
                    let fact = build.activity(|| at.clone(), &id).map(|activity| $fact(activity.id.clone()));
                    Build::number(at, fact)
                });
            }
        )
    };
}

/// A test of one activity.
macro_rules! test_about {
    ($name:literal, $doc:literal, $example:literal, $test:expr) => {
        entry!(
            $name,
            concat!($name, "(activity)"),
            [concat!("fn ", $name, "(activity: string) -> condition")],
            Condition,
            $doc,
            $example,
            |engine, build| {
                let build = build.clone();
                engine.register_fn($name, move |context: NativeCallContext, id: Text| -> Dynamic {
                    let at = build.here(&context);
                    let test = build.activity(|| at.clone(), &id).map(|activity| $test(activity.id.clone()));
                    Build::condition(at, test)
                });
            }
        )
    };
}

/// A numeric fact about the person, without parameters.
macro_rules! number_plain {
    ($name:literal, $doc:literal, $example:literal, $fact:expr) => {
        entry!(
            $name,
            concat!($name, "()"),
            [concat!("fn ", $name, "() -> number")],
            Number,
            $doc,
            $example,
            |engine, build| {
                let build = build.clone();
                engine.register_fn($name, move |context: NativeCallContext| -> Dynamic {
                    Build::number(build.here(&context), Some($fact))
                });
            }
        )
    };
}

const TABLE: &[ApiEntry] = &[
    number_of!(
        "rating",
        "The person's newest rating of a behaviour; unknown while there is none.",
        "rating(\"FL-1\") <= 2",
        |ix| Fact::Rating(By::Myself, ix)
    ),
    number_of!(
        "coach_rating",
        "The coach's newest rating of a behaviour; unknown while there is none.",
        "coach_rating(\"FL-1\") >= 4",
        |ix| Fact::Rating(By::Coach, ix)
    ),
    number_of!(
        "other_rating",
        "The mean of what others than the person and the coach rated, every answer a view of its own; unknown while there is none.",
        "other_rating(\"FL-1\") >= 4",
        |ix| Fact::Rating(By::Other, ix)
    ),
    number_of!(
        "importance",
        "How much the behaviour matters in the person's role, 1 to 3; unknown while they have not said.",
        "importance(\"FL-1\") == 3",
        Fact::Importance
    ),
    number_of!(
        "target",
        "The rating that the framework expects at the person's level; unknown where it states none, or the level is not stated.",
        "rating(\"FL-1\") < target(\"FL-1\")",
        Fact::Target
    ),
    number_of!(
        "gap",
        "The target minus the person's own rating: above 0 there is a way to go; unknown while either is.",
        "gap(\"FL-1\") >= 2",
        Fact::Gap
    ),
    number_of!(
        "coach_gap",
        "The person's rating minus the coach's; unknown until both have rated.",
        "coach_gap(\"FL-1\") >= 2",
        Fact::CoachGap
    ),
    entry!(
        "trend",
        "trend(behaviour, ratings)",
        ["fn trend(behaviour: string, ratings: int) -> number"],
        Number,
        "How the rating changed over so many dated ratings; unknown while there are fewer.",
        "trend(\"FL-1\", 3) <= -1",
        register_trend
    ),
    number_of!(
        "times_rated",
        "On how many days the person has rated a behaviour; never unknown.",
        "times_rated(\"FL-1\") >= 3",
        Fact::TimesRated
    ),
    number_of!(
        "words",
        "How many words the person wrote in the newest answer on a behaviour; unknown while there is no answer.",
        "words(\"FL-1\") < 10",
        Fact::Words
    ),
    number_of!(
        "days_since",
        "Days since the person last answered on a behaviour; unknown while there is no answer.",
        "days_since(\"FL-1\") > 90",
        Fact::DaysSince
    ),
    number_over!(
        "average",
        "The mean of the ratings among a list of behaviours, a theme or a framework; non-answers do not count, and with no rating it is unknown.",
        "average(\"FL\") >= 4",
        Fact::Average
    ),
    number_over!(
        "total",
        "The sum of the ratings among a list of behaviours, a theme or a framework, for score bands; unknown until every one has a rating.",
        "total([\"FL-1\", \"FL-2\"]) >= 5",
        Fact::Total
    ),
    number_over!(
        "spread",
        "Highest rating minus lowest among a list of behaviours, a theme or a framework; unknown below two ratings.",
        "spread(\"FL\") >= 3",
        Fact::Spread
    ),
    number_over!(
        "minimum",
        "The lowest rating among a list of behaviours, a theme or a framework; unknown while there is none.",
        "minimum(\"FL\") >= 3",
        Fact::Minimum
    ),
    number_over!(
        "maximum",
        "The highest rating among a list of behaviours, a theme or a framework; unknown while there is none.",
        "maximum(\"FL\") <= 2",
        Fact::Maximum
    ),
    number_over!(
        "rated",
        "How many of a list of behaviours, a theme or a framework have a rating; never unknown.",
        "rated(\"FL\") >= 3",
        Fact::RatedCount
    ),
    entry!(
        "non_answers",
        "non_answers(behaviours), non_answers(behaviours, non_answer)",
        [
            "fn non_answers(behaviours: Array) -> number",
            "fn non_answers(theme_or_framework: string) -> number",
            "fn non_answers(behaviours: Array, non_answer: string) -> number",
            "fn non_answers(theme_or_framework: string, non_answer: string) -> number"
        ],
        Number,
        "How many of a list of behaviours, a theme or a framework were answered with a non-answer, or with this one; never unknown.",
        "non_answers(\"FL\", \"cannot-say\") >= 2",
        register_non_answers
    ),
    number_plain!(
        "level",
        "The person's level as a position in its framework, from 1 at the front line; unknown while it is not stated.",
        "level() >= 2",
        Fact::Level
    ),
    number_plain!(
        "sessions",
        "On how many days the person has answered something; never unknown.",
        "sessions() >= 3",
        Fact::Sessions
    ),
    number_plain!(
        "actions_open",
        "How many actions are open in the plan; never unknown.",
        "actions_open() > 3",
        Fact::Actions(InPlan::Open)
    ),
    number_plain!(
        "actions_overdue",
        "How many open actions are past their day; never unknown.",
        "actions_overdue() >= 2",
        Fact::Actions(InPlan::Overdue)
    ),
    number_plain!(
        "actions_done",
        "How many actions of the plan were done; never unknown.",
        "actions_done() == 0",
        Fact::Actions(InPlan::Done)
    ),
    number_about!(
        "times_done",
        "How often the person has done an activity; never unknown.",
        "times_done(\"one-question-feedback\") == 0",
        Fact::TimesDone
    ),
    number_about!(
        "times_set_aside",
        "How often the person has declined an activity or let it go; never unknown.",
        "times_set_aside(\"one-question-feedback\") >= 2",
        Fact::TimesSetAside
    ),
    number_about!(
        "sessions_since",
        "How many sessions lie after the day the person last did an activity; unknown while they never did.",
        "sessions_since(\"one-question-feedback\") >= 3",
        Fact::SessionsSince
    ),
    test_of!("answered", "The behaviour has a rating from the person; never unknown.", "answered(\"FL-1\")", |ix| {
        Test::Answered(By::Myself, ix)
    }),
    test_of!(
        "coach_answered",
        "The behaviour has a rating from the coach; never unknown.",
        "coach_answered(\"FL-1\")",
        |ix| Test::Answered(By::Coach, ix)
    ),
    test_of!(
        "importance_stated",
        "The person has said how much the behaviour matters in their role; never unknown.",
        "not(importance_stated(\"FL-1\"))",
        Test::ImportanceStated
    ),
    entry!(
        "chose",
        "chose(behaviour, non_answer)",
        ["fn chose(behaviour: string, non_answer: string) -> condition"],
        Condition,
        "The person chose \"not-applicable\", \"cannot-say\" or \"prefer-not-to-say\"; unknown while there is no answer.",
        "chose(\"FL-1\", \"cannot-say\")",
        register_chose
    ),
    test_of!(
        "lowest",
        "The behaviour is among the person's lowest ratings; unknown below three ratings or when it has none.",
        "lowest(\"FL-1\")",
        Test::Lowest
    ),
    test_of!(
        "highest",
        "The behaviour is among the person's highest ratings; unknown below three ratings or when it has none.",
        "highest(\"FL-1\")",
        Test::Highest
    ),
    test_of!(
        "applies",
        "The behaviour is for the person's kind of organisation; for one that is not for all it is unknown while the kind is not stated.",
        "applies(\"FL-1\")",
        Test::Applies
    ),
    entry!(
        "mentions",
        "mentions(behaviour, phrases), mentions(behaviour, phrases, whom)",
        [
            "fn mentions(behaviour: string, phrase: string) -> condition",
            "fn mentions(behaviour: string, phrases: Array) -> condition",
            "fn mentions(behaviour: string, phrases: Array, whom: string) -> condition"
        ],
        Condition,
        "The person's newest words about a behaviour use one of the phrases and mean it: whole words in any case, not denied (\"not\", \"never\", \"no longer\"), not past (\"used to\", \"last year\"), not supposed (\"if\", \"training on\") and not about somebody else, unless whom is \"anyone\". A word may end in * for any ending, ~3 stands for up to three words, and a|b_c for the word a or the words b c in every form. A topic in angle brackets, such as <no-time>, stands for sentences that say it in words of their own. What is a sign of danger is never matched. Unknown while nothing was written.",
        "mentions(\"FL-5\", [\"no time\", \"too busy\"])",
        register_mentions
    ),
    entry!(
        "mentions_any",
        "mentions_any(phrases), mentions_any(phrases, whom)",
        ["fn mentions_any(phrases: Array) -> condition", "fn mentions_any(phrases: Array, whom: string) -> condition"],
        Condition,
        "The same for the newest words about any behaviour; unknown while nothing was written.",
        "mentions_any([\"on my own\", \"nobody else\"])",
        register_mentions_any
    ),
    entry!(
        "heard",
        "heard(concern)",
        ["fn heard(concern: string) -> condition"],
        Condition,
        "The newest answers hold words that can be a sign of the concern, such as \"worn-out\" or \"self-harm\"; for rules that should then be silent. Never unknown.",
        "not(heard(\"worn-out\"))",
        register_heard
    ),
    test_about!(
        "done",
        "The person has done the activity; never unknown.",
        "not(done(\"one-question-feedback\"))",
        Test::Done
    ),
    test_about!(
        "planned",
        "The activity is open in the person's plan; never unknown.",
        "not(planned(\"one-question-feedback\"))",
        Test::Planned
    ),
    test_about!(
        "set_aside",
        "The person has declined the activity or let it go; never unknown.",
        "set_aside(\"one-question-feedback\")",
        Test::SetAside
    ),
    test_about!(
        "learned",
        "The person has done the activity and noted what they learned; never unknown.",
        "learned(\"one-question-feedback\")",
        Test::Learned
    ),
    test_about!(
        "helped",
        "The person has done the activity, and it came out as they had hoped; unknown while they have not said.",
        "not(helped(\"one-question-feedback\"))",
        Test::Helped
    ),
    entry!(
        "learned_mentions",
        "learned_mentions(phrases), learned_mentions(activity, phrases)",
        [
            "fn learned_mentions(phrases: Array) -> condition",
            "fn learned_mentions(activity: string, phrases: Array) -> condition"
        ],
        Condition,
        "What the person noted as learned from an activity, or from any, uses one of the phrases; unknown while nothing was noted.",
        "learned_mentions([\"harder than\", \"did not work\"])",
        register_learned_mentions
    ),
    entry!(
        "tagged",
        "tagged(kind_or_tag)",
        ["fn tagged(kind_or_tag: string) -> condition"],
        Condition,
        "The person has done an activity of this kind (\"on-the-job\", \"through-others\", \"formal\", \"reflection\") or with this tag; never unknown.",
        "not(tagged(\"through-others\"))",
        register_tagged
    ),
    entry!(
        "organisation",
        "organisation(kind)",
        ["fn organisation(kind: string) -> condition"],
        Condition,
        "The person's organisation is a \"commissioner\", a \"provider\" or \"other\"; unknown while it is not stated.",
        "organisation(\"provider\")",
        register_organisation
    ),
    entry!(
        "at_level",
        "at_level(level)",
        ["fn at_level(level: string) -> condition"],
        Condition,
        "The person's level is the one named, by id, title or alias; unknown while it is not stated.",
        "at_level(\"managers\")",
        register_at_level
    ),
    entry!(
        "<=",
        "number < <= > >= == != number",
        [
            "op <(number, number) -> condition",
            "op <=(number, number) -> condition",
            "op >(number, number) -> condition",
            "op >=(number, number) -> condition",
            "op ==(number, number) -> condition",
            "op !=(number, number) -> condition"
        ],
        Operator,
        "Compares a fact with a number or another fact; unknown while either is.",
        "rating(\"FL-1\") < importance(\"FL-1\")",
        register_comparisons
    ),
    entry!(
        "+",
        "number + - * / number",
        [
            "op +(number, number) -> number",
            "op -(number, number) -> number",
            "op *(number, number) -> number",
            "op /(number, number) -> number"
        ],
        Operator,
        "Calculates with facts, for scores that turn an item round or weigh it; unknown while either is, and divided by 0.",
        "6 - rating(\"FL-1\") + 2 * rating(\"FL-2\") >= 9",
        register_arithmetic
    ),
    entry!(
        "and",
        "condition and condition, or &&",
        ["op and(condition, condition) -> condition"],
        Operator,
        "Both hold. One that does not hold settles it, even when the other is unknown.",
        "answered(\"FL-1\") and level() >= 2",
        |engine, build| register_joins(engine, build, &["and", "&&"], 60, Cond::All)
    ),
    entry!(
        "or",
        "condition or condition, or ||",
        ["op or(condition, condition) -> condition"],
        Operator,
        "At least one holds. One that holds settles it, even when the other is unknown.",
        "answered(\"FL-1\") or answered(\"FL-2\")",
        |engine, build| register_joins(engine, build, &["or", "||"], 30, Cond::Any)
    ),
    entry!(
        "not",
        "not(condition), or !condition",
        ["fn not(condition: condition) -> condition"],
        Operator,
        "The opposite; unknown stays unknown.",
        "not(rating(\"FL-1\") <= 2)",
        register_not
    ),
    entry!(
        "all",
        "all([condition, …])",
        ["fn all(conditions: Array) -> condition"],
        Operator,
        "Every one of the list holds.",
        "all([answered(\"FL-1\"), answered(\"FL-2\")])",
        |engine, build| register_list(engine, build, "all", Cond::All)
    ),
    entry!(
        "any",
        "any([condition, …])",
        ["fn any(conditions: Array) -> condition"],
        Operator,
        "At least one of the list holds.",
        "any([answered(\"FL-1\"), answered(\"FL-2\")])",
        |engine, build| register_list(engine, build, "any", Cond::Any)
    ),
    entry!(
        "at_least",
        "at_least(n, [condition, …])",
        ["fn at_least(n: int, conditions: Array) -> condition"],
        Operator,
        "At least n of the list hold; unknown while the unknown ones could still decide it.",
        "at_least(2, [rating(\"FL-1\") <= 2, rating(\"FL-2\") <= 2, rating(\"FL-3\") <= 2])",
        register_at_least
    ),
    entry!(
        "behaviours",
        "behaviours(), behaviours(name)",
        ["fn behaviours() -> Array", "fn behaviours(theme_or_framework: string) -> Array"],
        Library,
        "The codes of all behaviours, or of those of a theme or framework, in the framework's order, for a loop.",
        "for b in behaviours(\"FL\") { print(b) }",
        register_behaviours
    ),
    entry!(
        "themes",
        "themes(framework)",
        ["fn themes(framework: string) -> Array"],
        Library,
        "The codes of a framework's themes, in its order, for a loop.",
        "for t in themes(\"empowered-communities\") { print(t) }",
        register_themes
    ),
    entry!(
        "activities",
        "activities(behaviour), activities(behaviour, kind_or_tag), activities(behaviour, kind_or_tag, not_tag)",
        [
            "fn activities(behaviour: string) -> Array",
            "fn activities(behaviour: string, kind_or_tag: string) -> Array",
            "fn activities(behaviour: string, kind_or_tag: string, not_tag: string) -> Array"
        ],
        Library,
        "The ids of the activities that name a behaviour, those that name it first in front; with a kind (\"on-the-job\", \"through-others\", \"formal\", \"reflection\") or a tag, only those; with a third word, none that has this tag.",
        "activities(\"FL-1\", \"on-the-job\")",
        register_activities
    ),
    entry!(
        "push",
        "list.push(thing)",
        ["fn push(list: Array, thing: ?)"],
        Library,
        "Adds a condition, a code or a phrase to the end of a list that a loop fills.",
        "let low = []; for b in behaviours(\"FL\") { low.push(rating(b) <= 2) }",
        register_push
    ),
    entry!(
        "rule",
        "rule(id, #{ title, when, suggest, because, priority, topic, cooldown, locked })",
        ["fn rule(id: string, fields: Map)"],
        Declaration,
        "Declares a rule. priority is 0 to 100 and orders the advice (50 if left out); topic groups advice, so that the first three differ; cooldown is how many sessions a done or declined activity stays away (3 if left out); a locked rule cannot be weakened by other packs.",
        "rule(\"x.y\", #{ title: \"…\", when: answered(\"FL-1\"), suggest: [\"one-question-feedback\"], because: \"…\" })",
        declare
    ),
    entry!(
        "replace",
        "replace(id, #{ as in rule })",
        ["fn replace(id: string, fields: Map)"],
        Declaration,
        "Puts a rule in the place of an earlier pack's rule of this id.",
        "replace(\"running-on-empty\", #{ title: \"…\", when: answered(\"FL-1\"), suggest: [\"one-question-feedback\"], because: \"…\" })",
        register_replace
    ),
    entry!(
        "adjust",
        "adjust(id, #{ priority, cooldown, note })",
        ["fn adjust(id: string, fields: Map)"],
        Declaration,
        "Changes priority or cooldown of an earlier pack's rule, or of a family (its first part and a star); note says why and is shown with the advice.",
        "adjust(\"no-time.*\", #{ priority: 20, note: \"our rota changes in June\" })",
        register_adjust
    ),
    entry!(
        "disable",
        "disable(id, why)",
        ["fn disable(id: string, why: string)"],
        Declaration,
        "Switches an earlier pack's rule or family off; why is shown where its advice would have stood.",
        "disable(\"few-words.*\", \"we ask about this elsewhere\")",
        register_disable
    ),
];

/// The type of a map argument, defined here so that `declare` need not import Rhai's prelude again.
pub(super) type Fields = Map;

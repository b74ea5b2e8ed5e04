//! The whole surface that a script sees, as one table: what registers a function also documents it and feeds
//! «did you mean». Nothing else exists in the language.

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Map, NativeCallContext};

use super::build::{Build, plain_type};
use super::cond::{Cond, Condition, Fact, MOST_LEAVES, Number, Operator, Test};
use super::declare::declare;
use crate::domain::{ActivityKind, By, NonAnswer, Organisation, fold, nearest};

type Outcome = Result<Dynamic, Box<EvalAltResult>>;
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
    entry!("rating", "rating(behaviour)", Number,
        "The person's newest rating of a behaviour; unknown while there is none.",
        "rating(\"FL-1\") <= 2", number_of!("rating", |ix| Fact::Rating(By::Myself, ix))),
    entry!("coach_rating", "coach_rating(behaviour)", Number,
        "The coach's newest rating of a behaviour; unknown while there is none.",
        "coach_rating(\"FL-1\") >= 4", number_of!("coach_rating", |ix| Fact::Rating(By::Coach, ix))),
    entry!("importance", "importance(behaviour)", Number,
        "How much the behaviour matters in the person's role, 1 to 3; unknown while they have not said.",
        "importance(\"FL-1\") == 3", number_of!("importance", Fact::Importance)),
    entry!("gap", "gap(behaviour)", Number,
        "The person's rating minus the coach's; unknown until both have rated.",
        "gap(\"FL-1\") >= 2", number_of!("gap", Fact::Gap)),
    entry!("trend", "trend(behaviour, ratings)", Number,
        "How the rating changed over so many dated ratings; unknown while there are fewer.",
        "trend(\"FL-1\", 3) <= -1", register_trend),
    entry!("average", "average(behaviours)", Number,
        "The mean of the ratings among a list of behaviours, a theme or a framework; non-answers do not count, and with no rating it is unknown.",
        "average(\"FL\") >= 4", number_over!("average", Fact::Average)),
    entry!("spread", "spread(behaviours)", Number,
        "Highest rating minus lowest among a list of behaviours, a theme or a framework; unknown below two ratings.",
        "spread(\"FL\") >= 3", number_over!("spread", Fact::Spread)),
    entry!("rated", "rated(behaviours)", Number,
        "How many of a list of behaviours, a theme or a framework have a rating; never unknown.",
        "rated(\"FL\") >= 3", number_over!("rated", Fact::RatedCount)),
    entry!("words", "words(behaviour)", Number,
        "How many words the person wrote in the newest answer on a behaviour; unknown while there is no answer.",
        "words(\"FL-1\") < 10", number_of!("words", Fact::Words)),
    entry!("days_since", "days_since(behaviour)", Number,
        "Days since the person last answered on a behaviour; unknown while there is no answer.",
        "days_since(\"FL-1\") > 90", number_of!("days_since", Fact::DaysSince)),
    entry!("level", "level()", Number,
        "The person's level as a position in its framework, from 1 at the front line; unknown while it is not stated.",
        "level() >= 2", |engine, build| {
            let build = build.clone();
            engine.register_fn("level", move |context: NativeCallContext| Build::number(build.here(&context), Some(Fact::Level)));
        }),
    entry!("sessions", "sessions()", Number,
        "On how many days the person has answered something; never unknown.",
        "sessions() >= 3", |engine, build| {
            let build = build.clone();
            engine.register_fn("sessions", move |context: NativeCallContext| Build::number(build.here(&context), Some(Fact::Sessions)));
        }),
    entry!("times_done", "times_done(activity)", Number,
        "How often the person has done an activity; never unknown.",
        "times_done(\"one-question-feedback\") == 0", |engine, build| {
            let build = build.clone();
            engine.register_fn("times_done", move |context: NativeCallContext, id: Text| {
                let at = build.here(&context);
                let fact = build.activity(&at, &id).map(|activity| Fact::TimesDone(activity.id.clone()));
                Build::number(at, fact)
            });
        }),
    entry!("answered", "answered(behaviour)", Condition,
        "The behaviour has a rating from the person; never unknown.",
        "answered(\"FL-1\")", test_of!("answered", Test::Answered)),
    entry!("importance_stated", "importance_stated(behaviour)", Condition,
        "The person has said how much the behaviour matters in their role; never unknown.",
        "not(importance_stated(\"FL-1\"))", test_of!("importance_stated", Test::ImportanceStated)),
    entry!("chose", "chose(behaviour, non_answer)", Condition,
        "The person chose \"not-applicable\", \"cannot-say\" or \"prefer-not-to-say\"; unknown while there is no answer.",
        "chose(\"FL-1\", \"cannot-say\")", register_chose),
    entry!("lowest", "lowest(behaviour)", Condition,
        "The behaviour is among the person's lowest ratings; unknown below three ratings or when it has none.",
        "lowest(\"FL-1\")", test_of!("lowest", Test::Lowest)),
    entry!("highest", "highest(behaviour)", Condition,
        "The behaviour is among the person's highest ratings; unknown below three ratings or when it has none.",
        "highest(\"FL-1\")", test_of!("highest", Test::Highest)),
    entry!("mentions", "mentions(behaviour, phrases)", Condition,
        "The person's newest words about a behaviour use one of the phrases, whole words in any case; a phrase may end in * for any ending. Unknown while nothing was written.",
        "mentions(\"FL-5\", [\"no time\", \"too busy\"])", register_mentions),
    entry!("mentions_any", "mentions_any(phrases)", Condition,
        "The person's newest words about any behaviour use one of the phrases; unknown while nothing was written.",
        "mentions_any([\"on my own\", \"nobody else\"])", register_mentions_any),
    entry!("done", "done(activity)", Condition,
        "The person has done the activity; never unknown.",
        "not(done(\"one-question-feedback\"))", |engine, build| {
            let build = build.clone();
            engine.register_fn("done", move |context: NativeCallContext, id: Text| {
                let at = build.here(&context);
                let test = build.activity(&at, &id).map(|activity| Test::Done(activity.id.clone()));
                Build::condition(at, test)
            });
        }),
    entry!("organisation", "organisation(kind)", Condition,
        "The person's organisation is a \"commissioner\", a \"provider\" or \"other\"; unknown while it is not stated.",
        "organisation(\"provider\")", register_organisation),
    entry!("at_level", "at_level(level)", Condition,
        "The person leads from this level of a framework; unknown while it is not stated.",
        "at_level(\"managers\")", register_at_level),
    entry!("<", "number < number, and <= > >= == !=", Operator,
        "Compares two numbers, in either order; unknown when one of them is.",
        "2 >= rating(\"FL-1\")", register_comparisons),
    entry!("and", "condition and condition, or &&", Operator,
        "Both hold. One that does not hold settles it, even when the other is unknown.",
        "answered(\"FL-1\") and level() >= 2", |engine, build| register_joins(engine, build, &["and", "&&"], 60, Cond::All)),
    entry!("or", "condition or condition, or ||", Operator,
        "At least one holds. One that holds settles it, even when the other is unknown.",
        "answered(\"FL-1\") or answered(\"FL-2\")", |engine, build| register_joins(engine, build, &["or", "||"], 30, Cond::Any)),
    entry!("not", "not(condition), or !condition", Operator,
        "The opposite; unknown stays unknown.",
        "not(rating(\"FL-1\") <= 2)", register_not),
    entry!("all", "all([condition, …])", Operator,
        "Every one of the list holds.",
        "all([answered(\"FL-1\"), answered(\"FL-2\")])", |engine, build| register_list(engine, build, "all", Cond::All)),
    entry!("any", "any([condition, …])", Operator,
        "At least one of the list holds.",
        "any([answered(\"FL-1\"), answered(\"FL-2\")])", |engine, build| register_list(engine, build, "any", Cond::Any)),
    entry!("at_least", "at_least(n, [condition, …])", Operator,
        "At least n of the list hold; unknown while the unknown ones could still decide it.",
        "at_least(2, [rating(\"FL-1\") <= 2, rating(\"FL-2\") <= 2, rating(\"FL-3\") <= 2])", register_at_least),
    entry!("behaviours", "behaviours(), behaviours(name)", Library,
        "The codes of all behaviours, or of those of a theme or framework, in the framework's order, for a loop.",
        "for b in behaviours(\"FL\") { print(b) }", register_behaviours),
    entry!("activities", "activities(behaviour), activities(behaviour, kind_or_tag)", Library,
        "The ids of the activities that name a behaviour, those that name it first in front; with a kind (\"on-the-job\", \"through-others\", \"formal\", \"reflection\") or a tag, only those.",
        "activities(\"FL-1\", \"on-the-job\")", register_activities),
    entry!("rule", "rule(id, #{ title, when, suggest, because, priority, topic, cooldown })", Declaration,
        "Declares a rule. priority is 0 to 100 and orders the advice (50 if left out); topic groups advice, so that the first three differ; cooldown is how many sessions a done or declined activity stays away (3 if left out).",
        "rule(\"x.y\", #{ title: \"…\", when: answered(\"FL-1\"), suggest: [\"one-question-feedback\"], because: \"…\" })", declare),
];

fn register_trend(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("trend", move |context: NativeCallContext, code: Text, ratings: i64| {
        let at = build.here(&context);
        let Some(ratings) = usize::try_from(ratings).ok().filter(|n| (2..=50).contains(n)) else {
            build.report(&at, "a trend needs from 2 to 50 ratings", "write it like trend(\"FL-1\", 3)");
            return Build::number(at, None);
        };
        let fact = build.behaviour(&at, &code).map(|ix| Fact::Trend(ix, ratings));
        Build::number(at, fact)
    });
}

fn register_chose(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("chose", move |context: NativeCallContext, code: Text, kind: Text| {
        let at = build.here(&context);
        let known = NonAnswer::parse(&kind);
        if known.is_none() {
            let names = NonAnswer::ALL.map(NonAnswer::id);
            build.report(&at, format!("there is no non-answer \"{kind}\""), format!("it can be {}", names.join(", ")));
        }
        let test = build.behaviour(&at, &code).zip(known).map(|(ix, kind)| Test::Chose(ix, kind));
        Build::condition(at, test)
    });
}

/// Phrases as they are matched: folded; blank ones are a fault.
fn phrases(build: &Build, at: &super::cond::Span, list: Array) -> Option<Vec<String>> {
    let texts = build.texts(at, list, "a list of phrases")?;
    let folded: Vec<String> = texts.iter().map(|text| fold(text.trim())).collect();
    if folded.is_empty() || folded.iter().any(|text| text.trim_end_matches('*').is_empty()) {
        build.report(at, "a phrase to look for is empty", "write at least one word between the quotation marks");
        return None;
    }
    Some(folded)
}

fn register_mentions(engine: &mut Engine, build: &Build) {
    let (by_list, by_text) = (build.clone(), build.clone());
    let look = |build: &Build, context: &NativeCallContext, code: &str, list: Array| {
        let at = build.here(context);
        let phrases = phrases(build, &at, list);
        let test = build.behaviour(&at, code).zip(phrases).map(|(ix, list)| Test::Mentions(Some(ix), list));
        Build::condition(at, test)
    };
    engine.register_fn("mentions", move |context: NativeCallContext, code: Text, list: Array| {
        look(&by_list, &context, &code, list)
    });
    engine.register_fn("mentions", move |context: NativeCallContext, code: Text, phrase: Text| {
        look(&by_text, &context, &code, vec![Dynamic::from(phrase)])
    });
}

fn register_mentions_any(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("mentions_any", move |context: NativeCallContext, list: Array| {
        let at = build.here(&context);
        let test = phrases(&build, &at, list).map(|list| Test::Mentions(None, list));
        Build::condition(at, test)
    });
}

fn register_organisation(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("organisation", move |context: NativeCallContext, kind: Text| {
        let at = build.here(&context);
        let known = Organisation::parse(&kind).filter(|kind| *kind != Organisation::NotStated);
        if known.is_none() {
            build.report(&at, format!("there is no kind of organisation \"{kind}\""), "it can be commissioner, provider, other");
        }
        Build::condition(at, known.map(Test::Organisation))
    });
}

fn register_at_level(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("at_level", move |context: NativeCallContext, name: Text| {
        let at = build.here(&context);
        let found = build.library.frameworks.iter().find_map(|framework| framework.level(&name));
        if found.is_none() {
            let known: Vec<&str> = build.library.frameworks.iter().flat_map(|f| &f.levels).map(|l| l.id.as_str()).collect();
            let hint = nearest(&name, known.iter().copied())
                .map_or_else(|| format!("it can be {}", known.join(", ")), |near| format!("did you mean \"{near}\"?"));
            build.report(&at, format!("there is no level \"{name}\""), hint);
        }
        Build::condition(at, found.map(|(_, level)| Test::AtLevel(level.id.clone())))
    });
}

/// `number ⋈ number` for every operator, with whole and decimal constants on either side; a text on either side is
/// reported, because Rhai would answer «false» in silence.
fn register_comparisons(engine: &mut Engine, build: &Build) {
    for operator in Operator::ALL {
        let sign = operator.sign();
        let compare = |left: Number, operator: Operator, fact: Fact, broken: bool| {
            let broken = broken || left.broken;
            let condition = Condition::leaf(Test::Compare(left.fact, operator, fact), left.at);
            Dynamic::from(Condition { broken, ..condition })
        };
        engine.register_fn(sign, move |left: Number, right: Number| compare(left, operator, right.fact, right.broken));
        #[expect(clippy::cast_precision_loss, reason = "constants in rules are small whole numbers")]
        {
            engine.register_fn(sign, move |left: Number, right: i64| {
                compare(left, operator, Fact::Constant(right as f64), false)
            });
            engine.register_fn(sign, move |left: i64, right: Number| {
                compare(right, operator.flipped(), Fact::Constant(left as f64), false)
            });
        }
        engine.register_fn(sign, move |left: Number, right: f64| compare(left, operator, Fact::Constant(right), false));
        engine.register_fn(sign, move |left: f64, right: Number| {
            compare(right, operator.flipped(), Fact::Constant(left), false)
        });
        let refuse = |build: &Build, number: &Number, text: &str| {
            let message = format!("a number cannot be compared with the text \"{text}\"");
            build.report(&number.at, message, "write a number without quotation marks, like rating(\"FL-1\") <= 2");
            Dynamic::from(Condition::broken(number.at.clone()))
        };
        let (first, second) = (build.clone(), build.clone());
        engine.register_fn(sign, move |left: Number, right: Text| refuse(&first, &left, &right));
        engine.register_fn(sign, move |left: Text, right: Number| refuse(&second, &right, &left));
    }
}

fn too_large(build: &Build, context: &NativeCallContext) -> Dynamic {
    let at = build.here(context);
    let message = format!("the condition has more than {MOST_LEAVES} parts");
    build.report(&at, message, "split it into several rules");
    Dynamic::from(Condition::broken(at))
}

fn register_joins(
    engine: &mut Engine,
    build: &Build,
    names: &[&str],
    precedence: u8,
    join: fn(Vec<std::sync::Arc<Cond>>) -> Cond,
) {
    for name in names {
        // The names are constants of the table above and are free, so registering them cannot fail.
        let _ = engine.register_custom_operator(*name, precedence);
        let build = build.clone();
        let shown = (*name).to_owned();
        engine.register_fn(*name, move |context: NativeCallContext, left: Dynamic, right: Dynamic| -> Outcome {
            let kinds = (left.type_name().to_owned(), right.type_name().to_owned());
            match (left.try_cast::<Condition>(), right.try_cast::<Condition>()) {
                (Some(left), Some(right)) => Ok(Condition::joined(vec![left, right], join)
                    .map_or_else(|| too_large(&build, &context), Dynamic::from)),
                (left, _) => {
                    let at = build.here(&context);
                    let kind = plain_type(if left.is_none() { &kinds.0 } else { &kinds.1 });
                    let message = format!("both sides of {shown} must be conditions, and one is a {kind}");
                    build.report(&at, message, "compare the number with something, like rating(\"FL-1\") <= 2");
                    Ok(Dynamic::from(Condition::broken(at)))
                }
            }
        });
    }
}

fn register_not(engine: &mut Engine, _: &Build) {
    engine.register_fn("not", |condition: Condition| condition.negated());
    engine.register_fn("!", |condition: Condition| condition.negated());
}

fn register_list(engine: &mut Engine, build: &Build, name: &'static str, join: fn(Vec<std::sync::Arc<Cond>>) -> Cond) {
    let build = build.clone();
    engine.register_fn(name, move |context: NativeCallContext, list: Array| {
        let at = build.here(&context);
        match build.conditions(&at, list, name) {
            None => Dynamic::from(Condition::broken(at)),
            Some(parts) => {
                Condition::joined(parts, join).map_or_else(|| too_large(&build, &context), Dynamic::from)
            }
        }
    });
}

fn register_at_least(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("at_least", move |context: NativeCallContext, n: i64, list: Array| {
        let at = build.here(&context);
        let Some(parts) = build.conditions(&at, list, "at_least") else { return Dynamic::from(Condition::broken(at)) };
        let needed = usize::try_from(n).ok().filter(|n| (1..=parts.len()).contains(n));
        let Some(needed) = needed else {
            let message = format!("at_least asks for {n} of {} conditions", parts.len());
            build.report(&at, message, "ask for at least one and at most as many as the list has");
            return Dynamic::from(Condition::broken(at));
        };
        Condition::joined(parts, |conds| Cond::AtLeast(needed, conds))
            .map_or_else(|| too_large(&build, &context), Dynamic::from)
    });
}

fn register_behaviours(engine: &mut Engine, build: &Build) {
    let (all, some) = (build.clone(), build.clone());
    let codes = |build: &Build, list: Vec<crate::domain::BehaviourIx>| -> Array {
        list.into_iter().map(|ix| Dynamic::from(build.code(ix))).collect()
    };
    engine.register_fn("behaviours", move || codes(&all, all.library.indices().collect()));
    engine.register_fn("behaviours", move |context: NativeCallContext, name: Text| {
        let at = some.here(&context);
        codes(&some, some.group(&at, &name).unwrap_or_default())
    });
}

fn register_activities(engine: &mut Engine, build: &Build) {
    let (all, some) = (build.clone(), build.clone());
    let list = |build: &Build, context: &NativeCallContext, code: &str, only: Option<&str>| -> Array {
        let at = build.here(context);
        let Some(ix) = build.behaviour(&at, code) else { return Array::new() };
        let kinds = ActivityKind::ALL.map(ActivityKind::id);
        build
            .library
            .activities_for(ix)
            .into_iter()
            .filter(|activity| match only {
                None => true,
                Some(kind) if kinds.contains(&kind) => activity.kind.id() == kind,
                Some(tag) => activity.tags.iter().any(|own| own == tag),
            })
            .map(|activity| Dynamic::from(activity.id.clone()))
            .collect()
    };
    engine.register_fn("activities", move |context: NativeCallContext, code: Text| list(&all, &context, &code, None));
    engine.register_fn("activities", move |context: NativeCallContext, code: Text, only: Text| {
        list(&some, &context, &code, Some(&only))
    });
}

/// A map argument, named here so that `declare` need not import Rhai's prelude twice.
pub(super) type Fields = Map;

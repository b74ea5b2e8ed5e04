//! Functions of the rules language that check the names they are given and are too long for the table in
//! [`api`](super::api).

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, NativeCallContext};

use super::build::Build;
use super::cond::Span;
use super::fact::{About, Fact, Phrases, Test};
use crate::domain::{ActivityKind, BehaviourIx, NonAnswer, Organisation, did_you_mean, join_and, nearest};
use crate::language::{PhraseError, Topic};
use crate::safeguarding::concerns;

type Text = rhai::ImmutableString;

pub(super) fn register_trend(engine: &mut Engine, build: &Build) {
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

pub(super) fn register_chose(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("chose", move |context: NativeCallContext, code: Text, kind: Text| {
        let at = build.here(&context);
        let known = non_answer(&build, &at, &kind);
        let test = build.behaviour(&at, &code).zip(known).map(|(ix, kind)| Test::Chose(ix, kind));
        Build::condition(at, test)
    });
}

/// Returns a non-answer by its name; reports an unknown one and returns `None`.
fn non_answer(build: &Build, at: &Span, kind: &str) -> Option<NonAnswer> {
    let known = NonAnswer::parse(kind);
    if known.is_none() {
        let names = NonAnswer::ALL.map(NonAnswer::id);
        build.report(at, format!("there is no non-answer \"{kind}\""), format!("it can be {}", names.join(", ")));
    }
    known
}

pub(super) fn register_non_answers(engine: &mut Engine, build: &Build) {
    let count = |at: Span, of: Option<Vec<BehaviourIx>>, kind: Option<NonAnswer>| {
        Build::number(at, of.map(|list| Fact::NonAnswers(Arc::from(list), kind)))
    };
    let name = "non_answers";
    let (one, two, three, four) = (build.clone(), build.clone(), build.clone(), build.clone());
    engine.register_fn(name, move |context: NativeCallContext, codes: Array| {
        let at = one.here(&context);
        let of = one.behaviours(&at, codes);
        count(at, of, None)
    });
    engine.register_fn(name, move |context: NativeCallContext, group: Text| {
        let at = two.here(&context);
        let of = two.group(&at, &group);
        count(at, of, None)
    });
    engine.register_fn(name, move |context: NativeCallContext, codes: Array, kind: Text| {
        let at = three.here(&context);
        let of = three.behaviours(&at, codes);
        let kind = non_answer(&three, &at, &kind);
        count(at, of.filter(|_| kind.is_some()), kind)
    });
    engine.register_fn(name, move |context: NativeCallContext, group: Text, kind: Text| {
        let at = four.here(&context);
        let of = four.group(&at, &group);
        let kind = non_answer(&four, &at, &kind);
        count(at, of.filter(|_| kind.is_some()), kind)
    });
}

/// Compiles phrases; reports empty or malformed ones and returns `None`.
fn phrases(build: &Build, at: &Span, list: Array, about: Option<About>) -> Option<Phrases> {
    let texts = build.texts(at, list, "a list of phrases")?;
    let list = match build.phrases(texts) {
        Ok(list) if !list.is_empty() => list,
        Ok(_) | Err(PhraseError::Empty) => {
            build.report(at, "a phrase to look for is empty", "write at least one word between the quotation marks");
            return None;
        }
        Err(error @ PhraseError::Topic(_)) => {
            let topics: Vec<String> = Topic::all().map(|topic| format!("<{}>", topic.id())).collect();
            build.report(
                at,
                format!("a phrase cannot be looked for: {error}"),
                format!("the topics are {}", join_and(&topics)),
            );
            return None;
        }
        Err(error) => {
            build.report(at, format!("a phrase cannot be looked for: {error}"), "a gap of up to three words is ~3");
            return None;
        }
    };
    Some(Phrases { list, about: about? })
}

/// Parses whom phrases are to be about; reports other words and returns `None`.
fn about(build: &Build, at: &Span, whom: &str) -> Option<About> {
    match whom {
        "me" => Some(About::Writer),
        "anyone" => Some(About::Anyone),
        other => {
            let message = format!("phrases are about \"me\" or \"anyone\", and this is \"{other}\"");
            build.report(at, message, "leave it out for what people say about themselves");
            None
        }
    }
}

pub(super) fn register_learned_mentions(engine: &mut Engine, build: &Build) {
    let (any, of) = (build.clone(), build.clone());
    engine.register_fn("learned_mentions", move |context: NativeCallContext, list: Array| {
        let at = any.here(&context);
        let test = phrases(&any, &at, list, Some(About::Writer)).map(|list| Test::LearnedMentions(None, list));
        Build::condition(at, test)
    });
    engine.register_fn("learned_mentions", move |context: NativeCallContext, id: Text, list: Array| {
        let at = of.here(&context);
        let id = of.activity(|| at.clone(), &id).map(|activity| activity.id.clone());
        let phrases = phrases(&of, &at, list, Some(About::Writer));
        let test = id.zip(phrases).map(|(id, list)| Test::LearnedMentions(Some(id), list));
        Build::condition(at, test)
    });
}

pub(super) fn register_tagged(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("tagged", move |context: NativeCallContext, tag: Text| {
        let at = build.here(&context);
        let mut known: Vec<&str> = ActivityKind::ALL.map(ActivityKind::id).to_vec();
        known.extend(build.library.activities.iter().flat_map(|activity| &activity.tags).map(String::as_str));
        let found = known.contains(&tag.as_str());
        if !found {
            let hint = nearest(&tag, known.iter().copied())
                .map_or_else(|| "tags are given to activities in activities.toml".to_owned(), did_you_mean);
            build.report(&at, format!("no activity is of the kind or has the tag \"{tag}\""), hint);
        }
        Build::condition(at, found.then(|| Test::Tagged(tag.to_string())))
    });
}

pub(super) fn register_themes(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("themes", move |context: NativeCallContext, name: Text| -> Array {
        let at = build.here(&context);
        let Some(framework) = build.library.framework(&name) else {
            let known: Vec<&str> = build.library.frameworks.iter().map(|framework| framework.id.as_str()).collect();
            let hint = nearest(&name, known.iter().copied())
                .map_or_else(|| format!("it can be {}", known.join(", ")), did_you_mean);
            build.report(&at, format!("there is no framework \"{name}\""), hint);
            return Array::new();
        };
        framework.themes.iter().map(|theme| Dynamic::from(theme.code.clone())).collect()
    });
}

pub(super) fn register_push(engine: &mut Engine, _: &Build) {
    engine.register_fn("push", |list: &mut Array, thing: Dynamic| list.push(thing));
}

pub(super) fn register_mentions(engine: &mut Engine, build: &Build) {
    let (by_list, by_text, of_whom) = (build.clone(), build.clone(), build.clone());
    let look = |build: &Build, context: &NativeCallContext, code: &str, list: Array, whom: &str| {
        let at = build.here(context);
        let phrases = phrases(build, &at, list, about(build, &at, whom));
        let test = build.behaviour(&at, code).zip(phrases).map(|(ix, list)| Test::Mentions(Some(ix), list));
        Build::condition(at, test)
    };
    engine.register_fn("mentions", move |context: NativeCallContext, code: Text, list: Array| {
        look(&by_list, &context, &code, list, "me")
    });
    engine.register_fn("mentions", move |context: NativeCallContext, code: Text, phrase: Text| {
        look(&by_text, &context, &code, vec![Dynamic::from(phrase)], "me")
    });
    engine.register_fn("mentions", move |context: NativeCallContext, code: Text, list: Array, whom: Text| {
        look(&of_whom, &context, &code, list, &whom)
    });
}

pub(super) fn register_mentions_any(engine: &mut Engine, build: &Build) {
    let (of_me, of_whom) = (build.clone(), build.clone());
    let look = |build: &Build, context: &NativeCallContext, list: Array, whom: &str| {
        let at = build.here(context);
        let test = phrases(build, &at, list, about(build, &at, whom)).map(|list| Test::Mentions(None, list));
        Build::condition(at, test)
    };
    engine
        .register_fn("mentions_any", move |context: NativeCallContext, list: Array| look(&of_me, &context, list, "me"));
    engine.register_fn("mentions_any", move |context: NativeCallContext, list: Array, whom: Text| {
        look(&of_whom, &context, list, &whom)
    });
}

pub(super) fn register_heard(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("heard", move |context: NativeCallContext, concern: Text| {
        let at = build.here(&context);
        let known: Vec<&str> = concerns().iter().map(|known| known.id.as_str()).collect();
        let is_known = known.contains(&concern.as_str());
        if !is_known {
            let hint = format!("it can be {}", known.join(", "));
            build.report(&at, format!("there is no concern \"{concern}\""), hint);
        }
        Build::condition(at, is_known.then(|| Test::Heard(concern.to_string())))
    });
}

pub(super) fn register_organisation(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("organisation", move |context: NativeCallContext, kind: Text| {
        let at = build.here(&context);
        let known = Organisation::parse(&kind).filter(|kind| *kind != Organisation::NotStated);
        if known.is_none() {
            build.report(
                &at,
                format!("there is no kind of organisation \"{kind}\""),
                "it can be commissioner, provider, other",
            );
        }
        Build::condition(at, known.map(Test::Organisation))
    });
}

pub(super) fn register_at_level(engine: &mut Engine, build: &Build) {
    let build = build.clone();
    engine.register_fn("at_level", move |context: NativeCallContext, name: Text| {
        let at = build.here(&context);
        let found = build.library.level(&name);
        if found.is_none() {
            let known: Vec<&str> =
                build.library.frameworks.iter().flat_map(|f| &f.levels).map(|l| l.id.as_str()).collect();
            let hint = nearest(&name, known.iter().copied())
                .map_or_else(|| format!("it can be {}", known.join(", ")), did_you_mean);
            build.report(&at, format!("there is no level \"{name}\""), hint);
        }
        Build::condition(at, found.map(|(_, _, level)| Test::AtLevel(level.id.clone())))
    });
}

pub(super) fn register_behaviours(engine: &mut Engine, build: &Build) {
    let (all, some) = (build.clone(), build.clone());
    let codes = |build: &Build, list: Vec<BehaviourIx>| -> Array {
        list.into_iter().map(|ix| Dynamic::from(build.code(ix))).collect()
    };
    engine.register_fn("behaviours", move || codes(&all, all.library.indices().collect()));
    engine.register_fn("behaviours", move |context: NativeCallContext, name: Text| {
        let at = some.here(&context);
        codes(&some, some.group(&at, &name).unwrap_or_default())
    });
}

pub(super) fn register_activities(engine: &mut Engine, build: &Build) {
    let (all, some) = (build.clone(), build.clone());
    let without = build.clone();
    let list =
        |build: &Build, context: &NativeCallContext, code: &str, only: Option<&str>, not: Option<&str>| -> Array {
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
                .filter(|activity| not.is_none_or(|tag| !activity.tags.iter().any(|own| own == tag)))
                .map(|activity| Dynamic::from(activity.id.clone()))
                .collect()
        };
    engine.register_fn("activities", move |context: NativeCallContext, code: Text| {
        list(&all, &context, &code, None, None)
    });
    engine.register_fn("activities", move |context: NativeCallContext, code: Text, only: Text| {
        list(&some, &context, &code, Some(&only), None)
    });
    engine.register_fn("activities", move |context: NativeCallContext, code: Text, only: Text, not: Text| {
        list(&without, &context, &code, Some(&only), Some(&not))
    });
}

//! Sample records for the tests of this layer.

use std::sync::Arc;

use super::{NewAction, NewVerdict, Store};
use crate::domain::{Answer, By, Day, Intent, Rated, Reflection, Verdict};
use crate::os::Clock;

/// Returns a calendar day.
pub(super) fn day(year: i16, month: i8, day: i8) -> Day {
    jiff::civil::date(year, month, day)
}

/// Returns a clock that is fixed on the sample day.
pub(super) fn clock() -> Arc<Clock> {
    Arc::new(Clock::fixed(day(2026, 11, 22)))
}

/// Returns empty records in memory.
pub(super) fn store() -> Store {
    Store::in_memory(clock()).expect("there is memory")
}

/// Returns an answer with two reflections and an example.
pub(super) fn answer(behaviour: &str) -> Answer {
    let reflection = |prompt: &str, text: &str| Reflection { prompt: prompt.to_owned(), text: text.to_owned() };
    Answer {
        on: day(2026, 11, 22),
        id: String::new(),
        framework: "empowered-communities".to_owned(),
        edition: "1".to_owned(),
        behaviour: behaviour.to_owned(),
        by: By::Myself,
        rated: Rated::Value(2),
        importance: Some(3),
        reflections: vec![reflection("z-last", "First I listened."), reflection("a-first", "Then I asked.")],
        evidence: "The rota meeting on Tuesday.".to_owned(),
        wording: crate::domain::Wording::default(),
    }
}

/// Returns a verdict with a reason and two rules.
pub(super) fn verdict(activity: &str, verdict: Verdict) -> NewVerdict {
    NewVerdict {
        activity: activity.to_owned(),
        verdict,
        reason: "my words".to_owned(),
        rules: vec!["gone-quiet".to_owned(), "own-pack/another".to_owned()],
        because: "You rated it low.".to_owned(),
        on: day(2026, 11, 22),
    }
}

/// Returns an action that comes from an activity.
pub(super) fn action(title: &str) -> NewAction {
    NewAction {
        decided_on: day(2026, 11, 22),
        activity: Some("ask-one".to_owned()),
        rules: vec!["gone-quiet".to_owned(), "own-pack/another".to_owned()],
        because: "You rated it low.".to_owned(),
        behaviours: vec!["empowered-communities/FL-5".to_owned()],
        title: title.to_owned(),
        first_step: "Write to Sam.".to_owned(),
        due: Some(day(2026, 12, 6)),
        intent: Intent {
            wish: "More people speak in handover.".to_owned(),
            situation: "If Sam is quiet".to_owned(),
            ..Intent::default()
        },
    }
}

//! Fictional data of one month for `--demo`: a person who leads a home-care team, four sessions, a plan with an overdue
//! action. Days count back from today, so that the data always looks current. It is in memory only; nothing is written
//! to the disk.

use serde::Deserialize;

use super::{Desk, DeskError};
use crate::domain::{Action, ActionStatus, Answer, Day, Intent, NonAnswer, Rated, Reflection};
use crate::store::{Change, NewAction};

const MONTH: &str = include_str!("demo.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Month {
    level: String,
    organisation: String,
    answer: Vec<DemoAnswer>,
    action: Vec<Planned>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoAnswer {
    days_ago: i64,
    behaviour: String,
    rating: Option<i64>,
    not: Option<String>,
    importance: Option<i64>,
    prompt: Option<String>,
    words: Option<String>,
    evidence: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Planned {
    days_ago: i64,
    activity: String,
    due_in: i64,
    done_days_ago: Option<i64>,
    learned: Option<String>,
    because: String,
    behaviours: Vec<String>,
}

/// Fills empty records with the data.
pub(super) fn fill(desk: &mut Desk) -> Result<(), DeskError> {
    let Ok(month) = toml::from_str::<Month>(MONTH) else { return Ok(()) };
    let today = desk.today();
    let organisation = crate::domain::Organisation::parse(&month.organisation).unwrap_or_default();
    desk.set_person(Some(&month.level), organisation)?;
    let answers: Vec<Answer> = month.answer.iter().filter_map(|told| answer(desk, told, today)).collect();
    desk.save_answers(&answers)?;
    for planned in &month.action {
        plan(desk, planned, today)?;
    }
    super::demo_clients::fill(desk)
}

/// Returns the day this many days before `today`, or after it for a negative number.
pub(super) fn ago(today: Day, days: i64) -> Day {
    today.checked_sub(jiff::Span::new().days(days)).unwrap_or(today)
}

fn answer(desk: &Desk, told: &DemoAnswer, today: Day) -> Option<Answer> {
    let library = &desk.loaded_packs.library;
    let ix = library.find(&told.behaviour).ok()?;
    let behaviour = library.behaviour(ix);
    let rated = match (told.rating, told.not.as_deref().and_then(NonAnswer::parse)) {
        (Some(value), _) => Rated::Value(value),
        (None, Some(kind)) => Rated::Not(kind),
        (None, None) => Rated::Unanswered,
    };
    let words = told.words.clone().map(|text| Reflection { prompt: told.prompt.clone().unwrap_or_default(), text });
    Some(Answer {
        framework: behaviour.framework.clone(),
        edition: library.framework_of(ix).edition.clone(),
        behaviour: behaviour.code.clone(),
        rated,
        importance: told.importance,
        reflections: words.into_iter().collect(),
        evidence: told.evidence.clone().unwrap_or_default(),
        ..Answer::blank(ago(today, told.days_ago))
    })
}

fn plan(desk: &mut Desk, planned: &Planned, today: Day) -> Result<(), DeskError> {
    let library = desk.loaded_packs.library.clone();
    let Some(activity) = library.activity(&planned.activity) else { return Ok(()) };
    let action: Action = desk.add_action(&NewAction {
        decided_on: ago(today, planned.days_ago),
        activity: Some(activity.id.clone()),
        rules: Vec::new(),
        because: planned.because.clone(),
        behaviours: planned.behaviours.clone(),
        title: activity.title.clone(),
        first_step: activity.first_step.clone(),
        due: Some(ago(today, -planned.due_in)),
        intent: Intent::default(),
    })?;
    if let Some(days) = planned.done_days_ago {
        let change = Change {
            learned: planned.learned.clone().unwrap_or_default(),
            on: ago(today, days),
            ..desk.change_of(&action, ActionStatus::Done)
        };
        desk.change_action(&action.id, &change)?;
    }
    Ok(())
}

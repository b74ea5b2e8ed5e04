//! Two fictional clients over three months for `--demo`, created with the same functions as real ones.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::demo::ago;
use super::{Desk, DeskError};
use crate::domain::{
    ActionStatus, ActivityKind, Answer, By, CameOut, Comparison, Day, Engagement, EngagementPurpose, Focus, FocusSet,
    Intent, Note, NoteFor, Organisation, Rated,
};
use crate::store::{Change, NewAction, NewSession};

const CLIENTS: &str = include_str!("demo_clients.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Clients {
    client: Vec<Client>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Client {
    name: String,
    email: String,
    level: String,
    organisation: String,
    hours_log_days_ago: Option<i64>,
    began_days_ago: i64,
    purpose: String,
    goal: String,
    sponsor: String,
    paid: bool,
    focus: Vec<String>,
    session: Vec<DemoSession>,
    answer: Vec<DemoAnswer>,
    action: Vec<Planned>,
    comparison: Option<Views>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoSession {
    days_ago: i64,
    minutes: u32,
    model: String,
    notes: Vec<Written>,
    behaviours: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    part: String,
    title: String,
    text: String,
    #[serde(default)]
    private: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoAnswer {
    days_ago: i64,
    behaviour: String,
    rating: i64,
    importance: Option<i64>,
    #[serde(default)]
    evidence: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Planned {
    days_ago: i64,
    title: String,
    first_step: String,
    due_in: i64,
    #[serde(default, rename = "if")]
    situation: String,
    #[serde(default, rename = "then")]
    response: String,
    kind: Option<String>,
    #[serde(default)]
    evidence: String,
    review_in: Option<i64>,
    done_days_ago: Option<i64>,
    came_out: Option<String>,
    #[serde(default)]
    learned: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Views {
    days_ago: i64,
    own: Vec<String>,
    coach: Vec<String>,
    #[serde(default)]
    coach_saw: BTreeMap<String, String>,
}

/// Adds the clients to records without clients. Afterwards the user's own records are selected.
pub(super) fn fill(desk: &mut Desk) -> Result<(), DeskError> {
    let Ok(clients) = toml::from_str::<Clients>(CLIENTS) else { return Ok(()) };
    for client in &clients.client {
        add(desk, client)?;
    }
    desk.turn_to(None)?;
    Ok(())
}

fn add(desk: &mut Desk, client: &Client) -> Result<(), DeskError> {
    let today = desk.today();
    let person = desk.add_client(&client.name)?;
    desk.turn_to(Some(&person.id))?;
    desk.set_card(&client.name, &client.email, client.hours_log_days_ago.map(|days| ago(today, days)))?;
    desk.set_person(Some(&client.level), Organisation::parse(&client.organisation).unwrap_or_default())?;
    let began = ago(today, client.began_days_ago);
    desk.keep_engagement(&Engagement {
        purpose: EngagementPurpose::parse(&client.purpose).unwrap_or_default(),
        goal: client.goal.clone(),
        sponsor: client.sponsor.clone(),
        agreed_on: Some(began),
        began_on: began,
        paid: client.paid,
        ..Engagement::usual(began)
    })?;
    let items = client.focus.iter().filter_map(|text| {
        let (framework, behaviour, importance) = pair(desk, text)?;
        Some(Focus { framework, behaviour, importance: Some(importance) })
    });
    let items: Vec<Focus> = items.collect();
    desk.keep_focus(&FocusSet { id: String::new(), on: began, items })?;
    let answers: Vec<Answer> = client.answer.iter().filter_map(|told| answer(desk, told, today)).collect();
    desk.save_answers(&answers)?;
    for sitting in &client.session {
        desk.end_session(&session(desk, sitting, client.paid, today))?;
    }
    for planned in &client.action {
        plan(desk, planned, today)?;
    }
    if let Some(views) = &client.comparison {
        compare(desk, views, today)?;
    }
    Ok(())
}

/// Parses `FC-5=3` into framework, code and number.
fn pair(desk: &Desk, text: &str) -> Option<(String, String, i64)> {
    let (code, value) = text.split_once('=')?;
    let library = &desk.loaded_packs.library;
    let behaviour = library.behaviour(library.find(code).ok()?);
    Some((behaviour.framework.clone(), behaviour.code.clone(), value.parse().ok()?))
}

fn answer(desk: &Desk, told: &DemoAnswer, today: Day) -> Option<Answer> {
    let library = &desk.loaded_packs.library;
    let ix = library.find(&told.behaviour).ok()?;
    Some(Answer {
        framework: library.behaviour(ix).framework.clone(),
        edition: library.framework_of(ix).edition.clone(),
        behaviour: library.behaviour(ix).code.clone(),
        rated: Rated::Value(told.rating),
        importance: told.importance,
        evidence: told.evidence.clone(),
        ..Answer::blank(ago(today, told.days_ago))
    })
}

fn session(desk: &Desk, sitting: &DemoSession, paid: bool, today: Day) -> NewSession {
    let library = &desk.loaded_packs.library;
    let code = |code: &String| Some(library.behaviour(library.find(code).ok()?).full_code());
    NewSession {
        on: ago(today, sitting.days_ago),
        minutes: sitting.minutes,
        model: Some(sitting.model.clone()),
        paid,
        notes: sitting
            .notes
            .iter()
            .map(|note| Note {
                id: String::new(),
                part: note.part.clone(),
                title: note.title.clone(),
                text: note.text.clone(),
                seen: if note.private { NoteFor::Coach } else { NoteFor::Shared },
            })
            .collect(),
        behaviours: sitting.behaviours.iter().filter_map(code).collect(),
        actions: Vec::new(),
    }
}

fn plan(desk: &mut Desk, planned: &Planned, today: Day) -> Result<(), DeskError> {
    let action = desk.add_action(&NewAction {
        decided_on: ago(today, planned.days_ago),
        activity: None,
        rules: Vec::new(),
        because: String::new(),
        behaviours: Vec::new(),
        title: planned.title.clone(),
        first_step: planned.first_step.clone(),
        due: Some(ago(today, -planned.due_in)),
        intent: Intent {
            situation: planned.situation.clone(),
            response: planned.response.clone(),
            kind: planned.kind.as_deref().and_then(ActivityKind::parse),
            evidence: planned.evidence.clone(),
            review: planned.review_in.map(|days| ago(today, -days)),
            ..Intent::default()
        },
    })?;
    if let Some(days) = planned.done_days_ago {
        let change = Change {
            learned: planned.learned.clone(),
            came_out: planned.came_out.as_deref().and_then(CameOut::parse),
            on: ago(today, days),
            ..desk.change_of(&action, ActionStatus::Done)
        };
        desk.change_action(&action.id, &change)?;
    }
    Ok(())
}

fn compare(desk: &mut Desk, views: &Views, today: Day) -> Result<(), DeskError> {
    let round: Comparison = desk.begin_comparison()?;
    for (by, ratings) in [(By::Myself, &views.own), (By::Coach, &views.coach)] {
        let told = ratings.iter().filter_map(|text| {
            let (code, rating) = text.split_once('=')?;
            let evidence = if by == By::Coach { views.coach_saw.get(code) } else { None };
            let told = DemoAnswer {
                days_ago: views.days_ago,
                behaviour: code.to_owned(),
                rating: rating.parse().ok()?,
                importance: None,
                evidence: evidence.cloned().unwrap_or_default(),
            };
            answer(desk, &told, today)
        });
        let answers: Vec<Answer> = told.collect();
        desk.seal_view(&round.id, by, &answers)?;
    }
    desk.store_mut()?.open_comparison(&round.id, ago(today, views.days_ago))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::OpenOptions;

    #[test]
    fn every_word_of_the_demonstration_arrives() {
        let clients: Clients = toml::from_str(CLIENTS).expect("it is our own file");
        let mut desk = Desk::open(&OpenOptions { demo: true, ..OpenOptions::default() }).expect("in memory");
        let people = desk.clients().expect("readable");
        assert_eq!(people.len(), clients.client.len());
        for (told, person) in clients.client.iter().zip(people) {
            desk.turn_to(Some(&person.id)).expect("they are there");
            let dossier = desk.dossier().expect("readable");
            assert_eq!(dossier.sessions.len(), told.session.len());
            assert_eq!(dossier.actions.len(), told.action.len());
            assert_eq!(dossier.focus_now().map(|focus| focus.items.len()), Some(told.focus.len()));
            let views = told.comparison.as_ref().map_or(0, |views| views.own.len() + views.coach.len());
            assert_eq!(dossier.answers.len(), told.answer.len() + views);
            let library = &desk.loaded_packs.library;
            assert!(
                dossier
                    .sessions
                    .iter()
                    .all(|session| library.models.iter().any(|m| Some(&m.id) == session.model.as_ref()))
            );
        }
    }
}

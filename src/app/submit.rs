//! What comes of a form that was filled in and of a row that was picked.

use super::advice::{adapted, declined, read_plan};
use super::layer::{Field, Form, FormFor, Layer, Picker, PickerFor};
use super::model::Model;
use super::msg::{Changed, Effect, Planned};
use super::plan::with_status;
use crate::domain::{Action, ActionStatus, Organisation};

/// Takes what the top form says; a form with a mistake stays, with a word about it.
pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
    let today = model.today;
    let Some(Layer::Form(form)) = model.layers.last_mut() else { return Vec::new() };
    let first = form.fields.first().map(|field| field.buffer.text().trim().to_owned()).unwrap_or_default();
    let purpose = form.purpose.clone();
    let planned = match purpose {
        FormFor::Adapt(_) | FormFor::Change(_) | FormFor::New => match read_plan(form, today) {
            Ok(planned) => Some(planned),
            Err(problem) => {
                form.problem = problem;
                return Vec::new();
            }
        },
        FormFor::DeclineBecause(_) | FormFor::Done(_) => None,
    };
    model.layers.pop();
    let action = |model: &Model, id: &str| -> Option<Action> {
        model.snapshot.actions.iter().find(|action| action.id == id).cloned()
    };
    match (purpose, planned) {
        (FormFor::Adapt(id), Some(planned)) => adapted(model, &id, planned),
        (FormFor::New, Some(planned)) => vec![Effect::AddAction(Box::new(planned))],
        (FormFor::Change(id), Some(planned)) => action(model, &id)
            .map(|old| {
                let planned = Planned { intent: old.intent, ..planned };
                let (status, learned, came_out) = (old.status, old.learned, old.came_out);
                Effect::ChangeAction(Box::new(Changed { id, planned, status, learned, came_out }))
            })
            .into_iter()
            .collect(),
        (FormFor::Done(id), _) => {
            action(model, &id).map(|old| with_status(&old, ActionStatus::Done, &first)).into_iter().collect()
        }
        (FormFor::DeclineBecause(id), _) => declined(model, &id, &first),
        _ => Vec::new(),
    }
}

/// Takes the marked row of the top list.
pub(super) fn picked(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Picker(picker)) = model.layers.pop() else { return Vec::new() };
    let person = &model.snapshot.person;
    match picker.purpose {
        PickerFor::Level => {
            let levels = model.library.as_deref().and_then(levels_of).map(|framework| framework.levels.clone());
            let level = picker.at.checked_sub(1).and_then(|at| Some(levels?.get(at)?.id.clone()));
            let organisation = person.organisation;
            let rows = Organisation::ALL.iter().map(|kind| sentence(kind.title())).collect();
            let own = Organisation::ALL.iter().position(|kind| *kind == organisation).unwrap_or(0);
            let next = Picker::new("And your organisation?", rows, own, PickerFor::Organisation);
            model.layers.push(Layer::Picker(next));
            vec![Effect::SetPerson(level, organisation)]
        }
        PickerFor::Organisation => {
            let kind = Organisation::ALL.get(picker.at).copied().unwrap_or_default();
            vec![Effect::SetPerson(person.level.clone(), kind)]
        }
        PickerFor::FromDay => {
            super::progress::from_day(model, picker.at);
            Vec::new()
        }
        PickerFor::ToDay(from) => {
            super::progress::to_day(model, from, picker.at);
            Vec::new()
        }
        PickerFor::Decline(activity) => {
            let Some(reason) = picker.rows.get(picker.at).filter(|_| picker.at + 1 < picker.rows.len()) else {
                let field = Field::new("Because", "", "in your own words");
                let form = Form::new("Set aside", vec![field], FormFor::DeclineBecause(activity));
                model.layers.push(Layer::Form(form));
                return Vec::new();
            };
            let reason = reason.clone();
            declined(model, &activity, &reason)
        }
    }
}

/// The same words with a capital in front.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The framework whose levels a person chooses from: the one with most behaviours that states any.
pub(super) fn levels_of(library: &crate::domain::Library) -> Option<&crate::domain::Framework> {
    let size = |id: &str| library.behaviours.iter().filter(|behaviour| behaviour.framework == id).count();
    library
        .frameworks
        .iter()
        .filter(|framework| !framework.levels.is_empty())
        .max_by_key(|framework| size(&framework.id))
}

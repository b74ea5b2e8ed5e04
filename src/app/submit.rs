//! What comes of a form, a list, a dialogue or ticks that were filled in.

use super::advice::declined;
use super::layer::{Field, Form, FormFor, Layer, Picker, PickerFor, TicksFor};
use super::model::Model;
use super::msg::Effect;
use super::plan::with_status;
use super::{agreement, amend, compare, drafts, focus, handover, people, plan, session};
use crate::domain::Organisation;

/// Takes what the top form says; a form with a mistake stays, with a word about it.
pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Form(form)) = model.person.layers.last().cloned() else { return Vec::new() };
    let read = match &form.purpose {
        FormFor::Card => people::read_card(&form, model.shell.today).map(|effect| vec![effect]),
        FormFor::Terms => agreement::read(model, &form).map(|effect| vec![effect]),
        FormFor::ReportPath(party, kind) => handover::path_typed(&form, party, kind).map(|effect| vec![effect]),
        FormFor::Correct(key) => amend::read(model, key, &form).map(|effect| vec![effect]),
        FormFor::AddNote(session, seen) => amend::read_note(session, seen, &form).map(|effect| vec![effect]),
        FormFor::HappenedOn => amend::happened_on(model, &form.line(0)),
        FormFor::DeclineBecause(_) | FormFor::Done(_) | FormFor::Example => Ok(Vec::new()),
    };
    let effects = match (read, model.person.layers.last_mut()) {
        (Err(problem), Some(Layer::Form(form))) => {
            form.problem = problem;
            return Vec::new();
        }
        (read, _) => read.unwrap_or_default(),
    };
    model.person.layers.pop();
    let mut effects = effects;
    effects.extend(taken(model, &form));
    if let Some(slot) = form.slot() {
        drafts::forget(model, &slot);
        if form.drafted || form.unsaved {
            effects.push(Effect::DropText(slot));
        }
    }
    effects
}

/// What comes of a form besides what it says itself.
fn taken(model: &mut Model, form: &Form) -> Vec<Effect> {
    match form.purpose {
        FormFor::DeclineBecause(ref id) => declined(model, id, &form.line(0)),
        FormFor::Done(ref id) => {
            let action = model.person.snapshot.actions.iter().find(|action| action.id == *id);
            let learned = form.line(0);
            let changed = action.filter(|action| action.learned != learned);
            changed.map(|old| with_status(old, old.status, &learned)).into_iter().collect()
        }
        FormFor::Example => {
            compare::exampled(model, &form.line(0));
            Vec::new()
        }
        FormFor::Card
        | FormFor::Terms
        | FormFor::ReportPath(..)
        | FormFor::Correct(_)
        | FormFor::AddNote(..)
        | FormFor::HappenedOn => Vec::new(),
    }
}

/// Goes through a dialogue; past its end the action is taken.
pub(super) fn question(model: &mut Model, by: isize) -> Vec<Effect> {
    let today = model.shell.today;
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() else { return Vec::new() };
    if by > 0 && dialogue.asked().is_none() {
        return take_plan(model);
    }
    dialogue.go(by, today);
    Vec::new()
}

/// Takes the action as it is written.
pub(super) fn take_plan(model: &mut Model) -> Vec<Effect> {
    let today = model.shell.today;
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.last_mut() else { return Vec::new() };
    let Some(planned) = dialogue.planned(today) else { return Vec::new() };
    let Some(Layer::Dialogue(dialogue)) = model.person.layers.pop() else { return Vec::new() };
    plan::taken(model, &dialogue, planned)
}

/// Ticks the marked row, or takes the tick back.
pub(super) fn tick(model: &mut Model) {
    if let Some(Layer::Ticks(ticks)) = model.person.layers.last_mut()
        && let Some((_, ticked)) = ticks.rows.get_mut(ticks.at)
    {
        *ticked = !*ticked;
    }
}

/// Takes the ticks as they are.
pub(super) fn ticked(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Ticks(ticks)) = model.person.layers.pop() else { return Vec::new() };
    let state: Vec<bool> = ticks.rows.iter().map(|(_, ticked)| *ticked).collect();
    match &ticks.purpose {
        TicksFor::MaySee(pairs) => agreement::seen(model, pairs, &state),
        TicksFor::Release(items) => handover::released(model, items, &state),
    }
}

/// Takes the marked row of the top list.
pub(super) fn picked(model: &mut Model) -> Vec<Effect> {
    if matches!(model.person.layers.last(), Some(Layer::Chooser(_))) {
        return people::chosen(model);
    }
    let Some(Layer::Picker(picker)) = model.person.layers.pop() else { return Vec::new() };
    let person = &model.person.snapshot.person;
    match picker.purpose {
        PickerFor::Level => {
            let levels = model.shell.library.as_deref().and_then(levels_of).map(|framework| framework.levels.clone());
            let level = picker.at.checked_sub(1).and_then(|at| Some(levels?.get(at)?.id.clone()));
            let organisation = person.organisation;
            let rows = Organisation::ALL.iter().map(|kind| sentence(kind.title())).collect();
            let own = Organisation::ALL.iter().position(|kind| *kind == organisation).unwrap_or(0);
            let next = Picker::new("And your organisation?", rows, own, PickerFor::Organisation);
            model.person.layers.push(Layer::Picker(next));
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
        PickerFor::Theme => {
            if let Some(name) = model.shell.themes.get(picker.at).cloned() {
                model.say(
                    super::Tone::Plain,
                    format!("To keep it: theme = \"{name}\" in your settings; `cairn config path` says where."),
                );
                model.shell.theme = name;
            }
            Vec::new()
        }
        PickerFor::Passphrase => super::locking::passphrase_picked(model, picker.at),
        PickerFor::Backup(paths) => {
            model.say(super::Tone::Plain, "Checking every page of the backup\u{2026}");
            let path = paths.get(picker.at).cloned();
            path.map(|path| Effect::CheckBackup(path, None)).into_iter().collect()
        }
        PickerFor::Restore(path, secret) if picker.at == 1 => {
            model.say(super::Tone::Plain, "Putting the backup in place\u{2026}");
            vec![Effect::Restore(path, secret)]
        }
        PickerFor::UseEarlier => super::agreement::earlier_used(model, picker.at),
        PickerFor::Withdraw(pieces) => super::withdraw::withdrawn(model, &pieces, picker.at),
        PickerFor::Discard(begun) => amend::discarded(model, begun, picker.at),
        PickerFor::ToDay(from) => {
            super::progress::to_day(model, from, picker.at);
            Vec::new()
        }
        PickerFor::Decline(activity) => {
            let Some(reason) = picker.rows.get(picker.at).filter(|_| picker.at + 1 < picker.rows.len()) else {
                let field = Field::new("Because", "", "in your own words");
                let form = Form::new("Set aside", vec![field], FormFor::DeclineBecause(activity));
                drafts::begin_form(model, form);
                return Vec::new();
            };
            let reason = reason.clone();
            declined(model, &activity, &reason)
        }
        PickerFor::CameOut(id) => plan::came_out(model, &id, picker.at),
        PickerFor::Importance(framework, code) => focus::weighed(model, framework, code, picker.at),
        PickerFor::Part => session::part_picked(model, picker.at),
        PickerFor::OtherModel => {
            session::model_picked(model, picker.at);
            Vec::new()
        }
        PickerFor::ReportFor => handover::party_picked(model, picker.at),
        PickerFor::AddClient(name) => people::add_picked(model, name, picker.at),
        PickerFor::Agree if picker.at == 1 => agreement::agree(model),
        PickerFor::EndAgreement if picker.at == 1 => agreement::end(model),
        PickerFor::Agree | PickerFor::EndAgreement | PickerFor::Restore(..) => Vec::new(),
        PickerFor::Present(changed) => handover::present(model, changed, picker.at),
        PickerFor::ReportForm(party) => handover::form_picked(party, picker.at),
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

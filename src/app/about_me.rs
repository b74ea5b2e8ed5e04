//! Asks from which level the user leads and in which kind of organisation, one question after the other.

use super::effect::{Effect, RecordsJob};
use super::layer::Layer;
use super::model::Model;
use super::picker::Picker;
use crate::domain::{Framework, Library, Organisation, capital};

/// Opens the question about the level; the question about the organisation follows.
pub(super) fn ask(model: &mut Model) {
    let Some(framework) = model.shell.library.as_deref().and_then(levels_of) else { return };
    let own = model.person.snapshot.person.level.as_deref();
    let own = own.and_then(|own| framework.level(own)).map_or(0, |(at, _)| at);
    let mut rows = vec!["I would rather not say".to_owned()];
    rows.extend(framework.levels.iter().map(|level| level.title.clone()));
    model.person.layers.push(Layer::Picker(Picker::new(
        &asked(model, "What is your role?", "role"),
        rows,
        own,
        level_chosen,
    )));
}

/// Returns the question to the user, or the one about a client, with their name.
fn asked(model: &Model, own: &str, of: &str) -> String {
    let person = &model.person.snapshot.person;
    match (person.is_client(), of) {
        (false, _) => own.to_owned(),
        (true, "role") => format!("What is {}'s role?", person.name),
        (true, _) => format!("What does {}'s {of} do?", person.name),
    }
}

fn level_chosen(model: &mut Model, row: usize) -> Effect {
    let levels = model.shell.library.as_deref().and_then(levels_of).map(|framework| framework.levels.clone());
    let level = row.checked_sub(1).and_then(|at| Some(levels?.get(at)?.id.clone()));
    let organisation = model.person.snapshot.person.organisation;
    let rows = Organisation::ALL.iter().map(|kind| capital(kind.title())).collect();
    let own = Organisation::ALL.iter().position(|kind| *kind == organisation).unwrap_or(0);
    let title = asked(model, "What does your organisation do?", "organisation");
    let next = Picker::new(&title, rows, own, |model: &mut Model, row: usize| {
        let kind = Organisation::ALL.get(row).copied().unwrap_or_default();
        Effect::Records(RecordsJob::SetPerson(model.person.snapshot.person.level.clone(), kind))
    });
    model.person.layers.push(Layer::Picker(next));
    Effect::Records(RecordsJob::SetPerson(level, organisation))
}

/// Returns the framework from whose levels the user chooses: the one with the most behaviours of those that have
/// levels.
fn levels_of(library: &Library) -> Option<&Framework> {
    let size = |id: &str| library.behaviours.iter().filter(|behaviour| behaviour.framework == id).count();
    library
        .frameworks
        .iter()
        .filter(|framework| !framework.levels.is_empty())
        .max_by_key(|framework| size(&framework.id))
}

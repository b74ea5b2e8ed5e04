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
    let title = client(model).map_or("What is your role?".to_owned(), |name| format!("What is {name}'s role?"));
    model.person.layers.push(Layer::Picker(Picker::new(&title, rows, own, level_chosen)));
}

/// Returns the name of the client whose records are open; `None` if they are the user's own.
fn client(model: &Model) -> Option<&str> {
    let person = &model.person.snapshot.person;
    person.is_client().then_some(person.name.as_str())
}

fn level_chosen(model: &mut Model, row: usize) -> Effect {
    let levels = model.shell.library.as_deref().and_then(levels_of).map(|framework| framework.levels.clone());
    let level = row.checked_sub(1).and_then(|at| Some(levels?.get(at)?.id.clone()));
    let organisation = model.person.snapshot.person.organisation;
    let rows = Organisation::ALL.iter().map(|kind| capital(kind.title())).collect();
    let own = Organisation::ALL.iter().position(|kind| *kind == organisation).unwrap_or(0);
    let title = client(model)
        .map_or("What does your organisation do?".to_owned(), |name| format!("What does {name}'s organisation do?"));
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

//! Find: type, and the list narrows.

use std::sync::Arc;

use super::edit::EditBuffer;
use super::handler::{Handled, when};
use super::model::Model;
use super::place::{List, Place};
use super::reflect::reflect_on;
use super::writing::{changed, clear};
use super::{focus, session};
use crate::command::{Command, Context};
use crate::domain::{BehaviourIx, Library};
use crate::search::Found;

/// Most rows kept of one search; the count of all matches is shown.
const MOST_ROWS: usize = 500;

/// The search screen.
pub(super) struct FindPlace;

impl Place for FindPlace {
    fn contexts(&self, model: &Model) -> Vec<Context> {
        let own = [Context::Find, Context::Text, Context::Global];
        model.is_look_up().then_some(Context::LookUp).into_iter().chain(own).collect()
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let (library, marked) = (&model.shell.library, model.person.find.marked());
        Some(match command {
            Command::FindOpen | Command::FocusToggle if library.is_none() => Err("The records are still opening."),
            Command::FindOpen => match marked {
                Some(ix) => Ok(Box::new(move |model| reflect_on(model, ix))),
                None => Err("Nothing is found to reflect on."),
            },
            Command::FocusToggle => when(marked.is_some(), "Nothing is found to choose.", focus::toggle),
            Command::NoteBehaviour => when(marked.is_some(), "Nothing is found to note.", session::note_behaviour),
            Command::FindClear => clear(&model.person.find.query),
            _ => return None,
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        Some(List { marked: model.person.find.row, rows: model.person.find.rows() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        (model.person.find.row, model.person.find.scroll) = (row, 0);
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        Some(&mut model.person.find.scroll)
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        Some(&model.person.find.query)
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        if changed(&mut model.person.find.query, change) {
            search(model);
        }
    }
}

/// The state of the search screen.
#[derive(Debug, Clone)]
pub struct FindScreen {
    /// What is typed.
    pub query: EditBuffer,
    /// What is searched; it is there before the records are.
    pub library: Option<Arc<Library>>,
    /// What it found; `None` until the index is built.
    pub found: Option<Found>,
    /// The marked row.
    pub row: usize,
    /// How far the detail is scrolled.
    pub scroll: u16,
}

impl Default for FindScreen {
    fn default() -> Self {
        Self { query: EditBuffer::line(""), library: None, found: None, row: 0, scroll: 0 }
    }
}

impl FindScreen {
    /// The marked behaviour.
    #[must_use]
    pub fn marked(&self) -> Option<BehaviourIx> {
        let found = self.found.as_ref()?;
        found.hits.get(self.row).map(|hit| BehaviourIx(hit.record))
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.found.as_ref().map_or(0, |found| found.hits.len())
    }
}

/// Searches again after the query changed.
pub(super) fn search(model: &mut Model) {
    let find = &mut model.person.find;
    find.found = model.shell.index.as_ref().map(|index| index.search(find.query.text(), MOST_ROWS));
    // Nothing asked: the framework of the highest layer first, each in its own order.
    if find.query.text().trim().is_empty()
        && let (Some(found), Some(library)) = (&mut find.found, &model.shell.library)
    {
        let place = |record: u32| {
            let framework = &library.behaviour(BehaviourIx(record)).framework;
            library.frameworks.iter().position(|own| own.id == *framework)
        };
        found.hits.sort_by_key(|hit| std::cmp::Reverse(place(hit.record)));
    }
    (find.row, find.scroll) = (0, 0);
}

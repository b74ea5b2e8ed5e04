//! The journal: everything that was written, newest first, filtered with the query language of the search screen, and
//! the evidence collected for the next session. The list is available before its index, which is built in another
//! thread.

mod view;

use super::effect::{Effect, Query};
use super::positions::Position;
use std::sync::Arc;

use super::edit::EditBuffer;
use super::handler::{Handled, act};
use super::look_back::LookBack;
use super::model::Model;
use super::place::{List, Place, Screen};
use super::reflect::{recall, reflect_on};
use super::view::View;
use super::writing::{changed, clear};
use super::{amend, withdraw};
use crate::command::{Command, Context};
use crate::domain::{Answer, By, Dossier, Entry, Gathered, Journal, Private, Written};
use crate::search::{Found, Index};

/// Most results kept from one search; the number of all matches is displayed anyway.
const MOST_ROWS: usize = 500;

pub(super) struct JournalPlace;

impl Place for JournalPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Journal, Context::Text, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        Some(match command {
            Command::JournalOpen => can_open(model).and_then(|()| act(open)),
            Command::Evidence => act(toggle_evidence),
            Command::FindClear => clear(&model.person.journal.query),
            Command::CorrectEntry => amend::correct_handler(model),
            Command::WithdrawEntry => withdraw::handle(model, "Select an entry first."),
            Command::AddNote => amend::add_note_handler(model),
            _ => return None,
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        Some(List { marked: model.person.journal.row, rows: model.journal_rows() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        (model.person.journal.row, model.person.journal.scroll) = (row, 0);
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        Some(&mut model.person.journal.scroll)
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        Some(&model.person.journal.query)
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        if changed(&mut model.person.journal.query, change) {
            model.person.journal.narrow();
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        Some(view::view(model))
    }
}

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalRow {
    /// A behaviour with its evidence, by index into [`Journal::gathered`].
    Behaviour(usize),
    /// An entry, by index into [`Journal::entries`].
    Entry(usize),
}

/// What the list contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listing {
    /// Every entry.
    #[default]
    All,
    /// Evidence since the last session, grouped by behaviour.
    Evidence,
}

/// The state of the screen.
#[derive(Debug, Clone)]
pub struct JournalScreen {
    pub query: EditBuffer,
    /// The journal received last; use [`Model::journal`] to read it.
    book: Option<Arc<Journal>>,
    index: Option<Arc<Index>>,
    /// The results; `None` if nothing is typed, or while the index is being built.
    pub found: Option<Found>,
    /// What the list contains.
    pub listing: Listing,
    evidence: Arc<[JournalRow]>,
    /// Index of the marked row, counted from 0.
    pub row: usize,
    /// Scroll offset of the detail, in rows.
    pub scroll: u16,
    /// Id of the session that was opened from the journal; empty if none was.
    pub(super) past: String,
    /// The dossier from which `book` was built.
    of: Option<Arc<Dossier>>,
    asked: Option<(Arc<Dossier>, Private)>,
    indexing: bool,
}

impl Default for JournalScreen {
    fn default() -> Self {
        Self {
            query: EditBuffer::line(""),
            book: None,
            index: None,
            found: None,
            listing: Listing::All,
            evidence: Arc::default(),
            row: 0,
            scroll: 0,
            past: String::new(),
            of: None,
            asked: None,
            indexing: false,
        }
    }
}

impl JournalScreen {
    /// Returns whether a query is typed.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !self.query.text().trim().is_empty()
    }

    /// Returns whether there is no index yet.
    #[must_use]
    pub fn is_indexing(&self) -> bool {
        self.index.is_none()
    }

    /// Returns the number of rows.
    fn count(&self, book: &Journal) -> usize {
        match (self.listing, &self.found) {
            (Listing::Evidence, _) => self.evidence.len(),
            (Listing::All, Some(found)) => found.hits.len(),
            (Listing::All, None) => book.entries.len(),
        }
    }

    fn at(&self, row: usize) -> Option<JournalRow> {
        match (self.listing, &self.found) {
            (Listing::Evidence, _) => self.evidence.get(row).copied(),
            (Listing::All, Some(found)) => found.hits.get(row).map(|hit| JournalRow::Entry(hit.record as usize)),
            (Listing::All, None) => Some(JournalRow::Entry(row)),
        }
    }

    /// Takes a journal, if it is the one requested last; the mark stays on its entry.
    pub(super) fn take(&mut self, book: Arc<Journal>, of: Arc<Dossier>) {
        let last = |(asked, how): &(Arc<Dossier>, Private)| Arc::ptr_eq(asked, &of) && *how == book.private;
        if self.asked.take_if(|asked| last(asked)).is_none() {
            return;
        }
        self.of = Some(of);
        let marked = self.book.as_ref().and_then(|book| match self.at(self.row)? {
            JournalRow::Entry(at) => book.entries.get(at).map(|entry| entry.id.clone()),
            JournalRow::Behaviour(_) => None,
        });
        self.evidence = evidence(&book);
        (self.index, self.indexing, self.found) = (None, false, None);
        let same = |row: &usize| match self.at(*row) {
            Some(JournalRow::Entry(at)) => book.entries.get(at).is_some_and(|entry| Some(&entry.id) == marked.as_ref()),
            _ => false,
        };
        let place = marked.as_ref().and_then(|_| (0..self.count(&book)).find(same));
        self.row = place.unwrap_or(self.row).min(self.count(&book).saturating_sub(1));
        self.book = Some(book);
    }

    /// Takes the index of a journal, unless a newer journal has arrived.
    pub(super) fn take_index(&mut self, of: &Arc<Journal>, index: Arc<Index>) {
        if self.book.as_ref().is_some_and(|book| Arc::ptr_eq(book, of)) {
            self.index = Some(index);
            self.search();
            self.row = self.row.min(self.book.as_ref().map_or(0, |book| self.count(book)).saturating_sub(1));
        }
    }

    /// Runs the search with the typed query.
    fn search(&mut self) {
        let asked = self.is_asked();
        self.found = self.index.as_ref().filter(|_| asked).map(|index| index.search(self.query.text(), MOST_ROWS));
    }

    /// Runs the search after the query changed; a query always searches all entries, not only the evidence.
    pub(super) fn narrow(&mut self) {
        self.listing = Listing::All;
        self.search();
        (self.row, self.scroll) = (0, 0);
    }
}

/// Returns the rows of the evidence: each behaviour, followed by its entries.
fn evidence(book: &Journal) -> Arc<[JournalRow]> {
    let of = |(at, row): (usize, &Gathered)| {
        std::iter::once(JournalRow::Behaviour(at)).chain(row.entries.clone().into_iter().map(JournalRow::Entry))
    };
    book.gathered.iter().enumerate().flat_map(of).collect()
}

impl Model {
    /// Returns the journal of the person whose records are open; `None` if it is about somebody else or contains more
    /// than may be shown now.
    #[must_use]
    pub fn journal(&self) -> Option<&Arc<Journal>> {
        let own = |book: &&Arc<Journal>| book.person == self.person.snapshot.person.id;
        self.person.journal.book.as_ref().filter(own).filter(|book| book.private <= self.private())
    }

    /// Returns the number of rows in the list.
    #[must_use]
    pub fn journal_rows(&self) -> usize {
        self.journal().map_or(0, |book| self.person.journal.count(book))
    }

    /// Returns a row of the list.
    #[must_use]
    pub fn journal_row(&self, row: usize) -> Option<(&Arc<Journal>, JournalRow)> {
        Some((self.journal()?, self.person.journal.at(row)?))
    }

    /// Returns the marked entry; `None` if the marked row is not an entry.
    #[must_use]
    pub fn marked_entry(&self) -> Option<&Entry> {
        match self.journal_row(self.person.journal.row)? {
            (book, JournalRow::Entry(at)) => book.entries.get(at),
            (_, JournalRow::Behaviour(_)) => None,
        }
    }
}

/// Requests what the screen in front needs and does not have; nothing is requested twice.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let shown = matches!(model.person.screen, Screen::Journal | Screen::Past);
    let Some(library) = model.shell.library.clone().filter(|_| shown) else { return Vec::new() };
    let dossier = Arc::clone(&model.person.snapshot.dossier);
    let same = |of: &Arc<Dossier>| Arc::ptr_eq(of, &dossier);
    let private = model.private();
    let has = model.person.journal.of.as_ref().is_some_and(same)
        && model.journal().is_some_and(|book| book.private == private);
    if !has {
        if model.person.journal.asked.as_ref().is_some_and(|(of, how)| same(of) && *how == private) {
            return Vec::new();
        }
        model.person.journal.asked = Some((Arc::clone(&dossier), private));
        return vec![Effect::Look(Query::LookBack(LookBack::Journal(library, dossier, private)))];
    }
    let journal = &mut model.person.journal;
    match &journal.book {
        Some(book) if journal.index.is_none() && !journal.indexing => {
            journal.indexing = true;
            vec![Effect::Look(Query::LookBack(LookBack::Index(library, Arc::clone(book))))]
        }
        _ => Vec::new(),
    }
}

/// Shows the journal with this query.
pub(super) fn show(model: &mut Model, query: &str) {
    model.person.journal.query = EditBuffer::line(query);
    model.person.journal.narrow();
    model.go(Screen::Journal);
}

/// Toggles the evidence for the next session; on another screen, always shows it.
pub(super) fn toggle_evidence(model: &mut Model) {
    let elsewhere = model.person.screen != Screen::Journal;
    let all = elsewhere || model.person.journal.listing == Listing::All;
    model.person.journal.listing = if all { Listing::Evidence } else { Listing::All };
    (model.person.journal.row, model.person.journal.scroll) = (0, 0);
    model.go(Screen::Journal);
}

/// Returns the answer of an entry with its behaviour; `None` if the packs or the profile no longer have it.
fn answer_of(model: &Model, entry: &Entry) -> Option<(crate::domain::BehaviourIx, Answer)> {
    let Written::Answer(framework, code, id) = &entry.place else { return None };
    let ix = model.shell.library.as_ref()?.find_in(framework, code)?;
    let standing = model.person.snapshot.profile.by(entry.by.unwrap_or(By::Myself), ix)?;
    standing.answers.iter().find(|answer| answer.id == *id).map(|answer| (ix, answer.clone()))
}

/// Checks whether the marked row can be opened; the error says why not.
fn can_open(model: &Model) -> Result<(), &'static str> {
    let Some((_, row)) = model.journal_row(model.person.journal.row) else { return Err("Select a row first.") };
    let Some(entry) = model.marked_entry() else {
        return if matches!(row, JournalRow::Behaviour(_)) { Ok(()) } else { Err("Select a row first.") };
    };
    match &entry.place {
        Written::Answer(..) if entry.aside.starts_with("corrected on") => {
            Err("This is the version before it was corrected. The newer version is also in the Journal.")
        }
        Written::Answer(..) if answer_of(model, entry).is_none() => {
            Err("This behaviour is no longer in your packs. Everything you wrote about it is shown here.")
        }
        _ => Ok(()),
    }
}

/// Opens the marked row where it was written.
fn open(model: &mut Model) -> Vec<Effect> {
    let behaviour = match model.journal_row(model.person.journal.row) {
        Some((book, JournalRow::Behaviour(at))) => book.gathered.get(at).map(|row| row.behaviour),
        _ => None,
    };
    if let Some(ix) = behaviour {
        return reflect_on(model, ix);
    }
    let Some(entry) = model.marked_entry().cloned() else { return Vec::new() };
    match &entry.place {
        Written::Answer(..) => {
            let Some((ix, answer)) = answer_of(model, &entry) else { return Vec::new() };
            let effects = reflect_on(model, ix);
            recall(model, answer);
            return effects;
        }
        Written::Session(id) => {
            model.person.journal.past.clone_from(id);
            model.person.at[Screen::Past].scroll = 0;
            model.go(Screen::Past);
        }
        Written::Action(id) => {
            if let Some(at) = model.plan_rows().iter().position(|action| action.id == *id) {
                model.person.at[Screen::Plan] = Position::at(at);
            }
            model.go(Screen::Plan);
        }
        Written::Advice => model.go(Screen::Advice),
    }
    Vec::new()
}

//! Journal: everything that was ever written, newest first, narrowed by the same query language as Find; and what of it
//! is evidence for the next session. The list is there before its index is, which is built outside.

mod view;

use super::effect::{Effect, Query};
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

/// Most rows kept of one search; the count of all matches is shown.
const MOST_ROWS: usize = 500;

/// The journal.
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

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalRow {
    /// A behaviour with what was gathered on it, by its place.
    Behaviour(usize),
    /// An entry, by its place.
    Entry(usize),
}

/// What the list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listing {
    /// Every entry.
    #[default]
    All,
    /// Evidence since the last session, by behaviour.
    Evidence,
}

/// The state of the screen.
#[derive(Debug, Clone)]
pub struct JournalScreen {
    /// What is typed.
    pub query: EditBuffer,
    /// What came last; read it through [`Model::journal`].
    book: Option<Arc<Journal>>,
    index: Option<Arc<Index>>,
    /// What was found; `None` where nothing is asked, or while the index is being built.
    pub found: Option<Found>,
    /// What the list is of.
    pub listing: Listing,
    evidence: Arc<[JournalRow]>,
    /// The marked row.
    pub row: usize,
    /// How far the detail is scrolled.
    pub scroll: u16,
    /// The session that was opened.
    pub(super) past: String,
    /// How far its notes are scrolled.
    pub past_scroll: u16,
    /// The records that it is of.
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
            past_scroll: 0,
            of: None,
            asked: None,
            indexing: false,
        }
    }
}

impl JournalScreen {
    /// Whether something is typed.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !self.query.text().trim().is_empty()
    }

    /// Whether the index is not there yet.
    #[must_use]
    pub fn is_indexing(&self) -> bool {
        self.index.is_none()
    }

    /// How many rows there are.
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

    /// Takes a journal, if it is the one that was asked for last; the mark stays on the entry it was on.
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

    /// Takes the index of a journal, unless another journal has come since.
    pub(super) fn take_index(&mut self, of: &Arc<Journal>, index: Arc<Index>) {
        if self.book.as_ref().is_some_and(|book| Arc::ptr_eq(book, of)) {
            self.index = Some(index);
            self.search();
            self.row = self.row.min(self.book.as_ref().map_or(0, |book| self.count(book)).saturating_sub(1));
        }
    }

    /// Looks for what is typed.
    fn search(&mut self) {
        let asked = self.is_asked();
        self.found = self.index.as_ref().filter(|_| asked).map(|index| index.search(self.query.text(), MOST_ROWS));
    }

    /// Something was typed: what is looked for is looked for in everything.
    pub(super) fn narrow(&mut self) {
        self.listing = Listing::All;
        self.search();
        (self.row, self.scroll) = (0, 0);
    }
}

/// Each behaviour with its entries below it.
fn evidence(book: &Journal) -> Arc<[JournalRow]> {
    let of = |(at, row): (usize, &Gathered)| {
        std::iter::once(JournalRow::Behaviour(at)).chain(row.entries.clone().into_iter().map(JournalRow::Entry))
    };
    book.gathered.iter().enumerate().flat_map(of).collect()
}

impl Model {
    /// The journal of the person whose records are open; none of somebody else, and none that holds more than may be
    /// shown now.
    #[must_use]
    pub fn journal(&self) -> Option<&Arc<Journal>> {
        let own = |book: &&Arc<Journal>| book.person == self.person.snapshot.person.id;
        self.person.journal.book.as_ref().filter(own).filter(|book| book.private <= self.private())
    }

    /// How many rows its list has.
    #[must_use]
    pub fn journal_rows(&self) -> usize {
        self.journal().map_or(0, |book| self.person.journal.count(book))
    }

    /// A row of its list.
    #[must_use]
    pub fn journal_row(&self, row: usize) -> Option<(&Arc<Journal>, JournalRow)> {
        Some((self.journal()?, self.person.journal.at(row)?))
    }

    /// The marked entry.
    #[must_use]
    pub fn marked_entry(&self) -> Option<&Entry> {
        match self.journal_row(self.person.journal.row)? {
            (book, JournalRow::Entry(at)) => book.entries.get(at),
            (_, JournalRow::Behaviour(_)) => None,
        }
    }
}

/// What the screen in front lacks; each thing is asked for once.
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

/// Shows the journal with something typed.
pub(super) fn show(model: &mut Model, query: &str) {
    model.person.journal.query = EditBuffer::line(query);
    model.person.journal.narrow();
    model.go(Screen::Journal);
}

/// Shows or hides what was gathered for the next session; from elsewhere, shows it.
pub(super) fn toggle_evidence(model: &mut Model) {
    let elsewhere = model.person.screen != Screen::Journal;
    let all = elsewhere || model.person.journal.listing == Listing::All;
    model.person.journal.listing = if all { Listing::Evidence } else { Listing::All };
    (model.person.journal.row, model.person.journal.scroll) = (0, 0);
    model.go(Screen::Journal);
}

/// The answer of an entry, if it can be shown where it was given.
fn answer_of(model: &Model, entry: &Entry) -> Option<(crate::domain::BehaviourIx, Answer)> {
    let Written::Answer(framework, code, id) = &entry.place else { return None };
    let ix = model.shell.library.as_ref()?.find_in(framework, code)?;
    let standing = model.person.snapshot.profile.by(entry.by.unwrap_or(By::Myself), ix)?;
    standing.answers.iter().find(|answer| answer.id == *id).map(|answer| (ix, answer.clone()))
}

/// Whether what is marked can be opened, and if not, why.
fn can_open(model: &Model) -> Result<(), &'static str> {
    let Some((_, row)) = model.journal_row(model.person.journal.row) else { return Err("No row is marked.") };
    let Some(entry) = model.marked_entry() else {
        return if matches!(row, JournalRow::Behaviour(_)) { Ok(()) } else { Err("No row is marked.") };
    };
    match &entry.place {
        Written::Answer(..) if entry.aside.starts_with("corrected on") => {
            Err("This is how it was before it was corrected; the newer version stands in the Journal too.")
        }
        Written::Answer(..) if answer_of(model, entry).is_none() => {
            Err("The packs no longer have this behaviour; all that was written is beside.")
        }
        _ => Ok(()),
    }
}

/// Opens what is marked where it was written.
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
            model.person.journal.past_scroll = 0;
            model.go(Screen::Past);
        }
        Written::Action(id) => {
            if let Some(at) = model.plan_rows().iter().position(|action| action.id == *id) {
                (model.person.plan.row, model.person.plan.scroll) = (at, 0);
            }
            model.go(Screen::Plan);
        }
        Written::Advice => model.go(Screen::Advice),
    }
    Vec::new()
}

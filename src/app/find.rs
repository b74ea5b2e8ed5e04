//! The search screen: the list of behaviours is filtered as the user types.

use std::sync::Arc;

use super::edit::EditBuffer;
use super::handler::{Handled, when};
use super::model::Model;
use super::place::{List, Place};
use super::reflect::reflect_on;
use super::view::{Body, Highlight, Lines, ListView, PagePart, PageView, RowView, Rows, SearchView, ThirdView, View};
use super::writing::{changed, clear};
use super::{focus, session};
use crate::command::{Command, Context};
use crate::domain::{BehaviourIx, Library, Sheet, short_day};
use crate::search::{Asker, Field, Found, Hit};

/// Most results kept from one search; the number of all matches is displayed anyway.
const MOST_ROWS: usize = 500;

pub(super) struct FindPlace;

impl Place for FindPlace {
    fn contexts(&self, model: &Model) -> Vec<Context> {
        let own = [Context::Find, Context::Text, Context::Global];
        model.is_look_up().then_some(Context::LookUp).into_iter().chain(own).collect()
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let (library, marked) = (&model.shell.library, model.person.find.marked());
        Some(match command {
            Command::FindOpen | Command::FocusToggle if library.is_none() => {
                Err("Cairn is still opening your records.")
            }
            Command::FindOpen => match marked {
                Some(ix) => Ok(Box::new(move |model| reflect_on(model, ix))),
                None => Err("There are no results. Try other words."),
            },
            Command::FocusToggle => when(marked.is_some(), "There are no results to choose from.", focus::toggle),
            Command::NoteBehaviour => {
                when(marked.is_some(), "There are no results to add to your note.", session::note_behaviour)
            }
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

    fn entered(&self, model: &mut Model) {
        model.person.find.query.select_all();
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let find = &model.person.find;
        let typed = &find.query;
        let search =
            Some(SearchView { label: "Find: ", typed, hint: "type what is on your mind, like no time to listen" });
        let (Some(library), Some(found)) = (&find.library, &find.found) else {
            return Some(View { search, ..View::waiting("Find", "Opening the library\u{2026}") });
        };
        let look_up = model.is_look_up();
        let nothing = typed.text().trim().is_empty();
        Some(View {
            place: if look_up { "find for the note" } else { "find" }.to_owned(),
            about: Model::about_found(found),
            about_is_shown: true,
            search,
            scroll: find.scroll,
            lines: Lines {
                unasked: nothing,
                ask: if nothing { vec![ASKED] } else { Vec::new() },
                teach: vec![if look_up { NOTES } else { REFLECTS }],
                ..Lines::default()
            },
            ..View::new(if look_up { "Find, from your note" } else { "Find" }, Body::list(list(model, library, found)))
        })
    }
}

/// How lines are used here in plain mode.
const ASKED: &str = "Type what is on your mind, like no time to listen. Leave the line empty to list everything.";
const NOTES: &str =
    "Type a number to add that behaviour to your note and go back. Type \":show\" and a number to read about it.";
const REFLECTS: &str = "Type a number to reflect on that behaviour. Type \":show\" and a number to read about it.";

/// Returns the list of results, with the marked behaviour in full and the person's own records about it.
fn list<'a>(model: &'a Model, library: &'a Library, found: &'a Found) -> ListView<'a> {
    let find = &model.person.find;
    let rows = Rows::new(found.hits.len(), move |at| {
        found.hits.get(at).map(|hit| row(model, library, hit)).unwrap_or_default()
    });
    let list = ListView::new("Results", find.row, rows);
    let Some(ix) = find.marked() else {
        let mut sheet = Sheet::default();
        sheet.text("No results. Try a shorter or different word.");
        return list.with("", PageView::untitled(sheet));
    };
    let whose = if model.person.snapshot.person.is_client() { "Theirs" } else { "Yours" };
    let yours = Sheet::yours(library, ix, &model.person.snapshot.profile, &model.person.snapshot.dossier);
    let (alone, beside) = (detail(model, library, found, ix, Some(&yours)), detail(model, library, found, ix, None));
    let asked = !find.query.text().is_empty();
    ListView {
        highlight: if asked { Highlight::Found(found) } else { Highlight::Nothing },
        third: Some(ThirdView::new(whose, yours, beside)),
        ..list.with("This behaviour", alone)
    }
}

/// Returns the row of a result. Its note says whether the behaviour is in the focus set, and where the match is unless
/// it is in the title or code.
fn row(model: &Model, library: &Library, hit: &Hit) -> RowView {
    let behaviour = library.behaviour(BehaviourIx(hit.record));
    let elsewhere = hit.score > 0.0 && !matches!(hit.field, Field::Title | Field::Code);
    let place = if elsewhere { hit.field.name() } else { "" };
    let note = match (model.is_focus(BehaviourIx(hit.record)), place) {
        (true, "") => "in focus set".to_owned(),
        (true, place) => format!("in focus set, {place}"),
        (false, place) => place.to_owned(),
    };
    let focus = if model.is_focus(BehaviourIx(hit.record)) { ", in the focus set" } else { "" };
    let found_in = if elsewhere { format!(", found in {place}") } else { String::new() };
    let told = format!("{behaviour}{focus}{found_in}.");
    RowView { code: behaviour.code.clone(), note, told, ..RowView::of(&behaviour.title) }
}

/// Returns the behaviour in full. `yours` adds the person's own records; it is `None` if they are shown in a pane of
/// their own.
fn detail(model: &Model, library: &Library, found: &Found, ix: BehaviourIx, yours: Option<&Sheet>) -> PageView {
    let behaviour = library.behaviour(ix);
    let own = model.person.snapshot.profile.of(ix).filter(|_| yours.is_some());
    let mut parts = Vec::new();
    parts.extend(own.map(|standing| {
        let rated = standing.words(&library.framework_of(ix).scale);
        PagePart::Own("You", format!("{rated}, {}", short_day(standing.on, model.shell.today)))
    }));
    parts.push(PagePart::Sheet(model.behaviour_sheet(library, ix)));
    if let Some(yours) = yours.filter(|_| own.is_some()) {
        parts.extend([PagePart::Gap, PagePart::Sheet(yours.clone())]);
    }
    // Matching keywords are not on the sheet, so they are listed here.
    let asked = !model.person.find.query.text().is_empty();
    let matched = behaviour.keywords.iter().filter(|word| asked && !found.highlights(word).is_empty());
    let words: Vec<&str> = matched.map(String::as_str).collect();
    if !words.is_empty() {
        parts.extend([PagePart::Gap, PagePart::Own("Matches", words.join(", "))]);
    }
    PageView::of(behaviour.to_string(), parts)
}

/// The state of the search screen.
#[derive(Debug, Clone)]
pub struct FindScreen {
    pub query: EditBuffer,
    /// The library that is searched; available before the records are open.
    pub library: Option<Arc<Library>>,
    /// The results; `None` until the index is built.
    pub found: Option<Found>,
    /// Index of the marked row, counted from 0.
    pub row: usize,
    /// Scroll offset of the detail, in rows.
    pub scroll: u16,
}

impl Default for FindScreen {
    fn default() -> Self {
        Self { query: EditBuffer::line(""), library: None, found: None, row: 0, scroll: 0 }
    }
}

impl FindScreen {
    /// Returns the marked behaviour; `None` if there is no result.
    #[must_use]
    pub fn marked(&self) -> Option<BehaviourIx> {
        let found = self.found.as_ref()?;
        found.hits.get(self.row).map(|hit| BehaviourIx(hit.record))
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.found.as_ref().map_or(0, |found| found.hits.len())
    }
}

/// Runs the search again.
pub(super) fn search(model: &mut Model) {
    let query = model.person.find.query.text().to_owned();
    let found = model.found(&query, MOST_ROWS);
    let find = &mut model.person.find;
    (find.found, find.row, find.scroll) = (found, 0, 0);
}

/// Runs the search again after the person or their records changed, and keeps the mark on its behaviour.
pub(super) fn search_again(model: &mut Model) {
    let query = model.person.find.query.text().to_owned();
    let found = model.found(&query, MOST_ROWS);
    let find = &mut model.person.find;
    let marked = find.marked();
    find.found = found;
    let same = |found: &Found| found.hits.iter().position(|hit| Some(BehaviourIx(hit.record)) == marked);
    let row = find.found.as_ref().and_then(same).unwrap_or(find.row);
    find.row = row.min(find.rows().saturating_sub(1));
}

impl Model {
    /// Searches behaviours for this person: those in front first, and those for other roles only if they ask. `None`
    /// until the packs are open.
    pub(super) fn found(&self, query: &str, limit: usize) -> Option<Found> {
        let (index, library) = (self.shell.index.as_ref()?, self.person.find.library.as_ref()?);
        let own = |ix: BehaviourIx| self.person.snapshot.profile.of(ix).is_some() || self.is_focus(ix);
        let level = self.person.snapshot.person.level.as_deref();
        Some(index.search_for(query, limit, Asker { library, level, own: &own }))
    }
}

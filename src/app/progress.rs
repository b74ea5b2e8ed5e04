//! The progress screen: a summary in sentences, then themes with their behaviours. The progress is computed in another
//! thread when the screen is opened, when other days are chosen, and when the records have changed.

mod view;

use super::effect::{Effect, Query};
use std::sync::Arc;

use super::handler::{Handled, act, when};
use super::journal;
use super::layer::Layer;
use super::look_back::LookBack;
use super::model::Model;
use super::picker::Picker;
use super::place::{List, Place, Screen};
use super::view::View;
use crate::command::{Command, Context};
use crate::domain::{Asking, Behaved, By, Day, Dossier, Private, Progress, ShowCoach};

pub(super) struct ProgressPlace;

impl Place for ProgressPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Progress, Context::List, Context::Go, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        if command == Command::Evidence {
            return Some(act(journal::toggle_evidence));
        }
        if !matches!(command, Command::ShowCoach | Command::CompareDays | Command::InJournal) {
            return None;
        }
        let Some(found) = model.progress() else { return Some(Err("Cairn is loading your answers.")) };
        Some(match command {
            Command::ShowCoach => {
                let others = |row: &Behaved| row.by(By::Coach).is_some() || row.by(By::Other).is_some();
                let why = "You cannot see ratings from any other person here.";
                when(found.rows.iter().any(others), why, toggle_beside)
            }
            Command::CompareDays => {
                let why = "You have answers from one day. You need a second day to compare.";
                when(found.days.len() > 1, why, compare_days)
            }
            _ => when(!found.rows.is_empty(), "You have not answered anything yet.", |model: &mut Model| {
                journal::show(model, &query(model));
            }),
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        Some(List { marked: model.person.progress.row, rows: model.person.progress.rows().len() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        (model.person.progress.row, model.person.progress.scroll) = (row, 0);
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        Some(&mut model.person.progress.scroll)
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        Some(view::view(model))
    }
}

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressRow {
    /// The summary.
    InShort,
    /// A theme, by index into [`Progress::themes`].
    Theme(usize),
    /// A behaviour, by index into [`Progress::rows`].
    Behaviour(usize),
}

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct ProgressScreen {
    /// The progress received last; use [`Model::progress`] to read it.
    pub(super) found: Option<Arc<Progress>>,
    rows: Vec<ProgressRow>,
    /// Index of the marked row, counted from 0.
    pub row: usize,
    /// Scroll offset of the detail, in rows.
    pub scroll: u16,
    /// Whether the coach's view is shown beside the person's own.
    pub beside: ShowCoach,
    /// The two days to compare; `None` for the first and the newest.
    days: Option<(Day, Day)>,
    /// The dossier from which `found` was computed.
    of: Option<Arc<Dossier>>,
    asked: Option<(Arc<Dossier>, Asking)>,
}

impl ProgressScreen {
    #[must_use]
    pub fn rows(&self) -> &[ProgressRow] {
        &self.rows
    }

    /// Takes the progress, if it is the one requested last; the mark keeps its row.
    pub(super) fn take(&mut self, progress: Progress, of: Arc<Dossier>) {
        let last = |(asked, how): &(Arc<Dossier>, Asking)| Arc::ptr_eq(asked, &of) && *how == progress.asked;
        if self.asked.take_if(|asked| last(asked)).is_none() {
            return;
        }
        self.of = Some(of);
        self.rows = rows(&progress);
        self.row = self.row.min(self.rows.len().saturating_sub(1));
        self.found = Some(Arc::new(progress));
    }
}

/// Returns the rows: each theme, followed by its behaviours; behaviours that the packs no longer have come last.
fn rows(progress: &Progress) -> Vec<ProgressRow> {
    let of = |theme: Option<usize>| {
        let own = progress.rows.iter().enumerate().filter(move |(_, row)| row.theme == theme);
        own.map(|(at, _)| ProgressRow::Behaviour(at))
    };
    let mut rows = vec![ProgressRow::InShort];
    for theme in 0..progress.themes.len() {
        rows.push(ProgressRow::Theme(theme));
        rows.extend(of(Some(theme)));
    }
    rows.extend(of(None));
    rows
}

impl Model {
    /// Returns whether content that only the coach may read is included.
    #[must_use]
    pub fn private(&self) -> Private {
        if self.person.show_private { Private::Shown } else { Private::Hidden }
    }

    /// Returns the progress of the person whose records are open; `None` if it is about somebody else or contains more
    /// than may be shown now.
    #[must_use]
    pub fn progress(&self) -> Option<&Arc<Progress>> {
        let own = |found: &&Arc<Progress>| found.person == self.person.snapshot.person.id;
        self.person.progress.found.as_ref().filter(own).filter(|found| found.asked.private <= self.private())
    }

    /// Returns the marked row with the progress.
    #[must_use]
    pub fn marked_progress(&self) -> Option<(&Arc<Progress>, ProgressRow)> {
        Some((self.progress()?, *self.person.progress.rows.get(self.person.progress.row)?))
    }
}

/// Requests what the screen in front needs and does not have; nothing is requested twice.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone().filter(|_| model.person.screen == Screen::Progress) else {
        return Vec::new();
    };
    let dossier = Arc::clone(&model.person.snapshot.dossier);
    let same = |of: &Arc<Dossier>| Arc::ptr_eq(of, &dossier);
    let wanted = Asking { days: model.person.progress.days, private: model.private() };
    let has = model.person.progress.of.as_ref().is_some_and(same)
        && model.progress().is_some_and(|found| found.asked == wanted);
    let coming = model.person.progress.asked.as_ref().is_some_and(|(of, how)| same(of) && *how == wanted);
    if has || coming {
        return Vec::new();
    }
    model.person.progress.asked = Some((Arc::clone(&dossier), wanted));
    vec![Effect::Look(Query::LookBack(LookBack::Progress(library, dossier, wanted)))]
}

/// Asks for the first of the two days to compare.
fn compare_days(model: &mut Model) {
    let Some(found) = model.progress().cloned() else { return };
    let mut rows = vec!["The first and the latest".to_owned()];
    rows.extend(found.days.iter().map(|day| day.words(model.shell.today)));
    let from = model.person.progress.days.map(|(from, _)| from);
    let at = from.and_then(|from| found.days.iter().position(|day| day.on == from)).map_or(0, |at| at + 1);
    model.person.layers.push(Layer::Picker(Picker::new("Compare from which date?", rows, at, from_day)));
}

/// Handles the choice of the first day: asks for the second one, with the newest day marked.
fn from_day(model: &mut Model, row: usize) {
    let Some(found) = model.progress().cloned() else { return };
    let day = row.checked_sub(1).and_then(|at| found.days.get(at));
    let Some(from) = day.map(|day| day.on) else {
        model.person.progress.days = None;
        return;
    };
    let later: Vec<String> =
        found.days.iter().filter(|day| day.on >= from).map(|day| day.words(model.shell.today)).collect();
    let last = later.len().saturating_sub(1);
    let then = move |model: &mut Model, row| to_day(model, from, row);
    model.person.layers.push(Layer::Picker(Picker::new("To which date?", later, last, then)));
}

/// Handles the choice of the second day.
fn to_day(model: &mut Model, from: Day, row: usize) {
    let Some(found) = model.progress() else { return };
    let to = found.days.iter().filter(|day| day.on >= from).nth(row).map(|day| day.on);
    model.person.progress.days = to.map(|to| (from, to));
    model.person.progress.scroll = 0;
}

/// Shows or hides the coach's view.
fn toggle_beside(model: &mut Model) {
    model.person.progress.beside = match model.person.progress.beside {
        ShowCoach::Own => ShowCoach::Coach,
        ShowCoach::Coach => ShowCoach::Own,
    };
}

/// Returns a journal query for what was written about the marked row.
fn query(model: &Model) -> String {
    match model.marked_progress() {
        Some((found, ProgressRow::Theme(at))) => {
            found.themes.get(at).map(|theme| format!("theme:{} in:{}", theme.code, theme.framework)).unwrap_or_default()
        }
        Some((found, ProgressRow::Behaviour(at))) => {
            found.rows.get(at).map(|row| format!("'{}", row.code)).unwrap_or_default()
        }
        _ => String::new(),
    }
}

//! A list of people that is filtered as the user types.

use super::edit::EditBuffer;
use super::handler::{Handled, act};
use super::layer::Layer;
use super::model::Model;
use super::people;
use super::place::{List, Place};
use super::view::{Body, Lines, ListLayout, ListView, RowView, Rows, SearchView, TitleView, View};
use super::writing::changed;
use crate::command::{Command, Context};
use crate::domain::fold;
use crate::search::best_names;

pub(super) struct ChooserPlace;

impl Place for ChooserPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Chooser, Context::Text, Context::Global]
    }

    fn handle(&self, _: &Model, command: Command) -> Option<Handled> {
        (command == Command::PickOpen).then(|| act(people::chosen))
    }

    fn list(&self, model: &Model) -> Option<List> {
        let Some(Layer::Chooser(chooser)) = model.person.layers.last() else { return None };
        Some(List { marked: chooser.at, rows: chooser.len() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        if let Some(Layer::Chooser(chooser)) = model.person.layers.last_mut() {
            chooser.at = row;
        }
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        let Some(Layer::Chooser(chooser)) = model.person.layers.last() else { return None };
        Some(&chooser.typed)
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        if let Some(Layer::Chooser(chooser)) = model.person.layers.last_mut()
            && changed(&mut chooser.typed, change)
        {
            chooser.narrow();
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Chooser(chooser)) = model.person.layers.last() else { return None };
        let row = |at: usize| match chooser.shown.get(at).and_then(|at| chooser.rows.get(*at)) {
            Some(row) => RowView { note: row.note.clone(), ..RowView::of(&row.text) },
            None => RowView::of(format!("Add the client {}", chooser.typed.text().trim())),
        };
        let list = ListView::new("", chooser.at, Rows::new(chooser.len(), row));
        let hint = "type part of a name, or a new name to add a client";
        Some(View {
            place: format!("people {}", chooser.title),
            title: Some(TitleView::new(&chooser.title, "")),
            search: Some(SearchView { label: "Name: ", typed: &chooser.typed, hint }),
            lines: Lines { teach: vec![NAMES], ..Lines::default() },
            ..View::new(&chooser.title, Body::list(ListView { layout: ListLayout::RowsOnly, ..list }))
        })
    }
}

/// How lines are used here in plain mode.
const NAMES: &str = "Type part of a name, or a new name to add a client. Type a number to choose. To leave this as it is, type \
     \":back\".";

/// A row of a [`Chooser`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Id of the client; `None` for the user's own records.
    pub id: Option<String>,
    /// Name as shown in the row.
    pub text: String,
    /// Secondary text, in a less prominent colour; may be empty.
    pub note: String,
}

/// A list of people, filtered by typing. Unless `open` is set, clients are named only after two letters of a name are
/// typed, because only the coach may see a list of all clients.
#[derive(Debug, Clone)]
pub struct Chooser {
    pub title: String,
    pub typed: EditBuffer,
    /// All rows, whether shown or not.
    pub rows: Vec<Choice>,
    /// Indices into `rows` of the rows that match, best match first.
    pub shown: Vec<usize>,
    /// Index of the marked row in `shown`, counted from 0; equal to the length of `shown` for the row that adds a
    /// client.
    pub at: usize,
    /// Whether all rows are shown before anything is typed.
    pub open: bool,
}

/// Letters that have to be typed before clients are named, if the list is not open.
const LETTERS: usize = 2;

/// Returns the words of a typed name: letters and digits without capitals and accents.
fn words_of_name(typed: &str) -> Vec<String> {
    let spaced: String = fold(typed).chars().map(|sign| if sign.is_alphanumeric() { sign } else { ' ' }).collect();
    spaced.split_whitespace().map(str::to_owned).collect()
}

impl Chooser {
    /// Creates the list with nothing typed yet.
    #[must_use]
    pub fn new(title: &str, rows: Vec<Choice>, open: bool) -> Self {
        let mut chooser =
            Self { title: title.to_owned(), typed: EditBuffer::line(""), rows, shown: Vec::new(), at: 0, open };
        chooser.narrow();
        chooser
    }

    /// Finds the rows that match what is typed. While names may not be shown, only the user's own row is left.
    pub fn narrow(&mut self) {
        let typed = self.typed.text().trim();
        let names: Vec<&str> = self.rows.iter().map(|row| row.text.as_str()).collect();
        // Punctuation is removed, because it would match every row.
        let words: Vec<String> = words_of_name(typed);
        let allowed = self.open || words.iter().any(|word| word.chars().count() >= LETTERS);
        self.shown = match (words.is_empty(), allowed) {
            (true, true) => (0..self.rows.len()).collect(),
            (false, true) => best_names(&names, &words.join(" ")),
            (_, false) => {
                (0..self.rows.len()).filter(|at| self.rows.get(*at).is_some_and(|row| row.id.is_none())).collect()
            }
        };
        // A complete new name must not open the records of a client whose name is only similar.
        let begins = |row: &&Choice| {
            let own = words_of_name(&row.text);
            words.iter().all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
        };
        let fits =
            self.shown.first().and_then(|at| self.rows.get(*at)).is_some_and(|row| row.id.is_none() || begins(&row));
        self.at = if fits || !self.can_add() { 0 } else { self.shown.len() };
    }

    /// Returns the number of rows on screen, including the one that adds a client if the typed name is new.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown.len() + usize::from(self.can_add())
    }

    /// Returns whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns whether what is typed can be added as a new client.
    #[must_use]
    pub fn can_add(&self) -> bool {
        let typed = self.typed.text().trim();
        !typed.is_empty() && !self.rows.iter().any(|row| row.id.is_some() && row.text == typed)
    }
}

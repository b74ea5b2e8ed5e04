//! Lists from which one row is chosen, and lists with ticks. Each value contains a closure that handles the answer, so
//! that a question and its handling are in one file.

use std::fmt;
use std::sync::Arc;

use super::effect::Effect;
use super::handler::{Handled, Outcome, act};
use super::layer::Layer;
use super::model::Model;
use super::place::{List, Place};
use super::view::{Body, Lines, ListLayout, ListView, Mark, PagePart, RowView, Rows, View};
use crate::command::{Command, Context};
use crate::domain::Sheet;

pub(super) struct PickerPlace;

impl Place for PickerPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Picker, Context::Global]
    }

    fn handle(&self, _: &Model, command: Command) -> Option<Handled> {
        (command == Command::PickOpen).then(|| act(picked))
    }

    fn list(&self, model: &Model) -> Option<List> {
        let Some(Layer::Picker(picker)) = model.person.layers.last() else { return None };
        Some(List { marked: picker.at, rows: picker.rows.len() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        if let Some(Layer::Picker(picker)) = model.person.layers.last_mut() {
            picker.at = row;
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Picker(picker)) = model.person.layers.last() else { return None };
        let mut head = Sheet::default();
        head.heading(picker.title.trim_end_matches('\u{2026}'));
        let rows = Rows::new(picker.rows.len(), |at| picker.rows.get(at).map(RowView::of).unwrap_or_default());
        let list = ListView { layout: ListLayout::RowsOnly, ..ListView::new("", picker.at, rows) };
        let teach = "Type a number to choose. To leave this as it is, type \"back\".";
        Some(View {
            place: format!("choice {}", picker.title),
            head: vec![PagePart::Sheet(head)],
            lines: Lines { teach: vec![teach], ..Lines::default() },
            ..View::new("", Body::list(list))
        })
    }
}

/// Handles the choice of the marked row.
fn picked(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Picker(picker)) = model.person.layers.pop() else { return Vec::new() };
    picker.then.run(model, &picker.at)
}

pub(super) struct TicksPlace;

impl Place for TicksPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Ticks, Context::Global]
    }

    fn handle(&self, _: &Model, command: Command) -> Option<Handled> {
        match command {
            Command::Tick => Some(act(tick)),
            Command::TakeTicks => Some(act(ticked)),
            _ => None,
        }
    }

    fn list(&self, model: &Model) -> Option<List> {
        let Some(Layer::Ticks(ticks)) = model.person.layers.last() else { return None };
        Some(List { marked: ticks.at, rows: ticks.rows.len() })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        if let Some(Layer::Ticks(ticks)) = model.person.layers.last_mut() {
            ticks.at = row;
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Ticks(ticks)) = model.person.layers.last() else { return None };
        let mut head = Sheet::default();
        head.heading(ticks.title.clone());
        head.note(ticks.note.clone());
        let row = |at: usize| {
            let (text, ticked) = ticks.rows.get(at).cloned().unwrap_or_default();
            RowView { mark: Mark::Ticked(ticked), ..RowView::of(text) }
        };
        let list = ListView::new("", ticks.at, Rows::new(ticks.rows.len(), row));
        Some(View {
            place: format!("ticks {}", ticks.title),
            head: vec![PagePart::Sheet(head)],
            lines: Lines { ask: vec![TICKS], ..Lines::default() },
            ..View::new("", Body::list(ListView { layout: ListLayout::Wrapped, ..list }))
        })
    }
}

/// Ticks the marked row, or removes its tick.
fn tick(model: &mut Model) {
    if let Some(Layer::Ticks(ticks)) = model.person.layers.last_mut()
        && let Some((_, ticked)) = ticks.rows.get_mut(ticks.at)
    {
        *ticked = !*ticked;
    }
}

/// Handles the ticks.
fn ticked(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Ticks(ticks)) = model.person.layers.pop() else { return Vec::new() };
    let state: Vec<bool> = ticks.rows.iter().map(|(_, ticked)| *ticked).collect();
    ticks.then.run(model, &state)
}

/// How lines are used here in plain mode.
const TICKS: &str = "Type a number, or several, to tick or untick those rows. To save, type \"done\". To leave \
    everything as it was, type \"back\".";

/// The closure that handles the answer to a list.
pub struct Then<A: ?Sized>(Arc<Answered<A>>);

type Answered<A> = dyn Fn(&mut Model, &A) -> Vec<Effect> + Send + Sync;

impl<A: ?Sized> Then<A> {
    fn new<R: Outcome>(then: impl Fn(&mut Model, &A) -> R + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |model, answer| then(model, answer).effects()))
    }

    /// Runs the closure, after the list was closed.
    pub(super) fn run(&self, model: &mut Model, answer: &A) -> Vec<Effect> {
        (self.0)(model, answer)
    }
}

impl<A: ?Sized> Clone for Then<A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<A: ?Sized> fmt::Debug for Then<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Then")
    }
}

/// A list from which one row is chosen.
#[derive(Debug, Clone)]
pub struct Picker {
    pub title: String,
    /// The rows; at least one.
    pub rows: Vec<String>,
    /// Index of the marked row, counted from 0.
    pub at: usize,
    /// Called with the index of the chosen row, counted from 0.
    pub(super) then: Then<usize>,
    /// Whether the rows are themes and the marked one is previewed.
    pub(super) tries_theme: bool,
    /// Whether it shows text that somebody wrote; it is then closed when private lines are hidden.
    pub(super) shows_words: bool,
}

impl Picker {
    /// Creates a list with a marked row; `then` is called with the index of the chosen row.
    pub(super) fn new<R: Outcome>(
        title: &str,
        rows: Vec<String>,
        at: usize,
        then: impl Fn(&mut Model, usize) -> R + Send + Sync + 'static,
    ) -> Self {
        let then = Then::new(move |model, row: &usize| then(model, *row));
        Self { title: title.to_owned(), rows, at, then, tries_theme: false, shows_words: false }
    }

    /// Creates a question with two rows, of which the first changes nothing and is marked; `then` is called for the
    /// second.
    pub(super) fn ask<R: Outcome>(
        title: &str,
        no: &str,
        yes: &str,
        then: impl Fn(&mut Model) -> R + Send + Sync + 'static,
    ) -> Self {
        let then = move |model: &mut Model, row| if row == 1 { then(model).effects() } else { Vec::new() };
        Self::new(title, vec![no.to_owned(), yes.to_owned()], 0, then)
    }
}

/// A list in which any number of rows can be ticked.
#[derive(Debug, Clone)]
pub struct Ticks {
    pub title: String,
    /// Explanation under the heading.
    pub note: String,
    /// Text of each row, and whether it is ticked.
    pub rows: Vec<(String, bool)>,
    /// Index of the marked row, counted from 0.
    pub at: usize,
    /// Called with the ticks, one for each row.
    pub(super) then: Then<[bool]>,
}

impl Ticks {
    /// Creates a list with its first row marked; `then` is called with the ticks.
    pub(super) fn new<R: Outcome>(
        title: &str,
        note: &str,
        rows: Vec<(String, bool)>,
        then: impl Fn(&mut Model, &[bool]) -> R + Send + Sync + 'static,
    ) -> Self {
        Self { title: title.to_owned(), note: note.to_owned(), rows, at: 0, then: Then::new(then) }
    }
}

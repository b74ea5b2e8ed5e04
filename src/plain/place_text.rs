//! What stands in a place, as sentences: what a screen is to the eye, this is to the ear.

use std::collections::BTreeSet;

use crate::app::Number;
use crate::command::with_names;
use crate::domain::{Block, Sheet, capital};

/// Rows of a list that are told at once.
pub(super) const AT_ONCE: usize = 15;

/// All of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PlaceText {
    /// Which place; another one is told from its beginning.
    pub(super) place: String,
    /// Its name, and what is said above the list.
    pub(super) head: Vec<String>,
    /// The list.
    pub(super) rows: Vec<String>,
    /// The marked row.
    pub(super) row: usize,
    /// The list is long and nobody asked for it yet.
    pub(super) unasked: bool,
    /// What the number of a row does.
    pub(super) number: Number,
    /// Rows whose number only reads them, wherever else it does something.
    pub(super) only_read: BTreeSet<usize>,
    /// The marked row whole.
    pub(super) detail: Vec<String>,
    /// What is written here so far.
    pub(super) written: Vec<String>,
    /// How a line is meant here.
    pub(super) ask: Vec<String>,
    /// More about that, told once in a conversation and whenever somebody asks.
    pub(super) teach: Vec<String>,
    /// The rows are points to choose from, and the mark says nothing.
    pub(super) points: bool,
}

impl PlaceText {
    /// A place with its name.
    pub(super) fn at(place: impl Into<String>) -> Self {
        Self { place: place.into(), ..Self::default() }
    }

    /// One sentence above the list.
    pub(super) fn say(&mut self, text: impl AsRef<str>) {
        put(&mut self.head, text.as_ref());
    }

    /// Reading matter above the list.
    pub(super) fn read(&mut self, sheet: &Sheet) {
        self.head.extend(lines(sheet));
    }

    /// A row of the list.
    pub(super) fn row(&mut self, text: impl AsRef<str>) {
        self.rows.push(with_names(&text.as_ref().replace('\n', " ")).into_owned());
    }

    /// A title and reading matter about the marked row.
    pub(super) fn detail(&mut self, title: &str, sheet: &Sheet) {
        put(&mut self.detail, title);
        self.detail.extend(lines(sheet));
    }

    /// What is written here so far, line by line.
    pub(super) fn written(&mut self, text: &str) {
        self.written = if text.is_empty() {
            Vec::new()
        } else {
            text.split('\n').map(|line| line.trim_end().to_owned()).collect()
        };
    }

    /// How a line is meant here.
    pub(super) fn ask(&mut self, text: impl AsRef<str>) {
        put(&mut self.ask, text.as_ref());
    }

    /// More about that, for the first time.
    pub(super) fn teach(&mut self, text: impl AsRef<str>) {
        put(&mut self.teach, text.as_ref());
    }

    /// Part of the list, from a row on, and how to hear the rest.
    pub(super) fn list(&self, from: usize) -> Vec<String> {
        let to = (from + AT_ONCE).min(self.rows.len());
        let mut out: Vec<String> = (from..to).filter_map(|at| self.numbered(at)).collect();
        if to < self.rows.len() {
            out.push(format!("That was up to {to} of {}; \u{ab}:more\u{bb} goes on.", self.rows.len()));
        }
        out
    }

    /// `3. …`, with a word where it is marked and not the first.
    pub(super) fn numbered(&self, at: usize) -> Option<String> {
        let marked = if at == self.row && at > 0 && !self.points { " (marked)" } else { "" };
        self.rows.get(at).map(|row| format!("{}. {row}{marked}", at + 1))
    }
}

/// Reading matter as lines: a heading ends with a colon unless it is a sentence; points and paragraphs are lines.
pub(super) fn lines(sheet: &Sheet) -> Vec<String> {
    let mut out = Vec::new();
    for block in &sheet.blocks {
        match block {
            Block::Heading(text) if text.ends_with(['.', '?', '!', ':']) => put(&mut out, text),
            Block::Heading(text) => put(&mut out, &format!("{text}:")),
            Block::Text(text) | Block::Point(text) => put(&mut out, text),
            Block::Note(text) => put(&mut out, &capital(text)),
            Block::Pair(word, text) => put(&mut out, &format!("{}: {text}", word.trim())),
        }
    }
    out
}

fn put(out: &mut Vec<String>, text: &str) {
    out.extend(
        with_names(text).split('\n').filter(|line| !line.trim().is_empty()).map(|line| line.trim_end().to_owned()),
    );
}

//! The content of a place (a screen or the overlay in front of it) as sentences.

use std::collections::BTreeSet;

use crate::app::Number;
use crate::domain::{Block, Sheet, capital};

/// Maximum number of rows printed at once.
pub(super) const AT_ONCE: usize = 15;

/// The whole content of a place. Names of commands are still placeholders, which [`Talk`](super::Talk) replaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PlaceText {
    /// Identifies the place. When it differs from the previous one, the place is printed in full.
    pub(super) place: String,
    /// The name of the place and the sentences above the list.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<String>,
    /// Index of the marked row.
    pub(super) row: usize,
    /// The list is long and is printed only on request.
    pub(super) unasked: bool,
    /// What typing the number of a row does.
    pub(super) number: Number,
    /// Indices of rows whose number only reads them even if `number` says otherwise.
    pub(super) only_read: BTreeSet<usize>,
    /// The marked row in full.
    pub(super) detail: Vec<String>,
    /// The text written so far, one element per line.
    pub(super) written: Vec<String>,
    /// What a line means in this place.
    pub(super) ask: Vec<String>,
    /// Further explanation, printed once per conversation and on request.
    pub(super) teach: Vec<String>,
    /// The rows are points of a scale, among which the marked row is not pointed out.
    pub(super) points: bool,
}

impl PlaceText {
    pub(super) fn at(place: impl Into<String>) -> Self {
        Self { place: place.into(), ..Self::default() }
    }

    /// Adds one sentence above the list.
    pub(super) fn say(&mut self, text: impl AsRef<str>) {
        put(&mut self.head, text.as_ref());
    }

    /// Adds a sheet above the list.
    pub(super) fn read(&mut self, sheet: &Sheet) {
        self.head.extend(lines(sheet));
    }

    pub(super) fn row(&mut self, text: impl AsRef<str>) {
        self.rows.push(text.as_ref().replace('\n', " "));
    }

    /// Adds a title and a sheet about the marked row.
    pub(super) fn detail(&mut self, title: &str, sheet: &Sheet) {
        put(&mut self.detail, title);
        self.detail.extend(lines(sheet));
    }

    /// Sets the text written so far.
    pub(super) fn written(&mut self, text: &str) {
        self.written = if text.is_empty() {
            Vec::new()
        } else {
            text.split('\n').map(|line| line.trim_end().to_owned()).collect()
        };
    }

    /// Adds a sentence on what a line means in this place.
    pub(super) fn ask(&mut self, text: impl AsRef<str>) {
        put(&mut self.ask, text.as_ref());
    }

    /// Adds a sentence to the explanation that is printed once.
    pub(super) fn teach(&mut self, text: impl AsRef<str>) {
        put(&mut self.teach, text.as_ref());
    }

    /// Returns up to [`AT_ONCE`] rows from index `from` on, and how to get the rest.
    pub(super) fn list(&self, from: usize) -> Vec<String> {
        let to = (from + AT_ONCE).min(self.rows.len());
        let mut out: Vec<String> = (from..to).filter_map(|at| self.numbered(at)).collect();
        if to < self.rows.len() {
            out.push(format!("That was up to {to} of {}. Type \":more\" to go on.", self.rows.len()));
        }
        out
    }

    /// Returns `3. …` for the row at an index counted from 0, with a remark if it is marked and not the first; `None`
    /// if there is no such row.
    pub(super) fn numbered(&self, at: usize) -> Option<String> {
        let marked = if at == self.row && at > 0 && !self.points { " (selected)" } else { "" };
        self.rows.get(at).map(|row| format!("{}. {row}{marked}", at + 1))
    }
}

/// Converts a sheet to lines, one per paragraph or point. A heading ends with a colon unless it is a sentence.
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
    out.extend(text.split('\n').filter(|line| !line.trim().is_empty()).map(|line| line.trim_end().to_owned()));
}

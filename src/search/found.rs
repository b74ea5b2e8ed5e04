//! What a search brings back.

use std::ops::Range;

use super::document::Field;
use super::highlight::{Mark, highlights};

/// One record found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its position in what was indexed.
    pub record: u32,
    /// Larger is better; comparable within one search only. 0 where nothing was asked that could rank.
    pub score: f32,
    /// The field that speaks most for it.
    pub field: Field,
}

impl Hit {
    /// A record that nothing speaks for or against.
    pub(super) fn unscored(record: u32) -> Self {
        Self { record, score: 0.0, field: Field::Title }
    }
}

/// The answer to one query.
#[derive(Debug, Clone)]
pub struct Found {
    /// Best first; equal ones in library order.
    pub hits: Vec<Hit>,
    /// How many there are without the limit.
    pub total: usize,
    /// How many of them have every word; they come first. If they are few, records with most of the words follow.
    pub with_all: usize,
    /// Every hit has every word.
    pub all_words: bool,
    /// `(typed, shown)` for words found only by forgiving mistakes: «showing co-production».
    pub shown_for: Vec<(String, String)>,
    /// What was not understood, as a sentence.
    pub problem: Option<String>,
    pub(super) marks: Vec<Mark>,
}

impl Found {
    /// Where the words asked for stand in any text that is shown: byte ranges in order that do not overlap, each from
    /// the beginning to the end of whole characters with their accents.
    #[must_use]
    pub fn highlights(&self, text: &str) -> Vec<Range<usize>> {
        highlights(&self.marks, text)
    }
}

//! Search results.

use std::ops::Range;

use super::document::Field;
use super::highlight::{Mark, highlights};

/// A document found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Index of the document, counted from 0 in the order of indexing.
    pub record: u32,
    /// Score, larger is better; comparable within one search only. 0 if the query has nothing to score.
    pub score: f32,
    /// Field that contributes most to the score.
    pub field: Field,
}

impl Hit {
    /// Creates a hit for a document that was not scored.
    pub(super) fn unscored(record: u32) -> Self {
        Self { record, score: 0.0, field: Field::Title }
    }
}

/// The result of one query.
#[derive(Debug, Clone)]
pub struct Found {
    /// Hits, best first; equal scores in index order.
    pub hits: Vec<Hit>,
    /// Number of matches without the limit.
    pub total: usize,
    /// Number of matches that have every word; they come first. If they are few, documents with most of the words
    /// follow.
    pub with_all: usize,
    /// Whether every match has every word.
    pub all_words: bool,
    /// `(typed, shown)` for words that were found only by correcting mistakes, as in "showing co-production".
    pub shown_for: Vec<(String, String)>,
    /// Part of the query that was not understood, as a sentence.
    pub problem: Option<String>,
    /// What matches and is not offered to the person; empty for a search without one.
    pub held: Vec<Held>,
    pub(super) marks: Vec<Mark>,
}

/// Behaviours that match and are not offered to a person unless they ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// How many.
    pub count: usize,
    /// Id of their framework.
    pub framework: String,
    /// Why they are not offered.
    pub why: HeldWhy,
}

/// Why behaviours are not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldWhy {
    /// They are for levels above the person's.
    Senior,
    /// They are for other levels.
    OtherRole,
    /// Their framework is not in front, and the others are hidden.
    NotInFront,
}

impl Found {
    /// Returns how many are left out, for whom they are and how to see them; `None` if none are.
    #[must_use]
    pub fn held_words(&self) -> Option<String> {
        let words = |held: &Held| {
            let (count, framework) = (held.count, &held.framework);
            let are = if count == 1 { "is" } else { "are" };
            let place = match held.why {
                HeldWhy::Senior => "for senior roles",
                HeldWhy::OtherRole => "for other roles",
                HeldWhy::NotInFront => "hidden",
            };
            format!("{count} more {are} {place}: type in:{framework}")
        };
        let all: Vec<String> = self.held.iter().map(words).collect();
        (!all.is_empty()).then(|| all.join(". "))
    }

    /// Returns the byte ranges of a displayed text that match the query, in order and without overlaps. Each range
    /// covers whole characters with their accents.
    #[must_use]
    pub fn highlights(&self, text: &str) -> Vec<Range<usize>> {
        highlights(&self.marks, text)
    }
}

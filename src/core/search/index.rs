//! The index of all documents, with [`Index::search`]: parse, expand, rank, report.

use std::collections::BTreeMap;

use super::build::build;
use super::document::Document;
use super::expand::{Term, expand};
use super::facets::Facets;
use super::found::{Found, Hit};
use super::keys::Keys;
use super::library::documents;
use super::postings::Postings;
use super::query::{Query, parse};
use super::rank::rank;
use super::vocabulary::{Vocabulary, WordIx};
use crate::domain::{Journal, Library};

/// An immutable search index, built once and queried at every keystroke.
#[derive(Debug, Clone)]
pub struct Index {
    pub(super) vocabulary: Vocabulary,
    pub(super) postings: Postings,
    /// Pairs of a typed word and its synonym, sorted.
    pub(super) synonyms: Vec<(WordIx, WordIx)>,
    /// Whole titles, aliases and everyday words.
    pub(super) names: Keys<u32>,
    /// Initials of titles and aliases.
    pub(super) initials: Keys<u64>,
    pub(super) facets: Facets,
    /// Factors on the score of each document; empty if all are 1.
    pub(super) boosts: Vec<f32>,
    pub(super) records: u32,
}

impl Index {
    /// Indexes documents, which are numbered from 0 in order. `synonyms` maps words that people type to words in the
    /// texts.
    pub fn build<'a>(
        documents: impl IntoIterator<Item = Document<'a>>,
        synonyms: &BTreeMap<String, Vec<String>>,
    ) -> Self {
        build(documents, synonyms)
    }

    /// Indexes the behaviours of a library; document `n` is `BehaviourIx(n)`.
    #[must_use]
    pub fn of_library(library: &Library) -> Self {
        build(documents(library), &library.synonyms)
    }

    /// Indexes a journal; document `n` is its entry `n`, so that an empty query returns the newest entries first.
    #[must_use]
    pub fn of_journal(library: &Library, journal: &Journal) -> Self {
        build(super::journal::documents(library, journal), &library.synonyms)
    }

    /// Returns the number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records as usize
    }

    /// Returns whether the index has no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// Returns at most `limit` matching documents, best first. An empty query returns all in index order.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Found {
        let Query { groups, problem } = parse(query);
        let expanded = expand(self, &groups);
        let ranked = rank(self, &expanded, limit);
        let shown_for = ranked.rows.first().map(|best| self.corrections(&expanded.terms, best.record));
        Found {
            total: ranked.total,
            with_all: ranked.with_all,
            all_words: ranked.with_all == ranked.total,
            shown_for: shown_for.unwrap_or_default(),
            problem: problem.or(expanded.problem),
            held: Vec::new(),
            marks: expanded.terms.into_iter().flat_map(|term| term.marks).collect(),
            hits: ranked.rows,
        }
    }

    /// Returns `(typed, shown)` for every term that was found only by correcting mistakes, preferring a word that
    /// occurs in the best hit.
    fn corrections(&self, terms: &[Term], best: u32) -> Vec<(String, String)> {
        let shown = |term: &Term| {
            let seen = term.corrected.iter().find(|ix| self.postings.holds(**ix, best));
            seen.or(term.corrected.first()).map(|ix| self.vocabulary.written(*ix).to_owned())
        };
        terms.iter().filter_map(|term| Some((term.typed.clone(), shown(term)?))).collect()
    }

    /// Returns the first `limit` documents accepted by `keep`, in index order, and the number of all that are accepted.
    pub(super) fn in_order(&self, limit: usize, keep: impl Fn(u32) -> bool) -> (Vec<Hit>, usize) {
        let kept = || (0..self.records).filter(|record| keep(*record));
        (kept().take(limit).map(Hit::unscored).collect(), kept().count())
    }

    /// Returns the approximate size on the heap in bytes, for the benchmark.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.vocabulary.bytes()
            + self.postings.bytes()
            + 8 * self.synonyms.capacity()
            + self.names.bytes()
            + self.initials.bytes()
            + self.facets.bytes()
            + 4 * self.boosts.capacity()
    }

    /// Returns the number of distinct words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.vocabulary.len() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Field;
    use super::*;

    fn index(titles: &[&'static str]) -> Index {
        let synonyms = BTreeMap::from([("boss".to_owned(), vec!["manager".to_owned()])]);
        let document = |title: &&'static str| Document {
            fields: vec![(Field::Title, (*title).into())],
            facets: Vec::new(),
            boost: 1.0,
        };
        Index::build(titles.iter().map(document), &synonyms)
    }

    fn records(index: &Index, query: &str) -> Vec<u32> {
        index.search(query, 10).hits.iter().map(|hit| hit.record).collect()
    }

    #[test]
    fn one_word_written_three_ways_meets() {
        let index = index(&["Means co-production", "Managers listen", "Market position statement"]);
        for query in ["co-production", "coproduction", "co production", "co-prod", "COPRODUCTION"] {
            assert_eq!(records(&index, query), [0], "{query}");
        }
    }

    #[test]
    fn forms_synonyms_initials_slips_and_gaps_find_it() {
        let index = index(&["Means co-production", "Managers listen", "Market position statement"]);
        for (query, record) in
            [("listening", 1), ("boss", 1), ("bsos", 1), ("mps", 2), ("statment", 2), ("statm", 2), ("mrkt", 2)]
        {
            assert_eq!(records(&index, query).first(), Some(&record), "{query}");
        }
        for other in ["mst", "hca", "mars"] {
            assert_eq!(records(&index, other), [0_u32; 0], "{other} is no slip");
        }
        assert_eq!(index.search("bsos", 1).shown_for, [("bsos".to_owned(), "managers".to_owned())]);
    }

    #[test]
    fn a_correct_word_brings_no_near_ones() {
        let index = index(&["Sees conflict", "Sees conflicts", "Sees convicts"]);
        assert_eq!(records(&index, "conflict"), [0, 1]);
    }
}

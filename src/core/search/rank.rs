//! Scores documents term by term and selects the best. A term counts with its best word and field in a document, and a
//! document's score is the sum over the terms. This takes one pass over the postings without hashing: arrays indexed by
//! document, and lists of the documents that were touched.

use super::document::Field;
use super::expand::{Expanded, Term};
use super::found::Hit;
use super::index::Index;

/// Factor if the query is the whole title, alias or everyday word of a document.
const WHOLE_NAME: f32 = 1.3;

/// If fewer documents than this contain all words, the match may be accidental and the document that was meant may lack
/// one; documents with most of the words are then added.
const ENOUGH: usize = 5;
/// Minimum share of the total weight of the terms that counts as most of the words.
const MOST_WORDS: f32 = 0.5;

/// The best hits, with the number of matches.
pub(super) struct Ranked {
    pub(super) rows: Vec<Hit>,
    pub(super) total: usize,
    pub(super) with_all: usize,
}

/// Scores all documents and returns the best.
pub(super) fn rank(index: &Index, query: &Expanded, limit: usize) -> Ranked {
    let allowed = |record: u32| query.allowed.as_ref().is_none_or(|bits| bits.contains(record));
    if query.terms.is_empty() {
        let (rows, total) = index.in_order(limit, allowed);
        return Ranked { rows, total, with_all: total };
    }
    let tally = Tally::of(index, &query.terms);
    let wanted = query.terms.len();
    let full = |record: u32| tally.terms(record) == wanted;
    let total: f32 = query.terms.iter().map(|term| term.weight).sum();
    let named = query.name.map_or(&[][..], |number| index.names.between(number, number));
    let row = |record: u32| {
        let mut hit = tally.hit(record);
        hit.score *= index.boosts.get(record as usize).copied().unwrap_or(1.0);
        if !named.is_empty() && named.binary_search(&record).is_ok() {
            hit.score *= WHOLE_NAME;
        }
        hit
    };
    let touched = || tally.touched.iter().copied().filter(|record| allowed(*record));
    let whole: Vec<Hit> = touched().filter(|record| full(*record)).map(row).collect();
    let with_all = whole.len();
    let mut rows = best(whole, limit);
    let mut others = 0;
    let by_code = rows.first().is_some_and(|row| row.field == Field::Code);
    if with_all < ENOUGH && wanted > 1 && !by_code {
        let least = if with_all == 0 { 0.0 } else { MOST_WORDS };
        let share = |record: u32| tally.weight(record) / total.max(f32::EPSILON);
        let partial = touched().filter(|record| !full(*record) && share(*record) >= least).map(|record| {
            let hit = row(record);
            let share = share(record);
            Hit { score: hit.score * share * share, ..hit }
        });
        let partial: Vec<Hit> = partial.collect();
        others = partial.len();
        let most = rows.last().map_or(f32::MAX, |last| last.score);
        let partial = best(partial, limit.saturating_sub(rows.len()));
        rows.extend(partial.into_iter().map(|hit| Hit { score: hit.score.min(most), ..hit }));
    }
    Ranked { rows, total: with_all + others, with_all }
}

/// Returns the first `limit` hits, ordered by score and then by index order.
fn best(mut rows: Vec<Hit>, limit: usize) -> Vec<Hit> {
    let order = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.record.cmp(&b.record));
    if limit < rows.len() {
        if limit > 0 {
            rows.select_nth_unstable_by(limit - 1, order);
        }
        rows.truncate(limit);
    }
    rows.sort_unstable_by(order);
    rows
}

/// The worth of one or all terms in a document together with its field, in one number that sorts by worth: the bits of
/// a positive float, of which the last four hold the field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Worth(u32);

impl Worth {
    fn new(worth: f32, field: u32) -> Self {
        Self(worth.to_bits() & !15 | field)
    }

    fn value(self) -> f32 {
        f32::from_bits(self.0 & !15)
    }

    fn field(self) -> Field {
        Field::numbered(self.0 & 15)
    }
}

/// The totals of one document over all terms.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    score: f32,
    weight: f32,
    top: Worth,
    terms: u32,
}

/// The totals of all documents that match any term.
struct Tally {
    lines: Vec<Line>,
    /// Worth by document for a query of a single term, in which case `lines` is empty.
    single: Vec<Worth>,
    touched: Vec<u32>,
    single_weight: f32,
}

impl Tally {
    fn of(index: &Index, terms: &[Term]) -> Self {
        let mut best = vec![Worth::default(); index.len()];
        let mut touched = Vec::new();
        if let [only] = terms {
            add_term(index, only, &mut best, &mut touched);
            return Self { lines: Vec::new(), single: best, touched, single_weight: only.weight };
        }
        let mut lines = vec![Line::default(); index.len()];
        let mut all = Vec::new();
        for term in terms {
            add_term(index, term, &mut best, &mut touched);
            for record in touched.drain(..) {
                let worth = std::mem::take(&mut best[record as usize]);
                let line = &mut lines[record as usize];
                if line.terms == 0 {
                    all.push(record);
                }
                line.terms += 1;
                line.score += worth.value();
                line.weight += term.weight;
                line.top = line.top.max(worth);
            }
        }
        Self { lines, single: Vec::new(), touched: all, single_weight: 0.0 }
    }

    fn terms(&self, record: u32) -> usize {
        self.lines.get(record as usize).map_or(1, |line| line.terms as usize)
    }

    fn weight(&self, record: u32) -> f32 {
        self.lines.get(record as usize).map_or(self.single_weight, |line| line.weight)
    }

    fn hit(&self, record: u32) -> Hit {
        match (self.lines.get(record as usize), self.single.get(record as usize)) {
            (Some(line), _) => Hit { record, score: line.score, field: line.top.field() },
            (None, Some(worth)) => Hit { record, score: worth.value(), field: worth.field() },
            (None, None) => Hit::unscored(record),
        }
    }
}

/// Raises `best` to the worth of a term in each document, and appends documents not touched before to `touched`.
fn add_term(index: &Index, term: &Term, best: &mut [Worth], touched: &mut Vec<u32>) {
    for (word, worth) in &term.words {
        let mut by_field = [Worth::default(); 16];
        for field in Field::ALL {
            by_field[field.number() as usize] = Worth::new(worth * field.weight(), field.number());
        }
        for posting in index.postings.of(*word) {
            let worth = by_field[posting.field() as usize];
            let own = &mut best[posting.record() as usize];
            if own.0 == 0 {
                touched.push(posting.record());
            }
            *own = (*own).max(worth);
        }
    }
    for (record, worth) in &term.records {
        let worth = Worth::new(*worth, Field::Title.number());
        let Some(own) = best.get_mut(*record as usize) else { continue };
        if own.0 == 0 {
            touched.push(*record);
        }
        *own = (*own).max(worth);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worth_compares_by_value_and_keeps_its_field() {
        let (a, b) = (Worth::new(1.0, 9), Worth::new(1.1, 0));
        assert!(a < b);
        assert_eq!((a.field(), b.field()), (Field::Prompt, Field::Code));
        assert!((b.value() - 1.1).abs() < 1e-4);
    }

    #[test]
    fn ties_keep_the_order_of_the_library() {
        let hit = |record, score| Hit { record, score, field: Field::Title };
        let rows = vec![hit(3, 1.0), hit(1, 1.0), hit(2, 2.0), hit(0, 0.5)];
        let order: Vec<u32> = best(rows.clone(), 3).iter().map(|row| row.record).collect();
        assert_eq!(order, [2, 1, 3]);
        assert!(best(rows, 0).is_empty());
    }
}

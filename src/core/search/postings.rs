//! For each word of the vocabulary, the documents that contain it with the field of highest weight. Each posting is a
//! 32-bit number with 28 bits for the document and 4 for the field; the postings of all words are in one vector.

use super::document::Field;
use super::vocabulary::WordIx;

/// Maximum number of documents in an index.
pub(super) const MOST_RECORDS: u32 = 1 << 28;

/// A packed pair of document and field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting(u32);

impl Posting {
    pub(super) fn new(record: u32, field: Field) -> Self {
        Self(record << 4 | field.number())
    }

    pub(super) fn record(self) -> u32 {
        self.0 >> 4
    }

    /// Returns the number of the field, see [`Field::numbered`].
    pub(super) fn field(self) -> u32 {
        self.0 & 15
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    starts: Vec<u32>,
    all: Vec<Posting>,
}

impl Postings {
    /// Sorts `(word, posting)` pairs by word, preserving the order of documents, and reduces them to the best field per
    /// document.
    pub(super) fn new(words: u32, pairs: &[(WordIx, Posting)]) -> Self {
        let mut next = vec![0_u32; words as usize + 1];
        for (word, _) in pairs {
            next[*word as usize + 1] += 1;
        }
        for at in 1..next.len() {
            next[at] += next[at - 1];
        }
        let ends: Vec<u32> = next.iter().skip(1).copied().collect();
        let mut all = vec![Posting(0); pairs.len()];
        for (word, posting) in pairs {
            let at = &mut next[*word as usize];
            all[*at as usize] = *posting;
            *at += 1;
        }
        Self::compact(&ends, all)
    }

    fn compact(ends: &[u32], mut all: Vec<Posting>) -> Self {
        let mut starts = Vec::with_capacity(ends.len() + 1);
        starts.push(0);
        let (mut from, mut kept) = (0, 0);
        for end in ends {
            let first = kept;
            for at in from..*end as usize {
                let posting = all[at];
                if kept > first && all[kept - 1].record() == posting.record() {
                    all[kept - 1] = Posting(all[kept - 1].0.min(posting.0));
                } else {
                    all[kept] = posting;
                    kept += 1;
                }
            }
            from = *end as usize;
            starts.push(u32::try_from(kept).unwrap_or(u32::MAX));
        }
        all.truncate(kept);
        all.shrink_to_fit();
        Self { starts, all }
    }

    /// Returns the postings of a word, in index order.
    pub(super) fn of(&self, word: WordIx) -> &[Posting] {
        let start = |at: u32| self.starts.get(at as usize).map_or(0, |start| *start as usize);
        self.all.get(start(word)..start(word + 1)).unwrap_or_default()
    }

    /// Returns the number of documents that contain a word.
    pub(super) fn count(&self, word: WordIx) -> u32 {
        u32::try_from(self.of(word).len()).unwrap_or(u32::MAX)
    }

    /// Returns whether a document contains a word.
    pub(super) fn holds(&self, word: WordIx, record: u32) -> bool {
        self.of(word).binary_search_by_key(&record, |posting| posting.record()).is_ok()
    }

    /// Returns the size on the heap, in bytes.
    pub(super) fn bytes(&self) -> usize {
        4 * (self.starts.capacity() + self.all.capacity())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_listed_once_with_its_best_field() {
        let p = Posting::new;
        let pairs =
            [(1, p(0, Field::Statement)), (0, p(0, Field::Title)), (1, p(0, Field::Title)), (1, p(7, Field::Prompt))];
        let postings = Postings::new(3, &pairs);
        assert_eq!(postings.of(0), [p(0, Field::Title)]);
        assert_eq!(postings.of(1), [p(0, Field::Title), p(7, Field::Prompt)]);
        assert_eq!((postings.count(2), postings.count(9)), (0, 0));
        assert!(postings.holds(1, 7) && !postings.holds(1, 3));
        assert_eq!(Field::numbered(postings.of(1)[1].field()), Field::Prompt);
    }
}

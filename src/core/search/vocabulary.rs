//! The distinct words of all documents, sorted and stored in one string, with tables for finding a word by its
//! beginning, middle, end, stem or with typing mistakes. Does not know about documents.

use std::ops::Range;

use super::typo::letter_bits;

/// Separator between words, so that no match in the string spans two words.
const BETWEEN: char = '\n';

/// Index of a word in the sorted vocabulary.
pub(super) type WordIx = u32;

/// Sorted words with their look-up tables.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    text: String,
    starts: Vec<u32>,
    bits: Vec<u32>,
    letters: Vec<u8>,
    /// Pairs of the number of a stem and a word, sorted.
    stems: Vec<(u32, WordIx)>,
    /// Spelling of words that differ from their indexed form, such as `co-production` or `Llŷr`; sorted.
    spelt: Vec<(WordIx, Box<str>)>,
}

impl Vocabulary {
    /// Builds the vocabulary from sorted words with the numbers of their stems.
    pub(super) fn new<'w>(words: impl Iterator<Item = (&'w str, u32)>) -> Self {
        let mut new = Self { starts: vec![0], ..Self::default() };
        for ((word, stem), ix) in words.zip(0..) {
            new.text.push_str(word);
            new.text.push(BETWEEN);
            new.starts.push(u32::try_from(new.text.len()).unwrap_or(u32::MAX));
            new.bits.push(letter_bits(word));
            new.letters.push(u8::try_from(word.chars().count()).unwrap_or(u8::MAX));
            new.stems.push((stem, ix));
        }
        new.stems.sort_unstable();
        new.text.shrink_to_fit();
        new.starts.shrink_to_fit();
        new.bits.shrink_to_fit();
        new.letters.shrink_to_fit();
        new.stems.shrink_to_fit();
        new
    }

    /// Adds the spellings to show to people.
    pub(super) fn spelt(mut self, mut spelt: Vec<(WordIx, Box<str>)>) -> Self {
        spelt.sort_unstable();
        spelt.dedup_by_key(|(ix, _)| *ix);
        self.spelt = spelt;
        self
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.bits.len()).unwrap_or(u32::MAX)
    }

    /// Returns the word in its indexed form.
    pub(super) fn word(&self, ix: WordIx) -> &str {
        let start = |at: u32| self.starts.get(at as usize).map_or(0, |start| *start as usize);
        self.text.get(start(ix)..start(ix + 1).saturating_sub(1)).unwrap_or_default()
    }

    /// Returns the word in the spelling to show to people.
    pub(super) fn written(&self, ix: WordIx) -> &str {
        match self.spelt.binary_search_by_key(&ix, |(own, _)| *own) {
            Ok(at) => self.spelt.get(at).map_or("", |(_, text)| text),
            Err(_) => self.word(ix),
        }
    }

    /// Returns the number of letters of a word.
    pub(super) fn letters(&self, ix: WordIx) -> usize {
        self.letters.get(ix as usize).copied().map_or(0, usize::from)
    }

    /// Finds a word by its exact indexed form.
    pub(super) fn find(&self, word: &str) -> Option<WordIx> {
        let at = self.first_from(word);
        (at < self.len() && self.word(at) == word).then_some(at)
    }

    /// Returns the words that begin with `prefix`.
    pub(super) fn prefixed(&self, prefix: &str) -> Range<WordIx> {
        let from = self.first_from(prefix);
        let end = self.partition(from, |word| word.starts_with(prefix));
        from..end
    }

    fn first_from(&self, word: &str) -> WordIx {
        self.partition(0, |own| own < word)
    }

    fn partition(&self, from: WordIx, holds: impl Fn(&str) -> bool) -> WordIx {
        let (mut low, mut high) = (from, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.word(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Passes to `take` every word that contains `part` but does not begin with it.
    pub(super) fn holding(&self, part: &str, mut take: impl FnMut(WordIx)) {
        let mut next: usize = 0;
        for (at, _) in self.text.match_indices(part) {
            if at < next {
                continue;
            }
            let ix = self.starts.partition_point(|start| *start as usize <= at).saturating_sub(1);
            next = self.starts.get(ix + 1).map_or(usize::MAX, |start| *start as usize);
            if self.starts.get(ix).is_some_and(|start| (*start as usize) < at) {
                take(u32::try_from(ix).unwrap_or(u32::MAX));
            }
        }
    }

    /// Passes to `take` every word that ends with `end`.
    pub(super) fn ending(&self, end: &str, mut take: impl FnMut(WordIx)) {
        for ix in 0..self.len() {
            if self.word(ix).ends_with(end) {
                take(ix);
            }
        }
    }

    /// Returns the words with this stem number.
    pub(super) fn of_stem(&self, number: u32) -> impl Iterator<Item = WordIx> + '_ {
        let from = self.stems.partition_point(|(own, _)| *own < number);
        self.stems.iter().skip(from).take_while(move |(own, _)| *own == number).map(|(_, ix)| *ix)
    }

    /// Passes to `take` every word whose letters permit at most `most` mistakes; the caller computes the distance.
    /// `typed` is compared with whole words, and also with the beginnings of the words in the range `with_prefixes`.
    pub(super) fn near(&self, typed: &str, most: u8, with_prefixes: &Range<WordIx>, mut take: impl FnMut(WordIx)) {
        let (bits, letters, most) = (letter_bits(typed), typed.chars().count(), usize::from(most));
        for ((ix, own_bits), own_letters) in (0..).zip(&self.bits).zip(&self.letters) {
            let missing = (bits & !own_bits).count_ones() as usize;
            if missing > most {
                continue;
            }
            let own_letters = usize::from(*own_letters);
            let whole = own_letters.abs_diff(letters) <= most && (own_bits & !bits).count_ones() as usize <= most;
            if whole || (own_letters > letters && with_prefixes.contains(&ix)) {
                take(ix);
            }
        }
    }

    /// Passes to `take` every word that contains all letters of a term and has the same first letter.
    pub(super) fn with_letters(&self, typed: &str, mut take: impl FnMut(WordIx, &str)) {
        let bits = letter_bits(typed);
        for ix in self.same_first(typed) {
            if self.bits.get(ix as usize).is_some_and(|own| bits & !own == 0) {
                take(ix, self.word(ix));
            }
        }
    }

    /// Returns the words with the same first letter as a term.
    pub(super) fn same_first(&self, typed: &str) -> Range<WordIx> {
        match typed.chars().next() {
            Some(first) => self.prefixed(first.encode_utf8(&mut [0; 4])),
            None => 0..0,
        }
    }

    /// Returns the approximate size on the heap, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.text.capacity()
            + 4 * (self.starts.capacity() + self.bits.capacity())
            + self.letters.capacity()
            + 8 * self.stems.capacity()
            + self.spelt.iter().map(|(_, text)| text.len() + 24).sum::<usize>()
    }
}

/// Builds a vocabulary from words in any order.
#[cfg(test)]
pub(super) fn vocabulary_of(words: &[&str]) -> Vocabulary {
    let stems = super::stem::Stems::new();
    let sorted: std::collections::BTreeSet<&str> = words.iter().copied().collect();
    Vocabulary::new(sorted.into_iter().map(|word| (word, stems.number(word))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(vocabulary: &Vocabulary, run: impl FnOnce(&mut dyn FnMut(WordIx))) -> Vec<String> {
        let mut found = Vec::new();
        run(&mut |ix| found.push(vocabulary.word(ix).to_owned()));
        found
    }

    #[test]
    fn words_are_found_by_beginning_middle_end_and_stem() {
        let v = vocabulary_of(&["production", "coproduction", "products", "power", "people"]);
        assert_eq!(v.find("power").map(|ix| v.word(ix)), Some("power"));
        assert_eq!(v.find("pow"), None);
        assert_eq!(v.prefixed("pro").map(|ix| v.word(ix)).collect::<Vec<_>>(), ["production", "products"]);
        assert_eq!(collect(&v, |take| v.holding("production", take)), ["coproduction"]);
        assert_eq!(collect(&v, |take| v.ending("tion", take)), ["coproduction", "production"]);
        let product = super::super::stem::Stems::new().number("product");
        assert!(v.of_stem(product).any(|ix| v.word(ix) == "products"));
    }

    #[test]
    fn few_words_are_left_to_compare() {
        let v = vocabulary_of(&["community", "commune", "conflict", "risk"]);
        let first = v.same_first("comunity");
        assert_eq!(collect(&v, |take| v.near("comunity", 1, &first, take)), ["community"]);
    }
}

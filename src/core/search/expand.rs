//! Translates the atoms of a query into words of the vocabulary, each with the worth of a match. The tiers, from
//! certain to uncertain, are: the word itself, its other forms, words that begin with it, synonyms, words that contain
//! it, typing mistakes, and its letters in order with gaps. The uncertain tiers are only tried if the certain ones
//! leave a doubt, so that a correctly typed query returns no noise.

use super::bits::Bits;
use super::document::Facet;
use super::fallback::fall_back;
use super::highlight::Mark;
use super::index::Index;
use super::keys::pack_initials;
use super::query::{Atom, Group, Mode, What};
use super::stem::Stems;
use super::vocabulary::WordIx;
use crate::domain::truncate;

/// Worth of a match in each tier; a match with the word itself is worth 1.
const STEM: f32 = 0.8;
const SYNONYM: f32 = 0.75;
const PREFIX: f32 = 0.75;
const PREFIX_SHARE: f32 = 0.2;
const PART: f32 = 0.55;
/// Minimum share of a word that a part must cover to match it, in percent; matches of shorter parts are accidental.
const PART_COVERS: usize = 34;
/// Share of a word, in percent, from which a prefix match is taken as proof that there is no typing mistake.
const MOST_OF_WORD: usize = 67;
/// Total worth of a match by initials, whatever the field.
const INITIALS: f32 = 1.5;
/// Maximum factor by which a rare word counts more than one that is in every document.
const RAREST: f32 = 4.0;

/// A word and the worth of a match with it.
pub(super) type Worthy = (WordIx, f32);

/// The words of one group of a query.
#[derive(Debug, Clone, Default)]
pub(super) struct Term {
    /// Text as typed, folded.
    pub(super) typed: String,
    /// Words with the worth of a match, before the weight of the field is applied.
    pub(super) words: Vec<Worthy>,
    /// Documents that match as a whole, with their worth: by initials, or by filters among alternatives.
    pub(super) records: Vec<(u32, f32)>,
    /// Importance of the term, used if no document has all terms.
    pub(super) weight: f32,
    /// Words that were found only by correcting mistakes, the most likely first.
    pub(super) corrected: Vec<WordIx>,
    /// What to highlight.
    pub(super) marks: Vec<Mark>,
}

/// A query translated into terms of the index.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    /// Terms that contribute to the score.
    pub(super) terms: Vec<Term>,
    /// Documents that may be returned; `None` if all may.
    pub(super) allowed: Option<Bits>,
    /// Number of the whole query as a name, if it consists of plain words only.
    pub(super) name: Option<u32>,
    /// A filter that matches nothing, as a sentence.
    pub(super) problem: Option<String>,
}

pub(super) fn expand(index: &Index, groups: &[Group]) -> Expanded {
    let mut expanded = Expanded::default();
    let tiers = Expander { index, stems: Stems::new() };
    for (at, group) in groups.iter().enumerate() {
        let ranks = group.iter().any(|atom| !atom.negated && matches!(atom.what, What::Word(..)));
        if !ranks {
            let bits = tiers.allowed(group, &mut expanded.problem);
            match &mut expanded.allowed {
                Some(allowed) => allowed.intersect(&bits),
                none => *none = Some(bits),
            }
            continue;
        }
        let mut term = Term::default();
        for atom in group {
            tiers.add_atom(&mut term, atom, &mut expanded.problem);
        }
        let before = at.checked_sub(1).and_then(|before| groups.get(before)).and_then(plain_word);
        let after = groups.get(at + 1).and_then(plain_word);
        if let Some(word) = plain_word(group) {
            let last = at + 1 == groups.len();
            if let Some(before) = before {
                tiers.add_joined(&mut term, &format!("{before}{word}"), last);
            }
            if let Some(after) = after {
                tiers.add_joined(&mut term, &format!("{word}{after}"), at + 2 == groups.len());
            }
        }
        expanded.terms.push(term);
    }
    expanded.name = tiers.name(groups);
    expanded
}

/// Returns the word of a group that consists of one plain word.
fn plain_word(group: &Group) -> Option<&str> {
    match group.as_slice() {
        [Atom { negated: false, what: What::Word(Mode::Fuzzy, word) }] => Some(word),
        _ => None,
    }
}

/// The index, with the stemmer that every term needs.
pub(super) struct Expander<'i> {
    pub(super) index: &'i Index,
    pub(super) stems: Stems,
}

impl Expander<'_> {
    /// Adds the matches of one atom of a scored group.
    fn add_atom(&self, term: &mut Term, atom: &Atom, problem: &mut Option<String>) {
        match &atom.what {
            What::Word(Mode::Fuzzy, word) if !atom.negated => self.add_fuzzy(term, word),
            What::Word(mode, word) if !atom.negated => {
                let words: Vec<Worthy> =
                    self.matching(*mode, word).into_iter().map(|ix| (ix, self.share(word, ix))).collect();
                self.add_tier(term, &words, 0);
                term.marks.push(match mode {
                    Mode::Suffix => Mark::Suffix(word.clone()),
                    Mode::Prefix => Mark::Prefix(word.clone()),
                    Mode::Exact | Mode::Fuzzy => Mark::Word(word.clone()),
                });
            }
            _ => {
                let bits = self.allowed(std::slice::from_ref(atom), problem);
                let records = (0..self.index.records).filter(|record| bits.contains(*record));
                term.records.extend(records.map(|record| (record, 1.0)));
            }
        }
    }

    /// Adds the matches of a word in all tiers.
    fn add_fuzzy(&self, term: &mut Term, word: &str) {
        let vocabulary = &self.index.vocabulary;
        word.clone_into(&mut term.typed);
        let exact = vocabulary.find(word);
        let number = self.stems.number(word);
        let forms = vocabulary.of_stem(number).filter(|ix| Some(*ix) != exact).map(|ix| (ix, STEM));
        let mut sure: Vec<Worthy> = exact.map(|ix| (ix, 1.0)).into_iter().chain(forms).collect();
        sure.retain(|(ix, _)| self.stands(*ix));
        let common = self.add_tier(term, &sure, 0);
        self.add_synonyms(term, &sure);
        self.mark_words(term, &sure);
        let mut longer = self.beginning(word);
        longer.retain(|(ix, _)| !sure.iter().any(|(own, _)| own == ix));
        self.add_tier(term, &longer, common);
        term.marks.push(Mark::Prefix(word.to_owned()));
        self.add_initials(term, word);
        let covers = |(ix, _): &Worthy| word.chars().count() * 100 >= vocabulary.letters(*ix) * MOST_OF_WORD;
        let spelt = exact.is_some_and(|ix| self.stands(ix));
        if !spelt && !longer.iter().any(covers) {
            let parts = self.parts(word);
            // A word that merely contains the typed one is not treated as rarer than the word that was probably meant.
            let common = fall_back(self, term, word, longer.is_empty(), parts.is_empty());
            self.add_tier(term, &parts, common);
            term.marks.push(Mark::Part(word.to_owned()));
        }
    }

    /// Returns the words that contain the typed one, but do not begin with it.
    fn parts(&self, word: &str) -> Vec<Worthy> {
        let letters = word.chars().count();
        let mut parts = Vec::new();
        if letters > 2 {
            self.index.vocabulary.holding(word, |ix| parts.push((ix, PART)));
            parts.retain(|(ix, _)| letters * 100 >= self.index.vocabulary.letters(*ix) * PART_COVERS);
        }
        parts
    }

    /// Adds matches of two neighbouring words written as one, so that `co production` finds `co-production`.
    fn add_joined(&self, term: &mut Term, joined: &str, unfinished: bool) {
        let found = self.index.vocabulary.find(joined).filter(|ix| self.stands(*ix));
        let exact: Vec<Worthy> = found.map(|ix| (ix, 1.0)).into_iter().collect();
        let longer = if unfinished && joined.len() > 3 { self.beginning(joined) } else { Vec::new() };
        let common = self.add_tier(term, &exact, 0);
        self.add_tier(term, &longer, common);
        self.add_synonyms(term, &exact);
        if !exact.is_empty() || !longer.is_empty() {
            term.marks.push(Mark::Prefix(joined.to_owned()));
        }
    }

    /// Adds words of one tier. All get the rarity of the most common among them and of `common`, the count of a more
    /// certain tier, because a half-typed word is more often a common one. Returns the count that was used.
    pub(super) fn add_tier(&self, term: &mut Term, words: &[Worthy], common: u32) -> u32 {
        let count = |ix: WordIx| self.index.postings.count(ix);
        let common = words.iter().map(|(ix, _)| count(*ix)).max().unwrap_or(0).max(common);
        let rarity = self.rarity(common);
        let standing = words.iter().filter(|(ix, _)| count(*ix) > 0);
        term.words.extend(standing.map(|(ix, worth)| (*ix, worth * rarity)));
        if !words.is_empty() && term.weight < f32::EPSILON {
            term.weight = rarity;
        }
        common
    }

    /// Adds the synonyms of the words, each with its own rarity.
    pub(super) fn add_synonyms(&self, term: &mut Term, words: &[Worthy]) {
        let mut found = Vec::new();
        for (word, worth) in words {
            for value in self.synonyms_of(*word) {
                let rarity = self.rarity(self.index.postings.count(value));
                term.weight = term.weight.max(rarity);
                found.push((value, SYNONYM * worth * rarity));
            }
        }
        self.mark_words(term, &found);
        term.words.extend(found);
    }

    /// Returns the synonyms of a typed word.
    pub(super) fn synonyms_of(&self, word: WordIx) -> impl Iterator<Item = WordIx> + '_ {
        let pairs = &self.index.synonyms;
        let from = pairs.partition_point(|(typed, _)| *typed < word);
        pairs.iter().skip(from).take_while(move |(typed, _)| *typed == word).map(|(_, value)| *value)
    }

    /// Returns the words that begin with `typed`; worth more the larger the share that was typed.
    fn beginning(&self, typed: &str) -> Vec<Worthy> {
        let words = self.index.vocabulary.prefixed(typed);
        words.map(|ix| (ix, PREFIX + PREFIX_SHARE * self.share(typed, ix))).collect()
    }

    /// Adds the documents whose title or alias has these initials.
    fn add_initials(&self, term: &mut Term, word: &str) {
        let letters = word.chars().count();
        if !(2..=5).contains(&letters) || !word.is_ascii() {
            return;
        }
        let from = pack_initials(word.chars());
        // From three letters on, further initials may follow; two letters alone begin too many names.
        let to = if letters > 2 {
            from | u64::MAX.checked_shr(8 * u32::try_from(letters).unwrap_or(8)).unwrap_or(0)
        } else {
            from
        };
        let records = self.index.initials.between(from, to);
        term.records.extend(records.iter().map(|record| (*record, INITIALS)));
    }

    /// Returns the words that an operator matches.
    fn matching(&self, mode: Mode, word: &str) -> Vec<WordIx> {
        let vocabulary = &self.index.vocabulary;
        match mode {
            Mode::Exact | Mode::Fuzzy => vocabulary.find(word).into_iter().collect(),
            Mode::Prefix => vocabulary.prefixed(word).collect(),
            Mode::Suffix => {
                let mut found = Vec::new();
                vocabulary.ending(word, |ix| found.push(ix));
                found
            }
        }
    }

    /// Returns the documents for which one of the atoms holds; used for groups that are not scored.
    fn allowed(&self, atoms: &[Atom], problem: &mut Option<String>) -> Bits {
        let mut any = Bits::none(self.index.len());
        for atom in atoms {
            let bits = match &atom.what {
                What::Filter(facet, value) => self.filtered(*facet, value, problem),
                What::Word(mode, word) => {
                    let mut bits = Bits::none(self.index.len());
                    for ix in self.matching(*mode, word) {
                        self.index.postings.of(ix).iter().for_each(|posting| bits.insert(posting.record()));
                    }
                    bits
                }
            };
            any.unite(&if atom.negated { bits.inverted() } else { bits });
        }
        any
    }

    fn filtered(&self, facet: Facet, value: &str, problem: &mut Option<String>) -> Bits {
        let found = match facet {
            Facet::Code => self.coded(value),
            _ => self.index.facets.records(facet, value, self.index.len()),
        };
        found.unwrap_or_else(|| {
            let known: Vec<&str> = self.index.facets.titles(facet).into_iter().take(12).collect();
            let mut text = format!("Nothing here has a {} that begins with \"{}\".", facet.name(), truncate(value, 30));
            if !known.is_empty() {
                text = format!("{text} There are {}.", crate::domain::join_and(&known));
            }
            problem.get_or_insert(text);
            Bits::none(self.index.len())
        })
    }

    /// Returns the documents with a code, or part of a code, that begins with `value`.
    fn coded(&self, value: &str) -> Option<Bits> {
        let mut found: Option<Bits> = None;
        for ix in self.index.vocabulary.prefixed(value) {
            for posting in self.index.postings.of(ix).iter().filter(|posting| posting.field() == 0) {
                found.get_or_insert_with(|| Bits::none(self.index.len())).insert(posting.record());
            }
        }
        found
    }

    /// Returns the number of the query as a name; `None` unless it consists of plain words.
    fn name(&self, groups: &[Group]) -> Option<u32> {
        let mut name = super::keys::Name::default();
        for group in groups {
            name.add(self.stems.number(plain_word(group)?));
        }
        name.number()
    }

    /// Returns whether a word occurs in a document or has a synonym.
    pub(super) fn stands(&self, ix: WordIx) -> bool {
        self.index.postings.count(ix) > 0 || self.index.synonyms.binary_search_by_key(&ix, |(typed, _)| *typed).is_ok()
    }

    pub(super) fn mark_words(&self, term: &mut Term, words: &[Worthy]) {
        term.marks.extend(words.iter().map(|(ix, _)| Mark::Word(self.index.vocabulary.word(*ix).to_owned())));
    }

    /// Returns the share of a word that was typed, from 0 to 1.
    fn share(&self, typed: &str, ix: WordIx) -> f32 {
        let part = |letters: usize| f32::from(u8::try_from(letters).unwrap_or(u8::MAX));
        (part(typed.chars().count()) / part(self.index.vocabulary.letters(ix).max(1))).min(1.0)
    }

    /// Returns the rarity factor, from 1 for a word in every document to [`RAREST`].
    #[expect(clippy::cast_precision_loss, reason = "a ratio of counts needs no last digit")]
    fn rarity(&self, count: u32) -> f32 {
        let ratio = self.index.records.max(1) as f32 / count.max(1) as f32;
        (1.0 + ratio.ln()).clamp(1.0, RAREST)
    }
}

//! Turns the atoms of a query into words of the vocabulary, each with what a match with it is worth. The tiers, from
//! sure to unsure: the word itself, its other forms, a word that begins so, synonyms, a word that holds it, a slip of
//! the finger, letters in order with gaps. The unsure ones run only where the sure ones leave a doubt, so that a
//! correct query brings no noise.

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

/// Worth of a match by tier; the word itself is 1.
const STEM: f32 = 0.8;
const SYNONYM: f32 = 0.75;
const PREFIX: f32 = 0.75;
const PREFIX_SHARE: f32 = 0.2;
const PART: f32 = 0.55;
/// A word is found by a part only if the part is this much of it, in percent; shorter parts are chance.
const PART_COVERS: usize = 34;
/// Most of a word is typed, in percent: then it is no mistake.
const MOST_OF_WORD: usize = 67;
/// What initials are worth in all, whatever the field.
const INITIALS: f32 = 1.5;
/// Rare words say more than common ones, up to this factor.
const RAREST: f32 = 4.0;

/// A word and what a match with it is worth.
pub(super) type Worthy = (WordIx, f32);

/// One group's words.
#[derive(Debug, Clone, Default)]
pub(super) struct Term {
    /// As typed, folded.
    pub(super) typed: String,
    /// Words and the worth of a match with each, before its field counts.
    pub(super) words: Vec<Worthy>,
    /// Records with a worth of their own: initials, filters among alternatives.
    pub(super) records: Vec<(u32, f32)>,
    /// How much it says; decides where no record has all terms.
    pub(super) weight: f32,
    /// Words found only by forgiving mistakes, likeliest first.
    pub(super) corrected: Vec<WordIx>,
    /// What to highlight.
    pub(super) marks: Vec<Mark>,
}

/// A query in terms of the index.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    /// What ranks.
    pub(super) terms: Vec<Term>,
    /// Records that may be found at all, if not all of them.
    pub(super) allowed: Option<Bits>,
    /// The number of the whole query as a name, where it is nothing but words.
    pub(super) name: Option<u32>,
    /// A filter that fits nothing, as a sentence.
    pub(super) problem: Option<String>,
}

/// Expands all groups.
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

/// The word of a group that is one plain word.
fn plain_word(group: &Group) -> Option<&str> {
    match group.as_slice() {
        [Atom { negated: false, what: What::Word(Mode::Fuzzy, word) }] => Some(word),
        _ => None,
    }
}

/// The index with what every term needs of it.
pub(super) struct Expander<'i> {
    pub(super) index: &'i Index,
    pub(super) stems: Stems,
}

impl Expander<'_> {
    /// Adds what an atom of a ranking group matches.
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

    /// All tiers of one word.
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
            // What merely holds the word does not count as rarer than what was probably meant.
            let common = fall_back(self, term, word, longer.is_empty(), parts.is_empty());
            self.add_tier(term, &parts, common);
            term.marks.push(Mark::Part(word.to_owned()));
        }
    }

    /// Words that hold the typed one in their midst.
    fn parts(&self, word: &str) -> Vec<Worthy> {
        let letters = word.chars().count();
        let mut parts = Vec::new();
        if letters > 2 {
            self.index.vocabulary.holding(word, |ix| parts.push((ix, PART)));
            parts.retain(|(ix, _)| letters * 100 >= self.index.vocabulary.letters(*ix) * PART_COVERS);
        }
        parts
    }

    /// Neighbours written together: `co production` finds `co-production`.
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

    /// Adds words of one tier. All are as rare as the commonest of them: a half-typed word is more often the common
    /// one. Gives the count of that one; `common` is that of a surer tier.
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

    /// Adds what stands for any of the words, each as rare as itself.
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

    /// Words that stand for a typed one.
    pub(super) fn synonyms_of(&self, word: WordIx) -> impl Iterator<Item = WordIx> + '_ {
        let pairs = &self.index.synonyms;
        let from = pairs.partition_point(|(typed, _)| *typed < word);
        pairs.iter().skip(from).take_while(move |(typed, _)| *typed == word).map(|(_, value)| *value)
    }

    /// Words that begin so, worth more the more of them was typed.
    fn beginning(&self, typed: &str) -> Vec<Worthy> {
        let words = self.index.vocabulary.prefixed(typed);
        words.map(|ix| (ix, PREFIX + PREFIX_SHARE * self.share(typed, ix))).collect()
    }

    /// Records whose title or another name has these initials.
    fn add_initials(&self, term: &mut Term, word: &str) {
        let letters = word.chars().count();
        if !(2..=5).contains(&letters) || !word.is_ascii() {
            return;
        }
        let from = pack_initials(word.chars());
        // From three letters on the rest may follow; two alone begin too many names.
        let to = if letters > 2 {
            from | u64::MAX.checked_shr(8 * u32::try_from(letters).unwrap_or(8)).unwrap_or(0)
        } else {
            from
        };
        let records = self.index.initials.between(from, to);
        term.records.extend(records.iter().map(|record| (*record, INITIALS)));
    }

    /// Words an operator asks for.
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

    /// Records for which one of the atoms holds, none of which ranks.
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
            let mut text = format!("No {} begins with \"{}\".", facet.name(), truncate(value, 30));
            if !known.is_empty() {
                text = format!("{text} There are {}.", crate::domain::join_and(&known));
            }
            problem.get_or_insert(text);
            Bits::none(self.index.len())
        })
    }

    /// Records whose code, or a part of it, begins so.
    fn coded(&self, value: &str) -> Option<Bits> {
        let mut found: Option<Bits> = None;
        for ix in self.index.vocabulary.prefixed(value) {
            for posting in self.index.postings.of(ix).iter().filter(|posting| posting.field() == 0) {
                found.get_or_insert_with(|| Bits::none(self.index.len())).insert(posting.record());
            }
        }
        found
    }

    /// The query as a name, if it is words alone.
    fn name(&self, groups: &[Group]) -> Option<u32> {
        let mut name = super::keys::Name::default();
        for group in groups {
            name.add(self.stems.number(plain_word(group)?));
        }
        name.number()
    }

    /// A word that stands in a record or stands for one that does.
    pub(super) fn stands(&self, ix: WordIx) -> bool {
        self.index.postings.count(ix) > 0 || self.index.synonyms.binary_search_by_key(&ix, |(typed, _)| *typed).is_ok()
    }

    pub(super) fn mark_words(&self, term: &mut Term, words: &[Worthy]) {
        term.marks.extend(words.iter().map(|(ix, _)| Mark::Word(self.index.vocabulary.word(*ix).to_owned())));
    }

    /// How much of a word was typed, from 0 to 1.
    fn share(&self, typed: &str, ix: WordIx) -> f32 {
        let part = |letters: usize| f32::from(u8::try_from(letters).unwrap_or(u8::MAX));
        (part(typed.chars().count()) / part(self.index.vocabulary.letters(ix).max(1))).min(1.0)
    }

    /// From 1 for a word in every record to [`RAREST`].
    #[expect(clippy::cast_precision_loss, reason = "a ratio of counts needs no last digit")]
    fn rarity(&self, count: u32) -> f32 {
        let ratio = self.index.records.max(1) as f32 / count.max(1) as f32;
        (1.0 + ratio.ln()).clamp(1.0, RAREST)
    }
}

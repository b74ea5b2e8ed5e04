//! The uncertain tiers: typing mistakes, and, as a last resort, letters in order with gaps. What they find is reported
//! to the user ("showing co-production").

use super::expand::{Expander, Term, Worthy};
use super::fuzzy::Fuzzy;
use super::known_words::is_known;
use super::typo::{SHORT, Slips, forgiven, slips};
use super::vocabulary::WordIx;

/// Worth of a word one or two mistakes away, and of a word with a beginning that far away.
const ONE: f32 = 0.7;
const TWO: f32 = 0.5;
const ONE_UNFINISHED: f32 = 0.6;
const TWO_UNFINISHED: f32 = 0.42;
/// Factor on the beginnings of longer words if a whole word one mistake away explains what was typed.
const EXPLAINED: f32 = 0.5;
/// Factor on a word with another first letter: people seldom get the first letter wrong.
const OTHER_FIRST: f32 = 0.8;
/// A candidate this many times rarer than the most common one is less likely to be meant; its worth is multiplied by
/// [`RARER`].
const RARE: u32 = 10;
const RARER: f32 = 0.7;
/// Maximum worth of a match with gaps.
const GAPS: f32 = 0.45;

/// Adds words that were probably meant, and returns the count of the most common one. With `unfinished` (no word begins
/// with what was typed), beginnings of words are compared too. Matches with gaps are tried only with `only_hope` (no
/// word contains what was typed).
pub(super) fn fall_back(
    expander: &Expander<'_>,
    term: &mut Term,
    typed: &str,
    unfinished: bool,
    only_hope: bool,
) -> u32 {
    if is_known(typed) {
        return 0;
    }
    let mut near = near(expander, typed, unfinished);
    let count = |(ix, _): &Worthy| expander.index.postings.count(*ix);
    let commonest = near.iter().map(count).max().unwrap_or(0);
    near.iter_mut().filter(|word| count(word).saturating_mul(RARE) < commonest).for_each(|(_, worth)| *worth *= RARER);
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(count(b).cmp(&count(a))).then(a.0.cmp(&b.0)));
    let only_these = term.words.is_empty() && only_hope;
    if near.is_empty() && only_these {
        near = with_gaps(expander, typed);
    }
    // One tier for each worth: a less likely word does not count as rarer than a more likely one. Otherwise rare words
    // two mistakes away would rank before the common word that was meant.
    let mut common = 0;
    for tier in near.chunk_by(|a, b| (a.1 - b.1).abs() < f32::EPSILON) {
        common = expander.add_tier(term, tier, common);
    }
    expander.add_synonyms(term, &near);
    expander.mark_words(term, &near);
    if only_these {
        // A common misspelling may be a key of the synonyms; the correction shown is the word that it maps to.
        let stands = |ix: &WordIx| expander.index.postings.count(*ix) > 0;
        term.corrected = near.iter().flat_map(|(ix, _)| [*ix].into_iter().chain(expander.synonyms_of(*ix))).collect();
        term.corrected.retain(stands);
    }
    common
}

/// Returns words one or two mistakes away, with their worth. If one mistake explains what was typed, two are not
/// considered.
fn near(expander: &Expander<'_>, typed: &str, unfinished: bool) -> Vec<Worthy> {
    let letters: Vec<char> = typed.chars().collect();
    let most = forgiven(letters.len());
    if most == 0 {
        return Vec::new();
    }
    let vocabulary = &expander.index.vocabulary;
    let same_first = vocabulary.same_first(typed);
    let beginnings = if unfinished { same_first.clone() } else { 0..0 };
    let mut found: Vec<Worthy> = Vec::new();
    let mut word: Vec<char> = Vec::new();
    vocabulary.near(typed, most, &beginnings, |ix| {
        if !expander.stands(ix) {
            return;
        }
        word.clear();
        word.extend(vocabulary.word(ix).chars());
        if letters.len() < SHORT && !is_swapped(&letters, &word) {
            return;
        }
        let Some(Slips { whole, prefix }) = slips(&letters, &word, most) else { return };
        let first = if same_first.contains(&ix) { 1.0 } else { OTHER_FIRST };
        let worth = match (whole, prefix) {
            (1, _) => ONE * first,
            (_, 1) if beginnings.contains(&ix) => ONE_UNFINISHED,
            (2, _) if most == 2 => TWO * first,
            (_, 2) if most == 2 && beginnings.contains(&ix) => TWO_UNFINISHED,
            _ => return,
        };
        found.push((ix, worth));
    });
    let explained = found.iter().any(|(_, worth)| *worth >= ONE - f32::EPSILON);
    if explained {
        found.retain(|(_, worth)| *worth > TWO);
        let unfinished = found.iter_mut().filter(|(_, worth)| *worth <= ONE_UNFINISHED + f32::EPSILON);
        unfinished.for_each(|(_, worth)| *worth *= EXPLAINED);
    }
    found
}

/// Returns whether two words differ by two neighbouring letters that changed places.
fn is_swapped(typed: &[char], word: &[char]) -> bool {
    let at = typed.iter().zip(word).position(|(a, b)| a != b);
    let Some(at) = at.filter(|_| typed.len() == word.len()) else { return false };
    let mut swapped = typed.to_vec();
    if at + 1 < swapped.len() {
        swapped.swap(at, at + 1);
    }
    swapped == word
}

/// Returns whether a term is a word without its vowels, as in `mrkt`. A short term with gaps is otherwise an abbreviation of
/// something else.
fn is_without_vowels(typed: &str, word: &str) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let kept = word.char_indices().filter(|(at, c)| *at == 0 || !vowel(*c)).map(|(_, c)| c);
    kept.eq(typed.chars())
}

/// Returns words that contain all letters in order, if worth at least half as much as the best of them.
fn with_gaps(expander: &Expander<'_>, typed: &str) -> Vec<Worthy> {
    let Some(fuzzy) = Fuzzy::new(typed) else { return Vec::new() };
    let mut found: Vec<Worthy> = Vec::new();
    let short = typed.chars().count() < SHORT;
    expander.index.vocabulary.with_letters(typed, |ix, word| {
        if short && !is_without_vowels(typed, word) {
            return;
        }
        if let Some(share) = fuzzy.share(word).filter(|_| expander.index.postings.count(ix) > 0) {
            found.push((ix, GAPS * share));
        }
    });
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let best = found.first().map_or(0.0, |(_, worth)| *worth);
    found.retain(|(_, worth)| *worth * 2.0 >= best);
    found.truncate(64);
    found
}

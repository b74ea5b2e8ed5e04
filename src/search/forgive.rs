//! The unsure tiers: slips of the finger, and letters in order with gaps as the last resort. What they find is said
//! aloud («showing co-production»).

use super::expand::{Expander, Term, Worthy};
use super::fuzzy::Fuzzy;
use super::typo::{Slips, forgiven, slips};

/// Worth of a word one or two slips away, and of a word with a beginning so far away.
const ONE: f32 = 0.7;
const TWO: f32 = 0.5;
const ONE_UNFINISHED: f32 = 0.6;
const TWO_UNFINISHED: f32 = 0.42;
/// People seldom get the first letter wrong.
const OTHER_FIRST: f32 = 0.85;
/// Most that letters in order with gaps are worth.
const GAPS: f32 = 0.45;

/// Adds words that were probably meant. Beginnings of words are compared only if nothing begins as typed.
pub(super) fn forgive(expander: &Expander<'_>, term: &mut Term, typed: &str, unfinished: bool) {
    let mut near = near(expander, typed, unfinished);
    let count = |(ix, _): &Worthy| expander.index.postings.count(*ix);
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(count(b).cmp(&count(a))).then(a.0.cmp(&b.0)));
    if near.is_empty() && term.words.is_empty() {
        near = with_gaps(expander, typed);
    }
    let only_these = term.words.is_empty();
    // One tier for each worth, so that a common word two slips away does not make one a slip away look common.
    for tier in near.chunk_by(|a, b| (a.1 - b.1).abs() < f32::EPSILON) {
        expander.add_tier(term, tier, 0);
    }
    expander.add_synonyms(term, &near);
    expander.mark_words(term, &near);
    if only_these {
        term.corrected = near.into_iter().map(|(ix, _)| ix).collect();
    }
}

/// Words a slip or two away with their worth. Where one slip explains what was typed, two are not looked for.
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
    if found.iter().any(|(_, worth)| *worth >= ONE * OTHER_FIRST - f32::EPSILON) {
        found.retain(|(_, worth)| *worth > TWO);
    }
    found
}

/// Words that hold all the letters in order, the best half of them.
fn with_gaps(expander: &Expander<'_>, typed: &str) -> Vec<Worthy> {
    let Some(fuzzy) = Fuzzy::new(typed) else { return Vec::new() };
    let mut found: Vec<Worthy> = Vec::new();
    expander.index.vocabulary.with_letters(typed, |ix, word| {
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

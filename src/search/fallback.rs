//! The unsure tiers: slips of the finger, and letters in order with gaps as the last resort. What they find is said
//! aloud («showing co-production»).

use super::expand::{Expander, Term, Worthy};
use super::fuzzy::Fuzzy;
use super::typo::{Slips, forgiven, slips};
use super::vocabulary::WordIx;

/// Worth of a word one or two slips away, and of a word with a beginning so far away.
const ONE: f32 = 0.7;
const TWO: f32 = 0.5;
const ONE_UNFINISHED: f32 = 0.6;
const TWO_UNFINISHED: f32 = 0.42;
/// Factor on beginnings of longer words where one slip in a whole word explains what was typed.
const EXPLAINED: f32 = 0.5;
/// People seldom get the first letter wrong.
const OTHER_FIRST: f32 = 0.8;
/// Between two words that could be meant, one so many times as common is the likelier; factor on the other.
const RARE: u32 = 10;
const RARER: f32 = 0.7;
/// Most that letters in order with gaps are worth.
const GAPS: f32 = 0.45;

/// Adds words that were probably meant, and gives the count of the commonest. Beginnings of words are compared only if
/// nothing begins as typed (`unfinished`); gaps are the last resort where no word holds what was typed (`only_hope`).
pub(super) fn fall_back(
    expander: &Expander<'_>,
    term: &mut Term,
    typed: &str,
    unfinished: bool,
    only_hope: bool,
) -> u32 {
    let mut near = near(expander, typed, unfinished);
    let count = |(ix, _): &Worthy| expander.index.postings.count(*ix);
    let commonest = near.iter().map(count).max().unwrap_or(0);
    near.iter_mut().filter(|word| count(word).saturating_mul(RARE) < commonest).for_each(|(_, worth)| *worth *= RARER);
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(count(b).cmp(&count(a))).then(a.0.cmp(&b.0)));
    let only_these = term.words.is_empty() && only_hope;
    if near.is_empty() && only_these {
        near = with_gaps(expander, typed);
    }
    // One tier for each worth: what is less likely does not count as rarer than what is more likely, or else rare
    // words two slips away would come before the common one that was meant.
    let mut common = 0;
    for tier in near.chunk_by(|a, b| (a.1 - b.1).abs() < f32::EPSILON) {
        common = expander.add_tier(term, tier, common);
    }
    expander.add_synonyms(term, &near);
    expander.mark_words(term, &near);
    if only_these {
        // A common misspelling may stand among the synonyms; what is shown is the word it stands for.
        let stands = |ix: &WordIx| expander.index.postings.count(*ix) > 0;
        term.corrected = near.iter().flat_map(|(ix, _)| [*ix].into_iter().chain(expander.synonyms_of(*ix))).collect();
        term.corrected.retain(stands);
    }
    common
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
    let explained = found.iter().any(|(_, worth)| *worth >= ONE - f32::EPSILON);
    if explained {
        found.retain(|(_, worth)| *worth > TWO);
        let unfinished = found.iter_mut().filter(|(_, worth)| *worth <= ONE_UNFINISHED + f32::EPSILON);
        unfinished.for_each(|(_, worth)| *worth *= EXPLAINED);
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

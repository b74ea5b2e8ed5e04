//! The last resort: the letters of what was typed, in order but with gaps, within one word (`cmnty` in `community`).
//!
//! Only this file uses `fuzzy_matcher` 0.3.7, which is archived upstream. Its known defects are contained: only
//! `fuzzy_match` is used for ranking (its sister function returns other scores); each search has a new matcher with the
//! cache on (without the cache the first match panics, and with it the largest matrix is retained); and only short
//! ASCII words reach it, so that the matrix remains small and its ASCII-only folding does not matter.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Maximum length of a word and of a term, in letters.
const LONGEST: usize = 32;
/// Minimum length of a term, in letters; shorter terms are a subsequence of too many words.
const SHORTEST: usize = 3;

/// A term prepared for matching.
pub(super) struct Fuzzy<'q> {
    matcher: SkimMatcherV2,
    typed: &'q str,
    perfect: f32,
}

impl<'q> Fuzzy<'q> {
    /// Prepares a term; `None` if a subsequence match would be meaningless: very short or long terms, digits, other
    /// scripts.
    pub(super) fn new(typed: &'q str) -> Option<Self> {
        let fit = (SHORTEST..=LONGEST).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_lowercase());
        if !fit {
            return None;
        }
        let matcher = SkimMatcherV2::default().ignore_case();
        let perfect = f32::from(i16::try_from(matcher.fuzzy_match(typed, typed)?).ok()?);
        (perfect > 0.0).then_some(Self { matcher, typed, perfect })
    }

    /// Returns how close the word comes to containing the term in one piece, from 0 to 1; `None` if it does not match.
    pub(super) fn share(&self, word: &str) -> Option<f32> {
        if word.len() > LONGEST || !word.is_ascii() || !holds_in_order(word, self.typed) {
            return None;
        }
        let score = f32::from(i16::try_from(self.matcher.fuzzy_match(word, self.typed)?).ok()?);
        Some((score / self.perfect).clamp(0.0, 1.0))
    }
}

/// Checks cheaply whether a match is possible at all.
fn holds_in_order(word: &str, typed: &str) -> bool {
    let mut letters = word.bytes();
    typed.bytes().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_with_gaps_are_found_inside_one_word() {
        let fuzzy = Fuzzy::new("cmnty").unwrap();
        assert!(fuzzy.share("community").is_some_and(|share| share > 0.3));
        assert!(fuzzy.share("county").is_none());
        assert!(fuzzy.share("caf\u{e9}").is_none());
    }

    #[test]
    fn what_the_crate_is_bad_at_never_reaches_it() {
        assert!(Fuzzy::new("co").is_none() && Fuzzy::new("caf\u{e9}s").is_none());
        assert!(Fuzzy::new(&"a".repeat(33)).is_none());
        assert!(Fuzzy::new("aaa").unwrap().share(&"a".repeat(500)).is_none());
    }
}

//! The last resort: the letters of what was typed, in order but with gaps, within one word (`cmnty` in `community`).
//!
//! This is the one file that uses `fuzzy_matcher` 0.3.7, which is archived upstream. Its known defects are fenced:
//! only `fuzzy_match` ranks (its sister gives other scores), each search has a new matcher with its cache on (without it
//! the first match panics; with it, the largest matrix is kept), and only short ASCII words reach it, so that the
//! matrix stays small and its ASCII-only folding is no matter.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Longest word and longest term looked at, in letters.
const LONGEST: usize = 32;
/// Fewer letters than this are a subsequence of too much.
const SHORTEST: usize = 3;

/// A term ready to be looked for inside words.
pub(super) struct Fuzzy<'q> {
    matcher: SkimMatcherV2,
    typed: &'q str,
    perfect: f32,
}

impl<'q> Fuzzy<'q> {
    /// `None` where a subsequence would mean nothing: very short or long terms, digits, other scripts.
    pub(super) fn new(typed: &'q str) -> Option<Self> {
        let fit = (SHORTEST..=LONGEST).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_lowercase());
        if !fit {
            return None;
        }
        let matcher = SkimMatcherV2::default().ignore_case();
        let perfect = f32::from(i16::try_from(matcher.fuzzy_match(typed, typed)?).ok()?);
        (perfect > 0.0).then_some(Self { matcher, typed, perfect })
    }

    /// From 0 to 1, how close the word comes to holding the term in one piece.
    pub(super) fn share(&self, word: &str) -> Option<f32> {
        if word.len() > LONGEST || !word.is_ascii() || !holds_in_order(word, self.typed) {
            return None;
        }
        let score = f32::from(i16::try_from(self.matcher.fuzzy_match(word, self.typed)?).ok()?);
        Some((score / self.perfect).clamp(0.0, 1.0))
    }
}

/// A cheap check before the costly one.
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

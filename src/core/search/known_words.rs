//! Ordinary English words that are spelt correctly, although no text of the library has them: they are never corrected into
//! another word. The list has the words of five letters or more from the sentences of the test fixtures; shorter ones are
//! not corrected at all, see [`super::typo::forgiven`].

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("known_words.txt").lines().collect());

/// Returns whether a folded word is a correctly spelt English word.
pub(super) fn is_known(word: &str) -> bool {
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_and_slips_are_not() {
        assert!(["dementia", "hoist", "starters"].iter().all(|word| is_known(word)));
        assert!(!["dementai", "comunity", ""].iter().any(|word| is_known(word)));
        assert!(WORDS.len() > 4_000);
    }
}

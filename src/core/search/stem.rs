//! Reduces a word to its stem by the Snowball algorithm for English, so that `delegating` finds `delegates`. Within
//! `search`, only this file uses `rust_stemmers`.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// A stemmer; cheap to create.
pub(super) struct Stems(Stemmer);

impl Stems {
    pub(super) fn new() -> Self {
        Self(Stemmer::create(Algorithm::English))
    }

    /// Returns the stem of a folded word; codes, numbers and words in other scripts are returned unchanged.
    pub(super) fn of<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if word.bytes().all(|letter| letter.is_ascii_lowercase()) { self.0.stem(word) } else { Cow::Borrowed(word) }
    }

    /// Returns a hash of the stem: equal for equal stems, and almost never equal for others.
    pub(super) fn number(&self, word: &str) -> u32 {
        // FNV-1a (64 bits), folded to 32 bits.
        let long = self
            .of(word)
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        u32::try_from((long ^ (long >> 32)) & u64::from(u32::MAX)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_share_a_number() {
        let stems = Stems::new();
        assert_eq!(stems.number("delegating"), stems.number("delegates"));
        assert_eq!(stems.number("communities"), stems.number("community"));
        assert_ne!(stems.number("risk"), stems.number("power"));
    }
}

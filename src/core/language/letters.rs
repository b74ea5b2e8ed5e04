//! Letters in a row, in which words that were never learned resemble learned ones: "slapping" and "slapped", "exausted"
//! and "exhausted", "wet pad" and "wet pads".
//!
//! Three or four letters in a row, also across the gap between two words, are common features of short and misspelt texts
//! (Cavnar & Trenkle, 1994, "N-gram-based text categorization", Proceedings of SDAIR-94; Bojanowski et al., 2017,
//! "Enriching word vectors with subword information", Transactions of the ACL 5, which also mark the ends of words).

use std::fmt;
use std::str::FromStr;

use super::sentence::Sentence;

/// Gap before, between and after words.
const GAP: u8 = b'_';
/// What stands for the name of a person and for a number.
const NAME: u8 = b'@';
const NUMBER: u8 = b'0';
/// What stands for a letter outside ASCII, which is rare because accents are folded.
const OTHER: u8 = b'?';

/// Three or four letters in a row. The text of it is the letters, with `_` for the gap between words.
///
/// They are kept as one number, the first letter in its highest byte, because hundreds are compared for each sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letters(u32);

/// Returns all letters in a row of a sentence, sorted, each once.
///
/// The words are in full and folded, as the patterns compare them, and not stems: the endings are what stems lack.
#[must_use]
pub fn letters_of(sentence: &Sentence<'_>) -> Vec<Letters> {
    let mut row = vec![GAP];
    for at in 0..sentence.tokens.len() {
        match (sentence.is_name(at), sentence.is_number(at)) {
            (true, _) => row.push(NAME),
            (false, true) => row.push(NUMBER),
            (false, false) => {
                let ascii = |letter| u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(OTHER);
                row.extend(sentence.word(at).chars().map(ascii));
            }
        }
        row.push(GAP);
    }
    let mut all: Vec<Letters> = row.windows(4).chain(row.windows(3)).filter_map(Letters::of).collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Letters {
    fn of(letters: &[u8]) -> Option<Self> {
        match *letters {
            [a, b, c] => Some(Self(u32::from_be_bytes([a, b, c, 0]))),
            [a, b, c, d] => Some(Self(u32::from_be_bytes([a, b, c, d]))),
            _ => None,
        }
    }
}

impl FromStr for Letters {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::of(text.as_bytes())
            .filter(|_| text.is_ascii())
            .ok_or_else(|| format!("not three or four letters: {text}"))
    }
}

impl fmt::Display for Letters {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = self.0.to_be_bytes().into_iter().filter(|letter| *letter != 0).map(char::from);
        letters.try_for_each(|letter| fmt::Write::write_char(to, letter))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    #[test]
    fn letters_run_across_words_and_names_and_numbers_are_one_letter() {
        let read = sentences("She hit Mavis 30 times, it hit \u{436}.");
        let all: Vec<String> = letters_of(read.first().expect("a sentence")).iter().map(Letters::to_string).collect();
        let expected = ["_sh", "she_", "e_h", "_hit", "it_@", "_@_", "@_0_", "0_ti", "s_it", "_?_"];
        assert!(expected.iter().all(|one| all.iter().any(|letters| letters == one)), "{all:?}");
        assert!(all.iter().all(|one| !one.contains("mav") && !one.contains('3')), "{all:?}");
        assert_eq!(all.iter().filter(|one| *one == "hit_").count(), 1, "each is there once");
        assert!(all.is_sorted());
    }

    #[test]
    fn the_text_of_letters_is_read_again() {
        for text in ["_hi", "hit_", "@_0"] {
            assert_eq!(text.parse::<Letters>().map(|letters| letters.to_string()), Ok(text.to_owned()));
        }
        assert!(["", "hi", "hitit", "\u{436}a", "\u{e9}\u{e9}"].iter().all(|text| text.parse::<Letters>().is_err()));
    }
}

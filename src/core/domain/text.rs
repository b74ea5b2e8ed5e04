//! Folding of text for comparison, and the positions of folded words in a text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the text in lower case, without accents and with straight quotes, so that spellings of one word compare
/// equal.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .flat_map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => Spelt::One('\''),
            '\u{201c}' | '\u{201d}' => Spelt::One('"'),
            '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}' => Spelt::One('-'),
            '\u{df}' => Spelt::Two('s', 's'),
            '\u{e6}' => Spelt::Two('a', 'e'),
            '\u{153}' => Spelt::Two('o', 'e'),
            '\u{f8}' => Spelt::One('o'),
            '\u{142}' => Spelt::One('l'),
            '\u{111}' => Spelt::One('d'),
            other => Spelt::One(other),
        })
        .collect()
}

/// One or two characters, without an allocation.
enum Spelt {
    One(char),
    Two(char, char),
}

impl IntoIterator for Spelt {
    type Item = char;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<char>, 2>>;

    fn into_iter(self) -> Self::IntoIter {
        let pair = match self {
            Self::One(a) => [Some(a), None],
            Self::Two(a, b) => [Some(a), Some(b)],
        };
        pair.into_iter().flatten()
    }
}

/// Returns the byte ranges of a text at which a folded word occurs. The text is folded character by character.
#[must_use]
pub fn places_of(text: &str, folded: &str) -> Vec<Range<usize>> {
    let (mut all, mut starts) = (String::new(), Vec::new());
    for (at, letter) in text.char_indices() {
        let plain = fold(letter.encode_utf8(&mut [0; 4]));
        starts.extend(plain.bytes().map(|_| at));
        all.push_str(&plain);
    }
    if folded.is_empty() {
        return Vec::new();
    }
    let place = |(from, word): (usize, &str)| {
        let start = *starts.get(from)?;
        let end = starts.get(from + word.len()).copied().unwrap_or(text.len());
        (start < end).then_some(start..end)
    };
    all.match_indices(folded).filter_map(place).collect()
}

/// Returns whether a text is empty or only white space.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_word_is_found_where_its_letters_stand() {
        let of = |text: &str, word: &str| -> Vec<String> {
            places_of(text, word).into_iter().filter_map(|place| text.get(place).map(str::to_owned)).collect()
        };
        assert_eq!(of("The Caf\u{e9} caf\u{e9}", "cafe"), ["Caf\u{e9}", "caf\u{e9}"]);
        assert_eq!(of("Stra\u{df}e", "rasse"), ["ra\u{df}e"]);
        assert_eq!(of("\u{6f22}\u{5b57}", "\u{5b57}"), ["\u{5b57}"]);
        assert!(of("abc", "").is_empty() && of("", "a").is_empty());
    }

    #[test]
    fn folding_strips_accents_and_case() {
        assert_eq!(fold("R\u{c9}silience"), "resilience");
        assert_eq!(fold("Ll\u{177}r \u{2019}Stra\u{df}e\u{2019}"), "llyr 'strasse'");
    }
}

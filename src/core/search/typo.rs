//! The number of typing mistakes between two words: the optimal string alignment distance (a letter missing, added or
//! wrong, or two neighbours swapped) to the whole word and to its nearest prefix, in one pass.

/// Maximum length of a term and of a word, in letters.
pub(super) const LONGEST: usize = 40;

/// The distance to the whole word, and to its nearest prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slips {
    pub(super) whole: u8,
    pub(super) prefix: u8,
}

/// Number of letters below which a term may be an abbreviation: only swapped neighbours are corrected, and no letters are
/// filled in.
pub(super) const SHORT: usize = 5;

/// Returns the number of mistakes that are tolerated in a term of this many letters.
pub(super) fn forgiven(letters: usize) -> u8 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Returns a bit set of the letters of a word. Comparing bit sets rules out most words without computing the distance.
pub(super) fn letter_bits(word: &str) -> u32 {
    word.chars().fold(0, |bits, c| {
        let bit = if c.is_ascii_lowercase() { u32::from(c) - u32::from('a') } else { 26 + u32::from(c) % 6 };
        bits | 1 << bit
    })
}

/// Returns the distances of a term from a word; `None` if both exceed `most`.
pub(super) fn slips(typed: &[char], word: &[char], most: u8) -> Option<Slips> {
    let reach = typed.len() + usize::from(most);
    if typed.is_empty() || typed.len() > LONGEST || word.is_empty() {
        return None;
    }
    let whole_in_reach = word.len() <= reach;
    let word = word.get(..word.len().min(reach))?;
    let mut rows = [[0_u8; LONGEST + 4]; 3];
    let [mut before, mut above, mut row] = rows.each_mut();
    for (at, cell) in above.iter_mut().enumerate().take(word.len() + 1) {
        *cell = u8::try_from(at).unwrap_or(u8::MAX);
    }
    for (i, a) in typed.iter().enumerate() {
        row[0] = u8::try_from(i + 1).unwrap_or(u8::MAX);
        let mut least = row[0];
        for (j, b) in word.iter().enumerate() {
            let mut cell = (above[j] + u8::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && Some(a) == word.get(j - 1) && typed.get(i - 1) == Some(b) {
                cell = cell.min(before[j - 1] + 1);
            }
            row[j + 1] = cell;
            least = least.min(cell);
        }
        if least > most {
            return None;
        }
        (before, above, row) = (above, row, before);
    }
    let prefix = above.iter().take(word.len() + 1).copied().min()?;
    let whole = if whole_in_reach { above[word.len()] } else { u8::MAX };
    (prefix <= most).then_some(Slips { whole, prefix })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(typed: &str, word: &str) -> Option<Slips> {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        slips(&chars(typed), &chars(word), 2)
    }

    #[test]
    fn swapped_missing_added_and_wrong_letters_are_one_slip() {
        for typed in ["conflcit", "confict", "connflict", "canflict"] {
            assert_eq!(between(typed, "conflict").map(|s| s.whole), Some(1), "{typed}");
        }
        assert_eq!(between("risk", "power"), None);
    }

    #[test]
    fn half_typed_words_are_compared_with_a_prefix() {
        assert_eq!(between("comun", "community").map(|s| s.prefix), Some(1));
        assert_eq!(between("comun", "community").map(|s| s.whole), Some(u8::MAX));
        assert_eq!(between(&"x".repeat(60), "x"), None);
    }

    #[test]
    fn letter_bits_tell_different_words_apart() {
        assert_eq!(letter_bits("abba"), 3);
        assert_eq!((letter_bits("risk") & !letter_bits("rusk")).count_ones(), 1);
    }
}

//! Cleaning and folding of text. Every text that enters from outside passes through [`clean`] once, so that nothing
//! can paint the terminal; real scripts, accents and emoji families are kept.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Combining marks kept on one character; real scripts need four at most, stacked «zalgo» text uses dozens.
const MOST_MARKS: usize = 6;

/// Removes what must not reach a terminal or a record: control characters (line feeds stay, tabs become spaces),
/// bidirectional overrides, invisible format characters (joiners stay: emoji families and Farsi need them), tag
/// characters outside flags, and runaway combining marks. Idempotent.
#[must_use]
pub fn clean(text: &str) -> String {
    // Nearly every text of a pack; looking at bytes costs a tenth of looking at letters.
    if text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut in_flag = false;
    for c in text.chars() {
        if c == '\n' {
            marks = 0;
            out.push(c);
            continue;
        }
        if c == '\t' {
            out.push(' ');
            continue;
        }
        if hidden(c) || c.is_control() {
            continue;
        }
        if ('\u{e0020}'..='\u{e007f}').contains(&c) {
            if in_flag {
                out.push(c);
                in_flag = c != '\u{e007f}';
            }
            continue;
        }
        in_flag = c == '\u{1f3f4}';
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MOST_MARKS {
            out.push(c);
        }
    }
    out
}

/// The same text with as many characters, each that [`clean`] takes away shown as `\u{fffd}`: for lines that are quoted in
/// errors, where the columns must stay right.
#[must_use]
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\u{e0020}'..='\u{e007f}' => '\u{fffd}',
            c if hidden(c) || c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Invisible characters that change how others are shown.
fn hidden(c: char) -> bool {
    matches!(c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{061c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e001f}')
}

/// Lower case without accents and with straight quotes: what two spellings of one word have in common.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
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

/// One or two letters, without an allocation for each.
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

/// Where a text holds a word that was folded, letter by letter.
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

/// Nothing in it but white space.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_paints_the_terminal_is_removed_and_real_text_stays() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\r\nb\tc"), "a[31mred\nb c");
        assert_eq!(clean("abc\u{202e}def\u{200b}"), "abcdef");
        for kept in [
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "Ll\u{177}r",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
        ] {
            assert_eq!(clean(kept), kept);
        }
        let zalgo = format!("a{}", "\u{301}".repeat(50));
        assert_eq!(clean(&zalgo).chars().count(), 7);
        assert_eq!(clean(&clean(&zalgo)), clean(&zalgo));
    }

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

//! The character set that the terminal can show according to the locale. Cairn uses UTF-8. If the locale states
//! something else, quotation marks, dashes and similar characters are replaced by the nearest ASCII characters, so that
//! every line stays readable.
//!
//! Letters are not replaced: `LC_ALL=C` or an empty environment only mean that nothing was stated, and the terminal is
//! nearly always UTF-8. A locale that states ISO 8859-1, 8859-15 or 8859-14, the set for Welsh and other Celtic
//! languages, is respected for input and output.

use super::decode::with_windows;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The character set stated by the locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// UTF-8.
    #[default]
    Utf8,
    /// A western European character set with one byte for each character.
    Latin1,
    /// The set for Celtic languages, ISO 8859-14: Latin-1 with other letters in place of some signs, among them those
    /// of Welsh.
    Latin8,
    /// Not stated, or unknown.
    Unstated,
}

impl Charset {
    /// Parses the name of a locale, such as `cy_GB.UTF-8`, `en_GB.ISO-8859-1@euro` or `C`.
    #[must_use]
    pub fn of_locale(name: Option<&str>) -> Self {
        let stated = name.and_then(|name| name.split_once('.')).map_or("", |(_, stated)| stated);
        let stated = stated.split('@').next().unwrap_or("");
        let plain: String = stated.chars().filter(char::is_ascii_alphanumeric).collect();
        match plain.to_ascii_lowercase().as_str() {
            "utf8" => Self::Utf8,
            "iso88591" | "iso885915" | "latin1" | "latin9" => Self::Latin1,
            "iso885914" | "latin8" => Self::Latin8,
            _ => Self::Unstated,
        }
    }

    /// Encodes a text for output.
    #[must_use]
    pub fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Unstated => nearest_signs(text).into_bytes(),
            Self::Latin1 => nearest_signs(text).chars().flat_map(latin1).collect(),
            Self::Latin8 => nearest_signs(text).chars().flat_map(latin8).collect(),
        }
    }

    /// Decodes bytes without failing and without losing anything: whatever is not UTF-8 is read as Windows-1252, or in
    /// the stated set of one byte for each character.
    #[must_use]
    pub fn text(self, bytes: &[u8]) -> String {
        match (std::str::from_utf8(bytes), self) {
            (Ok(text), _) => text.to_owned(),
            (Err(_), Self::Latin1) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            (Err(_), Self::Latin8) => bytes.iter().map(|byte| celtic(*byte)).collect(),
            (Err(_), _) => with_windows(bytes),
        }
    }
}

/// Returns the nearest ASCII character for a quotation mark, dash, bullet, multiplication sign or space; `None` for
/// other characters. Used for printed lines and for the cells of a screen.
#[must_use]
pub fn plain_sign(c: char) -> Option<char> {
    Some(match c {
        '\u{ab}' | '\u{bb}' | '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2018}' | '\u{2019}' | '\u{201a}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2022}' | '\u{b7}' => '*',
        '\u{d7}' => 'x',
        '\u{a0}' | '\u{2007}' | '\u{202f}' => ' ',
        _ => return None,
    })
}

/// Replaces characters by their nearest ASCII characters; letters are unchanged.
fn nearest_signs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2026}' => out.push_str("..."),
            '\u{bd}' => out.push_str(" 1/2"),
            '\u{2192}' => out.push_str("->"),
            '\u{2190}' => out.push_str("<-"),
            c => out.push(plain_sign(c).unwrap_or(c)),
        }
    }
    out
}

/// Encodes one character; one that is not in the set is written without accents, or as a question mark.
fn latin1(c: char) -> Vec<u8> {
    if let Ok(byte) = u8::try_from(c) {
        return vec![byte];
    }
    let plain: String = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).collect();
    plain.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()
}

/// The bytes at which ISO 8859-14 differs from Latin-1.
/// Source: ISO/IEC 8859-14:1998, as tabled in <https://www.unicode.org/Public/MAPPINGS/ISO8859/8859-14.TXT>.
const CELTIC: [(u8, char); 31] = [
    (0xa1, '\u{1e02}'),
    (0xa2, '\u{1e03}'),
    (0xa4, '\u{10a}'),
    (0xa5, '\u{10b}'),
    (0xa6, '\u{1e0a}'),
    (0xa8, '\u{1e80}'),
    (0xaa, '\u{1e82}'),
    (0xab, '\u{1e0b}'),
    (0xac, '\u{1ef2}'),
    (0xaf, '\u{178}'),
    (0xb0, '\u{1e1e}'),
    (0xb1, '\u{1e1f}'),
    (0xb2, '\u{120}'),
    (0xb3, '\u{121}'),
    (0xb4, '\u{1e40}'),
    (0xb5, '\u{1e41}'),
    (0xb7, '\u{1e56}'),
    (0xb8, '\u{1e81}'),
    (0xb9, '\u{1e57}'),
    (0xba, '\u{1e83}'),
    (0xbb, '\u{1e60}'),
    (0xbc, '\u{1ef3}'),
    (0xbd, '\u{1e84}'),
    (0xbe, '\u{1e85}'),
    (0xbf, '\u{1e61}'),
    (0xd0, '\u{174}'),
    (0xd7, '\u{1e6a}'),
    (0xde, '\u{176}'),
    (0xf0, '\u{175}'),
    (0xf7, '\u{1e6b}'),
    (0xfe, '\u{177}'),
];

fn celtic(byte: u8) -> char {
    CELTIC.iter().find(|(own, _)| *own == byte).map_or(char::from(byte), |(_, c)| *c)
}

/// Like [`latin1`], for ISO 8859-14.
fn latin8(c: char) -> Vec<u8> {
    if let Some((byte, _)) = CELTIC.iter().find(|(_, own)| *own == c) {
        return vec![*byte];
    }
    let taken = |byte: &u8| CELTIC.iter().any(|(own, _)| own == byte);
    latin1(c).into_iter().map(|byte| if taken(&byte) { b'?' } else { byte }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_says_what_can_be_shown() {
        for (name, charset) in [
            (Some("cy_GB.UTF-8"), Charset::Utf8),
            (Some("C.utf8"), Charset::Utf8),
            (Some("de_DE.ISO-8859-15@euro"), Charset::Latin1),
            (Some("cy_GB.ISO-8859-14"), Charset::Latin8),
            (Some("C"), Charset::Unstated),
            (Some("en_GB"), Charset::Unstated),
            (None, Charset::Unstated),
        ] {
            assert_eq!(Charset::of_locale(name), charset, "{name:?}");
        }
    }

    #[test]
    fn signs_become_ascii_and_names_keep_their_letters() {
        let text = "\u{ab}Ll\u{177}r\u{bb} \u{2013} caf\u{e9}\u{2026}";
        assert_eq!(Charset::Utf8.bytes(text), text.as_bytes());
        assert_eq!(Charset::Unstated.bytes(text), "\"Ll\u{177}r\" - caf\u{e9}...".as_bytes());
        assert_eq!(Charset::Latin1.bytes(text), b"\"Llyr\" - caf\xe9...");
        assert_eq!(Charset::Latin8.bytes(text), b"\"Ll\xfer\" - caf\xe9...");
    }

    #[test]
    fn the_letters_of_welsh_come_back_from_their_set() {
        let text = "D\u{175}r, t\u{177}, \u{174}yn, \u{176}d, gw\u{ea}n, ffr\u{ee}nd, s\u{f4}n";
        let bytes = Charset::Latin8.bytes(text);
        assert_eq!(bytes.len(), text.chars().count(), "one byte for each letter");
        assert_eq!(Charset::Latin8.text(&bytes), text);
        // A sign that the set has no place for does not come out as another letter.
        assert_eq!(Charset::Latin8.bytes("2 \u{b1} 1, \u{f0}"), b"2 ? 1, ?");
    }

    #[test]
    fn no_bytes_are_an_error() {
        assert_eq!(Charset::Latin1.text(b"caf\xe9"), "caf\u{e9}");
        assert_eq!(Charset::Utf8.text(b"caf\xe9!"), "caf\u{e9}!");
        assert_eq!(Charset::Latin1.text("Ll\u{177}r".as_bytes()), "Ll\u{177}r");
    }
}

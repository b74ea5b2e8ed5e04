//! The letters that the locale says a terminal can show. Cairn speaks UTF-8; where the locale says otherwise, quotes,
//! dashes and the like become their nearest ASCII signs, so that nothing on the line is a riddle.
//!
//! Names keep their letters: `LC_ALL=C` and an empty environment say only that nobody stated anything, and the terminal
//! behind it is nearly always UTF-8. A locale that states ISO 8859-1 or 8859-15 is taken at its word, in both directions.

use super::decode::with_windows;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the locale says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// Everything can be shown.
    #[default]
    Utf8,
    /// One byte a letter, western European.
    Latin1,
    /// Nothing is stated, or something that we do not know.
    Unstated,
}

impl Charset {
    /// What the name of a locale says: `cy_GB.UTF-8`, `en_GB.ISO-8859-1@euro`, `C`.
    #[must_use]
    pub fn of_locale(name: Option<&str>) -> Self {
        let stated = name.and_then(|name| name.split_once('.')).map_or("", |(_, stated)| stated);
        let stated = stated.split('@').next().unwrap_or("");
        let plain: String = stated.chars().filter(char::is_ascii_alphanumeric).collect();
        match plain.to_ascii_lowercase().as_str() {
            "utf8" => Self::Utf8,
            "iso88591" | "iso885915" | "latin1" | "latin9" => Self::Latin1,
            _ => Self::Unstated,
        }
    }

    /// The bytes that show a text.
    #[must_use]
    pub fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Unstated => nearest_signs(text).into_bytes(),
            Self::Latin1 => nearest_signs(text).chars().flat_map(latin1).collect(),
        }
    }

    /// The text that bytes stand for. Never an error, and no letter is lost: what is not UTF-8 is read as Windows-1252.
    #[must_use]
    pub fn text(self, bytes: &[u8]) -> String {
        match (std::str::from_utf8(bytes), self) {
            (Ok(text), _) => text.to_owned(),
            (Err(_), Self::Latin1) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            (Err(_), _) => with_windows(bytes),
        }
    }
}

/// The sign of ASCII that is nearest to a quotation mark, a dash, a point or a space; `None` for everything else. For
/// lines and for the cells of a screen alike.
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

/// Signs that have a nearest one in ASCII, or several; letters stay.
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

/// One letter; what these letters do not have is shown without its accents, or as a question mark.
fn latin1(c: char) -> Vec<u8> {
    if let Ok(byte) = u8::try_from(c) {
        return vec![byte];
    }
    let plain: String = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).collect();
    plain.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()
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
    }

    #[test]
    fn no_bytes_are_an_error() {
        assert_eq!(Charset::Latin1.text(b"caf\xe9"), "caf\u{e9}");
        assert_eq!(Charset::Utf8.text(b"caf\xe9!"), "caf\u{e9}!");
        assert_eq!(Charset::Latin1.text("Ll\u{177}r".as_bytes()), "Ll\u{177}r");
    }
}

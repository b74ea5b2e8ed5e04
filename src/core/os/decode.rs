//! Decoding of text that another program saved, in UTF-8 or another common encoding. No text is rejected because of its
//! encoding, and an encoding other than UTF-8 is reported to the user.

/// A decoded text with its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding; `None` for UTF-8.
    pub read_as: Option<&'static str>,
}

/// Characters of Windows-1252 for the bytes 0x80 to 0x9f (WHATWG Encoding, index windows-1252).
const HIGH: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}',
    '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}',
    '\u{17e}', '\u{178}',
];

/// Decodes bytes: by their byte order mark, or else as UTF-8, or else as UTF-16 if many bytes at even or odd positions
/// are zero, or else as Windows-1252, in which every byte is valid.
#[must_use]
pub fn decoded(bytes: &[u8]) -> Decoded {
    let read = |text: String, read_as| Decoded { text: text.trim_start_matches('\u{feff}').to_owned(), read_as };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return read(utf16(rest, u16::from_le_bytes), Some("UTF-16")),
        [0xfe, 0xff, rest @ ..] => return read(utf16(rest, u16::from_be_bytes), Some("UTF-16")),
        _ => {}
    }
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let most = bytes.len() / 4;
    match std::str::from_utf8(bytes) {
        Ok(text) if zeros(0).max(zeros(1)) == 0 || bytes.len() < 2 => read(text.to_owned(), None),
        _ if zeros(1) > most => read(utf16(bytes, u16::from_le_bytes), Some("UTF-16")),
        _ if zeros(0) > most => read(utf16(bytes, u16::from_be_bytes), Some("UTF-16")),
        Ok(text) => read(text.to_owned(), None),
        Err(_) => read(bytes.iter().map(|byte| windows(*byte)).collect(), Some("Windows-1252 (Latin-1)")),
    }
}

/// Decodes UTF-8, with every invalid byte read as Windows-1252.
#[must_use]
pub(super) fn with_windows(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| windows(*byte)));
    }
    text
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows(byte: u8) -> char {
    let high = byte.checked_sub(0x80).and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_save_is_read_and_said() {
        let text = "Half an hour, caf\u{e9} \u{2013} \u{201c}yes\u{201d}";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let said = |bytes: &[u8]| (decoded(bytes).text, decoded(bytes).read_as);
        let own = |name| (text.to_owned(), name);
        assert_eq!(said(text.as_bytes()), own(None));
        assert_eq!(said(&["\u{feff}".as_bytes(), text.as_bytes()].concat()), own(None));
        for bytes in [[&[0xff, 0xfe], le.as_slice()].concat(), [&[0xfe, 0xff], be.as_slice()].concat(), le, be] {
            assert_eq!(said(&bytes), own(Some("UTF-16")));
        }
        let latin = b"Half an hour, caf\xe9 \x96 \x93yes\x94";
        assert_eq!(said(latin), own(Some("Windows-1252 (Latin-1)")));
        // Every byte is decoded; nothing is dropped.
        let all: Vec<u8> = (1..=255).collect();
        assert_eq!(decoded(&all).text.chars().count(), 255);
        assert_eq!(said(b""), (String::new(), None));
        assert_eq!(said(b"a"), ("a".to_owned(), None));
    }
}

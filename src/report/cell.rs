//! CSV cells for files that are opened in a spreadsheet. A text that a spreadsheet would take for a formula is preceded
//! by an apostrophe, so that it is shown as text (OWASP, "CSV injection"), and so is a text that it would rewrite:
//! `007`, `1-2`, `MAR1`, `1E5`. Plain numbers are unchanged. Quoting is left to the CSV writer. A file must begin with
//! [`BOM`], or Excel misreads characters outside ASCII.

use crate::domain::{MONTHS, clean};

/// The characters that a formula may begin with, including the full-width forms of East Asian scripts.
const SIGNS: [char; 9] = ['=', '+', '-', '@', '\u{2212}', '\u{ff0b}', '\u{ff0d}', '\u{ff1d}', '\u{ff20}'];

/// The byte order mark, which identifies a file as UTF-8.
pub const BOM: &str = "\u{feff}";

/// Returns a cleaned text as a cell that no spreadsheet takes for a formula, a date or another number.
/// [`from_csv_cell`] reverses it.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let text = clean(text);
    if is_guarded(&text) { format!("'{text}") } else { text }
}

/// Returns the text from which [`csv_cell`] made a cell.
#[must_use]
pub fn from_csv_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_guarded(text)).unwrap_or(cell)
}

fn is_guarded(text: &str) -> bool {
    // A text's own apostrophe before a formula needs a second one, or it would be mistaken for the added one.
    let bare = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    (bare.starts_with(SIGNS) && !is_number(text)) || is_rewritten(bare.trim())
}

/// Returns whether a spreadsheet would show something else: a number with leading zeros, a long number, an exponent, a
/// date, a time, a fraction, or a truth value.
fn is_rewritten(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (unsigned, lower) = (text.trim_start_matches(['-', '+']), text.to_ascii_lowercase());
    let groups: Vec<&str> = text.split(['-', '/', '.', ':', ' ']).collect();
    let separated = |marks: &[char]| text.chars().any(|c| marks.contains(&c));
    let zeros = unsigned.len() > 1 && unsigned.starts_with('0') && digits(unsigned);
    let long = unsigned.len() > 11 && digits(unsigned);
    let power = lower.split_once('e').is_some_and(|(before, after)| {
        let after = after.trim_start_matches(['-', '+']);
        digits(&before.trim_start_matches(['-', '+']).replace('.', "")) && digits(after)
    });
    let day = (2..=3).contains(&groups.len())
        && groups.iter().all(|group| digits(group) && group.len() <= 4)
        && (separated(&['-', '/', ':']) || groups.len() == 3);
    let cut = is_number(text) && text.contains('.') && (text.ends_with('0') || unsigned.starts_with("00"));
    zeros || long || power || day || cut || is_month(&lower) || matches!(lower.as_str(), "true" | "false")
}

/// Returns whether a text is a month with a number, which would become a date: `mar1`, `5 march`, `sept-2`.
fn is_month(lower: &str) -> bool {
    let letters: String = lower.chars().filter(char::is_ascii_alphabetic).collect();
    let rest = lower.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' ' | '/' | '.' | ','));
    let numbered = lower.chars().any(|c| c.is_ascii_digit());
    rest && numbered && letters.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&letters))
}

/// Returns whether a text consists of digits with an optional sign and at most one decimal point.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_and_numbers_are_numbers() {
        for formula in [
            "=1+1",
            "+44 20 7946 0000",
            "-",
            "--1",
            "@SUM(A1)",
            " =cmd|' /C calc'!A0",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
            "\u{2212}1",
            "\n=1",
            "\u{200b}=1",
            "'=1",
            "-1.2.3",
            "-1e5",
            "+1=2",
            "\u{a0}=1",
            "- a list",
        ] {
            assert!(csv_cell(formula).starts_with('\''), "{formula:?}");
        }
        for text in [
            "007",
            "1-2",
            "1/2",
            "3.4.26",
            "2026-11-22",
            "10:30",
            "1E5",
            "12e-3",
            "MAR1",
            "5 March",
            "Sept-2",
            "TRUE",
            "1.10",
            "123456789012",
            "'007",
        ] {
            assert!(csv_cell(text).starts_with('\''), "{text:?}");
            assert_eq!(from_csv_cell(&csv_cell(text)), text);
        }
        for text in
            ["Amira", "-5", "+3", "0.83", "FL-5", "DS-4", "May", "2012", "'tis", "a=b", "", "x@y.org", "12 Oak Lane"]
        {
            assert_eq!(csv_cell(text), text);
        }
        // A tab and a carriage return, which some programs skip, have become a space and a line break by then.
        assert_eq!((csv_cell("\t=1").as_str(), csv_cell("\r=1").as_str()), ("' =1", "'\n=1"));
    }

    #[test]
    fn every_cell_gives_its_text_back_and_begins_no_formula() {
        let signs: Vec<char> = "=+-@' 1.a\n\u{ff1d}\u{2212}".chars().collect();
        let all = signs.len().pow(4);
        for number in 0..all {
            let text: String = (0..4).map(|place| signs[number / signs.len().pow(place) % signs.len()]).collect();
            let cell = csv_cell(&text);
            assert_eq!(from_csv_cell(&cell), text, "{cell:?}");
            assert!(!cell.trim_start().starts_with(SIGNS) || is_number(&cell), "{cell:?}");
        }
    }
}

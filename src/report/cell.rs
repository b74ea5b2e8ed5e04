//! One cell of a table that somebody opens in a spreadsheet: a text that a spreadsheet would take for a formula is put
//! behind an apostrophe, which it shows as text (OWASP, «CSV injection»). Numbers stay numbers. Quoting is the writer's.

use crate::domain::clean;

/// The signs a formula may begin with, also in the full width of East Asian scripts.
const SIGNS: [char; 9] = ['=', '+', '-', '@', '\u{2212}', '\u{ff0b}', '\u{ff0d}', '\u{ff1d}', '\u{ff20}'];

/// A text as a cell that no spreadsheet takes for a formula; cleaned. [`from_csv_cell`] gives the text back.
#[must_use]
pub fn csv_cell(text: &str) -> String {
    let text = clean(text);
    if is_guarded(&text) { format!("'{text}") } else { text }
}

/// The text that [`csv_cell`] made a cell of.
#[must_use]
pub fn from_csv_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_guarded(text)).unwrap_or(cell)
}

fn is_guarded(text: &str) -> bool {
    // An apostrophe of the text's own before a formula needs a second one, or it would be taken for ours.
    let bare = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    bare.starts_with(SIGNS) && !is_number(text)
}

/// Digits with at most one sign before them and one point within.
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
        for text in ["Amira", "-5", "+3", "0.83", "-12.50", "2026-11-22", "'tis", "a=b", "", "x@y.org"] {
            assert_eq!(csv_cell(text), text);
        }
        // A tab and a carriage return, which some programs skip, are white space and a line break by then.
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

//! What enters the records: every text is cleaned once, and one that is too long is refused rather than cut.

use super::error::StoreError;
use crate::domain::clean;

/// The longest text in characters, about forty pages.
const MOST: usize = 100_000;

/// The longest draft: one draft may hold the texts of a whole sitting.
const MOST_DRAFT: usize = 1_000_000;

/// What a person wrote, with its line breaks.
pub(super) fn text(what: &'static str, text: &str) -> Result<String, StoreError> {
    within(what, clean(text), MOST)
}

/// A word or an id: one line without white space around it.
pub(super) fn line(what: &'static str, text: &str) -> Result<String, StoreError> {
    within(what, clean(text).replace('\n', " ").trim().to_owned(), MOST)
}

/// Several ids, one a line, as they are kept in one column.
pub(super) fn lines(what: &'static str, items: &[String]) -> Result<Vec<String>, StoreError> {
    let items = items.iter().map(|item| line(what, item)).collect::<Result<Vec<_>, _>>()?;
    Ok(items.into_iter().filter(|item| !item.is_empty()).collect())
}

/// The body of a draft.
pub(super) fn draft(body: &str) -> Result<String, StoreError> {
    within("the draft", clean(body), MOST_DRAFT)
}

/// A line of the decision log, which names every rule that spoke.
pub(super) fn log_line(line: &str) -> Result<String, StoreError> {
    within("the decision", clean(line), MOST_DRAFT)
}

fn within(what: &'static str, text: String, most: usize) -> Result<String, StoreError> {
    let chars = text.chars().count();
    if chars > most { Err(StoreError::TooLong { what, chars, most }) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cleaned_and_never_cut() {
        assert_eq!(text("it", "a\0b\u{1b}[2Jc\nd").expect("short"), "ab[2Jc\nd");
        assert_eq!(line("it", " FL-5\n").expect("short"), "FL-5");
        assert_eq!(lines("them", &["a\nb".to_owned(), " ".to_owned()]).expect("short"), ["a b"]);
        assert_eq!(text("it", &"\u{e9}".repeat(MOST)).expect("just fits").chars().count(), MOST);
        let error = text("it", &"\u{e9}".repeat(MOST + 1)).expect_err("one too many");
        assert_eq!(error.to_string(), "it has 100001 characters, and at most 100000 are kept");
        assert!(draft(&"x".repeat(MOST_DRAFT + 1)).is_err());
    }
}

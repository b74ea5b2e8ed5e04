//! Checks of text that enters the records. Every text is cleaned once; one that is too long is rejected, never
//! truncated.

use super::error::StoreError;
use crate::domain::clean;

/// Maximum length of a text in characters, about forty pages.
const MOST: usize = 100_000;

/// Maximum length of a draft in characters; one draft may contain all texts of a session.
const MOST_DRAFT: usize = 1_000_000;

/// Cleans free text and keeps its line breaks.
pub(super) fn text(what: &'static str, text: &str) -> Result<String, StoreError> {
    within(what, clean(text), MOST)
}

/// Cleans a word or an id: one line without surrounding white space.
pub(super) fn line(what: &'static str, text: &str) -> Result<String, StoreError> {
    within(what, clean(text).replace('\n', " ").trim().to_owned(), MOST)
}

/// Cleans several ids that are stored in one column, one on each line.
pub(super) fn lines(what: &'static str, items: &[String]) -> Result<Vec<String>, StoreError> {
    let items = items.iter().map(|item| line(what, item)).collect::<Result<Vec<_>, _>>()?;
    Ok(items.into_iter().filter(|item| !item.is_empty()).collect())
}

/// Cleans the text of a draft.
pub(super) fn draft(body: &str) -> Result<String, StoreError> {
    within("the draft", clean(body), MOST_DRAFT)
}

/// Cleans a line of the decision log, which names every rule that applied.
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
        assert_eq!(error.to_string(), "it has 100001 characters, but the most is 100000");
        assert!(draft(&"x".repeat(MOST_DRAFT + 1)).is_err());
    }
}

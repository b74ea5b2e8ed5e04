//! Changes one setting in the text of the settings file. What a person wrote there stays: comments, order and blanks.

use toml_edit::{DocumentMut, Item, Value};

/// Why a setting cannot be changed in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The file is not valid TOML; its line, counted from 1.
    #[error("Line {0} of your settings file is not valid, so nothing was changed.")]
    Invalid(usize),
    /// The value is not valid TOML, or a table stands where the setting belongs.
    #[error("This setting cannot be changed here.")]
    Value,
}

/// Returns the text with the setting `key` set to `value`, which is written as in the file (`"dark"`, `true`, `10`).
///
/// # Errors
/// If the text or the value cannot be read as TOML; nothing may be written then.
pub fn with_setting(text: &str, key: &str, value: &str) -> Result<String, EditError> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        EditError::Invalid(text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1)
    })?;
    let mut value: Value = value.parse().map_err(|_| EditError::Value)?;
    match document.get_mut(key) {
        Some(Item::Value(own)) => {
            // The comment after the value stays.
            *value.decor_mut() = own.decor().clone();
            *own = value;
        }
        Some(_) => return Err(EditError::Value),
        None => {
            document.insert(key, Item::Value(value));
        }
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Settings, read};

    #[test]
    fn one_line_changes_and_the_rest_stays_as_it_was_written() {
        let text = "# mine\ntheme = \"dark\"   # at night\n\nmouse=false\n\n[keys.advice]\naccept = [\"y\", # why not\n  \"f6\"]\n";
        let changed = with_setting(text, "theme", "\"light\"").expect("valid");
        assert_eq!(changed, text.replace("\"dark\"", "\"light\""));
        let added = with_setting(text, "lock_after", "5").expect("valid");
        assert!(added.contains("# mine") && added.contains("# why not"), "{added}");
        assert_eq!(read("config.toml", &added).0.lock_after.as_secs(), 300);
        assert_eq!(with_setting("", "mouse", "true").as_deref(), Ok("mouse = true\n"));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone() {
        assert_eq!(with_setting("a = 1\nb = = 2\n", "mouse", "true"), Err(EditError::Invalid(2)));
        assert_eq!(with_setting("[theme]\na = 1\n", "theme", "\"dark\""), Err(EditError::Value));
        assert_eq!(with_setting("", "theme", "dark light"), Err(EditError::Value));
    }

    #[test]
    fn every_value_that_is_offered_is_read_as_itself() {
        let frameworks = vec![("lqf".to_owned(), "lqf".to_owned())];
        for row in (Settings { frameworks, ..Settings::default() }).changeable() {
            assert!(!row.title.is_empty() && row.offers.len() > 1, "{}", row.key);
            for offer in &row.offers {
                let text = with_setting("", row.key, &offer.value).expect("valid");
                let (settings, faults) = read("config.toml", &text);
                assert_eq!(faults, [], "{}", offer.value);
                let again = settings.changeable().into_iter().find(|again| again.key == row.key);
                assert_eq!(again.map(|again| again.now), Some(offer.words.clone()), "{text}");
            }
        }
    }
}

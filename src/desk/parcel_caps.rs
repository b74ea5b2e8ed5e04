//! Limits on the content of a shared file: more than anybody writes, and little enough to be shown entry by entry.

use std::collections::BTreeSet;

use super::parcel_file::ContentError;
use crate::domain::{Parcel, clean, truncate};

/// Maximum number of records of each kind; more than a long coaching relationship has.
const MOST_ROWS: usize = 5_000;
/// Maximum number of notes of a session and of reflections of an answer.
const MOST_TEXTS: usize = 100;
/// Maximum length of an id in bytes.
const LONGEST_ID: usize = 64;
/// Maximum length of a text in characters, the same as in the records.
const LONGEST_TEXT: usize = 100_000;
/// Maximum length of a name, title, label or code in characters.
const LONGEST_NAME: usize = 1_000;
/// Maximum number of behaviours, rules and actions that a record refers to.
const MOST_NAMED: usize = 200;

/// Checks the number of records of each kind, of texts in each record, and of references in each record.
pub(super) fn within(
    rows: [usize; 3],
    texts: impl Iterator<Item = usize>,
    named: impl Iterator<Item = usize>,
) -> Result<(), ContentError> {
    let found = [
        (rows.into_iter().max().unwrap_or(0), MOST_ROWS, "records of a kind"),
        (texts.max().unwrap_or(0), MOST_TEXTS, "texts in one record"),
        (named.max().unwrap_or(0), MOST_NAMED, "names in one record"),
    ];
    match found.into_iter().find(|(found, most, _)| found > most) {
        Some((found, most, what)) => {
            Err(ContentError::TooMuch(format!("it holds {found} {what}, but Cairn imports at most {most}")))
        }
        None => Ok(()),
    }
}

/// Checks the length of all texts; an error names the entry.
pub(super) fn short(parcel: &Parcel) -> Result<(), ContentError> {
    one("the name", &parcel.name, LONGEST_NAME)?;
    for answer in &parcel.answers {
        let what = format!("an answer on {}", shown(&answer.behaviour));
        let given = &answer.wording;
        let names =
            [&answer.framework, &answer.edition, &answer.behaviour, &given.title, &given.label, &given.importance];
        names.into_iter().try_for_each(|text| one(&what, text, LONGEST_NAME))?;
        answer.reflections.iter().try_for_each(|written| one(&what, &written.prompt, LONGEST_TEXT))?;
        answer.words().try_for_each(|text| one(&what, text, LONGEST_TEXT))?;
    }
    for session in &parcel.sessions {
        let what = format!("the session of {}", session.on);
        for note in &session.notes {
            [&note.part, &note.title].into_iter().try_for_each(|text| one(&what, text, LONGEST_NAME))?;
            one(&what, &note.text, LONGEST_TEXT)?;
        }
        let named = session.model.iter().chain(&session.behaviours).chain(&session.actions);
        named.into_iter().try_for_each(|text| one(&what, text, LONGEST_NAME))?;
    }
    for action in &parcel.actions {
        let what = format!("the action \"{}\"", shown(&action.title));
        let named = action.activity.iter().chain(&action.rules).chain(&action.behaviours);
        named.into_iter().try_for_each(|text| one(&what, text, LONGEST_NAME))?;
        let own = &action.intent;
        let texts = [&action.title, &action.first_step, &action.learned, &own.wish, &own.outcome, &own.obstacle];
        let more = [&own.situation, &own.response, &own.helper, &own.evidence];
        texts.into_iter().chain(more).try_for_each(|text| one(&what, text, LONGEST_TEXT))?;
    }
    Ok(())
}

fn one(what: &str, text: &str, most: usize) -> Result<(), ContentError> {
    // A text never has more characters than bytes.
    if text.len() <= most {
        return Ok(());
    }
    match text.chars().count() {
        letters if letters > most => Err(ContentError::TooMuch(format!(
            "{what} holds a text of {letters} letters, but Cairn imports at most {most}"
        ))),
        _ => Ok(()),
    }
}

/// Returns the beginning of a text from outside, for an error message.
pub(super) fn shown(text: &str) -> String {
    truncate(&clean(text), 40)
}

/// Checks that ids are valid and unique.
pub(super) fn ids<'a>(what: &str, all: impl Iterator<Item = &'a String>) -> Result<(), ContentError> {
    let mut seen = BTreeSet::new();
    for id in all {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if id.is_empty() || id.len() > LONGEST_ID || !id.chars().all(plain) {
            return Err(ContentError::Malformed(format!("the id of an {what} is wrong")));
        }
        if !seen.insert(id) {
            return Err(ContentError::Malformed(format!("two records of the kind {what} have one id")));
        }
    }
    Ok(())
}

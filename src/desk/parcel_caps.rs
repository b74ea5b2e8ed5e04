//! How much a shared file may hold: more than anybody writes, and little enough to be shown entry by entry.

use super::parcel_file::ContentError;

/// Most records of a kind: more than a life of coaching has.
const MOST_ROWS: usize = 5_000;
/// Most notes of a session, and most reflections of an answer.
const MOST_TEXTS: usize = 100;
/// Most behaviours, rules and actions that a record names.
const MOST_NAMED: usize = 200;

/// Refuses more than that: of records of each kind, of texts in each record, of names in each.
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
            Err(ContentError::Malformed(format!("it holds {found} {what}, and at most {most} are taken in")))
        }
        None => Ok(()),
    }
}

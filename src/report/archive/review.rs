//! Review of an export before it is handed over: finds each passage that seems to name somebody else.

use serde::Serialize;

use crate::domain::{Day, Holding, Means, fold, truncate};
use crate::report::names::{Suspicion, suspects};

/// Maximum number of characters shown on each side of a passage.
const AROUND: usize = 40;

/// A passage that seems to name somebody other than the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Kind of the row, for example "note" or "reflection".
    pub kind: &'static str,
    /// Id of the row, or of the row that it belongs to.
    pub row: String,
    /// Field of the row.
    pub field: &'static str,
    /// Line of the text, counted from 1.
    pub line: usize,
    /// Day of the row; empty if it has none.
    pub on: String,
    /// The passage itself.
    pub words: String,
    /// The passage with its surrounding text, on one line.
    pub around: String,
    /// Reason for the suspicion.
    pub why: &'static str,
}

/// Returns all such passages in a person's records; `known` contains the names of other people in the records.
#[must_use]
pub fn passages(holding: &Holding, known: &[String]) -> Vec<Passage> {
    let own: Vec<String> = holding.name.split_whitespace().map(fold).collect();
    let is_own = |words: &str| {
        let parts =
            || words.split_whitespace().map(|part| fold(part.trim_end_matches("'s").trim_end_matches("\u{2019}s")));
        parts().next().is_some() && parts().all(|part| own.contains(&part))
    };
    let mut found = Vec::new();
    for kept in &holding.kinds {
        // The person's own name and address are part of what they asked for.
        if kept.kind.table.starts_with("person") {
            continue;
        }
        for (row, day) in kept.rows.iter().zip(holding.days_of(kept)) {
            let id = row.first().and_then(|cell| cell.text()).unwrap_or_default();
            let on = day.as_ref().map(Day::to_string).unwrap_or_default();
            for (field, cell) in kept.kind.fields.iter().zip(row).filter(|(field, _)| field.means == Means::Words) {
                let text = cell.text().unwrap_or_default();
                for suspect in suspects(text, known).into_iter().filter(|suspect| !is_own(&suspect.words)) {
                    let before = text.get(..suspect.place.start).unwrap_or_default();
                    found.push(Passage {
                        kind: kept.kind.one,
                        row: id.to_owned(),
                        field: field.name,
                        line: before.matches('\n').count() + 1,
                        on: on.clone(),
                        around: around(text, suspect.place.start, suspect.place.end),
                        words: suspect.words,
                        why: suspect.why.words(),
                    });
                }
            }
        }
    }
    found
}

/// Returns the passages in somebody else's records that name a person.
#[must_use]
pub fn mentions(holding: &Holding, name: &str) -> Vec<Passage> {
    let found = passages(holding, &[name.to_owned()]);
    found.into_iter().filter(|passage| passage.why == Suspicion::Known.words()).collect()
}

/// Returns a passage with some characters on each side of it, on one line.
fn around(text: &str, from: usize, to: usize) -> String {
    let (before, rest) = text.split_at_checked(from).unwrap_or(("", text));
    let (words, after) = rest.split_at_checked(to.saturating_sub(from)).unwrap_or((rest, ""));
    let skipped = before.chars().count().saturating_sub(AROUND);
    let tail: String = before.chars().skip(skipped).collect();
    let lead = if skipped > 0 { "\u{2026}" } else { "" };
    let shown = format!("{lead}{tail}{words}{}", truncate(after, AROUND));
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

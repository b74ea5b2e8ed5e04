//! What a human looks at before an export is handed out: each passage that looks as if it names somebody else, and where.

use serde::Serialize;

use crate::domain::{Day, Holding, Means, fold, truncate};
use crate::report::names::{Suspicion, suspects};

/// Most letters shown on each side of a passage.
const AROUND: usize = 40;

/// A passage that looks as if it names somebody other than the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// What it stands in: «note», «reflection».
    pub kind: &'static str,
    /// Id of that row, or of the row that it belongs to.
    pub row: String,
    /// The field of the row.
    pub field: &'static str,
    /// The line of the text, from 1.
    pub line: usize,
    /// The day of the row; empty where it has none.
    pub on: String,
    /// The passage.
    pub words: String,
    /// What stands around it.
    pub around: String,
    /// Why it looks so.
    pub why: &'static str,
}

/// All such passages in what a person's records say in words; `known` are names of other people in the records.
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
        // The person's own name and address are what they asked for.
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

/// Passages in somebody else's records that name a person.
#[must_use]
pub fn mentions(holding: &Holding, name: &str) -> Vec<Passage> {
    let found = passages(holding, &[name.to_owned()]);
    found.into_iter().filter(|passage| passage.why == Suspicion::Known.words()).collect()
}

/// A passage with some letters on each side of it, on one line.
fn around(text: &str, from: usize, to: usize) -> String {
    let (before, rest) = text.split_at_checked(from).unwrap_or(("", text));
    let (words, after) = rest.split_at_checked(to.saturating_sub(from)).unwrap_or((rest, ""));
    let skipped = before.chars().count().saturating_sub(AROUND);
    let tail: String = before.chars().skip(skipped).collect();
    let lead = if skipped > 0 { "\u{2026}" } else { "" };
    let shown = format!("{lead}{tail}{words}{}", truncate(after, AROUND));
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

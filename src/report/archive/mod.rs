//! Exports: everything that the records contain about one person, or about everybody, for a reader with a right to it.
//!
//! | file | content |
//! | --- | --- |
//! | `review` | the passages that a human has to check before an export is handed over |
//! | `json` | an export as one JSON value, with the description of the format |
//! | `page` | an export as a document to read |
//! | `folder` | an export as CSV files, one per kind, or as JSON files, one per session, action or agreement |
//!
//! An export is the only document that is handed over without being made from a [`Handout`](super::Handout): a person
//! has a right to everything about them (UK GDPR, articles 15 and 20), including the coach's private notes. This has
//! the following consequences:
//!
//! - **Private notes** are included. They are the coach's words about the person, and therefore the person's data.
//! - **Sealed views** are included too, each marked as sealed. A view is data about the person whether or not both have
//!   opened it; the seal is an agreed way of working, not an exemption. The person who makes the export is warned that
//!   it breaks the seal, and can open the round first or leave the views out, which the export then states.
//! - **Other people** named in a text have rights of their own (Data Protection Act 2018, schedule 2, paragraph 16).
//!   The program removes nothing on their behalf, because it cannot judge; the export of one person is a draft with a
//!   list of every passage that looks like a name.
//! - **Keys** are never included.

mod folder;
mod json;
mod page;
mod review;

pub use folder::{ExportError, csv_files, tree_files};
pub use json::{EXPORT_FORMAT, EXPORT_VERSION, archive_json};
pub use page::archive_page;
pub use review::{Passage, mentions, passages};

use std::collections::BTreeMap;

use crate::domain::{Archive, Cell, Cells, Day, Field, Holding, Kept, Means, count};

/// Whom an export is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One person.
    Subject,
    /// Everybody in the records, including rows that belong to no person.
    Everybody,
}

/// What happened to sealed views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedViews {
    /// They are included and marked.
    Included,
    /// They were left out: the number of answers.
    LeftOut(usize),
}

/// An export, not serialised yet.
#[derive(Debug, Clone)]
pub struct Export {
    /// Whom it is about.
    pub scope: Scope,
    /// Day on which it was made.
    pub made_on: Day,
    /// The exported rows.
    pub archive: Archive,
    /// What happened to sealed views.
    pub sealed: SealedViews,
    /// Passages to check before it is handed over; empty for an export of everybody.
    pub review: Vec<Passage>,
}

impl Export {
    /// Returns what a reader has to know, in sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![match self.scope {
            Scope::Subject => {
                "Everything that these records hold about one person. This is a draft. A person must read it before \
                 anyone else gets it."
                    .to_owned()
            }
            Scope::Everybody => "Everything that these records hold.".to_owned(),
        }];
        let sealed: usize = self.archive.people.iter().map(|holding| holding.sealed_answers().len()).sum();
        match self.sealed {
            SealedViews::LeftOut(0) => {}
            SealedViews::LeftOut(left) => notes.push(format!(
                "{} left out, because you have not compared ratings yet. The person still has a right to them. \
                 Compare your ratings first, or export without leaving them out.",
                count(left, "hidden rating is", "hidden ratings are")
            )),
            SealedViews::Included if sealed > 0 => notes.push(format!(
                "{} in it, from ratings that you have not compared yet. Anyone who reads this will see them.",
                count(sealed, "hidden rating is", "hidden ratings are")
            )),
            SealedViews::Included => {}
        }
        if self.scope == Scope::Subject {
            notes.push(
                "Not in these records, so not included: earlier reports, backups, paper and emails. What other people's \
                 records say about this person is not included either."
                    .to_owned(),
            );
        }
        notes.push("Left out: keys. A key opens files and says nothing about anyone.".to_owned());
        notes
    }

    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> String {
        match (self.scope, self.archive.people.first()) {
            (Scope::Subject, Some(holding)) => format!("Everything about {}", holding.called()),
            _ => "Everything in these records".to_owned(),
        }
    }
}

/// Returns the fields and cells of a row that are neither secret keys nor empty.
fn told<'a>(kept: &'a Kept, row: &'a [Cell]) -> impl Iterator<Item = (&'a Field, &'a Cell)> {
    let says = |cell: &Cell| !matches!(cell, Cell::Nothing) && cell.text().is_none_or(|text| !text.is_empty());
    kept.kind.fields.iter().zip(row).filter(move |(field, cell)| field.means != Means::Secret && says(cell))
}

/// Nested rows, grouped by kind, by the table and id of the row that contains them.
#[derive(Default)]
struct Nest<'a>(BTreeMap<(&'static str, &'a str), Vec<Inside<'a>>>);

/// The rows of one kind that are nested inside one row.
type Inside<'a> = (&'a Kept, Vec<&'a Cells>);

impl<'a> Nest<'a> {
    fn of(holding: &'a Holding) -> Self {
        let mut nest: BTreeMap<(&'static str, &'a str), Vec<Inside<'a>>> = BTreeMap::new();
        for kept in &holding.kinds {
            let Some((column, above)) = kept.kind.within else { continue };
            for row in &kept.rows {
                let kinds = nest.entry((above, kept.text(row, column).unwrap_or_default())).or_default();
                match kinds.last_mut() {
                    Some((last, rows)) if last.kind == kept.kind => rows.push(row),
                    _ => kinds.push((kept, vec![row])),
                }
            }
        }
        Self(nest)
    }

    /// Returns the rows nested inside a row, grouped by kind.
    fn inside(&self, table: &'static str, id: &'a str) -> &[Inside<'a>] {
        self.0.get(&(table, id)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Returns the kinds of top-level rows that are not empty.
fn by_themselves(holding: &Holding) -> impl Iterator<Item = &Kept> {
    holding.kinds.iter().filter(|kept| kept.kind.within.is_none() && !kept.rows.is_empty())
}

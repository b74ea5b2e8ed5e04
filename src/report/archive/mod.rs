//! An export: everything that the records hold about one person, or about everybody, for whoever has a right to it.
//!
//! | file | idea |
//! | --- | --- |
//! | `review` | what a human has to look at before an export is handed out |
//! | `json` | one JSON value; the format is written down there |
//! | `page` | a document to read |
//! | `folder` | comma-separated values, one file a kind; one JSON file a session, an action, an agreement |
//!
//! This is the one thing that is handed over and not made from a [`Handout`](super::Handout): a person has a right to
//! everything about them (UK GDPR, articles 15 and 20), the coach's private notes included. What follows from that:
//!
//! - **Private notes** are in it. They are the coach's words about the person, and so the person's data.
//! - **Sealed views** are in it too, each marked as sealed. A view is data about the person whether or not both have
//!   opened it; the seal is a way of working that the two agreed on, and no exemption. Whoever writes the export is told
//!   that it breaks the seal, and can open the round first or leave the views out, which the export then says.
//! - **Other people** whom a text names have rights of their own (Data Protection Act 2018, schedule 2, paragraph 16).
//!   Nothing is taken out for them by the program, since it cannot know; the export of one person is a draft, with a list
//!   of every passage that looks like a name.
//! - **Keys** are never in it.

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
    /// Everybody in the records, and what belongs to nobody.
    Everybody,
}

/// Whether views that are sealed are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedViews {
    /// They are, and are marked.
    Included,
    /// So many answers were left out.
    LeftOut(usize),
}

/// An export, before it is written down.
#[derive(Debug, Clone)]
pub struct Export {
    /// Whom it is about.
    pub scope: Scope,
    /// The day.
    pub made_on: Day,
    /// The rows.
    pub archive: Archive,
    /// What became of sealed views.
    pub sealed: SealedViews,
    /// What to look at first; empty for an export of everybody.
    pub review: Vec<Passage>,
}

impl Export {
    /// What a reader has to know, in sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![match self.scope {
            Scope::Subject => {
                "Everything that these records hold about one person: a draft, to be read by a human before \
                               it is handed out."
                    .to_owned()
            }
            Scope::Everybody => "Everything that these records hold.".to_owned(),
        }];
        let sealed: usize = self.archive.people.iter().map(|holding| holding.sealed_answers().len()).sum();
        match self.sealed {
            SealedViews::LeftOut(0) => {}
            SealedViews::LeftOut(left) => notes.push(format!(
                "{} of rounds that were not opened left out. The person has a right to them all the same: open the round, \
                 or make the export without leaving them out.",
                count(left, "sealed view is", "sealed views are")
            )),
            SealedViews::Included if sealed > 0 => notes.push(format!(
                "{} of rounds that were not opened in it: whoever reads this breaks the seal.",
                count(sealed, "sealed view is", "sealed views are")
            )),
            SealedViews::Included => {}
        }
        if self.scope == Scope::Subject {
            notes.push(
                "Not in it, as these records do not know them: reports that were handed over earlier, backups, what was \
                 written on paper or sent by e-mail, and what the records of other people say about this one."
                    .to_owned(),
            );
        }
        notes.push("Left out: keys. A key opens files and says nothing about anybody.".to_owned());
        notes
    }

    /// The title of it.
    #[must_use]
    pub fn title(&self) -> String {
        match (self.scope, self.archive.people.first()) {
            (Scope::Subject, Some(holding)) => format!("Everything about {}", holding.called()),
            _ => "Everything in these records".to_owned(),
        }
    }
}

/// Fields and cells of a row that say something: no keys, and nothing that is empty.
fn told<'a>(kept: &'a Kept, row: &'a [Cell]) -> impl Iterator<Item = (&'a Field, &'a Cell)> {
    let says = |cell: &Cell| !matches!(cell, Cell::Nothing) && cell.text().is_none_or(|text| !text.is_empty());
    kept.kind.fields.iter().zip(row).filter(move |(field, cell)| field.means != Means::Secret && says(cell))
}

/// What is read inside what: rows by the table and the id of the row above them, kind by kind.
#[derive(Default)]
struct Nest<'a>(BTreeMap<(&'static str, &'a str), Vec<Inside<'a>>>);

/// Rows of one kind that are read inside one row.
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

    /// The kinds that are read inside a row, with their rows.
    fn inside(&self, table: &'static str, id: &'a str) -> &[Inside<'a>] {
        self.0.get(&(table, id)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The kinds that are read by themselves, of which there is something.
fn by_themselves(holding: &Holding) -> impl Iterator<Item = &Kept> {
    holding.kinds.iter().filter(|kept| kept.kind.within.is_none() && !kept.rows.is_empty())
}

//! Everything that the records hold, row by row and with nothing left out: what is handed to a person who asks for it, and
//! what one takes along when one leaves. Unlike a [`Dossier`](super::Dossier) it holds older states, drafts, the log of
//! decisions and views that are still sealed, so it is made for nothing but that.

use std::collections::{BTreeMap, BTreeSet};

use super::{Day, PersonKind};

/// What a column holds, as far as anybody needs to know who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Which row it is.
    Id,
    /// Which other row it belongs to, or is about.
    Link,
    /// The calendar day that the row is about.
    Day,
    /// Another calendar day: until when, by when.
    Date,
    /// A time stamp.
    Stamp,
    /// A number.
    Number,
    /// Yes or no, kept as 1 or 0.
    Flag,
    /// One of the program's own words: a code, a kind, a status.
    Term,
    /// What somebody wrote, or a name.
    Words,
    /// A key. It never leaves the records.
    Secret,
}

/// A column, and what it is called where people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// In the database.
    pub column: &'static str,
    /// In an export.
    pub name: &'static str,
    /// What it holds.
    pub means: Means,
}

/// A kind of record: one table, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// In the database.
    pub table: &'static str,
    /// The name of the list in an export.
    pub id: &'static str,
    /// What one row is.
    pub one: &'static str,
    /// What several are.
    pub many: &'static str,
    /// The column that says inside which row of which table a row is read, if it is read inside another.
    pub within: Option<(&'static str, &'static str)>,
    /// Every column, in order.
    pub fields: &'static [Field],
}

impl Kind {
    /// Where a column stands.
    #[must_use]
    pub fn at(&self, column: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.column == column)
    }
}

/// What stands in one column of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Cell {
    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Number(_) => None,
        }
    }
}

/// A row, a cell for each field of its kind.
pub type Cells = Vec<Cell>;

/// All rows of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What they are.
    pub kind: &'static Kind,
    /// Oldest first.
    pub rows: Vec<Cells>,
}

impl Kept {
    /// What stands in a column of a row, if it is text.
    #[must_use]
    pub fn text<'a>(&self, row: &'a [Cell], column: &str) -> Option<&'a str> {
        row.get(self.kind.at(column)?)?.text()
    }

    /// The day of a row: the first that it names, or the one on which it was written.
    #[must_use]
    pub fn day(&self, row: &[Cell]) -> Option<Day> {
        let of = |means: Means| {
            let mut cells = self.kind.fields.iter().zip(row).filter(move |(field, _)| field.means == means);
            cells.find_map(|(_, cell)| cell.text()?.get(..10)?.parse().ok())
        };
        of(Means::Day).or_else(|| of(Means::Stamp))
    }

    /// The first and the last day of its rows.
    #[must_use]
    pub fn days(&self) -> Option<(Day, Day)> {
        let days = || self.rows.iter().filter_map(|row| self.day(row));
        Some((days().min()?, days().max()?))
    }
}

/// Everything about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Their id; empty while there is nothing about them.
    pub id: String,
    /// The name they have now; may be empty for oneself.
    pub name: String,
    /// Oneself or a client.
    pub who: PersonKind,
    /// Every kind there is, also those of which there are no rows.
    pub kinds: Vec<Kept>,
}

impl Holding {
    /// The name, or «me».
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { "me" } else { &self.name }
    }

    /// The day of every row of a kind: its own, or that of the row inside which it is read.
    #[must_use]
    pub fn days_of(&self, kept: &Kept) -> Vec<Option<Day>> {
        let within = kept.kind.within.and_then(|(column, above)| Some((column, self.of(above)?)));
        let lacking = kept.rows.iter().any(|row| kept.day(row).is_none());
        let Some((column, above)) = within.filter(|_| lacking) else {
            return kept.rows.iter().map(|row| kept.day(row)).collect();
        };
        let ids = above.rows.iter().map(|row| above.text(row, "id").unwrap_or_default());
        let days: BTreeMap<&str, Option<Day>> = ids.zip(self.days_of(above)).collect();
        let inherited = |row: &Cells| days.get(kept.text(row, column)?).copied().flatten();
        kept.rows.iter().map(|row| kept.day(row).or_else(|| inherited(row))).collect()
    }

    /// The rows of a table.
    #[must_use]
    pub fn of(&self, table: &str) -> Option<&Kept> {
        self.kinds.iter().find(|kept| kept.kind.table == table)
    }

    /// How many rows there are in all.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.kinds.iter().map(|kept| kept.rows.len()).sum()
    }

    /// Ids of rounds of comparison that were not opened.
    fn closed_rounds(&self) -> BTreeSet<String> {
        let ids = |table: &str, column: &str| {
            let kept = self.of(table);
            let of_row = |kept: &Kept| -> BTreeSet<String> {
                kept.rows.iter().filter_map(|row| kept.text(row, column)).map(str::to_owned).collect()
            };
            kept.map(of_row).unwrap_or_default()
        };
        &ids("comparison", "id") - &ids("comparison_opened", "comparison_id")
    }

    /// Ids of the answers that are views of a round that was not opened.
    #[must_use]
    pub fn sealed_answers(&self) -> BTreeSet<String> {
        let closed = self.closed_rounds();
        let Some(answers) = self.of("answer") else { return BTreeSet::new() };
        let is_sealed = |row: &&Cells| answers.text(row, "comparison_id").is_some_and(|round| closed.contains(round));
        answers.rows.iter().filter(is_sealed).filter_map(|row| answers.text(row, "id")).map(str::to_owned).collect()
    }

    /// The same without what is sealed: views of rounds that were not opened, and views that were begun.
    #[must_use]
    pub fn without_sealed(mut self) -> Self {
        let sealed = self.sealed_answers();
        for kept in &mut self.kinds {
            let kind = kept.kind;
            let column = match kind.table {
                "answer" => "id",
                "reflection" => "answer_id",
                "draft" => "slot",
                _ => continue,
            };
            kept.rows.retain(|row| {
                let text = kind.at(column).and_then(|at| row.get(at)?.text()).unwrap_or_default();
                !(sealed.contains(text) || (kind.table == "draft" && is_view(text)))
            });
        }
        self
    }
}

/// Whether a draft is a view of a comparison that was begun, whoever's it is.
fn is_view(slot: &str) -> bool {
    slot.split('/').any(|part| part == "compare")
}

/// The records of everybody, or of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Of each person; oneself first.
    pub people: Vec<Holding>,
    /// What belongs to nobody: settings, certificates, steps of the schema. Empty for one person.
    pub vault: Vec<Kept>,
}

//! Everything that the records hold about a person, row by row and complete. It is handed to a person who asks for
//! their data, and to a user who takes their data elsewhere. Unlike a [`Dossier`](super::Dossier) it contains older
//! states, drafts, the log of decisions and sealed views of comparisons, so it is used for nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::{Day, PersonKind};

/// The meaning of a column, as far as a reader of the export needs to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Id of the row.
    Id,
    /// Id of another row that this row belongs to or is about.
    Link,
    /// The calendar day that the row is about.
    Day,
    /// Another calendar day, such as an end or due day.
    Date,
    /// A time stamp.
    Stamp,
    /// A number.
    Number,
    /// A yes-or-no value, stored as 1 or 0.
    Flag,
    /// One of the program's own identifiers: a code, a kind, a status.
    Term,
    /// Free text or a name.
    Words,
    /// A key. It is never exported.
    Secret,
}

/// A column of a table, with its name in an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Name in the database.
    pub column: &'static str,
    /// Name in an export.
    pub name: &'static str,
    /// Meaning of the values.
    pub means: Means,
}

/// A kind of record: one table, with its names in an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Name of the table in the database.
    pub table: &'static str,
    /// Name of the list in an export.
    pub id: &'static str,
    /// Noun for one row.
    pub one: &'static str,
    /// Noun for several rows.
    pub many: &'static str,
    /// For rows that are shown inside a row of another table: the column that holds the other row's id, and that table.
    pub within: Option<(&'static str, &'static str)>,
    /// All columns, in order.
    pub fields: &'static [Field],
}

impl Kind {
    /// Returns the index of a column in [`Kind::fields`], counted from 0.
    #[must_use]
    pub fn at(&self, column: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.column == column)
    }
}

/// The value in one column of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value (`NULL`).
    Nothing,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Cell {
    /// Returns the text, if the cell holds text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Number(_) => None,
        }
    }
}

/// A row: one cell for each field of its kind.
pub type Cells = Vec<Cell>;

/// All rows of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The kind of the rows.
    pub kind: &'static Kind,
    /// The rows, oldest first.
    pub rows: Vec<Cells>,
}

impl Kept {
    /// Returns the value of a column in a row, if it is text.
    #[must_use]
    pub fn text<'a>(&self, row: &'a [Cell], column: &str) -> Option<&'a str> {
        row.get(self.kind.at(column)?)?.text()
    }

    /// Returns the day of a row: the first [`Means::Day`] column with a value, or else the day of the first time stamp.
    #[must_use]
    pub fn day(&self, row: &[Cell]) -> Option<Day> {
        let of = |means: Means| {
            let mut cells = self.kind.fields.iter().zip(row).filter(move |(field, _)| field.means == means);
            cells.find_map(|(_, cell)| cell.text()?.get(..10)?.parse().ok())
        };
        of(Means::Day).or_else(|| of(Means::Stamp))
    }

    /// Returns the first and the last day among the rows.
    #[must_use]
    pub fn days(&self) -> Option<(Day, Day)> {
        let days = || self.rows.iter().filter_map(|row| self.day(row));
        Some((days().min()?, days().max()?))
    }
}

/// Everything in the records about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Record id of the person; empty if there is nothing about them.
    pub id: String,
    /// Current name; may be empty for the user.
    pub name: String,
    /// Whether the person is the user or a client.
    pub who: PersonKind,
    /// All kinds of record, including those without rows.
    pub kinds: Vec<Kept>,
}

impl Holding {
    /// Returns the name, or `me` if it is empty.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { "me" } else { &self.name }
    }

    /// Returns the day of every row of a kind: its own day, or else that of the row of the other table inside which it
    /// is shown.
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

    /// Returns the rows of a table.
    #[must_use]
    pub fn of(&self, table: &str) -> Option<&Kept> {
        self.kinds.iter().find(|kept| kept.kind.table == table)
    }

    /// Returns the total number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.kinds.iter().map(|kept| kept.rows.len()).sum()
    }

    /// Returns the ids of comparison rounds that are not opened.
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

    /// Returns the ids of the answers that are views in a round that is not opened.
    #[must_use]
    pub fn sealed_answers(&self) -> BTreeSet<String> {
        let closed = self.closed_rounds();
        let Some(answers) = self.of("answer") else { return BTreeSet::new() };
        let is_sealed = |row: &&Cells| answers.text(row, "comparison_id").is_some_and(|round| closed.contains(round));
        answers.rows.iter().filter(is_sealed).filter_map(|row| answers.text(row, "id")).map(str::to_owned).collect()
    }

    /// Returns the same data without sealed content: views in rounds that are not opened, and drafts of views.
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

/// Returns whether a draft is an unfinished view of a comparison, by either party.
fn is_view(slot: &str) -> bool {
    slot.split('/').any(|part| part == "compare")
}

/// The records of all people, or of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// One entry for each person, the user first.
    pub people: Vec<Holding>,
    /// Rows that belong to no person: settings, certificates, schema migrations. Empty in an archive of one person.
    pub vault: Vec<Kept>,
}

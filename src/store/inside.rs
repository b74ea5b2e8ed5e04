//! The content of a database as a whole: integrity check and counts.

use super::Store;
use super::error::StoreError;
use super::sql::Sql;

/// Counts of what records contain, to help choose between copies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// Number of clients.
    pub clients: usize,
    /// Number of answers of all people.
    pub answers: usize,
    /// Number of notes of sessions.
    pub notes: usize,
    /// Number of actions.
    pub actions: usize,
    /// Number of drafts.
    pub drafts: usize,
    /// Time of the most recent change, such as `2026-11-22T09:00:00Z`; empty if there is none.
    pub newest: String,
}

impl Contents {
    /// Returns the counts in words.
    #[must_use]
    pub fn words(&self) -> String {
        use crate::domain::{count, join_and};
        let parts = [
            (self.clients, "client", "clients"),
            (self.answers, "answer", "answers"),
            (self.notes, "note", "notes"),
            (self.actions, "action", "actions"),
            (self.drafts, "draft", "drafts"),
        ];
        let said: Vec<String> =
            parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n, one, many)).collect();
        if said.is_empty() { "nothing yet".to_owned() } else { join_and(&said) }
    }
}

/// Checks every page. Takes as long as reading the whole file.
///
/// # Errors
/// [`StoreError::Damaged`] with the first problem found.
pub(super) fn check(sql: &Sql<'_>) -> Result<(), StoreError> {
    let first = |pragma: &str| sql.first(pragma, &[], |row| Ok(row.get::<_, String>(0)?));
    if let Some(found) = first("PRAGMA cipher_integrity_check")? {
        return Err(StoreError::Damaged(found));
    }
    match first("PRAGMA integrity_check(1)")? {
        Some(said) if said == "ok" => {}
        said => return Err(StoreError::Damaged(said.unwrap_or_else(|| "it cannot be checked".to_owned()))),
    }
    match sql.first("PRAGMA foreign_key_check", &[], |_| Ok(()))? {
        None => Ok(()),
        Some(()) => Err(StoreError::Damaged("a record belongs to one that is not there".to_owned())),
    }
}

/// Counts the content, also of a database in an older format, which has fewer tables.
pub(super) fn contents(sql: &Sql<'_>) -> Result<Contents, StoreError> {
    let names = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let tables = sql.rows(names, &[], |row| Ok(row.get::<_, String>(0)?))?;
    let count = |table: &str, of: &str| -> Result<usize, StoreError> {
        if !tables.iter().any(|name| name == table) {
            return Ok(0);
        }
        let found = sql.first(&format!("SELECT count(*) FROM {table} {of}"), &[], |row| Ok(row.get::<_, i64>(0)?))?;
        Ok(found.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
    };
    let mut newest = String::new();
    for (table, column) in [("answer", "at"), ("action_event", "at"), ("session_end", "at"), ("draft", "saved_at")] {
        if tables.iter().any(|name| name == table) {
            let query = format!("SELECT coalesce(max({column}), '') FROM {table}");
            newest = newest.max(sql.first(&query, &[], |row| Ok(row.get(0)?))?.unwrap_or_default());
        }
    }
    Ok(Contents {
        clients: count("person", "WHERE kind = 'client'")?,
        answers: count("answer", "")?,
        notes: count("note", "")?,
        actions: count("action", "")?,
        drafts: count("draft", "")?,
        newest,
    })
}

impl Store {
    /// Checks every page of the records.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first problem found.
    pub fn check(&self) -> Result<(), StoreError> {
        check(&self.db.read())
    }

    /// Counts the content of these records.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    pub fn contents(&self) -> Result<Contents, StoreError> {
        contents(&self.db.read())
    }
}

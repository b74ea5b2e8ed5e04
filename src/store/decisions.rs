//! The log of what the rules decided, from which advice can be reproduced. A line is saved only if it differs from the
//! previous one; lines are never changed or removed.

use rusqlite::params;

use super::error::StoreError;
use super::people::ensure;
use super::{Store, enter, row};

impl Store {
    /// Saves a line unless the newest one is the same; returns whether it was saved.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or written.
    pub fn note_decision(&mut self, line: &str) -> Result<bool, StoreError> {
        if self.decisions(1)?.first().is_some_and(|(_, newest)| newest == line) {
            return Ok(false);
        }
        let line = enter::log_line(line)?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let me = ensure(sql, clock, whose)?;
            let id = sql.next_id(clock, "decision")?;
            sql.run(
                "INSERT INTO decision (id, person_id, line, at) VALUES ($1, $2, $3, $4)",
                params![id, me, line, clock.stamp()],
            )?;
            Ok(())
        })?;
        Ok(true)
    }

    /// Returns the newest `most` lines with their time stamps, newest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn decisions(&self, most: usize) -> Result<Vec<(String, String)>, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        self.db.read().rows(
            "SELECT at, line FROM decision WHERE person_id = $1 ORDER BY id DESC LIMIT $2",
            params![person, most],
            |row| Ok((row::text(row, 0)?, row::text(row, 1)?)),
        )
    }
}

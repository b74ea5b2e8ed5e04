//! What the rules decided, line by line: the log from which advice can be made again. A line is kept when it says
//! something new; none is changed or removed.

use rusqlite::params;

use super::error::StoreError;
use super::people::ensure_me;
use super::{Store, enter};

impl Store {
    /// Keeps a line unless the newest one says the same; returns whether it was kept.
    ///
    /// # Errors
    /// When the records cannot be read or written.
    pub fn note_decision(&mut self, line: &str) -> Result<bool, StoreError> {
        if self.decisions(1)?.first().is_some_and(|(_, newest)| newest == line) {
            return Ok(false);
        }
        let line = enter::log_line(line)?;
        let Self { db, clock, .. } = self;
        db.tx(|sql| {
            let me = ensure_me(sql, clock)?;
            let id = sql.next_id(clock, "decision")?;
            sql.run(
                "INSERT INTO decision (id, person_id, line, at) VALUES ($1, $2, $3, $4)",
                params![id, me, line, clock.stamp()],
            )?;
            Ok(())
        })?;
        Ok(true)
    }

    /// The newest `most` lines with their time stamps, newest first.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn decisions(&self, most: usize) -> Result<Vec<(String, String)>, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.db.read().rows(
            "SELECT d.at, d.line FROM decision d JOIN person p ON p.id = d.person_id WHERE p.kind = 'self' \
             ORDER BY d.id DESC LIMIT $1",
            params![most],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

//! Lines that the client has released to the sponsor. A revocation is a further row; the newest row of a key is in
//! effect.

use rusqlite::params;

use super::error::StoreError;
use super::people::ensure;
use super::{Store, enter, row};
use crate::domain::{Day, Release, ReleaseItem};

/// Value for a release that the client made in person, as confirmed by the coach; those of earlier versions have the
/// value 1.
const WITH_CLIENT: i64 = 2;

impl Store {
    /// Returns the current releases of the current person, ordered by key.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn releases(&self) -> Result<Vec<Release>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        self.db.read().rows(
            "SELECT t.k, t.words, t.on_day, t.ticked FROM release_tick t WHERE t.person_id = $1 AND t.ticked > 0 AND t.id = \
             (SELECT max(u.id) FROM release_tick u WHERE u.person_id = t.person_id AND u.k = t.k) ORDER BY t.k",
            params![person],
            |row| {
                let present = row.get::<_, i64>(3)? == WITH_CLIENT;
                Ok(Release { key: row::text(row, 0)?, words: row::text(row, 1)?, on: row::day(row, 2)?, present })
            },
        )
    }

    /// Releases lines or revokes releases, all or none. The caller must have asked whether the client is present.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written.
    pub fn tick(&mut self, ticks: &[(ReleaseItem, bool)], on: Day) -> Result<(), StoreError> {
        let entries = ticks.iter().map(|(item, ticked)| {
            Ok((enter::line("the name of a line", &item.key)?, enter::text("a line", &item.words)?, *ticked))
        });
        let entries = entries.collect::<Result<Vec<_>, StoreError>>()?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            for (key, words, ticked) in &entries {
                sql.run(
                    "INSERT INTO release_tick (id, person_id, k, words, ticked, on_day, at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    params![
                        sql.next_id(clock, "release_tick")?,
                        person,
                        key,
                        words,
                        if *ticked { WITH_CLIENT } else { 0 },
                        on.to_string(),
                        clock.stamp()
                    ],
                )?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, store};
    use super::*;
    use crate::domain::RecordKind;

    #[test]
    fn a_tick_is_for_the_words_that_were_read_and_can_be_taken_back() {
        let mut store = store();
        let item =
            |words: &str| ReleaseItem { kind: RecordKind::Plan, key: "plan/1".to_owned(), words: words.to_owned() };
        let today = day(2026, 11, 22);
        store.tick(&[(item("Ask one person"), true)], today).expect("writable");
        let released = store.releases().expect("readable");
        assert!(item("Ask one person").is_released(&released) && !item("Ask two people").is_released(&released));
        store.tick(&[(item("Ask one person"), false)], today).expect("writable");
        assert!(store.releases().expect("readable").is_empty());
    }
}

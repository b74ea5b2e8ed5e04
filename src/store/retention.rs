//! Data for the retention of records: the day of the last entry about a person, and the default period.

use rusqlite::params;

use super::error::StoreError;
use super::{Store, row};
use crate::domain::{Day, Period};

/// Name of the setting with the default period.
const PERIOD: &str = "retention.period";

impl Store {
    /// Returns the day of the last entry about the current person.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn last_entry_day(&self) -> Result<Option<Day>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(None) };
        let answers = "SELECT max(on_day) FROM answer WHERE person_id = $1";
        let actions = "SELECT max(e.on_day) FROM action a JOIN action_event e ON e.action_id = a.id \
                       WHERE a.person_id = $1";
        let mut last = self.last_session_day(Day::MAX)?;
        for sql in [answers, actions] {
            last = last.max(self.db.read().first(sql, params![person], |row| row::maybe_day(row, 0))?.flatten());
        }
        Ok(last)
    }

    /// Returns the default period for which records are kept; `None` if it is not set.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn retention_period(&self) -> Result<Option<Period>, StoreError> {
        Ok(self.setting(PERIOD)?.and_then(|text| text.parse().ok()))
    }

    /// Sets the default period, or clears it.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn set_retention_period(&mut self, period: Option<Period>) -> Result<(), StoreError> {
        self.set_setting(PERIOD, &period.map(|period| period.to_string()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, answer, day, store};
    use crate::domain::Answer;

    #[test]
    fn the_last_entry_is_the_latest_of_every_kind() {
        let mut store = store();
        assert_eq!(store.last_entry_day().expect("readable"), None);
        store.save_answer(&Answer { on: day(2026, 1, 2), ..answer("FL-5") }, None).expect("writable");
        assert_eq!(store.last_entry_day().expect("readable"), Some(day(2026, 1, 2)));
        store.decide(&action("Ask"), None).expect("writable");
        assert_eq!(store.last_entry_day().expect("readable"), Some(day(2026, 11, 22)));
    }

    #[test]
    fn the_usual_period_is_set_and_taken_back() {
        let mut store = store();
        assert_eq!(store.retention_period().expect("readable"), None);
        let period = "2y".parse().ok();
        store.set_retention_period(period).expect("writable");
        assert_eq!(store.retention_period().expect("readable"), period);
        store.set_retention_period(None).expect("writable");
        assert_eq!(store.retention_period().expect("readable"), None);
    }
}

//! Verdicts on advice. A change of mind is a further row.

use rusqlite::params;

use super::error::StoreError;
use super::people::ensure;
use super::sql::Sql;
use super::{Store, enter, row};
use crate::domain::{Day, SetAside, USUAL_REASONS, Verdict};
use crate::os::Clock;

/// Data of a verdict that is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVerdict {
    /// Id of the recommended activity.
    pub activity: String,
    /// The decision.
    pub verdict: Verdict,
    /// The reason in the person's words; may be empty.
    pub reason: String,
    /// Ids of the rules that recommended it.
    pub rules: Vec<String>,
    /// Why it was recommended, in the words shown at the time.
    pub because: String,
    /// Day of the verdict.
    pub on: Day,
}

impl Store {
    /// Saves a verdict on a piece of advice.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written.
    pub fn record_verdict(&mut self, verdict: &NewVerdict) -> Result<(), StoreError> {
        let entry = sanitised(verdict)?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let me = ensure(sql, clock, whose)?;
            insert(sql, clock, &me, &entry)?;
            Ok(())
        })
    }

    /// Returns all verdicts of the current person as activity, verdict and day, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn verdicts(&self) -> Result<Vec<(String, Verdict, Day)>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        self.db.read().rows(
            "SELECT activity, verdict, on_day FROM verdict WHERE person_id = $1 ORDER BY on_day, id",
            params![person],
            |row| Ok((row::text(row, 0)?, row::word(row, 1, Verdict::parse)?, row::day(row, 2)?)),
        )
    }
}

impl Store {
    /// Returns the reasons for setting activities aside that the person wrote in their own words, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn reasons(&self) -> Result<Vec<SetAside>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let all = "SELECT id, activity, reason, on_day FROM verdict WHERE person_id = $1 AND reason <> '' \
                   ORDER BY on_day, id";
        let rows = self.db.read().rows(all, params![person], |row| {
            let (id, activity) = (row::text(row, 0)?, row::text(row, 1)?);
            Ok(SetAside { id, activity, words: row::text(row, 2)?, on: row::day(row, 3)? })
        })?;
        Ok(rows.into_iter().filter(|reason| !USUAL_REASONS.contains(&reason.words.as_str())).collect())
    }
}

/// Returns the verdict with all texts cleaned.
pub(super) fn sanitised(verdict: &NewVerdict) -> Result<NewVerdict, StoreError> {
    Ok(NewVerdict {
        activity: enter::line("the activity", &verdict.activity)?,
        verdict: verdict.verdict,
        reason: enter::text("the reason", &verdict.reason)?,
        rules: enter::lines("a rule", &verdict.rules)?,
        because: enter::text("the explanation", &verdict.because)?,
        on: verdict.on,
    })
}

/// Inserts a verdict within a transaction and returns its id.
pub(super) fn insert(sql: &Sql<'_>, clock: &Clock, me: &str, entry: &NewVerdict) -> Result<String, StoreError> {
    let id = sql.next_id(clock, "verdict")?;
    sql.run(
        "INSERT INTO verdict (id, person_id, activity, verdict, reason, rules, because, on_day, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id,
            me,
            entry.activity,
            entry.verdict.id(),
            entry.reason,
            entry.rules.join("\n"),
            entry.because,
            entry.on.to_string(),
            clock.stamp(),
        ],
    )?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, store, verdict};
    use super::*;

    #[test]
    fn verdicts_come_back_oldest_first_and_a_change_of_mind_is_added() {
        let mut store = store();
        store.record_verdict(&verdict("shadow-a-day", Verdict::Declined)).expect("writable");
        store.record_verdict(&verdict("shadow-a-day", Verdict::Adapted)).expect("writable");
        let earlier = NewVerdict { on: day(2026, 1, 2), ..verdict("ask-one", Verdict::Accepted) };
        store.record_verdict(&earlier).expect("writable");
        assert_eq!(
            store.verdicts().expect("readable"),
            [
                ("ask-one".to_owned(), Verdict::Accepted, day(2026, 1, 2)),
                ("shadow-a-day".to_owned(), Verdict::Declined, day(2026, 11, 22)),
                ("shadow-a-day".to_owned(), Verdict::Adapted, day(2026, 11, 22)),
            ]
        );
        let kept = store.db.read().first("SELECT reason, rules FROM verdict ORDER BY id", &[], |row| {
            Ok((row.get::<_, String>(0)?, row::lines(row, 1)?))
        });
        let (reason, rules) = kept.expect("readable").expect("there is one");
        assert_eq!((reason.as_str(), rules.len()), ("my words", 2));
    }
}

//! Rounds of comparison. Both views are stored as answers with the id of the round. No method returns them before the
//! round is opened, which is possible only when both are complete.

use rusqlite::params;

use super::answers::{Who, insert, sanitised};
use super::error::StoreError;
use super::people::ensure;
use super::sql::Sql;
use super::{Store, drafts, enter, row};
use crate::domain::{Answer, By, Comparison, Day};

impl Store {
    /// Starts a round about some behaviours, given as pairs of framework and code.
    ///
    /// # Errors
    /// Returns an error if there are no behaviours or the records cannot be written.
    pub fn begin_comparison(&mut self, behaviours: &[(String, String)], on: Day) -> Result<Comparison, StoreError> {
        let lines: Vec<String> = behaviours.iter().map(|(framework, code)| format!("{framework}/{code}")).collect();
        let lines = enter::lines("a behaviour", &lines)?;
        if lines.is_empty() {
            return Err(StoreError::Empty("the list of behaviours"));
        }
        let Self { db, clock, whose, .. } = self;
        let id = db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let id = sql.next_id(clock, "comparison")?;
            sql.run(
                "INSERT INTO comparison (id, person_id, on_day, behaviours, at) VALUES ($1, $2, $3, $4, $5)",
                params![id, person, on.to_string(), lines.join("\n"), clock.stamp()],
            )?;
            Ok(id)
        })?;
        self.comparison(&id)
    }

    /// Saves and seals one view: all of its answers, each given by `by`, or none. The draft it was typed in is removed
    /// in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] if that view is sealed already, [`StoreError::Unknown`] if the round is not the current
    /// person's; otherwise an error if the records cannot be written.
    pub fn seal_view(&mut self, id: &str, by: By, answers: &[Answer], draft: &str) -> Result<Comparison, StoreError> {
        let round = self.comparison(id)?;
        let on = self.clock.today();
        let draft = self.place(draft)?;
        let of_round = |answer: &Answer| Answer { by, ..answer.clone() };
        let entries = answers.iter().map(|answer| sanitised(&of_round(answer))).collect::<Result<Vec<_>, _>>()?;
        self.in_session(|sql, clock, who| {
            if is_sealed(sql, &round.id, by)? {
                return Err(StoreError::Sealed);
            }
            sql.run(
                "INSERT INTO comparison_view (comparison_id, by_whom, on_day, at) VALUES ($1, $2, $3, $4)",
                params![round.id, by.id(), on.to_string(), clock.stamp()],
            )?;
            let who = Who {
                person: who.person.clone(),
                session: who.session.clone(),
                purpose: who.purpose,
                comparison: Some(round.id.clone()),
            };
            for entry in &entries {
                insert(sql, clock, &who, entry)?;
            }
            drafts::remove(sql, &draft)
        })?;
        self.comparison(id)
    }

    /// Opens both views. Their answers are then treated like any others.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] unless both views are sealed; otherwise an error if the records cannot be written.
    pub fn open_comparison(&mut self, id: &str, on: Day) -> Result<Comparison, StoreError> {
        let round = self.comparison(id)?;
        let Self { db, clock, .. } = self;
        db.tx(|sql| {
            if !(is_sealed(sql, &round.id, By::Myself)? && is_sealed(sql, &round.id, By::Coach)?) {
                return Err(StoreError::Sealed);
            }
            let opened = "SELECT comparison_id FROM comparison_opened WHERE comparison_id = $1";
            if sql.first(opened, params![round.id], |_| Ok(()))?.is_none() {
                sql.run(
                    "INSERT INTO comparison_opened (comparison_id, on_day, at) VALUES ($1, $2, $3)",
                    params![round.id, on.to_string(), clock.stamp()],
                )?;
            }
            Ok(())
        })?;
        self.comparison(id)
    }

    /// Returns all rounds of the current person, oldest first; only opened ones contain answers.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn comparisons(&self) -> Result<Vec<Comparison>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let mut rounds = self.db.read().rows(
            "SELECT c.id, c.on_day, c.behaviours, (SELECT count(*) FROM comparison_view v WHERE v.comparison_id = c.id \
             AND v.by_whom = 'self'), (SELECT count(*) FROM comparison_view v WHERE v.comparison_id = c.id \
             AND v.by_whom = 'coach'), o.on_day FROM comparison c \
             LEFT JOIN comparison_opened o ON o.comparison_id = c.id WHERE c.person_id = $1 ORDER BY c.id",
            params![person],
            |row| {
                let pair = |line: &String| {
                    let (framework, code) = line.split_once('/').unwrap_or(("", line));
                    (framework.to_owned(), code.to_owned())
                };
                Ok(Comparison {
                    id: row::text(row, 0)?,
                    on: row::day(row, 1)?,
                    behaviours: row::lines(row, 2)?.iter().map(pair).collect(),
                    client_done: row.get::<_, i64>(3)? > 0,
                    coach_done: row.get::<_, i64>(4)? > 0,
                    opened_on: row::maybe_day(row, 5)?,
                    answers: Vec::new(),
                })
            },
        )?;
        for round in rounds.iter_mut().filter(|round| round.opened_on.is_some()) {
            round.answers = self.views(&round.id)?;
        }
        Ok(rounds)
    }

    fn comparison(&self, id: &str) -> Result<Comparison, StoreError> {
        let found = self.comparisons()?.into_iter().find(|round| round.id == id);
        found.ok_or_else(|| StoreError::Unknown("comparison", id.to_owned()))
    }
}

fn is_sealed(sql: &Sql<'_>, id: &str, by: By) -> Result<bool, StoreError> {
    let view = "SELECT by_whom FROM comparison_view WHERE comparison_id = $1 AND by_whom = $2";
    Ok(sql.first(view, params![id, by.id()], |_| Ok(()))?.is_some())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answer, day, store};
    use super::*;

    #[test]
    fn views_are_nowhere_until_both_are_given_and_opened() {
        let mut store = store();
        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        let codes = ["FL-5", "DT-1"].map(|code| ("empowered-communities".to_owned(), code.to_owned()));
        let round = store.begin_comparison(&codes, day(2026, 11, 22)).expect("writable");
        assert!(store.begin_comparison(&[], day(2026, 11, 22)).is_err());
        let views = [answer("FL-5"), answer("DT-1")];
        store.put_draft("compare/self", "half").expect("writable");
        let round = store.seal_view(&round.id, By::Myself, &views, "compare/self").expect("writable");
        assert!(round.client_done && !round.coach_done && round.answers.is_empty());
        assert!(store.draft("compare/self").expect("readable").is_none());
        assert!(store.answers().expect("readable").is_empty(), "sealed");
        assert!(matches!(store.open_comparison(&round.id, store.clock.today()), Err(StoreError::Sealed)));
        assert!(matches!(store.seal_view(&round.id, By::Myself, &views, "x"), Err(StoreError::Sealed)));
        store.seal_view(&round.id, By::Coach, &views, "compare/coach").expect("writable");
        assert!(store.answers().expect("readable").is_empty() && store.answers_kept_apart().expect("readable") == 0);
        let opened = store.open_comparison(&round.id, store.clock.today()).expect("you have both finished");
        assert_eq!((opened.answers.len(), opened.opened_on), (4, Some(day(2026, 11, 22))));
        assert_eq!(store.open_comparison(&round.id, store.clock.today()).expect("twice is no harm"), opened);
        assert_eq!(store.answers().expect("readable").len(), 4);
        store.turn_to(None).expect("readable");
        assert!(
            matches!(store.open_comparison(&round.id, store.clock.today()), Err(StoreError::Unknown(..))),
            "another person's"
        );
    }
}

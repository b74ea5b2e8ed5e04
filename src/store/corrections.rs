//! Corrections: a new row replaces an older one, which stays unchanged and is marked as corrected.

use rusqlite::params;

use super::answers::{self, Who, sanitised};
use super::error::StoreError;
use super::people::ensure;
use super::sql::Sql;
use super::{Store, enter, row};
use crate::domain::{Answer, Day, EngagementPurpose, Note, NoteFor};
use crate::os::Clock;

/// Superseded versions, each with the day on which it was corrected.
pub type Corrected<T> = Vec<(T, Day)>;

impl Store {
    /// Corrects an answer. The new version has the same behaviour, rater, session and purpose, with the content of
    /// `newer`.
    ///
    /// # Errors
    /// Returns an error if the answer does not exist or was corrected before, or the records cannot be written.
    pub fn correct_answer(&mut self, older: &str, newer: &Answer) -> Result<Answer, StoreError> {
        let entry = sanitised(newer)?;
        let unknown = || StoreError::Unknown("answer", older.to_owned());
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let found = sql.first(
                "SELECT session_id, purpose, comparison_id, framework, behaviour, by_whom FROM answer \
                 WHERE person_id = $1 AND id = $2",
                params![person, older],
                |row| {
                    let who = Who {
                        person: person.clone(),
                        session: row::text(row, 0)?,
                        purpose: row::word(row, 1, EngagementPurpose::parse)?,
                        comparison: row::maybe_text(row, 2)?,
                    };
                    Ok((who, row::text(row, 3)?, row::text(row, 4)?, row::text(row, 5)?))
                },
            )?;
            let (who, framework, behaviour, by) = found.ok_or_else(unknown)?;
            if is_corrected(sql, older)? || (framework, behaviour) != (entry.framework.clone(), entry.behaviour.clone())
            {
                return Err(unknown());
            }
            let entry = Answer { by: crate::domain::By::parse(&by).unwrap_or(entry.by), ..entry.clone() };
            let kept = answers::insert(sql, clock, &who, &entry)?;
            note(sql, clock, &person, ("answer", older, &kept.id))?;
            Ok(kept)
        })
    }

    /// Corrects a note of a session that has ended, and returns the id of the new version.
    ///
    /// # Errors
    /// Returns an error if the note does not exist or was corrected before, the text is empty, or the records cannot be
    /// written.
    pub fn correct_note(&mut self, older: &str, text: &str) -> Result<String, StoreError> {
        let text = enter::text("a note", text)?;
        if text.trim().is_empty() {
            return Err(StoreError::Empty("the note"));
        }
        let unknown = || StoreError::Unknown("note", older.to_owned());
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let found = sql.first(
                "SELECT n.session_id, n.part, n.title, n.seen FROM note n JOIN session s ON s.id = n.session_id \
                 WHERE s.person_id = $1 AND n.id = $2",
                params![person, older],
                |row| Ok((row::text(row, 0)?, row::text(row, 1)?, row::text(row, 2)?, row::text(row, 3)?)),
            )?;
            let (session, part, title, seen) = found.ok_or_else(unknown)?;
            if is_corrected(sql, older)? {
                return Err(unknown());
            }
            let id = insert_note(sql, clock, &session, [&part, &title, &text, &seen])?;
            note(sql, clock, &person, ("note", older, &id))?;
            Ok(id)
        })
    }

    /// Adds a note to a session that has ended, and returns its id.
    ///
    /// # Errors
    /// Returns an error if the session does not exist, the note is empty, or the records cannot be written.
    pub fn add_note(&mut self, session: &str, note: &Note) -> Result<String, StoreError> {
        let (part, title) =
            (enter::line("the part of a note", &note.part)?, enter::line("the name of a part", &note.title)?);
        let text = enter::text("a note", &note.text)?;
        if text.trim().is_empty() {
            return Err(StoreError::Empty("the note"));
        }
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let ended = "SELECT s.id FROM session s JOIN session_end e ON e.session_id = s.id \
                         WHERE s.person_id = $1 AND s.id = $2";
            if sql.first(ended, params![person, session], |_| Ok(()))?.is_none() {
                return Err(StoreError::Unknown("session", session.to_owned()));
            }
            insert_note(sql, clock, session, [&part, &title, &text, note.seen.id()])
        })
    }

    /// Returns the superseded versions of corrected answers of the current person, each with the day of the correction.
    /// Answers for another purpose and sealed ones are left out.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn corrected_answers(&self) -> Result<Corrected<Answer>, StoreError> {
        let older = self.older_answers()?;
        let days = self.days_of_corrections("answer")?;
        let day = |id: &str| days.iter().find(|(own, _)| own == id).map(|(_, day)| *day);
        Ok(older.into_iter().filter_map(|answer| Some((answer.clone(), day(&answer.id)?))).collect())
    }

    /// Returns the superseded versions of corrected notes, each with the id of its session and the day of the
    /// correction.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn corrected_notes(&self) -> Result<Corrected<(String, Note)>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        self.db.read().rows(
            "SELECT n.session_id, n.id, n.part, n.title, n.body, n.seen, c.on_day FROM correction c \
             JOIN note n ON n.id = c.older_id WHERE c.person_id = $1 AND c.kind = 'note' ORDER BY n.id",
            params![person],
            |row| {
                let note = Note {
                    id: row::text(row, 1)?,
                    part: row::text(row, 2)?,
                    title: row::text(row, 3)?,
                    text: row::text(row, 4)?,
                    seen: row::word(row, 5, NoteFor::parse)?,
                };
                Ok(((row::text(row, 0)?, note), row::day(row, 6)?))
            },
        )
    }

    fn days_of_corrections(&self, kind: &str) -> Result<Vec<(String, Day)>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let all = "SELECT older_id, on_day FROM correction WHERE person_id = $1 AND kind = $2";
        self.db.read().rows(all, params![person, kind], |row| Ok((row::text(row, 0)?, row::day(row, 1)?)))
    }
}

fn is_corrected(sql: &Sql<'_>, id: &str) -> Result<bool, StoreError> {
    let one = "SELECT id FROM correction WHERE older_id = $1";
    Ok(sql.first(one, params![id], |_| Ok(()))?.is_some())
}

fn note(
    sql: &Sql<'_>,
    clock: &Clock,
    person: &str,
    (kind, older, newer): (&str, &str, &str),
) -> Result<(), StoreError> {
    sql.run(
        "INSERT INTO correction (id, person_id, kind, older_id, newer_id, on_day, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            sql.next_id(clock, "correction")?,
            person,
            kind,
            older,
            newer,
            clock.today().to_string(),
            clock.stamp()
        ],
    )?;
    Ok(())
}

fn insert_note(
    sql: &Sql<'_>,
    clock: &Clock,
    session: &str,
    [part, title, text, seen]: [&str; 4],
) -> Result<String, StoreError> {
    let id = sql.next_id(clock, "note")?;
    sql.run(
        "INSERT INTO note (id, session_id, part, title, body, seen) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, session, part, title, text, seen],
    )?;
    Ok(id)
}

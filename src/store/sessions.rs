//! Sessions that have ended, with their notes. They are written in one transaction, which also removes the draft that
//! contained them.

use std::collections::BTreeMap;

use rusqlite::params;

use super::error::StoreError;
use super::people::{Whose, ensure, ensure_session};
use super::{Store, drafts, enter, row};
use crate::domain::{Day, EngagementPurpose, Note, NoteFor, Session, SessionKind};

/// Data of a session that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Day of the session.
    pub on: Day,
    /// Length in minutes; 0 if it was not measured.
    pub minutes: u32,
    /// Id of the conversation model, if one was used.
    pub model: Option<String>,
    /// Whether the coach was paid for it.
    pub paid: bool,
    /// The notes, without ids; blank notes are left out.
    pub notes: Vec<Note>,
    /// Full codes of the behaviours that were discussed.
    pub behaviours: Vec<String>,
    /// Ids of the actions that were agreed in it.
    pub actions: Vec<String>,
}

impl Store {
    /// Saves a session that ends, removes its draft in the same transaction, and returns the session with its ids.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written; then nothing is changed.
    pub fn end_session(&mut self, session: &NewSession, draft: &str) -> Result<Session, StoreError> {
        self.keep_session(session, Some(draft))
    }

    /// Saves a quick note as a session of its own, beside one that is in progress.
    ///
    /// # Errors
    /// Like [`Store::end_session`].
    pub fn add_quick_note(&mut self, note: &NewSession) -> Result<Session, StoreError> {
        self.keep_session(note, None)
    }

    /// Saves a session. With `draft`, it is the one in progress, whose draft is removed.
    fn keep_session(&mut self, session: &NewSession, draft: Option<&str>) -> Result<Session, StoreError> {
        let entry = sanitised(session)?;
        let engagement = self.engagement()?;
        let purpose = engagement.as_ref().map(|engagement| engagement.purpose).unwrap_or_default();
        let (engagement, draft) =
            (engagement.map(|engagement| engagement.id), draft.map(|draft| self.place(draft)).transpose()?);
        let Self { db, clock, whose, sittings, .. } = self;
        let kind = if *whose == Whose::Mine { SessionKind::Alone } else { SessionKind::OneToOne };
        let ended = db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let current = sittings.get(&whose.key()).filter(|_| draft.is_some()).map(String::as_str);
            let id = ensure_session(sql, clock, &person, current, kind)?;
            sql.run(
                "INSERT INTO session_end (session_id, engagement_id, purpose, on_day, minutes, model, paid, behaviours, \
                 actions, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                params![
                    id,
                    engagement,
                    purpose.id(),
                    entry.on.to_string(),
                    i64::from(entry.minutes),
                    entry.model,
                    i64::from(entry.paid),
                    entry.behaviours.join("\n"),
                    entry.actions.join("\n"),
                    clock.stamp(),
                ],
            )?;
            let mut notes = Vec::new();
            for note in &entry.notes {
                let note_id = sql.next_id(clock, "note")?;
                sql.run(
                    "INSERT INTO note (id, session_id, part, title, body, seen) VALUES ($1, $2, $3, $4, $5, $6)",
                    params![note_id, id, note.part, note.title, note.text, note.seen.id()],
                )?;
                notes.push(Note { id: note_id, ..note.clone() });
            }
            if let Some(draft) = &draft {
                drafts::remove(sql, draft)?;
            }
            Ok(Session {
                id,
                kind,
                on: entry.on,
                minutes: entry.minutes,
                model: entry.model.clone(),
                engagement: engagement.clone(),
                purpose,
                paid: entry.paid,
                notes,
                behaviours: entry.behaviours.clone(),
                actions: entry.actions.clone(),
            })
        })?;
        // What follows belongs to another session.
        if draft.is_some() {
            sittings.remove(&whose.key());
        }
        Ok(ended)
    }

    /// Returns all sessions of the current person that have ended, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn sessions(&self) -> Result<Vec<Session>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let mut notes = self.notes(&person)?;
        self.db.read().rows(
            "SELECT s.id, s.kind, e.engagement_id, e.purpose, e.on_day, e.minutes, e.model, e.paid, e.behaviours, \
             e.actions FROM session s JOIN session_end e ON e.session_id = s.id WHERE s.person_id = $1 \
             ORDER BY e.on_day, s.id",
            params![person],
            |row| {
                let id: String = row::text(row, 0)?;
                Ok(Session {
                    notes: notes.remove(&id).unwrap_or_default(),
                    id,
                    kind: row::word(row, 1, SessionKind::parse)?,
                    engagement: row::maybe_text(row, 2)?,
                    purpose: row::word(row, 3, EngagementPurpose::parse)?,
                    on: row::day(row, 4)?,
                    minutes: u32::try_from(row.get::<_, i64>(5)?).unwrap_or(0),
                    model: row::maybe_text(row, 6)?,
                    paid: row.get::<_, i64>(7)? != 0,
                    behaviours: row::lines(row, 8)?,
                    actions: row::lines(row, 9)?,
                })
            },
        )
    }

    /// Returns the day of the current person's last session on or before `until`.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn last_session_day(&self, until: Day) -> Result<Option<Day>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(None) };
        let sql = "SELECT max(e.on_day) FROM session s JOIN session_end e ON e.session_id = s.id \
                   WHERE s.person_id = $1 AND e.on_day <= $2";
        Ok(self.db.read().first(sql, params![person, until.to_string()], |row| row::maybe_day(row, 0))?.flatten())
    }

    /// Returns all notes of a person by session id, in order. Superseded versions are left out.
    fn notes(&self, person: &str) -> Result<BTreeMap<String, Vec<Note>>, StoreError> {
        let mut notes: BTreeMap<String, Vec<Note>> = BTreeMap::new();
        self.db.read().each(
            "SELECT n.session_id, n.id, n.part, n.title, n.body, n.seen FROM session s \
             JOIN note n ON n.session_id = s.id WHERE s.person_id = $1 \
             AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.older_id = n.id) ORDER BY n.id",
            params![person],
            |row| {
                notes.entry(row::text(row, 0)?).or_default().push(Note {
                    id: row::text(row, 1)?,
                    part: row::text(row, 2)?,
                    title: row::text(row, 3)?,
                    text: row::text(row, 4)?,
                    seen: row::word(row, 5, NoteFor::parse)?,
                });
                Ok(())
            },
        )?;
        Ok(notes)
    }
}

/// Returns the session with all texts cleaned and without blank notes.
fn sanitised(session: &NewSession) -> Result<NewSession, StoreError> {
    let notes = session.notes.iter().map(|note| {
        Ok(Note {
            id: String::new(),
            part: enter::line("the part of a note", &note.part)?,
            title: enter::line("the name of a part", &note.title)?,
            text: enter::text("a note", &note.text)?,
            seen: note.seen,
        })
    });
    let notes = notes.collect::<Result<Vec<_>, StoreError>>()?;
    Ok(NewSession {
        model: session.model.as_deref().map(|id| enter::line("the model", id)).transpose()?,
        notes: notes.into_iter().filter(|note| !note.text.trim().is_empty()).collect(),
        behaviours: enter::lines("a behaviour", &session.behaviours)?,
        actions: enter::lines("an action", &session.actions)?,
        ..session.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answer, day, store};
    use super::*;

    fn note(part: &str, text: &str, seen: NoteFor) -> Note {
        Note { id: String::new(), part: part.to_owned(), title: part.to_owned(), text: text.to_owned(), seen }
    }

    fn sample() -> NewSession {
        NewSession {
            on: day(2026, 11, 22),
            minutes: 55,
            model: Some("grow".to_owned()),
            paid: true,
            notes: vec![
                note("goal", "More voices in handover.", NoteFor::Shared),
                note("goal", "Seems tired.", NoteFor::Coach),
                note("reality", " \n", NoteFor::Shared),
            ],
            behaviours: vec!["empowered-communities/FL-5".to_owned()],
            actions: Vec::new(),
        }
    }

    #[test]
    fn a_session_is_kept_whole_and_its_draft_goes_with_it() {
        let mut store = store();
        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        store.put_draft("session", "half a note").expect("writable");
        store.save_answer(&answer("FL-5"), None).expect("writable");
        let kept = store.end_session(&sample(), "session").expect("writable");
        assert_eq!(kept.kind, SessionKind::OneToOne);
        assert_eq!(kept.notes.len(), 2, "a blank note is none");
        assert_eq!(store.draft("session").expect("readable"), None);
        let second = store.end_session(&sample(), "session").expect("another sitting");
        assert_ne!(kept.id, second.id);
        assert_eq!(store.sessions().expect("readable"), [kept, second]);
        store.turn_to(None).expect("readable");
        assert!(store.sessions().expect("readable").is_empty(), "another person's");
        assert!(store.answers().expect("readable").is_empty());
    }

    #[test]
    fn drafts_are_their_owners() {
        let mut store = store();
        store.put_draft("session", "mine").expect("writable");
        let amira = store.add_client("Amira").expect("writable");
        store.turn_to(Some(&amira.id)).expect("she is there");
        assert!(store.drafts().expect("readable").is_empty());
        store.put_draft("session", "hers").expect("writable");
        assert_eq!(store.draft("session").expect("readable").map(|draft| draft.body).as_deref(), Some("hers"));
        store.turn_to(None).expect("readable");
        let mine: Vec<String> = store.drafts().expect("readable").into_iter().map(|draft| draft.body).collect();
        assert_eq!(mine, ["mine"]);
    }

    #[test]
    fn a_session_that_cannot_be_kept_leaves_its_draft() {
        let mut store = store();
        store.put_draft("session", "half a note").expect("writable");
        let long = NewSession { notes: vec![note("goal", &"x".repeat(100_001), NoteFor::Shared)], ..sample() };
        assert!(store.end_session(&long, "session").is_err());
        store.db.tx(|sql| sql.batch("ALTER TABLE note RENAME TO gone")).expect("a table can be renamed");
        assert!(store.end_session(&sample(), "session").is_err());
        assert!(store.draft("session").expect("readable").is_some());
    }
}

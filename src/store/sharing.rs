//! Records that are imported from another machine, and the keys for it. Nothing is overwritten: new data becomes a
//! further row and its origin is recorded, so that importing the same file twice adds nothing.

use rusqlite::params;

use super::answers::{Who, insert, sanitised};
use super::error::StoreError;
use super::people::{ensure, ensure_session};
use super::sql::Sql;
use super::{Change, NewAction, Store, actions, enter, withdraw};
use crate::domain::{Action, Added, Answer, Parcel, Piece, Session, SessionKind, hex};
use crate::os::Clock;
use crate::seal::{Identity, Recipient, Secret};

/// A public key with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Id of the client for whose records it was named; `None` for the user's own.
    pub client: Option<String>,
    /// The public key.
    pub recipient: String,
    /// Name of the owner, as entered by the user.
    pub name: String,
}

impl Store {
    /// Returns the user's own key for shared files, if there is one.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn own_key(&self) -> Result<Option<Identity>, StoreError> {
        let newest = "SELECT identity FROM share_key ORDER BY id DESC";
        let text = self.db.read().first(newest, &[], |row| Ok(Secret::new(row.get(0)?)))?;
        let damaged = |_| StoreError::Damaged("the key for shared files is not one".to_owned());
        text.map(|text| Identity::parse(&text).map_err(damaged)).transpose()
    }

    /// Returns the user's own key, and creates it if there is none.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn make_own_key(&mut self) -> Result<Identity, StoreError> {
        if let Some(key) = self.own_key()? {
            return Ok(key);
        }
        let key = Identity::generate();
        let Self { db, clock, .. } = self;
        db.tx(|sql| {
            let me = ensure(sql, clock, &super::people::Whose::Mine)?;
            sql.run(
                "INSERT INTO share_key (id, person_id, recipient, identity, at) VALUES ($1, $2, $3, $4, $5)",
                params![
                    sql.next_id(clock, "share_key")?,
                    me,
                    key.recipient().to_string(),
                    key.text().reveal(),
                    clock.stamp()
                ],
            )?;
            Ok(())
        })?;
        Ok(key)
    }

    /// Returns all named keys, each with its newest name.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn contacts(&self) -> Result<Vec<Contact>, StoreError> {
        self.db.read().rows(
            "SELECT c.recipient, c.name, p.kind, p.id FROM contact c JOIN person p ON p.id = c.person_id WHERE c.id = \
             (SELECT max(d.id) FROM contact d WHERE d.recipient = c.recipient) ORDER BY c.id",
            &[],
            |row| {
                let kind: String = row.get(2)?;
                let id: String = row.get(3)?;
                Ok(Contact { recipient: row.get(0)?, name: row.get(1)?, client: (kind == "client").then_some(id) })
            },
        )
    }

    /// Names a public key in the records of the current person.
    ///
    /// # Errors
    /// Returns an error if the name is empty or the records cannot be written.
    pub fn name_key(&mut self, recipient: &Recipient, name: &str) -> Result<(), StoreError> {
        let name = enter::line("the name of the key", name)?;
        if name.is_empty() {
            return Err(StoreError::Empty("the name of the key"));
        }
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            sql.run(
                "INSERT INTO contact (id, person_id, recipient, name, at) VALUES ($1, $2, $3, $4, $5)",
                params![sql.next_id(clock, "contact")?, person, recipient.to_string(), name, clock.stamp()],
            )?;
            Ok(())
        })
    }

    /// Removes the names of a public key.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn forget_key(&mut self, recipient: &str) -> Result<(), StoreError> {
        self.db.tx(|sql| sql.run("DELETE FROM contact WHERE recipient = $1", params![recipient]).map(drop))
    }

    /// Returns the origins of imported records: kind, id here, and the id in the records where they were first written.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn sources(&self) -> Result<Vec<(String, String, String)>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let all = "SELECT kind, record_id, source_id FROM taken_in WHERE person_id = $1";
        self.db.read().rows(all, params![person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    /// Imports a parcel into the records of the current person, all of it or nothing.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written; then nothing is changed.
    pub fn take_in(&mut self, parcel: &Parcel) -> Result<Added, StoreError> {
        let answers = parcel.answers.iter().map(sanitised).collect::<Result<Vec<_>, _>>()?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let batch = clock.new_id();
            let taking = Taking { sql, clock, person: &person, parcel, batch: &batch };
            let mut added = Added::default();
            taking.answers(&answers, &mut added)?;
            for action in &parcel.actions {
                taking.action(action, &mut added)?;
            }
            // After the actions, because sessions refer to them.
            for session in &parcel.sessions {
                taking.session(session, &mut added)?;
            }
            Ok(added)
        })
    }
}

/// The import of one parcel for one person within a transaction.
struct Taking<'a> {
    sql: &'a Sql<'a>,
    clock: &'a Clock,
    person: &'a str,
    parcel: &'a Parcel,
    /// Id of the import, stored with every record that comes from it.
    batch: &'a str,
}

impl Taking<'_> {
    /// Returns the id here of a record in the parcel, if it was imported before or written here. Empty if it was
    /// withdrawn.
    fn known(&self, kind: &str, table: &str, source: &str) -> Result<Option<String>, StoreError> {
        let taken = "SELECT record_id FROM taken_in WHERE person_id = $1 AND kind = $2 AND source_id = $3";
        let id = |row: &rusqlite::Row<'_>| Ok(row.get::<_, String>(0)?);
        if let Some(found) = self.sql.first(taken, params![self.person, kind, source], id)? {
            return Ok(Some(found));
        }
        // A record that was withdrawn here is not imported again, from any sender.
        let piece = match kind {
            "answer" => Piece::Answer(source.to_owned()),
            "session" => Piece::Session(source.to_owned()),
            _ => Piece::Action(source.to_owned()),
        };
        let gone = "SELECT record_hash FROM withdrawn WHERE person_id = $1 AND record_hash = $2";
        if self.sql.first(gone, params![self.person, withdraw::mark(&piece)], id)?.is_some() {
            return Ok(Some(String::new()));
        }
        let own = format!("SELECT id FROM {table} WHERE person_id = $1 AND id = $2");
        self.sql.first(&own, params![self.person, source], id)
    }

    fn note(&self, kind: &str, source: &str, record: &str) -> Result<(), StoreError> {
        self.sql.run(
            "INSERT INTO taken_in (person_id, kind, source_id, record_id, at, batch) VALUES ($1, $2, $3, $4, $5, $6)",
            params![self.person, kind, source, record, self.clock.stamp(), self.batch],
        )?;
        Ok(())
    }

    /// Inserts new answers, in one session of their own.
    fn answers(&self, entries: &[Answer], added: &mut Added) -> Result<(), StoreError> {
        let mut sitting: Option<String> = None;
        for (given, entry) in self.parcel.answers.iter().zip(entries) {
            if self.known("answer", "answer", &given.id)?.is_some() {
                added.known += 1;
                continue;
            }
            let session = ensure_session(self.sql, self.clock, self.person, sitting.as_deref(), SessionKind::Alone)?;
            let who = Who {
                person: self.person.to_owned(),
                session: session.clone(),
                purpose: self.parcel.purpose,
                comparison: None,
            };
            sitting = Some(session);
            let kept = insert(self.sql, self.clock, &who, entry)?;
            self.note("answer", &given.id, &kept.id)?;
            added.answers += 1;
        }
        Ok(())
    }

    fn session(&self, session: &Session, added: &mut Added) -> Result<(), StoreError> {
        if self.known("session", "session", &session.id)?.is_some() {
            added.known += 1;
            return Ok(());
        }
        let id = ensure_session(self.sql, self.clock, self.person, None, session.kind)?;
        self.sql.run(
            "INSERT INTO session_end (session_id, engagement_id, purpose, on_day, minutes, model, paid, behaviours, \
             actions, at) VALUES ($1, NULL, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![
                id,
                session.purpose.id(),
                session.on.to_string(),
                i64::from(session.minutes),
                session.model.as_deref().map(|model| enter::line("the model", model)).transpose()?,
                i64::from(session.paid),
                enter::lines("a behaviour", &session.behaviours)?.join("\n"),
                self.actions_here(&session.actions)?.join("\n"),
                self.clock.stamp(),
            ],
        )?;
        for note in session.shared() {
            self.sql.run(
                "INSERT INTO note (id, session_id, part, title, body, seen) VALUES ($1, $2, $3, $4, $5, $6)",
                params![
                    self.sql.next_id(self.clock, "note")?,
                    id,
                    enter::line("the part of a note", &note.part)?,
                    enter::line("the name of a part", &note.title)?,
                    enter::text("a note", &note.text)?,
                    note.seen.id()
                ],
            )?;
        }
        self.note("session", &session.id, &id)?;
        added.sessions += 1;
        Ok(())
    }

    /// Translates the ids of a session's actions to the ids here; actions that do not exist here are left out.
    fn actions_here(&self, ids: &[String]) -> Result<Vec<String>, StoreError> {
        let mut here = Vec::new();
        for id in ids {
            here.extend(self.known("action", "action", id)?.filter(|id| !id.is_empty()));
        }
        Ok(here)
    }

    /// Inserts a new action, or a new state of an existing action if it is newer than the current one.
    fn action(&self, action: &Action, added: &mut Added) -> Result<(), StoreError> {
        let state = format!("{}/{}", action.id, state_of(action));
        let here = self.known("action", "action", &action.id)?;
        let Some(id) = here else {
            let entry = actions::sanitised(&first_of(action))?;
            let kept = actions::insert(self.sql, self.clock, self.person, None, &entry)?;
            self.note("action", &action.id, &kept.id)?;
            self.note("action-state", &state, &kept.id)?;
            if state_of(&kept) != state_of(action) {
                actions::insert_event(self.sql, self.clock, &kept.id, &change_to(action)?)?;
            }
            added.actions += 1;
            return Ok(());
        };
        let seen = "SELECT record_id FROM taken_in WHERE person_id = $1 AND kind = 'action-state' AND source_id = $2";
        let stands = actions::one(self.sql, self.person, &id)?;
        let is_newer = |here: &Action| here.changed_on <= action.changed_on && state_of(here) != state_of(action);
        let is_seen = self.sql.first(seen, params![self.person, state], |_| Ok(()))?.is_some();
        if is_seen || !stands.as_ref().is_some_and(is_newer) {
            added.known += 1;
            return Ok(());
        }
        let event = actions::insert_event(self.sql, self.clock, &id, &change_to(action)?)?;
        self.note("action-state", &state, &event)?;
        added.states += 1;
        Ok(())
    }
}

/// Returns the action at the time of the decision, with its newest texts.
fn first_of(action: &Action) -> NewAction {
    NewAction {
        decided_on: action.decided_on,
        activity: action.activity.clone(),
        rules: action.rules.clone(),
        because: action.because.clone(),
        behaviours: action.behaviours.clone(),
        title: action.title.clone(),
        first_step: action.first_step.clone(),
        due: action.due,
        intent: action.intent.clone(),
    }
}

fn change_to(action: &Action) -> Result<Change, StoreError> {
    actions::sanitised_change(&Change {
        title: action.title.clone(),
        first_step: action.first_step.clone(),
        status: action.status,
        learned: action.learned.clone(),
        due: action.due,
        intent: action.intent.clone(),
        came_out: action.came_out,
        on: action.changed_on,
    })
}

/// Returns a hash that identifies a state of an action independently of its id.
fn state_of(action: &Action) -> String {
    let Action { title, first_step, due, status, changed_on, learned, intent, came_out, .. } = action;
    let text = format!("{:?}", (title, first_step, due, status.id(), changed_on, learned, intent, came_out));
    sha256(&text)
}

/// Returns the SHA-256 hash of a text in hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(text.as_bytes()))
}

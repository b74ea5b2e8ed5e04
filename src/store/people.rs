//! People: the user and the clients, and the session in which records are made.

use rusqlite::{Row, params};

use super::error::StoreError;
use super::sql::Sql;
use super::{Store, enter, row};
use crate::domain::{Day, Organisation, Person, PersonKind, SessionKind, can_be_read, fold, spelt};
use crate::os::Clock;

/// The person whose records are read and written. Every query names one person; none reads the records of two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Whose {
    /// The user.
    #[default]
    Mine,
    /// The client with this id.
    Client(String),
}

impl Whose {
    /// Returns the client's id; empty for the user.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Mine => String::new(),
            Self::Client(id) => id.clone(),
        }
    }
}

/// People with the newest card and the newest detail. Callers append a condition and an order.
const SELECT: &str = "\
    SELECT p.id, p.kind, coalesce(c.display_name, p.display_name), coalesce(c.email, ''), c.hours_log_on, d.level, \
    coalesce(d.organisation, '') FROM person p \
    LEFT JOIN person_detail d \
    ON d.person_id = p.id AND d.id = (SELECT max(id) FROM person_detail WHERE person_id = p.id) \
    LEFT JOIN person_card c \
    ON c.person_id = p.id AND c.id = (SELECT max(id) FROM person_card WHERE person_id = p.id)";

impl Store {
    /// Returns the user; a person without an id and without details while nothing has been saved.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn me(&self) -> Result<Person, StoreError> {
        let me = self.db.read().first(&format!("{SELECT} WHERE p.kind = 'self' ORDER BY p.id"), &[], read)?;
        Ok(me.unwrap_or_default())
    }

    /// Returns the current person.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn person(&self) -> Result<Person, StoreError> {
        match &self.whose {
            Whose::Mine => self.me(),
            Whose::Client(id) => client(&self.db.read(), id),
        }
    }

    /// Returns all clients, ordered by name.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn clients(&self) -> Result<Vec<Person>, StoreError> {
        let mut all = self.db.read().rows(&format!("{SELECT} WHERE p.kind = 'client' ORDER BY p.id"), &[], read)?;
        all.sort_by_cached_key(|person| fold(&person.name));
        Ok(all)
    }

    /// Selects the records of another person; `None` selects the user's own.
    ///
    /// # Errors
    /// [`StoreError::NoPerson`] for an unknown id; nothing is changed then.
    pub fn turn_to(&mut self, person: Option<&str>) -> Result<Person, StoreError> {
        let whose = match person {
            None => Whose::Mine,
            Some(id) => Whose::Client(client(&self.db.read(), id)?.id),
        };
        self.whose = whose;
        self.person()
    }

    /// Adds a client.
    ///
    /// # Errors
    /// Returns an error if the name is empty, too long or reserved, or the records cannot be written.
    pub fn add_client(&mut self, name: &str) -> Result<Person, StoreError> {
        let name = entered_name(name)?;
        let Self { db, clock, .. } = self;
        db.tx(|sql| {
            let id = sql.next_id(clock, "person")?;
            sql.run(
                "INSERT INTO person (id, display_name, kind, created_at) VALUES ($1, $2, $3, $4)",
                params![id, name, "client", clock.stamp()],
            )?;
            client(sql, &id)
        })
    }

    /// Sets name, e-mail address and consent to the hours log of the current person.
    ///
    /// # Errors
    /// Returns an error if a text is too long or the records cannot be written.
    pub fn set_card(&mut self, name: &str, email: &str, hours_log: Option<Day>) -> Result<Person, StoreError> {
        let name = if self.whose == Whose::Mine { enter::line("the name", name)? } else { entered_name(name)? };
        let email = enter::line("the email address", email)?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            sql.run(
                "INSERT INTO person_card (id, person_id, display_name, email, hours_log_on, at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
                params![
                    sql.next_id(clock, "person_card")?,
                    person,
                    name,
                    email,
                    hours_log.map(|day| day.to_string()),
                    clock.stamp()
                ],
            )?;
            Ok(())
        })?;
        self.person()
    }

    /// Sets level and kind of organisation of the current person; earlier statements are kept in the records.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn set_person(&mut self, level: Option<&str>, organisation: Organisation) -> Result<Person, StoreError> {
        let level = entered_level(level)?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            insert_detail(sql, clock, &person, level.as_deref(), organisation)
        })?;
        self.person()
    }

    /// Returns the id of the client whose records are selected; `None` for the user.
    #[must_use]
    pub fn client(&self) -> Option<String> {
        match &self.whose {
            Whose::Mine => None,
            Whose::Client(id) => Some(id.clone()),
        }
    }

    /// Returns the id of the current person; `None` while the user has no row.
    pub(super) fn person_id(&self) -> Result<Option<String>, StoreError> {
        match &self.whose {
            Whose::Mine => my_id(&self.db.read()),
            Whose::Client(id) => Ok(Some(id.clone())),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Person, StoreError> {
    let kind = |text: &str| match text {
        "self" => Some(PersonKind::Myself),
        "client" => Some(PersonKind::Client),
        _ => None,
    };
    Ok(Person {
        id: row::text(row, 0)?,
        kind: row::word(row, 1, kind)?,
        name: row::text(row, 2)?,
        email: row::text(row, 3)?,
        in_hours_log: row::maybe_day(row, 4)?,
        level: row::maybe_text(row, 5)?,
        organisation: row::word(row, 6, Organisation::parse)?,
    })
}

/// Returns the client with this id.
fn client(sql: &Sql<'_>, id: &str) -> Result<Person, StoreError> {
    let found = sql.first(&format!("{SELECT} WHERE p.kind = 'client' AND p.id = $1"), params![id], read)?;
    found.ok_or_else(|| StoreError::NoPerson(id.to_owned()))
}

/// Maximum length of a client's name in characters; names are never truncated on the screen.
const LONGEST_NAME: usize = 120;

fn entered_name(name: &str) -> Result<String, StoreError> {
    let name = enter::line("the name", name)?;
    let chars = name.chars().count();
    if chars > LONGEST_NAME {
        return Err(StoreError::TooLong { what: "the name", chars, most: LONGEST_NAME });
    }
    if !can_be_read(&name, 1) {
        return Err(StoreError::Empty("the name"));
    }
    // `--person me` and `erase me` refer to the user.
    match fold(&spelt(&name)).as_str() {
        "me" | "myself" => Err(StoreError::Reserved(name)),
        _ => Ok(name),
    }
}

/// Cleans a level; an empty one becomes `None`.
pub(super) fn entered_level(level: Option<&str>) -> Result<Option<String>, StoreError> {
    Ok(level.map(|level| enter::line("the level", level)).transpose()?.filter(|level| !level.is_empty()))
}

/// Inserts a statement of level and organisation.
pub(super) fn insert_detail(
    sql: &Sql<'_>,
    clock: &Clock,
    person: &str,
    level: Option<&str>,
    organisation: Organisation,
) -> Result<(), StoreError> {
    sql.run(
        "INSERT INTO person_detail (id, person_id, level, organisation, at) VALUES ($1, $2, $3, $4, $5)",
        params![sql.next_id(clock, "person_detail")?, person, level, organisation.id(), clock.stamp()],
    )?;
    Ok(())
}

/// Returns the id of the current person; the user's row is created when it is first needed.
pub(super) fn ensure(sql: &Sql<'_>, clock: &Clock, whose: &Whose) -> Result<String, StoreError> {
    if let Whose::Client(id) = whose {
        return Ok(id.clone());
    }
    if let Some(id) = my_id(sql)? {
        return Ok(id);
    }
    let id = sql.next_id(clock, "person")?;
    sql.run(
        "INSERT INTO person (id, display_name, kind, created_at) VALUES ($1, $2, $3, $4)",
        params![id, "", "self", clock.stamp()],
    )?;
    Ok(id)
}

fn my_id(sql: &Sql<'_>) -> Result<Option<String>, StoreError> {
    sql.first("SELECT id FROM person WHERE kind = 'self' ORDER BY id", &[], |row| row::text(row, 0))
}

/// Returns the id of the current session, or of a new one.
pub(super) fn ensure_session(
    sql: &Sql<'_>,
    clock: &Clock,
    person: &str,
    current: Option<&str>,
    kind: SessionKind,
) -> Result<String, StoreError> {
    if let Some(id) = current {
        return Ok(id.to_owned());
    }
    let id = sql.next_id(clock, "session")?;
    sql.run(
        "INSERT INTO session (id, person_id, started_at, kind) VALUES ($1, $2, $3, $4)",
        params![id, person, clock.stamp(), kind.id()],
    )?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::super::testing::store;
    use super::*;

    #[test]
    fn what_was_stated_last_counts_and_the_rest_stays() {
        let mut store = store();
        assert_eq!(store.me().expect("readable"), Person::default());
        let first = store.set_person(Some("managers"), Organisation::Provider).expect("writable");
        assert_eq!((first.level.as_deref(), first.organisation), (Some("managers"), Organisation::Provider));
        assert!(!first.id.is_empty());
        let second = store.set_person(None, Organisation::NotStated).expect("writable");
        assert_eq!(second, Person { id: first.id, ..Person::default() });
        assert_eq!(store.me().expect("readable"), second);
        let kept = store.db.read().rows("SELECT level FROM person_detail", &[], |_| Ok(())).expect("readable");
        assert_eq!(kept.len(), 2);
    }

    #[test]
    fn clients_are_listed_by_name_and_their_cards_change() {
        let mut store = store();
        assert!(matches!(store.add_client("  "), Err(StoreError::Empty(_))));
        let zoe = store.add_client("Zo\u{eb}").expect("writable");
        let amira = store.add_client("Amira Khan").expect("writable");
        assert_eq!(store.clients().expect("readable"), [amira.clone(), zoe.clone()]);
        assert!(matches!(store.turn_to(Some("nobody")), Err(StoreError::NoPerson(_))));
        assert_eq!(store.turn_to(Some(&zoe.id)).expect("she is there"), zoe);
        let day = jiff::civil::date(2026, 11, 22);
        let changed = store.set_card("Zo\u{eb} Adams", "zoe@example.org", Some(day)).expect("writable");
        assert_eq!((changed.name.as_str(), changed.in_hours_log), ("Zo\u{eb} Adams", Some(day)));
        assert_eq!(store.turn_to(None).expect("readable"), Person::default());
        assert_eq!(store.clients().expect("readable").len(), 2);
    }
}

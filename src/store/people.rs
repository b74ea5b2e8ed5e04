//! Whose records these are, and the sitting they were made in.

use rusqlite::{Row, params};

use super::error::StoreError;
use super::sql::Sql;
use super::{Store, enter, row};
use crate::domain::{Day, Organisation, Person, PersonKind, SessionKind, can_be_read, fold, spelt};
use crate::os::Clock;

/// Whose records are read and written. Every query names one person: there is none that reads two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Whose {
    /// The one at the keyboard.
    #[default]
    Mine,
    /// The client with this id.
    Client(String),
}

impl Whose {
    /// The client's id, or nothing.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Mine => String::new(),
            Self::Client(id) => id.clone(),
        }
    }
}

/// People with the newest card and the newest detail; completed by a condition and an order.
const SELECT: &str = "\
    SELECT p.id, p.kind, coalesce(c.display_name, p.display_name), coalesce(c.email, ''), c.hours_log_on, d.level, \
    coalesce(d.organisation, '') FROM person p \
    LEFT JOIN person_detail d \
    ON d.person_id = p.id AND d.id = (SELECT max(id) FROM person_detail WHERE person_id = p.id) \
    LEFT JOIN person_card c \
    ON c.person_id = p.id AND c.id = (SELECT max(id) FROM person_card WHERE person_id = p.id)";

impl Store {
    /// Myself. While nothing has been saved, a person without an id who has stated nothing.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn me(&self) -> Result<Person, StoreError> {
        let me = self.db.read().first(&format!("{SELECT} WHERE p.kind = 'self' ORDER BY p.id"), &[], read)?;
        Ok(me.unwrap_or_default())
    }

    /// The person whose records are open.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn person(&self) -> Result<Person, StoreError> {
        match &self.whose {
            Whose::Mine => self.me(),
            Whose::Client(id) => client(&self.db.read(), id),
        }
    }

    /// All clients, by name.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn clients(&self) -> Result<Vec<Person>, StoreError> {
        let mut all = self.db.read().rows(&format!("{SELECT} WHERE p.kind = 'client' ORDER BY p.id"), &[], read)?;
        all.sort_by_cached_key(|person| fold(&person.name));
        Ok(all)
    }

    /// Opens the records of another person from now on; `None` for my own.
    ///
    /// # Errors
    /// [`StoreError::NoPerson`] for an unknown id; then nothing is changed.
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
    /// When the name is empty or too long, or the records cannot be written.
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

    /// States name, e-mail address and consent to the hours log of the person whose records are open.
    ///
    /// # Errors
    /// When a text is too long or the records cannot be written.
    pub fn set_card(&mut self, name: &str, email: &str, hours_log: Option<Day>) -> Result<Person, StoreError> {
        let name = if self.whose == Whose::Mine { enter::line("the name", name)? } else { entered_name(name)? };
        let email = enter::line("the e-mail address", email)?;
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

    /// States level and kind of organisation from now on; what was stated before stays in the records.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn set_person(&mut self, level: Option<&str>, organisation: Organisation) -> Result<Person, StoreError> {
        let level = entered_level(level)?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            insert_detail(sql, clock, &person, level.as_deref(), organisation)
        })?;
        self.person()
    }

    /// Id of the client whose records are open; `None` for my own.
    #[must_use]
    pub fn client(&self) -> Option<String> {
        match &self.whose {
            Whose::Mine => None,
            Whose::Client(id) => Some(id.clone()),
        }
    }

    /// The id of the person whose records are open; `None` while I have none.
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

/// The client with an id.
fn client(sql: &Sql<'_>, id: &str) -> Result<Person, StoreError> {
    let found = sql.first(&format!("{SELECT} WHERE p.kind = 'client' AND p.id = $1"), params![id], read)?;
    found.ok_or_else(|| StoreError::NoPerson(id.to_owned()))
}

/// A client's name, which is never empty.
/// Characters of the longest name, which is shown whole.
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
    // `--person me` and `erase me` mean oneself.
    match fold(&spelt(&name)).as_str() {
        "me" | "myself" => Err(StoreError::Reserved(name)),
        _ => Ok(name),
    }
}

/// A level with its text cleaned; an empty one is none.
pub(super) fn entered_level(level: Option<&str>) -> Result<Option<String>, StoreError> {
    Ok(level.map(|level| enter::line("the level", level)).transpose()?.filter(|level| !level.is_empty()))
}

/// Writes what a person states about themselves from now on.
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

/// The id of the person whose records are open; my own is made when it is first needed.
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

/// The id of the sitting: the one that goes on, or a new one.
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

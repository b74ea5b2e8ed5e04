//! Whose records these are, and the sitting they were made in.

use rusqlite::params;

use super::error::StoreError;
use super::sql::Sql;
use super::{Store, enter, row};
use crate::domain::{Organisation, Person};
use crate::os::Clock;

impl Store {
    /// Myself. While nothing has been saved, a person without an id who has stated nothing.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn me(&self) -> Result<Person, StoreError> {
        let me = self.db.read().first(
            "SELECT p.id, p.display_name, d.level, d.organisation FROM person p LEFT JOIN person_detail d \
             ON d.person_id = p.id AND d.id = (SELECT max(id) FROM person_detail WHERE person_id = p.id) \
             WHERE p.kind = 'self' ORDER BY p.id",
            &[],
            |row| {
                let stated = row.get::<_, Option<String>>(3)?.is_some();
                let organisation =
                    if stated { row::word(row, 3, Organisation::parse)? } else { Organisation::NotStated };
                Ok(Person { id: row.get(0)?, name: row.get(1)?, level: row.get(2)?, organisation })
            },
        )?;
        Ok(me.unwrap_or_default())
    }

    /// States my level and kind of organisation from now on; what I stated before stays in the records.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn set_person(&mut self, level: Option<&str>, organisation: Organisation) -> Result<Person, StoreError> {
        let level = entered_level(level)?;
        let Self { db, clock, .. } = self;
        db.tx(|sql| {
            let me = ensure_me(sql, clock)?;
            insert_detail(sql, clock, &me, level.as_deref(), organisation)
        })?;
        self.me()
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

/// The id of the person themselves, made when it is first needed.
pub(super) fn ensure_me(sql: &Sql<'_>, clock: &Clock) -> Result<String, StoreError> {
    let known =
        sql.first("SELECT id FROM person WHERE kind = 'self' ORDER BY id", &[], |row| Ok(row.get::<_, String>(0)?))?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id = sql.next_id(clock, "person")?;
    sql.run(
        "INSERT INTO person (id, display_name, kind, created_at) VALUES ($1, $2, $3, $4)",
        params![id, "", "self", clock.stamp()],
    )?;
    Ok(id)
}

/// The id of the sitting: the one that goes on, or a new one.
pub(super) fn ensure_session(
    sql: &Sql<'_>,
    clock: &Clock,
    person: &str,
    current: Option<&str>,
) -> Result<String, StoreError> {
    if let Some(id) = current {
        return Ok(id.to_owned());
    }
    let id = sql.next_id(clock, "session")?;
    sql.run(
        "INSERT INTO session (id, person_id, started_at, kind) VALUES ($1, $2, $3, $4)",
        params![id, person, clock.stamp(), "alone"],
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
}

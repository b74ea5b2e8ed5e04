//! Schema migrations. Each step is applied in one transaction together with its row in `schema_version`. A step that
//! has been released must never change, which its checksum verifies.

use rusqlite::params;
use sha2::{Digest, Sha256};

use super::error::StoreError;
use super::sql::{Db, Sql};
use crate::domain::hex;
use crate::os::Clock;

/// One migration step.
#[derive(Debug, Clone, Copy)]
struct Step {
    v: i64,
    name: &'static str,
    sql: &'static str,
}

/// All steps in order.
const STEPS: &[Step] = &[
    Step { v: 1, name: "init", sql: include_str!("migrations/0001_init.sql") },
    Step { v: 2, name: "decision", sql: include_str!("migrations/0002_decision.sql") },
    Step { v: 3, name: "one to one", sql: include_str!("migrations/0003_one_to_one.sql") },
    Step { v: 4, name: "rights", sql: include_str!("migrations/0004_rights.sql") },
    Step { v: 5, name: "words of answers", sql: include_str!("migrations/0005_words.sql") },
    Step { v: 6, name: "taken back", sql: include_str!("migrations/0006_taken_back.sql") },
];

impl Step {
    /// Returns the SHA-256 hash of the text with line feeds only, so that a checkout with other line ends gives the
    /// same value.
    fn checksum(&self) -> String {
        hex(&Sha256::digest(self.sql.replace("\r\n", "\n").as_bytes()))
    }
}

/// Returns the number of the newest step.
pub(super) fn newest() -> i64 {
    STEPS.last().map_or(0, |step| step.v)
}

/// Returns the SQL text of the steps up to `version`.
pub(super) fn steps_until(version: i64) -> impl Iterator<Item = &'static str> {
    STEPS.iter().take_while(move |step| step.v <= version).map(|step| step.sql)
}

/// The migration state of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pending {
    /// All steps have been applied.
    Nothing,
    /// Steps are missing.
    Steps,
    /// A newer version of the program has applied the step with this number.
    Newer(i64),
}

/// Determines the migration state.
///
/// # Errors
/// [`StoreError::Altered`], or a database error.
pub(super) fn pending(sql: &Sql<'_>) -> Result<Pending, StoreError> {
    match applied(sql, STEPS) {
        Ok(done) if STEPS.last().is_some_and(|step| step.v > done) => Ok(Pending::Steps),
        Ok(_) => Ok(Pending::Nothing),
        Err(StoreError::Newer(version)) => Ok(Pending::Newer(version)),
        Err(other) => Err(other),
    }
}

/// Migrates the records to the newest schema. Takes the write lock only if there is something to do.
///
/// # Errors
/// [`StoreError::Newer`], [`StoreError::Altered`], or a database error.
pub(super) fn migrate(db: &mut Db, clock: &Clock) -> Result<(), StoreError> {
    apply(db, clock, STEPS)
}

fn apply(db: &mut Db, clock: &Clock, steps: &[Step]) -> Result<(), StoreError> {
    for step in steps {
        let done = applied(&db.read(), steps)?;
        if done >= step.v {
            continue;
        }
        db.tx(|sql| {
            // Another program may have applied the step meanwhile.
            if applied(sql, steps)? >= step.v {
                return Ok(());
            }
            sql.batch(step.sql)?;
            sql.run(
                "INSERT INTO schema_version (v, name, sha256, at) VALUES ($1, $2, $3, $4)",
                params![step.v, step.name, step.checksum(), clock.stamp()],
            )?;
            Ok(())
        })?;
    }
    Ok(())
}

/// Returns the number of the newest applied step, 0 for none, after verifying the checksum of every applied step.
fn applied(sql: &Sql<'_>, steps: &[Step]) -> Result<i64, StoreError> {
    let tables =
        sql.rows("SELECT name FROM sqlite_master WHERE type = 'table'", &[], |row| Ok(row.get::<_, String>(0)?))?;
    if tables.is_empty() {
        return Ok(0);
    }
    if !tables.iter().any(|name| name == "schema_version") {
        return Err(StoreError::Damaged("cairn.db holds tables that Cairn did not make".to_owned()));
    }
    let seen = sql.rows("SELECT v, sha256 FROM schema_version ORDER BY v", &[], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    let newest = seen.last().map_or(0, |(v, _)| *v);
    if newest > steps.last().map_or(0, |step| step.v) {
        return Err(StoreError::Newer(newest));
    }
    for (v, checksum) in &seen {
        if !steps.iter().any(|step| step.v == *v && step.checksum() == *checksum) {
            return Err(StoreError::Altered(*v));
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::fixed(jiff::civil::date(2026, 11, 22))
    }

    #[test]
    fn steps_are_numbered_from_one_without_a_gap() {
        assert!(STEPS.iter().map(|step| step.v).eq((1..).take(STEPS.len())));
    }

    #[test]
    fn steps_are_applied_once_and_their_checksums_compared() {
        let mut db = Db::in_memory().expect("there is memory");
        migrate(&mut db, &clock()).expect("the first time");
        migrate(&mut db, &clock()).expect("nothing to do");
        let count = db.read().first("SELECT count(*) FROM schema_version", &[], |row| Ok(row.get::<_, i64>(0)?));
        assert_eq!(count.expect("the table is there"), STEPS.last().map(|step| step.v));

        let other = Step { sql: "CREATE TABLE schema_version (v BIGINT)", ..STEPS[0] };
        assert!(matches!(apply(&mut db, &clock(), &[&[other], &STEPS[1..]].concat()), Err(StoreError::Altered(1))));
        apply(&mut db, &clock(), &[STEPS, &[next("CREATE TABLE more (id TEXT NOT NULL PRIMARY KEY)")]].concat())
            .expect("a further step");
        assert!(matches!(migrate(&mut db, &clock()), Err(StoreError::Newer(v)) if v > 2));
    }

    /// A step that follows all existing ones.
    fn next(sql: &'static str) -> Step {
        Step { v: STEPS.last().map_or(1, |step| step.v + 1), name: "next", sql }
    }

    #[test]
    fn records_of_the_first_version_are_brought_up_and_keep_what_they_held() {
        let mut db = Db::in_memory().expect("there is memory");
        apply(&mut db, &clock(), &STEPS[..1]).expect("the first version");
        let row = "INSERT INTO person (id, display_name, kind, created_at) VALUES ('1', 'me', 'self', 'then')";
        db.tx(|sql| sql.batch(row)).expect("writable");
        migrate(&mut db, &clock()).expect("the steps between");
        let name = db.read().first("SELECT display_name FROM person", &[], |row| Ok(row.get::<_, String>(0)?));
        assert_eq!(name.expect("readable").as_deref(), Some("me"));
        let lines = db.read().first("SELECT count(*) FROM decision", &[], |row| Ok(row.get::<_, i64>(0)?));
        assert_eq!(lines.expect("the new table is there"), Some(0));
    }

    #[test]
    fn a_step_that_fails_leaves_nothing_behind() {
        let mut db = Db::in_memory().expect("there is memory");
        migrate(&mut db, &clock()).expect("the first time");
        let bad = next("CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT)");
        assert!(apply(&mut db, &clock(), &[STEPS, &[bad]].concat()).is_err());
        let half = db.read().first("SELECT name FROM sqlite_master WHERE name = 'half'", &[], |_| Ok(()));
        assert_eq!(half.expect("the list of tables can be read"), None);
        migrate(&mut db, &clock()).expect("still at the step before");
    }

    #[test]
    fn the_text_is_in_the_subset_that_postgresql_shares() {
        for step in STEPS {
            let text = step.sql.to_uppercase();
            for word in [
                "AUTOINCREMENT",
                "INSERT OR",
                "DATETIME",
                "INTEGER",
                "REAL",
                "BLOB",
                "PRAGMA",
                "WITHOUT ROWID",
                "STRICT",
                "?",
            ] {
                assert!(!text.contains(word), "{} uses {word}", step.name);
            }
        }
    }
}

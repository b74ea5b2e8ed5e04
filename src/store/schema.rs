//! Verification that a database has exactly Cairn's schema. It runs before any statement on a database of unknown
//! origin (a backup, a folder from somebody else), because a view, trigger or virtual table in it would be foreign SQL
//! that runs when a table with that name is read or written.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use rusqlite::Connection;

use super::error::StoreError;
use super::migrate;

/// A schema object: kind, name, the table it belongs to, and its SQL statement.
type Thing = (String, String, String, Option<String>);

/// All schema objects, in order.
type Schema = Vec<Thing>;

/// Rejects a database with any schema object that its version of Cairn does not create. For newer versions, only views,
/// triggers and virtual tables are rejected, which no version has.
///
/// # Errors
/// [`StoreError::Foreign`], or a database error.
pub(super) fn is_ours(conn: &Connection) -> Result<(), StoreError> {
    let found = read(conn)?;
    if found.is_empty() {
        return Ok(());
    }
    for (kind, name, _, sql) in &found {
        let usual = matches!((kind.as_str(), sql), ("table", Some(_)) | ("index", _));
        let begins = sql.as_deref().unwrap_or_default().trim_start().to_ascii_uppercase();
        if !usual || begins.starts_with("CREATE VIRTUAL") {
            return Err(foreign(kind, name));
        }
    }
    let table = |schema: &Schema| schema.iter().find(|(_, name, ..)| name == "schema_version").cloned();
    let first = of_version(1)?;
    if table(&found).is_none() || table(&found) != table(&first) {
        return Err(StoreError::Damaged("cairn.db holds tables that Cairn did not make".to_owned()));
    }
    let version = conn.query_row("SELECT coalesce(max(v), 0) FROM schema_version", [], |row| row.get::<_, i64>(0))?;
    if version > migrate::newest() {
        return Ok(());
    }
    let ours = of_version(version)?;
    match found.iter().find(|thing| !ours.contains(thing)) {
        Some((kind, name, ..)) => Err(foreign(kind, name)),
        None if found.len() == ours.len() => Ok(()),
        None => Err(StoreError::Damaged("tables are missing in cairn.db".to_owned())),
    }
}

fn foreign(kind: &str, name: &str) -> StoreError {
    StoreError::Foreign(format!("it holds the {} {}", crate::domain::clean(kind), crate::domain::clean(name)))
}

fn read(conn: &Connection) -> Result<Schema, StoreError> {
    let mut statement =
        conn.prepare("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name, tbl_name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the schema that the steps up to `version` create.
fn of_version(version: i64) -> Result<Schema, StoreError> {
    static KNOWN: OnceLock<Mutex<BTreeMap<i64, Schema>>> = OnceLock::new();
    let known = KNOWN.get_or_init(Mutex::default);
    if let Some(schema) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&version) {
        return Ok(schema.clone());
    }
    let conn = Connection::open_in_memory()?;
    for step in migrate::steps_until(version) {
        conn.execute_batch(step)?;
    }
    let schema = read(&conn)?;
    known.lock().unwrap_or_else(PoisonError::into_inner).insert(version, schema.clone());
    Ok(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Connection {
        let conn = Connection::open_in_memory().expect("there is memory");
        for step in migrate::steps_until(migrate::newest()) {
            conn.execute_batch(step).expect("our own");
        }
        let row = "INSERT INTO schema_version (v, name, sha256, at) VALUES ($1, 'x', 'x', 'x')";
        conn.execute(row, [migrate::newest()]).expect("writable");
        conn
    }

    #[test]
    fn every_version_of_ours_is_ours_and_so_is_an_empty_one() {
        is_ours(&Connection::open_in_memory().expect("there is memory")).expect("empty");
        is_ours(&ours()).expect("the newest");
    }

    #[test]
    fn whatever_is_there_besides_is_refused() {
        for more in [
            "CREATE VIEW me AS SELECT 1",
            "CREATE TRIGGER t AFTER INSERT ON answer BEGIN DELETE FROM answer; END",
            "CREATE TABLE hidden (a TEXT)",
            "CREATE INDEX more ON answer (id)",
            "CREATE VIRTUAL TABLE words USING fts5(a)",
            "ALTER TABLE answer ADD COLUMN more TEXT",
            "DROP TABLE answer; CREATE VIEW answer AS SELECT 1",
            "DROP TABLE answer",
            "DROP TABLE schema_version; CREATE VIEW schema_version AS SELECT 1 AS v",
            "INSERT INTO schema_version VALUES (999, 'x', 'x', 'x'); CREATE VIEW v AS SELECT 1",
        ] {
            let conn = ours();
            conn.execute_batch(more).expect("it can be made");
            assert!(is_ours(&conn).is_err(), "{more}");
        }
    }
}

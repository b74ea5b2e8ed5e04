//! Execution of SQL: the connection with its settings, transactions, and statements in the subset shared with
//! PostgreSQL.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, InterruptHandle, OpenFlags, Row, ToSql, Transaction, TransactionBehavior};

use super::error::StoreError;
use super::key::{Key, KeyError};
use super::schema;
use super::writer::{Look, Writer};
use crate::os::{Clock, FileId, Stopwatch, file_id};

/// How long a statement waits for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Maximum number of attempts for a transaction that was rejected as busy.
const TRIES: u32 = 5;

/// Settings of a connection after the file has been unlocked, on the disk and in memory. `synchronous=FULL` with WAL
/// makes saved data durable; the two `fullfsync` settings do so on macOS. The log is merged into the database every 128
/// pages, about 30 answers: flushing a log that is overwritten takes half the time of flushing one that still grows
/// (measured on ext4: a save took 2.0 to 2.5 times as long as a plain 4 KiB write, and 2.7 to 3.3 times with the
/// default of 1,000 pages).
const SETTINGS: &str = "
    PRAGMA foreign_keys = ON;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 128;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA cache_size = -16384;
";

/// Settings for records that are opened read-only.
const LOOKING: &str = "
    PRAGMA query_only = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA cache_size = -16384;
";

/// Whether the pages are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cipher {
    On,
    /// In memory, there is nothing to protect.
    Off,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// For reading and, after the lock has been taken, for writing.
    Write,
    /// For reading only: nothing is created or changed, not even a log.
    Look,
    /// For reading including the content of the log, when there is no room to share the log with other programs.
    Alone,
}

/// A database connection.
#[derive(Debug)]
pub(super) struct Db {
    conn: Connection,
    cipher: Cipher,
    pub(super) writer: Writer,
    /// The path under which the file was opened and the identity of the file; `None` in memory.
    opened: Option<(PathBuf, Option<FileId>)>,
}

impl Db {
    /// Opens an existing database file with its key. Symbolic links are rejected, in the path of the folder as well:
    /// pass a canonical path.
    ///
    /// # Errors
    /// [`KeyError::DoesNotFit`] if it cannot be read with this key; otherwise see [`StoreError`].
    pub(super) fn open(file: &Path, key: &Key, mode: Mode, writer: Writer) -> Result<Self, StoreError> {
        let flags =
            OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW | OpenFlags::SQLITE_OPEN_EXRESCODE;
        let conn = match mode {
            Mode::Write | Mode::Alone => Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)?,
            Mode::Look => Connection::open_with_flags(
                unchanging(file),
                flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
            )?,
        };
        conn.busy_timeout(PATIENCE)?;
        // Before the first statement that reads the schema.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        harden(&conn)?;
        if mode == Mode::Alone {
            conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
        }
        unlock(&conn, key)?;
        schema::is_ours(&conn)?;
        conn.execute_batch(if mode == Mode::Write { SETTINGS } else { LOOKING })?;
        let opened = Some((file.to_path_buf(), file_id(file)));
        Ok(Self { conn, cipher: Cipher::On, writer, opened })
    }

    /// Creates an empty database in memory.
    ///
    /// # Errors
    /// Returns an error if there is not enough memory.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(SETTINGS)?;
        harden(&conn)?;
        Ok(Self { conn, cipher: Cipher::Off, writer: Writer::Alone, opened: None })
    }

    /// Opens an unencrypted file, so that a test can search its bytes.
    #[cfg(test)]
    pub(super) fn plain(file: &Path) -> Result<Self, StoreError> {
        let conn = Connection::open(file)?;
        conn.execute_batch(SETTINGS)?;
        harden(&conn)?;
        Ok(Self { conn, cipher: Cipher::Off, writer: Writer::Alone, opened: None })
    }

    /// Fails if another file now has the path under which this one was opened: a restore has set it aside, and anything
    /// written to it would be lost to the user.
    ///
    /// # Errors
    /// [`StoreError::Moved`] if the file was replaced.
    pub(super) fn still_there(&self) -> Result<(), StoreError> {
        match &self.opened {
            Some((path, id)) if file_id(path) != *id => Err(StoreError::Moved),
            _ => Ok(()),
        }
    }

    /// Returns whether `path` is the file that was opened, for example after it was moved.
    pub(super) fn is_file(&self, path: &Path) -> bool {
        self.opened.as_ref().is_some_and(|(_, id)| id.is_some() && file_id(path) == *id)
    }

    /// Takes the write lock and checks that these records are still in their place. While the lock is held, they cannot
    /// be replaced.
    ///
    /// # Errors
    /// The same as [`Writer::claim`], and [`StoreError::Moved`].
    pub(super) fn claim(&mut self) -> Result<(), StoreError> {
        self.writer.claim()?;
        let there = self.still_there();
        if there.is_err() {
            // The lock belongs to the records that are in the folder now.
            self.writer = Writer::Never(Look::Moved);
        }
        there
    }

    /// Returns a handle that interrupts running statements from another thread.
    pub(super) fn interrupt_handle(&self) -> InterruptHandle {
        self.conn.get_interrupt_handle()
    }

    /// Returns access for reading; each statement sees the current state of the records.
    pub(super) fn read(&self) -> Sql<'_> {
        Sql { conn: &self.conn, cipher: self.cipher }
    }

    /// Writes a copy of the whole database, encrypted with the same key, into an empty file.
    ///
    /// # Errors
    /// Returns the database error.
    pub(super) fn copy_into(&self, file: &str) -> Result<(), StoreError> {
        self.read().run("VACUUM INTO $1", &[&file]).map(|_| ())
    }

    /// Runs `work` in one transaction: when this returns, all or nothing of it is on the disk. The write lock is taken
    /// at the start (`BEGIN IMMEDIATE`), because a transaction that begins with reading could not wait for it later. If
    /// another program interferes, `work` is run up to five times within five seconds.
    ///
    /// # Errors
    /// The error of `work`, [`StoreError::InUse`], [`StoreError::Busy`], or a database error.
    pub(super) fn tx<T>(&mut self, mut work: impl FnMut(&Sql<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.claim()?;
        let since = Stopwatch::start();
        let mut tries = 1;
        loop {
            match self.attempt(&mut work) {
                Err(StoreError::Busy) if tries < TRIES && since.elapsed() < PATIENCE => tries += 1,
                done => return done,
            }
        }
    }

    fn attempt<T>(&mut self, work: &mut impl FnMut(&Sql<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let tx = Transaction::new(&mut self.conn, TransactionBehavior::Immediate)?;
        // Pages are checked once at the end; decisions based on a bad page are rolled back then.
        let done = work(&Sql { conn: &tx, cipher: Cipher::Off })?;
        Sql { conn: &tx, cipher: self.cipher }.check_cipher()?;
        tx.commit()?;
        Ok(done)
    }
}

/// Returns a URI that tells SQLite that the file does not change, so that it needs no log, which could not be created
/// in a read-only folder.
fn unchanging(file: &Path) -> String {
    let mut name = "file:".to_owned();
    for byte in file.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte) {
            name.push(char::from(*byte));
        } else {
            let _ = write!(name, "%{byte:02x}");
        }
    }
    name.push_str("?immutable=1");
    name
}

/// Sets the key and reads the first page. The log of SQLCipher is turned off first: otherwise it would print every bad
/// page to standard error, over the screen.
fn unlock(conn: &Connection, key: &Key) -> Result<(), StoreError> {
    let batch = format!("PRAGMA cipher_log = off; PRAGMA key = \"x'{}'\";", key.hex());
    conn.execute_batch(&batch).map_err(|_| StoreError::Other("the key could not be set".to_owned()))?;
    match conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(StoreError::from) {
        Err(StoreError::Damaged(_)) => Err(KeyError::DoesNotFit.into()),
        other => other,
    }
}

/// Prevents a damaged schema from running code, and makes a mistyped column an error instead of a text.
fn harden(conn: &Connection) -> Result<(), StoreError> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Statements on a connection, inside or outside a transaction.
#[derive(Clone, Copy)]
pub(super) struct Sql<'c> {
    conn: &'c Connection,
    cipher: Cipher,
}

impl Sql<'_> {
    /// Runs several statements without parameters; used for migrations.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.conn.execute_batch(sql)?)
    }

    /// Runs one statement and returns the number of changed rows.
    pub(super) fn run(&self, sql: &str, params: &[&dyn ToSql]) -> Result<usize, StoreError> {
        Ok(self.prepare(sql)?.execute(params)?)
    }

    /// Passes every row to `take`.
    pub(super) fn each(
        &self,
        sql: &str,
        params: &[&dyn ToSql],
        mut take: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        self.check_cipher()
    }

    /// Returns all rows.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        params: &[&dyn ToSql],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut all = Vec::new();
        self.each(sql, params, |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Returns the first row, if there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, params, read)?.into_iter().next())
    }

    /// Returns a new id that sorts after every id in `table`, whatever the clock says.
    pub(super) fn next_id(&self, clock: &Clock, table: &'static str) -> Result<String, StoreError> {
        let newest =
            self.first(&format!("SELECT max(id) FROM {table}"), &[], |row| Ok(row.get::<_, Option<String>>(0)?))?;
        Ok(clock.new_id_after(newest.flatten().as_deref()))
    }

    /// Prepares a statement. SQLite numbers `$1`, `$2` by their first occurrence and PostgreSQL by their digits. A
    /// statement in which these differ would put values into the wrong columns in one of them, so it is rejected.
    fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        let statement = self.conn.prepare_cached(sql)?;
        for place in 1..=statement.parameter_count() {
            if statement.parameter_name(place) != Some(format!("${place}").as_str()) {
                return Err(StoreError::Other(format!("the parameters of a statement are out of order at ${place}")));
            }
        }
        Ok(statement)
    }

    /// Fails if a page that was read could not be decrypted. SQLite gets such a page as zeros and notices this in its
    /// own structures, but not at the end of a long text; the cipher keeps the status.
    fn check_cipher(&self) -> Result<(), StoreError> {
        if self.cipher == Cipher::Off {
            return Ok(());
        }
        let status = self.conn.query_row("PRAGMA cipher_status", [], |row| row.get::<_, String>(0))?;
        if status == "1" {
            return Ok(());
        }
        Err(StoreError::Damaged("a page does not pass its checksum".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_out_of_order_are_refused() {
        let db = Db::in_memory().expect("there is memory");
        let pair = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        assert_eq!(db.read().first("SELECT $1, $2", &[&1, &2], pair).expect("in order"), Some((1, 2)));
        assert!(db.read().first("SELECT $2, $1", &[&1, &2], pair).is_err());
        assert!(db.read().first("SELECT ?, ?", &[&1, &2], pair).is_err());
    }

    #[test]
    fn a_transaction_is_all_or_nothing() {
        let mut db = Db::in_memory().expect("there is memory");
        db.tx(|sql| sql.batch("CREATE TABLE t (a BIGINT)")).expect("a table can be made");
        let failed: Result<(), _> = db.tx(|sql| {
            sql.run("INSERT INTO t VALUES ($1)", &[&1])?;
            Err(StoreError::Full)
        });
        assert!(matches!(failed, Err(StoreError::Full)));
        let count = db.read().first("SELECT count(*) FROM t", &[], |row| Ok(row.get::<_, i64>(0)?));
        assert_eq!(count.expect("the table can be read"), Some(0));
    }

    #[test]
    fn a_busy_transaction_is_tried_five_times_and_no_more() {
        let mut db = Db::in_memory().expect("there is memory");
        let mut runs = 0;
        let busy: Result<(), _> = db.tx(|_| {
            runs += 1;
            Err(StoreError::Busy)
        });
        assert!(matches!(busy, Err(StoreError::Busy)));
        assert_eq!(runs, 5);
    }
}

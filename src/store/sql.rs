//! Running SQL: the connection with its settings, transactions, and statements in the subset that PostgreSQL shares.

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

/// How often a transaction is tried that was turned away at once.
const TRIES: u32 = 5;

/// How a connection is set up once the file has been unlocked, on the disk as in memory. `synchronous=FULL` with WAL is
/// what makes «saved» true; the two `fullfsync` make it true on a Mac as well. The log is folded into the database
/// every 128 pages, about 30 answers: a log that is overwritten flushes in half the time of one that still grows
/// (measured on ext4: a save took 2.0 to 2.5 times as long as a bare 4 KiB write, with the usual 1,000 pages 2.7 to 3.3).
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

/// The same for records that are only looked at.
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
    /// In memory there is nothing to protect.
    Off,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// To read and, once the lock is had, to write.
    Write,
    /// To read: nothing is made or changed, not even a log beside it.
    Look,
    /// To read with what lies in the log, where there is no room to share it with another program.
    Alone,
}

/// The connection.
#[derive(Debug)]
pub(super) struct Db {
    conn: Connection,
    cipher: Cipher,
    pub(super) writer: Writer,
    /// Which file it is, and under which name it was opened; `None` in memory.
    opened: Option<(PathBuf, Option<FileId>)>,
}

impl Db {
    /// Opens a database file that exists, with its key. Links are refused, in the folder's path too: pass its real path.
    ///
    /// # Errors
    /// [`KeyError::DoesNotFit`] when it cannot be read with this key; otherwise see [`StoreError`].
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
        // Before the first statement that looks into it.
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

    /// An empty database that is never written anywhere.
    ///
    /// # Errors
    /// When the memory is not there.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(SETTINGS)?;
        harden(&conn)?;
        Ok(Self { conn, cipher: Cipher::Off, writer: Writer::Alone, opened: None })
    }

    /// A file that is not encrypted, so that a test can look for words in its bytes.
    #[cfg(test)]
    pub(super) fn plain(file: &Path) -> Result<Self, StoreError> {
        let conn = Connection::open(file)?;
        conn.execute_batch(SETTINGS)?;
        harden(&conn)?;
        Ok(Self { conn, cipher: Cipher::Off, writer: Writer::Alone, opened: None })
    }

    /// Refuses to go on once another file has the name under which this one was opened: a restore moved it aside, and what
    /// was written here would be written where nobody looks.
    ///
    /// # Errors
    /// [`StoreError::Moved`].
    pub(super) fn still_there(&self) -> Result<(), StoreError> {
        match &self.opened {
            Some((path, id)) if file_id(path) != *id => Err(StoreError::Moved),
            _ => Ok(()),
        }
    }

    /// Whether this name stands for the file that was opened, e.g. after that was moved.
    pub(super) fn is_file(&self, path: &Path) -> bool {
        self.opened.as_ref().is_some_and(|(_, id)| id.is_some() && file_id(path) == *id)
    }

    /// Makes sure that nobody else writes, and that it is these records that are in their place. While the right to write
    /// is held, no others are put there.
    ///
    /// # Errors
    /// As [`Writer::claim`], and [`StoreError::Moved`].
    pub(super) fn claim(&mut self) -> Result<(), StoreError> {
        self.writer.claim()?;
        let there = self.still_there();
        if there.is_err() {
            // The right to write is that of the records which are in the folder now.
            self.writer = Writer::Never(Look::Moved);
        }
        there
    }

    /// Ends what runs on this connection, from another thread.
    pub(super) fn interrupt_handle(&self) -> InterruptHandle {
        self.conn.get_interrupt_handle()
    }

    /// For reading; each statement sees the records as they are at that moment.
    pub(super) fn read(&self) -> Sql<'_> {
        Sql { conn: &self.conn, cipher: self.cipher }
    }

    /// Writes a copy of the whole database, encrypted with the same key, into an empty file.
    ///
    /// # Errors
    /// What the database said.
    pub(super) fn copy_into(&self, file: &str) -> Result<(), StoreError> {
        self.read().run("VACUUM INTO $1", &[&file]).map(|_| ())
    }

    /// Does `work` in one transaction: all of it is on the disk when this returns, or none of it. The lock for writing is
    /// taken at the start (BEGIN IMMEDIATE): a transaction that begins by reading could not wait for it later. `work` may
    /// run again, up to five times within five seconds, when another program was in the way.
    ///
    /// # Errors
    /// What `work` returned, [`StoreError::InUse`], [`StoreError::Busy`], or what the database said.
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
        // Inside, nothing is vouched for until the end: what was decided on a bad page is rolled back.
        let done = work(&Sql { conn: &tx, cipher: Cipher::Off })?;
        Sql { conn: &tx, cipher: self.cipher }.check_cipher()?;
        tx.commit()?;
        Ok(done)
    }
}

/// The name under which SQLite takes a file for one that nobody changes: then it needs no log beside it, which could not be
/// made in a folder that is read-only.
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

/// Gives the key and reads the first page with it. SQLCipher tells standard error about every bad page unless its log is
/// switched off first, and that would be painted over the screen.
fn unlock(conn: &Connection, key: &Key) -> Result<(), StoreError> {
    let batch = format!("PRAGMA cipher_log = off; PRAGMA key = \"x'{}'\";", key.hex());
    conn.execute_batch(&batch).map_err(|_| StoreError::Other("the key could not be set".to_owned()))?;
    match conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(StoreError::from) {
        Err(StoreError::Damaged(_)) => Err(KeyError::DoesNotFit.into()),
        other => other,
    }
}

/// Whatever a damaged schema says, it shall not run code, and a mistyped column is an error rather than a text.
fn harden(conn: &Connection) -> Result<(), StoreError> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Statements on a connection, inside a transaction or not.
#[derive(Clone, Copy)]
pub(super) struct Sql<'c> {
    conn: &'c Connection,
    cipher: Cipher,
}

impl Sql<'_> {
    /// Runs several statements without parameters; for migrations.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.conn.execute_batch(sql)?)
    }

    /// Runs one statement and returns how many rows it changed.
    pub(super) fn run(&self, sql: &str, params: &[&dyn ToSql]) -> Result<usize, StoreError> {
        Ok(self.prepare(sql)?.execute(params)?)
    }

    /// Hands every row to `take`.
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

    /// All rows.
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

    /// The first row, if there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(sql, params, read)?.into_iter().next())
    }

    /// An id that sorts after every id in `table`, whatever the clock says.
    pub(super) fn next_id(&self, clock: &Clock, table: &'static str) -> Result<String, StoreError> {
        let newest =
            self.first(&format!("SELECT max(id) FROM {table}"), &[], |row| Ok(row.get::<_, Option<String>>(0)?))?;
        Ok(clock.new_id_after(newest.flatten().as_deref()))
    }

    /// Prepares a statement. SQLite numbers `$1`, `$2` by where they first stand, PostgreSQL by their digits: a statement
    /// in which these differ would put a value into the wrong column on one of them, so it is refused.
    fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        let statement = self.conn.prepare_cached(sql)?;
        for place in 1..=statement.parameter_count() {
            if statement.parameter_name(place) != Some(format!("${place}").as_str()) {
                return Err(StoreError::Other(format!("the parameters of a statement are out of order at ${place}")));
            }
        }
        Ok(statement)
    }

    /// Refuses what was read if a page of it could not be decrypted. SQLite is handed such a page as zeros and notices in
    /// its own structures, but not at the end of a long text; the cipher remembers.
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

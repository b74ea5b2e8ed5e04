//! The records on disk: one SQLite database, always encrypted, in a folder that only this account may enter.
//!
//! What is promised: when a method that writes returns `Ok`, it survives pulling the plug; nothing readable but the key
//! is ever written to the disk; nothing is overwritten except drafts and settings. What is not: `key.open` lies beside
//! the database and is *not locked*, so whoever can read the folder can read the records. Several programs may have one
//! folder open and all may write.
//!
//! | file | idea |
//! | --- | --- |
//! | `vault` | the data folder, and what its files mean |
//! | `key` | the data key |
//! | `sql` | connection, transactions, statements |
//! | `migrate` | the steps of the schema |
//! | `enter`, `row` | texts going in, columns coming out |
//! | `people`, `engagements`, `focus`, `sessions`, `answers`, `comparisons`, `verdicts`, `actions`, `releases`, `decisions`, `drafts` | the records, one file a kind |
//!
//! The records of one person are open at a time, and every statement names that person: a client's words cannot come
//! out while another client's records are open. Views of a comparison are sealed here, not in the screens: until both
//! are opened, no method returns them.
//!
//! SQL is the subset that PostgreSQL shares: `$1` parameters, `BIGINT` and `TEXT`. This is the only layer that knows
//! the database crate, and it knows nothing above [`crate::domain`] and [`crate::os`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::os::Clock;

mod actions;
mod answers;
mod catalogue;
mod comparisons;
mod decisions;
mod drafts;
mod dump;
mod engagements;
mod enter;
mod erase;
mod error;
mod focus;
mod key;
mod migrate;
mod people;
mod releases;
mod row;
mod sessions;
mod sql;
mod vault;
mod verdicts;

#[cfg(test)]
mod damage;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod testing;

pub use actions::{Change, NewAction};
pub use drafts::Draft;
pub use erase::Rewritten;
pub use error::StoreError;
pub use key::KeyError;
pub use sessions::NewSession;
pub use verdicts::NewVerdict;

/// Name of the database in the data folder.
pub const DATABASE: &str = vault::DB;
/// Name of the key beside it, which is not locked.
pub const KEY: &str = key::FILE;

/// The records, open. It may be sent to another thread; two threads open it twice.
#[derive(Debug)]
pub struct Store {
    db: sql::Db,
    clock: Arc<Clock>,
    folder: Option<PathBuf>,
    /// Whose records are open.
    whose: people::Whose,
    /// The sittings of this run by client, one's own under an empty name, each from its first saved answer on.
    sittings: BTreeMap<String, String>,
}

impl Store {
    /// Opens the records in `dir` if there are any. Where there are none, nothing is made: this is what commands that
    /// only read use.
    ///
    /// # Errors
    /// See [`StoreError`]; records that are damaged or cannot be read are an error, never «none».
    pub fn open(dir: &Path, clock: Arc<Clock>) -> Result<Option<Self>, StoreError> {
        let opened = vault::open(dir, &clock)?;
        Ok(opened.map(|(db, folder)| Self {
            db,
            clock,
            folder: Some(folder),
            whose: people::Whose::default(),
            sittings: BTreeMap::new(),
        }))
    }

    /// Opens the records in `dir`, and makes the folder, the key and the database if there are none.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open_or_create(dir: &Path, clock: Arc<Clock>) -> Result<Self, StoreError> {
        let (db, folder) = vault::open_or_create(dir, &clock)?;
        Ok(Self { db, clock, folder: Some(folder), whose: people::Whose::default(), sittings: BTreeMap::new() })
    }

    /// Empty records that live as long as this value and are never written anywhere; for `--demo`.
    ///
    /// # Errors
    /// When the memory is not there.
    pub fn in_memory(clock: Arc<Clock>) -> Result<Self, StoreError> {
        let mut db = sql::Db::in_memory()?;
        migrate::migrate(&mut db, &clock)?;
        Ok(Self { db, clock, folder: None, whose: people::Whose::default(), sittings: BTreeMap::new() })
    }

    /// The real path of the data folder; `None` for records in memory.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

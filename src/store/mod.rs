//! The records on disk: one SQLite database, always encrypted, in a folder that only this account can access.
//!
//! Guarantees: when a method that writes returns `Ok`, the data survives a power failure. Apart from the key, nothing
//! is written to the disk unencrypted, and with a passphrase the key is not either. Only drafts and settings are
//! overwritten. Not guaranteed: without a passphrase, the key is stored beside the database in `key.open`, so anyone who
//! can read the folder can read the records. If several programs use one folder, one of them can write and the others
//! can read.
//!
//! | file | content |
//! | --- | --- |
//! | `vault`, `proof` | the data folder and the meaning of its files |
//! | `key`, `slots`, `locking` | the data key; the key files; passphrase and paper key |
//! | `writer` | write access |
//! | `backup`, `restore`, `inside` | making, restoring and checking backups |
//! | `copies` | every copy in the data folder, finished or not |
//! | `catalogue`, `dump` | the owner of every row; export of everything about one person |
//! | `erase`, `erase_copies` | erasure of a person from the records and from backups |
//! | `corrections`, `withdraw`, `withdraw_rows` | correction of an entry; withdrawal, also from copies |
//! | `sharing` | keys for shared files; import of records from one |
//! | `since` | what was withdrawn or erased since a backup was made |
//! | `retention` | retention period of records |
//! | `sql` | connection, transactions, statements |
//! | `moved` | drafts of a window whose records have been set aside |
//! | `migrate`, `schema` | schema migrations; check that a database has exactly this schema |
//! | `enter`, `row` | checks of text to be saved; conversion of columns |
//! | `wording` | titles and labels for answers of older formats |
//! | `people`, `engagements`, `focus`, `sessions`, `answers`, `comparisons`, `verdicts`, `actions`, `releases`, `decisions`, `drafts` | one file for each kind of record |
//!
//! The records of one person are selected at a time, and every statement names that person (the "current person" in the
//! documentation of methods), so a client's text cannot appear while another person is selected. Views of a comparison
//! are sealed by this layer, not by the screens: no method returns them until both are opened.
//!
//! SQL is restricted to the subset shared with PostgreSQL: `$1` parameters, `BIGINT` and `TEXT`. No other layer uses
//! the database crate, and this layer uses nothing above [`crate::domain`] and [`crate::os`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::os::Clock;

mod actions;
mod answers;
mod backup;
mod catalogue;
mod comparisons;
mod copies;
mod corrections;
mod decisions;
mod drafts;
mod dump;
mod engagements;
mod enter;
mod erase;
mod erase_copies;
mod error;
mod focus;
mod found_again;
mod inside;
mod key;
mod locking;
mod migrate;
mod moved;
mod people;
mod proof;
mod releases;
mod restore;
mod retention;
mod row;
mod schema;
mod sessions;
mod sharing;
mod since;
mod slots;
mod sql;
mod unsaid;
mod vault;
mod verdicts;
mod withdraw;
mod withdraw_marks;
mod withdraw_rows;
mod wording;
mod writer;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use actions::{Change, NewAction};
pub use backup::{Backup, BackupJob, Stop, Why, backups_in, backups_of, set_aside};
pub use copies::copies_beside;
pub use corrections::Corrected;
pub use drafts::Draft;
pub use erase::Rewritten;
pub use erase_copies::{Copies, InCopy};
pub use error::StoreError;
pub use inside::Contents;
pub use key::KeyError;
pub use locking::{Escrow, Lock, lock_of};
pub use restore::{Checked, Locking, Restored, check_backup, put_in_place, put_in_place_locked};
pub use sessions::NewSession;
pub use sharing::{Contact, sha256};
pub use slots::{Opener, Slots};
pub use vault::faults_beside;
pub use verdicts::NewVerdict;
pub use withdraw_rows::WithdrawnWords;
pub use writer::Look;

/// File name of the database in the data folder.
pub const DATABASE: &str = vault::DB;

/// Open records. A store can be sent to another thread; two threads need two stores.
#[derive(Debug)]
pub struct Store {
    db: sql::Db,
    clock: Arc<Clock>,
    folder: Option<PathBuf>,
    /// The data key; `None` in memory.
    key: Option<key::Key>,
    /// The current person.
    whose: people::Whose,
    /// Ids of the sessions of this run by client id (empty for the user), each from the first saved answer on.
    sittings: BTreeMap<String, String>,
}

impl Store {
    /// Opens the records in `dir` if there are any and they are not locked. Creates nothing if there are none; used by
    /// commands that only read.
    ///
    /// # Errors
    /// See [`StoreError`]. Damaged or unreadable records are an error, never `None`.
    pub fn open(dir: &Path, clock: Arc<Clock>) -> Result<Option<Self>, StoreError> {
        let opened = vault::open(dir, &clock, None)?;
        Ok(opened.map(|opened| Self::of(opened, clock)))
    }

    /// Opens the records in `dir`; if there are none, creates the folder, the key and the database.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open_or_create(dir: &Path, clock: Arc<Clock>) -> Result<Self, StoreError> {
        Ok(Self::of(vault::open_or_create(dir, &clock, None)?, clock))
    }

    fn of(opened: vault::Opened, clock: Arc<Clock>) -> Self {
        let vault::Opened { db, folder, key } = opened;
        let (whose, sittings) = (people::Whose::default(), BTreeMap::new());
        Self { db, clock, folder: Some(folder), key: Some(key), whose, sittings }
    }

    /// Creates empty records that exist in memory only; used for `--demo`.
    ///
    /// # Errors
    /// Returns an error if there is not enough memory.
    pub fn in_memory(clock: Arc<Clock>) -> Result<Self, StoreError> {
        let mut db = sql::Db::in_memory()?;
        migrate::migrate(&mut db, &clock)?;
        Ok(Self { db, clock, folder: None, key: None, whose: people::Whose::default(), sittings: BTreeMap::new() })
    }

    /// Returns the canonical path of the data folder; `None` for records in memory.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Returns why these records are read-only; `None` if they can be written.
    #[must_use]
    pub fn look(&self) -> Option<Look> {
        self.db.writer.look()
    }

    /// Returns a number that changes when another program changes the records.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn changes_elsewhere(&self) -> Result<i64, StoreError> {
        let version = self.db.read().first("PRAGMA data_version", &[], |row| Ok(row.get(0)?))?;
        Ok(version.unwrap_or_default())
    }
}

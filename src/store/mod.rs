//! The records on disk: one SQLite database, always encrypted, in a folder that only this account may enter.
//!
//! What is promised: when a method that writes returns `Ok`, it survives pulling the plug; nothing readable but the key
//! is ever written to the disk, and under a passphrase not even that; nothing is overwritten except drafts and settings. What
//! is not: without a passphrase the key lies beside the database in `key.open`, so whoever can read the folder can read the
//! records. Of several programs on one folder, one writes and the others look.
//!
//! | file | idea |
//! | --- | --- |
//! | `vault`, `proof` | the data folder, and what its files mean |
//! | `key`, `slots`, `locking` | the data key; the files that are ways to it; passphrase and paper key |
//! | `writer` | who may write |
//! | `backup`, `restore`, `inside` | backups, putting one in place, what is in one |
//! | `copies` | every copy in the data folder, finished or not |
//! | `catalogue`, `dump` | whose every row is; everything about one person |
//! | `erase`, `erase_copies` | taking a person out of the records, and out of backups |
//! | `corrections`, `withdraw`, `withdraw_rows` | putting one entry right; taking one back, here and in copies |
//! | `sharing` | keys for shared files, and records that came in one |
//! | `since` | what was withdrawn or erased since a backup was made |
//! | `retention` | how long records are kept |
//! | `sql` | connection, transactions, statements |
//! | `moved` | drafts of a window whose records were set aside |
//! | `migrate`, `schema` | the steps of the schema; whether a database has it and nothing else |
//! | `enter`, `row` | texts going in, columns coming out |
//! | `wording` | words for answers of formats that kept none |
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
mod damage;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod kept_safe;
#[cfg(test)]
mod kept_whole;
#[cfg(test)]
mod testing;

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

/// Name of the database in the data folder.
pub const DATABASE: &str = vault::DB;

/// The records, open. It may be sent to another thread; two threads open it twice.
#[derive(Debug)]
pub struct Store {
    db: sql::Db,
    clock: Arc<Clock>,
    folder: Option<PathBuf>,
    /// What opens the database; `None` in memory.
    key: Option<key::Key>,
    /// Whose records are open.
    whose: people::Whose,
    /// The sittings of this run by client, one's own under an empty name, each from its first saved answer on.
    sittings: BTreeMap<String, String>,
}

impl Store {
    /// Opens the records in `dir` if there are any and they are not locked. Where there are none, nothing is made: this is what commands that
    /// only read use.
    ///
    /// # Errors
    /// See [`StoreError`]; records that are damaged or cannot be read are an error, never «none».
    pub fn open(dir: &Path, clock: Arc<Clock>) -> Result<Option<Self>, StoreError> {
        let opened = vault::open(dir, &clock, None)?;
        Ok(opened.map(|opened| Self::of(opened, clock)))
    }

    /// Opens the records in `dir`, and makes the folder, the key and the database if there are none.
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

    /// Empty records that live as long as this value and are never written anywhere; for `--demo`.
    ///
    /// # Errors
    /// When the memory is not there.
    pub fn in_memory(clock: Arc<Clock>) -> Result<Self, StoreError> {
        let mut db = sql::Db::in_memory()?;
        migrate::migrate(&mut db, &clock)?;
        Ok(Self { db, clock, folder: None, key: None, whose: people::Whose::default(), sittings: BTreeMap::new() })
    }

    /// The real path of the data folder; `None` for records in memory.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Why these records can only be looked at, whoever else is there.
    #[must_use]
    pub fn look(&self) -> Option<Look> {
        self.db.writer.look()
    }

    /// A number that is another one after another program has changed the records.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn changes_elsewhere(&self) -> Result<i64, StoreError> {
        let version = self.db.read().first("PRAGMA data_version", &[], |row| Ok(row.get(0)?))?;
        Ok(version.unwrap_or_default())
    }
}

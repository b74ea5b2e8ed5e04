//! The data folder: which of its files exist, what that means, and how the folder is created.
//!
//! | file | content |
//! | --- | --- |
//! | `cairn.db` (`-wal`, `-shm`) | the records, encrypted |
//! | `key.open`, `key.passphrase.age`, `key.recovery.age` | the key files, see [`super::slots`] |
//! | `vault.toml` | format, id and time of creation; proves that records existed here |
//! | `vault.lock` | lock file of the program that writes, see [`super::writer`] |
//! | `vault.copies`, `vault.unfinished` | see [`super::copies`] |
//! | `vault.keys` | exists while keys are being changed, see [`super::locking`] |
//! | `vault.restore` | exists while a backup is being restored, see [`super::restore`] |
//! | `backups/` | copies, each a folder like this one, see [`super::backup`] |
//! | `set-aside-…/` | previous records, set aside by a restore, see [`super::restore`] |
//!
//! The order of creation determines what a crash can leave: first the key, then an empty `cairn.db`, then its tables,
//! and `vault.toml` last. Before `vault.toml` exists, anything missing is created; afterwards, anything missing is
//! damage.

use std::io;
use std::path::{Path, PathBuf};

use super::backup::{self, Stop, Why};
use super::error::StoreError;
use super::found_again::{self, key_of};
use super::key::{Key, KeyError};
use super::migrate::{Pending, migrate, pending};
use super::proof::{self, Proof};
use super::slots::{self, Opener};
use super::sql::{Db, Mode};
use super::writer::{Look, Writer};
use super::{copies, locking, restore};
use crate::os::{
    Clock, FileError, RiskyFolder, create_private_file, file_len, list_dir, private_dir, real_dir, risky_folder,
};

pub(super) const DB: &str = "cairn.db";
/// The write-ahead log of the database.
pub(super) const LOG: &str = "cairn.db-wal";

/// Page size in bytes. A database file that was ever written is at least this long.
const PAGE: u64 = 4096;

/// Prefixes of the names of files and folders that Cairn creates in the data folder.
const OURS: [&str; 8] = ["cairn.", "key.", "vault.", "packs", "rules", "backups", "set-aside-", "restored-"];

/// How far the creation of the folder has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There are no records, at most a key that is not in use.
    Nothing,
    /// There is a database, but the last step of the creation is missing.
    Half,
    /// `vault.toml` exists, so the creation was completed.
    Whole,
}

/// Records that have been opened.
#[derive(Debug)]
pub(super) struct Opened {
    /// The database connection.
    pub(super) db: Db,
    /// Canonical path of the folder.
    pub(super) folder: PathBuf,
    /// The data key.
    pub(super) key: Key,
}

/// Opens the records in `dir` if there are any; creates nothing if there are none.
///
/// # Errors
/// See [`StoreError`].
pub(super) fn open(dir: &Path, clock: &Clock, opener: Option<&Opener>) -> Result<Option<Opened>, StoreError> {
    let folder = match real_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(StoreError::io("opening the data folder"))?,
    };
    restore::go_on(&folder, clock)?;
    let (db, key) = match state(&folder)? {
        State::Nothing => return Ok(None),
        State::Half => finish(&folder, clock, opener)?,
        State::Whole => open_whole(&folder, clock, opener)?,
    };
    Ok(Some(Opened { db, folder, key }))
}

/// Opens the records in `dir`; creates the folder and everything in it if there are none.
///
/// # Errors
/// See [`StoreError`].
pub(super) fn open_or_create(dir: &Path, clock: &Clock, opener: Option<&Opener>) -> Result<Opened, StoreError> {
    if let Some(opened) = open(dir, clock, opener)? {
        return Ok(opened);
    }
    whole_place(dir)?;
    let folder = make_folder(dir).map_err(StoreError::io("making the data folder"))?;
    let (db, key) = finish(&folder, clock, opener)?;
    Ok(Opened { db, folder, key })
}

/// Rejects a folder in which records could be damaged.
///
/// # Errors
/// [`StoreError::Place`] for a synchronised or network folder.
pub(super) fn whole_place(dir: &Path) -> Result<(), StoreError> {
    let Some(place) = risky_folder(dir) else { return Ok(()) };
    Err(StoreError::Place(match place {
        RiskyFolder::Synced(by) => format!("{by} copies it to other computers while Cairn saves it"),
        RiskyFolder::Network(kind) => format!("it is on another computer ({kind})"),
    }))
}

/// Creates the data folder. A folder that contains only Cairn's files is made private; one with other files keeps its
/// permissions.
pub(super) fn make_folder(dir: &Path) -> io::Result<PathBuf> {
    let names = match list_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other?,
    };
    let ours = names.iter().all(|name| OURS.iter().any(|start| name.starts_with(start)));
    if ours { private_dir(dir) } else { real_dir(dir) }
}

/// Determines the state from the existing files.
fn state(folder: &Path) -> Result<State, StoreError> {
    match (len(&folder.join(proof::FILE))?, len(&folder.join(DB))?) {
        (Some(_), _) => Ok(State::Whole),
        (None, Some(1..)) => Ok(State::Half),
        (None, None | Some(0)) => Ok(State::Nothing),
    }
}

/// Returns whether records were ever created in this folder.
pub(super) fn exists(folder: &Path) -> Result<bool, StoreError> {
    Ok(state(folder)? != State::Nothing)
}

/// Opens a folder whose creation was completed; anything missing in it is damage.
fn open_whole(folder: &Path, clock: &Clock, opener: Option<&Opener>) -> Result<(Db, Key), StoreError> {
    let proof = Proof::read(folder);
    whole_file(folder)?;
    copies::tidy(folder);
    slots::mend(folder, &copies::folders(folder));
    let key = key_of(folder, opener)?;
    let (key, mut db) = match open_file(folder, &key, clock) {
        Err(StoreError::Key(KeyError::DoesNotFit)) if slots::slots(folder)?.open => {
            let key = found_again::instead(folder, opener)?;
            let db = open_file(folder, &key, clock)?;
            (key, db)
        }
        other => (key, other?),
    };
    locking::go_on(folder, &key, clock);
    if proof.is_cut() && proof.backup_made.is_empty() {
        mend(folder, &key, clock);
    }
    let place = risky_folder(folder).map(|_| Look::Place);
    if let Some(look) = proof.look().or(place) {
        db.writer = Writer::Never(look);
    }
    match pending(&db.read())? {
        Pending::Nothing => {}
        Pending::Newer(version) => db.writer = Writer::Never(Look::Newer(version)),
        // Nothing can be written here, and an older format is not read without conversion.
        Pending::Steps if db.writer.look().is_some() => return Err(StoreError::Older),
        Pending::Steps => {
            db.writer.claim()?;
            let source = backup::Source { db: &db, key: &key, folder, clock };
            backup::make(&source, None, Why::Migration, &Stop::default())?;
            migrate(&mut db, clock)?;
        }
    }
    Ok((db, key))
}

/// Writes `vault.toml` again after it was emptied or truncated, unless another program is working in the folder.
fn mend(folder: &Path, key: &Key, clock: &Clock) {
    let mut writer = Writer::free(folder, clock);
    writer.hurry();
    if writer.claim().is_ok() {
        // A failure does no harm; the next start tries again.
        let _ = Proof::mended(folder, key, clock).write(folder);
    }
}

/// Returns the problems with the small files and copies beside the records in this folder, as sentences without a full
/// stop, each with a next step. Call this before the records are opened, because opening them repairs most problems.
#[must_use]
pub fn faults_beside(dir: &Path) -> Vec<(String, &'static str)> {
    let Ok(folder) = real_dir(dir) else { return Vec::new() };
    if !matches!(exists(&folder), Ok(true)) {
        return Vec::new();
    }
    let name = |path: &Path| path.strip_prefix(&folder).unwrap_or(path).display().to_string();
    let mut found: Vec<(String, &'static str)> = Vec::new();
    if let Some(fault) = Proof::fault(&folder) {
        found.push((fault.to_owned(), "opening the records writes it again. Records and copies are complete"));
    }
    let slots = slots::slots(&folder).unwrap_or_default();
    if slots.locked() && !slots.recovery {
        let words = format!("the file {}, which your paper key opens, is missing", slots::RECOVERY);
        found.push((words, "`cairn passphrase paper` makes a new paper key, and the old one stops working"));
    }
    for name in slots::garbled(&folder) {
        let words = format!("the file {name} is damaged, so it does not open anything");
        found.push((
            words,
            "open the records with the other one, passphrase or paper key. A copy fixes it, or you can set it again",
        ));
    }
    let left = if copies::at_work(&folder) { Vec::new() } else { copies::left(&folder) };
    for path in left {
        let words = format!("{} was left behind by a program that was ended", name(&path));
        found.push((words, "opening the records deletes it. If it stays, delete it by hand"));
    }
    // Without a way to the records' own key, there is nothing to compare the copies with.
    let has_way = slots.open || slots.locked();
    for copy in locking::not_alike(&folder).into_iter().filter(|_| has_way) {
        let words = format!("the copy {} does not open with what the records open with", name(&copy));
        found.push((words, "`cairn passphrase change` makes all of them the same, or `set` if there is no passphrase"));
    }
    found
}

/// Fails if the database file is missing or truncated.
pub(super) fn whole_file(folder: &Path) -> Result<(), StoreError> {
    match len(&folder.join(DB))? {
        None => Err(StoreError::Damaged("there is a vault.toml, but cairn.db next to it is missing".to_owned())),
        Some(bytes) if bytes < PAGE => {
            Err(StoreError::Damaged(format!("cairn.db was cut off and has only {bytes} bytes left")))
        }
        // A power failure may leave a partial page at the end; the complete page is then in the log.
        Some(bytes) if bytes % PAGE != 0 && len(&folder.join(LOG))?.unwrap_or(0) == 0 => {
            Err(StoreError::Damaged("cairn.db ends in the middle of a page".to_owned()))
        }
        Some(_) => Ok(()),
    }
}

/// Opens the database for writing or, if that is not possible, for reading.
fn open_file(folder: &Path, key: &Key, clock: &Clock) -> Result<Db, StoreError> {
    let file = folder.join(DB);
    match Db::open(&file, key, Mode::Write, Writer::free(folder, clock)) {
        // Only if the log is empty; otherwise its content would be missing.
        Err(StoreError::ReadOnly) if len(&folder.join(LOG))?.unwrap_or(0) == 0 => {
            Db::open(&file, key, Mode::Look, Writer::Never(Look::ReadOnly))
        }
        // There is no room for the shared-memory file of the log, which is needed only by several programs at once.
        Err(StoreError::Full) if len(&folder.join(LOG))?.unwrap_or(0) == 0 => {
            Db::open(&file, key, Mode::Look, Writer::Never(Look::Full))
        }
        Err(StoreError::Full) => Db::open(&file, key, Mode::Alone, Writer::Never(Look::Full)),
        other => other,
    }
}

/// Completes the creation under the write lock. If two programs do this at once, the second one finds it done.
fn finish(folder: &Path, clock: &Clock, opener: Option<&Opener>) -> Result<(Db, Key), StoreError> {
    let mut writer = Writer::free(folder, clock);
    writer.claim()?;
    let state = state(folder)?;
    if state == State::Whole {
        drop(writer);
        return open_whole(folder, clock, opener);
    }
    let key = match key_of(folder, opener) {
        Err(StoreError::Key(KeyError::Missing)) if state == State::Nothing => slots::create(folder)?,
        other => other?,
    };
    let file = folder.join(DB);
    if len(&file)?.is_none() {
        create_private_file(&file).map_err(StoreError::io("making cairn.db"))?;
    }
    let mut db = Db::open(&file, &key, Mode::Write, writer)?;
    migrate(&mut db, clock)?;
    let proof = if state == State::Half { Proof::mended(folder, &key, clock) } else { Proof::new(clock) };
    proof.write(folder)?;
    Ok((db, key))
}

/// Opens records that nobody is writing, for reading. The content of their log is merged into the database first.
///
/// # Errors
/// The same as [`Db::open`].
pub(super) fn open_copy(folder: &Path, key: &Key) -> Result<Db, StoreError> {
    let file = folder.join(DB);
    if len(&folder.join(LOG))?.unwrap_or(0) > 0 {
        let db = Db::open(&file, key, Mode::Write, Writer::Alone)?;
        db.read().first("PRAGMA wal_checkpoint(TRUNCATE)", &[], |_| Ok(()))?;
    }
    Db::open(&file, key, Mode::Look, Writer::Never(Look::Backup))
}

/// Returns the size of a file in bytes; `None` if it does not exist.
pub(super) fn len(path: &Path) -> Result<Option<u64>, StoreError> {
    match file_len(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FileError::Missing) => Ok(None),
        Err(FileError::Io(error)) => Err(StoreError::io("looking into the data folder")(error)),
        Err(_) => Err(StoreError::Link(path.to_path_buf())),
    }
}

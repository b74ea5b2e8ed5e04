//! The data folder: which of its files are there, what that means, and making it the first time.
//!
//! | file | what it is |
//! | --- | --- |
//! | `cairn.db` (`-wal`, `-shm`) | the records, encrypted |
//! | `key.open`, `key.passphrase.age`, `key.recovery.age` | the ways to their key, see [`super::slots`] |
//! | `vault.toml` | format, id and day of creation; proves that records existed here |
//! | `vault.lock` | held by the one program that writes, see [`super::writer`] |
//! | `vault.copies`, `vault.unfinished` | see [`super::copies`] |
//! | `vault.keys` | keys are being changed, see [`super::locking`] |
//! | `vault.restore` | a backup is being put in place, see [`super::restore`] |
//! | `backups/` | copies, each a folder like this one, see [`super::backup`] |
//! | `set-aside-…/` | what was here before a backup was put in place, see [`super::restore`] |
//!
//! The order of creation decides what a crash leaves: first the key, then an empty `cairn.db`, then its tables, and
//! `vault.toml` last. Before `vault.toml` is there, anything missing is made; afterwards, anything missing is damage.

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
/// The log beside it.
pub(super) const LOG: &str = "cairn.db-wal";

/// One page. A database file that was ever written is not shorter.
const PAGE: u64 = 4096;

/// What begins the names of files and folders that Cairn itself puts into its data folder.
const OURS: [&str; 8] = ["cairn.", "key.", "vault.", "packs", "rules", "backups", "set-aside-", "restored-"];

/// How far the folder was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// No records, at most a key that nothing was encrypted with.
    Nothing,
    /// There is a database, and the last step is missing.
    Half,
    /// There is the proof that all was there.
    Whole,
}

/// Records that were opened.
#[derive(Debug)]
pub(super) struct Opened {
    /// The database.
    pub(super) db: Db,
    /// The real path of the folder.
    pub(super) folder: PathBuf,
    /// Its key.
    pub(super) key: Key,
}

/// Opens the records in `dir` if there are any; makes nothing where there are none.
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

/// Opens the records in `dir`, and makes the folder and all in it if there are none.
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

/// Refuses a folder in which records would not stay whole.
///
/// # Errors
/// [`StoreError::Place`].
pub(super) fn whole_place(dir: &Path) -> Result<(), StoreError> {
    let Some(place) = risky_folder(dir) else { return Ok(()) };
    Err(StoreError::Place(match place {
        RiskyFolder::Synced(by) => format!("{by} copies it to other computers while it is written"),
        RiskyFolder::Network(kind) => format!("it lies on another machine ({kind})"),
    }))
}

/// A folder of our own is closed to everybody else; one that somebody keeps other things in keeps its permissions.
pub(super) fn make_folder(dir: &Path) -> io::Result<PathBuf> {
    let names = match list_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other?,
    };
    let ours = names.iter().all(|name| OURS.iter().any(|start| name.starts_with(start)));
    if ours { private_dir(dir) } else { real_dir(dir) }
}

/// What the files say.
fn state(folder: &Path) -> Result<State, StoreError> {
    match (len(&folder.join(proof::FILE))?, len(&folder.join(DB))?) {
        (Some(_), _) => Ok(State::Whole),
        (None, Some(1..)) => Ok(State::Half),
        (None, None | Some(0)) => Ok(State::Nothing),
    }
}

/// Whether records were ever made in this folder.
pub(super) fn exists(folder: &Path) -> Result<bool, StoreError> {
    Ok(state(folder)? != State::Nothing)
}

/// Opens a folder that was made before; whatever is missing in it is damage.
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
        // Nothing here may be written, and what is older is not read as it is.
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

/// Writes `vault.toml` anew where it was emptied or cut off, unless somebody else is at work.
fn mend(folder: &Path, key: &Key, clock: &Clock) {
    let mut writer = Writer::free(folder, clock);
    writer.hurry();
    if writer.claim().is_ok() {
        // Without it everything goes on as well; the next start tries again.
        let _ = Proof::mended(folder, key, clock).write(folder);
    }
}

/// What is wrong with the small files and the copies beside the records in this folder, as sentences without a full stop,
/// each with a next step. To be asked before the records are opened, as that mends most of it.
#[must_use]
pub fn faults_beside(dir: &Path) -> Vec<(String, &'static str)> {
    let Ok(folder) = real_dir(dir) else { return Vec::new() };
    if !matches!(exists(&folder), Ok(true)) {
        return Vec::new();
    }
    let name = |path: &Path| path.strip_prefix(&folder).unwrap_or(path).display().to_string();
    let mut found: Vec<(String, &'static str)> = Vec::new();
    if let Some(fault) = Proof::fault(&folder) {
        found.push((fault.to_owned(), "opening the records writes it anew; records and copies are whole"));
    }
    let slots = slots::slots(&folder).unwrap_or_default();
    if slots.locked() && !slots.recovery {
        let words = format!("the file {}, which your paper key opens, is missing", slots::RECOVERY);
        found.push((words, "`cairn passphrase paper` makes a new paper key, and the old one opens nothing then"));
    }
    for name in slots::garbled(&folder) {
        let words = format!("the file {name} is damaged, so that it opens nothing");
        found.push((
            words,
            "open the records with the other one, passphrase or paper key; a copy mends it, or set it anew",
        ));
    }
    let left = if copies::at_work(&folder) { Vec::new() } else { copies::left(&folder) };
    for path in left {
        let words = format!("{} was left behind by a program that was ended", name(&path));
        found.push((words, "opening the records wipes it; if it stays, delete it by hand"));
    }
    // With no way to the records' own key there is nothing to compare the copies with.
    let has_way = slots.open || slots.locked();
    for copy in locking::not_alike(&folder).into_iter().filter(|_| has_way) {
        let words = format!("the copy {} does not open with what the records open with", name(&copy));
        found.push((words, "`cairn passphrase change` makes all of them alike, or `set` where none is set"));
    }
    found
}

/// Refuses a database that is not there or was cut off.
pub(super) fn whole_file(folder: &Path) -> Result<(), StoreError> {
    match len(&folder.join(DB))? {
        None => Err(StoreError::Damaged("there is a vault.toml, but cairn.db beside it is missing".to_owned())),
        Some(bytes) if bytes < PAGE => {
            Err(StoreError::Damaged(format!("cairn.db was cut off and has only {bytes} bytes left")))
        }
        // A power cut may leave half a page at the end, whose whole is then in the log.
        Some(bytes) if bytes % PAGE != 0 && len(&folder.join(LOG))?.unwrap_or(0) == 0 => {
            Err(StoreError::Damaged("cairn.db ends in the middle of a page".to_owned()))
        }
        Some(_) => Ok(()),
    }
}

/// Opens the database to write, or where that cannot be, to look.
fn open_file(folder: &Path, key: &Key, clock: &Clock) -> Result<Db, StoreError> {
    let file = folder.join(DB);
    match Db::open(&file, key, Mode::Write, Writer::free(folder, clock)) {
        // What lies in the log beside it would be missing.
        Err(StoreError::ReadOnly) if len(&folder.join(LOG))?.unwrap_or(0) == 0 => {
            Db::open(&file, key, Mode::Look, Writer::Never(Look::ReadOnly))
        }
        // There is no room for the table beside the log, which only several programs at once need.
        Err(StoreError::Full) if len(&folder.join(LOG))?.unwrap_or(0) == 0 => {
            Db::open(&file, key, Mode::Look, Writer::Never(Look::Full))
        }
        Err(StoreError::Full) => Db::open(&file, key, Mode::Alone, Writer::Never(Look::Full)),
        other => other,
    }
}

/// Does whatever steps of the creation are missing. One program at a time; the second finds it done.
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

/// Opens records that nobody writes, to look at them: what lies in the log beside them belongs to them and is folded in first.
///
/// # Errors
/// As [`Db::open`].
pub(super) fn open_copy(folder: &Path, key: &Key) -> Result<Db, StoreError> {
    let file = folder.join(DB);
    if len(&folder.join(LOG))?.unwrap_or(0) > 0 {
        let db = Db::open(&file, key, Mode::Write, Writer::Alone)?;
        db.read().first("PRAGMA wal_checkpoint(TRUNCATE)", &[], |_| Ok(()))?;
    }
    Db::open(&file, key, Mode::Look, Writer::Never(Look::Backup))
}

/// The size of a file of ours, `None` if it is not there.
pub(super) fn len(path: &Path) -> Result<Option<u64>, StoreError> {
    match file_len(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FileError::Missing) => Ok(None),
        Err(FileError::Io(error)) => Err(StoreError::io("looking into the data folder")(error)),
        Err(_) => Err(StoreError::Link(path.to_path_buf())),
    }
}

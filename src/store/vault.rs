//! The data folder: which of its files are there, what that means, and making it the first time.
//!
//! | file | what it is |
//! | --- | --- |
//! | `cairn.db` (`-wal`, `-shm`) | the records, encrypted |
//! | `key.open` | the key, not locked |
//! | `vault.toml` | format, id and day of creation; proves that records existed here |
//! | `vault.lock` | held while the folder is being made, so that two programs do not make two keys |
//!
//! The order of creation decides what a crash leaves: first the key, then an empty `cairn.db`, then its tables, and
//! `vault.toml` last. Before `vault.toml` is there, anything missing is made; afterwards, anything missing is damage.

use std::io;
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::key::{self, KeyError};
use super::migrate::migrate;
use super::sql::Db;
use crate::os::{
    Clock, FileError, create_private_file, file_len, list_dir, lock_private, private_dir, read_text, real_dir,
    write_private,
};

pub(super) const DB: &str = "cairn.db";
const PROOF: &str = "vault.toml";
const LOCK: &str = "vault.lock";

/// The layout of the folder that this program knows.
const FORMAT: i64 = 1;

/// More than `vault.toml` ever has.
const PROOF_CAP: u64 = 4096;

/// One page. A database file that was ever written is not shorter.
const PAGE: u64 = 4096;

/// What begins the names of files and folders that Cairn itself puts into its data folder.
const OURS: [&str; 6] = ["cairn.", "key.", "vault.", "packs", "rules", "backups"];

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

/// Opens the records in `dir` if there are any; makes nothing where there are none.
///
/// # Errors
/// See [`StoreError`].
pub(super) fn open(dir: &Path, clock: &Clock) -> Result<Option<(Db, PathBuf)>, StoreError> {
    let folder = match real_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(StoreError::io("opening the data folder"))?,
    };
    let db = match state(&folder)? {
        State::Nothing => return Ok(None),
        State::Half => finish(&folder, clock)?,
        State::Whole => open_whole(&folder, clock)?,
    };
    Ok(Some((db, folder)))
}

/// Opens the records in `dir`, and makes the folder and all in it if there are none.
///
/// # Errors
/// See [`StoreError`].
pub(super) fn open_or_create(dir: &Path, clock: &Clock) -> Result<(Db, PathBuf), StoreError> {
    if let Some(opened) = open(dir, clock)? {
        return Ok(opened);
    }
    let folder = make_folder(dir).map_err(StoreError::io("making the data folder"))?;
    let db = finish(&folder, clock)?;
    Ok((db, folder))
}

/// A folder of our own is closed to everybody else; one that somebody keeps other things in keeps its permissions.
fn make_folder(dir: &Path) -> io::Result<PathBuf> {
    let names = match list_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other?,
    };
    let ours = names.iter().all(|name| OURS.iter().any(|start| name.starts_with(start)));
    if ours { private_dir(dir) } else { real_dir(dir) }
}

/// What the files say.
fn state(folder: &Path) -> Result<State, StoreError> {
    match (len(&folder.join(PROOF))?, len(&folder.join(DB))?) {
        (Some(_), _) => Ok(State::Whole),
        (None, Some(1..)) => Ok(State::Half),
        (None, None | Some(0)) => Ok(State::Nothing),
    }
}

/// Opens a folder that was made before; whatever is missing in it is damage.
fn open_whole(folder: &Path, clock: &Clock) -> Result<Db, StoreError> {
    check_format(folder)?;
    let file = folder.join(DB);
    match len(&file)? {
        None => return Err(StoreError::Damaged("there is a vault.toml, but cairn.db beside it is missing".to_owned())),
        Some(bytes) if bytes < PAGE => {
            return Err(StoreError::Damaged(format!("cairn.db was cut off and has only {bytes} bytes left")));
        }
        Some(_) => {}
    }
    let mut db = Db::open(&file, &key::read(folder)?)?;
    migrate(&mut db, clock)?;
    Ok(db)
}

/// Does whatever steps of the creation are missing. One program at a time; the second finds it done.
fn finish(folder: &Path, clock: &Clock) -> Result<Db, StoreError> {
    let lock = lock_private(&folder.join(LOCK)).map_err(StoreError::io("locking vault.lock"))?;
    let Some(_held) = lock else { return Err(StoreError::Busy) };
    let state = state(folder)?;
    if state == State::Whole {
        return open_whole(folder, clock);
    }
    let key = match key::read(folder) {
        Err(StoreError::Key(KeyError::Missing)) if state == State::Nothing => key::create(folder)?,
        other => other?,
    };
    let file = folder.join(DB);
    if len(&file)?.is_none() {
        create_private_file(&file).map_err(StoreError::io("making cairn.db"))?;
    }
    let mut db = Db::open(&file, &key)?;
    migrate(&mut db, clock)?;
    let proof = format!("format = {FORMAT}\nid = \"{}\"\ncreated = \"{}\"\n", clock.new_id(), clock.stamp());
    write_private(&folder.join(PROOF), proof.as_bytes()).map_err(StoreError::io("writing vault.toml"))?;
    Ok(db)
}

/// Refuses a layout from the future. A `vault.toml` that cannot be read still proves what it is there to prove.
fn check_format(folder: &Path) -> Result<(), StoreError> {
    let text = read_text(&folder.join(PROOF), PROOF_CAP).unwrap_or_default();
    let format = text.lines().filter_map(|line| line.split_once('=')).find(|(name, _)| name.trim() == "format");
    match format.and_then(|(_, value)| value.trim().parse::<i64>().ok()) {
        Some(format) if format > FORMAT => Err(StoreError::Newer(format)),
        _ => Ok(()),
    }
}

/// The size of a file of ours, `None` if it is not there.
fn len(path: &Path) -> Result<Option<u64>, StoreError> {
    match file_len(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FileError::Missing) => Ok(None),
        Err(FileError::Io(error)) => Err(StoreError::io("looking into the data folder")(error)),
        Err(_) => Err(StoreError::Link(path.to_path_buf())),
    }
}

//! The copies of the records in the data folder, finished or not, and a lock that lets only one program at a time make
//! copies or change their keys.
//!
//! | name | content |
//! | --- | --- |
//! | `backups/…`, `set-aside-…` | copies, each a complete vault |
//! | `backups/.unfinished-…` | a backup that is being made or removed |
//! | `restored-…` | a backup that is being restored |
//! | `.erasing` in a copy | a duplicate of the copy from which people are being erased |
//! | `key….new`, `….wiping` | a key file that is being written or wiped |
//! | `vault.copies` | lock file, locked while any of these is in use |
//! | `vault.unfinished` | paths of unfinished backups outside the data folder |
//!
//! A program that is killed may leave any of the unfinished items behind. The next start wipes them, keys first, unless
//! another program holds the lock on `vault.copies`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::StoreError;
use super::key::Key;
use super::proof::{self, Proof};
use super::restore::{ASIDE, FRESH, MARK};
use super::slots;
use super::sql::{Db, Mode};
use super::writer::{Look, Writer};
use super::{backup, vault};
use crate::os::{
    WIPING, create_private_file, is_plain_folder, list_dir, lock_private, process_number, read_text, remove_folder,
    rename_folder, wipe_file, wipe_rest, write_private,
};

/// The lock file, locked while copies are made or have their keys changed.
const LOCK: &str = "vault.copies";
/// The file with the paths of unfinished backups outside the data folder.
const NOTE: &str = "vault.unfinished";
/// Prefix of the names of unfinished backups.
pub(super) const UNFINISHED: &str = ".unfinished-";
/// Name of a copy from which people are being erased.
pub(super) const ERASING: &str = ".erasing";
/// Names of key files and of `vault.toml` while they are being written.
const KEYS_BEING_WRITTEN: [&str; 5] =
    ["key.new", "key.passphrase.new", "key.recovery.new", "key.probe.new", "vault.new"];
/// How long to wait for another program that makes a copy or changes keys.
const PATIENCE: Duration = Duration::from_secs(20);
/// Maximum size of the note in bytes; it is always smaller.
const CAP: u64 = 64 * 1024;

/// The lock on copies and their keys. It is held as long as this value exists.
#[derive(Debug)]
pub(super) struct KeysLock(#[expect(dead_code, reason = "the lock lives as long as the file")] Option<File>);

/// Waits until no other program makes copies or changes keys, and takes the lock. A folder that cannot be written needs
/// no lock, because nobody can change keys there.
///
/// # Errors
/// [`StoreError::InUse`] if another program takes too long; otherwise the error of the operating system.
pub(super) fn hold(folder: &Path) -> Result<KeysLock, StoreError> {
    held(folder, PATIENCE)?.ok_or_else(|| StoreError::InUse("which makes a copy or changes the keys".to_owned()))
}

fn held(folder: &Path, patience: Duration) -> Result<Option<KeysLock>, StoreError> {
    let who = format!("process {}\n", process_number());
    match lock_private(&folder.join(LOCK), patience, &who).map_err(StoreError::io("locking vault.copies")) {
        Ok(file) => Ok(file.map(|file| KeysLock(Some(file)))),
        Err(StoreError::ReadOnly) => Ok(Some(KeysLock(None))),
        Err(other) => Err(other),
    }
}

/// Wipes what unfinished work has left in this data folder, unless another program is working there.
pub(super) fn tidy(folder: &Path) {
    if left(folder).is_empty() {
        return;
    }
    if let Ok(Some(_held)) = held(folder, Duration::ZERO) {
        sweep(folder);
    }
}

/// Returns whether another program is making a copy or changing keys.
pub(super) fn at_work(folder: &Path) -> bool {
    matches!(held(folder, Duration::ZERO), Ok(None))
}

/// Returns the number of copies beside the records in this folder, finished or not, and how many of them have an
/// unprotected key.
#[must_use]
pub fn copies_beside(dir: &Path) -> (usize, usize) {
    let mut all = folders(dir);
    all.extend(left(dir).into_iter().filter(|path| is_plain_folder(path)));
    let open = all.iter().filter(|copy| slots::slots(copy).is_ok_and(|slots| slots.open)).count();
    (all.len(), open)
}

/// Like [`tidy`], for callers that hold the lock already. What cannot be wiped stays and is returned by [`left`].
pub(super) fn sweep(folder: &Path) {
    for path in left(folder) {
        let _ = discard(&path);
    }
    if unreachable(folder).is_empty() {
        let _ = wipe_file(&folder.join(NOTE));
    }
}

/// Returns the paths of what unfinished work has left behind or is about to finish.
pub(super) fn left(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let restoring = matches!(vault::len(&folder.join(MARK)), Ok(Some(_)));
    for name in list_dir(folder).unwrap_or_default() {
        let path = folder.join(&name);
        // A restore that was interrupted before it moved anything leaves an empty folder.
        let is_empty = || name.starts_with(ASIDE) && list_dir(&path).is_ok_and(|names| names.is_empty());
        let is_unfinished = !restoring && is_plain_folder(&path) && (name.starts_with(FRESH) || is_empty());
        if is_unfinished || is_of_a_key(folder, &name) {
            found.push(folder.join(name));
        }
    }
    let backups = folder.join(backup::FOLDER);
    let unfinished = list_dir(&backups).unwrap_or_default().into_iter().filter(|name| name.starts_with(UNFINISHED));
    found.extend(unfinished.map(|name| backups.join(name)));
    for copy in folders(folder) {
        let names = list_dir(&copy).unwrap_or_default().into_iter();
        found.extend(names.filter(|name| name == ERASING || is_of_a_key(&copy, name)).map(|name| copy.join(name)));
    }
    found.extend(noted(folder).into_iter().filter(|path| is_plain_folder(path)));
    found
}

/// Returns whether this is one of Cairn's files that a key was being written to, or that was being wiped.
fn is_of_a_key(folder: &Path, name: &str) -> bool {
    let ours = KEYS_BEING_WRITTEN.contains(&name) || (name.ends_with(WIPING) && name.starts_with(['k', 'v']));
    ours && matches!(vault::len(&folder.join(name)), Ok(Some(_)))
}

/// Returns the folders elsewhere in which a backup was being made. The paths come from a file, so they are accepted
/// only if their names and contents are Cairn's.
fn noted(folder: &Path) -> Vec<PathBuf> {
    let text = read_text(&folder.join(NOTE), CAP).unwrap_or_default();
    let ours = |name: &String| name.starts_with("cairn.db") || name.starts_with("key.") || name.starts_with("vault.");
    let plain = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
            && list_dir(path).map_or(true, |names| names.iter().all(ours))
    };
    text.lines().map(PathBuf::from).filter(plain).collect()
}

/// Returns those of the noted folders that still exist or are on a disk that is not available.
fn unreachable(folder: &Path) -> Vec<PathBuf> {
    noted(folder)
        .into_iter()
        .filter(|path| is_plain_folder(path) || path.parent().is_none_or(|up| !up.is_dir()))
        .collect()
}

/// Notes that a backup is being made at this path outside the data folder, so that the next start can remove what is
/// left of it.
///
/// # Errors
/// Returns the error of the operating system.
pub(super) fn note(folder: &Path, unfinished: &Path) -> Result<(), StoreError> {
    let mut paths = unreachable(folder);
    paths.push(unfinished.to_path_buf());
    let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let text = format!("{}\n", lines.join("\n"));
    match write_private(&folder.join(NOTE), text.as_bytes()).map_err(StoreError::io("writing vault.unfinished")) {
        // Read-only records can be copied elsewhere.
        Err(StoreError::ReadOnly) => Ok(()),
        other => other,
    }
}

/// Removes the note of a backup that is finished, or of which nothing is left.
pub(super) fn noted_no_more(folder: &Path) {
    if unreachable(folder).is_empty() {
        let _ = wipe_file(&folder.join(NOTE));
    }
}

/// Removes a copy or what is left of one: the keys first, then everything else. If it is interrupted, the next start
/// continues, because the folder has been renamed by then.
///
/// # Errors
/// Returns the error of the operating system.
pub(super) fn discard(path: &Path) -> Result<(), StoreError> {
    let io = |what: &'static str| StoreError::io(what);
    if !is_plain_folder(path) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return match path.parent() {
            Some(folder) if name.ends_with(WIPING) => wipe_rest(folder).map_err(io("wiping a file")),
            _ => wipe_file(path).map_err(io("wiping a file")),
        };
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let hidden =
        if name.starts_with("cairn-") { path.with_file_name(format!("{UNFINISHED}{name}")) } else { path.into() };
    if hidden != path {
        rename_folder(path, &hidden).map_err(io("removing an old copy"))?;
    }
    for name in slots::ALL.iter().chain(&KEYS_BEING_WRITTEN) {
        wipe_file(&hidden.join(name)).map_err(io("wiping a key"))?;
    }
    wipe_rest(&hidden).map_err(io("wiping a key"))?;
    remove_folder(&hidden).map_err(io("removing an old copy"))
}

/// Returns the folders that contain copies of any records: those in `backups`, whatever their names, and those that
/// were set aside.
pub(super) fn folders(folder: &Path) -> Vec<PathBuf> {
    let backups = folder.join(backup::FOLDER);
    let inside = list_dir(&backups).unwrap_or_default().into_iter().filter(|name| !name.starts_with('.'));
    let aside = list_dir(folder).unwrap_or_default().into_iter().filter(|name| name.starts_with(ASIDE));
    let all = inside.map(|name| backups.join(name)).chain(aside.map(|name| folder.join(name)));
    all.filter(|path| is_plain_folder(path)).filter(|path| holds_something(path)).collect()
}

fn holds_something(path: &Path) -> bool {
    let there = |name: &str| matches!(vault::len(&path.join(name)), Ok(Some(_)));
    there(vault::DB) || there(proof::FILE) || slots::ALL.iter().any(|name| there(name))
}

/// Returns the copies of the records in this folder: those that open with the same key, and those that state the same
/// id. Without the key, only the latter can be found.
pub(super) fn of(folder: &Path, key: Option<&Key>) -> Vec<PathBuf> {
    let id = Proof::read(folder).id;
    let belongs = |path: &PathBuf| {
        let said = !id.is_empty() && Proof::read(path).id == id;
        said || key.is_some_and(|key| opens(path, key))
    };
    folders(folder).into_iter().filter(belongs).collect()
}

fn opens(copy: &Path, key: &Key) -> bool {
    slots::open_key(copy).is_ok_and(|found| found == *key)
        || Db::open(&copy.join(vault::DB), key, Mode::Look, Writer::Never(Look::Backup)).is_ok()
}

/// Checks that a key can be written into this copy.
///
/// # Errors
/// Returns the error of the operating system.
pub(super) fn can_be_written(copy: &Path) -> Result<(), StoreError> {
    let probe = copy.join("key.probe.new");
    let _ = wipe_file(&probe);
    let tried = create_private_file(&probe).map(drop).and_then(|()| wipe_file(&probe));
    tried.map_err(StoreError::io("writing into it"))
}

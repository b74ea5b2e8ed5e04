//! The copies of the records in the data folder: which there are, finished or not, and that only one program at a time
//! makes one or changes their keys.
//!
//! | name | what it is |
//! | --- | --- |
//! | `backups/…`, `set-aside-…` | copies, each a vault of its own |
//! | `backups/.unfinished-…` | a backup that is being made, or an old one that is being removed |
//! | `restored-…` | a copy that is being put in place |
//! | `.erasing` in a copy | the same copy without the people who are being erased |
//! | `key….new`, `….wiping` | a key that is being written, or wiped |
//! | `vault.copies` | held while any of these is there on purpose |
//! | `vault.unfinished` | where an unfinished backup lies, if not in the data folder |
//!
//! A program that was ended may leave any of the unfinished ones behind. The next start wipes them, the keys first, unless
//! somebody holds `vault.copies`.

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

/// Held while copies are made or have their keys changed.
const LOCK: &str = "vault.copies";
/// Says where an unfinished backup lies that is not in the data folder.
const NOTE: &str = "vault.unfinished";
/// What the names of unfinished backups begin with.
pub(super) const UNFINISHED: &str = ".unfinished-";
/// A copy without the people who are being erased.
pub(super) const ERASING: &str = ".erasing";
/// Names that a key, or what stands beside it, has while it is being written.
const KEYS_BEING_WRITTEN: [&str; 5] =
    ["key.new", "key.passphrase.new", "key.recovery.new", "key.probe.new", "vault.new"];
/// How long somebody who makes a copy or changes keys is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// More than the note ever has.
const CAP: u64 = 64 * 1024;

/// Nobody else makes copies or changes their keys while this is there.
#[derive(Debug)]
pub(super) struct KeysLock(#[expect(dead_code, reason = "the lock lives as long as the file")] Option<File>);

/// Waits until nobody else makes copies or changes keys. A folder that may not be written needs no lock: there, nobody
/// changes keys.
///
/// # Errors
/// [`StoreError::InUse`] when somebody takes very long; otherwise what the system said.
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

/// Wipes what unfinished work left behind in this data folder, if there is any and nobody is at work there.
pub(super) fn tidy(folder: &Path) {
    if left(folder).is_empty() {
        return;
    }
    if let Ok(Some(_held)) = held(folder, Duration::ZERO) {
        sweep(folder);
    }
}

/// Somebody makes a copy or changes keys at this moment.
pub(super) fn at_work(folder: &Path) -> bool {
    matches!(held(folder, Duration::ZERO), Ok(None))
}

/// How many copies there are beside the records in this folder, finished or not, and how many of them lie open.
#[must_use]
pub fn copies_beside(dir: &Path) -> (usize, usize) {
    let mut all = folders(dir);
    all.extend(left(dir).into_iter().filter(|path| is_plain_folder(path)));
    let open = all.iter().filter(|copy| slots::slots(copy).is_ok_and(|slots| slots.open)).count();
    (all.len(), open)
}

/// The same for whoever holds the lock already. What cannot be wiped stays, and [`left`] says so.
pub(super) fn sweep(folder: &Path) {
    for path in left(folder) {
        let _ = discard(&path);
    }
    if unreachable(folder).is_empty() {
        let _ = wipe_file(&folder.join(NOTE));
    }
}

/// What unfinished work left behind, or is about to finish.
pub(super) fn left(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let restoring = matches!(vault::len(&folder.join(MARK)), Ok(Some(_)));
    for name in list_dir(folder).unwrap_or_default() {
        let path = folder.join(&name);
        // A restore that was broken off before it moved anything leaves an empty folder for what was here.
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

/// A file of ours that a key was being written to, or that was being wiped.
fn is_of_a_key(folder: &Path, name: &str) -> bool {
    let ours = KEYS_BEING_WRITTEN.contains(&name) || (name.ends_with(WIPING) && name.starts_with(['k', 'v']));
    ours && matches!(vault::len(&folder.join(name)), Ok(Some(_)))
}

/// Folders elsewhere in which a backup was being made. They come from a file, and are believed only as far as their names
/// and what is in them are ours.
fn noted(folder: &Path) -> Vec<PathBuf> {
    let text = read_text(&folder.join(NOTE), CAP).unwrap_or_default();
    let ours = |name: &String| name.starts_with("cairn.db") || name.starts_with("key.") || name.starts_with("vault.");
    let plain = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
            && list_dir(path).map_or(true, |names| names.iter().all(ours))
    };
    text.lines().map(PathBuf::from).filter(plain).collect()
}

/// Those of them that lie on a disk that is not there now.
fn unreachable(folder: &Path) -> Vec<PathBuf> {
    noted(folder)
        .into_iter()
        .filter(|path| is_plain_folder(path) || path.parent().is_none_or(|up| !up.is_dir()))
        .collect()
}

/// Writes down that a backup is being made at this place outside the data folder, so that the next start finds what
/// may be left of it.
///
/// # Errors
/// What the system said.
pub(super) fn note(folder: &Path, unfinished: &Path) -> Result<(), StoreError> {
    let mut paths = unreachable(folder);
    paths.push(unfinished.to_path_buf());
    let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let text = format!("{}\n", lines.join("\n"));
    match write_private(&folder.join(NOTE), text.as_bytes()).map_err(StoreError::io("writing vault.unfinished")) {
        // Records that may only be read can be copied elsewhere.
        Err(StoreError::ReadOnly) => Ok(()),
        other => other,
    }
}

/// The backup at that place is finished, or nothing is left of it.
pub(super) fn noted_no_more(folder: &Path) {
    if unreachable(folder).is_empty() {
        let _ = wipe_file(&folder.join(NOTE));
    }
}

/// Takes a copy, or what is left of one, away: its keys first, then everything else. Broken off, it goes on with the next
/// start, because of the name that it has by then.
///
/// # Errors
/// What the system said.
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

/// Folders that are copies of some records: in `backups`, whatever they are called there, and what was set aside.
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

/// Copies of the records in this folder, which have the same key: those that open with it, and those that say that they
/// are of the same records and cannot be opened with anything. Without the key only the latter can be asked.
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

/// Makes sure that a key can be put into this copy.
///
/// # Errors
/// What the system said.
pub(super) fn can_be_written(copy: &Path) -> Result<(), StoreError> {
    let probe = copy.join("key.probe.new");
    let _ = wipe_file(&probe);
    let tried = create_private_file(&probe).map(drop).and_then(|()| wipe_file(&probe));
    tried.map_err(StoreError::io("writing into it"))
}

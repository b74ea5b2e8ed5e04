//! Putting a backup in place. The copy is made and checked first; then what is there is moved aside, never deleted, and the
//! copy moved in. A file that says how far this went lets the next start finish it, wherever it was broken off: there is no
//! moment at which a folder with records looks like one without.

use std::path::{Path, PathBuf};

use super::backup::Backup;
use super::error::StoreError;
use super::inside::{self, Contents};
use super::proof::{self, Proof};
use super::slots::Opener;
use super::sql::{Db, Mode};
use super::writer::{Look, Writer};
use super::{slots, vault};
use crate::os::{
    Clock, copy_private, is_plain_folder, list_dir, private_dir, read_text, real_dir, remove_folder, rename_file,
    wipe_file, write_private,
};

/// Says how far it went: two lines, the folder that the old files go to and the one that the new files come from.
const MARK: &str = "vault.restore";
/// More than that file ever has.
const CAP: u64 = 4096;
/// What the folder of the old files is called, with the minute behind it.
pub(super) const ASIDE: &str = "set-aside-";
/// What the folder of the new files is called meanwhile.
const FRESH: &str = "restored-";

/// What makes up the records of a folder. The database goes first and comes last but for what proves it.
const FILES: [&str; 7] =
    [vault::DB, vault::LOG, "cairn.db-shm", slots::OPEN, slots::PASSPHRASE, slots::RECOVERY, proof::FILE];

/// A backup that was opened and checked.
#[derive(Debug)]
pub struct Checked {
    /// Which.
    pub backup: Backup,
    /// What is in it.
    pub contents: Contents,
}

/// Opens a backup, a folder or the database in it, and checks every page. Nothing in it is changed.
///
/// # Errors
/// When it is no backup, is locked and cannot be opened with `opener`, or is damaged.
pub fn check_backup(path: &Path, opener: Option<&Opener>) -> Result<Checked, StoreError> {
    let named = if is_plain_folder(path) { path } else { path.parent().unwrap_or(path) };
    let folder = real_dir(named).map_err(|_| none(path))?;
    let backup = Backup::at(&folder).ok_or_else(|| none(path))?;
    vault::whole_file(&folder)?;
    let key = vault::key_of(&folder, opener)?;
    let db = Db::open(&folder.join(vault::DB), &key, Mode::Look, Writer::Never(Look::Backup))?;
    inside::check(&db.read())?;
    let contents = inside::contents(&db.read())?;
    Ok(Checked { backup, contents })
}

fn none(path: &Path) -> StoreError {
    StoreError::Backup(format!("{} is no backup: it has no vault.toml that says so", path.display()))
}

/// Puts a backup that was checked in place as the records of `dir`, and returns where the ones before are now, if there
/// were any.
///
/// # Errors
/// [`StoreError::InUse`] while a program has the records open; otherwise what the system said. What was there is still
/// there, in its place or aside.
pub fn put_in_place(checked: &Checked, dir: &Path, clock: &Clock) -> Result<Option<PathBuf>, StoreError> {
    vault::whole_place(dir)?;
    let data = private_dir(dir).map_err(StoreError::io("making the data folder"))?;
    let mut writer = Writer::free(&data, clock);
    writer.hurry();
    writer.claim()?;
    finish(&data)?;
    let minute: String = clock.stamp().chars().take(19).filter(|c| *c != ':').collect();
    let taken = list_dir(&data).map_err(StoreError::io("looking into the data folder"))?;
    let free = |start: &str| {
        let name = |n: usize| if n == 1 { format!("{start}{minute}Z") } else { format!("{start}{minute}Z-{n}") };
        (1..=99).map(name).find(|name| !taken.contains(name)).unwrap_or_else(|| format!("{start}{}", clock.new_id()))
    };
    let (aside, fresh) = (free(ASIDE), free(FRESH));
    let had = FILES.iter().any(|name| matches!(vault::len(&data.join(name)), Ok(Some(_))));
    let copied = copy(&checked.backup.path, &data.join(&fresh));
    if let Err(error) = copied {
        let _ = remove_folder(&data.join(&fresh));
        return Err(error);
    }
    private_dir(&data.join(&aside)).map_err(StoreError::io("making a folder for what was there"))?;
    mark(&data, "aside", &aside, &fresh)?;
    finish(&data)?;
    if !had {
        let _ = remove_folder(&data.join(&aside));
    }
    Ok(had.then(|| data.join(aside)))
}

/// A vault in place of a backup: the same files, and no word that it is one.
fn copy(backup: &Path, fresh: &Path) -> Result<(), StoreError> {
    private_dir(fresh).map_err(StoreError::io("making a folder for the copy"))?;
    copy_private(&backup.join(vault::DB), &fresh.join(vault::DB)).map_err(StoreError::io("copying the backup"))?;
    slots::copy(backup, fresh)?;
    let (made, why) = (String::new(), String::new());
    Proof { backup_made: made, backup_why: why, ..Proof::read(backup) }.write(fresh)
}

fn mark(data: &Path, step: &str, aside: &str, fresh: &str) -> Result<(), StoreError> {
    let text = format!("{step}\n{aside}\n{fresh}\n");
    write_private(&data.join(MARK), text.as_bytes()).map_err(StoreError::io("writing vault.restore"))
}

/// Goes on with a restore that was broken off, once nobody else writes; does nothing where there is none.
///
/// # Errors
/// What the system said; trying again is safe.
pub(super) fn go_on(data: &Path, clock: &Clock) -> Result<(), StoreError> {
    if vault::len(&data.join(MARK))?.is_none() {
        return Ok(());
    }
    let mut writer = Writer::free(data, clock);
    writer.claim()?;
    finish(data)
}

/// Moves what is not moved yet.
fn finish(data: &Path) -> Result<(), StoreError> {
    let Ok(text) = read_text(&data.join(MARK), CAP) else { return Ok(()) };
    let mut lines = text.lines();
    let (Some(step), Some(aside), Some(fresh)) = (lines.next(), lines.next(), lines.next()) else {
        return Err(StoreError::Damaged("vault.restore does not say how far a restore went".to_owned()));
    };
    // The names come from a file in a folder that may have been given to us.
    let plain = |name: &str, start: &str| name.starts_with(start) && !name.contains(['/', '\\']);
    if !plain(aside, ASIDE) || !plain(fresh, FRESH) {
        return Err(StoreError::Damaged("vault.restore names folders that are not ours".to_owned()));
    }
    let (from, to) = (data.join(fresh), data.join(aside));
    if step == "aside" {
        move_all(data, &to, FILES.iter())?;
        mark(data, "in", aside, fresh)?;
    }
    move_all(&from, data, FILES.iter().rev().skip(1).chain(FILES.iter().rev().take(1)))?;
    wipe_file(&data.join(MARK)).map_err(StoreError::io("removing vault.restore"))?;
    let _ = remove_folder(&from);
    Ok(())
}

/// Moves the files of a vault; those that are not there, or went before, are passed over.
fn move_all<'n>(from: &Path, to: &Path, names: impl Iterator<Item = &'n &'static str>) -> Result<(), StoreError> {
    for name in names {
        if vault::len(&from.join(name))?.is_some() {
            rename_file(&from.join(name), &to.join(name)).map_err(StoreError::io("moving the records"))?;
        }
    }
    Ok(())
}

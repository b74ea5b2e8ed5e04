//! Restore of a backup. The copy is made and checked first; then the existing files are set aside, never deleted, and
//! the copy is moved in. A marker file records the progress, so that the next start can finish an interrupted restore.
//! At no moment does a folder with records look like one without.

use std::io;
use std::path::{Path, PathBuf};

use super::backup::Backup;
use super::error::StoreError;
use super::inside::{self, Contents};
use super::key::{Key, KeyError};
use super::migrate::{Pending, pending};
use super::proof::{self, Proof};
use super::since::Since;
use super::slots::Opener;
use super::sql::{Db, Mode};
use super::writer::{Look, Writer};
use super::{copies, locking, slots, vault};
use crate::domain::count;
use crate::os::{
    Clock, FileError, copy_private, is_blank, is_plain_folder, list_dir, private_dir, read_text, real_dir,
    remove_folder, rename_file, wipe_file, write_private,
};
use crate::seal::{Identity, Passphrase, Secret};

/// Name of the marker file: the step, the folder that the old files are moved to and the folder that the new files come
/// from, one on each line.
pub(super) const MARK: &str = "vault.restore";
/// Maximum size of the marker file in bytes; it is always smaller.
const CAP: u64 = 4096;
/// Prefix of the folder for the old files; a time stamp follows.
pub(super) const ASIDE: &str = "set-aside-";
/// Prefix of the temporary folder for the new files.
pub(super) const FRESH: &str = "restored-";

/// The files of a vault. The database is moved away first and moved in last but one, before the file that proves its
/// existence.
const FILES: [&str; 7] =
    [vault::DB, vault::LOG, "cairn.db-shm", slots::OPEN, slots::PASSPHRASE, slots::RECOVERY, proof::FILE];

/// A backup that has been opened and checked.
#[derive(Debug)]
pub struct Checked {
    /// The backup.
    pub backup: Backup,
    /// Counts of its content.
    pub contents: Contents,
    /// The data key.
    key: Key,
}

/// How restored records will be locked, for the question to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locking {
    /// As the backup is.
    AsItIs,
    /// The backup is not locked, but the records are: it will be locked like them.
    LikeTheRecords,
    /// The backup is not locked and is of other records than the locked ones: it needs a passphrase of its own.
    Passphrase,
}

impl Checked {
    /// Determines how the backup will be locked when it replaces the records in `dir`. Locked records are never
    /// replaced by unlocked ones.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be read.
    pub fn locking(&self, dir: &Path) -> Result<Locking, StoreError> {
        let Ok(data) = real_dir(dir) else { return Ok(Locking::AsItIs) };
        if self.backup.locked || !slots::slots(&data)?.locked() {
            return Ok(Locking::AsItIs);
        }
        let same_id = !self.backup.id.is_empty() && Proof::read(&data).id == self.backup.id;
        let opens = || Db::open(&data.join(vault::DB), &self.key, Mode::Look, Writer::Never(Look::Backup)).is_ok();
        Ok(if same_id || opens() { Locking::LikeTheRecords } else { Locking::Passphrase })
    }
}

/// Opens a backup (its folder or the database in it) or records set aside by a restore, and checks every page. Nothing
/// in it is changed, except that a log is merged into the database.
///
/// # Errors
/// Returns an error if it is not a backup, is locked and `opener` does not open it, or is damaged.
pub fn check_backup(path: &Path, opener: Option<&Opener>) -> Result<Checked, StoreError> {
    let named = if is_plain_folder(path) { path } else { path.parent().unwrap_or(path) };
    let folder = real_dir(named).map_err(|_| none(path))?;
    let backup = Backup::at(&folder).or_else(|| Backup::set_aside(&folder)).ok_or_else(|| none(path))?;
    vault::whole_file(&folder)?;
    let key = super::found_again::key_of(&folder, opener)?;
    let db = vault::open_copy(&folder, &key)?;
    if let Pending::Newer(version) = pending(&db.read())? {
        return Err(StoreError::Newer(version));
    }
    inside::check(&db.read())?;
    let contents = inside::contents(&db.read())?;
    Ok(Checked { backup, contents, key })
}

fn none(path: &Path) -> StoreError {
    StoreError::Backup(format!("{} is not a backup, because it has no vault.toml that says so", path.display()))
}

/// The result of a restore.
#[derive(Debug, Clone, Default)]
pub struct Restored {
    /// Path of the folder with the previous records, if there were any.
    pub aside: Option<PathBuf>,
    /// Number of entries and people in the backup that were withdrawn or erased since it was made; they were removed
    /// from it.
    pub taken_out: usize,
}

impl Restored {
    /// Returns a sentence about what was removed; `None` if nothing was.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let what = count(self.taken_out, "entry or person that was", "entries or people that were");
        (self.taken_out > 0).then(|| format!("Removed from it: {what} withdrawn or erased since it was made."))
    }
}

/// Restores a checked backup as the records of `dir`. Whatever was withdrawn or erased in the existing records is
/// removed from it first, if the same key opens them.
///
/// # Errors
/// [`StoreError::InUse`] if a program has the records open; [`KeyError::WouldLieOpen`] if the existing records are
/// locked and the backup is unlocked and of other records; otherwise the error of the operating system. The previous
/// records still exist then, in their place or set aside.
pub fn put_in_place(checked: &Checked, dir: &Path, clock: &Clock) -> Result<Restored, StoreError> {
    put_in_place_with(checked, dir, clock, None)
}

/// Like [`put_in_place`], but locks the restored records with this passphrase. The paper key is passed to `show` first.
///
/// # Errors
/// The same as [`put_in_place`], and [`StoreError::NotShown`].
pub fn put_in_place_locked(
    checked: &Checked,
    dir: &Path,
    clock: &Clock,
    passphrase: &Passphrase,
    show: impl FnOnce(&Secret) -> io::Result<()>,
) -> Result<Restored, StoreError> {
    let paper = Identity::generate();
    let recovery = slots::for_readers(&checked.key, &[paper.recipient()])?;
    let sealed = slots::for_passphrase(&checked.key, passphrase)?;
    show(&paper.text()).map_err(StoreError::NotShown)?;
    put_in_place_with(checked, dir, clock, Some((recovery, sealed)))
}

fn put_in_place_with(
    checked: &Checked,
    dir: &Path,
    clock: &Clock,
    new: Option<(Vec<u8>, Vec<u8>)>,
) -> Result<Restored, StoreError> {
    vault::whole_place(dir)?;
    let locking = checked.locking(dir)?;
    if locking == Locking::Passphrase && new.is_none() {
        return Err(KeyError::WouldLieOpen.into());
    }
    let data = vault::make_folder(dir).map_err(StoreError::io("making the data folder"))?;
    let mut writer = Writer::free(&data, clock);
    writer.hurry();
    writer.claim()?;
    let _held = copies::hold(&data)?;
    // A marker file that cannot be interpreted is set aside like everything else.
    let lost = finish(&data).is_err();
    copies::sweep(&data);
    let minute: String = clock.stamp().chars().take(19).filter(|c| *c != ':').collect();
    let taken = list_dir(&data).map_err(StoreError::io("looking into the data folder"))?;
    let free = |start: &str| {
        let name = |n: usize| if n == 1 { format!("{start}{minute}Z") } else { format!("{start}{minute}Z-{n}") };
        (1..=99).map(name).find(|name| !taken.contains(name)).unwrap_or_else(|| format!("{start}{}", clock.new_id()))
    };
    let (aside, fresh) = (free(ASIDE), free(FRESH));
    let had = FILES.iter().any(|name| matches!(vault::len(&data.join(name)), Ok(Some(_))));
    let from = data.join(&fresh);
    let copied = copy(&checked.backup.path, &from, clock).and_then(|()| match (new, locking) {
        (Some((recovery, sealed)), _) => {
            slots::put(&from, slots::RECOVERY, &recovery)?;
            slots::put(&from, slots::PASSPHRASE, &sealed)
        }
        (None, Locking::LikeTheRecords) => slots::copy(&data, &from).and_then(|()| slots::remove(&from, slots::OPEN)),
        (None, _) => slots::copy(&checked.backup.path, &from),
    });
    let cut = copied.and_then(|()| Since::of(&data, &checked.key)?.take_out(&from, &checked.key, clock));
    let taken_out = match cut {
        Ok(count) => count,
        Err(error) => {
            let _ = copies::discard(&from);
            return Err(error);
        }
    };
    private_dir(&data.join(&aside)).map_err(StoreError::io("making a folder for what was there"))?;
    if lost {
        let kept = data.join(&aside).join("vault.restore.damaged");
        rename_file(&data.join(MARK), &kept).map_err(StoreError::io("setting vault.restore aside"))?;
    }
    locking::changing(&data)?;
    mark(&data, "aside", &aside, &fresh)?;
    finish(&data)?;
    if !had && !lost {
        let _ = remove_folder(&data.join(&aside));
    }
    locking::copies_follow(&data, &checked.key).and_then(|()| locking::changed(&data))?;
    Ok(Restored { aside: had.then(|| data.join(aside)), taken_out })
}

/// Copies a backup into a vault: the same files except the keys, without the statement that it is a backup.
fn copy(backup: &Path, fresh: &Path, clock: &Clock) -> Result<(), StoreError> {
    private_dir(fresh).map_err(StoreError::io("making a folder for the copy"))?;
    copy_private(&backup.join(vault::DB), &fresh.join(vault::DB)).map_err(StoreError::io("copying the backup"))?;
    let said = Proof::read(backup);
    let (backup_made, backup_why, placed) = (String::new(), String::new(), clock.new_id());
    Proof { backup_made, backup_why, backup_number: 0, placed, ..said }.write(fresh)
}

fn mark(data: &Path, step: &str, aside: &str, fresh: &str) -> Result<(), StoreError> {
    let text = format!("{step}\n{aside}\n{fresh}\n");
    write_private(&data.join(MARK), text.as_bytes()).map_err(StoreError::io("writing vault.restore"))
}

/// Continues an interrupted restore after taking the write lock; does nothing if there is none.
///
/// # Errors
/// Returns the error of the operating system; it is safe to try again.
pub(super) fn go_on(data: &Path, clock: &Clock) -> Result<(), StoreError> {
    // A blank marker has been wiped after the restore was finished.
    if vault::len(&data.join(MARK))?.is_none() || is_blank(&data.join(MARK)) {
        return Ok(());
    }
    let mut writer = Writer::free(data, clock);
    writer.claim()?;
    finish(data)
}

/// Moves the files that have not been moved yet.
fn finish(data: &Path) -> Result<(), StoreError> {
    if is_blank(&data.join(MARK)) {
        return wipe_file(&data.join(MARK)).map_err(StoreError::io("removing vault.restore"));
    }
    let text = match read_text(&data.join(MARK), CAP) {
        Ok(text) => text,
        Err(FileError::Missing) => return Ok(()),
        Err(error) => return Err(StoreError::Damaged(format!("vault.restore cannot be read: {error}"))),
    };
    let mut lines = text.lines();
    let (Some(step), Some(aside), Some(fresh)) = (lines.next(), lines.next(), lines.next()) else {
        return Err(StoreError::Damaged("vault.restore does not say how far a restore went".to_owned()));
    };
    // The names come from a file that may have been prepared by somebody else.
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
    let _ = copies::discard(&from);
    Ok(())
}

/// Moves the files of a vault, skipping those that do not exist or were moved before.
fn move_all<'n>(from: &Path, to: &Path, names: impl Iterator<Item = &'n &'static str>) -> Result<(), StoreError> {
    for name in names {
        if vault::len(&from.join(name))?.is_some() {
            rename_file(&from.join(name), &to.join(name)).map_err(StoreError::io("moving the records"))?;
        }
    }
    Ok(())
}

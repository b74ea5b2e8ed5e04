//! Passphrase and paper key of open records. Changes apply to the data folder and the backups beside it, because a
//! backup with an unprotected key would make the passphrase worthless.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::StoreError;
use super::key::{Key, KeyError};
use super::proof::Proof;
use super::slots::{self, Opener, Slots};
use super::writer::Writer;
use super::{Store, copies, vault};
use crate::os::{Clock, wipe_file, write_private};
use crate::seal::{Identity, Passphrase, Recipient, Secret};

/// A second party that can open the records, such as an employer, if a policy requires it. It is always shown to the
/// user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escrow {
    /// Name of the party.
    pub name: String,
    /// Public key of the party.
    pub key: Recipient,
}

/// How the records in a folder are locked, without opening them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The available ways to the key.
    pub slots: Slots,
    /// Name of the second party that can open them; empty for nobody.
    pub escrow: String,
}

/// Shown for a second party whose name is not stored.
const UNNAMED: &str = "A person whose name is not written down";

/// Returns how the records in `dir` are locked; `None` if there are none.
///
/// # Errors
/// Returns an error if the folder cannot be read or a file in it is a link.
pub fn lock_of(dir: &Path) -> Result<Option<Lock>, StoreError> {
    let folder = match crate::os::real_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(StoreError::io("opening the data folder"))?,
    };
    if !vault::exists(&folder)? {
        return Ok(None);
    }
    let (slots, said) = (slots::slots(&folder)?, Proof::read(&folder).escrow);
    // Counts the recipients as well: one whose name was lost can still open the records.
    let unnamed = said.is_empty() && slots.locked() && slots::readers(&folder) > 1;
    Ok(Some(Lock { slots, escrow: if unnamed { UNNAMED.to_owned() } else { said } }))
}

impl Store {
    /// Opens records that may be locked, which then takes about a second.
    ///
    /// # Errors
    /// [`KeyError`] if the opener does not fit; otherwise see [`StoreError`].
    pub fn open_with(dir: &Path, clock: Arc<Clock>, opener: &Opener) -> Result<Option<Self>, StoreError> {
        let found = vault::open(dir, &clock, Some(opener))?;
        Ok(found.map(|found| Self::of(found, clock)))
    }

    /// Returns how these records are locked; `None` for records in memory.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be read.
    pub fn lock(&self) -> Result<Option<Lock>, StoreError> {
        self.folder.as_deref().map_or(Ok(None), lock_of)
    }

    /// Locks records that have no passphrase, and returns the paper key, which is shown once and not stored.
    ///
    /// # Errors
    /// [`KeyError::AlreadyLocked`], or an error if something cannot be written; nothing is changed then.
    pub fn set_passphrase(&mut self, passphrase: &Passphrase, escrow: Option<&Escrow>) -> Result<Secret, StoreError> {
        self.set_passphrase_showing(passphrase, escrow, |_| Ok(()))
    }

    /// Like [`Store::set_passphrase`], but passes the paper key to `show` before anything is locked. If `show` fails,
    /// nothing is locked.
    ///
    /// # Errors
    /// The same as [`Store::set_passphrase`], and [`StoreError::NotShown`].
    pub fn set_passphrase_showing(
        &mut self,
        passphrase: &Passphrase,
        escrow: Option<&Escrow>,
        show: impl FnOnce(&Secret) -> io::Result<()>,
    ) -> Result<Secret, StoreError> {
        let (folder, key) = self.vault()?;
        if !slots::slots(&folder)?.open {
            return Err(KeyError::AlreadyLocked.into());
        }
        let paper = Identity::generate();
        let recovery = slots::for_readers(&key, &readers(&paper, escrow))?;
        let sealed = slots::for_passphrase(&key, passphrase)?;
        let put = |place: &Path| {
            note_escrow(place, escrow)?;
            slots::put(place, slots::RECOVERY, &recovery)?;
            slots::put(place, slots::PASSPHRASE, &sealed)
        };
        let paper = paper.text();
        change_keys(&folder, &key, &self.clock, |places| {
            // The unprotected key of the records is wiped last: if this is interrupted before, nothing is locked.
            put(&folder)?;
            for place in places {
                in_copy(place, put(place).and_then(|()| slots::remove(place, slots::OPEN)))?;
            }
            show(&paper).map_err(StoreError::NotShown)?;
            slots::remove(&folder, slots::OPEN)
        })?;
        Ok(paper)
    }

    /// Seals the key with another passphrase. The paper key does not change.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`], or an error if something cannot be written; the previous passphrase stays valid then.
    pub fn change_passphrase(&mut self, passphrase: &Passphrase) -> Result<(), StoreError> {
        let (folder, key) = self.locked_vault()?;
        let sealed = slots::for_passphrase(&key, passphrase)?;
        change_keys(&folder, &key, &self.clock, |places| {
            for place in places {
                in_copy(place, slots::put(place, slots::PASSPHRASE, &sealed))?;
            }
            slots::put(&folder, slots::PASSPHRASE, &sealed)
        })
    }

    /// Makes a new paper key. The previous one no longer opens the records or the copies beside them. Copies elsewhere
    /// are unchanged, and the data key in them is the same.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`], or an error if something cannot be written; the previous paper key stays valid then.
    pub fn new_paper_key(&mut self, escrow: Option<&Escrow>) -> Result<Secret, StoreError> {
        self.new_paper_key_showing(escrow, |_| Ok(()))
    }

    /// Like [`Store::new_paper_key`], but passes the new key to `show` before the previous one becomes invalid. If
    /// `show` fails, the previous one stays valid.
    ///
    /// # Errors
    /// The same as [`Store::new_paper_key`], and [`StoreError::NotShown`].
    pub fn new_paper_key_showing(
        &mut self,
        escrow: Option<&Escrow>,
        show: impl FnOnce(&Secret) -> io::Result<()>,
    ) -> Result<Secret, StoreError> {
        let (folder, key) = self.locked_vault()?;
        let paper = Identity::generate();
        let sealed = slots::for_readers(&key, &readers(&paper, escrow))?;
        let paper = paper.text();
        change_keys(&folder, &key, &self.clock, |places| {
            for place in places {
                in_copy(place, slots::put(place, slots::RECOVERY, &sealed))?;
            }
            show(&paper).map_err(StoreError::NotShown)?;
            // The second party is recorded before it gets access and as long as it has access.
            if escrow.is_some() {
                note_escrow(&folder, escrow)?;
            }
            slots::put(&folder, slots::RECOVERY, &sealed)?;
            note_escrow(&folder, escrow)
        })?;
        Ok(paper)
    }

    /// Removes the passphrase: stores the key unprotected again.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`], or an error if something cannot be written.
    pub fn remove_passphrase(&mut self) -> Result<(), StoreError> {
        let (folder, key) = self.locked_vault()?;
        // The records first, so that no copy is ever less protected than they are.
        change_keys(&folder, &key, &self.clock, |_| slots::put_open(&folder, &key))
    }

    /// Checks that `opener` opens these records. Takes about a second.
    ///
    /// # Errors
    /// [`KeyError`] if it does not.
    pub fn fits(&self, opener: &Opener) -> Result<(), StoreError> {
        let (folder, key) = self.place_and_key()?;
        if slots::unlock(&folder, opener)? == key { Ok(()) } else { Err(KeyError::DoesNotFit.into()) }
    }

    /// Takes the write lock immediately, without waiting, or reports who holds it.
    ///
    /// # Errors
    /// [`StoreError::InUse`], or the reason why these records are read-only.
    pub fn claim(&mut self) -> Result<(), StoreError> {
        self.db.writer.hurry();
        self.db.claim()
    }

    fn place_and_key(&self) -> Result<(PathBuf, Key), StoreError> {
        match (&self.folder, &self.key) {
            (Some(folder), Some(key)) => Ok((folder.clone(), key.clone())),
            _ => Err(KeyError::NotLocked.into()),
        }
    }

    /// Returns folder and key after taking the write lock.
    fn vault(&mut self) -> Result<(PathBuf, Key), StoreError> {
        let found = self.place_and_key()?;
        self.db.claim()?;
        Ok(found)
    }

    fn locked_vault(&mut self) -> Result<(PathBuf, Key), StoreError> {
        let (folder, key) = self.vault()?;
        if slots::slots(&folder)?.locked() { Ok((folder, key)) } else { Err(KeyError::NotLocked.into()) }
    }
}

/// Marker file that exists while keys are being changed, so that the next start can finish an interrupted change.
const CHANGING: &str = "vault.keys";

/// Changes the keys of the records and of every copy under both locks. Whatever the result of `work`, afterwards all
/// copies open with what opens the records.
fn change_keys(
    folder: &Path,
    key: &Key,
    clock: &Clock,
    work: impl FnOnce(&[PathBuf]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let _held = copies::hold(folder)?;
    copies::sweep(folder);
    if Proof::read(folder).is_cut() {
        Proof::mended(folder, key, clock).write(folder)?;
    }
    let places = copies::of(folder, Some(key));
    for place in &places {
        in_copy(place, copies::can_be_written(place))?;
    }
    changing(folder)?;
    let done = work(&places);
    let alike = make_alike(folder, &places);
    if alike.is_ok() {
        changed(folder)?;
    }
    done.and(alike)
}

/// Writes the marker that makes the next start synchronise the keys of records and copies.
pub(super) fn changing(folder: &Path) -> Result<(), StoreError> {
    let text = b"Keys are being changed; the next start finishes it.\n";
    write_private(&folder.join(CHANGING), text).map_err(StoreError::io("writing vault.keys"))
}

/// Removes the marker.
pub(super) fn changed(folder: &Path) -> Result<(), StoreError> {
    wipe_file(&folder.join(CHANGING)).map_err(StoreError::io("removing vault.keys"))
}

/// Makes every copy open with what opens the records.
fn make_alike(folder: &Path, places: &[PathBuf]) -> Result<(), StoreError> {
    slots::follow(folder, folder)?;
    let name = if slots::slots(folder)?.open { String::new() } else { Proof::read(folder).escrow };
    for place in std::iter::once(folder).chain(places.iter().map(PathBuf::as_path)) {
        in_copy(place, slots::follow(folder, place).and_then(|()| note_name(place, &name)))?;
    }
    Ok(())
}

/// Synchronises the keys of the copies beside the records, for example after a restore.
///
/// # Errors
/// Returns an error if a copy cannot be written.
pub(super) fn copies_follow(folder: &Path, key: &Key) -> Result<(), StoreError> {
    make_alike(folder, &copies::of(folder, Some(key)))
}

/// Finishes an interrupted change of keys, unless another program is working in the folder.
pub(super) fn go_on(folder: &Path, key: &Key, clock: &Clock) {
    if !matches!(vault::len(&folder.join(CHANGING)), Ok(Some(_))) {
        return;
    }
    let mut writer = Writer::free(folder, clock);
    writer.hurry();
    if writer.claim().is_ok()
        && let Ok(_held) = copies::hold(folder)
        && copies_follow(folder, key).is_ok()
    {
        let _ = changed(folder);
    }
}

/// Returns the copies of the records in this folder that do not open with what opens the records.
pub(super) fn not_alike(folder: &Path) -> Vec<PathBuf> {
    copies::of(folder, None).into_iter().filter(|copy| !slots::alike(folder, copy)).collect()
}

fn in_copy<T>(place: &Path, done: Result<T, StoreError>) -> Result<T, StoreError> {
    done.map_err(|error| StoreError::Copy(place.to_path_buf(), Box::new(error)))
}

fn readers(paper: &Identity, escrow: Option<&Escrow>) -> Vec<Recipient> {
    std::iter::once(paper.recipient()).chain(escrow.map(|escrow| escrow.key.clone())).collect()
}

fn note_escrow(folder: &Path, escrow: Option<&Escrow>) -> Result<(), StoreError> {
    note_name(folder, escrow.map_or("", |escrow| escrow.name.as_str()))
}

fn note_name(folder: &Path, name: &str) -> Result<(), StoreError> {
    let proof = Proof::read(folder);
    if proof.escrow == name {
        return Ok(());
    }
    Proof { escrow: name.to_owned(), ..proof }.write(folder)
}

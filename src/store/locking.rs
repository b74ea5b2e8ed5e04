//! Passphrase and paper key of records that are open: set, changed and taken away, in the data folder and in the backups
//! beside it, since a backup whose key still lay open would make the passphrase worthless.

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

/// Somebody who can open the records besides: the employer, where a policy says so. Always shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escrow {
    /// Who.
    pub name: String,
    /// Their key.
    pub key: Recipient,
}

/// How records in a folder are locked, seen from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The ways to the key.
    pub slots: Slots,
    /// Who can open them besides; empty for nobody.
    pub escrow: String,
}

/// What somebody is called who can open the records and whose name is nowhere.
const UNNAMED: &str = "Somebody whose name is not written down";

/// How the records in `dir` are locked; `None` where there are none.
///
/// # Errors
/// When the folder cannot be read, or a file in it is a link.
pub fn lock_of(dir: &Path) -> Result<Option<Lock>, StoreError> {
    let folder = match crate::os::real_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(StoreError::io("opening the data folder"))?,
    };
    if !vault::exists(&folder)? {
        return Ok(None);
    }
    let (slots, said) = (slots::slots(&folder)?, Proof::read(&folder).escrow);
    // Counted, not only read: a name that was lost opens as well as one that is written down.
    let unnamed = said.is_empty() && slots.locked() && slots::readers(&folder) > 1;
    Ok(Some(Lock { slots, escrow: if unnamed { UNNAMED.to_owned() } else { said } }))
}

impl Store {
    /// Opens records that may be locked. Takes about a second if they are.
    ///
    /// # Errors
    /// [`KeyError`] when the opener does not fit; otherwise see [`StoreError`].
    pub fn open_with(dir: &Path, clock: Arc<Clock>, opener: &Opener) -> Result<Option<Self>, StoreError> {
        let found = vault::open(dir, &clock, Some(opener))?;
        Ok(found.map(|found| Self::of(found, clock)))
    }

    /// How these records are locked; `None` in memory.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn lock(&self) -> Result<Option<Lock>, StoreError> {
        self.folder.as_deref().map_or(Ok(None), lock_of)
    }

    /// Locks records that lie open, and returns the paper key, which is shown once and kept nowhere.
    ///
    /// # Errors
    /// [`KeyError::AlreadyLocked`]; when something cannot be written, and then they are as they were.
    pub fn set_passphrase(&mut self, passphrase: &Passphrase, escrow: Option<&Escrow>) -> Result<Secret, StoreError> {
        self.set_passphrase_showing(passphrase, escrow, |_| Ok(()))
    }

    /// The same; the paper key is handed to `show` before anything is locked, and if that fails nothing is.
    ///
    /// # Errors
    /// As before, and [`StoreError::NotShown`].
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
            // Copies first: until the key of the records is wiped, all of them count as not locked.
            put(&folder)?;
            for place in places {
                in_copy(place, put(place).and_then(|()| slots::remove(place, slots::OPEN)))?;
            }
            show(&paper).map_err(StoreError::NotShown)?;
            slots::remove(&folder, slots::OPEN)
        })?;
        Ok(paper)
    }

    /// Seals the key with another passphrase; the paper key stays.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`]; when something cannot be written, and then the former passphrase holds.
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

    /// Makes another paper key; the former one opens neither the records nor the copies beside them. Copies elsewhere keep it, and
    /// the data key in them is the same one.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`]; when something cannot be written, and then the former one holds.
    pub fn new_paper_key(&mut self, escrow: Option<&Escrow>) -> Result<Secret, StoreError> {
        self.new_paper_key_showing(escrow, |_| Ok(()))
    }

    /// The same; the new one is handed to `show` before the former one stops to count, and if that fails it goes on to.
    ///
    /// # Errors
    /// As before, and [`StoreError::NotShown`].
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
            // Whoever can open them is named before they can, and as long as they can.
            if escrow.is_some() {
                note_escrow(&folder, escrow)?;
            }
            slots::put(&folder, slots::RECOVERY, &sealed)?;
            note_escrow(&folder, escrow)
        })?;
        Ok(paper)
    }

    /// Lays the key open again.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`]; when something cannot be written.
    pub fn remove_passphrase(&mut self) -> Result<(), StoreError> {
        let (folder, key) = self.locked_vault()?;
        // The records first: no copy is ever easier to read than they are.
        change_keys(&folder, &key, &self.clock, |_| slots::put_open(&folder, &key))
    }

    /// Whether this opens these records. Takes about a second.
    ///
    /// # Errors
    /// [`KeyError`] when it does not.
    pub fn fits(&self, opener: &Opener) -> Result<(), StoreError> {
        let (folder, key) = self.place_and_key()?;
        if slots::unlock(&folder, opener)? == key { Ok(()) } else { Err(KeyError::DoesNotFit.into()) }
    }

    /// Takes the right to write now, waiting for nobody, or says who has it.
    ///
    /// # Errors
    /// [`StoreError::InUse`], or why these records can only be looked at.
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

    /// Folder and key, once nobody else writes.
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

/// Says that keys are being changed, for the start after one that was ended meanwhile.
const CHANGING: &str = "vault.keys";

/// Changes the keys of the records and of every copy, with nobody else at work on either. Whatever comes of `work`, all of
/// them open alike afterwards: with what the records open with.
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

/// From now on the next start makes records and copies open alike.
pub(super) fn changing(folder: &Path) -> Result<(), StoreError> {
    let text = b"Keys are being changed; the next start finishes it.\n";
    write_private(&folder.join(CHANGING), text).map_err(StoreError::io("writing vault.keys"))
}

/// They do.
pub(super) fn changed(folder: &Path) -> Result<(), StoreError> {
    wipe_file(&folder.join(CHANGING)).map_err(StoreError::io("removing vault.keys"))
}

/// Makes every copy open with what the records open with.
fn make_alike(folder: &Path, places: &[PathBuf]) -> Result<(), StoreError> {
    slots::follow(folder, folder)?;
    let name = if slots::slots(folder)?.open { String::new() } else { Proof::read(folder).escrow };
    for place in std::iter::once(folder).chain(places.iter().map(PathBuf::as_path)) {
        in_copy(place, slots::follow(folder, place).and_then(|()| note_name(place, &name)))?;
    }
    Ok(())
}

/// Makes the copies beside the records open alike, e.g. after others were put in place.
///
/// # Errors
/// When one cannot be written.
pub(super) fn copies_follow(folder: &Path, key: &Key) -> Result<(), StoreError> {
    make_alike(folder, &copies::of(folder, Some(key)))
}

/// Finishes a change of keys that was broken off, unless somebody else is at work.
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

/// Copies of the records in this folder that do not open with what the records open with.
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

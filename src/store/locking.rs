//! Passphrase and paper key of records that are open: set, changed and taken away, in the data folder and in the backups
//! beside it, since a backup whose key still lay open would make the passphrase worthless.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::backup::{FOLDER, backups_in};
use super::error::StoreError;
use super::key::{Key, KeyError};
use super::proof::Proof;
use super::restore::ASIDE;
use super::slots::{self, Opener, Slots};
use super::{Store, vault};
use crate::os::{Clock, is_plain_folder, list_dir};
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
    Ok(Some(Lock { slots: slots::slots(&folder)?, escrow: Proof::read(&folder).escrow }))
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
        let (folder, key) = self.vault()?;
        if !slots::slots(&folder)?.open {
            return Err(KeyError::AlreadyLocked.into());
        }
        let paper = Identity::generate();
        let places = self.places()?;
        // Backups first: until the last one is done, all of them and the records lie open.
        let recovery = slots::put_recovery(&folder, &key, &readers(&paper, escrow))?;
        let sealed = slots::put_passphrase(&folder, &key, passphrase)?;
        note_escrow(&folder, escrow)?;
        for place in &places {
            slots::put(place, slots::RECOVERY, &recovery)?;
            slots::put(place, slots::PASSPHRASE, &sealed)?;
            note_escrow(place, escrow)?;
        }
        for place in places.iter().chain([&folder]) {
            slots::remove(place, slots::OPEN)?;
        }
        Ok(paper.text())
    }

    /// Seals the key with another passphrase; the paper key stays.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`]; when something cannot be written, and then the former passphrase holds.
    pub fn change_passphrase(&mut self, passphrase: &Passphrase) -> Result<(), StoreError> {
        let (folder, key) = self.locked_vault()?;
        let places = self.places()?;
        let sealed = slots::put_passphrase(&folder, &key, passphrase)?;
        places.iter().try_for_each(|place| slots::put(place, slots::PASSPHRASE, &sealed))
    }

    /// Makes another paper key; the former one opens nothing any more.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`]; when something cannot be written, and then the former one holds.
    pub fn new_paper_key(&mut self, escrow: Option<&Escrow>) -> Result<Secret, StoreError> {
        let (folder, key) = self.locked_vault()?;
        let places = self.places()?;
        let paper = Identity::generate();
        let sealed = slots::put_recovery(&folder, &key, &readers(&paper, escrow))?;
        note_escrow(&folder, escrow)?;
        for place in &places {
            slots::put(place, slots::RECOVERY, &sealed)?;
            note_escrow(place, escrow)?;
        }
        Ok(paper.text())
    }

    /// Lays the key open again.
    ///
    /// # Errors
    /// [`KeyError::NotLocked`]; when something cannot be written.
    pub fn remove_passphrase(&mut self) -> Result<(), StoreError> {
        let (folder, key) = self.locked_vault()?;
        for place in self.places()?.iter().chain([&folder]) {
            slots::put_open(place, &key)?;
            slots::remove(place, slots::PASSPHRASE)?;
            slots::remove(place, slots::RECOVERY)?;
            note_escrow(place, None)?;
        }
        Ok(())
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
        self.db.writer.claim()
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
        self.db.writer.claim()?;
        Ok(found)
    }

    fn locked_vault(&mut self) -> Result<(PathBuf, Key), StoreError> {
        let (folder, key) = self.vault()?;
        if slots::slots(&folder)?.locked() { Ok((folder, key)) } else { Err(KeyError::NotLocked.into()) }
    }

    /// The copies of these records beside them, which have the same key: backups, and what a restore moved aside. Those of
    /// other records keep theirs.
    fn places(&self) -> Result<Vec<PathBuf>, StoreError> {
        let (folder, _) = self.place_and_key()?;
        let id = Proof::read(&folder).id;
        let backups = backups_in(&folder.join(FOLDER)).into_iter().map(|backup| backup.path);
        let names = list_dir(&folder).map_err(StoreError::io("looking into the data folder"))?;
        let aside = names.iter().filter(|name| name.starts_with(ASIDE)).map(|name| folder.join(name));
        Ok(backups
            .chain(aside.filter(|path| is_plain_folder(path)))
            .filter(|path| Proof::read(path).id == id)
            .collect())
    }
}

fn readers(paper: &Identity, escrow: Option<&Escrow>) -> Vec<Recipient> {
    std::iter::once(paper.recipient()).chain(escrow.map(|escrow| escrow.key.clone())).collect()
}

fn note_escrow(folder: &Path, escrow: Option<&Escrow>) -> Result<(), StoreError> {
    let proof = Proof::read(folder);
    let name = escrow.map_or(String::new(), |escrow| escrow.name.clone());
    if proof.escrow == name {
        return Ok(());
    }
    Proof { escrow: name, ..proof }.write(folder)
}

//! Opening and closing of records; passphrase, paper key and backups.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Desk, DeskError, OpenOptions, Records};
use crate::domain::{Lock, Safety, Shut, capital};
use crate::os::data_dir;
use crate::seal::{Passphrase, Secret};
use crate::store::{
    Backup, BackupJob, Checked, Contents, KeyError, Look, Opener, Restored, Store, StoreError, Why, backups_of,
    check_backup, put_in_place, put_in_place_locked,
};

/// The setting with the day on which the user declined to set a passphrase.
const ASKED: &str = "passphrase-put-off";

impl OpenOptions {
    /// Returns the folder of the records.
    ///
    /// # Errors
    /// Returns an error if this account has no place for records.
    pub fn folder(&self) -> Result<PathBuf, DeskError> {
        Ok(self.data_dir.clone().map_or_else(data_dir, Ok)?)
    }
}

/// Returns how the records for these options are locked, without opening them.
///
/// # Errors
/// Returns an error if there is no place for records or the folder cannot be read.
pub fn lock_of(opening: &OpenOptions) -> Result<Safety, DeskError> {
    if opening.demo {
        return Ok(Safety { lock: Lock::Memory, ..Safety::default() });
    }
    let Some(found) = crate::store::lock_of(&opening.folder()?)? else { return Ok(Safety::default()) };
    let lock = if found.slots.locked() { Lock::Passphrase } else { Lock::Open };
    Ok(Safety { lock, escrow: found.escrow, ..Safety::default() })
}

/// Returns the backups beside the records, newest first.
///
/// # Errors
/// Returns an error if there is no folder for records.
pub fn backups(opening: &OpenOptions) -> Result<Vec<Backup>, DeskError> {
    Ok(backups_of(&opening.folder()?))
}

/// Returns the records that restores have set aside in the data folder, newest first.
///
/// # Errors
/// Returns an error if there is no folder for records.
pub fn set_aside(opening: &OpenOptions) -> Result<Vec<Backup>, DeskError> {
    Ok(crate::store::set_aside(&opening.folder()?))
}

/// Returns the number of copies beside the records (backups and records set aside), and how many of them have an
/// unprotected key.
///
/// # Errors
/// Returns an error if there is no folder for records.
pub fn copies_beside(opening: &OpenOptions) -> Result<(usize, usize), DeskError> {
    Ok(crate::store::copies_beside(&opening.folder()?))
}

/// Opens a backup and checks every page of it.
///
/// # Errors
/// Returns an error if it is not a backup, is locked and `secret` does not open it, or is damaged.
pub fn check(path: &Path, secret: Option<&Secret>) -> Result<Checked, DeskError> {
    let opener = secret.map(Opener::typed);
    Ok(check_backup(path, opener.as_ref())?)
}

/// Restores a checked backup. The result contains the path of the previous records.
///
/// # Errors
/// Returns an error if another program has the records open or the operating system fails; nothing is lost then.
pub fn restore(checked: &Checked, opening: &OpenOptions, into: Option<&Path>) -> Result<Restored, DeskError> {
    let folder = into.map_or_else(|| opening.folder(), |into| Ok(into.to_path_buf()))?;
    Ok(put_in_place(checked, &folder, &opening.clock())?)
}

/// Like [`restore`], for an unlocked backup that replaces locked records of another origin: it is locked with a new
/// passphrase first, and `show` gets its paper key.
///
/// # Errors
/// The same as [`restore`]; also an error if the passphrase is too weak or the paper key could not be shown.
pub fn restore_locked(
    checked: &Checked,
    opening: &OpenOptions,
    into: Option<&Path>,
    new: &Secret,
    show: impl FnOnce(&Secret) -> io::Result<()>,
) -> Result<Restored, DeskError> {
    let passphrase = Passphrase::new(new).map_err(weak)?;
    let folder = into.map_or_else(|| opening.folder(), |into| Ok(into.to_path_buf()))?;
    Ok(put_in_place_locked(checked, &folder, &opening.clock(), &passphrase, show)?)
}

impl Desk {
    /// Opens the records, with `secret` if they are locked.
    pub(super) fn let_in(&mut self, secret: Option<&Secret>) -> Result<(), DeskError> {
        let folder = match &self.records {
            Records::Memory(_) | Records::Folder(_, Some(_)) => return Ok(()),
            Records::Folder(folder, None) | Records::Shut(folder, _) => folder.clone(),
        };
        let clock = Arc::clone(&self.clock);
        let opened = match secret.map(Opener::typed) {
            Some(opener) => Store::open_with(&folder, clock, &opener),
            None => Store::open(&folder, clock),
        };
        match opened {
            Ok(store) => {
                self.records = Records::Folder(folder, store);
                self.give_wording();
                self.finish_what_was_begun();
                self.changes_seen = self.read(Store::changes_elsewhere).ok();
            }
            Err(error) => {
                let error = Arc::new(error);
                // After a wrong passphrase, the previous reason is kept.
                let told = DeskError::Shut(Arc::clone(&error));
                let why = match &self.records {
                    Records::Shut(_, before) if told.is_wrong_secret() => Arc::clone(before),
                    _ => Arc::clone(&error),
                };
                self.records = Records::Shut(folder, why);
                return Err(told);
            }
        }
        self.profile.take();
        Ok(())
    }

    /// Opens shut records: with a passphrase or a paper key, or again after a restore.
    ///
    /// # Errors
    /// Returns the reason why they are still shut.
    pub fn unlock(&mut self, secret: Option<&Secret>) -> Result<(), DeskError> {
        self.let_in(secret)?;
        // A user who asked for a client's records at the start must not see their own instead; an unknown name is
        // reported first.
        let Some(name) = self.opening.person.take() else { return Ok(()) };
        match self.one_client_called(&name) {
            Ok(person) => self.turn_to(Some(&person.id)).map(drop),
            Err(error) => {
                self.put_away();
                Err(error)
            }
        }
    }

    /// Closes the records: their content and key are dropped. Records without a passphrase open again without one.
    pub fn put_away(&mut self) {
        if let Records::Folder(folder, Some(_)) = &self.records {
            self.records = Records::Shut(folder.clone(), Arc::new(KeyError::Locked.into()));
            self.profile.take();
        }
    }

    /// Returns why the records are not open, if they exist but are not open.
    #[must_use]
    pub fn shut(&self) -> Option<Shut> {
        let Records::Shut(_, why) = &self.records else { return None };
        let escrow = lock_of(&self.opening).map(|safety| safety.escrow).unwrap_or_default();
        Some(Shut { locked: why.is_locked(), escrow, why: capital(&why.to_string()), next: why.hint().to_owned() })
    }

    /// # Errors
    /// Returns an error if the records exist but are not open.
    pub(super) fn not_shut(&self) -> Result<(), DeskError> {
        match &self.records {
            Records::Shut(_, why) => Err(DeskError::Shut(Arc::clone(why))),
            _ => Ok(()),
        }
    }

    /// Takes the write lock for interactive use and keeps it as long as this value exists. If another program holds it,
    /// [`Desk::safety`] says so, and each write tries again.
    pub fn sit_down(&mut self) {
        self.sat_down = true;
        if let Some(store) = self.opened_mut() {
            // A failure is reported by `safety`.
            let _ = store.claim();
        }
    }

    /// Returns how the records are protected, and whether they can be written here.
    #[must_use]
    pub fn safety(&mut self) -> Safety {
        let kept = lock_of(&self.opening).unwrap_or_default();
        let waits = self.sat_down;
        let Some(store) = self.opened_mut() else { return kept };
        let look = match store.look() {
            Some(Look::Newer(_)) => "A newer version of Cairn made these records, so you can only read them here.",
            Some(Look::ReadOnly) => "The folder of these records is read-only, so you can only read them.",
            Some(Look::Place) => {
                "The folder of these records is shared with other computers, so you can only read them."
            }
            Some(Look::Backup) => "This is a backup, so you can only read it.",
            Some(Look::Full) => {
                "The disk is full, so you can only read your records. Make room, then start Cairn again."
            }
            Some(Look::Moved) => "Other records were put in this folder. Close this window and start Cairn again.",
            None => "",
        };
        let claimed = if waits { store.claim() } else { Ok(()) };
        let look = match claimed {
            Err(error @ (StoreError::InUse(_) | StoreError::Moved)) => format!("{}.", capital(&error.to_string())),
            _ => look.to_owned(),
        };
        let asked = store.setting(ASKED).is_ok_and(|said| said.is_some());
        Safety { asked, look, ..kept }
    }

    /// Returns whether the records have changed since the last call, because another program changed them or has ended.
    /// `look` is the last reported reason why they are read-only. If the current client was erased meanwhile, the
    /// user's own records are selected.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn is_changed_elsewhere(&mut self, look: &str) -> Result<bool, DeskError> {
        let version = self.read(Store::changes_elsewhere)?;
        let before = self.changes_seen.replace(version);
        if before.is_none_or(|before| before == version) && self.safety().look == look {
            return Ok(false);
        }
        self.profile.take();
        if let Some(client) = self.client()
            && !self.clients()?.iter().any(|person| person.id == client)
        {
            self.turn_to(None)?;
        }
        Ok(true)
    }

    /// Locks the records with a new passphrase, creating them if there are none, and returns the paper key, which is
    /// shown once and not stored. Takes about two seconds.
    ///
    /// # Errors
    /// Returns an error if it is too weak, there is one already, or something cannot be written.
    pub fn set_passphrase(&mut self, new: &Secret) -> Result<Secret, DeskError> {
        self.set_passphrase_showing(new, |_| Ok(()))
    }

    /// Like [`Desk::set_passphrase`], but nothing is locked unless `show` has shown the paper key.
    ///
    /// # Errors
    /// The same as [`Desk::set_passphrase`]; also an error if the paper key could not be shown.
    pub fn set_passphrase_showing(
        &mut self,
        new: &Secret,
        show: impl FnOnce(&Secret) -> io::Result<()>,
    ) -> Result<Secret, DeskError> {
        let passphrase = Passphrase::new(new).map_err(weak)?;
        let escrow = self.opening.escrow()?;
        Ok(self.store_mut()?.set_passphrase_showing(&passphrase, escrow.as_ref(), show)?)
    }

    /// Returns whether there is a paper key.
    #[must_use]
    pub fn has_paper_key(&self) -> bool {
        let lock = self.store().and_then(Store::folder).map(crate::store::lock_of);
        matches!(lock, Some(Ok(Some(lock))) if lock.slots.recovery)
    }

    /// Changes the passphrase; the paper key does not change. Takes about three seconds.
    ///
    /// # Errors
    /// Returns an error if `old` is neither the passphrase nor the paper key, the new passphrase is too weak, or
    /// something cannot be written.
    pub fn change_passphrase(&mut self, old: &Secret, new: &Secret) -> Result<(), DeskError> {
        let passphrase = Passphrase::new(new).map_err(weak)?;
        self.is_theirs(old)?;
        Ok(self.store_mut()?.change_passphrase(&passphrase)?)
    }

    /// Removes the passphrase; the key is stored unprotected afterwards.
    ///
    /// # Errors
    /// Returns an error if `old` is neither the passphrase nor the paper key, or something cannot be written.
    pub fn remove_passphrase(&mut self, old: &Secret) -> Result<(), DeskError> {
        self.is_theirs(old)?;
        Ok(self.store_mut()?.remove_passphrase()?)
    }

    /// Makes a new paper key. The previous one no longer opens the records or the copies beside them.
    ///
    /// # Errors
    /// Returns an error if `old` is neither the passphrase nor the paper key, or something cannot be written.
    pub fn new_paper_key(&mut self, old: &Secret) -> Result<Secret, DeskError> {
        self.new_paper_key_showing(old, |_| Ok(()))
    }

    /// Like [`Desk::new_paper_key`], but the previous one stays valid until `show` has shown the new one.
    ///
    /// # Errors
    /// The same as [`Desk::new_paper_key`]; also an error if the paper key could not be shown.
    pub fn new_paper_key_showing(
        &mut self,
        old: &Secret,
        show: impl FnOnce(&Secret) -> io::Result<()>,
    ) -> Result<Secret, DeskError> {
        self.is_theirs(old)?;
        let escrow = self.opening.escrow()?;
        Ok(self.store_mut()?.new_paper_key_showing(escrow.as_ref(), show)?)
    }

    /// # Errors
    /// Returns an error if `secret` does not open the records.
    fn is_theirs(&mut self, secret: &Secret) -> Result<(), DeskError> {
        let opener = Opener::typed(secret);
        self.not_shut()?;
        match self.opened_mut() {
            Some(store) => Ok(store.fits(&opener)?),
            None => Err(StoreError::from(KeyError::NotLocked).into()),
        }
    }

    /// Records that the user declined to set a passphrase, so that the program does not ask again.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn decline_passphrase(&mut self) -> Result<(), DeskError> {
        let today = self.today().to_string();
        match self.opened_mut() {
            Some(store) => Ok(store.set_setting(ASKED, &today)?),
            None => Ok(()),
        }
    }

    #[must_use]
    pub fn opening(&self) -> &OpenOptions {
        &self.opening
    }

    /// Returns the daily backup, to be made in another thread, unless it has been made or returned already.
    pub fn backup_due(&mut self) -> Option<BackupJob> {
        if std::mem::replace(&mut self.backed_up, true) {
            return None;
        }
        self.opened_mut()?.backup_due()
    }

    /// Makes a backup in `into` or beside the records.
    ///
    /// # Errors
    /// Returns an error if there are no records or it cannot be written.
    pub fn backup(&mut self, into: Option<&Path>, why: Why) -> Result<Backup, DeskError> {
        self.not_shut()?;
        match self.opened_mut() {
            Some(store) => Ok(store.backup(into, why)?),
            None => {
                Err(StoreError::Backup("there are no records yet, so there is nothing to back up".to_owned()).into())
            }
        }
    }

    /// Counts the content of the records; all zero if there are none.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    pub fn contents(&self) -> Result<Contents, DeskError> {
        self.read(Store::contents)
    }

    /// Checks every page of the records.
    ///
    /// # Errors
    /// Returns an error with the first problem found.
    pub fn check_all(&self) -> Result<(), DeskError> {
        self.read(Store::check)
    }
}

fn weak(error: crate::seal::WeakPassphrase) -> DeskError {
    StoreError::from(KeyError::from(error)).into()
}

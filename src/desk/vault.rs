//! Letting somebody in to the records and putting them away; passphrase, paper key, backups.

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

/// The setting that says when a passphrase was put off.
const ASKED: &str = "passphrase-put-off";

impl OpenOptions {
    /// The folder of the records.
    ///
    /// # Errors
    /// When this account has no place for any.
    pub fn folder(&self) -> Result<PathBuf, DeskError> {
        Ok(self.data_dir.clone().map_or_else(data_dir, Ok)?)
    }
}

/// How the records that this would open are locked, seen from outside.
///
/// # Errors
/// When there is no place for them or it cannot be read.
pub fn lock_of(opening: &OpenOptions) -> Result<Safety, DeskError> {
    if opening.demo {
        return Ok(Safety { lock: Lock::Memory, ..Safety::default() });
    }
    let Some(found) = crate::store::lock_of(&opening.folder()?)? else { return Ok(Safety::default()) };
    let lock = if found.slots.locked() { Lock::Passphrase } else { Lock::Open };
    Ok(Safety { lock, escrow: found.escrow, ..Safety::default() })
}

/// The backups beside the records, the newest first.
///
/// # Errors
/// When there is no folder that records can be kept in.
pub fn backups(opening: &OpenOptions) -> Result<Vec<Backup>, DeskError> {
    Ok(backups_of(&opening.folder()?))
}

/// What restores set aside in the data folder, the newest first.
///
/// # Errors
/// When there is no folder that records can be kept in.
pub fn set_aside(opening: &OpenOptions) -> Result<Vec<Backup>, DeskError> {
    Ok(crate::store::set_aside(&opening.folder()?))
}

/// How many copies lie beside the records, backups and those that were set aside, and how many of them lie open.
///
/// # Errors
/// When there is no folder that records can be kept in.
pub fn copies_beside(opening: &OpenOptions) -> Result<(usize, usize), DeskError> {
    Ok(crate::store::copies_beside(&opening.folder()?))
}

/// Opens a backup and checks every page of it.
///
/// # Errors
/// When it is none, is locked and `secret` does not open it, or is damaged.
pub fn check(path: &Path, secret: Option<&Secret>) -> Result<Checked, DeskError> {
    let opener = secret.map(Opener::typed);
    Ok(check_backup(path, opener.as_ref())?)
}

/// Puts a backup that was checked in place, and returns where the records that were there are now.
///
/// # Errors
/// When somebody has them open, or the system refuses something; nothing is lost then.
pub fn restore(checked: &Checked, opening: &OpenOptions, into: Option<&Path>) -> Result<Restored, DeskError> {
    let folder = into.map_or_else(|| opening.folder(), |into| Ok(into.to_path_buf()))?;
    Ok(put_in_place(checked, &folder, &opening.clock())?)
}

/// The same for a backup that lies open and would take the place of other records that are locked: it is locked with a
/// passphrase of its own before it does, and `show` shows its paper key.
///
/// # Errors
/// As before; when the passphrase is too easy, or the paper key could not be shown.
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
    /// Opens the records, with `secret` where they are locked.
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
                // A wrong passphrase leaves them as locked as they were.
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

    /// Opens records that are shut: with a passphrase or a paper key, or again after a backup was put in place.
    ///
    /// # Errors
    /// Why they are still shut.
    pub fn unlock(&mut self, secret: Option<&Secret>) -> Result<(), DeskError> {
        self.let_in(secret)?;
        // Whoever asked for a client's records at the start is not shown their own instead; one that is not there is said first.
        let Some(name) = self.opening.person.take() else { return Ok(()) };
        match self.one_client_called(&name) {
            Ok(person) => self.turn_to(Some(&person.id)).map(drop),
            Err(error) => {
                self.put_away();
                Err(error)
            }
        }
    }

    /// Puts the records away: their words and their key leave this value. Records that have no passphrase open again
    /// without one.
    pub fn put_away(&mut self) {
        if let Records::Folder(folder, Some(_)) = &self.records {
            self.records = Records::Shut(folder.clone(), Arc::new(KeyError::Locked.into()));
            self.profile.take();
        }
    }

    /// Why the records are not open, if they are there and are not.
    #[must_use]
    pub fn shut(&self) -> Option<Shut> {
        let Records::Shut(_, why) = &self.records else { return None };
        let escrow = lock_of(&self.opening).map(|safety| safety.escrow).unwrap_or_default();
        Some(Shut { locked: why.is_locked(), escrow, why: capital(&why.to_string()), next: why.hint().to_owned() })
    }

    /// # Errors
    /// Why the records are not open, if they are there and are not.
    pub(super) fn not_shut(&self) -> Result<(), DeskError> {
        match &self.records {
            Records::Shut(_, why) => Err(DeskError::Shut(Arc::clone(why))),
            _ => Ok(()),
        }
    }

    /// Takes the right to write for as long as this lives, because somebody sits down before it. If somebody else has it,
    /// [`Desk::safety`] says so, and each write asks again.
    pub fn sit_down(&mut self) {
        self.sat_down = true;
        if let Some(store) = self.opened_mut() {
            // Why not is said by `safety`.
            let _ = store.claim();
        }
    }

    /// How the records are kept from others, and whether they can be written here.
    #[must_use]
    pub fn safety(&mut self) -> Safety {
        let kept = lock_of(&self.opening).unwrap_or_default();
        let waits = self.sat_down;
        let Some(store) = self.opened_mut() else { return kept };
        let look = match store.look() {
            Some(Look::Newer(_)) => "A newer version of Cairn made these records: here they can only be looked at.",
            Some(Look::ReadOnly) => "The folder of these records is read-only: they can only be looked at.",
            Some(Look::Place) => {
                "The folder of these records is copied to other computers, or lies on one: they can only be looked at."
            }
            Some(Look::Backup) => "This is a backup: it can only be looked at.",
            Some(Look::Full) => {
                "The disk is full: your records can be read, not written. Make room, then start Cairn again."
            }
            Some(Look::Moved) => "Other records were put in this folder: close this window and start Cairn again.",
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

    /// Whether the records are other than when this was asked last, because another program has changed them or has ended.
    /// `look` is what was told then. A client who was erased there is left.
    ///
    /// # Errors
    /// When the records cannot be read.
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

    /// Locks the records with a new passphrase, making them first if there are none yet, and returns the paper key, which
    /// is shown once and kept nowhere. Takes about two seconds.
    ///
    /// # Errors
    /// When it is too easy, there is one already, or something cannot be written.
    pub fn set_passphrase(&mut self, new: &Secret) -> Result<Secret, DeskError> {
        self.set_passphrase_showing(new, |_| Ok(()))
    }

    /// The same; nothing is locked unless `show` has shown the paper key.
    ///
    /// # Errors
    /// As before, and when it could not be shown.
    pub fn set_passphrase_showing(
        &mut self,
        new: &Secret,
        show: impl FnOnce(&Secret) -> io::Result<()>,
    ) -> Result<Secret, DeskError> {
        let passphrase = Passphrase::new(new).map_err(weak)?;
        let escrow = self.opening.escrow()?;
        Ok(self.store_mut()?.set_passphrase_showing(&passphrase, escrow.as_ref(), show)?)
    }

    /// Whether a paper key opens the records.
    #[must_use]
    pub fn has_paper_key(&self) -> bool {
        let lock = self.store().and_then(Store::folder).map(crate::store::lock_of);
        matches!(lock, Some(Ok(Some(lock))) if lock.slots.recovery)
    }

    /// Changes the passphrase; the paper key stays. Takes about three seconds.
    ///
    /// # Errors
    /// When `old` is neither passphrase nor paper key, the new one is too easy, or something cannot be written.
    pub fn change_passphrase(&mut self, old: &Secret, new: &Secret) -> Result<(), DeskError> {
        let passphrase = Passphrase::new(new).map_err(weak)?;
        self.is_theirs(old)?;
        Ok(self.store_mut()?.change_passphrase(&passphrase)?)
    }

    /// Takes the passphrase away: the key lies open from then on.
    ///
    /// # Errors
    /// When `old` is neither passphrase nor paper key, or something cannot be written.
    pub fn remove_passphrase(&mut self, old: &Secret) -> Result<(), DeskError> {
        self.is_theirs(old)?;
        Ok(self.store_mut()?.remove_passphrase()?)
    }

    /// Makes another paper key; the one before opens neither the records nor the copies beside them.
    ///
    /// # Errors
    /// When there is no passphrase, or something cannot be written.
    pub fn new_paper_key(&mut self) -> Result<Secret, DeskError> {
        self.new_paper_key_showing(|_| Ok(()))
    }

    /// The same; the one before counts until `show` has shown the new one.
    ///
    /// # Errors
    /// As before, and when it could not be shown.
    pub fn new_paper_key_showing(&mut self, show: impl FnOnce(&Secret) -> io::Result<()>) -> Result<Secret, DeskError> {
        let escrow = self.opening.escrow()?;
        Ok(self.store_mut()?.new_paper_key_showing(escrow.as_ref(), show)?)
    }

    /// # Errors
    /// When this does not open the records.
    fn is_theirs(&mut self, secret: &Secret) -> Result<(), DeskError> {
        let opener = Opener::typed(secret);
        self.not_shut()?;
        match self.opened_mut() {
            Some(store) => Ok(store.fits(&opener)?),
            None => Err(StoreError::from(KeyError::NotLocked).into()),
        }
    }

    /// Notes that a passphrase was offered and put off; it is not offered again by itself.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn decline_passphrase(&mut self) -> Result<(), DeskError> {
        let today = self.today().to_string();
        match self.opened_mut() {
            Some(store) => Ok(store.set_setting(ASKED, &today)?),
            None => Ok(()),
        }
    }

    /// What was asked to be opened.
    #[must_use]
    pub fn opening(&self) -> &OpenOptions {
        &self.opening
    }

    /// The backup of the day, to be made beside the work, unless it was made or given out already.
    pub fn backup_due(&mut self) -> Option<BackupJob> {
        if std::mem::replace(&mut self.backed_up, true) {
            return None;
        }
        self.opened_mut()?.backup_due()
    }

    /// Makes a backup now, under `into` or beside the records.
    ///
    /// # Errors
    /// When there are no records, or it cannot be written.
    pub fn backup(&mut self, into: Option<&Path>, why: Why) -> Result<Backup, DeskError> {
        self.not_shut()?;
        match self.opened_mut() {
            Some(store) => Ok(store.backup(into, why)?),
            None => Err(StoreError::Backup("there are no records yet, so there is nothing to copy".to_owned()).into()),
        }
    }

    /// How much the records hold; nothing where there are none.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn contents(&self) -> Result<Contents, DeskError> {
        self.read(Store::contents)
    }

    /// Checks every page of the records.
    ///
    /// # Errors
    /// With what was found first.
    pub fn check_all(&self) -> Result<(), DeskError> {
        self.read(Store::check)
    }
}

fn weak(error: crate::seal::WeakPassphrase) -> DeskError {
    StoreError::from(KeyError::from(error)).into()
}

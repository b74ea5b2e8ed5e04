//! Recovery of a key file that is lost, damaged or from other records, by means of a copy. A recovered key is used only
//! if it opens the records, and a replaced file is preserved if it may be of value.

use std::path::Path;

use super::copies;
use super::error::StoreError;
use super::key::{Key, KeyError};
use super::slots::{self, Opener};
use super::sql::{Db, Mode};
use super::vault::DB;
use super::writer::{Look, Writer};
use crate::os::rename_file;

/// Name under which an unprotected key from other records is preserved.
const OTHER: &str = "key.open.other";

/// Returns the data key, if there is any way to get it.
///
/// # Errors
/// [`KeyError`], or the error of the operating system.
pub(super) fn key_of(folder: &Path, opener: Option<&Opener>) -> Result<Key, StoreError> {
    match (slots::open_key(folder), opener) {
        (Err(StoreError::Key(KeyError::Locked)), Some(opener)) => match slots::unlock(folder, opener) {
            Err(StoreError::Key(KeyError::SlotDamaged(name))) => {
                sealed(folder, opener, name).ok_or(KeyError::SlotDamaged(name).into())
            }
            other => other,
        },
        (Err(lost @ StoreError::Key(KeyError::Missing | KeyError::Malformed(_))), _) => open(folder).ok_or(lost),
        (other, _) => other,
    }
}

/// Finds the key of records that do not open with their unprotected key file: an unprotected key in a copy, or the key
/// that the passphrase opens. The file is from other records and is preserved under another name.
///
/// # Errors
/// [`KeyError::Locked`] if a passphrase is needed, [`KeyError::DoesNotFit`] if no key can be found.
pub(super) fn instead(folder: &Path, opener: Option<&Opener>) -> Result<Key, StoreError> {
    let aside = || {
        let free = (1..).map(|n| folder.join(if n == 1 { OTHER.to_owned() } else { format!("{OTHER}-{n}") }));
        let free = free.take(99).find(|path| !path.exists()).unwrap_or_else(|| folder.join(OTHER));
        rename_file(&folder.join(slots::OPEN), &free).map_err(StoreError::io("putting a wrong key aside"))
    };
    if let Some(key) = in_a_copy(folder) {
        aside()?;
        slots::put_open(folder, &key)?;
        return Ok(key);
    }
    let slots = slots::slots(folder)?;
    let (true, Some(opener)) = (slots.passphrase || slots.recovery, opener) else {
        let why = if slots.passphrase || slots.recovery { KeyError::Locked } else { KeyError::DoesNotFit };
        return Err(why.into());
    };
    let key = slots::unlock(folder, opener)?;
    if !fits(folder, &key) {
        return Err(KeyError::DoesNotFit.into());
    }
    aside()?;
    Ok(key)
}

/// Returns whether a key opens the records.
fn fits(folder: &Path, key: &Key) -> bool {
    Db::open(&folder.join(DB), key, Mode::Look, Writer::Never(Look::Backup)).is_ok()
}

/// Returns the unprotected key in a copy that opens these records. If the records have a passphrase, no copy contains
/// an unprotected key.
fn in_a_copy(folder: &Path) -> Option<Key> {
    let mut keys = copies::folders(folder).into_iter().filter_map(|copy| slots::open_key(&copy).ok());
    keys.find(|key| fits(folder, key))
}

/// Returns the key from [`in_a_copy`] and writes it back as the missing key file.
fn open(folder: &Path) -> Option<Key> {
    let key = in_a_copy(folder)?;
    // A failure does no harm; the next start recovers the key again.
    let _ = slots::put_open(folder, &key);
    Some(key)
}

/// Recovers a damaged key file of locked records from a copy. Because it can no longer be verified what opened the
/// damaged file, the copy's other key file must be identical.
fn sealed(folder: &Path, opener: &Opener, name: &'static str) -> Option<Key> {
    let mut alike = copies::folders(folder).into_iter().filter(|copy| slots::is_same_but(folder, copy, name));
    let (copy, key) = alike.find_map(|copy| slots::unlock(&copy, opener).ok().map(|key| (copy, key)))?;
    if !fits(folder, &key) {
        return None;
    }
    // A failure does no harm; the next start recovers the key again.
    let _ = slots::put_from(&copy, folder, name);
    Some(key)
}

//! A way to the key that is lost, damaged or of other records, found again in a copy. What is found is taken only if it
//! opens the records, and what stood in its place is kept where it could be worth something.

use std::path::Path;

use super::copies;
use super::error::StoreError;
use super::key::{Key, KeyError};
use super::slots::{self, Opener};
use super::sql::{Db, Mode};
use super::vault::DB;
use super::writer::{Look, Writer};
use crate::os::rename_file;

/// Where a key is kept that lay open beside these records and is not theirs.
const OTHER: &str = "key.open.other";

/// The key, as far as there is a way to it.
///
/// # Errors
/// [`KeyError`], or what the system said.
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

/// The key of records that do not open with what lies open beside them: the one that lies open in a copy, or what the
/// passphrase opens. What lay there is the key of other records, and is kept under another name.
///
/// # Errors
/// [`KeyError::Locked`] where only a passphrase helps, [`KeyError::DoesNotFit`] where nothing does.
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

/// Whether a key opens the records.
fn fits(folder: &Path, key: &Key) -> bool {
    Db::open(&folder.join(DB), key, Mode::Look, Writer::Never(Look::Backup)).is_ok()
}

/// The key that lies open in a copy, if it opens these records. Where there is a passphrase, none lies open in any copy.
fn in_a_copy(folder: &Path) -> Option<Key> {
    let mut keys = copies::folders(folder).into_iter().filter_map(|copy| slots::open_key(&copy).ok());
    keys.find(|key| fits(folder, key))
}

/// The same, put back where it is gone.
fn open(folder: &Path) -> Option<Key> {
    let key = in_a_copy(folder)?;
    // Without it everything goes on as well; the next start finds it again.
    let _ = slots::put_open(folder, &key);
    Some(key)
}

/// What a file of locked records that is damaged held, by a copy that is locked as they are: nobody can tell any more what
/// opened it here, so the other file has to be the same.
fn sealed(folder: &Path, opener: &Opener, name: &'static str) -> Option<Key> {
    let mut alike = copies::folders(folder).into_iter().filter(|copy| slots::is_same_but(folder, copy, name));
    let (copy, key) = alike.find_map(|copy| slots::unlock(&copy, opener).ok().map(|key| (copy, key)))?;
    if !fits(folder, &key) {
        return None;
    }
    // Without it everything goes on as well; the next start finds it again.
    let _ = slots::put_from(&copy, folder, name);
    Some(key)
}

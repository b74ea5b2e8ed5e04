//! Storage of the data key in small files, each of which is one way to get it. Setting, changing or removing a
//! passphrase writes these files, not the database.
//!
//! | file | who can get the key |
//! | --- | --- |
//! | `key.open` | anyone who can read the folder: *not locked* |
//! | `key.passphrase.age` | anyone who has the passphrase |
//! | `key.recovery.age` | anyone who has the paper key; also the employer if a policy says so |
//!
//! `key.open` takes precedence: as long as it exists and fits, the records are not locked, whatever other files exist.
//! So each step below can be interrupted at any point and leaves the state before it or the one after it.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::StoreError;
use super::key::{Key, KeyError};
use crate::os::{FileError, file_len, is_blank, read_bytes, read_text, wipe_file, write_private};
use crate::seal::{
    Identity, Passphrase, Recipient, SealError, open_with_keys, open_with_passphrase, seal_for, seal_with_passphrase,
};

pub(super) const OPEN: &str = "key.open";
/// The key sealed with a passphrase.
pub(super) const PASSPHRASE: &str = "key.passphrase.age";
/// The key sealed for the paper key and, if a policy says so, the employer's key.
pub(super) const RECOVERY: &str = "key.recovery.age";
pub(super) const ALL: [&str; 3] = [OPEN, PASSPHRASE, RECOVERY];

/// Maximum size of these files in bytes; they are always smaller.
const CAP: u64 = 8192;

/// Comment written above the unprotected key.
const NOTE: &str = "\
# The key of your records. It is not locked: whoever can read this file can read your records.
# `cairn passphrase set` locks it. Keep it with cairn.db: without it nobody can read them, and it cannot be made again.
";

/// The available ways to the data key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slots {
    /// The key is stored unprotected.
    pub open: bool,
    /// There is a passphrase.
    pub passphrase: bool,
    /// There is a paper key.
    pub recovery: bool,
}

impl Slots {
    /// Returns whether a passphrase or a paper key is needed.
    #[must_use]
    pub fn locked(self) -> bool {
        !self.open && (self.passphrase || self.recovery)
    }
}

/// What a user opens the records with.
#[derive(Debug)]
pub enum Opener {
    /// A passphrase.
    Passphrase(Passphrase),
    /// The paper key, or the employer's key.
    Key(Box<Identity>),
    /// Text that begins like a paper key but is not a valid one: a mistyped paper key, or a passphrase set before such
    /// passphrases were rejected.
    Unclear(Passphrase),
}

impl Opener {
    /// Interprets typed text: a paper key if it is one, otherwise a passphrase.
    #[must_use]
    pub fn typed(text: &crate::seal::Secret) -> Self {
        match (Identity::is_meant(text), Identity::parse(text)) {
            (true, Ok(key)) => Self::Key(Box::new(key)),
            (true, Err(_)) => Self::Unclear(Passphrase::typed(text)),
            (false, _) => Self::Passphrase(Passphrase::typed(text)),
        }
    }
}

/// Returns the key files of a folder. A blank file counts as missing, because it has been wiped. An invalid `key.open`
/// counts only if there is no other key file.
///
/// # Errors
/// Returns an error if one of them is a link or the folder cannot be read.
pub(super) fn slots(folder: &Path) -> Result<Slots, StoreError> {
    let there = |name: &str| match file_len(&folder.join(name)) {
        Ok(_) => Ok(!is_blank(&folder.join(name))),
        Err(FileError::Missing) => Ok(false),
        Err(FileError::Io(error)) => Err(StoreError::io("looking into the data folder")(error)),
        Err(_) => Err(StoreError::Link(folder.join(name))),
    };
    let (open, passphrase, recovery) = (there(OPEN)?, there(PASSPHRASE)?, there(RECOVERY)?);
    let open = open && (!(passphrase || recovery) || read_open(folder).is_ok());
    Ok(Slots { open, passphrase, recovery })
}

/// Returns the unprotected key.
///
/// # Errors
/// [`KeyError::Locked`] if the key is not stored unprotected but can be unlocked, [`KeyError::Missing`] if there is no
/// key file, [`KeyError::Malformed`], [`StoreError::Link`], or the error of the operating system.
pub(super) fn open_key(folder: &Path) -> Result<Key, StoreError> {
    let slots = slots(folder)?;
    if slots.locked() {
        return Err(KeyError::Locked.into());
    }
    if !slots.open {
        return Err(KeyError::Missing.into());
    }
    read_open(folder)
}

fn read_open(folder: &Path) -> Result<Key, StoreError> {
    let text = Zeroizing::new(read_text(&folder.join(OPEN), CAP).map_err(|error| unread(error, OPEN))?);
    Ok(Key::parse(&text).ok_or(KeyError::Malformed(OPEN))?)
}

/// Returns the number of keys for which the paper key's file is sealed: more than one if a second party can open it.
pub(super) fn readers(folder: &Path) -> usize {
    let sealed = read_bytes(&folder.join(RECOVERY), CAP).unwrap_or_default();
    let head = sealed.split(|byte| *byte == b'\n').take_while(|line| !line.starts_with(b"---"));
    head.filter(|line| line.starts_with(b"-> X25519 ")).count()
}

/// Creates a key and flushes it to the disk, so that it survives a power failure before anything is encrypted with it.
///
/// # Errors
/// Returns an error if the system has no random bytes or the file cannot be written.
pub(super) fn create(folder: &Path) -> Result<Key, StoreError> {
    let key = Key::random()?;
    put_open(folder, &key)?;
    Ok(key)
}

/// Unseals the key with a passphrase or a paper key.
///
/// # Errors
/// [`KeyError`] if the opener is wrong or the file missing or damaged; otherwise the error of the operating system.
pub(super) fn unlock(folder: &Path, opener: &Opener) -> Result<Key, StoreError> {
    let (name, none) = match opener {
        Opener::Passphrase(_) | Opener::Unclear(_) => (PASSPHRASE, KeyError::NotLocked),
        Opener::Key(_) => (RECOVERY, KeyError::NoPaperKey),
    };
    let sealed = match read_bytes(&folder.join(name), CAP) {
        Err(FileError::Missing) if name == PASSPHRASE && slots(folder)?.recovery => {
            return Err(KeyError::PassphraseLost.into());
        }
        Err(FileError::Missing) => return Err(none.into()),
        other => other.map_err(|error| unread(error, name))?,
    };
    let unsealed = match opener {
        Opener::Passphrase(passphrase) | Opener::Unclear(passphrase) => open_with_passphrase(passphrase, &sealed, CAP),
        Opener::Key(key) => open_with_keys(std::slice::from_ref(key.as_ref()), &sealed, CAP),
    };
    let bytes = Zeroizing::new(unsealed.map_err(|error| match (error, opener) {
        (SealError::WrongKey, Opener::Passphrase(_)) => KeyError::WrongPassphrase,
        (SealError::WrongKey, Opener::Key(_)) => KeyError::WrongPaperKey,
        (SealError::WrongKey, Opener::Unclear(_)) => KeyError::MistypedPaperKey,
        _ => KeyError::SlotDamaged(name),
    })?);
    let text = std::str::from_utf8(&bytes).map_err(|_| KeyError::SlotDamaged(name))?;
    Ok(Key::parse(text).ok_or(KeyError::SlotDamaged(name))?)
}

/// Seals the key with a passphrase. Takes about two seconds, because it is unsealed again as a check.
///
/// # Errors
/// Returns an error if it cannot be sealed.
pub(super) fn for_passphrase(key: &Key, passphrase: &Passphrase) -> Result<Vec<u8>, StoreError> {
    let sealed = seal_with_passphrase(passphrase, key.hex().as_bytes()).map_err(|error| not_sealed(&error))?;
    let again = Zeroizing::new(open_with_passphrase(passphrase, &sealed, CAP).map_err(|error| not_sealed(&error))?);
    if again.as_slice() != key.hex().as_bytes() {
        return Err(StoreError::Other("what was encrypted did not open again".to_owned()));
    }
    Ok(sealed)
}

/// Seals the key for the paper key and any other party that must be able to open it.
///
/// # Errors
/// Returns an error if it cannot be sealed.
pub(super) fn for_readers(key: &Key, readers: &[Recipient]) -> Result<Vec<u8>, StoreError> {
    seal_for(readers, key.hex().as_bytes()).map_err(|error| not_sealed(&error))
}

/// Restores one of the two key files of locked records if it is missing, from a copy whose other file is identical.
pub(super) fn mend(folder: &Path, copies: &[PathBuf]) {
    let read =
        |folder: &Path, name: &str| read_bytes(&folder.join(name), CAP).ok().filter(|_| !is_blank(&folder.join(name)));
    if !matches!(file_len(&folder.join(OPEN)), Err(FileError::Missing)) {
        return;
    }
    let (gone, left, bytes) = match (read(folder, PASSPHRASE), read(folder, RECOVERY)) {
        (Some(bytes), None) => (RECOVERY, PASSPHRASE, bytes),
        (None, Some(bytes)) => (PASSPHRASE, RECOVERY, bytes),
        _ => return,
    };
    let found =
        copies.iter().filter(|copy| read(copy, left).as_ref() == Some(&bytes)).find_map(|copy| read(copy, gone));
    if let Some(found) = found {
        // A failure does no harm; the next start tries again.
        let _ = put(folder, gone, &found);
    }
}

/// Returns whether a copy has the same key files as the records, apart from the file `name`, and has a different
/// version of that one.
pub(super) fn is_same_but(folder: &Path, copy: &Path, name: &'static str) -> bool {
    let other = if name == PASSPHRASE { RECOVERY } else { PASSPHRASE };
    let read = |folder: &Path, name: &str| read_bytes(&folder.join(name), CAP).ok();
    let (here, there) = (read(folder, other), read(copy, other));
    here.is_some() && here == there && read(copy, name).is_some_and(|own| Some(own) != read(folder, name))
}

/// Returns the sealed files that do not start like an age file.
pub(super) fn garbled(folder: &Path) -> Vec<&'static str> {
    let is_wrong = |bytes: Vec<u8>| !bytes.starts_with(b"age-encryption.org/v1");
    let read = |name: &str| read_bytes(&folder.join(name), CAP).is_ok_and(is_wrong) && !is_blank(&folder.join(name));
    [PASSPHRASE, RECOVERY].into_iter().filter(|name| read(name)).collect()
}

/// Copies a key file of a copy to the records unchanged.
///
/// # Errors
/// Returns an error if it cannot be read or written.
pub(super) fn put_from(copy: &Path, folder: &Path, name: &'static str) -> Result<(), StoreError> {
    let bytes = Zeroizing::new(read_bytes(&copy.join(name), CAP).map_err(|error| unread(error, name))?);
    put(folder, name, &bytes)
}

/// Replaces the key files of a copy with those of the records, so that the same secret opens both. If the records are
/// not locked, the copy has only `key.open`; if they are locked, it has no `key.open`.
///
/// # Errors
/// Returns an error if a file cannot be read, written or wiped.
pub(super) fn follow(folder: &Path, copy: &Path) -> Result<(), StoreError> {
    let found = slots(folder)?;
    let kept: &[&'static str] = match (found.open, found.locked()) {
        (true, _) => &[OPEN],
        (false, true) => &[RECOVERY, PASSPHRASE],
        (false, false) => return Ok(()),
    };
    let read = |folder: &Path, name: &'static str| match read_bytes(&folder.join(name), CAP) {
        Ok(_) if is_blank(&folder.join(name)) => Ok(None),
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(FileError::Missing) => Ok(None),
        Err(error) => Err(unread(error, name)),
    };
    for name in kept {
        if let Some(bytes) = read(folder, name)?
            && read(copy, name).ok().flatten().as_ref() != Some(&bytes)
        {
            put(copy, name, &bytes)?;
        }
    }
    ALL.into_iter().filter(|name| !kept.contains(name)).try_for_each(|name| remove(copy, name))
}

/// Returns whether a copy opens with exactly what opens the records.
pub(super) fn alike(folder: &Path, copy: &Path) -> bool {
    let (Ok(one), Ok(two)) = (slots(folder), slots(copy)) else { return false };
    if one.open || two.open {
        return one.open == two.open;
    }
    let same = |name: &str| read_bytes(&folder.join(name), CAP).ok() == read_bytes(&copy.join(name), CAP).ok();
    same(PASSPHRASE) && same(RECOVERY)
}

/// Stores the key unprotected.
///
/// # Errors
/// Returns an error if it cannot be written.
pub(super) fn put_open(folder: &Path, key: &Key) -> Result<(), StoreError> {
    let text = Zeroizing::new(format!("{NOTE}{}\n", key.hex()));
    put(folder, OPEN, text.as_bytes())
}

/// Writes one key file and reads it back as a check.
///
/// # Errors
/// Returns an error if it cannot be written.
pub(super) fn put(folder: &Path, name: &'static str, bytes: &[u8]) -> Result<(), StoreError> {
    write_private(&folder.join(name), bytes).map_err(StoreError::io(&format!("writing {name}")))?;
    match read_bytes(&folder.join(name), CAP) {
        Ok(read) if read == bytes => Ok(()),
        _ => Err(StoreError::Other(format!("{name} could not be read back as it was written"))),
    }
}

/// Removes a key file. Its bytes are overwritten before it is deleted. Flash disks that write elsewhere each time, and
/// copies that somebody made, may still contain it.
///
/// # Errors
/// Returns an error if it cannot be removed.
pub(super) fn remove(folder: &Path, name: &'static str) -> Result<(), StoreError> {
    wipe_file(&folder.join(name)).map_err(StoreError::io(&format!("removing {name}")))
}

/// Copies the key files of one folder to another.
///
/// # Errors
/// Returns an error if a file cannot be read or written.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    for name in ALL {
        match read_bytes(&from.join(name), CAP) {
            Ok(bytes) if is_blank(&from.join(name)) => drop(Zeroizing::new(bytes)),
            Ok(bytes) => put(to, name, &Zeroizing::new(bytes))?,
            Err(FileError::Missing) => {}
            Err(error) => return Err(unread(error, name)),
        }
    }
    Ok(())
}

fn unread(error: FileError, name: &'static str) -> StoreError {
    match error {
        FileError::Missing => KeyError::Missing.into(),
        FileError::NotRegular => StoreError::Link(name.into()),
        FileError::TooLarge(_) | FileError::NotText { .. } => KeyError::Malformed(name).into(),
        FileError::Io(source) => StoreError::Io { what: format!("reading {name}"), source },
    }
}

fn not_sealed(error: &SealError) -> StoreError {
    StoreError::Other(format!("the key was not encrypted: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Secret;

    fn phrase(text: &str) -> Opener {
        Opener::typed(&Secret::new(text.to_owned()))
    }

    fn set(folder: &Path, key: &Key, text: &str, paper: &Identity) {
        let passphrase = Passphrase::new(&Secret::new(text.to_owned())).expect("long enough");
        let sealed = for_readers(key, &[paper.recipient()]).expect("sealed");
        put(folder, RECOVERY, &sealed).expect("written");
        put(folder, PASSPHRASE, &for_passphrase(key, &passphrase).expect("sealed")).expect("written");
    }

    #[test]
    fn the_key_is_got_at_by_passphrase_and_by_paper_alone() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = temp.path();
        assert!(matches!(open_key(folder), Err(StoreError::Key(KeyError::Missing))));
        let key = create(folder).expect("a key can be made");
        assert_eq!(open_key(folder).expect("it lies open"), key);
        let text = read_text(&folder.join(OPEN), CAP).expect("the file is text");
        assert!(text.contains("not locked: whoever can read this file can read your records"));

        let paper = Identity::generate();
        set(folder, &key, "four words of mine", &paper);
        assert_eq!(open_key(folder).expect("it lies open still"), key);
        remove(folder, OPEN).expect("removed");
        assert!(matches!(open_key(folder), Err(StoreError::Key(KeyError::Locked))));
        assert_eq!(unlock(folder, &phrase("four words of mine")).expect("opens"), key);
        let wrong = unlock(folder, &phrase("four words of yours"));
        assert!(matches!(wrong, Err(StoreError::Key(KeyError::WrongPassphrase))));
        assert_eq!(unlock(folder, &phrase(paper.text().reveal())).expect("opens"), key);
        let wrong = unlock(folder, &phrase(Identity::generate().text().reveal()));
        assert!(matches!(wrong, Err(StoreError::Key(KeyError::WrongPaperKey))));
        let mistyped = unlock(folder, &phrase("AGE-SECRET-KEY-1QQQ"));
        assert!(matches!(mistyped, Err(StoreError::Key(KeyError::MistypedPaperKey))));
        // A passphrase that was set before such passphrases were rejected.
        let odd = "age secret key to my heart";
        let sealed = for_passphrase(&key, &Passphrase::typed(&Secret::new(odd.to_owned()))).expect("sealed");
        put(folder, PASSPHRASE, &sealed).expect("written");
        assert_eq!(unlock(folder, &phrase(odd)).expect("opens"), key);
    }

    #[test]
    fn damage_of_a_slot_is_told_from_a_wrong_passphrase_where_it_can_be() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let key = create(temp.path()).expect("a key can be made");
        set(temp.path(), &key, "four words of mine", &Identity::generate());
        let good = read_bytes(&temp.path().join(PASSPHRASE), CAP).expect("readable");
        let mut damaged = 0;
        for at in 0..good.len() {
            let mut bad = good.clone();
            if let Some(byte) = bad.get_mut(at) {
                *byte ^= 2;
            }
            put(temp.path(), PASSPHRASE, &bad).expect("written");
            match unlock(temp.path(), &phrase("four words of mine")) {
                Err(StoreError::Key(KeyError::SlotDamaged(_))) => damaged += 1,
                // Damage to the salt or to the part sealed with the passphrase looks like a wrong passphrase.
                Err(StoreError::Key(KeyError::WrongPassphrase)) => {}
                other => panic!("byte {at}: {other:?}"),
            }
        }
        assert!(damaged > good.len() / 2, "{damaged} of {}", good.len());
    }
}

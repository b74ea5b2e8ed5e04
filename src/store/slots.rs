//! Where the data key lies: small files, each of which is one way to it. A passphrase is set, changed and taken away by
//! writing these, not the database.
//!
//! | file | who gets at the key |
//! | --- | --- |
//! | `key.open` | whoever can read the folder: *not locked* |
//! | `key.passphrase.age` | whoever knows the passphrase |
//! | `key.recovery.age` | whoever has the paper key; also the employer, where a policy says so |
//!
//! `key.open` counts before the others: while it is there and fits, the records are not locked, whatever lies beside it. So
//! each step below can be broken off at any point, and what is there afterwards is the state before it or the one after.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::StoreError;
use super::key::{Key, KeyError};
use crate::os::{FileError, file_len, is_blank, read_bytes, read_text, wipe_file, write_private};
use crate::seal::{
    Identity, Passphrase, Recipient, SealError, open_with_keys, open_with_passphrase, seal_for, seal_with_passphrase,
};

/// The key, not locked.
pub(super) const OPEN: &str = "key.open";
/// The key under a passphrase.
pub(super) const PASSPHRASE: &str = "key.passphrase.age";
/// The key for the paper key, and for the employer's.
pub(super) const RECOVERY: &str = "key.recovery.age";
/// All of them.
pub(super) const ALL: [&str; 3] = [OPEN, PASSPHRASE, RECOVERY];

/// More than any of these files ever has.
const CAP: u64 = 8192;

/// What stands above the key.
const NOTE: &str = "\
# The key of your records. It is not locked: whoever can read this file can read your records.
# `cairn passphrase set` locks it. Keep it with cairn.db: without it nobody can read them, and it cannot be made again.
";

/// Which ways to the key there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slots {
    /// The key lies open.
    pub open: bool,
    /// There is a passphrase.
    pub passphrase: bool,
    /// There is a paper key.
    pub recovery: bool,
}

impl Slots {
    /// A passphrase or a paper key is needed.
    #[must_use]
    pub fn locked(self) -> bool {
        !self.open && (self.passphrase || self.recovery)
    }
}

/// What somebody opens the records with.
#[derive(Debug)]
pub enum Opener {
    /// What they keep in mind.
    Passphrase(Passphrase),
    /// The paper key, or the employer's.
    Key(Box<Identity>),
    /// It begins like a paper key and is none: one that is mistyped, or a passphrase that was set when such were not refused.
    Unclear(Passphrase),
}

impl Opener {
    /// What was typed: a paper key if it is one, otherwise a passphrase.
    #[must_use]
    pub fn typed(text: &crate::seal::Secret) -> Self {
        match (Identity::is_meant(text), Identity::parse(text)) {
            (true, Ok(key)) => Self::Key(Box::new(key)),
            (true, Err(_)) => Self::Unclear(Passphrase::typed(text)),
            (false, _) => Self::Passphrase(Passphrase::typed(text)),
        }
    }
}

/// Which slots a folder has. One that is blank was wiped, whatever broke that off. A key that lies open and is none counts
/// only where nothing else could be meant.
///
/// # Errors
/// When one of them is a link, or the folder cannot be read.
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

/// The key that lies open.
///
/// # Errors
/// [`KeyError::Locked`] when it does not and there is a slot to unlock, [`KeyError::Missing`] when there is none,
/// [`KeyError::Malformed`], [`StoreError::Link`], or what the system said.
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

/// How many keys the slot of the paper key is sealed for: one more than the paper where somebody else can open it too.
pub(super) fn readers(folder: &Path) -> usize {
    let sealed = read_bytes(&folder.join(RECOVERY), CAP).unwrap_or_default();
    let head = sealed.split(|byte| *byte == b'\n').take_while(|line| !line.starts_with(b"---"));
    head.filter(|line| line.starts_with(b"-> X25519 ")).count()
}

/// Makes a new key and puts it on the disk whole, so that it outlives a power cut before anything is encrypted with it.
///
/// # Errors
/// When the system has no random bytes or the file cannot be written.
pub(super) fn create(folder: &Path) -> Result<Key, StoreError> {
    let key = Key::random()?;
    put_open(folder, &key)?;
    Ok(key)
}

/// Gets at the key with a passphrase or a paper key.
///
/// # Errors
/// [`KeyError`]: wrong, missing or damaged; or what the system said.
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

/// The key sealed with a passphrase. Takes about two seconds: it is opened again to be sure.
///
/// # Errors
/// When it cannot be sealed.
pub(super) fn for_passphrase(key: &Key, passphrase: &Passphrase) -> Result<Vec<u8>, StoreError> {
    let sealed = seal_with_passphrase(passphrase, key.hex().as_bytes()).map_err(|error| not_sealed(&error))?;
    let again = Zeroizing::new(open_with_passphrase(passphrase, &sealed, CAP).map_err(|error| not_sealed(&error))?);
    if again.as_slice() != key.hex().as_bytes() {
        return Err(StoreError::Other("what was sealed did not open again".to_owned()));
    }
    Ok(sealed)
}

/// The key sealed for the paper key and whoever else has to be able to open it.
///
/// # Errors
/// When it cannot be sealed.
pub(super) fn for_readers(key: &Key, readers: &[Recipient]) -> Result<Vec<u8>, StoreError> {
    seal_for(readers, key.hex().as_bytes()).map_err(|error| not_sealed(&error))
}

/// Puts back one of the two files of locked records that is gone, from a copy that has the other one as it is here.
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
        // Without it everything goes on as well; the next start tries again.
        let _ = put(folder, gone, &found);
    }
}

/// Whether a copy is locked like the records, as far as can be told without one of the two files, and has that one.
pub(super) fn is_same_but(folder: &Path, copy: &Path, name: &'static str) -> bool {
    let other = if name == PASSPHRASE { RECOVERY } else { PASSPHRASE };
    let read = |folder: &Path, name: &str| read_bytes(&folder.join(name), CAP).ok();
    let (here, there) = (read(folder, other), read(copy, other));
    here.is_some() && here == there && read(copy, name).is_some_and(|own| Some(own) != read(folder, name))
}

/// Sealed files that cannot be what they are called, because they do not even begin like one.
pub(super) fn garbled(folder: &Path) -> Vec<&'static str> {
    let is_wrong = |bytes: Vec<u8>| !bytes.starts_with(b"age-encryption.org/v1");
    let read = |name: &str| read_bytes(&folder.join(name), CAP).is_ok_and(is_wrong) && !is_blank(&folder.join(name));
    [PASSPHRASE, RECOVERY].into_iter().filter(|name| read(name)).collect()
}

/// Puts a file of a copy beside the records, as it is there.
///
/// # Errors
/// When it cannot be read or written.
pub(super) fn put_from(copy: &Path, folder: &Path, name: &'static str) -> Result<(), StoreError> {
    let bytes = Zeroizing::new(read_bytes(&copy.join(name), CAP).map_err(|error| unread(error, name))?);
    put(folder, name, &bytes)
}

/// Makes the ways to the key of a copy those of the records, so that what opens one opens both. Where the records lie
/// open, nothing else is left beside the key; where they are locked, no key lies open.
///
/// # Errors
/// When one cannot be read, written or wiped.
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

/// Whether a copy opens with what opens the records, and with nothing else.
pub(super) fn alike(folder: &Path, copy: &Path) -> bool {
    let (Ok(one), Ok(two)) = (slots(folder), slots(copy)) else { return false };
    if one.open || two.open {
        return one.open == two.open;
    }
    let same = |name: &str| read_bytes(&folder.join(name), CAP).ok() == read_bytes(&copy.join(name), CAP).ok();
    same(PASSPHRASE) && same(RECOVERY)
}

/// Lays the key open.
///
/// # Errors
/// When it cannot be written.
pub(super) fn put_open(folder: &Path, key: &Key) -> Result<(), StoreError> {
    let text = Zeroizing::new(format!("{NOTE}{}\n", key.hex()));
    put(folder, OPEN, text.as_bytes())
}

/// Writes one slot as it is, e.g. beside a backup.
///
/// # Errors
/// When it cannot be written.
pub(super) fn put(folder: &Path, name: &'static str, bytes: &[u8]) -> Result<(), StoreError> {
    write_private(&folder.join(name), bytes).map_err(StoreError::io(&format!("writing {name}")))?;
    match read_bytes(&folder.join(name), CAP) {
        Ok(read) if read == bytes => Ok(()),
        _ => Err(StoreError::Other(format!("{name} could not be read back as it was written"))),
    }
}

/// Takes a slot away: its bytes are overwritten before its name goes. That is what can be done here; a disk that writes
/// elsewhere each time (flash), or a copy that somebody made, may still hold it.
///
/// # Errors
/// When it cannot be removed.
pub(super) fn remove(folder: &Path, name: &'static str) -> Result<(), StoreError> {
    wipe_file(&folder.join(name)).map_err(StoreError::io(&format!("removing {name}")))
}

/// Copies the slots of one folder into another.
///
/// # Errors
/// When one cannot be read or written.
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
    StoreError::Other(format!("the key was not sealed: {error}"))
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
        // Set when such a passphrase was not refused yet.
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
                // The salt and what the passphrase has sealed cannot be told from another passphrase.
                Err(StoreError::Key(KeyError::WrongPassphrase)) => {}
                other => panic!("byte {at}: {other:?}"),
            }
        }
        assert!(damaged > good.len() / 2, "{damaged} of {}", good.len());
    }
}

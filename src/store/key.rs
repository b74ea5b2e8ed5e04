//! The data key: 32 random bytes that the database is encrypted with. It never changes with a passphrase; where it lies, and
//! who can get at it, is the business of [`super::slots`].

use std::fmt;

use zeroize::Zeroizing;

use super::error::StoreError;
use crate::domain::hex;

/// Why there is no key to open the records with.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The file is gone, and so is every other way to the key.
    #[error("the key of your records is missing: there is no key.open beside cairn.db, and no key.passphrase.age")]
    Missing,
    /// The file does not hold what a key looks like.
    #[error("the file {0} does not hold a key, which is one line of 64 hexadecimal digits")]
    Malformed(&'static str),
    /// The database cannot be read with it. Which of the two it is cannot be told apart.
    #[error("the key does not fit this file, or the file is damaged")]
    DoesNotFit,
    /// It is under a passphrase.
    #[error("your records are locked")]
    Locked,
    /// Not the passphrase that was set. Never said of damage.
    #[error("this is not the passphrase of these records")]
    WrongPassphrase,
    /// Not the paper key that was made with them.
    #[error("this paper key does not belong to these records")]
    WrongPaperKey,
    /// What was typed looks like a paper key, and a letter is wrong.
    #[error("this is no paper key yet: a letter is missing or mistyped")]
    MistypedPaperKey,
    /// There is a passphrase, and the paper was never made or its file is gone.
    #[error("these records have no paper key: key.recovery.age is missing")]
    NoPaperKey,
    /// The file that holds the key was changed on the disk.
    #[error("the file {0} is damaged, so that it cannot be opened with anything")]
    SlotDamaged(&'static str),
    /// The file that the passphrase opens is gone, and the paper key is there.
    #[error("the file that your passphrase opens is missing: there is no key.passphrase.age beside cairn.db")]
    PassphraseLost,
    /// There is no passphrase to be changed or taken away.
    #[error("these records have no passphrase")]
    NotLocked,
    /// There is one already.
    #[error("these records have a passphrase already")]
    AlreadyLocked,
    /// What is to take the place of locked records is not locked.
    #[error("this backup is not locked, and the records whose place it would take are")]
    WouldLieOpen,
    /// The passphrase is too easy.
    #[error(transparent)]
    Weak(#[from] crate::seal::WeakPassphrase),
}

/// The key. Printing it by accident shows nothing, and it is wiped from memory when it is done with.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key(Zeroizing<String>);

impl Key {
    /// A new random one from the system.
    pub(super) fn random() -> Result<Self, StoreError> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        getrandom::fill(bytes.as_mut())
            .map_err(|error| StoreError::Other(format!("the system gave no random bytes for a key: {error}")))?;
        Ok(Self(Zeroizing::new(hex(bytes.as_ref()))))
    }

    /// The one line of `text` that is no comment, if it is a key.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = lines.next().filter(|line| line.len() == 64 && line.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        lines.next().is_none().then(|| Self(Zeroizing::new(line.to_owned())))
    }

    /// 64 hexadecimal digits and nothing else.
    pub(super) fn hex(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_line_of_64_hexadecimal_digits() {
        let good = "0123456789abcdef".repeat(4);
        assert!(Key::parse(&format!("# note\r\n\r\n{good}\r\n")).is_some());
        for bad in
            ["", "# only a note", "abc", &good.replace('0', "g"), &format!("{good}\n{good}"), &format!("{good}0")]
        {
            assert!(Key::parse(bad).is_none(), "{bad}");
        }
        let key = Key::random().expect("the system has random bytes");
        assert_eq!(Key::parse(key.hex()).as_ref(), Some(&key));
        assert_eq!(format!("{key:?}"), "Key(not shown)");
        assert_ne!(Key::random().expect("the system has random bytes"), key);
    }
}

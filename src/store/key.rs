//! The data key: 32 random bytes with which the database is encrypted. It does not change with the passphrase. Where it
//! is stored and who can read it is handled by [`super::slots`].

use std::fmt;

use zeroize::Zeroizing;

use super::error::StoreError;
use crate::domain::hex;

/// Reasons for which there is no key to open the records.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The key file is missing and there is no other way to the key.
    #[error("the key of your records is missing: there is no key.open next to cairn.db, and no key.passphrase.age")]
    Missing,
    /// The file does not contain a key; names the file.
    #[error("the file {0} does not hold a key, which is one line of 64 hexadecimal digits")]
    Malformed(&'static str),
    /// The database cannot be read with the key. A wrong key and a damaged file cannot be distinguished.
    #[error("the key is wrong for this file, or the file is damaged")]
    DoesNotFit,
    /// The key is protected by a passphrase.
    #[error("your records are locked")]
    Locked,
    /// The passphrase is wrong. Never used for damage.
    #[error("this is not the passphrase of these records")]
    WrongPassphrase,
    /// The paper key belongs to other records.
    #[error("this paper key does not belong to these records")]
    WrongPaperKey,
    /// The text resembles a paper key, but a character is missing or wrong.
    #[error("that is not a complete paper key. Check for a missing or wrong character")]
    MistypedPaperKey,
    /// There is a passphrase, but no paper key was made or its file is missing.
    #[error("these records have no paper key: key.recovery.age is missing")]
    NoPaperKey,
    /// The file with the sealed key is damaged; names the file.
    #[error("the file {0} is damaged, so nothing can open it")]
    SlotDamaged(&'static str),
    /// The file that the passphrase opens is missing, but the paper key exists.
    #[error("the file that your passphrase opens is missing: there is no key.passphrase.age next to cairn.db")]
    PassphraseLost,
    /// There is no passphrase to change or remove.
    #[error("these records have no passphrase")]
    NotLocked,
    /// There is a passphrase already.
    #[error("these records already have a passphrase")]
    AlreadyLocked,
    /// Records without a passphrase would replace locked ones.
    #[error("this backup has no passphrase, but the records it would replace do")]
    WouldLieOpen,
    /// The passphrase is too weak.
    #[error(transparent)]
    Weak(#[from] crate::seal::WeakPassphrase),
}

/// The data key. Its `Debug` output shows nothing, and it is wiped from memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key(Zeroizing<String>);

impl Key {
    /// Generates a random key.
    pub(super) fn random() -> Result<Self, StoreError> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        getrandom::fill(bytes.as_mut())
            .map_err(|error| StoreError::Other(format!("the system gave no random bytes for a key: {error}")))?;
        Ok(Self(Zeroizing::new(hex(bytes.as_ref()))))
    }

    /// Parses a key: exactly one line of `text` that is neither empty nor a comment.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = lines.next().filter(|line| line.len() == 64 && line.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        lines.next().is_none().then(|| Self(Zeroizing::new(line.to_owned())))
    }

    /// Returns the key as 64 hexadecimal digits.
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

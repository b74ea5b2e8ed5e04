//! The data key: 32 random bytes that the database is encrypted with. For now it lies beside the database in `key.open`,
//! which is *not locked*, and the file says so itself.

use std::fmt;
use std::path::Path;

use super::error::StoreError;
use crate::domain::hex;
use crate::os::{FileError, read_text, write_private};

/// Name of the file in the data folder.
pub(super) const FILE: &str = "key.open";

/// More than the file ever has.
const CAP: u64 = 4096;

/// What stands above the key.
const NOTE: &str = "\
# The key of your records. It is not locked: whoever can read this file can read your records.
# Keep it with cairn.db. Without it nobody can read them, and it cannot be made again.
";

/// Why there is no key to open the records with.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The file is gone.
    #[error("the key of your records is missing: there is no key.open beside cairn.db")]
    Missing,
    /// The file does not hold what a key looks like.
    #[error("the file key.open does not hold a key, which is one line of 64 hexadecimal digits")]
    Malformed,
    /// The database cannot be read with it. Which of the two it is cannot be told apart.
    #[error("the key does not fit this file, or the file is damaged")]
    DoesNotFit,
}

/// The key. Printing it by accident shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key(String);

impl Key {
    /// A new random one from the system.
    fn random() -> Result<Self, StoreError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| StoreError::Other(format!("the system gave no random bytes for a key: {error}")))?;
        Ok(Self(hex(&bytes)))
    }

    /// The one line of `text` that is no comment, if it is a key.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = lines.next().filter(|line| line.len() == 64 && line.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        lines.next().is_none().then(|| Self(line.to_owned()))
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

/// Reads the key of a folder.
///
/// # Errors
/// [`StoreError::Key`] when it is missing or no key, [`StoreError::Link`], or what the system said.
pub(super) fn read(folder: &Path) -> Result<Key, StoreError> {
    let file = folder.join(FILE);
    match read_text(&file, CAP) {
        Ok(text) => Ok(Key::parse(&text).ok_or(KeyError::Malformed)?),
        Err(FileError::Missing) => Err(KeyError::Missing.into()),
        Err(FileError::NotRegular) => Err(StoreError::Link(file)),
        Err(FileError::TooLarge(_) | FileError::NotText { .. }) => Err(KeyError::Malformed.into()),
        Err(FileError::Io(source)) => Err(StoreError::Io { what: "reading key.open".to_owned(), source }),
    }
}

/// Makes a new key and puts it on the disk whole, so that it outlives a power cut before anything is encrypted with it.
///
/// # Errors
/// When the system has no random bytes or the file cannot be written.
pub(super) fn create(folder: &Path) -> Result<Key, StoreError> {
    let key = Key::random()?;
    let text = format!("{NOTE}{}\n", key.hex());
    write_private(&folder.join(FILE), text.as_bytes()).map_err(StoreError::io("writing key.open"))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_with_its_warning_and_read_back() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        assert!(matches!(read(folder.path()), Err(StoreError::Key(KeyError::Missing))));
        let key = create(folder.path()).expect("a key can be made");
        assert_eq!(read(folder.path()).expect("the key is there"), key);
        let text = read_text(&folder.path().join(FILE), CAP).expect("the file is text");
        assert!(text.contains("not locked: whoever can read this file can read your records"));
        assert!(text.ends_with(&format!("\n{}\n", key.hex())));
        assert_eq!(format!("{key:?}"), "Key(not shown)");
        assert_ne!(create(folder.path()).expect("another key can be made"), key);
    }

    #[test]
    fn anything_else_is_not_a_key() {
        let good = "0123456789abcdef".repeat(4);
        assert!(Key::parse(&format!("# note\r\n\r\n{good}\r\n")).is_some());
        for bad in
            ["", "# only a note", "abc", &good.replace('0', "g"), &format!("{good}\n{good}"), &format!("{good}0")]
        {
            assert!(Key::parse(bad).is_none(), "{bad}");
        }
    }
}

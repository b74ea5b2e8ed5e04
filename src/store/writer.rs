//! Who may write: one program at a time, held by a lock of the system on `vault.lock`, which ends with the process however it
//! ends. Others may read meanwhile. The lock is taken with the first write, or at once where somebody sits down to write.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::StoreError;
use crate::os::{Clock, lock_private, process_number, read_text};

/// The file that is locked.
pub(super) const LOCK: &str = "vault.lock";

/// How long a write waits for another program that is writing: long enough for one command after the other.
const PATIENCE: Duration = Duration::from_secs(5);
/// More than `vault.lock` ever has.
const CAP: u64 = 4096;

/// Why records can only be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A newer version made them; holds the version of their schema.
    Newer(i64),
    /// Their file or folder is read-only for this account.
    ReadOnly,
    /// They are a backup, which stays as it is.
    Backup,
    /// Others were put in their place.
    Moved,
    /// There is no room on their disk.
    Full,
    /// They lie where a program copies them to other computers, or on another machine: what is written there may be lost.
    Place,
}

/// The right to write.
#[derive(Debug)]
pub(super) enum Writer {
    /// In memory, nobody else is there.
    Alone,
    /// Not asked for yet: the folder, since when this program runs, and how long is waited for somebody else.
    Free(PathBuf, String, Duration),
    /// Ours until the file is closed.
    Held(#[expect(dead_code, reason = "the lock lives as long as the file")] File),
    /// Never.
    Never(Look),
}

impl Writer {
    /// Of the records in a folder, not asked for yet.
    pub(super) fn free(folder: &Path, clock: &Clock) -> Self {
        Self::Free(folder.to_path_buf(), clock.time_of_day(), PATIENCE)
    }

    /// Waits for nobody from now on: somebody is typing.
    pub(super) fn hurry(&mut self) {
        if let Self::Free(_, _, patience) = self {
            *patience = Duration::ZERO;
        }
    }

    /// Makes sure that nobody else writes.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when somebody does, [`StoreError::Newer`] and [`StoreError::ReadOnly`] when these records can
    /// only be looked at.
    pub(super) fn claim(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Alone | Self::Held(_) => Ok(()),
            Self::Never(Look::Newer(version)) => Err(StoreError::Newer(*version)),
            Self::Never(Look::ReadOnly) => Err(StoreError::ReadOnly),
            Self::Never(Look::Moved) => Err(StoreError::Moved),
            Self::Never(Look::Full) => Err(StoreError::Full),
            Self::Never(Look::Place) => Err(StoreError::Place(
                "it is copied to other computers or lies on one, and records that are written there may be lost"
                    .to_owned(),
            )),
            Self::Never(Look::Backup) => {
                Err(StoreError::Backup("this is a backup, which is looked at and never written".to_owned()))
            }
            Self::Free(folder, since, patience) => {
                *self = Self::Held(held(folder, since, *patience)?);
                Ok(())
            }
        }
    }

    /// Whether records can only be looked at, whoever else is there.
    pub(super) fn look(&self) -> Option<Look> {
        match self {
            Self::Never(look) => Some(*look),
            _ => None,
        }
    }
}

/// Takes the lock, or says who has it.
fn held(folder: &Path, since: &str, patience: Duration) -> Result<File, StoreError> {
    let file = folder.join(LOCK);
    let who = format!("process {}, since {since}\n", process_number());
    match lock_private(&file, patience, &who).map_err(StoreError::io("locking vault.lock"))? {
        Some(held) => Ok(held),
        None => Err(StoreError::InUse(holder(&file))),
    }
}

/// What the lock says about who holds it; a word for it if it says nothing.
fn holder(file: &Path) -> String {
    let text = read_text(file, CAP).unwrap_or_default();
    let line = crate::domain::clean(text.lines().next().unwrap_or(""));
    if line.is_empty() { "another program".to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writes_and_the_other_is_told_who_does() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        let clock = Clock::fixed(jiff::civil::date(2026, 11, 22));
        let mut one = Writer::free(temp.path(), &clock);
        one.claim().expect("nobody else is there");
        one.claim().expect("it is ours already");
        let mut two = Writer::free(temp.path(), &clock);
        two.hurry();
        let error = two.claim().expect_err("it is theirs").to_string();
        let number = process_number();
        assert!(error.contains(&format!("process {number}, since 12:00")), "{error}");
        drop(one);
        two.claim().expect("it is free again");
    }

    #[test]
    fn what_can_only_be_looked_at_is_never_written() {
        assert!(matches!(Writer::Never(Look::Newer(9)).claim(), Err(StoreError::Newer(9))));
        assert!(matches!(Writer::Never(Look::ReadOnly).claim(), Err(StoreError::ReadOnly)));
        assert!(Writer::Alone.claim().is_ok());
    }
}

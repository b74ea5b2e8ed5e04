//! Write access: one program at a time may write, which holds an operating system lock on `vault.lock` that ends with
//! the process. Others may read meanwhile. The lock is taken with the first write, or at once by an interactive
//! program.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::StoreError;
use crate::os::{Clock, lock_private, process_number, read_text};

/// Name of the lock file.
pub(super) const LOCK: &str = "vault.lock";

/// How long a write waits for another program: long enough for commands that run one after another.
const PATIENCE: Duration = Duration::from_secs(5);
/// Maximum size of `vault.lock` in bytes; it is always smaller.
const CAP: u64 = 4096;

/// Why records are read-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A newer version wrote them; contains the version of the format.
    Newer(i64),
    /// The file or folder is read-only for this account.
    ReadOnly,
    /// They are a backup, which is never changed.
    Backup,
    /// Other records have replaced them.
    Moved,
    /// The disk is full.
    Full,
    /// The folder is synchronised to other computers or is on another machine, so anything written there may be lost.
    Place,
}

/// Permission to write.
#[derive(Debug)]
pub(super) enum Writer {
    /// Always permitted: records in memory, or a file that no other program uses.
    Alone,
    /// The lock has not been taken yet: the folder, the start time of this program, and how long to wait for another
    /// program.
    Free(PathBuf, String, Duration),
    /// The lock is held until the file is closed.
    Held(#[expect(dead_code, reason = "the lock lives as long as the file")] File),
    /// Writing is not permitted.
    Never(Look),
}

impl Writer {
    /// Creates the state for the records in a folder, without taking the lock.
    pub(super) fn free(folder: &Path, clock: &Clock) -> Self {
        Self::Free(folder.to_path_buf(), clock.time_of_day(), PATIENCE)
    }

    /// Sets the waiting time to zero, for interactive use.
    pub(super) fn hurry(&mut self) {
        if let Self::Free(_, _, patience) = self {
            *patience = Duration::ZERO;
        }
    }

    /// Takes the lock if it is not held yet.
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another program holds it; the matching error if the records are read-only.
    pub(super) fn claim(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Alone | Self::Held(_) => Ok(()),
            Self::Never(Look::Newer(version)) => Err(StoreError::Newer(*version)),
            Self::Never(Look::ReadOnly) => Err(StoreError::ReadOnly),
            Self::Never(Look::Moved) => Err(StoreError::Moved),
            Self::Never(Look::Full) => Err(StoreError::Full),
            Self::Never(Look::Place) => Err(StoreError::Place(
                "it is copied to other computers or is on one, so records saved there may be lost".to_owned(),
            )),
            Self::Never(Look::Backup) => {
                Err(StoreError::Backup("this is a backup, so you can read it but not change it".to_owned()))
            }
            Self::Free(folder, since, patience) => {
                *self = Self::Held(held(folder, since, *patience)?);
                Ok(())
            }
        }
    }

    /// Returns why the records are read-only; `None` if they can be written.
    pub(super) fn look(&self) -> Option<Look> {
        match self {
            Self::Never(look) => Some(*look),
            _ => None,
        }
    }
}

/// Takes the lock, or returns an error that names the holder.
fn held(folder: &Path, since: &str, patience: Duration) -> Result<File, StoreError> {
    let file = folder.join(LOCK);
    let who = format!("process {}, since {since}\n", process_number());
    match lock_private(&file, patience, &who).map_err(StoreError::io("locking vault.lock"))? {
        Some(held) => Ok(held),
        None => Err(StoreError::InUse(holder(&file))),
    }
}

/// Returns the description of the holder in the lock file, or a general one if there is none.
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

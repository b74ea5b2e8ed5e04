//! Errors of the records, as sentences with a next step. All SQLite result codes are translated here; no message quotes
//! what a person wrote.

use std::io;
use std::path::PathBuf;

use rusqlite::{ErrorCode, ffi};

use super::key::KeyError;

/// Reasons for which the records cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds a write lock on the database.
    #[error("your records are in use: another program kept them locked for five seconds")]
    Busy,
    /// Another program has the records open for writing; names the program.
    #[error("your records are open in another window of Cairn ({0}), so you can only read them here")]
    InUse(String),
    /// Another program synchronises or copies the folder; explains which.
    #[error("your records cannot be kept in this folder: {0}")]
    Place(String),
    /// The records would have to be converted to the newest format first, but are read-only.
    #[error("these records are of an older format, and cannot be brought to the newest one where they are")]
    Older,
    /// A backup cannot be made, read or restored; says why.
    #[error("{0}")]
    Backup(String),
    /// The folder contains other records than those that were opened.
    #[error("other records were put in this folder since you opened this window, so nothing was saved")]
    Moved,
    /// The database contains something that Cairn did not create; says what.
    #[error("this database was not made by Cairn: {0}")]
    Foreign(String),
    /// A copy of the records cannot be changed, so nothing was changed: its path and the reason.
    #[error("the copy in {} cannot be changed: {}", .0.display(), .1)]
    Copy(PathBuf, Box<StoreError>),
    /// A secret could not be shown, so nothing was changed.
    #[error("the paper key could not be printed, so nothing was changed: {0}")]
    NotShown(io::Error),
    /// The user requested a stop.
    #[error("it was stopped before it was finished")]
    Stopped,
    /// The disk is full.
    #[error("this was not saved: the disk is full")]
    Full,
    /// The file or its folder is read-only for this account.
    #[error("your records cannot be opened for writing, because their file or folder is read-only for this account")]
    ReadOnly,
    /// The content of a file is not what was written.
    #[error("your records are damaged: {0}")]
    Damaged(String),
    /// The key is missing or does not fit.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A newer version of the program wrote the records; contains their format version.
    #[error("your records were made by a newer version of Cairn (their format is {0})")]
    Newer(i64),
    /// A schema migration that was applied to these records differs from the one in this program; contains its number.
    #[error("step {0} of the format of your records is not the one that this program knows")]
    Altered(i64),
    /// A file of the records is a symbolic link or not a regular file.
    #[error("{} is a link or not a regular file, so Cairn does not read or write records there", .0.display())]
    Link(PathBuf),
    /// An operation of the operating system failed.
    #[error("{what} failed: {source}")]
    Io {
        /// The operation, as a noun phrase.
        what: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A text exceeds the maximum length; nothing was truncated and nothing was saved.
    #[error("{what} has {chars} characters, but the most is {most}")]
    TooLong {
        /// Name of the text.
        what: &'static str,
        /// Its length in characters.
        chars: usize,
        /// The maximum length in characters.
        most: usize,
    },
    /// The plan contains no action with this id.
    #[error("there is no action with the id {0} in your plan")]
    NoAction(String),
    /// The records contain no client with this id.
    #[error("there is no client with the id {0} in your records")]
    NoPerson(String),
    /// The current person has no such record: its kind and id.
    #[error("there is no {0} with the id {1} in these records")]
    Unknown(&'static str, String),
    /// The name is reserved, because commands use it for the user.
    #[error("no client can be called \"{0}\", because that means yourself")]
    Reserved(String),
    /// A text that must not be empty; contains its name.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// The view of a comparison is sealed already, or the round cannot be opened.
    #[error("these ratings were given before. You cannot change ratings after you submit them")]
    Sealed,
    /// Any other database error.
    #[error("the records answered with an error: {0}")]
    Other(String),
}

impl StoreError {
    /// Returns the next step, as one or two sentences.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Busy => "Close the other window or wait a moment, then try again. What you typed is still here.",
            Self::InUse(_) => "Carry on in that window, or close it and try again. You can read your records here.",
            Self::Place(_) => {
                "Give a folder on this computer's own disk with --data-dir. You can save a copy there: `cairn backup \
                 DIR`."
            }
            Self::Older => "`cairn restore DIR --into NEW` makes a copy of a backup that you can read.",
            Self::Backup(_) => "`cairn backup --list` shows your backups. Give another one.",
            Self::Moved => {
                "What you typed is still on the screen, so copy it. Then close this window and start Cairn again."
            }
            Self::Foreign(_) => "Nothing in it was run. `cairn backup --list` shows the backups that Cairn made.",
            Self::Copy(..) => {
                "Records and copies open as before. Make room on the disk, or make sure you can write to that folder. \
                 Then try again."
            }
            Self::NotShown(_) => "Print to the terminal, or to a file on a disk with room.",
            Self::Stopped => "Start it again. Nothing is left of what was started.",
            Self::Full => "Make room on the disk, then try again. What you saved before is safe.",
            Self::ReadOnly => {
                "Make room if the disk is full. If not, make sure you can write to the folder, or give another one \
                 with --data-dir."
            }
            Self::Damaged(_) => {
                "If there is a backup, `cairn restore` restores the newest good one. It moves the damaged records to \
                 another folder and does not delete anything."
            }
            Self::Key(error) => key_hint(error),
            Self::Newer(_) => "Use the newer version, because this one does not change the records.",
            Self::Altered(_) => {
                "Use the version of Cairn that made these records, because this one does not change \
                them."
            }
            Self::Link(_) => "Put the file itself there, or give the real folder with --data-dir.",
            Self::Io { .. } => "Check the disk and the permissions of the folder, then try again.",
            Self::TooLong { .. } => "Shorten it, or keep the long text in your own file and write its name here.",
            Self::Reserved(_) => "Add a surname or an initial.",
            Self::NoAction(_) => "List the plan to see the ids.",
            Self::NoPerson(_) | Self::Unknown(..) => "List what there is, and use one of those.",
            Self::Empty(_) => "Write something there.",
            Self::Sealed => "Start another round if your ratings have changed.",
            Self::Other(_) => "Try again. If it happens again, report this message.",
        }
    }

    /// Returns whether only the passphrase is missing.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Key(KeyError::Locked))
    }

    /// Returns whether the input is at fault, not the records.
    #[must_use]
    pub fn is_input(&self) -> bool {
        match self {
            Self::NoPerson(_) | Self::Unknown(..) | Self::Empty(_) | Self::Reserved(_) | Self::Sealed => true,
            Self::Key(error) => matches!(error, KeyError::Weak(_) | KeyError::NotLocked | KeyError::AlreadyLocked),
            _ => false,
        }
    }

    /// Creates the error for a file operation; meant for `map_err`.
    pub(super) fn io(what: &str) -> impl FnOnce(io::Error) -> Self {
        let what = what.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io { what, source },
        }
    }
}

/// Returns the next step for an error with the key.
fn key_hint(error: &KeyError) -> &'static str {
    match error {
        KeyError::Missing => {
            "Put the key file back next to cairn.db. If there is a backup, `cairn restore` restores it with its own \
             key."
        }
        KeyError::Malformed(_) => {
            "Put back the file that was made with these records. If there is a backup, `cairn restore` restores it."
        }
        KeyError::DoesNotFit => {
            "Put back the key that was made with them. If it is the right one and there is a backup, `cairn restore` \
             restores it."
        }
        KeyError::Locked => "Type the passphrase or the paper key. In a script, use --passphrase-fd N.",
        KeyError::WrongPassphrase => {
            "Try again. Check capitals and the keyboard's language. Your paper key opens them too."
        }
        KeyError::WrongPaperKey => "Find the paper key that was written down when you last set a passphrase.",
        KeyError::MistypedPaperKey => {
            "Compare it with the paper, letter by letter. Spaces and small letters do not matter."
        }
        KeyError::NoPaperKey => "Use the passphrase, then make a new paper key with `cairn passphrase paper`.",
        KeyError::SlotDamaged(_) => {
            "Your other key (paper key or passphrase) still opens them. Backups have this file too."
        }
        KeyError::PassphraseLost => {
            "Open them with the paper key and set a new passphrase: `cairn unlock --recovery`. Or put the file back from a backup."
        }
        KeyError::NotLocked => "`cairn passphrase set` sets one.",
        KeyError::AlreadyLocked => "`cairn passphrase change` changes it.",
        KeyError::WouldLieOpen => "`cairn restore` on the command line asks for a passphrase for it.",
        KeyError::Weak(_) => "`cairn passphrase words` offers four words.",
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match error {
            E::SqliteFailure(code, said) => from_code(code, said),
            // The text of this error would quote the statement.
            E::SqlInputError { error, msg, .. } => from_code(error, Some(msg)),
            E::InvalidColumnType(..)
            | E::Utf8Error(..)
            | E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..) => {
                Self::Damaged("a record does not have the form it was written in".to_owned())
            }
            other => Self::Other(other.to_string()),
        }
    }
}

/// Translates a result code of SQLite.
fn from_code(code: ffi::Error, said: Option<String>) -> StoreError {
    let said = said.unwrap_or_else(|| code.to_string());
    match code.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::OperationInterrupted => StoreError::Stopped,
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            StoreError::Damaged(format!("{said} (code {})", code.extended_code))
        }
        ErrorCode::CannotOpen if code.extended_code == ffi::SQLITE_CANTOPEN_SYMLINK => {
            StoreError::Link(PathBuf::from("cairn.db"))
        }
        // The shared-memory file of the log could not grow or be created, which happens only on a full disk.
        ErrorCode::SystemIoFailure
            if matches!(
                code.extended_code,
                ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_SHMOPEN | ffi::SQLITE_IOERR_SHMMAP
            ) =>
        {
            StoreError::Full
        }
        // The database file is known to exist, so it is its log that cannot be created.
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => StoreError::ReadOnly,
        ErrorCode::SystemIoFailure => StoreError::Io {
            what: "reading or writing cairn.db".to_owned(),
            source: io::Error::other(format!("{said} (code {})", code.extended_code)),
        },
        _ => StoreError::Other(format!("{said} (code {})", code.extended_code)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: i32) -> StoreError {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
    }

    #[test]
    fn each_code_gets_its_own_sentence() {
        assert!(matches!(of(ffi::SQLITE_BUSY), StoreError::Busy));
        assert!(matches!(of(ffi::SQLITE_BUSY_SNAPSHOT), StoreError::Busy));
        assert!(matches!(of(ffi::SQLITE_FULL), StoreError::Full));
        assert!(matches!(of(ffi::SQLITE_READONLY_DIRECTORY), StoreError::ReadOnly));
        assert!(matches!(of(ffi::SQLITE_CORRUPT), StoreError::Damaged(_)));
        assert!(matches!(of(ffi::SQLITE_NOTADB), StoreError::Damaged(_)));
        assert!(matches!(of(ffi::SQLITE_CANTOPEN_SYMLINK), StoreError::Link(_)));
        assert!(matches!(of(ffi::SQLITE_IOERR_WRITE), StoreError::Io { .. }));
        assert!(matches!(of(ffi::SQLITE_MISUSE), StoreError::Other(_)));
    }

    #[test]
    fn every_error_ends_with_a_next_step() {
        for error in
            [StoreError::Busy, StoreError::Full, StoreError::ReadOnly, StoreError::Newer(9), KeyError::Missing.into()]
        {
            assert!(error.hint().ends_with('.') && !error.to_string().ends_with('.'), "{error}");
        }
    }
}

//! Options for opening the desk, and its errors.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{Day, Offering};
use crate::os::{Clock, DirError};
use crate::safeguarding::Region;
use crate::seal::Secret;
use crate::store::{KeyError, StoreError};

/// What the command line asks to open.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// The data folder, if not the default one.
    pub data_dir: Option<PathBuf>,
    /// Folders with additional packs.
    pub packs: Vec<PathBuf>,
    /// Fictional data in memory; nothing is written.
    pub demo: bool,
    /// A day to use instead of today.
    pub today: Option<Day>,
    /// Name of the client whose records are selected; `None` for the user's own.
    pub person: Option<String>,
    /// Path of this program, to load unsigned packs in a worker process. Without it they are loaded in this process,
    /// where only the limits of the rules language apply.
    pub worker: Option<PathBuf>,
    /// Passphrase or paper key for locked records.
    pub secret: Option<Secret>,
    /// File descriptor from which a script passes the passphrase.
    pub passphrase_fd: Option<u32>,
    /// Region that determines the telephone numbers to ring.
    pub region: Region,
    /// Language in which behaviours are shown if a pack has words for it, as a tag like `cy`; empty for that of the
    /// packs.
    pub language: String,
    /// How the packs are offered: the frameworks in front, and whether Cairn suggests targets.
    pub offering: Offering,
    /// File in which an organisation names a second party that can open locked records.
    pub policy: Option<PathBuf>,
}

impl OpenOptions {
    /// Returns the clock, fixed if a day is given.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.today.map_or_else(Clock::system, Clock::fixed)
    }
}

/// Errors of the desk.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// An error of the records.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The records exist but are not open; contains the reason.
    #[error(transparent)]
    Shut(Arc<StoreError>),
    /// The organisation's policy cannot be read.
    #[error("{}: {why}", path.display())]
    Policy {
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is no place for records.
    #[error(transparent)]
    Dir(#[from] DirError),
    /// A file could not be written.
    #[error("{} was not written: {}", path.display(), why_not_written(source))]
    Export {
        /// Path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// No client has this name.
    #[error("no client is called {0}")]
    NoClient(String),
    /// An entry cannot be corrected in this way.
    #[error("{0}")]
    NotCorrected(String),
    /// A client with this name exists already: the name and the existing ones.
    #[error("there is already a client of that name: {1}. Is {0} the same person?")]
    SameName(String, String),
    /// Several clients match the name: the name and the matches.
    #[error("{0} could be {1}")]
    SeveralClients(String, String),
}

/// Returns in words why a file could not be written.
fn why_not_written(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::AlreadyExists => "there is already a file of that name".to_owned(),
        Kind::IsADirectory => "this is a folder".to_owned(),
        Kind::NotFound | Kind::NotADirectory => "there is no such folder".to_owned(),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => "you are not allowed to write there".to_owned(),
        _ => error.to_string(),
    }
}

impl DeskError {
    /// Returns whether only the passphrase is missing.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        match self {
            Self::Store(error) => error.is_locked(),
            Self::Shut(error) => error.is_locked(),
            _ => false,
        }
    }

    /// Returns whether the typed secret is wrong, so that the user may try again.
    #[must_use]
    pub fn is_wrong_secret(&self) -> bool {
        let wrong = |error: &StoreError| match error {
            StoreError::Key(error) => {
                matches!(error, KeyError::WrongPassphrase | KeyError::WrongPaperKey | KeyError::MistypedPaperKey)
            }
            _ => false,
        };
        match self {
            Self::Store(error) => wrong(error),
            Self::Shut(error) => wrong(error),
            _ => false,
        }
    }

    /// Returns whether the input is at fault, not the records.
    #[must_use]
    pub fn is_input(&self) -> bool {
        match self {
            Self::Store(error) => error.is_input(),
            Self::Dir(_) | Self::Shut(_) => false,
            Self::Policy { .. }
            | Self::Export { .. }
            | Self::NoClient(_)
            | Self::SeveralClients(..)
            | Self::SameName(..)
            | Self::NotCorrected(_) => true,
        }
    }

    /// Returns the next step, as one or two sentences.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Store(error) => error.hint(),
            Self::Shut(error) => error.hint(),
            Self::Policy { .. } => {
                "Write it as [escrow] with name = \"\u{2026}\" and key = \"age1\u{2026}\", or remove the file."
            }
            Self::Dir(_) => "Name a folder with --data-dir.",
            Self::Export { .. } => "Enter another file name, in a folder that exists.",
            Self::NoClient(_) => "`cairn people` lists them, and `cairn people add NAME` adds one.",
            Self::SeveralClients(..) => "Give more of the name, or the letters after it, which are the end of the id.",
            Self::SameName(..) => {
                "If so, open those records. If not, `cairn people add NAME --another` adds them. Use a letter or a \
                 place to tell them apart."
            }
            Self::NotCorrected(_) => "`cairn journal` shows what is there.",
        }
    }
}

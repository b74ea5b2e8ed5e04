//! What is asked to be opened, and why it was not.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::Day;
use crate::os::{Clock, DirError};
use crate::safeguarding::Region;
use crate::seal::Secret;
use crate::store::{KeyError, StoreError};

/// What the command line asks to be opened.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// Where the records are, if not in the usual place.
    pub data_dir: Option<PathBuf>,
    /// Folders of packs beside the built-in ones.
    pub packs: Vec<PathBuf>,
    /// A made-up month in memory; nothing is written.
    pub demo: bool,
    /// A day instead of today.
    pub today: Option<Day>,
    /// The client whose records are opened, by name; without it one's own.
    pub person: Option<String>,
    /// Our own program, to try out packs that nobody vouches for in a process of their own; without it they are loaded
    /// here, where only the limits of the rules' language hold them.
    pub worker: Option<PathBuf>,
    /// What opens records that are locked: the passphrase or the paper key.
    pub secret: Option<Secret>,
    /// Where a script passes it: a file descriptor.
    pub passphrase_fd: Option<u32>,
    /// Where the person is, as far as numbers to ring differ.
    pub region: Region,
    /// Who can open locked records besides, where an organisation says so in this file.
    pub policy: Option<PathBuf>,
}

impl OpenOptions {
    /// The clock that this asks for.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.today.map_or_else(Clock::system, Clock::fixed)
    }
}

/// Why the desk or its records did not do something.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The records.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The records are there and were not opened: why.
    #[error(transparent)]
    Shut(Arc<StoreError>),
    /// What the organisation says about passphrases cannot be read.
    #[error("{}: {why}", path.display())]
    Policy {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is no place for them.
    #[error(transparent)]
    Dir(#[from] DirError),
    /// A file could not be written.
    #[error("{} was not written: {}", path.display(), why_not_written(source))]
    Export {
        /// Where it was to be.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No client has such a name.
    #[error("no client is called \u{ab}{0}\u{bb}")]
    NoClient(String),
    /// An entry cannot be put right so.
    #[error("{0}")]
    NotCorrected(String),
    /// Somebody of that name is there already.
    #[error("there is already a client of that name: {1}. Is {0} the same person?")]
    SameName(String, String),
    /// Several have.
    #[error("\u{ab}{0}\u{bb} could be {1}")]
    SeveralClients(String, String),
}

/// Why a file could not be written, where it is one of the usual reasons.
fn why_not_written(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::AlreadyExists => "there is a file of that name already".to_owned(),
        Kind::IsADirectory => "this is a folder".to_owned(),
        Kind::NotFound | Kind::NotADirectory => "there is no such folder".to_owned(),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => "you may not write there".to_owned(),
        _ => error.to_string(),
    }
}

impl DeskError {
    /// Nothing but a passphrase is missing.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        match self {
            Self::Store(error) => error.is_locked(),
            Self::Shut(error) => error.is_locked(),
            _ => false,
        }
    }

    /// What was typed does not open the records; it may be tried again.
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

    /// What was asked for is at fault, not the records.
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

    /// The next step.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Store(error) => error.hint(),
            Self::Shut(error) => error.hint(),
            Self::Policy { .. } => {
                "Write it as [escrow] with name = \"\u{2026}\" and key = \"age1\u{2026}\", or take the file away."
            }
            Self::Dir(_) => "Name a folder with --data-dir.",
            Self::Export { .. } => "Name another file, in a folder that is there.",
            Self::NoClient(_) => "`cairn people` lists them, and `cairn people add NAME` adds one.",
            Self::SeveralClients(..) => "Give more of the name, or the letters behind it: they are the end of the id.",
            Self::SameName(..) => {
                "If it is, open those records. If not, `cairn people add NAME --another` adds them; a letter or a place tells them apart."
            }
            Self::NotCorrected(_) => "`cairn journal` shows what is there.",
        }
    }
}

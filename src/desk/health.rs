//! State of packs and records, for diagnostics. Creates and changes nothing.

use std::path::PathBuf;

use super::{Desk, DeskError, OpenOptions};
use crate::os::{data_dir, file_len};
use crate::store::{DATABASE, Store, faults_beside, lock_of};

/// State of the records.
#[derive(Debug)]
pub enum Vault {
    /// There are none yet; they are created when something is first saved.
    None,
    /// They are locked and no passphrase was given.
    Locked,
    /// They can be read.
    Open(Counts),
    /// They exist but cannot be read.
    Broken(DeskError),
}

/// Counts of the content of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub clients: usize,
    /// Number of the user's own answers.
    pub answers: usize,
    /// Number of the user's own actions.
    pub actions: usize,
    /// Number of the user's own drafts.
    pub drafts: usize,
    /// Size of the database in bytes.
    pub bytes: u64,
}

/// Location and state of the records.
#[derive(Debug)]
pub struct Health {
    /// The data folder; `None` if the account has no place for one.
    pub folder: Option<PathBuf>,
    /// State of the records.
    pub vault: Vault,
    /// Whether the key is stored unprotected, so that anyone who can read the folder can read the records.
    pub key_is_open: bool,
    /// Problems with the files beside the records before they were opened, each with a next step.
    pub beside: Vec<(String, &'static str)>,
}

/// Checks the records that these options would open, ignoring `demo`.
#[must_use]
pub fn health(opening: &OpenOptions) -> Health {
    let folder = opening.data_dir.clone().or_else(|| data_dir().ok());
    let own = OpenOptions { demo: false, person: None, packs: Vec::new(), ..opening.clone() };
    let beside = folder.as_deref().map(faults_beside).unwrap_or_default();
    let length = folder.as_deref().and_then(|folder| file_len(&folder.join(DATABASE)).ok());
    let looked_at = |desk: Desk| {
        // Every page, including those that reading does not touch.
        desk.store().map_or(Ok(()), Store::check)?;
        counts(&desk, length)
    };
    let vault = match Desk::open(&own).and_then(looked_at) {
        Ok(_) if length.is_none() => Vault::None,
        Ok(counts) => Vault::Open(counts),
        Err(error) if error.is_locked() => Vault::Locked,
        Err(error) => Vault::Broken(error),
    };
    let lock = folder.as_deref().and_then(|folder| lock_of(folder).ok().flatten());
    let key_is_open = lock.is_some_and(|lock| lock.slots.open);
    Health { folder, vault, key_is_open, beside }
}

fn counts(desk: &Desk, length: Option<u64>) -> Result<Counts, DeskError> {
    let dossier = desk.dossier()?;
    Ok(Counts {
        clients: desk.clients()?.len(),
        answers: dossier.answers.len(),
        actions: dossier.actions.len(),
        drafts: desk.drafts()?.len() + desk.kept_texts()?.len(),
        bytes: length.unwrap_or(0),
    })
}

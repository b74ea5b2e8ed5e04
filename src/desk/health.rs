//! How packs and records stand, for whoever looks for what is wrong. Makes nothing and changes nothing.

use std::path::PathBuf;

use super::{Desk, DeskError, OpenOptions};
use crate::os::{data_dir, file_len};
use crate::store::{DATABASE, Store, faults_beside, lock_of};

/// How the records stand.
#[derive(Debug)]
pub enum Vault {
    /// There are none; they are made with the first save.
    None,
    /// They are locked, and nobody said the passphrase.
    Locked,
    /// They can be read.
    Open(Counts),
    /// They are there and cannot be read.
    Broken(DeskError),
}

/// How many of what the records hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Clients.
    pub clients: usize,
    /// One's own answers.
    pub answers: usize,
    /// One's own actions.
    pub actions: usize,
    /// Texts of one's own that were begun and not saved.
    pub drafts: usize,
    /// Bytes of the database.
    pub bytes: u64,
}

/// Where the records are, and how they stand.
#[derive(Debug)]
pub struct Health {
    /// The data folder; `None` where the account has no place for one.
    pub folder: Option<PathBuf>,
    /// The records.
    pub vault: Vault,
    /// The key lies beside them, so that whoever can read the folder can read them.
    pub key_is_open: bool,
    /// What was wrong beside them before they were opened, each with a next step.
    pub beside: Vec<(String, &'static str)>,
}

/// Looks at the records that this would open; a demonstration has none.
#[must_use]
pub fn health(opening: &OpenOptions) -> Health {
    let folder = opening.data_dir.clone().or_else(|| data_dir().ok());
    let own = OpenOptions { demo: false, person: None, packs: Vec::new(), ..opening.clone() };
    let beside = folder.as_deref().map(faults_beside).unwrap_or_default();
    let length = folder.as_deref().and_then(|folder| file_len(&folder.join(DATABASE)).ok());
    let looked_at = |desk: Desk| {
        // Every page, also those that reading passes over.
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

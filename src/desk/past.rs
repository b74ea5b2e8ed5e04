//! What lies behind the person whose records are open: how things changed, and everything that was written.

use std::sync::Arc;

use super::{Desk, DeskError};
use crate::domain::{Asking, Journal, Library, Private, Progress};
use crate::search::Index;

impl Desk {
    /// How things changed.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn progress(&self, asked: Asking) -> Result<Progress, DeskError> {
        Ok(Progress::asked(&self.loaded_packs.library, &self.dossier()?, asked))
    }

    /// Everything that was written.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn journal(&self, private: Private) -> Result<Journal, DeskError> {
        Ok(Journal::of(&self.loaded_packs.library, &self.dossier()?, private))
    }
}

/// The search index of a journal.
#[must_use]
pub fn searchable(library: &Library, journal: &Journal) -> Arc<Index> {
    Arc::new(Index::of_journal(library, journal))
}

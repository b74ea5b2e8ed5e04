//! Progress and journal of the current person.

use std::sync::Arc;

use super::{Desk, DeskError};
use crate::domain::{Asking, Journal, Library, Private, Progress};
use crate::search::Index;

impl Desk {
    /// Builds the progress.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn progress(&self, asked: Asking) -> Result<Progress, DeskError> {
        Ok(Progress::asked(&self.loaded_packs.library, &self.dossier()?, asked))
    }

    /// Builds the journal.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn journal(&self, private: Private) -> Result<Journal, DeskError> {
        Ok(Journal::of(&self.loaded_packs.library, &self.dossier()?, private))
    }
}

/// Builds the search index of a journal.
#[must_use]
pub fn searchable(library: &Library, journal: &Journal) -> Arc<Index> {
    Arc::new(Index::of_journal(library, journal))
}

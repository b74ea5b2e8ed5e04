//! Work on records that are already in memory. It needs neither the disk nor the desk, so it is done in a thread of its
//! own, and no key or draft has to wait for it.

use std::sync::Arc;

use super::msg::{LookReply, Msg};
use crate::domain::{Asking, Dossier, Journal, Library, Private, Progress};
use crate::search::Index;

/// One piece of such work.
#[derive(Debug, Clone)]
pub enum LookBack {
    /// Computes the progress.
    Progress(Arc<Library>, Arc<Dossier>, Asking),
    /// Builds the journal.
    Journal(Arc<Library>, Arc<Dossier>, Private),
    /// Builds the search index of a journal.
    Index(Arc<Library>, Arc<Journal>),
}

impl LookBack {
    /// Does the work and returns the reply; the time it takes grows with the number of records.
    #[must_use]
    pub fn done(self) -> Msg {
        match self {
            Self::Progress(library, dossier, asked) => {
                Msg::Look(LookReply::Progress(Box::new(Progress::asked(&library, &dossier, asked)), dossier))
            }
            Self::Journal(library, dossier, private) => {
                Msg::Look(LookReply::Journal(Arc::new(Journal::of(&library, &dossier, private)), dossier))
            }
            Self::Index(library, journal) => {
                let index = Index::of_journal(&library, &journal);
                Msg::Look(LookReply::JournalIndexed(journal, Arc::new(index)))
            }
        }
    }
}

/// Two values are equal if they ask for the same work on the same records in memory, compared by pointer.
impl PartialEq for LookBack {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Progress(_, of, how), Self::Progress(_, other, as_other)) => {
                Arc::ptr_eq(of, other) && how == as_other
            }
            (Self::Journal(_, of, how), Self::Journal(_, other, as_other)) => Arc::ptr_eq(of, other) && how == as_other,
            (Self::Index(_, of), Self::Index(_, other)) => Arc::ptr_eq(of, other),
            _ => false,
        }
    }
}

impl Eq for LookBack {}

//! What is put together from records that are in memory already: it takes no disk and no desk, so it is done in a thread
//! of its own, and neither a key nor a draft waits for it.

use std::sync::Arc;

use super::msg::{LookReply, Msg};
use crate::domain::{Asking, Dossier, Journal, Library, Private, Progress};
use crate::search::Index;

/// One thing to put together.
#[derive(Debug, Clone)]
pub enum LookBack {
    /// How things changed.
    Progress(Arc<Library>, Arc<Dossier>, Asking),
    /// Everything that was written.
    Journal(Arc<Library>, Arc<Dossier>, Private),
    /// What makes a journal searchable.
    Index(Arc<Library>, Arc<Journal>),
}

impl LookBack {
    /// Does it; takes as long as there are records.
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

/// The same thing from the same records in memory.
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

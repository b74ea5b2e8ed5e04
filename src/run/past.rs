//! Effects that look back: progress and journal. The index of a journal is made in a thread of its own, as it needs no
//! records and a draft should not wait for it.

use std::sync::Arc;

use crate::app::{Effect, Msg};
use crate::desk::{Desk, DeskError, searchable};
use crate::domain::{Journal, Library};

/// Does one of them; `None` if it is another effect.
pub(super) fn perform(desk: &Desk, effect: &Effect) -> Option<Result<Msg, DeskError>> {
    Some(match effect {
        Effect::Progress(asked) => desk.progress(*asked).map(|progress| Msg::Progress(Box::new(progress))),
        Effect::Journal(private) => desk.journal(*private).map(|journal| Msg::Journal(Arc::new(journal))),
        Effect::IndexJournal(journal) => Ok(indexed(&desk.shelf.library, journal)),
        _ => return None,
    })
}

/// Makes a journal searchable beside the worker, and tells.
pub(super) fn index_aside(desk: &Desk, journal: Arc<Journal>, tell: impl FnOnce(Msg) + Send + 'static) {
    let library = Arc::clone(&desk.shelf.library);
    std::thread::spawn(move || tell(indexed(&library, &journal)));
}

fn indexed(library: &Library, journal: &Arc<Journal>) -> Msg {
    Msg::JournalIndexed(Arc::clone(journal), searchable(library, journal))
}

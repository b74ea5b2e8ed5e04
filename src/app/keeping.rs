//! How far what is being written is from the disk. At most one state of a text is on its way at a time; what is typed
//! meanwhile follows once that has arrived.

use super::effect::{DraftJob, Effect};
use crate::domain::Slot;

/// How far a draft is from the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keeping {
    changed: bool,
    sent: bool,
    has_draft: bool,
    saved_at: String,
}

impl Keeping {
    /// A text of which nothing was saved yet, and that is worth saving as it is.
    pub(super) fn begun() -> Self {
        Self { changed: true, ..Self::default() }
    }

    /// A draft that was read from the disk.
    pub(super) fn resumed() -> Self {
        Self { has_draft: true, ..Self::default() }
    }

    /// Something was typed or chosen.
    pub fn change(&mut self) {
        self.changed = true;
    }

    /// Nothing is to be saved any more; returns whether something was.
    pub(super) fn settle(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Whether something changed since it was last sent to the disk.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Whether it has to be sent now.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.changed && !self.sent
    }

    /// Whether the disk does not have it as it is.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.changed || self.sent
    }

    /// Whether a draft of it is on the disk or on its way there.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.has_draft
    }

    /// Time of day at which it was last saved; empty if it was not.
    #[must_use]
    pub fn saved_at(&self) -> &str {
        &self.saved_at
    }

    /// It is on its way.
    pub(super) fn send(&mut self) {
        (self.changed, self.sent, self.has_draft) = (false, true, true);
    }

    /// What is on its way is not waited for.
    pub(super) fn abandon(&mut self) {
        self.sent = false;
    }

    /// It has to be sent once more, whatever was on its way.
    pub(super) fn again(&mut self) {
        (self.changed, self.sent) = (true, false);
    }

    /// It reached the disk at this time of day, or did not.
    pub(super) fn arrived(&mut self, saved_at: Option<String>) {
        self.sent = false;
        match saved_at {
            Some(at) => self.saved_at = at,
            None => self.changed = true,
        }
    }
}

/// A text that is saved under a slot while it is being written.
pub(super) trait Drafted {
    /// Where it is saved; `None` if it is worth no draft.
    fn slot(&self) -> Option<Slot>;

    /// What is saved of it. `now` is in seconds since the program began.
    fn body(&self, now: u64) -> String;

    fn keeping(&self) -> &Keeping;

    fn keeping_mut(&mut self) -> &mut Keeping;
}

/// Sends a text to the disk if that is due.
pub(super) fn send(draft: &mut dyn Drafted, now: u64) -> Option<Effect> {
    let slot = draft.slot().filter(|_| draft.keeping().is_due())?;
    draft.keeping_mut().send();
    Some(Effect::Draft(DraftJob::KeepText(slot, draft.body(now))))
}

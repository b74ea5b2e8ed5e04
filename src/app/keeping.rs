//! Whether a draft is saved. At most one version of a text is being saved at a time; what is typed meanwhile follows
//! when that version has been saved.

use super::effect::{DraftJob, Effect};
use crate::domain::Slot;

/// The state of saving a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keeping {
    changed: bool,
    sent: bool,
    has_draft: bool,
    saved_at: String,
}

impl Keeping {
    /// State of a text that was never saved and is worth saving as it is.
    pub(super) fn begun() -> Self {
        Self { changed: true, ..Self::default() }
    }

    /// State of a draft that was read from the disk.
    pub(super) fn resumed() -> Self {
        Self { has_draft: true, ..Self::default() }
    }

    /// Records that something was typed or chosen.
    pub fn change(&mut self) {
        self.changed = true;
    }

    /// Marks the text as needing no save; returns whether it needed one.
    pub(super) fn settle(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Returns whether something has changed since the draft was last sent to the disk.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Returns whether the draft has to be sent now: it has changed, and no version is being saved.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.changed && !self.sent
    }

    /// Returns whether the current version is not known to be on the disk.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.changed || self.sent
    }

    /// Returns whether a draft is on the disk or being saved.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.has_draft
    }

    /// Time of day at which the draft was last saved; empty if it was not.
    #[must_use]
    pub fn saved_at(&self) -> &str {
        &self.saved_at
    }

    /// Records that the current version is being saved.
    pub(super) fn send(&mut self) {
        (self.changed, self.sent, self.has_draft) = (false, true, true);
    }

    /// Stops waiting for the version that is being saved.
    pub(super) fn abandon(&mut self) {
        self.sent = false;
    }

    /// Requires the draft to be sent again, whatever is being saved.
    pub(super) fn again(&mut self) {
        (self.changed, self.sent) = (true, false);
    }

    /// Records the result of saving: the time of day, or `None` for a failure, after which the draft is due again.
    pub(super) fn arrived(&mut self, saved_at: Option<String>) {
        self.sent = false;
        match saved_at {
            Some(at) => self.saved_at = at,
            None => self.changed = true,
        }
    }
}

/// A text with a draft that is saved in a slot while it is being written.
pub(super) trait Drafted {
    /// Returns the slot; `None` if no draft is saved.
    fn slot(&self) -> Option<Slot>;

    /// Returns the text of the draft. `now` is in seconds since the program started.
    fn body(&self, now: u64) -> String;

    fn keeping(&self) -> &Keeping;

    fn keeping_mut(&mut self) -> &mut Keeping;
}

/// Implements [`Drafted`] for a type with a field `keeping`: its slot, and its text for a time in seconds.
macro_rules! drafted {
    ($type:ty, $slot:expr, $body:expr) => {
        impl $crate::app::keeping::Drafted for $type {
            fn slot(&self) -> Option<$crate::domain::Slot> {
                let slot: fn(&Self) -> Option<$crate::domain::Slot> = $slot;
                slot(self)
            }

            fn body(&self, now: u64) -> String {
                let body: fn(&Self, u64) -> String = $body;
                body(self, now)
            }

            fn keeping(&self) -> &$crate::app::keeping::Keeping {
                &self.keeping
            }

            fn keeping_mut(&mut self) -> &mut $crate::app::keeping::Keeping {
                &mut self.keeping
            }
        }
    };
}
pub(super) use drafted;

/// Returns the effect that saves a draft, if one is due.
pub(super) fn send(draft: &mut dyn Drafted, now: u64) -> Option<Effect> {
    let slot = draft.slot().filter(|_| draft.keeping().is_due())?;
    draft.keeping_mut().send();
    Some(Effect::Draft(DraftJob::KeepText(slot, draft.body(now))))
}

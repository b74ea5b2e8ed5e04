//! A session that has ended, with the notes that may be read now; it is opened from the journal.

use super::model::Model;
use super::place::Place;
use crate::command::Context;
use crate::domain::Session;

/// A session that has ended.
pub(super) struct PastPlace;

impl Place for PastPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::List, Context::Go, Context::Global]
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        Some(&mut model.person.journal.past_scroll)
    }
}

impl Model {
    /// The session that was opened from the journal.
    #[must_use]
    pub fn past_session(&self) -> Option<&Session> {
        self.journal()?.session(&self.person.journal.past)
    }
}

//! A session that has ended, with the notes that may be shown; opened from the journal.

use super::model::Model;
use super::place::{Place, Screen};
use super::view::{PageView, View};
use crate::command::Context;
use crate::domain::{Session, Sheet, long_day};

pub(super) struct PastPlace;

impl Place for PastPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::List, Context::Go, Context::Global]
    }

    fn screen(&self) -> Option<Screen> {
        Some(Screen::Past)
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let (person, scroll) = (&model.person, model.person.at[Screen::Past].scroll);
        let (Some(session), Some(library)) = (model.past_session(), &model.shell.library) else {
            return Some(View::page("Session", PageView::note("Opening the session\u{2026}"), scroll));
        };
        let sheet = Sheet::session(library, session, &person.snapshot.actions, model.shell.today);
        let title = format!("Session of {}", long_day(session.on));
        let place = format!("past {}", session.id);
        Some(View { place, ..View::page("Session", PageView::new(title, sheet), scroll) })
    }
}

impl Model {
    /// Returns the session that was opened from the journal; `None` if the journal is not available or does not have
    /// it.
    #[must_use]
    pub fn past_session(&self) -> Option<&Session> {
        self.journal()?.session(&self.person.journal.past)
    }
}

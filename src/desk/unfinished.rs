//! Answers that were begun and not saved, and those of a file whose day has not come.

use super::{AnswersFile, Desk, DeskError, answers_file};
use crate::domain::{Answer, Day, Fault};
use crate::store::Store;

impl Desk {
    /// Keeps an unfinished answer; returns the time of day.
    ///
    /// # Errors
    /// When the records cannot be written; the older draft is then still there.
    pub fn keep_draft(&mut self, answer: &Answer) -> Result<String, DeskError> {
        let body = answers_file::draft_text(&self.loaded_packs.library.worded(answer));
        self.store_mut()?.put_draft(&slot(answer), &body)?;
        Ok(self.clock.time_of_day())
    }

    /// Forgets the draft on a behaviour.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn drop_draft(&mut self, framework: &str, behaviour: &str) -> Result<(), DeskError> {
        if self.store().is_some() {
            self.store_mut()?.drop_draft(&format!("reflect/{framework}/{behaviour}"))?;
        }
        Ok(())
    }

    /// Answers that were begun and not saved.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn drafts(&self) -> Result<Vec<Answer>, DeskError> {
        let drafts = self.read(Store::drafts)?;
        let mut found = Vec::new();
        for draft in drafts.iter().filter(|draft| draft.slot.starts_with("reflect/")) {
            found.extend(answers_file::read_draft(&draft.body));
        }
        Ok(found)
    }
}

impl AnswersFile {
    /// What is of a day that has not come on the clock, as a fault.
    #[must_use]
    pub fn ahead(&self, name: &str, today: Day) -> Option<Fault> {
        let ahead = self.answers.iter().find(|answer| answer.on > today)?;
        let message = format!("the answer on {} is of {}, which is in the future", ahead.behaviour, ahead.on);
        let hint = format!("today is {today}; correct the day in the file, or the clock of this computer");
        Some(Fault::new(name, message, hint))
    }
}

/// Where the draft of an answer is kept.
pub(super) fn slot(answer: &Answer) -> String {
    format!("reflect/{}/{}", answer.framework, answer.behaviour)
}

//! Drafts of answers, and a check for answers in a file that are dated in the future.

use super::{AnswersFile, Desk, DeskError, answers_file};
use crate::domain::{Answer, Day, Fault, Slot};
use crate::store::Store;

impl Desk {
    /// Saves the draft of an answer; returns the time of day.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; the previous draft is kept then.
    pub fn keep_draft(&mut self, answer: &Answer) -> Result<String, DeskError> {
        let body = answers_file::draft_text(&self.loaded_packs.library.worded(answer));
        self.store_mut()?.put_draft(&slot(answer).to_string(), &body)?;
        Ok(self.clock.time_of_day())
    }

    /// Removes the draft of an answer about a behaviour.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn drop_draft(&mut self, framework: &str, behaviour: &str) -> Result<(), DeskError> {
        if self.store().is_some() {
            self.store_mut()?.drop_draft(&Slot::Answer(framework.to_owned(), behaviour.to_owned()).to_string())?;
        }
        Ok(())
    }

    /// Returns the drafts of answers.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn drafts(&self) -> Result<Vec<Answer>, DeskError> {
        let drafts = self.read(Store::drafts)?;
        let mut found = Vec::new();
        for draft in drafts.iter().filter(|draft| is_of_answer(&draft.slot)) {
            found.extend(answers_file::read_draft(&draft.body));
        }
        Ok(found)
    }
}

impl AnswersFile {
    /// Returns a fault for the first answer that is dated in the future, if there is one.
    #[must_use]
    pub fn ahead(&self, name: &str, today: Day) -> Option<Fault> {
        let ahead = self.answers.iter().find(|answer| answer.on > today)?;
        let message = format!("the answer on {} is of {}, which is in the future", ahead.behaviour, ahead.on);
        let hint = format!("today is {today}, so correct the date in the file, or the clock of this computer");
        Some(Fault::new(name, message, hint))
    }
}

/// Returns the slot for the draft of an answer.
pub(super) fn slot(answer: &Answer) -> Slot {
    Slot::Answer(answer.framework.clone(), answer.behaviour.clone())
}

/// Returns whether a slot holds the draft of an answer.
pub(super) fn is_of_answer(slot: &str) -> bool {
    matches!(Slot::parse(slot), Slot::Answer(..))
}

//! The choice of a sentence of the person's own from a while ago.

use super::Desk;
use crate::domain::{Dossier, Remembered};
use crate::report::identifying;
use crate::safeguarding::is_heavy;

impl Desk {
    /// Returns a sentence that the person wrote a while ago; `None` if there is none. None is taken from an answer that
    /// contains a sign of danger or of being worn out, which nobody wants to meet unprepared, or that identifies
    /// somebody by a number or an address.
    #[must_use]
    pub fn remembered(&self, dossier: &Dossier) -> Option<Remembered> {
        let is_fit = |text: &str| !is_heavy(text) && identifying(text).is_empty();
        let mut choices = Remembered::choices(&dossier.answers, dossier.today);
        choices.find(|(_, answer)| answer.words().all(is_fit)).map(|(sentence, _)| sentence)
    }
}

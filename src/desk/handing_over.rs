//! What is handed over from more than one person's records: the coach's hours log, and the names of others that should
//! not stand on a page.

use super::{Desk, DeskError};
use crate::report::HoursLog;
use crate::store::Store;

impl Desk {
    /// The coach's hours over all clients, by name. Afterwards the records of the same person are open as before.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn hours_log(&mut self) -> Result<HoursLog, DeskError> {
        let before = self.person()?;
        let mut log = HoursLog::default();
        for person in self.clients()? {
            self.turn_to(Some(&person.id))?;
            log.add(&person, &self.read(Store::sessions)?);
        }
        self.turn_to(before.is_client().then_some(before.id.as_str()))?;
        Ok(log)
    }

    /// The names of all clients but the one whose records are open.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn names_of_others(&self) -> Result<Vec<String>, DeskError> {
        let own = self.person()?;
        Ok(self.clients()?.into_iter().filter(|person| person.id != own.id).map(|person| person.name).collect())
    }
}

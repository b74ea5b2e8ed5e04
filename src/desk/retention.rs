//! Whose records somebody should look at, and the usual period. Nothing is deleted by itself.

use super::{Desk, DeskError};
use crate::domain::{Period, Review};
use crate::store::Store;

impl Desk {
    /// The clients whose records are to be looked at, those whose day has passed first.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn reviews(&mut self) -> Result<Vec<Review>, DeskError> {
        let (usual, today) = (self.retention_period()?, self.today());
        let mut reviews = Vec::new();
        for person in self.clients()? {
            let (engagements, last) = self.visiting(&person.id.clone(), |desk| {
                Ok((desk.read(Store::engagements)?, desk.read(Store::last_entry_day)?))
            })?;
            reviews.extend(Review::of(person, &engagements, last, usual, today));
        }
        let day = |review: &Review| match review.why {
            crate::domain::ReviewWhy::Passed(until) | crate::domain::ReviewWhy::Soon(until) => Some(until.day()),
            crate::domain::ReviewWhy::NoDay => None,
        };
        reviews.sort_by_key(|review| (day(review).is_none(), day(review)));
        Ok(reviews)
    }

    /// How long records are usually kept.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn retention_period(&self) -> Result<Option<Period>, DeskError> {
        self.read(Store::retention_period)
    }

    /// Says how long records are usually kept, or that this is not said.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn set_retention_period(&mut self, period: Option<Period>) -> Result<(), DeskError> {
        Ok(self.store_mut()?.set_retention_period(period)?)
    }
}

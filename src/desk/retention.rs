//! Clients whose records should be reviewed, and the default retention period. Nothing is deleted automatically.

use super::{Desk, DeskError};
use crate::domain::{Period, Review};
use crate::store::Store;

impl Desk {
    /// Returns the clients whose records should be reviewed, first those whose day of review has passed.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
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

    /// Returns the default period for which records are kept.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn retention_period(&self) -> Result<Option<Period>, DeskError> {
        self.read(Store::retention_period)
    }

    /// Sets the default period, or clears it.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn set_retention_period(&mut self, period: Option<Period>) -> Result<(), DeskError> {
        Ok(self.store_mut()?.set_retention_period(period)?)
    }
}

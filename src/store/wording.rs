//! Titles and labels for answers saved in earlier formats, which did not store them. No other code fills columns of an
//! answer later. The content of the answer is never changed, and the column `worded` records that the titles and labels
//! come from a pack.

use rusqlite::params;

use super::error::StoreError;
use super::{Store, row};
use crate::domain::{Answer, Day, Rated};

impl Store {
    /// Returns the answers of all people that have no titles and labels: one for each combination of values, without
    /// any personal text.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn without_wording(&self) -> Result<Vec<Answer>, StoreError> {
        self.db.read().rows(
            "SELECT DISTINCT framework, edition, behaviour, rating, importance FROM answer WHERE worded = ''",
            &[],
            |row| {
                Ok(Answer {
                    framework: row::text(row, 0)?,
                    edition: row::text(row, 1)?,
                    behaviour: row::text(row, 2)?,
                    rated: row.get::<_, Option<i64>>(3)?.map_or(Rated::Unanswered, Rated::Value),
                    importance: row.get(4)?,
                    ..Answer::blank(Day::MIN)
                })
            },
        )
    }

    /// Fills titles and labels from the packs into answers of an earlier format, marking them as added later. The
    /// content of the answers is not changed.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written; then nothing is changed.
    pub fn give_wording(&mut self, worded: &[Answer]) -> Result<(), StoreError> {
        self.db.tx(|sql| {
            for answer in worded.iter().filter(|answer| !answer.wording.is_empty()) {
                let given = &answer.wording;
                sql.run(
                    "UPDATE answer SET title = $1, label = $2, importance_label = $3, worded = 'pack' WHERE worded = '' \
                     AND framework = $4 AND edition = $5 AND behaviour = $6 AND rating IS NOT DISTINCT FROM $7 \
                     AND importance IS NOT DISTINCT FROM $8",
                    params![
                        given.title,
                        given.label,
                        given.importance,
                        answer.framework,
                        answer.edition,
                        answer.behaviour,
                        answer.rated.value(),
                        answer.importance
                    ],
                )?;
            }
            Ok(())
        })
    }
}

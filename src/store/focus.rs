//! Focus sets. A new choice is a new row; the newest one is in effect.

use rusqlite::params;

use super::error::StoreError;
use super::people::ensure;
use super::{Store, enter, row};
use crate::domain::{Focus, FocusSet};

impl Store {
    /// Returns all focus sets of the current person, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn focus(&self) -> Result<Vec<FocusSet>, StoreError> {
        let Some(person) = self.person_id()? else { return Ok(Vec::new()) };
        let mut sets: Vec<FocusSet> = Vec::new();
        self.db.read().each(
            "SELECT s.id, s.on_day, f.framework, f.behaviour, f.importance FROM focus_set s \
             LEFT JOIN focus f ON f.focus_set_id = s.id WHERE s.person_id = $1 ORDER BY s.id, f.position",
            params![person],
            |row| {
                let id: String = row::text(row, 0)?;
                if sets.last().is_none_or(|last| last.id != id) {
                    sets.push(FocusSet { id, on: row::day(row, 1)?, items: Vec::new() });
                }
                if let (Some(framework), Some(last)) = (row::maybe_text(row, 2)?, sets.last_mut()) {
                    last.items.push(Focus { framework, behaviour: row::text(row, 3)?, importance: row.get(4)? });
                }
                Ok(())
            },
        )?;
        Ok(sets)
    }

    /// Saves a focus set as the current one and returns it with its id.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn keep_focus(&mut self, focus: &FocusSet) -> Result<FocusSet, StoreError> {
        let items = focus.items.iter().map(|item| {
            Ok(Focus {
                framework: enter::line("the framework", &item.framework)?,
                behaviour: enter::line("the behaviour", &item.behaviour)?,
                importance: item.importance,
            })
        });
        let items = items.collect::<Result<Vec<_>, StoreError>>()?;
        let Self { db, clock, whose, .. } = self;
        db.tx(|sql| {
            let person = ensure(sql, clock, whose)?;
            let id = sql.next_id(clock, "focus_set")?;
            sql.run(
                "INSERT INTO focus_set (id, person_id, on_day, at) VALUES ($1, $2, $3, $4)",
                params![id, person, focus.on.to_string(), clock.stamp()],
            )?;
            for (position, item) in (1_i64..).zip(&items) {
                sql.run(
                    "INSERT INTO focus (focus_set_id, position, framework, behaviour, importance) \
                     VALUES ($1, $2, $3, $4, $5)",
                    params![id, position, item.framework, item.behaviour, item.importance],
                )?;
            }
            Ok(FocusSet { id, on: focus.on, items: items.clone() })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, store};
    use super::*;

    #[test]
    fn the_newest_choice_counts_and_an_empty_one_is_a_choice_too() {
        let mut store = store();
        let item = |code: &str, importance| Focus {
            framework: "empowered-communities".to_owned(),
            behaviour: code.to_owned(),
            importance,
        };
        let set = |items| FocusSet { id: String::new(), on: day(2026, 11, 22), items };
        let first = store.keep_focus(&set(vec![item("FL-5", Some(3)), item("DT-1", None)])).expect("writable");
        let second = store.keep_focus(&set(Vec::new())).expect("writable");
        assert_eq!(store.focus().expect("readable"), [first, second]);
    }
}

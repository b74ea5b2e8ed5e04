//! Drafts and settings, the only rows that are overwritten. A draft is text that was typed and not yet saved as an
//! answer.

use rusqlite::{Row, params};

use super::error::StoreError;
use super::people::Whose;
use super::sql::{Db, Sql};
use super::withdraw_marks::{BEGUN, GONE};
use super::{Store, enter, row};

/// Prefix of the slots of clients' drafts.
pub(super) const CLIENT: &str = "client/";

/// Slots that are stored with the drafts but were not typed by anybody.
const NOT_TYPED: [&str; 2] = [GONE, BEGUN];

/// Unsaved text that was typed in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where it was typed, for example `reflect/FL-5`.
    pub slot: String,
    /// The text, in the format of the code that saved it. Control characters have been removed, but escaped ones
    /// (`\u001b` in JSON) have not: clean the text after decoding it.
    pub body: String,
    /// Time of saving, in RFC 3339 format in UTC.
    pub saved_at: String,
}

impl Store {
    /// Saves a draft in `slot`, replacing any other, and returns the time of saving. The draft is on the disk when this
    /// returns. If other records have replaced these on the disk, it is saved with the records that it belongs to.
    ///
    /// # Errors
    /// Returns an error if it is longer than 1,000,000 characters or the records cannot be written; the previous draft
    /// is kept then.
    pub fn put_draft(&mut self, slot: &str, body: &str) -> Result<String, StoreError> {
        let (slot, body) = (self.place(slot)?, enter::draft(body)?);
        let saved_at = self.clock.stamp();
        let put = |db: &mut Db| {
            db.tx(|sql| {
                sql.run(
                    "INSERT INTO draft (slot, body, saved_at) VALUES ($1, $2, $3) \
                     ON CONFLICT (slot) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
                    params![slot, body, saved_at],
                )
            })
        };
        match put(&mut self.db) {
            Err(StoreError::Moved) => self.where_it_belongs(put)?,
            done => done?,
        };
        Ok(saved_at)
    }

    /// Returns the draft in `slot`, if there is one.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn draft(&self, slot: &str) -> Result<Option<Draft>, StoreError> {
        let slot = self.place(slot)?;
        let draft = "SELECT slot, body, saved_at FROM draft WHERE slot = $1";
        Ok(self.db.read().first(draft, params![slot], read)?.and_then(|draft| self.own(draft)))
    }

    /// Returns all drafts of the current person, the most recent first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let all = "SELECT slot, body, saved_at FROM draft ORDER BY saved_at DESC, slot";
        let typed = |draft: &Draft| !NOT_TYPED.contains(&draft.slot.as_str());
        Ok(self.db.read().rows(all, &[], read)?.into_iter().filter_map(|draft| self.own(draft)).filter(typed).collect())
    }

    /// Removes the draft in `slot`, if there is one.
    ///
    /// # Errors
    /// Returns an error if the records cannot be written.
    pub fn drop_draft(&mut self, slot: &str) -> Result<(), StoreError> {
        let slot = self.place(slot)?;
        self.db.tx(|sql| remove(sql, &slot))
    }

    /// Returns the slot under which a draft is stored: unchanged for the user, with a prefix for a client.
    pub(super) fn place(&self, slot: &str) -> Result<String, StoreError> {
        let slot = enter::line("the name of the draft", slot)?;
        Ok(match &self.whose {
            Whose::Mine => slot,
            Whose::Client(id) => format!("{CLIENT}{id}/{slot}"),
        })
    }

    /// Returns the draft with its original slot, or `None` if it does not belong to the current person.
    fn own(&self, draft: Draft) -> Option<Draft> {
        let slot = match &self.whose {
            Whose::Mine => (!draft.slot.starts_with(CLIENT)).then(|| draft.slot.clone())?,
            Whose::Client(id) => {
                draft.slot.strip_prefix(CLIENT)?.strip_prefix(id.as_str())?.strip_prefix('/')?.to_owned()
            }
        };
        Some(Draft { slot, ..draft })
    }

    /// Returns a setting, if it was ever set.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let name = enter::line("the name of the setting", name)?;
        self.db.read().first("SELECT v FROM setting WHERE k = $1", params![name], |row| row::text(row, 0))
    }

    /// Sets a setting, replacing its previous value.
    ///
    /// # Errors
    /// Returns an error if it is too long or the records cannot be written.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let (name, value) = (enter::line("the name of the setting", name)?, enter::text("the setting", value)?);
        self.db.tx(|sql| {
            sql.run(
                "INSERT INTO setting (k, v) VALUES ($1, $2) ON CONFLICT (k) DO UPDATE SET v = excluded.v",
                params![name, value],
            )?;
            Ok(())
        })
    }
}

/// Removes a draft within a transaction; `place` is the slot under which it is stored.
pub(super) fn remove(sql: &Sql<'_>, place: &str) -> Result<(), StoreError> {
    sql.run("DELETE FROM draft WHERE slot = $1", params![place])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Draft, StoreError> {
    Ok(Draft { slot: row::text(row, 0)?, body: row::text(row, 1)?, saved_at: row::text(row, 2)? })
}

#[cfg(test)]
mod tests {
    use super::super::testing::store;

    #[test]
    fn a_draft_is_replaced_found_and_dropped() {
        let mut store = store();
        assert_eq!(store.put_draft("reflect/FL-5", "one").expect("writable"), "2026-11-22T12:00:00Z");
        store.put_draft("reflect/FL-5", "two\0").expect("writable");
        store.put_draft("plan", "three").expect("writable");
        let drafts = store.drafts().expect("readable");
        assert_eq!(drafts.iter().map(|draft| draft.body.as_str()).collect::<Vec<_>>(), ["three", "two"]);
        assert_eq!(store.draft("reflect/FL-5").expect("readable").as_ref(), drafts.get(1));
        store.drop_draft("reflect/FL-5").expect("writable");
        store.drop_draft("reflect/FL-5").expect("dropping twice is no error");
        assert_eq!(store.draft("reflect/FL-5").expect("readable"), None);
    }

    #[test]
    fn a_setting_is_what_it_was_last_set_to() {
        let mut store = store();
        assert_eq!(store.setting("theme").expect("readable"), None);
        store.set_setting("theme", "plain").expect("writable");
        store.set_setting("theme", "dark").expect("writable");
        assert_eq!(store.setting("theme").expect("readable").as_deref(), Some("dark"));
    }
}

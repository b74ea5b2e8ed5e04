//! Withdrawals and erasures since a backup was made. They are applied to the copy before it becomes the records,
//! together with the certificates, so that a restore brings back nobody's text.

use std::path::Path;

use rusqlite::params;

use super::erase::rewrite;
use super::erase_copies::{erase_people, people};
use super::error::StoreError;
use super::key::Key;
use super::migrate::migrate;
use super::sql::{Db, Mode, Sql};
use super::vault;
use super::withdraw_marks::{BEGUN, GONE};
use super::withdraw_rows::{WithdrawnWords, cut_all, has, ids, meant};
use super::writer::Writer;
use crate::os::Clock;

/// Withdrawals and erasures in the records that a backup replaces. Contains no text.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// Id, hash of the person, certificate, time.
    erasures: Vec<[String; 4]>,
    /// Id, person, hash of the piece, certificate, time.
    withdrawals: Vec<[String; 5]>,
    /// Person, hash of the record, time.
    withdrawn: Vec<[String; 3]>,
    /// Slot, lines and time of the drafts that list the days a calendar must cancel, and where withdrawn text was
    /// typed.
    places: Vec<[String; 3]>,
}

impl Since {
    /// Reads the data from the records in a folder; empty if there are none or the key does not open them.
    ///
    /// # Errors
    /// Returns an error if the records open but cannot be read.
    pub(super) fn of(folder: &Path, key: &Key) -> Result<Self, StoreError> {
        if vault::len(&folder.join(vault::DB))?.is_none() {
            return Ok(Self::default());
        }
        let Ok(db) = vault::open_copy(folder, key) else { return Ok(Self::default()) };
        let sql = db.read();
        let mut since = Self::default();
        if has(&sql, "erasure")? {
            let all = "SELECT id, person_hash, certificate, at FROM erasure ORDER BY id";
            since.erasures = sql.rows(all, &[], columns)?;
        }
        if has(&sql, "withdrawn")? {
            let all = "SELECT id, person_id, piece_hash, certificate, at FROM withdrawal ORDER BY id";
            since.withdrawals = sql.rows(all, &[], columns)?;
            let all = "SELECT person_id, record_hash, at FROM withdrawn ORDER BY record_hash";
            since.withdrawn = sql.rows(all, &[], columns)?;
            let all = "SELECT slot, body, saved_at FROM draft ORDER BY slot";
            since.places = sql.rows(all, &[], columns)?;
            since.places.retain(|[slot, ..]| slot.ends_with(BEGUN) || slot.ends_with(GONE));
        }
        Ok(since)
    }

    /// Removes withdrawn entries and erased people from a copy of the records and inserts the certificates. Returns how
    /// many of them the copy contained.
    ///
    /// # Errors
    /// Returns an error if the copy cannot be read or written.
    pub(super) fn take_out(&self, folder: &Path, key: &Key, clock: &Clock) -> Result<usize, StoreError> {
        if self.erasures.is_empty() && self.withdrawn.is_empty() {
            return Ok(0);
        }
        let mut db = Db::open(&folder.join(vault::DB), key, Mode::Write, Writer::Alone)?;
        migrate(&mut db, clock)?;
        let marks: Vec<String> = self.withdrawn.iter().map(|[_, mark, _]| mark.clone()).collect();
        let hashes: Vec<String> = self.erasures.iter().map(|[_, hash, ..]| hash.clone()).collect();
        let lines = self.places.iter().filter_map(|[slot, body, _]| Some((slot.strip_suffix(BEGUN)?, body)));
        let slots = lines.flat_map(|(before, body)| {
            let typed = body.lines().filter_map(|line| line.split_once('\t'));
            typed.map(move |(place, until)| (format!("{before}{place}"), until.to_owned()))
        });
        let words = WithdrawnWords { slots: slots.collect(), ..WithdrawnWords::default() };
        let mut found = 0;
        db.tx(|sql| {
            let (records, erased) = (meant(sql, &marks)?, people(sql, &hashes)?);
            found = records.len() + erased.len();
            cut_all(sql, &records, &words)?;
            erase_people(sql, &hashes)?;
            self.keep(sql)
        })?;
        rewrite(&mut db)?;
        Ok(found)
    }

    fn keep(&self, sql: &Sql<'_>) -> Result<(), StoreError> {
        for [id, hash, certificate, at] in &self.erasures {
            let row =
                "INSERT INTO erasure (id, person_hash, certificate, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            sql.run(row, params![id, hash, certificate, at])?;
        }
        // For a person who is not in the copy, there is nothing that could come back.
        let known = ids(sql, "SELECT id FROM person", &[])?;
        for [id, person, piece, certificate, at] in
            self.withdrawals.iter().filter(|[_, person, ..]| known.contains(person))
        {
            let row = "INSERT INTO withdrawal (id, person_id, piece_hash, certificate, at) VALUES ($1, $2, $3, $4, $5) \
                       ON CONFLICT DO NOTHING";
            sql.run(row, params![id, person, piece, certificate, at])?;
        }
        for [person, mark, at] in self.withdrawn.iter().filter(|[person, ..]| known.contains(person)) {
            let row = "INSERT INTO withdrawn (person_id, record_hash, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            sql.run(row, params![person, mark, at])?;
        }
        for [slot, body, at] in &self.places {
            let row = "INSERT INTO draft (slot, body, saved_at) VALUES ($1, $2, $3) \
                       ON CONFLICT (slot) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at";
            sql.run(row, params![slot, body, at])?;
        }
        Ok(())
    }
}

/// Reads the columns of a row, all of which are texts.
fn columns<const N: usize>(row: &rusqlite::Row<'_>) -> Result<[String; N], StoreError> {
    let mut all = std::array::from_fn(|_| String::new());
    for (at, column) in all.iter_mut().enumerate() {
        *column = row.get(at)?;
    }
    Ok(all)
}

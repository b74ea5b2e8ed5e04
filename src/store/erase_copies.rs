//! Erasure of a person, or of a withdrawn record, from copies of the records: backups and what a restore set aside. The
//! change is made in a duplicate, which replaces the copy only after the erasure is complete and every page has been
//! checked. A copy in an older format keeps that format.

use std::path::{Path, PathBuf};

use rusqlite::params;

use super::backup::backups_of;
use super::catalogue::{TABLES, Table};
use super::erase::{hash, remove, rewrite};
use super::error::StoreError;
use super::people::Whose;
use super::sql::{Db, Mode, Sql};
use super::withdraw_rows::{WithdrawnWords, cut_all, drafts_of, meant};
use super::writer::Writer;
use super::{Store, copies, inside, vault};
use crate::os::{copy_private, flush_file, is_plain_folder, private_dir, remove_folder, rename_file};

/// What to do with a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// Only look whether somebody is in it.
    Look,
    /// Erase them.
    Erase,
}

/// The result for a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InCopy {
    /// The copy contains none of them.
    Nobody,
    /// The copy contains at least one of them.
    Held,
    /// They were in the copy and have been erased.
    Erased,
}

impl Store {
    /// Returns the copies of records in the data folder, newest backup first, and unfinished ones that cannot be wiped.
    /// Waits for a copy that is being made.
    #[must_use]
    pub fn copies(&self) -> Vec<PathBuf> {
        let Some(folder) = &self.folder else { return Vec::new() };
        if let Ok(_held) = copies::hold(folder) {
            copies::sweep(folder);
        }
        let mut all: Vec<PathBuf> = backups_of(folder).into_iter().map(|backup| backup.path).collect();
        let others = copies::folders(folder).into_iter().chain(copies::left(folder));
        all.extend(others.filter(|path| is_plain_folder(path)).collect::<Vec<_>>());
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|path| seen.insert(path.clone()));
        all
    }

    /// Looks in a copy for people given by their hash and, if `what` says so, erases them.
    ///
    /// # Errors
    /// Returns an error if the copy cannot be opened with the key of these records or cannot be written; it is
    /// unchanged then.
    pub fn in_copy(&self, copy: &Path, hashes: &[String], what: Copies) -> Result<InCopy, StoreError> {
        let held = |sql: &Sql<'_>| Ok(!people(sql, hashes)?.is_empty());
        self.copy_with(copy, what, held, |sql| erase_people(sql, hashes))
    }

    /// Like [`Store::in_copy`], for withdrawn records given by their marks. An older copy may contain the text only as
    /// a draft, from before it was saved; drafts are searched for the withdrawn words, as long as these are known.
    ///
    /// # Errors
    /// The same as [`Store::in_copy`].
    pub fn withdraw_in_copy(
        &self,
        copy: &Path,
        (marks, words): (&[String], &WithdrawnWords),
        what: Copies,
    ) -> Result<InCopy, StoreError> {
        let held = |sql: &Sql<'_>| {
            let records = meant(sql, marks)?;
            Ok(!records.is_empty() || !drafts_of(sql, &records, words)?.is_empty())
        };
        self.copy_with(copy, what, held, |sql| cut_all(sql, &meant(sql, marks)?, words).map(drop))
    }

    fn copy_with(
        &self,
        copy: &Path,
        what: Copies,
        held: impl Fn(&Sql<'_>) -> Result<bool, StoreError>,
        change: impl FnMut(&Sql<'_>) -> Result<(), StoreError>,
    ) -> Result<InCopy, StoreError> {
        let Some(key) = &self.key else { return Ok(InCopy::Nobody) };
        let file = copy.join(vault::DB);
        if vault::len(&file)?.is_none() {
            return Ok(InCopy::Nobody);
        }
        let db = vault::open_copy(copy, key)?;
        let found = held(&db.read())?;
        drop(db);
        match (found, what) {
            (false, _) => Ok(InCopy::Nobody),
            (true, Copies::Look) => Ok(InCopy::Held),
            (true, Copies::Erase) => {
                let beside = copy.join(copies::ERASING);
                let done = changed_beside(&file, &beside, key, change);
                let _ = remove_folder(&beside);
                done.map(|()| InCopy::Erased)
            }
        }
    }
}

/// Erases the given people from a database.
pub(super) fn erase_people(sql: &Sql<'_>, hashes: &[String]) -> Result<(), StoreError> {
    let tables = tables(sql)?;
    for (id, whose) in people(sql, hashes)? {
        remove(sql, tables.iter().copied(), &whose, &id)?;
    }
    Ok(())
}

/// Changes a duplicate of the file, checks it and replaces the file with it.
fn changed_beside(
    file: &Path,
    beside: &Path,
    key: &super::key::Key,
    mut change: impl FnMut(&Sql<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    remove_folder(beside).map_err(StoreError::io("removing an older copy"))?;
    private_dir(beside).map_err(StoreError::io("making a folder for a copy"))?;
    let copy = beside.join(vault::DB);
    copy_private(file, &copy).map_err(StoreError::io("copying a backup"))?;
    let mut db = Db::open(&copy, key, Mode::Write, Writer::Alone)?;
    db.tx(|sql| change(sql))?;
    rewrite(&mut db)?;
    inside::check(&db.read())?;
    // Closing the database merges the log into the file.
    drop(db);
    flush_file(&copy).map_err(StoreError::io("writing a backup"))?;
    rename_file(&copy, file).map_err(StoreError::io("putting a backup in its place"))
}

/// Returns the people with these hashes.
pub(super) fn people(sql: &Sql<'_>, hashes: &[String]) -> Result<Vec<(String, Whose)>, StoreError> {
    let all = sql.rows("SELECT id, kind FROM person", &[], |row| {
        let (id, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let whose = if kind == "self" { Whose::Mine } else { Whose::Client(id.clone()) };
        Ok((id, whose))
    })?;
    Ok(all.into_iter().filter(|(id, _)| hashes.contains(&hash(id))).collect())
}

/// Returns the tables that exist in this file; an older format has fewer.
fn tables(sql: &Sql<'_>) -> Result<Vec<&'static Table>, StoreError> {
    let mut held = Vec::new();
    for table in TABLES {
        let one = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1";
        held.extend(sql.first(one, params![table.kind.table], |_| Ok(table))?);
    }
    Ok(held)
}

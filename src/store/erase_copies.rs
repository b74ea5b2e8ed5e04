//! Erasing a person, or a record that was taken back, from copies of the records: backups, and what was set aside when a backup was put in place. A copy is
//! worked on beside it, and takes its place only once it was erased whole and every page of it checked; one of an older
//! format keeps that format.

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

/// What is to be done with a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// It is looked into.
    Look,
    /// Whoever is meant is erased there.
    Erase,
}

/// What became of people in a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InCopy {
    /// None of them is in it.
    Nobody,
    /// One of them is.
    Held,
    /// They were, and were erased there.
    Erased,
}

impl Store {
    /// Copies of records in the data folder, the newest backup first, and what is left of unfinished ones that cannot be
    /// wiped. One that is being made is waited for.
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

    /// Looks into a copy for people who are meant by their hash, and erases them there if that is asked for.
    ///
    /// # Errors
    /// When it cannot be opened with the key of these records, or not be written; then it is as it was.
    pub fn in_copy(&self, copy: &Path, hashes: &[String], what: Copies) -> Result<InCopy, StoreError> {
        let held = |sql: &Sql<'_>| Ok(!people(sql, hashes)?.is_empty());
        self.copy_with(copy, what, held, |sql| erase_people(sql, hashes))
    }

    /// The same for records that were taken back, by their marks. A copy may hold the words as a draft alone, from before
    /// they were saved: it is looked for by the words, as long as these are known.
    ///
    /// # Errors
    /// As [`Store::in_copy`].
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

/// Takes everybody who is meant out of a file.
pub(super) fn erase_people(sql: &Sql<'_>, hashes: &[String]) -> Result<(), StoreError> {
    let tables = tables(sql)?;
    for (id, whose) in people(sql, hashes)? {
        remove(sql, tables.iter().copied(), &whose, &id)?;
    }
    Ok(())
}

/// Changes a copy of the file, checks it, and puts it in the place of the file.
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
    // Closing folds the log into the file.
    drop(db);
    flush_file(&copy).map_err(StoreError::io("writing a backup"))?;
    rename_file(&copy, file).map_err(StoreError::io("putting a backup in its place"))
}

/// The people whom these hashes mean.
pub(super) fn people(sql: &Sql<'_>, hashes: &[String]) -> Result<Vec<(String, Whose)>, StoreError> {
    let all = sql.rows("SELECT id, kind FROM person", &[], |row| {
        let (id, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let whose = if kind == "self" { Whose::Mine } else { Whose::Client(id.clone()) };
        Ok((id, whose))
    })?;
    Ok(all.into_iter().filter(|(id, _)| hashes.contains(&hash(id))).collect())
}

/// The tables that this file has; an older format has fewer.
fn tables(sql: &Sql<'_>) -> Result<Vec<&'static Table>, StoreError> {
    let mut held = Vec::new();
    for table in TABLES {
        let one = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1";
        held.extend(sql.first(one, params![table.kind.table], |_| Ok(table))?);
    }
    Ok(held)
}

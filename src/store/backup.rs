//! Backups: copies of the records, each a folder that is a whole vault of its own (database, ways to the key, `vault.toml`).
//! So one can be carried to another machine, looked into with `--data-dir`, and put in place again, with nothing but the
//! passphrase or the paper key. A copy counts only once it was opened again and every page of it checked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::StoreError;
use super::inside::Contents;
use super::key::Key;
use super::proof::Proof;
use super::sql::{Db, Mode};
use super::writer::{Look, Writer};
use super::{Store, inside, slots, vault};
use crate::domain::Day;
use crate::os::{
    Clock, create_private_file, flush_file, is_plain_folder, list_dir, private_dir, remove_folder, rename_folder,
};

/// Where they are, in the data folder.
pub(super) const FOLDER: &str = "backups";

/// What their names begin with.
const NAME: &str = "cairn-";
/// How many of the newest are kept, whenever they were made: the one of this morning outlives a second one of today.
const NEWEST: usize = 7;
/// Days, weeks and months of which the newest backup is kept.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;
/// Most backups in one minute.
const MOST: usize = 99;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The first start of a day.
    Daily,
    /// Somebody asked for it.
    Asked,
    /// Before the records were brought to a newer format.
    Migration,
    /// Before somebody's records were erased, or others taken in.
    Change,
}

impl Why {
    fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Asked => "asked for",
            Self::Migration => "before a newer format",
            Self::Change => "before a change",
        }
    }
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its folder.
    pub path: PathBuf,
    /// When it was made, `2026-11-22T09:00:00Z`.
    pub made: String,
    /// Why, in words.
    pub why: String,
    /// Bytes of its database.
    pub bytes: u64,
    /// It is locked with a passphrase.
    pub locked: bool,
    /// The id of the records that it is a copy of.
    pub(super) id: String,
}

impl Backup {
    /// The backup in this folder, if it is one.
    #[must_use]
    pub fn at(folder: &Path) -> Option<Self> {
        let proof = Proof::read(folder);
        if proof.backup_made.is_empty() {
            return None;
        }
        let bytes = vault::len(&folder.join(vault::DB)).ok().flatten()?;
        let locked = slots::slots(folder).is_ok_and(slots::Slots::locked);
        Some(Self {
            path: folder.to_path_buf(),
            made: proof.backup_made,
            why: proof.backup_why,
            bytes,
            locked,
            id: proof.id,
        })
    }

    /// The day on which it was made, by Greenwich.
    fn day(&self) -> Option<Day> {
        self.made.split('T').next()?.parse().ok()
    }
}

/// All backups in a folder of backups, the newest first.
#[must_use]
pub fn backups_in(folder: &Path) -> Vec<Backup> {
    let names = list_dir(folder).unwrap_or_default();
    let ours = names.iter().filter(|name| name.starts_with(NAME)).map(|name| folder.join(name));
    let mut all: Vec<Backup> = ours.filter(|path| is_plain_folder(path)).filter_map(|path| Backup::at(&path)).collect();
    all.sort_by(|one, two| two.made.cmp(&one.made).then_with(|| two.path.cmp(&one.path)));
    all
}

/// Backups of the records in this data folder, the newest first.
#[must_use]
pub fn backups_of(data: &Path) -> Vec<Backup> {
    backups_in(&data.join(FOLDER))
}

/// Makes a backup of `folder` under `into`, and checks it. Nothing is left of one that did not come about.
///
/// # Errors
/// When it cannot be written, or what was written does not stand the check.
pub(super) fn make(
    db: &Db,
    key: &Key,
    folder: &Path,
    into: &Path,
    clock: &Clock,
    why: Why,
) -> Result<Backup, StoreError> {
    let io = |what: &'static str| StoreError::io(what);
    let into = private_dir(into).map_err(io("making the folder of backups"))?;
    let made = clock.stamp();
    let unfinished = into.join(format!(".unfinished-{}", clock.new_id()));
    let done = fill(db, key, folder, &unfinished, &made, why).and_then(|()| {
        let path = free_name(&into, &made)?;
        rename_folder(&unfinished, &path).map_err(io("giving the backup its name"))?;
        Backup::at(&path).ok_or_else(|| StoreError::Other("the backup is not where it was put".to_owned()))
    });
    if done.is_err() {
        let _ = remove_folder(&unfinished);
    }
    done
}

fn fill(db: &Db, key: &Key, folder: &Path, into: &Path, made: &str, why: Why) -> Result<(), StoreError> {
    private_dir(into).map_err(StoreError::io("making a folder for the backup"))?;
    let file = into.join(vault::DB);
    // SQLite would make it readable for others.
    create_private_file(&file).map_err(StoreError::io("making the copy"))?;
    let name = file.to_str().ok_or_else(|| StoreError::Backup("the folder's name is no text".to_owned()))?;
    db.copy_into(name)?;
    flush_file(&file).map_err(StoreError::io("writing the copy"))?;
    slots::copy(folder, into)?;
    let proof = Proof { backup_made: made.to_owned(), backup_why: why.word().to_owned(), ..Proof::read(folder) };
    proof.write(into)?;
    let copy = Db::open(&file, key, Mode::Look, Writer::Never(Look::Backup))?;
    inside::check(&copy.read())
}

/// `cairn-2026-11-22T0900Z`, with a number behind it for a second one in the same minute.
fn free_name(into: &Path, made: &str) -> Result<PathBuf, StoreError> {
    let minute: String = made.chars().take(16).filter(|c| *c != ':').collect();
    let taken = list_dir(into).map_err(StoreError::io("looking into the folder of backups"))?;
    let name = |number: usize| match number {
        1 => format!("{NAME}{minute}Z"),
        more => format!("{NAME}{minute}Z-{more}"),
    };
    let free = (1..=MOST).map(name).find(|name| !taken.contains(name));
    free.map(|name| into.join(name))
        .ok_or_else(|| StoreError::Backup("there are too many backups of one minute".to_owned()))
}

/// Takes backups away that are no longer kept: the newest seven, and the newest of each of the last seven days, four weeks and twelve months that
/// have one stay. Only copies of these very records are looked at.
///
/// # Errors
/// When one cannot be removed.
pub(super) fn rotate(data: &Path) -> Result<usize, StoreError> {
    let id = Proof::read(data).id;
    let mine: Vec<Backup> = backups_of(data).into_iter().filter(|backup| backup.id == id).collect();
    let days: Vec<Day> = mine.iter().filter_map(Backup::day).collect();
    if days.len() != mine.len() {
        return Ok(0);
    }
    let kept = kept(&days);
    let mut removed = 0;
    for (at, backup) in mine.iter().enumerate() {
        if !kept.contains(&at) {
            remove_folder(&backup.path).map_err(StoreError::io("removing an old backup"))?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Which of these days' backups are kept; the newest stand first.
fn kept(days: &[Day]) -> BTreeSet<usize> {
    let mut kept: BTreeSet<usize> = (0..days.len().min(NEWEST)).collect();
    let mut newest_of = |most: usize, period: &dyn Fn(Day) -> (i16, i16)| {
        let mut seen = BTreeSet::new();
        for (at, day) in days.iter().enumerate() {
            if seen.len() < most && seen.insert(period(*day)) {
                kept.insert(at);
            }
        }
    };
    newest_of(DAYS, &|day| (day.year(), day.day_of_year()));
    newest_of(WEEKS, &|day| {
        let week = day.iso_week_date();
        (week.year(), i16::from(week.week()))
    });
    newest_of(MONTHS, &|day| (day.year(), i16::from(day.month())));
    kept
}

/// A backup that can be made in another thread, beside the records: it opens them once more, to read.
#[derive(Debug)]
pub struct BackupJob {
    folder: PathBuf,
    key: Key,
    clock: Arc<Clock>,
}

impl BackupJob {
    /// Makes the backup of the day, and takes old ones away.
    ///
    /// # Errors
    /// When it cannot be made; the older ones are then all still there.
    pub fn run(self) -> Result<Backup, StoreError> {
        let writer = Writer::Never(Look::Backup);
        let db = Db::open(&self.folder.join(vault::DB), &self.key, Mode::Write, writer)?;
        let into = self.folder.join(FOLDER);
        let backup = make(&db, &self.key, &self.folder, &into, &self.clock, Why::Daily)?;
        rotate(&self.folder)?;
        Ok(backup)
    }
}

impl Store {
    /// The backup of the day, if it was not made yet.
    #[must_use]
    pub fn backup_due(&self) -> Option<BackupJob> {
        let (folder, key) = (self.folder.clone()?, self.key.clone()?);
        let today = self.clock.stamp();
        let today = today.split('T').next()?;
        let newest = backups_of(&folder).into_iter().next();
        let due = newest.is_none_or(|backup| !backup.made.starts_with(today)) && self.db.writer.look().is_none();
        let anything = due && self.contents().is_ok_and(|found| found != Contents::default());
        anything.then(|| BackupJob { folder, key, clock: Arc::clone(&self.clock) })
    }

    /// Makes a backup now: under `into`, or without it beside the records, where old ones are taken away.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn backup(&self, into: Option<&Path>, why: Why) -> Result<Backup, StoreError> {
        let (Some(folder), Some(key)) = (&self.folder, &self.key) else {
            return Err(StoreError::Backup("there are no records on the disk".to_owned()));
        };
        let own = folder.join(FOLDER);
        let backup = make(&self.db, key, folder, into.unwrap_or(&own), &self.clock, why)?;
        if into.is_none() {
            rotate(folder)?;
        }
        Ok(backup)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_seven_days_four_weeks_and_twelve_months_are_kept() {
        let today = jiff::civil::date(2026, 11, 22);
        let days: Vec<Day> = (0..800).map(|back| today.saturating_sub(jiff::Span::new().days(back))).collect();
        let kept: Vec<Day> = kept(&days).into_iter().filter_map(|at| days.get(at).copied()).collect();
        assert_eq!(kept.iter().filter(|day| today.since(**day).is_ok_and(|span| span.get_days() < 7)).count(), 7);
        assert!(kept.len() <= DAYS + WEEKS + MONTHS && kept.len() >= DAYS + MONTHS, "{kept:?}");
        assert_eq!(kept.first(), Some(&today));
        assert_eq!(kept.last(), Some(&jiff::civil::date(2025, 12, 31)));
        assert!(super::kept(&[]).is_empty());
        // Many of one day: the newest seven of all.
        assert_eq!(super::kept(&[today; 9]), (0..7).collect());
    }
}

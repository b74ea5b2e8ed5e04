//! Backups of the records. Each is a folder that is a complete vault of its own (database, key files, `vault.toml`), so
//! it can be moved to another machine, opened with `--data-dir` and restored with nothing but the passphrase or the
//! paper key. A backup is complete only after it has been opened again and every page of it has been checked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::InterruptHandle;

use super::error::StoreError;
use super::inside::Contents;
use super::key::Key;
use super::proof::Proof;
use super::sql::{Db, Mode};
use super::writer::{Look, Writer};
use super::{Store, copies, inside, slots, vault};
use crate::domain::Day;
use crate::os::{
    Clock, create_private_file, flush_file, folder_kept_as_it_is, is_plain_folder, list_dir, private_dir, rename_folder,
};

/// Name of the folder of backups in the data folder.
pub(super) const FOLDER: &str = "backups";

const NAME: &str = "cairn-";
/// Number of newest backups that are kept, whenever they were made, so that one from this morning survives a second one.
const NEWEST: usize = 7;
/// Number of days, weeks and months for each of which the newest backup is kept.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;
/// Maximum number of backups in one minute.
const MOST: usize = 99;

/// The reason for which a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The first start of the day.
    Daily,
    /// The user asked for it.
    Asked,
    /// Made before the records were converted to a newer format.
    Migration,
    /// Made before a person was erased or other records were imported.
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

/// A backup of the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Path of its folder.
    pub path: PathBuf,
    /// Time of the backup, such as `2026-11-22T09:00:00Z`.
    pub made: String,
    /// Reason for the backup, in words.
    pub why: String,
    /// Size of the database in bytes.
    pub bytes: u64,
    /// Whether it is locked with a passphrase.
    pub locked: bool,
    /// Id of the records it is a copy of.
    pub(super) id: String,
    /// Sequence number among the backups of these records, counted from 1; 0 if it was made before backups were
    /// numbered.
    pub(super) number: u64,
}

impl Backup {
    /// Returns the backup in this folder, if it is one.
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
            number: proof.backup_number,
        })
    }

    /// Reads a folder of records that were set aside by a restore; they can be restored like a backup.
    pub(super) fn set_aside(folder: &Path) -> Option<Self> {
        let name = folder.file_name()?.to_string_lossy().into_owned();
        let minute = name.strip_prefix(super::restore::ASIDE)?;
        let bytes = vault::len(&folder.join(vault::DB)).ok().flatten()?;
        let locked = slots::slots(folder).is_ok_and(slots::Slots::locked);
        let made = stamp_of(minute);
        let why = "set aside by a restore".to_owned();
        Some(Self { path: folder.to_path_buf(), made, why, bytes, locked, id: Proof::read(folder).id, number: 0 })
    }

    /// Returns the day of the backup in UTC.
    fn day(&self) -> Option<Day> {
        self.made.split('T').next()?.parse().ok()
    }
}

/// Converts a time from a file name, such as `2026-11-22T090000Z`, to a time stamp.
fn stamp_of(minute: &str) -> String {
    let digits: Vec<char> = minute.chars().skip(11).take_while(char::is_ascii_digit).collect();
    let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
    let day: String = minute.chars().take(10).collect();
    format!("{day}T{}Z", pairs.join(":"))
}

/// Returns all backups in a folder of backups, newest first. Backups are ordered by their sequence number, so that a
/// clock that was wrong for a while does not matter. Backups without a number come last.
#[must_use]
pub fn backups_in(folder: &Path) -> Vec<Backup> {
    let names = list_dir(folder).unwrap_or_default();
    let ours = names.iter().filter(|name| name.starts_with(NAME)).map(|name| folder.join(name));
    let mut all: Vec<Backup> = ours.filter(|path| is_plain_folder(path)).filter_map(|path| Backup::at(&path)).collect();
    let now = Clock::system().stamp();
    // A backup without a number whose time is in the future.
    let wrong = |one: &Backup| one.number == 0 && one.made > now;
    all.sort_by(|one, two| {
        let order = wrong(one).cmp(&wrong(two)).then(two.number.cmp(&one.number));
        order.then_with(|| two.made.cmp(&one.made)).then_with(|| two.path.cmp(&one.path))
    });
    all
}

/// Returns the folders that restores have set aside in this data folder, newest first.
#[must_use]
pub fn set_aside(data: &Path) -> Vec<Backup> {
    let folders = copies::folders(data).into_iter().rev();
    folders.filter(|path| path.parent() == Some(data)).filter_map(|path| Backup::set_aside(&path)).collect()
}

/// Returns the backups of the records in this data folder, newest first.
#[must_use]
pub fn backups_of(data: &Path) -> Vec<Backup> {
    backups_in(&data.join(FOLDER))
}

/// A handle to stop a backup in progress. A stopped backup leaves no files.
#[derive(Clone, Default)]
pub struct Stop {
    asked: Arc<AtomicBool>,
    at_work: Arc<Mutex<Option<InterruptHandle>>>,
}

impl std::fmt::Debug for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stop").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Stop {
    /// Requests the stop; can be called from any thread.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::SeqCst);
        if let Some(handle) = self.at_work.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            handle.interrupt();
        }
    }

    /// Registers the connection that is working, so that it can be interrupted.
    fn watch(&self, db: &Db) -> Result<(), StoreError> {
        *self.at_work.lock().unwrap_or_else(PoisonError::into_inner) = Some(db.interrupt_handle());
        self.go_on()
    }

    /// # Errors
    /// [`StoreError::Stopped`] if a stop was requested.
    fn go_on(&self) -> Result<(), StoreError> {
        if self.asked.load(Ordering::SeqCst) { Err(StoreError::Stopped) } else { Ok(()) }
    }
}

/// What a backup is made from.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// The open database.
    pub(super) db: &'a Db,
    /// Data key of the records.
    pub(super) key: &'a Key,
    /// Data folder.
    pub(super) folder: &'a Path,
    /// The clock for the time of the backup.
    pub(super) clock: &'a Clock,
}

/// Makes and checks a backup in `into`, or beside the records if it is `None`. A failed backup leaves no files; if the
/// program is killed, the next start wipes what is left.
///
/// # Errors
/// Returns an error if the backup cannot be written or fails the check.
pub(super) fn make(source: &Source<'_>, into: Option<&Path>, why: Why, stop: &Stop) -> Result<Backup, StoreError> {
    let _held = copies::hold(source.folder)?;
    copies::sweep(source.folder);
    let own = source.folder.join(FOLDER);
    let into = match into {
        Some(into) => folder_kept_as_it_is(into),
        None => private_dir(&own),
    }
    .map_err(StoreError::io("making the folder of backups"))?;
    let elsewhere = into != own;
    let (made, id) = (source.clock.stamp(), source.clock.new_id());
    let unfinished = into.join(format!("{}{id}", copies::UNFINISHED));
    if elsewhere {
        copies::note(source.folder, &unfinished)?;
    }
    let done = fill(source, &unfinished, &made, why, stop).and_then(|()| {
        let path = free_name(&into, &made)?;
        rename_folder(&unfinished, &path).map_err(StoreError::io("giving the backup its name"))?;
        Backup::at(&path).ok_or_else(|| StoreError::Other("the backup is not where it was put".to_owned()))
    });
    if done.is_err() {
        let _ = copies::discard(&unfinished);
    }
    if elsewhere {
        copies::noted_no_more(source.folder);
    }
    done
}

/// Writes the backup into a folder; the key last, so that nobody can read a copy that is not complete and checked.
fn fill(source: &Source<'_>, into: &Path, made: &str, why: Why, stop: &Stop) -> Result<(), StoreError> {
    let Source { db, key, folder, .. } = source;
    private_dir(into).map_err(StoreError::io("making a folder for the backup"))?;
    let file = into.join(vault::DB);
    // SQLite would create it readable for others.
    create_private_file(&file).map_err(StoreError::io("making the copy"))?;
    let name = file.to_str().ok_or_else(|| StoreError::Backup("the folder's name is no text".to_owned()))?;
    stop.watch(db)?;
    db.copy_into(name)?;
    flush_file(&file).map_err(StoreError::io("writing the copy"))?;
    let copy = Db::open(&file, key, Mode::Look, Writer::Never(Look::Backup))?;
    stop.watch(&copy)?;
    inside::check(&copy.read())?;
    drop(copy);
    stop.go_on()?;
    let said = Proof::read(folder);
    let number = backups_of(folder).iter().filter(|one| one.id == said.id).map(|one| one.number).max().unwrap_or(0) + 1;
    let (backup_made, backup_why) = (made.to_owned(), why.word().to_owned());
    Proof { backup_made, backup_why, backup_number: number, placed: String::new(), ..said }.write(into)?;
    slots::copy(folder, into)
}

/// Returns an unused path such as `cairn-2026-11-22T0900Z`, with a number appended for further backups in the same
/// minute.
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

/// Removes backups that are no longer needed. The newest seven are kept, and the newest of each of the last seven days,
/// four weeks and twelve months with a backup. Only backups of these records are considered.
///
/// # Errors
/// Returns an error if a backup cannot be removed.
pub(super) fn rotate(data: &Path) -> Result<usize, StoreError> {
    let _held = copies::hold(data)?;
    let id = Proof::read(data).id;
    let mine: Vec<Backup> = backups_of(data).into_iter().filter(|backup| backup.id == id).collect();
    // Ordered by sequence number, newest first: backups made while the clock was ahead do not displace newer ones.
    let days: Vec<Day> = mine.iter().filter_map(Backup::day).collect();
    if days.len() != mine.len() {
        return Ok(0);
    }
    let kept = kept(&days);
    let mut removed = 0;
    for (at, backup) in mine.iter().enumerate() {
        if !kept.contains(&at) {
            copies::discard(&backup.path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Returns the indices of the backups to keep; `days` must be ordered newest first.
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

/// A backup that can be made in another thread; it opens the records again to read them.
#[derive(Debug)]
pub struct BackupJob {
    folder: PathBuf,
    key: Key,
    clock: Arc<Clock>,
}

impl BackupJob {
    /// Makes the daily backup and removes old ones.
    ///
    /// # Errors
    /// Returns an error if it cannot be made; no older backup is removed then.
    pub fn run(self) -> Result<Backup, StoreError> {
        self.run_until(&Stop::default())
    }

    /// Like [`BackupJob::run`], but can be stopped.
    ///
    /// # Errors
    /// The same as [`BackupJob::run`], and [`StoreError::Stopped`].
    pub fn run_until(self, stop: &Stop) -> Result<Backup, StoreError> {
        let writer = Writer::Never(Look::Backup);
        let db = Db::open(&self.folder.join(vault::DB), &self.key, Mode::Write, writer)?;
        let source = Source { db: &db, key: &self.key, folder: &self.folder, clock: &self.clock };
        let backup = make(&source, None, Why::Daily, stop)?;
        rotate(&self.folder)?;
        Ok(backup)
    }
}

impl Store {
    /// Returns the daily backup if none was made today and there is something to back up.
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

    /// Makes a backup in `into`. If it is `None`, the backup is made beside the records and old ones are removed.
    ///
    /// # Errors
    /// Returns an error if it cannot be made.
    pub fn backup(&self, into: Option<&Path>, why: Why) -> Result<Backup, StoreError> {
        let (Some(folder), Some(key)) = (&self.folder, &self.key) else {
            return Err(StoreError::Backup("there are no records on the disk".to_owned()));
        };
        self.db.still_there()?;
        let source = Source { db: &self.db, key, folder, clock: &self.clock };
        let backup = make(&source, into, why, &Stop::default())?;
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
        // Many on one day: the newest seven of all.
        assert_eq!(super::kept(&[today; 9]), (0..7).collect());
    }
}

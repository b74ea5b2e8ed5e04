//! What is kept of a withdrawal apart from hashes, as lines without any of its text: the days that a calendar must
//! cancel, and where the text was typed.

use rusqlite::params;

use super::error::StoreError;
use super::sql::Sql;
use super::withdraw_rows::{WithdrawnWords, ids};
use super::{Store, row};
use crate::domain::{GoneAction, Piece};
use crate::os::Clock;

/// Slot with the days that a calendar must cancel, one line for each withdrawn action.
pub(super) const GONE: &str = "calendar/gone";
/// Slot with the places where withdrawn text was typed, and until when, one on each line. Needed for copies that become
/// available later and contain the text only as a draft.
pub(super) const BEGUN: &str = "withdrawn/begun";

impl Store {
    /// Returns the withdrawn actions that had a due or review day, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn gone_actions(&self) -> Result<Vec<GoneAction>, StoreError> {
        let kept = self.draft(GONE)?;
        Ok(kept.iter().flat_map(|draft| draft.body.lines()).filter_map(GoneAction::parse).collect())
    }

    /// Returns what is known about all withdrawn text of all people after it has been removed: where it was typed, and
    /// until when.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn withdrawn_places(&self) -> Result<WithdrawnWords, StoreError> {
        let all = "SELECT slot, body FROM draft ORDER BY slot";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        let mut slots = Vec::new();
        for (slot, body) in self.db.read().rows(all, &[], read)? {
            let Some(before) = slot.strip_suffix(BEGUN) else { continue };
            let lines = body.lines().filter_map(|line| line.split_once('\t'));
            slots.extend(lines.map(|(place, until)| (format!("{before}{place}"), until.to_owned())));
        }
        Ok(WithdrawnWords { slots, ..WithdrawnWords::default() })
    }
}

/// Returns what a calendar needs to know about the actions in `records`, which must still exist.
pub(super) fn gone(sql: &Sql<'_>, records: &[Piece], clock: &Clock) -> Result<Vec<GoneAction>, StoreError> {
    let mut found = Vec::new();
    for record in records {
        let Piece::Action(id) = record else { continue };
        let decided = "SELECT decided_on FROM action WHERE id = $1";
        let Some(decided) = sql.first(decided, params![id], |row| row::day(row, 0))? else { continue };
        let ever = |column: &str| {
            let newest = format!(
                "SELECT {column} FROM action_event WHERE action_id = $1 AND {column} IS NOT NULL ORDER BY id DESC"
            );
            Ok::<_, StoreError>(ids(sql, &newest, params![id])?.iter().find_map(|day| day.parse().ok()))
        };
        let (due, review) = (ever("due_on")?, ever("review_on")?);
        let states = ids(sql, "SELECT id FROM action_event WHERE action_id = $1", params![id])?.len();
        let days = i64::from((clock.today() - decided).get_days().max(0));
        let sequence = days * 2 + i64::try_from(states).unwrap_or(0);
        if due.is_some() || review.is_some() {
            found.push(GoneAction { id: id.clone(), due, review, sequence, at: clock.stamp() });
        }
    }
    Ok(found)
}

/// Appends lines to those stored in a slot.
pub(super) fn add_lines(
    sql: &Sql<'_>,
    slot: &str,
    lines: impl Iterator<Item = String>,
    clock: &Clock,
) -> Result<(), StoreError> {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    let one = "SELECT body FROM draft WHERE slot = $1";
    let before = sql.first(one, params![slot], |row| Ok(row.get::<_, String>(0)?))?;
    let all: Vec<String> = before.into_iter().chain(lines).collect();
    sql.run(
        "INSERT INTO draft (slot, body, saved_at) VALUES ($1, $2, $3) \
         ON CONFLICT (slot) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
        params![slot, all.join("\n"), clock.stamp()],
    )?;
    Ok(())
}

//! Moving the mark in lists, and scrolling pages.

use super::model::Model;
use crate::command::Command;

/// Where the mark is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Next,
    Before,
    First,
    Last,
    /// The row with this index, counted from 0; the last one if there are fewer.
    Row(usize),
}

impl To {
    /// Returns the movement of a command; `None` if the command does not move the mark.
    pub(super) fn by(command: Command) -> Option<Self> {
        match command {
            Command::Down => Some(Self::Next),
            Command::Up => Some(Self::Before),
            Command::First => Some(Self::First),
            Command::Last => Some(Self::Last),
            _ => None,
        }
    }
}

fn moved(row: usize, rows: usize, to: To) -> usize {
    let last = rows.saturating_sub(1);
    match to {
        To::Next => (row + 1).min(last),
        To::Before => row.saturating_sub(1),
        To::First => 0,
        To::Last => last,
        To::Row(row) => row.min(last),
    }
}

/// Moves the mark, or scrolls the page if there is no list.
pub(super) fn move_row(model: &mut Model, to: To) {
    let place = model.place();
    if let Some(list) = place.list(model) {
        place.mark(model, moved(list.marked, list.rows, to));
        return;
    }
    let most = model.view.page_most;
    if let Some(at) = place.scroll(model) {
        *at = u16::try_from(moved(usize::from(*at), usize::from(most) + 1, to)).unwrap_or(most);
    }
}

/// Scrolls by one page, keeping one row in common.
pub(super) fn scroll(model: &mut Model, down: bool) {
    scroll_by(model, down, model.view.page_rows.saturating_sub(1).max(1));
}

/// Scrolls by this many rows.
pub(super) fn scroll_by(model: &mut Model, down: bool, page: u16) {
    let most = model.view.page_most;
    if let Some(at) = model.place().scroll(model) {
        *at = if down { at.saturating_add(page).min(most) } else { at.saturating_sub(page) };
    }
}

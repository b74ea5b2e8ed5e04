//! Choosing a point of a scale by its number, or a non-answer by its letter.

use super::handler::{Handled, when};
use super::model::Model;
use crate::command::Command;
use crate::domain::NonAnswer;

/// The commands for the points, in order.
const PICKS: [Command; 9] = [
    Command::Pick1,
    Command::Pick2,
    Command::Pick3,
    Command::Pick4,
    Command::Pick5,
    Command::Pick6,
    Command::Pick7,
    Command::Pick8,
    Command::Pick9,
];

/// What a command chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// The point with this index, counted from 0; `usize::MAX` if the scale has no such point.
    Point(usize),
    /// The row of a non-answer; those rows follow the points.
    Instead(usize),
}

/// Returns whether a command chooses a point by its number.
pub(super) fn is_number(command: Command) -> bool {
    PICKS.contains(&command)
}

/// Returns what a command chooses on a scale with this many points; `None` if it is not a choosing command.
pub(super) fn pick_row(command: Command, points: usize) -> Option<Pick> {
    if let Some(at) = PICKS.iter().position(|pick| *pick == command) {
        return Some(if at < points { Pick::Point(at) } else { Pick::Point(usize::MAX) });
    }
    let kind = match command {
        Command::PickNotApplicable => NonAnswer::NotApplicable,
        Command::PickCannotSay => NonAnswer::CannotSay,
        Command::PickPreferNot => NonAnswer::PreferNotToSay,
        _ => return None,
    };
    Some(Pick::Instead(points + NonAnswer::ALL.iter().position(|other| *other == kind).unwrap_or(0)))
}

/// Returns a handler that chooses the row if it exists.
pub(super) fn within(pick: Pick, rows: usize, choose: fn(&mut Model, Option<usize>)) -> Handled {
    let (row, why) = match pick {
        Pick::Point(row) => (row, "That number is not on this scale."),
        Pick::Instead(row) => (row, "This only works on the rating step."),
    };
    when(row < rows, why, move |model: &mut Model| choose(model, Some(row)))
}

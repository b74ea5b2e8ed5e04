//! Points of a scale and what stands in their place, chosen by number and letter where somebody rates.

use super::handler::{Handled, when};
use super::model::Model;
use crate::command::Command;
use crate::domain::NonAnswer;

/// The keys of the points, the first of them first.
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
    /// The point with this number, counted from 0.
    Point(usize),
    /// The row of what is said instead of a rating; those stand below the points.
    Instead(usize),
}

/// Whether a command chooses a point by its number.
pub(super) fn is_number(command: Command) -> bool {
    PICKS.contains(&command)
}

/// What a command chooses where there are so many points; `None` if it chooses nothing.
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

/// Chooses it if there is such a row.
pub(super) fn within(pick: Pick, rows: usize, choose: fn(&mut Model, Option<usize>)) -> Handled {
    let (row, why) = match pick {
        Pick::Point(row) => (row, "There is no such point here."),
        Pick::Instead(row) => (row, "This belongs to the rating."),
    };
    when(row < rows, why, move |model: &mut Model| choose(model, Some(row)))
}

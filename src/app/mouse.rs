//! Mouse support, if the user enabled it: a click marks a row, goes to a tab or moves the caret; a click on the marked
//! row opens it; the wheel moves or scrolls. Positions come from the last frame.

use super::effect::Effect;
use super::held_back;
use super::model::{Model, Tone};
use super::moving::{To, move_row, scroll_by};
use super::update::{chosen, pressed};
use super::writing::{write, written};
use crate::command::{Command, Context, key};

/// Rows that one turn of the wheel scrolls a page.
const TURN: u16 = 3;

/// Who handles the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal, which selects text with it.
    Terminals,
    /// Cairn: clicks mark and open rows, and the terminal does not select text.
    Ours,
}

/// Direction of a turn of the mouse wheel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wheel {
    Up,
    Down,
}

/// A rectangle on the screen, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Column of the left edge, counted from 0.
    pub x: u16,
    /// Row of the upper edge, counted from 0.
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    fn holds(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }
}

/// What is drawn in a clickable area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A row of the list in front.
    Row {
        /// Index of the row, counted from 0.
        row: usize,
        /// Whether it is the marked row; a click then opens it.
        marked: bool,
    },
    /// A tab or a hint that runs this command.
    Command(Command),
    /// The text being written; the number is the index of its first visible row.
    Text(usize),
}

/// A clickable area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub area: Area,
    pub on: On,
}

/// Switches between mouse support and the terminal's own use of the mouse.
pub(super) fn toggle(model: &mut Model) {
    let (whose, words) = match model.shell.mouse {
        Mouse::Terminals => (
            Mouse::Ours,
            concat!("You can now use the mouse to select and open items. To turn this off, press ", key!("mouse"), "."),
        ),
        Mouse::Ours => (Mouse::Terminals, "You can now use the mouse to select text in the terminal."),
    };
    model.shell.mouse = whose;
    model.say(Tone::Plain, words);
}

/// Handles a click of the left button.
pub(super) fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    let hit = model.view.hits.iter().rev().find(|hit| hit.area.holds(column, row)).copied();
    let Some(hit) = hit.filter(|_| model.shell.mouse == Mouse::Ours) else { return Vec::new() };
    model.person.notice = None;
    match hit.on {
        On::Row { marked: true, .. } => return pressed(model, "enter"),
        On::Row { row, .. } => move_row(model, To::Row(row)),
        On::Command(command) => return chosen(model, command),
        On::Text(from) => {
            let (row, column) = (from + usize::from(row - hit.area.y), usize::from(column - hit.area.x));
            let width = usize::from(hit.area.width);
            held_back::end(model);
            write(model, |buffer| buffer.place_at(row, column, width));
        }
    }
    Vec::new()
}

/// Handles the wheel: it moves the caret in a text of several lines or the mark in a list, and otherwise scrolls the
/// page.
pub(super) fn wheel(model: &mut Model, to: Wheel) {
    if model.shell.mouse == Mouse::Terminals {
        return;
    }
    if written(model).is_some() && model.contexts().contains(&Context::Write) {
        let command = if to == Wheel::Up { Command::LineUp } else { Command::LineDown };
        let width = usize::from(model.view.write_width.max(10));
        write(model, |buffer| {
            buffer.run(command, width);
        });
        return;
    }
    let is_list = model.view.hits.iter().any(|hit| matches!(hit.on, On::Row { .. }));
    if is_list || model.view.page_most == 0 {
        move_row(model, if to == Wheel::Up { To::Before } else { To::Next });
    } else {
        scroll_by(model, to == Wheel::Down, TURN);
    }
}

//! The mouse, where a person has asked for it: a click marks a row, goes to a tab or puts the caret, a second click on the
//! marked row opens it, the wheel moves or scrolls. What is where is known from the last frame.

use super::effect::Effect;
use super::model::{Model, Tone};
use super::moving::{To, move_row, scroll_by};
use super::update::{chosen, pressed};
use super::writing::{write, written};
use crate::command::{Command, Context, key};

/// Rows of a page that one turn of the wheel scrolls.
const TURN: u16 = 3;

/// Whose the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal's, which selects text with it.
    Terminals,
    /// Ours: it marks and opens rows, and the terminal selects no text with it.
    Ours,
}

/// A turn of the wheel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wheel {
    /// Towards the start.
    Up,
    /// Towards the end.
    Down,
}

/// A part of the screen, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: u16,
    /// Upper edge.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    fn holds(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }
}

/// What is drawn somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A row of the list in front.
    Row {
        /// Counted from 0.
        row: usize,
        /// It is the marked one.
        marked: bool,
    },
    /// A tab, by its command.
    Tab(Command),
    /// The text being written, from this of its rows on.
    Text(usize),
}

/// What a click there would mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub area: Area,
    /// What is there.
    pub on: On,
}

/// Lets the mouse be ours, or not.
pub(super) fn toggle(model: &mut Model) {
    let (whose, words) = match model.shell.mouse {
        Mouse::Terminals => (
            Mouse::Ours,
            concat!("The mouse marks and opens rows now; ", key!("mouse"), " gives it back to the terminal."),
        ),
        Mouse::Ours => (Mouse::Terminals, "The mouse is the terminal's again, for selecting text."),
    };
    model.shell.mouse = whose;
    model.say(Tone::Plain, words);
}

/// The left button.
pub(super) fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    let hit = model.view.hits.iter().rev().find(|hit| hit.area.holds(column, row)).copied();
    let Some(hit) = hit.filter(|_| model.shell.mouse == Mouse::Ours) else { return Vec::new() };
    model.person.notice = None;
    match hit.on {
        On::Row { marked: true, .. } => return pressed(model, "enter"),
        On::Row { row, .. } => move_row(model, To::Row(row)),
        On::Tab(command) => return chosen(model, command),
        On::Text(from) => {
            let (row, column) = (from + usize::from(row - hit.area.y), usize::from(column - hit.area.x));
            let width = usize::from(hit.area.width);
            write(model, |buffer| buffer.place_at(row, column, width));
        }
    }
    Vec::new()
}

/// The wheel: the caret in a text of many lines, the mark in a list, else the page.
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

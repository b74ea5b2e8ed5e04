//! What a line is taken for in the place in front.

use crate::app::{Layer, Model};
use crate::command::{Chord, Command, Context, KeyName, Keymap};

/// What a line is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputMode {
    /// A number or a command.
    Orders,
    /// What is searched for.
    Query,
    /// A line of a longer text.
    Lines,
    /// All of a text that has one line.
    Field,
    /// A point of a scale.
    Point,
    /// Rows to tick.
    Ticks,
    /// What must not be seen.
    Secret,
}

impl InputMode {
    /// Of the place in front.
    pub(super) fn of(model: &Model) -> Self {
        if let Some(Layer::Dialogue(dialogue)) = model.person.layers.last() {
            // The look over all answers asks for nothing more.
            return if dialogue.asked().is_some() { Self::Field } else { Self::Orders };
        }
        match model.contexts().first() {
            Some(Context::Write) => Self::Lines,
            Some(Context::Find | Context::LookUp | Context::Rules | Context::Journal | Context::Chooser) => Self::Query,
            Some(Context::Form) => Self::Field,
            Some(Context::Choice) => Self::Point,
            Some(Context::Ticks) => Self::Ticks,
            Some(Context::Secret) if model.is_secret() => Self::Secret,
            _ => Self::Orders,
        }
    }

    /// A line is words that somebody writes, so that a command needs its colon.
    pub(super) fn is_words(self) -> bool {
        matches!(self, Self::Query | Self::Lines | Self::Field | Self::Secret)
    }

    /// What stands in front of a line, so that one hears what it will be taken for.
    pub(super) fn prompt(self) -> &'static str {
        match self {
            Self::Orders | Self::Ticks => "> ",
            Self::Query => "search> ",
            Self::Lines => "text> ",
            Self::Field => "answer> ",
            Self::Point => "rating> ",
            Self::Secret => "secret> ",
        }
    }
}

/// The command that the place in front is for: what the enter key does there, as the table has it. Keys that somebody
/// chose for the screens change nothing about lines.
pub(super) fn main_command(model: &Model) -> Option<Command> {
    by_key(model, KeyName::Enter)
}

/// The command of a letter in the place in front.
pub(super) fn by_letter(model: &Model, letter: char) -> Option<Command> {
    by_key(model, KeyName::Char(letter))
}

fn by_key(model: &Model, key: KeyName) -> Option<Command> {
    Keymap::default().resolve(&model.contexts(), Chord { key, ctrl: false, alt: false, shift: false })
}

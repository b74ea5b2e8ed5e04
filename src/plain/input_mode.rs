//! How a line is interpreted in the current place.

use crate::app::{Layer, Model};
use crate::command::{Chord, Command, Context, KeyName, Keymap};

/// How a line is interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputMode {
    /// A number or a command.
    Orders,
    /// A query.
    Query,
    /// A line of a longer text.
    Lines,
    /// The whole of a one-line text.
    Field,
    /// A point of a scale.
    Point,
    /// Numbers of rows to tick.
    Ticks,
    /// A passphrase or another secret, which must not be displayed.
    Secret,
}

impl InputMode {
    /// Returns the mode of the current place.
    pub(super) fn of(model: &Model) -> Self {
        if let Some(Layer::Dialogue(dialogue)) = model.person.layers.last() {
            // The review of all answers asks for nothing more.
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

    /// Returns whether a line is text, so that a command needs a colon.
    pub(super) fn is_words(self) -> bool {
        matches!(self, Self::Query | Self::Lines | Self::Field | Self::Secret)
    }

    /// Returns the prompt, which says how the line will be interpreted.
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

/// Returns the main command of the current place: what the enter key does there by default. Keys configured for the
/// screens have no effect on plain mode.
pub(super) fn main_command(model: &Model) -> Option<Command> {
    by_key(model, KeyName::Enter)
}

/// Returns the command that a letter runs in the current place by default.
pub(super) fn by_letter(model: &Model, letter: char) -> Option<Command> {
    by_key(model, KeyName::Char(letter))
}

fn by_key(model: &Model, key: KeyName) -> Option<Command> {
    Keymap::default().resolve(&model.contexts(), Chord { key, ctrl: false, alt: false, shift: false })
}

//! The command table: everything a person can do, in one place. Key map, footer, help and README's key table are derived
//! from it; no screen reads a key by itself, except that a printable key goes into the text being written.

mod key;
mod keymap;
mod table;

pub use key::{Chord, KeyError, KeyName};
pub use keymap::{Hint, Keymap};
pub use table::{COMMANDS, Command, Entry, Group};

/// Where a key is pressed. The model gives a stack of these, innermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere.
    Global,
    /// Wherever a letter is not text.
    Go,
    /// A list or a page to move in.
    List,
    /// The first screen.
    Home,
    /// The search screen.
    Find,
    /// A reflection, whatever its step.
    Reflect,
    /// A step of it that offers points to choose from.
    Choice,
    /// Its last step, which shows what will be saved.
    Review,
    /// Text being written.
    Write,
    /// The advice screen.
    Advice,
    /// The plan screen.
    Plan,
    /// The list of packs and rules, which narrows as one types.
    Rules,
    /// One rule whole.
    Rule,
    /// How things changed.
    Progress,
    /// The journal, which narrows as one types.
    Journal,
    /// An answer that was given before, in front of a reflection.
    Before,
    /// A small form with lines to fill in.
    Form,
    /// A list to pick one from.
    Picker,
    /// A list that narrows as one types.
    Chooser,
    /// A list of which any may be ticked.
    Ticks,
    /// The plan as a dialogue, one question at a time.
    Dialogue,
    /// Where a session is begun.
    Begin,
    /// A session that goes on, whatever its part.
    Session,
    /// Its last part, the page that is read together.
    Page,
    /// The search screen, opened over a session.
    LookUp,
    /// What coach and client agreed.
    Agreement,
    /// A comparison before and after the views are given.
    Views,
    /// A view being given.
    Rating,
    /// The help page.
    Help,
}

impl Context {
    /// Printable keys are text here and never commands further out.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Find | Self::Rules | Self::Journal | Self::Write | Self::Form | Self::Chooser | Self::Dialogue
        )
    }

    /// Nothing further out than this is reached, except [`Context::Global`].
    #[must_use]
    pub fn is_modal(self) -> bool {
        matches!(self, Self::Form | Self::Picker | Self::Help | Self::Chooser | Self::Ticks | Self::Dialogue)
    }
}

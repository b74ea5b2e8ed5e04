//! The command table: everything that a person can do. The key map, footer, help and key table of the README are
//! derived from it. Screens do not handle keys themselves, except for printable keys that go into the text being
//! written.

mod in_words;
mod key;
mod keymap;
mod table;

pub use in_words::{clean_sentence, key, with_keys, with_names};
pub use key::{Chord, KeyError, KeyName};
pub use keymap::{Bound, Hint, Keymap, NoKey};
pub use table::{COMMANDS, Command, Entry, Group};

use crate::domain::named;

named! {
    /// A place in which a key can be pressed. The model supplies a stack of these, innermost first.
    Context {
        Global "everywhere" "Everywhere.";
        Go "go" "Wherever a letter is not text.";
        List "list" "A list or a page to move in.";
        Home "today" "The first screen.";
        Find "find" "The search screen.";
        Reflect "reflect" "A reflection, whatever its step.";
        Choice "choice" "A step of it that offers points to choose from.";
        Review "review" "Its last step, which shows what will be saved.";
        Write "write" "Text of several lines being written.";
        Text "text" "Wherever text is typed, also a single line.";
        Advice "advice" "The advice screen.";
        Plan "plan" "The plan screen.";
        Rules "rules" "The list of packs and rules, which narrows as one types.";
        Rule "rule" "One rule whole.";
        Progress "progress" "How things changed.";
        Journal "journal" "The journal, which narrows as one types.";
        Before "before" "An answer that was given before, in front of a reflection.";
        Form "form" "A small form with lines to fill in.";
        Picker "picker" "A list to pick one from.";
        Chooser "chooser" "A list that narrows as one types.";
        Ticks "ticks" "A list of which any may be ticked.";
        Dialogue "dialogue" "The plan as a dialogue, one question at a time.";
        Begin "begin" "Where a session is begun.";
        Session "session" "A session that goes on, whatever its part.";
        Page "page" "Its last part, the page that is read together.";
        LookUp "look-up" "The search screen, opened over a session.";
        Agreement "agreement" "What coach and client agreed.";
        Views "views" "A comparison before and after the views are given.";
        Rating "rating" "A view being given.";
        Help "help" "The help page.";
        Palette "palette" "The list of every command, which narrows as one types.";
        Messages "messages" "What was said lately.";
        Tour "tour" "The cards of the first tour.";
        Secret "secret" "Where a passphrase is asked for.";
        Paper "paper" "The paper key, shown once.";
        Safety "safety" "People to ring.";
    }
}

impl Context {
    /// Returns whether printable keys are text in this context and never commands of an outer context.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Find
                | Self::Rules
                | Self::Journal
                | Self::Write
                | Self::Text
                | Self::Form
                | Self::Chooser
                | Self::Dialogue
                | Self::Palette
                | Self::Help
                | Self::Secret
        )
    }

    /// Returns whether no context further out is searched, except [`Context::Global`] and [`Context::Text`].
    #[must_use]
    pub fn is_modal(self) -> bool {
        matches!(
            self,
            Self::Form
                | Self::Picker
                | Self::Help
                | Self::Chooser
                | Self::Ticks
                | Self::Dialogue
                | Self::Palette
                | Self::Messages
                | Self::Tour
                | Self::Secret
                | Self::Paper
                | Self::Safety
        )
    }
}

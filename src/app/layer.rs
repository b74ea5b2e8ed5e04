//! What lies over a screen. Data, not code: the top layer sees the key first.

use super::chooser::Chooser;
use super::dialogue::Dialogue;
use super::form::Form;
use super::help::HelpPage;
use super::palette::Palette;
use super::picker::{Picker, Ticks};
use super::secret::{PaperPage, SecretPage};

/// One thing over the screen.
#[derive(Debug, Clone)]
pub enum Layer {
    /// Every key that works here.
    Help(HelpPage),
    /// Every command, which narrows as one types.
    Palette(Palette),
    /// What was said lately.
    Messages(u16),
    /// A card of the tour, counted from 0.
    Tour(usize),
    /// Lines to fill in.
    Form(Form),
    /// A list to pick one from.
    Picker(Picker),
    /// A list that narrows as one types.
    Chooser(Chooser),
    /// A list of which any may be ticked.
    Ticks(Ticks),
    /// Questions asked one after the other.
    Dialogue(Box<Dialogue>),
    /// A passphrase.
    Secret(SecretPage),
    /// The paper key, shown once.
    Paper(PaperPage),
    /// People to ring; how far it is scrolled.
    Safety(u16),
}

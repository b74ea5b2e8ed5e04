//! Overlays over a screen. They are plain data; the top one receives keys first.

use super::chooser::Chooser;
use super::dialogue::Dialogue;
use super::form::Form;
use super::help::HelpPage;
use super::palette::Palette;
use super::picker::{Picker, Ticks};
use super::secret::{PaperPage, SecretPage};

/// An overlay over the screen.
#[derive(Debug, Clone)]
pub enum Layer {
    /// The keys that work in the place below.
    Help(HelpPage),
    /// All commands, filtered as the user types.
    Palette(Palette),
    /// Recent notices; the number is the scroll offset in rows.
    Messages(u16),
    /// A card of the tour, by its index, counted from 0.
    Tour(usize),
    Form(Form),
    /// A list from which one row is chosen.
    Picker(Picker),
    /// A list of people, filtered as the user types.
    Chooser(Chooser),
    /// A list in which any number of rows can be ticked.
    Ticks(Ticks),
    /// The questions of the plan, asked one after the other.
    Dialogue(Box<Dialogue>),
    /// A page on which a passphrase is typed.
    Secret(SecretPage),
    /// The paper key, which is shown once.
    Paper(PaperPage),
    /// Safety notices with people to ring; the number is the scroll offset in rows.
    Safety(u16),
}

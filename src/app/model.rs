//! The state of the program between two messages.

use super::layer::Layer;
use super::mouse::Hit;
use super::person_state::PersonState;
use super::place::Screen;
use super::shell::Shell;
use crate::domain::{Day, Library, Person, Profile};

/// Whether a person's records are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// The records of one person are open.
    Open,
    /// The records of another person are being opened; nothing can be written until that is done.
    Turning,
    /// The records exist but are locked, put away or damaged.
    Shut,
}

/// The kind of a notice, which decides how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Good,
    /// Neutral information.
    Plain,
    /// Something was not done.
    Bad,
    /// Text that the user wrote was not saved. Until the next key, only another notice of this kind may replace it.
    Unsaved,
}

/// A line above the footer; it is shown until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// A complete sentence.
    pub text: String,
    pub tone: Tone,
}

/// Smallest usable window, in columns and rows. In a smaller one only a message about the size is drawn, and no key
/// except quit has an effect, because its result could not be seen.
pub const FLOOR: (u16, u16) = (50, 14);

/// Sizes of what is on the screen, computed from the model before the hints are. Guards and movement depend on them.
/// They are replaced as a whole with each frame and never compared.
#[derive(Debug, Clone, Default)]
pub struct Viewport {
    /// Visible rows of the page (detail or help).
    pub page_rows: u16,
    /// Largest scroll offset of the page, in rows; 0 if all of it is visible.
    pub page_most: u16,
    /// Full text of the page on screen, without the line breaks added by wrapping.
    pub page_text: String,
    /// Whether the detail or reference text is already visible in a separate pane, so that showing it again is
    /// pointless.
    pub beside: bool,
    /// Clickable areas in drawing order; later ones lie on top of earlier ones.
    pub hits: Vec<Hit>,
    /// Width in cells of the area in which text is written.
    pub write_width: u16,
}

/// The state of the program, split by lifetime.
#[derive(Debug, Clone)]
pub struct Model {
    /// State that belongs to the open records; replaced as a whole when other records are opened.
    pub person: PersonState,
    /// State of this run of the program: packs, settings, keys, the terminal.
    pub shell: Shell,
    /// Sizes of what is on the screen; valid for one frame.
    pub view: Viewport,
}

impl Model {
    /// Creates the model of a program that has just started and has opened nothing yet.
    #[must_use]
    pub fn new(today: Day, demo: bool) -> Self {
        let library = Library::default();
        let nobody = Profile::new(&library, Person::default(), today, Vec::new(), &[], &[]);
        Self { person: PersonState::of_nobody(nobody), shell: Shell::new(today, demo), view: Viewport::default() }
    }

    /// Returns the theme to draw with: the marked one while a theme is being chosen, otherwise the current one.
    #[must_use]
    pub fn theme_in_front(&self) -> &str {
        let marked = match self.person.layers.last() {
            Some(Layer::Picker(picker)) if picker.tries_theme => self.shell.themes.get(picker.at),
            _ => None,
        };
        marked.unwrap_or(&self.shell.theme)
    }

    /// Shows a screen and adds the previous one to the trail, which holds at most 20 screens.
    pub(super) fn go(&mut self, screen: Screen) {
        if self.person.screen != screen {
            self.person.trail.push(self.person.screen);
            self.person.screen = screen;
        }
        if self.person.trail.len() > 20 {
            self.person.trail.remove(0);
        }
    }

    /// Returns the id of the person's level in the framework of a behaviour; `None` if the person has stated no level
    /// or the framework does not have it.
    #[must_use]
    pub fn level_for(&self, ix: crate::domain::BehaviourIx) -> Option<String> {
        let framework = self.shell.library.as_ref()?.framework_of(ix);
        let own = self.person.snapshot.person.level.as_deref()?;
        framework.level(own).map(|(_, level)| level.id.clone())
    }
}

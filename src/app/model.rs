//! The state of the program between two keys.

use super::layer::Layer;
use super::mouse::Hit;
use super::person_state::PersonState;
use super::place::Screen;
use super::shell::Shell;
use crate::domain::{Day, Library, Person, Profile};

/// Whether records are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// Those of one person.
    Open,
    /// Those of somebody else are being opened; nothing can be written until they are.
    Turning,
    /// They are there, and locked, put away or damaged.
    Shut,
}

/// How a notice sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Good,
    /// For information.
    Plain,
    /// Something was not done.
    Bad,
    /// What somebody wrote was not saved: until the next key nothing less takes the place of this.
    Unsaved,
}

/// One line above the footer; it stays until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// A whole sentence.
    pub text: String,
    /// How it sounds.
    pub tone: Tone,
}

/// The smallest window in columns and rows. Below it nothing is drawn but that, and no key acts unseen.
pub const FLOOR: (u16, u16) = (50, 14);

/// Sizes of what is on the screen, laid out from the model before its hints are. Guards and movement go by them; they are
/// replaced whole with each frame and never compared.
#[derive(Debug, Clone, Default)]
pub struct Viewport {
    /// Rows of the page (detail, help) on screen.
    pub page_rows: u16,
    /// How far the page can be scrolled, in rows.
    pub page_most: u16,
    /// The page on screen whole, without the breaks that its width makes.
    pub page_text: String,
    /// What a step or a command would show stands in a pane of its own already.
    pub beside: bool,
    /// What a click would mean, last drawn last.
    pub hits: Vec<Hit>,
    /// Width of the rows of the text being written, in cells.
    pub write_width: u16,
}

/// The state of the program, in three lifetimes.
#[derive(Debug, Clone)]
pub struct Model {
    /// What belongs to the records that are open. It is replaced whole when other records are opened.
    pub person: PersonState,
    /// What belongs to this run of the program: packs, settings, keys, the terminal.
    pub shell: Shell,
    /// Sizes of what is on the screen.
    pub view: Viewport,
}

impl Model {
    /// A program that has just started and has nothing open yet.
    #[must_use]
    pub fn new(today: Day, demo: bool) -> Self {
        let library = Library::default();
        let nobody = Profile::new(&library, Person::default(), today, Vec::new(), &[], &[]);
        Self { person: PersonState::of_nobody(nobody), shell: Shell::new(today, demo), view: Viewport::default() }
    }

    /// The theme to draw in: while one is being chosen, the marked one.
    #[must_use]
    pub fn theme_in_front(&self) -> &str {
        let marked = match self.person.layers.last() {
            Some(Layer::Picker(picker)) if picker.tries_theme => self.shell.themes.get(picker.at),
            _ => None,
        };
        marked.unwrap_or(&self.shell.theme)
    }

    /// Shows a screen and remembers the way back.
    pub(super) fn go(&mut self, screen: Screen) {
        if self.person.screen != screen {
            self.person.trail.push(self.person.screen);
            self.person.screen = screen;
        }
        if self.person.trail.len() > 20 {
            self.person.trail.remove(0);
        }
    }

    /// The person's level in the framework of a behaviour.
    #[must_use]
    pub fn level_for(&self, ix: crate::domain::BehaviourIx) -> Option<String> {
        let framework = self.shell.library.as_ref()?.framework_of(ix);
        let own = self.person.snapshot.person.level.as_deref()?;
        framework.level(own).map(|(_, level)| level.id.clone())
    }
}

//! What the screens hold for as long as the program runs, for all records alike.

use std::sync::Arc;

use super::locking::Watch;
use super::model::Records;
use super::mouse::Mouse;
use crate::command::{Command, Keymap};
use crate::domain::{Day, Fault, Library, Shut};
use crate::search::Index;

/// The program, the packs, the settings and the terminal.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The day.
    pub today: Day,
    /// Nothing is written.
    pub demo: bool,
    /// Seconds since the program began.
    pub now: u64,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The program is to end.
    pub quit: bool,
    /// Whether records are open.
    pub records: Records,
    /// Why records that are there could not be opened.
    pub shut: Option<Shut>,
    /// When records are put away.
    pub watch: Watch,
    /// The packs, once they are open.
    pub library: Option<Arc<Library>>,
    /// The search index, once it is built.
    pub index: Option<Arc<Index>>,
    /// What is wrong with packs or records; stays.
    pub banner: String,
    /// What is wrong with the settings.
    pub faults: Vec<Fault>,
    /// Which key does what.
    pub keymap: Keymap,
    /// The command that ran last, for tests of the hints.
    pub last_command: Option<Command>,
    /// The name of the theme that is drawn.
    pub theme: String,
    /// Names of the themes that there are.
    pub themes: Vec<String>,
    /// Whose the mouse is.
    pub mouse: Mouse,
}

impl Shell {
    /// A program that has just started: an unknown terminal, no packs yet.
    #[must_use]
    pub fn new(today: Day, demo: bool) -> Self {
        Self {
            today,
            demo,
            now: 0,
            size: (80, 24),
            quit: false,
            records: Records::Open,
            shut: None,
            watch: Watch::default(),
            library: None,
            index: None,
            banner: String::new(),
            faults: Vec::new(),
            keymap: Keymap::default(),
            last_command: None,
            theme: String::new(),
            themes: Vec::new(),
            mouse: Mouse::Terminals,
        }
    }
}

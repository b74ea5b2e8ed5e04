//! State of the screens that lasts as long as the program runs and does not belong to any records.

use std::sync::Arc;

use super::locking::Watch;
use super::model::Records;
use super::mouse::Mouse;
use crate::command::Command;
use crate::config::Settings;
use crate::domain::{Day, Fault, Library, Shut};
use crate::search::Index;

/// State of the program, the packs, the settings and the terminal.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Today's date.
    pub today: Day,
    /// Whether this is the demonstration, which saves nothing.
    pub demo: bool,
    /// Seconds since the program started.
    pub now: u64,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Whether the program is to end.
    pub quit: bool,
    /// Whether records are open.
    pub records: Records,
    /// Why existing records could not be opened; `None` if they could.
    pub shut: Option<Shut>,
    /// Settings and state of locking.
    pub watch: Watch,
    /// The packs; `None` until they are open.
    pub library: Option<Arc<Library>>,
    /// The search index; `None` until it is built.
    pub index: Option<Arc<Index>>,
    /// Problems with packs or records, in one line that stays on screen; empty if there are none.
    pub banner: String,
    /// Problems with the settings.
    pub faults: Vec<Fault>,
    /// The user's settings.
    pub settings: Settings,
    /// The command that ran last, for tests of the hints.
    pub last_command: Option<Command>,
    /// Name of the current theme.
    pub theme: String,
    /// Names of the available themes; empty without colour.
    pub themes: Vec<String>,
    /// Who handles the mouse.
    pub mouse: Mouse,
}

impl Shell {
    /// Creates the state at the start of the program: a terminal of 80 by 24 cells is assumed, and no packs are open.
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
            settings: Settings::default(),
            last_command: None,
            theme: String::new(),
            themes: Vec::new(),
            mouse: Mouse::Terminals,
        }
    }
}

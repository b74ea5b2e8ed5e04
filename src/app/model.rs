//! The state of the program between two keys.

use std::cell::{Cell, RefCell};

use super::layer::{Layer, PickerFor};
use super::mouse::Hit;
use super::parts::PartKind;
use super::person_state::PersonState;
use super::reflect::{Reflect, Step};
use super::shell::Shell;
use super::sitting::Sitting;
use crate::command::{Command, Context};
use crate::domain::{Day, Library, Person, Profile};

/// One of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// What matters now.
    Home,
    /// Search.
    Find,
    /// One answer being given.
    Reflect,
    /// What the rules recommend.
    Advice,
    /// What was decided.
    Plan,
    /// The packs and rules behind the advice.
    Rules,
    /// One rule whole.
    Rule,
    /// A session, or where one is begun.
    Session,
    /// What coach and client agreed.
    Agreement,
    /// Two views of the focus set.
    Compare,
    /// How things changed.
    Progress,
    /// Everything that was written.
    Journal,
    /// A session that has ended, with its notes.
    Past,
}

impl Screen {
    /// Those that have a tab, with the command that leads there, in the order of the tabs.
    pub const TABS: [(Self, Command); 9] = [
        (Self::Home, Command::GoHome),
        (Self::Find, Command::GoFind),
        (Self::Reflect, Command::GoReflect),
        (Self::Advice, Command::GoAdvice),
        (Self::Plan, Command::GoPlan),
        (Self::Rules, Command::GoRules),
        (Self::Session, Command::GoSession),
        (Self::Progress, Command::GoProgress),
        (Self::Journal, Command::GoJournal),
    ];
}

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

/// What drawing learns and updating needs: sizes on screen. Rebuilt each frame, never compared.
#[derive(Debug, Clone, Default)]
pub struct ViewCache {
    /// Rows of the page (detail, help) on screen.
    pub page_rows: Cell<u16>,
    /// How far the page can be scrolled.
    pub page_most: Cell<u16>,
    /// The page on screen whole, without the breaks that its width makes.
    pub page_text: RefCell<String>,
    /// What a step or a command would show stands in a pane of its own already.
    pub beside: Cell<bool>,
    /// What a click would mean, last drawn last.
    pub hits: RefCell<Vec<Hit>>,
    /// Width of the rows of the text being written.
    pub write_width: Cell<u16>,
}

/// The state of the program, in three lifetimes.
#[derive(Debug, Clone)]
pub struct Model {
    /// What belongs to the records that are open. It is replaced whole when other records are opened.
    pub person: PersonState,
    /// What belongs to this run of the program: packs, settings, keys, the terminal.
    pub shell: Shell,
    /// Sizes on screen.
    pub view: ViewCache,
}

impl Model {
    /// A program that has just started and has nothing open yet.
    #[must_use]
    pub fn new(today: Day, demo: bool) -> Self {
        let library = Library::default();
        let nobody = Profile::new(&library, Person::default(), today, Vec::new(), &[], &[]);
        Self { person: PersonState::of_nobody(nobody), shell: Shell::new(today, demo), view: ViewCache::default() }
    }

    /// Where a key would be pressed now, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match self.person.layers.last() {
            Some(Layer::Help(_)) => return vec![Context::Help, Context::Text, Context::Global],
            Some(Layer::Palette(_)) => return vec![Context::Palette, Context::Text, Context::Global],
            Some(Layer::Messages(_)) => return vec![Context::Messages, Context::Global],
            Some(Layer::Tour(_)) => return vec![Context::Tour, Context::Global],
            Some(Layer::Form(_)) => return vec![Context::Form, Context::Text, Context::Global],
            Some(Layer::Picker(_)) => return vec![Context::Picker, Context::Global],
            Some(Layer::Chooser(_)) => return vec![Context::Chooser, Context::Text, Context::Global],
            Some(Layer::Ticks(_)) => return vec![Context::Ticks, Context::Global],
            Some(Layer::Secret(_)) => return vec![Context::Secret, Context::Global],
            Some(Layer::Paper(_)) => return vec![Context::Paper, Context::Global],
            Some(Layer::Safety(_)) => return vec![Context::Safety, Context::Global],
            Some(Layer::Dialogue(_)) => return vec![Context::Dialogue, Context::Text, Context::Global],
            None => {}
        }
        match self.person.screen {
            Screen::Home => vec![Context::Home, Context::List, Context::Go, Context::Global],
            Screen::Find if self.is_look_up() => vec![Context::LookUp, Context::Find, Context::Text, Context::Global],
            Screen::Find => vec![Context::Find, Context::Text, Context::Global],
            Screen::Agreement => vec![Context::Agreement, Context::List, Context::Go, Context::Global],
            Screen::Compare if self.person.compare.round.is_some() => {
                vec![Context::Choice, Context::Rating, Context::Go, Context::Global]
            }
            Screen::Compare => vec![Context::Views, Context::List, Context::Go, Context::Global],
            Screen::Session => match self.person.sitting.as_ref().and_then(Sitting::part).map(|part| part.kind) {
                None => vec![Context::Begin, Context::List, Context::Go, Context::Global],
                Some(PartKind::Write) => vec![Context::Write, Context::Text, Context::Session, Context::Global],
                Some(PartKind::Agenda | PartKind::Agreed) => {
                    vec![Context::Plan, Context::Session, Context::List, Context::Go, Context::Global]
                }
                Some(PartKind::Page) => {
                    vec![Context::Page, Context::Session, Context::List, Context::Go, Context::Global]
                }
            },
            Screen::Advice => vec![Context::Advice, Context::List, Context::Go, Context::Global],
            Screen::Rules => vec![Context::Rules, Context::Text, Context::Global],
            Screen::Rule => vec![Context::Rule, Context::List, Context::Go, Context::Global],
            Screen::Progress => vec![Context::Progress, Context::List, Context::Go, Context::Global],
            Screen::Journal => vec![Context::Journal, Context::Text, Context::Global],
            Screen::Past => vec![Context::List, Context::Go, Context::Global],
            Screen::Plan => vec![Context::Plan, Context::List, Context::Go, Context::Global],
            Screen::Reflect => match self.person.reflect.as_ref().map(Reflect::step) {
                Some(Step::Write(_)) => vec![Context::Write, Context::Text, Context::Reflect, Context::Global],
                Some(Step::Before) => {
                    vec![Context::Before, Context::List, Context::Reflect, Context::Go, Context::Global]
                }
                Some(Step::Review) => vec![Context::Review, Context::Reflect, Context::Go, Context::Global],
                Some(Step::Rating | Step::Importance) => {
                    vec![Context::Choice, Context::Reflect, Context::Go, Context::Global]
                }
                None => vec![Context::Go, Context::Global],
            },
        }
    }

    /// The theme to draw in: while one is being chosen, the marked one.
    #[must_use]
    pub fn theme_in_front(&self) -> &str {
        let marked = match self.person.layers.last() {
            Some(Layer::Picker(picker)) if picker.purpose == PickerFor::Theme => self.shell.themes.get(picker.at),
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

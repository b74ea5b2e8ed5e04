//! The state of the program between two keys.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;

use super::advice::AdviceScreen;
use super::compare::CompareScreen;
use super::find::FindScreen;
use super::journal::JournalScreen;
use super::layer::{Layer, PickerFor};
use super::locking::Watch;
use super::messages::Said;
use super::mouse::{Hit, Mouse};
use super::msg::Snapshot;
use super::parts::PartKind;
use super::plan::PlanScreen;
use super::progress::ProgressScreen;
use super::reflect::{Reflect, Step};
use super::rules::RulesScreen;
use super::sitting::Sitting;
use super::withdraw::Withheld;
use crate::command::{Command, Context, Keymap};
use crate::domain::{Day, Fault, Library, Person, Profile, Shut};
use crate::search::Index;

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

/// The state of the program.
#[derive(Debug, Clone)]
pub struct Model {
    /// The screen in front.
    pub screen: Screen,
    /// What lies over it, top last.
    pub layers: Vec<Layer>,
    /// Screens to go back to.
    pub trail: Vec<Screen>,
    /// Row that is marked on the first screen.
    pub home_row: usize,
    /// Search.
    pub find: FindScreen,
    /// The answer being given.
    pub reflect: Option<Reflect>,
    /// An answer on its way to the disk; it comes back to the screen if it does not arrive.
    pub saving: Option<Reflect>,
    /// Advice.
    pub advice: AdviceScreen,
    /// Plan.
    pub plan: PlanScreen,
    /// Packs and rules.
    pub rules: RulesScreen,
    /// The session that goes on.
    pub sitting: Option<Sitting>,
    /// A session on its way to the disk; it comes back to the screen if it does not arrive.
    pub ending: Option<Sitting>,
    /// What is being written while something is withdrawn; it comes back without the words that go.
    pub withheld: Option<Box<Withheld>>,
    /// The marked row where a session is begun.
    pub begin_row: usize,
    /// How far the agreement or the page of a session is scrolled.
    pub page_scroll: u16,
    /// Two views of the focus set.
    pub compare: CompareScreen,
    /// Coach-private lines are on the screen.
    pub show_private: bool,
    /// Whether records are open.
    pub records: Records,
    /// Why records that are there could not be opened.
    pub shut: Option<Shut>,
    /// When records are put away.
    pub watch: Watch,
    /// Seconds since the program began.
    pub now: u64,
    /// How things changed.
    pub progress: ProgressScreen,
    /// Everything that was written.
    pub journal: JournalScreen,
    /// The packs, once they are open.
    pub library: Option<Arc<Library>>,
    /// The search index, once it is built.
    pub index: Option<Arc<Index>>,
    /// The records; empty until they are open.
    pub snapshot: Snapshot,
    /// Shown above the footer.
    pub notice: Option<Notice>,
    /// What is wrong with packs or records; stays.
    pub banner: String,
    /// What is wrong with the settings.
    pub faults: Vec<Fault>,
    /// What was said, the latest last.
    pub said: VecDeque<Said>,
    /// Which key does what.
    pub keymap: Keymap,
    /// The name of the theme that is drawn.
    pub theme: String,
    /// Names of the themes that there are.
    pub themes: Vec<String>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The day.
    pub today: Day,
    /// Nothing is written.
    pub demo: bool,
    /// The program is to end.
    pub quit: bool,
    /// What becomes of the program's end while something that is being written could not be kept.
    pub unkept: super::Unkept,
    /// The command that ran last, for tests of the hints.
    pub last_command: Option<Command>,
    /// Whose the mouse is.
    pub mouse: Mouse,
    /// What was cut or copied last, to be inserted again.
    pub copied: String,
    /// Sizes on screen.
    pub view: ViewCache,
}

impl Model {
    /// A program that has just started and has nothing open yet.
    #[must_use]
    pub fn new(today: Day, demo: bool) -> Self {
        let library = Library::default();
        let profile = Profile::new(&library, Person::default(), today, Vec::new(), &[], &[]);
        Self {
            screen: Screen::Home,
            layers: Vec::new(),
            trail: Vec::new(),
            home_row: 0,
            find: FindScreen::default(),
            reflect: None,
            saving: None,
            advice: AdviceScreen::default(),
            plan: PlanScreen::default(),
            rules: RulesScreen::default(),
            sitting: None,
            ending: None,
            withheld: None,
            begin_row: 0,
            page_scroll: 0,
            compare: CompareScreen::default(),
            show_private: false,
            records: Records::Open,
            shut: None,
            watch: Watch::default(),
            now: 0,
            progress: ProgressScreen::default(),
            journal: JournalScreen::default(),
            library: None,
            index: None,
            snapshot: Snapshot::of_nobody(profile),
            notice: None,
            banner: String::new(),
            faults: Vec::new(),
            said: VecDeque::new(),
            keymap: Keymap::default(),
            theme: String::new(),
            themes: Vec::new(),
            size: (80, 24),
            today,
            demo,
            quit: false,
            unkept: super::Unkept::default(),
            last_command: None,
            mouse: Mouse::Terminals,
            copied: String::new(),
            view: ViewCache::default(),
        }
    }

    /// Where a key would be pressed now, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match self.layers.last() {
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
        match self.screen {
            Screen::Home => vec![Context::Home, Context::List, Context::Go, Context::Global],
            Screen::Find if self.is_look_up() => vec![Context::LookUp, Context::Find, Context::Text, Context::Global],
            Screen::Find => vec![Context::Find, Context::Text, Context::Global],
            Screen::Agreement => vec![Context::Agreement, Context::List, Context::Go, Context::Global],
            Screen::Compare if self.compare.round.is_some() => {
                vec![Context::Choice, Context::Rating, Context::Go, Context::Global]
            }
            Screen::Compare => vec![Context::Views, Context::List, Context::Go, Context::Global],
            Screen::Session => match self.sitting.as_ref().and_then(Sitting::part).map(|part| part.kind) {
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
            Screen::Reflect => match self.reflect.as_ref().map(Reflect::step) {
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
        let marked = match self.layers.last() {
            Some(Layer::Picker(picker)) if picker.purpose == PickerFor::Theme => self.themes.get(picker.at),
            _ => None,
        };
        marked.unwrap_or(&self.theme)
    }

    /// Shows a screen and remembers the way back.
    pub(super) fn go(&mut self, screen: Screen) {
        if self.screen != screen {
            self.trail.push(self.screen);
            self.screen = screen;
        }
        if self.trail.len() > 20 {
            self.trail.remove(0);
        }
    }

    /// The person's level in the framework of a behaviour.
    #[must_use]
    pub fn level_for(&self, ix: crate::domain::BehaviourIx) -> Option<String> {
        let framework = self.library.as_ref()?.framework_of(ix);
        let own = self.snapshot.person.level.as_deref()?;
        framework.level(own).map(|(_, level)| level.id.clone())
    }
}

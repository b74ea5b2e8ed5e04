//! What the screens hold about the person whose records are open. Nothing of it outlives them: other records begin with a
//! new value, so a field that is added here cannot be forgotten.

use std::collections::VecDeque;

use super::advice::AdviceScreen;
use super::answering::Reflect;
use super::compare::CompareScreen;
use super::drafts::Unkept;
use super::find::FindScreen;
use super::journal::JournalScreen;
use super::layer::Layer;
use super::messages::Said;
use super::model::Notice;
use super::place::Screen;
use super::plan::PlanScreen;
use super::progress::ProgressScreen;
use super::rules::RulesScreen;
use super::session_draft::SessionDraft;
use super::snapshot::Snapshot;
use super::withdraw::Withheld;
use crate::domain::Profile;

/// Everything on the screens that belongs to one person's records.
#[derive(Debug, Clone)]
pub struct PersonState {
    /// What becomes of the program's end while something that is being written could not be kept.
    pub unkept: Unkept,
    /// The records; empty until they are open.
    pub snapshot: Snapshot,
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
    pub sitting: Option<SessionDraft>,
    /// A session on its way to the disk; it comes back to the screen if it does not arrive.
    pub ending: Option<SessionDraft>,
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
    /// How things changed.
    pub progress: ProgressScreen,
    /// Everything that was written.
    pub journal: JournalScreen,
    /// Shown above the footer.
    pub notice: Option<Notice>,
    /// What was said, the latest last.
    pub said: VecDeque<Said>,
    /// What was cut or copied last, to be inserted again.
    pub copied: String,
}

impl PersonState {
    /// The screens before any records are open; the profile is that of nobody.
    #[must_use]
    pub fn of_nobody(profile: Profile) -> Self {
        Self {
            unkept: Unkept::default(),
            snapshot: Snapshot::of_nobody(profile),
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
            progress: ProgressScreen::default(),
            journal: JournalScreen::default(),
            notice: None,
            said: VecDeque::new(),
            copied: String::new(),
        }
    }
}

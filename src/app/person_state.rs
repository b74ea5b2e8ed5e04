//! State of the screens that belongs to the person whose records are open. Other records begin with a new value of this
//! type, so no field can be forgotten when the person changes.

use std::collections::VecDeque;

use super::advice::AdviceScreen;
use super::answering::Reflect;
use super::compare::CompareScreen;
use super::drafts::Unkept;
use super::find::FindScreen;
use super::held_back::HeldBack;
use super::journal::JournalScreen;
use super::layer::Layer;
use super::messages::Said;
use super::model::Notice;
use super::place::Screen;
use super::positions::Positions;
use super::progress::ProgressScreen;
use super::rules::RulesScreen;
use super::session_draft::SessionDraft;
use super::snapshot::Snapshot;
use super::withdraw::Withheld;
use super::writing::Copied;
use crate::domain::Profile;

/// Everything on the screens that belongs to one person's records.
#[derive(Debug, Clone)]
pub struct PersonState {
    /// Whether drafts could be saved.
    pub unkept: Unkept,
    /// The records; empty until they are open.
    pub snapshot: Snapshot,
    /// The screen in front.
    pub screen: Screen,
    /// Overlays over the screen, the top one last.
    pub layers: Vec<Layer>,
    /// Screens to go back to, the previous one last.
    pub trail: Vec<Screen>,
    /// Marked rows and scroll offsets of the screens.
    pub at: Positions,
    pub find: FindScreen,
    /// The answer being given.
    pub reflect: Option<Reflect>,
    /// An answer that is being saved; it returns to `reflect` if saving fails.
    pub saving: Option<Reflect>,
    pub advice: AdviceScreen,
    pub rules: RulesScreen,
    /// The session in progress.
    pub sitting: Option<SessionDraft>,
    /// A session that is being saved; it returns to `sitting` if saving fails.
    pub ending: Option<SessionDraft>,
    /// Texts being written while something is withdrawn; they come back without the withdrawn words.
    pub withheld: Option<Box<Withheld>>,
    pub compare: CompareScreen,
    /// Whether lines that only the coach may read are shown.
    pub show_private: bool,
    /// The place in which typed text is dropped, because the private text it was meant for has just been hidden.
    pub held_back: Option<HeldBack>,
    pub progress: ProgressScreen,
    pub journal: JournalScreen,
    /// The notice above the footer.
    pub notice: Option<Notice>,
    /// Recent notices, newest last.
    pub said: VecDeque<Said>,
    /// The text that was cut or copied last.
    pub copied: Copied,
}

impl PersonState {
    /// Creates the state before any records are open; the profile is an empty one.
    #[must_use]
    pub fn of_nobody(profile: Profile) -> Self {
        Self {
            unkept: Unkept::default(),
            snapshot: Snapshot::of_nobody(profile),
            screen: Screen::Home,
            layers: Vec::new(),
            trail: Vec::new(),
            at: Positions::default(),
            find: FindScreen::default(),
            reflect: None,
            saving: None,
            advice: AdviceScreen::default(),
            rules: RulesScreen::default(),
            sitting: None,
            ending: None,
            withheld: None,
            compare: CompareScreen::default(),
            show_private: false,
            held_back: None,
            progress: ProgressScreen::default(),
            journal: JournalScreen::default(),
            notice: None,
            said: VecDeque::new(),
            copied: Copied::default(),
        }
    }
}

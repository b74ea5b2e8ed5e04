//! A place is a screen or what lies over one. All that the rest of the program asks of it is in [`Place`], and each place
//! answers in a file of its own: none knows another.

use super::advice::AdvicePlace;
use super::agreement::AgreementPlace;
use super::chooser::ChooserPlace;
use super::compare::ComparePlace;
use super::dialogue::DialoguePlace;
use super::edit::EditBuffer;
use super::find::FindPlace;
use super::form::FormPlace;
use super::handler::Handled;
use super::help::HelpPlace;
use super::home::HomePlace;
use super::journal::JournalPlace;
use super::layer::Layer;
use super::messages::MessagesPlace;
use super::model::Model;
use super::palette::PalettePlace;
use super::past::PastPlace;
use super::picker::{PickerPlace, TicksPlace};
use super::plan::PlanPlace;
use super::progress::ProgressPlace;
use super::reflect::ReflectPlace;
use super::rule::RulePlace;
use super::rules::RulesPlace;
use super::safety::SafetyPlace;
use super::secret_page::{PaperPlace, SecretPlace};
use super::session::SessionPlace;
use super::tour::TourPlace;
use super::view::View;
use crate::command::{Command, Context};

/// A list: the marked row, counted from 0, and how many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct List {
    pub(super) marked: usize,
    pub(super) rows: usize,
}

/// What a screen, or what lies over one, answers. Only [`Place::contexts`] has to be there.
pub(super) trait Place: Sync {
    /// Where a key would be pressed now, innermost first.
    fn contexts(&self, model: &Model) -> Vec<Context>;

    /// What a command does here; `None` if it is no command of this place.
    fn handle(&self, _: &Model, _: Command) -> Option<Handled> {
        None
    }

    /// The list in which a row can be marked; `None` where there is none, and the mark scrolls the page.
    fn list(&self, _: &Model) -> Option<List> {
        None
    }

    /// Marks a row of it that exists.
    fn mark(&self, _: &mut Model, _row: usize) {}

    /// How far its page is scrolled, in rows; `None` if nothing scrolls.
    fn scroll<'a>(&self, _: &'a mut Model) -> Option<&'a mut u16> {
        None
    }

    /// The text that is being written; `None` where letters are commands.
    fn text<'a>(&self, _: &'a Model) -> Option<&'a EditBuffer> {
        None
    }

    /// Changes that text, and whatever follows from it.
    fn write(&self, _: &mut Model, _change: &mut dyn FnMut(&mut EditBuffer)) {}

    /// What stands in it. The terminal draws it and the plain mode tells it.
    fn view<'a>(&self, _: &'a Model) -> Option<View<'a>> {
        None
    }

    /// Whether the command that leads here does so now.
    ///
    /// # Errors
    /// Why not, as a sentence.
    fn reachable(&self, _: &Model) -> Result<(), &'static str> {
        Ok(())
    }

    /// Something is to be done as it is shown.
    fn entered(&self, _: &mut Model) {}
}

/// One line a screen: its name, its place, and the command that leads there if there is one.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident = $place:ident $(, $command:ident)?;)*) => {
        /// One of the screens.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Screen {
            $($(#[$doc])* $name,)*
        }

        impl Screen {
            /// What it answers.
            pub(super) fn place(self) -> &'static dyn Place {
                match self {
                    $(Self::$name => &$place,)*
                }
            }

            /// The screen that a command leads to.
            #[must_use]
            pub fn of(command: Command) -> Option<Self> {
                match command {
                    $($(Command::$command => Some(Self::$name),)?)*
                    _ => None,
                }
            }
        }
    };
}

screens! {
    /// What matters now.
    Home = HomePlace, GoHome;
    /// Search.
    Find = FindPlace, GoFind;
    /// One answer being given.
    Reflect = ReflectPlace, GoReflect;
    /// What the rules recommend.
    Advice = AdvicePlace, GoAdvice;
    /// What was decided.
    Plan = PlanPlace, GoPlan;
    /// The packs and rules behind the advice.
    Rules = RulesPlace, GoRules;
    /// One rule whole.
    Rule = RulePlace;
    /// A session, or where one is begun.
    Session = SessionPlace, GoSession;
    /// What coach and client agreed.
    Agreement = AgreementPlace, GoAgreement;
    /// Two views of the focus set.
    Compare = ComparePlace, GoCompare;
    /// How things changed.
    Progress = ProgressPlace, GoProgress;
    /// Everything that was written.
    Journal = JournalPlace, GoJournal;
    /// A session that has ended, with its notes.
    Past = PastPlace;
}

impl Screen {
    /// The commands that lead to those that have a tab, in the order of the tabs.
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

impl Layer {
    /// What it answers.
    pub(super) fn place(&self) -> &'static dyn Place {
        match self {
            Self::Help(_) => &HelpPlace,
            Self::Palette(_) => &PalettePlace,
            Self::Messages(_) => &MessagesPlace,
            Self::Tour(_) => &TourPlace,
            Self::Form(_) => &FormPlace,
            Self::Picker(_) => &PickerPlace,
            Self::Chooser(_) => &ChooserPlace,
            Self::Ticks(_) => &TicksPlace,
            Self::Dialogue(_) => &DialoguePlace,
            Self::Secret(_) => &SecretPlace,
            Self::Paper(_) => &PaperPlace,
            Self::Safety(_) => &SafetyPlace,
        }
    }
}

impl Model {
    /// What is in front: the top layer, or the screen under them.
    pub(super) fn place(&self) -> &'static dyn Place {
        self.person.layers.last().map_or_else(|| self.person.screen.place(), Layer::place)
    }

    /// Where a key would be pressed now, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        self.place().contexts(self)
    }
}

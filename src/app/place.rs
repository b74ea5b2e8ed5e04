//! A place is a screen or an overlay. Everything the rest of the program needs from one is in [`Place`], which each
//! place implements in a file of its own, with as little knowledge of the others as possible.

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
use super::positions::Position;
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

/// The state of a list: the index of the marked (highlighted) row, counted from 0, and the number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct List {
    pub(super) marked: usize,
    pub(super) rows: usize,
}

/// The interface of a screen or an overlay. Only [`Place::contexts`] has no default.
pub(super) trait Place: Sync {
    /// Returns the contexts in which a key is looked up, innermost first.
    fn contexts(&self, model: &Model) -> Vec<Context>;

    /// Returns the handler of a command, or `None` if the command does not belong to this place.
    fn handle(&self, _: &Model, _: Command) -> Option<Handled> {
        None
    }

    /// Returns the screen under which the marked row and the scroll offset are kept; `None` for a place that keeps them
    /// itself or has none.
    fn screen(&self) -> Option<Screen> {
        None
    }

    /// Returns the number of rows of the list; `None` if there is no list.
    fn rows(&self, _: &Model) -> Option<usize> {
        None
    }

    /// Returns the list in which a row can be marked; `None` if there is none, and movement then scrolls the page.
    fn list(&self, model: &Model) -> Option<List> {
        let marked = model.person.at[self.screen()?].row;
        Some(List { marked, rows: self.rows(model)? })
    }

    /// Marks a row of that list. The row must exist.
    fn mark(&self, model: &mut Model, row: usize) {
        if let Some(screen) = self.screen() {
            model.person.at[screen] = Position::at(row);
        }
    }

    /// Returns the scroll offset of the page, in rows; `None` if nothing can be scrolled.
    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        Some(&mut model.person.at[self.screen()?].scroll)
    }

    /// Returns the text being written; `None` if letters are commands here.
    fn text<'a>(&self, _: &'a Model) -> Option<&'a EditBuffer> {
        None
    }

    /// Changes that text, and updates whatever depends on it.
    fn write(&self, _: &mut Model, _change: &mut dyn FnMut(&mut EditBuffer)) {}

    /// Describes what the place shows. The terminal draws the description, and plain mode prints it.
    fn view<'a>(&self, _: &'a Model) -> Option<View<'a>> {
        None
    }

    /// Checks whether the command that leads to this place is available.
    ///
    /// # Errors
    /// Returns the reason why not, as a sentence.
    fn reachable(&self, _: &Model) -> Result<(), &'static str> {
        Ok(())
    }

    /// Runs when a command goes to this place, before it is drawn.
    fn entered(&self, _: &mut Model) {}
}

/// Declares the screens, one per line: name, place, and the command that leads there, if there is one.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident = $place:ident $(, $command:ident)?;)*) => {
        /// One of the screens.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Screen {
            $($(#[$doc])* $name,)*
        }

        impl Screen {
            /// The number of screens.
            pub(super) const COUNT: usize = [$(Self::$name,)*].len();

            /// Returns the place of this screen.
            pub(super) fn place(self) -> &'static dyn Place {
                match self {
                    $(Self::$name => &$place,)*
                }
            }

            /// Returns the screen that a command leads to.
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
    /// Today: what needs attention, as rows that lead on.
    Home = HomePlace, GoHome;
    /// Search for behaviours.
    Find = FindPlace, GoFind;
    /// One answer being given.
    Reflect = ReflectPlace, GoReflect;
    /// Activities that the rules recommend.
    Advice = AdvicePlace, GoAdvice;
    /// The actions that the user decided on.
    Plan = PlanPlace, GoPlan;
    /// The list of packs and rules.
    Rules = RulesPlace, GoRules;
    /// One rule in full; has no command of its own.
    Rule = RulePlace;
    /// The session in progress, or the choice of a model to begin one with.
    Session = SessionPlace, GoSession;
    /// The agreement between coach and client.
    Agreement = AgreementPlace, GoAgreement;
    /// Two views of the focus set, rated separately by client and coach.
    Compare = ComparePlace, GoCompare;
    /// How ratings changed over time.
    Progress = ProgressPlace, GoProgress;
    /// Everything that was written, searchable.
    Journal = JournalPlace, GoJournal;
    /// A session that has ended, with its notes; opened from the journal.
    Past = PastPlace;
}

impl Screen {
    /// The screens that have a tab, in the order of the tabs, with the command that leads to each.
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
    /// Returns the place of this overlay.
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
    /// Returns the place in front: the top overlay, or the screen if there is none.
    pub(super) fn place(&self) -> &'static dyn Place {
        self.person.layers.last().map_or_else(|| self.person.screen.place(), Layer::place)
    }

    /// Returns the contexts in which a key is looked up now, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        self.place().contexts(self)
    }
}

//! What is off while records are covered, locked, damaged or only to be looked at, and why.

use super::layer::Layer;
use super::model::{Model, Records, Screen};
use crate::command::{Command, Context, Group, key};
use crate::domain::Lock;

/// Why nothing is begun while something is withdrawn.
pub(super) const WITHDRAWING: &str = "Something is being withdrawn; it takes a moment.";

/// Whether a command does something now, as far as that is a matter of locks; `None` where it is not.
pub(super) fn can(model: &Model, command: Command) -> Option<Result<(), &'static str>> {
    off(model, command).map_or_else(|| on_page(model, command), |why| Some(Err(why)))
}

/// Whether a command is off because records are covered, or are there and cannot be opened.
fn off(model: &Model, command: Command) -> Option<&'static str> {
    if model.is_covered() {
        let works = command.entry().keys.iter().any(|(context, _)| *context == Context::Secret);
        let always = matches!(command, Command::Quit | Command::Suspend | Command::Mouse);
        let help = !model.shell.watch.locking
            && (command == Command::Help || matches!(model.person.layers.last(), Some(Layer::Help(_))));
        let goes = matches!(command.entry().group, Group::Go) && command != Command::Back;
        let always = always || (help && (command == Command::Help || !goes));
        return (!works && !always).then_some("Your records are locked: type the passphrase first.");
    }
    let writes = matches!(
        command,
        Command::FindOpen
            | Command::FocusToggle
            | Command::AboutMe
            | Command::GoSession
            | Command::BeginSession
            | Command::People
            | Command::New
            | Command::GiveView
            | Command::Passphrase
            | Command::BackUp
            | Command::HandOver
    );
    if model.shell.records == Records::Shut && (writes || command == Command::Lock) {
        return Some("Your records cannot be opened; the first screen says why, and what to do.");
    }
    if model.person.withheld.is_some()
        && (writes || command == Command::Back && model.person.trail.contains(&Screen::Reflect))
    {
        return Some(WITHDRAWING);
    }
    let look = !model.person.snapshot.safety.look.is_empty();
    (look && writes && !matches!(command, Command::BackUp | Command::People | Command::HandOver))
        .then_some("These records can only be looked at here; the first screen says why.")
}

/// The same for what is only on such a page.
fn on_page(model: &Model, command: Command) -> Option<Result<(), &'static str>> {
    let page = match model.person.layers.last() {
        Some(Layer::Secret(page)) => Some(page),
        _ => None,
    };
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    Some(match (command, page) {
        (Command::TakeSecret, Some(page)) => when(!page.working, "It is being tried."),
        (Command::Reveal | Command::ClearSecret, Some(page)) => when(!page.lines.is_empty(), "Nothing is typed here."),
        (Command::EraseLeft, Some(_)) => Ok(()),
        (Command::OfferWords, Some(page)) => when(page.is_choosing(), "No new passphrase is chosen here."),
        (Command::NextField | Command::PreviousField, Some(page)) => {
            when(page.lines.len() > 1, "There is one line only.")
        }
        (Command::Back, Some(page)) => when(!page.is_cover() && !page.working, "Type the passphrase first."),
        (Command::Back, None) if matches!(model.person.layers.last(), Some(Layer::Paper(_))) => {
            Err(concat!("Write it down first; ", key!("paper-kept"), " goes on."))
        }
        (Command::Lock, _) => match model.person.snapshot.safety.lock {
            Lock::Nothing => Err("There are no records to put away yet."),
            _ => Ok(()),
        },
        (Command::Passphrase | Command::BackUp | Command::Restore, _) if model.shell.demo => {
            Err("The demonstration is kept in memory.")
        }
        (Command::BackUp, _) => when(model.person.snapshot.safety.lock != Lock::Nothing, "There are no records yet."),
        (Command::Passphrase | Command::Restore, _) => {
            when(model.shell.library.is_some(), "The records are still opening.")
        }
        _ => return None,
    })
}

impl Model {
    /// The records are locked or covered: nothing of them may be drawn or told.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.person.layers.iter().any(|layer| matches!(layer, Layer::Secret(page) if page.is_cover()))
    }

    /// What is typed next must not be seen.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self.person.layers.last(), Some(Layer::Secret(page)) if !page.lines.is_empty())
    }

    /// Seconds until the records are put away if no key comes; `None` if they stay.
    #[must_use]
    pub(super) fn lock_in(&self) -> Option<u64> {
        let open = self.person.snapshot.safety.lock == Lock::Passphrase
            && self.shell.records == Records::Open
            && !self.is_covered();
        (open && self.shell.watch.after > 0)
            .then(|| (self.shell.watch.touched + self.shell.watch.after).saturating_sub(self.shell.now))
    }
}

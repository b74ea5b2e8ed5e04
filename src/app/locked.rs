//! Commands that are unavailable while records are covered, locked, damaged or read-only, and the reasons.

use super::layer::Layer;
use super::model::{Model, Records};
use super::place::Screen;
use crate::command::{Command, Context, Group};
use crate::domain::Lock;

/// Reason why nothing can be begun while something is being withdrawn.
pub(super) const WITHDRAWING: &str = "Cairn is withdrawing something. This takes a moment.";

/// Returns why a command is unavailable because of the state of the records; `None` if that state allows it.
pub(super) fn off(model: &Model, command: Command) -> Option<&'static str> {
    if model.is_covered() {
        let works = command.entry().keys.iter().any(|(context, _)| *context == Context::Secret);
        let always = matches!(command, Command::Quit | Command::Suspend | Command::HowToPause | Command::Mouse);
        let help = !model.shell.watch.locking
            && (command == Command::Help || matches!(model.person.layers.last(), Some(Layer::Help(_))));
        let goes = matches!(command.entry().group, Group::Go) && command != Command::Back;
        let always = always || (help && (command == Command::Help || !goes));
        return (!works && !always).then_some("Your records are locked. Type the passphrase first.");
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
        return Some("Cairn cannot open your records. Today says why, and what to do.");
    }
    if model.person.withheld.is_some()
        && (writes || command == Command::Back && model.person.trail.contains(&Screen::Reflect))
    {
        return Some(WITHDRAWING);
    }
    let look = !model.person.snapshot.safety.look.is_empty();
    (look && writes && !matches!(command, Command::BackUp | Command::People | Command::HandOver))
        .then_some("You can only read these records here. Today says why.")
}

impl Model {
    /// Returns whether a page for unlocking covers the screen, so that no content of the records may be drawn or
    /// printed.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.person.layers.iter().any(|layer| matches!(layer, Layer::Secret(page) if page.is_cover()))
    }

    /// Returns whether the next input is secret and must not be echoed.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self.person.layers.last(), Some(Layer::Secret(page)) if !page.lines.is_empty())
    }

    /// Returns the number of seconds until the records are put away if no key is pressed; `None` if they stay open.
    #[must_use]
    pub(super) fn lock_in(&self) -> Option<u64> {
        let open = self.person.snapshot.safety.lock == Lock::Passphrase
            && self.shell.records == Records::Open
            && !self.is_covered();
        let after = self.shell.watch.after.as_secs();
        (open && after > 0).then(|| (self.shell.watch.touched + after).saturating_sub(self.shell.now))
    }
}

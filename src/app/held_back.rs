//! Text typed on after a private text was hidden or shown. It may be meant for that text, and must not continue the one
//! that both people at the screen read, so it is dropped until the user moves on purpose.

use super::model::{Model, Tone};
use super::place::Screen;
use crate::command::{Chord, Command, KeyName};
use crate::domain::SessionKind;

/// The place in which typed text is dropped: the screen, and how many overlays are over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldBack {
    screen: Screen,
    layers: usize,
}

/// Drops from now on what is typed on this screen under this many overlays.
pub(super) fn begin(model: &mut Model, screen: Screen, layers: usize) {
    model.person.held_back = Some(HeldBack { screen, layers });
}

/// Drops what is typed in the session if its private note was asked for and is hidden: what is typed next was meant for
/// it.
pub(super) fn refused(model: &mut Model, command: Command) {
    let has_private = model.session_kind() == SessionKind::OneToOne && !model.person.show_private;
    let writes = model.person.sitting.as_ref().is_some_and(|sitting| sitting.buffer().is_some());
    if command == Command::OtherNote && model.person.screen == Screen::Session && has_private && writes {
        begin(model, Screen::Session, 0);
    }
}

/// Takes typed text in every place again.
pub(super) fn end(model: &mut Model) {
    model.person.held_back = None;
}

/// Returns whether typed text is dropped in the current place.
fn is_here(model: &Model) -> bool {
    let here = HeldBack { screen: model.person.screen, layers: model.person.layers.len() };
    model.person.held_back == Some(here)
}

/// Returns whether text typed in the session is dropped.
pub(super) fn is_in_session(model: &Model) -> bool {
    model.person.held_back.is_some_and(|held| held.screen == Screen::Session)
}

/// Returns whether typed text is dropped, and says so.
pub(super) fn drops_text(model: &mut Model) -> bool {
    let drops = is_here(model);
    if drops {
        let words = if is_in_session(model) {
            "Cairn did not type that, because this is the SHARED note. To write here, press an arrow key first."
        } else {
            "Cairn did not type that, because the text is hidden. To write here, press an arrow key first."
        };
        model.say(Tone::Plain, words);
    }
    drops
}

/// Like [`drops_text`], for a line of plain mode: it has no caret to move, so the same line is taken the second time.
pub(super) fn drops_line(model: &mut Model) -> bool {
    let drops = is_here(model);
    if drops {
        let words = if is_in_session(model) {
            "Cairn did not save that, because this is the SHARED note. Type it again to write it here."
        } else {
            "Cairn did not save that, because its text is hidden. Type it again to write it here."
        };
        end(model);
        model.say(Tone::Plain, words);
    }
    drops
}

/// Returns whether a key is dropped because it may belong to the text: in a list, letters and enter are commands.
pub(super) fn drops_key(model: &mut Model, chord: Chord) -> bool {
    let is_typed = chord.printable().is_some() || matches!(chord.key, KeyName::Enter | KeyName::Backspace);
    is_typed && drops_text(model)
}

/// Returns whether a command is dropped because it changes text. Moving the caret ends the state; so does any other
/// command, except in a session, where only going to another text does: a look at something else and back leaves the
/// caret in the shared note.
pub(super) fn drops(model: &mut Model, command: Command) -> bool {
    if !is_here(model) {
        return false;
    }
    if changes_text(command) {
        return drops_text(model);
    }
    if is_deliberate(command) || !(is_in_session(model) || command == Command::HidePrivate) {
        end(model);
    }
    false
}

/// Returns whether a command would be dropped in the current place.
pub(super) fn holds(model: &Model, command: Command) -> bool {
    is_here(model) && changes_text(command)
}

/// Returns whether a command moves the caret as the message asks for, or goes to another text.
const fn is_deliberate(command: Command) -> bool {
    matches!(
        command,
        Command::Left
            | Command::Right
            | Command::LineUp
            | Command::LineDown
            | Command::NextPart
            | Command::PreviousPart
            | Command::OtherNote
            | Command::EditOutside
    )
}

const fn changes_text(command: Command) -> bool {
    matches!(
        command,
        Command::NewLine
            | Command::EraseLeft
            | Command::EraseRight
            | Command::EraseWord
            | Command::EraseToStart
            | Command::EraseToEnd
            | Command::Cut
            | Command::Insert
            | Command::Undo
            | Command::Redo
    )
}

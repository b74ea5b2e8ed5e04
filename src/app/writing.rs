//! The text being written in any place, with cutting, copying and inserting. Copied text is also sent to the terminal,
//! which decides whether it reaches the clipboard; the clipboard is never read.

use super::edit::{EditBuffer, MOST_CHARACTERS};
use super::effect::{Effect, TerminalJob};
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::{Model, Tone};
use super::place::Screen;
use super::{drafts, held_back, locking, outside};
use crate::command::{Command, Group};
use crate::domain::count;

/// Most bytes sent to the terminal. OSC 52 makes them a third longer, and many terminals drop more than 74 kB.
const MOST_COPIED: usize = 55_000;

/// Returns the text being written; `None` if letters are commands in the current place.
pub(super) fn written(model: &Model) -> Option<&EditBuffer> {
    model.place().text(model)
}

/// Text that was cut or copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copied {
    pub text: String,
    /// Whether it may come from a text that only the coach may read; it is removed when such texts are hidden.
    pub private: bool,
}

/// Returns whether what is in front may be a text that only the coach may read.
pub(super) fn is_private(model: &Model) -> bool {
    if !model.person.snapshot.person.is_client() || !model.person.show_private {
        return false;
    }
    match (model.person.layers.last(), &model.person.sitting) {
        (Some(Layer::Form(form)), _) => drafts::is_private(model, &form.purpose),
        (None, Some(sitting)) if model.person.screen == Screen::Session && sitting.buffer().is_some() => {
            sitting.in_private
        }
        // A page shows private lines among others, and a search may be for words of a private note.
        _ => true,
    }
}

/// Changes the text being written; does nothing if there is none.
pub(super) fn write(model: &mut Model, change: impl FnOnce(&mut EditBuffer)) {
    let mut change = Some(change);
    model.place().write(model, &mut |buffer| {
        if let Some(change) = change.take() {
            change(buffer);
        }
    });
}

/// Makes a change, and returns whether it changed the text and not only the caret.
pub(super) fn changed(buffer: &mut EditBuffer, change: impl FnOnce(&mut EditBuffer)) -> bool {
    let before = buffer.revision;
    change(buffer);
    buffer.revision != before
}

/// Pastes into the text being written; does nothing if there is none.
pub(super) fn paste(model: &mut Model, text: &str) {
    if locking::type_in(model, text) {
        return;
    }
    if held_back::drops_text(model) {
        return;
    }
    let mut left_out = 0;
    write(model, |buffer| left_out = buffer.paste(text));
    say_left_out(model, text, left_out);
}

/// Replaces the text being written.
pub(super) fn replace(model: &mut Model, text: &str) {
    if locking::retype(model, text) {
        return;
    }
    if held_back::drops_line(model) {
        return;
    }
    let mut left_out = 0;
    write(model, |buffer| left_out = buffer.set(text));
    say_left_out(model, text, left_out);
}

fn say_left_out(model: &mut Model, text: &str, left_out: usize) {
    if left_out > 0 {
        let all = text.chars().count();
        model.say(
            Tone::Bad,
            format!("Pasted {} of {all} characters, because a text can hold {}.", all - left_out, MOST_CHARACTERS),
        );
    }
}

/// Copies or cuts the selected text.
fn copy(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(text) = written(model).map(|buffer| buffer.selected().to_owned()) else { return Vec::new() };
    if command == Command::Cut {
        write(model, |buffer| {
            buffer.run(command, 1);
        });
    }
    carry(model, if command == Command::Cut { "Cut" } else { "Copied" }, text)
}

/// Copies the page as it was drawn, so that hidden lines are not copied.
pub(super) fn copy_page(model: &mut Model) -> Vec<Effect> {
    let text = model.view.page_text.trim().to_owned();
    carry(model, "Copied", text)
}

/// Inserts the text that was cut or copied last.
fn insert(model: &mut Model) {
    let text = model.person.copied.text.clone();
    paste(model, &text);
}

fn carry(model: &mut Model, done: &str, text: String) -> Vec<Effect> {
    let amount = match text.split_whitespace().count() {
        0 => count(text.chars().count(), "character", "characters"),
        words => count(words, "word", "words"),
    };
    let fits = text.len() <= MOST_COPIED;
    let words = if fits {
        format!("{done}: {amount}. Your clipboard also has it if your terminal allows that.")
    } else {
        format!("{done}: {amount}. You can insert it here, but it is too long for a clipboard.")
    };
    model.say(Tone::Plain, words);
    model.person.copied = Copied { private: is_private(model), text: text.clone() };
    if fits { vec![Effect::Terminal(TerminalJob::Copy(text))] } else { Vec::new() }
}

/// Returns the handler of a command on the text being written. These commands belong to no particular place.
pub(super) fn handle(model: &Model, command: Command) -> Handled {
    let written = written(model);
    let selected = written.is_some_and(|buffer| buffer.selection().is_some());
    match command {
        Command::Cut | Command::Copy => {
            let none = "Nothing is selected. To select text, press shift and an arrow key.";
            when(selected, none, move |model: &mut Model| copy(model, command))
        }
        Command::EditOutside => {
            when(written.is_some(), "You are not writing anything here.", |model: &mut Model| outside::edit(model))
        }
        Command::Insert => {
            when(!model.person.copied.text.is_empty(), "You have not cut or copied anything here yet.", insert)
        }
        Command::Undo if !written.is_some_and(EditBuffer::can_undo) => Err("There is nothing to undo."),
        Command::Redo if !written.is_some_and(EditBuffer::can_redo) => Err("There is nothing to redo."),
        Command::CopyPage => {
            let shown = !model.view.page_text.is_empty();
            when(shown, "There is no text to copy here.", |_: &mut Model| Effect::Terminal(TerminalJob::CopyPage))
        }
        edits if edits.entry().group == Group::Edit => act(move |model: &mut Model| edit(model, edits)),
        _ => Err("This key does nothing here."),
    }
}

/// Returns the handler that empties a search line.
pub(super) fn clear(line: &EditBuffer) -> Handled {
    let typed = !line.text().is_empty();
    when(typed, "The search line is empty.", |model: &mut Model| edit(model, Command::FindClear))
}

fn edit(model: &mut Model, command: Command) {
    let width = usize::from(model.view.write_width.max(10));
    write(model, |buffer| {
        buffer.run(command, width);
    });
}

/// Returns when the text was last saved, such as `kept 12:00`, with an ellipsis while a newer version is being saved;
/// empty if it was never saved. A demonstration saves nothing.
pub(super) fn kept_words(at: &str, under_way: bool, demo: bool) -> String {
    match (at.is_empty(), under_way) {
        (true, _) => String::new(),
        _ if demo => "not saved".to_owned(),
        (false, false) => format!("saved {at}"),
        (false, true) => format!("saved {at}\u{2026}"),
    }
}

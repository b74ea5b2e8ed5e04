//! The text that is being written, wherever that is, and what is carried from one to another: cutting, copying, inserting.
//! What is copied is handed to the terminal as well, which decides whether it reaches the clipboard; the clipboard is never
//! read.

use super::compare;
use super::edit::{EditBuffer, MOST_CHARACTERS};
use super::find::search;
use super::layer::{FormFor, Layer};
use super::locking;
use super::model::{Model, Screen, Tone};
use super::msg::Effect;
use crate::command::Command;
use crate::domain::count;

/// Most bytes handed to the terminal: written as OSC 52 they are a third longer, and many terminals drop more than 74 kB.
const MOST_COPIED: usize = 55_000;

/// The text that is being written; `None` where letters are commands.
pub(super) fn written(model: &Model) -> Option<&EditBuffer> {
    match model.person.layers.last() {
        Some(Layer::Form(form)) => return form.fields.get(form.at).map(|field| &field.buffer),
        Some(Layer::Chooser(chooser)) => return Some(&chooser.typed),
        Some(Layer::Dialogue(dialogue)) => return dialogue.buffer(),
        Some(Layer::Palette(palette)) => return Some(&palette.typed),
        Some(Layer::Help(help)) => return Some(&help.filter),
        Some(
            Layer::Picker(_)
            | Layer::Ticks(_)
            | Layer::Messages(_)
            | Layer::Tour(_)
            | Layer::Secret(_)
            | Layer::Paper(_)
            | Layer::Safety(_),
        ) => return None,
        None => {}
    }
    match model.person.screen {
        Screen::Find => Some(&model.person.find.query),
        Screen::Reflect => model.person.reflect.as_ref()?.page().map(|page| &page.buffer),
        Screen::Rules => Some(&model.person.rules.filter),
        Screen::Journal => Some(&model.person.journal.query),
        Screen::Session => model.person.sitting.as_ref()?.buffer(),
        Screen::Home
        | Screen::Advice
        | Screen::Plan
        | Screen::Rule
        | Screen::Agreement
        | Screen::Compare
        | Screen::Progress
        | Screen::Past => None,
    }
}

/// Changes the text that is being written, wherever that is.
pub(super) fn write(model: &mut Model, change: impl FnOnce(&mut EditBuffer)) {
    let Some(layer) = model.person.layers.last_mut() else { return write_on_screen(model, change) };
    match layer {
        Layer::Form(form) => {
            form.problem.clear();
            if let Some(field) = form.fields.get_mut(form.at) {
                change(&mut field.buffer);
            }
            if form.purpose == FormFor::Example {
                // What was seen belongs to the view that is being given, and is kept with it.
                let text = form.line(0);
                compare::exampled(model, &text);
            } else {
                form.unsaved = true;
            }
        }
        Layer::Chooser(chooser) => {
            if changed(&mut chooser.typed, change) {
                chooser.narrow();
            }
        }
        Layer::Dialogue(dialogue) => {
            dialogue.problem.clear();
            if let Some(buffer) = dialogue.buffer_mut() {
                change(buffer);
                dialogue.unsaved = true;
            }
        }
        Layer::Palette(palette) => {
            if changed(&mut palette.typed, change) {
                palette.narrow();
            }
        }
        Layer::Help(help) => {
            change(&mut help.filter);
            help.scroll = 0;
        }
        Layer::Picker(_)
        | Layer::Ticks(_)
        | Layer::Messages(_)
        | Layer::Tour(_)
        | Layer::Secret(_)
        | Layer::Paper(_)
        | Layer::Safety(_) => {}
    }
}

/// Makes a change, and says whether it was one of the text and not only of the caret.
fn changed(buffer: &mut EditBuffer, change: impl FnOnce(&mut EditBuffer)) -> bool {
    let before = buffer.revision;
    change(buffer);
    buffer.revision != before
}

/// The same on a screen that nothing lies over.
fn write_on_screen(model: &mut Model, change: impl FnOnce(&mut EditBuffer)) {
    match model.person.screen {
        Screen::Find => {
            if changed(&mut model.person.find.query, change) {
                search(model);
            }
        }
        Screen::Reflect => {
            let Some(reflect) = &mut model.person.reflect else { return };
            let Some(page) = reflect.page_mut() else { return };
            if changed(&mut page.buffer, change) {
                reflect.unsaved = true;
            }
        }
        Screen::Rules => {
            if changed(&mut model.person.rules.filter, change) {
                model.person.rules.narrow();
            }
        }
        Screen::Journal => {
            if changed(&mut model.person.journal.query, change) {
                model.person.journal.narrow();
            }
        }
        Screen::Session => {
            if super::session::is_held_back(model) {
                return;
            }
            let Some(sitting) = &mut model.person.sitting else { return };
            let Some(buffer) = sitting.buffer_mut() else { return };
            change(buffer);
            sitting.unsaved = true;
        }
        Screen::Home
        | Screen::Advice
        | Screen::Plan
        | Screen::Rule
        | Screen::Agreement
        | Screen::Compare
        | Screen::Progress
        | Screen::Past => {}
    }
}

/// Pastes where text is being written, and does nothing elsewhere.
pub(super) fn paste(model: &mut Model, text: &str) {
    if locking::type_in(model, text) {
        return;
    }
    let mut left_out = 0;
    write(model, |buffer| left_out = buffer.paste(text));
    say_left_out(model, text, left_out);
}

/// Puts a text in the place of what is being written.
pub(super) fn replace(model: &mut Model, text: &str) {
    if locking::retype(model, text) {
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
            format!("Pasted {} of {all} characters; a text holds {}.", all - left_out, MOST_CHARACTERS),
        );
    }
}

/// Copies what is selected, and takes it out if it is cut.
pub(super) fn copy(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(text) = written(model).map(|buffer| buffer.selected().to_owned()) else { return Vec::new() };
    if command == Command::Cut {
        write(model, |buffer| {
            buffer.run(command, 1);
        });
    }
    carry(model, if command == Command::Cut { "Cut" } else { "Copied" }, text)
}

/// Copies the page that was drawn, as it was drawn: what is hidden there stays hidden.
pub(super) fn copy_page(model: &mut Model) -> Vec<Effect> {
    let text = model.view.page_text.borrow().trim().to_owned();
    carry(model, "Copied", text)
}

/// Inserts what was cut or copied last.
pub(super) fn insert(model: &mut Model) {
    let text = model.person.copied.clone();
    paste(model, &text);
}

fn carry(model: &mut Model, done: &str, text: String) -> Vec<Effect> {
    let amount = match text.split_whitespace().count() {
        0 => count(text.chars().count(), "character", "characters"),
        words => count(words, "word", "words"),
    };
    let fits = text.len() <= MOST_COPIED;
    let words = if fits {
        format!("{done}: {amount}. The clipboard has it too if your terminal allows that.")
    } else {
        format!("{done}: {amount}. It can be inserted here, but is too much for a clipboard.")
    };
    model.say(Tone::Plain, words);
    model.person.copied.clone_from(&text);
    if fits { vec![Effect::Copy(text)] } else { Vec::new() }
}

/// Whether a command on a selection or on what was copied does something now.
pub(super) fn can(model: &Model, command: Command) -> Result<(), &'static str> {
    let when = |yes: bool, why: &'static str| if yes { Ok(()) } else { Err(why) };
    match command {
        Command::Cut | Command::Copy => when(
            written(model).is_some_and(|buffer| buffer.selection().is_some()),
            "Nothing is selected; shift and an arrow select.",
        ),
        Command::EditOutside => when(written(model).is_some(), "Nothing is being written here."),
        Command::Insert => when(!model.person.copied.is_empty(), "Nothing was cut or copied here yet."),
        Command::Undo => when(written(model).is_some_and(EditBuffer::can_undo), "There is nothing to undo."),
        Command::Redo => when(written(model).is_some_and(EditBuffer::can_redo), "There is nothing to redo."),
        Command::CopyPage => when(!model.view.page_text.borrow().is_empty(), "There is no text to copy here."),
        _ => Ok(()),
    }
}

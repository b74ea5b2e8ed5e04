//! One teller a place: from the model to sentences. They say what the screens of [`tui`](crate::tui) draw, of the same
//! sheets and the same words, and charts in words and numbers.

mod compare;
mod faults;
mod find;
mod home;
mod journal;
mod layers;
mod progress;
mod reflect;
mod rules;
mod session;
mod view;

pub(super) use layers::messages;

use super::place_text::PlaceText;
use crate::app::{Layer, Model, Records, Screen};

/// All of what stands in front.
pub(super) fn render(model: &Model) -> PlaceText {
    match model.person.layers.last() {
        Some(Layer::Form(form)) => return layers::form(form),
        Some(Layer::Picker(picker)) => return layers::picker(picker),
        Some(Layer::Chooser(chooser)) => return layers::chooser(chooser),
        Some(Layer::Ticks(ticks)) => return layers::ticks(ticks),
        Some(Layer::Secret(page)) => return layers::secret(page),
        Some(Layer::Paper(page)) => return layers::paper(page),
        Some(Layer::Safety(_)) => return layers::safety(model),
        Some(Layer::Dialogue(dialogue)) => return layers::dialogue(dialogue, model),
        Some(Layer::Messages(_)) => return layers::messages(model),
        Some(Layer::Tour(at)) => return layers::tour(*at, model),
        // Help and the list of commands are told at once and never lie over anything here.
        Some(Layer::Help(_) | Layer::Palette(_)) | None => {}
    }
    if model.shell.records == Records::Turning {
        let mut out = PlaceText::at("turning");
        out.say("The records are being opened.");
        return out;
    }
    if let Some(described) = model.view_of_place() {
        return view::render(&described);
    }
    match model.person.screen {
        Screen::Home => home::render(model),
        Screen::Find => find::render(model),
        Screen::Reflect => reflect::render(model),
        Screen::Rules => rules::list(model),
        Screen::Rule => rules::rule(model),
        Screen::Session => session::render(model),
        Screen::Compare => compare::render(model),
        Screen::Progress => progress::render(model),
        Screen::Journal => journal::render(model),
        Screen::Advice => nothing("Advice"),
        Screen::Plan => nothing("Plan"),
        Screen::Past => nothing("Session"),
        Screen::Agreement => nothing("Agreement"),
    }
}

/// A place that needs what is not open yet; in lines it is there before the first of them is read.
fn nothing(place: &str) -> PlaceText {
    let mut out = PlaceText::at(place);
    out.say(format!("{place} has nothing to show."));
    out
}

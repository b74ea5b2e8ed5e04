//! One teller a place: from the model to sentences. They say what the screens of [`tui`](crate::tui) draw, of the same
//! sheets and the same words, and charts in words and numbers.

mod advice;
mod agreement;
mod compare;
mod faults;
mod find;
mod home;
mod journal;
mod layers;
mod plan;
mod progress;
mod reflect;
mod rules;
mod session;

pub(super) use layers::messages;

use super::told::Told;
use crate::app::{Layer, Model, Records, Screen};

/// All of what stands in front.
pub(super) fn tell(model: &Model) -> Told {
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
        let mut told = Told::at("turning");
        told.say("The records are being opened.");
        return told;
    }
    match model.person.screen {
        Screen::Home => home::tell(model),
        Screen::Find => find::tell(model),
        Screen::Reflect => reflect::tell(model),
        Screen::Advice => advice::tell(model),
        Screen::Plan => plan::tell(model),
        Screen::Rules => rules::list(model),
        Screen::Rule => rules::rule(model),
        Screen::Session => session::tell(model),
        Screen::Agreement => agreement::tell(model),
        Screen::Compare => compare::tell(model),
        Screen::Progress => progress::tell(model),
        Screen::Journal => journal::tell(model),
        Screen::Past => journal::past(model),
    }
}

/// A place that needs what is not open yet; in lines it is there before the first of them is read.
fn nothing(place: &str) -> Told {
    let mut told = Told::at(place);
    told.say(format!("{place} has nothing to show."));
    told
}

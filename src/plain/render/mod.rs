//! From the model to sentences: the view of the place in front, told.

mod faults;
mod view;

pub(super) use view::messages;

use super::place_text::PlaceText;
use crate::app::{Model, Records};

/// All of what stands in front. Help and the list of commands are told at once and never lie over anything here.
pub(super) fn render(model: &Model) -> PlaceText {
    if model.person.layers.is_empty() && model.shell.records == Records::Turning {
        let mut out = PlaceText::at("turning");
        out.say("The records are being opened.");
        return out;
    }
    model.view_of_place().map(|described| view::render(&described)).unwrap_or_default()
}

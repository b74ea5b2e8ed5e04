//! Converts the model to sentences.

mod faults;
mod view;

pub(super) use view::messages;

use super::place_text::PlaceText;
use crate::app::{Model, Records};

/// Renders the current place. Help and the list of commands are printed at once and are never an overlay in plain mode.
pub(super) fn render(model: &Model) -> PlaceText {
    if model.person.layers.is_empty() && model.shell.records == Records::Turning {
        let mut out = PlaceText::at("turning");
        out.say("Opening your records.");
        return out;
    }
    model.view_of_place().map(|described| view::render(&described)).unwrap_or_default()
}

//! Agreement: what coach and client agreed.

use super::super::place_text::PlaceText;
use super::nothing;
use crate::app::Model;
use crate::domain::Sheet;

pub(super) fn render(model: &Model) -> PlaceText {
    let Some(library) = &model.shell.library else { return nothing("Agreement") };
    let mut out = PlaceText::at("Agreement");
    out.say(format!("Agreement. What {} and the coach agreed:", model.person.snapshot.person.name));
    out.read(&Sheet::agreement(library, &model.person.snapshot.dossier, &model.terms()));
    out
}

//! Agreement: what coach and client agreed.

use super::super::told::Told;
use super::nothing;
use crate::app::Model;
use crate::domain::Sheet;

pub(super) fn tell(model: &Model) -> Told {
    let Some(library) = &model.shell.library else { return nothing("Agreement") };
    let mut told = Told::at("Agreement");
    told.say(format!("Agreement. What {} and the coach agreed:", model.person.snapshot.person.name));
    told.read(&Sheet::agreement(library, &model.person.snapshot.dossier, &model.terms()));
    told
}

//! Today: what matters now.

use super::super::told::Told;
use crate::app::{FIRST_STEPS, Model, items};

pub(super) fn tell(model: &Model) -> Told {
    let mut told = Told::at("Today");
    told.say(format!("Today. {}.", model.greeting().trim_end_matches('.')));
    told.say(model.so_far());
    if model.is_first_time() {
        for (at, step) in FIRST_STEPS.iter().enumerate() {
            told.say(format!("Step {}. {step}", at + 1));
        }
    }
    told.say("What matters now:");
    for item in items(model) {
        let lead = if item.urgent { "Now: " } else { "" };
        let note = if item.note.is_empty() { String::new() } else { format!("; {}", item.note) };
        told.row(format!("{lead}{}{note}.", item.text));
    }
    told.row = model.home_row;
    told.teach("A number opens that row.");
    told
}

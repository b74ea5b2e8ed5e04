//! What the first screen says, as lines: for pipes, dumb terminals and `--plain`.

use std::process::ExitCode;

use super::out::{Out, finish, standing};
use crate::app::{Model, Msg, Target, items, update};
use crate::desk::{Desk, Opening};
use crate::domain::long_day;
use crate::error::Error;
use crate::run::opened;

pub(super) fn run(opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = Desk::open(opening)?;
    desk.shelf = standing(std::mem::take(&mut desk.shelf))?;
    let mut model = Model::new(desk.today(), opening.demo);
    update(&mut model, Msg::Opened(Box::new(opened(&mut desk, None)?)));
    out.line(format!("Cairn, {}{}", long_day(model.today), if opening.demo { ", demonstration" } else { "" }));
    out.line("What matters now");
    for item in items(&model) {
        let note = if item.note.is_empty() { String::new() } else { format!(" ({})", item.note) };
        out.paragraph("  - ", &format!("{}{}{note}", if item.urgent { "now: " } else { "" }, item.text));
        let command = match item.to {
            Target::Find => "cairn search WORDS",
            Target::Reflect(_) => "cairn reflect",
            Target::Rules => "cairn rules check DIR",
            Target::Advice => "cairn recommend",
            Target::Action(_) | Target::Dialogue => "cairn plan",
            Target::Session | Target::Compare | Target::Agreement | Target::Form => "cairn",
            Target::People | Target::Person(_) => "cairn people",
            Target::AboutMe | Target::Tour | Target::Messages => continue,
        };
        out.line(format!("      {command}"));
    }
    Ok(finish(&desk.shelf))
}

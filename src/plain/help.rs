//! Help from the table of commands: what works in the current place, what is disabled and why, and the commands of
//! plain mode.

use super::input_mode::{InputMode, main_command};
use super::orders::{Named, OWN, is_listed, name, named};
use super::place_text::PlaceText;
use crate::app::{Model, Number, Screen};
use crate::command::{COMMANDS, Command, Group};
use crate::domain::join_and;
use crate::search::syntax;

/// Maximum number of commands in the closing sentence of a place.
const MOST_NAMED: usize = 10;
/// Minimum priority of a navigation command that the first screen names.
const FEWEST_PRIORITY: u8 = 28;

/// Returns one sentence that names the commands of the current place, most important first.
pub(super) fn hint(model: &Model, told: &PlaceText) -> String {
    let colon = if InputMode::of(model).is_words() { ":" } else { "" };
    // The command that a row's number runs need not be named, unless the number only reads the row.
    let by_number = main_command(model)
        .filter(|_| !told.rows.is_empty() && told.number == Number::Does && !told.only_read.contains(&told.row));
    let mut found: Vec<Command> = listed(model)
        .filter(|command| is_said(model, *command))
        .filter(|command| Some(*command) != by_number && *command != Command::Tick && model.can(*command).is_ok())
        .collect();
    found.sort_by_key(|command| std::cmp::Reverse(command.entry().priority));
    found.truncate(MOST_NAMED);
    let mut names: Vec<String> = found.iter().map(|command| format!("{colon}{}", name(model, *command))).collect();
    if model.can(Command::Back).is_ok() {
        names.push(format!("{colon}back"));
    }
    names.push(format!("{colon}help"));
    format!("Commands: {}.", names.join(", "))
}

/// Returns whether [`hint`] names a command: those that act and, on the first screen, those that lead to other screens.
fn is_said(model: &Model, command: Command) -> bool {
    let entry = command.entry();
    let ways = model.person.screen == Screen::Home && model.person.layers.is_empty();
    match entry.group {
        Group::Act => entry.priority > 0,
        Group::Go => {
            ways && entry.priority >= FEWEST_PRIORITY && !matches!(command, Command::Back | Command::HidePrivate)
        }
        Group::Move | Group::Edit => false,
    }
}

fn listed(model: &Model) -> impl Iterator<Item = Command> {
    let contexts = model.contexts();
    COMMANDS
        .iter()
        .map(|entry| entry.command)
        .filter(|command| is_listed(*command) && *command != Command::Help)
        .filter(move |command| command.works_in(&contexts))
}

/// Returns the whole help page of the current place.
pub(super) fn page(model: &Model) -> Vec<String> {
    let words = InputMode::of(model).is_words();
    let mut out = vec!["Help. You can type just the start of a command, if it fits only one.".to_owned()];
    if words {
        out.push("What you type here is text. To use a command, type a colon first, like \":back\".".to_owned());
    }
    let colon = if words { ":" } else { "" };
    for group in Group::ALL {
        let on: Vec<Command> = listed(model).filter(|c| c.entry().group == group && model.can(*c).is_ok()).collect();
        if !on.is_empty() {
            out.push(format!("{}:", group.title()));
        }
        out.extend(on.iter().map(|command| format!("{colon}{}. {}", name(model, *command), command.entry().help)));
    }
    out.push("Reading:".to_owned());
    out.extend(OWN.iter().map(|(_, name, help)| format!("{colon}{name}. {help}")));
    let mut off: Vec<(String, Vec<String>)> = Vec::new();
    for command in listed(model) {
        let Err(why) = model.can(command) else { continue };
        let (name, why) = (format!("{colon}{}", name(model, command)), why.to_owned());
        match off.iter_mut().find(|(other, _)| *other == why) {
            Some((_, names)) => names.push(name),
            None => off.push((why, vec![name])),
        }
    }
    off.retain(|(why, _)| why != "You are already on this screen.");
    if !off.is_empty() {
        out.push("Commands that do not work here:".to_owned());
        out.extend(off.iter().map(|(why, names)| format!("{}. {why}", names.join(", "))));
    }
    out
}

/// Returns what one command does, and why it is disabled if it is.
pub(super) fn of(model: &Model, said: &str) -> Vec<String> {
    match named(model, said) {
        Named::One(command) => {
            let mut out = vec![format!("{}. {}", name(model, command), command.entry().help)];
            out.extend(model.can(command).err().map(|why| format!("This does not work now: {why}")));
            out
        }
        Named::Own(own) => {
            OWN.iter().filter(|(other, ..)| *other == own).map(|(_, name, help)| format!("{name}. {help}")).collect()
        }
        Named::Several(names) => vec![format!("That could be {}.", join_and(&names))],
        Named::Nothing => vec![format!("There is no command called \"{said}\" here.")],
    }
}

/// Returns the syntax of search lines.
pub(super) fn searching() -> Vec<String> {
    let rows = syntax().iter().map(|(example, meaning)| format!("{example} finds {meaning}."));
    std::iter::once("In a search line:".to_owned()).chain(rows).collect()
}

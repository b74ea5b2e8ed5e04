//! From words to a command. A command is called by its id, its title or any beginning of one that means one thing here;
//! what is enabled goes before what is off, so that a word does what can be done and else hears why it cannot.

use crate::app::Model;
use crate::command::{COMMANDS, Command, Group};
use crate::domain::{fold, nearest};

/// What only lines need: on a screen the eye does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// Read all of it again.
    Again,
    /// Go on with a list.
    More,
    /// Read the marked row whole, or what is written.
    Show,
    /// Do what the place is for.
    Open,
    /// Erase what is written.
    Erase,
    /// Say where one is.
    Where,
    /// Say again what was said lately.
    Messages,
    /// Say what a search line understands.
    Searching,
    /// Say what works here.
    Help,
}

/// Own commands with their names and one line of help.
pub(super) const OWN: [(Own, &str, &str); 9] = [
    (Own::Again, "again", "Read again all of what is in front."),
    (Own::More, "more", "Go on with a long list."),
    (Own::Show, "show", "Read the marked row whole, or that of a number; while you write, read what stands there."),
    (Own::Open, "open", "Do with the marked row, or that of a number, what the place is for."),
    (Own::Erase, "erase", "Erase what is written here and begin again."),
    (Own::Where, "where", "Say where you are and whose records are open."),
    (Own::Messages, "messages", "Say again what was said lately, and what is wrong with settings and packs."),
    (Own::Searching, "searching", "Say what a search line understands."),
    (Own::Help, "help", "Say which commands work here; with the name of a command, what that one does."),
];

/// Other words that people say, and what they mean.
const ALIASES: [(&str, &str); 9] = [
    ("commands", "help"),
    ("exit", "quit"),
    ("bye", "quit"),
    ("search", "find"),
    ("read", "show"),
    ("repeat", "again"),
    ("yes", "open"),
    ("choose", "open"),
    ("shared note", "other note"),
];

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    One(Command),
    Own(Own),
    /// More than one thing, by their names.
    Several(Vec<String>),
    Nothing,
}

/// What a word or two mean in the place in front.
pub(super) fn named(model: &Model, said: &str) -> Named {
    let said = plain(said);
    let contexts = model.contexts();
    let here = |command: &Command| command.works_in(&contexts);
    let enabled = |command: &Command| here(command) && model.can(*command).is_ok();
    let all = || COMMANDS.iter().map(|entry| entry.command);
    // What moves a caret goes by its id only: to erase is more than a letter here.
    let exact = |command: &Command| id(*command) == said || (is_listed(*command) && title(*command) == said);
    let begins = |command: &Command| {
        is_listed(*command) && (id(*command).starts_with(&said) || title(*command).starts_with(&said))
    };
    let own = OWN.iter().find(|(_, name, _)| *name == said).map(|(own, ..)| *own);
    match all().filter(enabled).find(exact).filter(|command| told_here(*command).is_none()) {
        Some(command) => return Named::One(command),
        None if own.is_some() => return own.map_or(Named::Nothing, Named::Own),
        None => {}
    }
    if let Some((_, meant)) = ALIASES.iter().find(|(alias, _)| *alias == said) {
        return named(model, meant);
    }
    if said.is_empty() {
        return Named::Nothing;
    }
    match several(model, &all().filter(enabled).filter(begins).collect::<Vec<_>>()) {
        Named::Nothing => {}
        found => return found,
    }
    if let Some((own, ..)) = OWN.iter().find(|(_, name, _)| name.starts_with(&said)) {
        return Named::Own(*own);
    }
    // Off: its reason is the answer.
    if let Some(command) = all().filter(here).find(exact).or_else(|| all().find(exact)) {
        return Named::One(command);
    }
    several(model, &all().filter(here).filter(begins).collect::<Vec<_>>())
}

fn several(model: &Model, found: &[Command]) -> Named {
    match found {
        [] => Named::Nothing,
        [one] => Named::One(*one),
        more => Named::Several(more.iter().map(|command| name(model, *command)).collect()),
    }
}

/// The known word that is nearest to one that nobody knows.
pub(super) fn nearest_name(model: &Model, said: &str) -> Option<String> {
    let names: Vec<String> = COMMANDS
        .iter()
        .map(|entry| entry.command)
        .filter(|command| is_listed(*command) && command.works_in(&model.contexts()))
        .map(|command| name(model, command))
        .chain(OWN.iter().map(|(_, name, _)| (*name).to_owned()))
        .collect();
    nearest(&plain(said), names.iter().map(String::as_str)).map(str::to_owned)
}

/// What a command is called in the place in front: its title where that means it, else its id.
pub(super) fn name(model: &Model, command: Command) -> String {
    let title = title(command);
    let contexts = model.contexts();
    let others = COMMANDS.iter().map(|entry| entry.command).filter(|other| *other != command && is_listed(*other));
    let means = |other: &Command| id(*other) == title || self::title(*other) == title;
    let mut same = others.filter(|other| other.works_in(&contexts) && means(other));
    if same.next().is_some() { id(command) } else { title }
}

/// What lies over a screen to be read and is told at once instead: a line opens nothing that must be left again.
pub(super) fn told_here(command: Command) -> Option<Own> {
    match command {
        Command::Help | Command::Palette => Some(Own::Help),
        Command::Messages => Some(Own::Messages),
        _ => None,
    }
}

/// Whether help tells of a command: what moves a mark or a caret has no use in lines, though its id runs it, and points
/// of a scale are numbers.
pub(super) fn is_listed(command: Command) -> bool {
    let entry = command.entry();
    match entry.group {
        // There is no screen to leave, and no mouse on it.
        _ if matches!(command, Command::Suspend | Command::Mouse) => false,
        Group::Act | Group::Go => !entry.id.starts_with("pick") && told_here(command).is_none(),
        Group::Edit => matches!(command, Command::Undo | Command::Redo | Command::EditOutside),
        Group::Move => false,
    }
}

fn id(command: Command) -> String {
    command.entry().id.replace('-', " ")
}

fn title(command: Command) -> String {
    plain(command.entry().title)
}

fn plain(said: &str) -> String {
    fold(said).replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

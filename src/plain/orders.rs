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
    /// Say the last messages again.
    Messages,
    /// Say what a search line understands.
    Searching,
}

/// Own commands with their names and one line of help.
pub(super) const OWN: [(Own, &str, &str); 8] = [
    (Own::Again, "again", "Read again all of what is in front."),
    (Own::More, "more", "Go on with a long list."),
    (Own::Show, "show", "Read the marked row whole, or that of a number; while you write, read what stands there."),
    (Own::Open, "open", "Do with the marked row, or that of a number, what the place is for."),
    (Own::Erase, "erase", "Erase what is written here and begin again."),
    (Own::Where, "where", "Say where you are and whose records are open."),
    (Own::Messages, "messages", "Say the last messages again."),
    (Own::Searching, "searching", "Say what a search line understands."),
];

/// Other words that people say, and what they mean.
const ALIASES: [(&str, &str); 8] = [
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
    if let Some(command) = all().filter(enabled).find(exact) {
        return Named::One(command);
    }
    if let Some((own, ..)) = OWN.iter().find(|(_, name, _)| *name == said) {
        return Named::Own(*own);
    }
    if let Some((_, meant)) = ALIASES.iter().find(|(alias, _)| *alias == said) {
        return named(model, meant);
    }
    if said.is_empty() {
        return Named::Nothing;
    }
    match several(model, all().filter(enabled).filter(begins).collect()) {
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
    several(model, all().filter(here).filter(begins).collect())
}

fn several(model: &Model, found: Vec<Command>) -> Named {
    match found.as_slice() {
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

/// Whether help tells of a command: what moves a mark or a caret has no use in lines, though its id runs it, and points
/// of a scale are numbers.
pub(super) fn is_listed(command: Command) -> bool {
    let entry = command.entry();
    match entry.group {
        // There is no screen to leave, and no mouse on it.
        _ if matches!(command, Command::Suspend | Command::Mouse) => false,
        Group::Act | Group::Go => !entry.id.starts_with("pick"),
        Group::Edit => matches!(command, Command::Undo | Command::Redo),
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

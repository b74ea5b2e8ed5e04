//! Finds the command that words mean. A command is named by its id, its title or any prefix of one that is unambiguous
//! in the current place. Enabled commands take precedence over disabled ones; a disabled one is answered with the
//! reason.

use crate::app::Model;
use crate::command::{COMMANDS, Command, Group};
use crate::domain::{fold, nearest};

/// A command that exists in plain mode only, for what the eye does on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// Reads the whole place again.
    Again,
    /// Continues a list.
    More,
    /// Reads the marked row in full, or the text being written.
    Show,
    /// Runs the main command of the place.
    Open,
    /// Erases the text being written.
    Erase,
    /// Says which place is current and whose records are open.
    Where,
    /// Repeats recent messages.
    Messages,
    /// Explains the syntax of search lines.
    Searching,
    /// Lists the commands that work in the current place.
    Help,
}

/// The commands of plain mode, each with its name and one line of help.
pub(super) const OWN: [(Own, &str, &str); 9] = [
    (Own::Again, "again", "Read this screen again."),
    (Own::More, "more", "Read more of a long list."),
    (Own::Show, "show", "Read an item in full. While writing, read your text."),
    (Own::Open, "open", "Open an item by its number."),
    (Own::Erase, "erase", "Erase what you wrote here and start again."),
    (Own::Where, "where", "Say where you are and whose records are open."),
    (Own::Messages, "messages", "Repeat recent messages and any problems."),
    (Own::Searching, "searching", "Say what you can type in a search line."),
    (Own::Help, "help", "List the commands that work here. Type help and a command to read what it does."),
];

/// Other words for a command, each with the name that it stands for.
const ALIASES: [(&str, &str); 10] = [
    ("commands", "help"),
    ("exit", "quit"),
    ("bye", "quit"),
    ("search", "find"),
    ("read", "show"),
    ("repeat", "again"),
    ("yes", "open"),
    ("choose", "open"),
    ("shared note", "other note"),
    ("private note", "other note"),
];

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    One(Command),
    Own(Own),
    /// Ambiguous; the names of the candidates.
    Several(Vec<String>),
    Nothing,
}

/// Finds the command that some words mean in the current place.
pub(super) fn named(model: &Model, said: &str) -> Named {
    let said = plain(said);
    let contexts = model.contexts();
    let here = |command: &Command| command.works_in(&contexts);
    let enabled = |command: &Command| here(command) && model.can(*command).is_ok();
    let all = || COMMANDS.iter().map(|entry| entry.command);
    // Commands that edit a text are found by their full id only: in plain mode `erase` erases all of it.
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
    // Disabled: the answer is the reason.
    if let Some(command) = all().filter(here).find(exact).or_else(|| all().find(exact)) {
        return Named::One(command);
    }
    several(model, &all().filter(here).filter(begins).collect::<Vec<_>>())
}

/// Returns the command whose whole id, title or alias the words are, whether it is enabled or not.
pub(super) fn exactly(said: &str) -> Option<Command> {
    let said = plain(said);
    let meant = ALIASES.iter().find(|(alias, _)| *alias == said).map_or(said.as_str(), |(_, meant)| *meant);
    COMMANDS.iter().map(|entry| entry.command).find(|command| id(*command) == meant || title(*command) == meant)
}

fn several(model: &Model, found: &[Command]) -> Named {
    match found {
        [] => Named::Nothing,
        [one] => Named::One(*one),
        more => Named::Several(more.iter().map(|command| name(model, *command)).collect()),
    }
}

/// Returns the known name most similar to an unknown one.
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

/// Returns the name of a command in the current place: its title if that is unambiguous, otherwise its id.
pub(super) fn name(model: &Model, command: Command) -> String {
    let title = title(command);
    let contexts = model.contexts();
    let others = COMMANDS.iter().map(|entry| entry.command).filter(|other| *other != command && is_listed(*other));
    let means = |other: &Command| id(*other) == title || self::title(*other) == title;
    let mut same = others.filter(|other| other.works_in(&contexts) && means(other));
    if same.next().is_some() { id(command) } else { title }
}

/// Returns the command of plain mode that replaces a command which opens an overlay: the text is printed at once, and
/// there is nothing to close.
pub(super) fn told_here(command: Command) -> Option<Own> {
    match command {
        Command::Help | Command::Palette => Some(Own::Help),
        Command::Messages => Some(Own::Messages),
        _ => None,
    }
}

/// Returns whether help lists a command. Commands that move a mark or a caret are of no use in plain mode, though their
/// id runs them, and points of a scale are chosen by number.
pub(super) fn is_listed(command: Command) -> bool {
    let entry = command.entry();
    match entry.group {
        // There is no screen to suspend, and no mouse.
        _ if matches!(command, Command::Suspend | Command::HowToPause | Command::Mouse) => false,
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

//! Parses a line: the messages for the core, and what to print afterwards.

use super::input_mode::{InputMode, by_letter, main_command};
use super::orders::{Named, OWN, Own, exactly, name, named, nearest_name, told_here};
use super::place_text::PlaceText;
use crate::app::{EditBuffer, Layer, Model, Msg, Number, Reflect, Screen, SessionDraft, elsewhere};
use crate::command::Command;
use crate::domain::{SessionKind, clean, truncate};

/// What to print after the messages have been processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Only what has changed.
    New,
    /// The whole place.
    Whole,
    /// The result of a search, and the command that the line may have meant instead.
    Found(Option<String>),
    /// The marked row in full.
    Detail,
    /// Only these lines.
    Say(Vec<String>),
    /// Nothing new, because the line was added to a text; with the command that it may have meant.
    Taken(Option<String>),
    /// The end of a text.
    Ended,
    /// The output of a command of plain mode.
    Own(Own),
    /// The commands that work here if empty, otherwise what the named command does.
    Help(String),
}

/// The meaning of a line.
#[derive(Debug)]
pub struct ParsedLine {
    /// Messages for the core, in order.
    pub msgs: Vec<Msg>,
    /// What to print afterwards.
    pub then: Then,
}

/// Fewest letters of a line of text that are taken for the start of a command.
const LEAST_START: usize = 4;

impl ParsedLine {
    fn new(msgs: Vec<Msg>, then: Then) -> Self {
        Self { msgs, then }
    }

    fn say(text: impl Into<String>) -> Self {
        Self::new(Vec::new(), Then::Say(vec![text.into()]))
    }
}

/// Parses a line as input to the current place, whose content is `told`.
pub(super) fn parse(model: &Model, told: &PlaceText, line: &str) -> ParsedLine {
    let line = line.trim_end_matches(['\n', '\r']);
    let reading = InputMode::of(model);
    // A secret is taken exactly as typed, as on screen.
    if reading == InputMode::Secret && (!line.starts_with(':') || line.starts_with("::")) {
        return secret(line);
    }
    let line = clean(line);
    let bare = line.trim();
    if let Some(order) = bare.strip_prefix(':').filter(|order| !is_smiley(order)) {
        return said(model, told, order.trim());
    }
    match reading {
        InputMode::Lines => text(model, &line),
        InputMode::Query => query(model, told, bare),
        InputMode::Field => field(model, &line),
        InputMode::Secret => secret(&line),
        InputMode::Point => point(model, told, bare),
        InputMode::Ticks => ticks(model, told, bare),
        // Checks for changes from outside, as the screens do when nothing is typed.
        InputMode::Orders if bare.is_empty() => ParsedLine::new(vec![Msg::Idle], Then::Whole),
        InputMode::Orders => said(model, told, bare),
    }
}

/// Returns whether the text after a colon makes the line a smiley and not a command, so that it stays part of the text.
fn is_smiley(rest: &str) -> bool {
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        (Some(one), None) => one.is_ascii_uppercase() || (!one.is_ascii_alphanumeric() && one != '?'),
        (Some(one), Some(_)) => !one.is_ascii_alphanumeric() && one != '?',
        (None, _) => true,
    }
}

/// Handles a line of a longer text, which is appended to what is already there.
fn text(model: &Model, line: &str) -> ParsedLine {
    if let Some(answer) = note_order(model, line.trim()) {
        return answer;
    }
    let next = if is_reflecting(model) { Command::NextStep } else { Command::NextPart };
    let line = match line.trim_end() {
        "." => return ParsedLine::new(vec![Msg::Run(next)], Then::Ended),
        ".." => ".",
        _ => unescaped(line),
    };
    let before = written(model);
    let all = if before.is_empty() { line.to_owned() } else { format!("{before}\n{line}") };
    ParsedLine::new(vec![Msg::Replace(all)], Then::Taken(looks_like_order(model, line)))
}

/// Handles a line of text that is the whole name of the command for the other note, in a session that has two: taken as
/// text, it would leave the caret where it is, and a private line that follows would be a shared one. Where the command
/// is refused, so is the next line. Text that is to be shown or hidden only says how.
fn note_order(model: &Model, line: &str) -> Option<ParsedLine> {
    if is_reflecting(model) || model.session_kind() == SessionKind::Alone {
        return None;
    }
    if let Some(words) = already_in(model, line) {
        return Some(ParsedLine::say(words));
    }
    let is_hidden = !model.person.show_private;
    let Some(command) = exactly(line) else {
        return is_start_of_note(line).then(|| {
            ParsedLine::say(format!(
                "Not added to your text, because \"{line}\" may be a command. To go to the other note, type \
                 \":other note\". To write this word, end it with a full stop."
            ))
        });
    };
    match command {
        Command::OtherNote => Some(ParsedLine::new(vec![Msg::Run(Command::OtherNote)], Then::New)),
        Command::HidePrivate if is_hidden => Some(ParsedLine::new(vec![Msg::Run(Command::OtherNote)], Then::New)),
        Command::HidePrivate => Some(ParsedLine::say(format!(
            "Not added to your text. \"{line}\" is a command. To use it, type \":{line}\". To write these words, end \
             them with a full stop."
        ))),
        _ => None,
    }
}

/// Returns an answer if the named note is the one that is being written: the command for the other note would leave it.
fn already_in(model: &Model, words: &str) -> Option<&'static str> {
    let in_private = model.person.sitting.as_ref().filter(|sitting| sitting.buffer().is_some())?.in_private;
    match (words.to_lowercase().replace('-', " ").as_str(), in_private) {
        ("private note", true) => Some("You are in the private note already."),
        ("shared note", false) => Some("You are in the shared note already."),
        _ => None,
    }
}

/// Returns whether a line is the start of a name of the commands for the two notes, with or without a slash.
fn is_start_of_note(line: &str) -> bool {
    let line = line.trim_start_matches('/').to_lowercase();
    let names = ["other note", "private notes", "shared note"];
    line.chars().count() >= LEAST_START && names.iter().any(|name| name.starts_with(&line))
}

fn is_reflecting(model: &Model) -> bool {
    model.person.screen == Screen::Reflect
}

/// Replaces two colons at the start by one.
fn unescaped(line: &str) -> &str {
    if line.starts_with("::") { line.get(1..).unwrap_or(line) } else { line }
}

/// Returns the text being written.
fn written(model: &Model) -> &str {
    let buffer = if is_reflecting(model) {
        model.person.reflect.as_ref().and_then(Reflect::page).map(|page| &page.buffer)
    } else {
        model.person.sitting.as_ref().and_then(SessionDraft::buffer)
    };
    buffer.map_or("", EditBuffer::text)
}

/// Returns the command whose exact name the line is, because it may have been meant as one.
fn looks_like_order(model: &Model, line: &str) -> Option<String> {
    let line = line.trim();
    let is_name = |command: Command| name(model, command) == line || command.entry().id == line;
    match named(model, line) {
        Named::One(command) if is_name(command) && model.can(command).is_ok() => Some(line.to_owned()),
        Named::Own(own) if OWN.iter().any(|(other, name, _)| *other == own && *name == line) => Some(line.to_owned()),
        _ if line == "?" => Some("help".to_owned()),
        _ => None,
    }
}

fn query(model: &Model, told: &PlaceText, line: &str) -> ParsedLine {
    match (line, number(line)) {
        ("?", _) => ParsedLine::new(Vec::new(), Then::Help(String::new())),
        // A number without a row is a query, for example a year in the journal.
        (_, Some(at)) if at > 0 && at <= told.rows.len() => choose(model, told, at),
        _ => {
            let line = unescaped(line);
            let mut msgs = vec![Msg::Replace(line.to_owned())];
            if line.is_empty() {
                msgs.insert(0, Msg::Idle);
            }
            ParsedLine::new(msgs, Then::Found(looks_like_order(model, line)))
        }
    }
}

/// Handles the whole of a one-line text. An empty line leaves the text as it is.
fn field(model: &Model, line: &str) -> ParsedLine {
    let next = match model.person.layers.last() {
        Some(Layer::Form(form)) if form.at + 1 < form.fields.len() => Command::NextField,
        Some(Layer::Form(_)) => Command::Submit,
        _ => Command::NextQuestion,
    };
    match line.trim() {
        "" | "." => ParsedLine::new(vec![Msg::Run(next)], Then::New),
        "?" => ParsedLine::new(Vec::new(), Then::Help(String::new())),
        _ => {
            let line = if line.trim() == ".." { "." } else { unescaped(line.trim()) };
            let hint = looks_like_order(model, line);
            ParsedLine::new(
                vec![Msg::Replace(line.to_owned()), Msg::Run(next)],
                hint.map_or(Then::New, |at| Then::Taken(Some(at))),
            )
        }
    }
}

/// Handles a secret exactly as typed. A passphrase that starts with a colon is typed with two.
fn secret(line: &str) -> ParsedLine {
    ParsedLine::new(vec![Msg::Replace(unescaped(line).to_owned()), Msg::Run(Command::TakeSecret)], Then::New)
}

fn point(model: &Model, told: &PlaceText, line: &str) -> ParsedLine {
    if line.is_empty() {
        let next = if is_reflecting(model) { Command::NextStep } else { Command::NextView };
        return ParsedLine::new(vec![Msg::Run(next)], Then::New);
    }
    let mut letters = line.chars();
    if let (Some(letter @ ('n' | 'c' | 'p')), None) = (letters.next(), letters.next())
        && let Some(command) = by_letter(model, letter)
    {
        return ParsedLine::new(vec![Msg::Run(command)], Then::New);
    }
    said(model, told, line)
}

fn ticks(model: &Model, told: &PlaceText, line: &str) -> ParsedLine {
    let numbers: Option<Vec<usize>> = line.split([' ', ',']).filter(|word| !word.is_empty()).map(number).collect();
    match numbers {
        Some(rows) if rows.is_empty() => ParsedLine::new(Vec::new(), Then::Whole),
        Some(rows) => match rows.iter().find(|at| **at == 0 || **at > told.rows.len()) {
            Some(_) => no_row(told),
            None => {
                let msgs = rows.iter().flat_map(|at| [Msg::Mark(at - 1), Msg::Run(Command::Tick)]).collect();
                ParsedLine::new(msgs, Then::New)
            }
        },
        None => said(model, told, line),
    }
}

/// Handles a number or the words of a command.
fn said(model: &Model, told: &PlaceText, line: &str) -> ParsedLine {
    if let Some(at) = number(line) {
        return choose(model, told, at);
    }
    let (word, rest) = line.split_once(char::is_whitespace).map_or((line, ""), |(word, rest)| (word, rest.trim()));
    if word == "?" || (word == "help" && !rest.is_empty()) {
        return ParsedLine::new(Vec::new(), Then::Help(rest.to_owned()));
    }
    let (words, row) = line
        .rsplit_once(char::is_whitespace)
        .and_then(|(words, last)| Some((words, Some(number(last)?))))
        .unwrap_or((line, None));
    if let Some(words) = already_in(model, words).filter(|_| model.person.screen == Screen::Session) {
        return ParsedLine::say(words);
    }
    match named(model, words) {
        Named::One(command) => order(model, told, command, row),
        Named::Own(own) => own_order(model, told, own, row),
        Named::Several(names) => {
            ParsedLine::say(format!("\"{words}\" could be {}. Type more of the word.", names.join(", ")))
        }
        Named::Nothing => looked_for(model, word, rest).unwrap_or_else(|| unknown(model, line)),
    }
}

/// Handles `find red tape`: a command that opens a search line, followed by the query.
fn looked_for(model: &Model, word: &str, rest: &str) -> Option<ParsedLine> {
    let Named::One(command) = named(model, word) else { return None };
    if rest.is_empty() {
        return None;
    }
    let searches = matches!(command, Command::GoFind | Command::GoJournal | Command::GoRules | Command::People);
    let there = InputMode::of(model) == InputMode::Query && Some(command) == leads_here(model);
    let code = model.shell.library.as_ref().is_some_and(|library| library.find(rest).is_ok());
    let replace = || Msg::Replace(rest.to_owned());
    if searches && there {
        return Some(ParsedLine::new(vec![replace()], Then::Found(None)));
    }
    if searches && let Err(why) = model.can(command) {
        return Some(ParsedLine::say(why));
    }
    if searches {
        return Some(ParsedLine::new(vec![Msg::Run(command), replace()], Then::New));
    }
    // `reflect FL-5`: searches for the code and opens the one behaviour that has it.
    if command == Command::GoReflect && code && model.can(Command::GoFind).is_ok() {
        let msgs = vec![Msg::Run(Command::GoFind), replace(), Msg::Mark(0), Msg::Run(Command::FindOpen)];
        return Some(ParsedLine::new(msgs, Then::New));
    }
    None
}

fn leads_here(model: &Model) -> Option<Command> {
    Screen::TABS.iter().find(|(screen, _)| *screen == model.person.screen).map(|(_, command)| *command)
}

fn order(model: &Model, told: &PlaceText, command: Command, row: Option<usize>) -> ParsedLine {
    if let Some(own) = told_here(command) {
        return ParsedLine::new(Vec::new(), Then::Own(own));
    }
    // Copying to the clipboard needs an escape sequence, and plain mode never writes any.
    if command == Command::CopyPage {
        return ParsedLine::say("These lines are already text. Copy them here, or save them with | tee FILE.");
    }
    if !command.works_in(&model.contexts()) {
        return ParsedLine::say(format!("{}: {}", command.entry().title, elsewhere(command)));
    }
    match row {
        Some(at) if at == 0 || at > told.rows.len() => no_row(told),
        Some(at) => ParsedLine::new(vec![Msg::Mark(at - 1), Msg::Run(command)], Then::New),
        None => ParsedLine::new(vec![Msg::Run(command)], Then::New),
    }
}

fn own_order(model: &Model, told: &PlaceText, own: Own, row: Option<usize>) -> ParsedLine {
    if row.is_some_and(|at| at == 0 || at > told.rows.len()) {
        return no_row(told);
    }
    let mark: Vec<Msg> = row.map(|at| Msg::Mark(at - 1)).into_iter().collect();
    match own {
        Own::Show if row.is_some() || told.written.is_empty() => ParsedLine::new(mark, Then::Detail),
        Own::Open => match main_command(model) {
            Some(command) => ParsedLine::new(mark.into_iter().chain([Msg::Run(command)]).collect(), Then::New),
            None => ParsedLine::say("There is nothing to choose here. Type \"help\" to see what works."),
        },
        Own::Erase if InputMode::of(model).is_words() => {
            ParsedLine::new(vec![Msg::Replace(String::new())], Then::Say(vec!["Erased. Start again.".to_owned()]))
        }
        Own::Erase => ParsedLine::say("You are not writing anything here."),
        own => ParsedLine::new(Vec::new(), Then::Own(own)),
    }
}

/// Handles the number of a row, counted from 1.
fn choose(model: &Model, told: &PlaceText, at: usize) -> ParsedLine {
    if at == 0 || at > told.rows.len() {
        return no_row(told);
    }
    let mark = Msg::Mark(at - 1);
    if told.number == Number::Reads || told.only_read.contains(&(at - 1)) {
        return ParsedLine::new(vec![mark], Then::Detail);
    }
    match main_command(model) {
        Some(command) => ParsedLine::new(vec![mark, Msg::Run(command)], Then::New),
        None => ParsedLine::new(vec![mark], Then::Detail),
    }
}

fn no_row(told: &PlaceText) -> ParsedLine {
    ParsedLine::say(match told.rows.len() {
        0 => "There is nothing to choose on this screen.".to_owned(),
        1 => "There is one row, number 1.".to_owned(),
        all => format!("Type a number from 1 to {all}."),
    })
}

fn unknown(model: &Model, line: &str) -> ParsedLine {
    // Where a line is text, a command begins with a colon.
    let colon = if InputMode::of(model).is_words() { ":" } else { "" };
    let near = nearest_name(model, line).map(|name| format!(" Did you mean \"{colon}{name}\"?")).unwrap_or_default();
    let shown = truncate(line, 60);
    ParsedLine::say(format!(
        "\"{shown}\" is not a command here.{near} Type \"{colon}help\" to list commands. Type \"{colon}find\" and \
         some words to find a behaviour."
    ))
}

fn number(word: &str) -> Option<usize> {
    let word = word.trim().trim_end_matches('.');
    (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().unwrap_or(usize::MAX))
}

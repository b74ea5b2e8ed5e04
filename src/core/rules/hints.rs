//! Translates Rhai's errors into messages for rule authors, with the true position and one next step.

use rhai::{EvalAltResult, ParseError, Position};

use super::api::api;
use super::sight::seen;
use crate::domain::{Fault, RuleFile, clean, nearest, truncate};

/// Returns the fault for an error that occurred while parsing a file.
pub(super) fn parse_fault(file: &RuleFile, error: &ParseError) -> Fault {
    let raw = error.err_type().to_string();
    let at = error.position();
    let line = at.line().and_then(|line| file.text.lines().nth(line.saturating_sub(1))).unwrap_or("");
    let cut = at.position().map_or(0, |column| column.saturating_sub(1));
    let (before, rest): (String, String) = (line.chars().take(cut).collect(), line.chars().skip(cut).collect());
    let seen = field_without_hash(&raw, &rest).or_else(|| seen(&raw, before.trim_end(), &rest));
    let noticed_later = seen.is_none() && raw.contains("Expecting ','");
    let (message, hint) = seen.unwrap_or_else(|| words(&raw));
    let fault = place(file, truncate(&clean(&message), 300), truncate(&clean(&hint), 300), at);
    // A comma is missing at the end of the line before; Rhai reports the position where it noticed.
    match (noticed_later, line_before(file, at)) {
        (true, Some((number, end))) => fault.at(&file.text, number, Some(end)),
        _ => fault,
    }
}

/// If only white space precedes the position in its own line, returns the last line above that is neither blank nor a
/// comment, as line number and the column after its end, both counted from 1.
fn line_before(file: &RuleFile, at: Position) -> Option<(usize, usize)> {
    let (line, column) = (at.line()?, at.position()?);
    let own = file.text.lines().nth(line.checked_sub(1)?)?;
    if !own.chars().take(column.saturating_sub(1)).all(char::is_whitespace) {
        return None;
    }
    let above = file.text.lines().enumerate().take(line - 1);
    let (number, text) =
        above.filter(|(_, text)| !text.trim().is_empty() && !text.trim_start().starts_with("//")).last()?;
    Some((number + 1, text.trim_end().chars().count() + 1))
}

/// Recognises `{` written instead of `#{`, in which case Rhai reads the first field as a variable.
fn field_without_hash(raw: &str, rest: &str) -> Option<(String, String)> {
    let name = raw.strip_prefix("Undefined variable: ")?.trim();
    let field = rest.strip_prefix(name)?.trim_start().starts_with(':');
    field.then(|| {
        let message = format!("\"{}:\" is where no field can be", truncate(&clean(name), 40));
        (message, "write the fields of a rule between #{ and }, with the # in front".to_owned())
    })
}

/// Returns the position of a run-time error, if Rhai knows it.
pub(super) fn place_of(error: &EvalAltResult) -> Option<Position> {
    Some(innermost(error).position()).filter(|at| !at.is_none())
}

/// Returns the fault for an error that occurred at `at` while a file ran.
pub(super) fn run_fault(file: &RuleFile, error: &EvalAltResult, at: Position) -> Fault {
    let inner = innermost(error);
    let (message, hint) = match inner {
        EvalAltResult::ErrorFunctionNotFound(signature, _) => unknown_function(signature),
        EvalAltResult::ErrorTerminated(token, _) => (
            clean(&token.to_string()),
            "declare rules and nothing else, and make sure that a loop ends quickly".to_owned(),
        ),
        EvalAltResult::ErrorTooManyOperations(_) => {
            ("the script does more than 1,000,000 steps".to_owned(), "look for a loop that never ends".to_owned())
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            ("functions call each other too deeply".to_owned(), "look for a function that calls itself".to_owned())
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => (
            format!("{} is too large", clean(what)),
            "keep texts under 10,000 letters and lists under 1,000".to_owned(),
        ),
        other => words(&plain(other)),
    };
    place(file, message, hint, at)
}

/// Returns the error of the innermost call: Rhai reports the outermost one, but an author needs the innermost.
fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => innermost(inner),
        other => other,
    }
}

/// Returns the message without the position that Rhai appends.
fn plain(error: &EvalAltResult) -> String {
    let text = error.to_string();
    text.rfind(" (line ").and_then(|cut| text.get(..cut)).unwrap_or(&text).to_owned()
}

fn unknown_function(signature: &str) -> (String, String) {
    let name = signature.split(['(', ' ']).next().unwrap_or("").to_owned();
    let arguments = signature.split_once('(').map_or("", |(_, rest)| rest);
    let called = name.chars().any(char::is_alphabetic);
    if let Some(entry) = api().iter().find(|entry| called && entry.name == name) {
        let message = format!("{name} cannot be called like this");
        return (message, format!("write it like {}", entry.example));
    }
    if !called {
        let shown = truncate(&clean(&name), 20);
        if arguments.contains("number") {
            let hint = "facts can be compared with < <= > >= == != and calculated with + - * /. Texts cannot";
            return (format!("{shown} is not possible with a fact"), hint.to_owned());
        }
        let hint = "texts and numbers are joined in backticks, like `week ${n}`";
        return (format!("{shown} is not possible between these"), hint.to_owned());
    }
    let message = format!("there is no function \"{}\"", truncate(&clean(&name), 60));
    match nearest(&name, api().iter().map(|entry| entry.name)) {
        Some(near) => (message, format!("did you mean \"{near}\"?")),
        None => (message, "the functions are listed in the reference of the rules language".to_owned()),
    }
}

fn said(message: &str, hint: &str) -> (String, String) {
    (message.to_owned(), hint.to_owned())
}

/// Returns a message and next step for Rhai's most common errors.
fn words(raw: &str) -> (String, String) {
    let raw = truncate(&clean(raw).replace('\n', " "), 300);
    if raw.contains("Expecting ','") && raw.contains("object map") {
        return said("a comma is missing between two fields of the rule", "add a comma at the end of this line");
    }
    if raw.contains("Expecting ','") {
        return said("a comma is missing", "add a comma between the two");
    }
    if raw.contains("object map") && raw.contains("Expecting '}'") {
        return said(
            "the fields of a rule are not closed",
            "end the rule with a closing brace, a bracket and a semicolon: });",
        );
    }
    let hint = if ['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'].iter().any(|quote| raw.contains(*quote)) {
        "use straight quotation marks \" instead of curly ones"
    } else if raw.contains("Undefined variable") || raw.contains("Variable not found") {
        "put texts in quotation marks. Put the fields of a rule in #{ }, with the # in front"
    } else if raw.contains("Expecting '}'") || raw.contains("Expecting ')'") || raw.contains("Expecting ']'") {
        "close every bracket that you opened"
    } else if raw.contains("Open string is not terminated") {
        "close the text with a quotation mark on the same line"
    } else if raw.contains("reserved") || raw.contains("Symbol") || raw.contains("keyword") {
        "this word has no use in rules, so remove it or choose another name"
    } else if raw.contains("Expecting ';'") || raw.contains("missing ';'") {
        "end the line before with a semicolon"
    } else {
        "fix this line, because Cairn did not read anything after it"
    };
    (raw, hint.to_owned())
}

fn place(file: &RuleFile, message: String, hint: String, at: Position) -> Fault {
    let fault = Fault::new(&file.name, message, hint);
    match at.line() {
        Some(line) => fault.at(&file.text, line, at.position()),
        None => fault,
    }
}

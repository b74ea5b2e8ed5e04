//! Confirmation before something that cannot be undone. The question is only asked if a person can answer; a script
//! confirms with an option.

use std::io::{self, BufRead, Write};

use crate::os::is_terminal_in;

/// Maximum number of bytes read as an answer.
const MOST: u64 = 1_000;

/// Asks a question and returns the answer without surrounding white space; `None` if the input is not a terminal.
pub(super) fn asked(question: &str) -> Option<String> {
    if !is_terminal_in() {
        return None;
    }
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{question} ").and_then(|()| stderr.flush());
    let mut line = String::new();
    io::Read::take(io::stdin().lock(), MOST).read_line(&mut line).ok()?;
    Some(line.trim().to_owned())
}

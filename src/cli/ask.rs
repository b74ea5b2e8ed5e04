//! Asking once more before something that cannot be taken back. Only where somebody is there to answer: a script says it
//! beforehand.

use std::io::{self, BufRead, Write};

use crate::os::is_terminal_in;

/// More than anybody answers.
const MOST: u64 = 1_000;

/// What was typed in answer to a question, without white space around it; `None` where nobody is there.
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

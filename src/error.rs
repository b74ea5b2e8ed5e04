//! The one error of the program: its kind decides heading and exit code, its hints say the next step.

use std::fmt;
use std::process::ExitCode;

use crate::desk::DeskError;
use crate::domain::{Fault, count};

/// Most faults printed.
const MOST_LISTED: usize = 50;

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The work was done and found a fault: a lint, a failing case.
    Found,
    /// Wrong usage or bad input.
    Input,
    /// The records could not be read or written.
    Records,
    /// The program broke down.
    Broken,
}

impl ErrorKind {
    /// The exit code: 1 the work found a fault, 2 wrong usage or bad input, 3 records, 101 the
    /// program broke down.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Found => 1,
            Self::Input => 2,
            Self::Records => 3,
            Self::Broken => 101,
        }
    }
}

/// An error on its way to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind.
    pub kind: ErrorKind,
    /// A whole sentence without a full stop; may be several lines where several things are wrong.
    pub message: String,
    /// The next step; may be empty.
    pub hint: String,
}

impl Error {
    /// Wrong usage or bad input.
    #[must_use]
    pub fn input(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Input, message: message.into(), hint: hint.into() }
    }

    /// Faults in a file, as they are printed.
    #[must_use]
    pub fn faults(kind: ErrorKind, faults: &[Fault]) -> Self {
        Self { kind, message: listed(faults), hint: String::new() }
    }

    /// The exit code.
    #[must_use]
    pub fn exit(&self) -> ExitCode {
        ExitCode::from(self.kind.code())
    }
}

/// Faults as they are printed, one after the other; of very many, the first and how many there are beside.
#[must_use]
pub fn listed(faults: &[Fault]) -> String {
    let mut shown: Vec<String> = faults.iter().take(MOST_LISTED).map(ToString::to_string).collect();
    if let Some(more @ 1..) = faults.len().checked_sub(MOST_LISTED) {
        shown.push(format!("and {}; mend the first ones and try again", count(more, "more fault", "more faults")));
    }
    shown.join("\n\n")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Faults carry their own heading.
        if !self.message.starts_with("error:") && !self.message.starts_with("warning:") {
            f.write_str("error: ")?;
        }
        f.write_str(&self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<DeskError> for Error {
    fn from(error: DeskError) -> Self {
        let kind = if error.is_input() { ErrorKind::Input } else { ErrorKind::Records };
        Self { kind, message: error.to_string(), hint: error.hint().to_owned() }
    }
}

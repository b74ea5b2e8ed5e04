//! The error type of the program: its kind determines the exit code, and its hint gives the next step.

use std::fmt;
use std::process::ExitCode;

use crate::desk::DeskError;
use crate::domain::{Fault, count};

/// Maximum number of faults that are printed.
const MOST_LISTED: usize = 50;

/// The kind of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The work was done and found faults, such as a lint or a failing test case.
    Found,
    /// Wrong usage or invalid input.
    Input,
    /// The records could not be read or written.
    Records,
    /// The program failed unexpectedly.
    Broken,
}

impl ErrorKind {
    /// Returns the exit code: 1 if the work found faults, 2 for wrong usage or invalid input, 3 for the records, 101
    /// for an unexpected failure.
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

/// An error to be shown to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Kind of the error.
    pub kind: ErrorKind,
    /// A sentence without a full stop, or several lines for several problems.
    pub message: String,
    /// The next step; may be empty.
    pub hint: String,
}

impl Error {
    /// Creates an error for wrong usage or invalid input.
    #[must_use]
    pub fn input(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Input, message: message.into(), hint: hint.into() }
    }

    /// Creates an error from faults in files.
    #[must_use]
    pub fn faults(kind: ErrorKind, faults: &[Fault]) -> Self {
        Self { kind, message: listed(faults), hint: String::new() }
    }

    /// Returns the exit code for the process.
    #[must_use]
    pub fn exit(&self) -> ExitCode {
        ExitCode::from(self.kind.code())
    }
}

/// Formats faults one after the other; of more than 50, only the first ones and the number of the rest.
#[must_use]
pub fn listed(faults: &[Fault]) -> String {
    let mut shown: Vec<String> = faults.iter().take(MOST_LISTED).map(ToString::to_string).collect();
    if let Some(more @ 1..) = faults.len().checked_sub(MOST_LISTED) {
        shown.push(format!("and {}. Fix the first ones and try again", count(more, "more fault", "more faults")));
    }
    shown.join("\n\n")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Formatted faults start with their own heading.
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

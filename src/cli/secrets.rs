//! Input of secrets: typed at the terminal without being shown, or read line by line from the file descriptor that a
//! script passes with `--passphrase-fd`. The lines answer the questions in the order in which they would be asked.

use crate::desk::{Desk, DeskError, OpenOptions, lock_of};
use crate::domain::Lock;
use crate::error::{Error, ErrorKind};
use crate::os::{SecretLines, ask_secret};
use crate::seal::Secret;

/// Number of attempts at a passphrase before the program gives up.
const TRIES: usize = 3;

/// The source of answers.
#[derive(Debug)]
pub(super) enum Secrets {
    Terminal,
    Lines(SecretLines),
}

impl Secrets {
    pub(super) fn of(descriptor: Option<u32>) -> Result<Self, Error> {
        let Some(number) = descriptor else { return Ok(Self::Terminal) };
        SecretLines::of(number).map(Self::Lines).map_err(|error| {
            Error::input(
                format!("the file descriptor {number} cannot be read: {error}"),
                "open it for the program: cairn --passphrase-fd 3 \u{2026} 3< FILE",
            )
        })
    }

    /// Returns whether a question can be asked again.
    fn is_patient(&self) -> bool {
        matches!(self, Self::Terminal)
    }

    /// Asks one question and returns the answer.
    pub(super) fn ask(&mut self, question: &str) -> Result<Secret, Error> {
        let answer = match self {
            Self::Terminal => ask_secret(&format!("{question}: ")).map_err(|_| no_terminal())?,
            Self::Lines(lines) => lines
                .next_line()
                .map_err(|error| Error::input(format!("the answer to \"{question}\" cannot be read: {error}"), ""))?,
        };
        answer.map(|text| Secret::new(text.to_string())).ok_or_else(|| {
            Error::input(format!("there was no answer to \"{question}\""), "nothing was changed. Try again")
        })
    }

    /// Asks for a new passphrase, twice if it is typed.
    pub(super) fn ask_new(&mut self) -> Result<Secret, Error> {
        let first = self.ask("New passphrase (12 characters or more. Four words are easy to remember)")?;
        if self.is_patient() && self.ask("Type it again")? != first {
            return Err(Error::input("the passphrases do not match", "nothing was changed. Try again"));
        }
        Ok(first)
    }
}

fn no_terminal() -> Error {
    Error {
        kind: ErrorKind::Records,
        message: "your records are locked, but there is no terminal to ask for the passphrase".to_owned(),
        hint: "pass it as a line on a file descriptor: cairn --passphrase-fd 3 \u{2026} 3< FILE".to_owned(),
    }
}

/// Opens the records for one command, asking for the passphrase if they are locked.
pub(super) fn open(opening: &OpenOptions) -> Result<Desk, Error> {
    let mut secrets = Secrets::of(opening.passphrase_fd)?;
    open_with(opening, &mut secrets).map(|(desk, _)| desk)
}

/// Opens the records, and also returns the secret that opened them; `None` if they were not locked.
pub(super) fn open_with(opening: &OpenOptions, secrets: &mut Secrets) -> Result<(Desk, Option<Secret>), Error> {
    if lock_of(opening)?.lock != Lock::Passphrase {
        match Desk::open(opening) {
            // An open key file beside locked records that does not belong to them is ignored.
            Err(error) if error.is_locked() => {}
            other => return Ok((other?, None)),
        }
    }
    let tries = if secrets.is_patient() { TRIES } else { 1 };
    let mut wrong: Option<DeskError> = None;
    for _ in 0..tries {
        if let Some(error) = &wrong {
            super::out::complain(&format!("{error}"));
        }
        let secret = secrets.ask("Passphrase, or paper key")?;
        match Desk::open(&OpenOptions { secret: Some(secret.clone()), ..opening.clone() }) {
            Ok(desk) => return Ok((desk, Some(secret))),
            Err(error) if error.is_wrong_secret() => wrong = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    Err(wrong.map_or_else(no_terminal, Error::from))
}

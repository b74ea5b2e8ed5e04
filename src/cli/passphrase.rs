//! `cairn passphrase` and `cairn unlock`: locks the records, and regains access if the passphrase is forgotten.

use std::io::{self, Write};
use std::process::ExitCode;

use super::out::Out;
use super::secrets::{Secrets, open_with};
use super::vault_args::{PassphraseArgs, PassphraseCommand, UnlockArgs};
use crate::desk::OpenOptions;
use crate::error::{Error, ErrorKind};
use crate::os::is_output_lost;
use crate::seal::{Secret, offered_words};

/// The note that other copies are not affected by a change of passphrase or paper key.
const ELSEWHERE: &str = "Copies in other places still open as they did before. Their key also opens these records. \
    Make them again, and delete the old ones.";

pub(super) fn run(args: &PassphraseArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    if opening.demo {
        return Err(Error::input("this is a demo, so there is nothing to lock", ""));
    }
    let mut secrets = Secrets::of(opening.passphrase_fd)?;
    match args.command {
        PassphraseCommand::Words => {
            let words = offered_words().map_err(|error| Error::input(error, ""))?;
            out.line(words.reveal());
        }
        PassphraseCommand::Set => {
            let (mut desk, before) = open_with(opening, &mut secrets)?;
            if before.is_some() {
                let message = "these records already have a passphrase";
                return Err(Error::input(message, "`cairn passphrase change` changes it"));
            }
            desk.set_passphrase_showing(&secrets.ask_new()?, shows_paper(opening)?)?;
            out.line("Your records and the copies next to them are now locked.");
            out.line(ELSEWHERE);
            named(opening, out)?;
        }
        PassphraseCommand::Change => {
            let (mut desk, before) = open_with(opening, &mut secrets)?;
            let before = before.ok_or_else(not_locked)?;
            desk.change_passphrase(&before, &secrets.ask_new()?)?;
            out.line(if desk.has_paper_key() {
                "Your passphrase has changed. Your paper key still works."
            } else {
                "Your passphrase has changed. You do not have a paper key. `cairn passphrase paper` makes one."
            });
            out.line(ELSEWHERE);
        }
        PassphraseCommand::Remove => {
            let (mut desk, before) = open_with(opening, &mut secrets)?;
            desk.remove_passphrase(&before.ok_or_else(not_locked)?)?;
            out.line(
                "Your records no longer have a passphrase. Anyone who can read your files, or has your disk or a copy \
                 of it, can read your records.",
            );
        }
        PassphraseCommand::Paper => {
            let (mut desk, before) = open_with(opening, &mut secrets)?;
            desk.new_paper_key_showing(&before.ok_or_else(not_locked)?, shows_paper(opening)?)?;
            out.line("Your old paper key no longer opens your records or the copies next to them.");
            out.line(ELSEWHERE);
            named(opening, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks a passphrase, or sets a new one with the paper key.
pub(super) fn unlock(args: &UnlockArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut secrets = Secrets::of(opening.passphrase_fd)?;
    let (mut desk, before) = open_with(opening, &mut secrets)?;
    let before = before.ok_or_else(not_locked)?;
    if args.recovery {
        out.line("Your records are open. Choose a new passphrase now.");
        out.flush();
        desk.change_passphrase(&before, &secrets.ask_new()?)?;
        out.line("The new passphrase is set. Your paper key still works, so keep it.");
    } else {
        out.line("Passphrase correct. Each command will ask for it again.");
    }
    Ok(ExitCode::SUCCESS)
}

fn not_locked() -> Error {
    Error {
        kind: ErrorKind::Input,
        message: "these records have no passphrase".to_owned(),
        hint: "`cairn passphrase set` sets one".to_owned(),
    }
}

/// Returns a function that shows a paper key and says who else can open the records.
///
/// # Errors
/// Returns an error if the policy file cannot be read.
pub(super) fn shows_paper(opening: &OpenOptions) -> Result<impl FnOnce(&Secret) -> io::Result<()>, Error> {
    let escrow = opening.escrow()?.map(|escrow| escrow.name).unwrap_or_default();
    Ok(move |paper: &Secret| paper_key(paper, &escrow))
}

/// Shows the paper key, which is stored nowhere. The records are locked only after it was shown, so an output that
/// nobody can read is an error.
fn paper_key(paper: &Secret, escrow: &str) -> io::Result<()> {
    let nobody = if escrow.is_empty() {
        "If you lose both, nobody can open your records. We cannot either.".to_owned()
    } else {
        format!("If you lose both, you cannot open your records, and we cannot either. {escrow} can.")
    };
    let text = Secret::new(format!(
        "\nYour paper key:\n\n  {}\n\nWrite it down or print it. Keep it where you keep your passport. If you forget \
         the passphrase,\ntype this key instead. Cairn shows it only once and does not save it.\n{nobody}\n\n",
        paper.reveal()
    ));
    if is_output_lost() {
        return Err(io::Error::other("standard output is closed or goes to /dev/null, where nobody can read it"));
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.reveal().as_bytes())?;
    stdout.flush()
}

/// Prints who else can open the records, if anybody.
fn named(opening: &OpenOptions, out: &mut Out) -> Result<(), Error> {
    let escrow = crate::desk::lock_of(opening)?.escrow;
    if !escrow.is_empty() {
        out.line(format!("{escrow} can also open these records, because a policy on this computer says so."));
    }
    Ok(())
}

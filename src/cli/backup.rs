//! `cairn backup` and `cairn restore`: copies the records, and restores a copy.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::out::Out;
use super::passphrase::shows_paper;
use super::secrets::{Secrets, open};
use super::vault_args::{BackupArgs, RestoreArgs};
use crate::desk::{self, DeskError, OpenOptions, backups, check, lock_of, set_aside};
use crate::domain::{Lock, clean};
use crate::error::Error;
use crate::os::{is_plain_folder, is_terminal_in};
use crate::seal::Secret;
use crate::store::{Backup, Checked, Locking, Why};

pub(super) fn backup(args: &BackupArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    if args.list {
        return list(args, opening, out);
    }
    let mut desk = open(opening)?;
    let made = desk.backup(args.dir.as_deref(), Why::Asked)?;
    let held = desk.contents()?;
    if args.json {
        out.json(&json!({ "path": made.path, "made": made.made, "bytes": made.bytes, "locked": made.locked }))?;
        return Ok(ExitCode::SUCCESS);
    }
    out.line(format!("Backup made and checked: {}", held.words()));
    out.line(format!("  {}", shown(&made.path)));
    out.line(match (made.locked, &args.dir) {
        (true, _) => "It opens with your passphrase or your paper key, on any computer with Cairn.",
        (false, None) => {
            "It has no passphrase. Anyone who can read that folder can read your records. `cairn passphrase set` sets \
             one for both."
        }
        (false, Some(_)) => {
            "It has no passphrase, and `cairn passphrase set` does not change that. Its key opens this copy and your \
             records, now and later. Set a passphrase, make the copy again, and delete this one."
        }
    });
    Ok(ExitCode::SUCCESS)
}

fn list(args: &BackupArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut all = backups(opening)?;
    let none = all.is_empty();
    all.extend(set_aside(opening)?);
    if args.json {
        let row = |one: &Backup| json!({ "path": one.path, "made": one.made, "why": one.why, "bytes": one.bytes, "locked": one.locked });
        out.json(&all.iter().map(row).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    if none {
        out.line(
            "There is no backup yet. Cairn makes one before the first change of each day. `cairn backup` makes \
            one now.",
        );
    }
    for one in &all {
        out.line(format!("{}  {:>6} KiB  {:<22}  {}", when(&one.made), one.bytes / 1024, one.why, shown(&one.path)));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(args: &RestoreArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    if opening.demo {
        return Err(Error::input("this is a demo, so there is nothing to restore", ""));
    }
    let target = args.into.clone().map_or_else(|| opening.folder(), Ok)?;
    if let Some(into) = &args.into
        && lock_of(&OpenOptions { data_dir: Some(into.clone()), ..opening.clone() })?.lock != Lock::Nothing
    {
        let message = format!("{} already holds records, and Cairn never replaces them", shown(into));
        return Err(Error::input(message, "give a new folder"));
    }
    let mut secrets = Secrets::of(opening.passphrase_fd)?;
    let checked = chosen(args, opening, &mut secrets, out)?;
    let locking = checked.locking(&target).map_err(DeskError::from)?;
    if !args.json {
        out.line(format!("This backup was made on {} and is not damaged.", when(&checked.backup.made)));
        out.line(format!("  {}", shown(&checked.backup.path)));
        out.line(format!("  It holds {}{}.", checked.contents.words(), newest(&checked.contents.newest)));
        out.line(format!("It goes to {}.", shown(&target)));
        if args.into.is_none() {
            out.line("Cairn moves your current records into their own folder. Nothing is deleted.");
        }
        match locking {
            Locking::AsItIs => {}
            Locking::LikeTheRecords => {
                out.line(
                    "This backup has no passphrase, but your records do. After you restore it, your passphrase opens \
                     it.",
                );
            }
            Locking::Passphrase => {
                out.line("This backup has no passphrase, but the records it replaces do. Choose a passphrase for it.");
            }
        }
        out.flush();
    }
    if !args.yes {
        agreed(out)?;
    }
    let done = if locking == Locking::Passphrase {
        let new = secrets.ask_new()?;
        desk::restore_locked(&checked, opening, args.into.as_deref(), &new, shows_paper(opening)?)?
    } else {
        desk::restore(&checked, opening, args.into.as_deref())?
    };
    if args.json {
        out.json(&json!({
            "restored": checked.backup.path, "made": checked.backup.made, "into": target, "set_aside": done.aside,
            "taken_out": done.taken_out,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    out.line("Restored.");
    if let Some(words) = done.words() {
        out.line(words);
    } else if args.into.is_some() {
        out.line(
            "Anything you withdrew or erased after this backup was made is back. Withdraw or erase it again here.",
        );
    }
    if let Some(aside) = done.aside {
        out.line(format!("Your earlier records: {}", shown(&aside)));
        out.line("You can read them with --data-dir, and delete the folder when you are sure.");
        let name = aside.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        out.line(format!("`cairn restore {}` brings them back.", clean(&name)));
    }
    if checked.backup.locked {
        out.line("Its passphrase is the one from when the backup was made. The copies next to it have the same one.");
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the backup that was named, or the newest one that is sound. Backups that are not sound are reported.
fn chosen(args: &RestoreArgs, opening: &OpenOptions, secrets: &mut Secrets, out: &mut Out) -> Result<Checked, Error> {
    if let Some(named) = &args.from {
        return sound(&found(named, opening), &mut None, secrets).map_err(Error::from);
    }
    let mut secret = None;
    for backup in backups(opening)? {
        match sound(&backup.path, &mut secret, secrets) {
            Ok(checked) => return Ok(checked),
            Err(Refused::Secret(error)) => return Err(error),
            Err(Refused::Backup(error)) => {
                super::out::complain(&format!("warning: Cairn did not use {}: {error}", shown(&backup.path)));
            }
        }
    }
    out.flush();
    Err(Error::input(
        "there is no good backup next to your records",
        "give one: cairn restore DIR. `cairn backup --list` shows the ones that Cairn made",
    ))
}

/// Resolves a backup's name: a path, or just the name of a backup in the data folder.
fn found(named: &Path, opening: &OpenOptions) -> PathBuf {
    let Ok(folder) = opening.folder() else { return named.to_path_buf() };
    let places = [named.to_path_buf(), folder.join(named), folder.join("backups").join(named)];
    places.into_iter().find(|place| is_plain_folder(place)).unwrap_or_else(|| named.to_path_buf())
}

/// The reason why a backup was not opened.
enum Refused {
    Backup(DeskError),
    Secret(Error),
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Backup(error) => error.into(),
            Refused::Secret(error) => error,
        }
    }
}

/// Opens and checks a backup; asks once for the passphrase if it is locked.
fn sound(path: &Path, secret: &mut Option<Secret>, secrets: &mut Secrets) -> Result<Checked, Refused> {
    match check(path, secret.as_ref()) {
        Err(error) if error.is_locked() => {
            let asked = secrets.ask("Passphrase or paper key of the backup").map_err(Refused::Secret)?;
            *secret = Some(asked);
            check(path, secret.as_ref()).map_err(|error| {
                if error.is_wrong_secret() { Refused::Secret(error.into()) } else { Refused::Backup(error) }
            })
        }
        other => other.map_err(Refused::Backup),
    }
}

/// Asks for confirmation on the terminal; without one, returns an error, because a script has to pass `--yes`.
fn agreed(out: &mut Out) -> Result<(), Error> {
    if !is_terminal_in() {
        return Err(Error::input("nothing was changed, because there is no terminal to ask", "add --yes"));
    }
    out.question("Restore this backup? Type yes: ");
    let mut typed = String::new();
    let _ = std::io::stdin().read_line(&mut typed);
    match typed.trim() {
        "yes" | "y" => Ok(()),
        _ => Err(Error::input("nothing was changed", "")),
    }
}

fn newest(at: &str) -> String {
    if at.is_empty() { String::new() } else { format!(", the newest saved on {}", when(at)) }
}

/// Formats a time stamp as `2026-11-22 09:00 UTC`.
fn when(stamp: &str) -> String {
    let minute: String = stamp.chars().take(16).collect();
    format!("{} UTC", clean(&minute.replace('T', " ")))
}

fn shown(path: &Path) -> String {
    clean(&PathBuf::from(path).display().to_string())
}

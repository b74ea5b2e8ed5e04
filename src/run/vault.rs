//! Locking, unlocking and backups, as the screens ask for them.

use std::path::Path;

use super::perform::{opened, said, snapshot};
use crate::app::{BackupRow, Effect, Msg};
use crate::desk::{Desk, DeskError, backups, check, restore};
use crate::domain::clean;
use crate::seal::{Secret, offered_words};
use crate::store::{Checked, Why};

/// Whether an effect is one of these, which are nobody's in particular.
pub(super) fn is_of_vault(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::PutAway
            | Effect::Unlock(_)
            | Effect::SetPassphrase(_)
            | Effect::ChangePassphrase(..)
            | Effect::RemovePassphrase(_)
            | Effect::NewPaperKey
            | Effect::DeclinePassphrase
            | Effect::OfferWords
            | Effect::BackUp
            | Effect::ListBackups
            | Effect::CheckBackup(..)
            | Effect::Restore(..)
    )
}

/// Does one of them.
pub(super) fn perform(desk: &mut Desk, effect: Effect) -> Msg {
    match effect {
        Effect::PutAway => {
            desk.put_away();
            Msg::Unchanged
        }
        Effect::Unlock(secret) => unlock(desk, secret.as_ref()),
        Effect::SetPassphrase(new) => match desk.set_passphrase(&new) {
            Ok(paper) => with_snapshot(desk, |desk| Ok(Msg::PaperKey(paper, Box::new(snapshot(desk)?)))),
            Err(error) => Msg::SecretRefused(said(&error)),
        },
        Effect::ChangePassphrase(old, new) => match desk.change_passphrase(&old, &new) {
            Ok(()) if desk.has_paper_key() => {
                taken(desk, "The passphrase is changed. Your paper key opens your records as before.")
            }
            Ok(()) => {
                taken(desk, "The passphrase is changed. There is no paper key: `cairn passphrase paper` makes one.")
            }
            Err(error) => Msg::SecretRefused(said(&error)),
        },
        Effect::RemovePassphrase(old) => match desk.remove_passphrase(&old) {
            Ok(()) => taken(desk, "Your records are not locked any more: whoever can read their folder can read them."),
            Err(error) => Msg::SecretRefused(said(&error)),
        },
        Effect::NewPaperKey => match desk.new_paper_key() {
            Ok(paper) => with_snapshot(desk, |desk| Ok(Msg::PaperKey(paper, Box::new(snapshot(desk)?)))),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::DeclinePassphrase => match desk.decline_passphrase() {
            Ok(()) => Msg::Unchanged,
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::OfferWords => offered_words().map_or_else(Msg::SecretRefused, Msg::Words),
        Effect::BackUp => match desk.backup(None, Why::Asked) {
            Ok(made) => Msg::Told(format!("Backup made and checked: {}", clean(&made.path.display().to_string()))),
            Err(error) => Msg::Failed(format!("No backup was made. {}", said(&error))),
        },
        Effect::ListBackups => match backups(desk.opening()) {
            Ok(all) => Msg::Backups(all.iter().map(row).collect()),
            Err(error) => Msg::Failed(said(&error)),
        },
        Effect::CheckBackup(path, secret) => checked(path, secret),
        Effect::Restore(path, secret) => put_in_place(desk, &path, secret.as_ref())
            .unwrap_or_else(|error| Msg::Failed(format!("Nothing was put in place. {}", said(&error)))),
        _ => Msg::Unchanged,
    }
}

fn unlock(desk: &mut Desk, secret: Option<&Secret>) -> Msg {
    if let Err(error) = desk.unlock(secret) {
        // Anything but a wrong passphrase is told where the records would be.
        if !error.is_wrong_secret() && !error.is_locked() && !error.is_input() {
            return with_snapshot(desk, |desk| Ok(Msg::Opened(Box::new(opened(desk, None)?))));
        }
        return Msg::SecretRefused(said(&error));
    }
    with_snapshot(desk, |desk| Ok(Msg::Opened(Box::new(opened(desk, None)?))))
}

fn taken(desk: &mut Desk, words: &str) -> Msg {
    with_snapshot(desk, |desk| Ok(Msg::SecretTaken(Box::new(snapshot(desk)?), words.to_owned())))
}

fn with_snapshot(desk: &mut Desk, work: impl FnOnce(&mut Desk) -> Result<Msg, DeskError>) -> Msg {
    work(desk).unwrap_or_else(|error| Msg::Failed(said(&error)))
}

fn row(backup: &crate::store::Backup) -> BackupRow {
    let lock = if backup.locked { "locked" } else { "not locked" };
    BackupRow {
        path: backup.path.display().to_string(),
        words: format!("{}, {}, {} KiB, {lock}", when(&backup.made), clean(&backup.why), backup.bytes / 1024),
    }
}

fn checked(path: String, secret: Option<Secret>) -> Msg {
    match check(Path::new(&path), secret.as_ref()) {
        Ok(found) => Msg::BackupChecked(in_words(&found), path, secret),
        Err(error) if error.is_locked() && secret.is_none() => Msg::BackupLocked(path),
        Err(error) => Msg::SecretRefused(said(&error)),
    }
}

fn in_words(found: &Checked) -> String {
    let newest = match found.contents.newest.as_str() {
        "" => String::new(),
        at => format!(", the newest saved on {}", when(at)),
    };
    format!("The backup of {} is sound and holds {}{newest}.", when(&found.backup.made), found.contents.words())
}

/// `2026-11-22 09:00 UTC`
fn when(stamp: &str) -> String {
    let minute: String = stamp.chars().take(16).collect();
    format!("{} UTC", clean(&minute.replace('T', " ")))
}

/// The records are put away first, since they cannot be open while others take their place; whatever comes of it, they are
/// opened again.
fn put_in_place(desk: &mut Desk, path: &str, secret: Option<&Secret>) -> Result<Msg, DeskError> {
    let found = check(Path::new(path), secret)?;
    desk.put_away();
    let done = restore(&found, desk.opening(), None);
    let _ = desk.unlock(secret);
    let done = done?;
    let mut everything = opened(desk, None)?;
    if everything.banner.is_empty() {
        let words = done.aside.as_ref().map_or_else(String::new, |aside| {
            format!(" What was there before: {}", clean(&aside.display().to_string()))
        });
        let gone = done.words().map_or_else(String::new, |gone| format!(" {gone}"));
        everything.said = format!("The backup is in place.{gone}{words}");
    }
    Ok(Msg::Opened(Box::new(everything)))
}

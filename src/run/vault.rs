//! Locking, unlocking and backups from the screens.

use std::path::Path;

use super::perform::{opened, said, snapshot};
use crate::app::{BackupRow, Msg, VaultJob, VaultReply};
use crate::desk::{Desk, DeskError, backups, check, restore};
use crate::domain::clean;
use crate::seal::{Secret, offered_words};
use crate::store::{Checked, Why};

/// Performs a job on the records as a whole, which concerns no single person.
pub(super) fn perform(desk: &mut Desk, job: VaultJob) -> Msg {
    match job {
        VaultJob::PutAway => {
            desk.put_away();
            Msg::Unchanged
        }
        VaultJob::Unlock(secret) => unlock(desk, secret.as_ref()),
        VaultJob::SetPassphrase(new) => {
            let made = desk.set_passphrase(&new);
            with_paper_key(desk, made)
        }
        VaultJob::ChangePassphrase(old, new) => match desk.change_passphrase(&old, &new) {
            Ok(()) if desk.has_paper_key() => taken(desk, "Your passphrase has changed. Your paper key still works."),
            Ok(()) => taken(
                desk,
                "Your passphrase has changed. You do not have a paper key. `cairn passphrase paper` makes \
                    one.",
            ),
            Err(error) => Msg::Vault(VaultReply::SecretRefused(said(&error))),
        },
        VaultJob::RemovePassphrase(old) => match desk.remove_passphrase(&old) {
            Ok(()) => taken(
                desk,
                "Your records no longer have a passphrase. Anyone who can read your files, or has your disk or a copy \
                 of it, can read your records.",
            ),
            Err(error) => Msg::Vault(VaultReply::SecretRefused(said(&error))),
        },
        VaultJob::NewPaperKey(old) => {
            let made = desk.new_paper_key(&old);
            with_paper_key(desk, made)
        }
        VaultJob::DeclinePassphrase => match desk.decline_passphrase() {
            Ok(()) => Msg::Unchanged,
            Err(error) => Msg::Failed(said(&error)),
        },
        VaultJob::OfferWords => Msg::Vault(offered_words().map_or_else(VaultReply::SecretRefused, VaultReply::Words)),
        VaultJob::BackUp => match desk.backup(None, Why::Asked) {
            Ok(made) => Msg::Told(format!("Backup made and checked: {}", clean(&made.path.display().to_string()))),
            Err(error) => Msg::Failed(format!("No backup was made. {}", said(&error))),
        },
        VaultJob::ListBackups => match backups(desk.opening()) {
            Ok(all) => Msg::Vault(VaultReply::Backups(all.iter().map(row).collect())),
            Err(error) => Msg::Failed(said(&error)),
        },
        VaultJob::CheckBackup(path, secret) => checked(path, secret),
        VaultJob::Restore(path, secret) => put_in_place(desk, &path, secret.as_ref()).unwrap_or_else(|error| {
            let why = format!("Nothing was restored. {}", said(&error));
            match opened(desk, None) {
                Ok(everything) => Msg::Vault(VaultReply::NotRestored(Box::new(everything), why)),
                Err(_) => Msg::Failed(why),
            }
        }),
    }
}

/// Returns the reply with a paper key that was made, or the reason why none was.
fn with_paper_key(desk: &mut Desk, made: Result<Secret, DeskError>) -> Msg {
    match made {
        Ok(paper) => with_snapshot(desk, |desk| Ok(Msg::Vault(VaultReply::PaperKey(paper, Box::new(snapshot(desk)?))))),
        Err(error) => Msg::Vault(VaultReply::SecretRefused(said(&error))),
    }
}

fn unlock(desk: &mut Desk, secret: Option<&Secret>) -> Msg {
    if let Err(error) = desk.unlock(secret) {
        // Any other error is shown in place of the records.
        if !error.is_wrong_secret() && !error.is_locked() && !error.is_input() {
            return with_snapshot(desk, |desk| Ok(Msg::Opened(Box::new(opened(desk, None)?))));
        }
        return Msg::Vault(VaultReply::SecretRefused(said(&error)));
    }
    with_snapshot(desk, |desk| Ok(Msg::Opened(Box::new(opened(desk, None)?))))
}

fn taken(desk: &mut Desk, words: &str) -> Msg {
    with_snapshot(desk, |desk| Ok(Msg::Vault(VaultReply::SecretTaken(Box::new(snapshot(desk)?), words.to_owned()))))
}

fn with_snapshot(desk: &mut Desk, work: impl FnOnce(&mut Desk) -> Result<Msg, DeskError>) -> Msg {
    work(desk).unwrap_or_else(|error| Msg::Failed(said(&error)))
}

fn row(backup: &crate::store::Backup) -> BackupRow {
    let lock = if backup.locked { "locked" } else { "no passphrase" };
    BackupRow {
        path: backup.path.display().to_string(),
        words: format!("{}, {}, {} KiB, {lock}", when(&backup.made), clean(&backup.why), backup.bytes / 1024),
    }
}

fn checked(path: String, secret: Option<Secret>) -> Msg {
    match check(Path::new(&path), secret.as_ref()) {
        Ok(found) => Msg::Vault(VaultReply::BackupChecked(in_words(&found), path, secret)),
        Err(error) if error.is_locked() && secret.is_none() => Msg::Vault(VaultReply::BackupLocked(path)),
        Err(error) => Msg::Vault(VaultReply::SecretRefused(said(&error))),
    }
}

fn in_words(found: &Checked) -> String {
    let newest = match found.contents.newest.as_str() {
        "" => String::new(),
        at => format!(", the newest saved on {}", when(at)),
    };
    format!(
        "The backup of {} is not damaged and holds {}{newest}. It does not hold what you saved later.",
        when(&found.backup.made),
        found.contents.words()
    )
}

/// Formats a time stamp as `2026-11-22 09:00 UTC`.
fn when(stamp: &str) -> String {
    let minute: String = stamp.chars().take(16).collect();
    format!("{} UTC", clean(&minute.replace('T', " ")))
}

/// Restores a backup. The records are closed first, because they must not be open while others replace them, and opened
/// again whatever the result.
fn put_in_place(desk: &mut Desk, path: &str, secret: Option<&Secret>) -> Result<Msg, DeskError> {
    let found = check(Path::new(path), secret)?;
    desk.put_away();
    let done = restore(&found, desk.opening(), None);
    let _ = desk.unlock(secret);
    let done = done?;
    let mut everything = opened(desk, None)?;
    if everything.banner.is_empty() {
        let words = done.aside.as_ref().map_or_else(String::new, |aside| {
            format!(" Your earlier records: {}", clean(&aside.display().to_string()))
        });
        let gone = done.words().map_or_else(String::new, |gone| format!(" {gone}"));
        everything.said = format!("The backup is restored.{gone}{words}");
    }
    Ok(Msg::Opened(Box::new(everything)))
}

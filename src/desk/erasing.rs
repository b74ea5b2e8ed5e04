//! Erasing a person: what would go, doing it, and what is left in backups. A backup is worked on as a copy beside it, and
//! only a copy that was erased whole takes its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::rights::Subject;
use super::{Desk, DeskError, Records};
use crate::domain::{Holding, Person};
use crate::os::{
    copy_files, documents_dir, file_len, is_plain_folder, list_dir, put_in_place, read_text, remove_folder,
};
use crate::report::{BackupFate, BackupLine, Certificate, Gone, mentions};
use crate::store::{DATABASE, Rewritten, Store};

/// The folder of backups in the data folder.
const BACKUPS: &str = "backups";
/// More than `vault.toml` ever has.
const PROOF_CAP: u64 = 4096;

/// What an erasure would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What the person is called.
    pub name: String,
    /// The hash that stands for them in the certificate; `None` if there is nothing about them.
    pub person_sha256: Option<String>,
    /// What would go.
    pub erased: Vec<Gone>,
    /// Sessions that the coach's hours log would lose.
    pub logged_sessions: usize,
    /// Backups that hold the person, or cannot be opened.
    pub backups: Vec<BackupLine>,
    /// Reports that seem to be about the person.
    pub handed_over: Vec<PathBuf>,
    /// Passages in the records of others that seem to name the person.
    pub named_elsewhere: usize,
}

/// Whether backups are erased as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InBackups {
    /// They stay as they are, and the certificate names those that hold the person.
    Leave,
    /// The person is erased there, too.
    Erase,
}

impl Desk {
    /// What erasing a person would do. Changes nothing.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn erasure_preview(&mut self, subject: &Subject) -> Result<Preview, DeskError> {
        let holding = self.holding(subject)?;
        let person_sha256 = self.hash_of(subject)?;
        let mut named_elsewhere = 0;
        if !holding.name.is_empty() {
            let clients = self.clients()?.into_iter().map(Subject::Client);
            for other in std::iter::once(Subject::Me).chain(clients).filter(|other| other.id() != subject.id()) {
                named_elsewhere += mentions(&self.holding(&other)?, &holding.name).len();
            }
        }
        let logged = matches!(subject, Subject::Client(person) if person.in_hours_log.is_some());
        let sessions = holding.of("session_end").map_or(0, |kept| kept.rows.len());
        Ok(Preview {
            name: holding.called().to_owned(),
            erased: Gone::of(&holding),
            logged_sessions: if logged { sessions } else { 0 },
            backups: match &person_sha256 {
                Some(hash) => self.in_backups(std::slice::from_ref(hash), InBackups::Leave),
                None => Vec::new(),
            },
            handed_over: self.handed_over(&holding),
            named_elsewhere,
            person_sha256,
        })
    }

    /// Erases a person, and returns the certificate, which is kept in the records as well.
    ///
    /// # Errors
    /// When the records cannot be read or written. What could not be done with a backup stands in the certificate.
    pub fn erase(
        &mut self,
        subject: &Subject,
        preview: &Preview,
        backups: InBackups,
    ) -> Result<Certificate, DeskError> {
        let hash = preview.person_sha256.clone().unwrap_or_default();
        let mut certificate =
            Certificate::new(self.clock.stamp(), self.vault_id(), hash.clone(), preview.erased.clone());
        certificate.handed_over = preview.handed_over.len();
        certificate.named_elsewhere = preview.named_elsewhere;
        certificate.backups.clone_from(&preview.backups);
        let mut certificate = certificate.with_sentences();
        self.turn_to(subject.id())?;
        self.store_mut()?.erase(&text_of(&certificate))?;
        self.turn_to(None)?;
        certificate.rewritten = Some(self.store_mut()?.rewrite()? == Rewritten::Whole);
        if backups == InBackups::Erase {
            certificate.backups = self.in_backups(std::slice::from_ref(&hash), InBackups::Erase);
        }
        let certificate = certificate.with_sentences();
        self.store_mut()?.keep_certificate(&hash, &text_of(&certificate))?;
        Ok(certificate)
    }

    /// Does again what earlier erasures left: writes the file anew, and erases everybody who has a certificate from the
    /// backups that still hold them.
    ///
    /// # Errors
    /// When the records cannot be read or written.
    pub fn finish_erasures(&mut self) -> Result<(bool, Vec<BackupLine>), DeskError> {
        let hashes = self.erased_hashes()?;
        if hashes.is_empty() {
            return Ok((true, Vec::new()));
        }
        let whole = self.store_mut()?.rewrite()? == Rewritten::Whole;
        Ok((whole, self.in_backups(&hashes, InBackups::Erase)))
    }

    /// The certificates that are kept, the newest of each person, oldest first, as JSON.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn certificates(&self) -> Result<Vec<String>, DeskError> {
        let rows = self.read(Store::certificates)?;
        Ok(rows.into_iter().map(|(_, certificate)| certificate).collect())
    }

    fn erased_hashes(&self) -> Result<Vec<String>, DeskError> {
        Ok(self.read(Store::certificates)?.into_iter().map(|(hash, _)| hash).collect())
    }

    fn hash_of(&mut self, subject: &Subject) -> Result<Option<String>, DeskError> {
        let before = self.client();
        self.turn_to(subject.id())?;
        let hash = self.read(Store::person_hash);
        self.turn_to(before.as_deref())?;
        hash
    }

    /// Looks into every backup for people with these hashes, and erases them there if that is asked for. Backups that
    /// hold none of them are left out.
    fn in_backups(&self, hashes: &[String], what: InBackups) -> Vec<BackupLine> {
        let Records::Folder(folder, _) = &self.records else { return Vec::new() };
        let backups = folder.join(BACKUPS);
        let names = list_dir(&backups).unwrap_or_default();
        let names = names.into_iter().filter(|name| !name.starts_with('.') && is_plain_folder(&backups.join(name)));
        let looked = names.filter_map(|name| match self.in_backup(&backups, &name, hashes, what) {
            Ok(None) => None,
            Ok(Some(fate)) => Some(BackupLine { name, fate, why: String::new() }),
            Err(why) => Some(BackupLine { name, fate: BackupFate::NotOpened, why }),
        });
        looked.collect()
    }

    fn in_backup(
        &self,
        backups: &Path,
        name: &str,
        hashes: &[String],
        what: InBackups,
    ) -> Result<Option<BackupFate>, String> {
        let (own, copy) = (backups.join(name), backups.join(format!(".looking-{name}")));
        if file_len(&own.join(DATABASE)).is_err() {
            return Ok(None);
        }
        copy_files(&own, &copy).map_err(|error| error.to_string())?;
        let found = self.in_copy(&copy, hashes, what);
        let done = match found {
            Ok(Some(BackupFate::Erased)) => put_in_place(&copy.join(DATABASE), &own.join(DATABASE))
                .map(|()| Some(BackupFate::Erased))
                .map_err(|error| error.to_string()),
            other => other,
        };
        let _ = remove_folder(&copy);
        done
    }

    /// The same on a copy of it. The connection is closed when this returns, so that all is in the one file.
    fn in_copy(&self, copy: &Path, hashes: &[String], what: InBackups) -> Result<Option<BackupFate>, String> {
        let opened = self.open_backup(copy).map_err(|error| error.to_string())?;
        let Some(mut store) = opened else { return Ok(None) };
        let mut fate = None;
        for hash in hashes {
            if store.holds(hash).map_err(|error| error.to_string())? {
                fate = Some(BackupFate::Held);
                if what == InBackups::Erase {
                    store.erase_here(hash).map_err(|error| error.to_string())?;
                    fate = Some(BackupFate::Erased);
                }
            }
        }
        Ok(fate)
    }

    /// Opens a copy of a backup.
    fn open_backup(&self, copy: &Path) -> Result<Option<Store>, DeskError> {
        Ok(Store::open(copy, Arc::clone(&self.clock))?)
    }

    /// Reports in the folder of what was handed over whose names have the person's initials.
    fn handed_over(&self, holding: &Holding) -> Vec<PathBuf> {
        let folder = match &self.opening.data_dir {
            Some(records) => records.join("handed-over"),
            None => match documents_dir() {
                Ok(folder) => folder.join("Cairn"),
                Err(_) => return Vec::new(),
            },
        };
        let person = Person { name: holding.name.clone(), ..Person::default() };
        let initials = initials(&person);
        if self.is_demo() || initials.is_empty() {
            return Vec::new();
        }
        let names = list_dir(&folder).unwrap_or_default();
        names.into_iter().filter(|name| name.contains(&format!("-{initials}-"))).map(|name| folder.join(name)).collect()
    }

    /// The id in `vault.toml`; empty for records in memory.
    fn vault_id(&self) -> String {
        let Records::Folder(folder, _) = &self.records else { return String::new() };
        let text = read_text(&folder.join("vault.toml"), PROOF_CAP).unwrap_or_default();
        let id = text.lines().filter_map(|line| line.split_once('=')).find(|(name, _)| name.trim() == "id");
        id.map(|(_, value)| value.trim().trim_matches('"').to_owned()).unwrap_or_default()
    }
}

/// The initials of a person, as they stand in the names of files.
pub(super) fn initials(person: &Person) -> String {
    person.name.split_whitespace().filter_map(|word| word.chars().next()).collect()
}

fn text_of(certificate: &Certificate) -> String {
    serde_json::to_string(certificate).unwrap_or_default()
}

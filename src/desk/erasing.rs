//! Erasure of a person: preview, execution, and what remains in backups and elsewhere.

use std::path::{Path, PathBuf};

use super::rights::Subject;
use super::{Desk, DeskError};
use crate::domain::{Person, clean};
use crate::os::{documents_dir, list_dir};
use crate::report::{BackupFate, BackupLine, Certificate, Gone, mentions};
use crate::store::{Copies, InCopy, Rewritten, Store, StoreError};

/// What an erasure would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Name of the person.
    pub name: String,
    /// Hash that identifies the person in the certificate; `None` if there are no records about them.
    pub person_sha256: Option<String>,
    /// What would be erased.
    pub erased: Vec<Gone>,
    /// Number of sessions that would be removed from the coach's hours log.
    pub logged_sessions: usize,
    /// Backups that contain the person or cannot be opened.
    pub backups: Vec<BackupLine>,
    /// Reports that seem to be about the person.
    pub handed_over: Vec<PathBuf>,
    /// Number of passages in other people's records that seem to name the person.
    pub named_elsewhere: usize,
}

impl Desk {
    /// Determines what erasing a person would do, without changing anything.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
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
                Some(hash) => self.in_backups(std::slice::from_ref(hash), Copies::Look),
                None => Vec::new(),
            },
            handed_over: self.handed_over(&holding.name),
            named_elsewhere,
            person_sha256,
        })
    }

    /// Erases a person and returns the certificate, which is also saved in the records.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or written. Failures with single backups are recorded in the
    /// certificate instead.
    pub fn erase(&mut self, subject: &Subject, preview: &Preview, backups: Copies) -> Result<Certificate, DeskError> {
        let hash = preview.person_sha256.clone().unwrap_or_default();
        let mut certificate = Certificate::new(
            self.clock.stamp(),
            self.store().map(Store::vault_id).unwrap_or_default(),
            hash.clone(),
            preview.erased.clone(),
        );
        certificate.handed_over = preview.handed_over.len();
        certificate.named_elsewhere = preview.named_elsewhere;
        certificate.backups.clone_from(&preview.backups);
        certificate.from_backups = backups == Copies::Erase;
        let mut certificate = certificate.with_sentences();
        self.turn_to(subject.id())?;
        self.store_mut()?.erase(&text_of(&certificate))?;
        self.turn_to(None)?;
        certificate.rewritten = Some(self.store_mut()?.rewrite()? == Rewritten::Whole);
        if backups == Copies::Erase {
            certificate.backups = self.in_backups(std::slice::from_ref(&hash), Copies::Erase);
        }
        let certificate = certificate.with_sentences();
        self.store_mut()?.keep_certificate(&hash, &text_of(&certificate))?;
        Ok(certificate)
    }

    /// Completes earlier erasures: rewrites the file, and erases everybody who has a certificate from the backups that
    /// still contain them. The certificates are updated.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or written.
    pub fn finish_erasures(&mut self) -> Result<(bool, Vec<BackupLine>), DeskError> {
        let hashes = self.erased_hashes()?;
        if hashes.is_empty() {
            return Ok((true, Vec::new()));
        }
        let whole = self.store_mut()?.rewrite()? == Rewritten::Whole;
        let backups = self.in_backups(&hashes, Copies::Erase);
        for (hash, text) in self.read(Store::certificates)? {
            let Ok(before) = serde_json::from_str::<Certificate>(&text) else { continue };
            let after = before.clone().after(whole, &backups);
            if after != before {
                self.store_mut()?.keep_certificate(&hash, &text_of(&after))?;
            }
        }
        Ok((whole, backups))
    }

    /// Completes interrupted erasures as far as they were requested: the file is rewritten, and people are erased from
    /// backups if that was part of the request.
    pub(super) fn finish_broken_off_erasures(&mut self) -> Result<(), DeskError> {
        let parsed = |(hash, text): (String, String)| {
            let certificate: Certificate = serde_json::from_str(&text).ok()?;
            certificate.rewritten.is_none().then_some((hash, certificate))
        };
        let begun: Vec<_> = self.read(Store::certificates)?.into_iter().filter_map(parsed).collect();
        if begun.is_empty() {
            return Ok(());
        }
        let whole = self.store_mut()?.rewrite()? == Rewritten::Whole;
        for (hash, certificate) in begun {
            let reached = if certificate.from_backups {
                self.in_backups(std::slice::from_ref(&hash), Copies::Erase)
            } else {
                Vec::new()
            };
            self.store_mut()?.keep_certificate(&hash, &text_of(&certificate.after(whole, &reached)))?;
        }
        Ok(())
    }

    /// Returns the stored certificates as JSON, the newest one for each person, oldest first.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
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

    /// Looks in every copy of the records for people with these hashes and, if `what` says so, erases them. Copies
    /// without them are left out of the result.
    fn in_backups(&self, hashes: &[String], what: Copies) -> Vec<BackupLine> {
        self.in_copies(|store, copy| store.in_copy(copy, hashes, what))
    }

    /// Applies `look` to every copy of the records and returns the results; copies in which nothing was found are left
    /// out.
    pub(super) fn in_copies(&self, look: impl Fn(&Store, &Path) -> Result<InCopy, StoreError>) -> Vec<BackupLine> {
        let Some(store) = self.store() else { return Vec::new() };
        let line = |path: PathBuf| {
            let name = path.file_name().map(|name| clean(&name.to_string_lossy())).unwrap_or_default();
            let (fate, why) = match look(store, &path) {
                Ok(InCopy::Nobody) => return None,
                Ok(InCopy::Held) => (BackupFate::Held, String::new()),
                Ok(InCopy::Erased) => (BackupFate::Erased, String::new()),
                Err(error) => (BackupFate::NotOpened, error.to_string()),
            };
            Some(BackupLine { name, fate, why })
        };
        store.copies().into_iter().filter_map(line).collect()
    }

    /// Returns the report files whose names contain the person's initials.
    pub(super) fn handed_over(&self, name: &str) -> Vec<PathBuf> {
        let folder = match &self.opening.data_dir {
            Some(records) => records.join("handed-over"),
            None => match documents_dir() {
                Ok(folder) => folder.join("Cairn"),
                Err(_) => return Vec::new(),
            },
        };
        let person = Person { name: name.to_owned(), ..Person::default() };
        let initials = initials(&person);
        if self.is_demo() || initials.is_empty() {
            return Vec::new();
        }
        let names = list_dir(&folder).unwrap_or_default();
        names.into_iter().filter(|name| name.contains(&format!("-{initials}-"))).map(|name| folder.join(name)).collect()
    }
}

/// Returns a person's initials as used in file names.
pub(super) fn initials(person: &Person) -> String {
    person.name.split_whitespace().filter_map(|word| word.chars().next()).collect()
}

fn text_of(certificate: &Certificate) -> String {
    serde_json::to_string(certificate).unwrap_or_default()
}

//! Erasing a person: what would go, doing it, and what is left in backups and elsewhere.

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
                Some(hash) => self.in_backups(std::slice::from_ref(hash), Copies::Look),
                None => Vec::new(),
            },
            handed_over: self.handed_over(&holding.name),
            named_elsewhere,
            person_sha256,
        })
    }

    /// Erases a person, and returns the certificate, which is kept in the records as well.
    ///
    /// # Errors
    /// When the records cannot be read or written. What could not be done with a backup stands in the certificate.
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

    /// Does again what earlier erasures left: writes the file anew, and erases everybody who has a certificate from the
    /// backups that still hold them. Their certificates say so from then on.
    ///
    /// # Errors
    /// When the records cannot be read or written.
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

    /// Finishes erasures that the program was ended in, as far as they were asked for: the file is written anew, and backups are
    /// reached where the person was to be erased from them.
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

    /// Looks into every copy of the records for people with these hashes, and erases them there if that is asked for.
    /// Copies that hold none of them are left out.
    fn in_backups(&self, hashes: &[String], what: Copies) -> Vec<BackupLine> {
        self.in_copies(|store, copy| store.in_copy(copy, hashes, what))
    }

    /// What `look` found or did in every copy of the records; copies that hold nothing of it are left out.
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

    /// Reports in the folder of what was handed over whose names have the person's initials.
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

/// The initials of a person, as they stand in the names of files.
pub(super) fn initials(person: &Person) -> String {
    person.name.split_whitespace().filter_map(|word| word.chars().next()).collect()
}

fn text_of(certificate: &Certificate) -> String {
    serde_json::to_string(certificate).unwrap_or_default()
}

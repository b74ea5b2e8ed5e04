//! Data that is given to others: reports written to files, the lines the sponsor could read, the coach's hours log for
//! all clients, and names of other people that should not be on a page.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Desk, DeskError};
use crate::domain::{Answer, Party, ReleaseItem, ReportFormat, fold};
use crate::os::{DirError, Existing, documents_dir, is_there, make_folders, private_dir, safe_file_name, write_export};
use crate::report::{Handout, HoursLog, Page, Suspicion, calendar, formatted, release_items, report, suspects};
use crate::store::Store;

/// Maximum number of files with the same name on one day.
const MOST: usize = 99;

/// A reason to check a page before it is given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It may name other clients; contains the words.
    OtherClient(Vec<String>),
    /// It quotes wording that can mean that somebody is in danger.
    Danger,
}

/// Returns the default folder for reports: beside records whose folder was given, or in the documents folder.
///
/// # Errors
/// Returns an error if this account has no documents folder.
pub fn report_folder(records: Option<&Path>) -> Result<PathBuf, DirError> {
    Ok(match records {
        Some(records) => records.join("handed-over"),
        None => documents_dir()?.join("Cairn"),
    })
}

impl Desk {
    /// Returns the default path for a report: its name contains the day and the person's initials, and it does not
    /// exist yet.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or this account has no documents folder.
    pub fn report_path(&self, party: Party, form: ReportFormat) -> Result<PathBuf, DeskError> {
        let folder = self.reports()?;
        let person = self.person()?;
        let initials = super::erasing::initials(&person);
        let whose = if initials.is_empty() { String::new() } else { format!("-{initials}") };
        let party = if person.is_client() { party.id() } else { "report" };
        let stem = safe_file_name(&format!("{}{whose}-{party}", self.today()), "");
        let path = |number: usize| {
            let name = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
            folder.join(format!("{name}.{}", form.ending()))
        };
        Ok((1..=MOST).map(path).find(|path| !is_there(path)).unwrap_or_else(|| path(MOST + 1)))
    }

    /// Writes a report about the current person for one reader to a new file. Returns its path and the reasons to check
    /// it. A relative path is resolved in the default folder.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read or the file cannot be written.
    pub fn hand_over(&self, party: Party, form: ReportFormat, path: &Path) -> Result<(PathBuf, Vec<Doubt>), DeskError> {
        let dossier = self.dossier()?;
        let handout = Handout::new(&self.loaded_packs.library, &dossier, party);
        let page = report(&handout);
        let (text, doubts) = match formatted(&page, form) {
            Some(text) => (text, self.doubts_of(&page)?),
            None => (calendar(&handout), Vec::new()),
        };
        let usual = self.reports()?;
        let path = usual.join(path);
        let refused =
            |path: &Path, error: std::io::Error| DeskError::Export { path: path.to_path_buf(), source: error };
        // Only the default folder is created; another one must exist, because a mistyped path would otherwise be
        // created somewhere.
        if path.parent() == Some(usual.as_path()) {
            let made = usual.parent().map_or(Ok(()), make_folders);
            made.and_then(|()| if is_there(&usual) { Ok(()) } else { private_dir(&usual).map(drop) })
                .map_err(|error| refused(&usual, error))?;
        }
        write_export(&path, text.as_bytes(), Existing::Keep).map_err(|error| refused(&path, error))?;
        Ok((path, doubts))
    }

    /// Returns the default folder for reports.
    fn reports(&self) -> Result<PathBuf, DeskError> {
        Ok(report_folder(self.opening.data_dir.as_deref())?)
    }

    /// Returns the lines that the client could release to the sponsor, with their exact text.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn releasable(&self) -> Result<Vec<ReleaseItem>, DeskError> {
        Ok(release_items(&self.loaded_packs.library, &self.dossier()?))
    }

    /// Returns the coach's hours log for all clients, ordered by name.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn hours_log(&mut self) -> Result<HoursLog, DeskError> {
        let mut log = HoursLog::default();
        for person in self.clients()? {
            let sessions = self.visiting(&person.id, |desk| desk.read(Store::sessions))?;
            log.add(&person, &sessions, self.today());
        }
        Ok(log)
    }

    /// Returns the reasons to check a page before it is given to somebody.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn doubts_of(&self, page: &Page) -> Result<Vec<Doubt>, DeskError> {
        let text = page.texts().collect::<Vec<_>>().join("\n");
        let found = suspects(&text, &self.names_of_others()?);
        let named: BTreeSet<String> =
            found.into_iter().filter(|found| found.why == Suspicion::Known).map(|found| found.words).collect();
        let mut doubts = Vec::new();
        if !named.is_empty() {
            doubts.push(Doubt::OtherClient(named.into_iter().collect()));
        }
        let dossier = self.dossier()?;
        let answers = dossier.answers.iter().flat_map(Answer::words);
        let notes = dossier.sessions.iter().flat_map(|session| &session.notes).map(|note| note.text.as_str());
        let plan = dossier.actions.iter().flat_map(|own| own.intent.words().chain([own.learned.as_str()]));
        // Texts of packs are on the page as well and may mention danger legitimately.
        let titles = dossier.actions.iter().filter(|own| own.activity.is_none()).map(|own| own.title.as_str());
        let goals = dossier.engagements.iter().map(|terms| terms.goal.as_str());
        let written = answers
            .chain(notes)
            .chain(plan)
            .chain(titles)
            .chain(goals)
            .filter(|own| !own.trim().is_empty() && text.contains(own.trim()));
        if written.into_iter().any(|own| !self.loaded_packs.noticed_in_text(own, self.today()).is_empty()) {
            doubts.push(Doubt::Danger);
        }
        Ok(doubts)
    }

    /// Returns the names of all clients except the current person, without words that are part of the current person's
    /// name.
    ///
    /// # Errors
    /// Returns an error if the records cannot be read.
    pub fn names_of_others(&self) -> Result<Vec<String>, DeskError> {
        let own = self.person()?;
        let words: BTreeSet<String> = own.name.split_whitespace().map(fold).collect();
        let others = self.clients()?.into_iter().filter(|person| person.id != own.id);
        let parts = |name: &str| {
            let parts = name.split_whitespace().filter(|part| !words.contains(&fold(part)));
            parts.collect::<Vec<_>>().join(" ")
        };
        Ok(others.map(|person| parts(&person.name)).filter(|name| !name.is_empty()).collect())
    }
}

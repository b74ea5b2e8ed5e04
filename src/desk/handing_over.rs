//! What is handed over: a report written to a file, what the sponsor could read, the coach's hours log over all clients,
//! and the names of others that should not stand on a page.

use std::path::PathBuf;

use super::{Desk, DeskError};
use crate::domain::{Party, ReleaseItem};
use crate::os::{Existing, documents_dir, make_folders, safe_file_name, write_export};
use crate::report::{Handout, HoursLog, calendar, html, markdown, release_items, report};
use crate::store::Store;

/// Most files of one name and day.
const MOST: usize = 99;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One file for a browser.
    Html,
    /// Plain text with marks.
    Markdown,
    /// The days of the plan.
    Calendar,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Calendar => "ics",
        }
    }
}

impl Desk {
    /// Writes a report about the person whose records are open, for one reader, and returns where. The file's name has
    /// the day and the person's initials; one that is there already stays, and the new one gets a number.
    ///
    /// # Errors
    /// When the records cannot be read, or the file cannot be written.
    pub fn hand_over(&self, party: Party, form: Form) -> Result<PathBuf, DeskError> {
        let dossier = self.dossier()?;
        let handout = Handout::new(&self.shelf.library, &dossier, party);
        let text = match form {
            Form::Html => html(&report(&handout)),
            Form::Markdown => markdown(&report(&handout)),
            Form::Calendar => calendar(&handout),
        };
        let folder = match &self.opening.data_dir {
            Some(records) => records.join("handed-over"),
            None => documents_dir()?.join("Cairn"),
        };
        let refused = |path: &std::path::Path, error: std::io::Error| DeskError::Export {
            path: path.to_path_buf(),
            source: error,
        };
        make_folders(&folder).map_err(|error| refused(&folder, error))?;
        let initials = super::erasing::initials(&dossier.person);
        let whose = if initials.is_empty() { String::new() } else { format!("-{initials}") };
        let stem = safe_file_name(&format!("{}{whose}-{}", self.today(), party.id()), "");
        let mut last = folder.clone();
        for number in 1..=MOST {
            let name = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
            last = folder.join(format!("{name}.{}", form.extension()));
            match write_export(&last, text.as_bytes(), Existing::Keep) {
                Ok(()) => return Ok(last),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(refused(&last, error)),
            }
        }
        Err(refused(&last, std::io::ErrorKind::AlreadyExists.into()))
    }

    /// What the client could let the sponsor read, word for word.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn releasable(&self) -> Result<Vec<ReleaseItem>, DeskError> {
        Ok(release_items(&self.shelf.library, &self.dossier()?))
    }

    /// The coach's hours over all clients, by name.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn hours_log(&mut self) -> Result<HoursLog, DeskError> {
        let mut log = HoursLog::default();
        for person in self.clients()? {
            let sessions = self.visiting(&person.id, |desk| desk.read(Store::sessions))?;
            log.add(&person, &sessions);
        }
        Ok(log)
    }

    /// The names of all clients but the one whose records are open.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn names_of_others(&self) -> Result<Vec<String>, DeskError> {
        let own = self.person()?;
        Ok(self.clients()?.into_iter().filter(|person| person.id != own.id).map(|person| person.name).collect())
    }
}

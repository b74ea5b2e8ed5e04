//! `vault.toml`: proves that records existed in a folder, so that a missing or empty database is treated as damage and
//! not as a new start. It contains no secrets, and its content is not trusted for anything else.

use std::fmt::Write;
use std::path::Path;

use super::error::StoreError;
use super::writer::Look;
use crate::domain::clean;
use crate::os::{Clock, read_text, write_private};

/// File name.
pub(super) const FILE: &str = "vault.toml";

/// Version of the folder layout that this program supports.
const FORMAT: i64 = 1;
/// Maximum file size in bytes; the file is always smaller.
const CAP: u64 = 4096;

/// Content of the file. A file that cannot be read still proves that records existed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Proof {
    /// Version of the folder layout.
    pub(super) format: i64,
    /// Id of the records, the same in every copy.
    pub(super) id: String,
    /// Time of creation of the records.
    pub(super) created: String,
    /// Name of the second party that can open the records, from a policy.
    pub(super) escrow: String,
    /// Time of the backup, if this is one.
    pub(super) backup_made: String,
    /// Reason for the backup.
    pub(super) backup_why: String,
    /// Sequence number of the backup, so that a wrong clock does not change the order; 0 if not stated.
    pub(super) backup_number: u64,
    /// A random id that changes whenever other records are put in this place.
    pub(super) placed: String,
}

impl Proof {
    /// Creates the content for new records.
    pub(super) fn new(clock: &Clock) -> Self {
        Self { format: FORMAT, id: clock.new_id(), created: clock.stamp(), ..Self::default() }
    }

    /// Reads the file in a folder.
    pub(super) fn read(folder: &Path) -> Self {
        let text = read_text(&folder.join(FILE), CAP).unwrap_or_default();
        let mut proof = Self::default();
        // A last line without a line feed is truncated and may be wrong.
        let whole = text.rfind('\n').and_then(|end| text.get(..end)).unwrap_or_default();
        for (name, value) in whole.lines().filter_map(|line| line.split_once('=')) {
            let value = clean(value.trim().trim_matches('"'));
            match name.trim() {
                "format" => proof.format = value.parse().unwrap_or_default(),
                "id" => proof.id = value,
                "created" => proof.created = value,
                "escrow" => proof.escrow = value,
                "backup_made" => proof.backup_made = value,
                "backup_why" => proof.backup_why = value,
                "backup_number" => proof.backup_number = value.parse().unwrap_or_default(),
                "placed" => proof.placed = value,
                _ => {}
            }
        }
        proof
    }

    /// Returns whether the file was truncated or emptied, so that essential content is missing.
    pub(super) fn is_cut(&self) -> bool {
        self.format == 0 || self.id.is_empty()
    }

    /// Returns what is wrong with the file in a folder that contains records; `None` if nothing is.
    pub(super) fn fault(folder: &Path) -> Option<&'static str> {
        match super::vault::len(&folder.join(FILE)) {
            Ok(None) => Some("vault.toml, which says which records these are, is missing"),
            Ok(Some(_)) if Self::read(folder).is_cut() => {
                Some("vault.toml, which says which records these are, was emptied or cut off")
            }
            _ => None,
        }
    }

    /// Reconstructs the content of a damaged file, from a copy of the same records if there is one.
    pub(super) fn mended(folder: &Path, key: &super::key::Key, clock: &Clock) -> Self {
        let found =
            super::copies::of(folder, Some(key)).iter().map(|copy| Self::read(copy)).find(|said| !said.is_cut());
        let said = found.unwrap_or_else(|| Self::new(clock));
        let here = Self::read(folder);
        let escrow = if here.escrow.is_empty() { said.escrow } else { here.escrow };
        let kept = |here: String, said: String| if here.is_empty() { said } else { here };
        Self {
            format: here.format.max(said.format),
            id: kept(here.id, said.id),
            created: kept(here.created, said.created),
            escrow,
            backup_made: here.backup_made,
            backup_why: here.backup_why,
            backup_number: here.backup_number,
            placed: here.placed,
        }
    }

    /// Writes the file into a folder.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let mut text = format!("format = {}\n", self.format.max(FORMAT));
        let number = if self.backup_number == 0 { String::new() } else { self.backup_number.to_string() };
        let lines = [
            ("id", &self.id),
            ("created", &self.created),
            ("escrow", &self.escrow),
            ("backup_made", &self.backup_made),
            ("backup_why", &self.backup_why),
            ("backup_number", &number),
            ("placed", &self.placed),
        ];
        for (name, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
            let value = value.replace(['"', '\n', '\\'], " ");
            let _ = writeln!(text, "{name} = \"{}\"", value.trim());
        }
        write_private(&folder.join(FILE), text.as_bytes()).map_err(StoreError::io("writing vault.toml"))
    }

    /// Returns why the records are read-only, if they are.
    pub(super) fn look(&self) -> Option<Look> {
        if self.format > FORMAT {
            return Some(Look::Newer(self.format));
        }
        (!self.backup_made.is_empty()).then_some(Look::Backup)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_nonsense_proves_as_well() {
        let temp = tempfile::tempdir().expect("a temporary folder can be made");
        assert_eq!(Proof::read(temp.path()), Proof::default());
        let clock = Clock::fixed(jiff::civil::date(2026, 11, 22));
        let proof = Proof { escrow: "Acme \"Care\"".to_owned(), ..Proof::new(&clock) };
        proof.write(temp.path()).expect("writable");
        assert_eq!(Proof::read(temp.path()), Proof { escrow: "Acme  Care".to_owned(), ..proof.clone() });
        assert_eq!(proof.look(), None);
        assert_eq!(Proof { backup_made: "then".to_owned(), ..proof.clone() }.look(), Some(Look::Backup));
        assert!(!proof.is_cut());
        write_private(&temp.path().join(FILE), b"format = 2\nid = \"x").expect("writable");
        assert!(Proof::read(temp.path()).is_cut());
        assert_eq!(Proof::read(temp.path()).look(), Some(Look::Newer(2)));
        write_private(&temp.path().join(FILE), b"\xff\xff").expect("writable");
        assert_eq!(Proof::read(temp.path()).look(), None);
    }
}

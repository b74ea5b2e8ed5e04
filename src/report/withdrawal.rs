//! The certificate of a withdrawal: what kind of record somebody took back, when, and what the program could not reach.
//! It contains nothing of the record's text; records are identified by the hash of their ids.

use serde::{Deserialize, Serialize};

use super::certificate::{BackupFate, BackupLine, in_backups};
use crate::domain::count;

/// The value of the certificate's `format` field.
pub const WITHDRAWAL_FORMAT: &str = "cairn-withdrawal";
/// Version of the format.
const VERSION: u32 = 1;

/// A certificate of withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    format: String,
    version: u32,
    made_by: String,
    /// Time of the withdrawal, RFC 3339 in UTC.
    pub at: String,
    /// Id of the vault; empty for records in memory.
    pub vault: String,
    /// SHA-256 of the id of what was withdrawn.
    pub piece_sha256: String,
    /// Kind of what was withdrawn, in words without its content.
    pub what: String,
    /// Number of rows that were removed; a corrected entry has several.
    pub records: usize,
    /// Whether the database file was rewritten and its log emptied; `None` until that has been tried.
    pub rewritten: Option<bool>,
    /// Backups in the data folder that contained or may contain it.
    pub backups: Vec<BackupLine>,
    /// Number of reports about the person in the folder of handed-over documents that may contain it.
    #[serde(default)]
    pub handed_over: usize,
    /// What the program could not reach, in sentences.
    pub not_reached: Vec<String>,
}

impl Withdrawal {
    /// Creates the certificate for something that is about to be withdrawn.
    #[must_use]
    pub fn new(at: String, vault: String, piece_sha256: String, what: &str, records: usize) -> Self {
        Self {
            format: WITHDRAWAL_FORMAT.to_owned(),
            version: VERSION,
            made_by: concat!("cairn ", env!("CARGO_PKG_VERSION")).to_owned(),
            at,
            vault,
            piece_sha256,
            what: what.to_owned(),
            records,
            rewritten: None,
            backups: Vec::new(),
            handed_over: 0,
            not_reached: Vec::new(),
        }
        .with_sentences()
    }

    /// Returns the certificate with `not_reached` rebuilt from its other fields.
    #[must_use]
    pub fn with_sentences(mut self) -> Self {
        let mut lines = Vec::new();
        if self.rewritten == Some(false) {
            lines.push(
                "Cairn could not empty the log next to the records, because another program was reading them. It may \
                 hold encrypted pages from before. `cairn withdraw --backups` tries again."
                    .to_owned(),
            );
        }
        let closed = self.backups.iter().filter(|line| line.fate == BackupFate::NotOpened).count();
        if closed > 0 {
            let backups = count(closed, "backup could not be opened", "backups could not be opened");
            lines.push(format!("{backups} and may still hold it. `cairn withdraw --backups` tries again."));
        }
        if self.handed_over > 0 {
            let files = count(self.handed_over, "report was", "reports were");
            lines.push(format!(
                "{files} saved to hand over and may hold it. Delete them, and ask others to delete theirs."
            ));
        }
        lines.push("Copies that were exported, shared, printed, reported or backed up elsewhere.".to_owned());
        lines.push("Parts of the disk that were released. What they hold of the records is encrypted.".to_owned());
        self.not_reached = lines;
        self
    }

    /// Returns whether everything that was asked for was done.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.rewritten == Some(true) && self.backups.iter().all(|line| line.fate != BackupFate::NotOpened)
    }

    /// Returns a summary of one or two sentences.
    #[must_use]
    pub fn words(&self) -> String {
        let copies = self.backups.iter().filter(|line| line.fate == BackupFate::Erased).count();
        let copies = match copies {
            0 => String::new(),
            n => format!(" It is gone from {} too.", count(n, "backup", "backups")),
        };
        let rest = if self.is_whole() {
            ""
        } else {
            " Cairn could not delete everything. See `cairn withdraw --certificates`."
        };
        let handed = if self.handed_over > 0 { " Delete by hand any reports that you gave to others." } else { "" };
        format!("Withdrawn: {}.{copies}{handed}{rest}", self.what)
    }

    /// Returns the certificate as a Markdown document.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut lines = vec![
            "# Certificate of withdrawal".to_owned(),
            String::new(),
            format!("- when: {}", self.at),
            format!("- by: {}", self.made_by),
            format!("- records: {}", if self.vault.is_empty() { "in memory" } else { &self.vault }),
            format!("- what: {} (SHA-256 of its id: {})", self.what, self.piece_sha256),
            format!("- rows with all earlier versions: {}", self.records),
        ];
        if self.rewritten == Some(true) {
            lines.push("- Cairn then wrote the file again and emptied the log next to it".to_owned());
        }
        lines.extend(in_backups(&self.backups, ["still holds it", "it was deleted there"]));
        lines.extend([String::new(), "## Not deleted".to_owned(), String::new()]);
        lines.extend(self.not_reached.iter().map(|line| format!("- {line}")));
        lines.push(String::new());
        lines.join("\n")
    }
}

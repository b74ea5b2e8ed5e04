//! The certificate of a withdrawal: what one thing was that somebody took back, when, and what the program could not reach. No
//! word of it stands here; records are told by the hash of their ids.

use serde::{Deserialize, Serialize};

use super::certificate::{BackupFate, BackupLine, in_backups};
use crate::domain::count;

/// The word that says what it is.
pub const WITHDRAWAL_FORMAT: &str = "cairn-withdrawal";
/// The version of the format.
const VERSION: u32 = 1;

/// The certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    format: String,
    version: u32,
    made_by: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Id of the vault; empty for records in memory.
    pub vault: String,
    /// SHA-256 of the id of what was taken back.
    pub piece_sha256: String,
    /// What it was, in words without its content.
    pub what: String,
    /// How many records went: a corrected entry has several.
    pub records: usize,
    /// The file was written anew, and the log beside it emptied; `None` while that is still to be done.
    pub rewritten: Option<bool>,
    /// Copies in the data folder that held it, or may hold it.
    pub backups: Vec<BackupLine>,
    /// Reports in the folder of what was handed over that are about the person and may hold it.
    #[serde(default)]
    pub handed_over: usize,
    /// What the program could not reach, in sentences.
    pub not_reached: Vec<String>,
}

impl Withdrawal {
    /// The certificate of what is about to go.
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

    /// The same with its sentences made anew from what it says.
    #[must_use]
    pub fn with_sentences(mut self) -> Self {
        let mut lines = Vec::new();
        if self.rewritten == Some(false) {
            lines.push(
                "The log next to the records could not be emptied, because another program was reading them. It may hold \
                 encrypted pages from before. `cairn withdraw --backups` tries again."
                    .to_owned(),
            );
        }
        let closed = self.backups.iter().filter(|line| line.fate == BackupFate::NotOpened).count();
        if closed > 0 {
            let backups = count(closed, "backup could not be opened", "backups could not be opened");
            lines.push(format!("{backups} and may still hold it. `cairn withdraw --backups` tries again."));
        }
        if self.handed_over > 0 {
            let files = count(self.handed_over, "report that was", "reports that were");
            lines.push(format!("{files} handed over and may hold it: left, to be deleted by hand."));
        }
        lines.push(
            "Copies that were exported, shared, printed, reported or backed up elsewhere, and blocks of the disk that the file \
             system has released; those of the records are encrypted."
                .to_owned(),
        );
        self.not_reached = lines;
        self
    }

    /// Whether everything that was asked for was done.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.rewritten == Some(true) && self.backups.iter().all(|line| line.fate != BackupFate::NotOpened)
    }

    /// In one or two sentences.
    #[must_use]
    pub fn words(&self) -> String {
        let copies = self.backups.iter().filter(|line| line.fate == BackupFate::Erased).count();
        let copies = match copies {
            0 => String::new(),
            n => format!(" It is gone from {} too.", count(n, "backup", "backups")),
        };
        let rest =
            if self.is_whole() { "" } else { " Not everything could be reached: see `cairn withdraw --certificates`." };
        let handed =
            if self.handed_over > 0 { " Reports that were handed over are left: delete them by hand." } else { "" };
        format!("Withdrawn: {}.{copies}{handed}{rest}", self.what)
    }

    /// As a document in Markdown.
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
            lines.push("- the file was then written anew and the log next to it emptied".to_owned());
        }
        lines.extend(in_backups(&self.backups, ["still holds it", "it was taken out there"]));
        lines.extend([String::new(), "## Not reached".to_owned(), String::new()]);
        lines.extend(self.not_reached.iter().map(|line| format!("- {line}")));
        lines.push(String::new());
        lines.join("\n")
    }
}

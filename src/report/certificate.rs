//! The certificate of an erasure: what was erased, when, and what the program could not reach. It names nobody: the
//! person is identified only by the hash of an id that no longer exists anywhere.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Holding, count};

/// The value of the certificate's `format` field.
pub const CERTIFICATE_FORMAT: &str = "cairn-erasure";
/// Version of the format.
const VERSION: u32 = 1;

/// Erased rows of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Name of the kind, in the plural.
    pub kind: String,
    /// Name of the kind in the singular; empty in a certificate that was deserialised.
    #[serde(skip)]
    pub one: String,
    /// Number of rows.
    pub count: usize,
    /// Earliest day of the rows; empty if they have none.
    pub from: String,
    /// Latest day of the rows; empty if they have none.
    pub to: String,
}

/// The state of a person's data in one backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackupFate {
    /// The backup contains the person.
    Held,
    /// The person was erased from the backup.
    Erased,
    /// The backup could not be opened, and may contain the person.
    NotOpened,
}

/// The entry of a certificate for one backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupLine {
    /// Name of the backup's folder.
    pub name: String,
    /// State of the person's data in it.
    pub fate: BackupFate,
    /// Reason why it could not be opened; otherwise empty.
    pub why: String,
}

/// A certificate of erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    format: String,
    version: u32,
    made_by: String,
    /// Time of the erasure, RFC 3339 in UTC.
    pub at: String,
    /// Id of the vault; empty for records in memory.
    pub vault: String,
    /// SHA-256 of the person's former id.
    pub person_sha256: String,
    /// Erased rows, by kind.
    pub erased: Vec<Gone>,
    /// Whether the database file was rewritten and its log emptied; `None` until that has been tried.
    pub rewritten: Option<bool>,
    /// Backups in the data folder that contained or may contain the person.
    pub backups: Vec<BackupLine>,
    /// Whether the person was to be erased from the backups as well.
    #[serde(default)]
    pub from_backups: bool,
    /// Number of reports in the folder of handed-over documents that seem to be about the person.
    pub handed_over: usize,
    /// Number of passages in other people's records that seem to name the person.
    pub named_elsewhere: usize,
    /// What the program could not erase, in sentences.
    pub not_erased: Vec<String>,
}

impl Gone {
    /// Counts the rows of a holding, kind by kind.
    #[must_use]
    pub fn of(holding: &Holding) -> Vec<Self> {
        let kinds = holding.kinds.iter().filter(|kept| !kept.rows.is_empty());
        let gone = kinds.map(|kept| {
            let days: Vec<Day> = holding.days_of(kept).into_iter().flatten().collect();
            let day = |day: Option<&Day>| day.map(ToString::to_string).unwrap_or_default();
            let (kind, one) = (kept.kind.many.to_owned(), kept.kind.one.to_owned());
            Self { kind, one, count: kept.rows.len(), from: day(days.iter().min()), to: day(days.iter().max()) }
        });
        gone.collect()
    }

    /// Returns the entry in words, for example "3 answers, 2026-10-01 to 2026-11-20".
    #[must_use]
    pub fn words(&self) -> String {
        let rows = count(self.count, if self.one.is_empty() { &self.kind } else { &self.one }, &self.kind);
        match (self.from.as_str(), self.to.as_str()) {
            ("", _) => rows,
            (from, to) if from == to => format!("{rows}, {from}"),
            (from, to) => format!("{rows}, {from} to {to}"),
        }
    }
}

impl Certificate {
    /// Creates the certificate for rows that are about to be erased.
    #[must_use]
    pub fn new(at: String, vault: String, person_sha256: String, erased: Vec<Gone>) -> Self {
        Self {
            format: CERTIFICATE_FORMAT.to_owned(),
            version: VERSION,
            made_by: concat!("cairn ", env!("CARGO_PKG_VERSION")).to_owned(),
            at,
            vault,
            person_sha256,
            erased,
            rewritten: None,
            backups: Vec::new(),
            from_backups: false,
            handed_over: 0,
            named_elsewhere: 0,
            not_erased: Vec::new(),
        }
        .with_sentences()
    }

    /// Returns the certificate with `not_erased` rebuilt from its other fields.
    #[must_use]
    pub fn with_sentences(mut self) -> Self {
        let mut lines = Vec::new();
        if self.rewritten == Some(false) {
            lines.push(
                "Cairn could not empty the log next to the records, because another program was reading them. It may \
                 hold encrypted pages from before. `cairn erase --backups` tries again."
                    .to_owned(),
            );
        }
        let with = |fate: BackupFate| self.backups.iter().filter(|line| line.fate == fate).count();
        if let held @ 1.. = with(BackupFate::Held) {
            let backups = count(held, "backup still holds", "backups still hold");
            lines.push(format!(
                "{backups} the person, until Cairn replaces old backups or `cairn erase --backups` erases the person \
                 there."
            ));
        }
        if let closed @ 1.. = with(BackupFate::NotOpened) {
            let backups =
                count(closed, "backup could not be opened and may hold", "backups could not be opened and may hold");
            lines.push(format!("{backups} the person."));
        }
        if self.handed_over > 0 {
            let files = count(self.handed_over, "report was", "reports were");
            lines.push(format!(
                "{files} saved to hand over and may be about the person. Delete them, and ask others to delete theirs."
            ));
        }
        if self.named_elsewhere > 0 {
            let passages = count(
                self.named_elsewhere,
                "passage in the records of others names",
                "passages in the records of others name",
            );
            lines.push(format!("{passages} the person. They stay, because they are also about another person."));
        }
        lines.push("Copies that were exported, shared, printed or backed up elsewhere.".to_owned());
        lines.push("Parts of the disk that were released. What they hold of the records is encrypted.".to_owned());
        self.not_erased = lines;
        self
    }

    /// Returns the certificate updated after the file was rewritten again and backups were checked again.
    #[must_use]
    pub fn after(mut self, rewritten: bool, backups: &[BackupLine]) -> Self {
        self.rewritten = Some(rewritten);
        for line in &mut self.backups {
            if let Some(now) = backups.iter().find(|now| now.name == line.name) {
                line.clone_from(now);
            }
        }
        self.with_sentences()
    }

    /// Returns whether everything that was asked for was done.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.rewritten == Some(true) && self.backups.iter().all(|line| line.fate != BackupFate::NotOpened)
    }

    /// Returns the certificate as a Markdown document.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut lines = vec![
            "# Certificate of erasure".to_owned(),
            String::new(),
            format!("- when: {}", self.at),
            format!("- by: {}", self.made_by),
            format!("- records: {}", if self.vault.is_empty() { "in memory" } else { &self.vault }),
            format!("- person (SHA-256 of their id): {}", self.person_sha256),
            String::new(),
            "## Erased".to_owned(),
            String::new(),
        ];
        lines.extend(self.erased.iter().map(|gone| format!("- {}", gone.words())));
        if self.rewritten == Some(true) {
            lines.push(String::new());
            lines.push(
                "Cairn then wrote the file again and emptied the log next to it. There is no search index on the disk."
                    .to_owned(),
            );
        }
        lines.extend(in_backups(&self.backups, ["still holds the person", "the person was erased there"]));
        lines.extend([String::new(), "## Not erased".to_owned(), String::new()]);
        lines.extend(self.not_erased.iter().map(|line| format!("- {line}")));
        lines.push(String::new());
        lines.join("\n")
    }
}

/// Returns the lines of the section on backups, empty if there are none; `held` and `erased` are the phrases for those
/// states.
pub(super) fn in_backups(backups: &[BackupLine], [held, erased]: [&str; 2]) -> Vec<String> {
    if backups.is_empty() {
        return Vec::new();
    }
    let line = |line: &BackupLine| match line.fate {
        BackupFate::Held => format!("- {}: {held}", line.name),
        BackupFate::Erased => format!("- {}: {erased}", line.name),
        BackupFate::NotOpened => format!("- {}: not opened: {}", line.name, line.why),
    };
    let heading = [String::new(), "## Backups in the data folder".to_owned(), String::new()];
    heading.into_iter().chain(backups.iter().map(line)).collect()
}

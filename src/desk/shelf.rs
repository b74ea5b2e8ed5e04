//! Packs and rules on one shelf: everything that needs no records.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{Advised, Fault, Library, Profile, Severity};
use crate::pack::{PackFiles, builtin_packs, lint, load, read_pack};
use crate::rules::{RuleSet, advise};

/// Packs and rules, loaded: everything that needs no records.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The content.
    pub library: Arc<Library>,
    /// Ready to be asked.
    pub rules: RuleSet,
    /// What is wrong with packs and rules, packs first.
    pub faults: Vec<Fault>,
    /// The packs as they were read, built-in ones first.
    pub packs: Vec<PackFiles>,
    /// Packs that were left out.
    pub dropped: Vec<String>,
}

impl Shelf {
    /// Loads the built-in packs and those in `folders`.
    #[must_use]
    pub fn load(folders: &[PathBuf]) -> Self {
        Self::load_telling(folders, |_| {})
    }

    /// The same, and tells of the library before its rules are run.
    #[must_use]
    pub fn load_telling(folders: &[PathBuf], told: impl FnOnce(&Arc<Library>)) -> Self {
        let mut faults = Vec::new();
        let mut dropped = Vec::new();
        let mut packs = builtin_packs();
        for folder in folders {
            match read_pack(folder) {
                Ok((pack, warnings)) => {
                    packs.push(pack);
                    faults.extend(warnings);
                }
                Err(found) => {
                    dropped.push(folder.display().to_string());
                    faults.extend(found);
                }
            }
        }
        let loaded = load(&packs);
        faults.extend(loaded.faults);
        dropped.extend(loaded.dropped);
        let library = Arc::new(loaded.library);
        told(&library);
        let (rules, rule_faults) = RuleSet::load(&library);
        faults.extend(rule_faults);
        Self { library, rules, faults, packs, dropped }
    }

    /// The faults that stop something.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.severity == Severity::Error)
    }

    /// Everything that a careful author of one pack would mend, faults of loading included.
    #[must_use]
    pub fn review(&self, pack: &PackFiles) -> Vec<Fault> {
        let prefix = format!("{}/", pack.label);
        let mut found: Vec<Fault> = self
            .faults
            .iter()
            .filter(|fault| fault.file.starts_with(&prefix) || fault.file == pack.label)
            .cloned()
            .collect();
        found.extend(lint(pack, &self.library));
        found
    }

    /// One line about what is wrong, for the screen; empty if nothing is.
    #[must_use]
    pub fn banner(&self) -> String {
        let errors: Vec<&Fault> = self.errors().collect();
        match errors.as_slice() {
            [] => String::new(),
            [one] => format!("{} ({})", one.message, one.place()),
            [first, rest @ ..] => {
                let more = crate::domain::count(rest.len(), "more fault", "more faults");
                format!("{} ({}) and {more}; see: cairn pack check", first.message, first.place())
            }
        }
    }

    /// Asks the rules about a profile.
    #[must_use]
    pub fn advise(&self, profile: &Profile) -> Advised {
        advise(&self.rules, &self.library, profile)
    }
}

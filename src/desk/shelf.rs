//! Packs and rules, loaded. Whatever is wrong with them is kept beside what stands.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{Advised, Fault, Library, Profile, Severity};
use crate::pack::{PackFiles, builtin_packs, label_of, lint, load, read_pack};
use crate::rules::{CaseOutcome, RuleSet, advise, read_cases, run_case};

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
    /// Packs whose files have a fault now, and which stand as they were before.
    pub kept: BTreeSet<String>,
}

/// Packs as their files are, before anything in them is understood.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Built-in ones first, then in the order of the folders.
    pub(super) packs: Vec<PackFiles>,
    /// What kept others from being read, and what should be mended.
    pub(super) faults: Vec<Fault>,
    /// Folders that could not be read.
    pub(super) dropped: Vec<String>,
}

impl Read {
    /// Reads the built-in packs and those in `folders`.
    pub(super) fn all(folders: &[PathBuf]) -> Self {
        let mut read = Self { packs: builtin_packs(), ..Self::default() };
        let mut named = BTreeSet::new();
        for folder in folders {
            // Naming a folder twice means it once.
            if !named.insert(label_of(folder)) {
                continue;
            }
            match read_pack(folder) {
                Ok((pack, warnings)) => {
                    read.packs.push(pack);
                    read.faults.extend(warnings);
                }
                Err(found) => {
                    read.dropped.push(label_of(folder));
                    read.faults.extend(found);
                }
            }
        }
        read
    }
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
        Self::of(Read::all(folders), told)
    }

    /// Loads what was read.
    #[must_use]
    pub(super) fn of(read: Read, told: impl FnOnce(&Arc<Library>)) -> Self {
        let Read { packs, mut faults, mut dropped } = read;
        let loaded = load(&packs);
        faults.extend(loaded.faults);
        dropped.extend(loaded.dropped);
        let library = Arc::new(loaded.library);
        told(&library);
        let (rules, rule_faults) = RuleSet::load(&library);
        faults.extend(rule_faults);
        Self { library, rules, faults, packs, dropped, kept: BTreeSet::new() }
    }

    /// The faults that stop something.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.severity == Severity::Error)
    }

    /// Reads and runs the cases of one pack.
    #[must_use]
    pub fn test(&self, pack: &PackFiles) -> (Vec<CaseOutcome>, Vec<Fault>) {
        let id = self.library.packs.iter().find(|info| info.origin == pack.origin && pack.is(&info.id));
        let id = id.map_or("", |info| info.id.as_str());
        let (mut outcomes, mut faults) = (Vec::new(), Vec::new());
        for (path, text) in pack.files.iter().filter(|(path, _)| path.starts_with("cases/")) {
            match read_cases(&pack.name(path), text, id, &self.library, &self.rules) {
                Ok(cases) => outcomes.extend(cases.iter().map(|case| run_case(case, &self.library, &self.rules))),
                Err(found) => faults.extend(found),
            }
        }
        (outcomes, faults)
    }

    /// Everything that a careful author of one pack would mend, faults of loading included.
    #[must_use]
    pub fn review(&self, pack: &PackFiles) -> Vec<Fault> {
        let mut found = self.faults_in(&pack.label);
        found.extend(lint(pack, &self.library));
        found
    }

    /// The faults in the files of one pack.
    #[must_use]
    pub fn faults_in(&self, label: &str) -> Vec<Fault> {
        self.faults.iter().filter(|fault| is_inside(&fault.file, label)).cloned().collect()
    }

    /// One line about what is wrong, for the screen, the place first because its end may be cut; empty if nothing is.
    /// What came last is told first: a file that was changed while it was in use.
    #[must_use]
    pub fn banner(&self) -> String {
        let kept = |fault: &&Fault| self.kept.iter().any(|label| is_inside(&fault.file, label));
        let Some(first) = self.errors().find(kept).or_else(|| self.errors().next()) else { return String::new() };
        let told = format!("{}: {}", first.place(), first.message);
        let lead = if self.kept.is_empty() { "" } else { "Old rules kept: " };
        match self.errors().count() - 1 {
            0 => format!("{lead}{told}"),
            more => format!("{lead}{told} (and {})", crate::domain::count(more, "more fault", "more faults")),
        }
    }

    /// Asks the rules about a profile.
    #[must_use]
    pub fn advise(&self, profile: &Profile) -> Advised {
        advise(&self.rules, &self.library, profile)
    }
}

/// Whether a file, as faults name it, is one of the pack of that label.
pub(super) fn is_inside(file: &str, label: &str) -> bool {
    file.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

//! Packs and rules, loaded. Whatever is wrong with them is kept beside what stands.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::{Advised, Fault, Library, Profile, Severity};
use crate::pack::{PackFiles, builtin_packs, label_of, lint, load, read_pack};
use crate::rules::{CaseOutcome, RuleSet, advise, lint_rules, read_cases, run_case};

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
        let mut named = BTreeSet::new();
        for folder in folders {
            // Naming a folder twice means it once.
            if !named.insert(label_of(folder)) {
                continue;
            }
            match read_pack(folder) {
                Ok((pack, warnings)) => {
                    packs.push(pack);
                    faults.extend(warnings);
                }
                Err(found) => {
                    dropped.push(label_of(folder));
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
        found.extend(lint_rules(&self.rules, &self.library, self.id_of(pack)));
        found
    }

    /// The faults in the files of one pack.
    #[must_use]
    pub fn faults_in(&self, label: &str) -> Vec<Fault> {
        let inside = |file: &str| file.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.faults.iter().filter(|fault| inside(&fault.file)).cloned().collect()
    }

    /// One line about what is wrong, for the screen, the place first because its end may be cut; empty if nothing is.
    #[must_use]
    pub fn banner(&self) -> String {
        let errors: Vec<&Fault> = self.errors().collect();
        match errors.as_slice() {
            [] => String::new(),
            [one] => format!("{}: {}", one.place(), one.message),
            [first, rest @ ..] => {
                let more = crate::domain::count(rest.len(), "more fault", "more faults");
                format!("{}: {} (and {more})", first.place(), first.message)
            }
        }
    }

    /// Asks the rules about a profile.
    #[must_use]
    pub fn advise(&self, profile: &Profile) -> Advised {
        advise(&self.rules, &self.library, profile)
    }
}

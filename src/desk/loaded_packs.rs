//! Packs and rules, loaded. Whatever is wrong with them is kept beside what stands.

use std::path::PathBuf;
use std::sync::Arc;

use super::OpenOptions;
use super::resolve::{is_in, resolve_packs};
use super::sources::{PackOrigin, Source, collect_sources, collect_sources_from, place};
use crate::domain::{Advised, Fault, Library, Profile, SafetyNotice, Severity};
use crate::pack::{Layer, PackFiles, Signed, Starting, label_of, lint};
use crate::rules::{MOST_SHOWN, RuleSet, advise_beside, lint_rules};
use crate::safeguarding::Region;

/// Packs and rules, loaded: everything that needs no records.
#[derive(Debug, Default)]
pub struct LoadedPacks {
    /// The content.
    pub library: Arc<Library>,
    /// Ready to be asked.
    pub rules: RuleSet,
    /// What is wrong with packs and rules, packs first.
    pub faults: Vec<Fault>,
    /// The packs that stand, as they were read, built-in ones first.
    pub packs: Vec<PackFiles>,
    /// Packs that were left out.
    pub dropped: Vec<RejectedPack>,
    /// The packs beside the built-in ones, used or left out.
    pub held: Vec<PackStatus>,
    /// Where the person is, as far as numbers to ring differ.
    pub region: Region,
}

/// A pack that was left out whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedPack {
    /// What errors call it.
    pub label: String,
    /// How it came here.
    pub way: PackOrigin,
    /// Its id, or its label where it has none.
    pub id: String,
    /// Its version, where it was added.
    pub version: Option<String>,
    /// The version that is used instead.
    pub instead: Option<String>,
    /// Its files as they were when they were last right are still in use.
    pub kept: bool,
}

impl RejectedPack {
    /// What became of it, in plain words.
    #[must_use]
    pub fn sentence(&self) -> String {
        let name = match &self.version {
            Some(version) => format!("the pack {} {version}", self.id),
            None => format!("the pack {}", self.label),
        };
        if self.kept {
            return format!("{name} has a fault, and its old rules are kept");
        }
        match &self.instead {
            Some(instead) => format!("{name} is left out, and version {instead} is used instead"),
            None => format!("{name} is left out"),
        }
    }

    /// The same as a fault with its next step.
    pub(super) fn fault(&self) -> Fault {
        let hint = format!(
            "`cairn pack list` shows it; add a mended version with: cairn pack add FOLDER; or take it away with: cairn pack remove {}",
            self.id
        );
        Fault::new(&self.label, self.sentence(), hint)
    }
}

/// A pack beside the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackStatus {
    /// What errors call it.
    pub label: String,
    /// Its id, or its label where it has none.
    pub id: String,
    /// Its version; empty where it states none.
    pub version: String,
    /// Where it stands.
    pub layer: Layer,
    /// The folder that it is from.
    pub from: String,
    /// How it came here.
    pub way: PackOrigin,
    /// Whether it is used.
    pub used: bool,
    /// What its signature is worth here.
    pub signed: Signed,
    /// What is wrong with the signature of a pack whose author works on it.
    pub unsealed: Vec<Fault>,
    /// Its author changed it since it was signed.
    pub is_behind: bool,
}

impl LoadedPacks {
    /// Loads the built-in packs and those in `folders`, and none that were added.
    #[must_use]
    pub fn load(folders: &[PathBuf]) -> Self {
        resolve_packs(collect_sources_from(None, folders, Vec::new()), |_| {})
    }

    /// Loads what an opening asks for: built-in packs, those that were added, those it names.
    #[must_use]
    pub fn open(opening: &OpenOptions) -> Self {
        Self::open_telling(opening, |_| {})
    }

    /// The same, and tells of the library as soon as it is certain.
    #[must_use]
    pub fn open_telling(opening: &OpenOptions, told: impl FnOnce(&Arc<Library>)) -> Self {
        let mut gathered = collect_sources(opening, Vec::new());
        let added = gathered.added();
        let data = place(opening).filter(|_| !added.is_empty());
        let starting = data.map(|data| Starting::begin(&data, &added));
        gathered.step_over(starting.as_ref().map_or(&[], Starting::broke));
        let loaded_packs = resolve_packs(gathered, told);
        if let Some(starting) = starting {
            starting.end();
        }
        Self { region: opening.region.clone(), ..loaded_packs }
    }

    /// The same with folders that somebody is working on: what stands of them is kept, and their signature may be behind.
    #[must_use]
    pub fn authoring(opening: &OpenOptions, folders: &[PathBuf]) -> Self {
        let mut all: Vec<Source> = Vec::new();
        for folder in folders {
            if !all.iter().any(|source| source.label == label_of(folder)) {
                all.push(Source::folder(folder, PackOrigin::Authored));
            }
        }
        Self { region: opening.region.clone(), ..resolve_packs(collect_sources(opening, all), |_| {}) }
    }

    /// The same again, with the packs of folders kept as they are here where their files have a fault now.
    #[must_use]
    pub(super) fn renewed(&self, opening: &OpenOptions) -> Self {
        Self {
            region: opening.region.clone(),
            ..resolve_packs(collect_sources(opening, Vec::new()).keeping(self), |_| {})
        }
    }

    /// Whether the pack stands as it was before its files had a fault.
    #[must_use]
    pub fn is_kept(&self, label: &str) -> bool {
        self.dropped.iter().any(|dropped| dropped.kept && dropped.label == label)
    }

    /// Whether the pack that errors call so was left out.
    #[must_use]
    pub fn left_out(&self, label: &str) -> bool {
        self.dropped.iter().any(|dropped| !dropped.kept && dropped.label == label)
    }

    /// The faults that stop something.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.severity == Severity::Error)
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
        self.faults.iter().filter(|fault| is_in(fault, label)).cloned().collect()
    }

    /// One line about what is wrong, for the screen, the place first because its end may be cut; empty if nothing is.
    /// What came last is told first: a file that was changed while it was in use.
    #[must_use]
    pub fn banner(&self) -> String {
        let place = |fault: &Fault| format!("{}: {}", fault.place(), fault.message);
        let latest = self.dropped.iter().find(|dropped| dropped.kept).or(self.dropped.first());
        if let Some(dropped) = latest {
            let cause = self.errors().find(|fault| is_in(fault, &dropped.label)).map(place).unwrap_or_default();
            let more = match self.dropped.len() {
                1 => String::new(),
                many => format!(" (and {} more)", crate::domain::count(many - 1, "pack", "packs")),
            };
            if dropped.kept {
                return format!("Old rules kept: {cause}{more}");
            }
            let mut said = dropped.sentence();
            said.replace_range(..1, "T");
            return format!("{said}{more}: {cause}");
        }
        let errors: Vec<&Fault> = self.errors().collect();
        match errors.as_slice() {
            [] => String::new(),
            [one] => place(one),
            [first, rest @ ..] => {
                let more = crate::domain::count(rest.len(), "more fault", "more faults");
                format!("{} (and {more})", place(first))
            }
        }
    }

    /// Asks the rules about a profile; what is noticed in its newest words comes first.
    #[must_use]
    pub fn advise(&self, profile: &Profile) -> Advised {
        self.advise_beside(self.noticed(profile), None, profile)
    }

    /// The same beside notices that stand, with at most so many activities. What a note for the coach alone gave rise to holds
    /// nothing back: it would be seen by what is missing.
    #[must_use]
    pub fn advise_beside(&self, safety: Vec<SafetyNotice>, most: Option<usize>, profile: &Profile) -> Advised {
        let seen: Vec<SafetyNotice> = safety.iter().filter(|notice| !notice.is_private()).cloned().collect();
        let most = most.unwrap_or(MOST_SHOWN);
        Advised { safety, ..advise_beside(&seen, most, &self.rules, &self.library, profile) }
    }
}

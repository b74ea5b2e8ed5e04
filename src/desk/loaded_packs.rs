//! Loaded packs and rules, with the faults found in them.

use std::path::PathBuf;
use std::sync::Arc;

use super::OpenOptions;
use super::pack_rules::PackRules;
use super::resolve::{is_in, offered, resolve_packs};
use super::sources::{PackOrigin, Source, collect_sources, collect_sources_from, place};
use crate::domain::{Advised, Fault, Library, Offering, Profile, SafetyNotice, Severity};
use crate::pack::{Layer, PackFiles, Signed, Starting, label_of, lint};
use crate::rules::{MOST_SHOWN, advise_beside, lint_rules};
use crate::safeguarding::Region;

/// Loaded packs and rules: everything that needs no records.
#[derive(Debug, Default)]
pub struct LoadedPacks {
    /// Merged content of the packs.
    pub library: Arc<Library>,
    pub rules: PackRules,
    /// Faults in packs and rules, those in packs first.
    pub faults: Vec<Fault>,
    /// The files of the packs in use, built-in packs first.
    pub packs: Vec<PackFiles>,
    /// Packs that were left out.
    pub dropped: Vec<RejectedPack>,
    /// All packs except the built-in ones, in use or left out.
    pub held: Vec<PackStatus>,
    /// Region that determines the telephone numbers to ring.
    pub region: Region,
}

/// A pack that was left out completely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedPack {
    /// Name of the pack in errors.
    pub label: String,
    /// Where the pack comes from.
    pub way: PackOrigin,
    /// Its id, or its label if it states none.
    pub id: String,
    /// Its version, for an installed pack.
    pub version: Option<String>,
    /// The version that is used instead.
    pub instead: Option<String>,
    /// Whether its last correct content is still in use.
    pub kept: bool,
}

impl RejectedPack {
    /// Returns what happened to the pack, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let name = match &self.version {
            Some(version) => format!("the pack {} {version}", self.id),
            None => format!("the pack {}", self.label),
        };
        if self.kept {
            return format!("{name} has a fault, so Cairn uses its old rules");
        }
        match &self.instead {
            Some(instead) => format!("{name} is not used. Cairn uses version {instead} instead"),
            None => format!("{name} is not used"),
        }
    }

    /// Returns the same as a fault with its next step.
    pub(super) fn fault(&self) -> Fault {
        let hint = format!(
            "`cairn pack list` shows it. Add a fixed version with: cairn pack add FOLDER. Or remove it with: cairn \
             pack remove {}",
            self.id
        );
        Fault::new(&self.label, self.sentence(), hint)
    }
}

/// The state of a pack that is not built in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackStatus {
    /// Name of the pack in errors.
    pub label: String,
    /// Its id, or its label if it states none.
    pub id: String,
    /// Its version; empty if it states none.
    pub version: String,
    pub layer: Layer,
    /// The folder it comes from.
    pub from: String,
    /// Where the pack comes from.
    pub way: PackOrigin,
    /// Whether it is in use.
    pub used: bool,
    /// Result of the signature check.
    pub signed: Signed,
    /// Problems with the signature of a pack that its author is working on.
    pub unsealed: Vec<Fault>,
    /// Whether its author has changed it since it was signed.
    pub is_behind: bool,
}

impl LoadedPacks {
    /// Loads the built-in packs and those in `folders`, but no installed ones.
    #[must_use]
    pub fn load(folders: &[PathBuf]) -> Self {
        resolve_packs(collect_sources_from(None, folders, Vec::new()), |_| {})
    }

    /// Loads the packs of the opening options: built-in packs, installed packs and named folders.
    #[must_use]
    pub fn open(opening: &OpenOptions) -> Self {
        Self::open_telling(opening, |_| {})
    }

    /// Like [`LoadedPacks::open`], but calls `told` with the library as soon as it is final.
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

    /// Like [`LoadedPacks::open`], with folders that an author is working on: they stay loaded even if their rules have
    /// errors, and their signature may be out of date.
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

    /// Loads the packs again; packs in folders that now have a fault keep their current content.
    #[must_use]
    pub(super) fn renewed(&self, opening: &OpenOptions) -> Self {
        Self {
            region: opening.region.clone(),
            ..resolve_packs(collect_sources(opening, Vec::new()).keeping(self), |_| {})
        }
    }

    /// Offers the packs in another way from now on.
    pub fn offer(&mut self, offering: &Offering) {
        self.library = offered(&self.library, offering);
    }

    /// Returns whether a pack with a fault is in use with its previous content.
    #[must_use]
    pub fn is_kept(&self, label: &str) -> bool {
        self.dropped.iter().any(|dropped| dropped.kept && dropped.label == label)
    }

    /// Returns whether the pack with this label was left out.
    #[must_use]
    pub fn left_out(&self, label: &str) -> bool {
        self.dropped.iter().any(|dropped| !dropped.kept && dropped.label == label)
    }

    /// Returns the faults that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().chain(self.rules.late_faults()).filter(|fault| fault.severity == Severity::Error)
    }

    /// Returns everything that the author of a pack should correct, including faults from loading.
    #[must_use]
    pub fn review(&self, pack: &PackFiles) -> Vec<Fault> {
        let mut found = self.faults_in(&pack.label);
        found.extend(lint(pack, &self.library));
        found.extend(lint_rules(&self.rules, &self.library, self.id_of(pack)));
        found
    }

    /// Returns the faults in the files of one pack.
    #[must_use]
    pub fn faults_in(&self, label: &str) -> Vec<Fault> {
        self.faults.iter().filter(|fault| is_in(fault, label)).cloned().collect()
    }

    /// Returns one line about what is wrong for the screen; empty if nothing is. The position comes first, because the
    /// end may be cut off. The most recent fault comes first: in a file that was changed while it was in use.
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
                return format!("Using old rules: {cause}{more}");
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

    /// Evaluates the rules for a profile. Safety notices about the newest texts come first.
    #[must_use]
    pub fn advise(&self, profile: &Profile) -> Advised {
        self.advise_beside(self.noticed(profile), None, profile)
    }

    /// Like [`LoadedPacks::advise`], with given notices and at most `most` activities. A notice that comes only from a
    /// note for the coach does not suppress advice, because the missing advice would reveal it.
    #[must_use]
    pub fn advise_beside(&self, safety: Vec<SafetyNotice>, most: Option<usize>, profile: &Profile) -> Advised {
        let seen: Vec<SafetyNotice> = safety.iter().filter(|notice| !notice.is_private()).cloned().collect();
        let most = most.unwrap_or(MOST_SHOWN);
        Advised { safety, ..advise_beside(&seen, most, &self.rules, &self.library, profile) }
    }
}

//! Loading of the collected packs until the result is consistent. A pack with an error is left out completely, its
//! previous version takes its place if there is one, and the rest is loaded again, because another pack's faults may
//! have been caused by it. Every round removes something, so the loop ends.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::gate::{Passed, is_suspect, through};
use super::loaded_packs::{LoadedPacks, PackStatus, RejectedPack};
use super::pack_rules::PackRules;
use super::sources::{CollectedSources, PackOrigin, Source};
use crate::domain::{Fault, Library, Offering, Severity};
use crate::pack::{PackFiles, builtin_packs, declared, load};
use crate::rules::RuleSet;
use crate::safeguarding::Region;

/// Loads all packs. Calls `told` with the library as soon as it is final, which is before the rules have run if no pack
/// can be left out because of its rules.
pub(super) fn resolve_packs(mut gathered: CollectedSources, told: impl FnOnce(&Arc<Library>)) -> LoadedPacks {
    let mut out = Settling { faults: std::mem::take(&mut gathered.faults), ..Settling::default() };
    let mut standing = Vec::new();
    for source in std::mem::take(&mut gathered.sources) {
        out.admit(source, &gathered, &mut standing);
    }
    let mut told = Some(told);
    let mut tried = BTreeSet::new();
    loop {
        if out.gate(&mut standing, &gathered, &mut tried) {
            continue;
        }
        if standing.is_empty() {
            let library = offered(built_in_library(), &gathered.offering);
            if let Some(told) = told.take() {
                told(&library);
            }
            return out.loaded_packs(library, PackRules::BuiltIn, builtin_packs(), &standing);
        }
        let packs: Vec<PackFiles> = builtin_packs().into_iter().chain(standing.iter().filter_map(files)).collect();
        let loaded = load(&packs);
        if standing.iter().any(|source| loaded.dropped.contains(&source.label)) {
            let faults = loaded.faults;
            out.leave_out(&mut standing, &gathered, &faults, |source| loaded.dropped.contains(&source.label));
            continue;
        }
        let is_personal = |label: &str| standing.iter().any(|source| source.is_personal() && source.label == label);
        let library = Arc::new(layered(loaded.library, is_personal).in_language(&gathered.language));
        let library = offered(&library, &gathered.offering);
        let certain = standing.iter().all(|source| !may_fall(source) || rules_of(source) == 0);
        if certain && let Some(told) = told.take() {
            told(&library);
        }
        let (rules, faults) = RuleSet::load(&library);
        let broken = broken_by(&faults, &standing);
        if !broken.is_empty() {
            out.leave_out(&mut standing, &gathered, &faults, |source| broken.contains(&source.label));
            continue;
        }
        out.faults.extend(faults);
        if let Some(told) = told.take() {
            told(&library);
        }
        return out.loaded_packs(library, PackRules::Read(rules), packs, &standing);
    }
}

/// Returns the library of the built-in packs, loaded once for the process because it cannot change.
pub(super) fn built_in_library() -> &'static Arc<Library> {
    static READ: OnceLock<Arc<Library>> = OnceLock::new();
    READ.get_or_init(|| Arc::new(layered(load(&builtin_packs()).library, |_| false)))
}

/// Returns the library as a person wants it offered; the same one if that is how it is.
pub(super) fn offered(library: &Arc<Library>, offering: &Offering) -> Arc<Library> {
    if library.offering == *offering {
        return Arc::clone(library);
    }
    Arc::new(Library::clone(library).offered(offering.clone()))
}

/// Marks the personal packs of a library.
pub(super) fn layered(mut library: Library, is_personal: impl Fn(&str) -> bool) -> Library {
    for info in &mut library.packs {
        info.personal = is_personal(&info.origin);
    }
    library
}

/// Returns the packs that must be left out because of faults in their rules.
fn broken_by(faults: &[Fault], standing: &[Source]) -> Vec<String> {
    let broken = |source: &&Source| may_fall(source) && faults.iter().any(|fault| is_error_in(fault, &source.label));
    standing.iter().filter(broken).map(|source| source.label.clone()).collect()
}

fn files(source: &Source) -> Option<PackFiles> {
    source.read.as_ref().ok().map(|folder| folder.pack.clone())
}

/// Returns the number of rule files of a pack.
pub(super) fn rules_of(source: &Source) -> usize {
    let files = source.read.as_ref().map(|folder| &folder.pack.files);
    files.map_or(0, |files| files.keys().filter(|path| path.starts_with("rules/")).count())
}

/// Returns whether an error in its rules leaves the pack out. Not for a pack that its author is working on, who wants
/// to see all faults.
fn may_fall(source: &Source) -> bool {
    source.way != PackOrigin::Authored
}

/// Returns whether a fault is in the files of a pack.
pub(super) fn is_in(fault: &Fault, label: &str) -> bool {
    fault.file.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_error_in(fault: &Fault, label: &str) -> bool {
    fault.severity == Severity::Error && is_in(fault, label)
}

/// State of the loading.
#[derive(Debug, Default)]
struct Settling {
    faults: Vec<Fault>,
    dropped: Vec<RejectedPack>,
    /// Packs that were left out, as `pack list` shows them.
    fallen: Vec<PackStatus>,
}

impl Settling {
    /// Accepts a pack whose files could be read, or else its previous version, if any.
    fn admit(&mut self, source: Source, gathered: &CollectedSources, standing: &mut Vec<Source>) {
        match &source.read {
            Ok(folder) => {
                self.faults.extend(folder.warnings.iter().cloned());
                standing.push(source);
            }
            Err(faults) => {
                self.faults.extend(faults.iter().cloned());
                standing.extend(self.drop_one(&source, gathered));
            }
        }
    }

    /// Runs packs from untrusted sources through the gate, each once; returns whether one was left out.
    fn gate(&mut self, standing: &mut Vec<Source>, gathered: &CollectedSources, tried: &mut BTreeSet<String>) -> bool {
        let Some(program) = &gathered.worker else { return false };
        if !standing.iter().any(|source| is_suspect(source) && !tried.contains(&source.label)) {
            return false;
        }
        tried.extend(standing.iter().map(|source| source.label.clone()));
        let Passed { mut faults, stopped } = through(program, standing);
        let mut broken = broken_by(&faults, standing);
        for (label, fault) in stopped {
            broken.push(label);
            faults.push(fault);
        }
        if !broken.is_empty() {
            self.leave_out(standing, gathered, &faults, |source| broken.contains(&source.label));
        }
        !broken.is_empty()
    }

    /// Leaves out the packs selected by `which`, and adds the faults in their files.
    fn leave_out(
        &mut self,
        standing: &mut Vec<Source>,
        gathered: &CollectedSources,
        faults: &[Fault],
        which: impl Fn(&Source) -> bool,
    ) {
        for source in std::mem::take(standing) {
            if !which(&source) {
                standing.push(source);
                continue;
            }
            self.faults.extend(faults.iter().filter(|fault| is_in(fault, &source.label)).cloned());
            standing.extend(self.drop_one(&source, gathered));
        }
    }

    /// Records that a pack is left out; returns its replacement.
    fn drop_one(&mut self, source: &Source, gathered: &CollectedSources) -> Option<Source> {
        self.fallen.push(PackStatus::of(source, false));
        let mut before = gathered.before(source);
        if let Some(Source { read: Err(faults), .. }) = &before {
            self.faults.extend(faults.iter().cloned());
            before = None;
        }
        let version = |source: &Source| {
            source.entry.as_ref().map(|(entry, is_previous)| match (is_previous, &entry.previous) {
                (true, Some(previous)) => previous.version.clone(),
                _ => entry.now.version.clone(),
            })
        };
        if source.is_kept {
            // The previous content cannot be combined with the other packs either.
            for other in self.dropped.iter_mut().filter(|other| other.label == source.label) {
                other.kept = false;
            }
        } else if let Some((entry, true)) = &source.entry {
            // The previous version cannot be used either, so nothing replaces the newer one.
            for other in self.dropped.iter_mut().filter(|other| other.id == entry.id) {
                other.instead = None;
            }
        } else {
            self.dropped.push(RejectedPack {
                label: source.label.clone(),
                way: source.way,
                id: source.id().unwrap_or_else(|| source.label.clone()),
                version: version(source),
                instead: before.as_ref().and_then(version),
                kept: before.as_ref().is_some_and(|before| before.is_kept),
            });
        }
        before
    }

    fn loaded_packs(
        self,
        library: Arc<Library>,
        rules: PackRules,
        packs: Vec<PackFiles>,
        standing: &[Source],
    ) -> LoadedPacks {
        let mut faults = self.faults;
        faults.extend(self.dropped.iter().filter(|dropped| dropped.way == PackOrigin::Added).map(RejectedPack::fault));
        let mut held: Vec<PackStatus> = standing.iter().map(|source| PackStatus::of(source, true)).collect();
        held.extend(self.fallen);
        LoadedPacks { library, rules, faults, packs, dropped: self.dropped, held, region: Region::default() }
    }
}

impl PackStatus {
    fn of(source: &Source, used: bool) -> Self {
        let stated = source.read.as_ref().ok().and_then(|folder| declared(&folder.pack));
        let entry = source.entry.as_ref().map(|(entry, is_previous)| match (is_previous, &entry.previous) {
            (true, Some(previous)) => (entry.id.clone(), previous.version.clone()),
            _ => (entry.id.clone(), entry.now.version.clone()),
        });
        let (id, version) = entry
            .or_else(|| stated.map(|(id, version)| (id, version.to_string())))
            .unwrap_or_else(|| (source.label.clone(), String::new()));
        Self {
            label: source.label.clone(),
            id,
            version,
            layer: source.layer,
            from: source.from.clone(),
            way: source.way,
            used,
            signed: source.signed.clone(),
            unsealed: source.unsealed.clone(),
            is_behind: source.is_behind,
        }
    }
}

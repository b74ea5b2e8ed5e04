//! The packs to load, lowest layer first: installed packs of organisations, packs named on the command line, personal
//! packs. They are read here and interpreted in [`loaded_packs`](super::loaded_packs).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::OpenOptions;
use super::loaded_packs::LoadedPacks;
use crate::domain::{Fault, Offering};
use crate::os::data_dir;
use crate::pack::{
    Installed, Layer, OtherFiles, PackFolder, Registry, Signed, Trust, Version, declared, label_of, read_pack, verify,
};

/// Where a pack comes from, which determines what happens if it has a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackOrigin {
    /// Installed: it is left out with a message, and the previous version takes its place.
    Added,
    /// Named by a user who wants to use it: it is left out, and a command fails.
    Named,
    /// Being written by its author: it stays loaded, so that all faults can be reported at once.
    Authored,
}

/// A pack to load.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) label: String,
    pub(super) way: PackOrigin,
    pub(super) layer: Layer,
    /// Where its files come from, as shown to the user.
    pub(super) from: String,
    /// The files, or the reason why they could not be read.
    pub(super) read: Result<PackFolder, Vec<Fault>>,
    /// For an installed pack: its registry entry, and whether this is the previous version.
    pub(super) entry: Option<(Installed, bool)>,
    /// Result of the signature check.
    pub(super) signed: Signed,
    /// Problems with the signature of a pack that its author is working on.
    pub(super) unsealed: Vec<Fault>,
    /// Whether it was changed after it was signed.
    pub(super) is_behind: bool,
    /// Whether this is the last correct content, not the current files.
    pub(super) is_kept: bool,
}

impl Source {
    /// Reads a folder named by the user.
    pub(super) fn folder(path: &Path, way: PackOrigin) -> Self {
        Self::read(label_of(path), read_pack(path, OtherFiles::Signed), way, Layer::Organisation)
    }

    /// Creates a source from a folder that has been read.
    pub(super) fn read(label: String, read: Result<PackFolder, Vec<Fault>>, way: PackOrigin, layer: Layer) -> Self {
        let (signed, unsealed) = (Signed::No, Vec::new());
        Self {
            from: label.clone(),
            label,
            way,
            layer,
            read,
            entry: None,
            signed,
            unsealed,
            is_behind: false,
            is_kept: false,
        }
    }

    fn added(registry: &Registry, entry: &Installed, version: &Version, is_previous: bool) -> Self {
        let read = registry.open(entry, version);
        Self {
            from: entry.from.clone(),
            entry: Some((entry.clone(), is_previous)),
            ..Self::read(entry.label(version), read, PackOrigin::Added, entry.layer)
        }
    }

    /// Checks the signature and compares it with the list of trusted keys.
    fn judged(mut self, trust: Option<&Trust>) -> Self {
        let Ok(folder) = &self.read else { return self };
        let seal = verify(folder);
        self.is_behind = self.way == PackOrigin::Authored && seal.is_err();
        let judged = seal.and_then(|seal| match trust {
            Some(trust) => trust.judge(&self.label, seal, self.layer).map_err(|fault| vec![*fault]),
            None => Err(vec![Fault::new(
                &self.label,
                "Cairn cannot tell whether you trust the person who signed this pack",
                "first fix the file that says whose packs you trust",
            )]),
        });
        match judged {
            Ok(signed) => self.signed = signed,
            Err(faults) if self.way == PackOrigin::Authored => self.unsealed = faults,
            Err(faults) => self.read = Err(faults),
        }
        self
    }

    /// Returns whether it is in the personal layer.
    pub(super) fn is_personal(&self) -> bool {
        self.layer == Layer::Personal
    }

    /// Returns its id from the registry or its manifest.
    pub(super) fn id(&self) -> Option<String> {
        match &self.entry {
            Some((entry, _)) => Some(entry.id.clone()),
            None => self.read.as_ref().ok().and_then(|folder| declared(&folder.pack)).map(|(id, _)| id),
        }
    }
}

/// The packs to load, and faults in the list of them.
#[derive(Debug, Default)]
pub(super) struct CollectedSources {
    pub(super) sources: Vec<Source>,
    pub(super) faults: Vec<Fault>,
    registry: Option<Registry>,
    /// List of trusted keys; `None` if it cannot be read.
    trust: Option<Trust>,
    /// Path of this program for the worker that loads unsigned packs.
    pub(super) worker: Option<PathBuf>,
    /// Language in which behaviours are shown; empty for that of the packs.
    pub(super) language: String,
    /// How the packs are offered.
    pub(super) offering: Offering,
    /// The last correct content of packs in folders.
    kept: Vec<Source>,
}

impl CollectedSources {
    /// Adds the loaded content of packs in folders as a fallback.
    pub(super) fn keeping(self, before: &LoadedPacks) -> Self {
        let named = before.held.iter().filter(|held| held.used && held.way == PackOrigin::Named);
        let kept = named.filter_map(|held| {
            let pack = before.packs.iter().find(|pack| pack.label == held.label)?;
            let read = Ok(PackFolder::of(pack.clone()));
            let source = Source::read(held.label.clone(), read, PackOrigin::Named, held.layer);
            Some(Source { signed: held.signed.clone(), is_kept: true, ..source })
        });
        Self { kept: kept.collect(), ..self }
    }

    /// Returns the replacement for a pack with a fault: the previous version of an installed one, or the last correct
    /// content of one in a folder.
    pub(super) fn before(&self, source: &Source) -> Option<Source> {
        if source.way == PackOrigin::Named && !source.is_kept {
            return self.kept.iter().find(|kept| kept.label == source.label).cloned();
        }
        let (entry, is_previous) = source.entry.as_ref()?;
        let previous = entry.previous.as_ref().filter(|_| !is_previous)?;
        Some(Source::added(self.registry.as_ref()?, entry, previous, true).judged(self.trust.as_ref()))
    }
}

/// Returns the data folder; `None` if the account has no place for it.
pub(super) fn place(opening: &OpenOptions) -> Option<PathBuf> {
    opening.data_dir.clone().or_else(|| data_dir().ok())
}

/// Collects the packs for these options, and `more`, which replace installed packs with the same id.
pub(super) fn collect_sources(opening: &OpenOptions, more: Vec<Source>) -> CollectedSources {
    let data = place(opening);
    let mut gathered = CollectedSources {
        worker: opening.worker.clone(),
        language: opening.language.clone(),
        offering: opening.offering.clone(),
        ..CollectedSources::trusting(data.as_deref())
    };
    let data = data.filter(|_| !opening.demo);
    gathered.fill(data.as_deref(), &opening.packs, more);
    gathered
}

/// Like [`collect_sources`], for one data folder or none.
pub(super) fn collect_sources_from(data: Option<&Path>, folders: &[PathBuf], more: Vec<Source>) -> CollectedSources {
    let mut gathered = CollectedSources::trusting(data);
    gathered.fill(data, folders, more);
    gathered
}

impl CollectedSources {
    /// Returns the labels of the installed packs.
    pub(super) fn added(&self) -> Vec<String> {
        let added = self.sources.iter().filter(|source| source.way == PackOrigin::Added);
        added.map(|source| source.label.clone()).collect()
    }

    /// Leaves out installed packs with which an earlier start did not complete.
    pub(super) fn step_over(&mut self, labels: &[String]) {
        let broke = |source: &&mut Source| source.way == PackOrigin::Added && labels.contains(&source.label);
        for source in self.sources.iter_mut().filter(broke) {
            let id = source.id().unwrap_or_else(|| source.label.clone());
            let message = "Cairn did not start properly with this pack, so it is not used";
            let hint = format!(
                "remove it with: cairn pack remove {id}. Or try it again with: cairn pack add {}",
                crate::domain::typed(&source.from)
            );
            source.read = Err(vec![Fault::new(&source.label, message, hint)]);
        }
    }

    /// Creates an empty collection with the list of trusted keys.
    fn trusting(data: Option<&Path>) -> Self {
        match data.map_or_else(|| Ok(Trust::default()), Trust::read) {
            Ok(trust) => Self { trust: Some(trust), ..Self::default() },
            Err(fault) => Self { faults: vec![*fault], ..Self::default() },
        }
    }

    fn fill(&mut self, data: Option<&Path>, folders: &[PathBuf], more: Vec<Source>) {
        let mut added = Vec::new();
        if let Some(data) = data {
            match Registry::read(data) {
                Ok(registry) => {
                    added.extend(registry.packs.iter().map(|entry| Source::added(&registry, entry, &entry.now, false)));
                    self.registry = Some(registry);
                }
                Err(fault) => self.faults.push(*fault),
            }
        }
        // A folder named twice is loaded once; a folder that an author is working on takes precedence.
        let mut seen: BTreeSet<String> = more.iter().map(|source| source.label.clone()).collect();
        let named = folders.iter().filter(|folder| seen.insert(label_of(folder)));
        let mut named: Vec<Source> = named.map(|folder| Source::folder(folder, PackOrigin::Named)).collect();
        for mut source in more {
            let same =
                source.id().and_then(|id| added.iter().position(|other: &Source| other.id() == Some(id.clone())));
            match same {
                Some(at) if source.way == PackOrigin::Authored || added[at].layer == source.layer => {
                    source.layer = added[at].layer;
                    added[at] = source;
                }
                Some(at) => {
                    added.remove(at);
                    named.push(source);
                }
                None => named.push(source),
            }
        }
        let (personal, organisation): (Vec<Source>, Vec<Source>) =
            added.into_iter().chain(named).partition(|source| source.layer == Layer::Personal);
        let all = organisation.into_iter().chain(personal);
        self.sources = all.map(|source| source.judged(self.trust.as_ref())).collect();
    }
}

//! Which packs are to be loaded, lowest layer first: those that organisations added, those that the command line names,
//! the personal ones. They are read here and understood in [`shelf`](super::shelf).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Opening;
use crate::domain::Fault;
use crate::os::data_dir;
use crate::pack::{Beside, Installed, Layer, PackFolder, Registry, Version, declared, label_of, read_pack};

/// How a pack came here, which decides what becomes of it when something is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It was added: it is left out with a word about it, and the version before takes its place.
    Added,
    /// Somebody named it and wants to use it: it is left out, and a command ends.
    Named,
    /// Its author works on it: what stands of it is kept, so that everything wrong with it can be said at once.
    Authored,
}

/// A pack that is to be loaded.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) label: String,
    pub(super) way: Way,
    pub(super) layer: Layer,
    /// Where its files came from, for people.
    pub(super) from: String,
    /// The files, or why there are none.
    pub(super) read: Result<PackFolder, Vec<Fault>>,
    /// For one that was added: its entry, and whether this is the version before.
    pub(super) entry: Option<(Installed, bool)>,
}

impl Source {
    /// A folder that somebody named.
    pub(super) fn folder(path: &Path, way: Way) -> Self {
        Self::read(label_of(path), read_pack(path, Beside::Signed), way, Layer::Organisation)
    }

    /// A folder that was read already.
    pub(super) fn read(label: String, read: Result<PackFolder, Vec<Fault>>, way: Way, layer: Layer) -> Self {
        Self { from: label.clone(), label, way, layer, read, entry: None }
    }

    fn added(registry: &Registry, entry: &Installed, version: &Version, is_previous: bool) -> Self {
        Self {
            label: entry.label(version),
            way: Way::Added,
            layer: entry.layer,
            from: entry.from.clone(),
            read: registry.open(entry, version),
            entry: Some((entry.clone(), is_previous)),
        }
    }

    /// The id that it has or says it has.
    pub(super) fn id(&self) -> Option<String> {
        match &self.entry {
            Some((entry, _)) => Some(entry.id.clone()),
            None => self.read.as_ref().ok().and_then(|folder| declared(&folder.pack)).map(|(id, _)| id),
        }
    }
}

/// Packs to be loaded, and what is wrong with the list of them.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) sources: Vec<Source>,
    pub(super) faults: Vec<Fault>,
    registry: Option<Registry>,
}

impl Gathered {
    /// The version before of an added pack, if there is one.
    pub(super) fn before(&self, source: &Source) -> Option<Source> {
        let (entry, is_previous) = source.entry.as_ref()?;
        let previous = entry.previous.as_ref().filter(|_| !is_previous)?;
        Some(Source::added(self.registry.as_ref()?, entry, previous, true))
    }
}

/// The data folder; none where the account has no place for it.
pub(super) fn place(opening: &Opening) -> Option<PathBuf> {
    opening.data_dir.clone().or_else(|| data_dir().ok())
}

/// Everything that `opening` asks for, and `more`, which takes the place of an added pack of the same id.
pub(super) fn gather(opening: &Opening, more: Vec<Source>) -> Gathered {
    let data = place(opening).filter(|_| !opening.demo);
    gather_from(data.as_deref(), &opening.packs, more)
}

/// The same from one data folder, or from none.
pub(super) fn gather_from(data: Option<&Path>, folders: &[PathBuf], more: Vec<Source>) -> Gathered {
    let mut gathered = Gathered::default();
    let mut added = Vec::new();
    if let Some(data) = data {
        match Registry::read(data) {
            Ok(registry) => {
                added.extend(registry.packs.iter().map(|entry| Source::added(&registry, entry, &entry.now, false)));
                gathered.registry = Some(registry);
            }
            Err(fault) => gathered.faults.push(*fault),
        }
    }
    // Naming a folder twice means it once; the author's word about it comes before another's.
    let mut seen: BTreeSet<String> = more.iter().map(|source| source.label.clone()).collect();
    let named = folders.iter().filter(|folder| seen.insert(label_of(folder)));
    let mut named: Vec<Source> = named.map(|folder| Source::folder(folder, Way::Named)).collect();
    for mut source in more {
        let same = source.id().and_then(|id| added.iter().position(|other: &Source| other.id() == Some(id.clone())));
        match same {
            Some(at) if source.way == Way::Authored || added[at].layer == source.layer => {
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
    gathered.sources = organisation.into_iter().chain(personal).collect();
    gathered
}

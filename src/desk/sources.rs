//! Which packs are to be loaded, lowest layer first: those that organisations added, those that the command line names,
//! the personal ones. They are read here and understood in [`loaded_packs`](super::loaded_packs).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::OpenOptions;
use super::loaded_packs::LoadedPacks;
use crate::domain::Fault;
use crate::os::data_dir;
use crate::pack::{
    Installed, Layer, OtherFiles, PackFolder, Registry, Signed, Trust, Version, declared, label_of, read_pack, verify,
};

/// How a pack came here, which decides what becomes of it when something is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackOrigin {
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
    pub(super) way: PackOrigin,
    pub(super) layer: Layer,
    /// Where its files came from, for people.
    pub(super) from: String,
    /// The files, or why there are none.
    pub(super) read: Result<PackFolder, Vec<Fault>>,
    /// For one that was added: its entry, and whether this is the version before.
    pub(super) entry: Option<(Installed, bool)>,
    /// What its signature is worth here.
    pub(super) signed: Signed,
    /// What is wrong with the signature of a pack whose author works on it.
    pub(super) unsealed: Vec<Fault>,
    /// It was changed since it was signed.
    pub(super) is_behind: bool,
    /// These are not its files as they are now, but as they were when they were last right.
    pub(super) is_kept: bool,
}

impl Source {
    /// A folder that somebody named.
    pub(super) fn folder(path: &Path, way: PackOrigin) -> Self {
        Self::read(label_of(path), read_pack(path, OtherFiles::Signed), way, Layer::Organisation)
    }

    /// A folder that was read already.
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

    /// The same pack, held against its signature and against whom the person trusts.
    fn judged(mut self, trust: Option<&Trust>) -> Self {
        let Ok(folder) = &self.read else { return self };
        let seal = verify(folder);
        self.is_behind = self.way == PackOrigin::Authored && seal.is_err();
        let judged = seal.and_then(|seal| match trust {
            Some(trust) => trust.judge(&self.label, seal, self.layer).map_err(|fault| vec![*fault]),
            None => Err(vec![Fault::new(
                &self.label,
                "nobody can tell whether you trust the one who signed this pack",
                "mend the file that says whose packs you trust first",
            )]),
        });
        match judged {
            Ok(signed) => self.signed = signed,
            Err(faults) if self.way == PackOrigin::Authored => self.unsealed = faults,
            Err(faults) => self.read = Err(faults),
        }
        self
    }

    /// Whether it stands above the packs of organisations.
    pub(super) fn is_personal(&self) -> bool {
        self.layer == Layer::Personal
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
pub(super) struct CollectedSources {
    pub(super) sources: Vec<Source>,
    pub(super) faults: Vec<Fault>,
    registry: Option<Registry>,
    /// Whose packs are trusted; nothing where nobody can tell.
    trust: Option<Trust>,
    /// Our own program, where packs that nobody vouches for are tried out in a process of their own.
    pub(super) worker: Option<PathBuf>,
    /// The packs of folders as they were when they were last right.
    kept: Vec<Source>,
}

impl CollectedSources {
    /// The same, with the packs of folders as they were loaded last to fall back on.
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

    /// What takes the place of a pack that does not stand: the version before of an added one, the files that were right
    /// before of one in a folder.
    pub(super) fn before(&self, source: &Source) -> Option<Source> {
        if source.way == PackOrigin::Named && !source.is_kept {
            return self.kept.iter().find(|kept| kept.label == source.label).cloned();
        }
        let (entry, is_previous) = source.entry.as_ref()?;
        let previous = entry.previous.as_ref().filter(|_| !is_previous)?;
        Some(Source::added(self.registry.as_ref()?, entry, previous, true).judged(self.trust.as_ref()))
    }
}

/// The data folder; none where the account has no place for it.
pub(super) fn place(opening: &OpenOptions) -> Option<PathBuf> {
    opening.data_dir.clone().or_else(|| data_dir().ok())
}

/// Everything that `opening` asks for, and `more`, which takes the place of an added pack of the same id.
pub(super) fn collect_sources(opening: &OpenOptions, more: Vec<Source>) -> CollectedSources {
    let data = place(opening);
    let mut gathered =
        CollectedSources { worker: opening.worker.clone(), ..CollectedSources::trusting(data.as_deref()) };
    let data = data.filter(|_| !opening.demo);
    gathered.fill(data.as_deref(), &opening.packs, more);
    gathered
}

/// The same from one data folder, or from none.
pub(super) fn collect_sources_from(data: Option<&Path>, folders: &[PathBuf], more: Vec<Source>) -> CollectedSources {
    let mut gathered = CollectedSources::trusting(data);
    gathered.fill(data, folders, more);
    gathered
}

impl CollectedSources {
    /// The labels of the packs that were added.
    pub(super) fn added(&self) -> Vec<String> {
        let added = self.sources.iter().filter(|source| source.way == PackOrigin::Added);
        added.map(|source| source.label.clone()).collect()
    }

    /// Leaves out packs with which a start did not come to an end.
    pub(super) fn step_over(&mut self, labels: &[String]) {
        let broke = |source: &&mut Source| source.way == PackOrigin::Added && labels.contains(&source.label);
        for source in self.sources.iter_mut().filter(broke) {
            let id = source.id().unwrap_or_else(|| source.label.clone());
            let message = "a start with this pack did not come to an end, so it is left out";
            let hint = format!(
                "take it away with: cairn pack remove {id}; or try it again with: cairn pack add {}",
                crate::domain::typed(&source.from)
            );
            source.read = Err(vec![Fault::new(&source.label, message, hint)]);
        }
    }

    /// Nothing yet, and whose packs are trusted.
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
        // Naming a folder twice means it once; the author's word about it comes before another's.
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

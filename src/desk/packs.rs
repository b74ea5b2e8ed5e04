//! Installation and removal of packs, complete or not at all, by one program at a time. A pack is tested together with
//! all other packs before anything on the disk is changed.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::OpenOptions;
use super::loaded_packs::LoadedPacks;
use super::meaning::{self, ShiftKind, shifts};
use super::resolve::resolve_packs;
use super::sources::{CollectedSources, PackOrigin, Source, collect_sources, place};
use crate::domain::{Fault, clean, did_you_mean, nearest};
use crate::os::real_dir;
use crate::pack::{
    Installed, Layer, OtherFiles, PackFolder, Registry, Version, builtin_packs, declared, fingerprint, label_of, load,
    lock_packs, read_pack,
};

/// Maximum number of attempts if other programs interfere.
const TRIES: usize = 5;

/// Why a pack was not installed or removed. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Faults in the pack or in its effect on others.
    #[error("{}", crate::domain::count(.0.len(), "fault", "faults"))]
    Faults(Vec<Fault>),
    /// A request that cannot be fulfilled: the reason and the next step.
    #[error("{0}")]
    Refused(String, String),
    /// An error of the operating system.
    #[error("{what} failed: {source}")]
    Io {
        /// The operation, as a noun phrase.
        what: &'static str,
        /// The error of the operating system.
        source: io::Error,
    },
}

impl PackError {
    pub(super) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, source }
    }

    fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused(message.into(), hint.into())
    }

    /// Returns the next step; empty for faults, which have their own.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Faults(_) => String::new(),
            Self::Refused(_, hint) => hint.clone(),
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "the disk is full. Nothing was changed. Make room, then try again"
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "make sure you can write to the data folder, or name another one with --data-dir"
                }
                _ => "nothing was changed. Check the disk and the permissions of the data folder, then try again",
            }
            .to_owned(),
        }
    }
}

/// The result of installing a pack.
#[derive(Debug)]
pub struct Added {
    /// All packs, including the installed one.
    pub loaded_packs: LoadedPacks,
    /// Id of the pack.
    pub id: String,
    /// Layer of the pack.
    pub layer: Layer,
    /// The version that was replaced, if there was one.
    pub before: Option<String>,
    /// What it changes in other packs, as phrases.
    pub overrides: Vec<String>,
    /// Wording that differs from the previous version, as phrases.
    pub reworded: Vec<String>,
}

/// The result of removing a pack.
#[derive(Debug)]
pub struct Removed {
    pub id: String,
    /// The versions that were stored.
    pub versions: Vec<String>,
}

/// Returns the data folder in which packs are installed.
pub(super) fn data_of(opening: &OpenOptions) -> Result<PathBuf, PackError> {
    if opening.demo {
        let hint = "leave out --demo, because it saves nothing and does not use packs that were added";
        return Err(PackError::refused("you cannot change packs in a demo", hint));
    }
    place(opening).ok_or_else(|| {
        let message = "this account has no home folder, so there is no place for packs";
        PackError::refused(message, "name a folder with --data-dir")
    })
}

/// Takes the lock on the folder of packs, which is created if necessary.
pub(super) fn hold(data: &Path) -> Result<File, PackError> {
    let lock = lock_packs(data).map_err(PackError::io("opening the folder of your packs"))?;
    lock.ok_or_else(|| {
        let message = "another program is changing your packs and kept them locked for five seconds";
        PackError::refused(message, "wait until it has ended, then try again")
    })
}

/// Takes the lock; `None` if another program has changed the registry since it was read.
fn held(data: &Path, seen: &Registry) -> Result<Option<File>, PackError> {
    let lock = hold(data)?;
    Ok((registry(data)?.packs == seen.packs).then_some(lock))
}

/// Runs `once`, which reads, locks and writes; again if other programs interfere.
fn in_turn<T>(mut once: impl FnMut() -> Result<Option<T>, PackError>) -> Result<T, PackError> {
    for _ in 0..TRIES {
        if let Some(done) = once()? {
            return Ok(done);
        }
    }
    Err(PackError::refused("other programs keep changing your packs", "wait until they have ended, then try again"))
}

fn registry(data: &Path) -> Result<Registry, PackError> {
    Registry::read_or_begin(data).map_err(|fault| PackError::Faults(vec![*fault]))
}

/// Installs the pack in a folder, or replaces an older version.
///
/// # Errors
/// See [`PackError`]; nothing has changed then.
pub fn add(opening: &OpenOptions, folder: &Path, personal: bool) -> Result<Added, PackError> {
    let read = read_pack(folder, OtherFiles::Signed).map_err(PackError::Faults)?;
    let opening = added_only(opening);
    in_turn(|| add_once(&opening, folder, &read, personal))
}

/// Returns the options with installed packs only, because these are what will be loaded afterwards.
fn added_only(opening: &OpenOptions) -> OpenOptions {
    OpenOptions { packs: Vec::new(), ..opening.clone() }
}

fn add_once(
    opening: &OpenOptions,
    folder: &Path,
    read: &PackFolder,
    personal: bool,
) -> Result<Option<Added>, PackError> {
    let data = &data_of(opening)?;
    let mut registry = registry(data)?;
    let now = resolve_packs(collect_sources(opening, Vec::new()), |_| {});
    let stated = declared(&read.pack);
    let entry = stated.as_ref().and_then(|(id, _)| registry.get(id)).cloned();
    let layer = match (&entry, personal) {
        (Some(entry), false) => entry.layer,
        (_, true) => Layer::Personal,
        (None, false) => Layer::Organisation,
    };
    let source = Source::read(label_of(folder), Ok(read.clone()), PackOrigin::Named, layer);
    let loaded_packs = resolve_packs(collect_sources(opening, vec![source]), |_| {});
    let (Some((id, version)), false) = (stated, loaded_packs.left_out(&label_of(folder))) else {
        return Err(PackError::Faults(loaded_packs.faults_in(&label_of(folder))));
    };
    if let Some(entry) = &entry {
        may_follow(entry, &version, layer, now.left_out(&entry.label(&entry.now)))?;
    }
    newly_left_out(&now, &loaded_packs, &id)?;
    let gone = if entry.is_none() { registry.meant_before(&id) } else { None };
    let before = gone.map(|files| load(&builtin_packs().into_iter().chain([files]).collect::<Vec<_>>()).library);
    let meant = meaning::faults(before.as_ref().unwrap_or(&now.library), &loaded_packs, &id);
    if !meant.is_empty() {
        return Err(PackError::Faults(meant));
    }
    let reworded = shifts(&now.library, &loaded_packs.library, &id).into_iter();
    let reworded = reworded.filter(|shift| shift.kind == ShiftKind::Reworded).map(|shift| shift.words).collect();
    let overrides = match &entry {
        Some(_) => overrides(&resolve_packs(without(opening, &id), |_| {}), &loaded_packs, &id),
        None => overrides(&now, &loaded_packs, &id),
    };
    let Some(_lock) = held(data, &registry)? else { return Ok(None) };
    let kept = Version { version: version.to_string(), sha256: fingerprint(read) };
    let gone = enter(&mut registry, (&id, layer), kept, read, &now)?;
    for label in gone {
        registry.forget(&label);
    }
    registry.forget_meaning(&id);
    Ok(Some(Added { loaded_packs, id, layer, before: entry.map(|entry| entry.now.version), overrides, reworded }))
}

/// Returns faults for changes in the given packs that would alter the meaning of answers compared with the installed
/// versions.
#[must_use]
pub fn meant_otherwise(opening: &OpenOptions, loaded_packs: &LoadedPacks, labels: &[String]) -> Vec<Fault> {
    let used = collect_sources(&added_only(opening), Vec::new());
    let ids: Vec<String> = used.sources.iter().filter_map(Source::id).collect();
    let is_used = |id: &str| ids.iter().any(|own| own == id);
    let named =
        loaded_packs.packs.iter().filter(|pack| labels.contains(&pack.label) && is_used(loaded_packs.id_of(pack)));
    let named: Vec<_> = named.collect();
    if named.is_empty() {
        return Vec::new();
    }
    let now = resolve_packs(used, |_| {});
    named.into_iter().flat_map(|pack| meaning::faults(&now.library, loaded_packs, loaded_packs.id_of(pack))).collect()
}

/// Returns the sources without one installed pack.
fn without(opening: &OpenOptions, id: &str) -> CollectedSources {
    let mut others = collect_sources(opening, Vec::new());
    others.sources.retain(|source| source.id().as_deref() != Some(id));
    others
}

/// Checks that a version may replace the installed one.
fn may_follow(entry: &Installed, version: &semver::Version, layer: Layer, is_broken: bool) -> Result<(), PackError> {
    let id = &entry.id;
    if layer != entry.layer {
        let message = format!("the pack {id} is already in the {} layer", entry.layer.id());
        return Err(PackError::refused(message, format!("first remove it with: cairn pack remove {id}")));
    }
    let Ok(before) = semver::Version::parse(&entry.now.version) else { return Ok(()) };
    let order = version.cmp_precedence(&before);
    if order.is_gt() || (order.is_eq() && is_broken) {
        return Ok(());
    }
    let message = if order.is_eq() {
        format!("version {before} of the pack {id} is already added")
    } else {
        format!("version {before} of the pack {id} is added, but {version} is older")
    };
    let hint = format!(
        "give the pack a higher version in its pack.toml, like \"{}.{}.{}\". Or first remove the added one with: \
         cairn pack remove {id}",
        before.major,
        before.minor,
        before.patch.saturating_add(1)
    );
    Err(PackError::refused(message, hint))
}

/// Returns an error if the change would cause another pack to be left out.
fn newly_left_out(before: &LoadedPacks, after: &LoadedPacks, id: &str) -> Result<(), PackError> {
    let new = after.dropped.iter().find(|dropped| dropped.id != id && !before.left_out(&dropped.label));
    let Some(dropped) = new else { return Ok(()) };
    let mut faults = after.faults_in(&dropped.label);
    for fault in &mut faults {
        fault.message = format!("with this change, you could no longer use the pack {}: {}", dropped.id, fault.message);
    }
    Err(PackError::Faults(faults))
}

/// Writes a version into the registry; returns the labels of versions that are no longer needed.
fn enter(
    registry: &mut Registry,
    (id, layer): (&str, Layer),
    kept: Version,
    read: &PackFolder,
    now: &LoadedPacks,
) -> Result<Vec<String>, PackError> {
    let from = real_dir(Path::new(&read.pack.label)).map_or_else(|_| read.pack.label.clone(), |path| label_of(&path));
    let mut gone = Vec::new();
    let mut entry = Installed { id: id.to_owned(), layer, from, now: kept, previous: None };
    let at = registry.packs.iter().position(|pack| pack.id == id);
    if let Some(old) = at.map(|at| registry.packs[at].clone()) {
        // Only a working version is worth keeping as the previous one.
        let is_good = !now.left_out(&old.label(&old.now));
        let (previous, other) = if is_good {
            (Some(old.now.clone()), old.previous.clone())
        } else {
            (old.previous.clone(), Some(old.now.clone()))
        };
        gone.extend(other.filter(|other| other.version != entry.now.version).map(|other| old.label(&other)));
        entry.previous = previous;
    }
    registry.begin().map_err(PackError::io("writing the list of your packs"))?;
    registry.keep(&entry.label(&entry.now), read).map_err(PackError::io("copying the pack"))?;
    match at {
        Some(at) => registry.packs[at] = entry,
        None => registry.packs.push(entry),
    }
    registry.write().map_err(PackError::io("writing the list of your packs"))?;
    Ok(gone)
}

/// Lists what a pack changes in others, by comparing the packs loaded without and with it.
fn overrides(before: &LoadedPacks, after: &LoadedPacks, id: &str) -> Vec<String> {
    let mut found = Vec::new();
    for activity in after.library.activities.iter().filter(|activity| activity.pack == id) {
        if let Some(other) = before.library.activity(&activity.id).filter(|other| other.pack != id) {
            found.push(format!("the activity {} of {}", activity.id, other.pack));
        }
    }
    for prompt in after.library.prompts.iter().filter(|prompt| prompt.pack == id) {
        if let Some(other) = before.library.prompt(&prompt.id).filter(|other| other.pack != id) {
            found.push(format!("the prompt {} of {}", prompt.id, other.pack));
        }
    }
    for rule in after.rules.rules() {
        let own = rule.changes.iter().filter(|change| change.pack == id);
        found.extend(own.map(|change| format!("the rule {} of {}: {}", rule.id, rule.owner, change.words)));
    }
    found
}

/// Removes a pack together with its stored previous version.
///
/// # Errors
/// See [`PackError`]; nothing has changed then.
pub fn remove(opening: &OpenOptions, id: &str) -> Result<Removed, PackError> {
    let opening = added_only(opening);
    in_turn(|| remove_once(&opening, id))
}

fn remove_once(opening: &OpenOptions, id: &str) -> Result<Option<Removed>, PackError> {
    let data = &data_of(opening)?;
    let mut registry = registry(data)?;
    let Some(at) = registry.packs.iter().position(|pack| pack.id == id) else {
        return Err(not_added(&registry, id));
    };
    let before = resolve_packs(collect_sources(opening, Vec::new()), |_| {});
    newly_left_out(&before, &resolve_packs(without(opening, id), |_| {}), id)?;
    let Some(_lock) = held(data, &registry)? else { return Ok(None) };
    let used = before.packs.iter().find(|pack| before.id_of(pack) == id);
    if let Some(pack) = used.filter(|pack| pack.files.contains_key("framework.toml")) {
        registry.keep_meaning(id, pack).map_err(PackError::io("keeping what the pack said of its framework"))?;
    }
    let entry = registry.packs.remove(at);
    registry.write().map_err(PackError::io("writing the list of your packs"))?;
    let versions: Vec<&Version> = std::iter::once(&entry.now).chain(&entry.previous).collect();
    for version in &versions {
        registry.forget(&entry.label(version));
    }
    let versions = versions.into_iter().map(|version| version.version.clone()).collect();
    Ok(Some(Removed { id: entry.id.clone(), versions }))
}

fn not_added(registry: &Registry, id: &str) -> PackError {
    let shown = clean(id);
    if builtin_packs().iter().any(|pack| pack.label == id) {
        let hint =
            "it is part of Cairn and stays. A pack of your own can replace its activities and prompts one by one";
        return PackError::refused(format!("the pack {shown} is built in"), hint);
    }
    let ids = registry.packs.iter().map(|pack| pack.id.as_str());
    let hint = match nearest(id, ids) {
        Some(near) => did_you_mean(near),
        None if registry.packs.is_empty() => {
            "you have not added a pack yet. `cairn pack add FOLDER` adds one".to_owned()
        }
        None => "`cairn pack list` shows the ones you added".to_owned(),
    };
    PackError::refused(format!("you have not added a pack with the id \"{shown}\""), hint)
}

//! Loading as a list of named stages: read → parse → check → merge → link. A pack that fails is left out whole and the
//! others go on; every fault comes back with the rest.

use super::check::{Checked, check};
use super::merge::merge;
use super::source::PackFiles;
use crate::domain::{Fault, Library};

/// What loading produced.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The packs that stand, merged.
    pub library: Library,
    /// What is wrong with the others.
    pub faults: Vec<Fault>,
    /// Labels of the packs that were left out.
    pub dropped: Vec<String>,
}

/// Loads packs in layer order, lowest first.
#[must_use]
pub fn load(packs: &[PackFiles]) -> Loaded {
    let mut loaded = Loaded::default();
    let mut standing: Vec<Checked> = Vec::new();
    for (layer, files) in packs.iter().enumerate() {
        match check(files, layer) {
            Ok(checked) => standing.push(checked),
            Err(faults) => {
                loaded.dropped.push(files.label.clone());
                loaded.faults.extend(faults);
            }
        }
    }
    // Merging can fail only because of packs it names. Each round leaves out the lowest of them, so this ends; the others
    // are asked again, because what was wrong with them may have been the one that is gone.
    loop {
        let blames = match merge(&standing) {
            Ok(library) => {
                loaded.library = library;
                return loaded;
            }
            Err(blames) => blames,
        };
        let Some(out) = blames.iter().map(|(at, _)| *at).min() else { return loaded };
        loaded.faults.extend(blames.into_iter().filter(|(at, _)| *at == out).map(|(_, fault)| fault));
        loaded.dropped.push(standing.remove(out).info.origin);
    }
}

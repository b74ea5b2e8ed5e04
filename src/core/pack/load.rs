//! Loads packs in stages: read → parse → check → merge → link. A pack that fails is left out completely and the others
//! are still loaded; every fault is returned.

use std::panic::resume_unwind;
use std::thread;

use super::check::{Checked, check};
use super::merge::merge;
use super::source::PackFiles;
use crate::domain::{Fault, Library};

/// The result of loading packs.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The valid packs, merged.
    pub library: Library,
    /// Faults of the other packs.
    pub faults: Vec<Fault>,
    /// Labels of the packs that were left out.
    pub dropped: Vec<String>,
}

/// Loads packs in layer order, lowest first.
#[must_use]
pub fn load(packs: &[PackFiles]) -> Loaded {
    let mut loaded = Loaded::default();
    let mut standing: Vec<Checked> = Vec::new();
    for (files, checked) in packs.iter().zip(check_all(packs)) {
        match checked {
            Ok(checked) => standing.push(checked),
            Err(faults) => {
                loaded.dropped.push(files.label.clone());
                loaded.faults.extend(faults);
            }
        }
    }
    // Merging fails only because of packs that it names. Each round leaves out the lowest of them, so the loop ends.
    // The others are tried again, because their faults may have been caused by the pack that was left out.
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

/// Checks the packs in parallel, each on its own, because reading TOML takes most of the loading time.
fn check_all(packs: &[PackFiles]) -> Vec<Result<Checked, Vec<Fault>>> {
    thread::scope(|scope| {
        let one = |(layer, files)| scope.spawn(move || check(files, layer));
        let all: Vec<_> = packs.iter().enumerate().map(one).collect();
        all.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

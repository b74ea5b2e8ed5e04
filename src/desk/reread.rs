//! Reading packs again while the program runs. A pack that is right is taken over whole; one with a fault stays as it was,
//! and its fault is told, so that somebody who writes rules never loses the ones they had.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Desk;
use super::shelf::{Read, Shelf};
use crate::domain::{Fault, Severity, count, join_and};
use crate::os::Stamp;
use crate::pack::{PackFiles, label_of};

/// The folders of a pack that are looked into.
const INSIDE: [&str; 2] = ["rules", "cases"];

/// The folders of packs, and how they looked when they were last read.
#[derive(Debug, Default)]
pub(super) struct Watch {
    pub(super) folders: Vec<PathBuf>,
    seen: Option<Vec<Stamp>>,
}

/// What came of looking at the folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// Nothing is different.
    Same,
    /// What is in use has changed.
    Taken(String),
    /// Something is wrong: what was right before is still in use.
    Wrong(String),
}

impl Watch {
    pub(super) fn over(folders: &[PathBuf]) -> Self {
        Self { folders: folders.to_vec(), seen: None }
    }

    /// Whether the folders look different from last time; the first time they do.
    fn has_changed(&mut self) -> bool {
        let now: Vec<Stamp> = self.folders.iter().map(|folder| Stamp::of(folder, &INSIDE)).collect();
        let changed = self.seen.as_ref() != Some(&now);
        self.seen = Some(now);
        changed
    }
}

impl Desk {
    /// Reads the packs in folders again if their files look different, or if somebody asks for it.
    pub fn reread(&mut self, asked: bool) -> Reread {
        // The look comes before the reading: what is written in between is seen at the next look.
        if !self.watch.has_changed() && !asked {
            return Reread::Same;
        }
        let Some(next) = self.shelf.renewed(&self.watch.folders) else { return Reread::Same };
        let before = std::mem::replace(&mut self.shelf, next);
        self.index = OnceCell::new();
        self.profile = OnceCell::new();
        let known = |fault: &Fault| before.errors().any(|other| other == fault);
        if self.shelf.errors().all(known) { Reread::Taken(self.taken()) } else { Reread::Wrong(self.shelf.banner()) }
    }

    /// What was read, in a sentence.
    fn taken(&self) -> String {
        let packs: Vec<_> = self.shelf.library.packs.iter().filter(|pack| !pack.is_built_in()).collect();
        let of = |id: &str| self.shelf.rules.rules().iter().filter(|rule| rule.pack == id).count();
        let rules: usize = packs.iter().map(|pack| of(&pack.id)).sum();
        let titles: Vec<&str> = packs.iter().map(|pack| pack.title.as_str()).collect();
        let from = if titles.len() > 3 { count(titles.len(), "pack", "packs") } else { join_and(&titles) };
        let left = match self.shelf.faults.len() {
            0 => String::new(),
            n => format!(" Still to mend: {}.", count(n, "thing", "things")),
        };
        match rules {
            _ if packs.is_empty() => "Read again: no pack is in the folders.".to_owned(),
            0 => format!("Read again: {from}, which brings no rules.{left}"),
            rules => format!("Read again: {} from {from}.{left}", count(rules, "rule", "rules")),
        }
    }
}

impl Shelf {
    /// The shelf with the files as they are now, except that a pack with a fault stays as it was if it was right before.
    /// `None` if that changes nothing.
    fn renewed(&self, folders: &[PathBuf]) -> Option<Self> {
        let fresh = Read::all(folders);
        if self.kept.is_empty() && fresh.dropped.is_empty() && fresh.packs == self.packs {
            return None;
        }
        let mut kept: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
        for label in &fresh.dropped {
            if self.good(label).is_some() {
                kept.insert(label.clone(), faults_in(&fresh.faults, label));
            }
        }
        // Each round keeps one more pack, so this ends; the others are asked again, because what was wrong with them may
        // have been the one that is kept.
        loop {
            let mut next = Self::of(self.mixed(&fresh, &kept, folders), |_| {});
            if let Some((label, faults)) = self.blamed(&next, &kept) {
                kept.insert(label, faults);
                continue;
            }
            next.kept = kept.keys().cloned().collect();
            for (label, faults) in kept {
                let of_the_old = next.faults_in(&label);
                next.faults.retain(|fault| !of_the_old.contains(fault));
                next.faults.extend(faults);
            }
            let same = next.packs == self.packs && next.faults == self.faults && next.kept == self.kept;
            return (!same).then_some(next);
        }
    }

    /// The pack to keep as it was, with the faults of its new files: one that was right and is wrong now, or, if that one
    /// did not change, the one that changed under it.
    fn blamed(&self, next: &Self, kept: &BTreeMap<String, Vec<Fault>>) -> Option<(String, Vec<Fault>)> {
        let could_be = |pack: &&PackFiles| self.good(&pack.label).is_some() && !kept.contains_key(&pack.label);
        let wrong = next.packs.iter().filter(could_be).find(|pack| next.is_wrong(&pack.label))?;
        let changed = |pack: &&PackFiles| self.good(&pack.label) != Some(*pack);
        let blamed = if changed(&wrong) { wrong } else { next.packs.iter().filter(could_be).find(changed)? };
        Some((blamed.label.clone(), next.faults_in(&wrong.label)))
    }

    /// What was read, with the packs that are kept in the place of what their folders hold now.
    fn mixed(&self, fresh: &Read, kept: &BTreeMap<String, Vec<Fault>>, folders: &[PathBuf]) -> Read {
        let places: Vec<String> = folders.iter().map(|folder| label_of(folder)).collect();
        let new = fresh.packs.iter().filter(|pack| pack.is_built_in() || !kept.contains_key(&pack.label));
        let old = kept.keys().filter_map(|label| self.good(label));
        let mut packs: Vec<PackFiles> = new.chain(old).cloned().collect();
        packs.sort_by_key(
            |pack| {
                if pack.is_built_in() { None } else { places.iter().position(|place| *place == pack.label) }
            },
        );
        let dropped = fresh.dropped.iter().filter(|label| !kept.contains_key(*label)).cloned().collect();
        Read { packs, faults: fresh.faults.clone(), dropped }
    }

    /// The files of a pack in a folder, if they are in use and nothing is wrong with them.
    fn good(&self, label: &str) -> Option<&PackFiles> {
        let pack = self.packs.iter().find(|pack| pack.label == label && !pack.is_built_in())?;
        (self.kept.contains(label) || !self.is_wrong(label)).then_some(pack)
    }

    fn is_wrong(&self, label: &str) -> bool {
        let errors = || self.faults_in(label).iter().any(|fault| fault.severity == Severity::Error);
        self.dropped.iter().any(|dropped| dropped == label) || errors()
    }
}

fn faults_in(faults: &[Fault], label: &str) -> Vec<Fault> {
    faults.iter().filter(|fault| super::shelf::is_inside(&fault.file, label)).cloned().collect()
}

//! Reading packs again while the program runs. A pack that is right is taken over whole; one with a fault stays as it was,
//! and its fault is told, so that somebody who writes rules never loses the ones they had.

use std::cell::OnceCell;
use std::path::PathBuf;

use super::sources::place;
use super::{Desk, OpenOptions};
use crate::domain::{Fault, count, join_and};
use crate::os::{Stamp, list_dir};
use crate::pack::PACKS_FOLDER;

/// The folders of a pack that are looked into.
const INSIDE: [&str; 2] = ["rules", "cases"];

/// Most added packs that are looked into.
const MOST_ADDED: usize = 200;

/// The folders of packs, and how they looked when they were last read.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Folders that the command line names.
    named: Vec<PathBuf>,
    /// The folder of those that were added.
    added: Option<PathBuf>,
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
    pub(super) fn over(opening: &OpenOptions) -> Self {
        let data = place(opening).filter(|_| !opening.demo);
        Self { named: opening.packs.clone(), added: data.map(|data| data.join(PACKS_FOLDER)), seen: None }
    }

    /// How many folders the command line names.
    pub(super) fn named(&self) -> usize {
        self.named.len()
    }

    /// Whether the folders look different from last time; the first time they do.
    fn has_changed(&mut self) -> bool {
        let mut now: Vec<Stamp> = self.named.iter().map(|folder| Stamp::of(folder, &INSIDE)).collect();
        if let Some(added) = &self.added {
            now.push(Stamp::of(added, &[]));
            let names = list_dir(added).unwrap_or_default().into_iter().take(MOST_ADDED);
            now.extend(names.map(|name| Stamp::of(&added.join(name), &INSIDE)));
        }
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
        let next = self.loaded_packs.renewed(&self.opening);
        let same = next.packs == self.loaded_packs.packs
            && next.faults == self.loaded_packs.faults
            && next.held == self.loaded_packs.held;
        if same {
            return Reread::Same;
        }
        let before = std::mem::replace(&mut self.loaded_packs, next);
        self.index = OnceCell::new();
        self.profile = OnceCell::new();
        let known = |fault: &Fault| before.errors().any(|other| other == fault);
        if self.loaded_packs.errors().all(known) {
            Reread::Taken(self.taken())
        } else {
            Reread::Wrong(self.loaded_packs.banner())
        }
    }

    /// What was read, in a sentence.
    fn taken(&self) -> String {
        let packs: Vec<_> = self.loaded_packs.library.packs.iter().filter(|pack| !pack.is_built_in()).collect();
        let of = |id: &str| self.loaded_packs.rules.rules().iter().filter(|rule| rule.pack == id).count();
        let rules: usize = packs.iter().map(|pack| of(&pack.id)).sum();
        let titles: Vec<&str> = packs.iter().map(|pack| pack.title.as_str()).collect();
        let from = if titles.len() > 3 { count(titles.len(), "pack", "packs") } else { join_and(&titles) };
        let left = match self.loaded_packs.faults.len() {
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

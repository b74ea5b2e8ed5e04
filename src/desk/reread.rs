//! Reloading of packs while the program runs. A correct pack is replaced completely; one with a fault keeps its
//! previous content and the fault is reported, so that an author never loses working rules.

use std::cell::OnceCell;
use std::path::PathBuf;

use super::sources::place;
use super::{Desk, OpenOptions};
use crate::domain::{Fault, count, join_and};
use crate::os::{Stamp, list_dir};
use crate::pack::PACKS_FOLDER;

/// Subfolders of a pack that are watched.
const INSIDE: [&str; 2] = ["rules", "cases"];

/// Maximum number of installed packs that are watched.
const MOST_ADDED: usize = 200;

/// The watched folders with their last fingerprints.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Folders named on the command line.
    named: Vec<PathBuf>,
    /// The folder of installed packs.
    added: Option<PathBuf>,
    seen: Option<Vec<Stamp>>,
}

/// The result of checking the folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// Nothing has changed.
    Same,
    /// The content in use has changed; contains a sentence for the user.
    Taken(String),
    /// There is a fault, and the previous content is still in use; contains a line for the user.
    Wrong(String),
}

impl Watch {
    pub(super) fn over(opening: &OpenOptions) -> Self {
        let data = place(opening).filter(|_| !opening.demo);
        Self { named: opening.packs.clone(), added: data.map(|data| data.join(PACKS_FOLDER)), seen: None }
    }

    /// Returns the number of folders named on the command line.
    pub(super) fn named(&self) -> usize {
        self.named.len()
    }

    /// Returns whether the folders have changed since the last call; always true the first time.
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
    /// Reloads the packs if their files have changed, or if the user asked for it.
    pub fn reread(&mut self, asked: bool) -> Reread {
        // The fingerprint is taken before reading, so that later changes are detected the next time.
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

    /// Returns a sentence about what was loaded.
    fn taken(&self) -> String {
        let packs: Vec<_> = self.loaded_packs.library.packs.iter().filter(|pack| !pack.is_built_in()).collect();
        let of = |id: &str| self.loaded_packs.rules.rules().iter().filter(|rule| rule.pack == id).count();
        let rules: usize = packs.iter().map(|pack| of(&pack.id)).sum();
        let titles: Vec<&str> = packs.iter().map(|pack| pack.title.as_str()).collect();
        let from = if titles.len() > 3 { count(titles.len(), "pack", "packs") } else { join_and(&titles) };
        let left = match self.loaded_packs.faults.len() {
            0 => String::new(),
            n => format!(" Still to fix: {}.", count(n, "thing", "things")),
        };
        match rules {
            _ if packs.is_empty() => "Packs loaded. There are no packs in the folders.".to_owned(),
            0 => format!("Packs loaded: {from}, which adds no rules.{left}"),
            rules => format!("Packs loaded: {} from {from}.{left}", count(rules, "rule", "rules")),
        }
    }
}

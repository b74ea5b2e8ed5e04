//! What a pack that was removed said of its frameworks. Answers were given under it, so a pack that is added later under the
//! same edition is compared with it as with one that is still there.

use std::collections::BTreeMap;
use std::io;

use super::registry::Registry;
use super::source::PackFiles;
use crate::os::{read_text, write_folder};

/// The files that say what an answer means.
const FILES: [&str; 2] = ["pack.toml", "framework.toml"];
/// Most bytes of one of them that are read.
const CAP: u64 = 4 * 1024 * 1024;

fn label(id: &str) -> String {
    format!("removed-{id}")
}

impl Registry {
    /// Keeps what a pack that goes says of its frameworks.
    ///
    /// # Errors
    /// What the system said.
    pub fn keep_meaning(&self, id: &str, pack: &PackFiles) -> io::Result<()> {
        let kept = FILES.iter().filter_map(|name| Some((*name, pack.files.get(*name)?.as_bytes())));
        write_folder(&self.folder, &label(id), kept)
    }

    /// What a pack of this id said of its frameworks when it was removed, if one was.
    #[must_use]
    pub fn meant_before(&self, id: &str) -> Option<PackFiles> {
        let folder = self.folder.join(label(id));
        let read = |name: &&str| Some(((*name).to_owned(), read_text(&folder.join(name), CAP).ok()?));
        let files: BTreeMap<String, String> = FILES.iter().filter_map(read).collect();
        let is_whole = files.len() == FILES.len();
        is_whole.then(|| PackFiles { label: label(id), origin: label(id), files })
    }

    /// Lets go of it: the pack is there again.
    pub fn forget_meaning(&self, id: &str) {
        self.forget(&label(id));
    }
}

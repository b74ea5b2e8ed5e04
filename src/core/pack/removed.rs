//! The framework files of removed packs. Answers were given under their editions, so a pack that is added later under
//! the same edition is compared with them as with a pack that is still present.

use std::collections::BTreeMap;
use std::io;

use super::registry::Registry;
use super::source::PackFiles;
use crate::os::{read_text, write_folder};

/// The files that define the meaning of an answer.
const FILES: [&str; 2] = ["pack.toml", "framework.toml"];
/// Maximum size of one of these files, in bytes.
const CAP: u64 = 4 * 1024 * 1024;

fn label(id: &str) -> String {
    format!("removed-{id}")
}

impl Registry {
    /// Stores the framework files of a pack that is being removed.
    ///
    /// # Errors
    /// Returns the error of the system.
    pub fn keep_meaning(&self, id: &str, pack: &PackFiles) -> io::Result<()> {
        let kept = FILES.iter().filter_map(|name| Some((*name, pack.files.get(*name)?.as_bytes())));
        write_folder(&self.folder, &label(id), kept)
    }

    /// Returns the framework files of a removed pack with this id; `None` if none are stored.
    #[must_use]
    pub fn meant_before(&self, id: &str) -> Option<PackFiles> {
        let folder = self.folder.join(label(id));
        let read = |name: &&str| Some(((*name).to_owned(), read_text(&folder.join(name), CAP).ok()?));
        let files: BTreeMap<String, String> = FILES.iter().filter_map(read).collect();
        let is_whole = files.len() == FILES.len();
        is_whole.then(|| PackFiles { label: label(id), origin: label(id), files })
    }

    /// Removes the stored framework files, because the pack has been added again.
    pub fn forget_meaning(&self, id: &str) {
        self.forget(&label(id));
    }
}

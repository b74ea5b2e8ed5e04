//! The added packs that are being loaded, recorded in `packs/packs.starting`. If a start with them does not complete,
//! for example because a pack crashes the whole program, the next start skips them and says so. They are tried again
//! after a change to the list of packs.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::registry::FOLDER;
use crate::os::{lock_private, read_text, remove_folder, write_private};

/// Name of the file.
pub(super) const MARK: &str = "packs.starting";
/// Maximum size of the file in bytes; larger than any real one.
const CAP: u64 = 64 * 1024;

/// A start that loads packs, until it is complete.
#[derive(Debug)]
pub struct Starting {
    path: PathBuf,
    /// Lock held while this program is loading; a file without a lock was left behind.
    held: Option<File>,
    /// Labels of the packs with which a start did not complete.
    broke: Vec<String>,
}

impl Starting {
    /// Records that these packs of a data folder, by their labels, are being loaded. If that cannot be recorded, no
    /// pack is skipped either.
    #[must_use]
    pub fn begin(data: &Path, labels: &[String]) -> Self {
        let path = data.join(FOLDER).join(MARK);
        let before = read_text(&path, CAP).unwrap_or_default();
        let mut broke: Vec<String> = before.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let mut all = broke.clone();
        all.extend(labels.iter().filter(|label| !broke.contains(label)).cloned());
        let held = lock_private(&path, Duration::ZERO, &format!("{}\n", all.join("\n"))).ok().flatten();
        if held.is_none() {
            // Another start is loading, or the folder is not writable.
            broke.clear();
        }
        Self { path, held, broke }
    }

    /// Returns the packs with which an earlier start did not complete.
    #[must_use]
    pub fn broke(&self) -> &[String] {
        &self.broke
    }

    /// Records that loading is complete. Packs that were skipped continue to be skipped until the list of packs
    /// changes.
    pub fn end(self) {
        if self.held.is_none() {
            return;
        }
        let _ = if self.broke.is_empty() {
            remove_folder(&self.path)
        } else {
            write_private(&self.path, format!("{}\n", self.broke.join("\n")).as_bytes())
        };
    }
}

/// Clears the record, so that skipped packs are tried again.
pub(super) fn try_again(folder: &Path) {
    let _ = remove_folder(&folder.join(MARK));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::private_dir;

    #[test]
    fn a_start_that_did_not_end_is_stepped_over_until_the_list_changes() {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = private_dir(&data.path().join(FOLDER)).expect("writable");
        let labels = |all: &[&str]| all.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
        Starting::begin(data.path(), &labels(&["a@1", "b@2"])).end();
        let first = Starting::begin(data.path(), &labels(&["a@1", "b@2"]));
        assert_eq!(first.broke(), [] as [String; 0], "it ended well");
        assert_eq!(Starting::begin(data.path(), &labels(&["a@1"])).broke(), [] as [String; 0], "another is at it");
        // Simulates a program that was killed.
        drop(first);
        let second = Starting::begin(data.path(), &labels(&["a@1", "b@2", "a@0"]));
        assert_eq!(second.broke(), labels(&["a@1", "b@2"]));
        second.end();
        let third = Starting::begin(data.path(), &labels(&["a@0"]));
        assert_eq!(third.broke(), labels(&["a@1", "b@2"]), "the version before did well");
        third.end();
        try_again(&folder);
        assert_eq!(Starting::begin(data.path(), &labels(&["a@1"])).broke(), [] as [String; 0]);
        assert!(Starting::begin(&data.path().join("none"), &labels(&["a@1"])).broke().is_empty());
    }
}

//! Which added packs are being loaded at this moment, in `packs/packs.starting`. Where a start with them does not come to an
//! end, e.g. because a pack has found something that stops the whole program, the next one steps over them, and says so. A
//! change of the list of packs tries them again.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::registry::FOLDER;
use crate::os::{lock_private, read_text, remove_folder, write_private};

/// Its name.
pub(super) const MARK: &str = "packs.starting";
/// More than it ever has.
const CAP: u64 = 64 * 1024;

/// A start that loads packs, until it has ended.
#[derive(Debug)]
pub struct Starting {
    path: PathBuf,
    /// Held as long as this program is at it: what is there and not held was left behind.
    held: Option<File>,
    /// Packs with which a start did not come to an end.
    broke: Vec<String>,
}

impl Starting {
    /// Notes that these packs of a data folder, by their labels, are being loaded. Where that cannot be noted, nothing is
    /// stepped over either.
    #[must_use]
    pub fn begin(data: &Path, labels: &[String]) -> Self {
        let path = data.join(FOLDER).join(MARK);
        let before = read_text(&path, CAP).unwrap_or_default();
        let mut broke: Vec<String> = before.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let mut all = broke.clone();
        all.extend(labels.iter().filter(|label| !broke.contains(label)).cloned());
        let held = lock_private(&path, Duration::ZERO, &format!("{}\n", all.join("\n"))).ok().flatten();
        if held.is_none() {
            // Another start is at it, or nothing can be written here.
            broke.clear();
        }
        Self { path, held, broke }
    }

    /// Packs that a start before this one did not get past.
    #[must_use]
    pub fn broke(&self) -> &[String] {
        &self.broke
    }

    /// All of them stand. What was stepped over is stepped over until the list of packs changes.
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

/// Whatever was stepped over is tried again.
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
        // As if the program had been stopped.
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

//! Fingerprints of folders from names, sizes and times of their files, cheap enough to take twice a second.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// Maximum number of files noted in one folder; a pack may have fewer.
const MOST: usize = 1_000;

/// Fingerprint of a folder. Equal fingerprints mean equal content, as far as the system reports it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    files: Vec<Noted>,
}

/// A file: name, size in bytes, modification time, and inode number.
type Noted = (String, u64, Option<SystemTime>, u64);

impl Stamp {
    /// Takes the fingerprint of the files in a folder and in the named subfolders, one level deep. What does not exist
    /// is left out; symbolic links are not followed.
    #[must_use]
    pub fn of(folder: &Path, inside: &[&str]) -> Self {
        let mut stamp = Self::default();
        stamp.note(folder, "");
        for name in inside {
            let within = folder.join(name);
            if fs::symlink_metadata(&within).is_ok_and(|about| about.is_dir()) {
                stamp.note(&within, name);
            }
        }
        stamp.files.sort();
        stamp
    }

    fn note(&mut self, folder: &Path, within: &str) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten().take(MOST) {
            let name = format!("{within}/{}", entry.file_name().to_string_lossy());
            let Ok(about) = entry.metadata() else { continue };
            // The time of a folder changes with every temporary file of an editor, so it is not noted.
            if about.is_dir() {
                self.files.push((name, 0, None, 0));
            } else {
                self.files.push((name, about.len(), about.modified().ok(), which(&about)));
            }
        }
    }
}

/// Identity of a file, independent of its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId(u64, u64);

/// Returns the identity of the file at a path; `None` if there is none.
#[cfg(unix)]
#[must_use]
pub fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|about| FileId(about.dev(), about.ino()))
}

/// Not available on this system; always `None`.
#[cfg(not(unix))]
#[must_use]
pub fn file_id(_: &Path) -> Option<FileId> {
    None
}

/// Editors write a new file and rename it: size and time may then be unchanged, but not the inode number.
#[cfg(unix)]
fn which(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn which(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::write_private;

    #[test]
    fn a_file_written_added_or_taken_away_is_seen_and_nothing_else_is() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let at = folder.path();
        fs::create_dir(at.join("rules")).expect("writable");
        write_private(&at.join("pack.toml"), b"one").expect("writable");
        let look = || Stamp::of(at, &["rules", "cases"]);
        let first = look();
        assert_eq!(first, look());
        write_private(&at.join("pack.toml"), b"two").expect("writable");
        let second = look();
        assert_ne!(first, second, "the same size, another file");
        write_private(&at.join("rules/a.rhai"), b"").expect("writable");
        assert_ne!(second, look());
        fs::remove_file(at.join("rules/a.rhai")).expect("removable");
        assert_eq!(second, look());
        assert_eq!(Stamp::of(&at.join("gone"), &[]), Stamp::default());
    }
}

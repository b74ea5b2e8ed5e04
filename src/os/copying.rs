//! Working on a copy of a folder, and putting one file of it in the place of the old one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::files::{create_private_file, list_dir, private_dir};
use super::folders::remove_folder;

/// Copies the files of a folder, not those of folders in it, into a new private one. A link is not followed and not copied.
/// A folder that is in the way is taken away first.
///
/// # Errors
/// What the system said; then there is no half copy.
pub fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    remove_folder(to)?;
    let copied = copy_all(from, to);
    if copied.is_err() {
        let _ = remove_folder(to);
    }
    copied
}

fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    private_dir(to)?;
    for name in list_dir(from)? {
        let file = from.join(&name);
        if fs::symlink_metadata(&file)?.is_file() {
            let mut copy = create_private_file(&to.join(&name))?;
            io::copy(&mut File::open(&file)?, &mut copy)?;
            copy.flush()?;
            copy.sync_all()?;
        }
    }
    Ok(())
}

/// Puts a file in the place of another, whole or not at all, and flushes both folders.
///
/// # Errors
/// What the system said; then the other is as it was.
pub fn put_in_place(file: &Path, of: &Path) -> io::Result<()> {
    File::open(file)?.sync_all()?;
    fs::rename(file, of)?;
    for folder in [file.parent(), of.parent()].into_iter().flatten() {
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::{read_text, write_private};

    #[test]
    fn a_folder_is_worked_on_as_a_copy_and_one_file_put_back() {
        let root = tempfile::tempdir().expect("a folder can be made");
        let (from, to) = (root.path().join("from"), root.path().join("to"));
        private_dir(&from).expect("writable");
        private_dir(&from.join("inside")).expect("writable");
        write_private(&from.join("a"), b"one").expect("writable");
        copy_files(&from, &to).expect("it can be copied");
        assert_eq!(list_dir(&to).expect("readable"), ["a"]);
        write_private(&to.join("a"), b"two").expect("writable");
        put_in_place(&to.join("a"), &from.join("a")).expect("writable");
        assert_eq!(read_text(&from.join("a"), 9).expect("readable"), "two");
        assert!(put_in_place(&to.join("a"), &from.join("a")).is_err(), "it is not there any more");
        assert_eq!(read_text(&from.join("a"), 9).expect("readable"), "two");
    }
}

//! Wiping of small files: they are renamed first and then overwritten, so that an interruption never leaves a partly
//! wiped file under its own name.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::files::{FileError, file_len, flush_folder_of, list_dir};

/// Suffix of the name of a file that is being wiped. The next start finishes wiping it.
pub const WIPING: &str = ".wiping";

/// Maximum size in bytes of a file that is checked for being blank.
const BLANK: u64 = 1024 * 1024;

/// Renames a file, overwrites it, flushes it to the disk and removes it; a missing file is not an error. After the
/// first step it no longer exists under its own name. A file that cannot be overwritten (full or worn disk) is removed
/// anyway.
///
/// # Errors
/// Returns an error if it is a link or a folder, or cannot be renamed or removed.
pub fn wipe_file(path: &Path) -> io::Result<()> {
    match file_len(path) {
        Ok(_) => {}
        Err(FileError::Missing) => return Ok(()),
        Err(FileError::Io(error)) => return Err(error),
        Err(other) => return Err(io::Error::other(other)),
    }
    let aside = beside(path);
    if fs::symlink_metadata(&aside).is_ok() {
        overwrite(&aside)?;
    }
    fs::rename(path, &aside)?;
    flush_folder_of(path);
    overwrite(&aside)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(WIPING);
    PathBuf::from(name)
}

/// Overwrites a file and removes it.
fn overwrite(path: &Path) -> io::Result<()> {
    if let Ok(length) = file_len(path) {
        let zeros = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).open(path)?;
            io::copy(&mut io::repeat(0).take(length), &mut file)?;
            file.sync_all()
        };
        // Removal is what matters.
        let _ = zeros();
    }
    fs::remove_file(path)?;
    flush_folder_of(path);
    Ok(())
}

/// Finishes wiping the files in this folder that an interrupted program left.
///
/// # Errors
/// Returns an error if a file cannot be removed.
pub fn wipe_rest(folder: &Path) -> io::Result<()> {
    for name in list_dir(folder)?.iter().filter(|name| name.ends_with(WIPING)) {
        overwrite(&folder.join(name))?;
    }
    Ok(())
}

/// Returns whether a file exists and is empty or contains only zeros, as after it was wiped under its own name or
/// emptied by a power failure.
#[must_use]
pub fn is_blank(path: &Path) -> bool {
    let Ok(length) = file_len(path) else { return false };
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(BLANK).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    length == 0 || (length <= BLANK && read().is_ok_and(|bytes| bytes.iter().all(|byte| *byte == 0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::write_private;

    #[test]
    fn a_file_goes_and_what_was_broken_off_goes_with_the_next() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let file = folder.path().join("key.open");
        wipe_file(&file).expect("nothing is there");
        write_private(&file, b"secret").expect("writable");
        write_private(&folder.path().join("key.open.wiping"), b"older").expect("writable");
        wipe_file(&file).expect("it goes");
        assert_eq!(list_dir(folder.path()).expect("readable"), [] as [&str; 0]);
        write_private(&folder.path().join("key.open.wiping"), b"older").expect("writable");
        wipe_rest(folder.path()).expect("it goes");
        assert_eq!(list_dir(folder.path()).expect("readable"), [] as [&str; 0]);
        assert!(wipe_file(folder.path()).is_err(), "a folder is none");
    }

    #[test]
    fn empty_and_zeroed_files_are_blank() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let file = folder.path().join("x");
        assert!(!is_blank(&file), "not there");
        for (bytes, blank) in [(&b""[..], true), (&[0; 100], true), (&[0, 0, 1], false), (b"a", false)] {
            write_private(&file, bytes).expect("writable");
            assert_eq!(is_blank(&file), blank, "{bytes:?}");
        }
    }
}

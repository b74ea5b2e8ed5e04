//! Wiping small files: the name goes first, then the bytes. Whatever breaks it off, nothing under a live name is half wiped.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::files::{FileError, file_len, flush_folder_of, list_dir};

/// What ends the name of a file that is being wiped. A start that finds one wipes it.
pub const WIPING: &str = ".wiping";

/// Most bytes that are looked at to say whether a file is blank.
const BLANK: u64 = 1024 * 1024;

/// Gives a file another name, overwrites it, flushes that to the disk and takes it away; one that is not there is no
/// fault. From the first step on it is gone under its own name. A disk that does not let it be overwritten (full, worn)
/// still lets it be taken away.
///
/// # Errors
/// When it is a link or a folder, or cannot be renamed or taken away.
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

/// Overwrites a file and takes it away.
fn overwrite(path: &Path) -> io::Result<()> {
    if let Ok(length) = file_len(path) {
        let zeros = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).open(path)?;
            io::copy(&mut io::repeat(0).take(length), &mut file)?;
            file.sync_all()
        };
        // What counts is that it goes.
        let _ = zeros();
    }
    fs::remove_file(path)?;
    flush_folder_of(path);
    Ok(())
}

/// Goes on with what was being wiped in this folder when a program was ended.
///
/// # Errors
/// When something cannot be taken away.
pub fn wipe_rest(folder: &Path) -> io::Result<()> {
    for name in list_dir(folder)?.iter().filter(|name| name.ends_with(WIPING)) {
        overwrite(&folder.join(name))?;
    }
    Ok(())
}

/// Whether a file is there and holds nothing: no bytes, or only zeros. That is what is left of one that was wiped under its
/// own name, or that a power cut emptied.
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

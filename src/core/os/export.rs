//! Files that the user asks for by name: reports, calendars, logs. They are private to this account, and an existing
//! file is overwritten only if the user has agreed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::files::create_private_file;

/// What to do with an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Keep it and write nothing.
    Keep,
    /// Replace it atomically.
    Replace,
}

/// Returns whether something exists at this path, including a dangling symbolic link.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file completely or not at all.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] for a file that must be kept, [`io::ErrorKind::IsADirectory`] for a folder, or the
/// error of the operating system. No partial file is left.
pub fn write_export(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    match existing {
        Existing::Keep => written(path, bytes),
        Existing::Replace => {
            let beside = beside(path);
            written(&beside, bytes)?;
            fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)))
        }
    }
}

/// Replaces a file atomically, or creates it and its folders. A symbolic link stays, and what it points to is replaced.
///
/// # Errors
/// The error of the operating system. The file is then as it was.
pub fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if let Some(folder) = real.parent() {
        fs::create_dir_all(folder)?;
    }
    write_export(&real, bytes, Existing::Replace)
}

/// Creates and writes a new file; removes it if that fails.
fn written(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_private_file(path)?;
    let done = file.write_all(bytes).and_then(|()| file.sync_all());
    done.inspect_err(|_| drop(fs::remove_file(path)))
}

/// Returns an unused path beside a file.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_unless_it_is_to_be_replaced() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("report.html");
        let read = || fs::read(&path).expect("readable");
        write_export(&path, b"one", Existing::Keep).expect("it is not there yet");
        let kept = write_export(&path, b"two", Existing::Keep).expect_err("it is there");
        assert_eq!((kept.kind(), read().as_slice()), (io::ErrorKind::AlreadyExists, &b"one"[..]));
        write_export(&path, b"three", Existing::Replace).expect("writable");
        assert_eq!(read(), b"three");
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
        assert!(write_export(folder.path(), b"x", Existing::Replace).is_err());
        assert!(write_export(&folder.path().join("no/where"), b"x", Existing::Keep).is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).expect("readable").permissions().mode();
            assert_eq!(mode & 0o077, 0, "only this account may read it");
        }
    }
}

//! Reading files with size limits and writing private files. Symbolic links are not followed unless stated.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::clock::Stopwatch;
use super::decode::{Decoded, decoded};

/// How long to wait before trying again to take a lock.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It does not exist.
    #[error("the file does not exist")]
    Missing,
    /// It is larger than the limit, given in KiB.
    #[error("the file is larger than {0} KiB")]
    TooLarge(u64),
    /// It is not UTF-8 text.
    #[error("the file is not UTF-8 text")]
    NotText {
        /// The text before the first invalid byte.
        before: String,
    },
    /// It is a symbolic link, a folder, a pipe or a device.
    #[error("it is not a regular file")]
    NotRegular,
    /// An error of the operating system.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Reads a regular file (not a link) of at most `cap` bytes as text, without a byte order mark.
///
/// # Errors
/// See [`FileError`].
pub fn read_text(path: &Path, cap: u64) -> Result<String, FileError> {
    text_of(read_bytes(path, cap)?)
}

/// Reads a regular file (not a link) of at most `cap` bytes.
///
/// # Errors
/// See [`FileError`]; never [`FileError::NotText`].
pub fn read_bytes(path: &Path, cap: u64) -> Result<Vec<u8>, FileError> {
    if file_len(path)? > cap {
        return Err(FileError::TooLarge(cap / 1024));
    }
    capped(File::open(path)?, cap)
}

/// Returns the size in bytes of a regular file (not a link).
///
/// # Errors
/// [`FileError::Missing`], [`FileError::NotRegular`], or an error of the operating system.
pub fn file_len(path: &Path) -> Result<u64, FileError> {
    let about = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(FileError::Missing),
        other => other?,
    };
    if about.is_file() { Ok(about.len()) } else { Err(FileError::NotRegular) }
}

/// Reads a file named on the command line: a regular file, a link to one, or a pipe such as `<(…)` of a shell.
///
/// # Errors
/// See [`FileError`].
pub fn read_given(path: &Path, cap: u64) -> Result<String, FileError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FileError::Missing),
        Err(error) => Err(error.into()),
        Ok(about) if about.is_dir() => Err(FileError::NotRegular),
        Ok(about) if about.is_file() && about.len() > cap => Err(FileError::TooLarge(cap / 1024)),
        Ok(_) => read_text_from(File::open(path)?, cap),
    }
}

/// Reads at most `cap` bytes of text from a stream, for example standard input.
///
/// # Errors
/// See [`FileError`].
pub fn read_text_from(stream: impl Read, cap: u64) -> Result<String, FileError> {
    text_of(capped(stream, cap)?)
}

/// Reads at most `cap` bytes of text in any encoding that [`decoded`] recognises.
///
/// # Errors
/// See [`FileError`]; never [`FileError::NotText`].
pub fn read_written_from(stream: impl Read, cap: u64) -> Result<Decoded, FileError> {
    Ok(decoded(&capped(stream, cap)?))
}

/// Like [`read_written_from`], for a file named by the user.
///
/// # Errors
/// See [`read_written_from`].
pub fn read_written(path: &Path, cap: u64) -> Result<Decoded, FileError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FileError::Missing),
        Err(error) => Err(error.into()),
        Ok(about) if about.is_dir() => Err(FileError::NotRegular),
        Ok(about) if about.is_file() && about.len() > cap => Err(FileError::TooLarge(cap / 1024)),
        Ok(_) => read_written_from(File::open(path)?, cap),
    }
}

fn capped(stream: impl Read, cap: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    stream.take(cap + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > cap {
        return Err(FileError::TooLarge(cap / 1024));
    }
    Ok(bytes)
}

/// Converts bytes to text, without a byte order mark.
///
/// # Errors
/// [`FileError::NotText`] if they are not UTF-8.
pub fn text_of(bytes: Vec<u8>) -> Result<String, FileError> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let before = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default()).into_owned();
            Err(FileError::NotText { before })
        }
    }
}

/// Returns the names in a folder, sorted, including links.
///
/// # Errors
/// Returns an error if the folder cannot be read.
pub fn list_dir(path: &Path) -> io::Result<Vec<String>> {
    list_some(path, usize::MAX)
}

/// Like [`list_dir`], but returns at most `most` names, the first ones that the system reports.
///
/// # Errors
/// Returns an error if the folder cannot be read.
pub fn list_some(path: &Path, most: usize) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)?.take(most) {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Returns whether this is a folder and not a link to one.
#[must_use]
pub fn is_plain_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|about| about.is_dir())
}

/// Returns the canonical path of an existing folder, with all links resolved.
///
/// # Errors
/// Returns an error if it does not exist or cannot be accessed.
pub fn real_dir(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// Creates a folder and its parents, accessible only to this account, and returns its canonical path. The new folders
/// are flushed to the disk: a power failure that lost a folder would lose all files in it.
///
/// # Errors
/// Returns an error if it cannot be created or is not a folder.
pub fn private_dir(path: &Path) -> io::Result<PathBuf> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    let new: Vec<&Path> =
        path.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).collect();
    builder.create(path)?;
    restrict(path, 0o700)?;
    for above in new.iter().filter_map(|made| made.parent()) {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if let Ok(folder) = File::open(above) {
            let _ = folder.sync_all();
        }
    }
    fs::canonicalize(path)
}

/// Like [`private_dir`], but does not change the permissions of an existing folder, which may be used for other files.
///
/// # Errors
/// Returns an error if it cannot be created or is not a folder.
pub fn folder_kept_as_it_is(path: &Path) -> io::Result<PathBuf> {
    if path.is_dir() { real_dir(path) } else { private_dir(path) }
}

/// Creates a folder and its parents with the default permissions.
///
/// # Errors
/// Returns an error if it cannot be created or is not a folder.
pub fn make_folders(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Creates an empty file that only this account can read.
///
/// # Errors
/// Returns an error if it exists or cannot be created.
pub fn create_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Takes a lock that is held until the returned file is dropped or the process ends. The lock file is created private
/// if necessary, is never removed, and contains `who`. Returns `None` if another process held the lock for as long as
/// `patience`.
///
/// # Errors
/// Returns an error if the file is a link or cannot be created, or the file system does not support locks.
pub fn lock_private(path: &Path, patience: Duration, who: &str) -> io::Result<Option<File>> {
    let mut file = match create_private_file(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match file_len(path) {
            Ok(_) => OpenOptions::new().write(true).open(path)?,
            Err(FileError::Io(error)) => return Err(error),
            Err(other) => return Err(io::Error::other(other)),
        },
        other => other?,
    };
    let since = Stopwatch::start();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if since.elapsed() < patience => sleep(LOCK_PAUSE.min(patience)),
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    // The content is for information only, so a full disk does not invalidate the lock.
    let _ = file.set_len(0).and_then(|()| file.write_all(who.as_bytes()));
    Ok(Some(file))
}

/// Copies a regular file (not a link) to a new private file, and flushes it to the disk.
///
/// # Errors
/// Returns an error if the new file exists, or the error of the operating system.
pub fn copy_private(from: &Path, to: &Path) -> io::Result<()> {
    file_len(from).map_err(io::Error::other)?;
    let mut file = create_private_file(to)?;
    io::copy(&mut File::open(from)?, &mut file)?;
    file.sync_all()?;
    flush_folder_of(to);
    Ok(())
}

/// Flushes a file written by other code to the disk, and its folder.
///
/// # Errors
/// Returns the error of the operating system.
pub fn flush_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()?;
    flush_folder_of(path);
    Ok(())
}

/// Renames a file, replacing any existing one, and makes the change durable.
///
/// # Errors
/// Returns the error of the operating system.
pub fn rename_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    flush_folder_of(to);
    flush_folder_of(from);
    Ok(())
}

/// Flushes the folder of a file, so that creation, renaming or removal is durable where the system supports this.
pub(super) fn flush_folder_of(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Writes a small private file atomically: a temporary file beside it, a flush to the disk, a rename, and a flush of
/// the folder.
///
/// # Errors
/// Returns an error if any of these steps fails; the file is unchanged then.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole(path, bytes, create_private_file)
}

/// Like [`write_private`], but with the default permissions, for files that are given to others.
///
/// # Errors
/// The same as [`write_private`].
pub fn write_plain(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole(path, bytes, |beside| OpenOptions::new().write(true).create_new(true).open(beside))
}

fn write_whole(path: &Path, bytes: &[u8], create: impl FnOnce(&Path) -> io::Result<File>) -> io::Result<()> {
    let beside = path.with_extension("new");
    let _ = fs::remove_file(&beside);
    let written = create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written?;
    flush_folder_of(path);
    Ok(())
}

/// Appends a line to a file, which is created if necessary.
///
/// # Errors
/// Returns the error of the operating system.
pub fn append_line(path: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(format!("{line}\n").as_bytes())
}

/// Sets the permissions of a path; does nothing on systems without such modes.
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_links_and_wrong_bytes_are_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("a.toml");
        write_private(&file, b"12345").expect("the file can be written");
        assert_eq!(read_text(&file, 5).expect("five bytes fit"), "12345");
        assert!(matches!(read_text(&file, 4), Err(FileError::TooLarge(_))));
        assert!(matches!(read_text(folder.path(), 9), Err(FileError::NotRegular)));
        write_private(&file, b"ab\n\xff").expect("the file can be written");
        assert!(matches!(read_text(&file, 9), Err(FileError::NotText { before }) if before == "ab\n"));
        #[cfg(unix)]
        {
            let link = folder.path().join("link.toml");
            std::os::unix::fs::symlink(&file, &link).expect("a link can be made");
            assert!(matches!(read_text(&link, 9), Err(FileError::NotRegular)));
        }
    }
}

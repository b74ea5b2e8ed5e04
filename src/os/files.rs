//! Reading with caps and writing in private. Nothing here follows a link that it was not told to follow.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::clock::Stopwatch;
use super::decode::{Decoded, decoded};

/// How long is waited before a lock that somebody else holds is asked for again.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not there.
    #[error("the file does not exist")]
    Missing,
    /// It is larger than it may be.
    #[error("the file is larger than {0} KiB")]
    TooLarge(u64),
    /// It is not text.
    #[error("the file is not UTF-8 text")]
    NotText {
        /// The text before the first wrong byte.
        before: String,
    },
    /// It is a link, a folder, a pipe or a device.
    #[error("it is not a regular file")]
    NotRegular,
    /// The system said no.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Reads a regular file (no link) of at most `cap` bytes as text; a byte order mark is dropped.
///
/// # Errors
/// See [`FileError`].
pub fn read_text(path: &Path, cap: u64) -> Result<String, FileError> {
    text_of(read_bytes(path, cap)?)
}

/// Reads a regular file (no link) of at most `cap` bytes as it is.
///
/// # Errors
/// See [`FileError`]; never [`FileError::NotText`].
pub fn read_bytes(path: &Path, cap: u64) -> Result<Vec<u8>, FileError> {
    if file_len(path)? > cap {
        return Err(FileError::TooLarge(cap / 1024));
    }
    capped(File::open(path)?, cap)
}

/// The size in bytes of a regular file (no link).
///
/// # Errors
/// [`FileError::Missing`], [`FileError::NotRegular`], or what the system said.
pub fn file_len(path: &Path) -> Result<u64, FileError> {
    let about = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(FileError::Missing),
        other => other?,
    };
    if about.is_file() { Ok(about.len()) } else { Err(FileError::NotRegular) }
}

/// Reads what a person named on the command line: a file, a link to one, or a pipe such as a shell's `<(…)`.
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

/// Reads at most `cap` bytes of text from a stream, e.g. standard input.
///
/// # Errors
/// See [`FileError`].
pub fn read_text_from(stream: impl Read, cap: u64) -> Result<String, FileError> {
    text_of(capped(stream, cap)?)
}

/// Reads at most `cap` bytes that somebody wrote, in whatever encoding their editor saved them.
///
/// # Errors
/// See [`FileError`]; never [`FileError::NotText`].
pub fn read_written_from(stream: impl Read, cap: u64) -> Result<Decoded, FileError> {
    Ok(decoded(&capped(stream, cap)?))
}

/// The same of a file that was named.
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

/// Bytes as text; a byte order mark is dropped.
///
/// # Errors
/// [`FileError::NotText`].
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

/// Names in a folder, sorted; links are listed like anything else.
///
/// # Errors
/// When the folder cannot be read.
pub fn list_dir(path: &Path) -> io::Result<Vec<String>> {
    list_some(path, usize::MAX)
}

/// The same of a folder that may hold very many: no more than `most` of them, whichever the system gives first.
///
/// # Errors
/// When the folder cannot be read.
pub fn list_some(path: &Path, most: usize) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)?.take(most) {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Whether this is a folder, and no link to one.
#[must_use]
pub fn is_plain_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|about| about.is_dir())
}

/// The real path of a folder that exists, with every link resolved.
///
/// # Errors
/// When it does not exist or may not be entered.
pub fn real_dir(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// Makes a folder (and its parents) that only this account may enter, and returns its real path. Its name is on the disk
/// when this returns: a power cut that took the folder would take everything that was flushed in it.
///
/// # Errors
/// When it cannot be made, or is something other than a folder.
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

/// The same, but a folder that is there already keeps its permissions: others may have a use for it.
///
/// # Errors
/// When it cannot be made, or is something other than a folder.
pub fn folder_kept_as_it_is(path: &Path) -> io::Result<PathBuf> {
    if path.is_dir() { real_dir(path) } else { private_dir(path) }
}

/// Makes a folder and its parents with the permissions that this account's folders have.
///
/// # Errors
/// When it cannot be made, or is something other than a folder.
pub fn make_folders(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Makes an empty file that only this account may read; refuses one that exists.
///
/// # Errors
/// When it exists or cannot be made.
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

/// Holds a lock until the returned file is dropped or the process ends, however it ends. The file is made private if it
/// is not there, stays, and says who holds it. `None` when somebody else kept the lock for as long as `patience`.
///
/// # Errors
/// When the file is a link or cannot be made, or the system has no locks there.
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
    // Only for whoever asks who it is: a disk that is full does not take the lock away.
    let _ = file.set_len(0).and_then(|()| file.write_all(who.as_bytes()));
    Ok(Some(file))
}

/// Copies a regular file (no link) into a new one that only this account may read, and flushes it to the disk.
///
/// # Errors
/// When the new one exists, or what the system said.
pub fn copy_private(from: &Path, to: &Path) -> io::Result<()> {
    file_len(from).map_err(io::Error::other)?;
    let mut file = create_private_file(to)?;
    io::copy(&mut File::open(from)?, &mut file)?;
    file.sync_all()?;
    flush_folder_of(to);
    Ok(())
}

/// Flushes a file that somebody else wrote to the disk, and the folder that it is in.
///
/// # Errors
/// What the system said.
pub fn flush_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()?;
    flush_folder_of(path);
    Ok(())
}

/// Gives a file another name in place of whatever had that, and makes that outlive a power cut.
///
/// # Errors
/// What the system said.
pub fn rename_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    flush_folder_of(to);
    flush_folder_of(from);
    Ok(())
}

/// Makes what was renamed, made or taken away in the folder of a file outlive a power cut, where the system can.
pub(super) fn flush_folder_of(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Writes a small private file whole or not at all: temporary file beside it, flush to disk, rename, flush the folder.
///
/// # Errors
/// When any of these steps fails; the file itself is then as it was.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole(path, bytes, create_private_file)
}

/// The same for a file that is made to be given to others: with the permissions that this account's files have.
///
/// # Errors
/// As [`write_private`].
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

/// Adds a line to a file that somebody named; the file is made if it is not there.
///
/// # Errors
/// What the system said.
pub fn append_line(path: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(format!("{line}\n").as_bytes())
}

/// Narrows the permissions of something that exists; does nothing where the system has no such modes.
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

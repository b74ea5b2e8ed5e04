//! Atomic creation, renaming and removal of folders. Symbolic links are not followed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::files::{create_private_file, private_dir};

/// Writes `parent/name` with these files (`path/inside`, bytes), private and completely or not at all: a temporary
/// folder is written beside it, flushed to the disk and renamed. An existing folder with this name is removed first.
///
/// # Errors
/// Returns an error if any of these steps fails; there is no partial folder with this name then.
pub fn write_folder<'a>(
    parent: &Path,
    name: &str,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> io::Result<()> {
    let beside = parent.join(format!(".new-{name}"));
    remove_folder(&beside)?;
    let written = fill(&beside, files).and_then(|()| {
        remove_folder(&parent.join(name))?;
        fs::rename(&beside, parent.join(name))
    });
    if written.is_err() {
        let _ = remove_folder(&beside);
    }
    written?;
    flush(parent);
    Ok(())
}

fn fill<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> io::Result<()> {
    private_dir(folder)?;
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(inside) = path.parent().filter(|inside| *inside != folder) {
            private_dir(inside)?;
        }
        let mut file = create_private_file(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        path.parent().map(flush);
    }
    flush(folder);
    Ok(())
}

fn flush(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Renames a folder and makes the change durable. The new name must be unused.
///
/// # Errors
/// Returns an error if the name is in use, or the error of the operating system.
pub fn rename_folder(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)?;
    to.parent().map(flush);
    Ok(())
}

/// Removes a folder with its content; a missing folder is not an error. A symbolic link is removed, not followed.
///
/// # Errors
/// Returns the error of the operating system.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::list_dir;

    #[test]
    fn a_folder_is_put_in_the_place_of_another_or_nothing_happens() {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        let files = |text: &'static str| [("a.toml", text.as_bytes()), ("rules/b.rhai", b"b".as_slice())];
        write_folder(root.path(), "acme@1", files("one")).expect("it can be written");
        write_folder(root.path(), "acme@1", files("two")).expect("it can be written again");
        assert_eq!(list_dir(root.path()).expect("readable"), ["acme@1"]);
        assert_eq!(list_dir(&root.path().join("acme@1")).expect("readable"), ["a.toml", "rules"]);
        let twice = [("a.toml", b"x".as_slice()), ("a.toml", b"y".as_slice())];
        assert!(write_folder(root.path(), "acme@1", twice).is_err());
        assert_eq!(list_dir(root.path()).expect("readable"), ["acme@1"]);
        let text = crate::os::read_text(&root.path().join("acme@1/a.toml"), 9);
        assert_eq!(text.expect("the older one is still there"), "two");
        remove_folder(&root.path().join("acme@1")).expect("it can be taken away");
        remove_folder(&root.path().join("acme@1")).expect("and is away");
    }
}

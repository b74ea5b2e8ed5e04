//! Where records live, found with `directories`.

use std::path::PathBuf;

use directories::ProjectDirs;

/// No place for records could be found.
#[derive(Debug, thiserror::Error)]
#[error("this account has no home folder, so there is no place for your records")]
pub struct DirError;

/// The data folder of this account: `~/.local/share/cairn` on Linux, `~/Library/Application Support/cairn` on a Mac.
///
/// # Errors
/// When the account has no home folder.
pub fn data_dir() -> Result<PathBuf, DirError> {
    ProjectDirs::from("", "", "cairn").map(|dirs| dirs.data_dir().to_path_buf()).ok_or(DirError)
}

//! Locations of records, settings and documents, found with `directories`.

use std::path::PathBuf;

use directories::{ProjectDirs, UserDirs};

/// There is no location for records.
#[derive(Debug, thiserror::Error)]
#[error("this account has no home folder, so there is no place for your records")]
pub struct DirError;

/// Returns the data folder of this account: `~/.local/share/cairn` on Linux, `~/Library/Application Support/cairn` on
/// macOS.
///
/// # Errors
/// Returns an error if the account has no home folder.
pub fn data_dir() -> Result<PathBuf, DirError> {
    ProjectDirs::from("", "", "cairn").map(|dirs| dirs.data_dir().to_path_buf()).ok_or(DirError)
}

/// Returns the path of the settings file of this account: `config.toml` in `~/.config/cairn` on Linux, or in
/// `~/Library/Application Support/cairn` on macOS.
///
/// # Errors
/// Returns an error if the account has no home folder.
pub fn config_file() -> Result<PathBuf, DirError> {
    ProjectDirs::from("", "", "cairn").map(|dirs| dirs.config_dir().join("config.toml")).ok_or(DirError)
}

/// Returns the path of the policy in which an organisation names a second party that can open locked records:
/// `/etc/cairn/policy.toml`, or else `policy.toml` beside the settings of this account. `None` if neither exists.
#[must_use]
pub fn policy_file() -> Option<PathBuf> {
    let everybodys = PathBuf::from("/etc/cairn/policy.toml");
    let own = config_file().ok().map(|file| file.with_file_name("policy.toml"));
    [Some(everybodys).filter(|_| cfg!(unix)), own].into_iter().flatten().find(|file| file.exists())
}

/// Returns the documents folder of this account, or its home folder if there is none.
///
/// # Errors
/// Returns an error if the account has no home folder.
pub fn documents_dir() -> Result<PathBuf, DirError> {
    let dirs = UserDirs::new().ok_or(DirError)?;
    Ok(dirs.document_dir().filter(|folder| folder.is_dir()).unwrap_or_else(|| dirs.home_dir()).to_path_buf())
}

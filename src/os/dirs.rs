//! Where records and documents live, found with `directories`.

use std::path::PathBuf;

use directories::{ProjectDirs, UserDirs};

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

/// The settings of this account: `config.toml` in `~/.config/cairn` on Linux, in `~/Library/Application Support/cairn` on
/// a Mac.
///
/// # Errors
/// When the account has no home folder.
pub fn config_file() -> Result<PathBuf, DirError> {
    ProjectDirs::from("", "", "cairn").map(|dirs| dirs.config_dir().join("config.toml")).ok_or(DirError)
}

/// Where an organisation says who can open locked records besides: `policy.toml` in `/etc/cairn`, else beside the settings
/// of this account. `None` where there is neither.
#[must_use]
pub fn policy_file() -> Option<PathBuf> {
    let everybodys = PathBuf::from("/etc/cairn/policy.toml");
    let own = config_file().ok().map(|file| file.with_file_name("policy.toml"));
    [Some(everybodys).filter(|_| cfg!(unix)), own].into_iter().flatten().find(|file| file.exists())
}

/// Where this account keeps documents; its home folder where there is no such place.
///
/// # Errors
/// When the account has no home folder.
pub fn documents_dir() -> Result<PathBuf, DirError> {
    let dirs = UserDirs::new().ok_or(DirError)?;
    Ok(dirs.document_dir().filter(|folder| folder.is_dir()).unwrap_or_else(|| dirs.home_dir()).to_path_buf())
}

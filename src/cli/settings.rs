//! The settings of this account, read when a command needs them.

use std::path::PathBuf;

use crate::config::{Settings, read};
use crate::domain::{Fault, clean};
use crate::error::Error;
use crate::os::{FileError, config_file, read_given};

/// Maximum size of the settings file in bytes. A file with a custom key for every command has a tenth of this size.
const MOST: u64 = 256 * 1024;

/// The settings with their faults and path.
pub(super) struct Found {
    pub(super) settings: Settings,
    pub(super) faults: Vec<Fault>,
    /// `None` if the account has no place for settings.
    pub(super) path: Option<PathBuf>,
    /// Whether the file exists.
    pub(super) exists: bool,
}

/// Returns the path of the settings file: the one given with `--config`, or the usual one.
pub(super) fn path(given: Option<&PathBuf>) -> Option<PathBuf> {
    given.cloned().or_else(|| config_file().ok())
}

/// Reads the settings. A missing file is only an error if it was named on the command line.
pub(super) fn load(given: Option<&PathBuf>) -> Result<Found, Error> {
    let path = path(given);
    let usual = |path: Option<PathBuf>| Found {
        settings: Settings { file: path.clone(), ..Settings::default() },
        faults: Vec::new(),
        path,
        exists: false,
    };
    let Some(file) = path.clone() else { return Ok(usual(None)) };
    let name = clean(&file.display().to_string());
    // Symbolic links are followed, because many people keep their settings in a separate folder.
    match read_given(&file, MOST) {
        Ok(text) => {
            let (settings, faults) = read(&name, &text);
            Ok(Found { settings: Settings { file: path.clone(), ..settings }, faults, path, exists: true })
        }
        Err(FileError::Missing) if given.is_none() => Ok(usual(path)),
        Err(error) if given.is_some() => Err(Error::input(
            format!("the settings in {name} cannot be read: {error}"),
            "check the path after --config",
        )),
        Err(error) => {
            let fault = Fault::new(
                name,
                format!("the settings cannot be read: {error}"),
                "Cairn uses the usual \
                settings",
            );
            Ok(Found { faults: vec![fault], exists: true, ..usual(path) })
        }
    }
}

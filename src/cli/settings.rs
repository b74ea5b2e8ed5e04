//! The settings of this account, read at the start of whatever uses them.

use std::path::PathBuf;

use crate::config::{Settings, read};
use crate::domain::{Fault, clean};
use crate::error::Error;
use crate::os::{FileError, config_file, read_given};

/// Longest file that is read; every command with a key of its own is a tenth of it.
const MOST: u64 = 256 * 1024;

/// The settings, what is wrong with them, and where they are.
pub(super) struct Found {
    pub(super) settings: Settings,
    pub(super) faults: Vec<Fault>,
    /// `None` where an account has no place for them.
    pub(super) path: Option<PathBuf>,
    /// There is a file.
    pub(super) exists: bool,
}

/// Where the settings belong: where `--config` says, or in the usual place.
pub(super) fn path(given: Option<&PathBuf>) -> Option<PathBuf> {
    given.cloned().or_else(|| config_file().ok())
}

/// Reads them. No file is no fault, unless somebody named it.
pub(super) fn load(given: Option<&PathBuf>) -> Result<Found, Error> {
    let path = path(given);
    let usual =
        |path: Option<PathBuf>| Found { settings: Settings::default(), faults: Vec::new(), path, exists: false };
    let Some(file) = path.clone() else { return Ok(usual(None)) };
    let name = clean(&file.display().to_string());
    // A link is followed: many people keep their settings in a folder of their own.
    match read_given(&file, MOST) {
        Ok(text) => {
            let (settings, faults) = read(&name, &text);
            Ok(Found { settings, faults, path, exists: true })
        }
        Err(FileError::Missing) if given.is_none() => Ok(usual(path)),
        Err(error) if given.is_some() => Err(Error::input(
            format!("the settings in {name} cannot be read: {error}"),
            "check the path after --config",
        )),
        Err(error) => {
            let fault = Fault::new(name, format!("the settings cannot be read: {error}"), "the usual ones are used");
            Ok(Found { faults: vec![fault], exists: true, ..usual(path) })
        }
    }
}

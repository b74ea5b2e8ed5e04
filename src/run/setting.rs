//! Saves a setting in the settings file.

use std::path::Path;

use crate::app::Msg;
use crate::config::{Settings, read, with_setting};
use crate::domain::clean;
use crate::os::{FileError, read_given, write_through};

/// Maximum size of the settings file in bytes.
const MOST: u64 = 256 * 1024;

/// Changes one line of the file, or adds it; creates the file if there is none.
pub(super) fn save(file: &Path, key: &str, value: &str) -> Msg {
    let name = clean(&file.display().to_string());
    let text = match read_given(file, MOST) {
        Ok(text) => text,
        Err(FileError::Missing) => String::new(),
        Err(error) => return Msg::Failed(format!("Not saved: the settings in {name} cannot be read ({error}).")),
    };
    let changed = match with_setting(&text, key, value) {
        Ok(changed) => changed,
        Err(error) => return Msg::Failed(format!("Not saved. {error} Fix it in {name}.")),
    };
    if let Err(error) = write_through(file, changed.as_bytes()) {
        return Msg::Failed(format!("Not saved: {name} cannot be written ({error})."));
    }
    let (settings, _) = read(&name, &changed);
    let settings = Settings { file: Some(file.to_path_buf()), ..settings };
    Msg::Settings(Box::new(settings), "Saved in your settings.".to_owned())
}

//! Saves a setting in the settings file, and lets the desk and the words follow it.

use std::path::Path;

use super::perform::opened;
use crate::app::Msg;
use crate::config::{Settings, read, with_setting};
use crate::desk::Desk;
use crate::domain::{clean, write_days};
use crate::os::{FileError, read_given, write_through};

/// Maximum size of the settings file in bytes.
const MOST: u64 = 256 * 1024;

/// Changes one line of the file, or adds it; creates the file if there is none.
pub(super) fn save(desk: &mut Desk, file: &Path, key: &str, value: &str) -> Msg {
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
    // What was read of the records has days and targets in it, and is read again if they changed.
    let is_date = key == "date";
    if is_date {
        write_days(settings.date);
    }
    let read_again = desk.offer(&settings.offering()) || is_date;
    let again = if read_again { opened(desk, None).ok().map(Box::new) } else { None };
    Msg::Settings(Box::new(settings), again, "Saved in your settings.".to_owned())
}

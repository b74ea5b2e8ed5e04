//! `cairn pack new`: creates a pack from a template.

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::out::Out;
use crate::desk::label_of;
use crate::domain::{capital, clean, is_blank, truncate, typed};
use crate::error::{Error, ErrorKind};
use crate::os::{list_some, make_folders, write_plain};
use crate::pack::{builtin_packs, id_from, is_id, new_pack};

/// Maximum length of a title, in characters.
const LONGEST_TITLE: usize = 120;

pub(super) fn run(folder: &Path, id: Option<&str>, title: Option<&str>, out: &mut Out) -> Result<ExitCode, Error> {
    let label = label_of(folder);
    let id = id_of(folder, id)?;
    let title = match title.map(|title| truncate(&clean(title).replace('\n', " "), LONGEST_TITLE)) {
        Some(title) if is_blank(&title) => {
            return Err(Error::input("the title is empty", "write one, or leave out --title"));
        }
        Some(title) => title,
        None => titled(&id),
    };
    empty(folder, &label)?;
    let name = folder.file_name().map_or_else(|| label.clone(), |name| clean(&name.to_string_lossy()));
    for (path, text) in new_pack(&id, &title, &typed(&name)) {
        let path = folder.join(path);
        let made = path.parent().map_or(Ok(()), make_folders).and_then(|()| write_plain(&path, text.as_bytes()));
        made.map_err(|error| Error {
            kind: ErrorKind::Records,
            message: format!("the pack could not be written to {label}: {error}"),
            hint: "check the disk and the permissions of that folder, delete what was started, and try again"
                .to_owned(),
        })?;
    }
    out.line(format!("Cairn created the pack {id} in {label}: two activities, two rules and stories that test them."));
    out.line("");
    out.paragraph("", &format!("{label}/README.md explains the files and how to share the pack."));
    out.line("After every change:");
    out.line(format!("    cairn rules check {}", typed(&label)));
    out.line(format!("    cairn rules test {}", typed(&label)));
    Ok(ExitCode::SUCCESS)
}

fn id_of(folder: &Path, id: Option<&str>) -> Result<String, Error> {
    let id = match id {
        Some(id) if is_id(id) => id.to_owned(),
        Some(id) => {
            let message = format!("\"{}\" cannot be the id of a pack", clean(&truncate(id, 60)));
            return Err(Error::input(message, "use lower-case letters, digits, hyphens and full stops, at most 60"));
        }
        None => folder.file_name().and_then(OsStr::to_str).and_then(id_from).unwrap_or_else(|| "our-pack".to_owned()),
    };
    if builtin_packs().iter().any(|pack| pack.label == id) {
        let hint = format!("give yours another one, as in: cairn pack new {} --id our-{id}", typed(&label_of(folder)));
        return Err(Error::input(format!("{id} is the id of a built-in pack"), hint));
    }
    Ok(id)
}

/// Returns the default title for an id: `our-pack` becomes `Our pack`.
fn titled(id: &str) -> String {
    capital(&id.replace(['-', '.'], " "))
}

/// Returns an error if the path is not a folder, or if the folder is not empty.
fn empty(folder: &Path, label: &str) -> Result<(), Error> {
    match list_some(folder, 1) {
        Ok(names) if names.is_empty() => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Ok(_) => {
            let hint = "give a new folder, so that Cairn does not replace anything of yours";
            Err(Error::input(format!("{label} is not empty"), hint))
        }
        Err(error) => Err(Error::input(format!("{label} cannot be used: {error}"), "give a new folder")),
    }
}

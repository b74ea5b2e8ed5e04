//! Stage 1, read: the files of a pack as text, with caps on size and no way out of its folder.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domain::{Fault, clean, nearest};
use crate::os::{FileError, list_dir, read_text};

/// Largest TOML file of a pack, in bytes.
const TOML_CAP: u64 = 1024 * 1024;
/// Largest rule file, in bytes. Rhai takes a second and 100 MiB for a 10 MB script (RULES.md 2.1).
const RULE_CAP: u64 = 256 * 1024;
/// Largest pack, in bytes.
const PACK_CAP: usize = 4 * 1024 * 1024;
/// Most files in a folder of a pack.
const MOST_FILES: usize = 500;

/// The TOML files that a pack may hold.
pub(super) const TOML_FILES: [&str; 6] =
    ["pack.toml", "framework.toml", "prompts.toml", "models.toml", "activities.toml", "synonyms.toml"];

/// The text of a pack, before anything in it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFiles {
    /// What errors call it: the id of a built-in pack, the folder of another.
    pub label: String,
    /// `built in` or the folder.
    pub origin: String,
    /// Path inside the pack (`rules/gaps.rhai`) → text.
    pub files: BTreeMap<String, String>,
}

impl PackFiles {
    /// `label/path`, the way errors name a file.
    #[must_use]
    pub fn name(&self, path: &str) -> String {
        format!("{}/{path}", self.label)
    }

    /// Whether it is one of those in the binary.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.origin == super::builtin::ORIGIN
    }

    /// Whether this may be the pack of that id: a built-in one is labelled by id, another is known by its folder alone.
    #[must_use]
    pub fn is(&self, id: &str) -> bool {
        !self.is_built_in() || self.label == id
    }
}

/// What errors call a pack's folder: its path as it was given, without what could paint the terminal.
#[must_use]
pub fn label_of(folder: &Path) -> String {
    let shown = clean(&folder.display().to_string());
    if shown.len() > 1 { shown.trim_end_matches('/').to_owned() } else { shown }
}

/// Reads the folder of a pack; what works and should still be mended comes beside it.
///
/// # Errors
/// All files that cannot be read, are too large, are no text, or are links.
pub fn read_pack(folder: &Path) -> Result<(PackFiles, Vec<Fault>), Vec<Fault>> {
    let label = label_of(folder);
    let mut pack = PackFiles { origin: label.clone(), label, files: BTreeMap::new() };
    let mut faults = Vec::new();
    let names = match list_dir(folder) {
        Ok(names) => names,
        Err(error) => {
            let hint = "name the folder that holds pack.toml, as in: cairn pack check ./our-pack";
            return Err(vec![Fault::new(pack.label, format!("the pack's folder cannot be read: {error}"), hint)]);
        }
    };
    if !names.iter().any(|name| name == "pack.toml") {
        let hint = "every pack has a pack.toml with id, version, title, licence, attribution, source and rules_api";
        faults.push(Fault::new(pack.name("pack.toml"), "the folder has no pack.toml", hint));
    }
    for name in &names {
        if TOML_FILES.contains(&name.as_str()) {
            take(&mut pack, folder, name, TOML_CAP, &mut faults);
        } else if let Some(meant) = misnamed(name) {
            faults.push(
                Fault::new(
                    pack.name(&clean(name)),
                    "this file has no meaning in a pack, so nothing in it is used",
                    format!("rename it to {meant}, if that is what it is"),
                )
                .warning(),
            );
        }
    }
    for (inside, cap) in [(("rules", "rhai"), RULE_CAP), (("cases", "toml"), TOML_CAP)] {
        if names.iter().any(|name| name == inside.0) {
            read_folder(&mut pack, folder, inside, cap, &mut faults);
        }
    }
    let size: usize = pack.files.values().map(String::len).sum();
    if size > PACK_CAP {
        let message = format!("the pack is larger than {} KiB in all", PACK_CAP / 1024);
        faults.push(Fault::new(pack.label.clone(), message, "split it into two packs"));
    }
    if faults.iter().any(|fault| fault.severity == crate::domain::Severity::Error) {
        Err(faults)
    } else {
        Ok((pack, faults))
    }
}

/// Reads the files of one kind in a folder of the pack.
fn read_folder(
    pack: &mut PackFiles,
    root: &Path,
    (folder, extension): (&str, &str),
    cap: u64,
    faults: &mut Vec<Fault>,
) {
    let path = root.join(folder);
    let is_folder = std::fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir());
    if !is_folder {
        let hint = "a pack may not reach outside its folder; copy the files into it";
        faults.push(Fault::new(pack.name(folder), format!("\"{folder}\" is not a plain folder"), hint));
        return;
    }
    match list_dir(&path) {
        Ok(names) => {
            let files: Vec<String> = names.into_iter().filter(|name| has_extension(name, extension)).collect();
            if files.len() > MOST_FILES {
                let message = format!("there are more than {MOST_FILES} files in \"{folder}\"");
                faults.push(Fault::new(pack.name(folder), message, "put what belongs together into one file"));
                return;
            }
            for name in files {
                if clean(&name) != name || name.contains('\n') {
                    let message = "the name of this file holds characters that cannot be shown";
                    let shown = clean(&name).replace('\n', " ");
                    faults.push(Fault::new(pack.name(&format!("{folder}/{shown}")), message, "rename it"));
                    continue;
                }
                take(pack, root, &format!("{folder}/{name}"), cap, faults);
            }
        }
        Err(error) => {
            let message = format!("the folder \"{folder}\" cannot be read: {error}");
            faults.push(Fault::new(pack.name(folder), message, "check its permissions"));
        }
    }
}

fn take(pack: &mut PackFiles, folder: &Path, path: &str, cap: u64, faults: &mut Vec<Fault>) {
    let name = pack.name(path);
    match read_text(&folder.join(path), cap) {
        Ok(text) => {
            pack.files.insert(path.to_owned(), text);
        }
        Err(error) => faults.push(file_fault(&name, &error)),
    }
}

/// A file error as a fault with the next step.
pub(super) fn file_fault(name: &str, error: &FileError) -> Fault {
    let hint = match error {
        FileError::Missing => "check the name",
        FileError::TooLarge(_) => "split it, or take out what is not text for people",
        FileError::NotText { .. } => "save it as UTF-8 in your editor",
        FileError::NotRegular => "a pack may not reach outside its folder; copy the file into it",
        FileError::Io(_) => "check its permissions",
    };
    let fault = Fault::new(name, error.to_string(), hint);
    match error {
        FileError::NotText { before } => fault.at_byte(before, before.len()),
        _ => fault,
    }
}

fn has_extension(name: &str, wanted: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == wanted)
}

/// The file of a pack that a name nearly is; README and the like are nobody's mistake.
fn misnamed(name: &str) -> Option<&'static str> {
    if has_extension(name, "toml") { nearest(name, TOML_FILES) } else { None }
}

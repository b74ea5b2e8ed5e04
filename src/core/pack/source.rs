//! Stage 1, read: the files of a pack as text, with limits on size and confined to the pack's folder.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::raw::TOML_FILES;
use super::seal::SEAL_FILES;
use crate::domain::{Fault, Severity, clean, nearest};
use crate::os::{FileError, is_plain_folder, list_some, read_bytes, text_of};

/// Maximum size of a TOML file, in bytes.
const TOML_CAP: u64 = 1024 * 1024;
/// Maximum size of a rule file, in bytes. Rhai needs a second and 100 MiB for a 10 MB script (RULES.md 2.1).
const RULE_CAP: u64 = 256 * 1024;
/// Maximum total size of a pack, in bytes.
const PACK_CAP: usize = 4 * 1024 * 1024;
/// Maximum number of files in a subfolder of a pack.
const MOST_FILES: usize = 500;
/// Maximum number of entries in the pack's folder itself.
const MOST_NAMES: usize = 1_000;
/// The UTF-8 byte order mark, which some editors write before the text.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// The subfolders that a pack may have, with the extension and maximum size (in bytes) of their files.
const FOLDERS: [(&str, &str, u64); 2] = [("rules", "rhai", RULE_CAP), ("cases", "toml", TOML_CAP)];

/// The text files of a pack, not parsed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFiles {
    /// Name used in faults: the id of a built-in pack, the folder of another.
    pub label: String,
    /// `built in`, or the folder.
    pub origin: String,
    /// Texts by path inside the pack, for example `rules/gaps.rhai`.
    pub files: BTreeMap<String, String>,
}

impl PackFiles {
    /// Returns `label/path`, the name of a file in faults.
    #[must_use]
    pub fn name(&self, path: &str) -> String {
        format!("{}/{path}", self.label)
    }

    /// Returns whether the pack is compiled into the binary.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.origin == super::builtin::ORIGIN
    }

    /// Returns a SHA-256 over the names and texts of the files, in hexadecimal.
    #[must_use]
    pub fn checksum(&self) -> String {
        let mut text = String::new();
        for (path, content) in &self.files {
            text.push_str(&super::seal::digest(content.as_bytes()));
            text.push_str("  ");
            text.push_str(path);
            text.push('\n');
        }
        super::seal::digest(text.as_bytes())
    }

    /// Returns whether this can be the pack with that id: the label of a built-in pack is its id, others are identified
    /// by their folder alone.
    #[must_use]
    pub fn is(&self, id: &str) -> bool {
        !self.is_built_in() || self.label == id
    }
}

/// Returns the label of a pack's folder: the path as given, without control characters.
#[must_use]
pub fn label_of(folder: &Path) -> String {
    let shown = clean(&folder.display().to_string());
    let label = if shown.len() > 1 { shown.trim_end_matches('/').to_owned() } else { shown };
    // A folder with the name of the built-in origin is not a built-in pack.
    if label == super::builtin::ORIGIN { format!("./{label}") } else { label }
}

/// The part of a manifest that is read before the rest is checked.
#[derive(Debug, Deserialize)]
struct Declared {
    id: String,
    version: String,
}

/// Returns the id and version that a pack states; `None` if its manifest cannot be read, which is reported on loading.
#[must_use]
pub fn declared(pack: &PackFiles) -> Option<(String, semver::Version)> {
    let stated: Declared = toml::from_str(pack.files.get("pack.toml")?).ok()?;
    Some((stated.id, semver::Version::parse(&stated.version).ok()?))
}

/// The folder of a pack with all files that were read.
#[derive(Debug, Clone)]
pub struct PackFolder {
    /// Files with a meaning in a pack.
    pub pack: PackFiles,
    /// Warnings about files that are not used.
    pub warnings: Vec<Fault>,
    /// Other files, such as the signature or a README: bytes by path.
    others: BTreeMap<String, Vec<u8>>,
    /// Paths of files that began with a byte order mark, which is removed from their text.
    marked: BTreeSet<String>,
}

impl PackFolder {
    /// Creates a folder from files that were read before.
    #[must_use]
    pub fn of(pack: PackFiles) -> Self {
        Self { pack, warnings: Vec::new(), others: BTreeMap::new(), marked: BTreeSet::new() }
    }

    /// Returns the path and the exact bytes of every file that was read.
    pub fn contents(&self) -> impl Iterator<Item = (&str, Cow<'_, [u8]>)> {
        let texts = self.pack.files.iter().map(|(path, text)| {
            let bytes = if self.marked.contains(path) {
                Cow::Owned([MARK, text.as_bytes()].concat())
            } else {
                Cow::Borrowed(text.as_bytes())
            };
            (path.as_str(), bytes)
        });
        texts.chain(self.others.iter().map(|(path, bytes)| (path.as_str(), Cow::Borrowed(bytes.as_slice()))))
    }

    /// Returns the bytes of a file without a meaning of its own in a pack.
    #[must_use]
    pub fn other(&self, path: &str) -> Option<&[u8]> {
        self.others.get(path).map(Vec::as_slice)
    }
}

/// Selects which other files of a folder are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherFiles {
    /// None, unless there is a signature, which covers all of them.
    Signed,
    /// All of them, because the pack is about to be signed.
    All,
}

/// Reads the folder of a pack.
///
/// # Errors
/// Returns a fault for every file that cannot be read, is too large, is not text, or is a link.
pub fn read_pack(folder: &Path, beside: OtherFiles) -> Result<PackFolder, Vec<Fault>> {
    let label = label_of(folder);
    let names = list_some(folder, MOST_NAMES + 1).map_err(|error| {
        let hint = "name the folder that holds pack.toml, as in: cairn pack check ./our-pack";
        vec![Fault::new(label.clone(), format!("the pack's folder cannot be read: {error}"), hint)]
    })?;
    if names.len() > MOST_NAMES {
        let message = format!("there are more than {MOST_NAMES} files in this folder");
        return Err(vec![Fault::new(label, message, "give the pack a folder of its own")]);
    }
    let pack = PackFiles { origin: label.clone(), label, files: BTreeMap::new() };
    let mut reader = Reader {
        root: folder,
        pack,
        others: BTreeMap::new(),
        marked: BTreeSet::new(),
        room: PACK_CAP,
        faults: Vec::new(),
    };
    reader.understood(&names);
    if beside == OtherFiles::All || SEAL_FILES.iter().any(|name| names.iter().any(|other| other == name)) {
        reader.beside(&names);
    }
    let Reader { pack, others, marked, faults, .. } = reader;
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        Err(faults)
    } else {
        Ok(PackFolder { pack, warnings: faults, others, marked })
    }
}

/// The state while a folder is read.
struct Reader<'a> {
    root: &'a Path,
    pack: PackFiles,
    others: BTreeMap<String, Vec<u8>>,
    marked: BTreeSet<String>,
    /// Number of bytes that may still be read.
    room: usize,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn refuse(&mut self, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(Fault::new(self.pack.name(path), message, hint));
    }

    /// Reads the files that have a meaning in a pack.
    fn understood(&mut self, names: &[String]) {
        if !names.iter().any(|name| name == "pack.toml") {
            let hint = "every pack has a pack.toml with id, version, title, licence, attribution, source and rules_api";
            self.refuse("pack.toml", "the folder has no pack.toml", hint);
        }
        for name in names {
            if TOML_FILES.contains(&name.as_str()) {
                self.take(name, TOML_CAP);
            } else if let Some(hint) = self.stray(name) {
                self.unused(name, hint);
            }
        }
        for (inside, extension, cap) in FOLDERS {
            if names.iter().any(|name| name == inside) {
                for name in self.names_in(inside).into_iter().filter(|name| !is_systems(name)) {
                    let path = format!("{inside}/{name}");
                    if has_extension(&name, extension) {
                        self.take(&path, cap);
                    } else if is_plain_folder(&self.root.join(&path)) {
                        self.unused(&path, format!("put its files into {inside}"));
                    } else if reads_as(&name).is_some() {
                        self.unused(&path, format!("rename it to {}.{extension}", stem(&name)));
                    }
                }
            }
        }
    }

    /// Warns that a file or folder is not used.
    fn unused(&mut self, path: &str, hint: String) {
        let what = if is_plain_folder(&self.root.join(path)) { "folder" } else { "file" };
        let message = format!("this {what} has no meaning in a pack, so Cairn does not use it");
        self.faults.push(Fault::new(self.pack.name(&clean(path)), message, hint).warning());
    }

    /// Returns what to do with an entry of the pack's folder that is not used but looks as if it should be; `None`
    /// otherwise.
    fn stray(&self, name: &str) -> Option<String> {
        let known = FOLDERS.iter().any(|(folder, ..)| *folder == name) || SEAL_FILES.contains(&name);
        if known || is_systems(name) {
            return None;
        }
        if is_plain_folder(&self.root.join(name)) {
            let folders = FOLDERS.map(|(folder, ..)| folder);
            let near = nearest(&name.to_lowercase(), folders);
            let inside = list_some(&self.root.join(name), MOST_FILES).unwrap_or_default();
            let holds = inside.iter().find_map(|name| reads_as(name));
            let holds = holds.and_then(|ending| FOLDERS.iter().find(|(_, extension, _)| *extension == ending));
            return near
                .or(holds.map(|(folder, ..)| *folder))
                .map(|near| format!("rename it to {near}, or move its files there"));
        }
        if let Some(meant) = misnamed(name) {
            return Some(format!("rename it to {meant}, if that is what it is"));
        }
        match reads_as(name)? {
            "rhai" => Some(format!("move it to rules/{}.rhai", stem(name))),
            _ => nearest(&format!("{}.toml", stem(name)), TOML_FILES).map(|meant| format!("rename it to {meant}")),
        }
    }

    /// Returns the names in a subfolder of the pack; empty after reporting a fault.
    fn names_in(&mut self, folder: &str) -> Vec<String> {
        let path = self.root.join(folder);
        if !is_plain_folder(&path) {
            let hint = "a pack cannot use files outside its folder, so copy the files into it";
            self.refuse(folder, format!("\"{folder}\" is not a plain folder"), hint);
            return Vec::new();
        }
        match list_some(&path, MOST_FILES + 1) {
            Ok(names) if names.len() > MOST_FILES => {
                let message = format!("there are more than {MOST_FILES} files in \"{folder}\"");
                self.refuse(folder, message, "put what belongs together into one file");
                Vec::new()
            }
            Ok(names) => names,
            Err(error) => {
                let message = format!("the folder \"{folder}\" cannot be read: {error}");
                self.refuse(folder, message, "check its permissions");
                Vec::new()
            }
        }
    }

    /// Reads a file that has a meaning in a pack.
    fn take(&mut self, path: &str, cap: u64) {
        let Some(bytes) = self.read(path, cap) else { return };
        if bytes.starts_with(MARK) {
            self.marked.insert(path.to_owned());
        }
        match text_of(bytes) {
            Ok(text) => drop(self.pack.files.insert(path.to_owned(), text)),
            Err(error) => self.faults.push(file_fault(&self.pack.name(path), &error)),
        }
    }

    /// Reads the other files, which a signature covers as well. Files of editors and operating systems are skipped.
    fn beside(&mut self, names: &[String]) {
        for name in names.iter().filter(|name| !is_systems(name)) {
            match FOLDERS.iter().find(|(folder, ..)| folder == name) {
                Some((folder, extension, _)) => {
                    for inside in self.names_in(folder) {
                        if !has_extension(&inside, extension) && !is_systems(&inside) {
                            self.take_other(&format!("{folder}/{inside}"));
                        }
                    }
                }
                None if !TOML_FILES.contains(&name.as_str()) => self.take_other(name),
                None => {}
            }
        }
    }

    fn take_other(&mut self, path: &str) {
        if is_plain_folder(&self.root.join(path)) {
            let message = "a signature covers every file of a pack, but this folder is not part of a pack";
            self.refuse(&clean(path).replace('\n', " "), message, "move it out of the pack");
            return;
        }
        if let Some(bytes) = self.read(path, TOML_CAP) {
            self.others.insert(path.to_owned(), bytes);
        }
    }

    fn read(&mut self, path: &str, cap: u64) -> Option<Vec<u8>> {
        if clean(path) != path || path.contains('\n') {
            let shown = clean(path).replace('\n', " ");
            self.refuse(&shown, "the name of this file holds characters that cannot be shown", "rename it");
            return None;
        }
        match read_bytes(&self.root.join(path), cap.min(self.room as u64 + 1)) {
            // Nothing more is read once the pack is full, because a thousand large files would fill the memory.
            Ok(bytes) if bytes.len() > self.room => self.full(),
            Err(FileError::TooLarge(_)) if (self.room as u64) < cap => self.full(),
            Ok(bytes) => {
                self.room -= bytes.len();
                return Some(bytes);
            }
            Err(error) => self.faults.push(file_fault(&self.pack.name(path), &error)),
        }
        None
    }

    fn full(&mut self) {
        let message = format!("the pack is larger than {} KiB in all", PACK_CAP / 1024);
        let fault = Fault::new(self.pack.label.clone(), message, "split it into two packs");
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
        self.room = 0;
    }
}

/// Converts a file error to a fault with a next step.
pub(super) fn file_fault(name: &str, error: &FileError) -> Fault {
    let hint = match error {
        FileError::Missing => "check the name",
        FileError::TooLarge(_) => "split it, or remove what is not text for people",
        FileError::NotText { .. } => "save it as UTF-8 in your editor",
        FileError::NotRegular => "a pack cannot use files outside its folder, so copy the file into it",
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

/// Returns whether a file belongs to an editor or operating system and not to the pack: `._x`, `.#x`, `~$x`, `x~`,
/// `x.bak`, `Thumbs.db`, `desktop.ini`.
fn is_systems(name: &str) -> bool {
    let lower = name.to_lowercase();
    let own = ["thumbs.db", "ehthumbs.db", "desktop.ini"].contains(&lower.as_str());
    let ends = [".bak", ".swp", ".swo", ".tmp", ".orig", "~"].iter().any(|end| lower.ends_with(end));
    own || ends || name.starts_with('.') || name.starts_with("~$") || (name.starts_with('#') && name.ends_with('#'))
}

/// Returns the extension that a file was probably meant to have, as in `x.rhai.txt` or `x.RHAI`.
fn reads_as(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    ["rhai", "toml"].into_iter().find(|ending| lower.split('.').skip(1).any(|part| part == *ending))
}

/// Returns the part of a name before its first full stop.
fn stem(name: &str) -> String {
    clean(name.split('.').next().unwrap_or(name))
}

/// Returns the TOML file of a pack that a name resembles; names such as README are not considered mistakes.
fn misnamed(name: &str) -> Option<&'static str> {
    if has_extension(name, "toml") { nearest(name, TOML_FILES) } else { None }
}

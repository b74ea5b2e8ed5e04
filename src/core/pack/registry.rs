//! The packs that were added to this account: the list `packs/packs.toml` in the data folder, and one folder for each
//! stored version. Folders that are not on the list are not read.
//!
//! | in `packs/` | purpose |
//! | --- | --- |
//! | `packs.toml` | the list, lowest layer first |
//! | `acme@1.2.0/` | the files of one version, as they were when it was added |
//! | `trust.toml` | the keys whose packs are trusted |
//! | `signing.key` | the key that signs the person's own packs |
//! | `packs.starting` | the packs being loaded, see [`super::starting`] |
//! | `packs.lock` | locked while the list is changed, so that two programs do not overwrite each other's change |

use std::fmt::Write;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::seal::fingerprint;
use super::source::{OtherFiles, PackFiles, PackFolder, read_pack};
use crate::domain::{Fault, clean, typed};
use crate::os::{
    FileError, list_some, lock_private, private_dir, read_text, real_dir, remove_folder, write_folder, write_private,
};

/// Folder of packs, relative to the data folder.
pub const FOLDER: &str = "packs";
const LIST: &str = "packs.toml";
/// Time to wait for another program that adds or removes packs.
const PATIENCE: Duration = Duration::from_secs(5);
const LOCK: &str = "packs.lock";
/// Newest version of the list's format that this program can read.
const FORMAT: i64 = 1;
/// Maximum size of the list in bytes; larger than any real one.
const CAP: u64 = 256 * 1024;
/// Maximum number of file names read when checking whether a list is missing.
const LOOK: usize = 100;

const NOTE: &str = "\
# The packs that were added with `cairn pack add`, lowest layer first. Cairn writes this file.
# To change it, use `cairn pack add` and `cairn pack remove`.
";

/// The layer of a pack, lowest first. A pack may change entries of lower layers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Compiled into the binary.
    BuiltIn,
    /// Added, or named on the command line.
    #[default]
    Organisation,
    /// Added with `--personal`; above all others.
    Personal,
}

impl Layer {
    /// Returns the name used in the list and in `--json` output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Organisation => "organisation",
            Self::Personal => "personal",
        }
    }

    /// Returns the name that is shown to people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::BuiltIn => "built in",
            other => other.id(),
        }
    }
}

/// A version of a pack that was added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Semantic version.
    pub version: String,
    /// SHA-256 over the names and contents of its files, in hexadecimal.
    pub sha256: String,
}

/// A pack that was added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Installed {
    /// Id of the pack.
    pub id: String,
    /// Layer it belongs to.
    pub layer: Layer,
    /// Folder from which it was added.
    pub from: String,
    /// Version in use.
    pub now: Version,
    /// Previous version, used if the newer one cannot be loaded.
    pub previous: Option<Version>,
}

impl Installed {
    /// Returns the label of a version, for example `acme@1.2.0`: its folder name, and its name in faults.
    #[must_use]
    pub fn label(&self, version: &Version) -> String {
        format!("{}@{}", self.id, version.version)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    format: i64,
    #[serde(default, rename = "pack")]
    packs: Vec<Installed>,
}

/// The list of packs that were added.
#[derive(Debug, Clone)]
pub struct Registry {
    pub(super) folder: PathBuf,
    /// Packs in the order in which they were added.
    pub packs: Vec<Installed>,
}

impl Registry {
    /// Reads the list of a data folder. If there is neither a list nor any pack folder, the result is empty.
    ///
    /// # Errors
    /// Returns a fault if the list cannot be used, or if it is missing while there are pack folders.
    pub fn read(data: &Path) -> Result<Self, Box<Fault>> {
        let folder = data.join(FOLDER);
        let path = folder.join(LIST);
        let name = clean(&path.display().to_string());
        // The hint never suggests deleting the folder, because it contains the signing key.
        let hint = "put the list back from a backup. If that file is there, you can also rename it and add your packs \
            again with: cairn pack add FOLDER";
        let text = match read_text(&path, CAP) {
            Ok(text) => text,
            Err(FileError::Missing) if !holds_packs(&folder) => return Ok(Self { folder, packs: Vec::new() }),
            Err(FileError::Missing) => {
                let message = "the list of the packs that you added is missing, so none of them is used";
                return Err(Box::new(Fault::new(name, message, hint)));
            }
            Err(error) => {
                let message =
                    format!("the list of the packs that you added cannot be used, so none of them is: {error}");
                return Err(Box::new(Fault::new(name, message, hint)));
            }
        };
        let list: List = toml::from_str(&text).map_err(|error| {
            let said = clean(error.message()).replace('\n', "; ");
            let message = format!("the list of the packs that you added is damaged, so none of them is used: {said}");
            let fault = Fault::new(&name, message, hint);
            Box::new(match error.span() {
                Some(span) => fault.at_byte(&text, span.start),
                None => fault,
            })
        })?;
        if list.format > FORMAT {
            let message = "the list of the packs that you added was written by a newer version of Cairn";
            return Err(Box::new(Fault::new(
                name,
                message,
                "use the newer version, because this one does not change the list",
            )));
        }
        if let Some(wrong) = list.packs.iter().find(|pack| !pack.is_sound()) {
            let message = format!("the list of the packs that you added is damaged at \"{}\"", clean(&wrong.id));
            return Err(Box::new(Fault::new(name, message, hint)));
        }
        Ok(Self { folder, packs: list.packs })
    }

    /// Reads the list in order to add a pack: if the list is missing, an empty one is returned.
    ///
    /// # Errors
    /// Returns a fault if the list exists and cannot be used.
    pub fn read_or_begin(data: &Path) -> Result<Self, Box<Fault>> {
        let folder = data.join(FOLDER);
        match read_text(&folder.join(LIST), CAP) {
            Err(FileError::Missing) => Ok(Self { folder, packs: Vec::new() }),
            _ => Self::read(data),
        }
    }

    /// Creates the list file if it is missing. It must exist before the first pack folder: a folder that is not on the
    /// list is ignored, but folders without a list are treated as damage.
    ///
    /// # Errors
    /// Returns the error of the system.
    pub fn begin(&self) -> io::Result<()> {
        if crate::os::file_len(&self.folder.join(LIST)).is_ok() { Ok(()) } else { self.write() }
    }

    /// Returns the pack with an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Installed> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// Returns the folder of one version.
    #[must_use]
    pub fn folder_of(&self, pack: &Installed, version: &Version) -> PathBuf {
        self.folder.join(pack.label(version))
    }

    /// Reads the files of one version.
    ///
    /// # Errors
    /// Returns the faults of the files, including the case that they differ from those that were added.
    pub fn open(&self, pack: &Installed, version: &Version) -> Result<PackFolder, Vec<Fault>> {
        let label = pack.label(version);
        let mend = format!(
            "add it again with: cairn pack add {}, or remove it with: cairn pack remove {}",
            typed(&pack.from),
            pack.id
        );
        let folder = self.folder_of(pack, version);
        let mut read = read_pack(&folder, OtherFiles::Signed).map_err(|faults| {
            let shown = super::source::label_of(&folder);
            let known =
                |fault: Fault| Fault { file: fault.file.replacen(&shown, &label, 1), hint: mend.clone(), ..fault };
            faults.into_iter().map(known).collect::<Vec<_>>()
        })?;
        if fingerprint(&read) != version.sha256 {
            let message = "the files of this pack are not the ones that were added, because someone or something \
                changed them";
            return Err(vec![Fault::new(label, message, mend)]);
        }
        read.pack = PackFiles { label: label.clone(), origin: label, ..read.pack };
        read.warnings.clear();
        Ok(read)
    }

    /// Copies the files that were read to a folder of their own, atomically.
    ///
    /// # Errors
    /// Returns the error of the system; nothing has changed in that case.
    pub fn keep(&self, label: &str, read: &PackFolder) -> io::Result<()> {
        let contents: Vec<_> = read.contents().collect();
        write_folder(&self.folder, label, contents.iter().map(|(path, bytes)| (*path, bytes.as_ref())))
    }

    /// Removes the folder of a version that is no longer on the list.
    pub fn forget(&self, label: &str) {
        // Files that remain are not read, and are removed when the same version is added again.
        let _ = remove_folder(&self.folder.join(label));
    }

    /// Writes the list atomically.
    ///
    /// # Errors
    /// Returns the error of the system; the list is unchanged in that case.
    pub fn write(&self) -> io::Result<()> {
        let mut text = format!("{NOTE}format = {FORMAT}\n");
        for pack in &self.packs {
            let _ = write!(text, "\n[[pack]]\nid = {}\nlayer = {}\n", quoted(&pack.id), quoted(pack.layer.id()));
            let _ = write!(text, "from = {}\nnow = {}\n", quoted(&pack.from), pair(&pack.now));
            if let Some(previous) = &pack.previous {
                let _ = writeln!(text, "previous = {}", pair(previous));
            }
        }
        write_private(&self.folder.join(LIST), text.as_bytes())?;
        super::starting::try_again(&self.folder);
        Ok(())
    }
}

impl Installed {
    /// Returns whether the id and versions are safe in a folder name and the layer is valid.
    fn is_sound(&self) -> bool {
        let good = |text: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+');
            (1..=100).contains(&text.len()) && text.chars().all(allowed)
        };
        good(&self.id)
            && self.id.starts_with(|c: char| c.is_ascii_alphanumeric())
            && self.layer != Layer::BuiltIn
            && good(&self.now.version)
            && self.previous.as_ref().is_none_or(|version| good(&version.version))
    }
}

fn pair(version: &Version) -> String {
    format!("{{ version = {}, sha256 = {} }}", quoted(&version.version), quoted(&version.sha256))
}

/// Returns a text as a TOML string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in clean(text).replace('\n', " ").chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// Returns whether the folder contains folders of packs.
fn holds_packs(folder: &Path) -> bool {
    list_some(folder, LOOK).is_ok_and(|names| names.iter().any(|name| name.contains('@') && !name.starts_with('.')))
}

/// Creates the folder of packs in a data folder if necessary and locks it. Returns `None` if another program held the
/// lock for five seconds.
///
/// # Errors
/// Returns the error of the system.
pub fn lock_packs(data: &Path) -> io::Result<Option<File>> {
    if real_dir(data).is_err() {
        private_dir(data)?;
    }
    let folder = private_dir(&data.join(FOLDER))?;
    lock_private(&folder.join(LOCK), PATIENCE, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_back_as_it_was_written() {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        assert_eq!(Registry::read(data.path()).expect("no list is an empty one").packs, []);
        let _held = lock_packs(data.path()).expect("lockable").expect("free");
        let version = |number: &str| Version { version: number.to_owned(), sha256: "00".to_owned() };
        let one = Installed {
            id: "acme.one".to_owned(),
            layer: Layer::Personal,
            from: "C:\\packs\\\"acme\"\n\u{1b}[31m".to_owned(),
            now: version("1.0.0-a+b"),
            previous: Some(version("0.9.0")),
        };
        let mut registry = Registry::read(data.path()).expect("empty");
        registry.packs.push(one.clone());
        registry.write().expect("writable");
        let back = Registry::read(data.path()).expect("readable").packs;
        assert_eq!(back, [Installed { from: "C:\\packs\\\"acme\" [31m".to_owned(), ..one }]);
    }

    #[test]
    fn a_list_that_is_missing_is_begun_anew_by_whoever_adds_a_pack() {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let _held = lock_packs(data.path()).expect("lockable").expect("free");
        let registry = Registry::read(data.path()).expect("empty");
        registry.begin().expect("writable");
        private_dir(&data.path().join("packs/acme@1.0.0")).expect("writable");
        assert_eq!(Registry::read(data.path()).expect("what was killed is nobody's").packs, []);
        std::fs::remove_file(data.path().join("packs/packs.toml")).expect("there");
        let fault = Registry::read(data.path()).expect_err("it is missing");
        assert!(!fault.hint.contains("delete") && fault.hint.contains("pack add"), "{fault}");
        assert_eq!(Registry::read_or_begin(data.path()).expect("begun").packs, []);
    }

    #[test]
    fn a_list_with_a_way_out_of_its_folder_is_refused() {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let _held = lock_packs(data.path()).expect("lockable").expect("free");
        for id in ["", "../x", "a/b", ".", "..", "-rf"] {
            let text = format!(
                "format = 1\n[[pack]]\nid = \"{id}\"\nlayer = \"personal\"\nfrom = \"\"\nnow = {{ version = \"1.0.0\", sha256 = \"\" }}\n"
            );
            write_private(&data.path().join("packs/packs.toml"), text.as_bytes()).expect("writable");
            let fault = Registry::read(data.path()).expect_err("it is refused");
            assert!(fault.message.contains("damaged at"), "{fault}");
        }
    }
}

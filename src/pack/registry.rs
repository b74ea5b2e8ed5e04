//! Which packs were added to this account: the list `packs/packs.toml` in the data folder, and beside it one folder for
//! each version that is kept. The list decides; a folder that is not on it is not read.
//!
//! | in `packs/` | what it is |
//! | --- | --- |
//! | `packs.toml` | the list, lowest layer first |
//! | `acme@1.2.0/` | the files of one version, as they were when they were added |
//! | `trust.toml` | whose packs are trusted |
//! | `signing.key` | what signs one's own |
//! | `packs.starting` | which packs are being loaded, see [`super::starting`] |
//! | `packs.lock` | held while the list is changed, so that two programs do not lose each other's change |

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

/// Folder in the data folder.
pub const FOLDER: &str = "packs";
const LIST: &str = "packs.toml";
/// How long is waited for another program that adds or takes away packs.
const PATIENCE: Duration = Duration::from_secs(5);
const LOCK: &str = "packs.lock";
/// The layout of the list that this program knows.
const FORMAT: i64 = 1;
/// More than the list ever has.
const CAP: u64 = 256 * 1024;
/// How many names are looked at to see whether a list is missing.
const LOOK: usize = 100;

const NOTE: &str = "\
# The packs that were added with `cairn pack add`, lowest layer first. Cairn writes this file.
# To change it, use `cairn pack add` and `cairn pack remove`.
";

/// The layers, lowest first; a pack may change what lower ones hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// In the binary.
    BuiltIn,
    /// Added, or named on the command line.
    #[default]
    Organisation,
    /// Added with `--personal`: above all others.
    Personal,
}

impl Layer {
    /// As the list and `--json` write it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Organisation => "organisation",
            Self::Personal => "personal",
        }
    }

    /// As people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::BuiltIn => "built in",
            other => other.id(),
        }
    }
}

/// One version of a pack that was added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Semver.
    pub version: String,
    /// SHA-256 over names and bytes of its files.
    pub sha256: String,
}

/// A pack that was added.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Installed {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub layer: Layer,
    /// The folder that it was added from.
    pub from: String,
    /// What is used.
    pub now: Version,
    /// The version before, used where the newer one cannot be.
    pub previous: Option<Version>,
}

impl Installed {
    /// `acme@1.2.0`: the folder of a version, and what errors call it.
    #[must_use]
    pub fn label(&self, version: &Version) -> String {
        format!("{}@{}", self.id, version.version)
    }
}

/// The list as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    format: i64,
    #[serde(default, rename = "pack")]
    packs: Vec<Installed>,
}

/// The packs that were added.
#[derive(Debug, Clone)]
pub struct Registry {
    pub(super) folder: PathBuf,
    /// In the order in which they were added.
    pub packs: Vec<Installed>,
}

impl Registry {
    /// Reads the list of a data folder; no list means no packs.
    ///
    /// # Errors
    /// When there is a list that cannot be understood, or packs and no list.
    pub fn read(data: &Path) -> Result<Self, Box<Fault>> {
        let folder = data.join(FOLDER);
        let path = folder.join(LIST);
        let name = clean(&path.display().to_string());
        // Never the folder: the key that signs your own packs lies in it.
        let hint = "put the list back from a backup; or rename this one file, if it is there, and add your packs again with: cairn pack add FOLDER";
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
                "use the newer version; this one leaves the list as it is",
            )));
        }
        if let Some(wrong) = list.packs.iter().find(|pack| !pack.is_sound()) {
            let message = format!("the list of the packs that you added is damaged at \"{}\"", clean(&wrong.id));
            return Err(Box::new(Fault::new(name, message, hint)));
        }
        Ok(Self { folder, packs: list.packs })
    }

    /// The same for whoever adds a pack: where the list is missing, a new one is begun.
    ///
    /// # Errors
    /// When there is a list that cannot be understood.
    pub fn read_or_begin(data: &Path) -> Result<Self, Box<Fault>> {
        let folder = data.join(FOLDER);
        match read_text(&folder.join(LIST), CAP) {
            Err(FileError::Missing) => Ok(Self { folder, packs: Vec::new() }),
            _ => Self::read(data),
        }
    }

    /// Makes sure that there is a list before a folder is: a folder that is not on it is nobody's, but folders without a
    /// list are damage.
    ///
    /// # Errors
    /// What the system said.
    pub fn begin(&self) -> io::Result<()> {
        if crate::os::file_len(&self.folder.join(LIST)).is_ok() { Ok(()) } else { self.write() }
    }

    /// The pack of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Installed> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The folder of one version.
    #[must_use]
    pub fn folder_of(&self, pack: &Installed, version: &Version) -> PathBuf {
        self.folder.join(pack.label(version))
    }

    /// Reads the files of one version.
    ///
    /// # Errors
    /// What is wrong with them; also when they are not those that were added.
    pub fn open(&self, pack: &Installed, version: &Version) -> Result<PackFolder, Vec<Fault>> {
        let label = pack.label(version);
        let mend = format!(
            "add it again with: cairn pack add {}; or take it away with: cairn pack remove {}",
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
            let message = "the files of this pack are not those that were added; somebody or something changed them";
            return Err(vec![Fault::new(label, message, mend)]);
        }
        read.pack = PackFiles { label: label.clone(), origin: label, ..read.pack };
        read.warnings.clear();
        Ok(read)
    }

    /// Copies the files that were read into a folder of their own, whole or not at all.
    ///
    /// # Errors
    /// What the system said; nothing has changed then.
    pub fn keep(&self, label: &str, read: &PackFolder) -> io::Result<()> {
        let contents: Vec<_> = read.contents().collect();
        write_folder(&self.folder, label, contents.iter().map(|(path, bytes)| (*path, bytes.as_ref())))
    }

    /// Takes the folder of a version away that is no longer on the list.
    pub fn forget(&self, label: &str) {
        // What is left behind is not read and is taken away when the same version is added again.
        let _ = remove_folder(&self.folder.join(label));
    }

    /// Writes the list whole or not at all.
    ///
    /// # Errors
    /// What the system said; the list is then as it was.
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
    /// Whether id and versions may stand in the name of a folder.
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

/// A text as TOML writes it.
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

/// Whether there are folders of packs.
fn holds_packs(folder: &Path) -> bool {
    list_some(folder, LOOK).is_ok_and(|names| names.iter().any(|name| name.contains('@') && !name.starts_with('.')))
}

/// The folder of packs in a data folder, made if it is not there, and the lock on it. `None` when another program kept it
/// for five seconds.
///
/// # Errors
/// What the system said.
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

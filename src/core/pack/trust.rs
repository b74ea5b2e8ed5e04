//! Trusted keys (`packs/trust.toml` in the data folder) and the key that signs the person's own packs
//! (`packs/signing.key`).
//!
//! As soon as one key is trusted, or signatures are required, a pack that is not signed by a trusted key is an error:
//! otherwise removing the signature of a pack would be enough to get it accepted. Personal packs are exempt unless
//! signatures are required.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::registry::{FOLDER, Layer, quoted};
use super::seal::{PublicKey, Seal};
use crate::domain::{Fault, clean, hex, unhex};
use crate::os::{FileError, read_text, write_private};

const FILE: &str = "trust.toml";
const SECRET: &str = "signing.key";
/// Newest version of the file's format that this program can read.
const FORMAT: i64 = 1;
/// Maximum size of the files in bytes; larger than any real one.
const CAP: u64 = 256 * 1024;

const NOTE: &str = "# Whose packs you trust. Cairn writes this file. `cairn pack trust` shows and changes it.\n";
const SECRET_NOTE: &str = "# The key that signs your packs. Anyone who has it can sign packs in your name. Do not \
    give it to anyone, and keep a copy somewhere safe.\n";

/// A trusted key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trusted {
    /// The public key.
    pub key: PublicKey,
    /// Name given to its owner by the person who trusts it; may be empty.
    pub name: String,
}

/// The trust settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// Whether every pack, personal ones included, must be signed by a trusted key.
    pub required: bool,
    /// Trusted keys, in the order in which they were added.
    pub keys: Vec<Trusted>,
}

/// A signature, judged by the trust settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Signed {
    /// There is no signature.
    #[default]
    No,
    /// Signed by this key, which is not trusted.
    ByUnknown(PublicKey),
    /// Signed by a trusted key.
    ByTrusted(Trusted),
}

impl Signed {
    /// Returns the word used in `--json` output.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::No => "none",
            Self::ByUnknown(_) => "unknown-key",
            Self::ByTrusted(_) => "trusted",
        }
    }

    /// Returns a phrase that is shown to people.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::No => "not signed".to_owned(),
            Self::ByUnknown(key) => format!("signed by an unknown key, {key}"),
            Self::ByTrusted(Trusted { key, name }) if name.is_empty() => {
                format!("signed by a key that you trust, {key}")
            }
            Self::ByTrusted(Trusted { name, .. }) => format!("signed by {name}, whose key you trust"),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: i64,
    #[serde(default)]
    require_signed: bool,
    #[serde(default, rename = "key")]
    keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    key: String,
    #[serde(default)]
    name: String,
}

fn path(data: &Path) -> PathBuf {
    data.join(FOLDER).join(FILE)
}

impl Trust {
    /// Reads the settings of a data folder; without a file, nothing is trusted and nothing is required.
    ///
    /// # Errors
    /// Returns a fault if the file cannot be used, because it is then unknown whom the person trusts.
    pub fn read(data: &Path) -> Result<Self, Box<Fault>> {
        let path = path(data);
        let name = clean(&path.display().to_string());
        let hint = "put the file back from a backup. Or delete it and trust each key again: cairn pack trust KEY";
        let damaged = |said: &str| {
            let message =
                format!("the file that says whose packs you trust cannot be used, so only built-in packs are: {said}");
            Fault::new(&name, message, hint)
        };
        let text = match read_text(&path, CAP) {
            Ok(text) => text,
            Err(FileError::Missing) => return Ok(Self::default()),
            Err(error) => return Err(Box::new(damaged(&error.to_string()))),
        };
        let file: File = toml::from_str(&text).map_err(|error| {
            let fault = damaged(&clean(error.message()).replace('\n', "; "));
            Box::new(match error.span() {
                Some(span) => fault.at_byte(&text, span.start),
                None => fault,
            })
        })?;
        if file.format > FORMAT {
            return Err(Box::new(damaged("a newer version of Cairn wrote it")));
        }
        let mut trust = Self { required: file.require_signed, keys: Vec::new() };
        for Key { key, name } in file.keys {
            let Some(key) = PublicKey::parse(&key) else {
                return Err(Box::new(damaged("one of the keys is not a key")));
            };
            trust.keys.push(Trusted { key, name: clean(&name) });
        }
        Ok(trust)
    }

    /// Writes the settings atomically.
    ///
    /// # Errors
    /// Returns the error of the system.
    pub fn write(&self, data: &Path) -> io::Result<()> {
        let mut text = format!("{NOTE}format = {FORMAT}\nrequire_signed = {}\n", self.required);
        for Trusted { key, name } in &self.keys {
            let _ = write!(text, "\n[[key]]\nkey = \"{key}\"\nname = {}\n", quoted(name));
        }
        write_private(&path(data), text.as_bytes())
    }

    /// Returns whether any trust is configured, in which case a signature is needed.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        self.required || !self.keys.is_empty()
    }

    /// Judges the signature of a pack.
    ///
    /// # Errors
    /// Returns the reason why the pack must not be used.
    pub fn judge(&self, label: &str, seal: Seal, layer: Layer) -> Result<Signed, Box<Fault>> {
        let signed = match seal {
            Seal::Unsigned => Signed::No,
            Seal::Signed(key) => match self.keys.iter().find(|trusted| trusted.key == key) {
                Some(trusted) => Signed::ByTrusted(trusted.clone()),
                None => Signed::ByUnknown(key),
            },
        };
        let is_free = layer == Layer::Personal && !self.required;
        if matches!(signed, Signed::ByTrusted(_)) || is_free || !self.is_configured() {
            return Ok(signed);
        }
        let why = if self.required { "you require a signature" } else { "you said whose packs you trust" };
        let (message, hint) = match signed {
            Signed::ByUnknown(key) => (
                format!("the pack is signed by a key that you do not trust, and {why}: {key}"),
                format!("ask the sender to confirm the key, then trust it with: cairn pack trust {key} --name NAME"),
            ),
            _ => (
                format!("the pack is not signed, and {why}"),
                "ask the sender for the signed pack, whose folder holds pack.lock and pack.sig. If it is yours, sign \
                 it with: cairn pack sign FOLDER. `cairn pack trust` shows who you trust"
                    .to_owned(),
            ),
        };
        Err(Box::new(Fault::new(label, message, hint)))
    }
}

/// Returns the secret key that signs packs here, creating it at first use.
///
/// # Errors
/// Returns the error of the system, or a sentence about an invalid file.
pub fn signing_key(data: &Path) -> io::Result<[u8; 32]> {
    let path = data.join(FOLDER).join(SECRET);
    let text = match read_text(&path, CAP) {
        Ok(text) => text,
        Err(FileError::Missing) => return make_key(&path),
        Err(FileError::Io(error)) => return Err(error),
        Err(error) => return Err(io::Error::other(format!("{}: {error}", clean(&path.display().to_string())))),
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let key = lines.next().and_then(unhex).and_then(|bytes| bytes.try_into().ok());
    key.filter(|_| lines.next().is_none()).ok_or_else(|| {
        io::Error::other(format!(
            "{} does not hold a key, which is one line of 64 hexadecimal digits",
            clean(&path.display().to_string())
        ))
    })
}

fn make_key(path: &Path) -> io::Result<[u8; 32]> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| io::Error::other(format!("the system gave no random bytes: {error}")))?;
    write_private(path, format!("{SECRET_NOTE}{}\n", hex(&key)).as_bytes())?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::super::registry::lock_packs;
    use super::super::seal::public_key;
    use super::*;

    fn key(number: u8) -> PublicKey {
        public_key(&[number; 32])
    }

    #[test]
    fn a_missing_signature_counts_as_soon_as_anybody_is_trusted() {
        let nobody = Trust::default();
        let one = Trust { keys: vec![Trusted { key: key(1), name: "Acme".to_owned() }], required: false };
        let strict = Trust { required: true, ..Trust::default() };
        let judged = |trust: &Trust, seal, layer| trust.judge("acme", seal, layer).map(|signed| signed.id());
        let (org, own) = (Layer::Organisation, Layer::Personal);
        let (stripped, known, other) = (Seal::Unsigned, Seal::Signed(key(1)), Seal::Signed(key(2)));
        assert_eq!(judged(&nobody, stripped, org), Ok("none"));
        assert_eq!(judged(&nobody, other, org), Ok("unknown-key"));
        assert_eq!(judged(&one, known, org), Ok("trusted"));
        assert_eq!(judged(&one, known, own), Ok("trusted"));
        assert_eq!(judged(&one, stripped, own), Ok("none"));
        assert_eq!(judged(&one, other, own), Ok("unknown-key"));
        for (trust, seal, layer) in [
            (&one, stripped, org),
            (&one, other, org),
            (&strict, stripped, org),
            (&strict, stripped, own),
            (&strict, other, own),
            (&strict, known, org),
        ] {
            assert!(judged(trust, seal, layer).is_err(), "{trust:?} {seal:?} {layer:?}");
        }
    }

    #[test]
    fn trust_is_read_back_as_it_was_written_and_a_damaged_file_trusts_nobody() {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let _held = lock_packs(data.path()).expect("lockable").expect("free");
        assert_eq!(Trust::read(data.path()), Ok(Trust::default()));
        let trust = Trust { required: true, keys: vec![Trusted { key: key(1), name: "A \"b\" \\".to_owned() }] };
        trust.write(data.path()).expect("writable");
        assert_eq!(Trust::read(data.path()), Ok(trust));
        for text in ["", "format = 1\nrequire_sined = true", "format = 2", "format = 1\n[[key]]\nkey = \"00\""] {
            write_private(&path(data.path()), text.as_bytes()).expect("writable");
            assert!(Trust::read(data.path()).is_err(), "{text}");
        }
    }

    #[test]
    fn the_signing_key_is_made_once() {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let _held = lock_packs(data.path()).expect("lockable").expect("free");
        let first = signing_key(data.path()).expect("made");
        assert_eq!(signing_key(data.path()).expect("read"), first);
        write_private(&data.path().join("packs/signing.key"), b"# nothing\n").expect("writable");
        assert!(signing_key(data.path()).expect_err("no key").to_string().contains("does not hold a key"));
    }
}

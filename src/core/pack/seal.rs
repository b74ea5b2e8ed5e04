//! Signatures of packs. `pack.lock` lists the hash of every file, and `pack.sig` holds the signature over the exact
//! bytes of `pack.lock`, which covers every other file of the pack; so no file can be changed, added or removed
//! unnoticed. [`trust`](super::trust) decides whether the signer is trusted.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::source::{PackFolder, declared};
use crate::domain::{Fault, clean, hex, truncate, typed, unhex};

/// The list of files with their SHA-256, in 64 hexadecimal digits each.
const LOCK: &str = "pack.lock";
/// The signature with the signer's public key.
const SIG: &str = "pack.sig";
/// The files that make up a signature; they are not in the signed list.
pub(super) const SEAL_FILES: [&str; 2] = [LOCK, SIG];

const LOCK_NOTE: &str = "\
# What this pack holds, with the SHA-256 of every file. Made by `cairn pack sign`.
# After a change to any file, sign the pack again.
";
const SIG_NOTE: &str = "\
# Who signed pack.lock. Made by `cairn pack sign`.
";

/// A public key with which signatures of packs are verified (Ed25519).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Parses 64 hexadecimal digits; `None` if they are not a valid key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = unhex(text.trim())?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        // With a weak key, one signature could be valid for many texts. Only the canonical encoding of a key is
        // accepted.
        let is_sound = !key.is_weak() && key.to_edwards().compress().to_bytes() == bytes;
        is_sound.then_some(Self(bytes))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// The signature state of a pack's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// There is no signature.
    Unsigned,
    /// The owner of this key signed exactly these files.
    Signed(PublicKey),
}

/// The content of `pack.sig`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sig {
    key: String,
    signature: String,
}

/// Creates `pack.lock` and `pack.sig` for a pack that was read with all its files, as pairs of file name and text.
#[must_use]
pub fn sign(folder: &PackFolder, id: &str, version: &str, secret: &[u8; 32]) -> [(&'static str, String); 2] {
    let key = SigningKey::from_bytes(secret);
    let mut lock = format!("{LOCK_NOTE}pack {id} {version}\n");
    for (path, hash) in hashes(folder) {
        let _ = writeln!(lock, "{hash}  {path}");
    }
    let signature = hex(&key.sign(lock.as_bytes()).to_bytes());
    let public = hex(&key.verifying_key().to_bytes());
    let sig = format!("{SIG_NOTE}key = \"{public}\"\nsignature = \"{signature}\"\n");
    [(LOCK, lock), (SIG, sig)]
}

/// Returns the public key of a secret key.
#[must_use]
pub fn public_key(secret: &[u8; 32]) -> PublicKey {
    PublicKey(SigningKey::from_bytes(secret).verifying_key().to_bytes())
}

/// Verifies a pack against its `pack.lock` and `pack.sig`.
///
/// # Errors
/// Returns a fault for every file that differs from what was signed, or for an invalid signature.
pub fn verify(folder: &PackFolder) -> Result<Seal, Vec<Fault>> {
    let one = |path: &str, message: String| vec![Fault::new(folder.pack.name(path), message, again(folder))];
    let (lock, sig) = match (folder.other(LOCK), folder.other(SIG)) {
        (None, None) => return Ok(Seal::Unsigned),
        (None, Some(_)) => return Err(one(LOCK, "the pack is signed, and its pack.lock is missing".to_owned())),
        (Some(lock), sig) => (lock, sig),
    };
    let broken = || one(LOCK, "this file is not what `cairn pack sign` writes".to_owned());
    let text = str::from_utf8(lock).map_err(|_| broken())?;
    // The signature is checked before the files: a report of changed files is only reliable if the list is genuine.
    let seal = sig.map_or(Ok(Seal::Unsigned), |sig| signer(lock, sig)).map_err(|message| one(SIG, message))?;
    let faults = compare(folder, text).ok_or_else(broken)?;
    if faults.is_empty() { Ok(seal) } else { Err(faults) }
}

/// Verifies the signature over these bytes and returns the signer.
fn signer(lock: &[u8], sig: &[u8]) -> Result<Seal, String> {
    let broken = || "this file is not what `cairn pack sign` writes".to_owned();
    let sig: Sig = str::from_utf8(sig).ok().and_then(|text| toml::from_str(text).ok()).ok_or_else(broken)?;
    let key = PublicKey::parse(&sig.key).ok_or_else(broken)?;
    let signature: [u8; 64] = unhex(&sig.signature).and_then(|bytes| bytes.try_into().ok()).ok_or_else(broken)?;
    let owner = VerifyingKey::from_bytes(&key.0).map_err(|_| broken())?;
    owner.verify_strict(lock, &Signature::from_bytes(&signature)).map_err(|_| {
        "the signature is wrong, because pack.lock or pack.sig was changed after the pack was signed".to_owned()
    })?;
    Ok(Seal::Signed(key))
}

/// Returns every difference between a pack and its list; `None` if the list cannot be parsed.
fn compare(folder: &PackFolder, lock: &str) -> Option<Vec<Fault>> {
    let mut lines = lock.lines().filter(|line| !line.starts_with('#'));
    let of = lines.next()?.strip_prefix("pack ")?;
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    for line in lines {
        let (hash, path) = line.split_once("  ")?;
        listed.insert(path, hash);
    }
    let mut faults = Vec::new();
    let mut say = |path: &str, message: String| {
        faults.push(Fault::new(folder.pack.name(&clean(&truncate(path, 200))), message, again(folder)));
    };
    if let Some((id, version)) = declared(&folder.pack)
        && of != format!("{id} {version}")
    {
        say("pack.toml", format!("the pack was signed as {}, but now it is {id} {version}", clean(&truncate(of, 120))));
    }
    for (path, hash) in hashes(folder) {
        match listed.remove(path.as_str()) {
            None => say(&path, "this file was added after the pack was signed, so it is not in pack.lock".to_owned()),
            Some(known) if known != hash => say(&path, "this file was changed after the pack was signed".to_owned()),
            Some(_) => {}
        }
    }
    for path in listed.keys() {
        say(path, "this file is missing: pack.lock says that it belongs to the pack".to_owned());
    }
    Some(faults)
}

fn again(folder: &PackFolder) -> String {
    format!(
        "ask the sender for the pack again. If the pack is yours, sign it again with: cairn pack sign {}",
        typed(&folder.pack.label)
    )
}

/// Returns the SHA-256 of every file that a signature covers, by path.
fn hashes(folder: &PackFolder) -> BTreeMap<String, String> {
    let covered = folder.contents().filter(|(path, _)| !SEAL_FILES.contains(path));
    covered.map(|(path, bytes)| (path.to_owned(), sha256(&bytes))).collect()
}

/// Returns a SHA-256 over the names and contents of all files of a pack, including its signature.
#[must_use]
pub fn fingerprint(folder: &PackFolder) -> String {
    let mut files: Vec<(&str, String)> = folder.contents().map(|(path, bytes)| (path, sha256(&bytes))).collect();
    files.sort_unstable();
    let mut text = String::new();
    for (path, hash) in files {
        let _ = writeln!(text, "{hash}  {path}");
    }
    sha256(text.as_bytes())
}

/// Returns the SHA-256 in hexadecimal digits.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    sha256(bytes)
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::{read_bytes, write_private};
    use crate::pack::{OtherFiles, read_pack};

    const SECRET: [u8; 32] = [7; 32];

    fn signed() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        for (name, bytes) in [
            ("pack.toml", b"\xef\xbb\xbfid = \"a\"\r\nversion = \"1.0.0\"\r\n".as_slice()),
            ("README.md", b"\xff\x00 no text"),
            ("prompts.toml", b""),
        ] {
            write_private(&root.path().join(name), bytes).expect("writable");
        }
        let folder = read_pack(root.path(), OtherFiles::All).expect("readable");
        for (name, text) in sign(&folder, "a", "1.0.0", &SECRET) {
            write_private(&root.path().join(name), text.as_bytes()).expect("writable");
        }
        root
    }

    fn seal(root: &tempfile::TempDir) -> Result<Seal, Vec<Fault>> {
        verify(&read_pack(root.path(), OtherFiles::Signed).expect("readable"))
    }

    #[test]
    fn what_was_signed_is_recognised_and_every_change_is_told() {
        let root = signed();
        assert_eq!(seal(&root), Ok(Seal::Signed(public_key(&SECRET))));
        for (name, bytes, said) in [
            // Only the byte order mark is removed: the text is the same, but the file is not.
            ("pack.toml", b"id = \"a\"\r\nversion = \"1.0.0\"\r\n".as_slice(), "was changed"),
            ("pack.toml", b"id = \"a\"\nversion = \"1.0.1\"\n", "signed as a 1.0.0, but now it is a 1.0.1"),
            ("README.md", b"other", "was changed"),
            ("more.txt", b"", "not in pack.lock"),
            ("pack.lock", b"pack a 1.0.0\n", "signature is wrong"),
            ("pack.lock", b"", "signature is wrong"),
            ("pack.sig", b"", "not what `cairn pack sign` writes"),
            ("pack.sig", b"key = \"00\"\nsignature = \"00\"\n", "not what `cairn pack sign` writes"),
        ] {
            let root = signed();
            write_private(&root.path().join(name), bytes).expect("writable");
            let faults = seal(&root).expect_err(name);
            assert!(faults.iter().any(|fault| fault.message.contains(said)), "{name}: {faults:?}");
            assert!(faults.iter().all(|fault| fault.hint.contains("cairn pack sign")), "{faults:?}");
        }
        let root = signed();
        crate::os::remove_folder(&root.path().join("prompts.toml")).expect("removable");
        assert!(seal(&root).expect_err("a file is gone")[0].message.contains("is missing"));
    }

    #[test]
    fn one_flipped_bit_of_a_signature_is_enough() {
        let root = signed();
        let path = root.path().join(SIG);
        let text = String::from_utf8(read_bytes(&path, 9_999).expect("readable")).expect("text");
        let at = text.rfind("= \"").expect("a value") + 3;
        let other = if text.as_bytes()[at] == b'0' { '1' } else { '0' };
        let mut changed = text;
        changed.replace_range(at..=at, &other.to_string());
        write_private(&path, changed.as_bytes()).expect("writable");
        assert!(seal(&root).expect_err("it does not fit")[0].message.contains("signature is wrong"));
    }

    #[test]
    fn a_list_without_a_signature_is_still_held_against_the_files() {
        let root = signed();
        crate::os::remove_folder(&root.path().join(SIG)).expect("removable");
        assert_eq!(seal(&root), Ok(Seal::Unsigned));
        write_private(&root.path().join("prompts.toml"), b"#").expect("writable");
        assert!(seal(&root).expect_err("it was changed")[0].message.contains("was changed"));
    }

    #[test]
    fn only_sound_keys_are_keys() {
        assert!(PublicKey::parse(&format!(" {}\n", public_key(&SECRET))).is_some());
        for bad in ["", "abc", &"0".repeat(64), &format!("01{}", "0".repeat(62)), &"f".repeat(64), &"g".repeat(64)] {
            assert_eq!(PublicKey::parse(bad), None, "{bad}");
        }
    }
}

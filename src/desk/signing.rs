//! Signing of the user's own packs, and the list of trusted keys.

use std::collections::BTreeSet;
use std::path::Path;

use super::OpenOptions;
use super::loaded_packs::LoadedPacks;
use super::packs::{PackError, data_of, hold};
use crate::domain::{Severity, clean, is_blank, truncate};
use crate::os::{FileError, read_given, write_plain};
use crate::pack::{
    OtherFiles, PublicKey, Trust, Trusted, declared, label_of, public_key, read_pack, sign, signing_key,
};

/// Maximum size in bytes of a file with a key.
const CAP: u64 = 64 * 1024;
/// Maximum length of a key's name in characters.
const LONGEST_NAME: usize = 80;
/// Minimum number of characters that identify a key.
const FEWEST: usize = 8;

/// The result of signing a pack.
#[derive(Debug)]
pub struct Sealed {
    /// Id of the pack.
    pub id: String,
    /// Version of the pack.
    pub version: String,
    /// Number of files that the signature covers.
    pub files: usize,
    /// The public key that a receiver has to trust.
    pub key: PublicKey,
}

/// Signs the pack in a folder by writing `pack.lock` and `pack.sig` into it. The key is created on first use.
///
/// # Errors
/// See [`PackError`]; a pack with errors is not signed.
pub fn sign_pack(opening: &OpenOptions, folder: &Path) -> Result<Sealed, PackError> {
    let data = data_of(opening)?;
    let read = read_pack(folder, OtherFiles::All).map_err(PackError::Faults)?;
    let label = label_of(folder);
    let loaded_packs = LoadedPacks::authoring(opening, &[folder.to_path_buf()]);
    let mut faults = loaded_packs.faults_in(&label);
    faults.retain(|fault| fault.severity == Severity::Error);
    let (Some((id, version)), true) = (declared(&read.pack), faults.is_empty()) else {
        return Err(PackError::Faults(faults));
    };
    let _held = hold(&data)?;
    let secret = signing_key(&data).map_err(PackError::io("reading or making the key that signs your packs"))?;
    let version = version.to_string();
    let files = sign(&read, &id, &version, &secret);
    let covered = read.contents().filter(|(path, _)| files.iter().all(|(own, _)| own != path)).count();
    for (name, text) in &files {
        write_plain(&folder.join(name), text.as_bytes())
            .map_err(PackError::io("writing the signature into the pack"))?;
    }
    Ok(Sealed { id, version, files: covered, key: public_key(&secret) })
}

/// Reads the list of trusted keys.
///
/// # Errors
/// Returns an error if the file with the list is invalid.
pub fn trust(opening: &OpenOptions) -> Result<Trust, PackError> {
    Trust::read(&data_of(opening)?).map_err(|fault| PackError::Faults(vec![*fault]))
}

/// Changes the list of trusted keys under the lock.
fn change<T>(opening: &OpenOptions, with: impl FnOnce(&mut Trust) -> Result<T, PackError>) -> Result<T, PackError> {
    let data = data_of(opening)?;
    let _held = hold(&data)?;
    let mut trust = trust(opening)?;
    let done = with(&mut trust)?;
    trust.write(&data).map_err(PackError::io("writing whose packs you trust"))?;
    Ok(done)
}

/// Trusts a key, given as its digits or as a file that contains it; returns the key with its name.
///
/// # Errors
/// See [`PackError`].
pub fn trust_key(opening: &OpenOptions, given: &str, name: Option<&str>) -> Result<Trusted, PackError> {
    let key = key_of(given)?;
    let name = name.map(|name| truncate(&clean(name).replace('\n', " "), LONGEST_NAME));
    change(opening, |trust| {
        if let Some(known) = trust.keys.iter_mut().find(|known| known.key == key) {
            known.name = name.unwrap_or_else(|| known.name.clone());
            return Ok(known.clone());
        }
        let new = Trusted { key, name: name.unwrap_or_default() };
        trust.keys.push(new.clone());
        Ok(new)
    })
}

/// Removes a key from the trusted ones, given by its digits, the first of them, or its name.
///
/// # Errors
/// See [`PackError`]; also if more than one key matches.
pub fn distrust(opening: &OpenOptions, given: &str) -> Result<Trusted, PackError> {
    let digits = given.trim().to_lowercase();
    change(opening, |trust| {
        let is_meant = |known: &Trusted| {
            let key = known.key.to_string();
            (digits.len() >= FEWEST && key.starts_with(&digits)) || (!is_blank(given) && known.name == given)
        };
        let meant: Vec<usize> = (0..trust.keys.len()).filter(|at| is_meant(&trust.keys[*at])).collect();
        match meant.as_slice() {
            [one] => Ok(trust.keys.remove(*one)),
            [] => Err(PackError::Refused(
                format!("no key that you trust is called \"{}\"", clean(&truncate(given, 80))),
                "`cairn pack trust` lists them. Give the key, its first 8 digits, or its name".to_owned(),
            )),
            _ => Err(PackError::Refused(
                format!("more than one key that you trust is called \"{}\"", clean(&truncate(given, 80))),
                "`cairn pack trust` lists them. Give the whole key".to_owned(),
            )),
        }
    })
}

/// Sets whether every pack, including personal ones, must be signed by a trusted key.
///
/// # Errors
/// See [`PackError`].
pub fn require_signed(opening: &OpenOptions, required: bool) -> Result<(), PackError> {
    change(opening, |trust| {
        trust.required = required;
        Ok(())
    })
}

/// Reads a key from its digits, or from a file that contains exactly one key.
fn key_of(given: &str) -> Result<PublicKey, PackError> {
    let shown = clean(&truncate(given, 80));
    let how = "a key is 64 digits and letters from a to f, as `cairn pack sign` shows them";
    let refuse = |message: String| PackError::Refused(message, how.to_owned());
    if let Some(key) = PublicKey::parse(given) {
        return Ok(key);
    }
    let text = match read_given(Path::new(given), CAP) {
        Ok(text) => text,
        Err(FileError::Missing) => return Err(refuse(format!("\"{shown}\" is not a key or a file"))),
        Err(error) => return Err(refuse(format!("\"{shown}\" is not a key, and as a file: {error}"))),
    };
    // A list of checksums looks like a list of keys, so it is rejected as well.
    let is_digits = |word: &&str| word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_digits);
    let keys: Vec<&str> = words.collect::<BTreeSet<&str>>().into_iter().collect();
    match keys.as_slice() {
        [one] => PublicKey::parse(one).ok_or_else(|| refuse(format!("the file \"{shown}\" does not hold a key"))),
        [] => Err(refuse(format!("the file \"{shown}\" does not hold a key"))),
        _ => Err(refuse(format!("the file \"{shown}\" holds more than one key. Give the one that you mean"))),
    }
}

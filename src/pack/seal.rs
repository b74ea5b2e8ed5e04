//! What a pack holds, file by file: a SHA-256 of each.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::source::PackFolder;

/// What every file holds, in 64 hexadecimal digits.
pub(super) const LOCK: &str = "pack.lock";
/// Who says so.
pub(super) const SIG: &str = "pack.sig";
/// The files that make a signature; they are not in the list that they sign.
pub(super) const SEAL_FILES: [&str; 2] = [LOCK, SIG];

/// One number over names and bytes of all files of a pack, signature included.
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

/// SHA-256 in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits, two a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

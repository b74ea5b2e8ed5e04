//! The packs compiled into the binary from `rules/`. A test compares this list with the folder.

use super::source::PackFiles;

/// Where a built-in pack says it is from.
pub(super) const ORIGIN: &str = "built in";

macro_rules! packs {
    ($($id:literal: [$($path:literal),* $(,)?]),* $(,)?) => {
        &[$(($id, &[$(($path, include_str!(concat!("../../rules/", $id, "/", $path)))),*])),*]
    };
}

/// `(pack, [(path, text)])`, lowest layer first.
const PACKS: &[(&str, &[(&str, &str)])] = packs! {
    "lqf": ["pack.toml", "framework.toml", "prompts.toml", "activities.toml"],
    "empowered-communities": [
        "pack.toml",
        "framework.toml",
        "prompts.toml",
        "activities.toml",
        "synonyms.toml",
    ],
    "models": ["pack.toml", "models.toml"],
};

/// The built-in packs in layer order.
#[must_use]
pub fn builtin_packs() -> Vec<PackFiles> {
    PACKS
        .iter()
        .map(|(id, files)| PackFiles {
            label: (*id).to_owned(),
            origin: ORIGIN.to_owned(),
            files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        })
        .collect()
}

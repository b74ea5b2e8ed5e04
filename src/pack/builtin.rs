//! The packs compiled into the binary from `rules/`. A test compares this list with the folder.

use super::source::PackFiles;

/// Where a built-in pack says it is from.
pub(super) const ORIGIN: &str = crate::domain::BUILT_IN;

macro_rules! packs {
    ($($id:literal: [$($path:literal),* $(,)?]),* $(,)?) => {
        &[$(($id, &[$(($path, include_str!(concat!("../../rules/", $id, "/", $path)))),*])),*]
    };
}

/// `(pack, [(path, text)])`, lowest layer first.
const PACKS: &[(&str, &[(&str, &str)])] = packs! {
    "lqf": [
        "pack.toml",
        "framework.toml",
        "prompts.toml",
        "activities.toml",
        "rules/10-element-not-yet.rhai",
        "rules/20-element-to-share.rhai",
        "cases/elements.toml",
    ],
    "empowered-communities": [
        "pack.toml",
        "framework.toml",
        "prompts.toml",
        "activities.toml",
        "synonyms.toml",
        "rules/10-matters-and-not-yet.rhai",
        "rules/20-not-yet.rhai",
        "rules/25-no-time.rhai",
        "rules/30-slipping.rhai",
        "rules/35-standing-still.rhai",
        "rules/40-a-strength-to-lend.rhai",
        "rules/45-gone-quiet.rhai",
        "rules/50-cannot-say.rhai",
        "rules/55-coach-sees-it-differently.rhai",
        "rules/60-doing-it-all-myself.rhai",
        "rules/62-afraid-of-getting-it-wrong.rhai",
        "rules/64-pilot-after-pilot.rhai",
        "rules/66-running-on-empty.rhai",
        "rules/70-far-from-the-front-line.rhai",
        "rules/72-buying-hours.rhai",
        "rules/74-the-same-offer.rhai",
        "rules/80-uneven-theme.rhai",
        "rules/85-few-words.rhai",
        "cases/in-their-words.toml",
        "cases/over-time.toml",
        "cases/where-to-begin.toml",
        "cases/who-and-where.toml",
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

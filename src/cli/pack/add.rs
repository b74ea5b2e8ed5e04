//! `cairn pack add` and `cairn pack remove`: adds and removes packs.

use std::path::Path;
use std::process::ExitCode;

use super::folder_named;
use crate::cli::out::Out;
use crate::desk::{self, Added, OpenOptions, PackError};
use crate::domain::{count, join_and};
use crate::error::{Error, ErrorKind, listed};

/// Maximum number of overridden entries that are listed.
const MOST_LISTED: usize = 20;

impl From<PackError> for Error {
    fn from(error: PackError) -> Self {
        match &error {
            PackError::Faults(faults) => Self::faults(ErrorKind::Input, faults),
            PackError::Refused(..) => Self::input(error.to_string(), error.hint()),
            PackError::Io { .. } => Self { kind: ErrorKind::Records, message: error.to_string(), hint: error.hint() },
        }
    }
}

pub(super) fn add(folder: &Path, personal: bool, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    folder_named(folder)?;
    let added = desk::add(opening, folder, personal).map_err(|error| match error {
        PackError::Faults(faults) => {
            let end =
                format!("{}. The pack was not added. Nothing has changed", count(faults.len(), "fault", "faults"));
            Error { kind: ErrorKind::Input, message: format!("{}\n\n{end}", listed(&faults)), hint: String::new() }
        }
        other => other.into(),
    })?;
    told(&added, out);
    Ok(ExitCode::SUCCESS)
}

fn told(added: &Added, out: &mut Out) {
    let Some(info) = added.loaded_packs.library.packs.iter().find(|info| info.id == added.id) else { return };
    out.line(match &added.before {
        Some(before) => {
            format!("Version {} of the pack {} replaces {before}.", info.version, info.id)
        }
        None => format!("The pack {} {} was added.", info.id, info.version),
    });
    out.paragraph("    ", &info.title);
    let rules = added.loaded_packs.rules.rules().iter().filter(|rule| rule.pack == info.id).count();
    let activities = added.loaded_packs.library.activities.iter().filter(|activity| activity.pack == info.id).count();
    let held = [count(rules, "rule", "rules"), count(activities, "activity", "activities")];
    out.paragraph("    ", &join_and(&held));
    out.paragraph("    ", &format!("Licence: {}", info.licence));
    out.paragraph("    ", &format!("Attribution: {}", info.attribution));
    out.paragraph("    ", &format!("Layer: {}", added.layer.title()));
    if let Some(held) = added.loaded_packs.held.iter().find(|held| held.used && held.id == added.id) {
        out.paragraph("    ", &format!("Signature: {}", held.signed.sentence()));
    }
    if added.overrides.is_empty() {
        out.paragraph("    ", "It changes nothing that is in other packs.");
    } else {
        out.paragraph("    ", "It changes or replaces:");
        for what in added.overrides.iter().take(MOST_LISTED) {
            out.paragraph("    - ", what);
        }
        if let Some(more @ 1..) = added.overrides.len().checked_sub(MOST_LISTED) {
            out.paragraph("    - ", &format!("and {}", count(more, "more", "more")));
        }
    }
    if !added.reworded.is_empty() {
        out.paragraph("    ", "In new words with the same meaning. Earlier answers keep their words:");
        for what in added.reworded.iter().take(MOST_LISTED) {
            out.paragraph("    - ", what);
        }
        if let Some(more @ 1..) = added.reworded.len().checked_sub(MOST_LISTED) {
            out.paragraph("    - ", &format!("and {}", count(more, "more", "more")));
        }
    }
    out.line(format!("`cairn pack remove {}` removes it.", info.id));
}

pub(super) fn remove(id: &str, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let removed = desk::remove(opening, id)?;
    out.line(format!("The pack {} was removed: {}.", removed.id, join_and(&removed.versions)));
    out.line("Answers on its behaviours stay in your records. You will see them again if you add the pack again.");
    Ok(ExitCode::SUCCESS)
}

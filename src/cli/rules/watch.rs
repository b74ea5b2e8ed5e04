//! `cairn rules watch`: checks and tests packs again whenever one of their files changes, for authors who edit in
//! another window. Ctrl-c ends it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use super::super::out::Out;
use crate::desk::{LoadedPacks, OpenOptions, label_of};
use crate::domain::{Fault, Severity, count};
use crate::error::{Error, listed};
use crate::os::{Stamp, pause};

/// Interval at which the files are checked for changes.
const EVERY: Duration = Duration::from_millis(500);

pub(super) fn watch(folders: &[PathBuf], opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    if let Some(missing) = folders.iter().find(|folder| !folder.is_dir()) {
        let message = format!("{} is not a folder", label_of(missing));
        return Err(Error::input(message, "give the folder that holds pack.toml"));
    }
    let mut seen = None;
    loop {
        let now = folders.iter().map(|folder| Stamp::of(folder, &["rules", "cases"])).collect::<Vec<_>>();
        if seen.as_ref() != Some(&now) {
            seen = Some(now);
            report(folders, opening, out);
            out.line(format!("-- watching {}. Press ctrl-c to stop", labels(folders)));
            out.flush();
        }
        pause(EVERY);
    }
}

fn labels(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| label_of(folder)).collect::<Vec<_>>().join(", ")
}

/// Checks the packs once and prints faults, then failed cases.
fn report(folders: &[PathBuf], opening: &OpenOptions, out: &mut Out) {
    let loaded_packs = LoadedPacks::authoring(opening, folders);
    out.line("");
    let mut faults: Vec<Fault> = Vec::new();
    for folder in folders {
        let label = label_of(folder);
        match loaded_packs.packs.iter().find(|pack| pack.label == label) {
            Some(pack) => faults.extend(loaded_packs.review(pack)),
            None => faults.extend(loaded_packs.faults_in(&label)),
        }
    }
    if !faults.is_empty() {
        out.line(listed(&faults));
    }
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    if errors > 0 {
        out.line(format!("{}. The cases were not run", count(errors, "error", "errors")));
        return;
    }
    let packs: Vec<_> =
        loaded_packs.packs.iter().filter(|pack| folders.iter().any(|f| label_of(f) == pack.label)).cloned().collect();
    match loaded_packs.cases_of(&packs) {
        Err(found) => out.line(listed(&found)),
        Ok(cases) => {
            let outcomes = loaded_packs.run(&cases);
            for outcome in outcomes.iter().filter(|outcome| !outcome.failures.is_empty()) {
                super::test::told(outcome, false, out);
            }
            let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
            let warnings = count(faults.len(), "warning", "warnings");
            out.line(format!("no errors, {warnings}, {} passed, {failed} failed", outcomes.len() - failed));
        }
    }
}

//! `cairn pack`, and the check that it shares with `cairn rules check`.

mod add;
mod args;
mod list;
mod new;
mod sign;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

pub(super) use self::args::PackArgs;
use self::args::PackCommand;
use super::args::{FolderArgs, Format};
use super::xml::{Case as XmlCase, junit};
use crate::cli::out::{Out, complain, standing};
use crate::desk::{LoadedPacks, OpenOptions, RejectedPack, label_of};
use crate::domain::{Fault, Severity, count, typed};
use crate::error::{Error, ErrorKind, listed};
use crate::pack::PackFiles;

#[derive(Debug, Serialize)]
pub(super) struct FaultRow<'a> {
    pub(super) severity: &'static str,
    pub(super) file: &'a str,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) message: &'a str,
    pub(super) hint: &'a str,
}

pub(super) fn run(args: &PackArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    match &args.what {
        PackCommand::List { json } => list::run(*json, opening, out),
        PackCommand::Check(args) => reviewed(args, opening, out, Signature::Needed),
        PackCommand::New { folder, id, title } => new::run(folder, id.as_deref(), title.as_deref(), out),
        PackCommand::Add { folder, personal } => add::add(folder, *personal, opening, out),
        PackCommand::Remove { id } => add::remove(id, opening, out),
        PackCommand::Sign { folder } => sign::sign(folder, opening, out),
        PackCommand::Trust(args) => sign::trust(args, opening, out),
    }
}

/// Loads the built-in packs together with those in `folders`.
fn with_folders(folders: &[PathBuf], opening: &OpenOptions) -> Result<LoadedPacks, Error> {
    for folder in folders {
        folder_named(folder)?;
    }
    Ok(LoadedPacks::authoring(opening, folders))
}

/// Returns an error if the path is not a folder.
pub(super) fn folder_named(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    Err(Error::input(format!("{} is not a folder", label_of(folder)), "give the folder that holds pack.toml"))
}

/// Returns whether a pack was asked for; without any folders, every pack was.
fn is_named(folders: &[PathBuf], label: &str) -> bool {
    folders.is_empty() || folders.iter().any(|folder| label_of(folder) == label)
}

/// Loads the packs in `folders` (or the built-in ones); an error if one of them has faults.
pub(super) fn chosen(folders: &[PathBuf], opening: &OpenOptions) -> Result<(LoadedPacks, Vec<PackFiles>), Error> {
    let loaded_packs = standing(with_folders(folders, opening)?)?;
    tell_behind(&loaded_packs);
    let packs = loaded_packs.packs.iter().filter(|pack| is_named(folders, &pack.label)).cloned().collect();
    Ok((loaded_packs, packs))
}

/// Checks the packs in the folders named (or the built-in ones) and prints every fault.
pub(super) fn review(args: &FolderArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    reviewed(args, opening, out, Signature::Later)
}

/// Whether an outdated signature counts as a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signature {
    /// It does: the pack is about to be used or given to others.
    Needed,
    /// It does not: the author is still working on the pack.
    Later,
}

/// Warns on standard error about packs that were changed after they were signed, which is not a fault while their
/// author works on them.
fn tell_behind(loaded_packs: &LoadedPacks) {
    for held in loaded_packs.held.iter().filter(|held| held.is_behind) {
        complain(&format!(
            "warning: {} has changed since it was signed\n  hint: when you are done, sign it again with: cairn pack \
             sign {}",
            held.label,
            typed(&held.label)
        ));
    }
}

fn reviewed(args: &FolderArgs, opening: &OpenOptions, out: &mut Out, signature: Signature) -> Result<ExitCode, Error> {
    let named = |label: &str| is_named(&args.folders, label);
    let loaded_packs = with_folders(&args.folders, opening)?;
    let mut faults: Vec<Fault> = Vec::new();
    let mut checked = Vec::new();
    for pack in loaded_packs.packs.iter().filter(|pack| named(&pack.label)) {
        checked.push(pack.label.clone());
        faults.extend(loaded_packs.review(pack));
    }
    if !args.folders.is_empty() {
        faults.extend(crate::desk::meant_otherwise(opening, &loaded_packs, &checked));
    }
    // A pack that could not be read at all is not among the packs, so its faults are added here.
    for RejectedPack { label, .. } in &loaded_packs.dropped {
        if named(label) && !checked.contains(label) {
            faults.extend(loaded_packs.faults_in(label));
            checked.push(label.clone());
        }
    }
    match signature {
        Signature::Needed => faults.extend(loaded_packs.held.iter().flat_map(|held| held.unsealed.iter().cloned())),
        Signature::Later => tell_behind(&loaded_packs),
    }
    // Errors come before warnings, because only the first of many faults are shown.
    faults.sort_by_key(|fault| fault.severity);
    match args.format() {
        Format::Json => out.json(&faults.iter().map(fault_row).collect::<Vec<_>>())?,
        Format::Junit => out.line(junit("cairn check", &faults_as_cases(&checked, &faults))),
        Format::Text => tell(&loaded_packs, &checked, &faults, out),
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(ErrorKind::Found.code()) })
}

/// Returns each pack as a passed case if there are no faults, and otherwise each fault as a failed case.
fn faults_as_cases(checked: &[String], faults: &[Fault]) -> Vec<XmlCase> {
    let failed = faults.iter().map(|fault| XmlCase {
        name: fault.message.clone(),
        file: fault.place(),
        failure: Some(fault.to_string()),
    });
    let passed =
        |label: &String| XmlCase { name: format!("{label} has no faults"), file: label.clone(), failure: None };
    if faults.is_empty() { checked.iter().map(passed).collect() } else { failed.collect() }
}

fn tell(loaded_packs: &LoadedPacks, checked: &[String], faults: &[Fault], out: &mut Out) {
    if faults.is_empty() {
        out.line(format!("{}: no faults", crate::domain::join_and(checked)));
        if !loaded_packs.rules.printed().is_empty() {
            out.line(format!("printed by the rules:\n{}", loaded_packs.rules.printed().trim_end()));
        }
        return;
    }
    out.line(listed(faults));
    out.line("");
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    out.line(format!("{}, {}", count(errors, "error", "errors"), count(faults.len() - errors, "warning", "warnings")));
}

pub(super) fn fault_row(fault: &Fault) -> FaultRow<'_> {
    FaultRow {
        severity: match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        file: &fault.file,
        line: fault.line,
        column: fault.column,
        message: &fault.message,
        hint: &fault.hint,
    }
}

//! `cairn pack`, and the checking that `cairn rules check` shares.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{FolderArgs, PackArgs, PackCommand};
use super::out::{Out, finish, shelf, standing};
use crate::desk::{Opening, Shelf, label_of};
use crate::domain::{Fault, Severity, count};
use crate::error::{Error, ErrorKind, listed};
use crate::pack::PackFiles;

#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    summary: &'a str,
    licence: &'a str,
    attribution: &'a str,
    source: &'a str,
    origin: &'a str,
    behaviours: usize,
    prompts: usize,
    activities: usize,
    rules: usize,
}

#[derive(Debug, Serialize)]
struct FaultRow<'a> {
    severity: &'static str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    hint: &'a str,
}

pub(super) fn run(args: &PackArgs, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    match &args.what {
        PackCommand::List { json } => list(*json, opening, out),
        PackCommand::Check(args) => review(args, opening, out, |_| true),
    }
}

fn list(json: bool, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    let shelf = shelf(opening)?;
    let library = &shelf.library;
    let rows: Vec<Row<'_>> = library
        .packs
        .iter()
        .map(|pack| Row {
            id: &pack.id,
            version: &pack.version,
            title: &pack.title,
            summary: &pack.summary,
            licence: &pack.licence,
            attribution: &pack.attribution,
            source: &pack.source,
            origin: &pack.origin,
            behaviours: library.indices().filter(|ix| library.framework_of(*ix).pack == pack.id).count(),
            prompts: library.prompts.iter().filter(|prompt| prompt.pack == pack.id).count(),
            activities: library.activities.iter().filter(|activity| activity.pack == pack.id).count(),
            rules: shelf.rules.rules().iter().filter(|rule| rule.pack == pack.id).count(),
        })
        .collect();
    if json {
        out.json(&rows)?;
        return Ok(finish(&shelf));
    }
    for row in &rows {
        out.line(format!("{} {}  ({})", row.id, row.version, row.origin));
        out.paragraph("    ", row.title);
        let held = [
            count(row.behaviours, "behaviour", "behaviours"),
            count(row.prompts, "prompt", "prompts"),
            count(row.activities, "activity", "activities"),
            count(row.rules, "rule", "rules"),
        ];
        out.paragraph("    ", &held.join(", "));
        out.paragraph("    ", &format!("Licence: {}", row.licence));
        out.paragraph("    ", &format!("Attribution: {}", row.attribution));
    }
    Ok(finish(&shelf))
}

/// Loads the built-in packs with those in `folders`.
fn with_folders(folders: &[PathBuf], opening: &Opening) -> Result<Shelf, Error> {
    if let Some(missing) = folders.iter().find(|folder| !folder.is_dir()) {
        let message = format!("{} is not a folder", label_of(missing));
        return Err(Error::input(message, "name the folder that holds pack.toml"));
    }
    let all: Vec<PathBuf> = opening.packs.iter().chain(folders).cloned().collect();
    Ok(Shelf::load(&all))
}

/// Whether a pack is one of those asked for; all are where no folder is named.
fn is_named(folders: &[PathBuf], label: &str) -> bool {
    folders.is_empty() || folders.iter().any(|folder| label_of(folder) == label)
}

/// The packs in `folders` (or the built-in ones), loaded and standing.
pub(super) fn chosen(folders: &[PathBuf], opening: &Opening) -> Result<(Shelf, Vec<PackFiles>), Error> {
    let shelf = standing(with_folders(folders, opening)?)?;
    let packs = shelf.packs.iter().filter(|pack| is_named(folders, &pack.label)).cloned().collect();
    Ok((shelf, packs))
}

/// Checks the packs in the folders named (or the built-in ones) and prints the faults that `wanted` lets through.
pub(super) fn review(
    args: &FolderArgs,
    opening: &Opening,
    out: &mut Out,
    wanted: impl Fn(&Fault) -> bool,
) -> Result<ExitCode, Error> {
    let named = |label: &str| is_named(&args.folders, label);
    let shelf = with_folders(&args.folders, opening)?;
    let mut faults: Vec<Fault> = Vec::new();
    let mut checked = Vec::new();
    for pack in shelf.packs.iter().filter(|pack| named(&pack.label)) {
        checked.push(pack.label.clone());
        faults.extend(shelf.review(pack));
    }
    // A pack that could not even be read is not among the packs, and its faults are under no pack's name.
    for label in &shelf.dropped {
        if named(label) && !checked.contains(label) {
            faults.extend(shelf.faults_in(label));
            checked.push(label.clone());
        }
    }
    faults.retain(&wanted);
    if args.json {
        out.json(&faults.iter().map(fault_row).collect::<Vec<_>>())?;
    } else if faults.is_empty() {
        out.line(format!("{}: no faults", crate::domain::join_and(&checked)));
        if !shelf.rules.printed().is_empty() {
            out.line(format!("printed by the rules:\n{}", shelf.rules.printed().trim_end()));
        }
    } else {
        out.line(listed(&faults));
        out.line("");
        let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        out.line(format!(
            "{}, {}",
            count(errors, "error", "errors"),
            count(faults.len() - errors, "warning", "warnings")
        ));
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(ErrorKind::Found.code()) })
}

fn fault_row(fault: &Fault) -> FaultRow<'_> {
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

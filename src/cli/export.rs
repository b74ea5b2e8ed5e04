//! `cairn export`: everything about one person, as a draft for review; or everything about everybody.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::ask::asked;
use super::out::{Out, complain, ends, finish, standing};
use super::secrets::open;
use crate::desk::{OpenOptions, Seals};
use crate::domain::{clean, count};
use crate::error::{Error, ErrorKind};
use crate::os::{Existing, is_there, write_export, write_folder};
use crate::report::{
    Export, ExportError, Passage, Scope, SealedViews, archive_json, archive_page, csv_files, tree_files,
};
use crate::seal::{Recipient, seal_for};

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// All records about this client, as a draft to check, or me for your own records
    #[arg(long, value_name = "NAME", required_unless_present = "all", conflicts_with = "all")]
    subject: Option<String>,
    /// All records about everyone
    #[arg(long)]
    all: bool,
    /// The format
    #[arg(long, value_enum, default_value_t = Form::Json)]
    format: Form,
    /// Save here. Only you can read it, and Cairn never replaces a file
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Encrypt it for this key (you can repeat this). age, rage and cairn can open it
    #[arg(long, value_name = "age1…", requires = "out")]
    to: Vec<String>,
    /// Do not encrypt it, and do not ask. Anyone who gets it can read it
    #[arg(long, conflicts_with = "to")]
    plaintext: bool,
    /// Leave out ratings that you have not compared yet. The person still has a right to them
    #[arg(long, requires = "subject")]
    keep_seals: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Print as JSON
    Json,
    /// A document to read
    Md,
    /// A folder of tables, one for each kind of record
    Csv,
    /// A folder of JSON files, such as one for each session, for version control
    Tree,
}

/// The serialised export.
enum Written {
    One(Vec<u8>),
    Folder(Vec<(String, Vec<u8>)>),
}

pub(super) fn run(args: &ExportArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let recipients = recipients(args)?;
    match args.format {
        Form::Json if recipients.is_empty() => ends(args.out.as_deref(), &["json"], "this export")?,
        Form::Md if recipients.is_empty() => {
            ends(args.out.as_deref(), &["md", "markdown", "txt", "text"], "this export")?;
        }
        _ => {}
    }
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    let export = match &args.subject {
        Some(name) => {
            let subject = desk.subject(name)?;
            desk.export_subject(&subject, if args.keep_seals { Seals::Keep } else { Seals::Break })?
        }
        None => desk.export_everybody()?,
    };
    if args.out.as_deref().is_some_and(is_there) {
        return Err(there_already(args.out.as_deref()));
    }
    warn(&export);
    if recipients.is_empty() {
        allowed(args, &export)?;
    }
    let written =
        written(&export, args.format).map_err(|error| Error::input(error.to_string(), "try --format json"))?;
    match (written, &args.out) {
        (Written::One(bytes), Some(path)) => file(path, &sealed(&recipients, bytes)?)?,
        (Written::One(bytes), None) => out.raw(&String::from_utf8_lossy(&bytes)),
        (Written::Folder(files), Some(path)) => folder(path, &files)?,
        (Written::Folder(_), None) => {}
    }
    Ok(finish(&desk.loaded_packs))
}

/// Returns the keys given with `--to`; an error if the form cannot be encrypted or needs a folder.
fn recipients(args: &ExportArgs) -> Result<Vec<Recipient>, Error> {
    let is_folder = matches!(args.format, Form::Csv | Form::Tree);
    if is_folder && args.out.is_none() {
        return Err(Error::input("this format is a folder, so you need to give one", "add --out FOLDER"));
    }
    if is_folder && !args.to.is_empty() {
        return Err(Error::input(
            "a folder cannot be encrypted as one file",
            "--format json holds the same, and can be encrypted: --format json --to age1\u{2026}",
        ));
    }
    let parse = |text: &String| {
        let message = |error| format!("\"{}\": {error}", clean(text));
        Recipient::parse(text).map_err(|error| {
            Error::input(message(error), "ask for the key again. `cairn share --my-key` shows your own")
        })
    };
    args.to.iter().map(parse).collect()
}

/// Asks for confirmation before anything unencrypted is written.
fn allowed(args: &ExportArgs, export: &Export) -> Result<(), Error> {
    if args.plaintext {
        return Ok(());
    }
    let place = if args.out.is_some() {
        "It will not be encrypted. Anyone who gets the file can read it."
    } else {
        "It will be shown unencrypted and will stay in the terminal history."
    };
    match asked(&format!("{}. {place} Type yes to go on:", export.title())).as_deref() {
        Some("yes") => Ok(()),
        Some(_) => Err(Error::input(
            "nothing was written",
            "--to age1\u{2026} encrypts it. Type yes to save it \
            unencrypted",
        )),
        None => Err(Error::input(
            "this would be unencrypted, but Cairn could not ask you",
            "--to age1\u{2026} --out FILE encrypts it. --plaintext allows it to be unencrypted",
        )),
    }
}

/// Prints on standard error what has to be known before the export is handed over.
fn warn(export: &Export) {
    let sealed: usize = export.archive.people.iter().map(|holding| holding.sealed_answers().len()).sum();
    if export.scope == Scope::Subject && sealed > 0 && export.sealed == SealedViews::Included {
        let views = count(sealed, "hidden rating is", "hidden ratings are");
        complain(&format!(
            "note: {views} in it, because the person has a right to them. You have not compared these ratings yet, \
             and anyone who reads this will see them\n  hint: compare your ratings first, or leave them out with \
             --keep-seals"
        ));
    }
    if export.review.is_empty() {
        return;
    }
    let found = count(export.review.len(), "passage looks", "passages look");
    complain(&format!("note: this is a draft. {found} as if another person could be recognised:"));
    for passage in export.review.iter().take(20) {
        complain(&format!("  - {}", told(passage)));
    }
    if let Some(more @ 1..) = export.review.len().checked_sub(20) {
        complain(&format!("  - and {more} more, listed in the export"));
    }
    complain("  hint: read each one before you share it. Black out what is about another person, or ask them");
}

fn told(passage: &Passage) -> String {
    let on = if passage.on.is_empty() { String::new() } else { format!(" of {}", passage.on) };
    clean(&format!("{}{on}, {}, line {}: {}", passage.kind, passage.field, passage.line, passage.around))
}

fn written(export: &Export, form: Form) -> Result<Written, ExportError> {
    Ok(match form {
        Form::Json => Written::One(archive_json(export)?.into_bytes()),
        Form::Md => Written::One(archive_page(export).into_bytes()),
        Form::Csv => Written::Folder(csv_files(export)?),
        Form::Tree => Written::Folder(tree_files(export)?),
    })
}

fn sealed(recipients: &[Recipient], bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    if recipients.is_empty() {
        return Ok(bytes);
    }
    let sealed = seal_for(recipients, &bytes).map_err(|error| Error::input(error.to_string(), "try again"))?;
    let keys: Vec<String> = recipients.iter().map(|key| format!("\u{2026}{}", key.last_letters())).collect();
    complain(&format!("encrypted for {}", crate::domain::join_and(&keys)));
    Ok(sealed)
}

fn file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_export(path, bytes, Existing::Keep).map_err(|error| unwritten(path, &error))?;
    complain(&format!("saved: {}", shown(path)));
    Ok(())
}

fn folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name else { return Err(unwritten(path, &io::ErrorKind::InvalidInput.into())) };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.is_dir() {
        return Err(unwritten(path, &io::ErrorKind::NotFound.into()));
    }
    let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    write_folder(parent, &name, files).map_err(|error| unwritten(path, &error))?;
    complain(&format!("saved: {}", shown(path)));
    Ok(())
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

fn there_already(path: Option<&Path>) -> Error {
    let path = path.map(shown).unwrap_or_default();
    Error::input(format!("{path} already exists. Nothing was written"), "give another file or folder")
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    let shown = shown(path);
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => there_already(Some(path)),
        io::ErrorKind::NotFound => Error::input(
            format!("{shown} cannot be written, because the folder does not exist"),
            "create the folder, or give another one",
        ),
        _ => Error {
            kind: ErrorKind::Input,
            message: format!("{shown} cannot be written: {error}"),
            hint: "give another place with --out".to_owned(),
        },
    }
}

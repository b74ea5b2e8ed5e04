//! `cairn erase`: shows what would be erased, asks for the name to be typed, and prints the certificate.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use serde_json::value::Value;

use super::ask::asked;
use super::out::{Out, complain};
use super::secrets::open;
use crate::desk::{Desk, OpenOptions, Preview, Subject};
use crate::domain::{clean, count, typed};
use crate::error::{Error, ErrorKind};
use crate::report::{BackupFate, BackupLine, Gone};
use crate::store::Copies;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own on the command line")]
pub(super) struct EraseArgs {
    /// The client, or me for your own records
    #[arg(value_name = "NAME", required_unless_present_any = ["backups", "certificates"], conflicts_with = "certificates")]
    name: Option<String>,
    /// Show what would be erased. Nothing is changed
    #[arg(long, requires = "name")]
    preview: bool,
    /// Erase in the backups too. Without a name, only erase there the people you erased before
    #[arg(long)]
    backups: bool,
    /// For scripts: give the full name again, instead of typing it when asked
    #[arg(long, value_name = "NAME", requires = "name")]
    yes_erase: Option<String>,
    /// Show the certificates of earlier erasures
    #[arg(long)]
    certificates: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct PreviewJson<'a> {
    name: &'a str,
    person_sha256: Option<&'a str>,
    erased: &'a [Gone],
    logged_sessions: usize,
    backups: &'a [BackupLine],
    handed_over: Vec<String>,
    named_elsewhere: usize,
}

#[derive(Debug, Serialize)]
struct Finished<'a> {
    rewritten: bool,
    backups: &'a [BackupLine],
}

pub(super) fn run(args: &EraseArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    let Some(name) = &args.name else {
        if args.certificates {
            return certificates(&desk, args.json, out);
        }
        return finish(&mut desk, args.json, out);
    };
    let subject = desk.subject(name)?;
    let preview = desk.erasure_preview(&subject)?;
    if preview.person_sha256.is_none() {
        return Err(Error::input("there is nothing about you in these records", "you do not need to erase anything"));
    }
    if args.preview && args.json {
        out.json(&json_of(&preview))?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.preview {
        show(&preview, args.backups, &mut |line| out.line(line));
        return Ok(ExitCode::SUCCESS);
    }
    confirmed(args, &subject, &preview)?;
    let backups = if args.backups { Copies::Erase } else { Copies::Look };
    let certificate = desk.erase(&subject, &preview, backups)?;
    if args.json {
        out.json(&certificate)?;
    } else {
        out.raw(&certificate.markdown());
    }
    for path in &preview.handed_over {
        complain(&format!("not deleted: {}", clean(&path.display().to_string())));
    }
    Ok(if certificate.is_whole() { ExitCode::SUCCESS } else { ExitCode::from(ErrorKind::Found.code()) })
}

/// Checks the confirmation: the full name, typed at the terminal or passed by a script.
fn confirmed(args: &EraseArgs, subject: &Subject, preview: &Preview) -> Result<(), Error> {
    let whole = if *subject == Subject::Me { "me" } else { preview.name.as_str() };
    if let Some(given) = &args.yes_erase {
        if given.trim() == whole {
            return Ok(());
        }
        return Err(Error::input(
            format!(
                "nothing was erased, because --yes-erase says \"{}\" and this is \"{}\"",
                clean(given),
                clean(whole)
            ),
            "give the full name, as `cairn people` shows it",
        ));
    }
    show(preview, args.backups, &mut |line| complain(line));
    complain(
        "You cannot undo this. `cairn export --subject` saves a copy, and `cairn erase --preview` only shows \
        what would be erased.",
    );
    match asked(&format!("Type {whole} to erase:")).as_deref() {
        Some(typed) if typed == whole => Ok(()),
        Some(_) => Err(Error::input(
            "the names do not match. Nothing was erased",
            "to try again, run the command \
            again",
        )),
        None => Err(Error::input(
            "Cairn could not ask for the name. Nothing was erased",
            format!("in a script, use --yes-erase {}", typed(whole)),
        )),
    }
}

fn show(preview: &Preview, in_backups: bool, line: &mut dyn FnMut(&str)) {
    line(&format!("Erasing {} would delete:", preview.name));
    for gone in &preview.erased {
        line(&format!("  {}", gone.words()));
    }
    if preview.logged_sessions > 0 {
        let sessions = count(preview.logged_sessions, "session goes", "sessions go");
        line(&format!("{sessions} from your hours log as well. `cairn report hours --out FILE` saves the log."));
    }
    for backup in &preview.backups {
        let fate = match (backup.fate, in_backups) {
            (BackupFate::NotOpened, _) => format!("cannot be opened ({}) and may hold them", backup.why),
            (_, true) => "holds them, and they will be erased there too".to_owned(),
            (_, false) => "holds them and does not change. Use --backups to erase there too".to_owned(),
        };
        line(&format!("Backup {}: {fate}.", backup.name));
    }
    for path in &preview.handed_over {
        let path = clean(&path.display().to_string());
        line(&format!("Saved to hand over, so not deleted: {path}"));
    }
    if preview.named_elsewhere > 0 {
        let passages = count(preview.named_elsewhere, "passage names", "passages name");
        line(&format!(
            "In other people's records, {passages} them. Cairn does not delete this. To find it, use `cairn journal`."
        ));
    }
}

fn json_of(preview: &Preview) -> PreviewJson<'_> {
    PreviewJson {
        name: &preview.name,
        person_sha256: preview.person_sha256.as_deref(),
        erased: &preview.erased,
        logged_sessions: preview.logged_sessions,
        backups: &preview.backups,
        handed_over: preview.handed_over.iter().map(|path| path.display().to_string()).collect(),
        named_elsewhere: preview.named_elsewhere,
    }
}

fn certificates(desk: &Desk, json: bool, out: &mut Out) -> Result<ExitCode, Error> {
    let kept = desk.certificates()?;
    let values: Vec<Value> = kept.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    if json {
        out.json(&values)?;
        return Ok(ExitCode::SUCCESS);
    }
    if values.is_empty() {
        out.line("You have not erased anyone from these records.");
    }
    for value in &values {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kinds = value.get("erased").and_then(Value::as_array).map_or(0, Vec::len);
        out.line(format!(
            "{}  {}  {}",
            text("at"),
            text("person_sha256"),
            count(kinds, "kind of record", "kinds of records")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn finish(desk: &mut Desk, json: bool, out: &mut Out) -> Result<ExitCode, Error> {
    let done = desk.finish_erasures()?;
    finished(done, json, ["No backup in the data folder holds anyone who was erased.", "erased there too"], out)
}

/// Prints what was done in each backup. `none` is printed if no backup contained anything, and `done` for one that did.
pub(super) fn finished(
    (rewritten, backups): (bool, Vec<BackupLine>),
    json: bool,
    [none, done]: [&str; 2],
    out: &mut Out,
) -> Result<ExitCode, Error> {
    if json {
        out.json(&Finished { rewritten, backups: &backups })?;
    } else if backups.is_empty() {
        out.line(none);
    }
    for line in backups.iter().filter(|_| !json) {
        match line.fate {
            BackupFate::NotOpened => out.line(format!("{}: not opened: {}", line.name, line.why)),
            BackupFate::Held | BackupFate::Erased => out.line(format!("{}: {done}", line.name)),
        }
    }
    let whole = rewritten && backups.iter().all(|line| line.fate != BackupFate::NotOpened);
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(ErrorKind::Found.code()) })
}

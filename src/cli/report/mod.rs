//! `cairn report`: writes reports, calendars, the hours log and reflective accounts.

mod account;
mod args;
mod tick;

use crate::cli::secrets::open;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

pub(super) use self::args::ReportArgs;
use self::args::{FormArgs, ReportCommand, To};
use super::out::{Out, complain, ends, finish, standing};
use crate::desk::{Desk, Doubt, OpenOptions};
use crate::domain::{Party, ReportFormat, clean, count, join_and, join_or};
use crate::error::{Error, ErrorKind};
use crate::os::{Existing, write_export};
use crate::report::{BOM, Handout, HoursLog, Page, calendar, formatted, report};

pub(super) fn run(args: &ReportArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    match &args.what {
        None => page(&desk, args, out)?,
        Some(ReportCommand::Tick { tick, untick, present, json }) => {
            tick::run(&mut desk, (tick, untick, *present), *json, out)?;
        }
        Some(ReportCommand::Calendar { to }) => {
            ends(to.out.as_deref(), &["ics"], "a calendar")?;
            let text = calendar(&Handout::new(&desk.loaded_packs.library, &desk.dossier()?, Party::Client));
            written(&text, to, out)?;
        }
        Some(ReportCommand::Hours { json, excel, to }) => {
            ends(to.out.as_deref(), if *json { &["json"] } else { &["csv"] }, "the hours log in this form")?;
            hours(&desk.hours_log()?, (*json, *excel), to, out)?;
        }
        Some(ReportCommand::Account { which, shape, form }) => {
            account::run(&desk, which, shape.account(), form, out)?;
        }
    }
    Ok(finish(&desk.loaded_packs))
}

/// Writes the report for one reader.
fn page(desk: &Desk, args: &ReportArgs, out: &mut Out) -> Result<(), Error> {
    let handout = Handout::new(&desk.loaded_packs.library, &desk.dossier()?, args.reader.party());
    let page = report(&handout);
    formed(&page, &args.form, out)?;
    doubted(&desk.doubts_of(&page)?);
    Ok(())
}

/// Prints warnings about what should be checked on a page.
pub(super) fn doubted(doubts: &[Doubt]) {
    for doubt in doubts {
        let message = match doubt {
            Doubt::OtherClient(named) => {
                format!("names? The page has words that may name another client of yours: {}", join_and(named))
            }
            Doubt::Danger => "the page quotes words that can mean someone is in danger".to_owned(),
        };
        complain(&format!("warning: {message}\n  hint: read it before you share it"));
    }
}

/// Writes a page in the requested format to the requested place.
fn formed(page: &Page, form: &FormArgs, out: &mut Out) -> Result<(), Error> {
    if form.json {
        return valued(page, &form.to, out);
    }
    let named = named_form(&form.to);
    let chosen = form_of(form, named)?;
    let text = formatted(page, chosen)
        .ok_or_else(|| Error::input("a report is not a calendar", "use cairn report calendar"))?;
    written(&text, &form.to, out)?;
    if named.is_some_and(|named| named != chosen) {
        complain("note: the name of the file says another format than --format. Cairn uses --format");
    }
    Ok(())
}

/// Returns the format that the file name indicates; `None` if it indicates none.
fn named_form(to: &To) -> Option<ReportFormat> {
    to.out.as_deref().and_then(ReportFormat::of_file).filter(|format| format.is_page())
}

/// Returns the format that was requested, or that the file name indicates; Markdown if there is no file or extension.
fn form_of(form: &FormArgs, named: Option<ReportFormat>) -> Result<ReportFormat, Error> {
    let pages = || ReportFormat::ALL.iter().filter(|format| format.is_page());
    let written_as: Vec<&str> = pages().map(|format| format.id()).collect();
    let endings: Vec<String> = pages().map(|format| format!(".{}", format.ending())).collect();
    let silent = form.to.out.as_deref().is_none_or(|path| path.extension().is_none());
    form.format.or(named).or(silent.then_some(ReportFormat::Markdown)).ok_or_else(|| {
        Error::input(
            format!(
                "Cairn can write a report as {}, but the file name does not end like any of these",
                join_or(&written_as)
            ),
            format!("call it {}, or use --format", join_or(&endings)),
        )
    })
}

/// Writes a value as JSON to the requested place.
fn valued<T: Serialize>(value: &T, to: &To, out: &mut Out) -> Result<(), Error> {
    let mut text = Out::default();
    text.json(value)?;
    written(text.text(), to, out)
}

/// Writes text to a file, or to standard output if none is named.
fn written(text: &str, to: &To, out: &mut Out) -> Result<(), Error> {
    let Some(path) = &to.out else {
        out.raw(text);
        return Ok(());
    };
    let existing = if to.force { Existing::Replace } else { Existing::Keep };
    write_export(path, text.as_bytes(), existing).map_err(|error| unwritten(path, &error))?;
    complain(&format!("saved: {}", clean(&path.display().to_string())));
    Ok(())
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    let shown = clean(&path.display().to_string());
    match error.kind() {
        io::ErrorKind::AlreadyExists => Error::input(
            format!("{shown} already exists. Nothing was written"),
            "give another file name, or add --force to replace it",
        ),
        io::ErrorKind::IsADirectory => {
            Error::input(format!("{shown} is a folder"), "give a file in it, like --out report.html")
        }
        io::ErrorKind::NotFound => Error::input(
            format!("{shown} cannot be written, because the folder does not exist"),
            "create the folder, or give a file in another one",
        ),
        _ => Error {
            kind: ErrorKind::Input,
            message: format!("{shown} cannot be written: {error}"),
            hint: String::new(),
        },
    }
}

#[derive(Debug, Serialize)]
struct HoursJson<'a> {
    name: &'a str,
    email: &'a str,
    from: String,
    to: String,
    paid_minutes: u32,
    pro_bono_minutes: u32,
}

fn hours(log: &HoursLog, (json, excel): (bool, bool), to: &To, out: &mut Out) -> Result<(), Error> {
    if json {
        let rows = log.rows.iter().map(|row| HoursJson {
            name: &row.name,
            email: &row.email,
            from: row.from.to_string(),
            to: row.to.to_string(),
            paid_minutes: row.paid,
            pro_bono_minutes: row.unpaid,
        });
        valued(&rows.collect::<Vec<_>>(), to, out)?;
    } else {
        let text = log.to_csv().map_err(|error| Error::input(error.to_string(), "try --json"))?;
        if excel || to.out.is_some() {
            written(&text, to, out)?;
        } else {
            // On a terminal, neither the byte order mark nor the line ends for spreadsheets are wanted.
            written(&text.trim_start_matches(BOM).replace("\r\n", "\n"), to, out)?;
        }
    }
    if log.left_out > 0 {
        let clients = count(log.left_out, "client is", "clients are");
        complain(&format!("note: {clients} left out, because they have not agreed to be named in the log"));
    }
    if log.unmeasured > 0 {
        let sessions = count(log.unmeasured, "session counts", "sessions count");
        complain(&format!("note: {sessions} no time, because nobody recorded it"));
    }
    Ok(())
}

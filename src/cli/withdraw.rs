//! `cairn correct` and `cairn withdraw`: corrects an entry of the journal, or withdraws one with a certificate.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::ask::asked;
use super::erase::finished;
use super::notice::{ENTRY, ask_about, notices};
use super::out::{Out, complain};
use super::secrets::open;
use crate::desk::{Desk, OpenOptions};
use crate::domain::{
    By, Correction, Day, Entry, EntryKind, FileTaken, NonAnswer, Piece, Private, Rated, clean, count, long_day,
    parse_past_day,
};
use crate::error::{Error, ErrorKind};
use crate::os::{Decoded, read_written, read_written_from};

/// Maximum size of a text, in bytes.
const MOST: u64 = 1024 * 1024;

#[derive(Debug, Args)]
pub(super) struct CorrectArgs {
    /// The entry, by the end of the id that `cairn journal` shows
    id: String,
    /// The new rating: a number on the scale, or not-applicable, cannot-say, prefer-not-to-say
    #[arg(long, value_name = "N")]
    rating: Option<String>,
    /// The new recent example. An empty text removes it
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
    /// The new text of a note, or of the one reflection in an answer, or use - for standard input
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// Which reflection the text is for, if there are several
    #[arg(long, value_name = "N", requires = "text")]
    reflection: Option<usize>,
    /// Read the text from a file
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    from: Option<String>,
    /// The date it happened
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own on the command line")]
pub(super) struct WithdrawArgs {
    /// The entry or action, by the end of the id that `cairn journal` and `cairn plan` show
    #[arg(required_unless_present_any = ["backups", "certificates", "files", "file", "view"])]
    id: Option<String>,
    /// Only the recent example of an answer
    #[arg(long, requires = "id")]
    evidence: bool,
    /// Only the reflection with this number in an answer
    #[arg(long, value_name = "N", requires = "id", conflicts_with = "evidence")]
    reflection: Option<i64>,
    /// One person's ratings in the comparison with this id: self or coach, as in `cairn export`
    #[arg(long, value_names = ["ROUND", "BY"], num_args = 2, conflicts_with = "id")]
    view: Option<Vec<String>>,
    /// Everything that came in one file, by the id that --files shows
    #[arg(long, value_name = "ID", conflicts_with = "id")]
    file: Option<String>,
    /// List imported files
    #[arg(long)]
    files: bool,
    /// Try again what earlier withdrawals could not delete
    #[arg(long)]
    backups: bool,
    /// Show the certificates of earlier withdrawals
    #[arg(long)]
    certificates: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Batch<'a> {
    id: &'a str,
    at: &'a str,
    records: usize,
}

pub(super) fn correct(args: &CorrectArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    let entry = one(&desk, &args.id)?;
    let text = match (args.text.as_deref(), &args.from) {
        (Some("-"), _) => Some(read_written_from(std::io::stdin().lock(), MOST)),
        (Some(text), _) => Some(Ok(Decoded { text: clean(text), read_as: None })),
        (None, Some(file)) => Some(read_written(Path::new(file), MOST)),
        (None, None) => None,
    };
    let text = text.transpose().map_err(|error| Error::input(error.to_string(), "give the text with --text"))?;
    if let Some(encoding) = text.as_ref().and_then(|text| text.read_as) {
        complain(&format!("note: the text was read as {encoding}"));
    }
    let text = text.map(|text| text.text);
    let mut correction = Correction {
        rated: args.rating.as_deref().map(rating).transpose()?,
        example: args.evidence.as_deref().map(clean),
        on: args.on.as_deref().map(|text| day(text, desk.today())).transpose()?,
        ..Correction::default()
    };
    let piece = match entry.kind {
        EntryKind::Note => {
            correction.text = text;
            Piece::Note(entry.id.clone())
        }
        EntryKind::Answer => {
            let reflections = entry.texts.iter().filter(|text| !text.asked.is_empty()).count();
            if let Some(text) = text {
                let at = match (args.reflection, reflections) {
                    (Some(at), _) => at,
                    (None, 1) => 1,
                    (None, n) => {
                        let message = format!("this answer has {}", count(n, "reflection", "reflections"));
                        return Err(Error::input(message, "say which with --reflection N, or use --evidence"));
                    }
                };
                correction.reflections = vec![(at, text)];
            }
            Piece::Answer(entry.id.clone())
        }
        EntryKind::Reason => {
            return Err(Error::input(
                "you cannot change a reason for declining an activity",
                "`cairn withdraw` withdraws it. The activity stays declined",
            ));
        }
        EntryKind::Action => {
            return Err(Error::input(
                "this entry is an action in your plan",
                "`cairn plan change` changes its words and keeps every earlier state. `cairn withdraw` deletes all of \
                 it",
            ));
        }
    };
    if correction == Correction::default() {
        return Err(Error::input("there is nothing to correct", "use --rating, --evidence, --text or --on"));
    }
    desk.correct(&piece, &correction)?;
    out.line(
        "Corrected. The earlier version is saved too. `cairn withdraw` deletes a version and all before it for \
        good.",
    );
    let written =
        correction.reflections.iter().map(|(_, text)| text).chain(&correction.example).chain(&correction.text);
    let written: Vec<&str> = written.map(String::as_str).collect();
    ask_about(written.iter().copied(), entry.private, ENTRY);
    let noticed = desk.loaded_packs.noticed_in_text(&written.join("\n"), desk.today());
    if !noticed.is_empty() {
        out.line("");
        notices(&noticed, &desk.loaded_packs.region, out);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn withdraw(args: &WithdrawArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    if args.certificates {
        return certificates(&desk, args.json, out);
    }
    if args.files {
        return files(&desk, args.json, out);
    }
    let (piece, what) = match (&args.id, &args.view, &args.file) {
        (Some(id), ..) => {
            let entry = one(&desk, id)?;
            let piece = match (entry.kind, args.evidence, args.reflection) {
                (EntryKind::Answer, true, _) => Piece::Example(entry.id.clone()),
                (EntryKind::Answer, false, Some(at)) => Piece::Reflection(entry.id.clone(), at),
                (EntryKind::Answer, false, None) => Piece::Answer(entry.id.clone()),
                (_, true, _) | (_, _, Some(_)) => {
                    return Err(Error::input("this entry is not an answer", "leave out --evidence and --reflection"));
                }
                (EntryKind::Note, ..) => Piece::Note(entry.id.clone()),
                (EntryKind::Action, ..) => Piece::Action(entry.id.clone()),
                (EntryKind::Reason, ..) => Piece::Reason(entry.id.clone()),
            };
            let what = format!("the {} of {}, {}", piece.words(), long_day(entry.on), entry.title);
            (piece, what)
        }
        (None, Some(view), _) => {
            let by = view.get(1).and_then(|by| By::parse(by));
            let by = by.ok_or_else(|| Error::input("ratings are by self or by coach", "--view ROUND self"))?;
            (Piece::View(clean(view.first().map_or("", String::as_str)), by), format!("the ratings by {}", by.id()))
        }
        (None, None, Some(file)) => {
            let all = desk.files_taken()?.into_iter();
            let found: Vec<FileTaken> = all.filter(|own| own.id.ends_with(file.as_str())).collect();
            let [FileTaken { id, at, records, .. }] = found.as_slice() else {
                return Err(Error::input(
                    "no file, or more than one, has this id",
                    "`cairn withdraw --files` lists them",
                ));
            };
            (Piece::TakenIn(id.clone()), format!("{} imported on {at}", count(records.len(), "record", "records")))
        }
        (None, None, None) => return finish(&mut desk, args.json, out),
    };
    if !args.yes {
        complain(&format!(
            "This withdraws {what}. Cairn deletes it from your records, from the log and from every \
            backup here."
        ));
        complain("You cannot undo this.");
        match asked("Type withdraw to go on:").as_deref() {
            Some("withdraw") => {}
            Some(_) => return Err(Error::input("nothing was withdrawn", "type the word withdraw")),
            None => {
                return Err(Error::input("Cairn could not ask you. Nothing was withdrawn", "in a script, use --yes"));
            }
        }
    }
    let certificate = desk.withdraw(&piece)?;
    if args.json {
        out.json(&certificate)?;
    } else {
        out.raw(&certificate.markdown());
    }
    Ok(if certificate.is_whole() { ExitCode::SUCCESS } else { ExitCode::from(ErrorKind::Found.code()) })
}

/// Returns the entry whose id ends with `id`; private notes and actions without text are included.
pub(super) fn one(desk: &Desk, id: &str) -> Result<Entry, Error> {
    let journal = desk.journal(Private::Shown)?;
    let hint = "`cairn journal` and `cairn plan` show the ids. `cairn journal --private` also lists private notes";
    let actions = desk.actions()?;
    let bare = actions.iter().map(Entry::of_action).filter(|entry| entry.texts.is_empty());
    let all = journal.entries.into_iter().chain(bare);
    let mut found = all.filter(|entry| !id.is_empty() && entry.id.ends_with(id));
    match (found.next(), found.next()) {
        (Some(entry), None) => Ok(entry),
        (Some(_), Some(_)) => {
            Err(Error::input("more than one entry has an id that ends like this", "give more of the id"))
        }
        (None, _) => Err(Error::input(format!("no entry has an id that ends in \"{}\"", clean(id)), hint)),
    }
}

fn rating(text: &str) -> Result<Rated, Error> {
    let word = NonAnswer::parse(text).map(Rated::Not);
    let value = || text.parse().ok().map(Rated::Value);
    let none = (text == "none").then_some(Rated::Unanswered);
    word.or(none).or_else(value).ok_or_else(|| {
        let names = NonAnswer::ALL.map(NonAnswer::id).join(", ");
        Error::input(
            format!("\"{}\" is not a rating", clean(text)),
            format!(
                "use a number on the scale, {names} or \
            none"
            ),
        )
    })
}

fn day(text: &str, today: Day) -> Result<Day, Error> {
    parse_past_day(text, today).map_err(|why| Error::input(why, "write it like 2026-11-22"))
}

fn certificates(desk: &Desk, json: bool, out: &mut Out) -> Result<ExitCode, Error> {
    let values: Vec<Value> = desk.withdrawals()?.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    if json {
        out.json(&values)?;
        return Ok(ExitCode::SUCCESS);
    }
    if values.is_empty() {
        out.line("You have not withdrawn anything from these records.");
    }
    for value in &values {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        out.line(format!("{}  {}  {}", text("at"), text("what"), text("piece_sha256")));
    }
    Ok(ExitCode::SUCCESS)
}

fn files(desk: &Desk, json: bool, out: &mut Out) -> Result<ExitCode, Error> {
    let all = desk.files_taken()?;
    if json {
        let rows = all.iter().map(|own| Batch { id: &own.id, at: &own.at, records: own.records.len() });
        let rows: Vec<Batch<'_>> = rows.collect();
        out.json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        out.line("You have not imported a file into these records.");
    }
    for FileTaken { id, at, records, .. } in &all {
        let end = id.get(id.len().saturating_sub(6)..).unwrap_or(id);
        out.line(format!("{end}  {at}  {}", count(records.len(), "record", "records")));
    }
    Ok(ExitCode::SUCCESS)
}

fn finish(desk: &mut Desk, json: bool, out: &mut Out) -> Result<ExitCode, Error> {
    let done = desk.finish_withdrawals()?;
    let said = ["No backup in the data folder holds anything that was withdrawn.", "withdrawn there too"];
    finished(done, json, said, out)
}

/// Asks for confirmation before a draft is discarded.
pub(super) fn sure(yes: bool, what: &str) -> Result<(), Error> {
    if yes {
        return Ok(());
    }
    complain(&format!("This discards {what}. You cannot undo this."));
    match asked("Type discard to go on:").as_deref() {
        Some("discard") => Ok(()),
        Some(_) => Err(Error::input("nothing was discarded", "type the word discard")),
        None => Err(Error::input("Cairn could not ask you. Nothing was discarded", "in a script, use --yes")),
    }
}

//! `cairn reflect`: saves answers from a file or discards a draft; otherwise the screens take over.

use super::secrets::open;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::ReflectArgs;
use super::notice::{ENTRY, ask_about, notices, warn};
use super::out::{Out, complain, finish, standing};
use crate::desk::{AnswersFile, MOST_BYTES, OpenOptions, read_answers};
use crate::domain::{Answer, Day, Library, clean, count};
use crate::error::{Error, ErrorKind};
use crate::os::{FileError, read_written, read_written_from};

#[derive(Debug, Serialize)]
struct Saved {
    saved: Vec<SavedAnswer>,
    unanswered: usize,
}

#[derive(Debug, Serialize)]
struct SavedAnswer {
    id: String,
    behaviour: String,
    on: String,
    by: &'static str,
}

/// Runs the command; returns `None` if the screens are to be opened.
pub(super) fn run(args: &ReflectArgs, opening: &OpenOptions, out: &mut Out) -> Result<Option<ExitCode>, Error> {
    if args.discard {
        return discard(args, opening, out).map(Some);
    }
    let Some(from) = &args.from else { return Ok(None) };
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    let file = answers(from, &desk.loaded_packs.library, desk.today())?;
    if let Some(fault) = file.ahead(from, desk.today()) {
        return Err(Error::faults(ErrorKind::Input, &[fault]));
    }
    let saved = desk.save_file(&file)?;
    let noticed = desk.loaded_packs.noticed_in(&file.answers);
    ask_about(file.answers.iter().flat_map(Answer::words), false, ENTRY);
    if args.json {
        let rows = saved
            .into_iter()
            .map(|answer| SavedAnswer {
                id: answer.id,
                behaviour: answer.behaviour,
                on: answer.on.to_string(),
                by: answer.by.id(),
            })
            .collect();
        out.json(&Saved { saved: rows, unanswered: file.empty })?;
        warn(&noticed);
    } else {
        out.line(format!("Saved {}.", count(saved.len(), "answer", "answers")));
        if file.empty > 0 {
            out.line(format!("{} had no answer and stays unanswered.", count(file.empty, "entry", "entries")));
        }
        if !noticed.is_empty() {
            out.line("");
            notices(&noticed, &desk.loaded_packs.region, out);
        }
    }
    Ok(Some(finish(&desk.loaded_packs)))
}

/// Discards a draft.
fn discard(args: &ReflectArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    let library = std::sync::Arc::clone(&desk.loaded_packs.library);
    let code = args.codes.first().map_or("", String::as_str);
    let ix = library.find(code).map_err(|error| Error::input(error.to_string(), "`cairn search` finds codes"))?;
    let behaviour = library.behaviour(ix);
    let begun = |draft: &Answer| (&draft.framework, &draft.behaviour) == (&behaviour.framework, &behaviour.code);
    if !desk.drafts()?.iter().any(begun) {
        return Err(Error::input(
            format!("you do not have an unfinished reflection on {}", behaviour.code),
            "nothing was discarded",
        ));
    }
    super::withdraw::sure(args.yes, &format!("your unfinished reflection on {}", behaviour.code))?;
    desk.drop_draft(&behaviour.framework, &behaviour.code)?;
    out.line("Discarded.");
    Ok(finish(&desk.loaded_packs))
}

/// Reads an answers file, or standard input for `-`.
pub(super) fn answers(from: &str, library: &Library, today: Day) -> Result<AnswersFile, Error> {
    let (name, text) = if from == "-" {
        ("standard input".to_owned(), read_written_from(std::io::stdin().lock(), MOST_BYTES))
    } else {
        (from.to_owned(), read_written(Path::new(from), MOST_BYTES))
    };
    let text = text.map_err(|error| {
        let hint = match &error {
            FileError::Missing => "check the name of the file",
            FileError::TooLarge(_) => "split it into several files",
            FileError::NotRegular => "give a file, or use - for standard input",
            FileError::Io(_) | FileError::NotText { .. } => "check its permissions",
        };
        Error::input(format!("{name}: {error}"), hint)
    })?;
    if let Some(encoding) = text.read_as {
        complain(&format!("note: Cairn read {} as {encoding}", clean(&name)));
    }
    read_answers(&name, &text.text, library, today).map_err(|faults| Error::faults(ErrorKind::Input, &faults))
}

//! `cairn note`: saves a note in the person's own journal.

use std::process::ExitCode;

use clap::Args;

use super::notice::{ENTRY, ask_about, notices};
use super::out::Out;
use super::secrets::open;
use crate::desk::OpenOptions;
use crate::domain::{clean, join_and, long_day, parse_past_day};
use crate::error::Error;
use crate::os::read_written_from;

/// Maximum size of a note from standard input, in bytes.
const MOST: u64 = 1024 * 1024;

#[derive(Debug, Args)]
pub(super) struct NoteArgs {
    /// The note; - reads standard input. A code such as FL-5 links it to a behaviour
    text: String,
    /// The day it happened: yesterday, Friday, 22 Nov
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
}

pub(super) fn run(args: &NoteArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    let text = if args.text == "-" {
        let read = read_written_from(std::io::stdin().lock(), MOST);
        read.map_err(|error| Error::input(error.to_string(), "give the note in quotation marks"))?.text
    } else {
        clean(&args.text)
    };
    let today = desk.today();
    let on = match &args.on {
        None => today,
        Some(day) => {
            let on = parse_past_day(day, today).map_err(|why| Error::input(why, "write it like --on yesterday"))?;
            if on > today {
                return Err(Error::input(format!("{} is in the future", long_day(on)), "leave out --on for today"));
            }
            on
        }
    };
    let noticed = desk.loaded_packs.noticed_in_text(&text, today);
    if !noticed.is_empty() {
        notices(&noticed, &desk.loaded_packs.region, out);
    }
    let note = desk.add_quick_note(text.trim_end(), on)?;
    let codes: Vec<&str> = note.behaviours.iter().map(|code| code.rsplit('/').next().unwrap_or(code)).collect();
    let about = if codes.is_empty() { String::new() } else { format!(", about {}", join_and(&codes)) };
    out.line(format!("Saved in your journal for {}{about}.", long_day(on)));
    ask_about([text.as_str()], false, ENTRY);
    Ok(ExitCode::SUCCESS)
}

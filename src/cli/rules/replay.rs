//! `cairn rules log` and `cairn rules replay`: lists logged decisions of the rules, and checks whether they can be
//! reproduced.

use crate::cli::secrets::open;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::Value;

use super::super::out::{Out, finish, standing};
use super::super::recommend::told;
use crate::desk::{Decision, Desk, MOST_DECISIONS, OpenOptions};
use crate::domain::{Offering, clean, count, truncate};
use crate::error::{Error, ErrorKind};
use crate::os::{FileError, read_written, read_written_from};

/// Maximum size of a file of decisions, in bytes.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

#[derive(Debug, Serialize)]
struct ReplayRow<'a> {
    at: &'a str,
    decision: &'a Decision,
}

#[derive(Debug, Serialize)]
struct Replayed<'a> {
    today: &'a str,
    identical: bool,
    differences: Vec<String>,
}

/// A logged decision; `at` is empty if the time is not known.
struct Noted {
    at: String,
    line: String,
    decision: Decision,
}

pub(super) fn log(limit: usize, json: bool, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let desk = open(opening)?;
    let noted = noted(&desk, limit)?;
    if json {
        out.json(
            &noted.iter().map(|noted| ReplayRow { at: &noted.at, decision: &noted.decision }).collect::<Vec<_>>(),
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    if noted.is_empty() {
        out.line("Cairn has not decided anything on your records yet.");
    }
    for Noted { at, decision, .. } in &noted {
        let shown: Vec<&str> = decision.shown.iter().map(|card| card.activity.as_str()).collect();
        let shown = if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") };
        out.line(format!(
            "{at}  {}, {}",
            count(decision.answers.count, "answer", "answers"),
            count(decision.spoke.len(), "rule applied", "rules applied")
        ));
        out.paragraph("    ", &format!("shown: {shown}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn noted(desk: &Desk, most: usize) -> Result<Vec<Noted>, Error> {
    let lines = desk.decisions(most)?;
    lines.into_iter().map(|(at, line)| Ok(Noted { decision: read("the records", 1, &line)?, at, line })).collect()
}

fn read(file: &str, number: usize, line: &str) -> Result<Decision, Error> {
    serde_json::from_str(line).map_err(|error| {
        let why = truncate(&clean(&error.to_string()), 200);
        Error::input(
            format!("{}:{number}: this is not a line of the decision log: {why}", clean(file)),
            "use lines as cairn recommend --log or cairn rules log --json write them",
        )
    })
}

/// Reads the decisions in a file: one per line, or the list that `rules log --json` prints.
fn read_file(name: &str) -> Result<Vec<Noted>, Error> {
    let text = if name == "-" {
        read_written_from(std::io::stdin().lock(), MOST_BYTES)
    } else {
        read_written(Path::new(name), MOST_BYTES)
    };
    let text = text.map_err(|error: FileError| {
        Error::input(format!("{}: {error}", clean(name)), "give a file of decisions, or use - for standard input")
    })?;
    let text = text.text;
    if text.trim_start().starts_with('[') {
        let rows: Vec<Value> = serde_json::from_str(&text).map_err(|error| {
            Error::input(
                format!("{}: {}", clean(name), clean(&error.to_string())),
                "use the whole list as it was printed",
            )
        })?;
        return rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let line = row.get("decision").unwrap_or(row).to_string();
                let decision = read(name, at + 1, &line)?;
                Ok(Noted { at: String::new(), line: decision.line(), decision })
            })
            .collect();
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| Ok(Noted { at: String::new(), decision: read(name, at + 1, line)?, line: line.to_owned() }))
        .collect()
}

pub(super) fn replay(
    file: Option<&str>,
    answers: Option<&str>,
    json: bool,
    opening: &OpenOptions,
    out: &mut Out,
) -> Result<ExitCode, Error> {
    let noted = match file {
        Some(file) => read_file(file)?,
        None => noted(&open(opening)?, MOST_DECISIONS)?,
    };
    let (loaded_packs, now) = told(answers, opening)?;
    let mut loaded_packs = standing(loaded_packs)?;
    let offering = loaded_packs.library.offering.clone();
    let mut rows = Vec::new();
    for noted in &noted {
        // With the targets that there were then, whatever the settings say now.
        let without_suggested_targets = noted.decision.without_targets;
        loaded_packs.offer(&Offering { without_suggested_targets, ..offering.clone() });
        let again = Decision::of(&loaded_packs, &noted.decision.story(&now));
        let identical = again.line() == noted.line;
        let differences = if identical { Vec::new() } else { noted.decision.differences(&again) };
        rows.push(Replayed { today: &noted.decision.today, identical, differences });
    }
    let same = rows.iter().filter(|row| row.identical).count();
    if json {
        out.json(&rows)?;
    } else {
        for row in rows.iter().filter(|row| !row.identical) {
            out.line(format!("the decision of {} is different today:", row.today));
            for difference in &row.differences {
                out.paragraph("  - ", difference);
            }
        }
        out.line(format!("{} repeated: {same} identical", count(rows.len(), "decision", "decisions")));
    }
    Ok(if same == rows.len() { finish(&loaded_packs) } else { ExitCode::from(ErrorKind::Found.code()) })
}

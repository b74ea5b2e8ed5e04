//! `cairn journal`: lists and searches the journal.

use super::secrets::open;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::out::{Out, complain, finish, standing};
use super::progress::{Text, texts};
use crate::desk::{OpenOptions, searchable};
use crate::domain::{Entry, Private, Sheet, Written, join_and, short_day};
use crate::error::Error;

#[derive(Debug, Args)]
pub(super) struct JournalArgs {
    /// Words in any order, as in `cairn search`. Also kind: by: on: theme: code: in: or nothing to list all
    query: Vec<String>,
    /// Show at most this many entries
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Include notes that only the coach can read
    #[arg(long)]
    private: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct JournalRow<'a> {
    id: &'a str,
    on: String,
    kind: &'static str,
    by: Option<&'static str>,
    private: bool,
    title: &'a str,
    rated: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    not_counted: &'a str,
    behaviours: &'a [String],
    texts: Vec<Text<'a>>,
    written_in: Place<'a>,
    score: f64,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    what: &'static str,
    id: &'a str,
}

pub(super) fn run(args: &JournalArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    let library = &desk.loaded_packs.library;
    let journal = desk.journal(if args.private { Private::Shown } else { Private::Hidden })?;
    let query = args.query.join(" ");
    let found = searchable(library, &journal).search(&query, args.limit);
    if let Some(problem) = &found.problem {
        complain(&format!("note: {problem}"));
    }
    let hits: Vec<(&Entry, f32)> =
        found.hits.iter().filter_map(|hit| Some((journal.entries.get(hit.record as usize)?, hit.score))).collect();
    if args.json {
        let rows: Vec<JournalRow<'_>> = hits.iter().map(|(entry, score)| row(entry, *score)).collect();
        out.json(&rows)?;
        return Ok(finish(&desk.loaded_packs));
    }
    if !found.shown_for.is_empty() {
        let shown: Vec<&str> = found.shown_for.iter().map(|(_, shown)| shown.as_str()).collect();
        complain(&format!("showing {}", join_and(&shown)));
    }
    match (journal.entries.is_empty(), hits.is_empty()) {
        (true, _) => out.line("You have not written anything yet."),
        (false, true) => complain("no results. Try a shorter or different word"),
        _ => {}
    }
    for (at, (entry, _)) in hits.iter().enumerate() {
        if at > 0 {
            out.line("");
        }
        let end = entry.id.get(entry.id.len().saturating_sub(6)..).unwrap_or(&entry.id);
        out.line(format!("{}  {}  [{end}]", short_day(entry.on, journal.today), entry.title));
        out.sheet(&Sheet::entry(library, entry));
    }
    if hits.len() < found.total {
        complain(&format!("{} of {} shown. Use --limit N to show more", hits.len(), found.total));
    }
    Ok(finish(&desk.loaded_packs))
}

fn row(entry: &Entry, score: f32) -> JournalRow<'_> {
    JournalRow {
        id: &entry.id,
        on: entry.on.to_string(),
        kind: entry.kind.id(),
        by: entry.by.map(crate::domain::By::id),
        private: entry.private,
        title: &entry.title,
        rated: &entry.rated,
        not_counted: &entry.aside,
        behaviours: &entry.behaviours,
        texts: texts(&entry.texts),
        written_in: match &entry.place {
            Written::Answer(_, _, id) => Place { what: "answer", id },
            Written::Session(id) => Place { what: "session", id },
            Written::Action(id) => Place { what: "action", id },
            Written::Advice => Place { what: "advice", id: &entry.id },
        },
        score: (f64::from(score) * 1000.0).round() / 1000.0,
    }
}

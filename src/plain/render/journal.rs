//! Journal: entries newest first or as they were searched for, one whole, and a session that has ended.

use super::super::place_text::{Number, PlaceText};
use super::nothing;
use crate::app::{JournalRow, Listing, Model};
use crate::domain::{By, Day, Entry, EntryKind, Journal, Sheet, count, short_day, truncate};

/// Most characters of what was written that a row tells.
const SNIPPET: usize = 80;

pub(super) fn render(model: &Model) -> PlaceText {
    let Some(book) = model.journal() else { return nothing("Journal") };
    let mut out = PlaceText::at("Journal");
    out.say(format!("Journal. {}.", model.about_journal(book).trim_end_matches('.')));
    let rows = model.journal_rows();
    if rows == 0 {
        if model.person.journal.is_asked() {
            out.say("Nothing is found. Try fewer letters, or another word for it.");
        } else if model.person.journal.listing == Listing::Evidence {
            out.say("Nothing gathered yet. What is written from now on stands here by behaviour, the focus set first.");
        } else {
            out.say("Nothing written yet. Every answer, note and word about an action will be here, newest first.");
        }
    }
    for (book, row) in (0..rows).filter_map(|at| model.journal_row(at)) {
        out.row(words(book, row));
    }
    out.row = model.person.journal.row;
    out.number = Number::Reads;
    detail(model, book, &mut out);
    out.teach("Type words, or theme:flex, code:FL-5, kind:example, by:coach, on:nov. An empty line lists everything.");
    out.teach("A number reads that entry whole; \u{ab}:open\u{bb} opens it where it was written.");
    out
}

fn words(book: &Journal, row: JournalRow) -> String {
    match row {
        JournalRow::Behaviour(at) => book.gathered.get(at).map_or_else(String::new, |row| {
            let focus = if row.is_focus { ", in the focus set" } else { "" };
            format!("Behaviour {}{focus}: {}.", row.title, count(row.entries.len(), "entry", "entries"))
        }),
        JournalRow::Entry(at) => book.entries.get(at).map(|own| entry(own, book.today)).unwrap_or_default(),
    }
}

fn entry(entry: &Entry, today: Day) -> String {
    let who = match (entry.private, entry.by) {
        (true, _) => "PRIVATE, ",
        (false, Some(By::Coach)) => "by the coach, ",
        (false, Some(By::Other)) => "by somebody else, ",
        _ => "",
    };
    let what = match entry.kind {
        EntryKind::Answer if entry.has_example() => "answer with an example",
        kind => kind.id(),
    };
    let written = entry.texts.first().map(|quote| quote.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = match written {
        Some(words) if !words.is_empty() => beginning(&words),
        _ => entry.rated.clone(),
    };
    format!("{}, {who}{what}, {}: {text}", short_day(entry.on, today), entry.title)
}

/// The first words, and that there are more.
fn beginning(words: &str) -> String {
    let fits = |end: &usize| words.get(..*end).is_some_and(|text| text.chars().count() <= SNIPPET);
    let ends = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]);
    match ends.take_while(fits).last() {
        Some(end) if end < words.len() => format!("{}\u{2026}", words.get(..end).unwrap_or(words)),
        Some(_) => words.to_owned(),
        // One word as long as that has no end to wait for.
        None => truncate(words, SNIPPET),
    }
}

fn detail(model: &Model, book: &Journal, out: &mut PlaceText) {
    let Some(library) = &model.shell.library else { return };
    match model.journal_row(model.person.journal.row) {
        Some((_, JournalRow::Behaviour(at))) => {
            if let Some(row) = book.gathered.get(at) {
                out.detail(&row.title, &Sheet::gathered(book, row));
            }
        }
        Some((_, JournalRow::Entry(at))) => {
            if let Some(entry) = book.entries.get(at) {
                out.detail(&format!("{}.", entry.title.trim_end_matches('.')), &Sheet::entry(library, entry));
            }
        }
        None => {}
    }
}

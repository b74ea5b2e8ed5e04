//! The view of the journal: the search line, the entries with highlighted matches, and the marked entry in full.

use super::{JournalRow, Listing};
use crate::app::model::Model;
use crate::app::view::{Body, Highlight, Lines, ListView, Number, PageView, RowTone, RowView, Rows, SearchView, View};
use crate::domain::{By, Day, Entry, EntryKind, Journal, Sheet, count, short_day, truncate};
use crate::search::{Found, Hit, journal_field};

const HINT: &str = "type words, or theme:flex, code:FL-5, kind:example, by:coach, on:nov";
const TEACH: [&str; 2] = [
    "Type words, or theme:flex, code:FL-5, kind:example, by:coach, on:nov. Leave the line empty to list everything.",
    "Type a number to read that entry in full. Type \":open\" to see it where you wrote it.",
];
/// Characters shown before the first match in a row.
const BEFORE_MATCH: usize = 16;
/// Most characters of an entry's text in a row: on screen, and in plain mode.
const SHOWN: usize = 240;
const TOLD: usize = 80;

pub(super) fn view(model: &Model) -> View<'_> {
    let own = &model.person.journal;
    let search = Some(SearchView { label: "Journal: ", typed: &own.query, hint: HINT });
    let Some(book) = model.journal() else {
        return View { search, ..View::waiting("Journal", "Opening the journal\u{2026}") };
    };
    let found = own.found.as_ref();
    let rows = Rows::new(model.journal_rows(), move |at| {
        let hit = found.and_then(|found| found.hits.get(at));
        model.journal_row(at).map(|(book, at)| row(book, at, own.listing, found, hit)).unwrap_or_default()
    });
    let list = ListView {
        highlight: found.map_or(Highlight::Nothing, Highlight::Found),
        ..ListView::new("What you wrote", own.row, rows).with("Full entry", detail(model, book))
    };
    View {
        about: model.about_journal(book),
        about_is_shown: true,
        search,
        scroll: own.scroll,
        lines: Lines { number: Number::Reads, teach: TEACH.to_vec(), ..Lines::default() },
        ..View::new("Journal", Body::list(list))
    }
}

fn row(book: &Journal, row: JournalRow, listing: Listing, found: Option<&Found>, hit: Option<&Hit>) -> RowView {
    let view = match row {
        JournalRow::Behaviour(at) => {
            let Some(row) = book.gathered.get(at) else { return RowView::default() };
            let entries = row.entries.len();
            let note = match (entries, row.is_focus) {
                (0, _) => "in focus set, nothing yet".to_owned(),
                (n, true) => format!("in focus set, {n}"),
                (n, false) => n.to_string(),
            };
            let focus = if row.is_focus { ", in the focus set" } else { "" };
            let told = format!("Behaviour {}{focus}: {}.", row.title, count(entries, "entry", "entries"));
            let mark = if row.is_focus { "* " } else { "  " };
            RowView { tone: RowTone::Heading, note, told, ..RowView::of(format!("{mark}{}", row.title)) }
        }
        JournalRow::Entry(at) => {
            let Some(own) = book.entries.get(at) else { return RowView::default() };
            // Entries are indented below their behaviour.
            let indent = if listing == Listing::Evidence { 4 } else { 0 };
            RowView { indent, ..entry(own, book.today, found, hit) }
        }
    };
    RowView { note_stays: true, ..view }
}

fn entry(entry: &Entry, today: Day, found: Option<&Found>, hit: Option<&Hit>) -> RowView {
    let (short, full) = match (entry.private, entry.by) {
        (true, _) => ("PRIVATE ", "PRIVATE, "),
        (false, Some(By::Coach)) => ("coach: ", "by the coach, "),
        (false, Some(By::Other)) => ("other: ", "by another person, "),
        _ => ("", ""),
    };
    let what = match entry.kind {
        EntryKind::Answer => entry.title.split(' ').next().unwrap_or_default(),
        EntryKind::Note | EntryKind::Action | EntryKind::Reason => entry.title.as_str(),
    };
    let kind = match entry.kind {
        EntryKind::Answer if entry.has_example() => "answer with an example",
        kind => kind.id(),
    };
    let or_rated = |words: String| if words.is_empty() { entry.rated.clone() } else { words };
    let written = entry.texts.first().map(|quote| quote.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let written = or_rated(written.map(|words| beginning(&words)).unwrap_or_default());
    let elsewhere = hit.filter(|hit| hit.score > 0.0).map_or("", |hit| journal_field(hit.field));
    let note = match (elsewhere, entry.kind) {
        ("", EntryKind::Answer) if entry.has_example() => "example",
        ("", kind) => kind.id(),
        (elsewhere, _) => elsewhere,
    };
    let day = short_day(entry.on, today);
    RowView {
        note: note.to_owned(),
        // A column of its own, so that the text of a longer entry stands apart from the days.
        code: format!("{day:<11}"),
        told: format!("{day}, {full}{kind}, {}: {written}", entry.title),
        ..RowView::of(format!("{short}{what}  {}", or_rated(snippet(entry, found))))
    }
}

/// Returns one line of the entry's text, starting a little before the first match.
fn snippet(entry: &Entry, found: Option<&Found>) -> String {
    let texts = || entry.texts.iter().map(|quote| quote.text.as_str());
    let hit = found
        .and_then(|found| texts().find_map(|text| found.highlights(text).first().map(|range| (text, range.start))));
    let (text, at) = hit.or_else(|| texts().next().map(|text| (text, 0))).unwrap_or_default();
    let before = text.get(..at).unwrap_or("");
    // Start at the beginning of a word, so that no grapheme is cut.
    let near = before.chars().count().saturating_sub(BEFORE_MATCH);
    let from = before.char_indices().nth(near).map_or(0, |(at, _)| at);
    let mut spaces = before.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    let from = if near == 0 { 0 } else { spaces.find(|at| *at >= from).unwrap_or(at) };
    let lead = if from > 0 { "\u{2026}" } else { "" };
    let shown: String = text.get(from..).unwrap_or("").chars().take(SHOWN).collect();
    format!("{lead}{}", shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns the first words, with an ellipsis if the text is longer.
fn beginning(words: &str) -> String {
    let fits = |end: &usize| words.get(..*end).is_some_and(|text| text.chars().count() <= TOLD);
    let ends = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]);
    match ends.take_while(fits).last() {
        Some(end) if end < words.len() => format!("{}\u{2026}", words.get(..end).unwrap_or(words)),
        Some(_) => words.to_owned(),
        // A single word longer than the limit is cut.
        None => truncate(words, TOLD),
    }
}

/// Returns the detail: the marked row in full, or why there is none.
fn detail(model: &Model, book: &Journal) -> PageView {
    let journal = &model.person.journal;
    let row = model.journal_row(journal.row).filter(|_| model.journal_rows() > 0);
    match (row, &model.shell.library) {
        (Some((_, JournalRow::Behaviour(at))), _) => {
            let row = book.gathered.get(at);
            row.map(|row| PageView::new(&row.title, Sheet::gathered(book, row))).unwrap_or_default()
        }
        (Some((_, JournalRow::Entry(at))), Some(library)) => {
            let entry = book.entries.get(at);
            entry.map(|entry| PageView::new(&entry.title, Sheet::entry(library, entry))).unwrap_or_default()
        }
        _ => nothing(model),
    }
}

fn nothing(model: &Model) -> PageView {
    let mut sheet = Sheet::default();
    if model.person.journal.is_asked() {
        sheet.text("No results. Try a shorter or different word.");
        return PageView::untitled(sheet);
    }
    if model.person.journal.listing == Listing::Evidence {
        sheet.text("New entries will appear here, grouped by behaviour.");
        return PageView::new("Nothing gathered yet", sheet);
    }
    sheet.text("Everything you write appears here, newest first.");
    PageView::new("You have not written anything yet", sheet)
}

//! Journal: the search line, entries with the letters that matched, the marked one whole; and a session that has ended.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::chrome::draw_rows;
use super::entry::entry;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{Titles, panes};
use crate::app::{JournalRow, Listing, Model};
use crate::config::Role;
use crate::domain::{Day, Entry, EntryKind, Journal, Sheet, short_day};
use crate::search::{Found, Hit, journal_field};

const HINT: &str = "type words, or theme:flex, code:FL-5, kind:example, by:coach, on:nov";
/// Letters in front of the first match of a row.
const BEFORE_MATCH: usize = 16;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [line, word, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let query = |canvas: &mut Canvas<'_>| entry("Journal: ", &model.person.journal.query, HINT, paint, canvas, line);
    let Some(book) = model.journal() else {
        canvas.render_widget(Paragraph::new(paint.span(Role::Note, "Opening the journal\u{2026}")), word);
        return query(canvas);
    };
    let words = fit(&model.about_journal(book), usize::from(word.width));
    canvas.render_widget(Paragraph::new(paint.span(Role::Note, words)), word);
    let rows = model.journal_rows();
    if rows == 0 {
        nothing(model, paint, canvas, body);
        return query(canvas);
    }
    let places = panes(Titles::two("What was written", "Whole"), rows, paint, canvas, body);
    let (list, detail) = (places.list, places.detail);
    let found = model.person.journal.found.as_ref();
    let indent = if model.person.journal.listing == Listing::Evidence { "    " } else { "" };
    draw_rows(canvas, list, model.person.journal.row, rows, |at| {
        let Some((book, row)) = model.journal_row(at) else { return Line::default() };
        let looks =
            Row { found, indent, marked: at == model.person.journal.row, paint, width: usize::from(list.width) };
        looks.line(book, row, found.and_then(|found| found.hits.get(at)))
    });
    draw_detail(model, book, paint, canvas, detail);
    // Last, so that the terminal's cursor stands where letters appear.
    query(canvas);
}

/// What a row is made with.
struct Row<'a> {
    found: Option<&'a Found>,
    /// Entries stand below a behaviour.
    indent: &'static str,
    marked: bool,
    paint: Painter,
    width: usize,
}

impl Row<'_> {
    fn line(&self, book: &Journal, row: JournalRow, hit: Option<&Hit>) -> Line<'static> {
        match row {
            JournalRow::Behaviour(at) => {
                let Some(row) = book.gathered.get(at) else { return Line::default() };
                let mark = if row.is_focus { "* " } else { "  " };
                let note = match (row.entries.len(), row.is_focus) {
                    (0, _) => "focus, nothing yet".to_owned(),
                    (n, true) => format!("focus, {n}"),
                    (n, false) => n.to_string(),
                };
                self.made(Role::Heading, &format!("{mark}{}", row.title), &note)
            }
            JournalRow::Entry(at) => {
                book.entries.get(at).map(|entry| self.entry(entry, book.today, hit)).unwrap_or_default()
            }
        }
    }

    fn entry(&self, entry: &Entry, today: Day, hit: Option<&Hit>) -> Line<'static> {
        let who = match (entry.private, entry.by) {
            (true, _) => "PRIVATE ",
            (false, Some(crate::domain::By::Coach)) => "coach: ",
            (false, Some(crate::domain::By::Other)) => "other: ",
            _ => "",
        };
        let what = match entry.kind {
            EntryKind::Answer => entry.title.split(' ').next().unwrap_or_default().to_owned(),
            EntryKind::Note | EntryKind::Action | EntryKind::Reason => entry.title.clone(),
        };
        let text = match self.snippet(entry) {
            words if words.is_empty() => entry.rated.clone(),
            words => words,
        };
        let elsewhere = hit.filter(|hit| hit.score > 0.0).map_or("", |hit| journal_field(hit.field));
        let note = match (elsewhere, entry.kind) {
            ("", EntryKind::Answer) if entry.has_example() => "example",
            ("", kind) => kind.id(),
            (elsewhere, _) => elsewhere,
        };
        let day = short_day(entry.on, today);
        self.made(Role::Body, &format!("{}{day:<11} {who}{what}  {text}", self.indent), note)
    }

    /// One line of what was written, from a little before the first letters that matched.
    fn snippet(&self, entry: &Entry) -> String {
        let texts = || entry.texts.iter().map(|quote| quote.text.as_str());
        let hit = self
            .found
            .and_then(|found| texts().find_map(|text| found.highlights(text).first().map(|range| (text, range.start))));
        let (text, at) = hit.or_else(|| texts().next().map(|text| (text, 0))).unwrap_or_default();
        let before = text.get(..at).unwrap_or("");
        // From the beginning of a word on, so that no character is taken apart.
        let near = before.chars().count().saturating_sub(BEFORE_MATCH);
        let from = before.char_indices().nth(near).map_or(0, |(at, _)| at);
        let mut spaces = before.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
        let from = if near == 0 { 0 } else { spaces.find(|at| *at >= from).unwrap_or(at) };
        let lead = if from > 0 { "\u{2026}" } else { "" };
        let shown: String = text.get(from..).unwrap_or("").chars().take(self.width).collect();
        format!("{lead}{}", shown.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn made(&self, role: Role, text: &str, note: &str) -> Line<'static> {
        let lead = if self.marked { "> " } else { "  " };
        let role = if self.marked { Role::Marked } else { role };
        let room = self.width.saturating_sub(note.len() + 3);
        let text = fit(&format!("{lead}{text}"), room);
        let hits = self.found.map(|found| found.highlights(&text)).unwrap_or_default();
        let left = self.paint.marked(role, &text, &hits);
        spread(left, vec![self.paint.span(Role::Note, note.to_owned()), Span::raw(" ")], self.width)
    }
}

fn draw_detail(model: &Model, book: &Journal, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(library) = &model.shell.library else { return };
    let found = model.person.journal.found.as_ref();
    let mut page = Page::new(paint, area.width).marking(found);
    match model.journal_row(model.person.journal.row) {
        Some((_, JournalRow::Behaviour(at))) => {
            if let Some(row) = book.gathered.get(at) {
                page.text(Role::Title, &row.title);
                page.sheet(&Sheet::gathered(book, row));
            }
        }
        Some((_, JournalRow::Entry(at))) => {
            if let Some(entry) = book.entries.get(at) {
                page.text(Role::Title, &entry.title);
                page.sheet(&Sheet::entry(library, entry));
            }
        }
        None => return,
    }
    page.draw(canvas, area, model.person.journal.scroll);
}

fn nothing(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut page = Page::new(paint, area.width);
    if model.person.journal.is_asked() {
        page.text(Role::Body, "Nothing is found. Try fewer letters, or another word for it.");
    } else if model.person.journal.listing == Listing::Evidence {
        page.text(Role::Heading, "Nothing gathered yet");
        page.gap();
        page.text(Role::Body, "What is written from now on stands here by behaviour, the focus set first.");
    } else {
        page.text(Role::Heading, "Nothing written yet");
        page.gap();
        page.text(Role::Body, "Every answer, note and word about an action will be here, newest first.");
    }
    page.draw(canvas, area, 0);
}

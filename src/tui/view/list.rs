//! A list and the details of its marked row.

use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::canvas::Canvas;
use super::super::chrome::draw_rows;
use super::super::page::Page;
use super::super::paint::{fit, spread};
use super::super::panes::{Titles, is_wide, panes};
use super::super::web;
use super::parts::ratings;
use super::{Look, cut};
use crate::app::{
    Area, CODE_COLUMN, Highlight, Hit, ListLayout, ListView, Mark, On, PageView, RowTone, RowView, WebView,
};
use crate::config::Role;
use crate::domain::places_of;

/// Maximum width of a row in cells, so that the eye can follow it from the text to the note at its right end.
const WIDEST_ROW: u16 = 110;
/// Width in cells of the code at the start of a row.
const CODE: usize = 6;
/// Width in cells of the first column of a table. A longer text pushes the next column to the right.
const NAME: usize = 18;
/// Maximum number of ratings in the sparkline of a row.
const MOST_RATINGS: usize = 6;
/// Height in rows below which the text under a list is left out.
const FEWEST_BELOW: u16 = 5;
/// Size of a chart: its height in rows below the text (`BELOW`), its width in cells beside the text (`ASIDE`).
const BELOW: u16 = 17;
const ASIDE: u16 = 34;

impl Look<'_> {
    pub(super) fn list(self, list: &ListView<'_>, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        match list.layout {
            // The detail says why there are no rows.
            _ if list.rows.is_empty() && list.layout != ListLayout::DetailFirst => {
                self.whole(&list.detail, area.width).draw(canvas, area, 0);
            }
            ListLayout::Panes(percent) => self.panes(list, percent, scroll, canvas, area),
            ListLayout::ListFirst if is_wide(area) => self.panes(list, 50, scroll, canvas, area),
            ListLayout::ListFirst => self.list_first(list, canvas, area),
            ListLayout::DetailFirst => self.detail_first(list, scroll, canvas, area),
            ListLayout::RowsOnly => self.rows(list, canvas, area),
            ListLayout::Wrapped => self.wrapped(list, canvas, area),
            ListLayout::Table => self.table(list, canvas, area),
        }
    }

    /// Draws the rows, the details of the marked row and, where there is room, a third pane.
    fn panes(self, list: &ListView<'_>, percent: u16, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        let third = list.third.as_ref().map_or("", |third| third.title);
        let titles = Titles { third, percent, ..Titles::two(list.title, &list.detail_title) };
        let places = panes(titles, list.rows.len(), self.paint, canvas, area);
        let mut detail = &list.detail;
        if let (Some(area), Some(third)) = (places.third, &list.third) {
            let mut page = Page::new(self.paint, area.width);
            self.parts(&third.page.parts, &mut page);
            page.beside(canvas, area);
            detail = &third.detail;
            canvas.view.beside = true;
        }
        let below = list.third.as_ref().filter(|third| third.else_below && places.third.is_none());
        let room = self.picture(list.web.as_ref(), canvas, places.detail);
        let mut page = self.detail(list, detail, room.width);
        if let Some(third) = below {
            page.gap();
            page.text(Role::Heading, third.title);
            self.parts(&third.page.parts, &mut page);
        }
        if list.layout == ListLayout::ListFirst {
            page.beside(canvas, room);
        } else {
            page.draw(canvas, room, scroll);
        }
        // Side by side the list is narrow; where there is room, notes stand under their rows.
        let needed = u16::try_from(2 * list.rows.len()).unwrap_or(u16::MAX);
        if is_wide(area)
            && needed <= places.list.height
            && (0..list.rows.len()).all(|at| list.rows.get(at).ratings.is_none())
        {
            self.tall_rows(list, canvas, places.list);
        } else {
            self.rows(list, canvas, places.list);
        }
    }

    /// Draws every row with its note in a second line. All of them fit into the area.
    fn tall_rows(self, list: &ListView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let width = usize::from(area.width);
        for at in 0..list.rows.len() {
            let row = list.rows.get(at);
            let y = area.y.saturating_add(u16::try_from(2 * at).unwrap_or(u16::MAX));
            let place = Rect { y, height: 1, ..area };
            let lead =
                2 + usize::from(row.indent) + mark(row.mark, at).width() + if row.code.is_empty() { 0 } else { CODE };
            let mut first = self.row(list, &RowView { note: String::new(), ..row.clone() }, at, width);
            if let Some(span) = first.spans.first().filter(|_| at == list.marked) {
                first.style = span.style;
            }
            let note = fit(&row.note, width.saturating_sub(lead));
            let second = vec![Span::raw(" ".repeat(lead)), self.paint.span(Role::Note, note)];
            canvas.render_widget(Paragraph::new(first), place);
            canvas.render_widget(Paragraph::new(Line::from(second)), Rect { y: y.saturating_add(1), ..place });
            let on = On::Row { row: at, marked: at == list.marked };
            canvas.view.hits.push(Hit { area: Area { x: area.x, y, width: area.width, height: 2 }, on });
            if at == list.marked {
                canvas.set_cursor_position((area.x, y));
            }
        }
    }

    fn detail<'a>(self, list: &'a ListView<'_>, detail: &PageView, width: u16) -> Page<'a> {
        let mut page = Page::new(self.paint, width);
        if let Highlight::Found(found) = &list.highlight {
            page = page.marking(Some(found));
        }
        // Not repeated where it is already the title of the pane.
        if !detail.title.is_empty() && detail.title != list.detail_title {
            page.text(Role::Title, &detail.title);
        }
        self.parts(&detail.parts, &mut page);
        page
    }

    /// Draws all rows and, where there is room, the text about the whole list below them.
    fn list_first(self, list: &ListView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let wanted = u16::try_from(list.rows.len()).unwrap_or(u16::MAX);
        let (title, rest) = cut(area, u16::from(wanted < area.height));
        canvas.render_widget(Paragraph::new(self.paint.span(Role::Heading, list.title)), title);
        let (rows, rest) = cut(rest, wanted);
        self.rows(list, canvas, rows);
        if let Some(third) = list.third.as_ref().filter(|third| third.else_below && rest.height >= FEWEST_BELOW) {
            let mut page = Page::new(self.paint, rest.width);
            page.line(Line::default());
            page.text(Role::Heading, third.title);
            self.parts(&third.page.parts, &mut page);
            page.lines.truncate(usize::from(rest.height));
            canvas.render_widget(Paragraph::new(page.lines), rest);
        }
    }

    /// Draws a few rows, and below them the page, which takes most of the height.
    fn detail_first(self, list: &ListView<'_>, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        let most = (area.height / 4).max(2);
        let rows = u16::try_from(list.rows.len().max(1)).unwrap_or(u16::MAX).min(most);
        let (rows, rest) = cut(area, rows);
        let (_, body) = cut(rest, 1);
        self.detail(list, &list.detail, body.width).draw(canvas, body, scroll);
        self.rows(list, canvas, rows);
    }

    fn rows(self, list: &ListView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let area = Rect { width: area.width.min(WIDEST_ROW), ..area };
        let width = usize::from(area.width);
        draw_rows(canvas, area, list.marked, list.rows.len(), |at| self.row(list, &list.rows.get(at), at, width));
    }

    fn row(self, list: &ListView<'_>, row: &RowView, at: usize, width: usize) -> Line<'static> {
        let marked = at == list.marked;
        let role = match (row.tone, row.mark) {
            _ if marked => Role::Marked,
            (RowTone::Bad, _) => Role::Bad,
            (_, Mark::Urgent) => Role::Urgent,
            (RowTone::Heading, _) => Role::Heading,
            (RowTone::Good, _) => Role::Good,
            (RowTone::Plain, _) => Role::Body,
            (RowTone::Off, _) => Role::Note,
        };
        let lead =
            format!("{}{}{}", if marked { "> " } else { "  " }, " ".repeat(row.indent.into()), mark(row.mark, at));
        let code = if row.code.is_empty() { String::new() } else { format!("{:<CODE$}", format!("{} ", row.code)) };
        let mut note = row.note.clone();
        if let Some(of) = &row.ratings {
            note = format!("{note} {:<MOST_RATINGS$}", ratings(of, MOST_RATINGS));
        }
        let room = if note.is_empty() || !row.note_stays { width } else { width.saturating_sub(note.width() + 3) };
        let text = fit(&row.text, room.saturating_sub(lead.width() + code.width()));
        let hits = match &list.highlight {
            Highlight::Nothing => Vec::new(),
            Highlight::Found(found) => found.highlights(&text),
            Highlight::Words(words) => apart(words.iter().flat_map(|word| places_of(&text, word)).collect()),
        };
        let mut left = vec![self.paint.span(role, lead)];
        if !code.is_empty() {
            left.push(self.paint.span(if marked { role } else { Role::Label }, code));
        }
        left.extend(self.paint.marked(role, &text, &hits));
        let right = if note.is_empty() { Vec::new() } else { vec![self.paint.span(Role::Note, note), Span::raw(" ")] };
        spread(left, right, width)
    }

    /// Draws rows in three columns: what is done, its keys, and a sentence about it.
    fn table(self, list: &ListView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let width = usize::from(area.width.min(WIDEST_ROW));
        draw_rows(canvas, area, list.marked, list.rows.len(), |at| {
            let row = list.rows.get(at);
            let (text, code, note) = match row.tone {
                _ if at == list.marked => (Role::Marked, Role::Marked, Role::Marked),
                RowTone::Off => (Role::Body, Role::Note, Role::Note),
                _ => (Role::Title, Role::Key, Role::Body),
            };
            let lead = if at == list.marked { "> " } else { "  " };
            let left = vec![
                self.paint.span(text, format!("{:<NAME$} ", format!("{lead}{}", row.text))),
                self.paint.span(code, format!("{:<CODE_COLUMN$}", row.code)),
                self.paint.span(note, row.note),
            ];
            spread(left, Vec::new(), width)
        });
    }

    /// Draws rows whose texts are shown in full, wrapped, scrolled so that the marked row is visible.
    fn wrapped(self, list: &ListView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let mut page = Page::new(self.paint, area.width);
        let mut marked_from = 0;
        for at in 0..list.rows.len() {
            let (row, marked) = (list.rows.get(at), at == list.marked);
            if marked {
                marked_from = page.lines.len();
            }
            let lead = format!("{}{}", if marked { "> " } else { "  " }, mark(row.mark, at));
            let role = if marked { Role::Marked } else { Role::Body };
            page.paragraph(&lead, role, role, &row.text);
        }
        let scroll = (marked_from + 3).saturating_sub(usize::from(area.height));
        page.draw(canvas, area, u16::try_from(scroll).unwrap_or(0));
        let row = u16::try_from(marked_from.saturating_sub(scroll)).unwrap_or(0).min(area.height.saturating_sub(1));
        canvas.set_cursor_position((area.x, area.y + row));
    }

    /// Draws the chart of the details where there is room. Returns the area that remains for the text.
    fn picture(self, picture: Option<&WebView>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        match picture {
            Some(picture) if area.height >= 2 * BELOW => {
                let [text, _, below] =
                    Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(BELOW)])
                        .areas(area);
                let [left, _, right] =
                    Layout::horizontal([Constraint::Percentage(56), Constraint::Length(2), Constraint::Fill(1)])
                        .areas(below);
                web::draw(picture, self.paint, canvas, left);
                web::numbers(picture, self.paint, canvas, right);
                text
            }
            Some(picture) if picture.is_about_all && area.width >= ASIDE + 40 && area.height >= 9 => {
                let [text, _, right] =
                    Layout::horizontal([Constraint::Fill(1), Constraint::Length(2), Constraint::Length(ASIDE)])
                        .areas(area);
                web::draw(picture, self.paint, canvas, right);
                text
            }
            _ => area,
        }
    }
}

fn mark(mark: Mark, at: usize) -> String {
    match mark {
        Mark::None => String::new(),
        Mark::Number => format!("{}. ", at + 1),
        Mark::Urgent => "! ".to_owned(),
        Mark::Open => "\u{25cb} ".to_owned(),
        Mark::Done => "\u{2713} ".to_owned(),
        Mark::Dropped => "\u{00d7} ".to_owned(),
        Mark::Ticked(true) => "[x] ".to_owned(),
        Mark::Ticked(false) => "[ ] ".to_owned(),
        Mark::Unfolded(true) => "\u{25be} ".to_owned(),
        Mark::Unfolded(false) => "\u{25b8} ".to_owned(),
        Mark::Letter(letter) => format!("{letter} "),
    }
}

/// Sorts ranges by their start and drops those that overlap an earlier one.
fn apart(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    places.retain(|place| {
        let kept = place.start >= end;
        end = if kept { place.end } else { end };
        kept
    });
    places
}

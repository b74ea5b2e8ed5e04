//! Text pages: a sheet wrapped to a width and drawn from a scroll offset, with a note of how many lines there are above
//! and below.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};
use unicode_width::UnicodeWidthStr;

use super::more::More;
use super::paint::Painter;
use crate::app::wrap;
use crate::config::Role;
use crate::domain::{Block, Sheet};
use crate::search::Found;

/// Maximum width of a line in cells; longer lines are hard to read.
const MOST_CELLS: usize = 96;

/// A page under construction, as lines already wrapped.
pub(super) struct Page<'a> {
    paint: Painter,
    width: usize,
    found: Option<&'a Found>,
    /// Whether titles beside a chart are never cut.
    pub(super) is_whole: bool,
    /// The text of the page without the line breaks that wrapping adds.
    said: String,
    pub(super) lines: Vec<Line<'static>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(paint: Painter, width: u16) -> Self {
        Self {
            paint,
            width: usize::from(width).clamp(8, MOST_CELLS),
            found: None,
            is_whole: true,
            said: String::new(),
            lines: Vec::new(),
        }
    }

    /// Returns the width of a line in cells.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn span(&self, role: Role, text: String) -> Span<'static> {
        self.paint.span(role, text)
    }

    /// Highlights the matches of a search in the paragraphs added from here on.
    pub(super) fn marking(mut self, found: Option<&'a Found>) -> Self {
        self.found = found;
        self
    }

    /// Adds a wrapped paragraph. Rows after the first are indented by the width of `lead`, at most half of the page.
    pub(super) fn paragraph(&mut self, lead: &str, lead_role: Role, role: Role, text: &str) {
        self.said.extend([lead, text, "\n"]);
        let indent = lead.width().min(self.width / 2);
        let hits = self.found.map(|found| found.highlights(text)).unwrap_or_default();
        for (at, row) in wrap(text, self.width - indent).into_iter().enumerate() {
            let Some(piece) = text.get(row.clone()).map(str::trim_end) else { continue };
            let end = row.start + piece.len();
            let inside: Vec<std::ops::Range<usize>> = hits
                .iter()
                .filter(|hit| hit.start < end && hit.end > row.start)
                .map(|hit| hit.start.max(row.start) - row.start..hit.end.min(end) - row.start)
                .collect();
            let first = if at == 0 { lead.to_owned() } else { " ".repeat(indent) };
            let mut spans = vec![self.paint.span(lead_role, first)];
            spans.extend(self.paint.marked(role, piece, &inside));
            self.lines.push(Line::from(spans));
        }
    }

    pub(super) fn text(&mut self, role: Role, text: &str) {
        self.paragraph("", Role::Body, role, text);
    }

    pub(super) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
            self.said.push('\n');
        }
    }

    /// Adds a line made of spans, which is not wrapped.
    pub(super) fn line(&mut self, line: Line<'static>) {
        self.said.extend(line.spans.iter().map(|span| span.content.as_ref()));
        self.said.push('\n');
        self.lines.push(line);
    }

    /// Adds a whole sheet, with a blank line above each heading.
    pub(super) fn sheet(&mut self, sheet: &Sheet) {
        for block in &sheet.blocks {
            match block {
                Block::Heading(text) => {
                    self.gap();
                    self.text(Role::Heading, text);
                }
                Block::Text(text) => self.text(Role::Body, text),
                Block::Note(text) => self.text(Role::Note, text),
                Block::Point(text) => self.paragraph("\u{2022} ", Role::Label, Role::Body, text),
                Block::Pair(word, text) => self.paragraph(&format!("{word}: "), Role::Label, Role::Body, text),
            }
        }
    }

    /// Draws as much as fits, without scrolling, beside the page that scrolls. The last row says how many lines are
    /// left out.
    pub(super) fn beside(mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let width = self.width;
        let shown = self.shown(area.height, 0, width);
        canvas.render_widget(Text::from(shown), area);
    }

    /// Draws from the row `scroll` on, counted from 0. If not all of it fits, the last row says how many lines there are
    /// above and below.
    pub(super) fn draw(mut self, canvas: &mut Canvas<'_>, area: Rect, scroll: u16) {
        canvas.view.page_text.push_str(&self.said);
        let (rows, most) = self.scrolls(area.height);
        canvas.view.page_rows = u16::try_from(rows).unwrap_or(area.height);
        canvas.view.page_most = u16::try_from(most).unwrap_or(u16::MAX);
        let width = self.width;
        let shown = self.shown(area.height, usize::from(scroll), width);
        canvas.render_widget(Text::from(shown), area);
    }

    /// Returns how many lines are shown at a time in an area of this height, and the largest scroll offset.
    pub(super) fn scrolls(&self, height: u16) -> (usize, usize) {
        let height = usize::from(height);
        if self.lines.len() <= height {
            return (height, 0);
        }
        let rows = height.saturating_sub(1).max(1);
        (rows, self.lines.len() - rows)
    }

    /// Takes the lines that are shown from the row `scroll` on, with the sign of what is cut.
    fn shown(&mut self, height: u16, scroll: usize, width: usize) -> Vec<Line<'static>> {
        let (rows, most) = self.scrolls(height);
        let from = scroll.min(most);
        let more = More { above: from, below: self.lines.len().saturating_sub(from + rows) };
        let mut shown: Vec<Line<'static>> = self.lines.drain(..).skip(from).take(rows).collect();
        if most > 0 {
            shown.truncate(usize::from(height).saturating_sub(1));
            shown.push(more.line(self.paint, width));
        }
        shown
    }
}

/// Returns the area for a short text: centred horizontally, and vertically a little above the middle.
pub(super) fn centred(area: Rect, width: u16, rows: usize) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(area.height).min(area.height);
    let [_, middle, _] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(rows), Constraint::Fill(2)]).areas(area);
    let [_, inner, _] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(width), Constraint::Fill(1)]).areas(middle);
    inner
}

//! Draws a [`View`]: what is above its body, and its page, list, points, texts or fields.

mod list;
mod parts;
mod points;
mod row;
mod secret;
mod writing;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::entry::entry;
use super::page::{Page, centred};
use super::paint::{Painter, fit, spread};
use super::panes::{beside, is_wide, titled};
use crate::app::{Body, Model, PageView, StepsView, View, WIDEST};
use crate::config::Role;

/// Height in rows from which the steps may take two lines.
const TALL: u16 = 14;

/// The model and the painter with which a view is drawn.
#[derive(Clone, Copy)]
struct Look<'a> {
    model: &'a Model,
    paint: Painter,
}

pub(super) fn draw(view: &View<'_>, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let look = Look { model, paint };
    let area = look.first(view, canvas, area);
    let (area, search) = look.above(view, canvas, area);
    let area = look.beside(view, canvas, area);
    match &view.body {
        Body::Page(page) => look.page(page, view.scroll, canvas, area),
        Body::List(list) => look.list(list, view.scroll, canvas, area),
        Body::Points(points) => look.points(points, view.scroll, canvas, area),
        Body::Writing(writing) => look.writing(writing, view, canvas, area),
        Body::Form(form) => look.form(form, canvas, area),
        Body::Secret(secret) => look.secret(secret, canvas, area),
    }
    // Last, so that the terminal's cursor is where typed text appears.
    if let (Some(search), Some(row)) = (&view.search, search) {
        entry(search.label, search.typed, search.hint, paint, canvas, row);
    }
}

/// Splits an area into its first `rows` rows and the rest.
fn cut(area: Rect, rows: u16) -> (Rect, Rect) {
    let [upper, rest] = Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(area);
    (upper, rest)
}

impl Look<'_> {
    /// Draws the notices that come first, in at most half of the height, and returns the remaining area. Where they are
    /// cut, a note refers to the page that shows them in full.
    fn first(self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        if view.first.is_empty() {
            return area;
        }
        let mut page = Page::new(self.paint, area.width.min(WIDEST));
        for notice in &view.first {
            page.gap();
            page.text(Role::Urgent, &format!("! {}", notice.title));
            self.parts(&notice.parts, &mut page);
        }
        let most = (area.height / 2).saturating_sub(1);
        let is_cut = page.lines.len() > usize::from(most);
        page.lines.truncate(usize::from(if is_cut { most.saturating_sub(1) } else { most }));
        if is_cut {
            page.text(Role::Note, &self.model.keyed(view.first_more));
        }
        let height = u16::try_from(page.lines.len()).unwrap_or(most).min(most);
        let (notice, rest) = cut(area, height);
        canvas.render_widget(Paragraph::new(page.lines), notice);
        cut(rest, 1).1
    }

    /// Draws the title, the steps and the text above the body, and reserves a row for the search line. Returns the
    /// remaining area and the row of the search line.
    fn above(self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) -> (Rect, Option<Rect>) {
        let (mut rest, mut search) = (area, None);
        let width = usize::from(area.width);
        let mut row = |canvas: &mut Canvas<'_>, line: Line<'static>| {
            let (row, below) = cut(rest, 1);
            canvas.render_widget(Paragraph::new(line), row);
            rest = below;
            row
        };
        if let Some(title) = &view.title {
            let left = if title.is_turn {
                self.paint.span(Role::Tab, format!(" {} ", title.text))
            } else {
                self.paint.span(Role::Title, title.text.clone())
            };
            row(canvas, spread(vec![left], vec![self.paint.span(Role::Note, title.note.clone())], width));
        }
        if let Some(steps) = &view.steps {
            let most = if area.height < TALL { 1 } else { 2 };
            for line in self.steps(steps, width, most) {
                row(canvas, line);
            }
        }
        if view.search.is_some() {
            search = Some(row(canvas, Line::default()));
        }
        if view.about_is_shown {
            let words = fit(&self.model.keyed(&view.about), width);
            row(canvas, Line::from(self.paint.span(Role::Note, words)));
        } else if view.search.is_some() || view.steps.is_some() || (view.title.is_some() && view.head.is_empty()) {
            row(canvas, Line::default());
        }
        if !view.head.is_empty() {
            let mut page = Page::new(self.paint, area.width);
            self.parts(&view.head, &mut page);
            let most = (rest.height / 2).max(3);
            let height = u16::try_from(page.lines.len() + 1).unwrap_or(most).min(most);
            page.lines.truncate(usize::from(height));
            let (head, below) = cut(rest, height);
            canvas.render_widget(Paragraph::new(page.lines), head);
            rest = below;
        }
        (rest, search)
    }

    /// Returns the lines of all steps, with a tick on those that have content. Where they need more than `most` lines,
    /// returns one line with the current step and its position.
    fn steps(self, view: &StepsView, width: usize, most: usize) -> Vec<Line<'static>> {
        let mut lines: Vec<Vec<Span<'static>>> = vec![Vec::new()];
        let mut used = 0;
        for (at, (name, is_filled)) in view.steps.iter().enumerate() {
            let tick = if *is_filled { "\u{2713}" } else { "" };
            let role = match (at == view.at, *is_filled) {
                (true, _) => Role::Tab,
                (false, false) => Role::Body,
                (false, true) => Role::Good,
            };
            let span = self.paint.span(role, format!(" {name}{tick} "));
            let wide = span.content.width();
            if used + wide > width {
                lines.push(Vec::new());
                used = 0;
            }
            used += wide;
            if let Some(line) = lines.last_mut() {
                line.push(span);
            }
        }
        if lines.len() <= most {
            return lines.into_iter().map(Line::from).collect();
        }
        let name = |at: usize| view.steps.get(at).map(|(name, _)| name.as_str());
        let next = name(view.at + 1).map(|next| format!(", then {next}")).unwrap_or_default();
        let place = format!("  {} {} of {}{next}", view.word, view.at + 1, view.steps.len());
        let front = self.paint.span(Role::Tab, format!(" {} ", name(view.at).unwrap_or_default()));
        vec![spread(vec![front, self.paint.span(Role::Note, place)], Vec::new(), width)]
    }

    /// Draws what is being written about in a pane of its own where there is room, so that it stays visible. Returns
    /// the remaining area.
    fn beside(self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        let Some(reading) = view.beside.as_ref().filter(|_| is_wide(area)) else { return area };
        canvas.view.beside = true;
        // The steps above the body say what is on the left.
        let [main, right] = beside([Constraint::Fill(1), Constraint::Percentage(38)], self.paint, canvas, area);
        let inner = titled(&reading.title, Role::Heading, self.paint, canvas, right);
        let mut page = Page::new(self.paint, inner.width);
        self.parts(&reading.parts, &mut page);
        page.beside(canvas, inner);
        main
    }

    fn page(self, view: &PageView, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(card) = view.card else {
            let area = Rect { width: area.width.min(view.widest.unwrap_or(u16::MAX)), ..area };
            return self.whole(view, area.width).draw(canvas, area, scroll);
        };
        let width = area.width.min(card);
        let page = self.whole(view, width);
        let inner = centred(area, width, page.lines.len());
        let at = (inner.x, inner.y);
        canvas.render_widget(Text::from(page.lines), inner);
        canvas.set_cursor_position(at);
    }

    fn whole(self, view: &PageView, width: u16) -> Page<'static> {
        let mut page = Page::new(self.paint, width);
        if !view.title.is_empty() {
            page.text(Role::Title, &view.title);
        }
        self.parts(&view.parts, &mut page);
        page
    }
}

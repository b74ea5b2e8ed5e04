//! Text fields with the questions beside or above them, and forms.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::canvas::Canvas;
use super::super::page::Page;
use super::super::paint::{fit, spread};
use super::super::writing::{writing, written_row};
use super::{Look, cut};
use crate::app::{FieldView, FormView, View, WritingView};
use crate::config::Role;

/// Width in cells from which the questions are beside the text.
const BESIDE: u16 = 110;

impl Look<'_> {
    /// Draws the questions, the text fields, and what was written earlier.
    pub(super) fn writing(self, view: &WritingView<'_>, whole: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let (asks, texts) = self.split(view, whole.beside.is_some(), area);
        let mut page = Page::new(self.paint, asks.width);
        self.parts(&view.asks, &mut page);
        page.draw(canvas, asks, whole.scroll);
        let texts = self.under(view, canvas, texts);
        let small = (texts.height / 3).max(3);
        let share = |field: &FieldView<'_>| if field.here { Constraint::Fill(1) } else { Constraint::Length(small) };
        let areas = Layout::vertical(view.fields.iter().map(share)).split(texts);
        // The field with the caret is drawn last, so that the terminal's cursor is in it.
        for here in [false, true] {
            for (field, area) in view.fields.iter().zip(areas.iter()).filter(|(field, _)| field.here == here) {
                self.field(field, canvas, *area);
            }
        }
    }

    /// Returns the areas of the questions and of the texts.
    fn split(self, view: &WritingView<'_>, is_beside: bool, area: Rect) -> (Rect, Rect) {
        if area.width >= BESIDE && !is_beside && view.most_rows.is_none() {
            let [texts, _, asks] =
                Layout::horizontal([Constraint::Percentage(58), Constraint::Length(2), Constraint::Fill(1)])
                    .areas(area);
            return (asks, texts);
        }
        let mut page = Page::new(self.paint, area.width);
        self.parts(&view.asks, &mut page);
        let blank = usize::from(view.fields.iter().any(|field| !field.label.is_empty()));
        let wanted = u16::try_from(page.lines.len() + blank).unwrap_or(4);
        cut(area, wanted.min(area.height * 2 / 5))
    }

    /// Draws what is below a text of a few rows: why it was rejected, and earlier entries. Returns the area of the
    /// text.
    fn under(self, view: &WritingView<'_>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        let Some(rows) = view.most_rows else { return area };
        let (text, rest) = cut(area, rows + 1);
        let rest = self.problem(&view.problem, canvas, rest);
        let mut page = Page::new(self.paint, area.width);
        self.parts(&view.after, &mut page);
        page.draw(canvas, rest, 0);
        text
    }

    /// Draws in at most three rows why something was not taken. Returns the area below.
    fn problem(self, problem: &str, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        if problem.is_empty() {
            return area;
        }
        let mut page = Page::new(self.paint, area.width);
        page.text(Role::Bad, &format!("! {problem}"));
        let wanted = u16::try_from(page.lines.len()).unwrap_or(1).min(3);
        let (wrong, rest) = cut(area, wanted + 1);
        page.beside(canvas, Rect { height: wanted.min(wrong.height), ..wrong });
        rest
    }

    /// Draws a text field, with its label or its length above it.
    fn field(self, field: &FieldView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let (line, body) = cut(area, 1);
        let width = usize::from(line.width);
        let words = if field.label.is_empty() {
            Line::from(self.paint.span(Role::Note, fit(&field.note, width)))
        } else {
            let lead = if field.here { "> " } else { "  " };
            let role = if field.private { Role::Private } else { Role::Label };
            let left = vec![self.paint.span(role, format!("{lead}{}", field.label))];
            spread(left, vec![self.paint.span(Role::Note, format!("{} ", field.note))], width)
        };
        canvas.render_widget(Paragraph::new(words), line);
        writing(field.text, self.paint, canvas, body);
    }

    /// Draws the fields of a form one below the other, scrolled so that the caret is visible.
    pub(super) fn form(self, form: &FormView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        // In a row of its own, so that it is in sight however long the form is.
        let area = self.problem(&form.problem, canvas, area);
        let mut lines = Vec::new();
        let mut caret = (0, 0);
        let room = usize::from(area.width).saturating_sub(5).max(8);
        for field in &form.fields {
            let (lead, role) = if field.here { ("> ", Role::Title) } else { ("  ", Role::Label) };
            let label = format!("{lead}{}", field.label);
            // A note that does not fit in the row of its label has rows of its own.
            let fits = label.width() + 2 + field.note.width() <= usize::from(area.width);
            let rows = crate::app::wrapped(&label, usize::from(area.width).max(1));
            lines.extend(rows.into_iter().map(|row| Line::from(self.paint.span(role, row.to_owned()))));
            if fits && !field.note.is_empty() {
                let note = self.paint.span(Role::Note, format!("  {}", field.note));
                lines.last_mut().into_iter().for_each(|line| line.push_span(note.clone()));
            } else {
                let rows = crate::app::wrapped(&field.note, room);
                let note = |row: &str| Line::from(self.paint.span(Role::Note, format!("    {row}")));
                lines.extend(rows.into_iter().filter(|row| !row.is_empty()).map(note));
            }
            if field.here {
                let (row, column) = field.text.position(room);
                caret = (4 + column, lines.len() + row);
            }
            for row in field.text.rows(room).iter() {
                let indent = std::iter::once(self.paint.span(Role::Body, "    "));
                lines.push(indent.chain(written_row(field.text, row, self.paint)).collect());
            }
            lines.push(Line::default());
        }
        let skip = (caret.1 + 2).saturating_sub(usize::from(area.height));
        let shown: Vec<Line<'_>> = lines.into_iter().skip(skip).collect();
        canvas.render_widget(Paragraph::new(shown), area);
        let column = u16::try_from(caret.0).unwrap_or(0).min(area.width.saturating_sub(1));
        let row = u16::try_from(caret.1 - skip).unwrap_or(0).min(area.height.saturating_sub(1));
        canvas.set_cursor_position((area.x + column, area.y + row));
    }
}

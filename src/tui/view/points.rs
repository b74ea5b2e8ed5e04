//! The points of a rating scale, below the text that they rate.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::super::canvas::Canvas;
use super::super::chrome::draw_rows;
use super::super::page::Page;
use super::super::paint::{fit, spread};
use super::Look;
use crate::app::{PointView, PointsView};
use crate::config::Role;

/// Width in cells from which the meaning of every point is shown beside it; below, only that of the marked point is
/// shown.
const MEANINGS_BESIDE: usize = 124;

impl Look<'_> {
    /// Draws the text, two lines for the question and the meaning of the marked point, and one row per point. Where
    /// room is short, the text is cut first; it can be scrolled.
    pub(super) fn points(self, view: &PointsView, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        let mut page = Page::new(self.paint, area.width);
        if !canvas.view.beside {
            self.parts(&view.reading, &mut page);
        }
        self.parts(&view.intro, &mut page);
        let most = area.height.saturating_sub(5).max(area.height / 2);
        let rows = u16::try_from(view.points.len()).unwrap_or(u16::MAX).min(most);
        let lines = u16::try_from(page.lines.len()).unwrap_or(u16::MAX);
        let room = area.height.saturating_sub(rows + 2);
        // A blank line before the question, unless it would take one of two lines of text.
        let is_roomy = lines > 0 && room > 2;
        let text = lines.min(room - u16::from(is_roomy));
        let [above, _, question, list, rest] = Layout::vertical([
            Constraint::Length(text),
            Constraint::Length(u16::from(is_roomy)),
            Constraint::Length(2),
            Constraint::Length(rows),
            Constraint::Fill(1),
        ])
        .areas(area);
        page.draw(canvas, above, scroll);
        let width = usize::from(area.width);
        let marked = view.points.get(view.marked).map_or("", |point| point.meaning.as_str());
        let meaning = if width >= MEANINGS_BESIDE { "" } else { marked };
        let asked = vec![
            Line::from(self.paint.span(Role::Heading, fit(&view.question, width))),
            Line::from(self.paint.span(Role::Note, fit(meaning, width))),
        ];
        canvas.render_widget(Paragraph::new(asked), question);
        if !view.after.is_empty() {
            let mut page = Page::new(self.paint, area.width);
            page.line(Line::default());
            self.parts(&view.after, &mut page);
            canvas.render_widget(Paragraph::new(page.lines), rest);
        }
        draw_rows(canvas, list, view.marked, view.points.len(), |at| match view.points.get(at) {
            Some(point) => self.point(point, at, at == view.marked, width),
            None => Line::default(),
        });
    }

    fn point(self, point: &PointView, at: usize, marked: bool, width: usize) -> Line<'static> {
        let lead = if marked { "> " } else { "  " };
        let tick = if point.chosen { "\u{2713}" } else { " " };
        let unmarked = |role| if marked { Role::Marked } else { role };
        let label = unmarked(if point.chosen { Role::Chosen } else { Role::Body });
        let key = match point.instead {
            None => (at + 1).to_string(),
            Some(command) => {
                let hints = self.model.shell.settings.keymap.hints(&self.model.contexts());
                let hint = hints.iter().find(|hint| hint.command == command);
                hint.and_then(|hint| hint.chords.first().map(ToString::to_string)).unwrap_or_default()
            }
        };
        let note = if width >= MEANINGS_BESIDE { point.meaning.clone() } else { String::new() };
        let left = vec![
            self.paint.span(unmarked(Role::Body), lead),
            self.paint.span(unmarked(Role::Key), format!("{key} ")),
            self.paint.span(label, format!("{tick} {:<30}", point.label)),
            Span::raw("  "),
            self.paint.span(Role::Note, note),
        ];
        spread(left, Vec::new(), width)
    }
}

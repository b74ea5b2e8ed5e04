//! The points of a rating scale, drawn as steps with their words, below the text that they rate.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::super::canvas::Canvas;
use super::super::chart::steps;
use super::super::page::Page;
use super::super::paint::fit;
use super::Look;
use crate::app::{Area, Hit, On, PointView, PointsView, wrapped};
use crate::config::Role;

/// Width in cells from which the meaning of every point is shown beside it.
const MEANINGS_BESIDE: usize = 124;
/// Width in cells of the label of a point.
const LABEL: usize = 30;

/// Where the meanings of the points are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meanings {
    /// Only that of the marked point, under the question.
    Marked,
    /// Each beside its point.
    Beside,
    /// Each in a line of its own under its point.
    Under,
}

impl Look<'_> {
    /// Draws the text, two lines for the question and the meaning of the marked point, and the points. Where room is
    /// short, the text is cut first; it can be scrolled. Where there is room, every point has its meaning with it, and a
    /// blank line divides the scale from the answers that can be given instead.
    pub(super) fn points(self, view: &PointsView, scroll: u16, canvas: &mut Canvas<'_>, area: Rect) {
        let mut page = Page::new(self.paint, area.width);
        if !canvas.view.beside {
            self.parts(&view.reading, &mut page);
        }
        self.parts(&view.intro, &mut page);
        let width = usize::from(area.width);
        let lines = u16::try_from(page.lines.len()).unwrap_or(u16::MAX);
        let (meanings, blocks) = self.blocks(view, width, area.height.saturating_sub(lines.saturating_add(3)));
        let most = area.height.saturating_sub(5).max(area.height / 2);
        let rows = u16::try_from(blocks.iter().map(Vec::len).sum::<usize>()).unwrap_or(u16::MAX).min(most);
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
        let marked = view.points.get(view.marked).map_or("", |point| point.meaning.as_str());
        let meaning = if meanings == Meanings::Marked { marked } else { "" };
        let asked = vec![
            Line::from(self.paint.span(Role::Title, fit(&view.question, width))),
            Line::from(self.paint.span(Role::Note, fit(meaning, width))),
        ];
        canvas.render_widget(Paragraph::new(asked), question);
        if !view.after.is_empty() {
            let mut page = Page::new(self.paint, area.width);
            page.line(Line::default());
            self.parts(&view.after, &mut page);
            canvas.render_widget(Paragraph::new(page.lines), rest);
        }
        draw_blocks(canvas, list, view.marked, blocks);
    }

    /// Returns the lines of each point, with as much as fits into `room` lines.
    fn blocks(self, view: &PointsView, width: usize, room: u16) -> (Meanings, Vec<Vec<Line<'static>>>) {
        let full = if width >= MEANINGS_BESIDE { Meanings::Beside } else { Meanings::Under };
        let narrow = if width >= MEANINGS_BESIDE { Meanings::Beside } else { Meanings::Marked };
        let choices = [(full, true), (narrow, true), (narrow, false)];
        let made = choices.map(|(meanings, is_divided)| {
            let block = |(at, point): (usize, &PointView)| self.point(view, point, at, meanings, is_divided, width);
            (meanings, view.points.iter().enumerate().map(block).collect::<Vec<Vec<Line<'static>>>>())
        });
        let fits = |blocks: &[Vec<Line<'_>>]| blocks.iter().map(Vec::len).sum::<usize>() <= usize::from(room);
        let [.., last] = made.clone();
        made.into_iter().find(|(_, blocks)| fits(blocks)).unwrap_or(last)
    }

    fn point(
        self,
        view: &PointsView,
        point: &PointView,
        at: usize,
        meanings: Meanings,
        is_divided: bool,
        width: usize,
    ) -> Vec<Line<'static>> {
        let marked = at == view.marked;
        let of = view.points.iter().filter(|point| point.instead.is_none()).count();
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
        let drawn = if point.instead.is_none() { steps(at + 1, of, 1) } else { " ".repeat(of) };
        let lead = if marked { self.note(Role::Focus, "> ".to_owned(), true) } else { Span::raw("  ") };
        let mut line = vec![
            lead,
            self.paint.span(unmarked(Role::Key), format!("{key} ")),
            self.paint.span(label, format!("{tick} ")),
            if marked { self.note(Role::Bar, drawn, true) } else { self.paint.span(Role::Bar, drawn) },
            self.paint.span(label, format!("  {:<LABEL$}", point.label)),
        ];
        let indent = 8 + of;
        let meaning = |room: usize| self.note(Role::Note, fit(&point.meaning, room), marked);
        if meanings == Meanings::Beside && !point.meaning.is_empty() {
            line.push(Span::raw("  "));
            line.push(meaning(width.saturating_sub(indent + LABEL.max(point.label.width()) + 2)));
        }
        let mut lines = vec![Line::from(line)];
        if meanings == Meanings::Under && !point.meaning.is_empty() {
            for row in wrapped(&point.meaning, width.saturating_sub(indent)) {
                let row = self.note(Role::Note, row.trim_end().to_owned(), marked);
                lines.push(Line::from(vec![Span::raw(" ".repeat(indent)), row]));
            }
        }
        if marked {
            for line in &mut lines {
                line.style = self.paint.style(Role::Marked);
            }
        }
        let ends_scale = at + 1 == of && of < view.points.len();
        let is_aired = meanings == Meanings::Under && point.instead.is_none();
        if is_divided && (ends_scale || is_aired) {
            lines.push(Line::default());
        }
        lines
    }
}

/// Draws the lines around those of the marked point, and puts the terminal's cursor on it.
fn draw_blocks(canvas: &mut Canvas<'_>, area: Rect, marked: usize, blocks: Vec<Vec<Line<'static>>>) {
    let height = usize::from(area.height);
    let starts: Vec<usize> = blocks
        .iter()
        .scan(0, |next, block| {
            let start = *next;
            *next += block.len();
            Some(start)
        })
        .collect();
    let (start, last) = (starts.get(marked).copied().unwrap_or(0), blocks.get(marked).map_or(1, Vec::len));
    let from = (start + last).saturating_sub(height);
    for ((at, block), start) in blocks.iter().enumerate().zip(&starts) {
        let Some(y) = start.checked_sub(from).filter(|y| *y < height).and_then(|y| u16::try_from(y).ok()) else {
            continue;
        };
        let tall = u16::try_from(block.len()).unwrap_or(1).min(area.height - y);
        let on = On::Row { row: at, marked: at == marked };
        canvas.view.hits.push(Hit { area: Area { x: area.x, y: area.y + y, width: area.width, height: tall }, on });
    }
    let lines: Vec<Line<'static>> = blocks.into_iter().flatten().skip(from).take(height).collect();
    canvas.render_widget(Text::from(lines), area);
    if area.height > 0 {
        let y = u16::try_from(start.saturating_sub(from)).unwrap_or(0).min(area.height - 1);
        canvas.set_cursor_position((area.x, area.y + y));
    }
}

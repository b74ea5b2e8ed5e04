//! A list and what belongs to its marked row, side by side in frames where there is room, else one above the other; on
//! the widest windows with a third pane.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect, Spacing};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Padding, Paragraph};

use super::paint::{Painter, fit};
use crate::config::Role;

/// Width from which panes stand side by side.
const WIDE: u16 = 110;
/// Width from which there is a third one.
const WIDEST: u16 = 150;
/// Height below which frames cost more than they give.
const TALL: u16 = 12;

/// What stands where.
pub(super) struct Panes {
    pub(super) list: Rect,
    pub(super) detail: Rect,
    /// Only on the widest windows, and only if it was asked for.
    pub(super) third: Option<Rect>,
}

/// What the panes are called, and how wide the list is.
#[derive(Clone, Copy)]
pub(super) struct Titles<'a> {
    pub(super) list: &'a str,
    pub(super) detail: &'a str,
    /// Empty where there is no third.
    pub(super) third: &'a str,
    /// Percent of a wide window for the list where there are two.
    pub(super) percent: u16,
}

impl<'a> Titles<'a> {
    pub(super) const fn two(list: &'a str, detail: &'a str) -> Self {
        Self { list, detail, third: "", percent: 44 }
    }
}

/// Whether there is room for frames side by side.
pub(super) fn is_wide(area: Rect) -> bool {
    area.width + 2 >= WIDE && area.height >= TALL
}

/// Whether there is room for a third pane.
pub(super) fn is_widest(area: Rect) -> bool {
    area.width + 2 >= WIDEST && area.height >= TALL
}

/// Draws the frames and says where their contents go. Stacked, the list gets as many rows as it needs up to two fifths.
pub(super) fn panes(titles: Titles<'_>, rows: usize, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) -> Panes {
    if !is_wide(area) {
        let most = (area.height * 2 / 5).max(3);
        let height = u16::try_from(rows.max(1)).unwrap_or(u16::MAX).min(most);
        let [list, line, detail] =
            Layout::vertical([Constraint::Length(height), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        divider(titles.detail, paint, canvas, line);
        return Panes { list, detail, third: None };
    }
    if is_widest(area) && !titles.third.is_empty() {
        let [list, detail, third] =
            Layout::horizontal([Constraint::Percentage(34), Constraint::Fill(1), Constraint::Percentage(27)])
                .spacing(Spacing::Space(1))
                .areas(area);
        let list = framed(titles.list, paint, canvas, list);
        let detail = framed(titles.detail, paint, canvas, detail);
        return Panes { list, detail, third: Some(framed(titles.third, paint, canvas, third)) };
    }
    let [list, detail] = Layout::horizontal([Constraint::Percentage(titles.percent), Constraint::Fill(1)])
        .spacing(Spacing::Space(1))
        .areas(area);
    let list = framed(titles.list, paint, canvas, list);
    Panes { list, detail: framed(titles.detail, paint, canvas, detail), third: None }
}

/// Draws a frame and says what is inside it.
pub(super) fn framed(title: &str, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(paint.style(Role::Line))
        .padding(Padding::horizontal(1));
    let inner = block.inner(area);
    let title = fit(title, usize::from(inner.width));
    let block = if title.is_empty() { block } else { block.title(name(&title, paint)) };
    canvas.render_widget(block, area);
    inner
}

/// The name of a pane. The frame may be faint; its name has to be read.
fn name(title: &str, paint: Painter) -> Span<'static> {
    Span::styled(format!(" {title} "), paint.style(Role::Note).remove_modifier(Modifier::DIM))
}

/// A quiet line between two parts, with the name of the second.
pub(super) fn divider(title: &str, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let width = usize::from(area.width);
    let title = if title.is_empty() { String::new() } else { format!(" {} ", fit(title, width.saturating_sub(8))) };
    let rest = width.saturating_sub(2 + unicode_width::UnicodeWidthStr::width(title.as_str()));
    let line = Line::from(vec![
        paint.span(Role::Line, "\u{2500}\u{2500}"),
        paint.span(Role::Note, title),
        paint.span(Role::Line, "\u{2500}".repeat(rest)),
    ]);
    canvas.render_widget(Paragraph::new(line), area);
}

//! The panes of a list and of the details of its marked row: framed side by side where there is room, otherwise one
//! above the other. The widest windows get a third pane.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect, Spacing};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Padding, Paragraph};

use super::paint::{Painter, fit};
use crate::config::Role;

/// Window width in cells from which panes are placed side by side.
const WIDE: u16 = 110;
/// Window width in cells from which there is a third pane.
const WIDEST: u16 = 150;
/// Height in rows below which there are no frames.
const TALL: u16 = 12;

/// The areas inside the panes.
pub(super) struct Panes {
    pub(super) list: Rect,
    pub(super) detail: Rect,
    /// Only on the widest windows, and only if it has a title.
    pub(super) third: Option<Rect>,
}

/// The titles of the panes, and the width of the list.
#[derive(Clone, Copy)]
pub(super) struct Titles<'a> {
    pub(super) list: &'a str,
    pub(super) detail: &'a str,
    /// Empty if there is no third pane.
    pub(super) third: &'a str,
    /// Width of the list in percent where two panes are side by side.
    pub(super) percent: u16,
}

impl<'a> Titles<'a> {
    pub(super) const fn two(list: &'a str, detail: &'a str) -> Self {
        Self { list, detail, third: "", percent: 44 }
    }
}

/// Returns whether framed panes fit side by side.
pub(super) fn is_wide(area: Rect) -> bool {
    area.width + 2 >= WIDE && area.height >= TALL
}

/// Returns whether a third pane fits.
pub(super) fn is_widest(area: Rect) -> bool {
    area.width + 2 >= WIDEST && area.height >= TALL
}

/// Draws the frames and returns the areas inside them. Where the panes are stacked, the list gets as many rows as it
/// needs, up to two fifths of the height (at least 3).
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

/// Draws a frame and returns the area inside it.
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

/// Returns the title of a pane, which is not dimmed even if the frame is.
fn name(title: &str, paint: Painter) -> Span<'static> {
    Span::styled(format!(" {title} "), paint.style(Role::Note).remove_modifier(Modifier::DIM))
}

/// Draws a horizontal line between two parts, with the title of the second.
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

//! The panes of a list and of the details of its marked row: side by side where there is room, otherwise one above the
//! other. The widest windows get a third pane. Panes have a title and no frame; a faint line divides them.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Text};
use ratatui::widgets::Paragraph;

use super::paint::{Painter, fit};
use crate::config::Role;

/// Window width in cells from which panes are placed side by side.
const WIDE: u16 = 110;
/// Window width in cells from which there is a third pane.
const WIDEST: u16 = 150;
/// Height in rows below which panes are not placed side by side.
const TALL: u16 = 12;
/// Height in rows from which there is a blank line under the title of a pane.
const ROOMY: u16 = 18;
/// Most lines of a title.
const MOST_OF_TITLE: usize = 3;
/// Cells between two panes, with the line in the middle.
const GAP: u16 = 3;

/// The areas inside the panes.
pub(super) struct Panes {
    pub(super) list: Rect,
    pub(super) detail: Rect,
    /// Only on the widest windows, and only if it has a title.
    pub(super) third: Option<Rect>,
    /// The line between a list and the detail below it; `None` if they are side by side.
    pub(super) edge: Option<Rect>,
}

/// The titles of the panes, and the width of the list.
#[derive(Clone, Copy)]
pub(super) struct Titles<'a> {
    pub(super) list: &'a str,
    pub(super) detail: &'a str,
    /// Empty if there is no third pane.
    pub(super) third: &'a str,
    /// Whether the title of the detail is the name of what is shown, and not of the pane.
    pub(super) is_name: bool,
    /// Width of the list in percent where two panes are side by side.
    pub(super) percent: u16,
}

impl<'a> Titles<'a> {
    pub(super) const fn two(list: &'a str, detail: &'a str) -> Self {
        Self { list, detail, third: "", is_name: false, percent: 44 }
    }
}

/// Returns whether panes fit side by side.
pub(super) fn is_wide(area: Rect) -> bool {
    area.width + 2 >= WIDE && area.height >= TALL
}

/// Returns whether a third pane fits.
pub(super) fn is_widest(area: Rect) -> bool {
    area.width + 2 >= WIDEST && area.height >= TALL
}

/// Draws the titles and the lines between the panes and returns the areas of their content. Where the panes are stacked, the list gets as many rows as it
/// needs, up to two fifths of the height (at least 3).
pub(super) fn panes(titles: Titles<'_>, rows: usize, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) -> Panes {
    if !is_wide(area) {
        let most = (area.height * 2 / 5).max(3);
        let height = u16::try_from(rows.max(1)).unwrap_or(u16::MAX).min(most);
        let [list, line, detail] =
            Layout::vertical([Constraint::Length(height), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        divider(titles.detail, paint, canvas, line);
        return Panes { list, detail, third: None, edge: Some(line) };
    }
    let name = if titles.is_name { Role::Title } else { Role::Heading };
    if is_widest(area) && !titles.third.is_empty() {
        let [list, detail, third] =
            beside([Constraint::Percentage(34), Constraint::Fill(1), Constraint::Percentage(27)], paint, canvas, area);
        let list = titled(titles.list, Role::Heading, paint, canvas, list);
        let detail = titled(titles.detail, name, paint, canvas, detail);
        return Panes {
            list,
            detail,
            third: Some(titled(titles.third, Role::Heading, paint, canvas, third)),
            edge: None,
        };
    }
    let [list, detail] = beside([Constraint::Percentage(titles.percent), Constraint::Fill(1)], paint, canvas, area);
    let list = titled(titles.list, Role::Heading, paint, canvas, list);
    Panes { list, detail: titled(titles.detail, name, paint, canvas, detail), third: None, edge: None }
}

/// Returns areas side by side, with a faint line between each two.
pub(super) fn beside<const N: usize>(
    widths: [Constraint; N],
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) -> [Rect; N] {
    let areas: [Rect; N] = Layout::horizontal(widths).spacing(GAP).areas(area);
    for left in areas.iter().take(N.saturating_sub(1)) {
        let x = left.right() + GAP / 2;
        let line = vec![Line::from(paint.span(Role::Line, "\u{2502}")); usize::from(area.height)];
        canvas.render_widget(Text::from(line), Rect { x, width: 1, ..area }.intersection(area));
    }
    areas
}

/// Draws the title of a pane, if it has one, and returns the area below it.
pub(super) fn titled(title: &str, role: Role, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    if title.is_empty() {
        return area;
    }
    let width = usize::from(area.width);
    // The name of what is shown may be long; it is read in full where there is room.
    let mut words: Vec<String> = crate::app::wrapped(title, width).into_iter().map(str::to_owned).collect();
    if words.len() > MOST_OF_TITLE || area.height < ROOMY {
        words = vec![fit(title, width)];
    }
    let tall = u16::try_from(words.len()).unwrap_or(1);
    let lines: Vec<Line<'_>> =
        words.iter().map(|words| Line::from(paint.span(role, words.trim_end().to_owned()))).collect();
    canvas.render_widget(Text::from(lines), Rect { height: tall.min(area.height), ..area });
    let used = if area.height >= ROOMY { tall + 1 } else { 1 };
    Rect { y: area.y + used.min(area.height), height: area.height.saturating_sub(used), ..area }
}

/// Draws a horizontal line between two parts, with the title of the second.
pub(super) fn divider(title: &str, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let width = usize::from(area.width);
    let title = if title.is_empty() { String::new() } else { format!(" {} ", fit(title, width.saturating_sub(8))) };
    let rest = width.saturating_sub(2 + unicode_width::UnicodeWidthStr::width(title.as_str()));
    let line = Line::from(vec![
        paint.span(Role::Line, "\u{2500}\u{2500}"),
        paint.span(Role::Heading, title),
        paint.span(Role::Line, "\u{2500}".repeat(rest)),
    ]);
    canvas.render_widget(Paragraph::new(line), area);
}

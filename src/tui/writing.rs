//! A text field, with the terminal's cursor at its caret.

use std::ops::Range;

use super::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::paint::Painter;
use crate::app::{Area, EditBuffer, Hit, On};
use crate::config::Role;

/// Maximum width of a line in cells.
const MOST_CELLS: usize = 96;

/// Returns one row of the text with the selection highlighted. A selected line feed is shown as a blank at the end of
/// its line.
pub(super) fn written_row(buffer: &EditBuffer, row: &Range<usize>, paint: Painter) -> Vec<Span<'static>> {
    let text = buffer.text();
    let selection = buffer.selection();
    let mut spans = paint.written(Role::Body, text.get(row.clone()).unwrap_or(""), row.start, selection.clone());
    if selection.is_some_and(|range| range.contains(&row.end)) && text.as_bytes().get(row.end) == Some(&b'\n') {
        spans.push(paint.span(Role::Selected, " "));
    }
    spans
}

/// Draws the rows around the caret. Draw it last: it moves the cursor.
pub(super) fn writing(buffer: &EditBuffer, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let width = usize::from(area.width).min(MOST_CELLS);
    canvas.view.write_width = u16::try_from(width).unwrap_or(u16::MAX);
    let rows = buffer.rows(width);
    let (row, column) = buffer.position(width);
    let height = usize::from(area.height);
    let from = (row + 1).saturating_sub(height);
    let shown = rows.iter().skip(from).take(height);
    let lines: Vec<Line<'_>> = shown.map(|row| Line::from(written_row(buffer, row, paint))).collect();
    canvas.render_widget(Text::from(lines), area);
    let area_hit = Area { x: area.x, y: area.y, width: u16::try_from(width).unwrap_or(u16::MAX), height: area.height };
    canvas.view.hits.push(Hit { area: area_hit, on: On::Text(from) });
    let at = (u16::try_from(column).unwrap_or(0), u16::try_from(row - from).unwrap_or(0));
    canvas.set_cursor_position((area.x + at.0, area.y + at.1.min(area.height.saturating_sub(1))));
}

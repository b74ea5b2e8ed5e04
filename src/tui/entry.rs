//! A single line of input, with the terminal's cursor where the next letter appears.

use super::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::paint::{Painter, fit};
use crate::app::EditBuffer;
use crate::config::Role;

/// Draws a label and the typed text after it, or a hint while that is empty. A text wider than the line is scrolled so
/// that its caret is visible. Draw it last: it moves the cursor.
pub(super) fn entry(
    label: &str,
    typed: &EditBuffer,
    hint: &'static str,
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) {
    let text = typed.text();
    let caret = text.get(..typed.caret()).unwrap_or("").width();
    let room = usize::from(area.width).saturating_sub(label.width() + 1);
    let skip = caret.saturating_sub(room);
    let (mut from, mut hidden) = (0, 0);
    for grapheme in text.graphemes(true) {
        if hidden >= skip {
            break;
        }
        (from, hidden) = (from + grapheme.len(), hidden + grapheme.width());
    }
    let shown = text.get(from..).unwrap_or("");
    let mut spans = vec![paint.span(Role::Label, label.to_owned())];
    spans.extend(paint.written(Role::Title, &fit(shown, room), from, typed.selection()));
    if text.is_empty() {
        spans.push(paint.span(Role::Hint, fit(hint, room)));
    }
    canvas.render_widget(Paragraph::new(Line::from(spans)), area);
    let column = u16::try_from(label.width() + caret.saturating_sub(hidden)).unwrap_or(0);
    canvas.set_cursor_position((area.x + column.min(area.width.saturating_sub(1)), area.y));
}

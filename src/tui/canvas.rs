//! The drawing surface of one frame: its cells, the position of the cursor, and the sizes that the update needs.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use crate::app::Viewport;

/// The cells of one frame while they are drawn.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    cursor: Option<Position>,
    /// The sizes that the update needs. They are stored in the model before the hints are drawn, which depend on them.
    pub(super) view: Viewport,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer, cursor: None, view: Viewport::default() }
    }

    /// Returns the sizes and the position of the cursor, `None` if nothing has set it.
    pub(super) fn done(self) -> (Viewport, Option<Position>) {
        (self.view, self.cursor)
    }

    pub(super) fn render_widget(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area, self.buffer);
    }

    /// Sets the position of the terminal's cursor. The last call wins.
    pub(super) fn set_cursor_position(&mut self, at: impl Into<Position>) {
        self.cursor = Some(at.into());
    }

    pub(super) fn buffer_mut(&mut self) -> &mut Buffer {
        self.buffer
    }
}

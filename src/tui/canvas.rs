//! What is drawn on: the cells of one frame, where the cursor will stand, and what the update has to know of the sizes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use crate::app::Viewport;

/// The cells of one frame while they are drawn.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    cursor: Option<Position>,
    /// What the update has to know of the sizes; it is handed to the model before the hints are drawn, which go by it.
    pub(super) view: Viewport,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer, cursor: None, view: Viewport::default() }
    }

    /// The sizes, and where the cursor is to stand.
    pub(super) fn done(self) -> (Viewport, Option<Position>) {
        (self.view, self.cursor)
    }

    pub(super) fn render_widget(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area, self.buffer);
    }

    /// Puts the terminal's cursor there; the last call counts.
    pub(super) fn set_cursor_position(&mut self, at: impl Into<Position>) {
        self.cursor = Some(at.into());
    }

    pub(super) fn buffer_mut(&mut self) -> &mut Buffer {
        self.buffer
    }
}

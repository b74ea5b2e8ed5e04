//! The sign of what is cut: how many lines or rows there are above and below. Everything that is cut has it, in the same
//! words.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::paint::{Painter, spread};
use crate::config::Role;

/// What is not on the screen, in lines of a page or rows of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct More {
    pub(super) above: usize,
    pub(super) below: usize,
}

impl More {
    fn words(self) -> String {
        match (self.above, self.below) {
            (0, 0) => String::new(),
            (0, below) => format!("\u{2193} {below} more "),
            (above, 0) => format!("\u{2191} {above} more "),
            (above, below) => format!("\u{2191} {above} more  \u{2193} {below} more "),
        }
    }

    /// Returns the sign at the right end of a line of its own.
    pub(super) fn line(self, paint: Painter, width: usize) -> Line<'static> {
        spread(Vec::<Span<'_>>::new(), vec![paint.span(Role::Note, self.words())], width)
    }

    /// Draws the sign near the right end of a line that is there anyway.
    pub(super) fn draw(self, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
        let words = self.words();
        let wide = u16::try_from(words.width() + 1).unwrap_or(u16::MAX);
        if words.is_empty() || wide + 1 > area.width {
            return;
        }
        let place = Rect { x: area.right() - wide - 1, width: wide, height: 1.min(area.height), ..area };
        canvas.render_widget(Line::from(paint.span(Role::Note, format!(" {words}"))), place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_says_what_is_above_and_below() {
        let words = |above, below| More { above, below }.words();
        assert_eq!(words(0, 0), "");
        assert_eq!(words(0, 27), "\u{2193} 27 more ");
        assert_eq!(words(3, 0), "\u{2191} 3 more ");
        assert_eq!(words(3, 27), "\u{2191} 3 more  \u{2193} 27 more ");
    }
}

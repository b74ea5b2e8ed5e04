//! Converts roles to ratatui styles, and builds styled spans by role.

use std::ops::Range;

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::config::{Attribute, Ink, Role, Theme};

fn colour(ink: Ink) -> Color {
    const ANSI: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match ink {
        Ink::Own => Color::Reset,
        Ink::Ansi(at) => ANSI.get(usize::from(at)).copied().unwrap_or(Color::Reset),
        Ink::Rgb([red, green, blue], _) => Color::Rgb(red, green, blue),
    }
}

/// Styles text by role with a theme.
#[derive(Debug, Clone, Copy)]
pub struct Painter {
    /// The look of each role.
    pub theme: Theme,
    /// Whether lines and symbols are drawn with characters that every font has.
    pub ascii: bool,
}

impl Painter {
    /// Returns the style of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let look = self.theme.look(role);
        let own = Style::default().fg(colour(look.ink)).bg(colour(look.paper));
        Attribute::ALL.into_iter().filter(|one| look.attributes.has(*one)).fold(own, |style, attribute| {
            style.add_modifier(match attribute {
                Attribute::Bold => Modifier::BOLD,
                Attribute::Italic => Modifier::ITALIC,
                Attribute::Underline => Modifier::UNDERLINED,
                Attribute::Reverse => Modifier::REVERSED,
                Attribute::Dim => Modifier::DIM,
            })
        })
    }

    /// Returns a span in the style of a role.
    #[must_use]
    pub fn span<'a>(self, role: Role, text: impl Into<std::borrow::Cow<'a, str>>) -> Span<'a> {
        Span::styled(text, self.style(role))
    }

    /// Returns spans in which the given byte ranges of `text` are highlighted as matches.
    #[must_use]
    pub fn marked<'a>(self, role: Role, text: &str, ranges: &[Range<usize>]) -> Vec<Span<'a>> {
        self.over(role, Role::Match, text, ranges)
    }

    /// Returns spans of a part of a text being written, with the selection highlighted. `from` is the byte offset of
    /// `text` in the whole text, to which `selection` refers.
    #[must_use]
    pub fn written<'a>(self, role: Role, text: &str, from: usize, selection: Option<Range<usize>>) -> Vec<Span<'a>> {
        let inside = selection.map(|range| {
            let near = |at: usize| at.saturating_sub(from).min(text.len());
            near(range.start)..near(range.end)
        });
        let inside: Vec<Range<usize>> = inside.into_iter().filter(|range| !range.is_empty()).collect();
        self.over(role, Role::Selected, text, &inside)
    }

    /// Returns spans in which the given byte ranges also have the style of a second role.
    fn over<'a>(self, role: Role, over: Role, text: &str, ranges: &[Range<usize>]) -> Vec<Span<'a>> {
        let mut spans = Vec::new();
        let mut done = 0;
        for range in ranges {
            let (Some(before), Some(hit)) = (text.get(done..range.start), text.get(range.clone())) else { continue };
            if !before.is_empty() {
                spans.push(self.span(role, before.to_owned()));
            }
            let below = self.style(role);
            let style = below.patch(self.style(over));
            // On the background of the selected row.
            let style =
                if self.theme.look(over).paper == Ink::Own { style.bg(below.bg.unwrap_or_default()) } else { style };
            spans.push(Span::styled(hit.to_owned(), style));
            done = range.end;
        }
        if let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
            spans.push(self.span(role, rest.to_owned()));
        }
        spans
    }
}

/// Truncates a text to a width in cells, with an ellipsis where something is left out.
#[must_use]
pub(super) fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let first = crate::app::wrap(text, 1_000_000).first().cloned().unwrap_or(0..0);
    let mut kept = String::new();
    let mut cells = 0;
    for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(text.get(first).unwrap_or(""), true) {
        if cells + grapheme.width() + 1 > width {
            break;
        }
        cells += grapheme.width();
        kept.push_str(grapheme);
    }
    if width > 0 {
        kept.push('\u{2026}');
    }
    kept
}

/// Builds a line with one part at the left and one at the right edge. The left part says what the line is about and is
/// truncated if necessary; the right part is shown whole or not at all.
#[must_use]
pub(super) fn spread<'a>(left: Vec<Span<'a>>, right: Vec<Span<'a>>, width: usize) -> Line<'a> {
    let cells = |spans: &[Span<'_>]| spans.iter().map(|span| span.content.width()).sum::<usize>();
    let beside = cells(&left) + 2 + cells(&right) <= width;
    let right = if beside { right } else { Vec::new() };
    let mut kept: Vec<Span<'a>> = Vec::new();
    let mut used = 0;
    for span in left {
        let wide = span.content.width();
        if used + wide > width {
            kept.push(Span::styled(fit(&span.content, width - used), span.style));
            break;
        }
        used += wide;
        kept.push(span);
    }
    if !right.is_empty() {
        let gap = width.saturating_sub(cells(&kept) + cells(&right));
        kept.push(Span::raw(" ".repeat(gap)));
        kept.extend(right);
    }
    Line::from(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_by_cells_and_edges_never_meet() {
        assert_eq!(fit("\u{6f22}\u{5b57}\u{6f22}", 5), "\u{6f22}\u{5b57}\u{2026}");
        assert_eq!(fit("abc", 3), "abc");
        let line = |width| spread(vec![Span::raw("a title")], vec![Span::raw("note")], width).to_string();
        assert_eq!(line(14), "a title   note");
        assert_eq!(line(12), "a title");
        assert_eq!(line(5), "a ti\u{2026}");
    }
}

//! Faults in full: the message, the place, the source line with a caret under the position, and what to do.

use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::page::Page;
use crate::config::Role;
use crate::domain::{Fault, Severity};

/// Minimum number of cells shown before the position of the fault.
const BEFORE: usize = 12;

impl Page<'_> {
    /// Adds the faults one below the other.
    pub(super) fn faults<'a>(&mut self, faults: impl Iterator<Item = &'a Fault>) {
        for fault in faults {
            self.gap();
            let (role, mark) = match fault.severity {
                Severity::Error => (Role::Bad, "!"),
                Severity::Warning => (Role::Urgent, "-"),
            };
            self.paragraph(&format!("{mark} {}: ", fault.severity.word()), role, Role::Body, &fault.message);
            self.paragraph("  in ", Role::Label, Role::Body, &fault.place());
            self.source(fault);
            if !fault.hint.is_empty() {
                self.paragraph("  what to do: ", Role::Label, Role::Body, &fault.hint);
            }
        }
    }

    /// Adds the source line, cut around the position if it is wider than the page.
    fn source(&mut self, fault: &Fault) {
        let (Some(line), false) = (fault.line, fault.source_line.is_empty()) else { return };
        let gutter = format!("  {line} | ");
        let room = self.width().saturating_sub(gutter.width());
        let (shown, caret) = window(&fault.source_line, fault.caret(), room);
        self.line(Line::from(vec![self.span(Role::Label, gutter.clone()), self.span(Role::Title, shown)]));
        if let Some(caret) = caret {
            let blank = " ".repeat(gutter.width() + caret);
            self.line(Line::from(self.span(Role::Bad, format!("{blank}^"))));
        }
    }
}

/// Returns the part of a line that fits into `room` cells around `place`, which is counted in characters, and the
/// offset of that place in the returned text, in cells.
fn window(text: &str, place: Option<usize>, room: usize) -> (String, Option<usize>) {
    let at = place.map(|place| text.char_indices().nth(place).map_or(text.len(), |(at, _)| at));
    let before = at.and_then(|at| text.get(..at)).map_or(0, UnicodeWidthStr::width);
    if text.width() <= room && before < room.max(1) {
        return (text.to_owned(), at.map(|_| before));
    }
    let skip = if before + BEFORE < room { 0 } else { before.saturating_sub(BEFORE.min(room / 2)) };
    let lead = usize::from(skip > 0);
    let mut shown = "\u{2026}".repeat(lead);
    // The offset in cells at which the shown part starts. A wide character may extend beyond the intended cut.
    let (mut passed, mut begun, mut cells) = (0, None, lead);
    for grapheme in text.graphemes(true) {
        let wide = grapheme.width();
        if passed >= skip {
            begun.get_or_insert(passed);
            if cells + wide + 1 > room {
                shown.push('\u{2026}');
                break;
            }
            cells += wide;
            shown.push_str(grapheme);
        }
        passed += wide;
    }
    let caret = lead + before.saturating_sub(begun.unwrap_or(passed));
    (shown, at.map(|_| caret.min(room.saturating_sub(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place_whatever_is_cut() {
        let under = |text: &str, place: usize, room: usize| {
            let (shown, caret) = window(text, Some(place), room);
            assert!(shown.width() <= room, "{shown:?} in {room}");
            let (mut cells, caret) = (0, caret.expect("a place"));
            let found = shown.graphemes(true).find(|grapheme| {
                let here = cells >= caret;
                cells += grapheme.width();
                here
            });
            found.unwrap_or("").to_owned()
        };
        assert_eq!(under("abcdef", 2, 40), "c");
        assert_eq!(under("\u{6f22}\u{5b57}x = 1", 2, 40), "x");
        let long = format!("{}X{}", "ab ".repeat(60), " cd".repeat(60));
        for room in [10, 20, 40, 80, 200] {
            assert_eq!(under(&long, 180, room), "X", "{room}");
            assert_eq!(under(&long, 0, room), "a", "{room}");
        }
        let wide = format!("{}X tail", "\u{6f22}".repeat(50));
        for room in [11, 20, 40] {
            assert_eq!(under(&wide, 50, room), "X", "{room}");
        }
        assert_eq!(window("", None, 0), (String::new(), None));
    }
}

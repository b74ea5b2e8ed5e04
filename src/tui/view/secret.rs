//! The form in which a passphrase is entered.

use ratatui::layout::Rect;
use ratatui::text::{Line, Text};
use unicode_width::UnicodeWidthStr;

use super::super::canvas::Canvas;
use super::super::page::{Page, centred};
use super::super::paint::fit;
use super::Look;
use crate::app::{SECRET_CARD, SecretLineView, SecretView};
use crate::config::Role;

/// Shown in place of each character.
const DOT: &str = "\u{2022}";

impl Look<'_> {
    /// Draws the form, a third of the free height above it.
    pub(super) fn secret(self, view: &SecretView<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let width = area.width.min(SECRET_CARD);
        let mut page = Page::new(self.paint, width);
        self.parts(&view.parts, &mut page);
        if let Some(words) = view.offered {
            page.line(Line::default());
            page.text(Role::Label, "Four random words. Type them, or ask for different ones:");
            page.text(Role::Heading, &format!("  {words}"));
        }
        let mut caret = (0, page.lines.len());
        for (at, line) in view.lines.iter().enumerate() {
            page.line(Line::default());
            let (lead, role) = if at == view.at { ("> ", Role::Heading) } else { ("  ", Role::Label) };
            page.text(role, &format!("{lead}{}", line.label));
            let shown = shown(line, usize::from(width).saturating_sub(6));
            if at == view.at {
                caret = (4 + shown.width(), page.lines.len());
            }
            page.line(Line::from(self.paint.span(Role::Body, format!("    {shown}"))));
        }
        page.line(Line::default());
        if view.working {
            page.text(Role::Note, "One moment\u{2026} This takes a second or two, to keep your records safe.");
        } else if !view.problem.is_empty() {
            page.text(Role::Bad, &format!("! {}", view.problem));
        }
        let inner = centred(area, width, page.lines.len());
        // In a small window the line with the caret stays visible.
        let skip = (caret.1 + 3)
            .saturating_sub(usize::from(inner.height))
            .min(page.lines.len().saturating_sub(usize::from(inner.height)));
        let lines: Vec<Line<'_>> = page.lines.into_iter().skip(skip).collect();
        canvas.render_widget(Text::from(lines), inner);
        let column = u16::try_from(caret.0).unwrap_or(0).min(inner.width.saturating_sub(1));
        let row = u16::try_from(caret.1.saturating_sub(skip)).unwrap_or(0).min(inner.height.saturating_sub(1));
        canvas.set_cursor_position((inner.x + column, inner.y + row));
    }
}

/// Returns one dot per character or, where the text may be shown, the last `width` characters of it.
fn shown(line: &SecretLineView<'_>, width: usize) -> String {
    let Some(typed) = line.shown else { return DOT.repeat(line.letters.min(width)) };
    let mut letters: Vec<char> = typed.chars().rev().take(width).collect();
    letters.reverse();
    fit(&letters.into_iter().collect::<String>(), width)
}

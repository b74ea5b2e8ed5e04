//! A card of the tour.

use super::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::Text;

use super::page::{Page, centred};
use super::paint::{Painter, fit};
use crate::app::{CARDS, Model, card};
use crate::config::Role;

/// Widest card; a few words are easier to take in when they stand together.
const WIDEST: u16 = 76;

pub(super) fn draw(at: usize, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let card = card(model, at);
    let width = area.width.min(WIDEST);
    let mut page = Page::new(paint, width);
    page.text(Role::Note, &format!("The tour, {} of {CARDS}", at + 1));
    page.lines.push(ratatui::text::Line::default());
    page.text(Role::Title, card.title);
    page.lines.push(ratatui::text::Line::default());
    page.text(Role::Body, &card.words);
    if !card.seen.is_empty() {
        page.lines.push(ratatui::text::Line::default());
        for line in &card.seen {
            let line = fit(line, usize::from(width).saturating_sub(4));
            page.paragraph("  \u{2502} ", Role::Line, Role::Label, &line);
        }
    }
    page.lines.push(ratatui::text::Line::default());
    page.text(Role::Note, &card.keys);
    let inner = centred(area, width, page.lines.len());
    canvas.render_widget(Text::from(page.lines), inner);
    canvas.set_cursor_position((inner.x, inner.y));
}

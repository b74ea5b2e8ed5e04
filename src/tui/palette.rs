//! The command palette: every command with its key and what it does, or why it is disabled.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::chrome::draw_rows;
use super::entry::entry;
use super::page::Page;
use super::paint::{Painter, spread};
use crate::app::Palette;
use crate::config::Role;

/// Width in cells of the column of names. A longer name pushes its key to the right.
const NAME: usize = 18;
/// Width in cells of the column of keys.
const KEYS: usize = 12;

pub(super) fn draw(palette: &Palette, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [line, _, list] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let width = usize::from(list.width).min(110);
    draw_rows(canvas, list, palette.at, palette.shown.len(), |at| {
        let Some(row) = palette.shown.get(at).and_then(|at| palette.rows.get(*at)) else { return Line::default() };
        let entry = row.command.entry();
        let marked = at == palette.at;
        let lead = if marked { "> " } else { "  " };
        let (name, words) = match (marked, row.off.is_empty()) {
            (true, _) => (Role::Marked, Role::Marked),
            (false, true) => (Role::Title, Role::Body),
            (false, false) => (Role::Body, Role::Note),
        };
        let said = if row.off.is_empty() { entry.help } else { row.off.as_str() };
        let both = row.keys.iter().take(2).cloned().collect::<Vec<_>>().join("  ");
        let keys = if both.len() < KEYS { both } else { row.keys.first().cloned().unwrap_or_default() };
        let key = match (marked, row.off.is_empty()) {
            (true, _) => Role::Marked,
            (false, true) => Role::Key,
            (false, false) => Role::Note,
        };
        let left = vec![
            paint.span(name, format!("{:<NAME$} ", format!("{lead}{}", entry.title))),
            paint.span(key, format!("{keys:<KEYS$}")),
            paint.span(words, said.to_owned()),
        ];
        spread(left, Vec::new(), width)
    });
    if palette.shown.is_empty() {
        let mut page = Page::new(paint, list.width);
        page.text(Role::Body, "No command is called so or does that.");
        canvas.render_widget(ratatui::text::Text::from(page.lines), list);
    }
    entry("Do: ", &palette.typed, "type what you want to do, like plan or hand over", paint, canvas, line);
}

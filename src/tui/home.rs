//! The first screen: what matters now.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, spread};
use crate::app::{FIRST_STEPS, Model, items};
use crate::config::Role;

pub(super) fn draw(model: &Model, paint: Painter, frame: &mut Frame<'_>, area: Rect) {
    let rows = items(model);
    let mut head = Page::new(paint, area.width);
    head.gap();
    head.text(Role::Title, &model.greeting());
    head.text(Role::Body, &model.so_far());
    head.lines.push(Line::default());
    head.text(Role::Heading, "What matters now");
    let height = u16::try_from(head.lines.len()).unwrap_or(8).min(area.height / 2);
    let [above, list, rest] = Layout::vertical([
        Constraint::Length(height),
        Constraint::Length(u16::try_from(rows.len()).unwrap_or(u16::MAX)),
        Constraint::Fill(1),
    ])
    .areas(area);
    head.lines.truncate(usize::from(height));
    frame.render_widget(Paragraph::new(head.lines), above);
    let width = usize::from(area.width);
    draw_rows(&model.view, frame, list, model.home_row, rows.len(), |at| {
        let Some(item) = rows.get(at) else { return Line::default() };
        let marked = at == model.home_row;
        let role = if marked {
            Role::Marked
        } else if item.urgent {
            Role::Urgent
        } else {
            Role::Body
        };
        let lead = if marked { "> " } else { "  " };
        let urgent = if item.urgent { "! " } else { "" };
        let left = vec![paint.span(role, format!("{lead}{urgent}{}", item.text))];
        let right = vec![paint.span(Role::Note, item.note.clone()), Span::raw(" ")];
        spread(left, if item.note.is_empty() { Vec::new() } else { right }, width.min(110))
    });
    if rest.height >= 5 && model.is_first_time() {
        first_time(paint, frame, rest);
    }
}

/// What an empty start teaches.
fn first_time(paint: Painter, frame: &mut Frame<'_>, area: Rect) {
    let mut page = Page::new(paint, area.width);
    page.line(Line::default());
    page.text(Role::Heading, "How it goes");
    for (at, text) in FIRST_STEPS.iter().enumerate() {
        page.paragraph(&format!("{}  ", at + 1), Role::Label, Role::Body, text);
    }
    page.lines.truncate(usize::from(area.height));
    frame.render_widget(Paragraph::new(page.lines), area);
}

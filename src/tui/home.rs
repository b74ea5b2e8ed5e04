//! The first screen: what matters now.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{Titles, is_wide, panes};
use crate::app::{FIRST_STEPS, Item, Model, PreviewBody, Target, items};
use crate::config::Role;

/// Above the rows.
const NOW: &str = "What matters now";
/// Above what an empty start teaches.
const FIRST: &str = "How it goes";
/// Widest row; the eye has to find its way from the words to the note at the right.
const WIDEST_ROW: u16 = 104;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let rows = items(model);
    let mut head = Page::new(paint, area.width);
    head.gap();
    head.text(Role::Title, &model.greeting());
    head.text(Role::Body, &model.so_far());
    head.line(Line::default());
    if is_wide(area) {
        return wide(model, &rows, head, paint, canvas, area);
    }
    head.text(Role::Heading, NOW);
    let height = u16::try_from(head.lines.len()).unwrap_or(8).min(area.height / 2);
    let [above, list, rest] = Layout::vertical([
        Constraint::Length(height),
        Constraint::Length(u16::try_from(rows.len()).unwrap_or(u16::MAX)),
        Constraint::Fill(1),
    ])
    .areas(area);
    head.lines.truncate(usize::from(height));
    canvas.render_widget(Paragraph::new(head.lines), above);
    draw_items(model, &rows, paint, canvas, list);
    if rest.height >= 5 && model.is_first_time() {
        let mut page = Page::new(paint, rest.width);
        page.line(Line::default());
        page.text(Role::Heading, FIRST);
        first_steps(&mut page);
        page.lines.truncate(usize::from(rest.height));
        canvas.render_widget(Paragraph::new(page.lines), rest);
    }
}

/// The rows, what lies behind the marked one, and what was done lately.
fn wide(model: &Model, rows: &[Item], head: Page<'_>, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let height = u16::try_from(head.lines.len()).unwrap_or(3).min(area.height / 3);
    let [above, body] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area);
    canvas.render_widget(Paragraph::new(head.lines), above);
    let preview = rows.get(model.person.home_row).and_then(|item| model.preview(&item.to));
    let behind = preview.as_ref().map_or("", |preview| preview.title.as_str());
    let third = if model.is_first_time() { FIRST } else { "Lately" };
    let titles = Titles { third, percent: 50, ..Titles::two(NOW, behind) };
    let places = panes(titles, rows.len(), paint, canvas, body);
    let mut page = Page::new(paint, places.detail.width);
    match preview.map(|preview| preview.body) {
        Some(PreviewBody::Sheet(sheet)) => page.sheet(&sheet),
        Some(PreviewBody::Lines(lines)) => {
            for line in &lines {
                page.paragraph("  ", Role::Body, Role::Body, line);
            }
        }
        None => {}
    }
    if model.is_first_time() && places.third.is_none() {
        page.gap();
        page.text(Role::Heading, FIRST);
        first_steps(&mut page);
    }
    page.beside(canvas, places.detail);
    if let Some(third) = places.third {
        let mut page = Page::new(paint, third.width);
        if model.is_first_time() {
            first_steps(&mut page);
        } else {
            lately(model, &mut page);
        }
        page.beside(canvas, third);
    }
    draw_items(model, rows, paint, canvas, places.list);
}

fn lately(model: &Model, page: &mut Page<'_>) {
    let lately = model.lately();
    for (heading, lines) in [("The focus set", lately.focus), ("The last answers", lately.answers)] {
        if !lines.is_empty() {
            page.gap();
            page.text(Role::Heading, heading);
            for line in &lines {
                page.paragraph("\u{2022} ", Role::Label, Role::Body, line);
            }
        }
    }
}

fn draw_items(model: &Model, rows: &[Item], paint: Painter, canvas: &mut Canvas<'_>, list: Rect) {
    let list = Rect { width: list.width.min(WIDEST_ROW), ..list };
    draw_rows(canvas, list, model.person.home_row, rows.len(), |at| {
        let Some(item) = rows.get(at) else { return Line::default() };
        let marked = at == model.person.home_row;
        let role = if marked {
            Role::Marked
        } else if item.urgent {
            Role::Urgent
        } else {
            Role::Body
        };
        let lead = if marked { "> " } else { "  " };
        let urgent = if item.urgent { "! " } else { "" };
        let text = format!("{lead}{urgent}{}", item.text);
        // The day of an action is what it is looked at for, so there the title gives way.
        let is_action = matches!(item.to, Target::Action(_)) && !item.note.is_empty();
        let room = usize::from(list.width).saturating_sub(item.note.width() + 3);
        let left = vec![paint.span(role, if is_action { fit(&text, room) } else { text })];
        let right = vec![paint.span(Role::Note, item.note.clone()), Span::raw(" ")];
        spread(left, if item.note.is_empty() { Vec::new() } else { right }, usize::from(list.width))
    });
}

/// What an empty start teaches.
fn first_steps(page: &mut Page<'_>) {
    for (at, text) in FIRST_STEPS.iter().enumerate() {
        page.paragraph(&format!("{}  ", at + 1), Role::Label, Role::Body, text);
    }
}

//! Forms and lists that lie over a screen. They take the whole body: two people can read them, and nothing peeps out
//! from under them.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::chrome::draw_rows;
use super::entry::entry;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::writing::written_row;
use crate::app::{Chooser, Form, Picker, Ticks};
use crate::config::Role;

pub(super) fn picker(picker: &Picker, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut head = Page::new(paint, area.width);
    head.text(Role::Heading, &picker.title);
    let rows = u16::try_from(head.lines.len()).unwrap_or(1).min(area.height / 2);
    let [_, title, _, list] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(rows), Constraint::Length(1), Constraint::Fill(1)])
            .areas(area);
    canvas.render_widget(Paragraph::new(head.lines), title);
    draw_rows(canvas, list, picker.at, picker.rows.len(), |at| {
        let marked = at == picker.at;
        let role = if marked { Role::Marked } else { Role::Body };
        let lead = if marked { "> " } else { "  " };
        let text = picker.rows.get(at).cloned().unwrap_or_default();
        spread(vec![paint.span(role, format!("{lead}{text}"))], Vec::new(), usize::from(list.width))
    });
}

pub(super) fn chooser(chooser: &Chooser, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [_, title, line, _, list] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    canvas.render_widget(Paragraph::new(paint.span(Role::Heading, chooser.title.clone())), title);
    let width = usize::from(list.width);
    draw_rows(canvas, list, chooser.at, chooser.len(), |at| {
        let marked = at == chooser.at;
        let role = if marked { Role::Marked } else { Role::Body };
        let lead = if marked { "> " } else { "  " };
        let row = chooser.shown.get(at).and_then(|at| chooser.rows.get(*at));
        let (text, note) = match row {
            Some(row) => (row.text.clone(), row.note.clone()),
            None => (format!("Add the client \u{ab}{}\u{bb}", chooser.typed.text().trim()), String::new()),
        };
        spread(vec![paint.span(role, format!("{lead}{text}"))], vec![paint.span(Role::Note, note)], width)
    });
    entry("Name: ", &chooser.typed, "type a few letters; a new name adds a client", paint, canvas, line);
}

pub(super) fn ticks(ticks: &Ticks, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut head = Page::new(paint, area.width);
    head.text(Role::Heading, &ticks.title);
    head.text(Role::Note, &ticks.note);
    let height = u16::try_from(head.lines.len() + 1).unwrap_or(3);
    let [above, body] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area);
    canvas.render_widget(Paragraph::new(head.lines), above);
    // Rows are whole texts here, word for word: they wrap, and the marked one is kept in sight.
    let mut page = Page::new(paint, area.width);
    let mut marked_from = 0;
    for (at, (text, ticked)) in ticks.rows.iter().enumerate() {
        let marked = at == ticks.at;
        if marked {
            marked_from = page.lines.len();
        }
        let lead = format!("{}{} ", if marked { "> " } else { "  " }, if *ticked { "[x]" } else { "[ ]" });
        let role = if marked { Role::Marked } else { Role::Body };
        page.paragraph(&lead, role, role, text);
    }
    let rows = usize::from(body.height);
    let scroll = (marked_from + 3).saturating_sub(rows);
    page.draw(canvas, body, u16::try_from(scroll).unwrap_or(0));
    let row = u16::try_from(marked_from.saturating_sub(scroll)).unwrap_or(0).min(body.height.saturating_sub(1));
    canvas.set_cursor_position((body.x, body.y + row));
}

pub(super) fn form(form: &Form, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut lines = vec![Line::default(), Line::from(paint.span(Role::Heading, form.title.clone())), Line::default()];
    let mut caret = (0, 0);
    for (at, field) in form.fields.iter().enumerate() {
        let here = at == form.at;
        let lead = if here { "> " } else { "  " };
        let mut label =
            vec![paint.span(if here { Role::Title } else { Role::Label }, format!("{lead}{}", field.label))];
        if !field.note.is_empty() {
            label.push(paint.span(Role::Note, format!("  {}", field.note)));
        }
        lines.push(Line::from(label));
        let room = usize::from(area.width).saturating_sub(5).max(8);
        let rows = field.buffer.rows(room);
        if here {
            let (row, column) = field.buffer.position(room);
            caret = (4 + column, lines.len() + row);
        }
        for row in rows.iter() {
            let indent = std::iter::once(paint.span(Role::Body, "    "));
            lines.push(indent.chain(written_row(&field.buffer, row, paint)).collect());
        }
        lines.push(Line::default());
    }
    if !form.problem.is_empty() {
        lines.push(Line::from(paint.span(Role::Bad, fit(&format!("! {}", form.problem), usize::from(area.width)))));
    }
    let skip = (caret.1 + 2).saturating_sub(usize::from(area.height));
    let shown: Vec<Line<'_>> = lines.into_iter().skip(skip).collect();
    canvas.render_widget(Paragraph::new(shown), area);
    let column = u16::try_from(caret.0).unwrap_or(0).min(area.width.saturating_sub(1));
    let row = u16::try_from(caret.1 - skip).unwrap_or(0).min(area.height.saturating_sub(1));
    canvas.set_cursor_position((area.x + column, area.y + row));
    debug_assert!(form.title.width() < 200, "titles of forms are short");
}

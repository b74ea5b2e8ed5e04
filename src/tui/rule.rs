//! One rule whole: above, the answers it looked at, of which one is marked; below, how it came out and what it is for.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use crate::app::Model;
use crate::command::key;
use crate::config::Role;
use crate::domain::{By, Day, Lead, Looked, Sheet, short_day};

/// Widest row: an answer should not be far from what it is about.
const MOST_CELLS: usize = 110;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let page = &model.person.rules.page;
    let Some(detail) = model.person.rules.in_front() else {
        let words = if model.person.rules.gone {
            concat!("This rule is no longer there; ", key!("back"), " goes back.")
        } else {
            "Asking the rule\u{2026}"
        };
        canvas.render_widget(Paragraph::new(paint.span(Role::Note, model.keyed(words))), area);
        return;
    };
    let most = (area.height / 4).max(2);
    let rows = u16::try_from(detail.looked.len().max(1)).unwrap_or(u16::MAX).min(most);
    let [title, word, list, _, body] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(rows),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    let width = usize::from(area.width).min(MOST_CELLS);
    let place = match page.ids.len() {
        0 | 1 => format!("{} ", detail.id),
        all => format!("{}, {} of {all} ", detail.id, page.at + 1),
    };
    let left = vec![paint.span(Role::Title, detail.title.clone())];
    canvas.render_widget(Paragraph::new(spread(left, vec![paint.span(Role::Note, place)], width)), title);
    let words = match detail.looked.len() {
        0 => "It looks at no answer of yours.",
        _ => concat!("It looks at these answers; ", key!("to-answer"), " goes to the marked one."),
    };
    canvas.render_widget(Paragraph::new(paint.span(Role::Note, fit(&model.keyed(words), width))), word);
    let mut text = Page::new(paint, body.width);
    text.sheet(&Sheet::rule(detail, &model.person.snapshot.advised, Lead::Evaluation));
    text.draw(canvas, body, page.scroll);
    draw_rows(canvas, list, page.row, detail.looked.len(), |at| match detail.looked.get(at) {
        Some(looked) => row(looked, model.shell.today, at == page.row, paint, width),
        None => Line::default(),
    });
}

/// `FL-5 Open to new ideas     2 (With prompting), 20 Nov`: the title gives way.
fn row(looked: &Looked, today: Day, marked: bool, paint: Painter, width: usize) -> Line<'static> {
    let words = match &looked.said {
        None => "not answered yet".to_owned(),
        Some(said) => {
            let who = match said.by {
                By::Myself => "",
                By::Coach => "your coach: ",
                By::Other => "somebody else: ",
            };
            format!("{who}{}, {}", said.words, short_day(said.on, today))
        }
    };
    let lead = if marked { "> " } else { "  " };
    let (role, code) = if marked { (Role::Marked, Role::Marked) } else { (Role::Body, Role::Label) };
    let words = fit(&words, width * 3 / 5);
    let room = width.saturating_sub(words.width() + 4);
    let head = format!("{lead}{} ", looked.code);
    let title = fit(&looked.title, room.saturating_sub(head.width()));
    spread(
        vec![paint.span(code, head), paint.span(role, title)],
        vec![paint.span(Role::Note, words), Span::raw(" ")],
        width,
    )
}

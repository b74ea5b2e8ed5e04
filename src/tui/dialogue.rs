//! The plan as a dialogue: the question in front, what was said so far, and at the end what the tool asks.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::writing::writing;
use crate::app::{Dialogue, Model};
use crate::command::key;
use crate::config::Role;

pub(super) fn draw(dialogue: &Dialogue, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let Some((question, note)) = dialogue.asked() else {
        return look_over(dialogue, model, paint, canvas, area);
    };
    let width = usize::from(area.width);
    let said: Vec<(&str, &str)> =
        dialogue.answered().filter(|(at, _, _)| *at != dialogue.at).map(|(_, label, text)| (label, text)).collect();
    let [head, entry, wrong, so_far] =
        Layout::vertical([Constraint::Length(4), Constraint::Length(4), Constraint::Length(2), Constraint::Fill(1)])
            .areas(area);
    let place = format!("{} of {}", dialogue.at + 1, dialogue.len());
    let lines = vec![
        spread(vec![paint.span(Role::Label, dialogue.title())], vec![paint.span(Role::Note, place)], width),
        Line::default(),
        Line::from(paint.span(Role::Heading, question)),
        Line::from(paint.span(Role::Note, fit(note, width))),
    ];
    canvas.render_widget(Paragraph::new(lines), head);
    if !dialogue.problem.is_empty() {
        let words = fit(&format!("! {}", dialogue.problem), width);
        canvas.render_widget(Paragraph::new(paint.span(Role::Bad, words)), wrong);
    }
    let mut page = Page::new(paint, area.width);
    if !said.is_empty() {
        page.text(Role::Note, "So far");
    }
    for (label, text) in said {
        page.paragraph(&format!("{label}: "), Role::Label, Role::Body, text);
    }
    page.draw(canvas, so_far, 0);
    if let Some(buffer) = dialogue.buffer() {
        writing(buffer, paint, canvas, entry);
    }
}

/// Everything together, with what the tool would ask.
fn look_over(dialogue: &Dialogue, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut page = Page::new(paint, area.width);
    page.text(Role::Heading, "Into the plan?");
    page.gap();
    for (_, label, text) in dialogue.answered() {
        page.paragraph(&format!("{label}: "), Role::Label, Role::Body, text);
    }
    let questions = dialogue.questions(&model.person.snapshot.actions, model.shell.today);
    page.gap();
    if questions.is_empty() {
        page.text(Role::Good, "It has a moment, a first step and a day to look back.");
    } else {
        page.text(Role::Heading, "Before you take it");
        for question in questions {
            page.paragraph("? ", Role::Label, Role::Body, &question);
        }
    }
    page.gap();
    page.text(
        Role::Note,
        &model.keyed(concat!(
            key!("next-question"),
            " takes it as it is; ",
            key!("previous-question"),
            " goes back to any question"
        )),
    );
    page.draw(canvas, area, 0);
}

//! Advice: the cards in order, and the marked one with its reasons.

use super::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, spread};
use super::panes::{Titles, panes};
use super::safety;
use crate::app::Model;
use crate::config::Role;
use crate::domain::Sheet;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let advised = &model.person.snapshot.advised;
    let Some(library) = &model.shell.library else { return };
    let area = safety::above(model, paint, canvas, area);
    if advised.shown.is_empty() {
        let mut page = Page::new(paint, area.width);
        empty(model, &mut page);
        page.draw(canvas, area, model.person.advice.scroll);
        return;
    }
    let titles = Titles { third: "Why", ..Titles::two("Your answers suggest", "What to do") };
    let places = panes(titles, advised.shown.len(), paint, canvas, area);
    let (list, detail) = (places.list, places.detail);
    let width = usize::from(list.width);
    draw_rows(canvas, list, model.person.advice.row, advised.shown.len(), |at| {
        let Some(advice) = advised.shown.get(at) else { return Line::default() };
        let marked = at == model.person.advice.row;
        let role = if marked { Role::Marked } else { Role::Body };
        let lead = if marked { "> " } else { "  " };
        let left = vec![paint.span(role, format!("{lead}{}. {}", at + 1, advice.title))];
        let effort = library
            .activity(&advice.activity)
            .map(|activity| format!("{}, {}", activity.kind.title(), activity.effort()));
        let right = vec![paint.span(Role::Note, effort.unwrap_or_default()), Span::raw(" ")];
        spread(left, right, width)
    });
    let Some(advice) = advised.shown.get(model.person.advice.row) else { return };
    let mut page = Page::new(paint, detail.width);
    if model.person.advice.left_out {
        page.sheet(&Sheet::left_out(advised));
    } else {
        page.text(Role::Title, &advice.title);
        page.sheet(&Sheet::advice(
            library,
            advice,
            model.shell.today,
            model.person.advice.why && places.third.is_none(),
        ));
    }
    canvas.view.beside = places.third.is_some();
    if let Some(third) = places.third {
        let mut why = Page::new(paint, third.width);
        why.sheet(&Sheet::reasons(advice));
        why.beside(canvas, third);
    }
    page.draw(canvas, detail, model.person.advice.scroll);
}

fn empty(model: &Model, page: &mut Page<'_>) {
    if model.person.saving.is_some() {
        page.text(Role::Body, "Saving, and asking the rules\u{2026}");
        return;
    }
    if let Some(why) = model.person.snapshot.advised.why_nothing() {
        page.text(Role::Body, why);
        return;
    }
    page.text(Role::Heading, "No advice yet");
    page.gap();
    if model.person.snapshot.profile.session_days().is_empty() {
        page.text(
            Role::Body,
            "Advice comes from your answers. Find a behaviour, say where you are with it, and come back.",
        );
    } else {
        page.text(
            Role::Body,
            "None of the rules has anything to suggest for your answers so far, or you have dealt with all of it.",
        );
        page.text(
            Role::Body,
            "Rating how much a behaviour matters in your role, and a few words about it, help the rules most.",
        );
    }
    page.sheet(&Sheet::left_out(&model.person.snapshot.advised));
}

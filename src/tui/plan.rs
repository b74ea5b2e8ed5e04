//! Plan: what I decided, by when, and what came of it.

use super::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{Titles, panes};
use crate::app::Model;
use crate::command::key;
use crate::config::Role;
use crate::domain::{Action, ActionStatus, Day, Library, Sheet, short_day};

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let rows = model.plan_rows();
    let Some(library) = &model.shell.library else { return };
    if rows.is_empty() {
        let mut page = Page::new(paint, area.width);
        page.text(Role::Heading, "Nothing in the plan yet");
        page.gap();
        let words =
            concat!("Accept an activity in Advice, or write down an action of your own with ", key!("new"), ".");
        page.text(Role::Body, &model.keyed(words));
        page.text(Role::Body, "A good action is small: one first step within the next two weeks.");
        page.draw(canvas, area, 0);
        return;
    }
    rows_and_detail(model, library, paint, canvas, area);
}

/// The actions and the marked one whole; the session shows them too.
pub(super) fn rows_and_detail(model: &Model, library: &Library, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let rows = model.plan_rows();
    let places = panes(Titles::two("What you decided", "The action"), rows.len(), paint, canvas, area);
    let (list, detail) = (places.list, places.detail);
    let width = usize::from(list.width);
    draw_rows(canvas, list, model.person.plan.row, rows.len(), |at| match rows.get(at) {
        Some(action) => row(action, model.shell.today, at == model.person.plan.row, paint, width),
        None => Line::default(),
    });
    let Some(action) = model.marked_action() else { return };
    let mut page = Page::new(paint, detail.width);
    page.text(Role::Title, &action.title);
    page.sheet(&Sheet::action(library, action, model.shell.today));
    page.draw(canvas, detail, model.person.plan.scroll);
}

fn row(action: &Action, today: Day, marked: bool, paint: Painter, width: usize) -> Line<'static> {
    let due = action.due_on(today);
    let open = action.status == ActionStatus::Open;
    let late = open && due.is_now();
    let lead = if marked { "> " } else { "  " };
    let mark = match action.status {
        ActionStatus::Open if late => "! ",
        ActionStatus::Open => "\u{25cb} ",
        ActionStatus::Done => "\u{2713} ",
        ActionStatus::RejectedPack => "\u{00d7} ",
    };
    let role = if marked {
        Role::Marked
    } else if late {
        Role::Urgent
    } else {
        Role::Body
    };
    let words = match action.status {
        ActionStatus::Open => due.words(),
        ActionStatus::Done => format!("done {}", short_day(action.changed_on, today)),
        ActionStatus::RejectedPack => format!("let go {}", short_day(action.changed_on, today)),
    };
    // The day is what a plan is read for, so here the title gives way.
    let room = width.saturating_sub(words.width() + 3);
    let left = vec![paint.span(role, fit(&format!("{lead}{mark}{}", action.title), room))];
    spread(left, vec![paint.span(Role::Note, words), Span::raw(" ")], width)
}

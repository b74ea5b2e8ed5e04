//! A place as it describes itself: a page, or a list with its marked row whole beside or below it.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{Titles, panes};
use crate::app::{Body, ListView, Mark, Model, PageView, RowView, View};
use crate::config::Role;
use crate::domain::Block;

/// Widest page of what comes first; longer lines are hard to read.
pub(super) const WIDEST: u16 = 84;

pub(super) fn draw(view: &View, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let area = first(view, model, paint, canvas, area);
    match &view.body {
        Body::Page(page) => whole(page, model, paint, area).draw(canvas, area, view.scroll),
        Body::List(list) => rows_and_detail(list, view.scroll, model, paint, canvas, area),
    }
}

/// What comes first, in at most half of the room; what is left of it. All of it is on a page of its own.
fn first(view: &View, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    if view.first.is_empty() {
        return area;
    }
    let mut page = Page::new(paint, area.width.min(WIDEST));
    for notice in &view.first {
        page.gap();
        page.text(Role::Urgent, &format!("! {}", notice.title));
        page.sheet(&notice.sheet);
    }
    let most = (area.height / 2).saturating_sub(1);
    let cut = page.lines.len() > usize::from(most);
    page.lines.truncate(usize::from(if cut { most.saturating_sub(1) } else { most }));
    if cut {
        page.text(Role::Note, &model.keyed(view.first_more));
    }
    let height = u16::try_from(page.lines.len()).unwrap_or(most).min(most);
    let [notice, _, rest] =
        Layout::vertical([Constraint::Length(height), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    canvas.render_widget(Paragraph::new(page.lines), notice);
    rest
}

fn whole(view: &PageView, model: &Model, paint: Painter, area: Rect) -> Page<'static> {
    let mut page = Page::new(paint, area.width);
    if !view.title.is_empty() {
        page.text(Role::Title, &view.title);
    }
    let mut sheet = view.sheet.clone();
    for block in &mut sheet.blocks {
        if let Block::Text(text) = block {
            *text = model.keyed(text).into_owned();
        }
    }
    page.sheet(&sheet);
    page
}

/// The rows, the marked one whole, and a third pane where there is room for one.
pub(super) fn rows_and_detail(
    list: &ListView,
    scroll: u16,
    model: &Model,
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) {
    let third = list.third.as_ref().map_or("", |third| third.title);
    let titles = Titles { third, ..Titles::two(list.title, list.detail_title) };
    let places = panes(titles, list.rows.len(), paint, canvas, area);
    let width = usize::from(places.list.width);
    draw_rows(canvas, places.list, list.marked, list.rows.len(), |at| {
        list.rows.get(at).map(|own| row(list, own, at, paint, width)).unwrap_or_default()
    });
    let mut detail = list.detail.clone();
    if let (Some(area), Some(third)) = (places.third, &list.third) {
        let mut page = Page::new(paint, area.width);
        page.sheet(&third.sheet);
        page.beside(canvas, area);
        detail.sheet.clone_from(&third.detail);
        canvas.view.beside = true;
    }
    whole(&detail, model, paint, places.detail).draw(canvas, places.detail, scroll);
}

fn row(list: &ListView, row: &RowView, at: usize, paint: Painter, width: usize) -> Line<'static> {
    let marked = at == list.marked;
    let lead = if marked { "> " } else { "  " };
    let mark = match row.mark {
        Mark::Number => format!("{}. ", at + 1),
        Mark::Urgent => "! ".to_owned(),
        Mark::Open => "\u{25cb} ".to_owned(),
        Mark::Done => "\u{2713} ".to_owned(),
        Mark::Dropped => "\u{00d7} ".to_owned(),
    };
    let role = match row.mark {
        _ if marked => Role::Marked,
        Mark::Urgent => Role::Urgent,
        _ => Role::Body,
    };
    let text = format!("{lead}{mark}{}", row.text);
    let text = if list.notes_stay { fit(&text, width.saturating_sub(row.note.width() + 3)) } else { text };
    spread(vec![paint.span(role, text)], vec![paint.span(Role::Note, row.note.clone()), Span::raw(" ")], width)
}

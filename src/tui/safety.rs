//! People to ring, one notice under the other.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;

use super::page::Page;
use super::paint::Painter;
use crate::app::Model;
use crate::command::key;
use crate::config::Role;
use crate::domain::Sheet;

/// Widest page; longer lines are hard to read.
const WIDEST: u16 = 84;

pub(super) fn draw(scroll: u16, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let mut page = Page::new(paint, area.width);
    for notice in model.notices() {
        page.gap();
        page.text(Role::Title, &notice.title);
        page.sheet(&Sheet::notice(notice));
    }
    if !model.notices().is_empty() {
        page.gap();
        page.text(Role::Note, "Nobody was told. This stays on Today until you put it aside.");
    }
    for notice in model.put_aside() {
        page.gap();
        page.text(Role::Title, &format!("{} (you put this aside)", notice.title));
        page.sheet(&Sheet::notice(notice));
    }
    page.draw(canvas, area, scroll);
    canvas.set_cursor_position((area.x, area.y));
}

/// The notices above a list, in at most half of the room; what is left of it. All of a notice is on the page of its own.
pub(super) fn above(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    let notices = model.notices();
    if notices.is_empty() {
        return area;
    }
    let mut page = Page::new(paint, area.width.min(WIDEST));
    for notice in notices {
        page.gap();
        page.text(Role::Urgent, &format!("! {}", notice.title));
        page.sheet(&Sheet::notice(notice));
    }
    let most = (area.height / 2).saturating_sub(1);
    let cut = page.lines.len() > usize::from(most);
    page.lines.truncate(usize::from(if cut { most.saturating_sub(1) } else { most }));
    if cut {
        let more = model.keyed(concat!("More people to ring: ", key!("safety"), "."));
        page.text(Role::Note, &more);
    }
    let height = u16::try_from(page.lines.len()).unwrap_or(most).min(most);
    let [notice, _, rest] =
        Layout::vertical([Constraint::Length(height), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    canvas.render_widget(Paragraph::new(page.lines), notice);
    rest
}

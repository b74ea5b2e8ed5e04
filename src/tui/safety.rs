//! People to ring, one notice under the other.

use super::canvas::Canvas;
use ratatui::layout::Rect;

use super::page::Page;
use super::paint::Painter;
use super::view::WIDEST;
use crate::app::Model;
use crate::config::Role;
use crate::domain::Sheet;

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

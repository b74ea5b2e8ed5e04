//! Agreement: what coach and client agreed, whenever the client's records are opened.

use super::canvas::Canvas;
use ratatui::layout::Rect;

use super::page::Page;
use super::paint::Painter;
use crate::app::Model;
use crate::config::Role;
use crate::domain::Sheet;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(library) = &model.shell.library else { return };
    let mut page = Page::new(paint, area.width);
    page.text(Role::Title, &format!("What {} and the coach agreed", model.person.snapshot.person.name));
    page.sheet(&Sheet::agreement(library, &model.person.snapshot.dossier, &model.terms()));
    page.draw(canvas, area, model.person.page_scroll);
}

//! What was said lately, the latest first, under what is wrong with settings and packs.

use super::canvas::Canvas;
use ratatui::layout::Rect;

use super::page::Page;
use super::paint::Painter;
use crate::app::{Model, Tone, ago};
use crate::config::Role;

pub(super) fn draw(scroll: u16, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut page = Page::new(paint, area.width);
    page.gap();
    if !model.shell.faults.is_empty() {
        page.text(Role::Heading, "Your settings");
        for fault in &model.shell.faults {
            page.paragraph("! ", Role::Bad, Role::Body, &format!("{}: {}.", fault.place(), fault.message));
            if !fault.hint.is_empty() {
                page.paragraph("  ", Role::Body, Role::Note, &fault.hint);
            }
        }
    }
    if !model.shell.banner.is_empty() {
        page.gap();
        page.text(Role::Heading, "Packs and rules");
        page.paragraph("! ", Role::Bad, Role::Body, &model.shell.banner);
    }
    page.gap();
    page.text(Role::Heading, "Said lately");
    if model.person.said.is_empty() {
        page.text(Role::Note, "Nothing yet. What stands above the hints for a moment is kept here.");
    }
    for said in model.person.said.iter().rev() {
        let (mark, role) = match said.notice.tone {
            Tone::Good => ("\u{2713} ", Role::Good),
            Tone::Plain => ("  ", Role::Body),
            Tone::Bad => ("! ", Role::Bad),
        };
        page.paragraph(
            mark,
            role,
            Role::Body,
            &format!("{} ({})", model.keyed(&said.notice.text), ago(said.at, model.shell.now)),
        );
    }
    page.draw(canvas, area, scroll);
    canvas.set_cursor_position((area.x, area.y));
}

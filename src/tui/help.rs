//! The help page: every key that works here, from the same table that dispatches, and how to search.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::page::Page;
use super::paint::Painter;
use crate::app::Model;
use crate::command::Group;
use crate::config::Role;
use crate::search::syntax;

pub(super) fn draw(model: &Model, paint: Painter, frame: &mut Frame<'_>, area: Rect) {
    let mut under = model.clone();
    under.layers.pop();
    let hints = under.hints();
    let mut page = Page::new(paint, area.width);
    page.text(Role::Note, "The keys that work on the screen you came from. esc goes back to it.");
    for group in Group::ALL {
        let rows: Vec<_> = hints.iter().filter(|hint| hint.command.entry().group == group).collect();
        if rows.is_empty() {
            continue;
        }
        page.gap();
        page.text(Role::Heading, group.title());
        for hint in rows {
            let keys: Vec<String> = hint.chords.iter().map(ToString::to_string).collect();
            page.paragraph(&format!("  {:<20} ", keys.join("  ")), Role::Key, Role::Body, hint.command.entry().help);
        }
    }
    page.gap();
    page.text(Role::Heading, "Searching");
    for (example, meaning) in syntax() {
        page.paragraph(&format!("  {example:<20} "), Role::Key, Role::Body, meaning);
    }
    page.draw(frame, area, model.help_scroll, &model.view);
}

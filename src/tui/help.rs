//! The help page: every key that works on the current screen, taken from the table that also dispatches keys, and the
//! syntax of search lines. Typing filters the page, and it can be scrolled.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};

use super::entry::entry;
use super::page::Page;
use super::paint::Painter;
use crate::app::{HelpPage, Model};
use crate::command::{Group, key};
use crate::config::Role;
use crate::search::syntax;

pub(super) fn draw(help: &HelpPage, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [line, _, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let mut under = model.clone();
    under.person.layers.pop();
    let hints = under.hints();
    let wanted = help.filter.text().trim().to_lowercase();
    let fits = |words: &str| wanted.split_whitespace().all(|word| words.to_lowercase().contains(word));
    let mut page = Page::new(paint, body.width);
    for group in Group::ALL {
        let rows: Vec<(String, &str)> = hints
            .iter()
            .map(|hint| (hint, hint.command.entry()))
            .filter(|(_, entry)| entry.group == group)
            .map(|(hint, entry)| (hint.chords.iter().map(ToString::to_string).collect::<Vec<_>>().join("  "), entry))
            .filter(|(keys, entry)| fits(&format!("{keys} {} {}", entry.title, entry.help)))
            .map(|(keys, entry)| (keys, entry.help))
            .collect();
        heading_and_rows(&mut page, group.title(), rows.iter().map(|(keys, help)| (keys.as_str(), *help)));
    }
    let searching = syntax().iter().copied().filter(|(example, meaning)| fits(&format!("search {example} {meaning}")));
    heading_and_rows(&mut page, "Searching", searching);
    if page.lines.is_empty() {
        page.text(
            Role::Body,
            &model.keyed(concat!(
                "No key here has to do with that. ",
                key!("commands"),
                " lists every command, also those of other screens."
            )),
        );
    }
    page.draw(canvas, body, help.scroll);
    entry("Keys that work here: ", &help.filter, "type to narrow, like word or save", paint, canvas, line);
}

fn heading_and_rows<'r>(page: &mut Page<'_>, title: &str, rows: impl Iterator<Item = (&'r str, &'r str)>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    page.gap();
    page.text(Role::Heading, title);
    for (lead, words) in rows {
        page.paragraph(&format!("  {lead:<20} "), Role::Key, Role::Body, words);
    }
}

//! A place as it describes itself, in lines.

use super::super::place_text::{Number, PlaceText};
use crate::app::{Body, ListView, Mark, PageView, RowView, View};

pub(super) fn render(view: &View) -> PlaceText {
    let mut out = PlaceText::at(view.place.clone());
    for notice in &view.first {
        out.say(format!("First: {}.", notice.title));
        out.read(&notice.sheet);
    }
    match &view.body {
        Body::Page(page) => read(&mut out, view.name, page),
        Body::List(list) => {
            out.say(format!("{}. {}:", view.name, list.about));
            rows(&mut out, list);
            out.teach("A number reads that row whole.");
        }
    }
    out
}

/// A page under its title, or under the name of its place.
fn read(out: &mut PlaceText, name: &str, page: &PageView) {
    match page.title.as_str() {
        "" => {}
        // The title says already where one is.
        title if title.starts_with(name) => out.say(format!("{title}.")),
        title => out.say(format!("{name}. {title}.")),
    }
    out.read(&page.sheet);
}

/// The rows of a list, and the marked one whole.
pub(super) fn rows(out: &mut PlaceText, list: &ListView) {
    for row in &list.rows {
        out.row(sentence(row));
    }
    out.row = list.marked;
    out.number = Number::Reads;
    let title = list.detail.title.trim_end_matches('.');
    // What is not about the marked row has no number.
    let is_row = list.rows.get(list.marked).is_some_and(|row| row.text.trim_end_matches('.') == title);
    let number = if is_row { format!("{} of {}: ", list.marked + 1, list.rows.len()) } else { String::new() };
    out.detail(&format!("{number}{title}."), &list.detail.sheet);
}

fn sentence(row: &RowView) -> String {
    let lead = if row.mark == Mark::Urgent { "Now: " } else { "" };
    let note = if row.note.is_empty() { String::new() } else { format!(", {}", row.note) };
    format!("{lead}{}{note}.", row.text.trim_end_matches('.'))
}

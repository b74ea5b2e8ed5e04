//! Today: what matters now.

use super::super::place_text::PlaceText;
use crate::app::{FIRST_STEPS, Model, PreviewBody, items};
use crate::domain::Sheet;

pub(super) fn render(model: &Model) -> PlaceText {
    let mut out = PlaceText::at("Today");
    out.say(format!("Today. {}.", model.greeting().trim_end_matches('.')));
    out.say(model.so_far());
    if model.is_first_time() {
        for (at, step) in FIRST_STEPS.iter().enumerate() {
            out.say(format!("Step {}. {step}", at + 1));
        }
    }
    out.say("What matters now:");
    for item in items(model) {
        // Two colons in a row would be one too many.
        let text = match (item.urgent, item.text.strip_prefix("Do: ")) {
            (true, Some(title)) => format!("Now do: {title}"),
            (true, None) => format!("Now: {}", item.text),
            (false, _) => item.text.clone(),
        };
        let note = if item.note.is_empty() { String::new() } else { format!("; {}", item.note) };
        out.row(format!("{text}{note}."));
    }
    out.row = model.person.home_row;
    let marked = items(model).into_iter().nth(model.person.home_row);
    if let Some(found) = marked.and_then(|item| model.preview(&item.to)) {
        let sheet = if let PreviewBody::Sheet(sheet) = &found.body { sheet.clone() } else { Sheet::default() };
        out.detail(&format!("{}.", found.title.trim_end_matches('.')), &sheet);
        if let PreviewBody::Lines(lines) = found.body {
            out.detail(&lines.join("\n"), &Sheet::default());
        }
    }
    out.teach("A number opens that row; \u{ab}show\u{bb} and a number tells what lies behind it.");
    out
}

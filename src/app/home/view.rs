//! The view of the first screen: the person's progress, what needs attention, and a preview of where the marked row
//! leads.

use super::{Item, Target, items};
use crate::app::headings::FIRST_STEPS;
use crate::app::model::Model;
use crate::app::place::Screen;
use crate::app::view::{Body, Lines, ListLayout, ListView, Mark, PagePart, PageView, RowView, ThirdView, View};
use crate::domain::{Block, Sheet};

pub(super) fn view(model: &Model) -> View<'_> {
    let rows = items(model);
    let marked = model.person.at[Screen::Home].row;
    let behind = rows.get(marked).and_then(|item| model.preview(&item.to)).unwrap_or_default();
    let third = if model.is_first_time() {
        let page = PageView::of("", vec![PagePart::Numbered(&FIRST_STEPS)]);
        ThirdView { title: "How it works", page, detail: behind.clone(), else_below: true }
    } else {
        ThirdView::new("Recent", lately(model), behind.clone())
    };
    let list = ListView::new("What to do next", marked, rows.iter().map(row).collect());
    let list =
        ListView { layout: ListLayout::ListFirst, third: Some(third), ..list.with(behind.title.clone(), behind) };
    let mut so_far = Sheet::default();
    so_far.text(model.so_far());
    let teach = "Type a number to open that row. Type \"show\" and a number to see what is behind it.";
    View {
        head: vec![PagePart::Title(model.greeting()), PagePart::Sheet(so_far)],
        lines: Lines { teach: vec![teach], ..Lines::default() },
        ..View::new("Today", Body::list(list))
    }
}

fn row(item: &Item) -> RowView {
    // The due day of an action matters most, so its title is shortened if the row is too long.
    let note_stays = matches!(item.to, Target::Action(_));
    let mark = if item.urgent { Mark::Urgent } else { Mark::None };
    // Avoids two colons in one sentence.
    let text = match (item.urgent, item.text.strip_prefix("Do: ")) {
        (true, Some(title)) => format!("Now do: {title}"),
        (true, None) => format!("Now: {}", item.text),
        (false, _) => item.text.clone(),
    };
    let told = if item.note.is_empty() { format!("{text}.") } else { format!("{text}, {}.", item.note) };
    RowView { mark, note: item.note.clone(), note_stays, told, ..RowView::of(&item.text) }
}

fn lately(model: &Model) -> Sheet {
    let lately = model.lately();
    let mut sheet = Sheet::default();
    for (heading, lines) in [("Your focus set", lately.focus), ("Your last answers", lately.answers)] {
        if !lines.is_empty() {
            sheet.heading(heading);
            sheet.blocks.extend(lines.into_iter().map(Block::Point));
        }
    }
    sheet
}

//! The view of the first screen: the person's progress, what needs attention, and a preview of where the marked row
//! leads.

use super::stand::{memory, stands};
use super::{Item, Target, items};
use crate::app::headings::FIRST_STEPS;
use crate::app::model::Model;
use crate::app::place::Screen;
use crate::app::view::{
    Body, Lines, ListLayout, ListView, Mark, PagePart, PageView, RowView, SpreadView, ThirdView, View,
};
use crate::domain::{Block, Sheet};

const LAST_ENTRIES: &str = "Your last journal entries";

pub(super) fn view(model: &Model) -> View<'_> {
    let rows = items(model);
    let marked = model.person.at[Screen::Home].row;
    let behind = rows.get(marked).and_then(|item| model.preview(&item.to)).unwrap_or_default();
    let third = if model.is_first_time() {
        let page = PageView::of("", vec![PagePart::Numbered(&FIRST_STEPS)]);
        ThirdView { title: "How it works", page, detail: behind.clone(), else_below: true, spread: None }
    } else {
        recent(model, behind.clone())
    };
    let rows = rows.iter().enumerate().map(|(at, item)| row(model, item, at == 0)).collect();
    let list = ListView::new("What to do next", marked, rows);
    let list =
        ListView { layout: ListLayout::ListFirst, third: Some(third), ..list.with(behind.title.clone(), behind) };
    let mut so_far = Sheet::default();
    so_far.text(model.so_far());
    let teach = "Type a number to open that row. Type \"show\" and a number to see what is behind it.";
    View {
        head: vec![PagePart::Title(model.greeting()), PagePart::Sheet(so_far)],
        scroll: model.person.at[Screen::Home].scroll,
        lines: Lines { teach: vec![teach], ..Lines::default() },
        ..View::new("Today", Body::list(list))
    }
}

/// Returns a row. The first one, which is the next thing to do, also says how it begins.
fn row(model: &Model, item: &Item, is_next: bool) -> RowView {
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
    let below = if is_next { begins(model, &item.to) } else { String::new() };
    RowView { mark, note: item.note.clone(), note_stays, told, below, ..RowView::of(&item.text) }
}

/// Returns how the thing behind a row begins; empty if the row says it all.
fn begins(model: &Model, to: &Target) -> String {
    let snapshot = &model.person.snapshot;
    match to {
        Target::Action(id) => {
            let action = snapshot.actions.iter().find(|action| action.id == *id);
            let step = action.map(|action| action.first_step.trim()).filter(|step| !step.is_empty());
            step.map(|step| format!("First step: {step}")).unwrap_or_default()
        }
        Target::Advice => {
            snapshot.advised.shown.first().map(|first| format!("First: {}", first.title)).unwrap_or_default()
        }
        Target::Reflect(ix) => {
            let library = model.shell.library.as_deref();
            let easy = model.shell.settings.easy_words;
            library.map(|library| library.behaviour(*ix).in_words(easy).to_owned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Returns where the person stands, a sentence that they wrote a while ago, and their last answers; on a large window
/// also the dates of the plan, what was agreed and the last journal entries.
fn recent(model: &Model, detail: PageView) -> ThirdView {
    let (title, stands) = stands(model);
    let memory = memory(model);
    let answers = titled("Your last answers", model.lately().answers.into_iter().map(Block::Point).collect());
    let entries = model.entries();
    // A person without ratings has what they wrote in the place of these.
    let (title, first, entries) = if stands.is_empty() && answers.blocks.is_empty() && !entries.is_empty() {
        (LAST_ENTRIES, vec![PagePart::Sheet(Sheet { blocks: entries })], Sheet::default())
    } else {
        (title, stands, titled(LAST_ENTRIES, entries))
    };
    let sheets = |sheets: Vec<Sheet>| {
        let some = sheets.into_iter().filter(|sheet| !sheet.blocks.is_empty());
        some.flat_map(|sheet| [PagePart::Gap, PagePart::Sheet(sheet)]).skip(1).collect::<Vec<_>>()
    };
    let remembered = || memory.clone().into_iter().flat_map(|memory| [PagePart::Gap, memory]);
    let mut parts = first.clone();
    parts.extend(remembered());
    if !answers.blocks.is_empty() {
        parts.push(PagePart::Sheet(answers.clone()));
    }
    let mut lately = sheets(vec![model.last_agreed(), answers, entries]);
    lately.extend(remembered());
    let dates = PageView::of("", sheets(vec![model.coming_up()]));
    let spread = (!first.is_empty() && !lately.is_empty()).then(|| {
        let third = ("Lately", PageView::of("", lately));
        Box::new(SpreadView { rows: (title, PageView::of("", first)), detail: ("Coming up", dates), third })
    });
    ThirdView { title, page: PageView::of("", parts), detail, else_below: true, spread }
}

/// Returns blocks under a heading; an empty sheet if there are none.
fn titled(heading: &str, blocks: Vec<Block>) -> Sheet {
    let mut sheet = Sheet::default();
    if !blocks.is_empty() {
        sheet.heading(heading);
        sheet.blocks.extend(blocks);
    }
    sheet
}

//! The help page: every key that works in the place below it.

use super::edit::EditBuffer;
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::view::{PagePart, PageView, SearchView, View};
use crate::command::{Context, Group, key};
use crate::domain::Sheet;
use crate::search::syntax;

pub(super) struct HelpPlace;

impl Place for HelpPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Help, Context::Text, Context::Global]
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        page(model).map(|page| &mut page.scroll)
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Help(page)) = model.person.layers.last() else { return None };
        let hint = "type to search, like word or save";
        let search = SearchView { label: "Keys that work here: ", typed: &page.filter, hint };
        let body = PageView::of("", tables(model, page.filter.text()));
        Some(View { search: Some(search), ..View::page("Help", body, page.scroll) })
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        match model.person.layers.last() {
            Some(Layer::Help(page)) => Some(&page.filter),
            _ => None,
        }
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        if let Some(page) = page(model) {
            change(&mut page.filter);
            page.scroll = 0;
        }
    }
}

/// Returns the keys that work in the place below, by heading, and the syntax of search lines, as far as they fit what
/// was typed.
fn tables(model: &Model, wanted: &str) -> Vec<PagePart> {
    let mut under = model.clone();
    under.person.layers.pop();
    let hints = under.hints();
    let wanted = wanted.trim().to_lowercase();
    let fits = |words: &str| wanted.split_whitespace().all(|word| words.to_lowercase().contains(word));
    let mut parts = Vec::new();
    for group in Group::ALL {
        let of_group = hints.iter().map(|hint| (hint, hint.command.entry())).filter(|(_, entry)| entry.group == group);
        let rows = of_group
            .map(|(hint, entry)| (hint.chords.iter().map(ToString::to_string).collect::<Vec<_>>().join("  "), entry))
            .filter(|(keys, entry)| fits(&format!("{keys} {} {}", entry.title, entry.help)))
            .map(|(keys, entry)| (keys, entry.help));
        parts.push(PagePart::Table(group.title(), rows.collect()));
    }
    let searching = syntax().iter().filter(|(example, meaning)| fits(&format!("search {example} {meaning}")));
    let searching = searching.map(|(example, meaning)| ((*example).to_owned(), *meaning));
    parts.push(PagePart::Table("Searching", searching.collect()));
    parts.retain(|part| !matches!(part, PagePart::Table(_, rows) if rows.is_empty()));
    if parts.is_empty() {
        let mut sheet = Sheet::default();
        sheet.text(concat!("No key here does that. To see every command, press ", key!("commands"), "."));
        parts.push(PagePart::Sheet(sheet));
    }
    parts
}

fn page(model: &mut Model) -> Option<&mut HelpPage> {
    match model.person.layers.last_mut() {
        Some(Layer::Help(page)) => Some(page),
        _ => None,
    }
}

/// The state of the help page.
#[derive(Debug, Clone)]
pub struct HelpPage {
    /// Text typed to filter the page.
    pub filter: EditBuffer,
    /// Scroll offset in rows.
    pub scroll: u16,
}

impl Default for HelpPage {
    fn default() -> Self {
        Self { filter: EditBuffer::line(""), scroll: 0 }
    }
}

/// Opens or closes the help page. It replaces an overlay that is only read, and lies on top of one that is being filled
/// in.
pub(super) fn toggle(model: &mut Model) {
    if let Some(Layer::Help(_)) = model.person.layers.last() {
        model.person.layers.pop();
        return;
    }
    if matches!(model.person.layers.last(), Some(Layer::Palette(_) | Layer::Messages(_) | Layer::Tour(_))) {
        model.person.layers.pop();
    }
    model.person.layers.push(Layer::Help(HelpPage::default()));
}

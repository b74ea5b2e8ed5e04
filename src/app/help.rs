//! The help page: every key that works in the place below it.

use super::edit::EditBuffer;
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use crate::command::Context;

pub(super) struct HelpPlace;

impl Place for HelpPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Help, Context::Text, Context::Global]
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        page(model).map(|page| &mut page.scroll)
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

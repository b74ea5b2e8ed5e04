//! People to ring when wording was detected that can mean that somebody is in danger: an overlay as soon as the text is
//! saved, and a row on Today and on Advice until the notice is put aside.

use super::effect::{Effect, RecordsJob};
use super::handler::{Handled, when};
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::view::{Lines, PagePart, PageView, View, WIDEST};
use crate::command::{Command, Context};
use crate::domain::{HeardIn, SafetyNotice, Sheet};

pub(super) struct SafetyPlace;

impl Place for SafetyPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Safety, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let any = !model.notices().is_empty();
        (command == Command::PutAside).then(|| when(any, "You have hidden all of this.", put_aside))
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        match model.person.layers.last_mut() {
            Some(Layer::Safety(scroll)) => Some(scroll),
            _ => None,
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Safety(scroll)) = model.person.layers.last() else { return None };
        let mut parts = Vec::new();
        for notice in model.notices() {
            parts.push(PagePart::Title(notice.title.clone()));
            parts.extend([PagePart::Sheet(Sheet::notice(notice)), PagePart::Gap]);
        }
        let any = !parts.is_empty();
        if any {
            let mut nobody = Sheet::default();
            nobody.note("Cairn has not told anyone. This stays on Today until you hide it.");
            parts.extend([PagePart::Sheet(nobody), PagePart::Gap]);
        }
        for notice in model.put_aside() {
            parts.push(PagePart::Title(format!("{} (you hid this)", notice.title)));
            parts.extend([PagePart::Sheet(Sheet::notice(notice)), PagePart::Gap]);
        }
        let ask =
            if any { "To go on, type \"back\". To hide this, type \"hide this\"." } else { "To go on, type \"back\"." };
        let lines = Lines { ask: vec![ask], ..Lines::default() };
        let page = PageView { widest: Some(WIDEST), ..PageView::of("", parts) };
        Some(View { place: "people to ring".to_owned(), lines, ..View::page("", page, *scroll) })
    }
}

impl Model {
    /// Returns the notices that may be shown now; a notice that comes only from notes for the coach is shown only while
    /// private lines are.
    #[must_use]
    pub fn notices(&self) -> Vec<&SafetyNotice> {
        let all = self.person.snapshot.advised.safety.iter();
        all.filter(|notice| self.shows_private() || !notice.is_private()).collect()
    }

    /// Returns the notices that were put aside and may be shown now.
    #[must_use]
    pub fn put_aside(&self) -> Vec<&SafetyNotice> {
        let all = self.person.snapshot.put_aside.iter();
        all.filter(|notice| self.shows_private() || !notice.is_private()).collect()
    }

    /// Returns whether private content may be shown: these are the user's own records, or private lines are shown.
    fn shows_private(&self) -> bool {
        !self.person.snapshot.person.is_client() || self.person.show_private
    }
}

/// Opens the page, if there is a notice.
pub(super) fn open(model: &mut Model) {
    if !(model.notices().is_empty() && model.put_aside().is_empty()) {
        model.person.layers.push(Layer::Safety(0));
    }
}

/// Opens the page if there is a notice that was not there before, on top of any other overlay.
pub(super) fn open_new(model: &mut Model, before: &[SafetyNotice]) {
    let known: Vec<(&str, &HeardIn)> = places(before.iter()).collect();
    let is_new = places(model.notices().into_iter()).any(|place| !known.contains(&place));
    if is_new && !matches!(model.person.layers.last(), Some(Layer::Safety(_))) {
        model.person.layers.push(Layer::Safety(0));
    }
}

fn places<'a>(notices: impl Iterator<Item = &'a SafetyNotice>) -> impl Iterator<Item = (&'a str, &'a HeardIn)> {
    notices.flat_map(|notice| notice.heard_in.iter().map(|place| (notice.concern.as_str(), place)))
}

/// Puts aside the notices that the page shows.
fn put_aside(model: &mut Model) -> Vec<Effect> {
    let concerns = model.notices().iter().map(|notice| notice.concern.clone()).collect();
    model.person.layers.pop();
    vec![Effect::Records(RecordsJob::PutAside(concerns))]
}

//! The tour: four cards with examples from the packs that are open. It never opens by itself; a row of the first screen
//! and a command lead to it.

use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::Model;
use super::place::Place;
use super::view::{Lines, PagePart, PageView, View};
use crate::command::{Command, Context};
use crate::domain::{BehaviourIx, Framework, Library, Sheet};

/// Number of cards.
pub const CARDS: usize = 4;
/// Example query on the first card.
const TYPED: &str = "micromanaging";
/// Rows shown of a list.
const ROWS: usize = 3;

/// Width of a card in cells; short text is easier to read in a narrow block.
const CARD: u16 = 76;

/// A card of the tour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub title: &'static str,
    /// The explanation.
    pub words: String,
    /// Example lines of the screen that the card explains; may be empty.
    pub seen: Vec<String>,
    /// Keys to press there, with what they do.
    pub keys: String,
}

/// Builds the card with this index, counted from 0.
#[must_use]
pub fn card(model: &Model, at: usize) -> Card {
    match at {
        0 => Card {
            title: "Find a behaviour",
            words: "Type what is on your mind, in your own words. Typing mistakes do not matter.".to_owned(),
            seen: found(model),
            keys: keys(
                model,
                &[(Command::GoFind, "opens it from anywhere"), (Command::FindOpen, "starts a reflection on it")],
            ),
        },
        1 => Card {
            title: "Reflect for ten minutes",
            words: "Say how often you do it and how much it matters. Then answer one question. You can skip any step. \
                Cairn saves as you type."
                .to_owned(),
            seen: points(model),
            keys: keys(
                model,
                &[
                    (Command::NextStep, "goes on"),
                    (Command::Save, "saves"),
                    (
                        Command::Back,
                        "leaves and \
                keeps your draft",
                    ),
                ],
            ),
        },
        2 => Card {
            title: "See what Cairn suggests",
            words: "Cairn uses your answers to suggest things to try. It shows you why each one came up. It never \
                gives you a score."
                .to_owned(),
            seen: activities(model),
            keys: keys(
                model,
                &[
                    (Command::Accept, "adds it to your plan"),
                    (
                        Command::Adapt,
                        "changes the words \
                first",
                    ),
                    (
                        Command::Decline,
                        "removes \
                it",
                    ),
                ],
            ),
        },
        _ => Card {
            title: "It stays on this computer",
            words: "What you write stays on this computer. Nothing is sent anywhere. Use Journal to find it again and \
                Progress to see what has changed."
                .to_owned(),
            seen: Vec::new(),
            keys: keys(
                model,
                &[
                    (Command::Help, "every key that works here"),
                    (Command::Palette, "every command by its name"),
                    (Command::Tour, "shows this tour again"),
                ],
            ),
        },
    }
}

/// Returns keys with what they do, as currently bound; a command without a key is left out.
fn keys(model: &Model, wanted: &[(Command, &str)]) -> String {
    let key = |command: Command| {
        // Prefers a key that works everywhere.
        model.shell.settings.keymap.key_of(command, &[Context::Global]).map(|chord| chord.to_string())
    };
    let told: Vec<String> =
        wanted.iter().filter_map(|(command, words)| Some(format!("{} {words}", key(*command)?))).collect();
    told.join(" \u{b7} ")
}

/// Returns actual results of the example query.
fn found(model: &Model) -> Vec<String> {
    let (Some(library), Some(found)) = (&model.person.find.library, model.found(TYPED, ROWS)) else {
        return Vec::new();
    };
    let mut lines = vec![format!("Find: {TYPED}")];
    for hit in found.hits {
        lines.push(format!("  {}", library.behaviour(BehaviourIx(hit.record))));
    }
    lines
}

/// Returns activities for the first result of that query.
fn activities(model: &Model) -> Vec<String> {
    let (Some(library), Some(found)) = (&model.shell.library, model.found(TYPED, 1)) else { return Vec::new() };
    let Some(hit) = found.hits.first().copied() else { return Vec::new() };
    let fit = library.activities.iter().filter(|activity| activity.behaviours.contains(&BehaviourIx(hit.record)));
    fit.take(ROWS)
        .map(|activity| format!("{}  ({}, {})", activity.title, activity.kind.title(), activity.effort()))
        .collect()
}

/// Returns the points of the scale of the framework in front.
fn points(model: &Model) -> Vec<String> {
    let in_front = |library: &Library| {
        let place = |framework: &&Framework| library.place_of(&framework.id);
        library.frameworks.iter().min_by_key(place).cloned()
    };
    let Some(framework) = model.shell.library.as_deref().and_then(in_front) else { return Vec::new() };
    framework.scale.points.iter().map(|point| format!("{}  {}", point.value, point.label)).collect()
}

pub(super) fn open(model: &mut Model) {
    model.person.layers.push(Layer::Tour(0));
}

/// Goes to the next card or the previous one; the tour ends after the last card.
fn turn(model: &mut Model, forward: bool) {
    let Some(Layer::Tour(at)) = model.person.layers.last_mut() else { return };
    match (forward, *at + 1 < CARDS) {
        (true, true) => *at += 1,
        (true, false) => drop(model.person.layers.pop()),
        (false, _) => *at = at.saturating_sub(1),
    }
}

pub(super) struct TourPlace;

impl Place for TourPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Tour, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let is_first = matches!(model.person.layers.last(), Some(Layer::Tour(0)));
        match command {
            Command::NextCard => Some(act(|model: &mut Model| turn(model, true))),
            Command::PreviousCard => {
                Some(when(!is_first, "This is the first card.", |model: &mut Model| turn(model, false)))
            }
            _ => None,
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let Some(Layer::Tour(at)) = model.person.layers.last() else { return None };
        let card = card(model, *at);
        let sheet = |write: &dyn Fn(&mut Sheet)| {
            let mut sheet = Sheet::default();
            write(&mut sheet);
            PagePart::Sheet(sheet)
        };
        let mut parts = vec![
            sheet(&|sheet| sheet.note(format!("The tour, {} of {CARDS}", at + 1))),
            PagePart::Gap,
            PagePart::Title(card.title.to_owned()),
            PagePart::Gap,
            sheet(&|sheet| sheet.text(card.words.clone())),
        ];
        if !card.seen.is_empty() {
            parts.extend([PagePart::Gap, PagePart::Quoted(card.seen.clone())]);
        }
        parts.extend([PagePart::Gap, PagePart::Keys(card.keys.clone())]);
        let page = PageView { card: Some(CARD), ..PageView::of("", parts) };
        let ask = "Type \"next\" to go on. To end the tour, type \"back\".";
        let lines = Lines { ask: vec![ask], ..Lines::default() };
        Some(View { place: format!("tour {at}"), lines, ..View::page("", page, 0) })
    }
}

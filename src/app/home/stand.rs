//! Where the person stands, and what they wrote a while ago, for the first screen.

use super::super::compare::ComparisonState;
use super::super::model::Model;
use super::super::view::{PagePart, Ratings, StandLine};
use crate::domain::{BehaviourIx, Library, Rated, Remembered, Sheet, Standing, short_day};

/// Most behaviours that are listed without a focus set.
const MOST: usize = 3;

impl Model {
    /// Returns a sentence that the person wrote a while ago, if nobody else can be reading along: private lines are
    /// shown, or there are none because nobody is coached. While there is a safety notice, that is what matters.
    #[must_use]
    pub fn remembered(&self) -> Option<&Remembered> {
        self.person.snapshot.remembered.as_ref().filter(|_| self.is_alone() && self.notices().is_empty())
    }

    /// Returns whether what a person wrote can be quoted on a screen that nobody asked for it: nobody is coached, or
    /// private lines are shown.
    pub(in crate::app) fn is_alone(&self) -> bool {
        let snapshot = &self.person.snapshot;
        let is_coaching = snapshot.person.is_client() || !snapshot.clients.is_empty();
        self.person.show_private || !is_coaching
    }
}

/// Returns a title, and where the person stands on each behaviour of the focus set, or on the ones rated last. While a
/// round of ratings is under way, neither of the two may see how the other rates.
pub(super) fn stands(model: &Model) -> (&'static str, Vec<PagePart>) {
    let Some(library) = model.shell.library.as_deref() else { return ("", Vec::new()) };
    if matches!(model.comparison_stand(), ComparisonState::Turn(_) | ComparisonState::Sealed) {
        return ("Recent", Vec::new());
    }
    let profile = &model.person.snapshot.profile;
    let chosen: Vec<BehaviourIx> =
        model.focus().map(|focus| focus.behaviours(library).map(|(ix, _)| ix).collect()).unwrap_or_default();
    let (title, chosen) = if chosen.is_empty() {
        let rated = profile.answered().filter(|(_, standing)| standing.rated.value().is_some());
        let mut rated: Vec<(BehaviourIx, &Standing)> = rated.collect();
        let place = |ix: BehaviourIx| library.offering.front.place(&library.behaviour(ix).framework);
        rated.sort_by_key(|(ix, standing)| (place(*ix), std::cmp::Reverse(standing.on), *ix));
        ("Rated last", rated.into_iter().map(|(ix, _)| ix).take(MOST).collect())
    } else {
        ("Focus set", chosen)
    };
    let lines: Vec<StandLine> = chosen.iter().map(|ix| line(model, library, *ix)).collect();
    let mut told = Sheet::default();
    for line in &lines {
        told.pair(&format!("{} {}", line.code, line.title), line.words.as_str());
    }
    (title, if lines.is_empty() { Vec::new() } else { vec![PagePart::Stands(lines, told)] })
}

fn line(model: &Model, library: &Library, ix: BehaviourIx) -> StandLine {
    let (behaviour, scale) = (library.behaviour(ix), &library.framework_of(ix).scale);
    let standing = model.person.snapshot.profile.of(ix);
    let value = standing.and_then(|standing| standing.rated.value());
    let at = value.and_then(|value| scale.points.iter().position(|point| point.value == value)).map_or(0, |at| at + 1);
    let values: Vec<i64> =
        standing.map(|standing| standing.history.iter().map(|(_, value)| *value).collect()).unwrap_or_default();
    let end = |point: Option<&crate::domain::Point>, or: i64| point.map_or(or, |point| point.value);
    StandLine {
        code: behaviour.code.clone(),
        title: behaviour.title.clone(),
        at,
        of: scale.points.len(),
        words: standing.map_or_else(|| "not rated yet".to_owned(), |standing| course(model, standing, library, ix)),
        ratings: Ratings { values, scale: (end(scale.points.first(), 1), end(scale.points.last(), 5)) },
    }
}

/// Returns the rating in words, with the one before it: `2 (When reminded), down from 3 on 1 Nov`.
fn course(model: &Model, standing: &Standing, library: &Library, ix: BehaviourIx) -> String {
    let today = model.shell.today;
    let words = standing.words(&library.framework_of(ix).scale);
    let Rated::Value(now) = standing.rated else { return words };
    match standing.history.iter().rev().nth(1) {
        Some((on, before)) => {
            let day = short_day(*on, today);
            match now.cmp(before) {
                std::cmp::Ordering::Greater => format!("{words}, up from {before} on {day}"),
                std::cmp::Ordering::Less => format!("{words}, down from {before} on {day}"),
                std::cmp::Ordering::Equal => format!("{words}, the same as on {day}"),
            }
        }
        None => format!("{words}, on {}", short_day(standing.on, today)),
    }
}

/// Returns the sentence with its day.
pub(super) fn memory(model: &Model) -> Option<PagePart> {
    let Remembered { on, behaviour, words } = model.remembered()?;
    let person = &model.person.snapshot.person;
    let who = if person.is_client() { format!("{} wrote", person.name) } else { "You wrote".to_owned() };
    let day = short_day(*on, model.shell.today);
    let mut sheet = Sheet::default();
    sheet.note(format!("{who} on {day}, for {behaviour}:"));
    sheet.text(format!("\u{201c}{words}\u{201d}"));
    Some(PagePart::Sheet(sheet))
}

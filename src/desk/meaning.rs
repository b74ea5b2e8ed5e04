//! What an answer meant before a change of a pack, and what it would mean after it. An edition is the name of a meaning: while
//! it stays, the points of the scales, the codes, the titles and the statements stay, or the pack says in `reworded` that
//! other words mean the same.

use std::sync::Arc;

use super::{Desk, Shelf};
use crate::domain::{Answer, Behaviour, Fault, Framework, Library, Scale};

/// What the next edition of a pack needs, where a meaning changed.
const HINT: &str = "give the framework another edition in framework.toml, so that answers under the old one stay apart; \
                    or, if only the words are new and the meaning is the same, add the earlier words to reworded = [\"\u{2026}\"]";

/// One difference between two versions of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shift {
    /// Id of the framework.
    pub(super) framework: String,
    pub(super) kind: ShiftKind,
    /// What it is, as a phrase.
    pub(super) words: String,
    /// What stands in the file near it; empty for the whole of it.
    near: String,
}

/// How large a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ShiftKind {
    /// Answers that were given mean something else under the same edition.
    Meaning,
    /// The framework or its edition is another one: answers stay apart.
    Edition,
    /// Something that does not touch answers: a target, a further behaviour.
    Around,
    /// Other words, which the pack declares to mean the same.
    Reworded,
}

impl Desk {
    /// Gives answers of an earlier format the words of the packs that hold their edition. Where another program writes, or
    /// the records can only be looked at, the next start does it.
    pub(super) fn give_wording(&mut self) {
        let library = Arc::clone(&self.shelf.library);
        let Some(store) = self.opened_mut().filter(|store| store.look().is_none()) else { return };
        let Ok(bare) = store.without_wording() else { return };
        let worded: Vec<Answer> =
            bare.iter().map(|answer| library.worded(answer)).filter(|answer| !answer.wording.is_empty()).collect();
        if !worded.is_empty() {
            // What another program is in the way of is tried again by the next start.
            store.give_wording(&worded).ok();
        }
    }

    /// What counts days is counted anew: the day on the clock is another one.
    pub fn new_day(&mut self) {
        self.profile.take();
    }

    /// Answers with the words they are given in.
    pub(super) fn worded(&self, answers: &[Answer]) -> Vec<Answer> {
        answers.iter().map(|answer| self.shelf.library.worded(answer)).collect()
    }
}

/// Everything that changed in the frameworks of one pack.
pub(super) fn shifts(old: &Library, new: &Library, pack: &str) -> Vec<Shift> {
    let mut found = Vec::new();
    for before in old.frameworks.iter().filter(|framework| framework.pack == pack) {
        let mut say = |kind, near: &str, words: String| {
            found.push(Shift { framework: before.id.clone(), kind, words, near: near.to_owned() });
        };
        match new.framework(&before.id) {
            None => say(ShiftKind::Edition, "", format!("the framework {} is gone", before.id)),
            Some(now) if now.edition != before.edition => say(
                ShiftKind::Edition,
                "edition",
                format!("the framework {} is in edition {} after {}", before.id, now.edition, before.edition),
            ),
            Some(now) => {
                scale("rating", &before.scale, &now.scale, &mut say);
                scale("importance", &before.importance, &now.importance, &mut say);
                behaviours((old, before), (new, now), &mut say);
                targets(before, now, &mut say);
            }
        }
    }
    found.sort_by_key(|shift| shift.kind);
    found
}

/// What in the frameworks of a pack makes earlier answers mean something else, as faults of its file.
pub(super) fn faults(old: &Library, new: &Shelf, pack: &str) -> Vec<Fault> {
    let files = new.packs.iter().find(|files| new.id_of(files) == pack);
    let found = shifts(old, &new.library, pack).into_iter().filter(|shift| shift.kind == ShiftKind::Meaning);
    let fault = |shift: Shift| {
        let edition = new.library.framework(&shift.framework).map_or("", |framework| framework.edition.as_str());
        let message = format!("under the same edition {edition} of {}, {}", shift.framework, shift.words);
        let name = files.map_or_else(|| pack.to_owned(), |files| files.name("framework.toml"));
        let fault = Fault::new(name, message, HINT);
        let text = files.and_then(|files| files.files.get("framework.toml"));
        let at = text.and_then(|text| Some((text, text.find(&format!("\"{}\"", shift.near))?)));
        at.map_or(fault.clone(), |(text, at)| fault.at_byte(text, at))
    };
    found.map(fault).collect()
}

/// Two points or texts are compared by their words.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn declared(reworded: &[String], before: &str) -> bool {
    reworded.iter().any(|own| same(own, before))
}

fn scale(name: &str, before: &Scale, now: &Scale, say: &mut impl FnMut(ShiftKind, &str, String)) {
    let (was, is) = (before.points.len(), now.points.len());
    if was != is {
        say(ShiftKind::Meaning, "", format!("the {name} scale has {is} points after {was}"));
    }
    for point in &before.points {
        let Some(after) = now.point(point.value) else {
            say(ShiftKind::Meaning, "", format!("the {name} scale has no point {} any more", point.value));
            continue;
        };
        let words =
            format!("point {} of the {name} scale is \"{}\" after \"{}\"", point.value, after.label, point.label);
        match (same(&point.label, &after.label), declared(&after.reworded, &point.label)) {
            (true, _) => {}
            (false, true) => say(ShiftKind::Reworded, &after.label, words),
            (false, false) => say(ShiftKind::Meaning, &after.label, words),
        }
        if !same(&point.meaning, &after.meaning) {
            let words = format!("point {} of the {name} scale is explained in other words", point.value);
            say(ShiftKind::Reworded, &after.label, words);
        }
    }
    if !same(&before.question, &now.question) {
        say(ShiftKind::Reworded, "question", format!("the {name} scale asks its question in other words"));
    }
}

fn behaviours(
    (old, before): (&Library, &Framework),
    (new, now): (&Library, &Framework),
    say: &mut impl FnMut(ShiftKind, &str, String),
) {
    let of = |library: &Library, framework: &Framework| -> Vec<Behaviour> {
        library.behaviours.iter().filter(|behaviour| behaviour.framework == framework.id).cloned().collect()
    };
    let (old, new) = (of(old, before), of(new, now));
    for was in &old {
        let Some(is) = new.iter().find(|other| other.code == was.code) else {
            let moved = new.iter().find(|other| same(&other.title, &was.title));
            let words = match moved {
                Some(moved) => format!("{} has the code {} now", was.code, moved.code),
                None => format!("{} is gone", was.code),
            };
            say(ShiftKind::Meaning, "", words);
            continue;
        };
        for (what, before, after) in [("title", &was.title, &is.title), ("statement", &was.statement, &is.statement)] {
            let words = format!("{} has the {what} \"{after}\" after \"{before}\"", was.code);
            match (same(before, after), declared(&is.reworded, before)) {
                (true, _) => {}
                (false, true) => say(ShiftKind::Reworded, &is.code, words),
                (false, false) => say(ShiftKind::Meaning, &is.code, words),
            }
        }
        if was.targets != is.targets {
            say(ShiftKind::Around, &is.code, format!("{} has other targets", was.code));
        }
        let around = |own: &Behaviour| (own.indicators.clone(), own.opposite.clone(), own.levels.clone());
        if around(was) != around(is) {
            let words = format!("{} is described in other words (indicators, levels or what it is not)", was.code);
            say(ShiftKind::Reworded, &is.code, words);
        }
        if was.theme != is.theme {
            say(ShiftKind::Around, &is.code, format!("{} is in the theme {} after {}", was.code, is.theme, was.theme));
        }
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.code == is.code)) {
        say(ShiftKind::Around, &is.code, format!("{} is new", is.code));
    }
}

fn targets(before: &Framework, now: &Framework, say: &mut impl FnMut(ShiftKind, &str, String)) {
    let said = |target: Option<i64>| target.map_or_else(|| "none".to_owned(), |target| target.to_string());
    for level in &before.levels {
        match now.levels.iter().find(|own| own.id == level.id) {
            None => say(ShiftKind::Around, "", format!("the level {} is gone", level.id)),
            Some(own) if own.target != level.target => {
                let words = format!("the target of {} is {} after {}", level.id, said(own.target), said(level.target));
                say(ShiftKind::Around, &own.id, words);
            }
            Some(_) => {}
        }
    }
}

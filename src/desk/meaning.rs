//! Changes in the meaning of answers between two versions of a pack. An edition identifies a meaning: as long as it is
//! the same, everything that determines what an answer says must stay the same (questions, points and meanings of the
//! scales, codes, titles, statements and what distinguishes them), or the pack must declare in `reworded` that the new
//! wording is equivalent.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Desk, LoadedPacks, around};
use crate::domain::{Answer, Behaviour, Fault, Framework, Library, Scale, join_and};

/// Hint for an author who changed a meaning without changing the edition.
const HINT: &str = "give the framework another edition in framework.toml, so that earlier answers stay separate. If \
    only the words are new and the meaning is the same, add the earlier words to reworded = [\"\u{2026}\"]";

/// A difference between two versions of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shift {
    /// Id of the framework.
    pub(super) framework: String,
    pub(super) kind: ShiftKind,
    /// Description, as a phrase.
    pub(super) words: String,
    /// Text in the file near the difference; empty for the whole file.
    near: String,
}

/// The kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ShiftKind {
    /// Existing answers have another meaning under the same edition.
    Meaning,
    /// The framework or its edition was replaced: old answers are not compared with new ones.
    Edition,
    /// A difference that does not affect answers, such as a target, a level name or a new behaviour.
    Around,
    /// New wording that the pack declares to be equivalent.
    Reworded,
}

impl Desk {
    /// Fills titles and labels into answers in an earlier format from packs with their edition. Skipped if the records
    /// are read-only.
    pub(super) fn give_wording(&mut self) {
        let library = Arc::clone(&self.loaded_packs.library);
        let Some(store) = self.opened_mut().filter(|store| store.look().is_none()) else { return };
        let Ok(bare) = store.without_wording() else { return };
        let worded: Vec<Answer> =
            bare.iter().map(|answer| library.worded(answer)).filter(|answer| !answer.wording.is_empty()).collect();
        if !worded.is_empty() {
            // If another program interferes, the next start tries again.
            store.give_wording(&worded).ok();
        }
    }

    /// Must be called when the day has changed, so that everything that depends on the day is computed again.
    pub fn new_day(&mut self) {
        self.profile.take();
    }

    /// Returns the answers with their current titles and labels.
    pub(super) fn worded(&self, answers: &[Answer]) -> Vec<Answer> {
        answers.iter().map(|answer| self.loaded_packs.library.worded(answer)).collect()
    }
}

/// Returns all differences in the frameworks of one pack.
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
                format!("the framework {} is in edition {} instead of {}", before.id, now.edition, before.edition),
            ),
            Some(now) => {
                scale("rating", &before.scale, &now.scale, &mut say);
                scale("importance", &before.importance, &now.importance, &mut say);
                behaviours((old, before), (new, now), &mut say);
                around::framework(before, now, &mut say);
            }
        }
    }
    found.sort_by_key(|shift| shift.kind);
    found
}

/// Returns the differences that change the meaning of existing answers, as faults in the pack's file.
pub(super) fn faults(old: &Library, new: &LoadedPacks, pack: &str) -> Vec<Fault> {
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
    found.map(fault).chain(asked_anew(old, new, pack)).collect()
}

/// Returns a fault for each question that has other words under the same id: what was answered would stand under a
/// question that nobody was asked.
fn asked_anew<'a>(old: &'a Library, new: &'a LoadedPacks, pack: &'a str) -> impl Iterator<Item = Fault> + 'a {
    let files = new.packs.iter().find(move |files| new.id_of(files) == pack);
    new.library.prompts.iter().filter(move |prompt| prompt.pack == pack).filter_map(move |prompt| {
        let before =
            old.prompt(&prompt.id).filter(|before| before.pack == pack && !same(&before.text, &prompt.text))?;
        let name = files.map_or_else(|| pack.to_owned(), |files| files.name("prompts.toml"));
        let message = format!("the question {} is \"{}\" instead of \"{}\"", prompt.id, prompt.text, before.text);
        let hint = format!(
            "give the new question another id, and write the old one under [earlier]: \"{}\" = \"\u{2026}\"",
            prompt.id
        );
        let fault = Fault::new(name, message, hint);
        let text = files.and_then(|files| files.files.get("prompts.toml"));
        let at = text.and_then(|text| Some((text, text.find(&format!("\"{}\"", prompt.id))?)));
        Some(at.map_or(fault.clone(), |(text, at)| fault.at_byte(text, at)))
    })
}

/// Compares two texts word by word.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn declared(reworded: &[String], before: &str) -> bool {
    reworded.iter().any(|own| same(own, before))
}

/// Returns the kind of a change of wording: declared wording is equivalent, new text where there was none does not
/// affect answers, and any other change alters the meaning.
fn reads(before: &str, after: &str, reworded: &[String]) -> Option<ShiftKind> {
    match () {
        () if same(before, after) => None,
        () if before.trim().is_empty() => Some(ShiftKind::Around),
        () if declared(reworded, before) => Some(ShiftKind::Reworded),
        () => Some(ShiftKind::Meaning),
    }
}

fn scale(name: &str, before: &Scale, now: &Scale, say: &mut impl FnMut(ShiftKind, &str, String)) {
    let (was, is) = (before.points.len(), now.points.len());
    if was != is {
        say(ShiftKind::Meaning, "", format!("the {name} scale has {is} points instead of {was}"));
    }
    for point in &before.points {
        let Some(after) = now.point(point.value) else {
            say(ShiftKind::Meaning, "", format!("the {name} scale no longer has point {}", point.value));
            continue;
        };
        if let Some(kind) = reads(&point.label, &after.label, &after.reworded) {
            let words = format!(
                "point {} of the {name} scale is \"{}\" instead of \"{}\"",
                point.value, after.label, point.label
            );
            say(kind, &after.label, words);
        }
        if let Some(kind) = reads(&point.meaning, &after.meaning, &after.reworded) {
            let words = format!(
                "point {} of the {name} scale is for \"{}\" instead of \"{}\"",
                point.value, after.meaning, point.meaning
            );
            say(kind, &after.label, words);
        }
    }
    if let Some(kind) = reads(&before.question, &now.question, &now.reworded) {
        let words = format!("the {name} scale asks \"{}\" instead of \"{}\"", now.question, before.question);
        say(kind, &now.question, words);
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
                Some(moved) => format!("{} now has the code {}", was.code, moved.code),
                None => format!("{} is gone", was.code),
            };
            say(ShiftKind::Meaning, "", words);
            continue;
        };
        said_of(was, is, say);
        around::behaviour(was, is, say);
    }
    for is in new.iter().filter(|is| !old.iter().any(|was| was.code == is.code)) {
        say(ShiftKind::Around, &is.code, format!("{} is new", is.code));
    }
}

/// Lists changes of what an answer about a behaviour refers to.
fn said_of(was: &Behaviour, is: &Behaviour, say: &mut impl FnMut(ShiftKind, &str, String)) {
    let code = &is.code;
    let texts = [
        ("title", &was.title, &is.title),
        ("statement", &was.statement, &is.statement),
        ("opposite", &was.opposite, &is.opposite),
    ];
    for (what, before, after) in texts {
        if let Some(kind) = reads(before, after, &is.reworded) {
            say(kind, code, format!("{code} has the {what} \"{after}\" instead of \"{before}\""));
        }
    }
    if let Some(kind) = parts(&was.indicators, &is.indicators, &is.reworded) {
        let listed = |parts: &[String]| {
            let quoted: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
            if quoted.is_empty() { "none".to_owned() } else { join_and(&quoted) }
        };
        let words =
            format!("{code} has the indicators {} instead of {}", listed(&is.indicators), listed(&was.indicators));
        say(kind, code, words);
    }
    let levels: BTreeSet<&String> = was.levels.iter().chain(&is.levels).map(|(level, _)| level).collect();
    let words_at = |own: &Behaviour, level: &String| {
        own.levels.iter().find(|(id, _)| id == level).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    for level in levels {
        let (before, after) = (words_at(was, level), words_at(is, level));
        if let Some(kind) = reads(&before, &after, &is.reworded) {
            say(kind, code, format!("{code} is at the level {level} \"{after}\" instead of \"{before}\""));
        }
    }
}

/// Returns the kind of a change of indicators. The first indicators only divide the statement; an additional one
/// demands more, unless it replaces a declared one.
fn parts(before: &[String], after: &[String], reworded: &[String]) -> Option<ShiftKind> {
    let within = |part: &String, all: &[String]| all.iter().any(|other| same(part, other));
    let gone: Vec<&String> = before.iter().filter(|part| !within(part, after)).collect();
    let more = after.iter().any(|part| !within(part, before));
    match () {
        () if gone.is_empty() && !more => (!before.iter().eq(after)).then_some(ShiftKind::Around),
        () if before.is_empty() => Some(ShiftKind::Around),
        () if !gone.is_empty() && gone.iter().all(|part| declared(reworded, part)) => Some(ShiftKind::Reworded),
        () => Some(ShiftKind::Meaning),
    }
}

//! Periodic checks for changed packs and records while the program runs. A new library replaces the old one without
//! changing what is on the screen.

use super::effect::{Effect, Query};
use super::snapshot::{Opened, Snapshot};
use std::sync::Arc;

use super::answering::{Reflect, Step};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::place::Screen;
use super::reflect::keep_draft;
use super::rule::is_watching;
use super::update::{refresh, searchable};
use super::writing::Copied;
use crate::domain::{Library, RuleDetail};

/// Longest pause after the last key before the folders of packs are checked, in milliseconds.
pub(super) const LOOK_AFTER_MS: u64 = 500;

/// Longest pause after the last key before records that another window is writing are checked again, in milliseconds.
pub(super) const LOOK_AGAIN_MS: u64 = 2000;

/// Returns whether the records are open read-only, because another window may change them.
pub(super) fn is_looking(model: &Model) -> bool {
    model.shell.records == Records::Open && !model.person.snapshot.safety.look.is_empty()
}

/// Handles a pause in input: locks, saves a draft, or checks for changes.
pub(super) fn idle(model: &mut Model) -> Vec<Effect> {
    if model.lock_in() == Some(0) {
        return super::locking::lock(model);
    }
    let mut effects = keep_draft(model);
    if is_watching(model) {
        effects.push(Effect::Look(Query::Reread { asked: false }));
    }
    if is_looking(model) {
        effects.push(Effect::Look(Query::ChangedElsewhere(model.person.snapshot.safety.look.clone())));
    }
    effects
}

/// Takes records that another window has changed. Overlays are closed, except for secret pages, because they may show
/// what was withdrawn there; an earlier answer that no longer exists is closed too.
pub(super) fn changed_elsewhere(model: &mut Model, snapshot: Snapshot) {
    model.person.copied = Copied::default();
    model.person.layers.retain(|layer| matches!(layer, Layer::Secret(_) | Layer::Paper(_)));
    refresh(model, snapshot);
    let answers = &model.person.snapshot.dossier.answers;
    let is_gone = |reflect: &&mut Reflect| {
        reflect.before.as_ref().is_some_and(|before| !answers.iter().any(|answer| answer.id == before.id))
    };
    if let Some(reflect) = model.person.reflect.as_mut().filter(is_gone) {
        if reflect.step() == Step::Before && !reflect.keeping.is_changed() {
            // The answer was only being read. Staying would show a question, and the next key would answer it by
            // mistake.
            model.person.reflect = None;
            model.go(Screen::Journal);
            model.person.trail.retain(|screen| *screen != Screen::Reflect);
        } else {
            reflect.forget_earlier();
        }
    }
    model.say(Tone::Plain, "These are the records as the other window saved them.");
}

/// Takes the detail of a rule; `None` if the rule no longer exists.
pub(super) fn judged(model: &mut Model, detail: Option<Box<RuleDetail>>) {
    match detail {
        Some(detail) => {
            let rows = detail.looked.len();
            model.person.rules.judge(*detail);
            let page = &mut model.person.rules.page;
            page.row = page.row.min(rows.saturating_sub(1));
        }
        None => model.person.rules.gone = true,
    }
}

/// Takes packs that were read again.
pub(super) fn reread(model: &mut Model, opened: Opened, tone: Tone, words: String) -> Vec<Effect> {
    // Save the draft first, under the codes of the old library.
    let effects = keep_draft(model);
    let before = model.shell.library.replace(Arc::clone(&opened.library));
    if let Some(before) = before {
        moved(&mut model.person.reflect, &before, &opened.library);
        moved(&mut model.person.saving, &before, &opened.library);
        if model.person.reflect.is_none() {
            model.person.trail.retain(|screen| *screen != Screen::Reflect);
        }
    }
    let row = model.person.find.row;
    searchable(model, opened.library, opened.index);
    model.person.find.row = row.min(model.person.find.rows().saturating_sub(1));
    model.shell.banner = opened.banner;
    refresh(model, opened.snapshot);
    model.say(tone, words);
    effects
}

/// Updates the index of a reflection's behaviour for the new library; closes the reflection if the behaviour no longer
/// exists.
fn moved(reflect: &mut Option<Reflect>, before: &Library, now: &Library) {
    let Some(open) = reflect else { return };
    let behaviour = before.behaviour(open.behaviour);
    match now.find_in(&behaviour.framework, &behaviour.code) {
        Some(ix) => {
            open.behaviour = ix;
            let at = open.at;
            open.go(at, now);
        }
        None => *reflect = None,
    }
}

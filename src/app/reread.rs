//! Packs that were read again while the program runs: the new library takes the place of the old one, and everything that
//! was on screen stays what it was.

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
use crate::domain::{Library, RuleDetail};

/// Longest wait before the folders of packs are looked at, in milliseconds after the last key.
pub(super) const LOOK_AFTER_MS: u64 = 500;

/// Longest wait before the records are looked at again that another window writes, in milliseconds after the last key.
pub(super) const LOOK_AGAIN_MS: u64 = 2000;

/// Whether the records are open and can only be looked at: another window may change them.
pub(super) fn is_looking(model: &Model) -> bool {
    model.shell.records == Records::Open && !model.person.snapshot.safety.look.is_empty()
}

/// Nothing was typed for a moment.
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

/// The records are as another window left them. What is open here may show what was withdrawn there: pages and dialogues over
/// the screen are closed, but for a passphrase, and an earlier answer that is gone.
pub(super) fn changed_elsewhere(model: &mut Model, snapshot: Snapshot) {
    model.person.copied.clear();
    model.person.layers.retain(|layer| matches!(layer, Layer::Secret(_) | Layer::Paper(_)));
    refresh(model, snapshot);
    let answers = &model.person.snapshot.dossier.answers;
    let is_gone = |reflect: &&mut Reflect| {
        reflect.before.as_ref().is_some_and(|before| !answers.iter().any(|answer| answer.id == before.id))
    };
    if let Some(reflect) = model.person.reflect.as_mut().filter(is_gone) {
        if reflect.step() == Step::Before && !reflect.keeping.is_changed() {
            // It was only read: a key is not to fall on the question that would stand there now.
            model.person.reflect = None;
            model.go(Screen::Journal);
            model.person.trail.retain(|screen| *screen != Screen::Reflect);
        } else {
            reflect.forget_earlier();
        }
    }
    model.say(Tone::Plain, "These are the records as the other window left them.");
}

/// A rule whole is there, or there is no such rule any more.
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

/// Takes over what was read again.
pub(super) fn reread(model: &mut Model, opened: Opened, tone: Tone, words: String) -> Vec<Effect> {
    // Words that are being written are kept under the codes of the old library first.
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

/// Moves a reflection to where its behaviour is in the new library; one on a behaviour that is gone is closed.
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

//! Saves drafts after every key. At most one version of a text is being written at a time; a newer version follows when
//! the earlier one has been saved. A killed program therefore loses at most the keys typed during one write.

use super::effect::{DraftJob, Effect};
use super::form::{Form, FormFor};
use super::held_back;
use super::keeping::{Drafted, send};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::reflect::keep_draft;
use super::writing::Copied;
use crate::command::key;
use crate::domain::{NoteFor, Piece, Slot, long_day};

/// Returns the effects that save everything that has changed and is not being saved already.
pub(super) fn keep(model: &mut Model) -> Vec<Effect> {
    if model.shell.records != Records::Open {
        return Vec::new();
    }
    let mut effects = Vec::new();
    if model.person.reflect.as_ref().is_some_and(|reflect| reflect.keeping.is_due()) {
        effects.extend(keep_draft(model));
    }
    super::compare::follow_example(model);
    let now = model.shell.now;
    effects.extend(model.drafted_mut().filter_map(|draft| send(draft, now)));
    effects
}

/// Whether drafts could be saved, which decides whether the program may end without a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unkept {
    /// The last attempt to save a draft succeeded, or there was none.
    #[default]
    Nothing,
    /// The last attempt failed.
    Something,
    /// The user has been warned about the failure; the next request ends the program.
    Told,
}

/// Ends the program. If a draft could not be saved, the first request only warns the user and tries again.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let reflects = model.person.reflect.as_ref().is_some_and(|reflect| reflect.keeping.is_unsaved());
    if model.person.unkept == Unkept::Something && (reflects || !model.unsaved_texts().is_empty()) {
        model.person.unkept = Unkept::Told;
        let told = concat!(
            "Cairn did NOT close, because it could not save what you typed. Copy it from the screen. To leave without \
             it, press ",
            key!("quit"),
            " again."
        );
        model.say(Tone::Unsaved, told);
    } else {
        model.shell.quit = true;
    }
    keep_all(model)
}

/// Records whether the last attempt to save a draft succeeded.
fn tried(model: &mut Model, kept: bool) {
    model.person.unkept = match (kept, model.person.unkept) {
        (true, _) => Unkept::Nothing,
        (false, Unkept::Told) => Unkept::Told,
        (false, _) => Unkept::Something,
    };
}

/// Saves everything that has changed, even if an earlier version is still being saved; used before another person's
/// records are opened, and before the program ends.
pub(super) fn keep_all(model: &mut Model) -> Vec<Effect> {
    if let Some(reflect) = &mut model.person.reflect {
        reflect.keeping.abandon();
    }
    for draft in model.drafted_mut() {
        draft.keeping_mut().abandon();
    }
    if let Some(sitting) = &mut model.person.sitting {
        // The elapsed time is worth saving even if no text has changed.
        sitting.keeping.change();
    }
    keep(model)
}

/// Handles the reply about the draft of the open answer; `None` if it was not saved.
pub(super) fn answer_arrived(model: &mut Model, kept_at: Option<String>) {
    tried(model, kept_at.is_some());
    if let (None, Some(withheld)) = (&kept_at, &mut model.person.withheld) {
        withheld.unkept = true;
    }
    if let Some(reflect) = &mut model.person.reflect {
        reflect.keeping.arrived(kept_at);
    }
}

/// Handles the reply about a text; `None` if it was not saved.
pub(super) fn arrived(model: &mut Model, slot: &Slot, kept_at: Option<String>) {
    let failed = kept_at.is_none();
    tried(model, !failed);
    if failed {
        come_back(model, slot);
        if let Some(withheld) = &mut model.person.withheld {
            withheld.unkept = true;
        }
    }
    if let Some(draft) = model.drafted_mut().find(|draft| draft.slot().as_ref() == Some(slot)) {
        draft.keeping_mut().arrived(kept_at);
    }
}

/// Handles the end of the worker: everything that was being saved returns to the screen, and the reason stays on
/// screen.
pub(super) fn gone(model: &mut Model, why: String) {
    come_back(model, &Slot::Session);
    super::withdraw::not_done(model, None);
    if let Some(slot) = model.person.compare.sealing.as_ref().map(|round| Slot::View(round.by)) {
        come_back(model, &slot);
    }
    model.shell.banner.clone_from(&why);
    super::reflect::unsave(model, why);
}

/// Handles the deletion of a draft. The snapshot that came with its submission was read earlier and still contains it.
pub(super) fn dropped(model: &mut Model, slot: &Slot) {
    arrived(model, slot, Some(String::new()));
    forget(model, slot);
}

/// Returns a session or a view to the screen because it could not be saved.
fn come_back(model: &mut Model, slot: &Slot) {
    if *slot == Slot::Session
        && let Some(sitting) = model.person.ending.take()
    {
        model.person.sitting = Some(sitting);
    }
    if let Some(round) = model.person.compare.sealing.take_if(|round| Slot::View(round.by) == *slot) {
        model.person.compare.round = Some(round);
    }
}

impl Model {
    /// Iterates over all texts that are being written and have a slot.
    fn drafted(&self) -> impl Iterator<Item = &dyn Drafted> {
        let layers = self.person.layers.iter().filter_map(|layer| match layer {
            Layer::Dialogue(dialogue) => Some(dialogue.as_ref() as &dyn Drafted),
            Layer::Form(form) => Some(form),
            _ => None,
        });
        let session = self.person.sitting.iter().map(|sitting| sitting as &dyn Drafted);
        session.chain(layers).chain(self.person.compare.round.iter().map(|round| round as &dyn Drafted))
    }

    fn drafted_mut(&mut self) -> impl Iterator<Item = &mut dyn Drafted> {
        let layers = self.person.layers.iter_mut().filter_map(|layer| match layer {
            Layer::Dialogue(dialogue) => Some(dialogue.as_mut() as &mut dyn Drafted),
            Layer::Form(form) => Some(form),
            _ => None,
        });
        let session = self.person.sitting.iter_mut().map(|sitting| sitting as &mut dyn Drafted);
        session.chain(layers).chain(self.person.compare.round.iter_mut().map(|round| round as &mut dyn Drafted))
    }

    /// Returns the texts that are not saved in their current version, with their slots; they have to be saved when a
    /// signal ends the program. [`Model::client`] says whose they are.
    #[must_use]
    pub fn unsaved_texts(&self) -> Vec<(Slot, String)> {
        let unsaved = self.drafted().filter(|draft| draft.keeping().is_unsaved());
        unsaved.filter_map(|draft| Some((draft.slot()?, draft.body(self.shell.now)))).collect()
    }
}

/// Keeps the draft of a form or dialogue that was left before its end; the first screen offers to continue it.
pub(super) fn left(model: &mut Model, slot: &Slot, body: String, changed: bool) -> Vec<Effect> {
    if !changed && model.person.snapshot.kept(slot).is_none() {
        return Vec::new();
    }
    forget(model, slot);
    model.person.snapshot.kept.push((slot.clone(), body.clone()));
    vec![Effect::Draft(DraftJob::KeepText(slot.clone(), body))]
}

/// Returns whether a form contains text that only the coach may read while such text is hidden.
pub(super) fn is_hidden(model: &Model, purpose: &FormFor) -> bool {
    !model.person.show_private && is_private(model, purpose)
}

/// Returns whether a form contains text that only the coach may read.
pub(super) fn is_private(model: &Model, purpose: &FormFor) -> bool {
    if !model.person.snapshot.person.is_client() {
        return false;
    }
    match purpose {
        FormFor::AddNote(_, seen) => NoteFor::parse(seen) != Some(NoteFor::Shared),
        FormFor::Correct(piece) => match Piece::parse(piece) {
            Some(Piece::Note(id)) => {
                let mut notes = model.person.snapshot.dossier.sessions.iter().flat_map(|session| &session.notes);
                !notes.any(|note| note.id == id && note.seen == NoteFor::Shared)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Returns what a form is about if its heading does not say it; may be empty.
pub(super) fn about(model: &Model, purpose: &FormFor) -> String {
    let library = model.shell.library.as_deref();
    match purpose {
        FormFor::Done(id) => {
            model.person.snapshot.actions.iter().find(|action| action.id == *id).map(|own| own.title.clone())
        }
        FormFor::DeclineBecause(id) => library.and_then(|library| library.activity(id)).map(|own| own.title.clone()),
        FormFor::Correct(piece) => {
            let id = Piece::parse(piece).map(|piece| piece.id().to_owned());
            let answer = model.person.snapshot.dossier.answers.iter().find(|answer| Some(&answer.id) == id.as_ref());
            answer.map(|answer| format!("{}, {}", answer.behaviour, long_day(answer.on)))
        }
        FormFor::AddNote(id, _) => {
            let session = model.person.snapshot.dossier.sessions.iter().find(|session| session.id == *id);
            session.map(|session| long_day(session.on))
        }
        _ => None,
    }
    .unwrap_or_default()
}

/// Removes text that is hidden now from the screen; an open form becomes a draft until it is shown again.
pub(super) fn hide(model: &mut Model) -> Vec<Effect> {
    if model.person.copied.private {
        model.person.copied = Copied::default();
    }
    for layer in &mut model.person.layers {
        if let Layer::Chooser(chooser) = layer {
            chooser.open = false;
            chooser.typed = super::edit::EditBuffer::line("");
            chooser.narrow();
        }
    }
    if model.person.snapshot.person.is_client() {
        forget_what_was_seen(model);
    }
    let hidden = |layer: &Layer| matches!(layer, Layer::Form(form) if is_hidden(model, &form.purpose));
    let Some(at) = model.person.layers.iter().position(hidden) else { return Vec::new() };
    let Some(Layer::Form(form)) = model.person.layers.drain(at..).next() else { return Vec::new() };
    held_back::begin(model, model.person.screen, at);
    let Some(slot) = form.slot() else { return Vec::new() };
    left(model, &slot, form.draft(), form.is_changed())
}

/// Clears notices, questions and searches from the time when private lines were on the screen, because they may reveal
/// them.
fn forget_what_was_seen(model: &mut Model) {
    model.person.said.retain(|said| !said.private);
    model.person.layers.retain(|layer| !matches!(layer, Layer::Picker(picker) if picker.shows_words));
    if model.notices().is_empty() && model.put_aside().is_empty() {
        model.person.layers.retain(|layer| !matches!(layer, Layer::Safety(_)));
    }
    model.person.layers.retain(|layer| !matches!(layer, Layer::Palette(_) | Layer::Help(_)));
    model.person.rules.filter = super::edit::EditBuffer::line("");
    model.person.rules.narrow();
    model.person.journal.query = super::edit::EditBuffer::line("");
    model.person.journal.narrow();
    model.person.find.query = super::edit::EditBuffer::line("");
    super::find::search(model);
}

/// Opens a form, or its draft if there is one.
pub(super) fn begin_form(model: &mut Model, fresh: Form) {
    let left = fresh.slot().and_then(|slot| model.person.snapshot.kept(&slot).and_then(Form::resume));
    if left.is_some() {
        model.say(Tone::Plain, concat!("Your draft is open again. To discard it, press ", key!("discard"), "."));
    }
    model.person.layers.push(Layer::Form(left.unwrap_or(fresh)));
}

/// Resumes a form from its draft. A draft saved by an earlier edition is moved to the form's own slot.
pub(super) fn resume_form(model: &mut Model, slot: &Slot) -> Vec<Effect> {
    let Some(mut form) = model.person.snapshot.kept(slot).and_then(Form::resume) else { return Vec::new() };
    let moves = form.slot().is_some_and(|own| own != *slot);
    if moves {
        form.keeping.change();
    }
    model.person.layers.push(Layer::Form(form));
    if !moves {
        return Vec::new();
    }
    let mut effects = keep(model);
    forget(model, slot);
    effects.push(Effect::Draft(DraftJob::DropText(slot.clone())));
    effects
}

/// Removes the draft in a slot from the snapshot.
pub(super) fn forget(model: &mut Model, slot: &Slot) {
    model.person.snapshot.kept.retain(|(own, _)| own != slot);
}

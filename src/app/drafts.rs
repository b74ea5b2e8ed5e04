//! What is being written, on its way to the disk after every key: one text at a time is on its way, and what was typed
//! meanwhile follows as soon as it has arrived. So a killed program loses at most the keys of one write.

use super::dialogue::Dialogue;
use super::effect::{DraftJob, Effect};
use super::form::{Form, FormFor};
use super::layer::Layer;
use super::model::{Model, Records, Tone};
use super::reflect::keep_draft;
use crate::command::key;
use crate::domain::{NoteFor, Piece, long_day};

/// Where a session is kept.
pub(crate) const SESSION: &str = "session";
/// Where a plan that is being talked about is kept.
pub(crate) const PLAN: &str = "plan";

/// Where forms are kept, each in a place of its own below this. Earlier editions kept the last one here.
pub(crate) const FORM: &str = "form";

/// Whether a plan that is being talked about is kept there.
pub(super) fn is_plan(slot: &str) -> bool {
    slot == PLAN || slot.strip_prefix(PLAN).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a form is kept there.
pub(super) fn is_form(slot: &str) -> bool {
    slot == FORM || slot.strip_prefix(FORM).is_some_and(|rest| rest.starts_with('/'))
}

/// Everything that changed and is not on its way already.
pub(super) fn keep(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    if model.shell.records != Records::Open {
        return effects;
    }
    if model.person.reflect.as_ref().is_some_and(|reflect| reflect.unsaved && !reflect.keeping) {
        effects.extend(keep_draft(model));
    }
    let now = model.shell.now;
    if let Some(sitting) = model.person.sitting.as_mut().filter(|sitting| sitting.unsaved && !sitting.keeping) {
        (sitting.unsaved, sitting.keeping) = (false, true);
        effects.push(Effect::Draft(DraftJob::KeepText(SESSION.to_owned(), sitting.draft(now))));
    }
    if let Some(dialogue) = model.dialogue_mut().filter(|dialogue| dialogue.unsaved && !dialogue.keeping) {
        (dialogue.unsaved, dialogue.keeping, dialogue.drafted) = (false, true, true);
        effects.push(Effect::Draft(DraftJob::KeepText(dialogue.slot(), dialogue.draft())));
    }
    super::compare::follow_example(model);
    if let Some(form) = model.form_mut().filter(|form| form.unsaved && !form.keeping)
        && let Some(slot) = form.slot()
    {
        (form.unsaved, form.keeping, form.drafted) = (false, true, true);
        effects.push(Effect::Draft(DraftJob::KeepText(slot, form.draft())));
    }
    if let Some(round) = model.person.compare.round.as_mut().filter(|round| round.unsaved && !round.keeping) {
        (round.unsaved, round.keeping) = (false, true);
        effects.push(Effect::Draft(DraftJob::KeepText(round.slot(), round.draft())));
    }
    effects
}

/// What becomes of the end of the program while something that is being written could not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unkept {
    /// All that was tried was kept.
    #[default]
    Nothing,
    /// Something was not, at the last try.
    Something,
    /// That was said when the program was about to end; the next time it ends.
    Told,
}

/// Leaves the program. Where something that is being written could not be kept, that is tried once more and said first.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let reflects = model.person.reflect.as_ref().is_some_and(|reflect| reflect.unsaved || reflect.keeping);
    if model.person.unkept == Unkept::Something && (reflects || !model.unsaved_texts().is_empty()) {
        model.person.unkept = Unkept::Told;
        let told = concat!(
            "NOT left: what you typed could not be kept. Copy it from the screen. ",
            key!("quit"),
            " once more leaves without it."
        );
        model.say(Tone::Bad, told);
    } else {
        model.shell.quit = true;
    }
    keep_all(model)
}

/// Notes whether the last try to keep something worked.
fn tried(model: &mut Model, kept: bool) {
    model.person.unkept = match (kept, model.person.unkept) {
        (true, _) => Unkept::Nothing,
        (false, Unkept::Told) => Unkept::Told,
        (false, _) => Unkept::Something,
    };
}

/// Everything that changed, also while an earlier state of it is on its way: before another person's records are opened,
/// and before the program ends.
pub(super) fn keep_all(model: &mut Model) -> Vec<Effect> {
    if let Some(reflect) = &mut model.person.reflect {
        reflect.keeping = false;
    }
    if let Some(sitting) = &mut model.person.sitting {
        // The time it took is worth keeping even if no word has changed.
        (sitting.unsaved, sitting.keeping) = (true, false);
    }
    if let Some(dialogue) = model.dialogue_mut() {
        dialogue.keeping = false;
    }
    if let Some(form) = model.form_mut() {
        form.keeping = false;
    }
    if let Some(round) = &mut model.person.compare.round {
        round.keeping = false;
    }
    keep(model)
}

/// The answer that is being given reached the disk, or did not.
pub(super) fn answer_arrived(model: &mut Model, kept_at: Option<String>) {
    tried(model, kept_at.is_some());
    if let (None, Some(withheld)) = (&kept_at, &mut model.person.withheld) {
        withheld.unkept = true;
    }
    let Some(reflect) = &mut model.person.reflect else { return };
    reflect.keeping = false;
    match kept_at {
        Some(at) => reflect.kept_at = at,
        None => reflect.unsaved = true,
    }
}

/// A text reached the disk, or did not.
pub(super) fn arrived(model: &mut Model, slot: &str, kept_at: Option<String>) {
    let failed = kept_at.is_none();
    tried(model, !failed);
    if failed {
        come_back(model, slot);
        if let Some(withheld) = &mut model.person.withheld {
            withheld.unkept = true;
        }
    }
    if slot == SESSION
        && let Some(sitting) = &mut model.person.sitting
    {
        (sitting.keeping, sitting.unsaved) = (false, sitting.unsaved || failed);
        sitting.kept_at = kept_at.unwrap_or_default();
        return;
    }
    if is_form(slot) {
        if let Some(form) = model.form_mut().filter(|form| form.slot().as_deref() == Some(slot)) {
            (form.keeping, form.unsaved) = (false, form.unsaved || failed);
        }
        return;
    }
    if is_plan(slot) {
        if let Some(dialogue) = model.dialogue_mut().filter(|dialogue| dialogue.slot() == slot) {
            (dialogue.keeping, dialogue.unsaved) = (false, dialogue.unsaved || failed);
        }
        return;
    }
    if let Some(round) = model.person.compare.round.as_mut().filter(|round| round.slot() == slot) {
        (round.keeping, round.unsaved) = (false, round.unsaved || failed);
    }
}

/// Nobody keeps anything any more: everything that was on its way is on the screen again, and it is said for good.
pub(super) fn gone(model: &mut Model, why: String) {
    come_back(model, SESSION);
    super::withdraw::not_done(model, None);
    if let Some(slot) = model.person.compare.sealing.as_ref().map(super::Round::slot) {
        come_back(model, &slot);
    }
    model.shell.banner.clone_from(&why);
    super::reflect::unsave(model, why);
}

/// A text is no more. The records that came with what it led to were read before, and still had it.
pub(super) fn dropped(model: &mut Model, slot: &str) {
    arrived(model, slot, Some(String::new()));
    forget(model, slot);
}

/// What was on its way for good and did not arrive is on the screen again.
fn come_back(model: &mut Model, slot: &str) {
    if slot == SESSION
        && let Some(sitting) = model.person.ending.take()
    {
        model.person.sitting = Some(sitting);
    }
    if let Some(round) = model.person.compare.sealing.take_if(|round| round.slot() == slot) {
        model.person.compare.round = Some(round);
    }
}

impl Model {
    /// The plan's dialogue, whatever lies over it.
    fn dialogue_mut(&mut self) -> Option<&mut Dialogue> {
        self.person.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Dialogue(dialogue) => Some(dialogue.as_mut()),
            _ => None,
        })
    }

    /// The form, whatever lies over it.
    fn form_mut(&mut self) -> Option<&mut Form> {
        self.person.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Form(form) => Some(form),
            _ => None,
        })
    }

    /// Texts that are not on the disk as they stand, by slot: what a signal must keep. Whose they are is said by
    /// [`Model::client`].
    #[must_use]
    pub fn unsaved_texts(&self) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        if let Some(sitting) = self.person.sitting.as_ref().filter(|sitting| sitting.unsaved || sitting.keeping) {
            texts.push((SESSION.to_owned(), sitting.draft(self.shell.now)));
        }
        for layer in &self.person.layers {
            match layer {
                Layer::Dialogue(dialogue) if dialogue.unsaved || dialogue.keeping => {
                    texts.push((dialogue.slot(), dialogue.draft()));
                }
                Layer::Form(form) if form.unsaved || form.keeping => {
                    texts.extend(form.slot().map(|slot| (slot, form.draft())));
                }
                _ => {}
            }
        }
        if let Some(round) = self.person.compare.round.as_ref().filter(|round| round.unsaved || round.keeping) {
            texts.push((round.slot(), round.draft()));
        }
        texts
    }
}

/// A form or a dialogue was left before its end: what is written waits on the first screen.
pub(super) fn left(model: &mut Model, slot: &str, body: String, changed: bool) -> Vec<Effect> {
    if !changed && model.person.snapshot.kept(slot).is_none() {
        return Vec::new();
    }
    forget(model, slot);
    model.person.snapshot.kept.push((slot.to_owned(), body.clone()));
    vec![Effect::Draft(DraftJob::KeepText(slot.to_owned(), body))]
}

/// Whether a form holds what only the coach may read, while that is hidden.
pub(super) fn is_hidden(model: &Model, purpose: &FormFor) -> bool {
    if !model.person.snapshot.person.is_client() || model.person.show_private {
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

/// What a form is about, if its heading does not say it; may be empty.
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

/// What is hidden now leaves the screen: it waits as a draft until it is shown again.
pub(super) fn hide(model: &mut Model) -> Vec<Effect> {
    // What was cut or copied may come from a private note.
    model.person.copied.clear();
    for layer in &mut model.person.layers {
        if let Layer::Chooser(chooser) = layer {
            chooser.open = false;
            chooser.narrow();
        }
    }
    if model.person.snapshot.person.is_client() {
        forget_what_was_seen(model);
    }
    let hidden = |layer: &Layer| matches!(layer, Layer::Form(form) if is_hidden(model, &form.purpose));
    let Some(at) = model.person.layers.iter().position(hidden) else { return Vec::new() };
    let Some(Layer::Form(form)) = model.person.layers.drain(at..).next() else { return Vec::new() };
    let Some(slot) = form.slot() else { return Vec::new() };
    left(model, &slot, form.draft(), form.is_changed())
}

/// What was said, asked and searched for while private lines were on the screen may tell of them.
fn forget_what_was_seen(model: &mut Model) {
    model.person.said.retain(|said| !said.private);
    model.person.layers.retain(|layer| !matches!(layer, Layer::Picker(picker) if picker.shows_words));
    if model.notices().is_empty() && model.put_aside().is_empty() {
        model.person.layers.retain(|layer| !matches!(layer, Layer::Safety(_)));
    }
    model.person.journal.query = super::edit::EditBuffer::line("");
    model.person.journal.narrow();
    model.person.find.query = super::edit::EditBuffer::line("");
    super::find::search(model);
}

/// Opens a form, with its draft if there is one.
pub(super) fn begin_form(model: &mut Model, fresh: Form) {
    let left = fresh.slot().and_then(|slot| model.person.snapshot.kept(&slot).and_then(Form::resume));
    if left.is_some() {
        model.say(Tone::Plain, concat!("Your draft is open again; ", key!("discard"), " throws it away."));
    }
    model.person.layers.push(Layer::Form(left.unwrap_or(fresh)));
}

/// Takes up the form that was left. One that an earlier edition kept goes to its own place.
pub(super) fn resume_form(model: &mut Model, slot: &str) -> Vec<Effect> {
    let Some(mut form) = model.person.snapshot.kept(slot).and_then(Form::resume) else { return Vec::new() };
    let moves = form.slot().is_some_and(|own| own != slot);
    form.unsaved = moves;
    model.person.layers.push(Layer::Form(form));
    if !moves {
        return Vec::new();
    }
    let mut effects = keep(model);
    forget(model, slot);
    effects.push(Effect::Draft(DraftJob::DropText(slot.to_owned())));
    effects
}

/// What was kept under a slot has come to its end.
pub(super) fn forget(model: &mut Model, slot: &str) {
    model.person.snapshot.kept.retain(|(own, _)| own != slot);
}

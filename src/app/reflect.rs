//! The reflection screen: one answer is given, step by step. Steps can be taken in any order and skipped, and the
//! answer can be saved at every step.

mod view;

pub(super) use self::view::rated_points;
use super::amend::{self, Begun};
use super::answering::{Reflect, Step};
use super::choosing::{self, pick_row};
use super::edit::EditBuffer;
use super::effect::{DraftJob, Effect, RecordsJob};
use super::handler::{Handled, act, when};
use super::model::{Model, Tone};
use super::place::{List, Place, Screen};
use super::view::View;
use super::writing::changed;
use crate::command::{Command, Context, key};
use crate::domain::{Answer, BehaviourIx, NonAnswer};

/// Pause before a failed save of a draft is tried again, in milliseconds.
pub(crate) const DRAFT_AFTER_MS: u64 = 500;

pub(super) struct ReflectPlace;

impl Place for ReflectPlace {
    fn contexts(&self, model: &Model) -> Vec<Context> {
        let own: &[Context] = match model.person.reflect.as_ref().map(Reflect::step) {
            Some(Step::Write(_)) => &[Context::Write, Context::Text, Context::Reflect],
            Some(Step::Before) => &[Context::Before, Context::List, Context::Reflect, Context::Go],
            Some(Step::Review) => &[Context::Review, Context::Reflect, Context::Go],
            Some(Step::Rating | Step::Importance) => &[Context::Choice, Context::Reflect, Context::Go],
            None => &[Context::Go],
        };
        own.iter().copied().chain([Context::Global]).collect()
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let (library, reflect) = (model.shell.library.as_ref()?, model.person.reflect.as_ref()?);
        Some(match command {
            Command::NextStep => {
                let last = concat!("This is the last step. To save, press ", key!("save"), ".");
                when(reflect.at + 1 < reflect.steps.len(), last, |model: &mut Model| step_by(model, 1))
            }
            Command::PreviousStep => {
                when(reflect.at > 0, "This is the first step.", |model: &mut Model| step_by(model, -1))
            }
            Command::Save => when(
                !reflect.is_empty(),
                "There is nothing to save yet. Choose a rating or write \
                something.",
                save,
            ),
            Command::Choose => act(|model: &mut Model| choose(model, None)),
            Command::Unchoose => {
                when(reflect.is_chosen(), "You have not chosen anything here.", |model: &mut Model| {
                    if let (Some(library), Some(reflect)) = (&model.shell.library, &mut model.person.reflect) {
                        reflect.unchoose(library);
                    }
                })
            }
            Command::HappenedOn => act(amend::ask_day),
            Command::Discard => act(|model: &mut Model| amend::discard(model, Begun::Reflection)),
            other => {
                let rows = reflect.rows(library);
                let instead = if reflect.step() == Step::Rating { NonAnswer::ALL.len() } else { 0 };
                choosing::within(pick_row(other, rows.saturating_sub(instead))?, rows, choose)
            }
        })
    }

    fn list(&self, model: &Model) -> Option<List> {
        let reflect = model.person.reflect.as_ref()?;
        let points = matches!(reflect.step(), Step::Rating | Step::Importance);
        points.then_some(List { marked: reflect.row, rows: reflect.rows(model.shell.library.as_ref()?) })
    }

    fn mark(&self, model: &mut Model, row: usize) {
        if let Some(reflect) = &mut model.person.reflect {
            reflect.row = row;
        }
    }

    fn scroll<'a>(&self, model: &'a mut Model) -> Option<&'a mut u16> {
        model.person.reflect.as_mut().map(|reflect| &mut reflect.scroll)
    }

    fn text<'a>(&self, model: &'a Model) -> Option<&'a EditBuffer> {
        model.person.reflect.as_ref()?.page().map(|page| &page.buffer)
    }

    fn write(&self, model: &mut Model, change: &mut dyn FnMut(&mut EditBuffer)) {
        let Some(reflect) = &mut model.person.reflect else { return };
        let Some(page) = reflect.page_mut() else { return };
        if changed(&mut page.buffer, change) {
            reflect.keeping.change();
        }
    }

    fn reachable(&self, model: &Model) -> Result<(), &'static str> {
        if model.person.reflect.is_some() || model.unfinished().is_some() {
            return Ok(());
        }
        Err("Choose a behaviour in Find first.")
    }

    fn entered(&self, model: &mut Model) {
        if let Some(ix) = model.unfinished().filter(|_| model.person.reflect.is_none()) {
            // Nothing is open, so there is no draft to keep first.
            drop(reflect_on(model, ix));
        }
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        Some(view::view(model))
    }
}

impl Model {
    /// Returns the behaviour of the reflection that was begun last and not saved.
    pub(super) fn unfinished(&self) -> Option<BehaviourIx> {
        let (library, person) = (self.shell.library.as_ref()?, &self.person);
        let open = person.reflect.as_ref().filter(|reflect| !reflect.is_empty()).map(|reflect| reflect.behaviour);
        let mut drafts = person.snapshot.drafts.iter().rev();
        open.or_else(|| drafts.find_map(|draft| library.find_in(&draft.framework, &draft.behaviour)))
    }
}

fn step_by(model: &mut Model, by: isize) {
    let (Some(library), Some(reflect)) = (&model.shell.library, &mut model.person.reflect) else { return };
    reflect.go(reflect.at.saturating_add_signed(by), library);
}

/// Chooses a point; `None` for the marked one.
fn choose(model: &mut Model, row: Option<usize>) {
    let (Some(library), Some(reflect)) = (&model.shell.library, &mut model.person.reflect) else { return };
    reflect.choose(row.unwrap_or(reflect.row), library);
}

/// Saves the answer and shows the advice.
fn save(model: &mut Model) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone() else { return Vec::new() };
    let Some(reflect) = model.person.reflect.take() else { return Vec::new() };
    let answer = reflect.answer(&library, model.shell.today);
    let is_it = |draft: &Answer| (&draft.framework, &draft.behaviour) == (&answer.framework, &answer.behaviour);
    model.person.snapshot.drafts.retain(|draft| !is_it(draft));
    model.person.saving = Some(reflect);
    model.person.advice = super::AdviceScreen::default();
    model.person.trail.retain(|screen| *screen != Screen::Reflect);
    model.person.screen = Screen::Advice;
    vec![Effect::Records(RecordsJob::SaveAnswer(Box::new(answer)))]
}

/// Returns the answer to the screen because it could not be saved, and shows the reason.
pub(super) fn unsave(model: &mut Model, why: String) {
    if let Some(mut reflect) = model.person.saving.take() {
        reflect.keeping.change();
        model.person.reflect = Some(reflect);
        model.go(Screen::Reflect);
    }
    model.say(Tone::Unsaved, why);
}

/// Returns the effect that saves the draft of the open answer, if it has changed; called when no key was pressed for a
/// moment, when the screen changes, and before the program ends. Deletes the draft of an empty answer.
pub(super) fn keep_draft(model: &mut Model) -> Vec<Effect> {
    let (Some(library), today) = (model.shell.library.clone(), model.shell.today) else { return Vec::new() };
    let Some(reflect) = &mut model.person.reflect else { return Vec::new() };
    if !reflect.keeping.is_changed() {
        return Vec::new();
    }
    reflect.keeping.send();
    let answer = reflect.answer(&library, today);
    if reflect.is_empty() {
        return vec![Effect::Draft(DraftJob::DropAnswer(answer.framework, answer.behaviour))];
    }
    vec![Effect::Draft(DraftJob::KeepAnswer(Box::new(answer)))]
}

/// Opens a reflection on a behaviour: the one already open, its draft, or a new one.
pub(super) fn reflect_on(model: &mut Model, ix: BehaviourIx) -> Vec<Effect> {
    let Some(library) = model.shell.library.clone() else { return Vec::new() };
    let mut effects = Vec::new();
    if model.person.reflect.as_ref().is_none_or(|open| open.behaviour != ix) {
        effects = keep_draft(model);
        let behaviour = library.behaviour(ix);
        let mut drafts: Vec<Answer> = model.person.snapshot.drafts.clone();
        // The answer just left may contain text that the snapshot does not have yet.
        drafts.extend(
            model.person.reflect.as_ref().filter(|r| !r.is_empty()).map(|r| r.answer(&library, model.shell.today)),
        );
        let draft = drafts.iter().rev().find(|d| d.framework == behaviour.framework && d.behaviour == behaviour.code);
        let level = model.level_for(ix);
        if draft.is_some() {
            model.say(Tone::Plain, "Your draft is here, as you left it.");
        }
        let mut reflect = Reflect::begin(&library, ix, level.as_deref(), draft);
        let at = reflect.at;
        reflect.go(at, &library);
        model.person.snapshot.drafts = drafts;
        model.person.reflect = Some(reflect);
    }
    model.go(Screen::Reflect);
    effects
}

/// Shows an earlier answer in the open reflection.
pub(super) fn recall(model: &mut Model, answer: Answer) {
    if let (Some(library), Some(reflect)) = (&model.shell.library, &mut model.person.reflect) {
        reflect.recall(answer, library);
    }
}

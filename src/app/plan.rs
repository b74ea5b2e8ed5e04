//! The plan: the actions that the user decided on, their due days, and what came of them.

use super::dialogue::{Dialogue, DialogueFor};
use super::effect::{Changed, DraftJob, Effect, Planned, RecordsJob};
use super::form::{Field, Form, FormFor};
use super::handler::{Handled, act, when};
use super::layer::Layer;
use super::model::Model;
use super::picker::Picker;
use super::place::{Place, Screen};
use super::view::{Body, Lines, ListView, Mark, NUMBER_READS, Number, PageView, RowView, View};
use super::{drafts, withdraw};
use crate::command::{Command, Context, key};
use crate::domain::{Action, ActionStatus, CameOut, Day, Intent, Sheet, Slot, count, first_step_by, short_day};

pub(super) struct PlanPlace;

impl Place for PlanPlace {
    fn contexts(&self, _: &Model) -> Vec<Context> {
        vec![Context::Plan, Context::List, Context::Go, Context::Global]
    }

    fn handle(&self, model: &Model, command: Command) -> Option<Handled> {
        let status = model.marked_action().map(|action| action.status);
        let (open, none) = (status == Some(ActionStatus::Open), "Select an open action first.");
        Some(match command {
            Command::Done => when(open, none, done),
            Command::Change => when(open, none, change),
            Command::Drop => when(open, none, |model: &mut Model| set_status(model, ActionStatus::Dropped)),
            Command::Reopen => when(status.is_some() && !open, "This action is still open.", |model: &mut Model| {
                set_status(model, ActionStatus::Open)
            }),
            Command::New => act(new),
            Command::WithdrawEntry => withdraw::handle(model, "Select an action first."),
            _ => return None,
        })
    }

    fn screen(&self) -> Option<Screen> {
        Some(Screen::Plan)
    }

    fn rows(&self, model: &Model) -> Option<usize> {
        Some(model.plan_rows().len())
    }

    fn view<'a>(&self, model: &'a Model) -> Option<View<'a>> {
        let scroll = model.person.at[Screen::Plan].scroll;
        if model.plan_rows().is_empty() {
            let mut sheet = Sheet::default();
            let words = concat!("Accept an activity in Advice, or add your own action with ", key!("new"), ".");
            sheet.text(words);
            sheet.text("Keep it small. Choose one first step for the next 2 weeks.");
            return Some(View::page("Plan", PageView::new("Your plan is empty", sheet), scroll));
        }
        let list = rows(model)?;
        let open = model.plan_rows().iter().filter(|action| action.status == ActionStatus::Open).count();
        let about = format!("{}, {open} of them open", count(list.rows.len(), "action", "actions"));
        let lines = Lines { number: Number::Reads, teach: vec![NUMBER_READS], ..Lines::default() };
        Some(View { about, scroll, lines, ..View::new("Plan", Body::list(list)) })
    }
}

/// Returns the list of actions, with the marked one in full.
fn rows(model: &Model) -> Option<ListView<'_>> {
    let (library, today) = (model.shell.library.as_ref()?, model.shell.today);
    let detail =
        model.marked_action().map(|action| PageView::new(&action.title, Sheet::action(library, action, today)));
    let rows = model.plan_rows().into_iter().map(|action| row(action, today)).collect();
    Some(
        ListView::new("Your actions", model.person.at[Screen::Plan].row, rows)
            .with("The action", detail.unwrap_or_default()),
    )
}

fn row(action: &Action, today: Day) -> RowView {
    let due = action.due_on(today);
    let (mark, note) = match action.status {
        ActionStatus::Open if due.is_now() => (Mark::Urgent, due.words()),
        ActionStatus::Open => (Mark::Open, due.words()),
        ActionStatus::Done => (Mark::Done, format!("done {}", short_day(action.changed_on, today))),
        ActionStatus::Dropped => (Mark::Dropped, format!("stopped {}", short_day(action.changed_on, today))),
    };
    RowView { mark, note, note_stays: true, ..RowView::of(&action.title) }
}

fn set_status(model: &mut Model, status: ActionStatus) -> Option<Effect> {
    model.marked_action().map(|action| with_status(action, status, &action.learned))
}

/// Returns the actions in display order: open ones by next day (those without a day last), then finished ones, newest
/// first.
#[must_use]
pub(super) fn ordered(actions: &[Action], today: Day) -> Vec<&Action> {
    let mut list: Vec<&Action> = actions.iter().collect();
    list.sort_by(|a, b| {
        let open = |action: &Action| action.status != ActionStatus::Open;
        let by_day = |action: &Action| (action.next_day(today).is_none(), action.next_day(today));
        open(a).cmp(&open(b)).then_with(|| {
            if open(a) { b.changed_on.cmp(&a.changed_on) } else { by_day(a).cmp(&by_day(b)) }
                .then_with(|| a.id.cmp(&b.id))
        })
    });
    list
}

impl Model {
    /// Returns the plan in display order.
    #[must_use]
    pub fn plan_rows(&self) -> Vec<&Action> {
        ordered(&self.person.snapshot.actions, self.shell.today)
    }

    /// Returns the plan as a list with the marked action in full; a session shows the same list.
    #[must_use]
    pub fn plan_list(&self) -> Option<ListView<'_>> {
        rows(self)
    }

    /// Returns the marked action.
    #[must_use]
    pub fn marked_action(&self) -> Option<&Action> {
        self.plan_rows().get(self.person.at[Screen::Plan].row).copied()
    }
}

fn words(action: &Action) -> Planned {
    Planned {
        title: action.title.clone(),
        first_step: action.first_step.clone(),
        due: action.due,
        intent: action.intent.clone(),
    }
}

/// Returns the effect that changes the status of an action and what was learned.
pub(super) fn with_status(action: &Action, status: ActionStatus, learned: &str) -> Effect {
    Effect::Records(RecordsJob::ChangeAction(Box::new(Changed {
        id: action.id.clone(),
        planned: words(action),
        status,
        learned: learned.to_owned(),
        came_out: action.came_out,
    })))
}

/// Asks whether the marked action turned out as hoped.
fn done(model: &mut Model) {
    let Some(action) = model.marked_action() else { return };
    let hoped =
        [action.intent.outcome.as_str(), action.intent.evidence.as_str()].into_iter().find(|text| !text.is_empty());
    let title = hoped.map_or_else(
        || "Done. Did it turn out as you hoped?".to_owned(),
        |hoped| {
            format!(
                "Done. You hoped for: {}. Did that happen?",
                crate::domain::truncate(hoped.trim_end_matches('.'), 120)
            )
        },
    );
    let mut rows: Vec<String> = CameOut::ALL.iter().map(|kind| kind.title().to_owned()).collect();
    rows.push("I would rather not say".to_owned());
    let id = action.id.clone();
    let then = move |model: &mut Model, row| came_out(model, &id, row);
    model.person.layers.push(Layer::Picker(Picker::new(&title, rows, 0, then)));
}

/// Marks an action as done, with how it turned out, and asks what was learned. The action is done whether or not that
/// question is answered.
fn came_out(model: &mut Model, id: &str, row: usize) -> Vec<Effect> {
    let Some(action) = model.person.snapshot.actions.iter().find(|action| action.id == id).cloned() else {
        return Vec::new();
    };
    let field =
        Field::new("learned", "What I learned", &action.learned, "may stay empty, but it helps you when you look back");
    drafts::begin_form(model, Form::new("What did you learn?", vec![field], FormFor::Done(action.id.clone())));
    let done = Action { came_out: CameOut::ALL.get(row).copied(), ..action };
    vec![with_status(&done, ActionStatus::Done, &done.learned)]
}

/// Opens the plan dialogue with the marked action.
fn change(model: &mut Model) {
    let Some(action) = model.marked_action() else { return };
    let dialogue = Dialogue::new(DialogueFor::Change(action.id.clone()), &words(action));
    begin(model, dialogue);
}

/// Opens an empty plan dialogue.
fn new(model: &mut Model) {
    let empty = Planned {
        title: String::new(),
        first_step: String::new(),
        due: Some(first_step_by(model.shell.today)),
        intent: Intent::default(),
    };
    begin(model, Dialogue::new(DialogueFor::New, &empty));
}

/// Opens a dialogue, or its draft if there is one.
pub(super) fn begin(model: &mut Model, fresh: Dialogue) {
    let left = model.person.snapshot.kept(&fresh.slot()).and_then(Dialogue::resume);
    if left.is_some() {
        model.say(super::Tone::Plain, concat!("Your draft is open again. To discard it, press ", key!("discard"), "."));
    }
    model.person.layers.push(Layer::Dialogue(Box::new(left.unwrap_or(fresh))));
}

/// Resumes a dialogue from its draft.
pub(super) fn resume(model: &mut Model, slot: &Slot) {
    let Some(dialogue) = model.person.snapshot.kept(slot).and_then(Dialogue::resume) else { return };
    model.go(super::place::Screen::Plan);
    model.person.layers.push(Layer::Dialogue(Box::new(dialogue)));
}

/// Handles the end of a dialogue: changes the plan and deletes the draft.
pub(super) fn taken(model: &mut Model, dialogue: &Dialogue, planned: Planned) -> Vec<Effect> {
    let slot = dialogue.slot();
    drafts::forget(model, &slot);
    let mut effects = match &dialogue.purpose {
        DialogueFor::New => vec![Effect::Records(RecordsJob::AddAction(Box::new(planned)))],
        DialogueFor::Adapt(activity) => super::advice::adapted(model, activity, planned),
        DialogueFor::Change(id) => {
            let old = model.person.snapshot.actions.iter().find(|action| action.id == *id).cloned();
            let changed = old.map(|old| Changed {
                id: old.id,
                planned,
                status: old.status,
                learned: old.learned,
                came_out: old.came_out,
            });
            changed.map(|changed| Effect::Records(RecordsJob::ChangeAction(Box::new(changed)))).into_iter().collect()
        }
    };
    if !effects.is_empty() {
        effects.push(Effect::Draft(DraftJob::DropText(slot)));
    }
    effects
}

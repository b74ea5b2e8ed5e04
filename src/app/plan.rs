//! Plan: what I decided, by when, and what came of it.

use super::advice::plan_form;
use super::layer::{Field, Form, FormFor, Layer};
use super::model::Model;
use super::msg::{Changed, Effect, Planned};
use crate::domain::{Action, ActionStatus, Intent, first_step_by};

/// The state of the plan screen.
#[derive(Debug, Clone, Default)]
pub struct PlanScreen {
    /// The marked row.
    pub row: usize,
    /// How far the detail is scrolled.
    pub scroll: u16,
}

/// The plan in the order it is shown: open ones by day (those without a day last), then finished ones, newest first.
#[must_use]
pub(super) fn ordered(actions: &[Action]) -> Vec<&Action> {
    let mut list: Vec<&Action> = actions.iter().collect();
    list.sort_by(|a, b| {
        let open = |action: &Action| action.status != ActionStatus::Open;
        let by_day = |action: &Action| (action.due.is_none(), action.due);
        open(a).cmp(&open(b)).then_with(|| {
            if open(a) { b.changed_on.cmp(&a.changed_on) } else { by_day(a).cmp(&by_day(b)) }
                .then_with(|| a.id.cmp(&b.id))
        })
    });
    list
}

impl Model {
    /// The plan in the order it is shown.
    #[must_use]
    pub fn plan_rows(&self) -> Vec<&Action> {
        ordered(&self.snapshot.actions)
    }

    /// The marked action.
    #[must_use]
    pub fn marked_action(&self) -> Option<&Action> {
        self.plan_rows().get(self.plan.row).copied()
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

/// An action with another status.
pub(super) fn with_status(action: &Action, status: ActionStatus, learned: &str) -> Effect {
    Effect::ChangeAction(Box::new(Changed {
        id: action.id.clone(),
        planned: words(action),
        status,
        learned: learned.to_owned(),
        came_out: action.came_out,
    }))
}

/// Asks what was learned.
pub(super) fn done(model: &mut Model) {
    let Some(action) = model.marked_action() else { return };
    let field = Field::new("What I learned", &action.learned, "may stay empty; it helps you when you look back");
    let form = Form::new("Done. What came of it?", vec![field], FormFor::Done(action.id.clone()));
    model.layers.push(Layer::Form(form));
}

/// Opens the words of the marked action.
pub(super) fn change(model: &mut Model) {
    let Some(action) = model.marked_action() else { return };
    let form = plan_form("Change this action", &words(action), FormFor::Change(action.id.clone()));
    model.layers.push(Layer::Form(form));
}

/// Opens an empty form.
pub(super) fn new(model: &mut Model) {
    let empty = Planned {
        title: String::new(),
        first_step: String::new(),
        due: Some(first_step_by(model.today)),
        intent: Intent::default(),
    };
    model.layers.push(Layer::Form(plan_form("A new action of my own", &empty, FormFor::New)));
}

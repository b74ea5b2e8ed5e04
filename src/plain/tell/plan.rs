//! Plan: the actions, and one whole. The session tells them too.

use super::super::told::{Number, Told};
use super::nothing;
use crate::app::Model;
use crate::domain::{Action, ActionStatus, Day, Sheet, count, short_day};

pub(super) fn tell(model: &Model) -> Told {
    let Some(library) = &model.shell.library else { return nothing("Plan") };
    let mut told = Told::at("Plan");
    let actions = model.plan_rows();
    if actions.is_empty() {
        told.say("Plan. Nothing is in it yet.");
        told.say("Accept an activity in Advice, or add an action of your own with \u{ab}new\u{bb}.");
        told.say("A good action is small: one first step within the next two weeks.");
        return told;
    }
    let open = actions.iter().filter(|action| action.status == ActionStatus::Open).count();
    told.say(format!("Plan. {}, {open} of them open:", count(actions.len(), "action", "actions")));
    rows(&mut told, model, library);
    told.teach("A number reads one whole.");
    told
}

/// The actions as rows, and the marked one whole.
pub(super) fn rows(told: &mut Told, model: &Model, library: &crate::domain::Library) {
    let actions = model.plan_rows();
    for action in &actions {
        told.row(row(action, model.shell.today));
    }
    told.row = model.person.plan.row;
    told.number = Number::Reads;
    if let Some(action) = model.marked_action() {
        let title = format!("{} of {}: {}.", model.person.plan.row + 1, actions.len(), action.title);
        told.detail(&title, &Sheet::action(library, action, model.shell.today));
    }
}

fn row(action: &Action, today: Day) -> String {
    let due = action.due_on(today);
    let late = action.status == ActionStatus::Open && due.is_now();
    let words = match action.status {
        ActionStatus::Open => due.words(),
        ActionStatus::Done => format!("done on {}", short_day(action.changed_on, today)),
        ActionStatus::Dropped => format!("let go on {}", short_day(action.changed_on, today)),
    };
    format!("{}{}, {words}.", if late { "Now: " } else { "" }, action.title.trim_end_matches('.'))
}

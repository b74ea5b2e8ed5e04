//! Plan: the actions, and one whole. The session tells them too.

use super::super::place_text::{Number, PlaceText};
use super::nothing;
use crate::app::Model;
use crate::domain::{Action, ActionStatus, Day, Sheet, count, short_day};

pub(super) fn render(model: &Model) -> PlaceText {
    let Some(library) = &model.shell.library else { return nothing("Plan") };
    let mut out = PlaceText::at("Plan");
    let actions = model.plan_rows();
    if actions.is_empty() {
        out.say("Plan. Nothing is in it yet.");
        out.say("Accept an activity in Advice, or add an action of your own with \u{ab}new\u{bb}.");
        out.say("A good action is small: one first step within the next two weeks.");
        return out;
    }
    let open = actions.iter().filter(|action| action.status == ActionStatus::Open).count();
    out.say(format!("Plan. {}, {open} of them open:", count(actions.len(), "action", "actions")));
    rows(&mut out, model, library);
    out.teach("A number reads one whole.");
    out
}

/// The actions as rows, and the marked one whole.
pub(super) fn rows(out: &mut PlaceText, model: &Model, library: &crate::domain::Library) {
    let actions = model.plan_rows();
    for action in &actions {
        out.row(row(action, model.shell.today));
    }
    out.row = model.person.plan.row;
    out.number = Number::Reads;
    if let Some(action) = model.marked_action() {
        let title = format!("{} of {}: {}.", model.person.plan.row + 1, actions.len(), action.title);
        out.detail(&title, &Sheet::action(library, action, model.shell.today));
    }
}

fn row(action: &Action, today: Day) -> String {
    let due = action.due_on(today);
    let late = action.status == ActionStatus::Open && due.is_now();
    let words = match action.status {
        ActionStatus::Open => due.words(),
        ActionStatus::Done => format!("done on {}", short_day(action.changed_on, today)),
        ActionStatus::RejectedPack => format!("let go on {}", short_day(action.changed_on, today)),
    };
    format!("{}{}, {words}.", if late { "Now: " } else { "" }, action.title.trim_end_matches('.'))
}

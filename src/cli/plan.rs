//! `cairn plan`

use std::process::ExitCode;

use serde::Serialize;

use super::args::{PlanArgs, PlanCommand};
use super::out::{Out, finish, standing};
use crate::desk::{Desk, Opening};
use crate::domain::{Action, ActionStatus, Day, Intent, parse_day};
use crate::error::Error;
use crate::store::{Change, NewAction};

#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    first_step: &'a str,
    status: &'static str,
    due: Option<String>,
    decided_on: String,
    changed_on: String,
    activity: Option<&'a str>,
    rules: &'a [String],
    because: &'a str,
    behaviours: &'a [String],
    learned: &'a str,
}

pub(super) fn run(args: &PlanArgs, opening: &Opening, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = Desk::open(opening)?;
    desk.shelf = standing(std::mem::take(&mut desk.shelf))?;
    let today = desk.today();
    let actions = match &args.what {
        None => desk.actions()?,
        Some(PlanCommand::Accept { activity }) => vec![accept(&mut desk, activity)?],
        Some(PlanCommand::Add { title, first_step, due }) => vec![add(&mut desk, title, first_step, due.as_deref())?],
        Some(PlanCommand::Done { id, learned }) => {
            let action = one(&desk, id)?;
            let learned = if learned.is_empty() { action.learned.clone() } else { learned.clone() };
            let change = Change { learned, ..desk.change_of(&action, ActionStatus::Done) };
            vec![desk.change_action(&action.id, &change)?]
        }
        Some(PlanCommand::Drop { id }) => {
            let action = one(&desk, id)?;
            let change = desk.change_of(&action, ActionStatus::Dropped);
            vec![desk.change_action(&action.id, &change)?]
        }
    };
    if args.json {
        out.json(&actions.iter().map(row).collect::<Vec<_>>())?;
    } else {
        print(&actions, today, out);
    }
    Ok(finish(&desk.shelf))
}

fn accept(desk: &mut Desk, activity: &str) -> Result<Action, Error> {
    desk.accept(activity)?.ok_or_else(|| {
        let message = format!("\"{}\" is not recommended now", crate::domain::clean(activity));
        Error::input(message, "`cairn recommend` shows what is, with the ids in square brackets")
    })
}

fn add(desk: &mut Desk, title: &str, first_step: &str, due: Option<&str>) -> Result<Action, Error> {
    let today = desk.today();
    let due = due.map(|text| parse_day(text, today)).transpose().map_err(|why| Error::input(why, ""))?;
    if title.trim().is_empty() {
        return Err(Error::input("the action says nothing", "write what you will do"));
    }
    Ok(desk.add_action(&NewAction {
        decided_on: today,
        activity: None,
        rules: Vec::new(),
        because: String::new(),
        behaviours: Vec::new(),
        title: title.to_owned(),
        first_step: first_step.to_owned(),
        due,
        intent: Intent::default(),
    })?)
}

/// The action whose id ends so.
fn one(desk: &Desk, id: &str) -> Result<Action, Error> {
    if id.trim().is_empty() {
        return Err(Error::input("the id of the action is empty", "`cairn plan` lists them"));
    }
    let mut found: Vec<Action> = desk.actions()?.into_iter().filter(|action| action.id.ends_with(id)).collect();
    match (found.pop(), found.is_empty()) {
        (Some(action), true) => Ok(action),
        (Some(_), false) => Err(Error::input(format!("more than one action ends in \"{id}\""), "give more of the id")),
        (None, _) => Err(Error::input(
            format!("no action in the plan ends in \"{}\"", crate::domain::clean(id)),
            "`cairn plan` lists them",
        )),
    }
}

fn row(action: &Action) -> Row<'_> {
    Row {
        id: &action.id,
        title: &action.title,
        first_step: &action.first_step,
        status: action.status.id(),
        due: action.due.map(|day| day.to_string()),
        decided_on: action.decided_on.to_string(),
        changed_on: action.changed_on.to_string(),
        activity: action.activity.as_deref(),
        rules: &action.rules,
        because: &action.because,
        behaviours: &action.behaviours,
        learned: &action.learned,
    }
}

fn print(actions: &[Action], today: Day, out: &mut Out) {
    if actions.is_empty() {
        out.line("Nothing is in the plan. `cairn recommend` has suggestions once you have answered something.");
    }
    for action in actions {
        let state = match action.status {
            ActionStatus::Open => action.due_on(today).words(),
            ActionStatus::Done => "done".to_owned(),
            ActionStatus::Dropped => "let go".to_owned(),
        };
        let end = action.id.get(action.id.len().saturating_sub(6)..).unwrap_or(&action.id);
        out.paragraph(&format!("{end}  "), &format!("{} ({state})", action.title));
        if action.status == ActionStatus::Open && !action.first_step.is_empty() {
            out.paragraph("        ", &format!("First step: {}", action.first_step));
        }
        if !action.learned.is_empty() {
            out.paragraph("        ", &format!("Learned: {}", action.learned));
        }
    }
}

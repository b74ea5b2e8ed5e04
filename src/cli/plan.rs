//! `cairn plan`: lists and changes the plan.

use super::secrets::open;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{ChangeWords, PlanArgs, PlanCommand, PlanWords};
use super::notice::{ACTION, ask_about, notices, warn};
use super::out::{Out, finish, standing};
use crate::desk::{Desk, OpenOptions};
use crate::domain::{Action, ActionStatus, ActivityKind, CameOut, Day, Intent, parse_day, plan_questions, short_day};
use crate::error::Error;
use crate::store::{Change, NewAction};

#[derive(Debug, Serialize)]
struct PlanRow<'a> {
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
    came_out: Option<&'static str>,
    wish: &'a str,
    outcome: &'a str,
    obstacle: &'a str,
    #[serde(rename = "if")]
    situation: &'a str,
    #[serde(rename = "then")]
    response: &'a str,
    kind: Option<&'static str>,
    helper: &'a str,
    evidence: &'a str,
    review: Option<String>,
}

pub(super) fn run(args: &PlanArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    let today = desk.today();
    let actions = match &args.what {
        None => desk.actions()?,
        Some(PlanCommand::Accept { activity }) => vec![accept(&mut desk, activity)?],
        Some(PlanCommand::Add(words)) => vec![add(&mut desk, words)?],
        Some(PlanCommand::Done { id, learned, came_out }) => {
            let action = one(&desk, id)?;
            let learned = if learned.is_empty() { action.learned.clone() } else { learned.clone() };
            let came_out = match came_out.as_deref() {
                None => action.came_out,
                Some(how) => Some(CameOut::parse(how).ok_or_else(|| {
                    Error::input(
                        format!("\"{}\" is not one of the choices", crate::domain::clean(how)),
                        "use as-hoped, in-part or not-as-hoped",
                    )
                })?),
            };
            let change = Change { learned, came_out, ..desk.change_of(&action, ActionStatus::Done) };
            vec![desk.change_action(&action.id, &change)?]
        }
        Some(PlanCommand::Change(words)) => vec![change(&mut desk, words)?],
        Some(PlanCommand::Drop { id }) => vec![stands(&mut desk, id, ActionStatus::Dropped)?],
        Some(PlanCommand::Reopen { id }) => vec![stands(&mut desk, id, ActionStatus::Open)?],
    };
    if args.what.is_some() {
        let words = |action: &Action| [&action.title, &action.first_step, &action.learned].map(String::clone);
        let written: Vec<String> = actions.iter().flat_map(words).collect();
        let intents = actions.iter().flat_map(|action| action.intent.words());
        ask_about(written.iter().map(String::as_str).chain(intents), false, ACTION);
    }
    if !args.json && matches!(args.what, Some(PlanCommand::Add(_))) {
        asks(&actions, &desk, out)?;
    }
    let written = args.what.as_ref().map(|_| desk.loaded_packs.noticed_in_plan(&actions)).unwrap_or_default();
    if args.json {
        out.json(&actions.iter().map(row).collect::<Vec<_>>())?;
        warn(&written);
    } else {
        notices(&written, &desk.loaded_packs.region, out);
        print(&actions, today, out);
    }
    Ok(finish(&desk.loaded_packs))
}

fn accept(desk: &mut Desk, activity: &str) -> Result<Action, Error> {
    desk.accept(activity)?.ok_or_else(|| {
        let message = format!("Cairn does not suggest \"{}\" now", crate::domain::clean(activity));
        Error::input(message, "`cairn recommend` shows suggestions, with their ids in square brackets")
    })
}

fn add(desk: &mut Desk, words: &PlanWords) -> Result<Action, Error> {
    let today = desk.today();
    let day = |text: &Option<String>| {
        let day = text.as_deref().map(|text| parse_day(text, today)).transpose();
        day.map_err(|why| Error::input(why, ""))
    };
    if words.title.trim().is_empty() {
        return Err(Error::input("the action has no words", "write what you will do"));
    }
    let kind = words.kind.as_deref().map(|kind| {
        ActivityKind::parse(kind).ok_or_else(|| {
            let message = format!("there is no kind \"{}\"", crate::domain::clean(kind));
            Error::input(message, "on-the-job, through-others, formal or reflection")
        })
    });
    let intent = Intent {
        wish: words.wish.clone(),
        outcome: words.outcome.clone(),
        obstacle: words.obstacle.clone(),
        situation: words.situation.clone(),
        response: words.response.clone(),
        kind: kind.transpose()?,
        helper: words.helper.clone(),
        evidence: words.evidence.clone(),
        review: day(&words.review)?,
    };
    Ok(desk.add_action(&NewAction {
        decided_on: today,
        activity: None,
        rules: Vec::new(),
        because: String::new(),
        behaviours: Vec::new(),
        title: words.title.clone(),
        first_step: words.first_step.clone(),
        due: day(&words.due)?,
        intent,
    })?)
}

fn stands(desk: &mut Desk, id: &str, status: ActionStatus) -> Result<Action, Error> {
    let action = one(desk, id)?;
    let change = desk.change_of(&action, status);
    Ok(desk.change_action(&action.id, &change)?)
}

fn change(desk: &mut Desk, words: &ChangeWords) -> Result<Action, Error> {
    let action = one(desk, &words.id)?;
    let today = desk.today();
    let old = desk.change_of(&action, action.status);
    let text = |new: &Option<String>, old: &String| new.as_ref().unwrap_or(old).clone();
    let day = |new: &Option<String>, old: Option<Day>| match new.as_deref() {
        None => Ok(old),
        Some("") => Ok(None),
        Some(text) => parse_day(text, today).map(Some).map_err(|why| Error::input(why, "")),
    };
    let intent = Intent {
        wish: text(&words.wish, &old.intent.wish),
        outcome: text(&words.outcome, &old.intent.outcome),
        obstacle: text(&words.obstacle, &old.intent.obstacle),
        situation: text(&words.situation, &old.intent.situation),
        response: text(&words.response, &old.intent.response),
        helper: text(&words.helper, &old.intent.helper),
        evidence: text(&words.evidence, &old.intent.evidence),
        review: day(&words.review, old.intent.review)?,
        kind: old.intent.kind,
    };
    let new = Change {
        title: text(&words.title, &old.title),
        first_step: text(&words.first_step, &old.first_step),
        due: day(&words.due, old.due)?,
        learned: text(&words.learned, &old.learned),
        intent,
        ..old.clone()
    };
    if new == old {
        return Err(Error::input("there is nothing to change", "use --title, --first-step, --due or another option"));
    }
    if new.title.trim().is_empty() {
        return Err(Error::input("the action has no words", "write what you will do"));
    }
    Ok(desk.change_action(&action.id, &new)?)
}

/// Prints the questions about new actions, which have been added to the plan already.
fn asks(added: &[Action], desk: &Desk, out: &mut Out) -> Result<(), Error> {
    let others = desk.actions()?;
    for action in added {
        let others: Vec<Action> = others.iter().filter(|other| other.id != action.id).cloned().collect();
        for question in plan_questions(action.due, &action.intent, &others, desk.today()) {
            out.paragraph("? ", &question);
        }
    }
    Ok(())
}

/// Returns the action whose id ends with `id`.
fn one(desk: &Desk, id: &str) -> Result<Action, Error> {
    if id.trim().is_empty() {
        return Err(Error::input("the id of the action is empty", "`cairn plan` lists them"));
    }
    let mut found: Vec<Action> = desk.actions()?.into_iter().filter(|action| action.id.ends_with(id)).collect();
    match (found.pop(), found.is_empty()) {
        (Some(action), true) => Ok(action),
        (Some(_), false) => Err(Error::input(format!("more than one action ends in \"{id}\""), "give more of the id")),
        (None, _) => Err(Error::input(
            format!("no action in your plan ends in \"{}\"", crate::domain::clean(id)),
            "`cairn plan` lists them",
        )),
    }
}

fn row(action: &Action) -> PlanRow<'_> {
    PlanRow {
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
        came_out: action.came_out.map(CameOut::id),
        wish: &action.intent.wish,
        outcome: &action.intent.outcome,
        obstacle: &action.intent.obstacle,
        situation: &action.intent.situation,
        response: &action.intent.response,
        kind: action.intent.kind.map(ActivityKind::id),
        helper: &action.intent.helper,
        evidence: &action.intent.evidence,
        review: action.intent.review.map(|day| day.to_string()),
    }
}

fn print(actions: &[Action], today: Day, out: &mut Out) {
    if actions.is_empty() {
        out.line("Your plan is empty. `cairn recommend` has suggestions after you answer something.");
    }
    for action in actions {
        let state = match action.status {
            ActionStatus::Open => action.due_on(today).words(),
            ActionStatus::Done => "done".to_owned(),
            ActionStatus::Dropped => "stopped".to_owned(),
        };
        let end = action.id.get(action.id.len().saturating_sub(6)..).unwrap_or(&action.id);
        out.paragraph(&format!("{end}  "), &format!("{} ({state})", action.title));
        if action.status == ActionStatus::Open && !action.first_step.is_empty() {
            out.paragraph("        ", &format!("First step: {}", action.first_step));
        }
        let intent = &action.intent;
        if action.status == ActionStatus::Open && !(intent.situation.is_empty() && intent.response.is_empty()) {
            out.paragraph("        ", &if_then(intent));
        }
        if let Some(review) = intent.review {
            out.paragraph("        ", &format!("Look back on {}", short_day(review, today)));
        }
        if !action.learned.is_empty() {
            out.paragraph("        ", &format!("Learned: {}", action.learned));
        }
    }
}

/// Returns when and what the person will do, as far as they wrote it.
fn if_then(intent: &Intent) -> String {
    match (intent.if_words(), intent.then_words()) {
        (when, "") => format!("If {when}"),
        ("", then) => format!("I will {then}"),
        (when, then) => format!("If {when}, then I will {then}"),
    }
}

//! The plan on a page: open actions, and what was learned from finished ones. The reasons for a rule's recommendation
//! are left out, because they may quote what somebody wrote.

use super::full::Matter;
use super::page::{Block, Item, Words};
use crate::domain::{Action, ActionStatus, CameOut, join_and, long_day};

/// Returns the open actions, the one with the next day first.
pub(super) fn open(matter: &Matter<'_>) -> Vec<Block> {
    let seen = matter.handout.seen();
    let mut open: Vec<&Action> = seen.actions.iter().filter(|action| action.status == ActionStatus::Open).collect();
    let today = seen.today;
    open.sort_by_key(|action| action.next_day(today).map_or((1, today), |day| (0, day)));
    open.into_iter().map(|action| Block::Item(step(matter, action))).collect()
}

fn step(matter: &Matter<'_>, action: &Action) -> Item {
    let intent = &action.intent;
    let mut item = Item::titled(&action.title);
    item.fact("For", join_and(&titles(matter, action)));
    item.fact("Hoped for", &intent.wish);
    item.fact("Plan", if_then(intent.if_words(), intent.then_words()));
    let day = action.due.map(long_day);
    let first = match (action.first_step.trim(), day) {
        ("", None) => String::new(),
        ("", Some(day)) => format!("by {day}"),
        (step, None) => step.to_owned(),
        (step, Some(day)) => format!("{step} (by {day})"),
    };
    item.fact("First step", first);
    item.fact("Who helps", &intent.helper);
    item.fact("How you will know", &intent.evidence);
    item.fact("Look back on", intent.review.map(long_day).unwrap_or_default());
    item
}

/// Returns the plan of an action in the form `If: … → then I will: …`.
fn if_then(situation: &str, response: &str) -> String {
    match (situation.trim(), response.trim()) {
        ("", "") => String::new(),
        (situation, "") => format!("If: {situation}"),
        ("", response) => format!("I will: {response}"),
        (situation, response) => format!("If: {situation} \u{2192} then I will: {response}"),
    }
}

/// Returns the titles of the behaviours that an action is for.
fn titles(matter: &Matter<'_>, action: &Action) -> Vec<String> {
    let library = matter.handout.library();
    let found = action.behaviours.iter().filter_map(|code| library.find(code).ok());
    found.map(|ix| library.behaviour(ix).title.clone()).collect()
}

/// Returns what was learned from actions that are no longer open, newest first.
pub(super) fn learned(matter: &Matter<'_>) -> Vec<Block> {
    let mut done: Vec<&Action> = matter
        .handout
        .seen()
        .actions
        .iter()
        .filter(|action| action.status != ActionStatus::Open)
        .filter(|action| !action.learned.trim().is_empty() || action.came_out.is_some())
        .collect();
    done.sort_by_key(|action| std::cmp::Reverse(action.changed_on));
    let items = done.into_iter().map(|action| {
        let mut item = Item { quote: Words::from(&action.learned), ..Item::titled(&action.title) };
        let word = if action.status == ActionStatus::Done { "Done" } else { "Stopped" };
        item.fact(word, long_day(action.changed_on));
        item.fact("As hoped?", action.came_out.map(CameOut::title).unwrap_or_default());
        Block::Item(item)
    });
    items.collect()
}

//! Actions and reviews as an iCalendar file (RFC 5545). Calendars are shared, so no word of a record stands in it: titles
//! are neutral, everything is private, and what tells entries apart is the id of the record.
//!
//! A first step is a task and, as many office calendars pass over tasks, an all-day event as well; a review is an event.
//! The same records give the same file, byte by byte, and after a change the same ids with a higher sequence, so that a
//! calendar takes it for the same entry.

use icalendar::{Calendar, Component, Event, Property, Todo};

use super::handout::Handout;
use crate::domain::{Action, ActionStatus, Day};

/// What a step is called in a calendar.
const STEP: &str = "Development step";
/// What a review is called.
const REVIEW: &str = "Development review";

/// The plan that a party may see, as a calendar file.
#[must_use]
pub fn calendar(handout: &Handout<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Cairn//Development plan//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    for action in &handout.seen().actions {
        calendar.push(task(action));
        calendar.extend(action.due.map(|day| event(action, "due", STEP, day, is_over(action, day))));
        calendar.extend(action.intent.review.map(|day| event(action, "review", REVIEW, day, is_reviewed(action))));
    }
    calendar.to_string()
}

/// The day of an event has no meaning any more: the step was let go, or done before it.
fn is_over(action: &Action, day: Day) -> bool {
    match action.status {
        ActionStatus::Open => false,
        ActionStatus::Done => action.changed_on < day,
        ActionStatus::Dropped => true,
    }
}

/// There is nothing to look back at any more.
fn is_reviewed(action: &Action) -> bool {
    action.status == ActionStatus::Dropped || action.came_out.is_some()
}

/// The first step as a task.
fn task(action: &Action) -> Todo {
    let mut todo = Todo::new();
    about(&mut todo, action, "step", STEP);
    if let Some(due) = action.due {
        todo.append_property(date("DUE", due));
    }
    match action.status {
        ActionStatus::Open => todo.add_property("STATUS", "NEEDS-ACTION"),
        ActionStatus::Done => todo
            .add_property("STATUS", "COMPLETED")
            .add_property("PERCENT-COMPLETE", "100")
            .add_property("COMPLETED", stamp(action.changed_on)),
        ActionStatus::Dropped => todo.add_property("STATUS", "CANCELLED"),
    };
    todo.done()
}

/// An all-day event that blocks no time.
fn event(action: &Action, what: &str, summary: &str, day: Day, is_over: bool) -> Event {
    let mut event = Event::new();
    about(&mut event, action, what, summary);
    event
        .append_property(date("DTSTART", day))
        .append_property(date("DTEND", day.tomorrow().unwrap_or(day)))
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("STATUS", if is_over { "CANCELLED" } else { "CONFIRMED" })
        .add_property("RELATED-TO", uid(action, "step"));
    event.done()
}

/// What every entry says. Without a method the stamp is the moment of the last revision, which the records know.
fn about(component: &mut impl Component, action: &Action, what: &str, summary: &str) {
    component
        .add_property("UID", uid(action, what))
        .add_property("DTSTAMP", stamp(action.changed_on))
        .add_property("CREATED", stamp(action.decided_on))
        .add_property("LAST-MODIFIED", stamp(action.changed_on))
        .add_property("SEQUENCE", sequence(action).to_string())
        .add_property("SUMMARY", summary)
        .add_property("CLASS", "PRIVATE");
}

fn uid(action: &Action, what: &str) -> String {
    format!("{}-{what}@cairn", action.id)
}

/// Grows with every day on which the action changes, and when it is closed on the same day.
fn sequence(action: &Action) -> i32 {
    let days = (action.changed_on - action.decided_on).get_days().max(0);
    days * 2 + i32::from(action.status != ActionStatus::Open)
}

fn stamp(day: Day) -> String {
    day.strftime("%Y%m%dT000000Z").to_string()
}

fn date(key: &str, day: Day) -> Property {
    Property::new(key, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{action, day, dossier, library};
    use super::*;
    use crate::domain::{CameOut, Dossier, Intent, Party};

    fn exported(actions: Vec<Action>) -> String {
        let library = library();
        calendar(&Handout::new(&library, &Dossier { actions, ..dossier() }, Party::Client))
    }

    fn reviewed() -> Action {
        let mut action = action("0191-a", "Hand Mrs Pugh the rota");
        action.intent = Intent { review: Some(day(2026, 12, 20)), ..Intent::default() };
        action
    }

    #[test]
    fn titles_are_neutral_and_lines_end_as_the_format_asks() {
        let text = exported(vec![reviewed()]);
        for line in [
            "BEGIN:VTODO",
            "DUE;VALUE=DATE:20261206",
            "UID:0191-a-step@cairn",
            "UID:0191-a-due@cairn",
            "UID:0191-a-review@cairn",
            "DTSTART;VALUE=DATE:20261220",
            "DTEND;VALUE=DATE:20261221",
            "SUMMARY:Development review",
            "SUMMARY:Development step",
            "CLASS:PRIVATE",
            "DTSTAMP:20261122T000000Z",
            "STATUS:NEEDS-ACTION",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} is not in\n{text}");
        }
        assert!(!text.contains("Pugh") && text.replace("\r\n", "").chars().all(|c| c != '\n' && c != '\r'));
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text, exported(vec![reviewed()]), "the same records give the same file");
    }

    #[test]
    fn what_is_done_or_let_go_keeps_its_id_and_says_so() {
        let mut done = reviewed();
        (done.status, done.changed_on) = (ActionStatus::Done, day(2026, 12, 1));
        let text = exported(vec![done.clone()]);
        for line in
            ["STATUS:COMPLETED", "COMPLETED:20261201T000000Z", "STATUS:CANCELLED", "STATUS:CONFIRMED", "SEQUENCE:19"]
        {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(text.contains("UID:0191-a-due@cairn"));
        done.came_out = Some(CameOut::AsHoped);
        assert!(!exported(vec![done.clone()]).contains("STATUS:CONFIRMED"), "looked back at already");
        done.status = ActionStatus::Dropped;
        assert_eq!(exported(vec![done]).matches("STATUS:CANCELLED").count(), 3);
    }

    #[test]
    fn a_plan_that_the_reader_may_not_see_is_an_empty_calendar() {
        let library = library();
        let text =
            calendar(&Handout::new(&library, &Dossier { actions: vec![reviewed()], ..dossier() }, Party::Sponsor));
        assert!(!text.contains("BEGIN:VTODO") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    }
}

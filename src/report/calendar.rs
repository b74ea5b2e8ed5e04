//! First steps and review days as an iCalendar file (RFC 5545). Calendars are often shared, so no text of the records
//! is included: titles only give the kind of day, every event is private, and events are identified by the id of the
//! action.
//!
//! Each day is one all-day event. A task in addition would be a duplicate, and many office calendars ignore tasks. The
//! same records always give the same file, byte for byte. After a change, an event keeps its id and has a higher
//! sequence and a later stamp, and a day that was removed is cancelled, so that calendars update it.

use icalendar::{Calendar, Component, Event, Property};

use super::handout::Handout;
use crate::domain::{Action, ActionStatus, Day, GoneAction, Revision};

/// The event title for the day of a first step.
const STEP: &str = "First step from your development plan";
/// The event title for a review day.
const REVIEW: &str = "Look back at a step from your development plan";

/// Returns the plan as a calendar file, as far as the party may see it.
#[must_use]
pub fn calendar(handout: &Handout<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Cairn//Development plan//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    for action in &handout.seen().actions {
        let known = handout.seen().revisions.get(&action.id).cloned();
        let revision = known.unwrap_or_else(|| Revision { states: 1, ..Revision::default() });
        let days = [
            ("due", STEP, action.due, revision.due, is_over(action)),
            ("review", REVIEW, action.intent.review, revision.review, is_reviewed(action)),
        ];
        for (what, title, now, ever, over) in days {
            if let Some(day) = now.or(ever) {
                calendar.push(event(action, &revision, (what, title), day, over || now.is_none()));
            }
        }
    }
    for gone in &handout.seen().gone {
        for (what, title, day) in [("due", STEP, gone.due), ("review", REVIEW, gone.review)] {
            if let Some(day) = day {
                calendar.push(cancelled(gone, (what, title), day));
            }
        }
    }
    calendar.to_string()
}

/// Returns the cancelled event for a day of an action that was withdrawn.
fn cancelled(gone: &GoneAction, (what, title): (&str, &str), day: Day) -> Event {
    let changed = moment(&gone.at).unwrap_or_else(|| stamp(day));
    let mut event = Event::new();
    event
        .add_property("UID", uid(&gone.id, what))
        .add_property("DTSTAMP", &changed)
        .add_property("LAST-MODIFIED", &changed)
        .add_property("SEQUENCE", gone.sequence.to_string())
        .add_property("SUMMARY", title)
        .add_property("CLASS", "PRIVATE")
        .append_property(date("DTSTART", day))
        .append_property(date("DTEND", day.tomorrow().unwrap_or(day)))
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("STATUS", "CANCELLED");
    event.done()
}

fn uid(id: &str, what: &str) -> String {
    format!("{id}-{what}@cairn")
}

/// Returns whether the day of the first step no longer applies: the action was dropped, or done before that day.
fn is_over(action: &Action) -> bool {
    match action.status {
        ActionStatus::Open => false,
        ActionStatus::Done => action.due.is_some_and(|day| action.changed_on < day),
        ActionStatus::Dropped => true,
    }
}

/// Returns whether there is nothing left to review.
fn is_reviewed(action: &Action) -> bool {
    action.status == ActionStatus::Dropped || action.came_out.is_some()
}

/// Returns an all-day event that does not mark the time as busy.
fn event(action: &Action, revision: &Revision, (what, title): (&str, &str), day: Day, is_over: bool) -> Event {
    let changed = moment(&revision.at).unwrap_or_else(|| stamp(action.changed_on));
    let mut event = Event::new();
    event
        .add_property("UID", uid(&action.id, what))
        .add_property("DTSTAMP", &changed)
        .add_property("CREATED", stamp(action.decided_on))
        .add_property("LAST-MODIFIED", &changed)
        .add_property("SEQUENCE", sequence(action, revision).to_string())
        .add_property("SUMMARY", title)
        .add_property("CLASS", "PRIVATE")
        .append_property(date("DTSTART", day))
        .append_property(date("DTEND", day.tomorrow().unwrap_or(day)))
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("STATUS", if is_over { "CANCELLED" } else { "CONFIRMED" });
    event.done()
}

/// Returns the sequence number. It grows with every change and with every day in between, and is never lower than the
/// number that an earlier version of the program wrote.
fn sequence(action: &Action, revision: &Revision) -> i64 {
    let days = (action.changed_on - action.decided_on).get_days().max(0);
    i64::from(days) * 2 + i64::from(revision.states) - 1
}

/// Converts a time such as `2026-11-22T09:00:00Z` to the iCalendar form; `None` if it is not of that form.
fn moment(at: &str) -> Option<String> {
    let digits: String = at.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let whole = digits.len() == 16 && digits.ends_with('Z') && digits.chars().nth(8) == Some('T');
    whole.then_some(digits)
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
            "DTSTART;VALUE=DATE:20261206",
            "UID:0191-a-due@cairn",
            "UID:0191-a-review@cairn",
            "DTSTART;VALUE=DATE:20261220",
            "DTEND;VALUE=DATE:20261221",
            "SUMMARY:Look back at a step from your development plan",
            "SUMMARY:First step from your development plan",
            "CLASS:PRIVATE",
            "DTSTAMP:20261122T000000Z",
            "STATUS:CONFIRMED",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} is not in\n{text}");
        }
        assert!(!text.contains("Pugh") && text.replace("\r\n", "").chars().all(|c| c != '\n' && c != '\r'));
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text, exported(vec![reviewed()]), "the same records give the same file");
    }

    #[test]
    fn one_entry_a_day_and_what_is_done_or_let_go_says_so() {
        let mut done = reviewed();
        assert_eq!(exported(vec![done.clone()]).matches("BEGIN:").count(), 3, "the calendar and two days");
        (done.status, done.changed_on) = (ActionStatus::Done, day(2026, 12, 1));
        let text = exported(vec![done.clone()]);
        for line in ["STATUS:CANCELLED", "STATUS:CONFIRMED", "SEQUENCE:18"] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        assert!(text.contains("UID:0191-a-due@cairn"));
        done.came_out = Some(CameOut::AsHoped);
        assert!(!exported(vec![done.clone()]).contains("STATUS:CONFIRMED"), "looked back at already");
        done.status = ActionStatus::Dropped;
        assert_eq!(exported(vec![done]).matches("STATUS:CANCELLED").count(), 2);
    }

    #[test]
    fn every_change_of_one_day_has_a_higher_sequence_and_a_day_taken_away_is_cancelled() {
        let library = library();
        let mut action = reviewed();
        let mut last = -1;
        for (states, due) in [(1, Some(day(2026, 12, 6))), (2, Some(day(2026, 12, 3))), (3, None)] {
            action.due = due;
            let was = due.or(Some(day(2026, 12, 3)));
            let revision =
                Revision { states, at: format!("2026-11-22T09:0{states}:00Z"), due: was, review: action.intent.review };
            let revisions = [(action.id.clone(), revision)].into();
            let dossier = Dossier { actions: vec![action.clone()], revisions, ..dossier() };
            let text = calendar(&Handout::new(&library, &dossier, Party::Client));
            let number = text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).expect("it has one");
            let number: i64 = number.parse().expect("a number");
            assert!(number > last, "{text}");
            last = number;
            assert!(text.contains(&format!("DTSTAMP:20261122T090{states}00Z")), "{text}");
            assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "{text}");
            assert_eq!(text.contains("STATUS:CANCELLED"), due.is_none(), "{text}");
        }
    }

    #[test]
    fn a_plan_that_the_reader_may_not_see_is_an_empty_calendar() {
        let library = library();
        let text =
            calendar(&Handout::new(&library, &Dossier { actions: vec![reviewed()], ..dossier() }, Party::Sponsor));
        assert!(!text.contains("BEGIN:VEVENT") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    }
}

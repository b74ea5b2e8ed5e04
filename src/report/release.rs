//! Lines that the client can tick for the sponsor. Each is a single sentence that is complete by itself, and none
//! contains a reflection, an example or a note.

use std::cmp::Ordering;

use super::handout::Handout;
use crate::domain::{
    Action, ActionStatus, BehaviourIx, Day, Dossier, Library, Party, Profile, RecordKind, ReleaseItem, Session,
    SessionKind, clean, count, join_and, long_day, middle,
};

/// Returns every line that can be ticked: the goal, progress on each behaviour (those at their target first), each
/// action, and when there were sessions. The lines are made from what the client may see, so nothing sealed or private
/// can be offered.
#[must_use]
pub fn release_items(library: &Library, dossier: &Dossier) -> Vec<ReleaseItem> {
    let handout = Handout::new(library, dossier, Party::Client);
    let seen = handout.seen();
    let profile = seen.profile(library);
    let mut items: Vec<ReleaseItem> = goal(seen).into_iter().collect();
    let mut watched: Vec<BehaviourIx> = match seen.focus_now() {
        Some(focus) => focus.behaviours(library).map(|(ix, _)| ix).collect(),
        None => profile.rated().map(|(ix, _)| ix).collect(),
    };
    watched.sort_by_key(|ix| !reached(library, &profile, *ix));
    // If the sponsor may not see ratings, progress is described without them.
    let ratings = dossier.shows(RecordKind::Ratings, Party::Sponsor);
    items.extend(watched.into_iter().filter_map(|ix| progress(library, &profile, ix, ratings)));
    items.extend(seen.actions.iter().map(plan));
    items.extend(sessions(&seen.sessions, seen.today));
    items
}

fn item(kind: RecordKind, key: String, words: &str) -> ReleaseItem {
    // The ticked text is stored in the records, which store cleaned text.
    ReleaseItem { kind, key, words: clean(words).trim().to_owned() }
}

fn goal(dossier: &Dossier) -> Option<ReleaseItem> {
    let goal = dossier.engagement()?.goal.trim();
    (!goal.is_empty()).then(|| item(RecordKind::Plan, "goal".to_owned(), &format!("What I want: {goal}")))
}

/// Returns whether the newest own rating is at or above the target.
fn reached(library: &Library, profile: &Profile, ix: BehaviourIx) -> bool {
    let target =
        library.target(ix, profile.person.level.as_deref()).unwrap_or_else(|| middle(&library.framework_of(ix).scale));
    profile.of(ix).and_then(|standing| standing.rated.value()).is_some_and(|value| value >= target)
}

/// Returns a line such as
/// `Lets other people decide: now “Usually” (20 Nov 2026). It was “When reminded” (20 Sep 2026).`
fn progress(library: &Library, profile: &Profile, ix: BehaviourIx, ratings: bool) -> Option<ReleaseItem> {
    let behaviour = library.behaviour(ix);
    let scale = &library.framework_of(ix).scale;
    let standing = profile.of(ix)?;
    let history = &standing.history;
    let (day, value) = *history.last()?;
    if !ratings {
        let first = *history.first()?;
        let words = format!("{}: {}", behaviour.title, without_ratings(first, (day, value)));
        return Some(item(RecordKind::Progress, format!("progress/{}", behaviour.full_code()), &words));
    }
    let label = |day: Day, value: i64| {
        let given = standing.rated_on(day, value).map(|answer| answer.wording.label.as_str());
        let label = given.filter(|label| !label.is_empty()).or_else(|| scale.label(value));
        label.map_or_else(|| value.to_string(), str::to_owned)
    };
    let now = format!("{}: now \u{201c}{}\u{201d} ({})", behaviour.title, label(day, value), long_day(day));
    let words = match history.first() {
        Some((first, before)) if *first != day && *before != value => {
            format!("{now}. It was \u{201c}{}\u{201d} ({}).", label(*first, *before), long_day(*first))
        }
        Some((first, _)) if *first != day => format!("{now}, as on {}.", long_day(*first)),
        _ => format!("{now}."),
    };
    Some(item(RecordKind::Progress, format!("progress/{}", behaviour.full_code()), &words))
}

/// Describes the direction of a change without the ratings themselves.
fn without_ratings((first, before): (Day, i64), (day, now): (Day, i64)) -> String {
    let way = match now.cmp(&before) {
        _ if first == day => return format!("looked at on {}.", long_day(day)),
        Ordering::Greater => "has grown",
        Ordering::Equal => "has been steady",
        Ordering::Less => "is being looked at again",
    };
    format!("{way}, from {} to {}.", long_day(first), long_day(day))
}

fn plan(action: &Action) -> ReleaseItem {
    let state = match (action.status, action.due) {
        (ActionStatus::Open, Some(due)) => format!("open, first step by {}", long_day(due)),
        (ActionStatus::Open, None) => "open".to_owned(),
        (ActionStatus::Done, _) => format!("done on {}", long_day(action.changed_on)),
        (ActionStatus::Dropped, _) => format!("stopped on {}", long_day(action.changed_on)),
    };
    item(RecordKind::Plan, format!("plan/{}", action.id), &format!("{} ({state})", action.title))
}

/// Returns the line with the number and the days of sessions with the coach.
fn sessions(sessions: &[Session], today: Day) -> Option<ReleaseItem> {
    let days: Vec<String> = sessions
        .iter()
        .filter(|session| session.kind == SessionKind::OneToOne && session.on <= today)
        .map(|session| long_day(session.on))
        .collect();
    let words = format!("{} with the coach: {}.", count(days.len(), "session", "sessions"), join_and(&days));
    (!days.is_empty()).then(|| item(RecordKind::Progress, "sessions".to_owned(), &words))
}

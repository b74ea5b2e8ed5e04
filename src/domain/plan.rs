//! What a person decided to do.

use super::{Activity, ActivityKind, Day};

/// A first step lies within this many days (COACHING.md 3.5).
const FIRST_STEP_DAYS: i64 = 14;

/// The day by which a first step is taken, unless somebody says another.
#[must_use]
pub fn first_step_by(today: Day) -> Day {
    today.checked_add(jiff::Span::new().days(FIRST_STEP_DAYS)).unwrap_or(today)
}

/// How an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionStatus {
    /// Decided, not done.
    Open,
    /// Done.
    Done,
    /// Let go.
    Dropped,
}

impl ActionStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Dropped];

    /// The word used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Reads [`ActionStatus::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == text)
    }
}

/// What came of an action that was done, seen against the outcome that was hoped for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CameOut {
    /// As hoped, or better.
    AsHoped,
    /// In part.
    InPart,
    /// Nothing changed, or it did harm.
    NotAsHoped,
}

impl CameOut {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::AsHoped, Self::InPart, Self::NotAsHoped];

    /// The word used in the records, in rules and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::AsHoped => "as-hoped",
            Self::InPart => "in-part",
            Self::NotAsHoped => "not-as-hoped",
        }
    }

    /// The words shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AsHoped => "Yes, as I hoped",
            Self::InPart => "In part",
            Self::NotAsHoped => "No, not this time",
        }
    }

    /// Reads [`CameOut::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// The dialogue behind an action: wish, outcome, obstacle and plan (mental contrasting with an implementation intention,
/// COACHING.md 3.4), and what makes it happen. Every part may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intent {
    /// What I wish for, and why it matters to the people who use our services.
    pub wish: String,
    /// The best that could come of it.
    pub outcome: String,
    /// What in me or around me stands in the way.
    pub obstacle: String,
    /// If: the situation in which it will be needed.
    pub situation: String,
    /// Then I will: what I do in it.
    pub response: String,
    /// On the job, through others, formal or reflection.
    pub kind: Option<ActivityKind>,
    /// Who knows of it and helps.
    pub helper: String,
    /// What one would see if it worked.
    pub evidence: String,
    /// The day on which to look back at it.
    pub review: Option<Day>,
}

impl Intent {
    /// Everything that was written in it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let Self { wish, outcome, obstacle, situation, response, helper, evidence, kind: _, review: _ } = self;
        [wish, outcome, obstacle, situation, response, helper, evidence].into_iter().map(String::as_str)
    }

    /// The situation without an «if» of its own in front, to be put behind one.
    #[must_use]
    pub fn if_words(&self) -> &str {
        let text = self.situation.trim();
        match text.split_once(' ') {
            Some((first, rest)) if first.eq_ignore_ascii_case("if") => rest.trim_start(),
            _ => text,
        }
    }

    /// What an activity says by itself: its kind, and what one would see.
    #[must_use]
    pub fn of_activity(activity: &Activity) -> Self {
        Self { kind: Some(activity.kind), evidence: activity.afterwards.clone(), ..Self::default() }
    }
}

/// How near a due day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// So many days ago.
    Overdue(i32),
    /// Today.
    Today,
    /// Within seven days.
    Soon(i32),
    /// Later than that.
    Later(i32),
    /// The first step's day is over, or there is none, and the day to look back comes in so many days; below 1 it is time
    /// to look back.
    LookBack(i32),
    /// No day was set.
    Unset,
}

impl Due {
    /// In words, for a list.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Overdue(1) => "1 day overdue".to_owned(),
            Self::Overdue(days) => format!("{days} days overdue"),
            Self::Today => "due today".to_owned(),
            Self::Soon(1) => "due tomorrow".to_owned(),
            Self::Soon(days) | Self::Later(days) => format!("due in {days} days"),
            Self::LookBack(..1) => "time to look back".to_owned(),
            Self::LookBack(1) => "look back tomorrow".to_owned(),
            Self::LookBack(days) => format!("look back in {days} days"),
            Self::Unset => "no date".to_owned(),
        }
    }

    /// Whether it asks for something now.
    #[must_use]
    pub fn is_now(self) -> bool {
        matches!(self, Self::Overdue(_) | Self::Today | Self::LookBack(..1))
    }

    /// Whether it asks for something within seven days, and not now.
    #[must_use]
    pub fn is_soon(self) -> bool {
        matches!(self, Self::Soon(_) | Self::LookBack(1..=7))
    }
}

/// What happened to an action so far, beside how it stands: what a calendar needs to follow it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Revision {
    /// How many states it has had.
    pub states: u32,
    /// When the newest was written, RFC 3339 in UTC; empty where nobody knows.
    pub at: String,
    /// The last day that its first step ever had.
    pub due: Option<Day>,
    /// The last day to look back on that it ever had.
    pub review: Option<Day>,
}

/// One thing in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Record id.
    pub id: String,
    /// When it was decided.
    pub decided_on: Day,
    /// The activity it came from, or `None` for one's own idea.
    pub activity: Option<String>,
    /// The rules that recommended it.
    pub rules: Vec<String>,
    /// Why it was recommended, in the words shown that day.
    pub because: String,
    /// Full codes of the behaviours it is for.
    pub behaviours: Vec<String>,
    /// What I decided.
    pub title: String,
    /// The first step.
    pub first_step: String,
    /// By when.
    pub due: Option<Day>,
    /// How it stands.
    pub status: ActionStatus,
    /// When that last changed.
    pub changed_on: Day,
    /// What was learned; may be empty.
    pub learned: String,
    /// The dialogue behind it.
    pub intent: Intent,
    /// What came of it; `None` while nobody has said.
    pub came_out: Option<CameOut>,
}

impl Action {
    /// The day it asks for attention next: the first step's; once that has passed, the day to look back, if there is one.
    #[must_use]
    pub fn next_day(&self, today: Day) -> Option<Day> {
        match (self.due, self.intent.review) {
            (Some(due), Some(review)) if due < today => Some(review),
            (due, review) => due.or(review),
        }
    }

    /// How near its next day is. A day to look back on is never overdue.
    #[must_use]
    pub fn due_on(&self, today: Day) -> Due {
        let Some(next) = self.next_day(today) else { return Due::Unset };
        let days = (next - today).get_days();
        let steps_day = self.due.is_some_and(|due| due >= today || self.intent.review.is_none());
        match days {
            _ if !steps_day => Due::LookBack(days),
            ..0 => Due::Overdue(-days),
            0 => Due::Today,
            1..=7 => Due::Soon(days),
            _ => Due::Later(days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_days_are_counted_over_months() {
        let action = |due| Action {
            id: String::new(),
            decided_on: jiff::civil::date(2026, 1, 1),
            activity: None,
            rules: vec![],
            because: String::new(),
            behaviours: vec![],
            title: String::new(),
            first_step: String::new(),
            due,
            status: ActionStatus::Open,
            changed_on: jiff::civil::date(2026, 1, 1),
            learned: String::new(),
            intent: Intent::default(),
            came_out: None,
        };
        let today = jiff::civil::date(2026, 11, 22);
        let on = |y, m, d| action(Some(jiff::civil::date(y, m, d))).due_on(today);
        assert_eq!(on(2026, 9, 22), Due::Overdue(61));
        assert_eq!(on(2026, 11, 23), Due::Soon(1));
        assert_eq!(on(2027, 1, 22), Due::Later(61));
        assert_eq!(action(None).due_on(today), Due::Unset);
        // A look-back day is not a deadline.
        let back = |due: Option<Day>, review| Action {
            intent: Intent { review: Some(review), ..Intent::default() },
            ..action(due)
        };
        let day = |month, day| jiff::civil::date(2026, month, day);
        let words = |due, review| back(due, review).due_on(today).words();
        assert_eq!(words(None, day(12, 22)), "look back in 30 days");
        assert_eq!(words(None, day(11, 23)), "look back tomorrow");
        assert_eq!(words(None, day(11, 22)), "time to look back");
        assert_eq!(words(None, day(11, 14)), "time to look back");
        assert_eq!(words(Some(day(11, 10)), day(12, 1)), "look back in 9 days");
        assert_eq!(words(Some(day(11, 10)), day(11, 20)), "time to look back");
        assert_eq!(words(Some(day(11, 24)), day(12, 24)), "due in 2 days");
        assert_eq!(words(Some(day(11, 22)), day(12, 24)), "due today");
    }
}

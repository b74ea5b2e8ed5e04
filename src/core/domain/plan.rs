//! Actions in a person's plan.

use super::{Activity, ActivityKind, Day};

/// Recommended maximum number of days until a first step (COACHING.md 3.5).
const FIRST_STEP_DAYS: i64 = 14;

/// Returns the default due day of a first step.
#[must_use]
pub fn first_step_by(today: Day) -> Day {
    today.checked_add(jiff::Span::new().days(FIRST_STEP_DAYS)).unwrap_or(today)
}

/// State of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionStatus {
    /// Decided and not done.
    Open,
    /// Done.
    Done,
    /// Abandoned.
    Dropped,
}

impl ActionStatus {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Dropped];

    /// Returns the identifier used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Parses the output of [`ActionStatus::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == text)
    }
}

/// Result of a finished action, compared with the outcome that the person hoped for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CameOut {
    /// As hoped, or better.
    AsHoped,
    /// Partly as hoped.
    InPart,
    /// Nothing changed, or it did harm.
    NotAsHoped,
}

impl CameOut {
    /// All results, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::AsHoped, Self::InPart, Self::NotAsHoped];

    /// Returns the identifier used in the records, in rules and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::AsHoped => "as-hoped",
            Self::InPart => "in-part",
            Self::NotAsHoped => "not-as-hoped",
        }
    }

    /// Returns the words shown on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::AsHoped => "Yes, as I hoped",
            Self::InPart => "In part",
            Self::NotAsHoped => "No, not this time",
        }
    }

    /// Parses the output of [`CameOut::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// The thinking behind an action: wish, outcome, obstacle and plan (mental contrasting with an implementation
/// intention, COACHING.md 3.4), and practical details. Every field may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intent {
    /// What the person wishes for, and why it matters to the people who use the services.
    pub wish: String,
    /// The best possible outcome.
    pub outcome: String,
    /// What is in the way, in the person or around them.
    pub obstacle: String,
    /// The "if" part: the situation in which the plan applies.
    pub situation: String,
    /// The "then" part: what the person does in that situation.
    pub response: String,
    /// Kind of development: on the job, through others, formal or reflection.
    pub kind: Option<ActivityKind>,
    /// Who knows about the action and helps.
    pub helper: String,
    /// What would be visible if it worked.
    pub evidence: String,
    /// The day on which to review the action.
    pub review: Option<Day>,
}

impl Intent {
    /// Returns all its texts, including empty ones.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let Self { wish, outcome, obstacle, situation, response, helper, evidence, kind: _, review: _ } = self;
        [wish, outcome, obstacle, situation, response, helper, evidence].into_iter().map(String::as_str)
    }

    /// Returns the situation without a leading "if", so that it can be put after one.
    #[must_use]
    pub fn if_words(&self) -> &str {
        let text = self.situation.trim();
        match text.split_once(' ') {
            Some((first, rest)) if first.eq_ignore_ascii_case("if") => rest.trim_start(),
            _ => text,
        }
    }

    /// Returns the response without a leading "then", "I will" or "I", so that it can be put after "then I will".
    #[must_use]
    pub fn then_words(&self) -> &str {
        let mut text = self.response.trim();
        for lead in ["then", "I", "will", "I'll", "I\u{2019}ll"] {
            if let Some((first, rest)) = text.split_once(' ')
                && first.trim_end_matches(',').eq_ignore_ascii_case(lead)
            {
                text = rest.trim_start();
            }
        }
        text
    }

    /// Creates an intent from what an activity states: its kind and its visible result.
    #[must_use]
    pub fn of_activity(activity: &Activity) -> Self {
        Self { kind: Some(activity.kind), evidence: activity.afterwards.clone(), ..Self::default() }
    }
}

/// How soon an action needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// Overdue by this many days.
    Overdue(i32),
    /// Due today.
    Today,
    /// Due in this many days, at most seven.
    Soon(i32),
    /// Due in this many days, more than seven.
    Later(i32),
    /// To be reviewed in this many days; 0 or less means that the review is due. Used if the first step has no due day
    /// or that day has passed.
    LookBack(i32),
    /// No day is set.
    Unset,
}

impl Due {
    /// Returns the words shown in a list.
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

    /// Returns whether the action needs attention today.
    #[must_use]
    pub fn is_now(self) -> bool {
        matches!(self, Self::Overdue(_) | Self::Today | Self::LookBack(..1))
    }

    /// Returns whether the action needs attention within seven days, but not today.
    #[must_use]
    pub fn is_soon(self) -> bool {
        matches!(self, Self::Soon(_) | Self::LookBack(1..=7))
    }
}

/// The change history of an action, as far as a calendar needs it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Revision {
    /// Number of states that the action has had.
    pub states: u32,
    /// When the newest state was written, in RFC 3339 format in UTC; empty if it is not known.
    pub at: String,
    /// The last due day that the first step ever had.
    pub due: Option<Day>,
    /// The last review day that the action ever had.
    pub review: Option<Day>,
}

/// An action in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Record id.
    pub id: String,
    /// The day on which it was decided.
    pub decided_on: Day,
    /// Id of the activity it came from; `None` for the person's own idea.
    pub activity: Option<String>,
    /// Ids of the rules that recommended it.
    pub rules: Vec<String>,
    /// Why it was recommended, in the words shown at the time.
    pub because: String,
    /// Full codes of the behaviours it is for.
    pub behaviours: Vec<String>,
    /// What the person decided to do.
    pub title: String,
    /// The first step.
    pub first_step: String,
    /// Due day of the first step.
    pub due: Option<Day>,
    /// Current status.
    pub status: ActionStatus,
    /// The day on which the status last changed.
    pub changed_on: Day,
    /// What was learned; may be empty.
    pub learned: String,
    /// The thinking behind the action.
    pub intent: Intent,
    /// The result; `None` if the person has not stated it.
    pub came_out: Option<CameOut>,
}

impl Action {
    /// Returns the day on which the action next needs attention: the due day of the first step or, once that has
    /// passed, the review day if there is one.
    #[must_use]
    pub fn next_day(&self, today: Day) -> Option<Day> {
        match (self.due, self.intent.review) {
            (Some(due), Some(review)) if due < today => Some(review),
            (due, review) => due.or(review),
        }
    }

    /// Returns how soon the action needs attention. A review is never overdue.
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
    fn if_and_then_are_said_once() {
        let words = |situation: &str, response: &str| {
            let intent = Intent { situation: situation.to_owned(), response: response.to_owned(), ..Intent::default() };
            format!("If {}, then I will {}", intent.if_words(), intent.then_words())
        };
        assert_eq!(words("If I begin to explain", "I ask"), "If I begin to explain, then I will ask");
        assert_eq!(words("the rota runs over", "then I will stop"), "If the rota runs over, then I will stop");
        assert_eq!(words("it rains", "I'll walk"), "If it rains, then I will walk");
        assert_eq!(words("it rains", "Ideas first"), "If it rains, then I will Ideas first");
    }

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
        // A review day is not a deadline.
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

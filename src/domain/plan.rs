//! What a person decided to do.

use super::Day;

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
            Self::Unset => "no date".to_owned(),
        }
    }
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
}

impl Action {
    /// How near its due day is.
    #[must_use]
    pub fn due_on(&self, today: Day) -> Due {
        let Some(due) = self.due else { return Due::Unset };
        let days = (due - today).get_days();
        match days {
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
        };
        let today = jiff::civil::date(2026, 11, 22);
        let on = |y, m, d| action(Some(jiff::civil::date(y, m, d))).due_on(today);
        assert_eq!(on(2026, 9, 22), Due::Overdue(61));
        assert_eq!(on(2026, 11, 23), Due::Soon(1));
        assert_eq!(on(2027, 1, 22), Due::Later(61));
        assert_eq!(action(None).due_on(today), Due::Unset);
    }
}

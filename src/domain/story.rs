//! Everything that was said by and about one person, before a library makes a [`Profile`] of it: what cases tell, what
//! the records hold, and what «what if» changes.

use std::collections::BTreeSet;

use super::{Action, ActionStatus, Answer, By, Day, Library, Person, Profile, Verdict};

/// One person's answers, plan and verdicts on a day.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Whose it is.
    pub person: Person,
    /// The day it is told on.
    pub today: Day,
    /// All answers.
    pub answers: Vec<Answer>,
    /// The plan.
    pub actions: Vec<Action>,
    /// Verdicts on advice: activity, verdict, day.
    pub verdicts: Vec<(String, Verdict, Day)>,
}

impl Story {
    /// As the rules see it.
    #[must_use]
    pub fn profile(&self, library: &Library) -> Profile {
        Profile::new(library, self.person.clone(), self.today, self.answers.clone(), &self.actions, &self.verdicts)
    }

    /// The same story as it stood at the end of an earlier day. An action that changed later counts as open on that day,
    /// because the records tell an action's last change only.
    #[must_use]
    pub fn as_of(&self, day: Day) -> Self {
        let until = |action: &Action| {
            let later = action.changed_on > day;
            let status = if later { ActionStatus::Open } else { action.status };
            let learned = if later { String::new() } else { action.learned.clone() };
            (action.decided_on <= day).then(|| Action { status, learned, ..action.clone() })
        };
        Self {
            person: self.person.clone(),
            today: day,
            answers: self.answers.iter().filter(|answer| answer.on <= day).cloned().collect(),
            actions: self.actions.iter().filter_map(until).collect(),
            verdicts: self.verdicts.iter().filter(|(_, _, on)| *on <= day).cloned().collect(),
        }
    }

    /// The days on which the person answered something, oldest first.
    #[must_use]
    pub fn sessions(&self) -> Vec<Day> {
        let own = self.answers.iter().filter(|answer| answer.by == By::Myself && answer.on <= self.today);
        own.map(|answer| answer.on).collect::<BTreeSet<Day>>().into_iter().collect()
    }
}

//! The data from which a [`Profile`] is built with a library. It comes from the records or from test cases of rules,
//! and "what if" questions change it.

use std::collections::BTreeSet;

use super::{Action, ActionStatus, Answer, By, Day, Library, Person, Profile, Verdict};

/// One person's answers, plan and verdicts as of one day.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// The person.
    pub person: Person,
    /// The day as of which the data is given.
    pub today: Day,
    /// All answers.
    pub answers: Vec<Answer>,
    /// Actions of the plan.
    pub actions: Vec<Action>,
    /// Verdicts on advice, as activity id, verdict and day.
    pub verdicts: Vec<(String, Verdict, Day)>,
}

impl Story {
    /// Builds the profile that rules evaluate.
    #[must_use]
    pub fn profile(&self, library: &Library) -> Profile {
        Profile::new(library, self.person.clone(), self.today, self.answers.clone(), &self.actions, &self.verdicts)
    }

    /// Returns the data as of the end of an earlier day. An action that changed later counts as open on that day,
    /// because only its last change is known.
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

    /// Returns the days on which the person answered something, oldest first.
    #[must_use]
    pub fn sessions(&self) -> Vec<Day> {
        let own = self.answers.iter().filter(|answer| answer.by == By::Myself && answer.on <= self.today);
        own.map(|answer| answer.on).collect::<BTreeSet<Day>>().into_iter().collect()
    }
}

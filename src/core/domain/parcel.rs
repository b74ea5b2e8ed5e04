//! The data that a coach and a client exchange between two machines: answers, sessions with their shared notes, and the
//! current state of actions. A parcel contains only what its reader may see.

use super::{Action, Answer, Day, EngagementPurpose, Session, count, join_and};

/// Whose records a parcel contains, from the reader's point of view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The sender's own: a client shares with a coach.
    Sender,
    /// The reader's own: a coach shares with the client.
    Reader,
}

impl About {
    /// Returns the identifier used in a file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Reader => "reader",
        }
    }

    /// Parses the output of [`About::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Sender, Self::Reader].into_iter().find(|about| about.id() == text)
    }
}

/// The records in one file. They keep the ids that they have in the records where they were first written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Whose records they are.
    pub about: About,
    /// The public key of the sender, as stated in the file. It is not authenticated.
    pub from: String,
    /// Name that the sender uses for the person.
    pub name: String,
    /// The day on which the parcel was made.
    pub made_on: Day,
    /// The purpose for which the records were given.
    pub purpose: EngagementPurpose,
    /// Answers, oldest first.
    pub answers: Vec<Answer>,
    /// Sessions with their shared notes only.
    pub sessions: Vec<Session>,
    /// Actions in their current state.
    pub actions: Vec<Action>,
}

impl Parcel {
    /// Returns the counts of the content in words.
    #[must_use]
    pub fn words(&self) -> String {
        counted(self.answers.len(), self.sessions.len(), self.actions.len())
    }

    /// Returns the first and the last day of the content; `None` if the parcel is empty.
    #[must_use]
    pub fn days(&self) -> Option<(Day, Day)> {
        let answers = self.answers.iter().map(|answer| answer.on);
        let sessions = self.sessions.iter().map(|session| session.on);
        let days: Vec<Day> =
            answers.chain(sessions).chain(self.actions.iter().map(|action| action.changed_on)).collect();
        Some((*days.iter().min()?, *days.iter().max()?))
    }

    /// Returns the parcel with only the content dated on or after `day`.
    #[must_use]
    pub fn since(mut self, day: Day) -> Self {
        self.answers.retain(|answer| answer.on >= day);
        self.sessions.retain(|session| session.on >= day);
        self.actions.retain(|action| action.changed_on >= day);
        self
    }
}

/// Counts of what the import of a parcel added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// New answers.
    pub answers: usize,
    /// New sessions.
    pub sessions: usize,
    /// New actions.
    pub actions: usize,
    /// New states of existing actions.
    pub states: usize,
    /// Items that were already in the records.
    pub known: usize,
}

impl Added {
    /// Returns whether nothing was added.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self.answers + self.sessions + self.actions + self.states == 0
    }

    /// Returns the counts in words.
    #[must_use]
    pub fn words(self) -> String {
        let states = (self.states > 0).then(|| count(self.states, "change of an action", "changes of actions"));
        let rest = counted(self.answers, self.sessions, self.actions);
        match states {
            Some(states) if self.answers + self.sessions + self.actions == 0 => states,
            Some(states) => format!("{rest}, and {states}"),
            None => rest,
        }
    }
}

fn counted(answers: usize, sessions: usize, actions: usize) -> String {
    let parts = [(answers, "answer", "answers"), (sessions, "session", "sessions"), (actions, "action", "actions")];
    let said: Vec<String> =
        parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n, one, many)).collect();
    if said.is_empty() { "nothing".to_owned() } else { join_and(&said) }
}

//! What a coach and a client send each other between two machines: answers, sessions with their shared notes, and actions as
//! they stand. It holds what its reader may see and nothing else.

use super::{Action, Answer, Day, EngagementPurpose, Session, count, join_and};

/// Whose records are in it, seen from whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The sender's own: a client shares with a coach.
    Sender,
    /// The reader's: a coach shares with the client whose they are.
    Reader,
}

impl About {
    /// The word in a file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Reader => "reader",
        }
    }

    /// Reads [`About::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Sender, Self::Reader].into_iter().find(|about| about.id() == text)
    }
}

/// The records in one file. Their ids are those that they had where they were first written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Whose they are.
    pub about: About,
    /// The public key that the file says it comes from. Nothing proves it.
    pub from: String,
    /// What the sender calls the person.
    pub name: String,
    /// The day it was made.
    pub made_on: Day,
    /// What the records were given for.
    pub purpose: EngagementPurpose,
    /// Answers, oldest first.
    pub answers: Vec<Answer>,
    /// Sessions with shared notes alone.
    pub sessions: Vec<Session>,
    /// Actions as they stand.
    pub actions: Vec<Action>,
}

impl Parcel {
    /// How much is in it, in words.
    #[must_use]
    pub fn words(&self) -> String {
        counted(self.answers.len(), self.sessions.len(), self.actions.len())
    }

    /// The first and the last day of what is in it.
    #[must_use]
    pub fn days(&self) -> Option<(Day, Day)> {
        let answers = self.answers.iter().map(|answer| answer.on);
        let sessions = self.sessions.iter().map(|session| session.on);
        let days: Vec<Day> =
            answers.chain(sessions).chain(self.actions.iter().map(|action| action.changed_on)).collect();
        Some((*days.iter().min()?, *days.iter().max()?))
    }

    /// The same with only what is of this day or later.
    #[must_use]
    pub fn since(mut self, day: Day) -> Self {
        self.answers.retain(|answer| answer.on >= day);
        self.sessions.retain(|session| session.on >= day);
        self.actions.retain(|action| action.changed_on >= day);
        self
    }
}

/// What taking a parcel in added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// Answers.
    pub answers: usize,
    /// Sessions.
    pub sessions: usize,
    /// Actions that were not there before.
    pub actions: usize,
    /// Newer states of actions that were.
    pub states: usize,
    /// What was there already.
    pub known: usize,
}

impl Added {
    /// Nothing was added.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self.answers + self.sessions + self.actions + self.states == 0
    }

    /// In words.
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

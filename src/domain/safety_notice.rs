//! What is said where words were noticed that can mean that somebody is in danger. See `safeguarding`.

use super::Day;

/// Somebody to ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub name: String,
    /// Their number; empty where everybody has to look up their own.
    pub number: String,
    /// When, as a phrase.
    pub when: String,
    /// The concerns that an organisation names them for; empty for all.
    pub concerns: Vec<String>,
}

/// Where words were noticed. It holds none of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeardIn {
    /// Record id of the entry; empty for what is not in the records.
    pub entry: String,
    /// Code of the behaviour, if it was written about one.
    pub behaviour: String,
    /// The day it was written.
    pub on: Day,
    /// It was written for the coach alone.
    pub private: bool,
}

/// Words were noticed: two sentences, and people to ring. No activity, and no part of any report, share or figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafetyNotice {
    /// Which concern, by id.
    pub concern: String,
    /// Shown above the sentences.
    pub title: String,
    /// Two sentences.
    pub text: String,
    /// Whom to ring, the first first.
    pub contacts: Vec<Contact>,
    /// Where the words stand, in the order written.
    pub heard_in: Vec<HeardIn>,
}

impl SafetyNotice {
    /// Only what is for the coach alone gave rise to it, so it is not for a screen that the client sees.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.heard_in.iter().all(|place| place.private)
    }
}

impl Contact {
    /// `Samaritans: 116 123 - free, day and night, about anything`
    #[must_use]
    pub fn line(&self) -> String {
        let number = if self.number.is_empty() { String::new() } else { format!(": {}", self.number) };
        let when = if self.when.is_empty() { String::new() } else { format!(" ({})", self.when) };
        format!("{}{number}{when}", self.name)
    }
}

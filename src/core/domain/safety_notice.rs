//! Notices shown when wording was detected that can mean that somebody is in danger. See `safeguarding`.

use super::Day;

/// A person or service to ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Name of the person or service.
    pub name: String,
    /// Telephone number; empty if everybody has to look up their own.
    pub number: String,
    /// When and for what to ring, as a phrase.
    pub when: String,
    /// Ids of the concerns that an organisation lists the contact for; empty for all.
    pub concerns: Vec<String>,
}

/// Where wording was detected. Contains none of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeardIn {
    /// Record id of the entry; empty if it is not in the records.
    pub entry: String,
    /// Code of the behaviour that the entry is about; may be empty.
    pub behaviour: String,
    /// The day on which it was written.
    pub on: Day,
    /// Whether only the coach may read the entry.
    pub private: bool,
}

/// A notice about detected wording: two sentences and contacts. It contains no activity and is never part of a report,
/// a shared file or a statistic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafetyNotice {
    /// Id of the concern.
    pub concern: String,
    /// Heading of the notice.
    pub title: String,
    /// The two sentences.
    pub text: String,
    /// Contacts, in the order in which to ring them.
    pub contacts: Vec<Contact>,
    /// Where the wording was detected, in the order written.
    pub heard_in: Vec<HeardIn>,
}

impl SafetyNotice {
    /// Returns whether the notice comes only from entries that only the coach may read; it is then not shown on a
    /// screen that the client sees.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.heard_in.iter().all(|place| place.private)
    }
}

impl Contact {
    /// Returns a line such as `Samaritans: 116 123 (free, day and night, about anything)`.
    #[must_use]
    pub fn line(&self) -> String {
        let number = if self.number.is_empty() { String::new() } else { format!(": {}", self.number) };
        let when = if self.when.is_empty() { String::new() } else { format!(" ({})", self.when) };
        format!("{}{number}{when}", self.name)
    }
}

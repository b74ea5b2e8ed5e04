//! Sessions, alone or one-to-one, and their notes.

use super::{Day, EngagementPurpose};

/// Who took part in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionKind {
    /// One person, reflecting alone.
    Alone,
    /// Coach and client together.
    OneToOne,
}

impl SessionKind {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::Alone, Self::OneToOne];

    /// Returns the identifier used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::OneToOne => "one-to-one",
        }
    }

    /// Parses the output of [`SessionKind::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// Who may read a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteFor {
    /// Both coach and client; for a session alone, the person who wrote it.
    Shared,
    /// The coach only: never in a report, nor on a screen while private lines are hidden.
    Coach,
}

impl NoteFor {
    /// All values.
    pub const ALL: [Self; 2] = [Self::Shared, Self::Coach];

    /// Returns the identifier used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Coach => "coach",
        }
    }

    /// Parses the output of [`NoteFor::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen| seen.id() == text)
    }
}

/// A note: what was written in one part of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Record id; empty for one that is not in the records.
    pub id: String,
    /// The part of the session: `check-in`, `summary`, or the id of a stage of the session's model.
    pub part: String,
    /// Name of the part, as shown at the time.
    pub title: String,
    /// The text of the note.
    pub text: String,
    /// Who may read it.
    pub seen: NoteFor,
}

/// Id of the part at the start, in which both say how they are.
pub const CHECK_IN: &str = "check-in";
/// Id of the part that summarises the session.
pub const SUMMARY: &str = "summary";

/// Id of the only part of a quick note, which is kept as a session alone without a model.
pub const QUICK_NOTE: &str = "note";

/// A session that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Record id; sorts by time.
    pub id: String,
    /// Whether it was alone or one-to-one.
    pub kind: SessionKind,
    /// Day of the session.
    pub on: Day,
    /// Length in minutes; 0 if it was not measured.
    pub minutes: u32,
    /// Id of the conversation model, if one was used.
    pub model: Option<String>,
    /// Id of the engagement it belongs to.
    pub engagement: Option<String>,
    /// Purpose of the session.
    pub purpose: EngagementPurpose,
    /// Whether the coach was paid for it.
    pub paid: bool,
    /// Notes in the order of the parts; within a part, the shared note first.
    pub notes: Vec<Note>,
    /// Full codes of the behaviours that were discussed.
    pub behaviours: Vec<String>,
    /// Ids of the actions that were agreed in it.
    pub actions: Vec<String>,
}

impl Session {
    /// Returns the text of the shared summary, if there is one.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        let note = self.notes.iter().find(|note| note.part == SUMMARY && note.seen == NoteFor::Shared)?;
        Some(note.text.as_str())
    }

    /// Returns the notes that both may read.
    pub fn shared(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.seen == NoteFor::Shared)
    }
}

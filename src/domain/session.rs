//! One sitting, alone or one-to-one, and the notes of it.

use super::{Day, EngagementPurpose};

/// Who took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionKind {
    /// Somebody alone, reflecting.
    Alone,
    /// Coach and client.
    OneToOne,
}

impl SessionKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Alone, Self::OneToOne];

    /// The word used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::OneToOne => "one-to-one",
        }
    }

    /// Reads [`SessionKind::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// Who may read a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteFor {
    /// Both; for a session alone, whoever wrote it.
    Shared,
    /// The coach alone: on no report, on no screen while the private lines are hidden.
    Coach,
}

impl NoteFor {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Shared, Self::Coach];

    /// The word used in the records and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Coach => "coach",
        }
    }

    /// Reads [`NoteFor::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen| seen.id() == text)
    }
}

/// What was written in one part of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Record id; empty for one that is not in the records.
    pub id: String,
    /// The part: `check-in`, `summary`, or the id of a stage of the session's model.
    pub part: String,
    /// The part's name as it was shown.
    pub title: String,
    /// The words.
    pub text: String,
    /// Who may read it.
    pub seen: NoteFor,
}

/// Id of the part in which both say how they come in.
pub const CHECK_IN: &str = "check-in";
/// Id of the part that sums up.
pub const SUMMARY: &str = "summary";

/// One sitting that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Record id; it sorts by time.
    pub id: String,
    /// Alone or one-to-one.
    pub kind: SessionKind,
    /// The day.
    pub on: Day,
    /// How long it took; 0 where nobody measured.
    pub minutes: u32,
    /// Id of the conversation model; `None` for none.
    pub model: Option<String>,
    /// The engagement it belongs to.
    pub engagement: Option<String>,
    /// What it served.
    pub purpose: EngagementPurpose,
    /// The coach was paid for it.
    pub paid: bool,
    /// In the order of the parts, a part's shared note first.
    pub notes: Vec<Note>,
    /// Full codes of the behaviours that were spoken of.
    pub behaviours: Vec<String>,
    /// Ids of the actions that were agreed in it.
    pub actions: Vec<String>,
}

impl Session {
    /// The words that sum it up, if there are any.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        let note = self.notes.iter().find(|note| note.part == SUMMARY && note.seen == NoteFor::Shared)?;
        Some(note.text.as_str())
    }

    /// The notes that both may read.
    pub fn shared(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| note.seen == NoteFor::Shared)
    }
}

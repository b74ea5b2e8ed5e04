//! One thing that was written and can be taken back: a whole answer or a part of it, a note, an action, a view of a
//! comparison, or everything that came in one file.

use super::{By, Day, Rated};

/// What is taken back. Each holds the id of its record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// An answer, with every older version of it.
    Answer(String),
    /// The recent example of an answer.
    Example(String),
    /// What an answer says to one prompt, by its position.
    Reflection(String, i64),
    /// A note of a session, with every older version of it.
    Note(String),
    /// An action with everything that was noted about it, and the verdict that led to it.
    Action(String),
    /// Why an activity was set aside, in somebody's own words; that it was set aside stays.
    Reason(String),
    /// One view of a round of comparison.
    View(String, By),
    /// Everything that came in one file.
    TakenIn(String),
    /// A session that came in a file, with its notes.
    Session(String),
    /// A state of an action that came in a file.
    State(String),
}

impl Piece {
    /// The piece as a text: `answer/ID/example`.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Answer(id) => format!("answer/{id}"),
            Self::Example(id) => format!("answer/{id}/example"),
            Self::Reflection(id, at) => format!("answer/{id}/reflection/{at}"),
            Self::Note(id) => format!("note/{id}"),
            Self::Action(id) => format!("action/{id}"),
            Self::Reason(id) => format!("reason/{id}"),
            Self::View(id, by) => format!("view/{id}/{}", by.id()),
            Self::TakenIn(id) => format!("taken-in/{id}"),
            Self::Session(id) => format!("session/{id}"),
            Self::State(id) => format!("state/{id}"),
        }
    }

    /// Reads [`Piece::key`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('/').collect();
        let own = |id: &&str| (!id.is_empty()).then(|| (*id).to_owned());
        Some(match parts.as_slice() {
            ["answer", id] => Self::Answer(own(id)?),
            ["answer", id, "example"] => Self::Example(own(id)?),
            ["answer", id, "reflection", at] => Self::Reflection(own(id)?, at.parse().ok()?),
            ["note", id] => Self::Note(own(id)?),
            ["action", id] => Self::Action(own(id)?),
            ["reason", id] => Self::Reason(own(id)?),
            ["view", id, by] => Self::View(own(id)?, By::parse(by)?),
            ["taken-in", id] => Self::TakenIn(own(id)?),
            ["session", id] => Self::Session(own(id)?),
            ["state", id] => Self::State(own(id)?),
            _ => return None,
        })
    }

    /// The id of its record.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Answer(id)
            | Self::Example(id)
            | Self::Reflection(id, _)
            | Self::Note(id)
            | Self::Action(id)
            | Self::Reason(id)
            | Self::View(id, _)
            | Self::TakenIn(id)
            | Self::Session(id)
            | Self::State(id) => id,
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Answer(_) => "answer",
            Self::Example(_) => "example of an answer",
            Self::Reflection(..) => "reflection of an answer",
            Self::Note(_) => "note of a session",
            Self::Action(_) => "action",
            Self::Reason(_) => "reason for setting an activity aside",
            Self::View(..) => "view of a comparison",
            Self::TakenIn(_) => "file that was taken in",
            Self::Session(_) => "session that was taken in",
            Self::State(_) => "state of an action that was taken in",
        }
    }
}

/// A file that was taken in, which can be taken back as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTaken {
    /// What [`Piece::TakenIn`] calls it.
    pub id: String,
    /// When it was taken in, as a stamp of the clock.
    pub at: String,
    /// Ids of the answers, sessions and actions that came in it and are there still.
    pub records: Vec<String>,
    /// Ids of what took the place of one of them when it was corrected here.
    pub newer: Vec<String>,
}

/// An action that was withdrawn, as far as a calendar has to know: its days are to be cancelled there. None of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneAction {
    /// Record id.
    pub id: String,
    /// The last day of its first step.
    pub due: Option<Day>,
    /// The last day to look back at it.
    pub review: Option<Day>,
    /// Higher than any that a calendar file had of it.
    pub sequence: i64,
    /// When it was withdrawn, as a stamp of the clock.
    pub at: String,
}

impl GoneAction {
    /// One line: id, days or `-`, sequence, stamp.
    #[must_use]
    pub fn line(&self) -> String {
        let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        format!("{} {} {} {} {}", self.id, day(self.due), day(self.review), self.sequence, self.at)
    }

    /// Reads [`GoneAction::line`].
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let [id, due, review, sequence, at] = line.split(' ').collect::<Vec<_>>()[..] else { return None };
        let day = |text: &str| if text == "-" { Some(None) } else { text.parse().ok().map(Some) };
        Some(Self {
            id: id.to_owned(),
            due: day(due)?,
            review: day(review)?,
            sequence: sequence.parse().ok()?,
            at: at.to_owned(),
        })
    }
}

/// What is said instead; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// The rating or non-answer of an answer.
    pub rated: Option<Rated>,
    /// The recent example of an answer.
    pub example: Option<String>,
    /// What an answer says to a prompt, by its position from 1.
    pub reflections: Vec<(usize, String)>,
    /// The day on which it happened.
    pub on: Option<Day>,
    /// The text of a note.
    pub text: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_read_back() {
        let id = || "01a0".to_owned();
        for piece in [
            Piece::Answer(id()),
            Piece::Example(id()),
            Piece::Reflection(id(), 2),
            Piece::Note(id()),
            Piece::Action(id()),
            Piece::Reason(id()),
            Piece::View(id(), By::Coach),
            Piece::TakenIn(id()),
            Piece::Session(id()),
            Piece::State(id()),
        ] {
            assert_eq!(Piece::parse(&piece.key()), Some(piece));
        }
        for text in ["", "answer", "answer/", "answer/1/x", "view/1/nobody", "answer/1/reflection/x"] {
            assert_eq!(Piece::parse(text), None, "{text}");
        }
    }
}

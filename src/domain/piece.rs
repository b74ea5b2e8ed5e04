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
            ["view", id, by] => Self::View(own(id)?, By::parse(by)?),
            ["taken-in", id] => Self::TakenIn(own(id)?),
            ["session", id] => Self::Session(own(id)?),
            ["state", id] => Self::State(own(id)?),
            _ => return None,
        })
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
            Self::View(..) => "view of a comparison",
            Self::TakenIn(_) => "file that was taken in",
            Self::Session(_) => "session that was taken in",
            Self::State(_) => "state of an action that was taken in",
        }
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

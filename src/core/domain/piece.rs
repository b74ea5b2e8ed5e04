//! Items that can be withdrawn from the records: a whole answer or a part of it, a note, an action, a view in a
//! comparison, or everything imported from one file.

use super::{By, Day, Rated};

/// An item to withdraw. Each variant contains the id of its record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// An answer with all its earlier versions.
    Answer(String),
    /// The recent example of an answer.
    Example(String),
    /// The reflection at this position in an answer.
    Reflection(String, i64),
    /// A note of a session with all its earlier versions.
    Note(String),
    /// An action with everything recorded about it, and the verdict that led to it.
    Action(String),
    /// The person's reason for setting an activity aside. The fact that it was set aside is kept.
    Reason(String),
    /// One view of a round of comparison.
    View(String, By),
    /// Everything imported from one file.
    TakenIn(String),
    /// A session imported from a file, with its notes.
    Session(String),
    /// A state of an action, imported from a file.
    State(String),
}

impl Piece {
    /// Returns the piece as text, such as `answer/ID/example`.
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

    /// Parses the output of [`Piece::key`]; `None` for any other text.
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

    /// Returns the id of the record.
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

    /// Returns a description of the kind of piece.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Answer(_) => "answer",
            Self::Example(_) => "example in an answer",
            Self::Reflection(..) => "reflection in an answer",
            Self::Note(_) => "note from a session",
            Self::Action(_) => "action",
            Self::Reason(_) => "reason for removing an activity",
            Self::View(..) => "set of ratings",
            Self::TakenIn(_) => "imported file",
            Self::Session(_) => "imported session",
            Self::State(_) => "imported state of an action",
        }
    }
}

/// A file that was imported, which can be withdrawn as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTaken {
    /// Id, as used in [`Piece::TakenIn`].
    pub id: String,
    /// Time of the import, as a time stamp.
    pub at: String,
    /// Ids of the answers, sessions and actions that came from the file and still exist.
    pub records: Vec<String>,
    /// Ids of the records that replaced imported ones when they were corrected here.
    pub newer: Vec<String>,
}

/// What a calendar needs to know about a withdrawn action to cancel its days. It contains none of the action's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneAction {
    /// Record id.
    pub id: String,
    /// The last due day of the first step.
    pub due: Option<Day>,
    /// The last review day.
    pub review: Option<Day>,
    /// Sequence number, higher than any that a calendar file had for the action.
    pub sequence: i64,
    /// Time of the withdrawal, as a time stamp.
    pub at: String,
}

impl GoneAction {
    /// Returns the action as one line: id, due day or `-`, review day or `-`, sequence number, time stamp.
    #[must_use]
    pub fn line(&self) -> String {
        let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        format!("{} {} {} {} {}", self.id, day(self.due), day(self.review), self.sequence, self.at)
    }

    /// Parses the output of [`GoneAction::line`]; `None` for any other text.
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

/// New values for a correction; whatever is `None` is left unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// The rating or non-answer of an answer.
    pub rated: Option<Rated>,
    /// The recent example of an answer.
    pub example: Option<String>,
    /// New texts of reflections of an answer, each with its position, counted from 1.
    pub reflections: Vec<(usize, String)>,
    /// The day on which it took place.
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

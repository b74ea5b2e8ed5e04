//! Views for input: points to choose from, texts to write, fields to fill in, and lines typed in secret.

use std::fmt;

use super::super::edit::EditBuffer;
use super::page::PagePart;

/// The points of a scale, followed by the answers that can be given instead of a rating.
#[derive(Debug)]
pub struct PointsView {
    /// Reference text above the question. It is shortened first if there is little room, and left out if
    /// [`View::beside`](super::View::beside) shows it.
    pub reading: Vec<PagePart>,
    /// Text before the question that is always shown.
    pub intro: Vec<PagePart>,
    /// The question.
    pub question: String,
    /// The points, then the answers that can be given instead.
    pub points: Vec<PointView>,
    /// Index of the marked point, counted from 0.
    pub marked: usize,
    /// Text below the points.
    pub after: Vec<PagePart>,
}

/// One point of a scale, or one answer that can be given instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    pub label: String,
    /// What the point means; may be empty.
    pub meaning: String,
    pub chosen: bool,
    /// The command that chooses it, if it is an answer given instead of a rating; `None` for a point of the scale.
    pub instead: Option<crate::command::Command>,
}

/// Texts to be written, exactly one of which has the caret.
#[derive(Debug)]
pub struct WritingView<'a> {
    /// The question.
    pub asks: Vec<PagePart>,
    /// The texts; at least one.
    pub fields: Vec<FieldView<'a>>,
    /// Most rows of the text on screen; `None` for all available rows. Plain mode reads one line if it is set, and
    /// several lines otherwise.
    pub most_rows: Option<u16>,
    /// Why the input was rejected; may be empty.
    pub problem: String,
    /// Earlier answers, shown below the text.
    pub after: Vec<PagePart>,
}

/// A text that is being written, with its label.
#[derive(Debug)]
pub struct FieldView<'a> {
    /// Name of the field; empty if the question says it.
    pub label: String,
    /// A sentence that plain mode prints before the text is written, such as who may read it; may be empty.
    pub told: &'static str,
    /// How to fill it in, or the number of words so far.
    pub note: String,
    /// Whether only the coach may read it.
    pub private: bool,
    /// Whether the caret is in it.
    pub here: bool,
    pub text: &'a EditBuffer,
}

/// A form of one field or more.
#[derive(Debug)]
pub struct FormView<'a> {
    /// The fields, in order.
    pub fields: Vec<FieldView<'a>>,
    /// Why the input was rejected; may be empty.
    pub problem: String,
}

/// A page on which something is typed in secret.
pub struct SecretView<'a> {
    /// Text to read first.
    pub parts: Vec<PagePart>,
    /// Words offered as a passphrase; `None` if none were asked for.
    pub offered: Option<&'a str>,
    /// The lines; empty if only a key has to be pressed.
    pub lines: Vec<SecretLineView<'a>>,
    /// Index of the line that is typed in, counted from 0.
    pub at: usize,
    /// Whether the input is being checked.
    pub working: bool,
    /// Why the input was rejected; may be empty.
    pub problem: &'a str,
}

impl fmt::Debug for SecretView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretView")
    }
}

/// A line of a [`SecretView`]. It borrows the typed text, so that no copy of it is left in memory.
pub struct SecretLineView<'a> {
    pub label: &'static str,
    /// Number of characters typed.
    pub letters: usize,
    /// The typed text; `None` while it is hidden.
    pub shown: Option<&'a str>,
}

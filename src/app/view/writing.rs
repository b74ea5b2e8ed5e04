//! Where something is given: points to choose from, texts to write, fields to fill in, and what must not be seen.

use std::fmt;

use super::super::edit::EditBuffer;
use super::page::PagePart;

/// Points of a scale, and what can be said instead.
#[derive(Debug)]
pub struct PointsView {
    /// What is asked about; it gives way where there is little room, and is left out where it stands beside the points.
    pub reading: Vec<PagePart>,
    /// What is said before the question, wherever the rest stands.
    pub intro: Vec<PagePart>,
    /// What is asked.
    pub question: String,
    /// The points, and then what can be said instead of one.
    pub points: Vec<PointView>,
    /// The marked one.
    pub marked: usize,
    /// What stands under them.
    pub after: Vec<PagePart>,
}

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    /// Its label.
    pub label: String,
    /// What it means; may be empty.
    pub meaning: String,
    /// It is chosen.
    pub chosen: bool,
    /// The command that chooses it, where it is no point of the scale but can be said instead.
    pub instead: Option<crate::command::Command>,
}

/// Texts to be written, one of which is written in.
#[derive(Debug)]
pub struct WritingView<'a> {
    /// What is asked.
    pub asks: Vec<PagePart>,
    /// At least one.
    pub fields: Vec<FieldView<'a>>,
    /// Rows that the text has at most; `None` for all there are.
    pub most_rows: Option<u16>,
    /// Why it was not taken; may be empty.
    pub problem: String,
    /// What was said before.
    pub after: Vec<PagePart>,
}

/// One text.
#[derive(Debug)]
pub struct FieldView<'a> {
    /// What it is called; empty where the question says it.
    pub label: String,
    /// What is said of it before somebody writes in lines, like who may read it.
    pub told: &'static str,
    /// How to fill it in, or how much of it there is.
    pub note: String,
    /// Only the coach reads it.
    pub private: bool,
    /// It is the one that is written in.
    pub here: bool,
    /// The text.
    pub text: &'a EditBuffer,
}

/// Fields of one line or more.
#[derive(Debug)]
pub struct FormView<'a> {
    /// In order.
    pub fields: Vec<FieldView<'a>>,
    /// Why it was not taken; may be empty.
    pub problem: String,
}

/// Lines that are typed in secret.
pub struct SecretView<'a> {
    /// What somebody should know first.
    pub parts: Vec<PagePart>,
    /// Words that are offered; `None` if none are.
    pub offered: Option<&'a str>,
    /// None where only a key has to be pressed.
    pub lines: Vec<SecretLineView<'a>>,
    /// The one that is typed in.
    pub at: usize,
    /// It is being tried.
    pub working: bool,
    /// Why it was not taken; may be empty.
    pub problem: &'a str,
}

impl fmt::Debug for SecretView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretView")
    }
}

/// One of them. It borrows what is typed, so that no copy of it is left behind.
pub struct SecretLineView<'a> {
    /// What it is.
    pub label: &'static str,
    /// How many letters are typed.
    pub letters: usize,
    /// What is typed, where it is to be read.
    pub shown: Option<&'a str>,
}

//! What lies over a screen: help, a form, a list to pick from. Data, not code: the top layer sees the key first.

use super::edit::EditBuffer;
use crate::domain::Day;

/// One thing over the screen.
#[derive(Debug, Clone)]
pub enum Layer {
    /// Every key that works here.
    Help,
    /// Lines to fill in.
    Form(Form),
    /// A list to pick one from.
    Picker(Picker),
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFor {
    /// Take this activity into the plan.
    Adapt(String),
    /// Set this activity aside for a reason in own words.
    DeclineBecause(String),
    /// Mark this action as done.
    Done(String),
    /// Change this action.
    Change(String),
    /// Add an action.
    New,
}

/// One line of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it is.
    pub label: String,
    /// What is written in it.
    pub buffer: EditBuffer,
    /// How to fill it in; may be empty.
    pub note: String,
}

impl Field {
    /// A line with something in it already.
    #[must_use]
    pub fn new(label: &str, text: &str, note: &str) -> Self {
        Self { label: label.to_owned(), buffer: EditBuffer::line(text), note: note.to_owned() }
    }
}

/// Lines to fill in.
#[derive(Debug, Clone)]
pub struct Form {
    /// Heading.
    pub title: String,
    /// At least one.
    pub fields: Vec<Field>,
    /// The line being written.
    pub at: usize,
    /// What happens with it.
    pub purpose: FormFor,
    /// What is wrong with it; may be empty.
    pub problem: String,
}

impl Form {
    /// A form at its first line.
    #[must_use]
    pub fn new(title: &str, fields: Vec<Field>, purpose: FormFor) -> Self {
        Self { title: title.to_owned(), fields, at: 0, purpose, problem: String::new() }
    }
}

/// What a list is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerFor {
    /// The person's level; rows after the first are the levels of the first framework that has any.
    Level,
    /// The kind of organisation.
    Organisation,
    /// Why this activity is set aside.
    Decline(String),
    /// The first of the two days that are compared.
    FromDay,
    /// The second one, with the first.
    ToDay(Day),
}

/// A list to pick one from.
#[derive(Debug, Clone)]
pub struct Picker {
    /// Heading.
    pub title: String,
    /// At least one.
    pub rows: Vec<String>,
    /// The marked row.
    pub at: usize,
    /// What happens with the choice.
    pub purpose: PickerFor,
}

impl Picker {
    /// A list with a row marked.
    #[must_use]
    pub fn new(title: &str, rows: Vec<String>, at: usize, purpose: PickerFor) -> Self {
        Self { title: title.to_owned(), rows, at, purpose }
    }
}

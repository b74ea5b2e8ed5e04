//! Pages of text, with their charts.

use super::super::model::Tone;
use super::list::Ratings;
use crate::domain::{Fault, Sheet};

/// A page of text.
#[derive(Debug, Clone, Default)]
pub struct PageView {
    /// Title without a full stop; may be empty.
    pub title: String,
    /// The content, from top to bottom.
    pub parts: Vec<PagePart>,
    /// Width in cells of a card that is centred in the window; `None` for a page that fills the area from its top.
    pub card: Option<u16>,
    /// Largest width in cells of a page that is not a card; `None` for the default.
    pub widest: Option<u16>,
}

/// A part of a page.
#[derive(Debug, Clone)]
pub enum PagePart {
    /// A title within the page.
    Title(String),
    /// Headings, paragraphs and bullet points.
    Sheet(Sheet),
    /// A blank line, unless the line before is blank already.
    Gap,
    /// Something of the user's own, after a label: `Last time: …`.
    Own(&'static str, String),
    /// Open questions.
    Asked(Vec<String>),
    /// Numbered steps.
    Numbered(&'static [&'static str]),
    /// Rows quoted from another place, as they look there.
    Quoted(Vec<String>),
    /// Keys with what they do; left out in plain mode, where commands are typed by name.
    Keys(String),
    /// A heading, and rows of two columns under it: what is typed, and what that does.
    Table(&'static str, Vec<(String, &'static str)>),
    /// Rows of a key that has to be copied by hand, character by character.
    Key(Vec<String>),
    /// A fact about the current state, such as who else can open the records.
    State(String),
    /// A notice and its tone.
    Said(Tone, String),
    /// Problems with packs, each with its file and line.
    Faults(Vec<Fault>),
    /// Bars of a chart, and a sheet with the same content for plain mode.
    Bars(Vec<Bar>, Sheet),
    /// Two ratings on each scale; the sheet that follows says the same in words.
    Scales(Vec<ScaleLine>),
    /// Where a person stands on each scale, and a sheet with the same content for plain mode.
    Stands(Vec<StandLine>, Sheet),
}

/// A bar of a chart, with its label and words.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What the bar shows; empty if the words say so.
    pub label: String,
    /// Value on the scale; `None` if nothing is rated.
    pub value: Option<f64>,
    /// Text after the bar.
    pub words: String,
    /// The scale, and the ratings behind the value, drawn as a small chart after the words; the ratings may be empty.
    pub ratings: Ratings,
}

/// Two ratings on one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleLine {
    /// Code of the behaviour; may be empty.
    pub label: String,
    /// Title of the behaviour.
    pub title: String,
    /// What the two ratings are called, such as `client` and `coach`.
    pub names: (String, String),
    /// Values of the points of the scale, lowest first.
    pub points: Vec<i64>,
    /// The first rating; `None` without one.
    pub own: Option<i64>,
    /// The second rating; `None` without one.
    pub other: Option<i64>,
}

/// How far up the scale of a behaviour a person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandLine {
    /// Code of the behaviour.
    pub code: String,
    /// Title of the behaviour.
    pub title: String,
    /// The point of the newest rating, counted from 1; 0 without one.
    pub at: usize,
    /// Number of points of the scale.
    pub of: usize,
    /// The same in words, with what it was before.
    pub words: String,
    /// The ratings, drawn as a small chart after the words if there are two or more.
    pub ratings: Ratings,
}

/// A radar chart of three or more values; each spoke holds the same values in words.
#[derive(Debug, Clone, PartialEq)]
pub struct WebView {
    pub spokes: Vec<Spoke>,
    /// Lowest and highest point of the scale.
    pub scale: (i64, i64),
    /// Whether the chart is about the whole list and not only about the marked row. Such a chart may also be drawn
    /// beside the words where there is no room below them.
    pub is_about_all: bool,
}

/// One spoke of a radar chart, as numbers and in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoke {
    /// A short name.
    pub code: String,
    /// The full name.
    pub title: String,
    /// The person's own value, or `-` without one.
    pub own: String,
    /// Number of ratings behind the value; empty for a single rating.
    pub of: String,
    /// The coach's value with its number of ratings; empty if there is none or it must not be shown.
    pub coach: String,
    /// The person's own value and the coach's, for drawing.
    pub values: (Option<f64>, Option<f64>),
}

impl PageView {
    pub(in crate::app) fn new(title: impl Into<String>, sheet: Sheet) -> Self {
        Self { title: title.into(), parts: vec![PagePart::Sheet(sheet)], card: None, widest: None }
    }

    pub(in crate::app) fn untitled(sheet: Sheet) -> Self {
        Self::new("", sheet)
    }

    /// Creates a page of several parts.
    pub(in crate::app) fn of(title: impl Into<String>, parts: Vec<PagePart>) -> Self {
        Self { title: title.into(), parts, card: None, widest: None }
    }

    /// Creates a page that consists of one note.
    pub(in crate::app) fn note(text: &str) -> Self {
        let mut sheet = Sheet::default();
        sheet.note(text);
        Self::untitled(sheet)
    }
}

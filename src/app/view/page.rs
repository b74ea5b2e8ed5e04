//! Reading matter of a place, with its charts.

use super::super::model::Tone;
use super::list::Ratings;
use crate::domain::{Fault, Sheet};

/// Something to read, with a title that may be empty.
#[derive(Debug, Clone, Default)]
pub struct PageView {
    /// Its title, without a full stop.
    pub title: String,
    /// What it says.
    pub parts: Vec<PagePart>,
    /// Cells that it takes at most, in the middle of the window; `None` for all of it from its top.
    pub card: Option<u16>,
    /// Cells of its lines at most, where it is not in the middle; `None` for what is easy to read.
    pub widest: Option<u16>,
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub enum PagePart {
    /// A title within it.
    Title(String),
    /// Headings, paragraphs and points.
    Sheet(Sheet),
    /// A blank line, unless there is one.
    Gap,
    /// What something of somebody's own is, in front of it: `Last time: …`.
    Own(&'static str, String),
    /// Open questions.
    Asked(Vec<String>),
    /// Steps in their order.
    Numbered(&'static [&'static str]),
    /// Rows of another place, as they stand there.
    Quoted(Vec<String>),
    /// The keys of a place, which its commands are in lines.
    Keys(String),
    /// What is to be written down, sign by sign.
    Key(Vec<String>),
    /// What holds as long as it is said, like who else can read this.
    State(String),
    /// What was said, and how it went.
    Said(Tone, String),
    /// What is wrong with packs, each with its file and line.
    Faults(Vec<Fault>),
    /// Means as bars, and what they say in words.
    Bars(Vec<Bar>, Sheet),
    /// Two views on one scale each, which the sheet beside them tells in words.
    Scales(Vec<ScaleLine>),
}

/// A bar with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of; empty where the words after it say so.
    pub label: String,
    /// A shorter name, for where the longest of them does not fit.
    pub short: String,
    /// How far it goes on its scale; `None` where nothing is rated.
    pub value: Option<f64>,
    /// What stands after it.
    pub words: String,
    /// Its scale, and the ratings behind it as a small picture after the words; there may be none.
    pub ratings: Ratings,
}

/// Where two people stand on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleLine {
    /// Of what.
    pub label: String,
    /// The points of the scale.
    pub points: Vec<i64>,
    /// The client's.
    pub own: Option<i64>,
    /// The coach's.
    pub other: Option<i64>,
}

/// A picture of three numbers or more as spokes around one point; the same numbers stand in its spokes in words.
#[derive(Debug, Clone, PartialEq)]
pub struct WebView {
    /// Its spokes.
    pub spokes: Vec<Spoke>,
    /// Lowest and highest point.
    pub scale: (i64, i64),
    /// It belongs to the marked row; else it may be left out where it would take room from the words.
    pub is_about_all: bool,
}

/// One spoke, as a number and in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoke {
    /// A short name.
    pub code: String,
    /// The whole one.
    pub title: String,
    /// The person's own number.
    pub own: String,
    /// Of how many it is; empty for a single rating.
    pub of: String,
    /// The coach's, with that; empty where there is none to be shown.
    pub coach: String,
    /// Both as numbers to be drawn.
    pub values: (Option<f64>, Option<f64>),
}

impl PageView {
    /// A page with its title.
    pub(in crate::app) fn new(title: impl Into<String>, sheet: Sheet) -> Self {
        Self { title: title.into(), parts: vec![PagePart::Sheet(sheet)], card: None, widest: None }
    }

    /// A page without one.
    pub(in crate::app) fn untitled(sheet: Sheet) -> Self {
        Self::new("", sheet)
    }

    /// A page of several parts.
    pub(in crate::app) fn of(title: impl Into<String>, parts: Vec<PagePart>) -> Self {
        Self { title: title.into(), parts, card: None, widest: None }
    }

    /// One note.
    pub(in crate::app) fn note(text: &str) -> Self {
        let mut sheet = Sheet::default();
        sheet.note(text);
        Self::untitled(sheet)
    }
}

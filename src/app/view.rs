//! What stands in a place, described once. The terminal draws it and the plain mode tells it; a sentence of a place stands in
//! its own file and nowhere else. Keys, numbers of rows and how wide something is are the renderer's.

mod list;
mod page;
mod writing;

pub use list::{Highlight, ListLayout, ListView, Mark, Ratings, RowTone, RowView, Rows, ThirdView};
pub use page::{Bar, PagePart, PageView, ScaleLine, Spoke, WebView};
pub use writing::{FieldView, FormView, PointView, PointsView, SecretLineView, SecretView, WritingView};

use super::edit::EditBuffer;
use super::model::Model;

/// Widest page of people to ring, in cells; longer lines are hard to take in.
pub const WIDEST: u16 = 84;

/// All of a place.
#[derive(Debug)]
pub struct View<'a> {
    /// Tells it from every other place; it is never shown.
    pub place: String,
    /// The name of the place. The plain mode says it; on screen the tab or the title does.
    pub name: String,
    /// What is said of all of it, as a sentence without its full stop, like `3 actions, 2 of them open`.
    pub about: String,
    /// That sentence has a row of its own on screen.
    pub about_is_shown: bool,
    /// The line above everything, and what stands quietly at its end.
    pub title: Option<TitleView>,
    /// The steps of what is being done.
    pub steps: Option<StepsView>,
    /// The line in which something is looked for.
    pub search: Option<SearchView<'a>>,
    /// What comes first, whatever else there is: people to ring. It takes at most half of the room.
    pub first: Vec<PageView>,
    /// What follows when not all of that fits.
    pub first_more: &'static str,
    /// What is said above the body.
    pub head: Vec<PagePart>,
    /// What it is about.
    pub body: Body<'a>,
    /// What is written about, in a pane of its own where there is room for it.
    pub beside: Option<PageView>,
    /// How far the page or the detail is scrolled, in rows.
    pub scroll: u16,
    /// For whoever types lines.
    pub lines: Lines,
}

/// What a place is about.
#[derive(Debug)]
pub enum Body<'a> {
    /// Something to read.
    Page(PageView),
    /// Rows, and the marked one whole.
    List(Box<ListView<'a>>),
    /// Points of a scale, one of which can be chosen.
    Points(PointsView),
    /// Texts to be written.
    Writing(WritingView<'a>),
    /// Fields to be filled in.
    Form(FormView<'a>),
    /// What is asked for in secret.
    Secret(SecretView<'a>),
}

impl<'a> Body<'a> {
    /// A list, and its marked row.
    pub(super) fn list(list: ListView<'a>) -> Self {
        Self::List(Box::new(list))
    }
}

/// The line in which something is looked for.
#[derive(Debug)]
pub struct SearchView<'a> {
    /// What stands in front of it.
    pub label: &'static str,
    /// What is typed.
    pub typed: &'a EditBuffer,
    /// What can be typed.
    pub hint: &'static str,
}

/// The line above everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TitleView {
    /// What it says.
    pub text: String,
    /// What stands quietly at its end.
    pub note: String,
    /// It says whose turn it is, which two people at one screen must see.
    pub is_turn: bool,
}

impl TitleView {
    pub(super) fn new(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into(), is_turn: false }
    }
}

/// Steps, any of which may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepsView {
    /// What one of them is called.
    pub word: &'static str,
    /// Their names, and whether something is in them.
    pub steps: Vec<(String, bool)>,
    /// The one in front.
    pub at: usize,
}

/// What the number of a row does when it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Number {
    /// What the place is for: it opens, chooses or ticks.
    #[default]
    Does,
    /// It reads the row whole. What the enter key does to such a row changes something or leads away, and whoever cannot
    /// see the page beside the list has to hear it first.
    Reads,
}

/// What a number does where it reads.
pub(super) const NUMBER_READS: &str = "A number reads that row whole.";

/// What somebody who types lines has to know; on screen the hints at the bottom say it.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// What the number of a row does.
    pub number: Number,
    /// The list is long and nobody asked for it yet.
    pub unasked: bool,
    /// Somebody else sits here now, who was taught nothing yet.
    pub anew: bool,
    /// How a line is meant here.
    pub ask: Vec<&'static str>,
    /// More about that, told once in a conversation and whenever somebody asks.
    pub teach: Vec<&'static str>,
}

impl<'a> View<'a> {
    pub(super) fn new(name: impl Into<String>, body: Body<'a>) -> Self {
        let name = name.into();
        Self {
            place: name.clone(),
            name,
            about: String::new(),
            about_is_shown: false,
            title: None,
            steps: None,
            search: None,
            first: Vec::new(),
            first_more: "",
            head: Vec::new(),
            body,
            beside: None,
            scroll: 0,
            lines: Lines::default(),
        }
    }

    /// A place that is one page.
    pub(super) fn page(name: impl Into<String>, page: PageView, scroll: u16) -> Self {
        Self { scroll, ..Self::new(name, Body::Page(page)) }
    }

    /// A place that waits for what it shows.
    pub(super) fn waiting(name: &str, words: &str) -> Self {
        Self { about: words.to_owned(), about_is_shown: true, ..Self::page(name, PageView::default(), 0) }
    }
}

impl Model {
    /// What stands in the place in front, if it describes itself.
    #[must_use]
    pub fn view_of_place(&self) -> Option<View<'_>> {
        self.place().view(self)
    }
}

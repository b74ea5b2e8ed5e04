//! Views: descriptions of what a place shows. The terminal draws a view and plain mode prints it, so each sentence
//! exists once, in the file of its place. Keys, row numbers and widths are left to the renderer.

mod list;
mod page;
mod writing;

pub use list::{
    CODE_COLUMN, Highlight, ListLayout, ListView, Mark, Ratings, RowTone, RowView, Rows, SpreadView, ThirdView,
};
pub use page::{Bar, PagePart, PageView, ScaleLine, Spoke, StandLine, WebView};
pub use writing::{FieldView, FormView, PointView, PointsView, SecretLineView, SecretView, WritingView};

use super::edit::EditBuffer;
use super::model::Model;

/// Widest page of people to ring, in cells; longer lines are hard to read.
pub const WIDEST: u16 = 84;

/// The complete view of a place.
#[derive(Debug)]
pub struct View<'a> {
    /// Identifies the place and its state; never shown. A change means that plain mode has to print the place again.
    pub place: String,
    /// Name of the place. Plain mode prints it; on screen the tab or the title shows it.
    pub name: String,
    /// A sentence about the whole place, without its full stop, such as `3 actions, 2 of them open`.
    pub about: String,
    /// Whether that sentence has a row of its own on screen.
    pub about_is_shown: bool,
    /// The title line, above everything else.
    pub title: Option<TitleView>,
    /// The steps of the task and which one is in front.
    pub steps: Option<StepsView>,
    /// The search line.
    pub search: Option<SearchView<'a>>,
    /// Pages shown before everything else: people to ring. On screen they take at most half of the rows.
    pub first: Vec<PageView>,
    /// A sentence that is shown if those pages do not fit.
    pub first_more: &'static str,
    /// Text above the body.
    pub head: Vec<PagePart>,
    /// The main content.
    pub body: Body<'a>,
    /// Reference text that is shown in a separate pane if the window is wide enough.
    pub beside: Option<PageView>,
    /// Scroll offset of the page or the detail, in rows.
    pub scroll: u16,
    /// Additional text for plain mode.
    pub lines: Lines,
}

/// The main content of a place.
#[derive(Debug)]
pub enum Body<'a> {
    /// Text to read.
    Page(PageView),
    /// A list of rows, with the marked row in full.
    List(Box<ListView<'a>>),
    /// A scale from which one point can be chosen.
    Points(PointsView),
    /// Texts to be written.
    Writing(WritingView<'a>),
    /// Fields to be filled in.
    Form(FormView<'a>),
    /// Lines that are typed in secret.
    Secret(SecretView<'a>),
}

impl<'a> Body<'a> {
    pub(super) fn list(list: ListView<'a>) -> Self {
        Self::List(Box::new(list))
    }
}

/// A search line.
#[derive(Debug)]
pub struct SearchView<'a> {
    /// Label in front of the line.
    pub label: &'static str,
    /// What the user has typed.
    pub typed: &'a EditBuffer,
    /// Placeholder that says what can be typed.
    pub hint: &'static str,
}

/// The title line of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TitleView {
    pub text: String,
    /// A note at the end of the line, in a less prominent colour; may be empty.
    pub note: String,
    /// Whether it says whose turn it is, which is emphasised because two people use one screen.
    pub is_turn: bool,
}

impl TitleView {
    pub(super) fn new(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into(), is_turn: false }
    }
}

/// The steps of a task; any of them may be skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepsView {
    /// What a step is called, such as `step` or `part`.
    pub word: &'static str,
    /// Name of each step, and whether it has been filled in.
    pub steps: Vec<(String, bool)>,
    /// Index of the step in front, counted from 0.
    pub at: usize,
}

/// What happens in plain mode when the number of a row is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Number {
    /// The main action of the place: the row is opened, chosen or ticked.
    #[default]
    Does,
    /// The row is printed in full. Used where the main action changes something or leads to another place, because a
    /// user of plain mode cannot see the detail beside the list beforehand.
    Reads,
}

/// Hint for plain mode in places with [`Number::Reads`].
pub(super) const NUMBER_READS: &str = "Type a number to read that row in full.";

/// Additional text for plain mode; on screen the hints in the footer serve this purpose.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    pub number: Number,
    /// Whether the rows are left out until the user asks for them, because the list is long.
    pub unasked: bool,
    /// Whether another person may have taken over, so that the explanations in `teach` are repeated.
    pub anew: bool,
    /// What can be typed here, printed every time.
    pub ask: Vec<&'static str>,
    /// Further explanations, printed once per conversation and on request.
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

    /// Creates the view of a place that consists of one page.
    pub(super) fn page(name: impl Into<String>, page: PageView, scroll: u16) -> Self {
        Self { scroll, ..Self::new(name, Body::Page(page)) }
    }

    /// Creates the view of a place whose content is not available yet; `words` says why.
    pub(super) fn waiting(name: &str, words: &str) -> Self {
        Self { about: words.to_owned(), about_is_shown: true, ..Self::page(name, PageView::default(), 0) }
    }
}

impl Model {
    /// Describes the place in front; `None` if there is nothing to show yet.
    #[must_use]
    pub fn view_of_place(&self) -> Option<View<'_>> {
        self.place().view(self)
    }
}

//! A list of a place, and its rows.

use std::fmt;

use super::page::{PageView, WebView};
use crate::domain::Sheet;
use crate::search::Found;

/// A list. Which row is marked, and how many there are, is what the place itself answers.
#[derive(Debug)]
pub struct ListView<'a> {
    /// What it is a list of: the name of its pane.
    pub title: &'static str,
    /// The rows. A list without any says why in the detail.
    pub rows: Rows<'a>,
    /// The marked one, counted from 0.
    pub marked: usize,
    /// What a search found is marked in rows and detail.
    pub highlight: Highlight<'a>,
    /// Where the detail stands.
    pub layout: ListLayout,
    /// What the detail is: the name of its pane.
    pub detail_title: String,
    /// The marked row whole; may be empty.
    pub detail: PageView,
    /// What stands in a third pane where there is room for it.
    pub third: Option<ThirdView>,
    /// A picture beside the words of the detail where there is room for it.
    pub web: Option<WebView>,
}

/// How rows and detail share the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListLayout {
    /// Side by side where there is room, with so many percent for the list; else one above the other.
    Panes(u16),
    /// The list is what one came for: it has all the room it needs, and the detail stands beside it or nowhere.
    ListFirst,
    /// The detail is: the list stands above it and takes at most a quarter.
    DetailFirst,
    /// There are rows only.
    RowsOnly,
    /// Rows are whole texts: they wrap.
    Wrapped,
}

/// A third pane, on the widest windows only.
#[derive(Debug, Clone)]
pub struct ThirdView {
    /// Its name.
    pub title: &'static str,
    /// What it says.
    pub page: PageView,
    /// What the detail says beside it; without it, the detail says all.
    pub detail: PageView,
    /// Where there is no third pane, it stands under the rest.
    pub else_below: bool,
}

/// Which letters of rows and detail are marked.
#[derive(Debug, Default)]
pub enum Highlight<'a> {
    /// None.
    #[default]
    Nothing,
    /// Those that a search matched.
    Found(&'a Found),
    /// These words, in rows only.
    Words(Vec<String>),
}

/// Rows that are made as they are drawn: a journal has thousands, and a window shows forty.
pub struct Rows<'a> {
    len: usize,
    row: Box<dyn Fn(usize) -> RowView + 'a>,
}

impl fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.len).map(|at| self.get(at))).finish()
    }
}

impl<'a> Rows<'a> {
    pub(in crate::app) fn new(len: usize, row: impl Fn(usize) -> RowView + 'a) -> Self {
        Self { len, row: Box::new(row) }
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One that exists.
    #[must_use]
    pub fn get(&self, at: usize) -> RowView {
        (self.row)(at)
    }
}

impl FromIterator<RowView> for Rows<'_> {
    fn from_iter<T: IntoIterator<Item = RowView>>(rows: T) -> Self {
        let rows: Vec<RowView> = rows.into_iter().collect();
        Self::new(rows.len(), move |at| rows.get(at).cloned().unwrap_or_default())
    }
}

/// What stands in front of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// It has a number, as an order of rank.
    Number,
    /// It should not wait.
    Urgent,
    /// Nothing came of it yet.
    Open,
    /// It is done.
    Done,
    /// It was let go.
    Dropped,
    /// It is ticked, or not.
    Ticked(bool),
    /// It has rows below it, which are listed, or not.
    Unfolded(bool),
    /// A letter that stands for how it came out; the note says the same in a word.
    Letter(char),
}

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowTone {
    /// Not at all.
    #[default]
    Plain,
    /// Other rows are below it.
    Heading,
    /// Something came of it.
    Good,
    /// Something is wrong with it.
    Bad,
}

/// Ratings one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ratings {
    /// The values.
    pub values: Vec<i64>,
    /// Lowest and highest point of their scale.
    pub scale: (i64, i64),
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowView {
    /// What stands in front of it.
    pub mark: Mark,
    /// How it stands out.
    pub tone: RowTone,
    /// Cells to the right of the rows above it.
    pub indent: u8,
    /// A code, of so many cells at least.
    pub code: String,
    /// What it says, without a full stop.
    pub text: String,
    /// The rest of it, quieter; may be empty.
    pub note: String,
    /// The note is what the row is read for: where it is too long, its text gives way.
    pub note_stays: bool,
    /// Ratings from the oldest on, as a small picture at the end of the note; the detail has them in words.
    pub ratings: Option<Ratings>,
    /// It can only be read: nothing lies behind it.
    pub only_read: bool,
    /// The same in a sentence, where the words on screen are too short to be told; else empty.
    pub told: String,
}

impl RowView {
    /// A row that is its words.
    pub(in crate::app) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl<'a> ListView<'a> {
    pub(in crate::app) fn new(title: &'static str, marked: usize, rows: Rows<'a>) -> Self {
        Self {
            title,
            rows,
            marked,
            highlight: Highlight::Nothing,
            layout: ListLayout::Panes(44),
            detail_title: String::new(),
            detail: PageView::default(),
            third: None,
            web: None,
        }
    }

    /// The same with the marked row whole.
    pub(in crate::app) fn with(self, detail_title: impl Into<String>, detail: PageView) -> Self {
        Self { detail_title: detail_title.into(), detail, ..self }
    }
}

impl ThirdView {
    pub(in crate::app) fn new(title: &'static str, sheet: Sheet, detail: PageView) -> Self {
        Self { title, page: PageView::untitled(sheet), detail, else_below: false }
    }
}

//! Lists and their rows.

use std::fmt;

use super::page::{PageView, WebView};
use crate::domain::Sheet;
use crate::search::Found;

/// A list. The marked row and the number of rows are also available from the place itself.
#[derive(Debug)]
pub struct ListView<'a> {
    /// What the list contains; the title of its pane.
    pub title: &'static str,
    /// The rows. If there are none, the detail says why.
    pub rows: Rows<'a>,
    /// Index of the marked row, counted from 0.
    pub marked: usize,
    /// Which text is highlighted in rows and detail.
    pub highlight: Highlight<'a>,
    /// Where the detail is drawn.
    pub layout: ListLayout,
    /// Title of the detail pane.
    pub detail_title: String,
    /// The marked row in full; may be empty.
    pub detail: PageView,
    /// Content of a third pane, shown if there is room.
    pub third: Option<ThirdView>,
    /// A chart beside the text of the detail, shown if there is room.
    pub web: Option<WebView>,
}

/// Width in cells of the second column of [`ListLayout::Table`].
pub const CODE_COLUMN: usize = 12;

/// How rows and detail share the area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListLayout {
    /// Side by side if the window is wide enough, with this percentage of the width for the list; otherwise one above
    /// the other.
    Panes(u16),
    /// The list matters most: it gets all the rows it needs, and the detail is drawn beside it or not at all.
    ListFirst,
    /// The detail matters most: the list is drawn above it and takes at most a quarter of the rows.
    DetailFirst,
    /// Only the rows, without a detail.
    RowsOnly,
    /// Only the rows, which are whole sentences and are wrapped.
    Wrapped,
    /// Only the rows, in three columns: text, code and note.
    Table,
}

/// Content of a third pane, which only the widest windows have.
#[derive(Debug, Clone)]
pub struct ThirdView {
    /// Title of the pane.
    pub title: &'static str,
    /// Content of the pane.
    pub page: PageView,
    /// Detail to show next to the third pane; without that pane, [`ListView::detail`] is shown, which contains
    /// everything.
    pub detail: PageView,
    /// Whether the content is shown below the rest if there is no third pane.
    pub else_below: bool,
    /// The same and more, spread over the three panes of a window that is tall too; `None` if there is no more.
    pub spread: Option<Box<SpreadView>>,
}

/// Content for the lower half of three panes.
#[derive(Debug, Clone)]
pub struct SpreadView {
    /// Title and content of what is drawn below the rows.
    pub rows: (&'static str, PageView),
    /// Title and content of what is drawn below the detail; the content may be empty.
    pub detail: (&'static str, PageView),
    /// Title and content of the third pane.
    pub third: (&'static str, PageView),
}

/// Which text is highlighted in rows and detail.
#[derive(Debug, Default)]
pub enum Highlight<'a> {
    #[default]
    Nothing,
    /// The matches of a search.
    Found(&'a Found),
    /// These words, in rows only.
    Words(Vec<String>),
}

/// Rows that are built on demand: a journal has thousands, and a window shows about forty.
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

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Builds the row at this index, counted from 0.
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

/// The mark in front of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    #[default]
    None,
    /// The rank of the row, as a number.
    Number,
    /// The row needs attention now.
    Urgent,
    /// Not done yet.
    Open,
    Done,
    Dropped,
    /// Ticked or not.
    Ticked(bool),
    /// A row with rows below it, which are listed or not.
    Unfolded(bool),
    /// A letter for the result; the note says the same in a word.
    Letter(char),
}

/// How a row is emphasised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowTone {
    #[default]
    Plain,
    /// A heading for the rows below it.
    Heading,
    /// Something came of it, such as a rule that applied.
    Good,
    /// Something is wrong with it.
    Bad,
    /// It cannot be done now; the note says why.
    Off,
}

/// A series of ratings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ratings {
    /// The ratings, oldest first.
    pub values: Vec<i64>,
    /// Lowest and highest point of their scale.
    pub scale: (i64, i64),
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowView {
    pub mark: Mark,
    pub tone: RowTone,
    /// Indentation in cells.
    pub indent: u8,
    /// Code of a behaviour, drawn in a column of a fixed minimum width; may be empty.
    pub code: String,
    /// Main text, without a full stop.
    pub text: String,
    /// Secondary text, in a less prominent colour; may be empty.
    pub note: String,
    /// Text below the row, if there is room; may be empty. Plain mode has it in the detail.
    pub below: String,
    /// Whether the note is the important part: if the row is too long, the text is shortened instead of the note.
    pub note_stays: bool,
    /// Ratings that are drawn as a small chart at the end of the note; the detail has them in words.
    pub ratings: Option<Ratings>,
    /// Whether the row can only be read, so that its number never opens it in plain mode.
    pub only_read: bool,
    /// The row as a sentence for plain mode, where the text on screen is too short to be understood; else empty.
    pub told: String,
}

impl RowView {
    /// Creates a row that has only text.
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

    /// Sets the detail, which shows the marked row in full.
    pub(in crate::app) fn with(self, detail_title: impl Into<String>, detail: PageView) -> Self {
        Self { detail_title: detail_title.into(), detail, ..self }
    }
}

impl ThirdView {
    pub(in crate::app) fn new(title: &'static str, sheet: Sheet, detail: PageView) -> Self {
        Self { title, page: PageView::untitled(sheet), detail, else_below: false, spread: None }
    }
}

//! What stands in a place, described once. The terminal draws it and the plain mode tells it; a sentence of a place stands in
//! its own file and nowhere else. Keys, numbers of rows and how wide something is are the renderer's.

use super::model::Model;
use crate::domain::Sheet;

/// All of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Tells it from every other place; it is never shown.
    pub place: String,
    /// The name of the place. The plain mode says it; on screen the tab does.
    pub name: &'static str,
    /// What comes first, whatever else there is: people to ring. It takes at most half of the room.
    pub first: Vec<PageView>,
    /// What follows when not all of that fits.
    pub first_more: &'static str,
    /// What it is about.
    pub body: Body,
    /// How far the page or the detail is scrolled, in rows.
    pub scroll: u16,
}

/// What a place is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Something to read.
    Page(PageView),
    /// Rows, and the marked one whole.
    List(ListView),
}

/// Something to read, with a title that may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageView {
    /// Its title, without a full stop.
    pub title: String,
    /// What it says.
    pub sheet: Sheet,
}

impl PageView {
    /// A page with its title.
    pub(super) fn new(title: impl Into<String>, sheet: Sheet) -> Self {
        Self { title: title.into(), sheet }
    }

    /// A page without one.
    pub(super) fn untitled(sheet: Sheet) -> Self {
        Self::new("", sheet)
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListView {
    /// What it is a list of: the name of its pane.
    pub title: &'static str,
    /// What is said of all of it, as a sentence without its full stop, like `3 actions, 2 of them open`.
    pub about: String,
    /// At least one.
    pub rows: Vec<RowView>,
    /// The note is what the list is read for: where a row is too long, its text gives way.
    pub notes_stay: bool,
    /// The marked one, counted from 0.
    pub marked: usize,
    /// What the detail is: the name of its pane.
    pub detail_title: &'static str,
    /// The marked row whole.
    pub detail: PageView,
    /// What stands in a third pane where there is room for it.
    pub third: Option<ThirdView>,
}

/// A third pane, on the widest windows only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThirdView {
    /// Its name.
    pub title: &'static str,
    /// What it says.
    pub sheet: Sheet,
    /// What the detail says beside it; without it, it says all.
    pub detail: Sheet,
}

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
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
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// How it stands out.
    pub mark: Mark,
    /// What it says, without a full stop.
    pub text: String,
    /// The rest of it, quieter; may be empty.
    pub note: String,
}

impl View {
    pub(super) fn new(name: &'static str, body: Body, scroll: u16) -> Self {
        Self { place: name.to_owned(), name, first: Vec::new(), first_more: "", body, scroll }
    }

    /// A place that is one page.
    pub(super) fn page(name: &'static str, page: PageView, scroll: u16) -> Self {
        Self::new(name, Body::Page(page), scroll)
    }
}

impl Model {
    /// What stands in the place in front, if it describes itself.
    #[must_use]
    pub fn view_of_place(&self) -> Option<View> {
        self.place().view(self)
    }
}

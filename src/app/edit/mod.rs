//! A text being edited. What a user perceives as one character is edited as one unit; typed or pasted text replaces the
//! selection; typing and erasing are undone word by word. Independent of the terminal.

mod history;
mod places;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use unicode_width::UnicodeWidthStr;

use self::history::{History, Kind, Marks, Step};
use self::places::{
    after, at_column, before, difference, line_end, line_start, whole_after, whole_before, word_after, word_before,
};
use super::wrap_cache::WrapCache;
use crate::command::Command;
use crate::domain::{clean, clean_unfinished};

/// Most characters in one text. Pasted text beyond it is left out, and the caller reports it.
pub const MOST_CHARACTERS: usize = 50_000;

/// A text with a caret and an optional selection.
#[derive(Debug, Clone)]
pub struct EditBuffer {
    text: String,
    marks: Marks,
    goal: Option<usize>,
    one_line: bool,
    history: History,
    /// The rows of the last layout.
    laid: RefCell<Option<WrapCache>>,
    /// Revision and number of words at that revision.
    counted: Cell<Option<(u64, usize)>>,
    /// Increases with every change of the text.
    pub revision: u64,
}

/// Whether a movement selects the text it passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The selection is extended.
    Select,
    /// The selection is removed.
    Move,
}

impl EditBuffer {
    /// Creates a text of several lines, with the caret at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = clean(text);
        Self {
            marks: Marks { caret: text.len(), anchor: None },
            text,
            goal: None,
            one_line: false,
            history: History::default(),
            laid: RefCell::default(),
            counted: Cell::default(),
            revision: 0,
        }
    }

    /// Creates a single line; line feeds become spaces.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self { one_line: true, ..Self::new(&clean(text).replace('\n', " ")) }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the byte offset of the caret, which is always on a grapheme boundary.
    #[must_use]
    pub fn caret(&self) -> usize {
        self.marks.caret
    }

    /// Returns the byte range of the selection; `None` if nothing is selected.
    #[must_use]
    pub fn selection(&self) -> Option<Range<usize>> {
        let Marks { caret, anchor } = self.marks;
        anchor.filter(|anchor| *anchor != caret).map(|anchor| anchor.min(caret)..anchor.max(caret))
    }

    /// Returns the selected text; empty if nothing is selected.
    #[must_use]
    pub fn selected(&self) -> &str {
        self.selection().and_then(|range| self.text.get(range)).unwrap_or("")
    }

    /// Selects everything, so that what is typed next replaces it.
    pub fn select_all(&mut self) {
        self.marks = Marks { caret: self.text.len(), anchor: Some(0) };
        self.history.seal();
    }

    /// Returns whether there is a change to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_go_back()
    }

    /// Returns whether there is a change to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_go_forward()
    }

    /// Moves the caret to a byte offset, or to the start of the character around it.
    pub fn place_caret(&mut self, at: usize) {
        self.marks = Marks { caret: whole_before(&self.text, at), anchor: None };
        self.history.seal();
    }

    /// Moves the caret to a row and column in a layout of `width` cells, or as near as there is text. Row and column
    /// count from 0.
    pub fn place_at(&mut self, row: usize, column: usize, width: usize) {
        let rows = self.rows(width);
        let row = row.min(rows.len().saturating_sub(1));
        if let Some(range) = rows.get(row) {
            self.go(at_column(&self.text, range, column, row + 1 == rows.len()), Reach::Move);
        }
    }

    /// Returns whether there is no room for another character.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.room(&self.taken()) == 0
    }

    /// Inserts one character, unless it is a line feed or not allowed, or the text is full.
    pub fn type_char(&mut self, c: char) {
        let range = self.taken();
        if c == '\n' || !self.is_allowed(c, range.start) || self.room(&range) == 0 {
            return;
        }
        self.replace(range, c.encode_utf8(&mut [0; 4]), Kind::Typed);
    }

    /// Inserts text as one undo step; returns the number of characters that did not fit.
    pub fn paste(&mut self, text: &str) -> usize {
        let range = self.taken();
        let (text, left_out) = self.fitting(text, self.room(&range));
        if !text.is_empty() {
            self.replace(range, &text, Kind::Whole);
        }
        left_out
    }

    /// Replaces the whole text as one undo step; returns the number of characters that did not fit. The caret moves in
    /// front of the unchanged end of the text.
    pub fn set(&mut self, text: &str) -> usize {
        let (text, left_out) = self.fitting(text, MOST_CHARACTERS);
        let (range, put) = difference(&self.text, &text);
        if !range.is_empty() || !put.is_empty() {
            self.replace(range, put, Kind::Whole);
        }
        left_out
    }

    /// Runs an editing command in a layout of `width` cells. Returns whether it was an editing command.
    pub fn run(&mut self, command: Command, width: usize) -> bool {
        let goal = self.goal.take();
        let caret = self.marks.caret;
        let text = &self.text;
        match command {
            Command::NewLine if !self.one_line => self.replace(self.taken(), "\n", Kind::Whole),
            Command::EraseLeft => self.erase(before(text, caret)..caret, Kind::ErasedLeft),
            Command::EraseRight => self.erase(caret..after(text, caret), Kind::ErasedRight),
            Command::EraseWord => self.erase(word_before(text, caret)..caret, Kind::Whole),
            Command::EraseToStart | Command::FindClear => self.erase(line_start(text, caret)..caret, Kind::Whole),
            Command::EraseToEnd => self.erase(caret..line_end(text, caret), Kind::Whole),
            Command::Cut => self.erase(caret..caret, Kind::Whole),
            Command::SelectAll => {
                self.marks = Marks { caret: text.len(), anchor: Some(0) };
                self.history.seal();
            }
            Command::Undo => {
                let marks = self.history.back(&mut self.text);
                self.came_back(marks);
            }
            Command::Redo => {
                let marks = self.history.forward(&mut self.text);
                self.came_back(marks);
            }
            other => return self.travel(other, goal, width),
        }
        true
    }

    /// Moves the caret; returns whether the command is a movement.
    fn travel(&mut self, command: Command, goal: Option<usize>, width: usize) -> bool {
        let (command, reach) = match command {
            Command::SelectLeft => (Command::Left, Reach::Select),
            Command::SelectRight => (Command::Right, Reach::Select),
            Command::SelectWordLeft => (Command::WordLeft, Reach::Select),
            Command::SelectWordRight => (Command::WordRight, Reach::Select),
            Command::SelectLineUp => (Command::LineUp, Reach::Select),
            Command::SelectLineDown => (Command::LineDown, Reach::Select),
            Command::SelectLineStart => (Command::LineStart, Reach::Select),
            Command::SelectLineEnd => (Command::LineEnd, Reach::Select),
            other => (other, Reach::Move),
        };
        let (text, caret) = (&self.text, self.marks.caret);
        let left_behind = self.selection().filter(|_| reach == Reach::Move);
        let to = match (command, left_behind) {
            // As in other editors, an arrow key moves the caret to the corresponding end of the selection.
            (Command::Left, Some(range)) => range.start,
            (Command::Right, Some(range)) => range.end,
            (Command::Left, None) => before(text, caret),
            (Command::Right, None) => after(text, caret),
            (Command::WordLeft, _) => word_before(text, caret),
            (Command::WordRight, _) => word_after(text, caret),
            (Command::LineStart, _) => line_start(text, caret),
            (Command::LineEnd, _) => line_end(text, caret),
            (Command::LineUp, _) => return self.vertical(-1, goal, width, reach),
            (Command::LineDown, _) => return self.vertical(1, goal, width, reach),
            _ => return false,
        };
        self.go(to, reach);
        true
    }

    /// Returns the number of words.
    #[must_use]
    pub fn words(&self) -> usize {
        match self.counted.get() {
            Some((revision, words)) if revision == self.revision => words,
            _ => {
                let words = self.text.split_whitespace().count();
                self.counted.set(Some((self.revision, words)));
                words
            }
        }
    }

    /// Returns the byte ranges of the rows in a layout of `width` cells, as computed by [`wrap`](super::wrap()).
    #[must_use]
    pub fn rows(&self, width: usize) -> Rc<[Range<usize>]> {
        let laid = WrapCache::out(&self.text, width, self.laid.take());
        let rows = laid.rows();
        self.laid.replace(Some(laid));
        rows
    }

    /// Returns the row and the column, in cells, of the caret in a layout of `width` cells. Both count from 0.
    #[must_use]
    pub fn position(&self, width: usize) -> (usize, usize) {
        let rows = self.rows(width);
        let row = rows.iter().rposition(|row| row.start <= self.marks.caret).unwrap_or(0);
        let start = rows.get(row).map_or(0, |row| row.start);
        let column = self.text.get(start..self.marks.caret).unwrap_or("").width();
        (row, column.min(width.saturating_sub(1)))
    }

    /// Cleans a text from outside and shortens it to `room` characters; also returns the number of characters left out.
    fn fitting(&self, text: &str, room: usize) -> (String, usize) {
        let mut text = clean(text);
        if self.one_line {
            text = text.replace('\n', " ");
        }
        let all = text.chars().count();
        if let Some((end, _)) = text.char_indices().nth(room) {
            // A grapheme must not be cut in two.
            text.truncate(whole_before(&text, end));
        }
        let left_out = all - text.chars().count();
        (text, left_out)
    }

    /// Returns the range that the next inserted text replaces: the selection, or an empty range at the caret.
    fn taken(&self) -> Range<usize> {
        self.selection().unwrap_or(self.marks.caret..self.marks.caret)
    }

    /// Returns how many characters fit in place of this range.
    fn room(&self, range: &Range<usize>) -> usize {
        let kept = |range: &Range<usize>| self.text.get(range.clone()).map_or(0, |text| text.chars().count());
        (MOST_CHARACTERS + kept(range)).saturating_sub(self.text.chars().count())
    }

    /// Returns whether a character is allowed in a text. It is judged together with the grapheme before it, which it
    /// may extend: the tag letters of a flag are only allowed after the flag.
    fn is_allowed(&self, c: char, at: usize) -> bool {
        if (' '..='~').contains(&c) {
            return true;
        }
        let mut near = self.text.get(before(&self.text, at)..at).unwrap_or("").to_owned();
        near.push(c);
        clean_unfinished(&near).ends_with(c)
    }

    /// Erases the selection, or this range if nothing is selected.
    fn erase(&mut self, range: Range<usize>, kind: Kind) {
        match self.selection() {
            Some(selected) => self.replace(selected, "", Kind::Whole),
            None if !range.is_empty() => self.replace(range, "", kind),
            None => {}
        }
    }

    /// Replaces a range. All changes of the text except undo and redo go through this method.
    fn replace(&mut self, range: Range<usize>, put: &str, kind: Kind) {
        let out = self.text.get(range.clone()).unwrap_or("").to_owned();
        let (at, marks) = (range.start, self.marks);
        self.text.replace_range(range, put);
        // A combining mark joins the character before it, so the grapheme boundary under the caret may move.
        let caret = whole_after(&self.text, at + put.len());
        self.marks = Marks { caret, anchor: None };
        self.history.note(Step { at, out, put: put.to_owned(), before: marks, after: caret }, kind);
        self.revision += 1;
    }

    /// Sets the marks after undo or redo.
    fn came_back(&mut self, marks: Option<Marks>) {
        if let Some(marks) = marks {
            self.marks = marks;
            self.revision += 1;
        }
    }

    fn go(&mut self, to: usize, reach: Reach) {
        let anchor = match reach {
            Reach::Select => Some(self.marks.anchor.unwrap_or(self.marks.caret)),
            Reach::Move => None,
        };
        self.marks = Marks { caret: to, anchor };
        self.history.seal();
    }

    /// Moves the caret by a number of rows. Always returns `true`, because this is always an editing command.
    fn vertical(&mut self, by: isize, goal: Option<usize>, width: usize, reach: Reach) -> bool {
        let rows = self.rows(width);
        let (row, column) = self.position(width);
        let goal = goal.unwrap_or(column);
        let to = row.checked_add_signed(by);
        match (to, to.and_then(|to| rows.get(to))) {
            (Some(to), Some(target)) => {
                let caret = at_column(&self.text, target, goal, to + 1 == rows.len());
                self.go(caret, reach);
            }
            // Beyond the first or the last row, selecting extends to the end of the text, and moving does nothing.
            _ if reach == Reach::Select => self.go(if by < 0 { 0 } else { self.text.len() }, reach),
            _ => self.go(self.marks.caret, reach),
        }
        self.goal = Some(goal);
        true
    }
}

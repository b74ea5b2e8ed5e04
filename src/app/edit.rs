//! Text being written: what a person sees as one character is edited as one; undo goes word by word. No terminal types.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use super::laid::Laid;
use crate::command::Command;
use crate::domain::clean;

/// Most characters in one text; what is pasted beyond is left out, and said so by the caller.
pub const MOST_CHARACTERS: usize = 50_000;
/// Most steps that can be undone.
const MOST_UNDO: usize = 500;

/// What the last change was, so that typing is undone a word at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Typed,
    Erased,
    Other,
}

/// A text with a caret.
#[derive(Debug, Clone)]
pub struct EditBuffer {
    text: String,
    caret: usize,
    goal: Option<usize>,
    one_line: bool,
    undo: Vec<(String, usize)>,
    redo: Vec<(String, usize)>,
    last: Last,
    /// How it was laid out last.
    laid: RefCell<Option<Laid>>,
    /// Words at a revision.
    counted: Cell<Option<(u64, usize)>>,
    /// Grows with every change of the text.
    pub revision: u64,
}

impl EditBuffer {
    /// A text of many lines, caret at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = clean(text);
        Self {
            caret: text.len(),
            text,
            goal: None,
            one_line: false,
            undo: Vec::new(),
            redo: Vec::new(),
            last: Last::Other,
            laid: RefCell::default(),
            counted: Cell::default(),
            revision: 0,
        }
    }

    /// A single line: line feeds become spaces.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self { one_line: true, ..Self::new(&text.replace('\n', " ")) }
    }

    /// What is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the caret, always between graphemes.
    #[must_use]
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Puts the caret at a byte, or at the character before it.
    pub fn place_caret(&mut self, at: usize) {
        let at = at.min(self.text.len());
        let whole = (0..=at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        self.caret = if self.is_boundary(whole) { whole } else { self.before(whole) };
    }

    /// Types one character.
    pub fn type_char(&mut self, c: char) {
        if c.is_control() || self.text.chars().count() >= MOST_CHARACTERS {
            return;
        }
        let begins_word = c.is_whitespace() || self.last != Last::Typed;
        if begins_word {
            self.remember();
        }
        self.last = Last::Typed;
        self.insert(&c.to_string());
    }

    /// Pastes text as one step of undo; returns how many characters did not fit.
    pub fn paste(&mut self, text: &str) -> usize {
        let mut text = clean(text);
        if self.one_line {
            text = text.replace('\n', " ");
        }
        let room = MOST_CHARACTERS.saturating_sub(self.text.chars().count());
        let left_out = text.chars().count().saturating_sub(room);
        let fits: String = text.chars().take(room).collect();
        if !fits.is_empty() {
            self.remember();
            self.last = Last::Other;
            self.insert(&fits);
        }
        left_out
    }

    /// Replaces everything by what fits of a text, as one step of undo; returns how many characters did not fit.
    pub fn replace(&mut self, text: &str) -> usize {
        let mut text = clean(text);
        if self.one_line {
            text = text.replace('\n', " ");
        }
        let fits: String = text.chars().take(MOST_CHARACTERS).collect();
        let left_out = text.chars().count() - fits.chars().count();
        self.set(&fits);
        left_out
    }

    /// Replaces everything, as one step of undo.
    pub fn set(&mut self, text: &str) {
        if text != self.text {
            self.remember();
            self.last = Last::Other;
            self.text = clean(text);
            self.caret = self.text.len();
            self.changed();
        }
    }

    /// Does an editing command; `width` is that of the rows on screen. Returns whether it was one.
    pub fn run(&mut self, command: Command, width: usize) -> bool {
        let goal = self.goal.take();
        match command {
            Command::NewLine if !self.one_line => {
                self.remember();
                self.last = Last::Other;
                self.insert("\n");
            }
            Command::EraseLeft => self.erase(self.before(self.caret), self.caret),
            Command::EraseRight => self.erase(self.caret, self.after(self.caret)),
            Command::EraseWord => self.erase(self.word_before(), self.caret),
            Command::EraseToStart | Command::FindClear => self.erase(self.line_start(), self.caret),
            Command::EraseToEnd => self.erase(self.caret, self.line_end()),
            Command::Left => self.go(self.before(self.caret)),
            Command::Right => self.go(self.after(self.caret)),
            Command::WordLeft => self.go(self.word_before()),
            Command::WordRight => self.go(self.word_after()),
            Command::LineStart => self.go(self.line_start()),
            Command::LineEnd => self.go(self.line_end()),
            Command::LineUp => self.vertical(-1, goal, width),
            Command::LineDown => self.vertical(1, goal, width),
            Command::Undo => self.swap_history(true),
            Command::Redo => self.swap_history(false),
            _ => return false,
        }
        true
    }

    /// How many words are written.
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

    /// Byte ranges of the rows of `width`, as [`wrap`](super::wrap) makes them.
    #[must_use]
    pub fn rows(&self, width: usize) -> Rc<[Range<usize>]> {
        let laid = Laid::out(&self.text, width, self.laid.take());
        let rows = laid.rows();
        self.laid.replace(Some(laid));
        rows
    }

    /// Row and column (in cells) of the caret for rows of `width`.
    #[must_use]
    pub fn position(&self, width: usize) -> (usize, usize) {
        let rows = self.rows(width);
        let row = rows.iter().rposition(|row| row.start <= self.caret).unwrap_or(0);
        let start = rows.get(row).map_or(0, |row| row.start);
        let column = self.text.get(start..self.caret).unwrap_or("").width();
        (row, column.min(width.saturating_sub(1)))
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.caret, text);
        self.caret += text.len();
        // A combining mark joins what stands before it, and so may move the boundary under the caret.
        if !self.is_boundary(self.caret) {
            self.caret = self.after(self.caret);
        }
        self.changed();
    }

    fn erase(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        if self.last != Last::Erased {
            self.remember();
        }
        self.last = Last::Erased;
        self.text.replace_range(from..to, "");
        self.caret = from;
        if !self.is_boundary(self.caret) {
            self.caret = self.after(self.caret);
        }
        self.changed();
    }

    fn changed(&mut self) {
        self.redo.clear();
        self.revision += 1;
    }

    fn remember(&mut self) {
        self.undo.push((self.text.clone(), self.caret));
        if self.undo.len() > MOST_UNDO {
            self.undo.remove(0);
        }
    }

    fn swap_history(&mut self, back: bool) {
        let (from, to) = if back { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        if let Some((text, caret)) = from.pop() {
            to.push((std::mem::replace(&mut self.text, text), std::mem::replace(&mut self.caret, caret)));
            self.last = Last::Other;
            self.revision += 1;
        }
    }

    fn go(&mut self, to: usize) {
        self.caret = to;
        self.last = Last::Other;
    }

    fn vertical(&mut self, by: isize, goal: Option<usize>, width: usize) {
        let rows = self.rows(width);
        let (row, column) = self.position(width);
        let goal = goal.unwrap_or(column);
        let Some(target) = row.checked_add_signed(by).and_then(|at| rows.get(at)) else { return };
        let line = self.text.get(target.clone()).unwrap_or("");
        let last_row = row.checked_add_signed(by) == Some(rows.len() - 1);
        let mut cells = 0;
        let mut caret = target.start;
        for grapheme in line.graphemes(true) {
            let next = caret + grapheme.len();
            // The end of a wrapped row is the start of the next one, so the caret stays before its last grapheme.
            let ends_wrapped = next == target.end && !last_row && self.text.as_bytes().get(target.end) != Some(&b'\n');
            if cells + grapheme.width() > goal || ends_wrapped {
                break;
            }
            cells += grapheme.width();
            caret = next;
        }
        self.go(caret);
        self.goal = Some(goal);
    }

    fn is_boundary(&self, at: usize) -> bool {
        GraphemeCursor::new(at, self.text.len(), true).is_boundary(&self.text, 0).unwrap_or(true)
    }

    fn before(&self, at: usize) -> usize {
        GraphemeCursor::new(at, self.text.len(), true).prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        let end = self.text.len();
        GraphemeCursor::new(at, end, true).next_boundary(&self.text, 0).ok().flatten().unwrap_or(end)
    }

    fn word_before(&self) -> usize {
        let head = self.text.get(..self.caret).unwrap_or("");
        head.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let tail = self.text.get(self.caret..).unwrap_or("");
        tail.unicode_word_indices().next().map_or(self.text.len(), |(at, word)| self.caret + at + word.len())
    }

    fn line_start(&self) -> usize {
        self.text.get(..self.caret).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let tail = self.text.get(self.caret..).and_then(|tail| tail.find('\n'));
        tail.map_or(self.text.len(), |at| self.caret + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_backspace_takes_one_seen_character() {
        for sample in [
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "\u{1f1ec}\u{1f1e7}",
            "e\u{301}",
            "\u{915}\u{94d}\u{937}\u{93f}",
        ] {
            let mut buffer = EditBuffer::new(&format!("a{sample}"));
            buffer.run(Command::EraseLeft, 80);
            assert_eq!(buffer.text(), "a", "{sample}");
        }
    }

    #[test]
    fn undo_goes_by_words_and_redo_brings_them_back() {
        let mut buffer = EditBuffer::new("");
        "one two".chars().for_each(|c| buffer.type_char(c));
        buffer.run(Command::Undo, 80);
        assert_eq!(buffer.text(), "one");
        buffer.run(Command::Redo, 80);
        assert_eq!(buffer.text(), "one two");
    }

    #[test]
    fn up_and_down_follow_the_rows_on_screen_and_keep_their_column() {
        let mut buffer = EditBuffer::new("alpha beta gamma\nx\ndelta");
        assert_eq!(buffer.position(11), (3, 5));
        buffer.run(Command::LineUp, 11);
        assert_eq!(buffer.position(11), (2, 1));
        buffer.run(Command::LineUp, 11);
        assert_eq!(buffer.position(11), (1, 5));
    }

    #[test]
    fn random_edits_keep_the_caret_on_a_boundary_and_undo_restores_everything() {
        let pieces = ["a", " ", "\u{301}", "\u{200d}", "\u{1f469}", "\u{1f1ec}", "\u{6f22}", "\u{0e01}", "\n", "word"];
        let commands = [
            Command::EraseLeft,
            Command::EraseRight,
            Command::EraseWord,
            Command::Left,
            Command::Right,
            Command::WordLeft,
            Command::WordRight,
            Command::LineUp,
            Command::LineDown,
            Command::LineStart,
            Command::LineEnd,
            Command::EraseToEnd,
            Command::EraseToStart,
            Command::NewLine,
        ];
        let mut seed = 7_u64;
        let mut next = |most: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % most as u64).unwrap_or(0)
        };
        for width in [3, 8, 20, 80] {
            let mut buffer = EditBuffer::new("");
            for _ in 0..1500 {
                match next(3) {
                    0 => assert!(buffer.run(commands[next(commands.len())], width)),
                    1 => assert_eq!(buffer.paste(pieces[next(pieces.len())]), 0),
                    _ => pieces[next(pieces.len())].chars().for_each(|c| buffer.type_char(c)),
                }
                assert!(buffer.is_boundary(buffer.caret()), "{:?} at {}", buffer.text(), buffer.caret());
                let _ = buffer.position(width);
            }
            let end = buffer.text().to_owned();
            let steps = buffer.undo.len();
            (0..steps).for_each(|_| assert!(buffer.run(Command::Undo, width)));
            (0..steps).for_each(|_| assert!(buffer.run(Command::Redo, width)));
            assert_eq!(buffer.text(), end);
        }
    }
}

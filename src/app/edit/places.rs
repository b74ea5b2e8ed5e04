//! Byte offsets in a text: boundaries of graphemes, words and lines.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// Returns whether an offset is on a grapheme boundary.
pub(super) fn is_whole(text: &str, at: usize) -> bool {
    text.is_char_boundary(at) && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// Returns this offset, or the start of the grapheme around it.
pub(super) fn whole_before(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    if is_whole(text, at) { at } else { before(text, at) }
}

/// Returns this offset, or the end of the grapheme around it.
pub(super) fn whole_after(text: &str, at: usize) -> usize {
    if is_whole(text, at) { at } else { after(text, at) }
}

/// Returns the start of the grapheme before an offset.
pub(super) fn before(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Returns the end of the grapheme after an offset.
pub(super) fn after(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// Returns the start of the word before an offset; 0 if there is none.
pub(super) fn word_before(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or("");
    head.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
}

/// Returns the end of the word after an offset; the end of the text if there is none.
pub(super) fn word_after(text: &str, at: usize) -> usize {
    let tail = text.get(at..).unwrap_or("");
    tail.unicode_word_indices().next().map_or(text.len(), |(from, word)| at + from + word.len())
}

/// Returns the start of the line, which is just after the previous line feed.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |feed| feed + 1)
}

/// Returns the end of the line, which is just before the next line feed.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|tail| tail.find('\n')).map_or(text.len(), |feed| at + feed)
}

/// Returns the offset in a row of the layout that is nearest to a column, in cells, without going beyond it.
pub(super) fn at_column(text: &str, row: &Range<usize>, column: usize, is_last: bool) -> usize {
    let mut cells = 0;
    let mut at = row.start;
    for grapheme in text.get(row.clone()).unwrap_or("").graphemes(true) {
        let next = at + grapheme.len();
        // The end of a wrapped row is also the start of the next one, so the caret stays before its last grapheme.
        let ends_wrapped = next == row.end && !is_last && text.as_bytes().get(row.end) != Some(&b'\n');
        if cells + grapheme.width() > column || ends_wrapped {
            break;
        }
        cells += grapheme.width();
        at = next;
    }
    at
}

/// Compares two texts: returns the range of the old text that differs, and what the new text has in its place. The
/// common parts at both ends consist of whole code points.
pub(super) fn difference<'a>(old: &str, new: &'a str) -> (Range<usize>, &'a str) {
    let front: usize =
        old.chars().zip(new.chars()).take_while(|(one, two)| one == two).map(|(c, _)| c.len_utf8()).sum();
    let most = old.len().min(new.len()) - front;
    let mut back = 0;
    for (one, two) in old.chars().rev().zip(new.chars().rev()) {
        if one != two || back + one.len_utf8() > most {
            break;
        }
        back += one.len_utf8();
    }
    (front..old.len() - back, new.get(front..new.len() - back).unwrap_or(""))
}

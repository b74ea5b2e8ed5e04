//! A cache of the rows of a text: moving the caret computes no layout, and typing a character computes only that of its
//! paragraph.

use std::ops::Range;
use std::rc::Rc;

use super::wrap::wrap;

/// The rows of one text at one width.
#[derive(Debug, Clone)]
pub(super) struct WrapCache {
    width: usize,
    text: String,
    rows: Rc<[Range<usize>]>,
}

impl WrapCache {
    /// Returns the rows of a text, reusing the previous layout as far as possible.
    pub(super) fn out(text: &str, width: usize, before: Option<Self>) -> Self {
        match before {
            Some(before) if before.width == width && before.text == text => before,
            Some(before) if before.width == width => {
                Self { rows: before.changed_to(text), width, text: text.to_owned() }
            }
            _ => Self { rows: wrap(text, width).into(), width, text: text.to_owned() },
        }
    }

    pub(super) fn rows(&self) -> Rc<[Range<usize>]> {
        Rc::clone(&self.rows)
    }

    /// Returns the rows for a changed text; the rows of unchanged paragraphs before and after the change are reused.
    fn changed_to(&self, text: &str) -> Rc<[Range<usize>]> {
        let (old, new) = (self.text.as_bytes(), text.as_bytes());
        let front = old.iter().zip(new).take_while(|(one, two)| one == two).count();
        let most = old.len().min(new.len()) - front;
        let back = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(one, two)| one == two).count();
        // Paragraphs end at line feeds, whose byte is never part of another character in UTF-8.
        let from = new.iter().take(front).rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let rest = new.iter().skip(new.len() - back).position(|byte| *byte == b'\n');
        let to = rest.map_or(new.len(), |at| new.len() - back + at);
        let old_to = old.len() - (new.len() - to);
        let before = self.rows.iter().take_while(|row| row.start < from).cloned();
        let middle = wrap(text.get(from..to).unwrap_or(""), self.width).into_iter();
        let after = self.rows.iter().filter(|row| row.start > old_to);
        before
            .chain(middle.map(|row| row.start + from..row.end + from))
            .chain(after.map(|row| row.start - old_to + to..row.end - old_to + to))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_lays_out_as_if_the_text_were_new() {
        let texts = [
            "",
            "\n",
            "a",
            "one two three",
            "one two three\n",
            "one two\nthree",
            "one\n\ntwo three four five",
            "one\ntwo three four five",
            "one\n\u{e9}two three four five\n",
            "one\n\u{e8}two three four five\n",
            "x\nx\nx",
            "x\nx",
            "two three four five\none",
            "\n\n\n",
            "\n\n",
            "caf\u{e9}\u{301} \u{6f22}\u{5b57}\nend",
            "\u{6f22}\u{5b58}\nend",
        ];
        for width in [3, 8, 40] {
            for before in texts {
                for after in texts {
                    let laid = WrapCache::out(after, width, Some(WrapCache::out(before, width, None)));
                    assert_eq!(*laid.rows(), *wrap(after, width), "from {before:?} to {after:?} at {width}");
                }
            }
        }
    }
}

//! Finds the matched words in a displayed text. The text is folded as it was for the index, with a map back to the
//! original.

use std::ops::Range;

use super::words::{Shape, Word, each_word, joins};
use crate::domain::fold;

/// A folded pattern to highlight in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// The whole of this word.
    Word(String),
    /// The beginning of any word that begins with this.
    Prefix(String),
    /// The part of any word that contains this.
    Part(String),
    /// The end of any word that ends with this.
    Suffix(String),
}

impl Mark {
    /// Returns the part of a word that is marked.
    fn within(&self, word: &str) -> Option<Range<usize>> {
        match self {
            Self::Word(own) => (own == word).then_some(0..word.len()),
            Self::Prefix(own) => word.starts_with(own.as_str()).then_some(0..own.len()),
            Self::Part(own) => word.find(own.as_str()).map(|at| at..at + own.len()),
            Self::Suffix(own) => word.ends_with(own.as_str()).then(|| word.len() - own.len()..word.len()),
        }
    }
}

/// Returns the ranges of `text` to highlight, in order and without overlaps.
pub(super) fn highlights(marks: &[Mark], text: &str) -> Vec<Range<usize>> {
    if marks.is_empty() {
        return Vec::new();
    }
    let map = Folded::new(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    each_word(&map.text, |word| {
        for mark in marks {
            if let Some(part) = mark.within(&word.text) {
                found.push(map.original(&in_text(&map.text, &word, part)));
            }
        }
    });
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Converts a part of a word to a range of the folded text, counting hyphens that were removed when parts were joined.
fn in_text(folded: &str, word: &Word<'_>, part: Range<usize>) -> Range<usize> {
    if word.shape != Shape::Joined {
        return word.range.start + part.start..word.range.start + part.end;
    }
    let written = folded.get(word.range.clone()).unwrap_or_default();
    let mut letters = written.char_indices().filter(|(_, c)| !joins(*c)).map(|(at, c)| (at, c.len_utf8()));
    let mut seen = 0;
    let mut range = word.range.clone();
    for (at, len) in letters.by_ref() {
        if seen == part.start {
            range.start = word.range.start + at;
        }
        seen += len;
        if seen == part.end {
            range.end = word.range.start + at + len;
        }
    }
    range
}

/// A folded text with the origin of each of its bytes.
struct Folded {
    text: String,
    /// For each byte, the range of the original character with its accents; empty for ASCII, where positions are
    /// identical.
    from: Vec<Range<usize>>,
}

impl Folded {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { text: fold(text), from: Vec::new() };
        }
        let mut new = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        let mut letter = [0; 4];
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let folded = fold(c.encode_utf8(&mut letter));
            if folded.is_empty() {
                // A combining mark, which belongs to the character before it.
                let same = new.from.last().map(|last| last.start);
                new.from.iter_mut().rev().take_while(|own| Some(own.start) == same).for_each(|own| own.end = end);
            }
            new.from.extend(folded.bytes().map(|_| at..end));
            new.text.push_str(&folded);
        }
        new
    }

    fn original(&self, range: &Range<usize>) -> Range<usize> {
        match (self.from.get(range.start), self.from.get(range.end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => range.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(mark: Mark, text: &str) -> Vec<&str> {
        highlights(&[mark], text).into_iter().map(|range| text.get(range).unwrap()).collect()
    }

    #[test]
    fn words_are_marked_whatever_their_accents_case_and_hyphens() {
        let word = |text: &str| Mark::Word(text.to_owned());
        assert_eq!(marked(word("llyr"), "Ll\u{177}r, LLYR"), ["Ll\u{177}r", "LLYR"]);
        assert_eq!(marked(word("cafe"), "The cafe\u{301}s' cafe\u{301}!"), ["cafe\u{301}"]);
        assert_eq!(marked(word("coproduction"), "Means co-production."), ["co-production"]);
    }

    #[test]
    fn a_beginning_is_marked_to_the_end_of_its_last_character() {
        let prefix = |text: &str| Mark::Prefix(text.to_owned());
        assert_eq!(marked(prefix("copro"), "co-production"), ["co-pro"]);
        assert_eq!(marked(prefix("cafe"), "cafe\u{301}s"), ["cafe\u{301}"]);
        assert_eq!(marked(prefix("stras"), "Stra\u{df}e"), ["Stra\u{df}"]);
        assert_eq!(marked(Mark::Part("rod".to_owned()), "production"), ["rod"]);
        assert_eq!(marked(Mark::Suffix("tion".to_owned()), "co-production"), ["tion"]);
    }

    #[test]
    fn overlapping_marks_become_one() {
        let marks = [Mark::Prefix("co".to_owned()), Mark::Word("coproduction".to_owned())];
        assert_eq!(highlights(&marks, "co-production").first(), Some(&(0..13)));
    }
}

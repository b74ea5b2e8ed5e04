//! Splits folded text into words. A hyphenated word yields the whole (without hyphens) and its parts, so that
//! `co-production`, `coproduction` and `co production` match each other; a final `'s` is dropped.

use std::borrow::Cow;
use std::ops::Range;

/// How a word occurred in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// On its own.
    Whole,
    /// Part of a word with hyphens or apostrophes.
    Part,
    /// Several parts joined together.
    Joined,
}

/// A word of a folded text.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    /// Letters and digits of the word.
    pub(super) text: Cow<'t, str>,
    /// Byte range in the folded text.
    pub(super) range: Range<usize>,
    pub(super) shape: Shape,
}

/// Returns whether a character may occur inside a word.
pub(super) fn joins(c: char) -> bool {
    matches!(c, '-' | '\'')
}

/// Passes every word of a folded text to `take`, in order; the parts of a hyphenated word come before the whole.
pub(super) fn each_word<'t>(folded: &'t str, mut take: impl FnMut(Word<'t>)) {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in folded.char_indices() {
        if c.is_alphanumeric() {
            open.get_or_insert(at);
            continue;
        }
        let goes_on = open.is_some() && joins(c);
        match open.take().map(|from| from..at) {
            // Most words have no parts and need no list of them.
            Some(only) if parts.is_empty() && !goes_on => take(plain(folded, only, Shape::Whole)),
            ended => {
                parts.extend(ended);
                if !goes_on {
                    hand_over(folded, &mut parts, &mut take);
                }
            }
        }
    }
    match open.map(|from| from..folded.len()) {
        Some(only) if parts.is_empty() => take(plain(folded, only, Shape::Whole)),
        ended => {
            parts.extend(ended);
            hand_over(folded, &mut parts, &mut take);
        }
    }
}

/// Returns a word without changes.
fn plain(folded: &str, range: Range<usize>, shape: Shape) -> Word<'_> {
    Word { text: Cow::Borrowed(folded.get(range.clone()).unwrap_or_default()), range, shape }
}

/// Passes on the words of one stretch of text without spaces.
fn hand_over<'t>(folded: &'t str, parts: &mut Vec<Range<usize>>, take: &mut impl FnMut(Word<'t>)) {
    let text = |range: &Range<usize>| folded.get(range.clone()).unwrap_or_default();
    if let [.., before, last] = parts.as_slice()
        && text(last) == "s"
        && folded.get(before.end..last.start) == Some("'")
    {
        parts.pop();
    }
    match parts.as_slice() {
        [] => {}
        [one] => take(plain(folded, one.clone(), Shape::Whole)),
        [first, .., last] => {
            let range = first.start..last.end;
            let whole: String = parts.iter().map(text).collect();
            for part in parts.iter() {
                take(plain(folded, part.clone(), Shape::Part));
            }
            take(Word { text: Cow::Owned(whole), range, shape: Shape::Joined });
        }
    }
    parts.clear();
}

/// Returns only the letters and digits, so that spaces and hyphens make no difference.
pub(super) fn squeeze(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, |word| found.push(word.text.into_owned()));
        found
    }

    #[test]
    fn hyphenated_words_count_in_parts_and_whole() {
        assert_eq!(words("co-production, now"), ["co", "production", "coproduction", "now"]);
        assert_eq!(words("people's day-to-day"), ["people", "day", "to", "day", "daytoday"]);
        assert_eq!(words("- -x- y-' 4-d"), ["x", "y", "4", "d", "4d"]);
        assert!(words(" -'-,.").is_empty());
    }

    #[test]
    fn ranges_point_at_the_words() {
        let text = "the co-pro";
        each_word(text, |word| {
            assert_eq!(squeeze(text.get(word.range.clone()).unwrap_or_default()), word.text);
        });
    }
}

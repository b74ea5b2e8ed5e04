//! Cuts folded text into words. A hyphenated word counts whole (without its hyphens) and in its parts, so that
//! `co-production`, `coproduction` and `co production` meet; a final `'s` is dropped.

use std::borrow::Cow;
use std::ops::Range;

/// How a word stood in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// By itself.
    Whole,
    /// Between hyphens or apostrophes.
    Part,
    /// Several parts written together.
    Joined,
}

/// One word of a folded text.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    /// Its letters and digits.
    pub(super) text: Cow<'t, str>,
    /// Where it stands in the folded text, in bytes.
    pub(super) range: Range<usize>,
    /// How it stood there.
    pub(super) shape: Shape,
}

/// What may stand inside a word.
pub(super) fn joins(c: char) -> bool {
    matches!(c, '-' | '\'')
}

/// Hands over every word of a folded text in order; the parts of a hyphenated word come before the whole.
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

/// A word as it stands.
fn plain(folded: &str, range: Range<usize>, shape: Shape) -> Word<'_> {
    Word { text: Cow::Borrowed(folded.get(range.clone()).unwrap_or_default()), range, shape }
}

/// Words of one stretch without spaces.
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

/// Letters and digits alone: how a name is written when spaces and hyphens do not matter.
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

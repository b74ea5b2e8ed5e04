//! Soft wrapping for writing, reading and paging. Rows end at the line-break opportunities of UAX #14, so punctuation
//! stays with its word; a word wider than a row is split between graphemes.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the byte ranges of the rows of `text`, each at most `width` cells wide (wider only if a single grapheme is).
/// Trailing spaces belong to their row and may extend beyond `width`. A line feed ends a row and belongs to none; an
/// empty text has one empty row.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, start, width, &mut rows);
        start += paragraph.len() + 1;
    }
    rows
}

fn wrap_paragraph(text: &str, base: usize, width: usize, rows: &mut Vec<Range<usize>>) {
    let mut row_start = 0;
    let mut row_width = 0;
    let mut piece_start = 0;
    for (piece_end, _) in linebreaks(text) {
        let piece = text.get(piece_start..piece_end).unwrap_or("");
        let solid = piece.trim_end().width();
        if row_width > 0 && row_width + solid > width {
            rows.push(base + row_start..base + piece_start);
            (row_start, row_width) = (piece_start, 0);
        }
        if solid > width {
            for (at, grapheme) in piece.grapheme_indices(true) {
                let cells = grapheme.width();
                if row_width > 0 && row_width + cells > width && !grapheme.trim().is_empty() {
                    rows.push(base + row_start..base + piece_start + at);
                    (row_start, row_width) = (piece_start + at, 0);
                }
                row_width += cells;
            }
        } else {
            row_width += piece.width();
        }
        piece_start = piece_end;
    }
    rows.push(base + row_start..base + text.len());
}

/// Returns the rows as text, without trailing white space.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<&str> {
    wrap(text, width).into_iter().filter_map(|row| text.get(row)).map(str::trim_end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_punctuation_stays_with_them() {
        assert_eq!(wrapped("what do you already know?", 12), ["what do you", "already", "know?"]);
        assert_eq!(wrapped("one\n\ntwo", 10), ["one", "", "two"]);
        assert_eq!(wrapped("", 10), [""]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn rows_rebuild_the_text_at_every_width() {
        let text = "Llanfairpwll \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} caf\u{e9} \u{6f22}\u{5b57}\u{6f22}\u{5b57}\n  two  spaces \u{915}\u{94d}\u{937}\u{93f}\n\nend";
        for width in 1..40 {
            let rows = wrap(text, width);
            let rebuilt: Vec<&str> = text.split('\n').collect();
            let mut joined = String::new();
            for (at, row) in rows.iter().enumerate() {
                if at > 0 && rows[at - 1].end < row.start {
                    joined.push('\n');
                }
                joined.push_str(text.get(row.clone()).expect("rows lie on character boundaries"));
            }
            assert_eq!(joined, rebuilt.join("\n"), "width {width}");
        }
    }
}

//! Replaces the program's own lines and symbols by characters that every terminal and every font has. Only these
//! symbols are replaced, cell by cell; letters of any script stay as they are.

use ratatui::buffer::Buffer;

use crate::os::plain_sign;

/// Returns the replacement for one of the program's symbols; `None` for any other character.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{2500}' | '\u{254c}' => '-',
        '\u{2502}' => '|',
        '\u{250c}'..='\u{253c}' | '\u{256d}'..='\u{2570}' => '+',
        '\u{2026}' => '.',
        '\u{25cf}' | '\u{25c6}' | '\u{2801}'..='\u{28ff}' => '*',
        '\u{25cb}' | '\u{25c7}' => 'o',
        '\u{25c9}' => '@',
        '\u{2713}' => 'x',
        '\u{2191}' => '^',
        '\u{2193}' | '\u{25be}' => 'v',
        '\u{2190}' => '<',
        '\u{2192}' | '\u{25b8}' => '>',
        '\u{2586}'..='\u{258b}' | '\u{2593}' => '#',
        '\u{2584}' | '\u{2585}' | '\u{258c}'..='\u{258f}' | '\u{2592}' => '=',
        '\u{2581}'..='\u{2583}' | '\u{2591}' => '_',
        c => return plain_sign(c),
    })
}

/// Replaces the symbols of a whole frame.
pub(super) fn to_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let mut letters = cell.symbol().chars();
        // A user-perceived character may consist of several `char`s; none of the program's symbols does.
        if let (Some(c), None) = (letters.next(), letters.next())
            && let Some(plain) = plain(c)
        {
            cell.set_char(plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn ours_is_changed_and_what_people_wrote_is_not() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, "\u{2500}\u{2502}\u{28ff}\u{2022} \u{177}\u{6f22}", ratatui::style::Style::default());
        to_ascii(&mut buffer);
        let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(text.starts_with("-|** \u{177}\u{6f22}"), "{text}");
    }
}

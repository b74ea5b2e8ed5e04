//! Replaces symbols, cell by cell, in a finished frame: the program's own lines and symbols by characters that every
//! terminal and every font has, and emoji of several characters by one on whose width terminals agree. Letters of any
//! script stay as they are, and so does the text itself.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use crate::os::plain_sign;

/// Returns the replacement for one of the program's symbols; `None` for any other character.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{2500}' | '\u{254c}' => '-',
        '\u{2502}' => '|',
        '\u{250c}'..='\u{253c}' | '\u{256d}'..='\u{2570}' => '+',
        '\u{b7}' => '.',
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
    ellipses(buffer);
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

/// Replaces each ellipsis by three full stops where there is room in its row, and by `~` where there is none, which no
/// sentence ends with.
fn ellipses(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        for at in 0..row.len() {
            let is_blank = |at: usize| row.get(at).is_some_and(|cell| cell.symbol() == " ");
            if row.get(at).is_none_or(|cell| cell.symbol() != "\u{2026}") {
                continue;
            }
            // With a blank after them, so that they do not touch what follows.
            let has_room = is_blank(at + 1) && is_blank(at + 2) && (at + 3 == row.len() || is_blank(at + 3));
            let (cells, sign) = if has_room { (3, '.') } else { (1, '~') };
            for cell in row.iter_mut().skip(at).take(cells) {
                cell.set_char(sign);
            }
        }
    }
}

/// First of the characters that make up emoji. Terminals differ in the width of those newer than themselves.
const FIRST_EMOJI: char = '\u{1f000}';
/// The letters of flags, A to Z.
const FLAG_LETTERS: std::ops::RangeInclusive<char> = '\u{1f1e6}'..='\u{1f1ff}';

/// Replaces emoji of several characters: joined ones and those with a skin tone by their first character, flags by their
/// letters. A terminal that draws them wider than they were measured would move the rest of the row, and letters of it
/// would stay behind on the next screen.
pub(super) fn steady(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some(plain) = steadied(cell.symbol()) {
            cell.set_symbol(&plain);
        }
    }
}

fn steadied(symbol: &str) -> Option<String> {
    let mut letters = symbol.chars();
    let first = letters.next()?;
    let second = letters.next()?;
    let is_emoji = |c: char| c >= FIRST_EMOJI || matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{20e3}');
    if !is_emoji(second) && !letters.any(is_emoji) {
        return None;
    }
    let letter = |c: char| {
        let at = u32::from(c).checked_sub(u32::from(*FLAG_LETTERS.start()))?;
        char::from_u32(u32::from('A') + at)
    };
    let mut plain: String = if FLAG_LETTERS.contains(&first) {
        symbol.chars().filter(|c| FLAG_LETTERS.contains(c)).filter_map(letter).collect()
    } else {
        first.into()
    };
    // As wide as it was measured.
    let missing = symbol.width().saturating_sub(plain.width());
    plain.extend(std::iter::repeat_n(' ', missing));
    Some(plain)
}

/// Returns whether a frame has symbols on whose width terminals may disagree.
pub(super) fn is_unsteady(buffer: &Buffer) -> bool {
    let unsteady = |symbol: &str| symbol.chars().any(|c| c >= FIRST_EMOJI) || symbol.chars().nth(1).is_some();
    buffer.content.iter().any(|cell| unsteady(cell.symbol()))
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn emoji_of_several_characters_are_as_wide_as_one_and_the_rest_stays() {
        let nurse = "\u{1f469}\u{1f3fd}\u{200d}\u{2695}\u{fe0f}";
        let cases = [
            (nurse, Some("\u{1f469}")),
            ("\u{1f44d}\u{1f3fd}", Some("\u{1f44d}")),
            ("\u{1f1ec}\u{1f1e7}", Some("GB")),
            ("e\u{301}", None),
            ("\u{915}\u{94d}\u{937}", None),
            ("\u{1f469}", None),
            ("a", None),
        ];
        for (symbol, plain) in cases {
            assert_eq!(steadied(symbol).as_deref(), plain, "{symbol}");
        }
        for symbol in [nurse, "\u{2764}\u{fe0f}", "1\u{fe0f}\u{20e3}", "\u{1f1ec}", "\u{1f1ec}\u{1f1e7}"] {
            let plain = steadied(symbol).unwrap_or_else(|| symbol.to_owned());
            assert_eq!(plain.width(), symbol.width(), "{symbol}");
            assert!(!plain.contains(['\u{200d}', '\u{fe0f}', '\u{1f3fd}']), "{plain:?}");
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        assert!(!is_unsteady(&buffer));
        buffer.set_string(0, 0, format!("{nurse} \u{177}"), ratatui::style::Style::default());
        assert!(is_unsteady(&buffer));
        steady(&mut buffer);
        let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(text.starts_with("\u{1f469}") && text.contains('\u{177}') && !text.contains('\u{200d}'), "{text:?}");
    }

    #[test]
    fn what_is_cut_and_what_goes_on_differ_from_a_full_stop() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 3));
        for (row, text) in ["Wait\u{2026}", "conne\u{2026}  5", "shares p\u{2026}"].into_iter().enumerate() {
            buffer.set_string(0, u16::try_from(row).expect("few"), text, ratatui::style::Style::default());
        }
        to_ascii(&mut buffer);
        let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(text, "Wait...  conne~  5shares p~");
    }

    #[test]
    fn ours_is_changed_and_what_people_wrote_is_not() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, "\u{2500}\u{2502}\u{28ff}\u{2022} \u{177}\u{6f22}", ratatui::style::Style::default());
        to_ascii(&mut buffer);
        let text: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(text.starts_with("-|** \u{177}\u{6f22}"), "{text}");
    }
}

//! Our own lines and marks in characters that every terminal and every font has. Only what the program draws is changed
//! over, cell by cell; what people wrote keeps its letters.

use ratatui::buffer::Buffer;

/// What stands in for a character of ours; `None` for everything else.
fn plain(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "\u{2500}" | "\u{2013}" | "\u{2014}" | "\u{2212}" | "\u{254c}" => "-",
        "\u{2502}" => "|",
        "\u{250c}" | "\u{2510}" | "\u{2514}" | "\u{2518}" | "\u{251c}" | "\u{2524}" | "\u{253c}" => "+",
        "\u{2026}" => ".",
        "\u{2022}" | "\u{b7}" | "\u{25cf}" | "\u{25c6}" => "*",
        "\u{25cb}" | "\u{25c7}" => "o",
        "\u{2713}" | "\u{00d7}" => "x",
        "\u{2191}" => "^",
        "\u{2193}" => "v",
        "\u{2190}" => "<",
        "\u{2192}" => ">",
        "\u{ab}" | "\u{bb}" | "\u{201c}" | "\u{201d}" => "\"",
        "\u{2018}" | "\u{2019}" => "'",
        "\u{2588}" | "\u{2593}" | "\u{2586}" | "\u{2587}" => "#",
        "\u{2592}" | "\u{2584}" | "\u{2585}" => "=",
        "\u{2591}" | "\u{2581}" | "\u{2582}" | "\u{2583}" => "_",
        _ => return None,
    })
}

/// Changes a frame over.
pub(super) fn to_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if let Some(plain) = plain(symbol) {
            cell.set_symbol(plain);
        } else if braille(symbol) {
            cell.set_symbol("*");
        }
    }
}

/// A dot of the one picture that is drawn with dots.
fn braille(symbol: &str) -> bool {
    symbol.chars().next().is_some_and(|c| ('\u{2801}'..='\u{28ff}').contains(&c))
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

//! Character classes used for cleaning text: which characters are invisible, and where the few invisible ones that real
//! writing needs have an effect. Ranges are those of Unicode 16.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// The flag that tag letters can turn into the flag of a nation.
pub(super) const BLACK_FLAG: char = '\u{1f3f4}';

/// Tag sequences that follow [`BLACK_FLAG`]: England, Scotland, Wales. No other such flag is in general use.
pub(super) const NATIONS: [&str; 3] = [
    "\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
];

/// Combining keycap, drawn around a digit.
pub(super) const KEYCAP: char = '\u{20e3}';

/// Zero width joiner: joins the characters on both sides.
pub(super) const JOINER: char = '\u{200d}';
/// Zero width non-joiner: keeps the characters on both sides apart.
pub(super) const NON_JOINER: char = '\u{200c}';

/// Returns whether this is white space that ends a line in one program and is invisible in another.
pub(super) fn is_odd_space(c: char) -> bool {
    matches!(c, '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns whether a character is invisible and needed in no text: control characters, direction marks and overrides,
/// fillers, format characters, tag letters and noncharacters.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{200b}'
            | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns whether this is a variation selector, which changes the shape of the character before it.
pub(super) fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Returns whether `selector` can change the shape of `c`.
pub(super) fn has_shapes(c: char, selector: char) -> bool {
    match selector {
        '\u{180b}'..='\u{180f}' => matches!(c, '\u{1820}'..='\u{18aa}'),
        '\u{fe0e}' | '\u{fe0f}' => is_pictograph(c),
        '\u{fe00}' => {
            is_ideograph(c) || matches!(c, '\u{2200}'..='\u{22ff}' | '\u{2a00}'..='\u{2aff}' | '\u{1000}'..='\u{109f}')
        }
        _ => is_ideograph(c),
    }
}

/// Returns whether [`KEYCAP`] can be drawn around this character.
pub(super) fn is_key(c: char) -> bool {
    c.is_ascii_digit() || c == '#' || c == '*'
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether a character is drawn as a picture, or is a skin tone.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}'
        | '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}' | '\u{2934}'
        | '\u{2935}' | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Returns whether this is a skin tone of the pictograph before it.
pub(super) fn is_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Returns whether this is a letter or mark of a script whose letters join or form clusters, so that a joiner between
/// two of them is visible.
pub(super) fn is_joining(c: char) -> bool {
    let block = matches!(c,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1bff}' | '\u{a800}'..='\u{a8ff}' | '\u{a980}'..='\u{a9df}'
        | '\u{aa60}'..='\u{aa7f}' | '\u{abc0}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10ac0}'..='\u{10aff}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}');
    block && (c.is_alphabetic() || is_combining_mark(c))
}

/// Returns whether a joiner after this letter is visible even at the end of a word: Arabic letters take their joined
/// shape, and an Indic letter with a vowel killer takes its half form.
pub(super) fn joins_on(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
        || (is_joining(c) && canonical_combining_class(c) == 9)
}

/// Returns whether this mark draws a frame around the character before it.
pub(super) fn encloses(c: char) -> bool {
    matches!(c, '\u{488}' | '\u{489}' | '\u{1abe}' | '\u{20dd}'..='\u{20e0}' | '\u{20e2}'..='\u{20e4}' | '\u{a670}'..='\u{a672}')
}

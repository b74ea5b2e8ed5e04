//! The built-in themes, each made of nine colours.

use super::{Role, Theme};
use crate::config::look::{Attribute, Attributes, Basic, Ink, Look};

const OWN: Ink = Ink::Own;
const BOLD: &[Attribute] = &[Attribute::Bold];
const ITALIC: &[Attribute] = &[Attribute::Italic];
const FOUND: &[Attribute] = &[Attribute::Bold, Attribute::Underline];
const OVER: &[Attribute] = &[Attribute::Bold, Attribute::Reverse];

const fn look(ink: Ink, attributes: &[Attribute]) -> Look {
    Look { ink, paper: OWN, attributes: Attributes::of(attributes) }
}

/// The colours by which a theme distinguishes its roles.
struct Palette {
    /// What has the focus, and what a chart measures.
    accent: Ink,
    /// Search matches.
    found: Ink,
    good: Ink,
    urgent: Ink,
    bad: Ink,
    /// What only the coach may read, and a second series of a chart.
    private: Ink,
    /// Lines and frames.
    line: Ink,
    /// Headings, labels and notes: secondary text. The terminal's default colour means that notes are in italics and
    /// headings in bold.
    note: Ink,
    /// Background of the selected row; the terminal's default colour means that it is reversed.
    marked: Ink,
}

/// Creates a theme from nine colours.
const fn theme(palette: &Palette) -> Theme {
    let mut looks = [Look { ink: OWN, paper: OWN, attributes: Attributes::of(&[]) }; Role::COUNT];
    let marked = match palette.marked {
        Ink::Own => look(OWN, OVER),
        paper => Look { ink: OWN, paper, attributes: Attributes::of(BOLD) },
    };
    // Italics are harder to read than a fainter shade.
    let note = if matches!(palette.note, Ink::Own) { ITALIC } else { &[] };
    looks[Role::Note as usize] = look(palette.note, note);
    looks[Role::Hint as usize] = look(palette.note, ITALIC);
    looks[Role::Title as usize] = look(OWN, BOLD);
    looks[Role::Heading as usize] = look(palette.note, BOLD);
    looks[Role::Label as usize] = look(palette.note, &[]);
    looks[Role::Marked as usize] = marked;
    looks[Role::Match as usize] = look(palette.found, FOUND);
    looks[Role::Selected as usize] = look(OWN, &[Attribute::Reverse]);
    looks[Role::Good as usize] = look(palette.good, BOLD);
    looks[Role::Urgent as usize] = look(palette.urgent, BOLD);
    looks[Role::Bad as usize] = look(palette.bad, BOLD);
    looks[Role::Key as usize] = look(OWN, BOLD);
    looks[Role::Tab as usize] = look(palette.accent, OVER);
    looks[Role::Line as usize] = match palette.line {
        Ink::Own => look(OWN, &[Attribute::Dim]),
        ink => look(ink, &[]),
    };
    looks[Role::Chosen as usize] = look(palette.good, BOLD);
    looks[Role::Private as usize] = look(palette.private, ITALIC);
    looks[Role::State as usize] = look(palette.urgent, OVER);
    looks[Role::Client as usize] = look(palette.accent, BOLD);
    looks[Role::Bar as usize] = look(palette.accent, &[]);
    looks[Role::Other as usize] = look(palette.private, &[]);
    looks[Role::Focus as usize] = look(palette.accent, BOLD);
    Theme { looks }
}

const RED: Ink = Ink::Ansi(1);
const GREEN: Ink = Ink::Ansi(2);
const YELLOW: Ink = Ink::Ansi(3);
const BLUE: Ink = Ink::Ansi(4);
const MAGENTA: Ink = Ink::Ansi(5);
const CYAN: Ink = Ink::Ansi(6);
const BRIGHT_RED: Ink = Ink::Ansi(9);
const BRIGHT_MAGENTA: Ink = Ink::Ansi(13);

/// The dark theme. It does not use blue, which is nearly black on many dark backgrounds, and red and magenta only in
/// their bright variants.
pub(super) const DARK: Theme = theme(&Palette {
    accent: CYAN,
    found: YELLOW,
    good: GREEN,
    urgent: YELLOW,
    bad: BRIGHT_RED,
    private: BRIGHT_MAGENTA,
    line: OWN,
    note: OWN,
    marked: OWN,
});

/// The light theme. It does not use green, yellow and cyan, which are too pale on many light backgrounds.
pub(super) const LIGHT: Theme = theme(&Palette {
    accent: BLUE,
    found: MAGENTA,
    good: OWN,
    urgent: RED,
    bad: RED,
    private: MAGENTA,
    line: OWN,
    note: OWN,
    marked: OWN,
});

/// The high-contrast theme: the colours of the terminal's text, which no other colour exceeds, in every background. It
/// does not use italics, which are thin; urgent text and errors are reversed.
pub(super) const HIGH_CONTRAST: Theme = {
    let mut theme = theme(&Palette {
        accent: OWN,
        found: OWN,
        good: OWN,
        urgent: OWN,
        bad: OWN,
        private: OWN,
        line: OWN,
        note: OWN,
        marked: OWN,
    });
    theme.looks[Role::Line as usize] = look(OWN, &[]);
    theme.looks[Role::Note as usize] = look(OWN, &[]);
    theme.looks[Role::Hint as usize] = look(OWN, &[]);
    theme.looks[Role::Label as usize] = look(OWN, BOLD);
    theme.looks[Role::Title as usize] = look(OWN, FOUND);
    theme.looks[Role::Heading as usize] = look(OWN, FOUND);
    theme.looks[Role::Urgent as usize] = look(OWN, OVER);
    theme.looks[Role::Bad as usize] = look(OWN, OVER);
    theme.looks[Role::Private as usize] = look(OWN, FOUND);
    theme
};

const fn rgb(shade: u32, basic: Ink) -> Ink {
    let [_, red, green, blue] = shade.to_be_bytes();
    let basic = match basic {
        Ink::Ansi(at) => Basic::Ansi(at),
        _ => Basic::Own,
    };
    Ink::Rgb([red, green, blue], basic)
}

/// A theme of muted shades for a dark background.
pub(super) const HEATHER: Theme = theme(&Palette {
    accent: rgb(0x8f_bc_d4, CYAN),
    found: rgb(0xf0_c6_74, YELLOW),
    good: rgb(0xa3_c9_8a, GREEN),
    urgent: rgb(0xe5_b5_67, YELLOW),
    bad: rgb(0xf0_8c_8c, BRIGHT_RED),
    private: rgb(0xcb_a6_e0, BRIGHT_MAGENTA),
    line: rgb(0x74_7e_89, OWN),
    note: rgb(0xa7_af_b8, OWN),
    marked: rgb(0x2b_38_45, OWN),
});

/// A theme of muted shades for a light background.
pub(super) const CHALK: Theme = theme(&Palette {
    accent: rgb(0x1f_5f_8b, BLUE),
    found: rgb(0x9c_27_6b, MAGENTA),
    good: rgb(0x2e_6b_34, OWN),
    urgent: rgb(0x8f_4e_00, RED),
    bad: rgb(0xb0_20_20, RED),
    private: rgb(0x6f_3a_9c, MAGENTA),
    line: rgb(0x7b_83_8b, OWN),
    note: rgb(0x50_58_60, OWN),
    marked: rgb(0xd6_e4_f0, OWN),
});

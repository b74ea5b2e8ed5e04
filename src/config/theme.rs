//! Themes: a look for every role, and the built-in themes. They use the terminal's own sixteen colours, which follow
//! the colour scheme that a person has chosen for everything else; only [`HEATHER`] and [`CHALK`] define their own
//! shades. Body text always has the terminal's default colour, and colour alone carries no meaning: every meaningful
//! look also has an attribute, a symbol or a word beside it.

use super::look::{Attribute, Attributes, Basic, Ink, Look};
use super::role::Role;

/// A look for every role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    looks: [Look; Role::COUNT],
}

/// The number of colours of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The sixteen named colours.
    Sixteen,
    /// True colour, with sixteen million colours.
    True,
}

impl Theme {
    /// Built-in themes: name and description.
    pub const BUILT_IN: [(&'static str, &'static str); 6] = [
        ("dark", "sixteen colours for a dark background"),
        ("light", "sixteen colours for a light background"),
        ("high-contrast", "three colours, and styles that are easy to tell apart"),
        ("mono", "no colour at all"),
        ("heather", "its own shades for a dark background, if the terminal has true colour"),
        ("chalk", "its own shades for a light background, if the terminal has true colour"),
    ];

    /// Returns the built-in theme with a name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        Some(match name {
            "dark" => DARK,
            "light" => LIGHT,
            "high-contrast" => HIGH_CONTRAST,
            "mono" => DARK.without_colour(),
            "heather" => HEATHER,
            "chalk" => CHALK,
            _ => return None,
        })
    }

    /// Returns the look of a role.
    #[must_use]
    pub fn look(&self, role: Role) -> Look {
        self.looks.get(role as usize).copied().unwrap_or_default()
    }

    /// Returns the theme with another look for one role. A true colour without a replacement among the sixteen takes
    /// the replacement of the role's present look. The look of body text cannot be changed.
    #[must_use]
    pub fn with(mut self, role: Role, mut look: Look) -> Self {
        if let Some(place) = self.looks.get_mut(role as usize).filter(|_| role != Role::Body) {
            for (new, old) in [(&mut look.ink, place.ink), (&mut look.paper, place.paper)] {
                if let Ink::Rgb(rgb, Basic::Own) = *new {
                    *new = Ink::Rgb(rgb, old.basic());
                }
            }
            *place = look;
        }
        self
    }

    /// Returns the theme for a terminal with this number of colours.
    #[must_use]
    pub fn at(mut self, depth: Depth) -> Self {
        if depth == Depth::Sixteen {
            for look in &mut self.looks {
                if matches!(look.paper, Ink::Rgb(_, Basic::Own)) {
                    // None of the sixteen is known to be legible behind the terminal's default text colour.
                    look.attributes = look.attributes.and(Attribute::Reverse);
                }
                (look.ink, look.paper) = (look.ink.basic().into(), look.paper.basic().into());
            }
        }
        self
    }

    /// Returns the theme with attributes only, for `NO_COLOR`. A background colour is replaced by reversed colours.
    #[must_use]
    pub fn without_colour(mut self) -> Self {
        for look in &mut self.looks {
            if look.paper != Ink::Own && look.attributes.is_empty() {
                look.attributes = Attributes::of(&[Attribute::Reverse]);
            }
            (look.ink, look.paper) = (Ink::Own, Ink::Own);
        }
        self
    }
}

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
    /// Names, codes and keys.
    accent: Ink,
    /// Search matches.
    found: Ink,
    good: Ink,
    urgent: Ink,
    bad: Ink,
    /// What only the coach may read.
    private: Ink,
    /// Lines and frames.
    line: Ink,
    /// Notes on the text beside them.
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
    looks[Role::Note as usize] = look(palette.note, ITALIC);
    looks[Role::Hint as usize] = look(palette.note, ITALIC);
    looks[Role::Title as usize] = look(OWN, BOLD);
    looks[Role::Heading as usize] = look(palette.accent, BOLD);
    looks[Role::Label as usize] = look(palette.accent, &[]);
    looks[Role::Marked as usize] = marked;
    looks[Role::Match as usize] = look(palette.found, FOUND);
    looks[Role::Selected as usize] = look(OWN, &[Attribute::Reverse]);
    looks[Role::Good as usize] = look(palette.good, BOLD);
    looks[Role::Urgent as usize] = look(palette.urgent, BOLD);
    looks[Role::Bad as usize] = look(palette.bad, BOLD);
    looks[Role::Key as usize] = look(palette.accent, BOLD);
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
    Theme { looks }
}

const RED: Ink = Ink::Ansi(1);
const GREEN: Ink = Ink::Ansi(2);
const YELLOW: Ink = Ink::Ansi(3);
const BLUE: Ink = Ink::Ansi(4);
const MAGENTA: Ink = Ink::Ansi(5);
const CYAN: Ink = Ink::Ansi(6);

/// The dark theme. It does not use blue, which is nearly black on many dark backgrounds.
const DARK: Theme = theme(&Palette {
    accent: CYAN,
    found: YELLOW,
    good: GREEN,
    urgent: YELLOW,
    bad: RED,
    private: MAGENTA,
    line: OWN,
    note: OWN,
    marked: OWN,
});

/// The light theme. It does not use yellow and cyan, which are nearly white on many light backgrounds.
const LIGHT: Theme = theme(&Palette {
    accent: BLUE,
    found: MAGENTA,
    good: GREEN,
    urgent: RED,
    bad: RED,
    private: MAGENTA,
    line: OWN,
    note: OWN,
    marked: OWN,
});

/// The high-contrast theme. It does not use italics, which are thin; urgent text and errors are reversed.
const HIGH_CONTRAST: Theme = {
    let mut theme = theme(&Palette {
        accent: OWN,
        found: OWN,
        good: GREEN,
        urgent: OWN,
        bad: RED,
        private: MAGENTA,
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
    theme.looks[Role::Bad as usize] = look(RED, OVER);
    theme.looks[Role::Private as usize] = look(MAGENTA, BOLD);
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
const HEATHER: Theme = theme(&Palette {
    accent: rgb(0x8f_bc_d4, CYAN),
    found: rgb(0xf0_c6_74, YELLOW),
    good: rgb(0xa3_c9_8a, GREEN),
    urgent: rgb(0xe5_b5_67, YELLOW),
    bad: rgb(0xf0_8c_8c, RED),
    private: rgb(0xcb_a6_e0, MAGENTA),
    line: rgb(0x7a_84_8e, OWN),
    note: rgb(0xa7_af_b8, OWN),
    marked: rgb(0x2f_3d_4b, OWN),
});

/// A theme of muted shades for a light background.
const CHALK: Theme = theme(&Palette {
    accent: rgb(0x1f_5f_8b, BLUE),
    found: rgb(0x9c_27_6b, MAGENTA),
    good: rgb(0x2e_6b_34, GREEN),
    urgent: rgb(0x8f_4e_00, RED),
    bad: rgb(0xb0_20_20, RED),
    private: rgb(0x6f_3a_9c, MAGENTA),
    line: rgb(0x6f_77_7f, OWN),
    note: rgb(0x50_58_60, OWN),
    marked: rgb(0xd6_e4_f0, OWN),
});

#[cfg(test)]
mod tests {
    use super::*;

    /// Roles whose meaning must be visible, and not only legible.
    const MEANT: [Role; 11] = [
        Role::Marked,
        Role::Match,
        Role::Selected,
        Role::Good,
        Role::Urgent,
        Role::Bad,
        Role::Key,
        Role::Chosen,
        Role::Tab,
        Role::State,
        Role::Private,
    ];

    #[test]
    fn without_colour_every_meaning_keeps_an_attribute_and_at_no_depth_is_body_text_touched() {
        for (name, about) in Theme::BUILT_IN {
            let theme = Theme::built_in(name).expect("it comes with the program");
            assert!(!about.is_empty());
            for plain in [theme, theme.without_colour(), theme.at(Depth::Sixteen)] {
                assert_eq!(plain.look(Role::Body), Look::default(), "{name}");
            }
            for role in MEANT {
                let look = theme.without_colour().look(role);
                assert_eq!((look.ink, look.paper), (Ink::Own, Ink::Own));
                assert!(!look.attributes.is_empty(), "{name} {role:?}");
            }
        }
    }

    #[test]
    fn sixteen_colours_are_enough_for_every_theme_and_none_of_them_is_black_white_or_grey() {
        for (name, _) in Theme::BUILT_IN {
            let theme = Theme::built_in(name).expect("it comes with the program").at(Depth::Sixteen);
            for role in Role::ALL {
                let look = theme.look(*role);
                for ink in [look.ink, look.paper] {
                    assert!(matches!(ink, Ink::Own | Ink::Ansi(1..=6)), "{name} {role:?} {ink:?}");
                }
            }
        }
    }

    /// Returns the contrast ratio of two colours, from the relative luminance as defined by WCAG 2.2.
    fn contrast(one: [u8; 3], two: [u8; 3]) -> f64 {
        let light = |rgb: [u8; 3]| {
            let [red, green, blue] = rgb.map(|part| {
                let part = f64::from(part) / 255.0;
                if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, two) = (light(one), light(two));
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    #[test]
    fn shades_of_our_own_can_be_read_on_the_backgrounds_that_terminals_have() {
        let dark = [[0, 0, 0], [0x1e, 0x1e, 0x2e], [0x28, 0x2c, 0x34]];
        let light = [[0xff, 0xff, 0xff], [0xfd, 0xf6, 0xe3], [0xf5, 0xf5, 0xf5]];
        for (theme, backgrounds, own) in [(HEATHER, dark, [0xd0; 3]), (CHALK, light, [0x20; 3])] {
            for role in Role::ALL {
                let look = theme.look(*role);
                for background in backgrounds {
                    if let Ink::Rgb(ink, _) = look.ink {
                        // Lines are not text; a contrast of 3 is sufficient for them.
                        let least = if *role == Role::Line { 3.0 } else { 4.5 };
                        assert!(contrast(ink, background) >= least, "{role:?} on {background:?}");
                    }
                }
                if let Ink::Rgb(paper, _) = look.paper {
                    assert!(contrast(own, paper) >= 4.5, "{role:?}");
                }
            }
        }
    }
}

//! What every theme has to keep, whatever the terminal.

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
                assert!(matches!(ink, Ink::Own | Ink::Ansi(1..=6 | 9 | 13)), "{name} {role:?} {ink:?}");
            }
        }
    }
}

/// Returns the contrast ratio of two colours, from the relative luminance as defined by WCAG 2.2
/// (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
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

fn shade(rgb: u32) -> [u8; 3] {
    let [_, red, green, blue] = rgb.to_be_bytes();
    [red, green, blue]
}

/// Returns the least contrast that a role needs: 4.5 for text (WCAG 2.2, 1.4.3) and 3 for lines and charts (1.4.11),
/// whose numbers are always beside them.
fn needed(role: Role) -> f64 {
    if matches!(role, Role::Line | Role::Bar | Role::Other) { 3.0 } else { 4.5 }
}

/// A terminal: background, default text, and the sixteen colours from 1 to 6 and from 9 to 14.
struct Scheme {
    ground: u32,
    text: u32,
    plain: [u32; 6],
    bright: [u32; 6],
}

impl Scheme {
    /// Returns the contrast of a look, reversed or not, against what is behind it.
    fn contrast(&self, look: Look) -> f64 {
        let colour = |ink: Ink, own: u32| match ink {
            Ink::Own => shade(own),
            Ink::Ansi(at @ 1..=6) => shade(self.plain[usize::from(at) - 1]),
            Ink::Ansi(at @ 9..=14) => shade(self.bright[usize::from(at) - 9]),
            Ink::Rgb(rgb, _) => rgb,
            Ink::Ansi(at) => panic!("{at} is black, white or grey"),
        };
        // Terminals draw faint text with half to three quarters of its intensity.
        let ink = colour(look.ink, self.text);
        let paper = colour(look.paper, self.ground);
        let faint = |at: usize| u8::try_from((u16::from(ink[at]) * 3 + u16::from(paper[at]) * 2) / 5).unwrap_or(0);
        let ink = if look.attributes.has(Attribute::Dim) { [0, 1, 2].map(faint) } else { ink };
        contrast(ink, paper)
    }
}

/// Standard colours of xterm on black and on white.
const XTERM: Scheme = Scheme {
    ground: 0,
    text: 0xe5_e5_e5,
    plain: [0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd],
    bright: [0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff, 0x00_ff_ff],
};
/// Standard colours of GNOME's terminals, of Windows Terminal and of macOS.
const OTHERS: [Scheme; 3] = [
    Scheme {
        ground: 0x1e_1e_1e,
        text: 0xd0_cf_cc,
        plain: [0xc0_1c_28, 0x26_a2_69, 0xa2_73_4c, 0x12_48_8b, 0xa3_47_ba, 0x2a_a1_b3],
        bright: [0xf6_61_51, 0x33_da_7a, 0xe9_ad_0c, 0x2a_7b_de, 0xc0_61_cb, 0x33_c7_de],
    },
    Scheme {
        ground: 0x0c_0c_0c,
        text: 0xcc_cc_cc,
        plain: [0xc5_0f_1f, 0x13_a1_0e, 0xc1_9c_00, 0x00_37_da, 0x88_17_98, 0x3a_96_dd],
        bright: [0xe7_48_56, 0x16_c6_0c, 0xf9_f1_a5, 0x3b_78_ff, 0xb4_00_9e, 0x61_d6_d6],
    },
    Scheme {
        ground: 0,
        text: 0xff_ff_ff,
        plain: [0xc2_36_21, 0x25_bc_24, 0xad_ad_27, 0x49_2e_e1, 0xd3_38_d3, 0x33_bb_c8],
        bright: [0xfc_39_1f, 0x31_e7_22, 0xea_ec_23, 0x58_33_ff, 0xf9_35_f8, 0x14_f0_f0],
    },
];

#[test]
fn every_role_of_every_theme_is_legible_with_sixteen_colours() {
    for (name, _) in Theme::BUILT_IN {
        let theme = Theme::built_in(name).expect("it comes with the program").at(Depth::Sixteen);
        let grounds: &[bool] = match name {
            "dark" | "heather" => &[false],
            "light" | "chalk" => &[true],
            _ => &[false, true],
        };
        for (role, is_light) in Role::ALL.iter().flat_map(|role| grounds.iter().map(move |light| (*role, *light))) {
            let on = |scheme: &Scheme| {
                let (ground, text) = if is_light { (0xff_ff_ff, 0) } else { (scheme.ground, scheme.text) };
                Scheme { ground, text, ..*scheme }.contrast(theme.look(role))
            };
            assert!(on(&XTERM) >= needed(role), "{name} {role:?}: {:.1}", on(&XTERM));
            // These report true colour, so that they get our own shades unless somebody wants sixteen colours.
            for scheme in &OTHERS {
                assert!(on(scheme) >= 3.0, "{name} {role:?} on {:06x}: {:.1}", scheme.ground, on(scheme));
            }
        }
    }
}

#[test]
fn every_role_of_our_own_shades_is_legible_on_the_backgrounds_that_terminals_have() {
    let dark = [0x00_00_00, 0x1e_1e_2e, 0x00_2b_36, 0x28_2c_34, 0x33_33_33].map(shade);
    let light = [0xff_ff_ff, 0xfd_f6_e3, 0xf5_f5_f5, 0xee_e8_d5, 0xe6_e6_e6].map(shade);
    for (theme, backgrounds, own) in [(HEATHER, dark, [0xd0; 3]), (CHALK, light, [0x20; 3])] {
        let marked = match theme.look(Role::Marked).paper {
            Ink::Rgb(paper, _) => paper,
            other => panic!("{other:?}"),
        };
        assert!(contrast(own, marked) >= 4.5);
        for role in Role::ALL {
            let look = theme.look(*role);
            let Ink::Rgb(ink, _) = look.ink else {
                assert_eq!(look.ink, Ink::Own, "{role:?}");
                continue;
            };
            for background in backgrounds {
                let found = contrast(ink, background);
                assert!(found >= needed(*role), "{role:?} on {background:?}: {found:.2}");
            }
            // The codes and notes of the selected row, and the marks in front of it.
            let found = contrast(ink, marked);
            let is_in_rows = !matches!(role, Role::Line);
            assert!(!is_in_rows || found >= needed(*role), "{role:?} in the selected row: {found:.2}");
        }
    }
}

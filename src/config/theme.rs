//! Themes: a look for every role, and the built-in themes. They use the terminal's own sixteen colours, which follow
//! the colour scheme that a person has chosen for everything else; only `heather` and `chalk` define their own
//! shades. Body text always has the terminal's default colour, and colour alone carries no meaning: every meaningful
//! look also has an attribute, a symbol or a word beside it.
//!
//! One accent marks what has the focus and what is measured. What is secondary is fainter, and lines are fainter still.
//! Text has a contrast of at least 4.5 : 1 and signs of at least 3 : 1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
//! That holds for our own shades on every background that they are used on. With sixteen colours the terminal decides;
//! the tests use the standard colours of common terminals.

mod built_in;
#[cfg(test)]
mod tests;

use self::built_in::{CHALK, DARK, HEATHER, HIGH_CONTRAST, LIGHT};
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
        ("high-contrast", "only the colours of your text, and styles that are easy to tell apart"),
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
            self = self.with_attributes_for_shades();
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
        self = self.with_attributes_for_shades();
        for look in &mut self.looks {
            if look.paper != Ink::Own && look.attributes.is_empty() {
                look.attributes = Attributes::of(&[Attribute::Reverse]);
            }
            (look.ink, look.paper) = (Ink::Own, Ink::Own);
        }
        self
    }

    /// Gives what only a shade of its own told from other text an attribute instead, before the shade is dropped.
    fn with_attributes_for_shades(mut self) -> Self {
        for (role, attribute) in
            [(Role::Note, Attribute::Italic), (Role::Hint, Attribute::Italic), (Role::Line, Attribute::Dim)]
        {
            if let Some(look) = self.looks.get_mut(role as usize)
                && matches!(look.ink, Ink::Rgb(_, Basic::Own))
                && look.attributes.is_empty()
            {
                look.attributes = look.attributes.and(attribute);
            }
        }
        self
    }
}

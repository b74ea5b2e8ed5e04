//! Looks of roles: colours and attributes, with one parser and one formatter for the words used in settings.

use std::fmt;
use std::str::FromStr;

/// A colour by its name in the terminal; the terminal's colour scheme decides on the actual shade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// The terminal's default colour.
    #[default]
    Own,
    /// One of sixteen colours: 0 black to 7 white, 8 to 15 their bright variants.
    Ansi(u8),
    /// Red, green and blue, used only if the terminal reports true colour; otherwise the second value is used.
    Rgb([u8; 3], Basic),
}

/// One of sixteen colours or the terminal's default: the replacement for a colour that cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basic {
    /// The terminal's default colour.
    #[default]
    Own,
    /// As in [`Ink::Ansi`].
    Ansi(u8),
}

impl From<Basic> for Ink {
    fn from(basic: Basic) -> Self {
        match basic {
            Basic::Own => Self::Own,
            Basic::Ansi(at) => Self::Ansi(at),
        }
    }
}

impl Ink {
    /// Returns the colour for a terminal with sixteen colours.
    #[must_use]
    pub fn basic(self) -> Basic {
        match self {
            Self::Own => Basic::Own,
            Self::Ansi(at) => Basic::Ansi(at),
            Self::Rgb(_, basic) => basic,
        }
    }
}

const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// A text attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// Foreground and background swapped.
    Reverse,
    /// Fainter; hardly visible in some light colour schemes, so only for text that need not be read.
    Dim,
}

impl Attribute {
    /// All attributes.
    pub const ALL: [Self; 5] = [Self::Bold, Self::Italic, Self::Underline, Self::Reverse, Self::Dim];

    /// Returns the name used in settings.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Reverse => "reverse",
            Self::Dim => "dim",
        }
    }
}

/// A set of attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attributes(u8);

impl Attributes {
    /// Creates a set of these attributes.
    #[must_use]
    pub const fn of(attributes: &[Attribute]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < attributes.len() {
            bits |= 1 << attributes[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Returns the set with one more attribute.
    #[must_use]
    pub fn and(self, attribute: Attribute) -> Self {
        Self(self.0 | 1 << attribute as u8)
    }

    /// Returns whether the set contains an attribute.
    #[must_use]
    pub fn has(self, attribute: Attribute) -> bool {
        self.0 & (1 << attribute as u8) != 0
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The appearance of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Colour of the characters.
    pub ink: Ink,
    /// Background colour.
    pub paper: Ink,
    /// Text attributes.
    pub attributes: Attributes,
}

/// An error while parsing a look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a colour or an attribute")]
pub struct LookError(String);

impl FromStr for Look {
    type Err = LookError;

    /// Parses words such as `bold cyan`, `#f0c674 on blue` or `underline reverse`; `own` is the terminal's default
    /// colour.
    fn from_str(text: &str) -> Result<Self, LookError> {
        let mut look = Self::default();
        let mut behind = false;
        for word in text.split_whitespace() {
            if word == "on" {
                behind = true;
            } else if let Some(attribute) = Attribute::ALL.into_iter().find(|one| one.id() == word) {
                look.attributes = look.attributes.and(attribute);
            } else {
                let ink = ink(word).ok_or_else(|| LookError(word.to_owned()))?;
                *(if behind { &mut look.paper } else { &mut look.ink }) = ink;
            }
        }
        Ok(look)
    }
}

fn ink(word: &str) -> Option<Ink> {
    if word == "own" {
        return Some(Ink::Own);
    }
    if let Some(at) = NAMES.iter().position(|name| *name == word) {
        return Some(Ink::Ansi(u8::try_from(at).ok()?));
    }
    let digits = word.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Ink::Rgb([red, green, blue], Basic::Own))
}

impl fmt::Display for Ink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("own"),
            Self::Ansi(at) => f.write_str(NAMES.get(usize::from(*at)).copied().unwrap_or("own")),
            Self::Rgb([red, green, blue], _) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
        }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ink)?;
        for attribute in Attribute::ALL.into_iter().filter(|one| self.attributes.has(*one)) {
            write!(f, " {}", attribute.id())?;
        }
        if self.paper != Ink::Own {
            write!(f, " on {}", self.paper)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_round_trips() {
        for text in ["own", "cyan bold", "#f0c674 italic underline on blue", "bright-red reverse", "own on #102030"] {
            let look: Look = text.parse().expect("it is a look");
            assert_eq!(look.to_string(), text);
        }
        for text in ["purple", "#12345", "bold,cyan", "#\u{e9}1234"] {
            assert!(text.parse::<Look>().is_err(), "{text}");
        }
    }
}

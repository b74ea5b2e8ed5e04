//! Keys with modifiers: one type, with one parser and one formatter.

use std::fmt;
use std::str::FromStr;

/// A key without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyName {
    /// Printable character; upper case means that shift was held.
    Char(char),
    /// Return key.
    Enter,
    /// Escape key.
    Esc,
    /// Tab key.
    Tab,
    /// Backspace key.
    Backspace,
    /// Delete key.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home key.
    Home,
    /// End key.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Function key, counted from 1.
    F(u8),
}

const NAMED: [(KeyName, &str); 14] = [
    (KeyName::Enter, "enter"),
    (KeyName::Esc, "esc"),
    (KeyName::Tab, "tab"),
    (KeyName::Backspace, "backspace"),
    (KeyName::Delete, "delete"),
    (KeyName::Up, "up"),
    (KeyName::Down, "down"),
    (KeyName::Left, "left"),
    (KeyName::Right, "right"),
    (KeyName::Home, "home"),
    (KeyName::End, "end"),
    (KeyName::PageUp, "pageup"),
    (KeyName::PageDown, "pagedown"),
    (KeyName::Char(' '), "space"),
];

/// A key with its modifiers. For a letter, shift is part of the character; it is only recorded for named keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    /// The key.
    pub key: KeyName,
    /// Whether Control is held.
    pub ctrl: bool,
    /// Whether Alt (Option) is held.
    pub alt: bool,
    /// Whether shift is held with a named key.
    pub shift: bool,
}

/// An error while parsing a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a key. Write it like ctrl-s, alt-b, shift-tab, f1, space or x")]
pub struct KeyError(String);

impl Chord {
    /// Creates a key without modifiers.
    #[must_use]
    pub fn plain(key: KeyName) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// Returns the character that the key types into a text; `None` if it types none.
    #[must_use]
    pub fn printable(self) -> Option<char> {
        match self.key {
            KeyName::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        if let Some((_, name)) = NAMED.iter().find(|(key, _)| *key == self.key) {
            return f.write_str(name);
        }
        match self.key {
            KeyName::Char(c) => write!(f, "{c}"),
            KeyName::F(n) => write!(f, "f{n}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Chord {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut chord = Self::plain(KeyName::Esc);
        let mut rest = text;
        while let Some((head, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
            match head {
                "ctrl" => chord.ctrl = true,
                "alt" => chord.alt = true,
                "shift" => chord.shift = true,
                _ => return Err(KeyError(text.to_owned())),
            }
            rest = tail;
        }
        let mut letters = rest.chars();
        chord.key = match (letters.next(), letters.as_str()) {
            (Some(c), "") if !c.is_control() => KeyName::Char(c),
            (Some('f'), number) if number.parse::<u8>().is_ok_and(|n| (1..=12).contains(&n)) => {
                KeyName::F(number.parse().unwrap_or(1))
            }
            _ => match NAMED.iter().find(|(_, name)| *name == rest) {
                Some((key, _)) => *key,
                None => return Err(KeyError(text.to_owned())),
            },
        };
        Ok(chord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_round_trips() {
        for text in [
            "q",
            "G",
            "?",
            "/",
            "-",
            "ctrl-s",
            "alt-left",
            "shift-tab",
            "f1",
            "f12",
            "space",
            "ctrl-alt-pagedown",
            "\u{e9}",
        ] {
            let chord: Chord = text.parse().expect("it is a key");
            assert_eq!(chord.to_string(), text);
        }
        for text in ["", "ctrl-", "hyper-x", "f13", "entre"] {
            assert!(text.parse::<Chord>().is_err(), "{text}");
        }
    }
}

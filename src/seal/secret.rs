//! A text that must stay secret: it is wiped from memory when dropped, and debug output does not show it. Copies made
//! by the operating system (terminal, swap) are beyond the program's control.

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use zeroize::{Zeroize, Zeroizing};

/// Capacity in bytes for text that is typed.
const ROOM: usize = 1024;

/// A text that must stay secret.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Returns the text.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Creates an empty secret with enough capacity for typing, so that no copies are left in memory when it grows.
    #[must_use]
    pub fn roomy() -> Self {
        Self::new(String::with_capacity(ROOM))
    }

    /// Appends text up to the first line feed and as far as the capacity allows; control characters are skipped.
    pub fn type_in(&mut self, text: &str) {
        for letter in text.chars().take_while(|letter| *letter != '\n') {
            if !letter.is_control() && self.0.len() + letter.len_utf8() <= ROOM {
                self.0.push(letter);
            }
        }
    }

    /// Removes the last character.
    pub fn erase(&mut self) {
        let last = self.0.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        self.0.truncate(last);
    }

    /// Returns the number of characters (grapheme clusters).
    #[must_use]
    pub fn letters(&self) -> usize {
        self.0.graphemes(true).count()
    }

    /// Removes and returns the first line without its line end; `None` if nothing is left.
    pub fn take_line(&mut self) -> Option<Self> {
        if self.0.is_empty() {
            return None;
        }
        let (line, rest) = self.0.split_once('\n').unwrap_or((&self.0, ""));
        let line = Self::new(line.strip_suffix('\r').unwrap_or(line).to_owned());
        let rest = rest.to_owned();
        self.0.zeroize();
        *self = Self::new(rest);
        Some(line)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_typed_and_taken_back_whole() {
        let mut secret = Secret::roomy();
        secret.type_in("caf\u{65}\u{301}\u{1b}\nx");
        assert_eq!((secret.reveal(), secret.letters()), ("cafe\u{301}", 4));
        secret.erase();
        assert_eq!(secret.reveal(), "caf");
        secret.type_in(&"x".repeat(5_000));
        assert_eq!(secret.reveal().len(), ROOM);
        (0..=ROOM).for_each(|_| secret.erase());
        assert_eq!(secret.letters(), 0);
    }

    #[test]
    fn lines_are_taken_one_by_one_and_nothing_is_printed() {
        let mut secret = Secret::new("one\r\n two \n\nfour".to_owned());
        let lines: Vec<Secret> = std::iter::from_fn(|| secret.take_line()).collect();
        assert_eq!(lines.iter().map(Secret::reveal).collect::<Vec<_>>(), ["one", " two ", "", "four"]);
        assert_eq!(format!("{lines:?}").matches("not shown").count(), 4);
    }
}

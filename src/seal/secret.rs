//! A text that must not be seen: wiped from memory when it is done with, and never printed by accident. What the system
//! copied meanwhile (a terminal, swap) is out of our hands.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// A text that must not be seen.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The first line of it, without its line end; the rest stays here.
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
    fn lines_are_taken_one_by_one_and_nothing_is_printed() {
        let mut secret = Secret::new("one\r\n two \n\nfour".to_owned());
        let lines: Vec<Secret> = std::iter::from_fn(|| secret.take_line()).collect();
        assert_eq!(lines.iter().map(Secret::reveal).collect::<Vec<_>>(), ["one", " two ", "", "four"]);
        assert_eq!(format!("{lines:?}").matches("not shown").count(), 4);
    }
}

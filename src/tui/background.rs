//! Asks the terminal once, after the first frame, for its background colour. Nothing waits for the answer: crossterm
//! reads it as the keys that it resembles, and [`Asking`] separates it from typed keys. Libraries for this read the
//! terminal themselves and drop keys that are typed meanwhile.

use std::time::Duration;

use super::term::Input;
use crate::command::{Chord, KeyName};
use crate::os::{Background, Stopwatch, tell_terminal};

/// The query for the background colour (xterm's OSC 11).
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// A query that may still be answered. The answer arrives among the keys: `alt-]`, the characters of the colour, and
/// `alt-\` or `ctrl-g` at its end. Passed on to a screen it would run commands. It may arrive in pieces: then `esc` and
/// `]` take the place of `alt-]`, with any delay between them on a busy machine.
#[derive(Debug)]
pub struct Asking {
    since: Stopwatch,
    /// Inputs held back because they may belong to an answer.
    held: Vec<Input>,
    /// The characters of those inputs.
    words: String,
    escaped: bool,
}

/// How long after the query an answer is still expected.
const LATE: Duration = Duration::from_secs(30);
/// How long after the query the program waits for the answer before it ends.
const SOON: Duration = Duration::from_secs(2);
/// How long it waits then.
const LAST_WAIT: Duration = Duration::from_millis(120);
/// The first characters of an answer.
const BEGINNING: &str = "11;";
/// Maximum length of an answer in characters.
const LONGEST: usize = 40;

impl Default for Asking {
    fn default() -> Self {
        Self { since: Stopwatch::start(), held: Vec::new(), words: String::new(), escaped: false }
    }
}

/// What to do with an input while an answer may still arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sifted {
    /// Inputs to be processed in this order. Inputs that were held back and are no answer come first.
    Through(Vec<Input>),
    /// The input is held back because it may belong to an answer.
    Held,
    /// The input completes the answer. `None` if the colour could not be parsed.
    Answer(Option<Background>),
}

impl Asking {
    /// Sends the query. Returns `None` if it cannot be sent, and on Windows, whose console sends no answer that
    /// crossterm would read.
    #[must_use]
    pub fn begin() -> Option<Self> {
        (cfg!(unix) && tell_terminal(QUESTION)).then(Self::default)
    }

    /// Separates the answer from typed input.
    pub fn sift(&mut self, input: Input) -> Sifted {
        let Input::Key(chord) = &input else { return self.let_through(input) };
        let escaped = std::mem::take(&mut self.escaped);
        let alt = |c| {
            let plain = Chord::plain(KeyName::Char(c));
            (escaped && *chord == plain) || *chord == Chord { alt: true, ..plain }
        };
        let within = !self.held.is_empty();
        if *chord == Chord::plain(KeyName::Esc) {
            // Within an answer, `esc` starts its terminator.
            self.escaped = true;
            return if within { self.hold(input) } else { self.let_through(input) };
        }
        if !within {
            return if alt(']') && self.since.elapsed() < LATE { self.hold(input) } else { self.let_through(input) };
        }
        let bell = *chord == Chord { ctrl: true, ..Chord::plain(KeyName::Char('g')) };
        if (alt('\\') || bell) && self.words.starts_with(BEGINNING) {
            let background = self.words.strip_prefix(BEGINNING).and_then(|words| shade(words.as_bytes()));
            (self.held, self.words) = Default::default();
            return Sifted::Answer(background);
        }
        match chord.printable() {
            Some(c) if self.words.len() < LONGEST && !escaped => {
                self.words.push(c);
                let common = self.words.len().min(BEGINNING.len());
                let fits = self.words.as_bytes().get(..common) == BEGINNING.as_bytes().get(..common);
                if fits { self.hold(input) } else { self.let_through(input) }
            }
            _ => self.let_through(input),
        }
    }

    /// Reads and drops what arrives until the answer is complete, if the query is so recent that it may still come.
    pub fn drain(&mut self, read: &mut impl FnMut(Duration) -> Option<Input>) {
        let since = Stopwatch::start();
        while self.since.elapsed() < SOON && since.elapsed() < LAST_WAIT {
            if read(LAST_WAIT).is_some_and(|input| matches!(self.sift(input), Sifted::Answer(_))) {
                return;
            }
        }
    }

    fn hold(&mut self, input: Input) -> Sifted {
        self.held.push(input);
        Sifted::Held
    }

    fn let_through(&mut self, input: Input) -> Sifted {
        self.words.clear();
        let mut inputs = std::mem::take(&mut self.held);
        inputs.push(input);
        Sifted::Through(inputs)
    }
}

/// Parses `rgb:1e1e/1e1e/2e2e`, with one to four hexadecimal digits per component, and classifies it by its luma
/// (Rec. 709). Greys of less than a fifth and of more than nine tenths are those for which the shades of a theme are
/// chosen.
fn shade(words: &[u8]) -> Option<Background> {
    let text = std::str::from_utf8(words).ok()?;
    let parts = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?;
    let mut light = 0.0;
    for (part, weight) in parts.split('/').zip([0.2126, 0.7152, 0.0722]) {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok().filter(|digits| (1..=4).contains(digits))?)? - 1;
        light += weight * f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most);
    }
    (parts.split('/').count() >= 3).then_some(match light {
        light if light > 0.9 => Background::Light,
        light if light > 0.5 => Background::LightGrey,
        light if light > 0.2 => Background::DarkGrey,
        _ => Background::Dark,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_light_or_dark_or_not_understood() {
        for (words, told) in [
            ("rgb:ffff/fdfd/e3e3", Some(Background::Light)),
            ("rgb:1e/1e/2e", Some(Background::Dark)),
            ("rgba:0/0/0/f", Some(Background::Dark)),
            ("rgb:50/50/50", Some(Background::DarkGrey)),
            ("rgb:c0/c0/c0", Some(Background::LightGrey)),
            ("rgb:zz/00/00", None),
            ("rgb:1/2", None),
            ("", None),
        ] {
            assert_eq!(shade(words.as_bytes()), told, "{words}");
        }
    }

    fn sifted(late: &mut Asking, names: &str) -> Vec<Sifted> {
        names.split(' ').map(|name| late.sift(Input::Key(name.parse().expect("a key")))).collect()
    }

    #[test]
    fn an_answer_that_comes_late_is_no_keys() {
        let mut late = Asking::default();
        let through = |one: &Sifted| matches!(one, Sifted::Through(inputs) if inputs.len() == 1);
        for whole in ["alt-] 1 1 ; r g b : f f / f f / f f alt-\\", "alt-] 1 1 ; r g b : f f / f f / f f ctrl-g"] {
            let all = sifted(&mut late, &format!("q {whole} q"));
            assert!(all.first().is_some_and(through) && all.last().is_some_and(through), "{all:?}");
            assert_eq!(all.iter().filter(|one| **one == Sifted::Held).count(), all.len() - 3);
            assert_eq!(all.get(all.len() - 2), Some(&Sifted::Answer(Some(Background::Light))));
        }
        assert_eq!(sifted(&mut late, "alt-] 1 1 ; ctrl-g").last(), Some(&Sifted::Answer(None)));
        // In pieces: the first byte of the introducer, and of the terminator, arrives alone.
        let all = sifted(&mut late, "esc ] 1 1 ; r g b : f f / f f / f f esc \\ q");
        assert!(all.first().is_some_and(through) && all.last().is_some_and(through), "{all:?}");
        assert_eq!(all.iter().filter(|one| **one == Sifted::Held).count(), all.len() - 3);
        assert_eq!(all.iter().rev().nth(1), Some(&Sifted::Answer(Some(Background::Light))));
    }

    #[test]
    fn what_is_no_late_answer_after_all_is_let_through_in_its_order() {
        let mut late = Asking::default();
        for typed in [
            "alt-] x down y",
            "esc ] a b",
            "alt-] 1 1 x",
            "alt-] 1 ctrl-g",
            "alt-] 1 1 ; r g esc b",
            "alt-] 1 1 ; r enter",
            "esc x ] 1 1 ; q",
        ] {
            let names: Vec<String> = sifted(&mut late, typed)
                .into_iter()
                .flat_map(|one| match one {
                    Sifted::Through(inputs) => inputs,
                    Sifted::Held => Vec::new(),
                    other @ Sifted::Answer(_) => panic!("{typed}: {other:?}"),
                })
                .map(|input| match input {
                    Input::Key(chord) => chord.to_string(),
                    other => format!("{other:?}"),
                })
                .collect();
            assert_eq!(names.join(" "), typed);
        }
    }
}

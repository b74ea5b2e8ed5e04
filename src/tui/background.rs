//! What is behind the letters, asked of the terminal once, after the first frame. Nobody waits for the answer: crossterm
//! reads it as the keys that it looks like, and here it is told from them. Libraries for this read the terminal themselves,
//! and drop the keys that a quick hand types meanwhile.

use std::time::Duration;

use super::term::Input;
use crate::command::{Chord, KeyName};
use crate::os::{Background, Stopwatch, tell_terminal};

/// The colour behind the letters (xterm's OSC 11).
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// A question that may still be answered. The answer comes among the keys: `alt-]`, the letters of the colour, and `alt-\`
/// or `ctrl-g` at its end. Typed into a screen it would run commands. It may come in pieces, and then `alt-]` is `esc` and
/// `]`, however long after it on a busy machine.
#[derive(Debug)]
pub struct Asking {
    since: Stopwatch,
    /// What came so far of something that may be an answer.
    held: Vec<Input>,
    /// Its letters.
    words: String,
    /// Whether the last key was `esc`.
    escaped: bool,
}

/// How long after the question an answer may still come.
const LATE: Duration = Duration::from_secs(30);
/// How an answer begins.
const BEGINNING: &str = "11;";
/// Longest answer, in letters.
const LONGEST: usize = 40;

impl Default for Asking {
    fn default() -> Self {
        Self { since: Stopwatch::start(), held: Vec::new(), words: String::new(), escaped: false }
    }
}

/// What to do with an input while an answer may still come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sifted {
    /// They are what they are, in this order: what was held and is no answer after all comes first.
    Through(Vec<Input>),
    /// It belongs to the answer.
    Held,
    /// It ends the answer.
    Answer(Option<Background>),
}

impl Asking {
    /// Asks; `None` if nothing can be said to the terminal. A console of Windows sends no answer that crossterm would read.
    #[must_use]
    pub fn begin() -> Option<Self> {
        (cfg!(unix) && tell_terminal(QUESTION)).then(Self::default)
    }

    /// Tells an answer from what is typed.
    pub fn sift(&mut self, input: Input) -> Sifted {
        let Input::Key(chord) = &input else { return self.let_through(input) };
        let escaped = std::mem::take(&mut self.escaped);
        let alt = |c| {
            let plain = Chord::plain(KeyName::Char(c));
            (escaped && *chord == plain) || *chord == Chord { alt: true, ..plain }
        };
        let within = !self.held.is_empty();
        if *chord == Chord::plain(KeyName::Esc) {
            // Within an answer it begins its end.
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

/// `rgb:1e1e/1e1e/2e2e`, with one to four digits a part, as dark or light by its luma (Rec. 709).
fn shade(words: &[u8]) -> Option<Background> {
    let text = std::str::from_utf8(words).ok()?;
    let parts = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?;
    let mut light = 0.0;
    for (part, weight) in parts.split('/').zip([0.2126, 0.7152, 0.0722]) {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok().filter(|digits| (1..=4).contains(digits))?)? - 1;
        light += weight * f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most);
    }
    (parts.split('/').count() >= 3).then_some(if light > 0.5 { Background::Light } else { Background::Dark })
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
            ("rgb:zz/00/00", None),
            ("rgb:1/2", None),
            ("", None),
        ] {
            assert_eq!(shade(words.as_bytes()), told, "{words}");
        }
    }

    /// Keys by name.
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
        // In pieces: the first letter of its beginning, and of its end, came alone.
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

//! Joins escape sequences that arrive in pieces. On a slow line the first byte of an arrow key can arrive alone; crossterm
//! then reports the escape key and ordinary characters, and the last of them would run a command.

use std::time::Duration;

use super::term::Input;
use crate::command::{Chord, KeyName};
use crate::os::Stopwatch;

/// How long an escape key is held back, and how long each further part of a sequence is waited for.
const PIECE: Duration = Duration::from_millis(50);
/// How long after an escape key that was passed on the rest of a sequence is still recognised, and dropped.
const LATE: Duration = Duration::from_millis(600);
/// How long the parts of such a rest are waited for.
const LATE_PIECE: Duration = Duration::from_millis(150);
/// Maximum length of a sequence in characters.
const LONGEST: usize = 24;

/// Remembers an escape key that was passed on, and what followed at once.
#[derive(Debug, Default)]
pub struct Joining {
    passed: Option<(Stopwatch, Vec<Input>)>,
}

/// What the characters after an escape key are.
enum Tail {
    Key(Chord),
    /// The start of pasted text.
    Paste,
    /// A complete sequence without a meaning here.
    Other,
    /// More characters are needed.
    Unfinished,
    /// No sequence.
    Text,
}

impl Joining {
    /// Returns the inputs that `first` stands for, in their order. `read` waits for the next input at most as long as it is
    /// told.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn join<E>(
        &mut self,
        first: Input,
        mut read: impl FnMut(Duration) -> Result<Option<Input>, E>,
    ) -> Result<Vec<Input>, E> {
        let late = self.passed.take().filter(|(since, _)| since.elapsed() < LATE);
        if first == Input::Key(Chord::plain(KeyName::Esc)) {
            let mut inputs = vec![first];
            return Ok(match collect(&mut inputs, PIECE, &mut read)? {
                Some(Tail::Key(chord)) => vec![Input::Key(chord)],
                Some(Tail::Paste) => vec![Input::Paste(pasted(&mut read)?)],
                Some(_) => Vec::new(),
                None => {
                    self.passed = Some((Stopwatch::start(), inputs.clone()));
                    inputs
                }
            });
        }
        let Some((since, mut inputs)) = late else { return Ok(vec![first]) };
        let before = inputs.len();
        inputs.push(first);
        Ok(match collect(&mut inputs, LATE_PIECE, &mut read)? {
            Some(Tail::Paste) => vec![Input::Paste(pasted(&mut read)?)],
            Some(_) => Vec::new(),
            None => {
                self.passed = is_begun(&inputs).then(|| (since, inputs.clone()));
                inputs.split_off(before)
            }
        })
    }
}

/// Returns whether the inputs after the escape key may be the beginning of a sequence.
fn is_begun(inputs: &[Input]) -> bool {
    let words: Option<String> = inputs.iter().skip(1).map(letter).collect();
    words.is_some_and(|words| matches!(tail(&words), Tail::Unfinished))
}

/// Reads on until the inputs after the escape key are a sequence. Returns `None` if they are none; all of them are in
/// `inputs` then.
fn collect<E>(
    inputs: &mut Vec<Input>,
    wait: Duration,
    read: &mut impl FnMut(Duration) -> Result<Option<Input>, E>,
) -> Result<Option<Tail>, E> {
    loop {
        let words: Option<String> = inputs.iter().skip(1).map(letter).collect();
        match words.map_or(Tail::Text, |words| tail(&words)) {
            Tail::Unfinished if inputs.len() < LONGEST => match read(wait)? {
                Some(next) => inputs.push(next),
                None => return Ok(None),
            },
            Tail::Unfinished | Tail::Text => return Ok(None),
            found => return Ok(Some(found)),
        }
    }
}

/// Reads pasted text whose start was recognised, until nothing more arrives: crossterm does not report its end.
fn pasted<E>(read: &mut impl FnMut(Duration) -> Result<Option<Input>, E>) -> Result<String, E> {
    let mut text = String::new();
    while let Some(next) = read(PIECE)? {
        match &next {
            Input::Key(chord) if *chord == Chord::plain(KeyName::Enter) => text.push('\n'),
            Input::Key(chord) if *chord == Chord::plain(KeyName::Tab) => text.push('\t'),
            Input::Paste(more) => text.push_str(more),
            other => text.extend(letter(other)),
        }
    }
    Ok(text.strip_suffix("[201~").map(str::to_owned).unwrap_or(text))
}

fn letter(input: &Input) -> Option<char> {
    match input {
        Input::Key(chord) => chord.printable(),
        _ => None,
    }
}

/// Interprets the characters after an escape key: a control sequence (CSI) or a single shift (SS3), as xterm sends them.
fn tail(words: &str) -> Tail {
    if words.is_empty() || words == "[" || words == "O" {
        return Tail::Unfinished;
    }
    if let Some(last) = words.strip_prefix('O') {
        let mut last = last.chars();
        return match (last.next().and_then(|c| named(c, 1)), last.next()) {
            (Some(key), None) => Tail::Key(Chord::plain(key)),
            _ => Tail::Text,
        };
    }
    let Some(rest) = words.strip_prefix('[') else { return Tail::Text };
    let parameters = rest.trim_end_matches(|c: char| !matches!(c, '0'..='?'));
    if !parameters.chars().all(|c| matches!(c, '0'..='?')) {
        return Tail::Text;
    }
    let mut last = rest.get(parameters.len()..).unwrap_or_default().chars();
    let Some(last) = last.next() else { return Tail::Unfinished };
    if !matches!(last, '@'..='~') {
        return Tail::Text;
    }
    let mut numbers = parameters.split(';').map(|number| number.parse::<u8>().ok());
    let first = numbers.next().flatten().unwrap_or(1);
    if last == '~' && first == 200 {
        return Tail::Paste;
    }
    let held = numbers.next().flatten().unwrap_or(1).saturating_sub(1);
    match named(last, first) {
        Some(key) => {
            Tail::Key(Chord { key, shift: held & 1 != 0 || last == 'Z', alt: held & 2 != 0, ctrl: held & 4 != 0 })
        }
        None => Tail::Other,
    }
}

fn named(last: char, number: u8) -> Option<KeyName> {
    Some(match (last, number) {
        ('A', _) => KeyName::Up,
        ('B', _) => KeyName::Down,
        ('C', _) => KeyName::Right,
        ('D', _) => KeyName::Left,
        ('H', _) | ('~', 1 | 7) => KeyName::Home,
        ('F', _) | ('~', 4 | 8) => KeyName::End,
        ('Z', _) => KeyName::Tab,
        ('P', _) => KeyName::F(1),
        ('Q', _) => KeyName::F(2),
        ('R', _) => KeyName::F(3),
        ('S', _) => KeyName::F(4),
        ('~', 3) => KeyName::Delete,
        ('~', 5) => KeyName::PageUp,
        ('~', 6) => KeyName::PageDown,
        ('~', 11..=15) => KeyName::F(number - 10),
        ('~', 17..=21) => KeyName::F(number - 11),
        ('~', 23..=24) => KeyName::F(number - 12),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins keys in words; `…` is a pause that is longer than a part of a sequence is waited for.
    fn joined(names: &str) -> String {
        let mut joining = Joining::default();
        let mut rest: std::collections::VecDeque<&str> = names.split(' ').collect();
        let mut all = Vec::new();
        while let Some(name) = rest.pop_front() {
            if name == "…" {
                continue;
            }
            let read = |_: Duration| -> Result<Option<Input>, ()> {
                Ok(match rest.front() {
                    Some(&"…") | None => None,
                    Some(_) => rest.pop_front().map(key),
                })
            };
            all.extend(joining.join(key(name), read).expect("nothing fails"));
        }
        let words = all.iter().map(|input| match input {
            Input::Key(chord) => chord.to_string(),
            Input::Paste(text) => format!("paste {text:?}"),
            other => format!("{other:?}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn key(name: &str) -> Input {
        Input::Key(name.parse().expect("a key"))
    }

    #[test]
    fn a_key_whose_first_byte_came_alone_is_that_key() {
        assert_eq!(joined("q esc [ B x"), "q down x");
        assert_eq!(joined("esc O A"), "up");
        assert_eq!(joined("esc [ 5 ~"), "pageup");
        assert_eq!(joined("esc [ 1 ; 5 C"), "ctrl-right");
        assert_eq!(joined("esc [ Z"), "shift-tab");
        assert_eq!(joined("esc [ 2 4 ~"), "f12");
        assert_eq!(joined("esc [ 9 9 ~ x"), "x", "a sequence without a meaning runs nothing");
        assert_eq!(joined("esc [ < 0 ; 3 ; 4 M x"), "x");
    }

    #[test]
    fn the_rest_of_a_sequence_that_comes_late_runs_nothing() {
        assert_eq!(joined("esc … [ B x"), "esc x");
        assert_eq!(joined("esc … [ 1 ; 5 C x"), "esc x");
        assert_eq!(joined("esc … O B"), "esc");
        assert_eq!(joined("esc [ … B x"), "esc [ x");
        assert_eq!(joined("esc … [ … B x"), "esc [ x");
    }

    #[test]
    fn pasted_text_whose_start_was_cut_is_text_and_no_commands() {
        assert_eq!(joined("esc [ 2 0 0 ~ q enter B"), "paste \"q\\nB\"");
        assert_eq!(joined("esc … [ 2 0 0 ~ q B … x"), "esc paste \"qB\" x");
    }

    #[test]
    fn what_is_typed_stays_as_it_is() {
        for typed in ["esc", "esc … q", "esc q", "a [ B", "esc … [ …", "esc esc", "O k", "esc 1 [ B"] {
            assert_eq!(joined(typed), typed.replace(" …", ""), "{typed}");
        }
    }
}

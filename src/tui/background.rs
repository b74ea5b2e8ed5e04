//! What is behind the letters, asked of the terminal once, after the first frame, so that it holds nothing up. Ours rather
//! than a library: those read the terminal themselves and drop the keys that a quick hand typed meanwhile, and crossterm
//! cannot be told of them. Here they are read as keys.

use std::time::Duration;

use crate::command::{Chord, KeyName};
use crate::os::{Background, Stopwatch, read_waiting, readable, tell_terminal};

/// The colour behind the letters (xterm's OSC 11), and then what every terminal answers (primary device attributes), so
/// that one which does not know the first is not waited for.
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";
/// How long an answer is waited for; over a slow line it comes too late, and the theme stays.
const LIMIT: Duration = Duration::from_millis(100);

/// What the terminal said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// What is behind the letters; `None` if it did not say.
    pub background: Option<Background>,
    /// Keys that were pressed meanwhile.
    pub keys: Vec<Chord>,
}

/// A question that is on its way. Until it is answered or given up nobody else may read the terminal.
#[derive(Debug)]
pub struct Asking {
    since: Stopwatch,
    bytes: Vec<u8>,
}

impl Asking {
    /// Asks; not if something waits to be read already, as that could not be told apart from the answer.
    #[must_use]
    pub fn begin() -> Option<Self> {
        (!readable(Duration::ZERO) && tell_terminal(QUESTION))
            .then(|| Self { since: Stopwatch::start(), bytes: Vec::new() })
    }

    /// Listens for so long; an answer ends it, and so does the time limit.
    pub fn listen(&mut self, within: Duration) -> Option<Answer> {
        self.bytes.extend(read_waiting(within));
        (attributes(&self.bytes).is_some() || self.since.elapsed() >= LIMIT).then(|| read(&self.bytes))
    }
}

/// Where the answer about device attributes begins and ends: `ESC [ ? … c`.
fn attributes(bytes: &[u8]) -> Option<(usize, usize)> {
    let from = bytes.windows(3).position(|window| window == b"\x1b[?")?;
    let rest = bytes.get(from + 3..)?;
    let end = rest.iter().position(|byte| !(byte.is_ascii_digit() || *byte == b';'))?;
    (rest.get(end) == Some(&b'c')).then_some((from, from + 3 + end + 1))
}

/// Where the answer about the colour begins and ends, and what it says.
fn colour(bytes: &[u8]) -> Option<(usize, usize, &[u8])> {
    let from = bytes.windows(5).position(|window| window == b"\x1b]11;")?;
    let rest = bytes.get(from + 5..)?;
    let end = rest.iter().position(|byte| matches!(byte, 7 | 0x1b))?;
    let close = if rest.get(end) == Some(&7) { 1 } else { 2 };
    Some((from, from + 5 + end + close, rest.get(..end)?))
}

fn read(bytes: &[u8]) -> Answer {
    let mut typed = bytes.to_vec();
    let background = colour(bytes).and_then(|(.., words)| shade(words));
    if let Some((from, to, _)) = colour(&typed) {
        typed.drain(from..to.min(typed.len()));
    }
    if let Some((from, to)) = attributes(&typed) {
        typed.drain(from..to);
    }
    Answer { background, keys: keys(&typed) }
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

/// What was typed, as far as plain bytes tell: letters, enter, tab, backspace, escape, letters with control.
fn keys(bytes: &[u8]) -> Vec<Chord> {
    let text = String::from_utf8_lossy(bytes);
    let mut keys = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let key = match c {
            '\r' | '\n' => KeyName::Enter,
            '\t' => KeyName::Tab,
            '\u{7f}' | '\u{8}' => KeyName::Backspace,
            '\u{1b}' => match letters.next_if(|next| matches!(next, '[' | 'O')) {
                Some(_) => {
                    // Up to the letter that ends it; arrows are worth knowing, the rest is dropped.
                    let end = letters.find(|c| c.is_ascii_alphabetic() || *c == '~');
                    match end {
                        Some('A') => KeyName::Up,
                        Some('B') => KeyName::Down,
                        Some('C') => KeyName::Right,
                        Some('D') => KeyName::Left,
                        _ => continue,
                    }
                }
                None => KeyName::Esc,
            },
            c @ '\u{1}'..='\u{1a}' => {
                let letter = char::from(b'a' + u8::try_from(u32::from(c) - 1).unwrap_or(0));
                keys.push(Chord { ctrl: true, ..Chord::plain(KeyName::Char(letter)) });
                continue;
            }
            c if c.is_control() || c == char::REPLACEMENT_CHARACTER => continue,
            c => KeyName::Char(c),
        };
        keys.push(Chord::plain(key));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_terminals_are_understood_and_keys_between_them_are_kept() {
        let light = b"\x1b]11;rgb:ffff/fdfd/e3e3\x1b\\\x1b[?64;1;2c";
        assert_eq!(read(light), Answer { background: Some(Background::Light), keys: Vec::new() });
        let dark = b"/ri\x1b]11;rgb:1e/1e/2e\x07sk\x1b[?1;2c\r\x1b[B\x11";
        let answer = read(dark);
        assert_eq!(answer.background, Some(Background::Dark));
        let keys: Vec<String> = answer.keys.iter().map(ToString::to_string).collect();
        assert_eq!(keys, ["/", "r", "i", "s", "k", "enter", "down", "ctrl-q"]);
        assert_eq!(read(b"\x1b[?6c"), Answer::default());
        assert_eq!(read(b""), Answer::default());
        for odd in [&b"\x1b]11;rgb:zz/00/00\x07"[..], b"\x1b]11;", b"\x1b]11;rgb:1/2\x07\x1b[?", b"\xff\xfe\x1b"] {
            assert_eq!(read(odd).background, None, "{odd:?}");
        }
    }
}

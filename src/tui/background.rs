//! What is behind the letters, asked of the terminal once, after the first frame, so that it holds nothing up. Ours rather
//! than a library: those read the terminal themselves and drop the keys that a quick hand typed meanwhile, and crossterm
//! cannot be told of them. Here they are read as keys.

use std::time::Duration;

use super::term::Input;
use crate::command::{Chord, KeyName};
use crate::os::{Background, Stopwatch, read_waiting, readable, tell_terminal};

/// The colour behind the letters (xterm's OSC 11), and then what every terminal answers (primary device attributes), so
/// that one which does not know the first is not waited for.
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";
/// How long an answer is waited for; over a slow line it comes too late, and the theme stays.
const LIMIT: Duration = Duration::from_millis(100);

/// How long the end of a paste is waited for.
const PASTING: Duration = Duration::from_secs(2);
/// What stands around pasted text.
const PASTE: &str = "\x1b[200~";
const PASTED: &str = "\x1b[201~";

/// What was heard so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// What is behind the letters; `None` if it did not say.
    pub background: Option<Background>,
    /// What was typed and pasted meanwhile.
    pub typed: Vec<Input>,
    /// How the question stands.
    pub state: Asked,
}

/// How a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asked {
    /// It may still be answered.
    #[default]
    Waiting,
    /// The terminal has said what it had to say.
    Answered,
    /// It was given up; the answer may come among what is typed.
    GivenUp,
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

    /// Listens for so long; an answer ends it, and so does the time limit. What cannot be a part of the answer is handed
    /// on at once, so that no key waits for a terminal that has nothing to say.
    pub fn listen(&mut self, within: Duration) -> Answer {
        self.bytes.extend(read_waiting(within));
        let over = self.since.elapsed() >= LIMIT;
        // Half of a paste must not be read as keys, and the other half by somebody else.
        let pasting = count(&self.bytes, PASTE) > count(&self.bytes, PASTED) && self.since.elapsed() < PASTING;
        if pasting {
            return Answer::default();
        }
        if attributes(&self.bytes).is_some() || over {
            return read(&std::mem::take(&mut self.bytes));
        }
        let plain = self.bytes.iter().position(|byte| *byte == 0x1b).unwrap_or(self.bytes.len());
        // The beginning of a letter of several bytes waits for the rest of it.
        let whole = match std::str::from_utf8(self.bytes.get(..plain).unwrap_or_default()) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => plain,
        };
        let typed: Vec<u8> = self.bytes.drain(..whole).collect();
        Answer { typed: inputs(&typed), ..Answer::default() }
    }
}

/// An answer that comes when nobody waits for it any more, and so among the keys: `alt-]`, the letters of the colour, and
/// `alt-\` or `ctrl-g` at its end. Typed into a screen it would run commands. It may come in pieces, and then `alt-]` is
/// `esc` and `]`, however long after it on a busy machine.
#[derive(Debug)]
pub struct LateAnswer {
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

impl Default for LateAnswer {
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

impl LateAnswer {
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
    let state = if attributes(bytes).is_some() { Asked::Answered } else { Asked::GivenUp };
    Answer { background, typed: inputs(&typed), state }
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

fn count(bytes: &[u8], part: &str) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part.as_bytes()).count()
}

/// What was typed and pasted.
fn inputs(bytes: &[u8]) -> Vec<Input> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    let mut inputs = Vec::new();
    while let Some((typed, pasted)) = rest.split_once(PASTE) {
        inputs.extend(keys(typed).into_iter().map(Input::Key));
        let (paste, after) = pasted.split_once(PASTED).unwrap_or((pasted, ""));
        inputs.push(Input::Paste(paste.to_owned()));
        rest = after;
    }
    inputs.extend(keys(rest).into_iter().map(Input::Key));
    inputs
}

/// Keys, as far as plain bytes tell: letters, also with control or alt, enter, tab, backspace, escape, arrows.
fn keys(text: &str) -> Vec<Chord> {
    let mut keys = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let key = match c {
            '\r' | '\n' => KeyName::Enter,
            '\t' => KeyName::Tab,
            '\u{7f}' | '\u{8}' => KeyName::Backspace,
            '\u{1b}' => match letters.next_if(|next| !next.is_control()) {
                Some('[' | 'O') => {
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
                Some(letter) => {
                    keys.push(Chord { alt: true, ..Chord::plain(KeyName::Char(letter)) });
                    continue;
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
        let answered = Answer { state: Asked::Answered, ..Answer::default() };
        assert_eq!(read(light), Answer { background: Some(Background::Light), ..answered.clone() });
        let dark = b"/ri\x1b]11;rgb:1e/1e/2e\x07sk\x1b[?1;2c\r\x1b[B\x1bm\x1b[200~q\rx\x1b[201~\x11";
        let answer = read(dark);
        assert_eq!(answer.background, Some(Background::Dark));
        let name = |input: &Input| match input {
            Input::Key(chord) => chord.to_string(),
            other => format!("{other:?}"),
        };
        let typed: Vec<String> = answer.typed.iter().map(name).collect();
        assert_eq!(typed, ["/", "r", "i", "s", "k", "enter", "down", "alt-m", "Paste(\"q\\rx\")", "ctrl-q"]);
        assert_eq!(read(b"\x1b[?6c"), answered);
        assert_eq!(read(b""), Answer { state: Asked::GivenUp, ..Answer::default() });
        for odd in [&b"\x1b]11;rgb:zz/00/00\x07"[..], b"\x1b]11;", b"\x1b]11;rgb:1/2\x07\x1b[?", b"\xff\xfe\x1b"] {
            assert_eq!(read(odd).background, None, "{odd:?}");
        }
    }

    /// Keys by name.
    fn sifted(late: &mut LateAnswer, names: &str) -> Vec<Sifted> {
        names.split(' ').map(|name| late.sift(Input::Key(name.parse().expect("a key")))).collect()
    }

    #[test]
    fn an_answer_that_comes_late_is_no_keys() {
        let mut late = LateAnswer::default();
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
        let mut late = LateAnswer::default();
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

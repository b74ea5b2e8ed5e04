//! The plain mode's loop: a line in, its messages through the core, each effect done at once, sentences out. There is no
//! worker thread: nobody waits for a frame, and what was typed is on the disk before the next prompt, so that a closed
//! window or ctrl-c costs at most the line that is being typed.

use std::io::{self, BufRead, Read, Write};

use super::outside::edit_below;
use super::perform::{opened, perform};
use crate::app::{
    DraftReply, Effect, Model, Msg, Notice, Offer, RecordsReply, TerminalJob, TerminalReply, update, wrapped,
};
use crate::command::Command;
use crate::desk::{Desk, OpenOptions};
use crate::domain::{Fault, clean};
use crate::error::{Error, ErrorKind};
use crate::os::{Env, FileError, LongWatch, quiet_terminal, read_written_from, terminal_columns};
use crate::plain::Talk;

/// Most bytes of a line; the rest of a longer one is left out. A text holds fewer characters.
const MOST_BYTES: u64 = 256 * 1024;

/// Most bytes of a file in UTF-16.
const MOST_FED: u64 = 16 * 1024 * 1024;

/// Narrowest terminal whose width is heeded.
const FEWEST_COLUMNS: usize = 20;

/// Whether what is typed can be seen already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Somebody types, and the terminal shows it after the prompt.
    Shown,
    /// It comes from a file or a program: each line is written after its prompt, so that a transcript reads as a
    /// conversation.
    Unseen,
}

/// How a conversation is held.
#[derive(Debug, Clone)]
pub struct PlainOptions {
    /// What the environment asks for: which letters can be shown, which editor is wanted.
    pub env: Env,
    /// Whether what is typed can be seen.
    pub typed: Typed,
    /// Minutes without a line after which the records are put away; 0 for never.
    pub lock_after: u64,
    /// Whether a passphrase is offered after the first save.
    pub ask_passphrase: bool,
    /// What is wrong with the settings.
    pub faults: Vec<Fault>,
}

/// A conversation over an open desk.
struct Lines<W> {
    desk: Desk,
    model: Model,
    talk: Talk,
    out: W,
    env: Env,
    /// Nobody reads any more.
    closed: bool,
    /// Why nobody can, where it is not that they went away.
    unread: Option<io::Error>,
    /// What could not be kept, in the words of the last attempt.
    lost: Option<String>,
}

/// Runs the plain mode until the person leaves or there are no more lines. What is begun then waits as a draft.
///
/// # Errors
/// When the records cannot be opened, or the last words were not saved.
pub fn lines(
    opening: &OpenOptions,
    reflect_on: Option<String>,
    manner: PlainOptions,
    input: impl BufRead,
    out: impl Write,
) -> Result<(), Error> {
    let running = LongWatch::start();
    let PlainOptions { env, typed, lock_after, ask_passphrase, faults } = manner;
    let charset = env.charset;
    let mut input = Fed { input: Box::new(input), looked_at: false, read_as: None };
    let mut desk = Desk::open_telling(opening, |_, _| {})?;
    // Whoever feeds lines to it from a file is told by the exit code; somebody who sits there can look for a backup.
    if typed == Typed::Unseen && desk.shut().is_some_and(|shut| !shut.locked) {
        return Err(Desk::open(opening)
            .err()
            .map_or_else(|| Error::input("the records cannot be opened", ""), Error::from));
    }
    desk.sit_down();
    let everything = opened(&mut desk, reflect_on)?;
    let mut model = Model::new(desk.today(), opening.demo);
    model.shell.watch.after = lock_after * 60;
    model.shell.watch.offer = if ask_passphrase && !opening.demo { Offer::Sentence } else { Offer::Never };
    let mut lines = Lines { desk, model, talk: Talk::default(), out, env, closed: false, unread: None, lost: None };
    let mut notices = lines.send(Msg::Opened(Box::new(everything)));
    lines.model.take_faults(faults);
    notices.extend(lines.model.person.notice.take());
    let said = lines.talk.begin(&lines.model, &notices);
    lines.say(&said);
    let mut unread = None;
    while !lines.model.shell.quit && !lines.closed {
        let prompt = Talk::prompt(&lines.model);
        if typed == Typed::Shown {
            lines.put(prompt);
        }
        let secret = lines.model.is_secret();
        let quiet = (secret && typed == Typed::Shown).then(quiet_terminal);
        let read = input.line().unwrap_or_else(|error| {
            unread = Some(error);
            None
        });
        if quiet.is_some() {
            drop(quiet);
            lines.put("\n");
        }
        let Some(bytes) = read else {
            lines.put(if typed == Typed::Shown { "\n" } else { "" });
            break;
        };
        if let Some(encoding) = input.read_as.take() {
            lines.say(&[format!("These lines were read as {encoding}.")]);
        }
        let line = charset.text(&bytes);
        if typed == Typed::Unseen {
            let seen = if secret { "(not shown)" } else { line.trim_end_matches(['\n', '\r']) };
            lines.put(&format!("{prompt}{}\n", clean(seen)));
        }
        lines.model.shell.now = running.elapsed().as_secs();
        let today = lines.desk.today();
        lines.send(Msg::Day(today));
        lines.answer(&line);
    }
    lines.end()?;
    unread.map_or(Ok(()), |error| Err(Error::input(format!("standard input: {error}"), "split it into several files")))
}

/// What is typed or fed.
struct Fed<'a> {
    input: Box<dyn BufRead + 'a>,
    looked_at: bool,
    /// The encoding, where it was read whole in another one.
    read_as: Option<&'static str>,
}

/// It begins with the mark of UTF-16, or with two letters of it: every other byte is nothing, as in no text of another kind.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, b, c, d, ..] => [*a != 0, *b != 0] == [*c != 0, *d != 0] && (*a == 0) != (*b == 0),
        _ => false,
    }
}

impl Fed<'_> {
    /// The next line with its end; `None` when there is none any more. Lines in UTF-16, which a file from a Windows editor
    /// has and nobody types, are read whole and passed on as UTF-8.
    fn line(&mut self) -> Result<Option<Vec<u8>>, FileError> {
        let first = !std::mem::replace(&mut self.looked_at, true);
        if first && self.input.fill_buf().is_ok_and(looks_like_utf16) {
            let read = read_written_from(&mut self.input, MOST_FED)?;
            self.read_as = read.read_as;
            self.input = Box::new(io::Cursor::new(read.text.into_bytes()));
        }
        Ok(read_line(&mut *self.input))
    }
}

/// The next line with its end; `None` when there is none any more.
fn read_line(input: &mut dyn BufRead) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match Read::take(&mut *input, MOST_BYTES).read_until(b'\n', &mut bytes) {
        // A terminal that has gone away fails; there is nobody to tell.
        Ok(0) | Err(_) => None,
        Ok(_) => {
            if !bytes.ends_with(b"\n") {
                skip_line(input);
            }
            Some(bytes)
        }
    }
}

/// The rest of a line that is too long goes: taken for a line of its own it would mean something else.
fn skip_line(input: &mut dyn BufRead) {
    loop {
        let (used, ended) = match input.fill_buf() {
            Ok(buffer) if !buffer.is_empty() => match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            },
            _ => return,
        };
        input.consume(used);
        if ended {
            return;
        }
    }
}

impl<W: Write> Lines<W> {
    fn answer(&mut self, line: &str) {
        let heard = self.talk.parse(&self.model, line);
        let notices: Vec<Notice> = heard.msgs.into_iter().flat_map(|msg| self.send(msg)).collect();
        let said = self.talk.render(&self.model, &heard.then, &notices);
        self.say(&said);
    }

    /// Sends a message and performs what comes of it, until nothing more does; gives everything the core said.
    fn send(&mut self, msg: Msg) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut waiting = update(&mut self.model, msg);
        notices.extend(self.model.person.notice.take());
        while !waiting.is_empty() {
            let outcome = match waiting.remove(0) {
                Effect::Terminal(TerminalJob::EditOutside(text)) => {
                    Msg::Terminal(TerminalReply::Edited(edit_below(&text, &self.env)))
                }
                effect => perform(&mut self.desk, effect),
            };
            if let Msg::Failed(why)
            | Msg::Records(RecordsReply::NotSaved(why) | RecordsReply::NotWithdrawn(why))
            | Msg::Draft(DraftReply::AnswerNotKept(why) | DraftReply::TextNotKept(_, why)) = &outcome
            {
                self.lost = Some(why.clone());
            }
            waiting.extend(update(&mut self.model, outcome));
            notices.extend(self.model.person.notice.take());
        }
        notices
    }

    /// Keeps everything that is begun, and says what could not be kept.
    fn end(mut self) -> Result<(), Error> {
        self.lost = None;
        self.send(Msg::Run(Command::Quit));
        let words = match &self.lost {
            None if self.model.shell.demo => "Cairn ends; the demonstration keeps nothing.",
            None => "Cairn ends; everything that you wrote is kept.",
            Some(_) => "Cairn ends.",
        };
        self.say(&[words.to_owned()]);
        if let Some(message) = self.lost {
            return Err(Error { kind: ErrorKind::Records, message, hint: String::new() });
        }
        match self.unread {
            Some(error) => Err(Error {
                kind: ErrorKind::Records,
                message: format!("standard output could not be written, and the conversation has ended: {error}"),
                hint: "what you wrote is kept; make room where the output goes".to_owned(),
            }),
            None => Ok(()),
        }
    }

    fn say(&mut self, said: &[String]) {
        // A terminal that says how wide it is gets whole words in its rows; a file or a pipe gets one statement a line.
        let columns = terminal_columns().filter(|columns| *columns >= FEWEST_COLUMNS);
        let mut text = String::new();
        for line in said.iter().map(|line| shown(line)) {
            match columns {
                Some(columns) => text.push_str(&wrapped(&line, columns).join("\n")),
                None => text.push_str(&line),
            }
            text.push('\n');
        }
        self.put(&text);
    }

    /// Writes at once. A reader that has gone away ends the conversation, and is no fault.
    fn put(&mut self, text: &str) {
        let done = self.out.write_all(&self.env.charset.bytes(text)).and_then(|()| self.out.flush());
        let Err(error) = done else { return };
        self.closed |= error.kind() != io::ErrorKind::Interrupted;
        if !matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::BrokenPipe) {
            self.unread.get_or_insert(error);
        }
    }
}

/// A line without anything that could move a cursor, whoever wrote it.
fn shown(line: &str) -> String {
    clean(line).replace('\n', " ")
}

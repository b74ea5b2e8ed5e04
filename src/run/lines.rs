//! The loop of plain mode: reads a line, passes its messages to the core, performs each effect immediately, prints
//! sentences. There is no worker thread, because there are no frames to delay. Input is on the disk before the next
//! prompt, so a closed window or Ctrl-C loses at most the current line.

use std::io::{self, BufRead, Read, Write};

use super::outside::edit_below;
use super::perform::{opened, perform};
use crate::app::{
    DraftReply, Effect, Model, Msg, Notice, Offer, RecordsReply, TerminalJob, TerminalReply, update, wrapped,
};
use crate::command::{Command, Keymap};
use crate::config::Settings;
use crate::desk::{Desk, OpenOptions};
use crate::domain::{Fault, clean};
use crate::error::{Error, ErrorKind};
use crate::os::{Env, FileError, LongWatch, quiet_terminal, read_written_from, terminal_columns};
use crate::plain::Talk;

/// Maximum number of bytes of a line; the rest of a longer one is ignored. A text may have fewer characters.
const MOST_BYTES: u64 = 256 * 1024;

/// Maximum number of bytes of input in UTF-16.
const MOST_FED: u64 = 16 * 1024 * 1024;

/// Minimum width in columns of a terminal for lines to be wrapped.
const FEWEST_COLUMNS: usize = 20;

/// Printed after private lines were hidden, the records were locked or another person's records were opened: lines that
/// were printed cannot be taken back.
const STAYS_ABOVE: &str =
    "What was written before stays above in this window. Clear it before another person reads, or open a new one.";

/// Whether the input is visible without being printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Typed at a terminal, which shows it after the prompt.
    Shown,
    /// From a file or a program: each line is printed after its prompt, so that a transcript is readable.
    Unseen,
}

/// Options for plain mode.
#[derive(Debug, Clone)]
pub struct PlainOptions {
    /// The environment: character set and editor.
    pub env: Env,
    /// Whether the input is visible.
    pub typed: Typed,
    /// The user's settings.
    pub settings: Settings,
    /// Faults in the settings.
    pub faults: Vec<Fault>,
}

/// A plain mode session with an open desk.
struct Lines<W> {
    desk: Desk,
    model: Model,
    talk: Talk,
    out: W,
    env: Env,
    /// The output has been closed.
    closed: bool,
    /// The error when writing the output, unless its reader has gone.
    unread: Option<io::Error>,
    /// Why something could not be saved, from the last attempt.
    lost: Option<String>,
}

/// Runs plain mode until the user quits or the input ends. Unfinished text is then kept as drafts.
///
/// # Errors
/// Returns an error if the records cannot be opened, text could not be saved, or input or output failed.
pub fn lines(
    opening: &OpenOptions,
    reflect_on: Option<String>,
    manner: PlainOptions,
    input: impl BufRead,
    out: impl Write,
) -> Result<(), Error> {
    let running = LongWatch::start();
    let PlainOptions { env, typed, settings, faults } = manner;
    let charset = env.charset;
    let mut input = Fed { input: Box::new(input), looked_at: false, read_as: None };
    let mut desk = Desk::open_telling(opening, |_, _| {})?;
    // A program that feeds lines needs an exit code; an interactive user can look for a backup.
    if typed == Typed::Unseen && desk.shut().is_some_and(|shut| !shut.locked) {
        return Err(Desk::open(opening)
            .err()
            .map_or_else(|| Error::input("Cairn cannot open the records", ""), Error::from));
    }
    desk.sit_down();
    let everything = opened(&mut desk, reflect_on)?;
    let mut model = Model::new(desk.today(), opening.demo);
    // Lines name no keys, so those that the user changed are not used.
    model.shell.settings = Settings { keymap: Keymap::default(), ..settings.clone() };
    model.shell.watch.after = settings.lock_after;
    model.shell.watch.offer = if settings.ask_passphrase && !opening.demo { Offer::Sentence } else { Offer::Never };
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
            lines.say(&[format!("Cairn read these lines as {encoding}.")]);
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

/// The input.
struct Fed<'a> {
    input: Box<dyn BufRead + 'a>,
    looked_at: bool,
    /// The encoding, if the input was converted from another one.
    read_as: Option<&'static str>,
}

/// Returns whether the input starts with a UTF-16 byte order mark or two UTF-16 characters, in which every other byte
/// is zero.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, b, c, d, ..] => [*a != 0, *b != 0] == [*c != 0, *d != 0] && (*a == 0) != (*b == 0),
        _ => false,
    }
}

impl Fed<'_> {
    /// Returns the next line with its line end; `None` at the end. Input in UTF-16, such as a file from a Windows
    /// editor, is read completely and converted to UTF-8.
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

/// Returns the next line with its line end; `None` at the end.
fn read_line(input: &mut dyn BufRead) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match Read::take(&mut *input, MOST_BYTES).read_until(b'\n', &mut bytes) {
        // Reading fails when the terminal is gone; nobody can see a message then.
        Ok(0) | Err(_) => None,
        Ok(_) => {
            if !bytes.ends_with(b"\n") {
                skip_line(input);
            }
            Some(bytes)
        }
    }
}

/// Skips the rest of a line that is too long; as a separate line it would have another meaning.
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
        let was_shown = self.model.person.show_private;
        let notices: Vec<Notice> = heard.msgs.into_iter().flat_map(|msg| self.send(msg)).collect();
        let mut said = self.talk.render(&self.model, &heard.then, &notices);
        if was_shown && !self.model.person.show_private {
            said.push(STAYS_ABOVE.to_owned());
        }
        self.say(&said);
    }

    /// Sends a message and performs the resulting effects until there are none; returns all notices.
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

    /// Saves all unfinished text and reports what could not be saved.
    fn end(mut self) -> Result<(), Error> {
        self.lost = None;
        self.send(Msg::Run(Command::Quit));
        let words = match &self.lost {
            None if self.model.shell.demo => "You have left Cairn. The demo saved nothing.",
            None => "You have left Cairn. Everything you wrote is saved.",
            Some(_) => "You have left Cairn.",
        };
        self.say(&[words.to_owned()]);
        if let Some(message) = self.lost {
            return Err(Error { kind: ErrorKind::Records, message, hint: String::new() });
        }
        match self.unread {
            Some(error) => Err(Error {
                kind: ErrorKind::Records,
                message: format!("Cairn stopped, because it could not write its output: {error}"),
                hint: "what you wrote is saved. Make room where the output goes".to_owned(),
            }),
            None => Ok(()),
        }
    }

    fn say(&mut self, said: &[String]) {
        // On a terminal of known width, lines are wrapped at words; in a file or pipe, each statement is one line.
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

    /// Writes and flushes. A reader that has gone ends the session and is not an error.
    fn put(&mut self, text: &str) {
        let done = self.out.write_all(&self.env.charset.bytes(text)).and_then(|()| self.out.flush());
        let Err(error) = done else { return };
        self.closed |= error.kind() != io::ErrorKind::Interrupted;
        if !matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::BrokenPipe) {
            self.unread.get_or_insert(error);
        }
    }
}

/// Returns a line without anything that could move the cursor.
fn shown(line: &str) -> String {
    clean(line).replace('\n', " ")
}

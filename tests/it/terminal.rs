//! The real binary in a pseudo-terminal, with an emulator that interprets its output. Every wait is for a text on that
//! screen or for the end of the program, with a deadline.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "deadlines are real time")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::binary::Cairn;

/// Long enough for a debug build on a loaded machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// The output of the program so far, as bytes and as a screen.
struct Seen {
    bytes: Vec<u8>,
    emulator: vt100::Parser,
}

/// The program in its terminal.
pub(crate) struct Tui {
    /// `None` once its end has been waited for.
    child: Option<Box<dyn Child + Send + Sync>>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    seen: Arc<Mutex<Seen>>,
    gone: Arc<AtomicBool>,
    frozen: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, ..PtySize::default() }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("at least one cell")
}

impl Tui {
    /// Starts the program at 80x24 with these arguments.
    pub(crate) fn start(cairn: &Cairn, args: &[&str]) -> Self {
        Self::start_in(cairn, args, &[])
    }

    /// Like [`Tui::start`], with additional environment variables.
    pub(crate) fn start_in(cairn: &Cairn, args: &[&str], env: &[(&str, &str)]) -> Self {
        Self::unasked(cairn, CommandBuilder::new(env!("CARGO_BIN_EXE_cairn")), args, env)
    }

    /// Starts the program without the offer of a passphrase, which would cover the screen after the first save.
    fn unasked(cairn: &Cairn, command: CommandBuilder, args: &[&str], env: &[(&str, &str)]) -> Self {
        let settings = cairn.file("settings.toml", "ask_passphrase = false\n");
        let settings = settings.to_str().expect("a path of the test");
        Self::started(cairn, command, &[&["--config", settings][..], args].concat(), env)
    }

    /// Starts the program with default settings.
    pub(crate) fn start_as_it_comes(cairn: &Cairn, args: &[&str]) -> Self {
        Self::started(cairn, CommandBuilder::new(env!("CARGO_BIN_EXE_cairn")), args, &[])
    }

    /// Starts a shell with job control on this script, in which `"$@"` is the program with these arguments.
    pub(crate) fn in_shell(cairn: &Cairn, script: &str, args: &[&str], env: &[(&str, &str)]) -> Self {
        let mut shell = CommandBuilder::new("/bin/sh");
        shell.args(["-c", &format!("set -m; {script}"), "sh", env!("CARGO_BIN_EXE_cairn")]);
        Self::unasked(cairn, shell, args, env)
    }

    fn started(cairn: &Cairn, mut command: CommandBuilder, args: &[&str], env: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).expect("a pseudo-terminal");
        command.env_clear();
        for (name, value) in [("HOME", cairn.path("home").as_os_str()), ("TERM", "xterm-256color".as_ref())] {
            command.env(name, value);
        }
        command.env("TZ", "UTC");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in env {
            command.env(name, value);
        }
        command.cwd(cairn.path(""));
        command.args(["--today", "2026-11-22", "--data-dir"]);
        command.arg(cairn.data());
        command.args(args);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let keyboard = pair.master.take_writer().expect("a writer");
        let mut from = pair.master.try_clone_reader().expect("a reader");
        let emulator = vt100::Parser::new(cells(24), cells(80), 0);
        let seen = Arc::new(Mutex::new(Seen { bytes: Vec::new(), emulator }));
        let gone = Arc::new(AtomicBool::new(false));
        let frozen = Arc::new(AtomicBool::new(false));
        let reader = {
            let (seen, gone, frozen) = (Arc::clone(&seen), Arc::clone(&gone), Arc::clone(&frozen));
            std::thread::spawn(move || {
                let mut buffer = [0; 8192];
                while let Ok(read @ 1..) = from.read(&mut buffer) {
                    while frozen.load(Ordering::SeqCst) {
                        std::thread::sleep(Duration::from_millis(5));
                    }
                    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                    let new = buffer.get(..read).unwrap_or_default();
                    seen.bytes.extend_from_slice(new);
                    seen.emulator.process(new);
                    if gone.load(Ordering::SeqCst) {
                        return;
                    }
                }
            })
        };
        Self {
            child: Some(child),
            master: Some(pair.master),
            keyboard: Some(keyboard),
            seen,
            gone,
            frozen,
            reader: Some(reader),
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the text on the screen.
    pub(crate) fn screen(&self) -> String {
        self.seen().emulator.screen().contents()
    }

    /// Inspects the emulated screen.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&vt100::Screen) -> T) -> T {
        question(self.seen().emulator.screen())
    }

    /// Returns whether some bytes were written so far.
    pub(crate) fn wrote(&self, bytes: &str) -> bool {
        self.seen().bytes.windows(bytes.len()).any(|window| window == bytes.as_bytes())
    }

    /// Returns how often some bytes were written so far.
    pub(crate) fn count(&self, bytes: &str) -> usize {
        self.seen().bytes.windows(bytes.len()).filter(|window| *window == bytes.as_bytes()).count()
    }

    /// Returns the row of the screen that contains a text, counted from 1 as in mouse reports.
    pub(crate) fn row_of(&mut self, text: &str) -> usize {
        self.see(text);
        self.screen().lines().position(|line| line.contains(text)).expect("seen") + 1
    }

    /// Stops reading the program's output, or resumes it.
    pub(crate) fn freeze(&self, frozen: bool) {
        self.frozen.store(frozen, Ordering::SeqCst);
    }

    /// Makes the terminal report a size of no columns and no rows.
    pub(crate) fn size_of_nothing(&mut self) -> &mut Self {
        self.master.as_ref().expect("the window is open").resize(size(0, 0)).expect("the terminal can be resized");
        self
    }

    /// Waits until a predicate holds for the screen.
    pub(crate) fn until(&mut self, what: &str, passes: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let since = Instant::now();
        while !self.ask(&passes) {
            assert!(since.elapsed() < DEADLINE, "waited for {what}, and the screen is\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
        self
    }

    /// Waits until some bytes were written.
    pub(crate) fn until_written(&mut self, bytes: &str) -> &mut Self {
        let since = Instant::now();
        while !self.wrote(bytes) {
            assert!(since.elapsed() < DEADLINE, "waited for {bytes:?}, and the screen is\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
        self
    }

    /// Waits until a text is on the screen.
    pub(crate) fn see(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contents().contains(text))
    }

    /// Types keys.
    pub(crate) fn send(&mut self, keys: &str) -> &mut Self {
        let keyboard = self.keyboard.as_mut().expect("the window is open");
        keyboard.write_all(keys.as_bytes()).and_then(|()| keyboard.flush()).expect("the terminal takes keys");
        self
    }

    /// Writes on the screen as another program would.
    pub(crate) fn scribble(&mut self, text: &str) -> &mut Self {
        self.seen().emulator.process(text.as_bytes());
        self
    }

    /// Pastes a text, as a terminal with bracketed paste does.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(&format!("\x1b[200~{text}\x1b[201~"))
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.seen().emulator.set_size(cells(rows), cells(columns));
        self.master
            .as_ref()
            .expect("the window is open")
            .resize(size(columns, rows))
            .expect("the terminal can be resized");
        self
    }

    /// Sends a signal by name.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.as_ref().and_then(|child| child.process_id()).expect("it runs").to_string();
        let sent = std::process::Command::new("kill").args(["-s", name, &pid]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{name} could not be sent");
    }

    /// Closes the terminal as a user closes its window, and waits for the end of the program.
    pub(crate) fn close_window(mut self) -> u32 {
        self.gone.store(true, Ordering::SeqCst);
        // The reader holds the terminal open while it waits; something to read makes it return.
        self.send("x");
        self.reader.take().map(JoinHandle::join).expect("not joined yet").expect("the reader ends");
        drop((self.keyboard.take(), self.master.take()));
        self.ended()
    }

    /// Waits for the end of the program and of its output. Returns the exit code.
    pub(crate) fn exit(&mut self) -> u32 {
        let code = self.ended();
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader ends");
        }
        code
    }

    /// Waits for the end of the program only. Returns the exit code.
    pub(crate) fn ended(&mut self) -> u32 {
        let since = Instant::now();
        let mut child = self.child.take().expect("its end was not waited for yet");
        loop {
            if let Some(status) = child.try_wait().expect("it can be waited for") {
                return status.exit_code();
            }
            if since.elapsed() > DEADLINE {
                let _ = child.kill();
                panic!("the program does not end; its screen is\n{}", self.screen());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Tui {
    fn drop(&mut self) {
        // A failed test leaves no program running.
        if let Some(child) = &mut self.child {
            let _ = child.kill();
        }
    }
}

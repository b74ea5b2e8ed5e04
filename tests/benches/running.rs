//! A program in a pseudo-terminal, timed by the wall clock from the start of its process to the bytes that complete the
//! expected text, interpreted by a terminal emulator. Shared by the benchmarks of whole programs.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::measure::Outcome;

/// Rows and columns of the pseudo-terminal.
pub(crate) const WINDOW: (u16, u16) = (30, 100);
const PATIENCE: Duration = Duration::from_secs(20);

/// A program in a pseudo-terminal of its own.
pub(crate) struct Running {
    child: Box<dyn Child + Send + Sync>,
    /// Keeps the terminal open.
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    started: Instant,
    /// Milliseconds from the start to the latest bytes.
    pub(crate) at: f64,
}

impl Running {
    pub(crate) fn start(mut command: CommandBuilder) -> Outcome<Self> {
        let (rows, cols) = WINDOW;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })?;
        command.env("TERM", "xterm-256color");
        let mut reader = pair.master.try_clone_reader()?;
        let keys = pair.master.take_writer()?;
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if send.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    break;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        let cells = |count| NonZeroU16::new(count).ok_or("a screen has rows and columns");
        let screen = vt100::Parser::new(cells(rows)?, cells(cols)?, 0);
        Ok(Self { child, _master: pair.master, keys, bytes, screen, started, at: 0.0 })
    }

    /// Waits for a text and ends the program. Returns when the text appeared, in milliseconds from the start.
    pub(crate) fn see(mut self, text: &str, last_key: &str) -> Outcome<f64> {
        self.wait_for(text)?;
        let at = self.at;
        self.end(last_key)?;
        Ok(at)
    }

    pub(crate) fn wait_for(&mut self, text: &str) -> Outcome<()> {
        self.wait_for_all(&[text])
    }

    /// Reads until the screen contains all of these texts.
    pub(crate) fn wait_for_all(&mut self, texts: &[&str]) -> Outcome<()> {
        loop {
            let contents = self.screen.screen().contents();
            if texts.iter().all(|text| contents.contains(text)) {
                return Ok(());
            }
            let left = PATIENCE.saturating_sub(self.started.elapsed());
            let Ok((at, bytes)) = self.bytes.recv_timeout(left) else {
                let _ = self.child.kill();
                return Err(format!("{texts:?} did not appear; the screen shows:\n{contents}").into());
            };
            self.screen.process(&bytes);
            self.at = (at - self.started).as_secs_f64() * 1_000.0;
        }
    }

    /// Reads until nothing has arrived for 600 ms.
    pub(crate) fn rest(&mut self) -> Outcome<()> {
        loop {
            match self.bytes.recv_timeout(Duration::from_millis(600)) {
                Ok((_, bytes)) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err("the program ended by itself".into()),
            }
        }
    }

    pub(crate) fn type_keys(&mut self, keys: &str) -> Outcome<()> {
        self.keys.write_all(keys.as_bytes())?;
        Ok(self.keys.flush()?)
    }

    /// Returns the milliseconds since the start.
    pub(crate) fn elapsed(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1_000.0
    }

    /// Kills the program.
    pub(crate) fn kill(&mut self) -> Outcome<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Presses the key that ends the program and waits for the end.
    pub(crate) fn end(&mut self, key: &str) -> Outcome<()> {
        self.type_keys(key)?;
        let asked = Instant::now();
        while self.child.try_wait()?.is_none() {
            if asked.elapsed() > PATIENCE {
                self.child.kill()?;
                return Err("the program does not end".into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    pub(crate) fn about(&self, file: &str) -> Outcome<String> {
        let process = self.child.process_id().ok_or("the program has no number")?;
        Ok(fs::read_to_string(format!("/proc/{process}/{file}"))?)
    }

    /// Returns the resident memory in MiB.
    pub(crate) fn resident(&self) -> Outcome<f64> {
        Ok(figure(&self.about("status")?, "VmRSS:").ok_or("no resident memory is told")? as f64 / 1024.0)
    }

    /// Returns the number of voluntary context switches of all threads so far.
    pub(crate) fn wake_ups(&self) -> Outcome<u64> {
        let process = self.child.process_id().ok_or("the program has no number")?;
        let mut all = 0;
        for thread in fs::read_dir(format!("/proc/{process}/task"))? {
            let status = fs::read_to_string(thread?.path().join("status"))?;
            all += figure(&status, "voluntary_ctxt_switches:").ok_or("no context switches are told")?;
        }
        Ok(all)
    }
}

/// Returns the number that follows a word at the start of a line.
pub(crate) fn figure(status: &str, word: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(word))?;
    line.split_whitespace().next()?.parse().ok()
}

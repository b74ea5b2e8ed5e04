//! Runs the real binary as a user's shell would: an environment that contains only a temporary home, records in a
//! folder below it, and a deadline, so that a program that hangs fails its test.

#![expect(clippy::disallowed_methods, reason = "this is where the program itself is started")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Long enough for a loaded machine, far shorter than a hang.
const DEADLINE: Duration = Duration::from_secs(60);

/// The exit code recorded for a program that was stopped at the deadline.
const KILLED: i32 = -9;

/// Maximum memory in KiB for the program, or for the process in which it tries out packs, whatever the input. A quarter
/// of it is pages of the program itself, which is five times larger without optimisation.
const MOST_MEMORY: u64 = 72 * 1024;
/// Maximum time that a hostile pack may take. Without optimisation it is ten times slower, and tests share a machine.
const MOST_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 15_000 } else { 1_000 });

/// A temporary home in which the program runs.
pub(crate) struct Cairn {
    root: tempfile::TempDir,
}

/// Reports a skipped test on standard error, in a way that test runners do not capture.
pub(crate) fn skipped(test: &str, why: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "skipped: {test}: {why}");
}

/// The result of one run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
    /// Peak memory in KiB, where the system reports it.
    pub(crate) peak_kib: Option<u64>,
    /// Elapsed wall-clock time.
    pub(crate) took: Duration,
}

impl Cairn {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir(root.path().join("home")).expect("writable");
        Self { root }
    }

    /// Returns a path beside the home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Returns the folder of the records.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Returns whether the home is empty, as it must be unless the program writes where it should not.
    pub(crate) fn home_is_empty(&self) -> bool {
        fs::read_dir(self.path("home")).expect("readable").next().is_none()
    }

    /// Writes a file beside the home.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the root")).expect("writable");
        fs::write(&path, bytes).expect("writable");
        path
    }

    /// Returns the command with its environment and global options, not started yet.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        self.command_in("data", args)
    }

    /// Like [`Cairn::command`], with records in another folder beside the home.
    fn command_in(&self, data: &str, args: &[&str]) -> Command {
        let home = self.path("home");
        let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
        command.env_clear().env("HOME", &home).env("TERM", "xterm-256color").env("TZ", "UTC");
        for (name, folder) in [("XDG_DATA_HOME", "d"), ("XDG_CONFIG_HOME", "c"), ("XDG_CACHE_HOME", "k")] {
            command.env(name, home.join(folder));
        }
        if !args.contains(&"--today") {
            command.args(["--today", "2026-11-22"]);
        }
        command.current_dir(self.root.path()).arg("--data-dir").arg(self.path(data));
        command.args(args).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Self::finish(self.command(args))
    }

    /// Runs the program as another user would, with records in another folder.
    pub(crate) fn run_in(&self, data: &str, args: &[&str]) -> Ran {
        Self::finish(self.command_in(data, args))
    }

    /// Runs the program with the given standard input.
    pub(crate) fn fed(&self, args: &[&str], input: &(impl AsRef<[u8]> + ?Sized)) -> Ran {
        let path = self.file("stdin", input);
        let mut command = self.command(args);
        command.stdin(File::open(path).expect("readable"));
        Self::finish(command)
    }

    /// Runs a command to its end. Asserts that it did not panic and that its output contains no hidden characters.
    fn finish(mut command: Command) -> Ran {
        let (out, err) = (tempfile::NamedTempFile::new(), tempfile::NamedTempFile::new());
        let (out, err) = (out.expect("writable"), err.expect("writable"));
        command.stdout(out.reopen().expect("open")).stderr(err.reopen().expect("open"));
        let mut child = command.spawn().expect("the program starts");
        let since = Instant::now();
        let (code, peak_kib) = ended(&mut child);
        let took = since.elapsed();
        let read = |path: &Path| String::from_utf8(fs::read(path).expect("readable")).expect("UTF-8");
        let ran = Ran { code, out: read(out.path()), err: read(err.path()), peak_kib, took };
        for text in [&ran.out, &ran.err] {
            let wrong = hidden_in(text);
            assert!(wrong.is_none(), "{command:?} would paint the terminal: {wrong:?}");
        }
        assert!(!ran.err.contains("panicked") && !ran.err.contains("RUST_BACKTRACE"), "{command:?}: {}", ran.err);
        ran
    }
}

/// Waits for a child. Returns its exit code and the peak memory of it and of the processes that it started.
fn ended(child: &mut Child) -> (i32, Option<u64>) {
    let since = Instant::now();
    let mut peak = None;
    loop {
        // The system reports the peak so far, so only growth in the last two milliseconds is missed.
        peak = peak.max(peak_of(child.id()));
        for started in started_by(child.id()) {
            peak = peak.max(peak_of(started));
        }
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return (status.code().unwrap_or(-1), peak);
        }
        if since.elapsed() > DEADLINE {
            let _ = child.kill();
            let _ = child.wait();
            return (KILLED, peak);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Returns the running processes that the main thread of a process has started.
fn started_by(pid: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    children.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

/// Returns the peak memory of a process. For an instant after it was started it still has the memory of the process that
/// started it, which for a program that is tested is all of these tests; that is not counted.
fn peak_of(pid: u32) -> Option<u64> {
    let program = |pid: &str| fs::read_link(format!("/proc/{pid}/exe")).ok();
    if program(&pid.to_string()) == program("self") {
        return None;
    }
    let about = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = about.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

impl Ran {
    /// Asserts the exit code.
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Describes what is wrong if the program did not end by itself within the limits of memory and time.
    pub(crate) fn big_or_slow(&self) -> Option<String> {
        if !(0..=2).contains(&self.code) {
            return Some(format!("it ended with {}: {}{}", self.code, self.out, self.err));
        }
        if self.peak_kib.is_some_and(|peak| peak > MOST_MEMORY) {
            return Some(format!("it filled {:?} KiB", self.peak_kib));
        }
        (self.took > MOST_TIME).then(|| format!("it took {:?}", self.took))
    }

    /// Asserts that standard error starts with `error: ` and contains all of these texts.
    pub(crate) fn says(self, texts: &[&str]) -> Self {
        assert!(self.err.starts_with("error: "), "no heading: {}", self.err);
        for text in texts {
            assert!(self.err.contains(text), "{text:?} is not in:\n{}", self.err);
        }
        self
    }

    /// Asserts that standard error is empty.
    pub(crate) fn quiet(self) -> Self {
        assert_eq!(self.err, "");
        self
    }

    /// Returns the single JSON value on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }

    /// Returns the JSON value on standard output as a list.
    pub(crate) fn rows(&self) -> Vec<Value> {
        self.json().as_array().unwrap_or_else(|| panic!("not a list:\n{}", self.out)).clone()
    }
}

/// Asserts that a JSON object has exactly these keys, in any order.
pub(crate) fn has_keys(value: &Value, keys: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("not an object: {value}"));
    let mut found: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut wanted = keys.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "{value}");
}

/// Returns a description of a character that must not occur in any output.
pub(crate) fn hidden_in(text: &str) -> Option<String> {
    let wrong = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    let at = text.chars().position(wrong)?;
    let near: String = text.chars().skip(at.saturating_sub(60)).take(120).collect();
    Some(format!("{near:?}"))
}

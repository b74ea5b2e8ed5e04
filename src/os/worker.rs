//! A second process of our own program that does something which might go wrong, with little memory and time: what it
//! does to itself, it does not do to us. Only where the system has limits for processes.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::clock::Stopwatch;

/// More than an answer ever has.
const ANSWER: u64 = 4 * 1024 * 1024;
/// How long a worker may take to end once it has answered.
const FAREWELL: Duration = Duration::from_millis(500);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// It could not be started.
    #[error("it could not be started: {0}")]
    Start(io::Error),
    /// It was stopped.
    #[error("it took too long")]
    TooLong,
    /// It ended without an answer: the system stopped it, or it stopped itself.
    #[error("it was stopped because it took too much memory or time")]
    Died,
}

/// Where our own program is, to be started again as a worker; `None` where a worker could not be held to limits.
#[must_use]
pub fn own_program() -> Option<PathBuf> {
    if cfg!(target_os = "linux") {
        // Also right when a newer version was put in its place since.
        return Some(PathBuf::from("/proc/self/exe"));
    }
    if cfg!(unix) { std::env::current_exe().ok() } else { None }
}

/// Narrows what this process may use from now on: memory in bytes, processor time in seconds.
///
/// # Errors
/// When the system refuses a limit.
pub fn limit_self(memory: u64, seconds: u64) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        // What is only reserved, like the space for the memory of further threads, is not what costs.
        for (resource, most) in [(Resource::As, memory * 16), (Resource::Data, memory), (Resource::Cpu, seconds)] {
            let least = |known: Option<u64>| Some(known.map_or(most, |known| known.min(most)));
            let now = getrlimit(resource);
            setrlimit(resource, Rlimit { current: least(now.current), maximum: least(now.maximum) })?;
        }
        // An abort is told in words; a picture of our memory on the disk would hold what people wrote.
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    }
    #[cfg(not(unix))]
    let _ = (memory, seconds);
    Ok(())
}

/// Starts a worker with these arguments, hands it a text and waits for its answer; stops it after `most`.
///
/// # Errors
/// See [`WorkerError`].
#[expect(clippy::disallowed_methods, reason = "the only program started is our own")]
pub fn ask_worker(program: &Path, arguments: &[&str], input: Vec<u8>, most: Duration) -> Result<Vec<u8>, WorkerError> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut command, OsStr::new("cairn"));
    let mut child = command.spawn().map_err(WorkerError::Start)?;
    let answer = talk(&mut child, input, most);
    let ended = if answer.is_ok() { ended_well(&mut child) } else { false };
    // Also one that answered and does not end, or that is ended already.
    let _ = child.kill();
    let _ = child.wait();
    if ended || answer.is_err() { answer } else { Err(WorkerError::Died) }
}

/// Writes and reads at the same time, so that neither waits for the other for ever.
fn talk(child: &mut Child, input: Vec<u8>, most: Duration) -> Result<Vec<u8>, WorkerError> {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(WorkerError::Died);
    };
    // A worker that has died does not read on; that shows in its answer.
    std::thread::spawn(move || drop(stdin.write_all(&input)));
    let (say, hear) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.take(ANSWER).read_to_end(&mut bytes);
        drop(say.send(read.map(|_| bytes)));
    });
    match hear.recv_timeout(most) {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(WorkerError::Died),
        Err(_) => Err(WorkerError::TooLong),
    }
}

/// Whether a worker that has closed its output ends by itself and without a fault.
fn ended_well(child: &mut Child) -> bool {
    let since = Stopwatch::start();
    while since.elapsed() < FAREWELL {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(1)),
            Err(_) => return false,
        }
    }
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn asked(program: &str, arguments: &[&str]) -> Result<Vec<u8>, WorkerError> {
        ask_worker(Path::new(program), arguments, vec![b'x'; 300_000], Duration::from_millis(300))
    }

    #[test]
    fn a_worker_that_answers_dies_or_hangs_is_told_apart() {
        assert_eq!(asked("/bin/cat", &[]).expect("it answers").len(), 300_000);
        assert!(matches!(asked("/bin/sh", &["-c", "kill -9 $$"]), Err(WorkerError::Died)));
        assert!(matches!(asked("/bin/sh", &["-c", "echo yes; exit 1"]), Err(WorkerError::Died)));
        assert!(matches!(asked("/bin/sh", &["-c", "exec sleep 60"]), Err(WorkerError::TooLong)));
        assert!(matches!(asked("/bin/sh", &["-c", "exec >&-; exec sleep 60"]), Err(WorkerError::Died)));
        assert!(matches!(asked("/nowhere", &[]), Err(WorkerError::Start(_))));
    }
}

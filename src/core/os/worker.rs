//! A worker: a second process of this program for work that might go wrong, with limits on memory and time that do not
//! affect the main process. Available only on systems with limits for processes.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::clock::Stopwatch;

/// Maximum size of an answer in bytes; every answer is smaller.
const ANSWER: u64 = 4 * 1024 * 1024;
/// How long a worker may take to exit after its answer.
const FAREWELL: Duration = Duration::from_millis(500);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The worker could not be started.
    #[error("it could not be started: {0}")]
    Start(io::Error),
    /// The worker took too long and was stopped.
    #[error("it took too long")]
    TooLong,
    /// The worker ended without an answer: it was killed or it failed.
    #[error("it was stopped because it took too much memory or time")]
    Died,
}

/// Returns the path of this program for starting a worker; `None` if limits are not supported.
#[must_use]
pub fn own_program() -> Option<PathBuf> {
    if cfg!(target_os = "linux") {
        // Correct even if the file has been replaced by a newer version.
        return Some(PathBuf::from("/proc/self/exe"));
    }
    if cfg!(unix) { std::env::current_exe().ok() } else { None }
}

/// Limits the resources of this process: memory in bytes, processor time in seconds.
///
/// # Errors
/// Returns an error if the system rejects a limit.
pub fn limit_self(memory: u64, seconds: u64) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        // Reserved address space, such as for the stacks of threads, may be larger, because it costs nothing.
        for (resource, most) in [(Resource::As, memory * 16), (Resource::Data, memory), (Resource::Cpu, seconds)] {
            let least = |known: Option<u64>| Some(known.map_or(most, |known| known.min(most)));
            let now = getrlimit(resource);
            setrlimit(resource, Rlimit { current: least(now.current), maximum: least(now.maximum) })?;
        }
        // An abort is reported in words; a core dump would contain personal text.
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    }
    #[cfg(not(unix))]
    let _ = (memory, seconds);
    Ok(())
}

/// Starts a worker with these arguments, passes `input` to it and waits for its answer for at most `most`.
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
    // Also if it answered but does not exit, or has exited already.
    let _ = child.kill();
    let _ = child.wait();
    if ended || answer.is_err() { answer } else { Err(WorkerError::Died) }
}

/// Writes and reads at the same time, so that neither side can block the other.
fn talk(child: &mut Child, input: Vec<u8>, most: Duration) -> Result<Vec<u8>, WorkerError> {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(WorkerError::Died);
    };
    // A write error means that the worker has died, which the answer shows.
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

/// Returns whether a worker that closed its output exits successfully.
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

//! Job control: which process group has the terminal, and whether a stopped program can be resumed.

use std::io;

/// Terminal modes: line editing, echo, flow control. Saved because an editor that is killed does not restore them.
#[derive(Debug, Clone)]
pub struct TerminalModes(#[cfg(unix)] rustix::termios::Termios);

impl TerminalModes {
    /// Reads the current modes.
    ///
    /// # Errors
    /// Returns an error if standard input is not a terminal.
    pub fn read() -> io::Result<Self> {
        #[cfg(unix)]
        return Ok(Self(rustix::termios::tcgetattr(rustix::stdio::stdin())?));
        #[cfg(not(unix))]
        Ok(Self())
    }

    /// Restores the modes.
    ///
    /// # Errors
    /// Returns an error if the terminal is gone.
    pub fn put_back(&self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use rustix::termios::{OptionalActions, tcsetattr};
            tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.0)?;
        }
        Ok(())
    }
}

/// Returns the width in columns of the terminal on standard output; `None` for a file, a pipe, or a terminal that does
/// not report it.
#[must_use]
pub fn terminal_columns() -> Option<usize> {
    #[cfg(unix)]
    return rustix::termios::tcgetwinsize(rustix::stdio::stdout())
        .ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|columns| *columns > 0);
    #[cfg(not(unix))]
    None
}

/// The relation of this process to its terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// This process is in the foreground.
    Foreground,
    /// Another process is in the foreground; a background process that changes the terminal's modes is stopped by the
    /// system.
    Background,
    /// There is no terminal any more.
    Gone,
}

/// Returns the relation to the terminal on standard input.
#[cfg(unix)]
#[must_use]
pub fn place() -> Place {
    use rustix::process::getpgrp;
    match rustix::termios::tcgetpgrp(rustix::stdio::stdin()) {
        Ok(group) if group == getpgrp() => Place::Foreground,
        Ok(_) => Place::Background,
        Err(_) => Place::Gone,
    }
}

/// Returns whether the program could be resumed after stopping: its parent must be in the same session, such as a
/// shell. A program started directly in a new window would hang forever.
#[cfg(unix)]
#[must_use]
pub fn can_be_resumed() -> bool {
    use rustix::process::{getpid, getppid};
    getppid().and_then(session).is_some_and(|its| session(getpid()) == Some(its))
}

/// Returns the session of a process. In a container, a parent outside it has a session without a number here: the
/// system returns 0, which rustix considers impossible, so `/proc` is read instead.
#[cfg(target_os = "linux")]
fn session(process: rustix::process::Pid) -> Option<i32> {
    let file = std::fs::File::open(format!("/proc/{}/stat", process.as_raw_nonzero())).ok()?;
    let text = super::files::read_text_from(file, 4096).ok()?;
    // The name of a program may contain any character, including brackets.
    let (_, after) = text.rsplit_once(')')?;
    after.split_whitespace().nth(3)?.parse().ok().filter(|session| *session > 0)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn session(process: rustix::process::Pid) -> Option<i32> {
    rustix::process::getsid(Some(process)).ok().map(|session| session.as_raw_nonzero().get())
}

#[cfg(not(unix))]
#[must_use]
pub fn can_be_resumed() -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "a process that leads a session is started")]
mod tests {
    use super::*;

    #[test]
    fn the_session_of_a_process_is_read_and_one_from_outside_a_container_is_none() {
        let started = std::process::Command::new("setsid").args(["sleep", "60"]).spawn();
        let Ok(mut child) = started else { panic!("setsid is missing: install util-linux") };
        let pid = rustix::process::Pid::from_child(&child);
        let own = Some(pid.as_raw_nonzero().get());
        let leads = (0..500).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            session(pid) == own
        });
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(leads, "the one that leads a session is in it");
        // With a parent outside the container, the session has no number, which must not cause a panic.
        assert_ne!(session(rustix::process::getpid()), Some(0));
        assert_eq!(rustix::process::Pid::from_raw(i32::MAX).and_then(session), None);
    }
}

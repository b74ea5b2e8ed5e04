//! Our place among the processes of a shell: who has the terminal, and whether anybody could bring a stopped program back.

use std::io;

/// The modes that the terminal had: line editing, echo, flow control. An editor that is killed does not put them back.
#[derive(Debug, Clone)]
pub struct TerminalModes(#[cfg(unix)] rustix::termios::Termios);

impl TerminalModes {
    /// As they are now.
    ///
    /// # Errors
    /// When standard input is no terminal.
    pub fn read() -> io::Result<Self> {
        #[cfg(unix)]
        return Ok(Self(rustix::termios::tcgetattr(rustix::stdio::stdin())?));
        #[cfg(not(unix))]
        Ok(Self())
    }

    /// Puts them back.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn put_back(&self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use rustix::termios::{OptionalActions, tcsetattr};
            tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.0)?;
        }
        Ok(())
    }
}

/// How many columns the terminal on standard output says it has now; `None` for a file, a pipe, and one that does not say.
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

/// Whom the terminal listens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// To us.
    Foreground,
    /// To somebody else: a program that changes its modes from there is stopped by the system.
    Background,
    /// There is no terminal any more.
    Gone,
}

/// Where we stand with the terminal.
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

/// Whether somebody could bring this program back if it stopped: a parent in our session, such as a shell. A program that
/// a window was opened for would be stuck for good.
#[cfg(unix)]
#[must_use]
pub fn can_be_resumed() -> bool {
    use rustix::process::{getpid, getppid};
    getppid().and_then(session).is_some_and(|its| session(getpid()) == Some(its))
}

/// The session of a process, by its number. In a container a parent from outside has a session that we cannot name: the
/// system says 0 then, which rustix takes for impossible, and so the system's own account is read.
#[cfg(target_os = "linux")]
fn session(process: rustix::process::Pid) -> Option<i32> {
    let file = std::fs::File::open(format!("/proc/{}/stat", process.as_raw_nonzero())).ok()?;
    let text = super::files::read_text_from(file, 4096).ok()?;
    // The name of a program may hold anything, also brackets.
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
        // Under a parent from outside a container ours has no number, which is no reason to break down.
        assert_ne!(session(rustix::process::getpid()), Some(0));
        assert_eq!(rustix::process::Pid::from_raw(i32::MAX).and_then(session), None);
    }
}

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

/// Whether the terminal listens to us: a program in the background that changes its modes is stopped by the system.
#[cfg(unix)]
#[must_use]
pub fn in_foreground() -> bool {
    use rustix::process::getpgrp;
    rustix::termios::tcgetpgrp(rustix::stdio::stdin()).is_ok_and(|group| group == getpgrp())
}

/// Whether somebody could bring this program back if it stopped: a parent in our session, such as a shell. A program that
/// a window was opened for would be stuck for good.
#[cfg(unix)]
#[must_use]
pub fn can_be_resumed() -> bool {
    use rustix::process::{getppid, getsid};
    getppid().is_some_and(|parent| match (getsid(Some(parent)), getsid(None)) {
        (Ok(its), Ok(ours)) => its == ours,
        _ => false,
    })
}

#[cfg(not(unix))]
#[must_use]
pub fn can_be_resumed() -> bool {
    false
}

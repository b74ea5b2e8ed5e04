//! A question to the terminal on the other side of standard input, and whatever it sends back, as bytes.

use std::time::Duration;

/// Sends bytes to the terminal as they are. Says whether they went.
#[must_use]
pub fn tell_terminal(bytes: &[u8]) -> bool {
    use std::io::Write;
    let mut out = std::io::stdout();
    out.write_all(bytes).and_then(|()| out.flush()).is_ok()
}

/// Whether standard input can be read within this time, of less than a second.
#[cfg(unix)]
#[must_use]
pub fn readable(within: Duration) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = rustix::stdio::stdin();
    let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
    let limit = Timespec { tv_sec: 0, tv_nsec: i64::from(within.subsec_nanos()) };
    poll(&mut waiting, Some(&limit)).is_ok_and(|ready| ready > 0)
}

/// What comes from the terminal within this time, of less than a second; may be nothing. The terminal has to be in raw
/// mode, and nobody else may read it.
#[cfg(unix)]
#[must_use]
pub fn read_waiting(within: Duration) -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    let read = if readable(within) { rustix::io::read(rustix::stdio::stdin(), &mut bytes[..]).unwrap_or(0) } else { 0 };
    bytes.truncate(read);
    bytes
}

/// Where a terminal cannot be asked so, something always seems to wait, so that nobody does.
#[cfg(not(unix))]
#[must_use]
pub fn readable(_: Duration) -> bool {
    true
}

/// The same: nothing ever comes.
#[cfg(not(unix))]
#[must_use]
pub fn read_waiting(_: Duration) -> Vec<u8> {
    Vec::new()
}

//! A question to the terminal on the other side of standard output.

use std::io::Write;

/// Sends bytes to the terminal as they are. Says whether they went.
#[must_use]
pub fn tell_terminal(bytes: &[u8]) -> bool {
    let mut out = std::io::stdout();
    out.write_all(bytes).and_then(|()| out.flush()).is_ok()
}

//! Escape sequences sent to the terminal.

use std::io::Write;

/// Writes bytes unchanged to the terminal on standard output; returns whether this succeeded.
#[must_use]
pub fn tell_terminal(bytes: &[u8]) -> bool {
    let mut out = std::io::stdout();
    out.write_all(bytes).and_then(|()| out.flush()).is_ok()
}

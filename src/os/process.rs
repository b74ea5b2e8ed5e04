//! Ending the process from a thread that is not the main one.

/// Ends the program at once with this exit code. Only for a signal: everything else returns to `main`.
#[expect(
    clippy::exit,
    clippy::disallowed_methods,
    reason = "a signal handler thread cannot return to main, which may be stuck reading a dead terminal"
)]
pub fn exit_now(code: i32) -> ! {
    std::process::exit(code)
}

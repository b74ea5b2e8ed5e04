//! The process itself: its memory, and ending it from a thread that is not the main one.

/// Ends the program at once with this exit code. Only for a signal: everything else returns to `main`.
#[expect(
    clippy::exit,
    clippy::disallowed_methods,
    reason = "a signal handler thread cannot return to main, which may be stuck reading a dead terminal"
)]
pub fn exit_now(code: i32) -> ! {
    std::process::exit(code)
}

/// Memory that the process holds in RAM, in KiB; `None` where the system does not tell in a file.
#[must_use]
pub fn resident_kib() -> Option<u64> {
    // Not the longer `status`: this is asked a thousand times while a script runs.
    let text = super::files::read_text_from(std::fs::File::open("/proc/self/statm").ok()?, 4096).ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * page_kib())
}

#[cfg(unix)]
fn page_kib() -> u64 {
    rustix::param::page_size() as u64 / 1024
}

#[cfg(not(unix))]
fn page_kib() -> u64 {
    4
}

/// Waits without doing anything.
pub fn pause(time: std::time::Duration) {
    std::thread::sleep(time);
}

/// No picture of our memory is written to the disk if we break down or are killed: it would hold what people wrote.
pub fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Where it is refused there was a limit of 0 already.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

/// The number that the system has given this process.
#[must_use]
pub fn process_number() -> u32 {
    std::process::id()
}

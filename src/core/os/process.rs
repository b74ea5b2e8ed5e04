//! The process itself: its memory, its id, and exiting from a thread other than the main one.

/// Exits immediately with this code. Only for signals; everything else returns to `main`.
#[expect(
    clippy::exit,
    clippy::disallowed_methods,
    reason = "a signal handler thread cannot return to main, which may be stuck reading a dead terminal"
)]
pub fn exit_now(code: i32) -> ! {
    std::process::exit(code)
}

/// Returns the resident memory of the process in KiB; `None` if the system does not report it in a file.
#[must_use]
pub fn resident_kib() -> Option<u64> {
    // Shorter than `status`: this is read a thousand times while a script runs.
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

/// Suspends the current thread.
pub fn pause(time: std::time::Duration) {
    std::thread::sleep(time);
}

/// Disables core dumps, because they would contain personal text.
pub fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // If this is refused, the limit is 0 already.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

#[must_use]
pub fn process_number() -> u32 {
    std::process::id()
}

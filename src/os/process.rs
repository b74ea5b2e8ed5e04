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
    let status = super::files::read_text_from(std::fs::File::open("/proc/self/status").ok()?, 64 * 1024).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Waits without doing anything.
pub fn pause(time: std::time::Duration) {
    std::thread::sleep(time);
}

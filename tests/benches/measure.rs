//! Measurement for the benchmarks: two tasks that alternate, a clock that counts work and not waiting, medians.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::thread;
use std::time::Duration;

use cairn_coach::os::Stopwatch;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// Returns whether a measurement was requested: `cargo bench` passes `--bench`, `cargo test --all-targets` does not.
pub(crate) fn wanted() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// Runs two tasks alternately, so that a slow phase of the machine affects both, and returns the medians. Each task
/// returns its own cost; a few rounds at the start are not counted.
pub(crate) fn in_turns(
    rounds: usize,
    mut candidate: impl FnMut() -> Outcome<f64>,
    mut reference: impl FnMut() -> Outcome<f64>,
) -> Outcome<(f64, f64)> {
    let warm_up = rounds.div_ceil(5);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..warm_up + rounds {
        let (one, two) = (candidate()?, reference()?);
        if round >= warm_up {
            ours.push(one);
            theirs.push(two);
        }
    }
    Ok((median(ours), median(theirs)))
}

/// Returns the median.
pub(crate) fn median(figures: Vec<f64>) -> f64 {
    within(figures, 50)
}

/// Returns the given percentile.
pub(crate) fn within(mut figures: Vec<f64>, percent: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    let at = figures.len() * percent / 100;
    figures.get(at.min(figures.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

/// Returns the elapsed wall-clock time of `work` in milliseconds.
pub(crate) fn wall_ms<T>(work: impl FnOnce() -> T) -> f64 {
    let watch = Stopwatch::start();
    black_box(work());
    watch.elapsed().as_secs_f64() * 1_000.0
}

/// Returns the processor time of this thread for `work` in milliseconds, or wall-clock time where the system does not
/// report it. Reading the clock takes some microseconds, so `work` should be a batch.
pub(crate) fn cpu_ms<T>(work: impl FnOnce() -> T) -> f64 {
    let before = on_processor();
    let wall = wall_ms(work);
    match (before, on_processor()) {
        (Some(before), Some(after)) => after.saturating_sub(before).as_secs_f64() * 1_000.0,
        _ => wall,
    }
}

fn on_processor() -> Option<Duration> {
    // Linux updates the figure when it looks for another thread to run; otherwise it is up to a tick old.
    thread::yield_now();
    let about = fs::read("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = String::from_utf8(about).ok()?.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

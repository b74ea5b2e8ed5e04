//! How benchmarks measure: two things that take turns, a clock that counts work and not waiting, the middle of many.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::thread;
use std::time::Duration;

use cairn_coach::os::Stopwatch;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// Whether a measurement was asked for: `cargo bench` says so, `cargo test --all-targets` does not.
pub(crate) fn wanted() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// Medians over so many rounds of two things that take turns, so that a machine that is slow for a while is slow for
/// both. Each says itself what it cost; a few rounds before are not counted.
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

/// The middle one.
pub(crate) fn median(figures: Vec<f64>) -> f64 {
    within(figures, 50)
}

/// The one that so many of 100 do not exceed.
pub(crate) fn within(mut figures: Vec<f64>, percent: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    let at = figures.len() * percent / 100;
    figures.get(at.min(figures.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

/// Milliseconds by the clock on the wall.
pub(crate) fn wall_ms<T>(work: impl FnOnce() -> T) -> f64 {
    let watch = Stopwatch::start();
    black_box(work());
    watch.elapsed().as_secs_f64() * 1_000.0
}

/// Milliseconds that this thread was on a processor; by the wall where the system does not tell. Reading that clock costs
/// some microseconds, so `work` should be a batch.
pub(crate) fn cpu_ms<T>(work: impl FnOnce() -> T) -> f64 {
    let before = on_processor();
    let wall = wall_ms(work);
    match (before, on_processor()) {
        (Some(before), Some(after)) => after.saturating_sub(before).as_secs_f64() * 1_000.0,
        _ => wall,
    }
}

fn on_processor() -> Option<Duration> {
    // Linux brings the figure up to date when it looks for another thread to run; without that it is up to a tick old.
    thread::yield_now();
    let about = fs::read("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = String::from_utf8(about).ok()?.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

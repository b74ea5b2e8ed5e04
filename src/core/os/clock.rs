//! Time: the current day, time stamps for records, ids, and stopwatches for limits.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use uuid::{ContextV7, NoContext, Uuid};

use crate::domain::Day;

/// The source of the current day and time. Tests and `--today` fix it; a fixed clock still creates distinct, ascending
/// ids.
#[derive(Debug)]
pub struct Clock {
    fixed: Option<Day>,
    ids: Mutex<ContextV7>,
}

impl Clock {
    /// Creates a clock that follows the system clock.
    #[must_use]
    pub fn system() -> Self {
        Self { fixed: None, ids: Mutex::new(ContextV7::new()) }
    }

    /// Creates a clock that is fixed at noon of a day.
    #[must_use]
    pub fn fixed(day: Day) -> Self {
        Self { fixed: Some(day), ids: Mutex::new(ContextV7::new()) }
    }

    /// Returns the local calendar day.
    #[must_use]
    pub fn today(&self) -> Day {
        self.fixed.unwrap_or_else(|| local().date())
    }

    /// Returns the time until the local midnight; `None` for a fixed clock.
    #[must_use]
    pub fn until_midnight(&self) -> Option<Duration> {
        if self.fixed.is_some() {
            return None;
        }
        let now = local();
        let next = now.tomorrow().and_then(|next| next.start_of_day()).ok()?;
        let left = Duration::try_from(now.duration_until(&next)).unwrap_or(Duration::from_secs(1));
        // Slightly longer, so that the new day has certainly begun.
        Some(left + Duration::from_millis(50))
    }

    /// Returns the current time in RFC 3339 format in UTC: `2026-11-22T09:00:00Z`.
    #[must_use]
    pub fn stamp(&self) -> String {
        format!("{:.0}", self.now())
    }

    /// Returns the local time of day: `14:02`.
    #[must_use]
    pub fn time_of_day(&self) -> String {
        match self.fixed {
            Some(_) => "12:00".to_owned(),
            None => local().strftime("%H:%M").to_string(),
        }
    }

    /// Creates a UUIDv7; ids sort by their time of creation.
    #[must_use]
    pub fn new_id(&self) -> String {
        let now = self.now();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        let context = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanos)).to_string()
    }

    /// Creates an id that sorts after `newest`, even if the clock was set back or is fixed; the id then gets the
    /// millisecond after `newest`. A `newest` that is not a UUIDv7 is ignored.
    #[must_use]
    pub fn new_id_after(&self, newest: Option<&str>) -> String {
        let fresh = self.new_id();
        let Some(newest) = newest.filter(|newest| fresh.as_str() <= *newest) else { return fresh };
        let Some(at) = Uuid::parse_str(newest).ok().and_then(|id| id.get_timestamp()) else { return fresh };
        let (seconds, nanos) = at.to_unix();
        let nanos = u64::from(nanos) + 1_000_000;
        let seconds = seconds + nanos / 1_000_000_000;
        let nanos = u32::try_from(nanos % 1_000_000_000).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanos)).to_string()
    }

    fn now(&self) -> Timestamp {
        match self.fixed {
            None => moment(),
            Some(day) => {
                day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
            }
        }
    }
}

/// Returns the local time. The time zone is read from `/etc/localtime`, because looking it up by name, as jiff would,
/// searches the whole time zone database and takes a good part of the time to the first frame.
#[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
fn local() -> Zoned {
    let own = || TimeZone::tzif("local", &std::fs::read("/etc/localtime").ok()?).ok();
    let zone = if std::env::var_os("TZ").is_none() { own() } else { None };
    Timestamp::now().to_zoned(zone.unwrap_or_else(TimeZone::system))
}

#[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
fn moment() -> Timestamp {
    Timestamp::now()
}

/// Measures elapsed time, for limits on rule scripts and for idle timeouts.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Returns the time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Measures elapsed time including time in which the machine was suspended, for deadlines that must not be delayed by
/// it. On systems that do not report this, suspended time is not counted.
#[derive(Debug, Clone, Copy)]
pub struct LongWatch {
    awake: Stopwatch,
    since: Option<Duration>,
}

impl LongWatch {
    #[must_use]
    pub fn start() -> Self {
        Self { awake: Stopwatch::start(), since: since_boot() }
    }

    /// Returns the time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        match (self.since, since_boot()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.awake.elapsed(),
        }
    }
}

/// Returns the time since the machine was started, including time in which it was suspended.
#[cfg(target_os = "linux")]
fn since_boot() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

/// The time since the machine was started is not available on this system.
#[cfg(not(target_os = "linux"))]
fn since_boot() -> Option<Duration> {
    None
}

/// Measures the processor time of the thread that started it, which is much less than the elapsed time on a busy
/// machine. On systems that do not report this, the elapsed time is used.
#[derive(Debug)]
pub struct WorkWatch {
    wall: Stopwatch,
    worked: Option<Duration>,
}

impl WorkWatch {
    /// Starts it for the current thread.
    #[must_use]
    pub fn start() -> Self {
        Self { wall: Stopwatch::start(), worked: worked() }
    }

    /// Returns the processor time since the start. Must be called in the thread that started it.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        match (self.worked, worked()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.wall.elapsed(),
        }
    }
}

/// Returns the processor time of the current thread.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn worked() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn worked() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_makes_ascending_ids_and_its_own_day() {
        let clock = Clock::fixed(jiff::civil::date(2026, 11, 22));
        let ids: Vec<String> = (0..50).map(|_| clock.new_id()).collect();
        let mut sorted = ids.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(ids, sorted);
        assert_eq!(clock.stamp(), "2026-11-22T12:00:00Z");
        assert_eq!(clock.today().to_string(), "2026-11-22");
    }

    #[test]
    fn an_id_follows_the_newest_one_although_the_clock_was_set_back() {
        let later = Clock::fixed(jiff::civil::date(2028, 11, 22)).new_id();
        let clock = Clock::fixed(jiff::civil::date(2026, 11, 22));
        let mut newest = later;
        for _ in 0..2_000 {
            let next = clock.new_id_after(Some(&newest));
            assert!(next > newest, "{next} does not follow {newest}");
            newest = next;
        }
        assert!(clock.new_id_after(Some("zz")) < newest);
        assert!(clock.new_id_after(None) < newest);
    }
}

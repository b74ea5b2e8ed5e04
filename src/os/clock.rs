//! The time: today's day on this machine, time stamps for records, ids, and a stopwatch for budgets.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::{Timestamp, Zoned};
use uuid::{ContextV7, Uuid};

use crate::domain::Day;

/// Where the day comes from. Tests and `--today` fix it; ids follow the machine's time all the same.
#[derive(Debug)]
pub struct Clock {
    fixed: Option<Day>,
    ids: Mutex<ContextV7>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self { fixed: None, ids: Mutex::new(ContextV7::new()) }
    }

    /// A clock that stands at noon of one day.
    #[must_use]
    pub fn fixed(day: Day) -> Self {
        Self { fixed: Some(day), ids: Mutex::new(ContextV7::new()) }
    }

    /// The local calendar day.
    #[must_use]
    pub fn today(&self) -> Day {
        self.fixed.unwrap_or_else(|| Zoned::now().date())
    }

    /// Now, as RFC 3339 UTC text: `2026-11-22T09:00:00Z`.
    #[must_use]
    pub fn stamp(&self) -> String {
        format!("{:.0}", self.now())
    }

    /// Local time of day, `14:02`.
    #[must_use]
    pub fn time_of_day(&self) -> String {
        match self.fixed {
            Some(_) => "12:00".to_owned(),
            None => Zoned::now().strftime("%H:%M").to_string(),
        }
    }

    /// A new UUIDv7: unique, and later ones sort after earlier ones.
    #[must_use]
    pub fn new_id(&self) -> String {
        // Always the machine's time: a day fixed for a demonstration must not make later records sort before earlier ones.
        let now = Timestamp::now();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        let context = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanos)).to_string()
    }

    fn now(&self) -> Timestamp {
        match self.fixed {
            None => Timestamp::now(),
            Some(day) => day
                .at(12, 0, 0, 0)
                .to_zoned(jiff::tz::TimeZone::UTC)
                .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp()),
        }
    }
}

/// Measures how long something takes, for budgets on rule scripts and for idle deadlines.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door that the lint points to")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
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
}

//! How days are written for people. The person chooses one way for everything that the program says; it is set once for
//! the process, because every sentence with a day uses it. Files for other programs always have ISO 8601.

use std::sync::atomic::{AtomicU8, Ordering};

use super::Day;

/// A way of writing days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayStyle {
    /// `6 Dec` or `Sun 6 Dec 2026`.
    #[default]
    Short,
    /// `6 December` or `Sunday 6 December 2026`.
    Long,
    /// `06/12/2026`.
    Numbers,
    /// `2026-12-06`.
    Iso,
}

impl DayStyle {
    /// All styles, in the order in which they are offered; the position is the number under which one is set.
    pub const ALL: [Self; 4] = [Self::Short, Self::Long, Self::Numbers, Self::Iso];

    /// Returns the identifier used in the settings file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Numbers => "numbers",
            Self::Iso => "iso",
        }
    }

    /// Formats a day in full, with its day of the week if it is in words.
    #[must_use]
    pub fn full(self, day: Day) -> String {
        let shape = match self {
            Self::Short => "%a %-d %b %Y",
            Self::Long => "%A %-d %B %Y",
            Self::Numbers => "%d/%m/%Y",
            Self::Iso => "%Y-%m-%d",
        };
        day.strftime(shape).to_string()
    }

    /// Formats a day; in words, the year is left out if it is that of `today`.
    #[must_use]
    pub fn brief(self, day: Day, today: Day) -> String {
        let shape = match (self, day.year() == today.year()) {
            (Self::Short, true) => "%-d %b",
            (Self::Short, false) => "%-d %b %Y",
            (Self::Long, true) => "%-d %B",
            (Self::Long, false) => "%-d %B %Y",
            (Self::Numbers | Self::Iso, _) => return self.full(day),
        };
        day.strftime(shape).to_string()
    }

    /// Formats a day as a person types it in a form; [`parse_day`](super::parse_day) reads it.
    #[must_use]
    pub fn typed(self, day: Day) -> String {
        match self {
            Self::Short | Self::Long => day.strftime("%-d %B %Y").to_string(),
            Self::Numbers | Self::Iso => self.full(day),
        }
    }
}

/// Position of the style in [`DayStyle::ALL`].
static STYLE: AtomicU8 = AtomicU8::new(0);

/// Sets the style for the whole process.
pub fn write_days(style: DayStyle) {
    let at = DayStyle::ALL.iter().position(|own| *own == style).unwrap_or(0);
    STYLE.store(u8::try_from(at).unwrap_or(0), Ordering::Relaxed);
}

fn style() -> DayStyle {
    DayStyle::ALL.get(usize::from(STYLE.load(Ordering::Relaxed))).copied().unwrap_or_default()
}

/// Formats a day in full, such as `Sun 6 Dec 2026`.
#[must_use]
pub fn long_day(day: Day) -> String {
    style().full(day)
}

/// Formats a day, such as `6 Dec`; in words, with the year only if it differs from that of `today`.
#[must_use]
pub fn short_day(day: Day, today: Day) -> String {
    style().brief(day, today)
}

/// Returns a day as people type it and [`parse_day`](super::parse_day) reads it: `6 December 2026`.
#[must_use]
pub fn typed_day(day: Day) -> String {
    style().typed(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::parse_day;

    #[test]
    fn a_day_is_written_as_chosen_and_read_again() {
        let (day, same, later) =
            (jiff::civil::date(2026, 12, 6), jiff::civil::date(2026, 1, 1), jiff::civil::date(2027, 1, 1));
        for (style, full, brief, with_year) in [
            (DayStyle::Short, "Sun 6 Dec 2026", "6 Dec", "6 Dec 2026"),
            (DayStyle::Long, "Sunday 6 December 2026", "6 December", "6 December 2026"),
            (DayStyle::Numbers, "06/12/2026", "06/12/2026", "06/12/2026"),
            (DayStyle::Iso, "2026-12-06", "2026-12-06", "2026-12-06"),
        ] {
            assert_eq!(style.full(day), full);
            assert_eq!((style.brief(day, same).as_str(), style.brief(day, later).as_str()), (brief, with_year));
            for written in [style.full(day), style.brief(day, same), style.typed(day)] {
                assert_eq!(parse_day(&written, same), Ok(day), "{written}");
            }
        }
        assert_eq!(long_day(day), "Sun 6 Dec 2026", "nothing was chosen");
    }
}

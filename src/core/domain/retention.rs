//! Retention of client records. Nothing is deleted automatically; this module determines which clients' records should
//! be reviewed, and why.

use std::fmt;
use std::str::FromStr;

use super::{Day, Engagement, Person, count, short_day};

/// Number of days before the end of a period from which on a review is suggested.
const SOON: i32 = 30;
/// Maximum length of a period, in months.
const LONGEST: u32 = 1_200;

/// How long records are kept after the end of the agreement, or after the last entry if there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    months: u32,
}

impl Period {
    /// Returns the last day of a period that begins on `from`.
    fn after(self, from: Day) -> Day {
        from.saturating_add(jiff::Span::new().months(i64::from(self.months)))
    }

    /// Returns the length in words, such as "2 years" or "18 months".
    #[must_use]
    pub fn words(self) -> String {
        let months = usize::try_from(self.months).unwrap_or(usize::MAX);
        if months.is_multiple_of(12) { count(months / 12, "year", "years") } else { count(months, "month", "months") }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}m", self.months)
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || format!("\"{}\" is not a period", super::clean(text));
        let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(unknown)?;
        let number: u32 = number.trim().parse().map_err(|_| unknown())?;
        let months = match unit {
            "m" => number,
            "y" => number.saturating_mul(12),
            _ => return Err(unknown()),
        };
        if (1..=LONGEST).contains(&months) { Ok(Self { months }) } else { Err(unknown()) }
    }
}

/// The last day for which records are kept, by how it is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Stated in the agreement.
    Agreed(Day),
    /// The default period after the end of the agreement.
    AfterEnd(Day),
    /// The default period after the last entry.
    AfterLast(Day),
}

impl Until {
    /// Returns the day.
    #[must_use]
    pub fn day(self) -> Day {
        match self {
            Self::Agreed(day) | Self::AfterEnd(day) | Self::AfterLast(day) => day,
        }
    }

    /// Returns how the day is determined, in words.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Agreed(_) => "as agreed",
            Self::AfterEnd(_) => "the usual period after the agreement ended",
            Self::AfterLast(_) => "the usual period after the last entry",
        }
    }
}

/// Why a client's records should be reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewWhy {
    /// The day has passed.
    Passed(Until),
    /// The day is at most 30 days ahead.
    Soon(Until),
    /// No day is stated and there is no default period.
    NoDay,
}

/// A client whose records should be reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The client.
    pub person: Person,
    /// The reason.
    pub why: ReviewWhy,
    /// The day of the last entry about them.
    pub last: Option<Day>,
    /// The day on which the newest agreement ended.
    pub ended: Option<Day>,
}

impl Review {
    /// Returns the review that a client's records need; `None` if they may be kept for longer. `engagements` must be
    /// ordered oldest first.
    #[must_use]
    pub fn of(
        person: Person,
        engagements: &[Engagement],
        last: Option<Day>,
        usual: Option<Period>,
        today: Day,
    ) -> Option<Self> {
        let newest = engagements.last();
        let ended = newest.and_then(|terms| terms.ended_on);
        let agreed = newest.and_then(|terms| terms.keep_until).map(Until::Agreed);
        let goes_on = newest.is_some_and(Engagement::is_open);
        let by_period = || {
            let usual = usual?;
            match (ended, last) {
                (Some(ended), _) => Some(Until::AfterEnd(usual.after(ended))),
                // While an agreement is open, no period has begun.
                (None, _) if goes_on => None,
                (None, Some(last)) => Some(Until::AfterLast(usual.after(last))),
                (None, None) => None,
            }
        };
        let why = match agreed.or_else(by_period) {
            Some(until) if until.day() < today => ReviewWhy::Passed(until),
            Some(until) if until.day() <= today.saturating_add(jiff::Span::new().days(SOON)) => ReviewWhy::Soon(until),
            Some(_) => return None,
            None if usual.is_some() => return None,
            None => ReviewWhy::NoDay,
        };
        Some(Self { person, why, last, ended })
    }

    /// Returns whether a day has passed or is near; a missing day is not urgent.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.why != ReviewWhy::NoDay
    }

    /// Returns the reason in words, without the client's name.
    #[must_use]
    pub fn words(&self, today: Day) -> String {
        let why = match self.why {
            ReviewWhy::Passed(until) => {
                format!("due for review on {} ({}), which has passed", short_day(until.day(), today), until.reason())
            }
            ReviewWhy::Soon(until) => {
                format!("due for review on {} ({})", short_day(until.day(), today), until.reason())
            }
            ReviewWhy::NoDay => "no review date is set".to_owned(),
        };
        let ended = self.ended.map(|day| format!(", agreement ended on {}", short_day(day, today)));
        let last = self.last.map_or_else(
            || ", nothing written yet".to_owned(),
            |day| format!(", last entry {}", short_day(day, today)),
        );
        format!("{why}{}{last}", ended.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = jiff::civil::date(2026, 11, 22);

    fn terms(keep: Option<Day>, ended: Option<Day>) -> Engagement {
        Engagement { keep_until: keep, ended_on: ended, ..Engagement::usual(jiff::civil::date(2020, 1, 1)) }
    }

    fn why(engagements: &[Engagement], last: Option<Day>, usual: Option<&str>) -> Option<ReviewWhy> {
        let usual = usual.map(|text| text.parse().expect("a period"));
        Review::of(Person::default(), engagements, last, usual, TODAY).map(|review| review.why)
    }

    #[test]
    fn periods_are_read_and_written() {
        for (text, shown, words) in [("24m", "24m", "2 years"), ("2y", "24m", "2 years"), ("1m", "1m", "1 month")] {
            let period: Period = text.parse().expect(text);
            assert_eq!((period.to_string().as_str(), period.words().as_str()), (shown, words));
        }
        for bad in ["", "m", "0m", "2", "-1y", "2w", "101y", "\u{e9}", "99999999999y"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_day_that_was_agreed_counts_before_the_usual_period() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let (past, soon, edge, far) = (day("2026-11-21"), TODAY, day("2026-12-22"), day("2026-12-23"));
        assert_eq!(why(&[terms(Some(past), None)], None, Some("1m")), Some(ReviewWhy::Passed(Until::Agreed(past))));
        for until in [soon, edge] {
            assert_eq!(why(&[terms(Some(until), None)], None, None), Some(ReviewWhy::Soon(Until::Agreed(until))));
        }
        assert_eq!(why(&[terms(Some(far), Some(day("2020-01-01")))], None, Some("1m")), None);
        let newer = [terms(Some(past), Some(past)), terms(Some(far), None)];
        assert_eq!(why(&newer, None, None), None, "the newest agreement counts");
    }

    #[test]
    fn the_usual_period_counts_from_the_end_or_the_last_entry() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let ended = terms(None, Some(day("2024-10-01")));
        assert_eq!(
            why(std::slice::from_ref(&ended), Some(TODAY), Some("2y")),
            Some(ReviewWhy::Passed(Until::AfterEnd(day("2026-10-01"))))
        );
        assert_eq!(why(&[ended], Some(TODAY), Some("3y")), None);
        let last = Some(day("2024-12-01"));
        assert_eq!(why(&[], last, Some("24m")), Some(ReviewWhy::Soon(Until::AfterLast(day("2026-12-01")))));
        assert_eq!(why(&[terms(None, None)], last, Some("24m")), None, "it goes on");
        assert_eq!(why(&[], None, Some("24m")), None);
        for engagements in [&[][..], &[terms(None, None)], &[terms(None, Some(TODAY))]] {
            assert_eq!(why(engagements, last, None), Some(ReviewWhy::NoDay));
        }
    }
}

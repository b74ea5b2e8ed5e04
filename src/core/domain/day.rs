//! Parsing of days as British people write them.

use jiff::ToSpan;
use jiff::civil::Weekday;

use super::{Day, long_day};

/// The names of the months, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];
const NUMBERS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Parses a day that lies ahead, as people write it: `6/12`, `06/12/2026`, `6 Dec`, `Friday`, `next week`, `+2w`, `in a
/// fortnight`, `tomorrow`, `2026-12-06`. Numbers are day, month, year. A day without a year, or a day of the week, is the
/// next one from `today`; `next Friday` is the Friday of next week.
///
/// # Errors
/// Returns a sentence that says how to write a day.
pub fn parse_day(text: &str, today: Day) -> Result<Day, String> {
    let day = match found(text, today).ok_or_else(|| wrong(text))? {
        Found::Day(day) => Some(day),
        Found::Yearless { day, month } => {
            let this_year = Day::new(today.year(), month, day).ok().filter(|found| *found >= today);
            this_year.or_else(|| Day::new(today.year() + 1, month, day).ok())
        }
        Found::Weekday(weekday) => today.nth_weekday(1, weekday).ok(),
        Found::NextWeek(weekday) => {
            let monday = today.nth_weekday(1, Weekday::Monday).ok();
            monday.and_then(|monday| monday.checked_add(i64::from(weekday.to_monday_zero_offset()).days()).ok())
        }
        Found::LastWeekday(_) => None,
    };
    known_year(day, text)
}

/// Like [`parse_day`], for a day in the past: a day without a year, or a day of the week, is the last one up to `today`.
/// Also takes `yesterday`, `last Friday`, `3 days ago`.
///
/// # Errors
/// The same as [`parse_day`], and a day of the coming weeks that was probably meant for another year.
pub fn parse_past_day(text: &str, today: Day) -> Result<Day, String> {
    let day = match found(text, today).ok_or_else(|| wrong(text))? {
        Found::Day(day) => Some(day),
        Found::Weekday(weekday) if weekday == today.weekday() => Some(today),
        Found::Weekday(weekday) | Found::LastWeekday(weekday) => today.nth_weekday(-1, weekday).ok(),
        Found::NextWeek(_) => return parse_day(text, today),
        Found::Yearless { day, month } => {
            let this_year = Day::new(today.year(), month, day).ok();
            let last = Day::new(today.year() - 1, month, day).ok();
            match (this_year, last) {
                (Some(this), _) if this <= today => Some(this),
                // A day of the coming weeks is more likely a slip than a day of last year.
                (Some(this), Some(last)) if (this - today).get_days() <= SOON => {
                    return Err(format!("{} is in the future. For last year, type {last}", long_day(this)));
                }
                (_, last) => last,
            }
        }
    };
    known_year(day, text)
}

/// A day without a year that lies at most this many days ahead is rejected as a slip.
const SOON: i32 = 31;

/// Years in which a day may lie.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// Other years are certainly a mistake, and calendar files do not support them.
fn known_year(day: Option<Day>, text: &str) -> Result<Day, String> {
    day.filter(|day| YEARS.contains(&day.year())).ok_or_else(|| wrong(text))
}

fn wrong(text: &str) -> String {
    let text = super::truncate(text.trim(), 30);
    format!("\"{text}\" is not a date. Type a date like 6 Dec, 6/12/2026, Friday, or +14 for two weeks from now")
}

/// What was written, before it is known whether it lies ahead or behind.
enum Found {
    Day(Day),
    Yearless { day: i8, month: i8 },
    Weekday(Weekday),
    NextWeek(Weekday),
    LastWeekday(Weekday),
}

fn found(text: &str, today: Day) -> Option<Found> {
    let lower = text.trim().to_lowercase().replace(',', " ");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    if let ["on" | "by" | "this", rest @ ..] = words.as_slice() {
        words = rest.to_vec();
    }
    let shifted = |days: i64| today.checked_add(days.days()).ok().map(Found::Day);
    let months = |months: i64| today.checked_add(months.months()).ok().map(Found::Day);
    match words.as_slice() {
        ["today"] => return shifted(0),
        ["tomorrow"] => return shifted(1),
        ["yesterday"] => return shifted(-1),
        ["next", "week"] => return shifted(7),
        ["next", "month"] => return months(1),
        ["last", "week"] => return shifted(-7),
        ["last", "month"] => return months(-1),
        ["next", day] => return weekday(day).map(Found::NextWeek),
        ["last", day] => return weekday(day).map(Found::LastWeekday),
        [day] if weekday(day).is_some() => return weekday(day).map(Found::Weekday),
        // The day of the week is for the reader; the date says which day it is.
        [day, rest @ ..] if weekday(day).is_some() && !rest.is_empty() => words = rest.to_vec(),
        _ => {}
    }
    let (sign, amount) = match words.as_slice() {
        [amount @ .., "ago"] => (-1, amount),
        all => (1, all.strip_prefix(&["in"]).unwrap_or(all)),
    };
    if let Some((number, unit)) = stretch(amount) {
        return match unit {
            Unit::Days => shifted(sign * number),
            Unit::Months => months(sign * number),
        };
    }
    date(&words)
}

enum Unit {
    Days,
    Months,
}

/// Parses a stretch of time: `14 days`, `+14`, `+2w`, `two weeks`, `a fortnight`, `3 months`.
fn stretch(words: &[&str]) -> Option<(i64, Unit)> {
    let joined = words.concat();
    let plus = joined.starts_with('+');
    let rest = joined.trim_start_matches('+');
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = if digits > 0 {
        (rest.get(..digits)?.parse().ok()?, rest.get(digits..)?.trim())
    } else {
        match words {
            ["a" | "an", unit] => (1, *unit),
            ["fortnight"] => (1, "fortnight"),
            [number, unit] => (i64::try_from(NUMBERS.iter().position(|own| own == number)?).ok()?, *unit),
            _ => return None,
        }
    };
    if !(0..=3650).contains(&number) {
        return None;
    }
    Some(match unit {
        "" if plus => (number, Unit::Days),
        "d" | "day" | "days" => (number, Unit::Days),
        "w" | "wk" | "wks" | "week" | "weeks" => (7 * number, Unit::Days),
        "fortnight" | "fortnights" => (14 * number, Unit::Days),
        "m" | "month" | "months" => (number, Unit::Months),
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    let named = |(name, _): &&(&str, Weekday)| word.len() >= 3 && name.starts_with(word.trim_end_matches('.'));
    WEEKDAYS.iter().find(named).map(|(_, weekday)| *weekday)
}

/// Parses a date: ISO 8601, numbers as day, month and year, or a day with the name of a month.
fn date(words: &[&str]) -> Option<Found> {
    let parts: Vec<&str> = match words {
        [one] if one.len() == 10 && one.as_bytes().get(4) == Some(&b'-') => return one.parse().ok().map(Found::Day),
        [one] => one.split(['/', '.', '-']).collect(),
        [day, "of", rest @ ..] => std::iter::once(*day).chain(rest.iter().copied()).collect(),
        many => many.to_vec(),
    };
    let (first, second, year) = match parts.as_slice() {
        [first, second] => (*first, *second, None),
        [first, second, year] => (*first, *second, Some(year.parse::<i16>().ok().filter(|_| year.len() != 3)?)),
        _ => return None,
    };
    // "December 6" is understood too; two numbers are always day and month.
    let (day, month) = match (month_named(first), month_named(second)) {
        (None, Some(month)) => (number_of(first)?, month),
        (Some(month), None) => (number_of(second)?, month),
        _ => (number_of(first)?, number_of(second)?),
    };
    match year {
        None => (1..=12).contains(&month).then_some(Found::Yearless { day, month }),
        Some(year) => {
            let year = if (0..100).contains(&year) { 2000 + year } else { year };
            Day::new(year, month, day).ok().map(Found::Day)
        }
    }
}

fn month_named(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let at = MONTHS
        .iter()
        .position(|name| word.len() >= 3 && (name.starts_with(word) || (*name == "september" && word == "sept")))?;
    i8::try_from(at + 1).ok()
}

fn number_of(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let today = jiff::civil::date(2026, 11, 22);
        let read = |text: &str| parse_day(text, today).map(|day| day.to_string());
        for (text, day) in [
            ("2026-12-06", "2026-12-06"),
            ("6 Dec", "2026-12-06"),
            ("1st march", "2027-03-01"),
            ("6 December 2027", "2027-12-06"),
            ("+14", "2026-12-06"),
            ("in 2 weeks", "2026-12-06"),
            ("tomorrow", "2026-11-23"),
            ("6/12", "2026-12-06"),
            ("06/12/2026", "2026-12-06"),
            ("6.12.26", "2026-12-06"),
            ("6-12-2026", "2026-12-06"),
            ("1/3", "2027-03-01"),
            ("Friday", "2026-11-27"),
            ("fri", "2026-11-27"),
            ("on Sunday", "2026-11-29"),
            ("next friday", "2026-11-27"),
            ("next monday", "2026-11-23"),
            ("Friday 4 December", "2026-12-04"),
            ("Fri, 4 Dec 2026", "2026-12-04"),
            ("next week", "2026-11-29"),
            ("+2w", "2026-12-06"),
            ("+ 2 weeks", "2026-12-06"),
            ("2w", "2026-12-06"),
            ("in a fortnight", "2026-12-06"),
            ("fortnight", "2026-12-06"),
            ("in two weeks", "2026-12-06"),
            ("3 months", "2027-02-22"),
            ("the end", ""),
            ("December 6", "2026-12-06"),
            ("6th of December", "2026-12-06"),
        ] {
            assert_eq!(read(text).unwrap_or_default(), day, "{text}");
        }
        let past = |text: &str| parse_past_day(text, today).map(|day| day.to_string());
        for (text, day) in [
            ("26 Dec", "2025-12-26"),
            ("3 Sep", "2026-09-03"),
            ("2026-09-03", "2026-09-03"),
            ("22 Nov", "2026-11-22"),
            ("friday", "2026-11-20"),
            ("last friday", "2026-11-20"),
            ("sunday", "2026-11-22"),
            ("last sunday", "2026-11-15"),
            ("3 days ago", "2026-11-19"),
            ("a week ago", "2026-11-15"),
            ("3/9", "2026-09-03"),
            ("yesterday", "2026-11-21"),
        ] {
            assert_eq!(past(text).as_deref(), Ok(day), "{text}");
        }
        let slip = past("30 Nov").expect_err("it has not come");
        assert!(slip.contains("is in the future") && slip.contains("2025-11-30"), "{slip}");
        for text in [
            "",
            "soon",
            "31 feb",
            "+99999",
            "9999-12-31",
            "0000-01-01",
            "-009999-01-01",
            "1 Jan 9999",
            "6 \u{e9}\u{e9}\u{e9}",
            "12/13",
            "31/2/2026",
            "6/12/126",
            "14",
            "last week of",
            "next",
            "+",
            "ago",
            "fr",
            "last friday",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

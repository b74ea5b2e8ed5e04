//! Parsing of days as people write them.

use jiff::ToSpan;

use super::{Day, long_day};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Parses `2026-12-06`, `6 Dec`, `6 December 2026`, `+10`, `10 days`, `2 weeks`, `today` or `tomorrow`. A day and month
/// without a year is the next such day, counting from `today`.
///
/// # Errors
/// Returns a sentence that says how to write a day.
pub fn parse_day(text: &str, today: Day) -> Result<Day, String> {
    let wrong = || {
        format!(
            "\u{ab}{}\u{bb} is not a day I know; write it like 2026-12-06, 6 Dec or +14",
            super::truncate(text.trim(), 30)
        )
    };
    let lower = text.trim().to_lowercase();
    let found = day_of(&lower, today, &wrong)?;
    // Other years are certainly a mistake, and calendar files do not support them.
    if YEARS.contains(&found.year()) { Ok(found) } else { Err(wrong()) }
}

/// Years in which a day may lie.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

fn day_of(lower: &str, today: Day, wrong: &impl Fn() -> String) -> Result<Day, String> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let ahead = |days: i64| today.checked_add(days.days()).map_err(|_| wrong());
    let number = |word: &str| word.trim_start_matches('+').parse::<i64>().ok().filter(|n| (0..=3650).contains(n));
    match words.as_slice() {
        ["today"] => Ok(today),
        ["tomorrow"] => ahead(1),
        [one] if one.starts_with('+') => ahead(number(one).ok_or_else(wrong)?),
        [n, "day" | "days"] | ["in", n, "day" | "days"] => ahead(number(n).ok_or_else(wrong)?),
        [n, "week" | "weeks"] | ["in", n, "week" | "weeks"] => ahead(7 * number(n).ok_or_else(wrong)?),
        [iso] => iso.parse().map_err(|_| wrong()),
        [day, month] => {
            let found = on(day, month, today.year()).ok_or_else(wrong)?;
            if found >= today { Ok(found) } else { on(day, month, today.year() + 1).ok_or_else(wrong) }
        }
        [day, month, year] => on(day, month, year.parse().map_err(|_| wrong())?).ok_or_else(wrong),
        _ => Err(wrong()),
    }
}

/// Like [`parse_day`], for a day in the past: a day and month without a year is the last such day up to `today`.
///
/// # Errors
/// The same as [`parse_day`].
pub fn parse_past_day(text: &str, today: Day) -> Result<Day, String> {
    if text.trim().eq_ignore_ascii_case("yesterday") {
        return Ok(today.checked_sub(1.day()).unwrap_or(today));
    }
    let found = parse_day(text, today)?;
    let named = text.split_whitespace().count() == 2 && found > today;
    if !named {
        return Ok(found);
    }
    let last = found.checked_sub(1.year()).unwrap_or(found);
    // A day in the coming weeks is more likely a slip than a day of last year.
    if (found - today).get_days() <= SOON {
        return Err(format!("{} has not come yet; a day of last year is written like {last}", long_day(found)));
    }
    Ok(last)
}

/// A day without a year that lies at most this many days ahead is rejected as a slip.
const SOON: i32 = 31;

fn on(day: &str, month: &str, year: i16) -> Option<Day> {
    let day: i8 = day.trim_end_matches(|c: char| c.is_alphabetic() || c == '.').parse().ok()?;
    let short = month.get(..3)?;
    let month = i8::try_from(MONTHS.iter().position(|name| *name == short)?).ok()? + 1;
    Day::new(year, month, day).ok()
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
        ] {
            assert_eq!(read(text).as_deref(), Ok(day), "{text}");
        }
        let past = |text: &str| parse_past_day(text, today).map(|day| day.to_string());
        for (text, day) in
            [("26 Dec", "2025-12-26"), ("3 Sep", "2026-09-03"), ("2026-09-03", "2026-09-03"), ("22 Nov", "2026-11-22")]
        {
            assert_eq!(past(text).as_deref(), Ok(day), "{text}");
        }
        let slip = past("30 Nov").expect_err("it has not come");
        assert!(slip.contains("has not come yet") && slip.contains("2025-11-30"), "{slip}");
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
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

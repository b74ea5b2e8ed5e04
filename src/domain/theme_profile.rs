//! How answers spread over a theme: a mean of the ratings alone with how many are in it, and everything else counted apart.

use super::{Behaved, By, Framework, Move, NonAnswer, Rated, RatingHistory, Theme, join_and};

/// A mean with one decimal, and how many ratings are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// Ten times the mean, rounded.
    pub tenths: i64,
    /// How many.
    pub n: usize,
}

impl Mean {
    pub(super) fn of(values: impl IntoIterator<Item = i64>) -> Option<Self> {
        let (sum, n) = values.into_iter().fold((0_i64, 0_usize), |(sum, n), value| (sum + value, n + 1));
        let many = i64::try_from(n).ok().filter(|n| *n > 0)?;
        Some(Self { tenths: (sum * 20 + many).div_euclid(many * 2), n })
    }

    /// As a number.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(i32::try_from(self.tenths).unwrap_or(0)) / 10.0
    }
}

impl std::fmt::Display for Mean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.tenths < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.tenths.abs() / 10, self.tenths.abs() % 10)
    }
}

/// How one rater's newest answers spread over a theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Of the ratings alone.
    pub mean: Option<Mean>,
    /// How many of each non-answer, in the order of [`NonAnswer::ALL`].
    pub not: [usize; 3],
    /// How many behaviours have no answer.
    pub unanswered: usize,
}

/// The behaviours that were rated on two days: their mean on the first and on the last, so that like stands beside like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// On the first day.
    pub before: Mean,
    /// On the last.
    pub after: Mean,
}

/// One theme of a framework in which something was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeProfile {
    /// Id of the framework.
    pub framework: String,
    /// Its edition.
    pub edition: String,
    /// Code of the theme.
    pub code: String,
    /// Its name.
    pub title: String,
    /// How many of its behaviours are for the person's kind of organisation, or were answered all the same.
    pub of: usize,
    /// Lowest and highest point of the scale.
    pub scale: (i64, i64),
    /// The person's own view.
    pub own: Tally,
    /// The coach's; nothing where it may not be shown.
    pub coach: Tally,
    /// Those of others, each a view of its own; nothing where they may not be shown.
    pub others: Tally,
    /// Own ratings given more than once.
    pub again: Option<Again>,
}

impl ThemeProfile {
    /// A theme of so many behaviours, of which these were answered.
    pub(super) fn of(framework: &Framework, theme: &Theme, rows: &[&Behaved], of: usize) -> Self {
        Self {
            framework: framework.id.clone(),
            edition: framework.edition.clone(),
            code: theme.code.clone(),
            title: theme.title.clone(),
            of,
            scale: (framework.scale.lowest(), framework.scale.highest()),
            own: tally(rows, By::Myself, of),
            coach: tally(rows, By::Coach, of),
            others: tally(rows, By::Other, of),
            again: again(rows),
        }
    }

    /// `2.5 (2 of 7 rated)` or `not rated (0 of 7)`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.own.mean {
            Some(mean) => format!("{mean} ({} of {} rated)", mean.n, self.of),
            None => format!("not rated (0 of {})", self.of),
        }
    }

    /// Non-answers and what is unanswered, in words; empty where all are rated.
    #[must_use]
    pub fn apart(&self) -> String {
        let mut parts: Vec<String> = NonAnswer::ALL
            .into_iter()
            .zip(self.own.not)
            .filter(|(_, n)| *n > 0)
            .map(|(kind, n)| format!("{n} \u{ab}{}\u{bb}", kind.title()))
            .collect();
        if self.own.unanswered > 0 {
            parts.push(format!("{} not answered", self.own.unanswered));
        }
        join_and(&parts)
    }
}

/// The newest answer of each view that a rater gave on a behaviour.
fn latest(row: &Behaved, by: By) -> impl Iterator<Item = Rated> {
    row.courses.iter().filter(move |(own, _)| *own == by).filter_map(|(_, course)| Some(course.latest?.1))
}

/// Newest answers of one rater over the rows of a theme that has so many behaviours; of others each one.
fn tally(rows: &[&Behaved], by: By, of: usize) -> Tally {
    let all: Vec<Rated> = rows.iter().flat_map(|row| latest(row, by)).collect();
    let answered = rows.iter().filter(|row| latest(row, by).next().is_some()).count();
    Tally {
        mean: Mean::of(all.iter().filter_map(|rated| rated.value())),
        not: NonAnswer::ALL.map(|kind| all.iter().filter(|rated| **rated == Rated::Not(kind)).count()),
        unanswered: of.saturating_sub(answered),
    }
}

/// Own ratings that were given more than once in the time and hold at its end.
fn again(rows: &[&Behaved]) -> Option<Again> {
    let twice: Vec<&RatingHistory> = rows
        .iter()
        .filter(|row| matches!(row.moved(), Move::Up(_) | Move::Down(_) | Move::Stayed))
        .filter_map(|row| row.by(By::Myself))
        .collect();
    let mean = |end: fn(&RatingHistory) -> Option<i64>| Mean::of(twice.iter().filter_map(|course| end(course)));
    Some(Again {
        before: mean(|course| course.before.as_ref().map(|rating| rating.value))?,
        after: mean(|course| course.after.as_ref().map(|rating| rating.value))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_has_one_decimal_and_none_is_of_nothing() {
        let words = |values: &[i64]| Mean::of(values.iter().copied()).map(|mean| mean.to_string());
        assert_eq!(words(&[2, 3, 3]).as_deref(), Some("2.7"));
        assert_eq!(words(&[-1, -2]).as_deref(), Some("-1.5"));
        assert_eq!(words(&[]), None);
    }
}

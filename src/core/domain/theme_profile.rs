//! Statistics of the answers by theme: a mean of the ratings with their number, and separate counts of everything else.

use super::{Behaved, By, Framework, Move, NonAnswer, Rated, RatingHistory, Theme, join_and};

/// A mean with one decimal place and the number of ratings in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// Ten times the mean, rounded.
    pub tenths: i64,
    /// Number of ratings.
    pub n: usize,
}

impl Mean {
    pub(super) fn of(values: impl IntoIterator<Item = i64>) -> Option<Self> {
        let (sum, n) = values.into_iter().fold((0_i64, 0_usize), |(sum, n), value| (sum + value, n + 1));
        let many = i64::try_from(n).ok().filter(|n| *n > 0)?;
        Some(Self { tenths: (sum * 20 + many).div_euclid(many * 2), n })
    }

    /// Returns the mean as a number.
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

/// Statistics of one rater's newest answers within a theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Mean of the ratings; `None` if there are none.
    pub mean: Option<Mean>,
    /// Number of each non-answer, in the order of [`NonAnswer::ALL`].
    pub not: [usize; 3],
    /// Number of behaviours without an answer.
    pub unanswered: usize,
}

/// Means of the behaviours that were rated more than once, on the first and on the last day. Both are over the same
/// behaviours, so that they can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// Mean on the first day.
    pub before: Mean,
    /// Mean on the last day.
    pub after: Mean,
}

/// A theme of a framework with at least one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeProfile {
    /// Id of the framework.
    pub framework: String,
    /// Edition of the framework.
    pub edition: String,
    /// Code of the theme.
    pub code: String,
    /// Title of the theme.
    pub title: String,
    /// Number of its behaviours that are for the person's kind of organisation or were answered anyway.
    pub of: usize,
    /// Lowest and highest value of the rating scale.
    pub scale: (i64, i64),
    /// The person's own answers.
    pub own: Tally,
    /// The coach's answers; empty if they may not be shown.
    pub coach: Tally,
    /// Answers by others, each counted individually; empty if they may not be shown.
    pub others: Tally,
    /// Own ratings of behaviours rated more than once.
    pub again: Option<Again>,
}

impl ThemeProfile {
    /// Builds the profile of a theme with `of` behaviours; `rows` are the answered ones.
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

    /// Returns the mean in words: `2.5 (2 of 7 rated)` or `not rated (0 of 7)`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.own.mean {
            Some(mean) => format!("{mean} ({} of {} rated)", mean.n, self.of),
            None => format!("not rated (0 of {})", self.of),
        }
    }

    /// Returns the number of non-answers and unanswered behaviours in words; empty if all are rated.
    #[must_use]
    pub fn apart(&self) -> String {
        let mut parts: Vec<String> = NonAnswer::ALL
            .into_iter()
            .zip(self.own.not)
            .filter(|(_, n)| *n > 0)
            .map(|(kind, n)| format!("{} ({n})", kind.title()))
            .collect();
        if self.own.unanswered > 0 {
            parts.push(format!("{} not answered", self.own.unanswered));
        }
        join_and(&parts)
    }
}

/// Returns the newest answer of each of a rater's histories for a behaviour.
fn latest(row: &Behaved, by: By) -> impl Iterator<Item = Rated> {
    row.courses.iter().filter(move |(own, _)| *own == by).filter_map(|(_, course)| Some(course.latest?.1))
}

/// Counts a rater's newest answers in a theme with `of` behaviours. Answers by others count individually.
fn tally(rows: &[&Behaved], by: By, of: usize) -> Tally {
    let all: Vec<Rated> = rows.iter().flat_map(|row| latest(row, by)).collect();
    let answered = rows.iter().filter(|row| latest(row, by).next().is_some()).count();
    Tally {
        mean: Mean::of(all.iter().filter_map(|rated| rated.value())),
        not: NonAnswer::ALL.map(|kind| all.iter().filter(|rated| **rated == Rated::Not(kind)).count()),
        unanswered: of.saturating_sub(answered),
    }
}

/// Computes the means of own ratings that were given more than once in the period and are still in effect at its end.
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

//! How one rater's rating of one behaviour changed between two days. Ratings that [do not count](super::NotCompared)
//! are left out, and a non-answer is not a rating.

use super::{Answer, By, Day, Library, NotCompared, Rated, Scale, count, short_day};

/// Text written with a rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The question that was asked; empty for a recent example.
    pub asked: String,
    /// The text as written.
    pub text: String,
}

/// One rating with the text written for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// Day of the rating.
    pub on: Day,
    /// Value on the rating scale.
    pub value: i64,
    /// Label of the value on the scale.
    pub label: String,
    /// What was written on that day, examples last.
    pub quotes: Vec<Quote>,
}

/// An answer that is shown but excluded from comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// Day of the answer.
    pub on: Day,
    /// Who gave the answer.
    pub by: By,
    /// The rating or non-answer, as stored.
    pub rated: Rated,
    /// The rating in the words in which it was given; the number alone if those are not known.
    pub said: String,
    /// Title of the behaviour at the time; may be empty.
    pub title: String,
    /// Edition of the framework under which it was given.
    pub edition: String,
    /// Why the answer is excluded.
    pub why: NotCompared,
    /// What was written with the answer.
    pub quotes: Vec<Quote>,
}

impl Excluded {
    /// Returns `3 on 2 Feb, given under edition 1; not compared`. The title under which the answer was given is
    /// included if it differs from `below`, the title it is listed under.
    #[must_use]
    pub fn words(&self, below: &str, today: Day) -> String {
        let rated = if self.rated == Rated::Unanswered { "words only" } else { &self.said };
        let why = self.why.words(&self.edition);
        let own = !self.title.is_empty() && self.title != below;
        let titled = if own { format!(" for {}", self.title) } else { String::new() };
        format!("{rated}{titled} on {}, {why} and not compared", short_day(self.on, today))
    }
}

/// How a rating changed from the beginning to the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    /// Higher by this many points.
    Up(i64),
    /// Lower by this many points.
    Down(i64),
    /// The same value.
    Stayed,
    /// There is only one rating, or none since the beginning of the period.
    Once,
    /// The behaviour was rated, but the newest answer is a non-answer.
    Unsaid,
    /// There is no rating that can be compared.
    Unrated,
}

impl Move {
    /// Returns the identifier used on the screen and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Up(_) => "up",
            Self::Down(_) => "down",
            Self::Stayed => "same",
            Self::Once => "once",
            Self::Unsaid => "no-longer-said",
            Self::Unrated => "not-rated",
        }
    }

    /// Returns a symbol shown beside the word, so that the meaning does not depend on colour alone.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Up(_) => "+",
            Self::Down(_) => "-",
            Self::Stayed => "=",
            Self::Once => "\u{b7}",
            Self::Unsaid | Self::Unrated => "?",
        }
    }
}

/// One rater's ratings of one behaviour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RatingHistory {
    /// Ratings up to the last day, oldest first, one for each day (the last of that day).
    pub line: Vec<(Day, i64)>,
    /// The rating in effect on the first day, or else the first one after it.
    pub before: Option<Rating>,
    /// The rating in effect on the last day.
    pub after: Option<Rating>,
    /// The newest rating or non-answer up to the last day.
    pub latest: Option<(Day, Rated)>,
}

impl RatingHistory {
    /// Builds the history from comparable answers, which must be ordered oldest first.
    pub(super) fn of(answers: &[&Answer], library: &Library, scale: &Scale, (from, to): (Day, Day)) -> Self {
        let mut line: Vec<(Day, i64)> = Vec::new();
        let mut latest = None;
        for answer in answers.iter().filter(|answer| answer.on <= to) {
            match answer.rated {
                Rated::Unanswered => continue,
                Rated::Not(_) => {}
                Rated::Value(value) => match line.last_mut() {
                    Some(last) if last.0 == answer.on => last.1 = value,
                    _ => line.push((answer.on, value)),
                },
            }
            latest = Some((answer.on, answer.rated));
        }
        let held = line.iter().rfind(|(on, _)| *on <= from).or(line.first());
        let rating = |(on, value): (Day, i64)| Rating {
            on,
            value,
            label: given_label(answers, on, value)
                .or_else(|| scale.label(value))
                .map_or_else(|| value.to_string(), str::to_owned),
            quotes: answers
                .iter()
                .filter(|answer| answer.on == on && answer.rated.value().is_none_or(|own| own == value))
                .flat_map(|answer| quotes(library, answer))
                .collect(),
        };
        let (before, after) = (held.copied().map(rating), line.last().copied().map(rating));
        Self { line, before, after, latest }
    }

    /// Returns how the rating changed.
    #[must_use]
    pub fn moved(&self) -> Move {
        let (Some(before), Some(after), Some((_, latest))) = (&self.before, &self.after, self.latest) else {
            return Move::Unrated;
        };
        match (latest, after.value - before.value) {
            (Rated::Not(_), _) => Move::Unsaid,
            _ if before.on == after.on => Move::Once,
            (_, 0) => Move::Stayed,
            (_, up @ 1..) => Move::Up(up),
            (_, down) => Move::Down(-down),
        }
    }

    /// Returns the rating in effect at the end; `None` if the newest answer is a non-answer.
    #[must_use]
    pub fn now(&self) -> Option<&Rating> {
        match self.latest {
            Some((_, Rated::Value(_))) => self.after.as_ref(),
            _ => None,
        }
    }

    /// Returns the change in words, such as `from “When reminded” to “Usually”, over 6 weeks, 3 ratings`.
    #[must_use]
    pub fn words(&self, today: Day) -> String {
        let said = |kind: Rated| match kind {
            Rated::Not(kind) => kind.title().to_owned(),
            _ => "not rated".to_owned(),
        };
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            return match self.latest {
                Some((on, rated)) => format!("{}, {}", said(rated), short_day(on, today)),
                None => "no rating to compare".to_owned(),
            };
        };
        let time = || {
            let ratings = self.line.iter().filter(|(on, _)| *on >= before.on).count();
            format!("{}, {}", lasting((after.on - before.on).get_days()), count(ratings, "rating", "ratings"))
        };
        match (self.moved(), self.latest) {
            (Move::Up(_) | Move::Down(_), _) => {
                format!("from \u{201c}{}\u{201d} to \u{201c}{}\u{201d}, {}", before.label, after.label, time())
            }
            (Move::Stayed, _) => format!("{}, as before, {}", after.label, time()),
            (Move::Unsaid, Some((on, rated))) => format!(
                "{} since {}, before that {}, {}",
                said(rated),
                short_day(on, today),
                after.label,
                short_day(after.on, today)
            ),
            _ if self.line.len() == 1 => format!("{}, rated once, on {}", after.label, short_day(after.on, today)),
            _ => format!("{} since {}, not rated again in this time", after.label, short_day(after.on, today)),
        }
    }
}

/// Returns the label under which a rating was given, if it is known.
fn given_label<'a>(answers: &[&'a Answer], on: Day, value: i64) -> Option<&'a str> {
    let given = answers.iter().rfind(|answer| answer.on == on && answer.rated == Rated::Value(value))?;
    Some(given.wording.label.as_str()).filter(|label| !label.is_empty())
}

/// Returns a duration in words, such as `over 6 weeks`.
fn lasting(days: i32) -> String {
    let n = |number: i32| usize::try_from(number).unwrap_or(0);
    match days {
        ..14 => format!("over {}", count(n(days), "day", "days")),
        14..120 => format!("over {}", count(n((days + 3) / 7), "week", "weeks")),
        _ => format!("over {}", count(n((days + 15) * 12 / 365), "month", "months")),
    }
}

/// Returns the non-blank texts of an answer, the example last.
pub(super) fn quotes<'a>(library: &'a Library, answer: &'a Answer) -> impl Iterator<Item = Quote> + 'a {
    let written = answer
        .reflections
        .iter()
        .map(move |one| Quote { asked: library.question(&one.prompt).to_owned(), text: one.text.clone() });
    let example = Quote { asked: String::new(), text: answer.evidence.clone() };
    written.chain(std::iter::once(example)).filter(|quote| !quote.text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NonAnswer;

    const TODAY: Day = jiff::civil::date(2026, 11, 22);

    fn answer(month: i8, day: i8, rated: Rated) -> Answer {
        Answer {
            framework: "f".to_owned(),
            edition: "1".to_owned(),
            behaviour: "A-1".to_owned(),
            rated,
            evidence: format!("Day {day}."),
            ..Answer::blank(jiff::civil::date(2026, month, day))
        }
    }

    fn course(answers: &[Answer], from: Day, to: Day) -> RatingHistory {
        let answers: Vec<&Answer> = answers.iter().collect();
        RatingHistory::of(&answers, &Library::default(), &Scale::standard(), (from, to))
    }

    #[test]
    fn a_change_is_said_from_its_first_rating_to_its_newest_with_the_words_of_both_days() {
        let answers = [(9, 3, 2), (9, 20, 1), (10, 15, 3)].map(|(m, d, value)| answer(m, d, Rated::Value(value)));
        let whole = course(&answers, jiff::civil::date(2026, 9, 1), TODAY);
        assert_eq!(
            whole.words(TODAY),
            "from \u{201c}When reminded\u{201d} to \u{201c}Usually\u{201d}, over 6 weeks, 3 ratings"
        );
        assert_eq!(whole.moved(), Move::Up(1));
        assert_eq!(whole.before.as_ref().map(|rating| rating.quotes[0].text.as_str()), Some("Day 3."));
        // Between two days: the rating in effect on the first, and the one in effect on the last.
        let part = course(&answers, jiff::civil::date(2026, 9, 10), jiff::civil::date(2026, 10, 1));
        assert_eq!(
            part.words(TODAY),
            "from \u{201c}When reminded\u{201d} to \u{201c}Not yet\u{201d}, over 2 weeks, 2 ratings"
        );
        let later = course(&answers, jiff::civil::date(2026, 11, 1), TODAY);
        assert_eq!(later.moved(), Move::Once);
        assert_eq!(later.words(TODAY), "Usually since 15 Oct, not rated again in this time");
    }

    #[test]
    fn a_non_answer_is_never_a_rating_and_takes_an_older_one_back() {
        let rated = answer(9, 3, Rated::Value(3));
        let unsaid = answer(10, 3, Rated::Not(NonAnswer::CannotSay));
        let both = course(&[rated.clone(), unsaid.clone()], rated.on, TODAY);
        assert_eq!((both.moved(), both.now(), both.line.len()), (Move::Unsaid, None, 1));
        assert_eq!(both.words(TODAY), "Can't say since 3 Oct, before that Usually, 3 Sep");
        let alone = course(&[unsaid], rated.on, TODAY);
        assert_eq!((alone.moved(), alone.words(TODAY).as_str()), (Move::Unrated, "Can't say, 3 Oct"));
        // An answer with text alone changes nothing.
        let words = course(&[rated.clone(), answer(11, 1, Rated::Unanswered)], rated.on, TODAY);
        assert_eq!(words.words(TODAY), "Usually, rated once, on 3 Sep");
    }

    #[test]
    fn times_are_said_as_people_do() {
        for (days, words) in [
            (1, "over 1 day"),
            (13, "over 13 days"),
            (42, "over 6 weeks"),
            (119, "over 17 weeks"),
            (365, "over 12 months"),
        ] {
            assert_eq!(lasting(days), words);
        }
    }
}

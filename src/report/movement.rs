//! Changes in ratings, for each behaviour separately, and the level of ratings by theme. Words come first, then
//! numbers; a mean has one decimal and its n, and there is no mean over all themes.

use super::full::Matter;
use super::page::{Block, Drawing, Row, Table, Words};
use crate::domain::{Answer, BehaviourIx, Day, RecordKind, Theme, count, join_and, long_day};

/// A behaviour that was rated on more than one day.
struct Moved<'a> {
    ix: BehaviourIx,
    history: &'a [(Day, i64)],
    evidence: &'a str,
}

impl Moved<'_> {
    /// Returns the first and the last day, each with the rating.
    fn span(&self) -> Option<((Day, i64), (Day, i64))> {
        Some((*self.history.first()?, *self.history.last()?))
    }

    fn change(&self) -> i64 {
        self.span().map_or(0, |(first, last)| last.1 - first.1)
    }
}

/// Returns the change of each behaviour that was rated more than once, the largest increase first.
pub(super) fn blocks(matter: &Matter<'_>) -> Vec<Block> {
    if !matter.handout.shows(RecordKind::Progress) {
        return Vec::new();
    }
    let answered = matter.profile.answered().filter(|(_, standing)| standing.history.len() > 1);
    let mut moved: Vec<Moved<'_>> = answered
        .map(|(ix, standing)| {
            let newest = standing.newest().filter(|answer| !is_compared(matter, answer));
            let evidence = newest.map_or("", |answer| answer.evidence.trim());
            Moved { ix, history: &standing.history, evidence }
        })
        .collect();
    moved.sort_by_key(|moved| (std::cmp::Reverse(moved.change()), moved.ix));
    let days = moved.iter().flat_map(|moved| moved.history).map(|(day, _)| *day);
    let (Some(from), Some(to)) = (days.clone().min(), days.max()) else { return Vec::new() };
    let points = moved.iter().map(|moved| in_words(matter, moved));
    let mut blocks = vec![Block::Points(points.collect())];
    blocks.push(Block::Table(Table {
        caption: "Ratings over time in numbers".into(),
        legend: Words::from(format!(
            "Each line goes from {} to {}. A mark is a rating, and higher is more.",
            long_day(from),
            long_day(to)
        )),
        heads: vec!["Behaviour".into(), "Over time".into(), "First".into(), "Latest".into(), "Change".into()],
        rows: moved.iter().filter_map(|moved| row(matter, moved, from, to)).collect(),
    }));
    blocks
}

/// Returns whether an answer is a view of the round that is on the page already, with its example.
fn is_compared(matter: &Matter<'_>, answer: &Answer) -> bool {
    matter.handout.seen().last_round().is_some_and(|round| round.answers.contains(answer))
}

/// Returns a sentence such as `Lets other people decide: from When reminded (2) on … to Usually (3) on ….`
fn in_words(matter: &Matter<'_>, moved: &Moved<'_>) -> Words {
    let title = &matter.handout.library().behaviour(moved.ix).title;
    let Some((first, last)) = moved.span() else { return Words::from(title) };
    let rating = |(day, value)| matter.own_on(moved.ix, day, value);
    let change = if moved.change() == 0 {
        format!("{title}: {} on {} as on {}.", rating(last), long_day(last.0), long_day(first.0))
    } else {
        format!("{title}: from {} on {} to {} on {}.", rating(first), long_day(first.0), rating(last), long_day(last.0))
    };
    if moved.evidence.is_empty() {
        return Words::from(change);
    }
    Words::from(format!("{change} The example given: \u{201c}{}\u{201d}", moved.evidence))
}

fn row(matter: &Matter<'_>, moved: &Moved<'_>, from: Day, to: Day) -> Option<Row> {
    let (first, last) = moved.span()?;
    let since = |day: Day| (day - from).get_days();
    let told: Vec<String> = moved.history.iter().map(|(day, value)| format!("{value} on {}", long_day(*day))).collect();
    let change = match moved.change() {
        0 => "same".to_owned(),
        up @ 1.. => format!("+{up}"),
        down => format!("\u{2212}{}", down.abs()),
    };
    Some(Row {
        name: Words::from(&matter.handout.library().behaviour(moved.ix).title),
        drawing: Drawing::Line {
            points: moved.history.iter().map(|(day, value)| (since(*day), *value)).collect(),
            days: since(to).max(1),
            scale: matter.scale(moved.ix),
        },
        words: Words::from(format!("{}.", join_and(&told))),
        cells: vec![first.1.to_string().into(), last.1.to_string().into(), change.into()],
    })
}

/// Returns the newest own ratings by theme, in the framework's order.
pub(super) fn themes(matter: &Matter<'_>) -> Vec<Block> {
    let library = matter.handout.library();
    let mut blocks = Vec::new();
    for framework in &library.frameworks {
        let rows: Vec<Row> =
            framework.themes.iter().filter_map(|theme| theme_row(matter, &framework.id, theme)).collect();
        if !rows.is_empty() {
            blocks.push(Block::Table(Table {
                caption: Words::from(format!("Latest own ratings, {}", framework.title)),
                legend: Words::from(format!(
                    "A bar goes from the lowest point of the scale ({}) to the average of the ratings. An average of \
                     one or two ratings says little.",
                    framework.scale.lowest()
                )),
                heads: vec!["Theme".into(), "Low to high".into(), "Average".into(), "Rated".into(), "No rating".into()],
                rows,
            }));
        }
    }
    blocks
}

fn theme_row(matter: &Matter<'_>, framework: &str, theme: &Theme) -> Option<Row> {
    let library = matter.handout.library();
    let organisation = matter.handout.seen().person.organisation;
    let of_theme = |ix: &BehaviourIx| {
        let behaviour = library.behaviour(*ix);
        behaviour.framework == framework && behaviour.theme == theme.code
    };
    let behaviours: Vec<BehaviourIx> = library.indices().filter(of_theme).collect();
    let rated: Vec<i64> = behaviours.iter().filter_map(|ix| matter.profile.of(*ix)?.rated.value()).collect();
    let without = behaviours.iter().filter_map(|ix| matter.profile.of(*ix)).filter(|s| s.rated.value().is_none());
    let possible = behaviours.iter().filter(|ix| organisation.meets(library.behaviour(**ix).applies_to)).count();
    let n = i64::try_from(rated.len()).ok().filter(|n| *n > 0)?;
    let tenths = (rated.iter().sum::<i64>() * 20 + n).div_euclid(2 * n);
    let mean = format!("{}.{}", tenths.div_euclid(10), tenths.rem_euclid(10));
    let of = format!("{n} of {}", possible.max(rated.len()));
    Some(Row {
        name: Words::from(&theme.title),
        drawing: Drawing::Bar { tenths, scale: behaviours.first().map_or((1, 5), |ix| matter.scale(*ix)) },
        words: Words::from(format!("Average {mean} of {}.", count(rated.len(), "rating", "ratings"))),
        cells: vec![mean.into(), of.into(), without.count().to_string().into()],
    })
}

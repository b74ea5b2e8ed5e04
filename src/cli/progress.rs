//! `cairn progress`: shows how ratings changed.

use super::secrets::open;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::out::{Out, finish, standing};
use crate::desk::OpenOptions;
use crate::domain::{
    Asking, Behaved, By, Day, Excluded, NonAnswer, Private, Progress, Quote, Rated, Rating, RatingHistory, ShowCoach,
    Tally, ThemeProfile, parse_past_day, short_day,
};
use crate::error::Error;

#[derive(Debug, Args)]
pub(super) struct ProgressArgs {
    /// Compare from this date, like 3 Sep, instead of the first
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Compare with this date instead of the latest
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Whole<'a> {
    from: Option<String>,
    to: Option<String>,
    days: Vec<DayRow>,
    words: &'a [String],
    themes: Vec<ThemeRow<'a>>,
    behaviours: Vec<BehaviourRow<'a>>,
}

#[derive(Debug, Serialize)]
struct DayRow {
    on: String,
    own: usize,
    others: usize,
}

#[derive(Debug, Serialize)]
struct ThemeRow<'a> {
    code: &'a str,
    title: &'a str,
    framework: &'a str,
    edition: &'a str,
    behaviours: usize,
    #[serde(rename = "self")]
    own: TallyRow,
    coach: TallyRow,
    others: TallyRow,
    rated_twice: Option<Twice>,
}

#[derive(Debug, Serialize)]
struct TallyRow {
    mean: Option<f64>,
    n: usize,
    not_applicable: usize,
    cannot_say: usize,
    prefer_not_to_say: usize,
    unanswered: usize,
}

#[derive(Debug, Serialize)]
struct Twice {
    n: usize,
    before: f64,
    after: f64,
}

#[derive(Debug, Serialize)]
struct BehaviourRow<'a> {
    code: &'a str,
    id: &'a str,
    title: &'a str,
    change: &'static str,
    words: String,
    importance: Option<i64>,
    target: Option<i64>,
    views: Vec<View<'a>>,
    not_compared: Vec<ApartRow<'a>>,
}

#[derive(Debug, Serialize)]
struct View<'a> {
    by: &'static str,
    change: &'static str,
    before: Option<RatingRow<'a>>,
    after: Option<RatingRow<'a>>,
    latest: Option<Latest>,
    ratings: Vec<Dated>,
}

#[derive(Debug, Serialize)]
struct Latest {
    on: String,
    rating: serde_json::Value,
}

#[derive(Debug, Serialize)]
struct Dated {
    on: String,
    rating: i64,
}

#[derive(Debug, Serialize)]
struct RatingRow<'a> {
    on: String,
    rating: i64,
    label: &'a str,
    texts: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Text<'a> {
    asked: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct ApartRow<'a> {
    on: String,
    by: &'static str,
    rating: serde_json::Value,
    title: &'a str,
    rated: &'a str,
    edition: &'a str,
    why: &'static str,
    texts: Vec<Text<'a>>,
}

pub(super) fn run(args: &ProgressArgs, opening: &OpenOptions, out: &mut Out) -> Result<ExitCode, Error> {
    let mut desk = open(opening)?;
    desk.loaded_packs = standing(std::mem::take(&mut desk.loaded_packs))?;
    let today = desk.today();
    let first = desk.progress(Asking::default())?;
    let day = |text: &Option<String>, or: Option<Day>| match text {
        Some(text) => parse_past_day(text, today).map(Some).map_err(|why| Error::input(why, "")),
        None => Ok(or),
    };
    let (from, to) = (day(&args.from, first.span.map(|days| days.0))?, day(&args.to, first.span.map(|days| days.1))?);
    let named = args.from.is_some() || args.to.is_some();
    let progress = match from.zip(to).filter(|_| named) {
        Some((from, to)) if from > to => {
            let words = format!("{} is after {}", short_day(from, today), short_day(to, today));
            return Err(Error::input(words, "give the earlier date with --from"));
        }
        Some(days) => desk.progress(Asking { days: Some(days), private: Private::Hidden })?,
        None => first,
    };
    if args.json {
        out.json(&whole(&progress))?;
    } else {
        print(&progress, out);
    }
    Ok(finish(&desk.loaded_packs))
}

fn whole(progress: &Progress) -> Whole<'_> {
    Whole {
        from: progress.span.map(|(from, _)| from.to_string()),
        to: progress.span.map(|(_, to)| to.to_string()),
        days: progress
            .days
            .iter()
            .map(|day| DayRow { on: day.on.to_string(), own: day.own, others: day.others })
            .collect(),
        words: &progress.words,
        themes: progress.themes.iter().map(theme).collect(),
        behaviours: progress.rows.iter().map(|row| behaviour(row, progress.today)).collect(),
    }
}

fn theme(theme: &ThemeProfile) -> ThemeRow<'_> {
    ThemeRow {
        code: &theme.code,
        title: &theme.title,
        framework: &theme.framework,
        edition: &theme.edition,
        behaviours: theme.of,
        own: tally(&theme.own),
        coach: tally(&theme.coach),
        others: tally(&theme.others),
        rated_twice: theme.again.map(|again| Twice {
            n: again.before.n,
            before: again.before.value(),
            after: again.after.value(),
        }),
    }
}

fn tally(tally: &Tally) -> TallyRow {
    let [not_applicable, cannot_say, prefer_not_to_say] = tally.not;
    TallyRow {
        mean: tally.mean.map(crate::domain::Mean::value),
        n: tally.mean.map_or(0, |mean| mean.n),
        not_applicable,
        cannot_say,
        prefer_not_to_say,
        unanswered: tally.unanswered,
    }
}

fn behaviour(row: &Behaved, today: Day) -> BehaviourRow<'_> {
    BehaviourRow {
        code: &row.code,
        id: &row.full_code,
        title: &row.title,
        change: row.moved().id(),
        words: row.by(By::Myself).map(|course| course.words(today)).unwrap_or_default(),
        importance: row.importance.as_ref().map(|(value, _)| *value),
        target: row.target.as_ref().map(|(value, _)| *value),
        views: row.courses.iter().map(|(by, course)| view(*by, course)).collect(),
        not_compared: row.apart.iter().map(apart).collect(),
    }
}

fn view(by: By, course: &RatingHistory) -> View<'_> {
    View {
        by: by.id(),
        change: course.moved().id(),
        before: course.before.as_ref().map(rating),
        after: course.after.as_ref().map(rating),
        latest: course.latest.map(|(on, rated)| Latest { on: on.to_string(), rating: rated_value(rated) }),
        ratings: course.line.iter().map(|(on, value)| Dated { on: on.to_string(), rating: *value }).collect(),
    }
}

fn rating(rating: &Rating) -> RatingRow<'_> {
    RatingRow { on: rating.on.to_string(), rating: rating.value, label: &rating.label, texts: texts(&rating.quotes) }
}

pub(super) fn texts(quotes: &[Quote]) -> Vec<Text<'_>> {
    quotes.iter().map(|quote| Text { asked: &quote.asked, text: &quote.text }).collect()
}

fn apart(apart: &Excluded) -> ApartRow<'_> {
    ApartRow {
        on: apart.on.to_string(),
        by: apart.by.id(),
        rating: rated_value(apart.rated),
        title: &apart.title,
        rated: if apart.rated == Rated::Unanswered { "" } else { &apart.said },
        edition: &apart.edition,
        why: apart.why.id(),
        texts: texts(&apart.quotes),
    }
}

/// Returns a number, the id of a non-answer, or null, as in an answers file.
fn rated_value(rated: Rated) -> serde_json::Value {
    match rated {
        Rated::Unanswered => serde_json::Value::Null,
        Rated::Value(value) => value.into(),
        Rated::Not(kind) => NonAnswer::id(kind).into(),
    }
}

fn print(progress: &Progress, out: &mut Out) {
    if progress.rows.is_empty() {
        out.line("Nothing to look back on yet. `cairn reflect CODE` lets you rate a behaviour.");
        return;
    }
    for words in &progress.words {
        out.paragraph("", words);
    }
    out.sheet(&progress.profile_sheet(ShowCoach::Coach));
    for row in &progress.rows {
        out.line("");
        out.line(row.heading());
        out.sheet(&progress.behaved(row, ShowCoach::Coach));
    }
}

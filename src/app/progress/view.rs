//! The view of the progress screen: a summary in sentences, then themes and behaviours, each with numbers, bars and
//! words.

use super::ProgressRow;
use crate::app::model::Model;
use crate::app::view::{
    Bar, Body, Lines, ListView, Number, PagePart, PageView, Ratings, RowTone, RowView, Rows, ScaleLine, Spoke, View,
    WebView,
};
use crate::domain::{
    Behaved, Block, By, Mean, Move, Progress, Rated, RatingHistory, Sheet, ShowCoach, ThemeProfile, count, short_day,
};

/// Fewest spokes for a useful chart, and most spokes that can be told apart.
const FEWEST: usize = 3;
const MOST: usize = 8;

pub(super) fn view(model: &Model) -> View<'_> {
    let own = &model.person.progress;
    let Some((progress, marked)) = model.marked_progress() else {
        return View::waiting("Progress", "Loading your answers\u{2026}");
    };
    if progress.rows.is_empty() {
        let mut sheet = Sheet::default();
        sheet.text("Reflect on a behaviour in Find and say how often you do it.");
        sheet.text("Rate it again in a few weeks. This page will then show what has changed.");
        return View::page("Progress", PageView::new("Nothing to look back on yet", sheet), 0);
    }
    let look = Look { progress, beside: own.beside };
    let rows = Rows::new(own.rows().len(), move |at| own.rows().get(at).map(|at| look.row(*at)).unwrap_or_default());
    let list = ListView {
        web: look.web(marked),
        ..ListView::new("What changed", own.row, rows).with("Details", look.detail(marked))
    };
    let teach = "Type a number to read that row with its numbers and what you wrote.";
    View {
        about: Model::about_progress(progress),
        about_is_shown: true,
        scroll: own.scroll,
        lines: Lines { number: Number::Reads, teach: vec![teach], ..Lines::default() },
        ..View::new("Progress", Body::list(list))
    }
}

/// The data from which rows and pages are built.
#[derive(Clone, Copy)]
struct Look<'a> {
    progress: &'a Progress,
    beside: ShowCoach,
}

impl Look<'_> {
    fn row(self, row: ProgressRow) -> RowView {
        let view = match row {
            ProgressRow::InShort => {
                let told = "Summary, with the average of each theme.".to_owned();
                RowView { tone: RowTone::Heading, told, ..RowView::of("Summary") }
            }
            ProgressRow::Theme(at) => self.progress.themes.get(at).map(|theme| self.theme(theme)).unwrap_or_default(),
            ProgressRow::Behaviour(at) => self.progress.rows.get(at).map(|row| self.moved(row)).unwrap_or_default(),
        };
        // The change matters most, so the title is shortened if the row is too long.
        RowView { note_stays: true, ..view }
    }

    /// Returns a mean that somebody else gave, if it is shown.
    fn others(self, mean: Option<Mean>) -> Option<Mean> {
        mean.filter(|_| self.beside == ShowCoach::Coach)
    }

    fn theme(self, theme: &ThemeProfile) -> RowView {
        let note = match (theme.own.mean, self.others(theme.coach.mean)) {
            (Some(own), Some(coach)) => format!("{own} ({} of {}), coach {coach} ({})", own.n, theme.of, coach.n),
            (Some(own), None) => format!("{own} ({} of {})", own.n, theme.of),
            (None, _) => format!("0 of {}", theme.of),
        };
        let rated = |who: &str, mean: Option<Mean>| {
            self.others(mean).map(|mean| format!(", {who} {mean} ({} rated)", mean.n)).unwrap_or_default()
        };
        let (coach, others) = (rated("your coach", theme.coach.mean), rated("others", theme.others.mean));
        let told = format!("Theme {}: {}{coach}{others}.", theme.title, theme.words());
        RowView { tone: RowTone::Heading, note, told, ..RowView::of(&theme.title) }
    }

    /// Returns the row of a behaviour: `2 to 3  + up` with the coach's rating on screen, `from 2 up to 3` in plain
    /// mode.
    fn moved(self, row: &Behaved) -> RowView {
        let own = row.by(By::Myself);
        let moved = row.moved();
        let ends = own.and_then(|own| Some((own.before.as_ref()?.value, own.after.as_ref()?.value)));
        let marked = |words: String| format!("{words} {} {}", moved.mark(), moved.id());
        let (short, told) = match (moved, ends) {
            (Move::Up(_), Some((before, after))) => {
                (marked(format!("{before} to {after}")), format!("from {before} up to {after}"))
            }
            (Move::Down(_), Some((before, after))) => {
                (marked(format!("{before} to {after}")), format!("from {before} down to {after}"))
            }
            (Move::Stayed, Some((_, after))) => (marked(after.to_string()), format!("stayed at {after}")),
            (Move::Once, Some((_, after))) => (marked(after.to_string()), format!("{after}, rated once")),
            (Move::Unsaid, _) => ("? no longer rated".to_owned(), "no longer rated".to_owned()),
            _ if row.courses.is_empty() => ("not compared".to_owned(), "not compared".to_owned()),
            _ => {
                let instead = match own.and_then(|own| own.latest) {
                    Some((_, Rated::Not(kind))) => kind.title(),
                    _ => "not rated",
                };
                (format!("? {instead}"), instead.to_owned())
            }
        };
        let coach = row.by(By::Coach).and_then(RatingHistory::now).filter(|_| self.beside == ShowCoach::Coach);
        let with = |lead: &str| coach.map(|rating| format!("{lead}{}", rating.value)).unwrap_or_default();
        RowView {
            indent: 2,
            note: format!("{short}{}", with(", coach ")),
            told: format!("{}: {told}{}.", row.heading(), with(", your coach ")),
            ratings: Some(own.map_or_else(Ratings::default, |own| ratings(row, own))),
            ..RowView::of(row.heading())
        }
    }

    fn detail(self, marked: ProgressRow) -> PageView {
        match marked {
            ProgressRow::InShort => {
                let mut means = Sheet::default();
                means.heading("Average by theme, and how many ratings it uses");
                let mut note = Sheet::default();
                note.note("Averages use ratings only. Cairn never gives a person a score.");
                let mut told = self.progress.profile_sheet(self.beside);
                told.blocks.retain(|block| matches!(block, Block::Pair(..)));
                let bars = self.progress.themes.iter().flat_map(|theme| self.bars(&theme.title, theme)).collect();
                let moved = self.progress.rows.iter().filter(|row| matches!(row.moved(), Move::Up(_) | Move::Down(_)));
                let moved: Vec<ScaleLine> = moved.filter_map(|row| self.then_and_now(row, true)).take(MOST).collect();
                let parts = vec![
                    PagePart::Sheet(self.progress.in_short()),
                    PagePart::Gap,
                    PagePart::Sheet(means),
                    PagePart::Bars(bars, told),
                    PagePart::Sheet(note),
                    PagePart::Gap,
                    PagePart::Scales(moved),
                ];
                PageView::of("Summary", parts)
            }
            ProgressRow::Theme(at) => {
                let Some(theme) = self.progress.themes.get(at) else { return PageView::default() };
                let mut told = Sheet::default();
                told.text(format!("{}.", theme.words()));
                let sheet = self.progress.theme(theme, self.beside);
                let own = self.progress.rows.iter().filter(|row| row.theme == Some(at));
                let own = own.filter_map(|row| self.with_coach(row, true).or_else(|| self.then_and_now(row, true)));
                let scales = PagePart::Scales(own.collect());
                let parts = vec![
                    PagePart::Bars(self.bars("You", theme), told),
                    PagePart::Gap,
                    scales,
                    PagePart::Gap,
                    PagePart::Sheet(sheet),
                ];
                PageView::of(&theme.title, parts)
            }
            ProgressRow::Behaviour(at) => {
                let Some(row) = self.progress.rows.get(at) else { return PageView::default() };
                let shown = row.courses.iter().filter(|(by, _)| *by == By::Myself || self.beside == ShowCoach::Coach);
                let bars = shown.filter_map(|(by, course)| rated(row, *by, course)).collect();
                // The sheet already says the same in words.
                let sheet = self.progress.behaved(row, self.beside);
                let scales = [self.then_and_now(row, false), self.with_coach(row, false)].into_iter().flatten();
                let parts = vec![
                    PagePart::Bars(bars, Sheet::default()),
                    PagePart::Scales(scales.collect()),
                    PagePart::Sheet(sheet),
                ];
                PageView::of(row.heading(), parts)
            }
        }
    }

    /// Returns the person's own rating on the first and on the last day; `None` if there is only one.
    fn then_and_now(self, row: &Behaved, is_named: bool) -> Option<ScaleLine> {
        let own = row.by(By::Myself)?;
        let (before, after) = (own.before.as_ref()?, own.after.as_ref().filter(|after| after.on > before_day(own))?);
        let day = |day| short_day(day, self.progress.today);
        let names = (format!("{}:", day(after.on)), format!("{}:", day(before.on)));
        Some(scale_line(row, is_named, names, (Some(after.value), Some(before.value))))
    }

    /// Returns the person's own newest rating and the coach's; `None` without the coach's, or if it is not shown.
    fn with_coach(self, row: &Behaved, is_named: bool) -> Option<ScaleLine> {
        let now = |by| row.by(by).and_then(RatingHistory::now).map(|rating| rating.value);
        let coach = now(By::Coach).filter(|_| self.beside == ShowCoach::Coach)?;
        let names = ("you".to_owned(), "your coach".to_owned());
        Some(scale_line(row, is_named, names, (now(By::Myself), Some(coach))))
    }

    /// Returns the mean of a theme as a bar, followed by the means that others gave.
    fn bars(self, name: &str, theme: &ThemeProfile) -> Vec<Bar> {
        let bar = |label: &str, mean: Option<Mean>, words: String| Bar {
            label: label.to_owned(),
            value: mean.map(Mean::value),
            words,
            ratings: Ratings { values: Vec::new(), scale: theme.scale },
        };
        let of = |mean: Mean| format!("{mean} ({} of {})", mean.n, theme.of);
        let own = theme.own.mean;
        let mut bars = vec![bar(name, own, own.map_or_else(|| format!("0 of {}", theme.of), of))];
        bars.extend(self.others(theme.coach.mean).map(|mean| bar("Your coach", Some(mean), of(mean))));
        bars.extend(
            self.others(theme.others.mean)
                .map(|mean| bar("Others", Some(mean), format!("{mean} ({})", count(mean.n, "rating", "ratings")))),
        );
        bars
    }

    /// Returns a chart of the themes if enough of them are rated, otherwise of the rated behaviours; `None` if too
    /// little is rated.
    fn web(self, marked: ProgressRow) -> Option<WebView> {
        let framework = self.framework(marked)?;
        let is_about_all = !matches!(marked, ProgressRow::Behaviour(_));
        let themes = || self.progress.themes.iter().filter(|theme| theme.framework == framework.framework);
        if themes().filter(|theme| theme.own.mean.is_some()).count() >= FEWEST {
            let spokes = themes().map(|theme| self.spoke_of_theme(theme)).collect();
            return Some(WebView { spokes, scale: framework.scale, is_about_all });
        }
        let own = |row: &&Behaved| {
            let theme = row.theme.and_then(|at| self.progress.themes.get(at));
            theme.is_some_and(|theme| theme.framework == framework.framework)
        };
        let rows = self.progress.rows.iter().filter(own);
        let spokes: Vec<Spoke> = rows.filter_map(|row| self.spoke_of_behaviour(row)).take(MOST).collect();
        (spokes.len() >= FEWEST).then_some(WebView { spokes, scale: framework.scale, is_about_all })
    }

    /// Returns a theme of the framework to draw: that of the marked row, otherwise the framework with the most ratings.
    fn framework(&self, marked: ProgressRow) -> Option<&ThemeProfile> {
        let theme = match marked {
            ProgressRow::InShort => None,
            ProgressRow::Theme(at) => Some(at),
            ProgressRow::Behaviour(at) => self.progress.rows.get(at).and_then(|row| row.theme),
        };
        let rated = |theme: &&ThemeProfile| {
            let of = |own: &&ThemeProfile| own.framework == theme.framework;
            self.progress.themes.iter().filter(of).filter_map(|own| own.own.mean).map(|mean| mean.n).sum::<usize>()
        };
        let chosen = theme.and_then(|at| self.progress.themes.get(at));
        chosen.or_else(|| self.progress.themes.iter().rev().max_by_key(rated))
    }

    fn spoke_of_theme(self, theme: &ThemeProfile) -> Spoke {
        let coach = self.others(theme.coach.mean);
        Spoke {
            code: theme.code.clone(),
            title: theme.title.clone(),
            own: theme.own.mean.map_or_else(|| "-".to_owned(), |mean| mean.to_string()),
            of: format!(" ({} of {})", theme.own.mean.map_or(0, |mean| mean.n), theme.of),
            coach: coach.map(|mean| format!("{mean} ({} of {})", mean.n, theme.of)).unwrap_or_default(),
            values: (theme.own.mean.map(Mean::value), coach.map(Mean::value)),
        }
    }

    /// Returns the spoke of a behaviour; `None` if the person has no current rating of it.
    fn spoke_of_behaviour(self, row: &Behaved) -> Option<Spoke> {
        let now = |by| row.by(by).and_then(RatingHistory::now).map(|rating| rating.value);
        let own = now(By::Myself)?;
        let coach = now(By::Coach).filter(|_| self.beside == ShowCoach::Coach);
        Some(Spoke {
            code: row.code.clone(),
            title: row.title.clone(),
            own: own.to_string(),
            of: String::new(),
            coach: coach.map(|value| value.to_string()).unwrap_or_default(),
            values: (Some(number(own)), coach.map(number)),
        })
    }
}

/// Returns somebody's last rating as a bar; `None` if there is none.
fn rated(row: &Behaved, by: By, course: &RatingHistory) -> Option<Bar> {
    let now = course.now()?;
    let who = match by {
        By::Myself => "you",
        By::Coach => "your coach",
        By::Other => "another person",
    };
    Some(Bar {
        label: String::new(),
        value: Some(number(now.value)),
        words: format!("{} ({}), {who}", now.value, now.label),
        ratings: ratings(row, course),
    })
}

/// Returns the day of the rating on the first of the two days.
fn before_day(own: &RatingHistory) -> crate::domain::Day {
    own.before.as_ref().map_or(crate::domain::Day::MAX, |before| before.on)
}

fn scale_line(
    row: &Behaved,
    is_named: bool,
    names: (String, String),
    (own, other): (Option<i64>, Option<i64>),
) -> ScaleLine {
    let name = |name: &String| if is_named { name.clone() } else { String::new() };
    let points = row.scale.iter().map(|(value, _)| *value).collect();
    ScaleLine { label: name(&row.code), title: name(&row.title), names, points, own, other }
}

fn number(value: i64) -> f64 {
    f64::from(i32::try_from(value).unwrap_or(0))
}

/// Returns the ratings of a behaviour, with the lowest and highest point of its scale; 1 to 5 if the scale is unknown.
fn ratings(row: &Behaved, course: &RatingHistory) -> Ratings {
    let end = |point: Option<&(i64, String)>, or: i64| point.map_or(or, |(value, _)| *value);
    let values = course.line.iter().map(|(_, value)| *value).collect();
    Ratings { values, scale: (end(row.scale.first(), 1), end(row.scale.last(), 5)) }
}

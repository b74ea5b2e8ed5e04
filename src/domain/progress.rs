//! How things changed for one person: dated snapshots, each behaviour between two days, a profile by theme. Words first;
//! never one score for a person. Answers of another edition are listed and never joined with those of today's.

use std::collections::{BTreeMap, BTreeSet};

use super::course::quotes;
use super::progress_words::in_words;
use super::{
    Answer, Apart, BehaviourIx, By, Course, Day, Dossier, Framework, Library, Move, NonAnswer, NotCompared, Party,
    Rated, RecordKind,
};

/// Whether what only the coach may read is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Private {
    /// Somebody else may be looking.
    #[default]
    Hidden,
    /// The coach is alone and asked for it.
    Shown,
}

/// A day on which somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SnapshotDay {
    /// Which.
    pub on: Day,
    /// How many answers the person gave.
    pub own: usize,
    /// How many others gave about them.
    pub others: usize,
}

/// A mean with one decimal, and how many ratings are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// Ten times the mean, rounded.
    pub tenths: i64,
    /// How many.
    pub n: usize,
}

impl Mean {
    fn of(values: impl IntoIterator<Item = i64>) -> Option<Self> {
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
    /// Own ratings given more than once.
    pub again: Option<Again>,
}

/// One behaviour that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaved {
    /// Which; `None` where the packs no longer have it.
    pub ix: Option<BehaviourIx>,
    /// `framework/CODE`.
    pub full_code: String,
    /// Its code.
    pub code: String,
    /// Its title, or the code where the packs no longer have it.
    pub title: String,
    /// Its theme, as a place in [`Progress::themes`].
    pub theme: Option<usize>,
    /// Points of its scale with their words, lowest first.
    pub scale: Vec<(i64, String)>,
    /// Who rated it, the person first.
    pub courses: Vec<(By, Course)>,
    /// Newest importance with its words.
    pub importance: Option<(i64, String)>,
    /// What is expected at the person's level, with its words.
    pub target: Option<(i64, String)>,
    /// Answers that are not compared, oldest first.
    pub apart: Vec<Apart>,
}

impl Behaved {
    /// What one rater said.
    #[must_use]
    pub fn by(&self, by: By) -> Option<&Course> {
        self.courses.iter().find(|(own, _)| *own == by).map(|(_, course)| course)
    }

    /// Where the person's own rating went.
    #[must_use]
    pub fn moved(&self) -> Move {
        self.by(By::Myself).map_or(Move::Unrated, Course::moved)
    }

    /// Coach minus own, where both have a rating that holds.
    #[must_use]
    pub fn gap(&self) -> Option<i64> {
        let now = |by| Some(self.by(by)?.now()?.value);
        Some(now(By::Coach)? - now(By::Myself)?)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asking {
    /// The two days; from the first to the newest where none are named.
    pub days: Option<(Day, Day)>,
    /// What only the coach may see.
    pub private: Private,
}

/// The whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Id of the person.
    pub person: String,
    /// What was asked for.
    pub asked: Asking,
    /// The day it was made on.
    pub today: Day,
    /// Days on which somebody answered, oldest first.
    pub days: Vec<SnapshotDay>,
    /// The two days that are compared; `None` while there are no answers.
    pub span: Option<(Day, Day)>,
    /// A few sentences.
    pub words: Vec<String>,
    /// Themes of the frameworks in which something was answered, in their order.
    pub themes: Vec<ThemeProfile>,
    /// Behaviours that were answered, in the library's order; those that are gone come last.
    pub rows: Vec<Behaved>,
}

impl Progress {
    /// From the first day to the newest.
    #[must_use]
    pub fn of(library: &Library, dossier: &Dossier) -> Self {
        Self::asked(library, dossier, Asking::default())
    }

    /// Between two days, or with what only the coach may see.
    #[must_use]
    pub fn asked(library: &Library, dossier: &Dossier, asked: Asking) -> Self {
        let seen = |by: By| {
            let agreed = || dossier.shows(RecordKind::CoachRatings, Party::Client);
            by == By::Myself || asked.private == Private::Shown || agreed()
        };
        let mut answers: Vec<&Answer> = dossier.answers.iter().filter(|answer| seen(answer.by)).collect();
        answers.sort();
        let days = days(&answers);
        let span = asked.days.or_else(|| Some((days.first()?.on, days.last()?.on)));
        let span = span.map(|(from, to)| (from.min(to), from.max(to)));
        let mut grouped: BTreeMap<(&str, &str), Vec<&Answer>> = BTreeMap::new();
        for answer in &answers {
            grouped.entry((&answer.framework, &answer.behaviour)).or_default().push(answer);
        }
        let mut progress = Self {
            person: dossier.person.id.clone(),
            asked,
            today: dossier.today,
            days,
            span,
            words: Vec::new(),
            themes: Vec::new(),
            rows: Vec::new(),
        };
        if let Some(span) = span {
            let one = |((framework, code), list): (&(&str, &str), &Vec<&Answer>)| {
                behaved(library, dossier, (framework, code), list, span)
            };
            progress.rows = grouped.iter().map(one).collect();
            progress.rows.sort_by_key(|row| (row.ix.is_none(), row.ix));
            progress.profile(library, dossier);
            progress.words = in_words(&progress, dossier, span);
        }
        progress
    }

    /// Themes of every framework in which something was answered.
    fn profile(&mut self, library: &Library, dossier: &Dossier) {
        let touched: BTreeSet<&str> =
            self.rows.iter().filter_map(|row| Some(library.behaviour(row.ix?).framework.as_str())).collect();
        let touched: Vec<&Framework> =
            library.frameworks.iter().filter(|framework| touched.contains(framework.id.as_str())).collect();
        for framework in touched {
            for theme in &framework.themes {
                let at = self.themes.len();
                let of_theme: BTreeSet<BehaviourIx> = library
                    .indices()
                    .filter(|ix| {
                        let behaviour = library.behaviour(*ix);
                        behaviour.framework == framework.id && behaviour.theme == theme.code
                    })
                    .collect();
                let mut rows: Vec<&mut Behaved> =
                    self.rows.iter_mut().filter(|row| row.ix.is_some_and(|ix| of_theme.contains(&ix))).collect();
                rows.iter_mut().for_each(|row| row.theme = Some(at));
                let known: BTreeSet<BehaviourIx> = rows.iter().filter_map(|row| row.ix).collect();
                let meant = |ix: &BehaviourIx| {
                    known.contains(ix) || dossier.person.organisation.meets(library.behaviour(*ix).applies_to)
                };
                let of = of_theme.iter().filter(|ix| meant(ix)).count();
                let rows: Vec<&Behaved> = rows.into_iter().map(|row| &*row).collect();
                self.themes.push(ThemeProfile {
                    framework: framework.id.clone(),
                    edition: framework.edition.clone(),
                    code: theme.code.clone(),
                    title: theme.title.clone(),
                    of,
                    scale: (framework.scale.lowest(), framework.scale.highest()),
                    own: tally(&rows, By::Myself, of),
                    coach: tally(&rows, By::Coach, of),
                    again: again(&rows),
                });
            }
        }
    }
}

fn days(answers: &[&Answer]) -> Vec<SnapshotDay> {
    let mut days: Vec<SnapshotDay> = Vec::new();
    for answer in answers {
        if days.last().is_none_or(|last| last.on != answer.on) {
            days.push(SnapshotDay { on: answer.on, own: 0, others: 0 });
        }
        if let Some(day) = days.last_mut() {
            if answer.by == By::Myself { day.own += 1 } else { day.others += 1 }
        }
    }
    days
}

fn behaved(
    library: &Library,
    dossier: &Dossier,
    (framework_id, code): (&str, &str),
    answers: &[&Answer],
    span: (Day, Day),
) -> Behaved {
    let ix = library.find_in(framework_id, code);
    let framework = ix.map(|ix| library.framework_of(ix));
    let apart = |answer: &Answer| match framework {
        None => Some(NotCompared::Gone),
        Some(framework) if framework.edition != answer.edition => Some(NotCompared::Edition),
        Some(framework) => {
            answer.rated.value().filter(|value| !framework.scale.has(*value)).map(|_| NotCompared::Scale)
        }
    };
    let compared: Vec<&Answer> = answers.iter().copied().filter(|answer| apart(answer).is_none()).collect();
    let set_apart = |answer: &&Answer| {
        Some(Apart {
            on: answer.on,
            by: answer.by,
            rated: answer.rated,
            edition: answer.edition.clone(),
            why: apart(answer)?,
            quotes: quotes(library, answer).collect(),
        })
    };
    let course = |by: By| {
        let own: Vec<&Answer> = compared.iter().copied().filter(|answer| answer.by == by).collect();
        let course = Course::of(&own, library, &framework?.scale, span);
        course.latest.is_some().then_some((by, course))
    };
    let level = framework.zip(dossier.person.level.as_deref()).and_then(|(own, level)| own.level(level));
    let target = ix.and_then(|ix| library.target(ix, level.map(|(_, level)| level.id.as_str())));
    let newest = compared.iter().rev().filter(|answer| answer.by == By::Myself && answer.on <= span.1);
    let importance = newest.filter_map(|answer| answer.importance).next();
    let label = |scale: &super::Scale, value: i64| (value, scale.label(value).unwrap_or_default().to_owned());
    Behaved {
        ix,
        full_code: format!("{framework_id}/{code}"),
        code: ix.map_or_else(|| code.to_owned(), |ix| library.behaviour(ix).code.clone()),
        title: ix.map_or_else(|| code.to_owned(), |ix| library.behaviour(ix).title.clone()),
        theme: None,
        scale: framework.map_or_else(Vec::new, |own| {
            own.scale.points.iter().map(|point| (point.value, point.label.clone())).collect()
        }),
        courses: By::ALL.into_iter().filter_map(course).collect(),
        importance: framework.zip(importance).map(|(own, value)| label(&own.importance, value)),
        target: framework.zip(target).map(|(own, value)| label(&own.scale, value)),
        apart: answers.iter().filter_map(set_apart).collect(),
    }
}

/// Newest answers of one rater over the rows of a theme that has so many behaviours.
fn tally(rows: &[&Behaved], by: By, of: usize) -> Tally {
    let latest: Vec<Rated> = rows.iter().filter_map(|row| row.by(by)?.latest.map(|(_, rated)| rated)).collect();
    Tally {
        mean: Mean::of(latest.iter().filter_map(|rated| rated.value())),
        not: NonAnswer::ALL.map(|kind| latest.iter().filter(|rated| **rated == Rated::Not(kind)).count()),
        unanswered: of.saturating_sub(latest.len()),
    }
}

/// Own ratings that were given more than once in the time and hold at its end.
fn again(rows: &[&Behaved]) -> Option<Again> {
    let twice: Vec<&Course> = rows
        .iter()
        .filter(|row| matches!(row.moved(), Move::Up(_) | Move::Down(_) | Move::Stayed))
        .filter_map(|row| row.by(By::Myself))
        .collect();
    let mean = |end: fn(&Course) -> Option<i64>| Mean::of(twice.iter().filter_map(|course| end(course)));
    Some(Again {
        before: mean(|course| course.before.as_ref().map(|rating| rating.value))?,
        after: mean(|course| course.after.as_ref().map(|rating| rating.value))?,
    })
}

//! The one radar: themes where enough of them are rated, else the behaviours that are. The numbers stand beside it.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;

use super::chart::{Axis, BOTH, OTHER, OWN, radar, share};
use super::page::Page;
use super::paint::{Painter, fit};
use crate::app::ProgressRow;
use crate::config::Role;
use crate::domain::{Behaved, By, Progress, RatingHistory, ShowCoach, ThemeProfile};

/// Fewest spokes of which a radar says anything, and most that can be told apart.
const FEWEST: usize = 3;
const MOST: usize = 8;

/// One spoke, as a number and in words.
struct Spoke {
    code: String,
    title: String,
    /// The person's own number.
    own: String,
    /// Of how many it is; empty for a single rating.
    of: String,
    /// The coach's, with that; empty where there is none to be shown.
    coach: String,
    shares: (Option<f64>, Option<f64>),
}

/// Spokes and the points of their scale.
pub(super) struct Picture {
    spokes: Vec<Spoke>,
    scale: (i64, i64),
}

impl Picture {
    /// What can be drawn for a row; `None` where too little is rated.
    pub(super) fn of(progress: &Progress, marked: ProgressRow, beside: ShowCoach) -> Option<Self> {
        let framework = framework(progress, marked)?;
        let themes: Vec<&ThemeProfile> =
            progress.themes.iter().filter(|theme| theme.framework == framework.framework).collect();
        if themes.iter().filter(|theme| theme.own.mean.is_some()).count() >= FEWEST {
            let spokes = themes.iter().map(|theme| of_theme(theme, beside)).collect();
            return Some(Self { spokes, scale: framework.scale });
        }
        let own = |row: &&Behaved| {
            let theme = row.theme.and_then(|at| progress.themes.get(at));
            theme.is_some_and(|theme| theme.framework == framework.framework)
        };
        let spokes: Vec<Spoke> = progress
            .rows
            .iter()
            .filter(own)
            .filter_map(|row| of_behaviour(row, framework.scale, beside))
            .take(MOST)
            .collect();
        (spokes.len() >= FEWEST).then_some(Self { spokes, scale: framework.scale })
    }

    /// The picture with a word about its marks.
    pub(super) fn draw(&self, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
        let axes: Vec<Axis> = self
            .spokes
            .iter()
            .map(|spoke| Axis {
                label: format!("{} {}", spoke.code, spoke.own),
                own: spoke.shares.0,
                other: spoke.shares.1,
            })
            .collect();
        let [picture, legend] = Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(area);
        let (lowest, highest) = self.scale;
        radar(&axes, u8::try_from(highest - lowest + 1).unwrap_or(5), paint, canvas, picture);
        let both = axes.iter().any(|axis| axis.other.is_some());
        let beside = if both { format!(", {OTHER} coach, {BOTH} both") } else { String::new() };
        let words = fit(&format!("{OWN} you{beside}; edge: {highest}"), usize::from(legend.width));
        canvas.render_widget(Paragraph::new(paint.span(Role::Note, words)), legend);
    }

    /// The numbers of it, one spoke a paragraph.
    pub(super) fn numbers(&self, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
        let mut page = Page::new(paint, area.width);
        for spoke in &self.spokes {
            let coach = if spoke.coach.is_empty() { String::new() } else { format!(", coach {}", spoke.coach) };
            let words = format!("{}: {}{}{coach}", spoke.title, spoke.own, spoke.of);
            page.paragraph(&format!("{} ", spoke.code), Role::Label, Role::Body, &words);
        }
        page.lines.truncate(usize::from(area.height));
        canvas.render_widget(Paragraph::new(page.lines), area);
    }
}

/// A theme of the framework that is drawn: that of the marked row, else the one with most ratings.
fn framework(progress: &Progress, marked: ProgressRow) -> Option<&ThemeProfile> {
    let theme = match marked {
        ProgressRow::InShort => None,
        ProgressRow::Theme(at) => Some(at),
        ProgressRow::Behaviour(at) => progress.rows.get(at).and_then(|row| row.theme),
    };
    let rated = |theme: &&ThemeProfile| {
        let of = |own: &&ThemeProfile| own.framework == theme.framework;
        progress.themes.iter().filter(of).filter_map(|own| own.own.mean).map(|mean| mean.n).sum::<usize>()
    };
    let chosen = theme.and_then(|at| progress.themes.get(at));
    chosen.or_else(|| progress.themes.iter().rev().max_by_key(rated))
}

fn of_theme(theme: &ThemeProfile, beside: ShowCoach) -> Spoke {
    let coach = theme.coach.mean.filter(|_| beside == ShowCoach::Coach);
    let along = |mean: crate::domain::Mean| share(mean.value(), theme.scale);
    Spoke {
        code: theme.code.clone(),
        title: theme.title.clone(),
        own: theme.own.mean.map_or_else(|| "-".to_owned(), |mean| mean.to_string()),
        of: format!(" ({} of {})", theme.own.mean.map_or(0, |mean| mean.n), theme.of),
        coach: coach.map(|mean| format!("{mean} ({} of {})", mean.n, theme.of)).unwrap_or_default(),
        shares: (theme.own.mean.map(along), coach.map(along)),
    }
}

/// A behaviour with a rating of one's own that holds.
fn of_behaviour(row: &Behaved, scale: (i64, i64), beside: ShowCoach) -> Option<Spoke> {
    let now = |by| row.by(by).and_then(RatingHistory::now).map(|rating| rating.value);
    let own = now(By::Myself)?;
    let coach = now(By::Coach).filter(|_| beside == ShowCoach::Coach);
    let along = |value: i64| share(f64::from(i32::try_from(value).unwrap_or(0)), scale);
    Some(Spoke {
        code: row.code.clone(),
        title: row.title.clone(),
        own: own.to_string(),
        of: String::new(),
        coach: coach.map(|value| value.to_string()).unwrap_or_default(),
        shares: (Some(along(own)), coach.map(along)),
    })
}

//! Progress: words first, then themes and behaviours with bars and lines of ratings, and one radar with its numbers.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::chart::{bar, share, spark};
use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{Titles, panes};
use super::picture::Picture;
use crate::app::{Model, ProgressRow};
use crate::config::Role;
use crate::domain::{Behaved, By, Move, Progress, Rated, RatingHistory, ShowCoach, ThemeProfile, count};

/// Cells of a bar.
const BAR: u16 = 10;
/// Most ratings in a line of them; the newest.
const MOST_RATINGS: usize = 24;
/// Rows and columns of the radar where it stands below the words, and beside them.
const BELOW: u16 = 17;
const ASIDE: u16 = 34;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [word, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let Some((progress, marked)) = model.marked_progress() else {
        canvas.render_widget(Paragraph::new(paint.span(Role::Note, "Putting your answers together\u{2026}")), word);
        return;
    };
    if progress.rows.is_empty() {
        let mut page = Page::new(paint, area.width);
        page.text(Role::Heading, "Nothing to look back on yet");
        page.gap();
        page.text(Role::Body, "Reflect on a behaviour in Find and say where you are with it.");
        page.text(Role::Body, "Rate it again some weeks later, and this page says what changed, with your own words.");
        page.draw(canvas, area, 0);
        return;
    }
    let words = fit(&Model::about_progress(progress), usize::from(word.width));
    canvas.render_widget(Paragraph::new(paint.span(Role::Note, words)), word);
    let rows = model.person.progress.rows();
    let places = panes(Titles::two("What changed", "In words"), rows.len(), paint, canvas, body);
    let (list, detail) = (places.list, places.detail);
    let looks = Looks { progress, beside: model.person.progress.beside, paint };
    draw_detail(model, &looks, marked, canvas, detail);
    draw_rows(canvas, list, model.person.progress.row, rows.len(), |at| match rows.get(at) {
        Some(row) => looks.row(*row, at == model.person.progress.row, usize::from(list.width)),
        None => Line::default(),
    });
}

/// What rows and pages are made with.
struct Looks<'a> {
    progress: &'a Progress,
    beside: ShowCoach,
    paint: Painter,
}

impl Looks<'_> {
    fn row(&self, row: ProgressRow, marked: bool, width: usize) -> Line<'static> {
        let lead = if marked { "> " } else { "  " };
        let (role, text, note) = match row {
            ProgressRow::InShort => (Role::Heading, "In short".to_owned(), String::new()),
            ProgressRow::Theme(at) => {
                let theme = self.progress.themes.get(at);
                (Role::Heading, theme.map_or_else(String::new, |theme| theme.title.clone()), self.theme_note(theme))
            }
            ProgressRow::Behaviour(at) => {
                let Some(row) = self.progress.rows.get(at) else { return Line::default() };
                (Role::Body, format!("  {}", row.heading()), self.moved(row))
            }
        };
        let role = if marked { Role::Marked } else { role };
        // What changed is what the list is read for, so the title gives way.
        let room = width.saturating_sub(if note.is_empty() { 0 } else { note.width() + 3 });
        let left = vec![self.paint.span(role, fit(&format!("{lead}{text}"), room))];
        let right = if note.is_empty() { Vec::new() } else { vec![self.paint.span(Role::Note, note), Span::raw(" ")] };
        spread(left, right, width)
    }

    fn theme_note(&self, theme: Option<&ThemeProfile>) -> String {
        let Some(theme) = theme else { return String::new() };
        match (theme.own.mean, theme.coach.mean, self.beside) {
            (Some(own), Some(coach), ShowCoach::Coach) => {
                format!("{own} ({} of {}), coach {coach} ({})", own.n, theme.of, coach.n)
            }
            (Some(own), ..) => format!("{own} ({} of {})", own.n, theme.of),
            _ => format!("0 of {}", theme.of),
        }
    }

    /// `2 to 3  + up`, and what the coach sees.
    fn moved(&self, row: &Behaved) -> String {
        let own = row.by(By::Myself);
        let moved = row.moved();
        let words = match (moved, own.and_then(|own| Some((own.before.as_ref()?.value, own.after.as_ref()?.value)))) {
            (Move::Up(_) | Move::Down(_), Some((before, after))) => {
                format!("{before} to {after} {} {}", moved.mark(), moved.id())
            }
            (Move::Stayed | Move::Once, Some((_, after))) => format!("{after} {} {}", moved.mark(), moved.id()),
            (Move::Unsaid, _) => "? no longer rated".to_owned(),
            _ if row.courses.is_empty() => "not compared".to_owned(),
            _ => match own.and_then(|own| own.latest) {
                Some((_, Rated::Not(kind))) => format!("? {}", kind.title()),
                _ => "? not rated".to_owned(),
            },
        };
        let coach = row.by(By::Coach).and_then(RatingHistory::now).filter(|_| self.beside == ShowCoach::Coach);
        let words = coach.map_or_else(|| words.clone(), |rating| format!("{words}, coach {}", rating.value));
        let line = own.map(|own| line(row, own, 6)).unwrap_or_default();
        format!("{words} {line:<6}")
    }

    fn in_short(&self, page: &mut Page<'_>) {
        page.text(Role::Title, "In short");
        page.sheet(&self.progress.in_short());
        page.gap();
        page.text(Role::Heading, "By theme: the mean, of how many ratings");
        for theme in &self.progress.themes {
            self.bars(&theme.title, theme, page);
        }
        page.text(Role::Note, "Only ratings are in a mean. There is no score for a person.");
    }

    fn bars(&self, name: &str, theme: &ThemeProfile, page: &mut Page<'_>) {
        let bar_of = |mean: Option<crate::domain::Mean>| {
            let share = mean.map_or(0.0, |mean| share(mean.value(), theme.scale));
            bar(share, BAR)
        };
        let label = page.width().saturating_sub(usize::from(BAR) + 20).clamp(8, 40);
        // Names cut in the middle of a word say less than their codes.
        let short = self.progress.themes.iter().any(|theme| theme.title.width() > label);
        let name = if short && name == theme.title { &theme.code } else { name };
        let mut line = |name: &str, mean, words: String| {
            let name = fit(name, label);
            let pad = " ".repeat(label.saturating_sub(name.width()));
            page.line(Line::from(vec![
                self.paint.span(Role::Body, format!("{name}{pad} ")),
                self.paint.span(Role::Bar, bar_of(mean)),
                self.paint.span(Role::Body, format!(" {words}")),
            ]));
        };
        let words =
            theme.own.mean.map_or_else(|| format!("0 of {}", theme.of), |m| format!("{m} ({} of {})", m.n, theme.of));
        line(name, theme.own.mean, words);
        if let (ShowCoach::Coach, Some(mean)) = (self.beside, theme.coach.mean) {
            line("Your coach", Some(mean), format!("{mean} ({} of {})", mean.n, theme.of));
        }
        if let (ShowCoach::Coach, Some(mean)) = (self.beside, theme.others.mean) {
            line("Others", Some(mean), format!("{mean} ({})", count(mean.n, "rating", "ratings")));
        }
    }

    fn behaviour(&self, row: &Behaved, page: &mut Page<'_>) {
        page.text(Role::Title, &row.heading());
        for (by, course) in &row.courses {
            if *by != By::Myself && self.beside == ShowCoach::Own {
                continue;
            }
            let Some(now) = course.now() else { continue };
            let value = f64::from(i32::try_from(now.value).unwrap_or(0));
            let who = match by {
                By::Myself => "you",
                By::Coach => "your coach",
                By::Other => "somebody else",
            };
            let line = line(row, course, MOST_RATINGS);
            let line = if line.is_empty() { line } else { format!("   {line}") };
            page.line(Line::from(vec![
                self.paint.span(Role::Bar, bar(share(value, ends(row)), BAR)),
                self.paint.span(Role::Body, format!(" {} ({}), {who}{line}", now.value, now.label)),
            ]));
        }
        page.sheet(&self.progress.behaved(row, self.beside));
    }
}

/// The newest ratings as columns.
fn line(row: &Behaved, course: &RatingHistory, most: usize) -> String {
    let skip = course.line.len().saturating_sub(most);
    let scale = ends(row);
    if course.line.len() < 2 {
        return String::new();
    }
    spark(course.line.iter().skip(skip).map(|(_, value)| *value), scale)
}

/// Lowest and highest point of a behaviour's scale.
fn ends(row: &Behaved) -> (i64, i64) {
    let value = |point: Option<&(i64, String)>, or: i64| point.map_or(or, |(value, _)| *value);
    (value(row.scale.first(), 1), value(row.scale.last(), 5))
}

fn draw_detail(model: &Model, looks: &Looks<'_>, marked: ProgressRow, canvas: &mut Canvas<'_>, area: Rect) {
    let about_all = !matches!(marked, ProgressRow::Behaviour(_));
    let text = match Picture::of(looks.progress, marked, looks.beside) {
        Some(picture) if area.height >= 2 * BELOW => {
            let [text, _, below] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(BELOW)]).areas(area);
            let [left, _, right] =
                Layout::horizontal([Constraint::Percentage(56), Constraint::Length(2), Constraint::Fill(1)])
                    .areas(below);
            picture.draw(looks.paint, canvas, left);
            picture.numbers(looks.paint, canvas, right);
            text
        }
        Some(picture) if about_all && area.width >= ASIDE + 40 && area.height >= 9 => {
            let [text, _, right] =
                Layout::horizontal([Constraint::Fill(1), Constraint::Length(2), Constraint::Length(ASIDE)]).areas(area);
            picture.draw(looks.paint, canvas, right);
            text
        }
        _ => area,
    };
    let mut page = Page::new(looks.paint, text.width);
    match marked {
        ProgressRow::InShort => looks.in_short(&mut page),
        ProgressRow::Theme(at) => {
            if let Some(theme) = looks.progress.themes.get(at) {
                page.text(Role::Title, &theme.title);
                looks.bars("You", theme, &mut page);
                page.sheet(&looks.progress.theme(theme, looks.beside));
            }
        }
        ProgressRow::Behaviour(at) => {
            if let Some(row) = looks.progress.rows.get(at) {
                looks.behaviour(row, &mut page);
            }
        }
    }
    page.draw(canvas, text, model.person.progress.scroll);
}

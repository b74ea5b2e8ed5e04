//! Progress: sentences first, then themes and behaviours, each with its numbers. Bars and the radar are told as what they
//! are made of: a mean with how many ratings are in it, and every rating with its day.

use super::super::place_text::{Number, PlaceText};
use super::nothing;
use crate::app::{Model, ProgressRow};
use crate::domain::{Behaved, By, Move, Progress, Rated, RatingHistory, ShowCoach};

pub(super) fn render(model: &Model) -> PlaceText {
    let Some((progress, marked)) = model.marked_progress() else { return nothing("Progress") };
    let mut out = PlaceText::at("Progress");
    if progress.rows.is_empty() {
        out.say("Progress. Nothing to look back on yet.");
        out.say("Reflect on a behaviour in Find and say where you are with it.");
        out.say("Rate it again some weeks later, and this page says what changed, with your own words.");
        return out;
    }
    let beside = model.person.progress.beside;
    out.say(format!("Progress. {}.", Model::about_progress(progress)));
    out.read(&progress.in_short());
    for row in model.person.progress.rows() {
        out.row(words(progress, *row, beside));
    }
    out.row = model.person.progress.row;
    out.number = Number::Reads;
    match marked {
        ProgressRow::InShort => out.detail("In short.", &progress.in_short()),
        ProgressRow::Theme(at) => {
            if let Some(theme) = progress.themes.get(at) {
                out.detail(&format!("Theme {}: {}.", theme.title, theme.words()), &progress.theme(theme, beside));
            }
        }
        ProgressRow::Behaviour(at) => {
            if let Some(row) = progress.rows.get(at) {
                out.detail(&format!("{}.", name(row)), &progress.behaved(row, beside));
            }
        }
    }
    if matches!(marked, ProgressRow::InShort) {
        out.detail("", &progress.profile_sheet(beside));
    }
    out.teach("A number reads that row with its numbers and what was written.");
    out
}

fn name(row: &Behaved) -> String {
    row.heading()
}

fn words(progress: &Progress, row: ProgressRow, beside: ShowCoach) -> String {
    match row {
        ProgressRow::InShort => "In short, with the mean of each theme.".to_owned(),
        ProgressRow::Theme(at) => progress.themes.get(at).map_or_else(String::new, |theme| {
            let coach = theme.coach.mean.filter(|_| beside == ShowCoach::Coach);
            let coach = coach.map(|mean| format!(", your coach {mean} ({} rated)", mean.n)).unwrap_or_default();
            let others = theme.others.mean.filter(|_| beside == ShowCoach::Coach);
            let others = others.map(|mean| format!(", others {mean} ({} rated)", mean.n)).unwrap_or_default();
            format!("Theme {}: {}{coach}{others}.", theme.title, theme.words())
        }),
        ProgressRow::Behaviour(at) => {
            progress.rows.get(at).map(|row| format!("{}: {}.", name(row), moved(row, beside))).unwrap_or_default()
        }
    }
}

/// `from 2 up to 3`, and what the coach sees.
fn moved(row: &Behaved, beside: ShowCoach) -> String {
    let own = row.by(By::Myself);
    let ends = own.and_then(|own| Some((own.before.as_ref()?.value, own.after.as_ref()?.value)));
    let words = match (row.moved(), ends) {
        (Move::Up(_), Some((before, after))) => format!("from {before} up to {after}"),
        (Move::Down(_), Some((before, after))) => format!("from {before} down to {after}"),
        (Move::Stayed, Some((_, after))) => format!("stayed at {after}"),
        (Move::Once, Some((_, after))) => format!("{after}, rated once"),
        (Move::Unsaid, _) => "no longer rated".to_owned(),
        _ if row.courses.is_empty() => "not compared".to_owned(),
        _ => match own.and_then(|own| own.latest) {
            Some((_, Rated::Not(kind))) => kind.title().to_owned(),
            _ => "not rated".to_owned(),
        },
    };
    let coach = row.by(By::Coach).and_then(RatingHistory::now).filter(|_| beside == ShowCoach::Coach);
    coach.map_or_else(|| words.clone(), |rating| format!("{words}; your coach {}", rating.value))
}

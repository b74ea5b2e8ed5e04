//! The view of the comparison screen: one behaviour at a time while a view is being given, and both views side by side
//! once they are opened.

use super::ComparisonState;
use crate::app::model::Model;
use crate::app::place::Screen;
use crate::app::reflect::rated_points;
use crate::app::round::Round;
use crate::app::view::{Body, Lines, PagePart, PageView, PointsView, ScaleLine, TitleView, View};
use crate::command::key;
use crate::domain::{By, Compared, Library, Sheet, count};

/// Printed in plain mode before a view is given. Plain mode never moves the cursor of the terminal, so it cannot remove
/// printed lines, and the two people have to keep their views apart themselves.
const APART: [&str; 2] = [
    "What is typed in lines stays above in this window: before you hand over, clear the window or open a new one.",
    "Or each of you gives the view in a window of their own: \u{ab}put away\u{bb} keeps it, and only both together open.",
];

pub(super) fn view(model: &Model) -> View<'_> {
    let Some(library) = &model.shell.library else {
        return View::waiting("Two views", "Opening the records\u{2026}");
    };
    let round = model.person.compare.round.as_ref();
    round.and_then(|round| rate(model, library, round)).unwrap_or_else(|| stand(model, library))
}

/// Returns the view in which one behaviour is rated.
fn rate<'a>(model: &'a Model, library: &Library, round: &Round) -> Option<View<'a>> {
    let ix = round.behaviour()?;
    let (behaviour, framework) = (library.behaviour(ix), library.framework_of(ix));
    let (view, name) = (round.view(), &model.person.snapshot.person.name);
    let (whose, question) = match round.by {
        By::Myself => (format!("{name}'s view"), framework.scale.question.clone()),
        _ => ("The coach's view".to_owned(), format!("Which words fit what you have seen {name} do?")),
    };
    let mut statement = Sheet::default();
    statement.text(behaviour.statement.clone());
    let mut reading = vec![PagePart::Title(behaviour.to_string()), PagePart::Sheet(statement)];
    if !behaviour.opposite.is_empty() {
        reading.push(PagePart::Own("What it is not", behaviour.opposite.clone()));
    }
    if !view.example.is_empty() {
        reading.push(PagePart::Own("What I saw", view.example.clone()));
    }
    let points = PointsView {
        reading,
        intro: Vec::new(),
        question,
        points: rated_points(&framework.scale, view.rated),
        marked: round.row,
        after: Vec::new(),
    };
    let place = format!("{} of {}, {} rated", round.at + 1, round.behaviours.len(), round.given());
    let own = "\u{ab}example\u{bb} writes down what you saw; \u{ab}put away\u{bb} ends the view.";
    let lines = Lines { anew: round.at == 0, teach: vec![own], ..Lines::default() };
    Some(View {
        place: format!("view of {} {}", round.by.id(), round.at),
        title: Some(TitleView { text: whose.clone(), note: place.clone(), is_turn: true }),
        lines,
        ..View::new(format!("{whose}, {place}"), Body::Points(points))
    })
}

/// Returns the view that says whose turn it is, with the two views that were opened last.
fn stand<'a>(model: &'a Model, library: &Library) -> View<'a> {
    let state = model.comparison_stand();
    // While a round is under way, results would tell each of the two how the other rates.
    let under_way = matches!(state, ComparisonState::Turn(_) | ComparisonState::Sealed);
    let opened = model.compared().filter(|_| !under_way);
    let waits = opened.is_none() || state != ComparisonState::Ready;
    let (title, words) = turn(model, state);
    let mut sheet = Sheet::default();
    let mut parts = Vec::new();
    if waits {
        sheet.text(words);
        parts.extend([PagePart::Sheet(sheet), PagePart::Gap]);
    }
    let mut lines = Lines::default();
    if waits && matches!(state, ComparisonState::Ready | ComparisonState::Turn(_)) {
        lines.ask.extend(APART);
    }
    if let Some((round, rows)) = opened {
        if waits {
            parts.push(PagePart::Title("The two views opened last".to_owned()));
        }
        parts.push(PagePart::Scales(rows.iter().map(|row| scale(library, row)).collect()));
        parts.push(PagePart::Sheet(Sheet::comparison(library, round, &rows, model.shell.today)));
        if !waits {
            let mut again = Sheet::default();
            again.note(concat!(key!("give-view"), " begins another round over the focus set."));
            parts.extend([PagePart::Gap, PagePart::Sheet(again)]);
        }
    }
    if model.person.snapshot.dossier.comparisons.iter().any(|round| round.client_done || round.coach_done) {
        lines.teach.push("\u{ab}withdraw\u{bb} takes back a view that was put away.");
    }
    let title = if waits { title } else { "The two views opened last".to_owned() };
    View { lines, ..View::page("Two views", PageView::of(title, parts), model.person.at[Screen::Compare].scroll) }
}

/// Returns a title that says whose turn it is, and what to do.
fn turn(model: &Model, state: ComparisonState) -> (String, String) {
    let name = &model.person.snapshot.person.name;
    let behaviours = count(model.focus().map_or(0, |focus| focus.items.len()), "behaviour", "behaviours");
    match state {
        ComparisonState::NoFocus => (
            "Two views need a focus set".to_owned(),
            concat!(
                "Choose three to six behaviours together first: type in Find, and ",
                key!("focus"),
                " takes one in."
            )
            .to_owned(),
        ),
        ComparisonState::Ready => (
            "Two views of the focus set".to_owned(),
            format!(
                "{name} rates {behaviours} first, puts the view away and hands over; then the coach does the same. Neither \
                 sees the other's before both are given. {} begins.",
                key!("give-view")
            ),
        ),
        ComparisonState::Turn(By::Myself) => (
            format!("{name}'s turn"),
            concat!("The coach looks away. Press ", key!("give-view"), " to begin, or to go on where you left off.")
                .to_owned(),
        ),
        ComparisonState::Turn(_) => (
            "The coach's turn".to_owned(),
            format!("{name}'s view is put away. Now {name} looks away, and the coach presses {}.", key!("give-view")),
        ),
        ComparisonState::Sealed => (
            "Both views are given".to_owned(),
            concat!("Look at them together: ", key!("give-view"), " opens both at once. Begin with the strengths.")
                .to_owned(),
        ),
    }
}

fn scale(library: &Library, row: &Compared) -> ScaleLine {
    let points = &library.framework_of(row.behaviour).scale.points;
    ScaleLine {
        label: library.behaviour(row.behaviour).code.clone(),
        points: points.iter().map(|point| point.value).collect(),
        own: row.own.value(),
        other: row.other.value(),
    }
}

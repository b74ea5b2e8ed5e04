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
    "What you type stays above in this window. Clear the window or open a new one before the other person starts.",
    "You can also each rate in your own window. Type \"submit ratings\" to save yours. Nobody sees them until you \
     have both finished.",
];

pub(super) fn view(model: &Model) -> View<'_> {
    let Some(library) = &model.shell.library else {
        return View::waiting("Compare ratings", "Opening the records\u{2026}");
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
        By::Myself => (format!("{name}'s ratings"), framework.scale.question.clone()),
        _ => ("The coach's ratings".to_owned(), format!("Which words fit what you have seen {name} do?")),
    };
    let mut statement = Sheet::default();
    statement.text(behaviour.in_words(model.shell.settings.easy_words));
    let mut reading = vec![PagePart::Title(behaviour.to_string()), PagePart::Sheet(statement)];
    if !behaviour.opposite.is_empty() {
        reading.push(PagePart::Own("What this does not look like", behaviour.opposite.clone()));
    }
    if !view.example.is_empty() {
        reading.push(PagePart::Own("What I saw", view.example.clone()));
    }
    let points = PointsView {
        reading,
        intro: Vec::new(),
        question,
        points: rated_points(&framework.scale, round.by, view.rated),
        marked: round.row,
        after: Vec::new(),
    };
    let place = format!("{} of {}, {} rated", round.at + 1, round.behaviours.len(), round.given());
    let own = "To write down what you saw, type \"add example\". To finish, type \"submit ratings\".";
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
            parts.push(PagePart::Title("Your last comparison".to_owned()));
        }
        parts.push(PagePart::Scales(rows.iter().map(|row| scale(library, row)).collect()));
        parts.push(PagePart::Sheet(Sheet::comparison(library, round, &rows, model.shell.today)));
        if !waits {
            let mut again = Sheet::default();
            again.note(concat!(key!("give-view"), " starts another round for your focus set."));
            parts.extend([PagePart::Gap, PagePart::Sheet(again)]);
        }
    }
    if model.person.snapshot.dossier.comparisons.iter().any(|round| round.client_done || round.coach_done) {
        lines.teach.push("To delete ratings you submitted, type \"withdraw\".");
    }
    let title = if waits { title } else { "Your last comparison".to_owned() };
    View { lines, ..View::page("Compare ratings", PageView::of(title, parts), model.person.at[Screen::Compare].scroll) }
}

/// Returns a title that says whose turn it is, and what to do.
fn turn(model: &Model, state: ComparisonState) -> (String, String) {
    let name = &model.person.snapshot.person.name;
    let behaviours = count(model.focus().map_or(0, |focus| focus.items.len()), "behaviour", "behaviours");
    match state {
        ComparisonState::NoFocus => (
            "Choose a focus set first".to_owned(),
            concat!(
                "Choose three to six behaviours together. Type in Find, then press ",
                key!("focus"),
                " to add one."
            )
            .to_owned(),
        ),
        ComparisonState::Ready => (
            "Compare ratings for your focus set".to_owned(),
            format!(
                "{name} rates {behaviours} first and submits the ratings. Then the coach does the same. Neither sees \
                 the other's ratings until you have both finished. To start, press {}.",
                key!("give-view")
            ),
        ),
        ComparisonState::Turn(By::Myself) => (
            format!("{name} goes first"),
            concat!("The coach looks away. To start, or to carry on, press ", key!("give-view"), ".").to_owned(),
        ),
        ComparisonState::Turn(_) => (
            "The coach goes next".to_owned(),
            format!(
                "{name} has submitted their ratings. Now {name} looks away. The coach goes on. To start, press {}.",
                key!("give-view")
            ),
        ),
        ComparisonState::Sealed => (
            "You have both submitted your ratings".to_owned(),
            concat!("Look at them together. To show both, press ", key!("give-view"), ". Start with the strengths.")
                .to_owned(),
        ),
    }
}

fn scale(library: &Library, row: &Compared) -> ScaleLine {
    let points = &library.framework_of(row.behaviour).scale.points;
    ScaleLine {
        label: library.behaviour(row.behaviour).code.clone(),
        title: library.behaviour(row.behaviour).title.clone(),
        names: ("client".to_owned(), "coach".to_owned()),
        points: points.iter().map(|point| point.value).collect(),
        own: row.own.value(),
        other: row.other.value(),
    }
}

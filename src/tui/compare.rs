//! Two views: one behaviour at a time while a view is given, and both beside each other once they are opened.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::reflect::{non_answer_row, numbered};
use crate::app::{ComparisonState, Model, Round};
use crate::command::key;
use crate::config::Role;
use crate::domain::{By, Compared, Library, NonAnswer, Rated, Sheet, count};

/// Cells between two points of the drawn scale.
const STEP: usize = 4;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(library) = &model.shell.library else { return };
    match &model.person.compare.round {
        Some(round) => rate(model, library, round, paint, canvas, area),
        None => stand(model, library, paint, canvas, area),
    }
}

/// Whose view it is.
fn whose(model: &Model, by: By) -> String {
    if by == By::Myself {
        format!("{}'s view", model.person.snapshot.person.name)
    } else {
        "The coach's view".to_owned()
    }
}

fn rate(model: &Model, library: &Library, round: &Round, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(ix) = round.behaviour() else { return };
    let (behaviour, framework) = (library.behaviour(ix), library.framework_of(ix));
    let view = round.view();
    let points = &framework.scale.points;
    let rows = points.len() + NonAnswer::ALL.len();
    let height = u16::try_from(rows).unwrap_or(8);
    let [head, text, asked, points_area] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Fill(1),
        Constraint::Length(2),
        Constraint::Length(height),
    ])
    .areas(area);
    let width = usize::from(area.width);
    let place = format!("{} of {}, {} rated", round.at + 1, round.behaviours.len(), round.given());
    let title = vec![paint.span(Role::Tab, format!(" {} ", whose(model, round.by)))];
    canvas.render_widget(Paragraph::new(spread(title, vec![paint.span(Role::Note, place)], width)), head);
    let mut page = Page::new(paint, area.width);
    page.text(Role::Title, &behaviour.to_string());
    page.text(Role::Body, &behaviour.statement);
    if !behaviour.opposite.is_empty() {
        page.paragraph("What it is not: ", Role::Label, Role::Body, &behaviour.opposite);
    }
    if !view.example.is_empty() {
        page.paragraph("What I saw: ", Role::Label, Role::Body, &view.example);
    }
    page.draw(canvas, text, 0);
    let meaning = points.get(round.row).map_or("", |point| point.meaning.as_str());
    let question = match round.by {
        By::Myself => framework.scale.question.clone(),
        _ => format!("Which words fit what you have seen {} do?", model.person.snapshot.person.name),
    };
    let lines = vec![
        Line::from(paint.span(Role::Heading, fit(&question, width))),
        Line::from(paint.span(Role::Note, fit(meaning, width))),
    ];
    canvas.render_widget(Paragraph::new(lines), asked);
    draw_rows(canvas, points_area, round.row, rows, |at| match points.get(at) {
        Some(offered) => {
            numbered(at, offered, view.rated == Rated::Value(offered.value), at == round.row, paint, width)
        }
        None => non_answer_row(model, view.rated, at - points.len(), at == round.row, paint, width),
    });
}

fn stand(model: &Model, library: &Library, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let name = &model.person.snapshot.person.name;
    let mut page = Page::new(paint, area.width);
    let size = model.focus().map_or(0, |focus| focus.items.len());
    let behaviours = count(size, "behaviour", "behaviours");
    let (title, words) = match model.comparison_stand() {
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
    };
    let opened = model.compared();
    let waits = opened.is_none() || model.comparison_stand() != ComparisonState::Ready;
    if waits {
        page.text(Role::Title, &title);
        page.text(Role::Body, &model.keyed(&words));
        page.gap();
    }
    if let Some((round, rows)) = opened {
        page.text(Role::Title, "The two views opened last");
        for row in &rows {
            dumbbell(&mut page, library, row);
        }
        page.sheet(&Sheet::comparison(library, round, &rows, model.shell.today));
        page.gap();
        if !waits {
            page.text(
                Role::Note,
                &model.keyed(concat!(key!("give-view"), " begins another round over the focus set.")),
            );
        }
    }
    page.draw(canvas, area, model.person.compare.scroll);
}

/// `FC-2   1 ── ○ ── 3 ── ● ── 5   client 4, coach 2`: where both stand on the scale, with the numbers beside it.
fn dumbbell(page: &mut Page<'_>, library: &Library, row: &Compared) {
    let scale = &library.framework_of(row.behaviour).scale;
    let (own, other) = (row.own.value(), row.other.value());
    let mark = |value: i64| match (own == Some(value), other == Some(value)) {
        (true, true) => "\u{25c9}",
        (true, false) => "\u{25cf}",
        (false, true) => "\u{25cb}",
        (false, false) => "\u{b7}",
    };
    let (low, high) = match (own, other) {
        (Some(a), Some(b)) => (a.min(b), a.max(b)),
        _ => (0, 0),
    };
    let mut line = String::new();
    for (at, point) in scale.points.iter().enumerate() {
        if at > 0 {
            let between = point.value > low && point.value <= high;
            line.push_str(&if between { "\u{2500}" } else { " " }.repeat(STEP - 1));
        }
        line.push_str(mark(point.value));
    }
    let word = |rated: Rated| rated.value().map_or_else(|| "no rating".to_owned(), |value| value.to_string());
    let spans: Vec<Span<'static>> = vec![
        page.span(Role::Label, format!("{:<8}", library.behaviour(row.behaviour).code)),
        page.span(Role::Body, line),
        page.span(Role::Note, format!("   \u{25cf} client {}  \u{25cb} coach {}", word(row.own), word(row.other))),
    ];
    page.line(Line::from(spans));
}

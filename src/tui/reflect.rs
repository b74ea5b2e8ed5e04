//! Reflect: one step at a time, with the behaviour above it and the way through the steps in sight.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{framed, is_wide};
use super::writing::{kept_words, writing};
use crate::app::{Model, Reflect, Step};
use crate::command::key;
use crate::config::Role;
use crate::domain::{BehaviourIx, Framework, Library, NonAnswer, Point, Rated, Sheet, count, long_day, short_day};

/// The keys of the three non-answers, as the command table has them.
const NON_ANSWER_KEYS: [crate::command::Command; 3] = [
    crate::command::Command::PickNotApplicable,
    crate::command::Command::PickCannotSay,
    crate::command::Command::PickPreferNot,
];

/// Width from which the meaning of every point stands beside it; below, only that of the marked one is shown.
const MEANINGS_BESIDE: usize = 124;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let (Some(library), Some(reflect)) = (&model.shell.library, &model.person.reflect) else { return };
    let behaviour = library.behaviour(reflect.behaviour);
    let [title, steps, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    let left = vec![paint.span(Role::Title, behaviour.to_string())];
    let kept = kept_words(&reflect.kept_at, reflect.unsaved || reflect.keeping);
    let right = if kept.is_empty() { String::new() } else { format!("draft {kept}") };
    canvas.render_widget(
        Paragraph::new(spread(left, vec![paint.span(Role::Note, right)], usize::from(title.width))),
        title,
    );
    canvas.render_widget(Paragraph::new(step_lines(reflect, paint, usize::from(steps.width))), steps);
    let framework = library.framework_of(reflect.behaviour);
    // What is reflected on stays in sight beside the words about it.
    canvas.view.beside = is_wide(area);
    let body = if is_wide(area) {
        let [main, _, beside] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(1), Constraint::Percentage(38)]).areas(body);
        let inner = framed("What it is", paint, canvas, beside);
        let mut page = Page::new(paint, inner.width);
        page.sheet(&Sheet::behaviour(library, reflect.behaviour, model.level_for(reflect.behaviour).as_deref()));
        page.beside(canvas, inner);
        framed(reflect.step_name(reflect.step()), paint, canvas, main)
    } else {
        body
    };
    match reflect.step() {
        Step::Before => draw_before(model, library, reflect, paint, canvas, body),
        Step::Rating => draw_rating(model, library, framework, reflect, paint, canvas, body),
        Step::Importance => draw_importance(framework, reflect, paint, canvas, body),
        Step::Write(_) => draw_writing(reflect, paint, canvas, body),
        Step::Review => draw_review(model, framework, reflect, paint, canvas, body),
    }
}

fn is_filled(reflect: &Reflect, step: Step) -> bool {
    match step {
        Step::Rating => reflect.rated != Rated::Unanswered,
        Step::Importance => reflect.importance.is_some(),
        Step::Write(at) => reflect.pages.get(at).is_some_and(|page| !page.buffer.text().trim().is_empty()),
        Step::Before | Step::Review => false,
    }
}

/// All steps in one line where they fit, with a tick on those that hold something; else the one in front and the count.
fn step_lines(reflect: &Reflect, paint: Painter, width: usize) -> Vec<Line<'static>> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (at, step) in reflect.steps.iter().enumerate() {
        let tick = if is_filled(reflect, *step) { "\u{2713}" } else { "" };
        let name = format!(" {}{tick} ", reflect.step_name(*step));
        let role = if at == reflect.at {
            Role::Tab
        } else if tick.is_empty() {
            Role::Body
        } else {
            Role::Good
        };
        spans.push(paint.span(role, name));
    }
    let line = Line::from(spans);
    if line.width() <= width {
        return vec![line];
    }
    let filled = reflect.steps.iter().filter(|step| is_filled(reflect, **step)).count();
    let name = format!(" {} ", reflect.step_name(reflect.step()));
    let rest = format!(" step {} of {}, {filled} filled", reflect.at + 1, reflect.steps.len());
    vec![Line::from(vec![paint.span(Role::Tab, name), paint.span(Role::Note, rest)])]
}

/// An answer that was given before.
fn draw_before(
    model: &Model,
    library: &Library,
    reflect: &Reflect,
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) {
    let Some(answer) = &reflect.before else { return };
    let mut page = Page::new(paint, area.width);
    page.sheet(&Sheet::answer(library, answer, model.shell.today));
    page.draw(canvas, area, reflect.scroll);
}

fn draw_rating(
    model: &Model,
    library: &Library,
    framework: &Framework,
    reflect: &Reflect,
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) {
    let mut page = Page::new(paint, area.width);
    if !canvas.view.beside {
        about(&mut page, model, library, reflect.behaviour);
    }
    let points = &framework.scale.points;
    let rows = points.len() + NonAnswer::ALL.len();
    let (above, question, list) = split(area, page.lines.len(), rows);
    page.draw(canvas, above, reflect.scroll);
    let meaning = points.get(reflect.row).map_or("", |point| point.meaning.as_str());
    ask(&framework.scale.question, meaning, paint, canvas, question);
    let width = usize::from(list.width);
    draw_rows(canvas, list, reflect.row, rows, |at| match points.get(at) {
        Some(offered) => {
            let chosen = reflect.rated == Rated::Value(offered.value);
            numbered(at, offered, chosen, at == reflect.row, paint, width)
        }
        None => non_answer_row(model, reflect.rated, at - points.len(), at == reflect.row, paint, width),
    });
}

/// One of the non-answers, with its key.
pub(super) fn non_answer_row(
    model: &Model,
    rated: Rated,
    at: usize,
    marked: bool,
    paint: Painter,
    width: usize,
) -> Line<'static> {
    let (Some(kind), Some(command)) = (NonAnswer::ALL.get(at), NON_ANSWER_KEYS.get(at)) else { return Line::default() };
    let hints = model.shell.keymap.hints(&model.contexts());
    let hint = hints.iter().find(|hint| hint.command == *command);
    let key = hint.and_then(|hint| hint.chords.first().map(ToString::to_string)).unwrap_or_default();
    let chosen = rated == Rated::Not(*kind);
    Offer { key: &key, label: kind.title(), meaning: "", chosen, marked }.line(paint, width)
}

/// What the behaviour is, how it looks from the person's level, what it is not, and what they said last time.
fn about(page: &mut Page<'_>, model: &Model, library: &Library, ix: BehaviourIx) {
    let behaviour = library.behaviour(ix);
    page.text(Role::Body, &behaviour.statement);
    if let Some(own) = model.level_for(ix)
        && let Some((_, text)) = behaviour.levels.iter().find(|(id, _)| *id == own)
    {
        page.paragraph("From where you lead: ", Role::Label, Role::Body, text);
    }
    if !behaviour.opposite.is_empty() {
        page.paragraph("What it is not: ", Role::Label, Role::Body, &behaviour.opposite);
    }
    if let Some(standing) = model.person.snapshot.profile.of(ix) {
        let rated = standing.words(&library.framework_of(ix).scale);
        let words = format!("{rated}, {}", short_day(standing.on, model.shell.today));
        page.paragraph("Last time: ", Role::Label, Role::Body, &words);
    }
}

/// Text above, two lines for the question and the meaning of the marked point, rows for the choices; the text gives way
/// first, and can be scrolled.
fn split(area: Rect, lines: usize, rows: usize) -> (Rect, Rect, Rect) {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height.saturating_sub(5));
    let text = u16::try_from(lines).unwrap_or(u16::MAX).min(area.height.saturating_sub(rows + 3));
    let [above, _, question, list] = Layout::vertical([
        Constraint::Length(text),
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(rows),
    ])
    .areas(area);
    (above, question, list)
}

/// The question, and under it what the marked point means, unless that stands beside every point.
fn ask(question: &str, meaning: &str, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let width = usize::from(area.width);
    let meaning = if width >= MEANINGS_BESIDE { "" } else { meaning };
    let lines = vec![
        Line::from(paint.span(Role::Heading, fit(question, width))),
        Line::from(paint.span(Role::Note, fit(meaning, width))),
    ];
    canvas.render_widget(Paragraph::new(lines), area);
}

/// One point that can be chosen.
struct Offer<'a> {
    key: &'a str,
    label: &'a str,
    meaning: &'a str,
    chosen: bool,
    marked: bool,
}

impl Offer<'_> {
    fn line(&self, paint: Painter, width: usize) -> Line<'static> {
        let lead = if self.marked { "> " } else { "  " };
        let tick = if self.chosen { "\u{2713}" } else { " " };
        let unmarked = |role| if self.marked { Role::Marked } else { role };
        let label = unmarked(if self.chosen { Role::Chosen } else { Role::Body });
        let note = if width >= MEANINGS_BESIDE { self.meaning.to_owned() } else { String::new() };
        let left = vec![
            paint.span(unmarked(Role::Body), lead),
            paint.span(unmarked(Role::Key), format!("{} ", self.key)),
            paint.span(label, format!("{tick} {:<30}", self.label)),
            Span::raw("  "),
            paint.span(Role::Note, note),
        ];
        spread(left, Vec::new(), width)
    }
}

/// A numbered point of a scale.
pub(super) fn numbered(
    at: usize,
    offered: &Point,
    chosen: bool,
    marked: bool,
    paint: Painter,
    width: usize,
) -> Line<'static> {
    let key = (at + 1).to_string();
    Offer { key: &key, label: &offered.label, meaning: &offered.meaning, chosen, marked }.line(paint, width)
}

fn draw_importance(framework: &Framework, reflect: &Reflect, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let points = &framework.importance.points;
    let mut page = Page::new(paint, area.width);
    page.text(Role::Body, "A low rating matters most where the behaviour does: this tells the two apart.");
    let [above, question, list, rest] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Length(2),
        Constraint::Length(u16::try_from(points.len()).unwrap_or(3)),
        Constraint::Fill(1),
    ])
    .areas(area);
    canvas.render_widget(Paragraph::new(page.lines), above);
    let meaning = points.get(reflect.row).map_or("", |point| point.meaning.as_str());
    ask(&framework.importance.question, meaning, paint, canvas, question);
    let width = usize::from(list.width);
    draw_rows(canvas, list, reflect.row, points.len(), |at| match points.get(at) {
        Some(offered) => {
            let chosen = reflect.importance == Some(offered.value);
            numbered(at, offered, chosen, at == reflect.row, paint, width)
        }
        None => Line::default(),
    });
    let mut page = Page::new(paint, area.width);
    page.line(Line::default());
    page.text(Role::Note, "The short way: write to one question, then save. Every step can be skipped.");
    canvas.render_widget(Paragraph::new(page.lines), rest);
}

fn draw_writing(reflect: &Reflect, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(page) = reflect.page() else { return };
    let mut head = Page::new(paint, area.width);
    head.text(Role::Heading, &page.question);
    let rows = u16::try_from(head.lines.len()).unwrap_or(2).min(area.height / 2);
    let [above, line, body] =
        Layout::vertical([Constraint::Length(rows), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    canvas.render_widget(Paragraph::new(head.lines), above);
    let words = page.buffer.words();
    let note = if words == 0 {
        "in your own words; names are best left out".to_owned()
    } else {
        count(words, "word", "words")
    };
    canvas.render_widget(Paragraph::new(paint.span(Role::Note, note)), line);
    writing(&page.buffer, paint, canvas, body);
}

fn draw_review(
    model: &Model,
    framework: &Framework,
    reflect: &Reflect,
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) {
    let mut page = Page::new(paint, area.width);
    if reflect.is_empty() {
        page.text(
            Role::Body,
            &model.keyed(concat!(
                "Nothing is said yet. Go back with ",
                key!("previous-step"),
                ", or leave with ",
                key!("back"),
                "."
            )),
        );
    } else {
        page.text(Role::Heading, "This will be saved. Earlier answers stay as they are.");
        page.gap();
        page.paragraph("Rating: ", Role::Label, Role::Body, &reflect.rated.words(&framework.scale));
        let importance = reflect.importance.and_then(|value| framework.importance.label(value));
        page.paragraph("Importance: ", Role::Label, Role::Body, importance.unwrap_or("not said"));
        if let Some(on) = reflect.on.filter(|on| *on != model.shell.today) {
            page.paragraph("This happened on: ", Role::Label, Role::Body, &long_day(on));
        }
        for written in reflect.pages.iter().filter(|page| !page.buffer.text().trim().is_empty()) {
            page.gap();
            page.text(Role::Note, &written.question);
            page.text(Role::Body, written.buffer.text().trim());
        }
    }
    page.draw(canvas, area, reflect.scroll);
}

//! Session: the parts in sight, the questions of the pack beside what is written, every field marked with who may read
//! it; or the models to begin with.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, spread};
use super::panes::{Titles, panes};
use super::view::rows_and_detail;
use super::writing::{kept_words, writing};
use crate::app::{EditBuffer, Model, Part, PartKind, SessionDraft};
use crate::command::key;
use crate::config::Role;
use crate::domain::{Action, ActionStatus, Library, SessionKind, Sheet, count, short_day};

/// Width from which the questions stand beside the notes.
const BESIDE: u16 = 110;

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(library) = &model.shell.library else { return };
    let Some(sitting) = &model.person.sitting else { return begin(model, paint, canvas, area) };
    let Some(part) = sitting.part() else { return };
    let lines = part_lines(sitting, model.person.show_private, paint, usize::from(area.width));
    let height = u16::try_from(lines.len() + 1).unwrap_or(2);
    let [above, body] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area);
    canvas.render_widget(Paragraph::new(lines), above);
    match part.kind {
        PartKind::Agenda | PartKind::Agreed => actions(model, part, paint, canvas, body),
        PartKind::Write => write(model, sitting, part, paint, canvas, body),
        PartKind::Page => page(model, library, sitting, paint, canvas, body),
    }
}

/// The models to begin with, and what the marked one is for.
fn begin(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let offered = model.session_models();
    let [head, body] = Layout::vertical([Constraint::Length(3), Constraint::Fill(1)]).areas(area);
    let alone = model.session_kind() == SessionKind::Alone;
    let title = if alone { "Write about something that happened" } else { "Begin a session" };
    let last = model.person.snapshot.dossier.held().last();
    let note = last.map_or_else(
        || "Choose a model; its stages are an offer, in any order.".to_owned(),
        |last| {
            format!("The last one was on {}. Stages are an offer, in any order.", short_day(last.on, model.shell.today))
        },
    );
    let lines = vec![Line::from(paint.span(Role::Title, title)), Line::from(paint.span(Role::Note, note))];
    canvas.render_widget(Paragraph::new(lines), head);
    let places = panes(Titles::two("Models", "What it is for"), offered.len(), paint, canvas, body);
    let (rows, detail) = (places.list, places.detail);
    let width = usize::from(rows.width);
    draw_rows(canvas, rows, model.person.begin_row, offered.len(), |at| {
        let Some(found) = offered.get(at) else { return Line::default() };
        let marked = at == model.person.begin_row;
        let role = if marked { Role::Marked } else { Role::Body };
        let lead = if marked { "> " } else { "  " };
        let minutes = paint.span(Role::Note, format!("{} min ", found.minutes));
        spread(vec![paint.span(role, format!("{lead}{}", found.title))], vec![minutes], width)
    });
    if let Some(found) = offered.get(model.person.begin_row) {
        let mut page = Page::new(paint, detail.width);
        page.text(Role::Title, &found.title);
        page.sheet(&Sheet::model(found));
        page.draw(canvas, detail, 0);
    }
}

/// All parts, with a tick on those that hold something, in two lines where one is too short; in a narrow window the one
/// in front and its place.
fn part_lines(sitting: &SessionDraft, private: bool, paint: Painter, width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Vec<Span<'static>>> = vec![Vec::new()];
    let mut used = 0;
    for (at, part) in sitting.parts.iter().enumerate() {
        let tick = if part.is_seen(private) { "\u{2713}" } else { "" };
        let role = match (at == sitting.at, tick.is_empty()) {
            (true, _) => Role::Tab,
            (false, true) => Role::Body,
            (false, false) => Role::Good,
        };
        let span = paint.span(role, format!(" {}{tick} ", part.title));
        let wide = span.content.width();
        if used + wide > width {
            lines.push(Vec::new());
            used = 0;
        }
        used += wide;
        lines.last_mut().expect("there is always one").push(span);
    }
    if lines.len() <= 2 {
        return lines.into_iter().map(Line::from).collect();
    }
    let title = sitting.part().map_or("", |part| part.title.as_str());
    let next = sitting.parts.get(sitting.at + 1).map(|part| format!("; then {}", part.title)).unwrap_or_default();
    let place = format!("  part {} of {}{next}", sitting.at + 1, sitting.parts.len());
    let front = paint.span(Role::Tab, format!(" {title} "));
    vec![spread(vec![front, paint.span(Role::Note, place)], Vec::new(), width)]
}

/// Looking back at what was agreed, or agreeing what will happen: the plan itself, with all its keys.
fn actions(model: &Model, part: &Part, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut head = Page::new(paint, area.width);
    let open = model.plan_rows().iter().filter(|action| action.status == ActionStatus::Open).count();
    if part.kind == PartKind::Agreed {
        let question = match model.agreed().len() {
            0 => concat!("What will happen? ", key!("new"), " adds an action, one question at a time.").to_owned(),
            new => {
                format!("What will happen? {} agreed today; {} adds one.", count(new, "action", "actions"), key!("new"))
            }
        };
        head.text(Role::Heading, &model.keyed(&question));
    } else {
        match model.person.snapshot.dossier.held().last() {
            Some(last) => {
                let last_note = || last.shared().last().map(|note| note.text.as_str());
                let words = last.summary().or_else(last_note).unwrap_or("no shared note was kept");
                let day = short_day(last.on, model.shell.today);
                head.paragraph(&format!("Last time, {day}: "), Role::Label, Role::Body, words);
            }
            None => head.text(Role::Body, "This is the first session kept here."),
        }
        head.text(
            Role::Heading,
            &model.keyed(&match open {
                0 => concat!("Nothing is open from before. ", key!("next-part"), " goes on.").to_owned(),
                open => format!(
                    "{} from before. What happened? {} marks one as done.",
                    count(open, "open action", "open actions"),
                    key!("done")
                ),
            }),
        );
    }
    head.lines.push(Line::default());
    let height = u16::try_from(head.lines.len()).unwrap_or(4).min(area.height / 2);
    let [above, list] = Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area);
    head.lines.truncate(usize::from(height));
    canvas.render_widget(Paragraph::new(head.lines), above);
    if model.plan_rows().is_empty() {
        return;
    }
    if let Some(plan) = model.plan_list() {
        rows_and_detail(&plan, model.person.plan.scroll, model, paint, canvas, list);
    }
}

fn write(model: &Model, sitting: &SessionDraft, part: &Part, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let (asks, notes) = if area.width >= BESIDE {
        let [notes, _, asks] =
            Layout::horizontal([Constraint::Percentage(58), Constraint::Length(2), Constraint::Fill(1)]).areas(area);
        (asks, notes)
    } else {
        let wanted = u16::try_from(asks_page(part, paint, area.width).lines.len()).unwrap_or(4) + 1;
        let [asks, notes] =
            Layout::vertical([Constraint::Length(wanted.min(area.height * 2 / 5)), Constraint::Fill(1)]).areas(area);
        (asks, notes)
    };
    asks_page(part, paint, asks.width).draw(canvas, asks, sitting.scroll);
    let private = model.person.show_private && sitting.kind == SessionKind::OneToOne;
    if !private {
        let label = if sitting.kind == SessionKind::Alone { "Your words" } else { "Shared note" };
        return field(model, label, &part.shared, true, Role::Label, paint, canvas, notes);
    }
    let small = (notes.height / 3).max(3);
    let sizes = if sitting.in_private { [small, 0] } else { [0, small] };
    let wish = |rows: u16| if rows == 0 { Constraint::Fill(1) } else { Constraint::Length(rows) };
    let [upper, lower] = Layout::vertical(sizes.map(wish)).areas(notes);
    let shared = |canvas: &mut Canvas<'_>| {
        field(model, "Shared note", &part.shared, !sitting.in_private, Role::Label, paint, canvas, upper);
    };
    let own = |canvas: &mut Canvas<'_>| {
        field(model, "PRIVATE to the coach", &part.private, sitting.in_private, Role::Private, paint, canvas, lower);
    };
    // The field with the caret is drawn last, so that the terminal's cursor stands in it.
    if sitting.in_private {
        shared(canvas);
        own(canvas);
    } else {
        own(canvas);
        shared(canvas);
    }
}

fn asks_page(part: &Part, paint: Painter, width: u16) -> Page<'static> {
    let mut page = Page::new(paint, width);
    if !part.aim.is_empty() {
        page.text(Role::Note, &part.aim);
    }
    for prompt in &part.prompts {
        page.paragraph("? ", Role::Label, Role::Body, prompt);
    }
    page
}

/// A note with who may read it above it.
#[expect(clippy::too_many_arguments, reason = "a field is all of these, and drawn in three places")]
fn field(
    model: &Model,
    label: &str,
    buffer: &EditBuffer,
    here: bool,
    role: Role,
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) {
    let [line, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let lead = if here { "> " } else { "  " };
    let words = if buffer.text().trim().is_empty() { String::new() } else { count(buffer.words(), "word", "words") };
    let kept = model
        .person
        .sitting
        .as_ref()
        .map_or(String::new(), |sitting| kept_words(&sitting.kept_at, sitting.unsaved || sitting.keeping));
    let right = if here && !kept.is_empty() { format!("{words}  {kept} ") } else { format!("{words} ") };
    let left = vec![paint.span(role, format!("{lead}{label}"))];
    canvas.render_widget(
        Paragraph::new(spread(left, vec![paint.span(Role::Note, right)], usize::from(line.width))),
        line,
    );
    writing(buffer, paint, canvas, body);
}

/// The page that is read together.
fn page(model: &Model, library: &Library, sitting: &SessionDraft, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let ids = model.agreed();
    let agreed: Vec<&Action> = model.person.snapshot.actions.iter().filter(|action| ids.contains(&action.id)).collect();
    let session = sitting.session(model.shell.now, ids.clone());
    let mut page = Page::new(paint, area.width);
    let title = match sitting.kind {
        SessionKind::OneToOne => format!("{} and the coach", model.person.snapshot.person.name),
        SessionKind::Alone => "What you wrote".to_owned(),
    };
    page.text(Role::Title, &title);
    page.sheet(&Sheet::session_page(library, &session, &agreed, model.shell.today));
    page.gap();
    let words = match sitting.kind {
        SessionKind::OneToOne => concat!(
            "Read it together. ",
            key!("end-session"),
            " closes the session and keeps it; ",
            key!("previous-part"),
            " goes back."
        ),
        SessionKind::Alone => {
            concat!(key!("end-session"), " keeps it in your journal; ", key!("previous-part"), " goes back.")
        }
    };
    page.text(Role::Note, &model.keyed(words));
    page.draw(canvas, area, model.person.page_scroll);
}

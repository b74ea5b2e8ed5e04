//! Find: the search line, what it found with the letters that matched, and the marked behaviour whole.

use super::canvas::Canvas;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::chrome::draw_rows;
use super::entry::entry;
use super::page::Page;
use super::paint::{Painter, fit, spread};
use super::panes::{Titles, panes};
use crate::app::Model;
use crate::config::Role;
use crate::domain::{BehaviourIx, Library, Sheet};
use crate::search::{Field, Found, Hit};

pub(super) fn draw(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let [line, word, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let (Some(library), Some(found)) = (&model.person.find.library, &model.person.find.found) else {
        draw_query(model, paint, canvas, line);
        canvas.render_widget(Paragraph::new(paint.span(Role::Note, "Opening the library\u{2026}")), word);
        draw_query(model, paint, canvas, line);
        return;
    };
    canvas.render_widget(
        Paragraph::new(paint.span(Role::Note, fit(&Model::about_found(found), usize::from(word.width)))),
        word,
    );
    if found.hits.is_empty() {
        nothing(paint, canvas, body);
        draw_query(model, paint, canvas, line);
        return;
    }
    let whose = if model.person.snapshot.person.is_client() { "Theirs" } else { "Yours" };
    let titles = Titles { third: whose, ..Titles::two("Found", "The behaviour") };
    let places = panes(titles, found.hits.len(), paint, canvas, body);
    let (list, detail) = (places.list, places.detail);
    let width = usize::from(list.width);
    draw_rows(canvas, list, model.person.find.row, found.hits.len(), |at| match found.hits.get(at) {
        Some(hit) => {
            let focus = model.is_focus(BehaviourIx(hit.record));
            row(library, found, hit, at == model.person.find.row, focus, paint, width)
        }
        None => Line::default(),
    });
    if let Some(ix) = model.person.find.marked() {
        let yours = Sheet::yours(library, ix, &model.person.snapshot.profile, &model.person.snapshot.dossier);
        draw_detail(
            model,
            library,
            ix,
            if places.third.is_none() { Some(&yours) } else { None },
            paint,
            canvas,
            detail,
        );
        if let Some(third) = places.third {
            let mut page = Page::new(paint, third.width);
            page.sheet(&yours);
            page.beside(canvas, third);
        }
    }
    // Last, so that the terminal's cursor stands where letters appear.
    draw_query(model, paint, canvas, line);
}

fn draw_query(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    entry("Find: ", &model.person.find.query, "type what is on your mind, like no time to listen", paint, canvas, area);
}

/// One hit; a behaviour of the focus set is said to be one.
fn row(
    library: &Library,
    found: &Found,
    hit: &Hit,
    marked: bool,
    focus: bool,
    paint: Painter,
    width: usize,
) -> Line<'static> {
    let behaviour = library.behaviour(BehaviourIx(hit.record));
    let role = if marked { Role::Marked } else { Role::Body };
    let lead = if marked { "> " } else { "  " };
    let mut left = vec![
        paint.span(role, lead),
        paint.span(if marked { role } else { Role::Label }, format!("{:<6}", behaviour.code)),
    ];
    left.extend(paint.marked(role, &behaviour.title, &found.highlights(&behaviour.title)));
    let elsewhere = hit.score > 0.0 && !matches!(hit.field, Field::Title | Field::Code);
    let place = if elsewhere { hit.field.name() } else { "" };
    let note = match (focus, place) {
        (true, "") => "in focus".to_owned(),
        (true, place) => format!("in focus, {place}"),
        (false, place) => place.to_owned(),
    };
    let right = if note.is_empty() { Vec::new() } else { vec![paint.span(Role::Note, note), Span::raw(" ")] };
    spread(left, right, width)
}

/// The marked behaviour whole; where there is no pane for them, with the person's own records around it.
fn draw_detail(
    model: &Model,
    library: &Library,
    ix: BehaviourIx,
    yours: Option<&Sheet>,
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
) {
    let behaviour = library.behaviour(ix);
    let found = model.person.find.found.as_ref().filter(|_| !model.person.find.query.text().is_empty());
    let mut page = Page::new(paint, area.width).marking(found);
    page.text(Role::Title, &behaviour.to_string());
    if let Some(standing) = model.person.snapshot.profile.of(ix).filter(|_| yours.is_some()) {
        let rated = standing.words(&library.framework_of(ix).scale);
        let day = crate::domain::short_day(standing.on, model.shell.today);
        page.paragraph("You: ", Role::Label, Role::Body, &format!("{rated}, {day}"));
    }
    page.sheet(&Sheet::behaviour(library, ix, model.level_for(ix).as_deref()));
    if let Some(yours) = yours.filter(|_| model.person.snapshot.profile.of(ix).is_some()) {
        page.gap();
        page.sheet(yours);
    }
    let words = matched_words(library, found, ix);
    if !words.is_empty() {
        page.gap();
        page.paragraph("Found in everyday words: ", Role::Label, Role::Body, &words);
    }
    page.draw(canvas, area, model.person.find.scroll);
}

/// The keywords that matched: they are not on the sheet, so they are shown when they were what was found.
fn matched_words(library: &Library, found: Option<&Found>, ix: BehaviourIx) -> String {
    let Some(found) = found else { return String::new() };
    let keywords = &library.behaviour(ix).keywords;
    let hit: Vec<&str> =
        keywords.iter().map(String::as_str).filter(|word| !found.highlights(word).is_empty()).collect();
    hit.join(", ")
}

fn nothing(paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut page = Page::new(paint, area.width);
    page.text(Role::Body, "Nothing is found. Try fewer letters, or another word for it.");
    page.lines.truncate(usize::from(area.height));
    canvas.render_widget(Paragraph::new(page.lines), area);
}

//! The frame around every screen: tabs at the top, a line for notices and a line of key hints at the bottom. Hints come
//! from the model's key map. Those that do not fit are left out whole, least important first; the hint for help is
//! always shown.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::more::More;
use super::paint::{Painter, fit, spread};
use super::{glyphs, view};
use crate::app::{Area, FLOOR, Hit, Model, On, Records, Screen, Tone, View, Viewport};
use crate::command::{Chord, Command, Hint};
use crate::config::Role;
use crate::domain::{long_day, short_day};

/// Maximum number of hints in the footer; the others are behind the hint for help.
const MOST_HINTS: usize = 5;
/// Height in rows from which there is a blank line under the tabs.
const ROOMY: u16 = 30;
/// Maximum rows of an error notice, and of any other.
const MOST_SAID: usize = 3;
const MOST_TOLD: usize = 2;

/// Draws one frame. The current screen or overlay is drawn first because the guards of commands depend on the sizes
/// that it yields; then tabs and hints, which ask those guards.
pub fn draw(model: &mut Model, paint: Painter, frame: &mut Frame<'_>) {
    let area = frame.area();
    // No frame depends on the one before.
    model.view = Viewport::default();
    let mut canvas = Canvas::new(frame.buffer_mut());
    let edges = body(model, paint, &mut canvas, area);
    let (view, cursor) = canvas.done();
    model.view = view;
    let mut canvas = Canvas::new(frame.buffer_mut());
    if let Some(edges) = edges {
        draw_edges(model, &edges, paint, &mut canvas);
    }
    glyphs::steady(canvas.buffer_mut());
    if paint.ascii {
        glyphs::to_ascii(canvas.buffer_mut());
    }
    model.view.hits.extend(canvas.done().0.hits);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// The areas and texts around the current screen.
struct Edges {
    tabs: Rect,
    notice: Rect,
    said: Vec<Line<'static>>,
    footer: Rect,
}

/// Draws the current screen or overlay. Returns `None` where nothing is drawn around it: below the minimum size, or
/// where it covers the whole screen.
fn body(model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) -> Option<Edges> {
    if area.width < FLOOR.0 || area.height < FLOOR.1 {
        too_small(canvas, area);
        return None;
    }
    if let Some(view) = model.view_of_place().filter(|_| model.is_covered()) {
        cover(&view, model, paint, canvas, area);
        return None;
    }
    let said = notice_rows(model, paint, usize::from(area.width).saturating_sub(2));
    let told = u16::try_from(said.len()).unwrap_or(1).max(1);
    let air = u16::from(area.height >= ROOMY);
    let rows = [1, 1, air].map(Constraint::Length).into_iter().chain([Constraint::Fill(1)]);
    let rows = Layout::vertical(rows.chain([told, 1].map(Constraint::Length)));
    let [tabs, line, _, body, notice, footer] = rows.areas(area);
    canvas.render_widget(Paragraph::new(rule_line(model, paint, usize::from(line.width))), line);
    let inner = Rect { x: body.x + 1, width: body.width - 2, ..body };
    match (model.person.layers.last(), model.view_of_place()) {
        (None, _) if model.shell.records == Records::Turning => opening(paint, canvas, inner),
        (_, Some(described)) => view::draw(&described, model, paint, canvas, inner),
        (_, None) => {}
    }
    Some(Edges { tabs, notice, said, footer })
}

/// Draws a view that covers the whole screen: nothing of the records, only the view and the keys that work.
fn cover(described: &View<'_>, model: &Model, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let rows = [Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)];
    let [title, body, footer] = Layout::vertical(rows).areas(area);
    canvas.render_widget(Paragraph::new(Line::from(paint.span(Role::Title, " Cairn"))), title);
    view::draw(described, model, paint, canvas, Rect { x: body.x + 1, width: body.width - 2, ..body });
    draw_footer(&model.hints(), paint, canvas, footer);
}

fn draw_footer(hints: &[Hint], paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let (line, areas) = footer_line(hints, paint, area);
    canvas.view.hits.extend(areas);
    canvas.render_widget(Paragraph::new(line), area);
}

fn draw_edges(model: &Model, edges: &Edges, paint: Painter, canvas: &mut Canvas<'_>) {
    let mut hints = model.hints();
    draw_tabs(model, &tabs(model, &hints), paint, canvas, edges.tabs);
    canvas.render_widget(Text::from(edges.said.clone()), edges.notice);
    // The tabs show their own keys.
    hints.retain(|hint| !Screen::TABS.iter().any(|(_, tab)| *tab == hint.command));
    draw_footer(&hints, paint, canvas, edges.footer);
}

/// Returns the line under the tabs. It says whether private lines are shown, whose records are open if they are a
/// client's and for which purpose, whether this is the demonstration, who else can open the records, and how long the
/// session has lasted.
fn rule_line(model: &Model, paint: Painter, width: usize) -> Line<'static> {
    let person = &model.person.snapshot.person;
    let mut words = Vec::new();
    // First, so that a long name cannot push it off the screen.
    if model.person.show_private {
        words.push("PRIVATE NOTES ON SCREEN".to_owned());
    }
    if person.is_client() {
        words.push(person.name.clone());
    }
    if model.shell.demo {
        words.push("DEMO, nothing is saved".to_owned());
    }
    // Always shown: anyone who uses the records must see that somebody else can open them too.
    if !model.person.snapshot.safety.escrow.is_empty() {
        words.push(format!("{} can open these records", model.person.snapshot.safety.escrow));
    }
    if person.is_client() {
        words.extend(model.person.snapshot.dossier.engagement().map(|terms| terms.purpose.id().to_owned()));
    }
    if let Some(sitting) = &model.person.sitting
        && sitting.since.is_some()
    {
        words.push(format!("session, {}", sitting.time_words(model.shell.now)));
    }
    if words.is_empty() {
        return Line::from(paint.span(Role::Line, "\u{2500}".repeat(width)));
    }
    let role = match (model.person.show_private, model.shell.demo) {
        (true, _) => Role::State,
        (false, true) => Role::Urgent,
        (false, false) => Role::Client,
    };
    let text = fit(&words.join(" \u{b7} "), width.saturating_sub(8));
    let rest = width.saturating_sub(text.width() + 4);
    Line::from(vec![
        paint.span(Role::Line, "\u{2500}\u{2500} "),
        paint.span(role, text),
        paint.span(Role::Line, format!(" {}", "\u{2500}".repeat(rest))),
    ])
}

/// Drawn while the records of another person are being opened.
fn opening(paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    canvas.render_widget(Paragraph::new(paint.span(Role::Note, "Opening the records\u{2026}")), area);
}

/// Drawn below the minimum size. The way out comes first because the rest may be cut off.
fn too_small(canvas: &mut Canvas<'_>, area: Rect) {
    let needs = format!("Cairn needs {}x{}, not {}x{}.", FLOOR.0, FLOOR.1, area.width, area.height);
    let width = usize::from(area.width);
    let mut rows = crate::app::wrapped("Too small. Press ctrl-q, then run cairn --plain.", width);
    rows.extend(crate::app::wrapped(&needs, width));
    let rows: Vec<Line<'_>> = rows.into_iter().map(Line::from).collect();
    canvas.render_widget(Paragraph::new(rows), area);
}

/// Returns the tabs that a single printable key opens from here, each with its key.
fn tab_keys(hints: &[Hint]) -> Vec<(Command, Chord)> {
    let tabs = hints.iter().filter(|hint| Screen::TABS.iter().any(|(_, tab)| *tab == hint.command));
    tabs.filter_map(|hint| Some((hint.command, *hint.chords.iter().find(|chord| chord.printable().is_some())?)))
        .collect()
}

/// A tab: its screen, the command that opens it, its key where letters are commands, and whether that key works here.
struct Tab {
    screen: Screen,
    command: Command,
    key: String,
    works: bool,
}

/// Returns the tabs. Each keeps its key and its place on every screen.
fn tabs(model: &Model, hints: &[Hint]) -> Vec<Tab> {
    let keymap = &model.shell.settings.keymap;
    let usual = |command| {
        let keys = keymap.keys_in(crate::command::Context::Go, command);
        keys.iter().find(|chord| chord.printable().is_some()).map(ToString::to_string).unwrap_or_default()
    };
    let works = tab_keys(hints);
    let tab = |(screen, command): (Screen, Command)| Tab {
        screen,
        command,
        key: usual(command),
        works: works.iter().any(|(own, _)| *own == command),
    };
    Screen::TABS.into_iter().map(tab).collect()
}

/// Returns the parts of the line of tabs, each with the command that a click on it runs. Where they do not fit, the name of
/// the program is left out, then the blanks between them, then the names of all but the current one.
fn tab_spans(model: &Model, tabs: &[Tab], paint: Painter, width: usize) -> Vec<(Span<'static>, Option<Command>)> {
    let made = |lead: &'static str, edge: &'static str, named: bool| {
        let mut spans = vec![(paint.span(Role::Title, lead), None)];
        for tab in tabs {
            let (here, title) = (model.person.screen == tab.screen, tab.command.entry().title);
            let key = if tab.key.is_empty() { String::new() } else { format!("{} ", tab.key) };
            spans.push((paint.span(Role::Body, edge), None));
            if here {
                spans.push((paint.span(Role::Tab, format!("{key}{title}")), Some(tab.command)));
            } else {
                let role = if tab.works { Role::Key } else { Role::Note };
                spans.push((paint.span(role, key), Some(tab.command)));
                spans.push((paint.span(Role::Body, if named { title } else { "" }), Some(tab.command)));
            }
            spans.push((paint.span(Role::Body, if edge.is_empty() && !named { "" } else { " " }), None));
        }
        spans
    };
    let cells =
        |spans: &[(Span<'_>, Option<Command>)]| spans.iter().map(|(span, _)| span.content.width()).sum::<usize>();
    let wide = [(" Cairn  ", " ", true), ("", " ", true), ("", "", true)];
    let wide = wide.into_iter().map(|(lead, edge, named)| made(lead, edge, named));
    wide.into_iter().find(|spans| cells(spans) <= width + 1).unwrap_or_else(|| made("", " ", false))
}

fn draw_tabs(model: &Model, tabs: &[Tab], paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let parts = tab_spans(model, tabs, paint, usize::from(area.width));
    let mut x = area.x;
    for (span, command) in &parts {
        let width = u16::try_from(span.content.width()).unwrap_or(0);
        let area = Area { x, y: area.y, width, height: 1 };
        canvas.view.hits.extend(command.map(|command| Hit { area, on: On::Command(command) }));
        x = x.saturating_add(width);
    }
    let left: Vec<Span<'static>> = parts.into_iter().map(|(span, _)| span).collect();
    let used: usize = left.iter().map(|span| span.content.width()).sum();
    let (long, short) = (long_day(model.shell.today), short_day(model.shell.today, model.shell.today));
    let room = usize::from(area.width).saturating_sub(used + 1);
    let words = [long, short].into_iter().map(|day| format!("{day} ")).find(|words| words.width() <= room);
    let right = vec![paint.span(Role::Body, words.unwrap_or_default())];
    canvas.render_widget(Paragraph::new(spread(left, right, usize::from(area.width))), area);
}

/// Returns the rows of the latest notice, or of the lasting warning if there is none. An error takes up to
/// [`MOST_SAID`] rows and others up to [`MOST_TOLD`], so that they are cut as seldom as possible.
fn notice_rows(model: &Model, paint: Painter, width: usize) -> Vec<Line<'static>> {
    let (role, text, most) = match &model.person.notice {
        Some(notice) => match notice.tone {
            Tone::Good => (Role::Good, notice.text.clone(), MOST_TOLD),
            Tone::Plain => (Role::Heading, notice.text.clone(), MOST_TOLD),
            Tone::Bad | Tone::Unsaved => (Role::Bad, format!("! {}", notice.text), MOST_SAID),
        },
        None if !model.shell.banner.is_empty() => (Role::Bad, format!("! {}", model.shell.banner), MOST_TOLD),
        None => return Vec::new(),
    };
    let text = model.keyed(&text).into_owned();
    let rows = crate::app::wrapped(&text, width.max(1));
    let mut rows: Vec<String> = rows.into_iter().map(str::to_owned).collect();
    if rows.len() > most {
        // The last row ends with an ellipsis.
        let rest = rows.split_off(most - 1).join(" ");
        rows.push(fit(&rest, width));
    }
    rows.into_iter().map(|row| Line::from(vec![Span::raw(" "), paint.span(role, row)])).collect()
}

/// Returns the hints of the footer and the areas in which a click runs them: those of highest priority, at most
/// [`MOST_HINTS`] with the hint for help, which is drawn last. Where there is more to read, its key is among them.
fn footer_line(hints: &[Hint], paint: Painter, area: Rect) -> (Line<'static>, Vec<Hit>) {
    let shown = |hint: &Hint| hint.chords.first().map(ToString::to_string).unwrap_or_default();
    let cells = |hint: &Hint| shown(hint).width() + 1 + hint.command.entry().title.width() + 2;
    let is = |command: Command| move |hint: &&Hint| hint.command == command;
    let last: Vec<&Hint> =
        [Command::PageDown, Command::Help].into_iter().filter_map(|command| hints.iter().find(is(command))).collect();
    let reserved: usize = last.iter().map(|hint| cells(hint)).sum();
    let mut room = usize::from(area.width).saturating_sub(1 + reserved);
    let mut ranked: Vec<&Hint> = hints
        .iter()
        .filter(|hint| hint.command.entry().priority > 0 && !last.iter().any(|own| own.command == hint.command))
        .collect();
    ranked.sort_by_key(|hint| std::cmp::Reverse(hint.command.entry().priority));
    ranked.truncate(MOST_HINTS - last.len());
    ranked.retain(|hint| {
        let fits = cells(hint) <= room;
        room -= if fits { cells(hint) } else { room };
        fits
    });
    let mut spans = vec![Span::raw(" ")];
    let mut areas = Vec::new();
    let mut x = area.x.saturating_add(1);
    for hint in ranked.into_iter().chain(last) {
        spans.push(paint.span(Role::Key, shown(hint)));
        spans.push(paint.span(Role::Body, format!(" {}  ", hint.command.entry().title)));
        let width = u16::try_from(cells(hint)).unwrap_or(0);
        let area = Area { x, y: area.y, width: width.saturating_sub(2), height: 1 };
        areas.push(Hit { area, on: On::Command(hint.command) });
        x = x.saturating_add(width);
    }
    (Line::from(spans), areas)
}

/// Draws the rows around the marked one and puts the terminal's cursor on it, where screen readers and magnifiers look.
pub(super) fn draw_rows(
    paint: Painter,
    canvas: &mut Canvas<'_>,
    area: Rect,
    (marked, rows): (usize, usize),
    row: impl Fn(usize) -> Line<'static>,
) {
    let is_cut = rows > usize::from(area.height) && area.height > 1;
    let (area, edge) = if is_cut {
        let shown = Rect { height: area.height - 1, ..area };
        (shown, Some(Rect { y: shown.bottom(), height: 1, ..area }))
    } else {
        (area, None)
    };
    let height = usize::from(area.height);
    let from = (marked + 1).saturating_sub(height).min(rows.saturating_sub(height));
    let mut lines: Vec<Line<'static>> = (from..rows.min(from + height)).map(row).collect();
    // The highlight extends to the end of the row.
    if let Some(line) = lines.get_mut(marked.saturating_sub(from))
        && let Some(first) = line.spans.first()
    {
        line.style = first.style;
    }
    let hits = (from..from + lines.len()).zip(area.y..).map(|(row, y)| {
        let on = On::Row { row, marked: row == marked };
        Hit { area: Area { x: area.x, y, width: area.width, height: 1 }, on }
    });
    canvas.view.hits.extend(hits);
    // `Text` and not `Paragraph`, which would measure every row once more to truncate it.
    let more = More { above: from, below: rows.saturating_sub(from + lines.len()) };
    canvas.render_widget(Text::from(lines), area);
    if let Some(edge) = edge {
        more.draw(paint, canvas, edge);
    }
    if rows > 0 && area.height > 0 {
        let at = u16::try_from(marked - from).unwrap_or(0).min(area.height - 1);
        canvas.set_cursor_position((area.x, area.y + at));
    }
}

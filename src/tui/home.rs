//! The first screen: what matters now.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::chrome::draw_rows;
use super::page::Page;
use super::paint::{Painter, spread};
use crate::app::{Model, items};
use crate::config::Role;
use crate::domain::{ActionStatus, count, long_day, short_day};

pub(super) fn draw(model: &Model, paint: Painter, frame: &mut Frame<'_>, area: Rect) {
    let rows = items(model);
    let mut head = Page::new(paint, area.width);
    head.gap();
    head.text(Role::Title, &greeting(model));
    for line in words(model) {
        head.text(Role::Body, &line);
    }
    head.lines.push(Line::default());
    head.text(Role::Heading, "What matters now");
    let height = u16::try_from(head.lines.len()).unwrap_or(8).min(area.height / 2);
    let [above, list, rest] = Layout::vertical([
        Constraint::Length(height),
        Constraint::Length(u16::try_from(rows.len()).unwrap_or(u16::MAX)),
        Constraint::Fill(1),
    ])
    .areas(area);
    head.lines.truncate(usize::from(height));
    frame.render_widget(Paragraph::new(head.lines), above);
    let width = usize::from(area.width);
    draw_rows(&model.view, frame, list, model.home_row, rows.len(), |at| {
        let Some(item) = rows.get(at) else { return Line::default() };
        let marked = at == model.home_row;
        let role = if marked {
            Role::Marked
        } else if item.urgent {
            Role::Urgent
        } else {
            Role::Body
        };
        let lead = if marked { "> " } else { "  " };
        let urgent = if item.urgent { "! " } else { "" };
        let left = vec![paint.span(role, format!("{lead}{urgent}{}", item.text))];
        let right = vec![paint.span(Role::Note, item.note.clone()), Span::raw(" ")];
        spread(left, if item.note.is_empty() { Vec::new() } else { right }, width.min(110))
    });
    if rest.height >= 5
        && !model.snapshot.person.is_client()
        && model.snapshot.profile.session_days().is_empty()
        && model.library.is_some()
    {
        first_time(paint, frame, rest);
    }
}

fn greeting(model: &Model) -> String {
    let person = &model.snapshot.person;
    if person.is_client() {
        return person.name.clone();
    }
    let first = model.snapshot.profile.session_days().is_empty();
    if first && model.library.is_some() {
        "Welcome to Cairn: ten minutes for how you lead.".to_owned()
    } else {
        long_day(model.today)
    }
}

fn words(model: &Model) -> Vec<String> {
    let Some(library) = &model.library else { return vec!["Opening the library\u{2026}".to_owned()] };
    if model.snapshot.person.is_client() {
        return vec![client_words(model)];
    }
    let profile = &model.snapshot.profile;
    let days = profile.session_days();
    if days.is_empty() {
        return vec![format!(
            "{} of good leadership in health and social care, with questions to reflect on; rules that explain what they recommend; a plan of your own. Everything stays on this machine.",
            count(library.behaviours.len(), "behaviour", "behaviours")
        )];
    }
    let done = model.snapshot.actions.iter().filter(|action| action.status == ActionStatus::Done).count();
    vec![format!(
        "You have reflected on {} in {}, and finished {}.",
        count(profile.answered().count(), "behaviour", "behaviours"),
        count(days.len(), "session", "sessions"),
        count(done, "action", "actions"),
    )]
}

/// Where the work with a client stands.
fn client_words(model: &Model) -> String {
    let dossier = &model.snapshot.dossier;
    let sessions = match dossier.sessions.len() {
        0 => "No session yet".to_owned(),
        some => count(some, "session", "sessions"),
    };
    let last = dossier.sessions.last().map(|last| format!(", the last on {}", short_day(last.on, model.today)));
    let goal = dossier.engagement().map(|terms| terms.goal.trim_end_matches('.')).filter(|goal| !goal.is_empty());
    let goal = goal.map(|goal| format!(" Goal: {goal}.")).unwrap_or_default();
    format!("{sessions}{}.{goal}", last.unwrap_or_default())
}

/// What an empty start teaches.
fn first_time(paint: Painter, frame: &mut Frame<'_>, area: Rect) {
    let mut page = Page::new(paint, area.width);
    page.line(Line::default());
    page.text(Role::Heading, "How it goes");
    for (at, text) in [
        "Find: type what is on your mind, like red tape or no time to listen.",
        "Reflect: say where you are, and write a few words to one question.",
        "Advice: see what the rules suggest, and why. Take it, change it or leave it.",
        "Plan: a first step within two weeks, and a look back.",
    ]
    .iter()
    .enumerate()
    {
        page.paragraph(&format!("{}  ", at + 1), Role::Label, Role::Body, text);
    }
    page.lines.truncate(usize::from(area.height));
    frame.render_widget(Paragraph::new(page.lines), area);
}

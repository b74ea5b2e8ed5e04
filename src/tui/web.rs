//! The radar chart of a profile. The numbers are shown beside it.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;

use super::canvas::Canvas;
use super::chart::{Axis, BOTH, OTHER, OWN, radar, share};
use super::page::Page;
use super::paint::{Painter, fit};
use crate::app::WebView;
use crate::config::Role;

/// Draws the chart and its legend.
pub(super) fn draw(web: &WebView, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let along = |value: Option<f64>| value.map(|value| share(value, web.scale));
    let axes: Vec<Axis> = web
        .spokes
        .iter()
        .map(|spoke| Axis {
            label: format!("{} {}", spoke.code, spoke.own),
            own: along(spoke.values.0),
            other: along(spoke.values.1),
        })
        .collect();
    let [picture, legend] = Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(area);
    let (lowest, highest) = web.scale;
    radar(&axes, u8::try_from(highest - lowest + 1).unwrap_or(5), paint, canvas, picture);
    let both = axes.iter().any(|axis| axis.other.is_some());
    let beside = if both { format!(", {OTHER} coach, {BOTH} both") } else { String::new() };
    let words = fit(&format!("{OWN} you{beside}, edge: {highest}"), usize::from(legend.width));
    canvas.render_widget(Paragraph::new(paint.span(Role::Note, words)), legend);
}

/// Draws the numbers, one spoke per paragraph.
pub(super) fn numbers(web: &WebView, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    let mut page = Page::new(paint, area.width);
    for spoke in &web.spokes {
        let coach = if spoke.coach.is_empty() { String::new() } else { format!(", coach {}", spoke.coach) };
        let words = format!("{}: {}{}{coach}", spoke.title, spoke.own, spoke.of);
        page.paragraph(&format!("{} ", spoke.code), Role::Label, Role::Body, &words);
    }
    page.lines.truncate(usize::from(area.height));
    canvas.render_widget(Paragraph::new(page.lines), area);
}

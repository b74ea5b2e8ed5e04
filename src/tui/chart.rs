//! Small charts: a bar, the steps of a scale, a sparkline of ratings, two ratings on a scale, a radar. The numbers are always shown beside them, and two people are
//! distinguished by different marks, not by colour.

use super::canvas::Canvas;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::canvas::{Canvas as Plot, Context, Line as Stroke, Points};

use super::paint::Painter;
use crate::config::Role;

/// Left eighths of a cell, from one to seven.
const ACROSS: [char; 7] = ['\u{258f}', '\u{258e}', '\u{258d}', '\u{258c}', '\u{258b}', '\u{258a}', '\u{2589}'];
/// Lower eighths of a cell, from one to eight.
const UP: [char; 8] = ['\u{2581}', '\u{2582}', '\u{2583}', '\u{2584}', '\u{2585}', '\u{2586}', '\u{2587}', '\u{2588}'];

/// Returns the position of a value on a scale, from 0 to 1. The lowest point is one step above 0, so that it is
/// visible.
pub(super) fn share(value: f64, (lowest, highest): (i64, i64)) -> f64 {
    let number = |whole: i64| f64::from(i32::try_from(whole).unwrap_or(0));
    let steps = number(highest - lowest + 1).max(1.0);
    ((value - number(lowest) + 1.0) / steps).clamp(0.0, 1.0)
}

/// Returns a bar that is `cells` cells wide, its empty part dotted: `███▌··`.
pub(super) fn bar(share: f64, cells: u16) -> String {
    let eighths = eighths(share, f64::from(cells) * 8.0);
    let (full, part) = (eighths / 8, eighths % 8);
    let mut text = "\u{2588}".repeat(full);
    text.extend(part.checked_sub(1).and_then(|at| ACROSS.get(at)));
    let used = full + usize::from(part > 0);
    text.push_str(&"\u{b7}".repeat(usize::from(cells).saturating_sub(used)));
    text
}

/// Returns ratings as a sparkline, oldest first: `▂▄▄▆`.
pub(super) fn spark(values: impl Iterator<Item = i64>, scale: (i64, i64)) -> String {
    let number = |value: i64| f64::from(i32::try_from(value).unwrap_or(0));
    values.filter_map(|value| UP.get(eighths(share(number(value), scale), 8.0).clamp(1, 8) - 1)).collect()
}

/// Returns the steps of a scale of `of` points up to the point `at`, counted from 1, each `wide` cells wide; the steps
/// above it are dots: `▂▃▅··`.
pub(super) fn steps(at: usize, of: usize, wide: usize) -> String {
    let of = of.max(1);
    let step = |n: usize| {
        let high = UP.get((n * UP.len()).div_ceil(of).clamp(2, 8) - 1).filter(|_| n <= at);
        high.copied().unwrap_or('\u{b7}').to_string().repeat(wide)
    };
    (1..=of).map(step).collect()
}

/// Distance in cells between two points of a drawn scale.
const STEP: usize = 4;

/// Draws where two ratings are on the points of a scale, joined by a line: `·   ●───○   ·`. Of each part it returns the
/// role and the text.
pub(super) fn dumbbell(points: &[i64], own: Option<i64>, other: Option<i64>) -> Vec<(Role, String)> {
    let mark = |value: i64| match (own == Some(value), other == Some(value)) {
        (true, true) => (Role::Bar, BOTH),
        (true, false) => (Role::Bar, OWN),
        (false, true) => (Role::Other, OTHER),
        (false, false) => (Role::Line, "\u{b7}"),
    };
    let (low, high) = own.zip(other).map_or((0, 0), |(own, other)| (own.min(other), own.max(other)));
    let mut parts = Vec::new();
    for (at, value) in points.iter().enumerate() {
        if at > 0 {
            let between = *value > low && *value <= high;
            parts.push((Role::Line, if between { "\u{2500}" } else { " " }.repeat(STEP - 1)));
        }
        let (role, mark) = mark(*value);
        parts.push((role, mark.to_owned()));
    }
    parts
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few hundred, not below 0")]
fn eighths(share: f64, of: f64) -> usize {
    (share * of).round() as usize
}

pub(super) struct Axis {
    /// The text at its outer end.
    pub(super) label: String,
    /// The person's own rating as a share of the scale, from 0 to 1; `None` if there is none.
    pub(super) own: Option<f64>,
    /// The other person's rating, likewise.
    pub(super) other: Option<f64>,
}

/// Marks for the person's own rating, the other person's, and both at the same point.
pub(super) const OWN: &str = "\u{25cf}";
pub(super) const OTHER: &str = "\u{25cb}";
pub(super) const BOTH: &str = "\u{25c9}";

/// Draws a radar. Dots on an axis are the points of the scale. Filled marks are the person's own ratings, joined by
/// lines where neighbouring axes are rated; open marks are the other person's.
pub(super) fn radar(axes: &[Axis], rings: u8, paint: Painter, canvas: &mut Canvas<'_>, area: Rect) {
    // A cell has two Braille dots across and four down, so the spacing of dots is about square.
    let reach = 1.32;
    let wide = reach * f64::from(area.width) * 2.0 / (f64::from(area.height.max(1)) * 4.0);
    let colour = |role: Role| paint.style(role).fg.unwrap_or(Color::Reset);
    let plot = Plot::default().marker(Marker::Braille).x_bounds([-wide, wide]).y_bounds([-reach, reach]).paint(|ctx| {
        grid(ctx, axes.len(), rings, if area.height < 12 { 8 } else { 16 }, colour(Role::Line));
        ctx.layer();
        let own: Vec<Option<(f64, f64)>> = placed(axes, |axis| axis.own);
        outline(ctx, &own, colour(Role::Bar));
        ctx.layer();
        let same = |axis: &&Axis| axis.own.zip(axis.other).is_some_and(|(own, other)| (own - other).abs() < 0.02);
        marks(ctx, &placed(axes, |axis| axis.other), OTHER, paint, Role::Other);
        marks(ctx, &own, OWN, paint, Role::Bar);
        marks(ctx, &placed(axes, |axis| axis.own.filter(|_| same(&axis))), BOTH, paint, Role::Bar);
        let step = 2.0 * wide / f64::from(area.width.max(1));
        for (at, axis) in axes.iter().enumerate() {
            let (x, y) = end(at, axes.len(), 1.14);
            let long = f64::from(u16::try_from(axis.label.chars().count()).unwrap_or(0)) * step;
            // Labels at the sides extend away from the circle; those above and below it are centred.
            let x = match x {
                x if x > 0.2 => x,
                x if x < -0.2 => x - long,
                x => x - long / 2.0,
            };
            ctx.print(x.max(-wide), y, Line::from(paint.span(Role::Label, axis.label.clone())));
        }
    });
    canvas.render_widget(plot, area);
}

/// Returns the point at `distance` from the centre on axis `at`. Axis 0 points up; the others follow clockwise.
fn end(at: usize, of: usize, distance: f64) -> (f64, f64) {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let angle = std::f64::consts::TAU * number(at) / number(of.max(1));
    (angle.sin() * distance, angle.cos() * distance)
}

fn placed(axes: &[Axis], value: impl Fn(&Axis) -> Option<f64>) -> Vec<Option<(f64, f64)>> {
    axes.iter().enumerate().map(|(at, axis)| value(axis).map(|share| end(at, axes.len(), share))).collect()
}

/// Draws a dot on each axis for each point of the scale, and a dotted edge, so that the data stand out.
fn grid(ctx: &mut Context<'_>, axes: usize, rings: u8, steps: u8, color: Color) {
    let share = |ring: u8| f64::from(ring) / f64::from(rings.max(1));
    let spokes = (0..axes).flat_map(|at| (0..=rings).map(move |ring| end(at, axes, share(ring))));
    let edge = (0..axes).flat_map(|at| {
        let ((x, y), (to_x, to_y)) = (end(at, axes, 1.0), end(at + 1, axes, 1.0));
        (0..steps).map(move |n| {
            let part = f64::from(n) / f64::from(steps);
            (x + (to_x - x) * part, y + (to_y - y) * part)
        })
    });
    let coords: Vec<(f64, f64)> = spokes.chain(edge).collect();
    ctx.draw(&Points { coords: &coords, color });
}

fn outline(ctx: &mut Context<'_>, points: &[Option<(f64, f64)>], color: Color) {
    let next = points.iter().cycle().skip(1);
    for (from, to) in points.iter().zip(next) {
        if let (Some((x1, y1)), Some((x2, y2))) = (*from, *to) {
            ctx.draw(&Stroke { x1, y1, x2, y2, color });
        }
    }
}

fn marks(ctx: &mut Context<'_>, points: &[Option<(f64, f64)>], mark: &'static str, paint: Painter, role: Role) {
    for (x, y) in points.iter().flatten() {
        ctx.print(*x, *y, Line::from(Span::styled(mark, paint.style(role))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_lines_are_as_long_and_as_high_as_their_numbers() {
        assert_eq!(bar(share(3.0, (1, 5)), 10), format!("{}{}", "\u{2588}".repeat(6), "\u{b7}".repeat(4)));
        assert_eq!(bar(0.55, 10), format!("{}\u{258c}{}", "\u{2588}".repeat(5), "\u{b7}".repeat(4)));
        assert_eq!((bar(0.0, 3).as_str(), bar(1.0, 2).as_str()), ("\u{b7}\u{b7}\u{b7}", "\u{2588}\u{2588}"));
        assert_eq!(spark([1, 3, 5].into_iter(), (1, 5)), "\u{2582}\u{2585}\u{2588}");
        assert_eq!(steps(2, 5, 1), "\u{2582}\u{2584}\u{b7}\u{b7}\u{b7}");
        assert_eq!(steps(3, 3, 2), "\u{2583}\u{2583}\u{2586}\u{2586}\u{2588}\u{2588}");
        assert_eq!(steps(0, 4, 1), "\u{b7}\u{b7}\u{b7}\u{b7}");
        let drawn =
            |own, other| dumbbell(&[1, 2, 3, 4, 5], own, other).into_iter().map(|(_, text)| text).collect::<String>();
        assert_eq!(
            drawn(Some(2), Some(4)),
            "\u{b7}   \u{25cf}\u{2500}\u{2500}\u{2500}\u{b7}\u{2500}\u{2500}\u{2500}\u{25cb}   \u{b7}"
        );
        assert_eq!(drawn(Some(1), Some(1)), "\u{25c9}   \u{b7}   \u{b7}   \u{b7}   \u{b7}");
        assert_eq!(drawn(None, Some(1)), "\u{25cb}   \u{b7}   \u{b7}   \u{b7}   \u{b7}");
        // A scale that starts at 0.
        assert_eq!(spark([0, 3].into_iter(), (0, 3)), "\u{2582}\u{2588}");
    }

    #[test]
    fn axes_go_round_from_the_top() {
        let near = |(x, y): (f64, f64), (to_x, to_y): (f64, f64)| (x - to_x).abs() + (y - to_y).abs() < 1e-9;
        assert!(near(end(0, 4, 1.0), (0.0, 1.0)) && near(end(1, 4, 1.0), (1.0, 0.0)));
    }
}

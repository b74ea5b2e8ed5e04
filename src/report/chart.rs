//! Small drawings as inline SVG, one for each table row. Each has a title and a description for screen readers, its
//! numbers are in the adjacent cells, and colour alone carries no meaning: marks differ in shape.

use maud::{Markup, html};

use super::page::{Drawing, Row};

/// Width of a drawing, in SVG units.
const WIDTH: i64 = 240;
const HEIGHT: i64 = 32;
/// Margin at both ends of the scale, so that marks there are not cut off.
const EDGE: i64 = 12;

/// Returns the drawing of a row. `id` must be unique on the page.
pub(super) fn drawn(row: &Row, id: &str) -> Markup {
    let (title, about) = (format!("{id}-t"), format!("{id}-d"));
    html! {
        svg role="img" aria-labelledby={ (title) " " (about) } viewBox={ "0 0 " (WIDTH) " " (HEIGHT) }
            xmlns="http://www.w3.org/2000/svg" {
            title id=(title) { (row.name) }
            desc id=(about) { (row.words) }
            @match &row.drawing {
                Drawing::Views { own, other, target, scale } => (views(*own, *other, *target, *scale)),
                Drawing::Line { points, days, scale } => (line(points, *days, *scale)),
                Drawing::Bar { tenths, scale } => (bar(*tenths, *scale)),
            }
        }
    }
}

/// Returns the horizontal position of a value on a scale, from `EDGE` to `WIDTH - EDGE`. Values are in tenths of a
/// point.
fn across(tenths: i64, (low, high): (i64, i64)) -> i64 {
    let range = (high - low).max(1) * 10;
    EDGE + (WIDTH - 2 * EDGE) * (tenths - low * 10).clamp(0, range) / range
}

/// Returns the line of the scale, with a tick at each point.
fn axis(y: i64, scale: (i64, i64)) -> Markup {
    html! {
        line class="axis" x1=(EDGE) x2=(WIDTH - EDGE) y1=(y) y2=(y) {}
        @for point in scale.0..=scale.1 {
            @let x = across(point * 10, scale);
            line class="axis" x1=(x) x2=(x) y1=(y - 4) y2=(y + 4) {}
        }
    }
}

fn views(own: Option<i64>, other: Option<i64>, target: Option<i64>, scale: (i64, i64)) -> Markup {
    let y = HEIGHT / 2;
    let at = |value: i64| across(value * 10, scale);
    html! {
        (axis(y, scale))
        @if let Some(target) = target {
            line class="target" x1=(at(target)) x2=(at(target)) y1="2" y2=(HEIGHT - 2) {}
        }
        @if let (Some(own), Some(other)) = (own, other) {
            line class="between" x1=(at(own)) x2=(at(other)) y1=(y) y2=(y) {}
        }
        @if let Some(other) = other {
            rect class="other" x=(at(other) - 8) y=(y - 8) width="16" height="16" {}
        }
        @if let Some(own) = own {
            circle class="own" cx=(at(own)) cy=(y) r="5" {}
        }
    }
}

fn line(points: &[(i32, i64)], days: i32, (low, high): (i64, i64)) -> Markup {
    let x = |day: i32| EDGE + (WIDTH - 2 * EDGE) * i64::from(day) / i64::from(days.max(1));
    let y = |value: i64| HEIGHT - 6 - (HEIGHT - 12) * (value.clamp(low, high) - low) / (high - low).max(1);
    let path: Vec<String> = points.iter().map(|(day, value)| format!("{},{}", x(*day), y(*value))).collect();
    html! {
        line class="axis" x1=(EDGE) x2=(WIDTH - EDGE) y1=(y(low)) y2=(y(low)) {}
        line class="axis" x1=(EDGE) x2=(WIDTH - EDGE) y1=(y(high)) y2=(y(high)) {}
        polyline class="between" points=(path.join(" ")) {}
        @for (day, value) in points {
            circle class="own" cx=(x(*day)) cy=(y(*value)) r="4" {}
        }
    }
}

fn bar(tenths: i64, scale: (i64, i64)) -> Markup {
    let y = HEIGHT / 2;
    html! {
        (axis(y + 8, scale))
        rect class="bar" x=(EDGE) y=(y - 8) width=((across(tenths, scale) - EDGE).max(2)) height="14" {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lie_inside_the_drawing_whatever_the_scale() {
        for (tenths, scale, x) in [
            (10, (1, 5), EDGE),
            (50, (1, 5), WIDTH - EDGE),
            (30, (1, 5), WIDTH / 2),
            (990, (1, 5), WIDTH - EDGE),
            (-10, (0, 4), EDGE),
            (10, (1, 1), EDGE),
        ] {
            assert_eq!(across(tenths, scale), x);
        }
        let text = line(&[(0, 1), (10, 5), (400, 9)], 400, (1, 5)).into_string();
        assert!(text.contains("points=\"12,26 17,6 228,6\""), "{text}");
    }

    #[test]
    fn a_drawing_has_a_name_and_words() {
        let row = Row {
            name: "Less <than> more".into(),
            drawing: Drawing::Views { own: Some(2), other: None, target: Some(3), scale: (1, 5) },
            words: "You: 2.".into(),
            cells: Vec::new(),
        };
        let text = drawn(&row, "views-1").into_string();
        assert!(text.contains("aria-labelledby=\"views-1-t views-1-d\"") && text.contains("role=\"img\""), "{text}");
        assert!(text.contains("<title id=\"views-1-t\">Less &lt;than&gt; more</title>"), "{text}");
        assert!(!text.contains("<rect"), "a view that is missing has no mark: {text}");
    }
}

//! The rows of a list. A row takes one line where all of it fits; otherwise, and where there is room, its text is wrapped
//! and its note stands in a line of its own, so that nothing is cut.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span, Text};
use unicode_width::UnicodeWidthStr;

use super::super::canvas::Canvas;
use super::super::more::More;
use super::super::paint::{fit, spread};
use super::Look;
use super::parts::ratings;
use crate::app::{Area, Highlight, Hit, ListView, Mark, On, RowTone, RowView, wrap};
use crate::config::Role;
use crate::domain::places_of;

/// Maximum width of a row in cells, so that the eye can follow it from the text to the note at its right end.
pub(super) const WIDEST_ROW: u16 = 110;
/// Width in cells of the code at the start of a row.
const CODE: usize = 6;
/// Maximum number of ratings in the sparkline of a row.
const MOST_RATINGS: usize = 6;
/// Most lines of the text of a row, and of the text below it.
const MOST_LINES: usize = 3;

/// How many lines rows take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rowing {
    /// One line; what does not fit is cut.
    Single,
    /// As many as the row and its note need; nothing stands below it.
    Brief,
    /// As many as a row needs.
    AsNeeded,
    /// Every note has a line of its own.
    Notes,
    /// The same, with a blank line between rows.
    Airy,
}

impl Look<'_> {
    /// Returns how the rows of a list are drawn in an area, and the number of lines that they take there; side by side
    /// with other panes, notes stand under their rows where there is room.
    pub(super) fn rowing(self, list: &ListView<'_>, area: Rect, is_beside: bool) -> (Rowing, u16) {
        let (rows, height) = (list.rows.len(), usize::from(area.height));
        if rows > height {
            return (if is_beside { Rowing::AsNeeded } else { Rowing::Single }, u16::MAX);
        }
        let is_charted = (0..rows).any(|at| list.rows.get(at).ratings.is_some());
        let choices: &[Rowing] = if is_beside && !is_charted {
            &[Rowing::Airy, Rowing::Notes, Rowing::AsNeeded]
        } else {
            &[Rowing::AsNeeded]
        };
        let fits = choices.iter().map(|rowing| (*rowing, self.lines_of(list, *rowing, area.width)));
        let single = || (Rowing::Single, u16::try_from(rows).unwrap_or(u16::MAX));
        let fallback = || if is_beside { (Rowing::AsNeeded, u16::MAX) } else { single() };
        fits.into_iter().find(|(_, lines)| *lines <= area.height).unwrap_or_else(fallback)
    }

    /// Returns the number of lines that all rows take.
    pub(super) fn lines_of(self, list: &ListView<'_>, rowing: Rowing, width: u16) -> u16 {
        let width = usize::from(width.min(WIDEST_ROW));
        let lines = (0..list.rows.len()).map(|at| self.block(list, &list.rows.get(at), at, rowing, width).len());
        u16::try_from(lines.sum::<usize>()).unwrap_or(u16::MAX)
    }

    /// Draws the rows around the marked one and puts the terminal's cursor on it, where screen readers and magnifiers
    /// look. If not all rows fit, `edge`, or the last line of the area, says how many there are above and below.
    pub(super) fn rows(
        self,
        list: &ListView<'_>,
        rowing: Rowing,
        canvas: &mut Canvas<'_>,
        (area, edge): (Rect, Option<Rect>),
    ) {
        let area = Rect { width: area.width.min(WIDEST_ROW), ..area };
        let width = usize::from(area.width);
        let many = list.rows.len();
        let block = |at: usize| {
            let mut lines = self.block(list, &list.rows.get(at), at, rowing, width);
            // The blank line below the last row says nothing.
            if at + 1 == many && lines.len() > 1 && lines.last().is_some_and(|line| line.width() == 0) {
                lines.pop();
            }
            lines
        };
        let is_cut = many > usize::from(area.height)
            || (0..many).map(|at| block(at).len()).sum::<usize>() > usize::from(area.height);
        let (area, edge) = match edge {
            None if is_cut && area.height > 1 => {
                let rows = Rect { height: area.height - 1, ..area };
                (rows, Some(Rect { y: rows.bottom(), height: 1, ..area }))
            }
            edge => (area, edge),
        };
        let height = usize::from(area.height);
        // The marked row is the last one, unless all rows before it fit as well.
        let marked = list.marked.min(many.saturating_sub(1));
        let mut from = marked;
        let mut used = block(marked).len();
        while let Some(before) = from.checked_sub(1) {
            used += block(before).len();
            if used > height {
                break;
            }
            from = before;
        }
        let mut lines: Vec<Line<'static>> = Vec::new();
        let mut to = from;
        for at in from..many {
            let y = area.y.saturating_add(u16::try_from(lines.len()).unwrap_or(u16::MAX));
            let mut own = block(at);
            let room = height.saturating_sub(lines.len());
            // Only the marked row may be shown in part; a blank line at its end is not missed.
            let is_whole = own.iter().rev().skip_while(|line| line.width() == 0).count() <= room;
            if room == 0 || (!is_whole && at != marked) {
                break;
            }
            own.truncate(room);
            to = at + 1;
            let on = On::Row { row: at, marked: at == list.marked };
            let tall = u16::try_from(own.len()).unwrap_or(1);
            canvas.view.hits.push(Hit { area: Area { x: area.x, y, width: area.width, height: tall }, on });
            if at == list.marked {
                canvas.set_cursor_position((area.x, y.min(area.bottom().saturating_sub(1))));
            }
            lines.extend(own);
        }
        canvas.render_widget(Text::from(lines), area);
        if let Some(edge) = edge {
            More { above: from, below: many - to }.draw(self.paint, canvas, edge);
        }
    }

    /// Returns the lines of a row.
    fn block(self, list: &ListView<'_>, row: &RowView, at: usize, rowing: Rowing, width: usize) -> Vec<Line<'static>> {
        let marked = at == list.marked;
        let lead = format!("{}{}", " ".repeat(row.indent.into()), mark(row.mark, at));
        let code = if row.code.is_empty() { String::new() } else { format!("{:<CODE$}", format!("{} ", row.code)) };
        let indent = 2 + lead.width() + code.width();
        let chart = row.ratings.as_ref().map(|of| ratings(of, MOST_RATINGS)).unwrap_or_default();
        let is_short = indent + row.text.width() + 3 + row.note.width() + MOST_RATINGS <= width || row.note.is_empty();
        let is_single = match rowing {
            Rowing::Single => true,
            Rowing::Brief => is_short && indent + row.text.width() <= width,
            Rowing::AsNeeded => is_short && indent + row.text.width() <= width && row.below.is_empty(),
            Rowing::Notes | Rowing::Airy => false,
        };
        let mut lines = if is_single {
            vec![self.row(list, row, at, width)]
        } else {
            self.wrapped_row(list, row, at, (lead, code), (indent, width))
        };
        if !is_single {
            let role = if marked { Role::Marked } else { Role::Note };
            let note = [row.note.as_str(), chart.as_str()].into_iter().filter(|part| !part.is_empty());
            let note = note.collect::<Vec<_>>().join("  ");
            let room = width.saturating_sub(indent);
            let lines_of = |text: &str| -> Vec<String> {
                if text.is_empty() {
                    Vec::new()
                } else {
                    crate::app::wrapped(text, room).into_iter().map(|line| line.trim_end().to_owned()).collect()
                }
            };
            let below = if rowing == Rowing::Brief { "" } else { row.below.as_str() };
            let below = lines_of(below).into_iter().take(MOST_LINES).map(|line| (Role::Body, line));
            // At the end of the last line of the text where there is room, unless every note has a line of its own.
            let used = lines.last().map_or(width, Line::width);
            let is_at_end = matches!(rowing, Rowing::AsNeeded | Rowing::Brief) && used + 3 + note.width() <= width;
            let (beside, note) = if is_at_end && lines.len() > 1 { (note.as_str(), "") } else { ("", note.as_str()) };
            if let Some(line) = lines.last_mut().filter(|_| !beside.is_empty()) {
                line.push_span(Span::raw(" ".repeat(width - used - beside.width() - 1)));
                line.push_span(self.note(role, beside.to_owned(), marked));
            }
            for (role, text) in lines_of(note).into_iter().map(|line| (role, line)).chain(below) {
                lines.push(Line::from(vec![Span::raw(" ".repeat(indent)), self.note(role, text, marked)]));
            }
        }
        if marked {
            // The highlight extends to the end of each line.
            for line in &mut lines {
                line.style = self.paint.style(Role::Marked);
            }
        }
        if rowing == Rowing::Airy || (!is_single && rowing != Rowing::Brief && !row.below.is_empty()) {
            lines.push(Line::default());
        }
        lines
    }

    /// Returns secondary text, on the background of the selected row if it is in one.
    pub(super) fn note(self, role: Role, text: String, marked: bool) -> Span<'static> {
        let own = self.paint.style(if role == Role::Marked { Role::Note } else { role });
        if !marked {
            return Span::styled(text, own);
        }
        let paper = self.paint.style(Role::Marked).bg.unwrap_or_default();
        Span::styled(
            text,
            if role == Role::Focus { own.bg(paper) } else { own.bg(paper).remove_modifier(Modifier::BOLD) },
        )
    }

    /// Returns the sign in front of a row, and the role of its text.
    fn start(self, row: &RowView, marked: bool) -> (Span<'static>, Role) {
        let role = match (row.tone, row.mark) {
            _ if marked => Role::Marked,
            (RowTone::Bad, _) => Role::Bad,
            (_, Mark::Urgent) => Role::Urgent,
            (RowTone::Heading, _) => Role::Heading,
            (RowTone::Good, _) => Role::Good,
            (RowTone::Plain, _) if !row.below.is_empty() => Role::Title,
            (RowTone::Plain, _) => Role::Body,
            (RowTone::Off, _) => Role::Note,
        };
        let sign = if marked { self.note(Role::Focus, "> ".to_owned(), true) } else { Span::raw("  ") };
        (sign, role)
    }

    /// Returns a row in one line.
    fn row(self, list: &ListView<'_>, row: &RowView, at: usize, width: usize) -> Line<'static> {
        let marked = at == list.marked;
        let (sign, role) = self.start(row, marked);
        let lead = format!("{}{}", " ".repeat(row.indent.into()), mark(row.mark, at));
        let code = if row.code.is_empty() { String::new() } else { format!("{:<CODE$}", format!("{} ", row.code)) };
        let mut note = row.note.clone();
        if let Some(of) = &row.ratings {
            note = format!("{note} {:<MOST_RATINGS$}", ratings(of, MOST_RATINGS));
        }
        let room = if note.is_empty() || !row.note_stays { width } else { width.saturating_sub(note.width() + 3) };
        let text = fit(&row.text, room.saturating_sub(2 + lead.width() + code.width()));
        let hits = highlights(list, &text);
        let mut left = vec![sign, self.paint.span(role, lead)];
        if !code.is_empty() {
            left.push(self.paint.span(if marked { role } else { Role::Label }, code));
        }
        left.extend(self.paint.marked(role, &text, &hits));
        let right =
            if note.is_empty() { Vec::new() } else { vec![self.note(Role::Note, note, marked), Span::raw(" ")] };
        spread(left, right, width)
    }

    /// Returns the text of a row, wrapped; the lines after the first are indented.
    fn wrapped_row(
        self,
        list: &ListView<'_>,
        row: &RowView,
        at: usize,
        (lead, code): (String, String),
        (indent, width): (usize, usize),
    ) -> Vec<Line<'static>> {
        let marked = at == list.marked;
        let (sign, role) = self.start(row, marked);
        let hits = highlights(list, &row.text);
        let mut rows = wrap(&row.text, width.saturating_sub(indent));
        if rows.len() > MOST_LINES
            && let (Some(last), Some(end)) = (rows.get(MOST_LINES - 1).cloned(), rows.last().cloned())
        {
            rows.truncate(MOST_LINES - 1);
            rows.push(last.start..end.end);
        }
        let piece = |range: &Range<usize>| {
            let text = row.text.get(range.clone()).map(str::trim_end).unwrap_or_default();
            let inside = hits.iter().filter(|hit| hit.start < range.start + text.len() && hit.end > range.start);
            let inside: Vec<Range<usize>> = inside
                .map(|hit| hit.start.max(range.start) - range.start..(hit.end - range.start).min(text.len()))
                .collect();
            self.paint.marked(role, &fit(text, width.saturating_sub(indent)), &inside)
        };
        let mut lines: Vec<Line<'static>> = Vec::new();
        for range in &rows {
            let mut spans = if lines.is_empty() {
                let code = self.paint.span(if marked { role } else { Role::Label }, code.clone());
                vec![sign.clone(), self.paint.span(role, lead.clone()), code]
            } else {
                vec![Span::raw(" ".repeat(indent))]
            };
            spans.extend(piece(range));
            lines.push(Line::from(spans));
        }
        lines
    }
}

/// Returns the ranges of a text that a list highlights.
fn highlights(list: &ListView<'_>, text: &str) -> Vec<Range<usize>> {
    match &list.highlight {
        Highlight::Nothing => Vec::new(),
        Highlight::Found(found) => found.highlights(text),
        Highlight::Words(words) => apart(words.iter().flat_map(|word| places_of(text, word)).collect()),
    }
}

pub(super) fn mark(mark: Mark, at: usize) -> String {
    match mark {
        Mark::None => String::new(),
        Mark::Number => format!("{}. ", at + 1),
        Mark::Urgent => "! ".to_owned(),
        Mark::Open => "\u{25cb} ".to_owned(),
        Mark::Done => "\u{2713} ".to_owned(),
        Mark::Dropped => "\u{00d7} ".to_owned(),
        Mark::Ticked(true) => "[x] ".to_owned(),
        Mark::Ticked(false) => "[ ] ".to_owned(),
        Mark::Unfolded(true) => "\u{25be} ".to_owned(),
        Mark::Unfolded(false) => "\u{25b8} ".to_owned(),
        Mark::Letter(letter) => format!("{letter} "),
    }
}

/// Sorts ranges by their start and drops those that overlap an earlier one.
fn apart(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    places.retain(|place| {
        let kept = place.start >= end;
        end = if kept { place.end } else { end };
        kept
    });
    places
}

//! The parts of a page: text, faults, bars and scales.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::super::chart::{bar, share, spark};
use super::super::page::Page;
use super::super::paint::fit;
use super::Look;
use crate::app::{Bar, PagePart, Ratings, ScaleLine, Tone};
use crate::config::Role;
use crate::domain::{Block, Sheet};

/// Width of a bar in cells.
const BAR: u16 = 10;
/// Maximum number of ratings in a sparkline; the newest are shown.
const MOST_RATINGS: usize = 24;
/// Distance in cells between two points of a drawn scale.
const STEP: usize = 4;

impl Look<'_> {
    pub(super) fn parts(self, parts: &[PagePart], page: &mut Page<'_>) {
        for part in parts {
            match part {
                PagePart::Title(text) => page.text(Role::Title, &self.model.keyed(text)),
                PagePart::Sheet(sheet) => page.sheet(&self.keyed(sheet)),
                PagePart::Gap => page.gap(),
                PagePart::Own(word, text) => page.paragraph(&format!("{word}: "), Role::Label, Role::Body, text),
                PagePart::Asked(questions) => {
                    for text in questions {
                        page.paragraph("? ", Role::Label, Role::Body, text);
                    }
                }
                PagePart::Numbered(steps) => {
                    for (at, text) in steps.iter().enumerate() {
                        page.paragraph(&format!("{}  ", at + 1), Role::Label, Role::Body, text);
                    }
                }
                PagePart::Quoted(rows) => {
                    for row in rows {
                        let row = fit(row, page.width().saturating_sub(4));
                        page.paragraph("  \u{2502} ", Role::Line, Role::Label, &row);
                    }
                }
                PagePart::Keys(text) => page.text(Role::Note, text),
                PagePart::Table(title, rows) => {
                    page.gap();
                    page.text(Role::Heading, title);
                    for (typed, does) in rows {
                        page.paragraph(&format!("  {typed:<20} "), Role::Key, Role::Body, does);
                    }
                }
                PagePart::Key(rows) => {
                    for row in rows {
                        page.line(Line::from(self.paint.span(Role::Heading, format!("    {row}"))));
                    }
                }
                PagePart::State(text) => page.text(Role::State, text),
                PagePart::Said(tone, text) => self.said(*tone, text, page),
                PagePart::Faults(faults) => page.faults(faults.iter()),
                PagePart::Bars(bars, _) => self.bars(bars, page),
                PagePart::Scales(lines) => {
                    for line in lines {
                        scale(line, page);
                    }
                }
            }
        }
    }

    /// Replaces the placeholders for keys in a sheet by the keys themselves.
    fn keyed(self, sheet: &Sheet) -> Sheet {
        let keyed = |text: &String| self.model.keyed(text).into_owned();
        let blocks = sheet.blocks.iter().map(|block| match block {
            Block::Heading(text) => Block::Heading(keyed(text)),
            Block::Text(text) => Block::Text(keyed(text)),
            Block::Note(text) => Block::Note(keyed(text)),
            other => other.clone(),
        });
        Sheet { blocks: blocks.collect() }
    }

    fn said(self, tone: Tone, text: &str, page: &mut Page<'_>) {
        let (mark, role) = match tone {
            Tone::Good => ("\u{2713} ", Role::Good),
            Tone::Plain => ("  ", Role::Body),
            Tone::Bad | Tone::Unsaved => ("! ", Role::Bad),
        };
        page.paragraph(mark, role, Role::Body, &self.model.keyed(text));
    }

    fn bars(self, bars: &[Bar], page: &mut Page<'_>) {
        let most = page.width().saturating_sub(usize::from(BAR) + 20).clamp(8, 40);
        // Where a name would be cut, every bar shows its code instead.
        let short = bars.iter().any(|bar| bar.label.width() > most);
        for one in bars {
            let name = if short && !one.short.is_empty() { &one.short } else { &one.label };
            let name = fit(name, most);
            let pad = " ".repeat(if name.is_empty() { 0 } else { most + 1 - name.width() });
            let line = ratings(&one.ratings, MOST_RATINGS);
            let line = if line.is_empty() { line } else { format!("   {line}") };
            page.line(Line::from(vec![
                self.paint.span(Role::Body, format!("{name}{pad}")),
                self.paint.span(Role::Bar, bar(one.value.map_or(0.0, |value| share(value, one.ratings.scale)), BAR)),
                self.paint.span(Role::Body, format!(" {}{line}", one.words)),
            ]));
        }
    }
}

/// Returns the newest `most` ratings as a sparkline; empty if there are fewer than two.
pub(super) fn ratings(of: &Ratings, most: usize) -> String {
    if of.values.len() < 2 {
        return String::new();
    }
    spark(of.values.iter().skip(of.values.len().saturating_sub(most)).copied(), of.scale)
}

/// Draws `FC-2   · ──○──·──●──·   client 4, coach 2`: where both ratings are on the scale, with the numbers beside it.
fn scale(row: &ScaleLine, page: &mut Page<'_>) {
    let mark = |value: i64| match (row.own == Some(value), row.other == Some(value)) {
        (true, true) => "\u{25c9}",
        (true, false) => "\u{25cf}",
        (false, true) => "\u{25cb}",
        (false, false) => "\u{b7}",
    };
    let (low, high) = row.own.zip(row.other).map_or((0, 0), |(own, other)| (own.min(other), own.max(other)));
    let mut line = String::new();
    for (at, value) in row.points.iter().enumerate() {
        if at > 0 {
            let between = *value > low && *value <= high;
            line.push_str(&if between { "\u{2500}" } else { " " }.repeat(STEP - 1));
        }
        line.push_str(mark(*value));
    }
    let word = |rated: Option<i64>| rated.map_or_else(|| "no rating".to_owned(), |value| value.to_string());
    let spans: Vec<Span<'static>> = vec![
        page.span(Role::Label, format!("{:<8}", row.label)),
        page.span(Role::Body, line),
        page.span(Role::Note, format!("   \u{25cf} client {}  \u{25cb} coach {}", word(row.own), word(row.other))),
    ];
    page.line(Line::from(spans));
}

//! The parts of a page: text, faults, bars and scales.

use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::super::chart::{OTHER, OWN, bar, dumbbell, share, spark, steps};
use super::super::page::Page;
use super::super::paint::fit;
use super::Look;
use crate::app::{Bar, PagePart, Ratings, ScaleLine, StandLine, Tone};
use crate::config::Role;
use crate::domain::{Block, Sheet};

/// Width of a bar in cells.
const BAR: u16 = 10;
/// Maximum number of ratings in a sparkline; the newest are shown.
const MOST_RATINGS: usize = 24;

/// Fewest cells of a title that is shortened to stand in the row of its chart; elsewhere it is read in full.
const FEWEST: usize = 24;

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
                PagePart::Stands(lines, _) => {
                    for line in lines {
                        stand(line, page);
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

    /// Draws each bar behind its name. Where a name would be cut, every name stands above its bar.
    fn bars(self, bars: &[Bar], page: &mut Page<'_>) {
        let most = page.width().saturating_sub(usize::from(BAR) + 20).clamp(8, 40);
        let longest = bars.iter().map(|bar| bar.label.width()).max().unwrap_or(0);
        let is_above = longest > most;
        for one in bars {
            if is_above {
                page.text(Role::Body, &one.label);
            }
            let name = if is_above { "" } else { &one.label };
            let pad = " ".repeat(if longest == 0 || is_above { 0 } else { longest + 2 - name.width() });
            let line = ratings(&one.ratings, MOST_RATINGS);
            let line = if line.is_empty() { line } else { format!("   {line}") };
            page.line(Line::from(vec![
                self.paint.span(Role::Body, format!("{name}{pad}")),
                self.paint.span(Role::Bar, bar(one.value.map_or(0.0, |value| share(value, one.ratings.scale)), BAR)),
                self.paint.span(Role::Body, format!(" {}", one.words)),
                self.paint.span(Role::Bar, line),
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

/// Draws where both ratings are on the scale, with the numbers beside it: `·   ○───●   ·   ● client 4  ○ coach 2`.
fn scale(row: &ScaleLine, page: &mut Page<'_>) {
    if !row.title.is_empty() {
        page.paragraph(&format!("{:<7}", row.label), Role::Label, Role::Body, &row.title);
    }
    let word = |rated: Option<i64>| rated.map_or_else(|| "no rating".to_owned(), |value| value.to_string());
    let mut spans = vec![page.span(Role::Body, " ".repeat(if row.title.is_empty() { 0 } else { 7 }))];
    spans.extend(dumbbell(&row.points, row.own, row.other).into_iter().map(|(role, text)| page.span(role, text)));
    spans.push(page.span(Role::Bar, format!("   {OWN} ")));
    spans.push(page.span(Role::Note, format!("{} {}", row.names.0, word(row.own))));
    spans.push(page.span(Role::Other, format!("  {OTHER} ")));
    spans.push(page.span(Role::Note, format!("{} {}", row.names.1, word(row.other))));
    page.line(Line::from(spans));
}

/// Draws how far up its scale a behaviour is, with the words and the ratings so far: in one line where there is room,
/// otherwise the title stands above.
fn stand(row: &StandLine, page: &mut Page<'_>) {
    let line = ratings(&row.ratings, MOST_RATINGS);
    let words = if line.is_empty() { row.words.clone() } else { format!("{}  {line}", row.words) };
    let drawn = steps(row.at, row.of, 1);
    let used = 7 + drawn.width() + 4;
    let is_whole = used + row.title.width() + words.width() <= page.width();
    let beside = if is_whole { words.clone() } else { row.words.clone() };
    let room = page.width().saturating_sub(used + beside.width());
    if room >= if page.is_whole { row.title.width() } else { row.title.width().min(FEWEST) } {
        let title = fit(&row.title, room);
        let gap = " ".repeat(room + 2 - title.width());
        page.line(Line::from(vec![
            page.span(Role::Label, format!("{:<7}", row.code)),
            page.span(Role::Bar, drawn),
            page.span(Role::Body, format!("  {title}{gap}")),
            page.span(Role::Note, beside),
        ]));
        return;
    }
    page.paragraph(&format!("{:<7}", row.code), Role::Label, Role::Body, &row.title);
    page.paragraph(&format!("{}{drawn}  ", " ".repeat(7)), Role::Bar, Role::Note, &words);
}

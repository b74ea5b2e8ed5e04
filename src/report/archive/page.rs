//! An export as a Markdown document: each session with its notes and answers, each action with its states, and so on.
//! Ids and time stamps are only in the JSON; every text that somebody wrote is here.

use std::collections::BTreeSet;

use super::{Export, Nest, by_themselves, told};
use crate::domain::{Cell, Cells, Day, Holding, Kept, Means, capital, count, long_day};
use crate::report::markdown::{on_one_line, quoted};

/// Deepest heading level.
const DEEPEST: usize = 6;

/// Writes the export as Markdown.
#[must_use]
pub fn archive_page(export: &Export) -> String {
    let mut out = Blocks::default();
    out.heading(1, &export.title());
    out.block(format!("Made on {} with Cairn {}.", long_day(export.made_on), env!("CARGO_PKG_VERSION")));
    for note in export.notes() {
        out.block(on_one_line(&note));
    }
    review(export, &mut out);
    let alone = export.archive.people.len() == 1;
    for holding in &export.archive.people {
        if !alone {
            out.heading(2, holding.called());
        }
        person(holding, if alone { 2 } else { 3 }, &mut out);
    }
    for kept in export.archive.vault.iter().filter(|kept| !kept.rows.is_empty()) {
        out.heading(2, &format!("Not about any one person: {}", kept.kind.many));
        for row in &kept.rows {
            facts(kept, row, &mut out);
        }
    }
    out.done
}

fn review(export: &Export, out: &mut Blocks) {
    if export.review.is_empty() {
        return;
    }
    out.heading(2, "Before you give this to anyone");
    let passages = count(export.review.len(), "passage looks", "passages look");
    out.block(format!(
        "{passages} as if another person could be recognised. For each one, check whether that person agrees, or \
         whether it is reasonable to share it without asking. Then black it out or leave it."
    ));
    let line = |passage: &super::Passage| {
        let on = if passage.on.is_empty() { String::new() } else { format!(", {}", passage.on) };
        let place = format!("{}{on}, {}, line {}", passage.kind, passage.field.replace('_', " "), passage.line);
        let words = (on_one_line(&passage.words), passage.why, on_one_line(&place), on_one_line(&passage.around));
        format!("- [ ] **{}** ({}), in: {}: \u{201c}{}\u{201d}", words.0, words.1, words.2, words.3)
    };
    out.block(export.review.iter().map(line).collect::<Vec<_>>().join("\n"));
}

fn person(holding: &Holding, level: usize, out: &mut Blocks) {
    let whole = Whole { nest: Nest::of(holding), sealed: holding.sealed_answers() };
    for kept in by_themselves(holding) {
        out.heading(level, &capital(kept.kind.many));
        for row in &kept.rows {
            whole.one(kept, row, None, level + 1, out);
        }
    }
}

/// Information about all records of a person that is needed to write a single row.
struct Whole<'a> {
    nest: Nest<'a>,
    sealed: BTreeSet<String>,
}

impl<'a> Whole<'a> {
    /// Writes a row and the rows nested inside it; `above` is the day of the containing row.
    fn one(&self, kept: &'a Kept, row: &'a Cells, above: Option<Day>, level: usize, out: &mut Blocks) {
        let day = kept.day(row).or(above);
        let id = kept.text(row, "id").unwrap_or_default();
        let sealed = if kept.kind.table == "answer" && self.sealed.contains(id) { ", hidden" } else { "" };
        let on = day.map(|day| format!(", {}", long_day(day))).unwrap_or_default();
        out.heading(level, &format!("{}{on}{sealed}", capital(kept.kind.one)));
        facts(kept, row, out);
        for (below, rows) in self.nest.inside(kept.kind.table, id) {
            for row in rows {
                self.one(below, row, day, level + 1, out);
            }
        }
    }
}

/// Writes the fields of a row: short ones as a list, longer texts as quotations.
fn facts(kept: &Kept, row: &[Cell], out: &mut Blocks) {
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for (field, cell) in told(kept, row) {
        let text = match cell {
            Cell::Number(number) if field.means == Means::Flag => if *number == 0 { "no" } else { "yes" }.to_owned(),
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) if field.means == Means::Term => text.lines().collect::<Vec<_>>().join(", "),
            Cell::Text(text) => text.clone(),
            Cell::Nothing => continue,
        };
        let name = field.name.replace('_', " ");
        match field.means {
            Means::Words => long.push((name, text)),
            Means::Day | Means::Date | Means::Number | Means::Flag | Means::Term => {
                short.push(format!("- {name}: {}", on_one_line(&text)));
            }
            Means::Id if kept.kind.at("id").is_none() => short.push(format!("- {name}: {}", on_one_line(&text))),
            Means::Id | Means::Link | Means::Stamp | Means::Secret => {}
        }
    }
    if !short.is_empty() {
        out.block(short.join("\n"));
    }
    for (name, text) in long {
        out.block(format!("**{name}**"));
        out.block(quoted(&text));
    }
}

/// The document written so far, with an empty line between blocks.
#[derive(Default)]
struct Blocks {
    done: String,
}

impl Blocks {
    fn block(&mut self, text: impl AsRef<str>) {
        if !self.done.is_empty() {
            self.done.push('\n');
        }
        self.done.push_str(text.as_ref());
        self.done.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.block(format!("{} {}", "#".repeat(level.min(DEEPEST)), on_one_line(text)));
    }
}

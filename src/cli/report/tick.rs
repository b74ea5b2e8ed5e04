//! `cairn report tick`: previews what the sponsor would read, and changes the ticks.

use serde::Serialize;

use crate::cli::out::Out;
use crate::desk::Desk;
use crate::domain::{Dossier, Party, ReleaseItem, count};
use crate::error::Error;
use crate::report::release_items;

/// A line with its state.
#[derive(Debug, Serialize)]
struct Line<'a> {
    number: usize,
    key: &'a str,
    kind: &'static str,
    words: &'a str,
    /// Whether the client ticked exactly these words.
    ticked: bool,
    /// Whether the client ticked the line when its words were different.
    changed: bool,
    /// Whether the agreement lets the sponsor see this kind of record.
    agreed: bool,
}

pub(super) fn run(
    desk: &mut Desk,
    (tick, untick, present): (&[usize], &[usize], bool),
    json: bool,
    out: &mut Out,
) -> Result<(), Error> {
    let items = release_items(&desk.loaded_packs.library, &desk.dossier()?);
    let named = |numbers: &[usize], ticked: bool| {
        let line = |number: &usize| Ok((item(&items, *number)?.clone(), ticked));
        numbers.iter().map(line).collect::<Result<Vec<_>, Error>>()
    };
    let mut ticks = named(tick, true)?;
    ticks.extend(named(untick, false)?);
    if let Some(both) = tick.iter().find(|number| untick.contains(number)) {
        return Err(Error::input(format!("line {both} is both ticked and unticked"), "give it once"));
    }
    if !tick.is_empty() && !present {
        let hint = "if the client is with you and has chosen the lines, add --present";
        return Err(Error::input("only the client can choose what the sponsor reads", hint));
    }
    if !ticks.is_empty() {
        desk.tick(&ticks)?;
    }
    let dossier = desk.dossier()?;
    let lines: Vec<Line<'_>> = items.iter().enumerate().map(|(at, item)| line(&dossier, at + 1, item)).collect();
    if json {
        return out.json(&lines);
    }
    print(&dossier, &lines, out);
    Ok(())
}

fn item(items: &[ReleaseItem], number: usize) -> Result<&ReleaseItem, Error> {
    number.checked_sub(1).and_then(|at| items.get(at)).ok_or_else(|| {
        let message = format!("there is no line {number}, only {}", count(items.len(), "line", "lines"));
        Error::input(message, "`cairn report tick` lists them")
    })
}

fn line<'a>(dossier: &Dossier, number: usize, item: &'a ReleaseItem) -> Line<'a> {
    let ticked = item.is_released(&dossier.releases);
    Line {
        number,
        key: &item.key,
        kind: item.kind.id(),
        words: &item.words,
        ticked,
        changed: !ticked && dossier.releases.iter().any(|release| release.key == item.key),
        agreed: agreed(dossier) && dossier.shows(item.kind, Party::Sponsor),
    }
}

fn agreed(dossier: &Dossier) -> bool {
    dossier.engagement().is_some_and(|engagement| engagement.agreed_on.is_some())
}

fn print(dossier: &Dossier, lines: &[Line<'_>], out: &mut Out) {
    if lines.is_empty() {
        out.line("There is nothing to share yet: no aim, no ratings, no steps and no sessions.");
        return;
    }
    let sponsor = dossier.engagement().map_or("", |engagement| engagement.sponsor.as_str());
    let sponsor = if sponsor.is_empty() { "The sponsor" } else { sponsor };
    out.paragraph("", &format!("{sponsor} would read the lines with an x, in exactly these words, and nothing else:"));
    for line in lines {
        let mark = if line.ticked { 'x' } else { ' ' };
        out.paragraph(&format!("[{mark}] {:>2}  ", line.number), line.words);
        let quiet = |text: &str, out: &mut Out| out.paragraph("        ", text);
        if line.changed {
            quiet("(you ticked this when it said something else, so tick it again to share it as it is now)", out);
        }
        if line.ticked && !line.agreed {
            quiet("(not shared, because the agreement does not show this to the sponsor)", out);
        }
    }
    out.line("");
    if !agreed(dossier) {
        out.paragraph("", "You cannot share anything until you both agree, with a date.");
    }
    out.paragraph("", "cairn report tick --present --tick 1,3   --untick 2   cairn report --for sponsor");
}

//! Two views of the same behaviours, after both were opened: a question for each difference, then the numbers.

use super::full::Matter;
use super::page::{Block, Drawing, Row, Table, Words};
use crate::domain::{Compared, GapKind, Rated, capital, compare, count, long_day};

/// Returns the blocks for the last round that was opened.
pub(super) fn blocks(matter: &Matter<'_>) -> Vec<Block> {
    let seen = matter.handout.seen();
    let Some(round) = seen.last_round() else { return Vec::new() };
    let rows = compare(matter.handout.library(), round, seen.person.level.as_deref(), seen.today);
    if rows.is_empty() {
        return Vec::new();
    }
    let alike = rows.iter().filter(|row| row.gap() == Some(0)).count();
    let opened = round.opened_on.map(long_day).unwrap_or_default();
    let both = rows.iter().filter(|row| row.gap().is_some()).count();
    let rated = count(both, "behaviour was", "behaviours were");
    let opening = format!(
        "{rated} rated by both, without seeing the other's ratings. They were compared on {opened}. {alike} of {both} \
         are the same."
    );
    let mut blocks = vec![Block::Text(opening.into())];
    blocks.extend(rows.iter().map(|row| question(matter, row)));
    blocks.push(Block::Table(table(matter, &rows)));
    blocks
}

/// Returns the two views of a behaviour in words, with a question to talk about.
fn question(matter: &Matter<'_>, row: &Compared) -> Block {
    let mut item = matter.item(row.behaviour);
    item.about = Words::from(capital(row.kind.title()));
    let views = [row.own, row.other].into_iter().zip(&row.labels).zip(&row.examples);
    for (called, ((rated, label), example)) in matter.called.iter().zip(views) {
        let rating = matter.given(row.behaviour, rated, label);
        let example = example.trim();
        let words = if example.is_empty() { rating } else { format!("{rating}. \u{201c}{example}\u{201d}") };
        item.fact(called, words);
    }
    item.question = row.kind.question().into();
    Block::Item(item)
}

fn table(matter: &Matter<'_>, rows: &[Compared]) -> Table {
    let [own, other] = &matter.called;
    let drawn = rows.iter().filter(|row| row.kind != GapKind::NotEnoughViews);
    let target = |target: Option<i64>| target.map_or_else(|| "\u{2013}".to_owned(), |value| value.to_string());
    let number = |rated: Rated| rated.value().map_or_else(|| "\u{2013}".to_owned(), |value| value.to_string());
    let has_targets = rows.iter().any(|row| row.target.is_some());
    let rows = drawn.map(|row| {
        let said = |rated, at: usize| matter.given(row.behaviour, rated, row.labels.get(at).map_or("", String::as_str));
        let (mine, theirs) = (said(row.own, 0), said(row.other, 1));
        Row {
            name: Words::from(&matter.handout.library().behaviour(row.behaviour).title),
            drawing: Drawing::Views {
                own: row.own.value(),
                other: row.other.value(),
                target: row.target,
                scale: matter.scale(row.behaviour),
            },
            words: Words::from(match row.target {
                Some(target) => format!("{own}: {mine}. {other}: {theirs}. Target: {target}."),
                None => format!("{own}: {mine}. {other}: {theirs}."),
            }),
            cells: [Some(number(row.own)), Some(number(row.other)), has_targets.then(|| target(row.target))]
                .into_iter()
                .flatten()
                .map(Into::into)
                .collect(),
        }
    });
    let mut heads = vec!["Behaviour".into(), "Low to high".into(), Words::from(own), Words::from(other)];
    let mut legend = format!("Round mark: {own}. Square: {other}. ");
    if has_targets {
        heads.push("Target".into());
        legend.push_str("Thin upright line: the target. ");
    }
    legend.push_str("If both are the same, the square is around the round mark.");
    Table { caption: "Ratings compared, in numbers".into(), legend: legend.into(), heads, rows: rows.collect() }
}

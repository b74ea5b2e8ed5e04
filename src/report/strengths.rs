//! What goes well, first of all: what two people see, then what the person sees, at the target or above; where nothing
//! is, the highest of what was rated.

use std::cmp::Reverse;

use super::page::Block;
use super::report::Matter;
use crate::domain::{BehaviourIx, GapKind, Rated, compare, long_day, middle};

/// Most strengths on the page: few enough to be read aloud.
const MOST: usize = 5;

/// One strength and what speaks for it.
struct Strength {
    ix: BehaviourIx,
    seen_by: Option<GapKind>,
    value: i64,
    importance: i64,
}

/// The strengths, best supported first.
pub(super) fn blocks(matter: &Matter<'_>) -> Vec<Block> {
    let mut found = both_see(matter);
    let mut own = own(matter);
    own.retain(|(strength, _)| !found.iter().any(|other| other.ix == strength.ix));
    let (reached, below): (Vec<_>, Vec<_>) = own.into_iter().partition(|(_, reached)| *reached);
    found.extend(reached.into_iter().map(|(strength, _)| strength));
    let mut lead = None;
    if found.is_empty() {
        let top = below.iter().map(|(strength, _)| strength.value).max();
        found =
            below.into_iter().map(|(strength, _)| strength).filter(|strength| Some(strength.value) == top).collect();
        lead = (!found.is_empty()).then(|| Block::Note("What was rated highest so far:".into()));
    }
    found.truncate(MOST);
    lead.into_iter().chain(found.iter().map(|strength| block(matter, strength))).collect()
}

/// From the last round that was opened: what both see, then what the coach sees.
fn both_see(matter: &Matter<'_>) -> Vec<Strength> {
    let seen = matter.handout.seen();
    let Some(round) = seen.comparisons.last() else { return Vec::new() };
    compare(matter.handout.library(), round, seen.person.level.as_deref())
        .into_iter()
        .filter(|row| matches!(row.kind, GapKind::ConfirmedStrength | GapKind::HiddenStrength))
        .map(|row| Strength {
            ix: row.behaviour,
            seen_by: Some(row.kind),
            value: row.own.value().unwrap_or(0),
            importance: row.importance,
        })
        .collect()
}

/// Everything the person rated, highest and most important first, and whether it is at the target.
fn own(matter: &Matter<'_>) -> Vec<(Strength, bool)> {
    let library = matter.handout.library();
    let level = matter.handout.seen().person.level.as_deref();
    let mut rated: Vec<(Strength, bool)> = matter
        .profile
        .rated()
        .map(|(ix, value)| {
            let target = library.target(ix, level).unwrap_or_else(|| middle(&library.framework_of(ix).scale));
            let importance = matter.profile.of(ix).and_then(|standing| standing.importance).unwrap_or(1);
            (Strength { ix, seen_by: None, value, importance }, value >= target)
        })
        .collect();
    rated.sort_by_key(|(strength, _)| (Reverse(strength.value), Reverse(strength.importance), strength.ix));
    rated
}

fn block(matter: &Matter<'_>, strength: &Strength) -> Block {
    let mut item = matter.item(strength.ix);
    match strength.seen_by {
        Some(GapKind::ConfirmedStrength) => item.fact("Seen by", "both"),
        Some(_) => item.fact("Seen by", format!("{}, more than it is rated", matter.called[1].to_lowercase())),
        None => {}
    }
    if let Some(standing) = matter.profile.of(strength.ix)
        && standing.rated != Rated::Unanswered
    {
        item.fact("Rated", format!("{}, {}", matter.rating(strength.ix, standing.rated), long_day(standing.on)));
        let example = standing.answers.iter().rev().map(|answer| answer.evidence.trim()).find(|text| !text.is_empty());
        item.quote = example.unwrap_or_default().into();
    }
    Block::Item(item)
}

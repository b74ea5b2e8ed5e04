//! Strengths, the first section of the report: first those that both people see, then those that the person sees, at
//! the target or above. If there are none, the highest of the ratings.

use std::cmp::Reverse;

use super::full::Matter;
use super::page::{Block, Item};
use crate::domain::{BehaviourIx, Compared, GapKind, Rated, compare, long_day, middle};

/// Maximum number of strengths on the page; few enough to be read aloud.
const MOST: usize = 5;

/// A strength with its evidence.
struct Strength {
    ix: BehaviourIx,
    /// Both views of it, if it is in the last round that was opened.
    compared: Option<Compared>,
    value: i64,
    importance: i64,
}

/// Returns the strengths, best supported first, with the heading for them.
pub(super) fn blocks(matter: &Matter<'_>) -> (&'static str, Vec<Block>) {
    let mut found = both_see(matter);
    let mut own = own(matter);
    own.retain(|(strength, _)| !found.iter().any(|other| other.ix == strength.ix));
    let (reached, below): (Vec<_>, Vec<_>) = own.into_iter().partition(|(_, reached)| *reached);
    found.extend(reached.into_iter().map(|(strength, _)| strength));
    found.retain(|strength| !is_lowest(matter, strength));
    let mut heading = "Strengths";
    if found.is_empty() {
        let above = |strength: &Strength| !is_lowest(matter, strength);
        let below: Vec<Strength> = below.into_iter().map(|(strength, _)| strength).filter(above).collect();
        let top = below.iter().map(|strength| strength.value).max();
        found = below.into_iter().filter(|strength| Some(strength.value) == top).collect();
        heading = "Rated highest so far";
    }
    found.truncate(MOST);
    (heading, found.iter().map(|strength| block(matter, strength)).collect())
}

/// Returns whether the rating is the lowest point of the scale, which is never a strength, whatever the target.
fn is_lowest(matter: &Matter<'_>, strength: &Strength) -> bool {
    let lowest = matter.scale(strength.ix).0;
    match &strength.compared {
        Some(views) => [views.own, views.other].iter().filter_map(|rated| rated.value()).all(|value| value <= lowest),
        None => strength.value <= lowest,
    }
}

/// Returns the strengths in the last opened round: those that both see and those that only the coach sees.
fn both_see(matter: &Matter<'_>) -> Vec<Strength> {
    let seen = matter.handout.seen();
    let Some(round) = seen.last_round() else { return Vec::new() };
    compare(matter.handout.library(), round, seen.person.level.as_deref(), seen.today)
        .into_iter()
        .filter(|row| matches!(row.kind, GapKind::ConfirmedStrength | GapKind::HiddenStrength))
        .map(|row| Strength {
            ix: row.behaviour,
            value: row.own.value().unwrap_or(0),
            importance: row.importance,
            compared: Some(row),
        })
        .collect()
}

/// Returns everything that the person rated, the highest and most important first, with whether it is at the target.
fn own(matter: &Matter<'_>) -> Vec<(Strength, bool)> {
    let library = matter.handout.library();
    let level = matter.handout.seen().person.level.as_deref();
    let mut rated: Vec<(Strength, bool)> = matter
        .profile
        .rated()
        .map(|(ix, value)| {
            let target = library.target(ix, level).unwrap_or_else(|| middle(&library.framework_of(ix).scale));
            let importance = matter.profile.of(ix).and_then(|standing| standing.importance).unwrap_or(1);
            (Strength { ix, compared: None, value, importance }, value >= target)
        })
        .collect();
    rated.sort_by_key(|(strength, _)| (Reverse(strength.value), Reverse(strength.importance), strength.ix));
    rated
}

fn block(matter: &Matter<'_>, strength: &Strength) -> Block {
    let mut item = matter.item(strength.ix);
    let [own, other] = &matter.called;
    match &strength.compared {
        Some(views) if views.kind == GapKind::HiddenStrength => {
            item.fact("Seen by", format!("{} more strongly than {}", other.to_lowercase(), matter.spoken_of));
            item.fact(other, matter.given(strength.ix, views.other, &views.labels[1]));
            item.quote = views.examples[1].trim().into();
        }
        Some(views) => {
            item.fact("Seen by", "both");
            item.fact(own, matter.given(strength.ix, views.own, &views.labels[0]));
            item.fact(other, matter.given(strength.ix, views.other, &views.labels[1]));
            item.quote =
                views.examples.iter().map(|text| text.trim()).find(|text| !text.is_empty()).unwrap_or("").into();
        }
        None => rated(matter, strength.ix, &mut item),
    }
    Block::Item(item)
}

/// Adds the newest own rating, and the example that was given with it.
fn rated(matter: &Matter<'_>, ix: BehaviourIx, item: &mut Item) {
    let Some(standing) = matter.profile.of(ix) else { return };
    let rating = match standing.rated {
        Rated::Value(value) => matter.own_on(ix, standing.on, value),
        other => matter.rating(ix, other),
    };
    item.fact("Rated", format!("{rating}, {}", long_day(standing.on)));
    // An example belongs to the rating with which it was given; one from another day is not used.
    item.quote = standing.newest().map(|answer| answer.evidence.trim()).unwrap_or_default().into();
}

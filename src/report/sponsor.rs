//! The report for the sponsor: the lines that the client ticked, word for word, and nothing else.

use super::credits;
use super::handout::Handout;
use super::page::{Block, Page, Words};
use crate::domain::capital;
use crate::domain::{RecordKind, long_day};

pub(super) fn page(handout: &Handout<'_>) -> Page {
    let seen = handout.seen();
    let name = if seen.person.name.is_empty() { "the client" } else { seen.person.name.as_str() };
    let mut page = Page::new(&format!("Development: what {name} shares"), handout.party());
    page.fact("Made on", long_day(seen.today));
    if let Some(terms) = seen.engagement() {
        let sponsor = terms.sponsor.as_str();
        page.fact("For", if sponsor.is_empty() { "the sponsor" } else { sponsor });
        page.fact("Purpose", capital(terms.purpose.id()));
        page.fact("Keep records until", terms.keep_until.map(long_day).unwrap_or_default());
    }
    if handout.released().is_empty() {
        nothing(&mut page, handout, name);
        return page;
    }
    page.opening = Words::from(format!(
        "{} Session notes, ratings and reflections stay between client and coach unless a line says otherwise.",
        who_ticked(handout, name)
    ));
    let goals = |key: &str| key == "goal";
    page.section("goal", "The aim", lines(handout, goals));
    page.section("progress", "Progress", lines(handout, |key| key.starts_with("progress/")));
    page.section("steps", "Steps", lines(handout, |key| key.starts_with("plan/")));
    page.section("sessions", "Sessions", lines(handout, |key| key == "sessions"));
    page.credits = credits::of_handout(handout);
    page
}

/// Says who ticked the lines, as far as it is known: ticks are made on the coach's computer.
fn who_ticked(handout: &Handout<'_>, name: &str) -> String {
    if handout.released().iter().all(|(_, tick)| tick.present) {
        format!(
            "The coach ticked each line below on their own computer, and recorded that {name} was there and chose \
            it."
        )
    } else {
        format!(
            "The coach ticked each line below on their own computer. They did not record for every line that {name} \
             was there."
        )
    }
}

/// Returns the released lines whose key satisfies `of`, each with the day on which it was ticked.
fn lines(handout: &Handout<'_>, of: impl Fn(&str) -> bool) -> Vec<Block> {
    let found = handout.released().iter().filter(|(item, _)| of(&item.key));
    let points: Vec<Words> = found
        .map(|(item, tick)| Words::from(format!("{} Ticked on {}.", ended(&item.words), long_day(tick.on))))
        .collect();
    if points.is_empty() { Vec::new() } else { vec![Block::Points(points)] }
}

/// Returns the words with a full stop at the end.
fn ended(words: &str) -> String {
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}

/// Explains on the page why there is nothing to hand over.
fn nothing(page: &mut Page, handout: &Handout<'_>, name: &str) {
    let agreed = handout.seen().engagement().filter(|terms| terms.agreed_on.is_some());
    let may = agreed.is_some() && RecordKind::ALL.into_iter().any(|kind| handout.shows(kind));
    let why = match (agreed.is_some(), may) {
        (false, _) => {
            "You need an agreement with a date that lets a sponsor see records. Without it, there is nothing to \
             share, even if lines are ticked."
        }
        (true, false) => "The agreement does not let the sponsor see any records.",
        (true, true) => {
            "The client chooses line by line what to share, in exactly these words. If the words of a line change, it \
             is no longer ticked."
        }
    };
    let first = format!("Nothing is ticked for {name} yet, so there is nothing to share.");
    page.section("nothing", "Nothing is ticked", vec![Block::Text(first.into()), Block::Text(why.into())]);
}

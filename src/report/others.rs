//! What others said, each for themselves: nobody knows whether two of them are one person, so no rating of theirs stands
//! without its own words, and none is a mean.

use super::full::Matter;
use super::page::{Block, Item};
use crate::domain::{Answer, By, Rated, long_day};

/// Each behaviour that others answered on, in the library's order. What the agreement keeps from the reader is not in the
/// handout.
pub(super) fn blocks(matter: &Matter<'_>) -> Vec<Block> {
    let library = matter.handout.library();
    let answered = library.indices().filter_map(|ix| Some((ix, matter.profile.by(By::Other, ix)?)));
    let items = answered.map(|(ix, standing)| {
        let mut item = Item::titled(&library.behaviour(ix).title);
        for answer in &standing.answers {
            let rating = match answer.rated {
                Rated::Unanswered => String::new(),
                rated => matter.given(ix, rated, &library.wording(answer).label),
            };
            item.fact(&format!("Somebody else, {}", long_day(answer.on)), said(&rating, answer));
        }
        Block::Item(item)
    });
    items.collect()
}

/// The rating and everything that was written with it.
fn said(rating: &str, answer: &Answer) -> String {
    let words: Vec<String> = answer.words().map(|text| format!("\u{ab}{}\u{bb}", text.trim())).collect();
    let parts = [rating.to_owned(), words.join(" ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

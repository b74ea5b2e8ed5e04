//! Answers of other people, each shown separately: it is unknown whether two of them are by the same person, so no
//! rating is shown without the text of its own answer, and no mean is calculated.

use super::full::Matter;
use super::page::{Block, Item};
use crate::domain::{Answer, By, Rated, long_day};

/// Returns each behaviour that others answered on, in the library's order. Answers that the agreement withholds from
/// the reader are not in the handout.
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
            item.fact(&format!("Another person, {}", long_day(answer.on)), said(&rating, answer));
        }
        Block::Item(item)
    });
    items.collect()
}

/// Returns the rating and everything that was written with it.
fn said(rating: &str, answer: &Answer) -> String {
    let words: Vec<String> = answer.words().map(|text| format!("\u{201c}{}\u{201d}", text.trim())).collect();
    let parts = [rating.to_owned(), words.join(" ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{answer, dossier, library};
    use crate::domain::{Answer, Dossier, Party, RecordKind};
    use crate::report::{Handout, markdown, report};

    #[test]
    fn what_others_said_is_for_nobody_from_whom_the_agreement_keeps_it() {
        let library = library();
        let other = Answer {
            by: super::By::Other,
            id: "other".to_owned(),
            evidence: "The heron.".to_owned(),
            ..answer("FL-5", 1)
        };
        let mut dossier = Dossier { answers: vec![answer("FL-5", 2), other], ..dossier() };
        let told = |dossier: &Dossier, party| markdown(&report(&Handout::new(&library, dossier, party)));
        for party in [Party::Client, Party::Coach] {
            assert!(told(&dossier, party).contains("\u{201c}The heron.\u{201d}"), "{party:?}");
        }
        for terms in &mut dossier.engagements {
            terms.may_see.remove(&(RecordKind::CoachRatings, Party::Client));
        }
        assert!(!told(&dossier, Party::Client).contains("heron"));
        assert!(told(&dossier, Party::Coach).contains("heron") && !told(&dossier, Party::Sponsor).contains("heron"));
    }
}

//! The text in which the filter of the rules screen is searched.

use crate::domain::{PackCard, PackState, Rulebook, fold, wrong_words};

/// Returns whether a text contains all words.
pub(super) fn has_all(hay: &str, words: &[String]) -> bool {
    words.iter().all(|word| hay.contains(word.as_str()))
}

/// Returns the searchable text of every rule.
pub(super) fn haystacks(book: &Rulebook) -> Vec<String> {
    let mut hay = vec![String::new(); book.rules.len()];
    for family in &book.families {
        let Some(pack) = book.packs.get(family.pack) else { continue };
        for at in &family.members {
            if let (Some(rule), Some(slot)) = (book.rules.get(*at), hay.get_mut(*at)) {
                *slot = fold(&format!("{}\n{}\n{}\n{}\n{}", rule.id, rule.title, pack.id, pack.title, rule.state()));
            }
        }
    }
    hay
}

/// Returns the searchable text of a pack.
pub(super) fn pack_hay(pack: &PackCard) -> String {
    let state = match pack.state {
        PackState::Loaded => "",
        PackState::Kept => "using old rules",
        PackState::LeftOut => "not used",
    };
    let wrong = wrong_words((usize::from(!pack.faults.is_empty()), 0));
    fold(&format!("{}\n{}\n{}\n{state}\n{wrong}", pack.id, pack.title, pack.from))
}

//! What a sentence as a whole weighs for and against danger, by [`Weights`] learned from sentences of invented people and
//! of the packs (`danger.tsv`, `understated.tsv`, `understood.tsv`, `topics.tsv` and `ordinary.txt` in `tests/fixtures`).
//! The weights are `rules/safety/weights.tsv` for words and `rules/safety/letters.tsv` for letters.
//!
//! Letters only say whether a sentence means danger. Which danger it is, words say better.

use std::sync::OnceLock;

use crate::language::{Sentence, Weights};

const WORDS: &str = include_str!("../../../rules/safety/weights.tsv");
const LETTERS: &str = include_str!("../../../rules/safety/letters.tsv");
/// Weight above which a sentence is detected without a pattern. It is well above 0, which separates danger from the
/// rest in the training data: close to that line, a change of one innocent word adds or removes a notice.
///
/// This and the other thresholds detect most danger among the choices that detect no more without danger than weights
/// of words alone did. They were set on 680 lines of five people and on the 7,285 ordinary lines, each weighed by
/// weights learned without that person or that fifth of the ordinary lines, with the patterns as they were before the
/// person wrote: 359 of 400 dangers were detected, 12 of 280 quiet lines and 115 ordinary lines; with words alone it was
/// 336, 14 and 118. Two people who wrote afterwards were harder: 124 of 160 dangers and 10 of 112 quiet lines were
/// detected before anything was learned from them. With the sentences about topics among those without danger, this
/// threshold detects as many ordinary lines as .8 did before.
pub const FOR: f64 = 0.75;
/// Weight at or below which a match of a pattern is ignored.
pub(super) const AGAINST: f64 = -0.75;
/// Weight above which a longer sentence is detected although the match of a pattern seems negated or past: in "bruises
/// that nobody can explain", something else is negated.
pub(super) const OVER: f64 = 0.0;
/// The kinds of danger, in the order of the files' columns after the first, which is for danger in general.
pub const KINDS: [&str; 7] =
    ["self-harm", "harm", "child", "domestic-abuse", "speaking-up", "hurt-at-work", "substances"];
/// Columns of the files: danger in general and its kinds.
pub const COLUMNS: usize = 1 + KINDS.len();

/// The weight of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Weight of danger; above 0, danger is more likely than not by the training data.
    pub danger: f64,
    /// Ids of the concerns, the one that the sentence resembles most first.
    pub concerns: Vec<&'static str>,
}

impl From<[f64; COLUMNS]> for Weighed {
    fn from(columns: [f64; COLUMNS]) -> Self {
        let mut columns = columns.into_iter();
        let danger = columns.next().unwrap_or_default();
        let mut by_weight: Vec<(&'static str, f64)> = KINDS.into_iter().zip(columns).collect();
        by_weight.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        Self { danger, concerns: by_weight.into_iter().map(|(kind, _)| kind).collect() }
    }
}

pub(super) fn weigh(sentence: &Sentence<'_>) -> Weighed {
    static READ: OnceLock<Weights<'static, COLUMNS>> = OnceLock::new();
    READ.get_or_init(|| Weights::read(WORDS, LETTERS).expect("the files of weights are right, as a test holds"))
        .weigh(sentence)
        .into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::safeguarding::concerns;

    #[test]
    fn every_danger_is_a_kind() {
        let dangers: BTreeSet<&str> =
            concerns().iter().filter(|concern| concern.is_danger).map(|concern| concern.id.as_str()).collect();
        assert_eq!(dangers, BTreeSet::from(KINDS));
        let number = Weights::<'_, COLUMNS>::read(WORDS, LETTERS).expect("they can be read").len();
        assert!(number.0 > 1_000 && number.1 > 1_000);
    }

    #[test]
    fn the_heaviest_concern_comes_first() {
        let weighed = Weighed::from([1.5, 0.0, 2.0, -1.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!((weighed.danger, weighed.concerns.first()), (1.5, Some(&"harm")));
        assert_eq!(weighed.concerns.len(), KINDS.len());
    }
}

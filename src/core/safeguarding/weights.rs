//! Weights of whole sentences: every word, every pair of words and all letters in a row count for or against danger.
//!
//! Patterns only detect wording that somebody thought of; this detects similar wording. It is a linear classifier,
//! trained on sentences of invented people and of the packs (`danger.tsv`, `understated.tsv`, `understood.tsv` and
//! `ordinary.txt` in `tests/fixtures`) by stochastic gradient descent with averaging (Bottou, 2012, "Stochastic
//! gradient descent tricks", in "Neural Networks: Tricks of the Trade", Springer LNCS 7700). The weights are integers
//! in files that people can read: `rules/safety/weights.tsv` for words, `rules/safety/letters.tsv` for letters. The test
//! `weights` generates them.
//!
//! Letters only say whether a sentence means danger. Which danger it is, words say better.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::letters::{Letters, letters_of};
use crate::language::Sentence;

const WORDS: &str = include_str!("../../../rules/safety/weights.tsv");
const LETTERS: &str = include_str!("../../../rules/safety/letters.tsv");
/// Weight above which a sentence is detected without a pattern. It is well above 0, which separates danger from the
/// rest in the training data: close to that line, a change of one innocent word adds or removes a notice.
///
/// This and the other thresholds detect most danger among the choices that detect no more without danger than weights
/// of words alone did. They were set on 680 lines of five people and on the 7,285 ordinary lines, each weighed by
/// weights learned without that person or that fifth of the ordinary lines, with the patterns as they were before the
/// person wrote: 359 of 400 dangers are detected, 12 of 280 quiet lines and 115 ordinary lines; with words alone it was
/// 336, 14 and 118.
pub const FOR: f64 = 0.8;
/// Weight at or below which a match of a pattern is ignored.
pub(super) const AGAINST: f64 = -0.75;
/// Weight above which a longer sentence is detected although the match of a pattern seems negated or past: in "bruises
/// that nobody can explain", something else is negated.
pub(super) const OVER: f64 = 0.0;
/// Weight of 1 in the integers of the file.
pub const UNIT: f64 = 0.25;
/// The kinds of danger, in the order of the file's columns after the first, which is for danger in general.
pub const KINDS: [&str; 7] =
    ["self-harm", "harm", "child", "domestic-abuse", "speaking-up", "hurt-at-work", "substances"];
/// Name of the row that holds the weight of a sentence without any traits.
pub const BIAS: &str = "(bias)";

/// Weights of danger in general and of its kinds, in [`UNIT`]s.
type Row = [i16; 1 + KINDS.len()];

/// The weights of all traits.
#[derive(Debug)]
pub struct Weights<'a> {
    by_trait: HashMap<&'a str, Row>,
    /// Sorted by letters.
    by_letters: Vec<(Letters, i16)>,
    bias: Row,
}

/// The weight of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Weight of danger; above 0, danger is more likely than not by the training data.
    pub danger: f64,
    /// Ids of the concerns, the one that the sentence resembles most first.
    pub concerns: Vec<&'static str>,
}

/// Returns the traits of a sentence: the stems of its words, pairs of adjacent words, pairs with one word in between,
/// the first word, and whether it is a question.
#[must_use]
pub fn traits_of(sentence: &Sentence<'_>) -> BTreeSet<String> {
    let word = |at: usize| match (sentence.is_name(at), sentence.is_number(at)) {
        (true, _) => "@name",
        (false, true) => "@number",
        (false, false) => sentence.stem(at),
    };
    let mut traits = BTreeSet::new();
    for at in 0..sentence.tokens.len() {
        traits.insert(word(at).to_owned());
        let before = at.checked_sub(1).map_or("^", word);
        traits.insert(format!("{before} {}", word(at)));
        traits.extend(at.checked_sub(2).map(|before| format!("{} _ {}", word(before), word(at))));
    }
    traits.extend(sentence.asks.then(|| "?".to_owned()));
    traits
}

pub(super) fn weigh(sentence: &Sentence<'_>) -> Weighed {
    static READ: OnceLock<Weights<'static>> = OnceLock::new();
    READ.get_or_init(|| Weights::read(WORDS, LETTERS).expect("the files of weights are right, as a test holds"))
        .weigh(sentence)
}

impl<'a> Weights<'a> {
    /// Parses the files: each line has a trait and its weights, without trailing zeros, or letters and their weight.
    ///
    /// # Errors
    /// Returns the line that is wrong.
    pub fn read(words: &'a str, letters: &str) -> Result<Self, String> {
        let by_letters = letters.lines().filter(|line| !line.starts_with("# ")).map(|line| {
            let (letters, weight) = line.split_once('\t').ok_or_else(|| format!("no weight: {line}"))?;
            Ok::<_, String>((letters.parse()?, whole(weight, line)?))
        });
        let mut by_letters = by_letters.collect::<Result<Vec<_>, _>>()?;
        by_letters.sort_unstable();
        let by_trait = HashMap::with_capacity(words.lines().count());
        let mut weights = Self { by_trait, by_letters, bias: Row::default() };
        for line in words.lines().filter(|line| !line.starts_with("# ")) {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or_default();
            let mut row = Row::default();
            for (place, column) in columns.enumerate() {
                let place = row.get_mut(place).ok_or_else(|| format!("too many columns: {line}"))?;
                *place = if column.is_empty() { 0 } else { whole(column, line)? };
            }
            if name == BIAS {
                weights.bias = row;
            } else {
                weights.by_trait.insert(name, row);
            }
        }
        if weights.bias == Row::default() {
            return Err(format!("{BIAS} is missing"));
        }
        Ok(weights)
    }

    /// Weighs a sentence: the sum over its traits, divided by the square root of their number, so that a long sentence
    /// does not weigh more merely because it has more words; the same for its letters.
    #[must_use]
    pub fn weigh(&self, sentence: &Sentence<'_>) -> Weighed {
        let traits = traits_of(sentence);
        let mut sums = [0i32; 1 + KINDS.len()];
        for row in traits.iter().filter_map(|one| self.by_trait.get(one.as_str())) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(*weight);
            }
        }
        let root = root_of(traits.len());
        let mut weighed =
            sums.iter().zip(&self.bias).map(|(sum, bias)| UNIT * (f64::from(*sum) / root + f64::from(*bias)));
        let letters = letters_of(sentence);
        let sum: i32 = letters.iter().map(|one| i32::from(self.weight_of(*one))).sum();
        let danger = weighed.next().unwrap_or_default() + UNIT * f64::from(sum) / root_of(letters.len());
        let mut by_weight: Vec<(&'static str, f64)> = KINDS.into_iter().zip(weighed).collect();
        by_weight.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        Weighed { danger, concerns: by_weight.into_iter().map(|(kind, _)| kind).collect() }
    }

    fn weight_of(&self, letters: Letters) -> i16 {
        let at = self.by_letters.binary_search_by_key(&letters, |(known, _)| *known).ok();
        at.and_then(|at| self.by_letters.get(at)).map_or(0, |(_, weight)| *weight)
    }
}

/// Returns what a sum over this many traits or letters is divided by.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a sentence has few traits")]
pub fn root_of(number: usize) -> f64 {
    (number.max(1) as f64).sqrt()
}

fn whole(number: &str, line: &str) -> Result<i16, String> {
    number.parse().map_err(|_| format!("not a whole number: {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sentences;
    use crate::safeguarding::concerns;

    #[test]
    fn a_sentence_weighs_what_its_traits_weigh() {
        let (words, letters) = ("# words\n(bias)\t-4\nhit\t8\t\t2\n^ he\t4\n", "# letters\nhit\t5\ne_h\t-2\nxyz\t7\n");
        let weights = Weights::read(words, letters).expect("they can be read");
        let weigh = |text: &str| weights.weigh(sentences(text).first().expect("a sentence"));
        // "he", "^ he", "hit", "he hit": four traits, of which two have a weight. "_he_hit_" is six times three letters
        // and five times four.
        let expected = UNIT * (12.0 / 4f64.sqrt() + 3.0 / 11f64.sqrt() - 4.0);
        let weighed = weigh("He hit");
        assert!((weighed.danger - expected).abs() < 1e-9, "{weighed:?}");
        assert_eq!(weighed.concerns.first(), Some(&"harm"));
        assert_eq!(weighed.concerns.len(), KINDS.len());
        assert!((weigh("Tea").danger + 1.0).abs() < 1e-9, "what is not known weighs nothing");
        assert!(Weights::read("hit\t8", "").is_err(), "what a sentence without traits weighs is missing");
        let wrong = ["hit\tx", "hit\t1\t1\t1\t1\t1\t1\t1\t1\t1"];
        assert!(wrong.iter().all(|line| Weights::read(&format!("(bias)\t-4\n{line}"), "").is_err()));
        assert!(["hit", "hit\tx", "hi\t4", "hitit\t4"].iter().all(|line| Weights::read(words, line).is_err()));
    }

    #[test]
    fn every_danger_is_a_kind() {
        let dangers: BTreeSet<&str> =
            concerns().iter().filter(|concern| concern.is_danger).map(|concern| concern.id.as_str()).collect();
        assert_eq!(dangers, BTreeSet::from(KINDS));
        assert!(
            Weights::read(WORDS, LETTERS)
                .is_ok_and(|weights| weights.by_trait.len() > 1_000 && weights.by_letters.len() > 1_000)
        );
    }

    #[test]
    fn names_and_numbers_are_no_words() {
        let traits = traits_of(sentences("Nobody changed Mavis, 3 times?").first().expect("a sentence"));
        let all = ["nobodi chang", "nobodi _ @name", "@name", "@number", "^ nobodi", "?"];
        assert!(all.iter().all(|one| traits.contains(*one)), "{traits:?}");
        assert!(!traits.contains("mavi"));
    }
}

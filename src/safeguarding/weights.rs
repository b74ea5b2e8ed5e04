//! A sentence weighed as a whole: every word and pair of words in it counts for danger or against it.
//!
//! Patterns hear only what somebody thought of; this hears what is like it. It is a linear classifier, learned from
//! sentences of invented people and of the packs (`danger.tsv`, `understated.tsv`, `understood.tsv` and
//! `ordinary.txt` in `tests/fixtures`) by stochastic gradient descent with averaging (Bottou, 2012,
//! "Stochastic gradient descent tricks", in "Neural Networks: Tricks of the Trade", Springer LNCS 7700). The weights are
//! whole numbers in a file that people can read, `rules/safety/weights.tsv`; the test `weights` makes it.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::language::Sentence;

const WEIGHTS: &str = include_str!("../../rules/safety/weights.tsv");
/// Over this a sentence is heard by its weight alone. It is far more than 0, which divides danger from the rest in what was
/// learned from: near that line a change of one innocent word brings a notice or takes it away, and of twenty files that
/// people wrote, six without danger got one. Of 40 sentences of danger that the weights had not seen, one is lost here that is
/// heard over 0; of 74 without danger none is heard, and over 0 there were six.
pub const FOR: f64 = 1.5;
/// At or under this, what a pattern finds is not heard.
pub(super) const AGAINST: f64 = -1.25;
/// Over this a longer sentence is heard although what a pattern found in it seems denied or past: in "bruises that nobody can
/// explain", what is denied is something else.
pub(super) const OVER: f64 = 0.25;
/// How much one of the file's whole numbers weighs.
pub const UNIT: f64 = 0.25;
/// The columns of the file after the danger itself: which danger it is.
pub const KINDS: [&str; 7] =
    ["self-harm", "harm", "child", "domestic-abuse", "speaking-up", "hurt-at-work", "substances"];
/// Where the file says what a sentence without any trait weighs.
pub const BIAS: &str = "(bias)";

/// Weights of the danger and of its kinds, in [`UNIT`]s.
type Row = [i16; 1 + KINDS.len()];

/// What every trait of a sentence weighs.
#[derive(Debug)]
pub struct Weights<'a> {
    by_trait: HashMap<&'a str, Row>,
    bias: Row,
}

/// What a sentence weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Over 0 it is rather danger than not, by the sentences that the weights were learned from.
    pub danger: f64,
    /// The ids of the concerns, the one that it is most like first.
    pub concerns: Vec<&'static str>,
}

/// What a sentence is weighed by: its words by their stems, two in a row, two with one between, the first word, and whether
/// it asks.
#[must_use]
pub fn traits_of(sentence: &Sentence<'_>) -> BTreeSet<String> {
    let word = |at: usize| {
        let digit = sentence.word(at).starts_with(|letter: char| letter.is_ascii_digit());
        match (sentence.is_name(at), digit) {
            (true, _) => "@name",
            (false, true) => "@number",
            (false, false) => sentence.stem(at),
        }
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
    READ.get_or_init(|| Weights::read(WEIGHTS).expect("rules/safety/weights.tsv is right, as a test holds"))
        .weigh(sentence)
}

impl<'a> Weights<'a> {
    /// Reads the file: a trait and its weights in a line, without the zeros at the end.
    ///
    /// # Errors
    /// The line that is wrong.
    pub fn read(text: &'a str) -> Result<Self, String> {
        let mut weights = Self { by_trait: HashMap::new(), bias: Row::default() };
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or_default();
            let mut row = Row::default();
            for (place, column) in columns.enumerate() {
                let place = row.get_mut(place).ok_or_else(|| format!("too many columns: {line}"))?;
                *place = match column {
                    "" => 0,
                    number => number.parse().map_err(|_| format!("not a whole number: {line}"))?,
                };
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

    /// Weighs a sentence: the sum over its traits, by the square root of how many there are, so that a long sentence does not
    /// weigh more only because it has more words.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a sentence has few traits")]
    pub fn weigh(&self, sentence: &Sentence<'_>) -> Weighed {
        let traits = traits_of(sentence);
        let mut sums = [0i32; 1 + KINDS.len()];
        for row in traits.iter().filter_map(|one| self.by_trait.get(one.as_str())) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += i32::from(*weight);
            }
        }
        let root = (traits.len().max(1) as f64).sqrt();
        let mut weighed =
            sums.iter().zip(&self.bias).map(|(sum, bias)| UNIT * (f64::from(*sum) / root + f64::from(*bias)));
        let danger = weighed.next().unwrap_or_default();
        let mut by_weight: Vec<(&'static str, f64)> = KINDS.into_iter().zip(weighed).collect();
        by_weight.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        Weighed { danger, concerns: by_weight.into_iter().map(|(kind, _)| kind).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sentences;
    use crate::safeguarding::concerns;

    #[test]
    fn a_sentence_weighs_what_its_traits_weigh() {
        let weights = Weights::read("# words\n(bias)\t-4\nhit\t8\t\t2\n^ he\t4\n").expect("it can be read");
        let weigh = |text: &str| weights.weigh(sentences(text).first().expect("a sentence"));
        // he, ^ he, hit, he hit: four traits, two of which weigh something.
        let expected = UNIT * (12.0 / 4f64.sqrt() - 4.0);
        let weighed = weigh("He hit");
        assert!((weighed.danger - expected).abs() < 1e-9, "{weighed:?}");
        assert_eq!(weighed.concerns.first(), Some(&"harm"));
        assert_eq!(weighed.concerns.len(), KINDS.len());
        assert!((weigh("Tea").danger + 1.0).abs() < 1e-9, "what is not known weighs nothing");
        assert!(Weights::read("hit\t8").is_err(), "what a sentence without traits weighs is missing");
        assert!(Weights::read("hit\tx").is_err() && Weights::read("hit\t1\t1\t1\t1\t1\t1\t1\t1\t1").is_err());
    }

    #[test]
    fn every_danger_is_a_kind() {
        let dangers: BTreeSet<&str> =
            concerns().iter().filter(|concern| concern.is_danger).map(|concern| concern.id.as_str()).collect();
        assert_eq!(dangers, BTreeSet::from(KINDS));
        assert!(Weights::read(WEIGHTS).is_ok_and(|weights| weights.by_trait.len() > 1_000));
    }

    #[test]
    fn names_and_numbers_are_no_words() {
        let traits = traits_of(sentences("Nobody changed Mavis, 3 times?").first().expect("a sentence"));
        let all = ["nobodi chang", "nobodi _ @name", "@name", "@number", "^ nobodi", "?"];
        assert!(all.iter().all(|one| traits.contains(*one)), "{traits:?}");
        assert!(!traits.contains("mavi"));
    }
}

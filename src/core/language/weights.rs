//! Weights of whole sentences: every word, every pair of words and all letters in a row count for or against something,
//! for example danger, or that somebody has no time.
//!
//! Patterns only find wording that somebody thought of; this finds similar wording. Each column is a linear classifier,
//! trained on sentences of invented people by stochastic gradient descent with averaging (Bottou, 2012, "Stochastic
//! gradient descent tricks", in "Neural Networks: Tricks of the Trade", Springer LNCS 7700). The weights are integers in
//! files that people can read; the test `weights` of this crate generates them.

use std::collections::{BTreeSet, HashMap};

use super::letters::{Letters, letters_of};
use super::sentence::Sentence;

/// Weight of 1 in the integers of the files.
pub const UNIT: f64 = 0.25;
/// Name of the row that holds the weight of a sentence without any traits.
pub const BIAS: &str = "(bias)";

/// The weights of all traits and letters, in [`UNIT`]s, with a column for each thing that a sentence can say.
#[derive(Debug)]
pub struct Weights<'a, const COLUMNS: usize> {
    by_trait: HashMap<&'a str, [i16; COLUMNS]>,
    /// Sorted by letters.
    by_letters: Vec<(Letters, [i16; COLUMNS])>,
    bias: [i16; COLUMNS],
}

/// Calls `see` for every trait of a sentence with the index of its last word: the stems of its words, pairs of adjacent
/// words, and pairs with one word in between. A trait that occurs twice is seen twice.
fn each_trait(sentence: &Sentence<'_>, mut see: impl FnMut(usize, &str)) {
    let word = |at: usize| match (sentence.is_name(at), sentence.is_number(at)) {
        (true, _) => "@name",
        (false, true) => "@number",
        (false, false) => sentence.stem(at),
    };
    for at in 0..sentence.tokens.len() {
        see(at, word(at));
        let before = at.checked_sub(1).map_or("^", word);
        see(at, &format!("{before} {}", word(at)));
        if let Some(first) = at.checked_sub(2) {
            see(at, &format!("{} _ {}", word(first), word(at)));
        }
    }
}

/// Returns the traits of a sentence: the stems of its words, pairs of adjacent words, pairs with one word in between,
/// the first word, and whether it is a question.
#[must_use]
pub fn traits_of(sentence: &Sentence<'_>) -> BTreeSet<String> {
    let mut traits = BTreeSet::new();
    each_trait(sentence, |_, one| {
        traits.insert(one.to_owned());
    });
    traits.extend(sentence.asks.then(|| "?".to_owned()));
    traits
}

/// Returns what a sum over this many traits or letters is divided by.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a sentence has few traits")]
pub fn root_of(number: usize) -> f64 {
    (number.max(1) as f64).sqrt()
}

impl<'a, const COLUMNS: usize> Weights<'a, COLUMNS> {
    /// Parses the files: each line has a trait or letters and their weights, without trailing zeros.
    ///
    /// # Errors
    /// Returns the line that is wrong.
    pub fn read(words: &'a str, letters: &str) -> Result<Self, String> {
        let lines = |text: &'a str| text.lines().filter(|line| !line.starts_with("# "));
        let by_letters = letters.lines().filter(|line| !line.starts_with("# ")).map(|line| {
            let (letters, row) = row(line)?;
            Ok::<_, String>((letters.parse()?, row))
        });
        let mut by_letters = by_letters.collect::<Result<Vec<_>, _>>()?;
        by_letters.sort_unstable();
        let mut by_trait = HashMap::with_capacity(words.lines().count());
        for line in lines(words) {
            let (name, row) = row(line)?;
            by_trait.insert(name, row);
        }
        let bias = by_trait.remove(BIAS).ok_or_else(|| format!("{BIAS} is missing"))?;
        Ok(Self { by_trait, by_letters, bias })
    }

    /// Returns the number of traits and of letters that have a weight.
    #[must_use]
    pub fn len(&self) -> (usize, usize) {
        (self.by_trait.len(), self.by_letters.len())
    }

    /// Returns whether nothing has a weight.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == (0, 0)
    }

    /// Weighs a sentence in every column: the sum over its traits, divided by the square root of their number, so that
    /// a long sentence does not weigh more merely because it has more words; the same for its letters.
    #[must_use]
    pub fn weigh(&self, sentence: &Sentence<'_>) -> [f64; COLUMNS] {
        let traits = traits_of(sentence);
        let letters = letters_of(sentence);
        let by_words = sum(traits.iter().filter_map(|one| self.by_trait.get(one.as_str())));
        let by_letters = sum(letters.iter().filter_map(|one| self.of_letters(*one)));
        let (words, letters) = (root_of(traits.len()), root_of(letters.len()));
        let mut weighed = [0.0; COLUMNS];
        for (((weighed, words_of), letters_of), bias) in weighed.iter_mut().zip(by_words).zip(by_letters).zip(self.bias)
        {
            let sums = f64::from(words_of) / words + f64::from(letters_of) / letters;
            *weighed = UNIT * (sums + f64::from(bias));
        }
        weighed
    }

    /// Returns for each word of a sentence how much the traits that end with it weigh in one column, in [`UNIT`]s.
    #[must_use]
    pub fn of_each_word(&self, sentence: &Sentence<'_>, column: usize) -> Vec<i32> {
        let mut words = vec![0; sentence.tokens.len()];
        each_trait(sentence, |at, one| {
            let weight = self.by_trait.get(one).and_then(|row| row.get(column)).copied().unwrap_or_default();
            if let Some(word) = words.get_mut(at) {
                *word += i32::from(weight);
            }
        });
        words
    }

    fn of_letters(&self, letters: Letters) -> Option<&[i16; COLUMNS]> {
        let at = self.by_letters.binary_search_by_key(&letters, |(known, _)| *known).ok()?;
        self.by_letters.get(at).map(|(_, row)| row)
    }
}

fn sum<'r, const COLUMNS: usize>(rows: impl Iterator<Item = &'r [i16; COLUMNS]>) -> [i32; COLUMNS] {
    rows.fold([0; COLUMNS], |mut sums, row| {
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
        sums
    })
}

/// Parses a line: a name and the weights in its columns.
fn row<const COLUMNS: usize>(line: &str) -> Result<(&str, [i16; COLUMNS]), String> {
    let mut columns = line.split('\t');
    let name = columns.next().unwrap_or_default();
    let mut row = [0; COLUMNS];
    for (place, column) in columns.enumerate() {
        let place = row.get_mut(place).ok_or_else(|| format!("too many columns: {line}"))?;
        if !column.is_empty() {
            *place = column.parse().map_err(|_| format!("not a whole number: {line}"))?;
        }
    }
    Ok((name, row))
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    #[test]
    fn a_sentence_weighs_what_its_traits_weigh() {
        let (words, letters) = ("# words\n(bias)\t-4\nhit\t8\t\t2\n^ he\t4\n", "# letters\nhit\t5\ne_h\t-2\nxyz\t7\n");
        let weights: Weights<'_, 3> = Weights::read(words, letters).expect("they can be read");
        let weigh = |text: &str| weights.weigh(sentences(text).first().expect("a sentence"));
        // "he", "^ he", "hit", "he hit": four traits, of which two have a weight. "_he_hit_" is six times three letters
        // and five times four.
        let first = UNIT * (12.0 / 4f64.sqrt() + 3.0 / 11f64.sqrt() - 4.0);
        let expected = [first, 0.0, UNIT * 2.0 / 4f64.sqrt()];
        let weighed = weigh("He hit");
        assert!(weighed.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-9), "{weighed:?}");
        assert!((weigh("Tea")[0] + 1.0).abs() < 1e-9, "what is not known weighs nothing");
        assert_eq!(weights.of_each_word(sentences("He hit").first().expect("a sentence"), 0), [4, 8]);
        let read = |words, letters| Weights::<'_, 3>::read(words, letters).is_err();
        assert!(read("hit\t8", ""), "what a sentence without traits weighs is missing");
        let wrong = ["hit\tx", "hit\t1\t1\t1\t1"];
        assert!(wrong.iter().all(|line| Weights::<'_, 3>::read(&format!("(bias)\t-4\n{line}"), "").is_err()));
        assert!(["hit\tx", "hi\t4", "hitit\t4"].iter().all(|line| read(words, line)));
    }

    #[test]
    fn names_and_numbers_are_no_words() {
        let traits = traits_of(sentences("Nobody changed Mavis, 3 times?").first().expect("a sentence"));
        let all = ["nobodi chang", "nobodi _ @name", "@name", "@number", "^ nobodi", "?"];
        assert!(all.iter().all(|one| traits.contains(*one)), "{traits:?}");
        assert!(!traits.contains("mavi"));
    }
}

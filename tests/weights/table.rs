//! From examples to the texts of the files of weights.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cairn_core::language::{BIAS, Letters, UNIT, root_of};

use super::{Example, Subject};

/// Traits and letters that occur in this many examples or fewer are left out.
const RARE: usize = 3;
const RARE_LETTERS: usize = 7;
/// How many times as much a sentence that says a topic corrects the weights as one that does not: there are many more of
/// those.
const PULL: f64 = 5.0;

/// Examples with numbered traits, those of words first and then letters.
pub(super) struct Table<'a> {
    words: Vec<&'a str>,
    letters: Vec<Letters>,
    rows: Vec<Row>,
}

struct Row {
    class: Option<usize>,
    words: Group,
    letters: Group,
}

/// The traits of an example that are weighed together: their sum is divided by a root of their number.
struct Group {
    traits: Vec<usize>,
    root: f64,
}

/// What the traits of a row are separated by.
#[derive(Clone, Copy)]
enum By {
    Words,
    WordsAndLetters,
}

impl Row {
    fn groups(&self, by: By) -> impl Iterator<Item = &Group> {
        std::iter::once(&self.words).chain(matches!(by, By::WordsAndLetters).then_some(&self.letters))
    }
}

/// Returns what occurs in more than `rare` of some sets, sorted.
fn frequent<'a, T: Ord + 'a>(sets: impl Iterator<Item = &'a BTreeSet<T>>, rare: usize) -> Vec<&'a T> {
    let mut often: BTreeMap<&T, usize> = BTreeMap::new();
    for one in sets.flatten() {
        *often.entry(one).or_default() += 1;
    }
    often.into_iter().filter(|(_, times)| *times > rare).map(|(one, _)| one).collect()
}

impl<'a> Table<'a> {
    pub(super) fn of(examples: &'a [Example]) -> Self {
        let words = frequent(examples.iter().map(|example| &example.traits), RARE);
        let letters = frequent(examples.iter().map(|example| &example.letters), RARE_LETTERS);
        let row = |example: &Example| Row {
            class: example.class,
            words: Group {
                traits: example.traits.iter().filter_map(|one| words.binary_search(&one).ok()).collect(),
                root: root_of(example.traits.len()),
            },
            letters: Group {
                traits: (example.letters.iter().filter_map(|one| letters.binary_search(&one).ok()))
                    .map(|at| words.len() + at)
                    .collect(),
                root: root_of(example.letters.len()),
            },
        };
        let rows = examples.iter().map(row).collect();
        Self {
            rows,
            words: words.into_iter().map(String::as_str).collect(),
            letters: letters.into_iter().copied().collect(),
        }
    }

    /// Computes the weights that separate the rows for which `is` holds from the others, and the bias; a row for which it
    /// holds corrects them `pull` times as much. Uses only sums, products, quotients and roots, so that every machine gets
    /// the same result.
    fn learned(&self, by: By, pull: f64, of: impl Fn(&Row) -> bool, is: impl Fn(&Row) -> bool) -> (Vec<f64>, f64) {
        const ROUNDS: u32 = 20;
        /// By how much a weight shrinks when it is corrected. Of .0005 to .02, .01 heard most of unknown authors.
        const SHRINKS: f64 = 0.01;
        let mut order: Vec<&Row> = self.rows.iter().filter(|row| of(row)).collect();
        let number = self.words.len() + self.letters.len();
        let (mut weights, mut bias) = (vec![0.0; number], 0.0);
        let (mut sums, mut sum) = (vec![0.0; number], 0.0);
        let mut seed = 20_261_129_u64;
        for round in 0..ROUNDS {
            for at in (1..order.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(at, usize::try_from(seed >> 33).expect("31 bits") % (at + 1));
            }
            let rate = 1.0 / (1.0 + 0.3 * f64::from(round));
            for row in &order {
                let mut z = bias;
                for group in row.groups(by) {
                    z += group.traits.iter().filter_map(|one| weights.get(*one)).sum::<f64>() / group.root;
                }
                let side = if is(row) { 0.5 } else { -0.5 };
                // Rows that are separated by this margin need no correction.
                if side * z > 1.0 {
                    continue;
                }
                let slip = if side > 0.0 { side * pull } else { side };
                bias += 0.1 * rate * slip;
                for group in row.groups(by) {
                    for one in &group.traits {
                        if let Some(weight) = weights.get_mut(*one) {
                            *weight = *weight * (1.0 - SHRINKS * rate) + rate * slip / group.root;
                        }
                    }
                }
            }
            if 2 * round >= ROUNDS {
                sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
                sum += bias;
            }
        }
        let rounds = f64::from(ROUNDS / 2);
        (sums.into_iter().map(|sum| sum / rounds).collect(), sum / rounds)
    }

    /// Returns the weights and the bias of each column.
    fn columns(&self, subject: Subject) -> Vec<(Vec<f64>, f64)> {
        let classes = 0..subject.classes().len();
        match subject {
            Subject::Danger => {
                let danger = self.learned(By::WordsAndLetters, 1.0, |_| true, |row| row.class.is_some());
                let kind =
                    |kind| self.learned(By::Words, 1.0, |row| row.class.is_some(), move |row| row.class == Some(kind));
                std::iter::once(danger).chain(classes.map(kind)).collect()
            }
            Subject::Topics => classes
                .map(|topic| self.learned(By::WordsAndLetters, PULL, |_| true, move |row| row.class == Some(topic)))
                .collect(),
        }
    }

    /// Returns the texts of the two files.
    pub(super) fn files(&self, subject: Subject) -> [String; 2] {
        let columns = self.columns(subject);
        let (about, from) = subject.about();
        let learned = format!(
            "# In units of {UNIT}. Learned from {from} in tests/fixtures by tests/weights, which says how to make it again.\n"
        );
        let line = |text: &mut String, name: &str, weights: &mut dyn Iterator<Item = f64>| {
            let numbers: Vec<String> = weights.map(|weight| whole(weight / UNIT)).collect();
            if numbers.iter().any(|number| !number.is_empty()) {
                let _ = writeln!(text, "{}", format!("{name}\t{}", numbers.join("\t")).trim_end());
            }
        };
        let mut words =
            format!("# What a word or a pair of words (_ is any word between) weighs for {about}.\n{learned}");
        line(&mut words, BIAS, &mut columns.iter().map(|(_, bias)| *bias));
        for (at, name) in self.words.iter().enumerate() {
            line(&mut words, name, &mut columns.iter().filter_map(|(weights, _)| weights.get(at).copied()));
        }
        let mut letters = format!(
            "# What three or four letters in a row (_ is the gap between words, @ a name, 0 a number) weigh for {about}.\n{learned}"
        );
        for (name, at) in self.letters.iter().zip(self.words.len()..) {
            line(
                &mut letters,
                &name.to_string(),
                &mut columns.iter().filter_map(|(weights, _)| weights.get(at).copied()),
            );
        }
        [words, letters]
    }
}

/// Formats a whole number as in the file: empty for 0.
fn whole(value: f64) -> String {
    match format!("{:.0}", value.round()).as_str() {
        "0" | "-0" => String::new(),
        number => number.to_owned(),
    }
}

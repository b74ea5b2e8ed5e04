//! Computes the weights by which a sentence is detected as danger, from sentences of invented people, and tries them on
//! sentences that were not used to compute them.
//!
//! `CAIRN_BLESS=1 cargo test weights` rewrites the files after a sentence is added.

#![expect(clippy::print_stdout, reason = "the table of what was heard is there to be read")]
#![expect(clippy::disallowed_methods, reason = "the files of weights are read, and written anew on request")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use cairn_coach::language::{Sentence, sentences};
use cairn_coach::safeguarding::{BIAS, FOR, KINDS, Letters, UNIT, Weights, letters_of, root_of, traits_of};

const DANGER: &str = include_str!("../fixtures/danger.tsv");
const UNDERSTATED: &str = include_str!("../fixtures/understated.tsv");
const UNDERSTOOD: &str = include_str!("../fixtures/understood.tsv");
const ORDINARY: &str = include_str!("../fixtures/ordinary.txt");
const OF_WORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/safety/weights.tsv");
const OF_LETTERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/safety/letters.tsv");
/// Minimum shares in percent for sentences that the weights were not computed from: dangers detected, quiet sentences
/// left alone, detected dangers of the right kind. Patterns are excluded, because they were written for many of these
/// sentences.
const LEAST_HEARD: usize = 64;
const LEAST_LEFT: usize = 98;
const LEAST_RIGHT: usize = 89;
/// The same for dangers that are only hinted at, which people find hard too.
const LEAST_UNDERSTATED: usize = 33;
/// Minimum share of ordinary sentences left alone, in thousandths.
const LEAST_ORDINARY: usize = 987;
/// Number of parts of the sentences; each is tried with weights computed from the others.
const PARTS: usize = 5;
const FEWER_PARTS: usize = 3;

/// Traits and letters that occur in this many examples or fewer are left out.
const RARE: usize = 3;
const RARE_LETTERS: usize = 7;

/// An example: the kind of danger as an index into [`KINDS`], `None` if it is quiet, its traits and its letters.
struct Example {
    kind: Option<usize>,
    traits: BTreeSet<String>,
    letters: BTreeSet<Letters>,
}

/// Returns the lines of a file of sentences: `quiet` or a kind, and the words.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// A line of danger is one example, because only one of its sentences may express it; every sentence of a quiet line is
/// one.
fn examples<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Example> {
    let of = |(label, text): (&str, &str)| {
        let read = sentences(text);
        let example = |kind, read: &[Sentence<'_>]| Example {
            kind,
            traits: read.iter().flat_map(traits_of).collect(),
            letters: read.iter().flat_map(letters_of).collect(),
        };
        match KINDS.iter().position(|kind| *kind == label) {
            None if label != "quiet" => panic!("there is no kind of danger {label}"),
            None => read.chunks(1).map(|one| example(None, one)).collect(),
            kind => vec![example(kind, &read)],
        }
    };
    lines.flat_map(of).collect()
}

/// Sentences with strong words and sentences from texts about leadership; none of them means danger.
fn ordinary() -> impl Iterator<Item = (&'static str, &'static str)> {
    let strong = lines(UNDERSTOOD).filter_map(|(_, rest)| rest.split_once('\t')).map(|(_, words)| words);
    strong.chain(ORDINARY.lines().filter(|line| !line.starts_with('#'))).map(|words| ("quiet", words))
}

/// Examples with numbered traits, those of words first and then letters.
struct Table<'a> {
    words: Vec<&'a str>,
    letters: Vec<Letters>,
    rows: Vec<Row>,
}

struct Row {
    kind: Option<usize>,
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
    fn of(examples: &'a [Example]) -> Self {
        let words = frequent(examples.iter().map(|example| &example.traits), RARE);
        let letters = frequent(examples.iter().map(|example| &example.letters), RARE_LETTERS);
        let row = |example: &Example| Row {
            kind: example.kind,
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

    /// Computes the weights that separate the rows for which `is` holds from the others, and the bias. Uses only sums,
    /// products, quotients and roots, so that every machine gets the same result.
    fn learned(&self, by: By, of: impl Fn(&Row) -> bool, is: impl Fn(&Row) -> bool) -> (Vec<f64>, f64) {
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
                let slip = if is(row) { 0.5 } else { -0.5 };
                // Rows that are separated by this margin need no correction.
                if slip * z > 1.0 {
                    continue;
                }
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

    /// Returns the texts of the two files.
    fn files(&self) -> Files {
        let kinds = (0..KINDS.len())
            .map(|kind| self.learned(By::Words, |row| row.kind.is_some(), move |row| row.kind == Some(kind)));
        let danger = self.learned(By::WordsAndLetters, |_| true, |row| row.kind.is_some());
        let columns: Vec<(Vec<f64>, f64)> = std::iter::once(danger).chain(kinds).collect();
        let mut words = format!(
            "# What a word or a pair of words (_ is any word between) weighs for danger, and for being {}; in units of {UNIT}.\n{LEARNED}",
            KINDS.join(", ")
        );
        let line = |text: &mut String, name: &str, weights: &mut dyn Iterator<Item = f64>| {
            let numbers: Vec<String> = weights.map(|weight| whole(weight / UNIT)).collect();
            if numbers.iter().any(|number| !number.is_empty()) {
                let _ = writeln!(text, "{}", format!("{name}\t{}", numbers.join("\t")).trim_end());
            }
        };
        line(&mut words, BIAS, &mut columns.iter().map(|(_, bias)| *bias));
        for (at, name) in self.words.iter().enumerate() {
            line(&mut words, name, &mut columns.iter().filter_map(|(weights, _)| weights.get(at).copied()));
        }
        let mut letters = format!(
            "# What three or four letters in a row (_ is the gap between words, @ a name, 0 a number) weigh for danger; in units of {UNIT}.\n{LEARNED}"
        );
        let weights = columns.first().into_iter().flat_map(|(weights, _)| weights.iter().skip(self.words.len()));
        for (name, weight) in self.letters.iter().zip(weights) {
            line(&mut letters, &name.to_string(), &mut std::iter::once(*weight));
        }
        Files { words, letters }
    }
}

const LEARNED: &str = "# Learned from danger.tsv, understated.tsv, understood.tsv and ordinary.txt in tests/fixtures by tests/it/weights.rs, which says how to make it again.\n";

/// The texts of `weights.tsv` and `letters.tsv`.
struct Files {
    words: String,
    letters: String,
}

/// Formats a whole number as in the file: empty for 0.
fn whole(value: f64) -> String {
    match format!("{:.0}", value.round()).as_str() {
        "0" | "-0" => String::new(),
        number => number.to_owned(),
    }
}

#[test]
fn the_files_are_made_from_the_sentences() {
    let examples = examples(lines(DANGER).chain(lines(UNDERSTATED)).chain(ordinary()));
    let Files { words, letters } = Table::of(&examples).files();
    for (file, made) in [(OF_WORDS, words), (OF_LETTERS, letters)] {
        if std::env::var_os("CAIRN_BLESS").is_some() {
            fs::write(file, &made).expect("it can be written");
        }
        let kept = fs::read_to_string(file).expect("it is there");
        let first = made.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
        assert!(made == kept, "{file} is not what the sentences make: {first:?}; CAIRN_BLESS=1 makes it again");
    }
}

/// Results for lines that the weights were not computed from.
#[derive(Default)]
struct Fared {
    heard: usize,
    dangers: usize,
    /// Detected as the kind that they are.
    right: usize,
    left: usize,
    quiet: usize,
}

/// Tries each part of some lines with weights computed from the other parts and from `always`. Neighbouring lines were
/// often written by one person, so a part is a run of lines.
fn tried<'a>(all: &[(&'a str, &'a str)], parts: usize, always: &[(&'a str, &'a str)]) -> Fared {
    let mut fared = Fared::default();
    for part in 0..parts {
        let tried = part * all.len() / parts..(part + 1) * all.len() / parts;
        let others = all.iter().enumerate().filter(|(at, _)| !tried.contains(at)).map(|(_, line)| *line);
        let examples = examples(others.chain(always.iter().copied()));
        let Files { words, letters } = Table::of(&examples).files();
        let weights = Weights::read(&words, &letters).expect("they can be read");
        for (label, words) in all.get(tried).into_iter().flatten() {
            let weighed: Vec<_> = sentences(words).iter().map(|read: &Sentence<'_>| weights.weigh(read)).collect();
            let Some(most) = weighed.iter().max_by(|one, other| one.danger.total_cmp(&other.danger)) else { continue };
            let is_heard = most.danger > FOR;
            if *label == "quiet" {
                (fared.left, fared.quiet) = (fared.left + usize::from(!is_heard), fared.quiet + 1);
            } else {
                (fared.heard, fared.dangers) = (fared.heard + usize::from(is_heard), fared.dangers + 1);
                fared.right += usize::from(is_heard && most.concerns.first() == Some(label));
            }
        }
    }
    let Fared { heard, dangers, right, left, quiet } = &fared;
    println!(
        "never seen, by weights alone: {heard} of {dangers} heard, {right} of them as what they are; {left} of {quiet} left alone"
    );
    fared
}

#[test]
fn sentences_that_were_never_seen_are_heard_or_left_alone() {
    let (plain, understated): (Vec<_>, Vec<_>) = (lines(DANGER).collect(), lines(UNDERSTATED).collect());
    let ordinary: Vec<_> = ordinary().collect();
    let fared = tried(&plain, PARTS, &[understated.as_slice(), &ordinary].concat());
    assert!(fared.heard * 100 >= fared.dangers * LEAST_HEARD, "{} of {} heard", fared.heard, fared.dangers);
    assert!(fared.left * 100 >= fared.quiet * LEAST_LEFT, "{} of {} left alone", fared.left, fared.quiet);
    assert!(fared.right * 100 >= fared.heard * LEAST_RIGHT, "{} of {} as what they are", fared.right, fared.heard);
    let fared = tried(&understated, FEWER_PARTS, &[plain.as_slice(), &ordinary].concat());
    assert!(fared.heard * 100 >= fared.dangers * LEAST_UNDERSTATED, "{} of {} heard", fared.heard, fared.dangers);
    let fared = tried(&ordinary, FEWER_PARTS, &[plain.as_slice(), &understated].concat());
    assert!(fared.left * 1000 >= fared.quiet * LEAST_ORDINARY, "{} of {} left alone", fared.left, fared.quiet);
}

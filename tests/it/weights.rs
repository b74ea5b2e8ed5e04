//! Computes the weights by which a sentence is detected as danger, from sentences of invented people, and tries them on
//! sentences that were not used to compute them.
//!
//! `CAIRN_BLESS=1 cargo test weights` rewrites the file after a sentence is added.

#![expect(clippy::print_stdout, reason = "the table of what was heard is there to be read")]
#![expect(clippy::disallowed_methods, reason = "the file of weights is read, and written anew on request")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use cairn_coach::language::{Sentence, sentences};
use cairn_coach::safeguarding::{BIAS, FOR, KINDS, UNIT, Weights, traits_of};

const DANGER: &str = include_str!("../fixtures/danger.tsv");
const UNDERSTATED: &str = include_str!("../fixtures/understated.tsv");
const UNDERSTOOD: &str = include_str!("../fixtures/understood.tsv");
const ORDINARY: &str = include_str!("../fixtures/ordinary.txt");
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/safety/weights.tsv");
/// Minimum shares in percent for sentences that the weights were not computed from: dangers detected, quiet sentences
/// left alone, detected dangers of the right kind. Patterns are excluded, because they were written for many of these
/// sentences.
const LEAST_HEARD: usize = 44;
const LEAST_LEFT: usize = 97;
const LEAST_RIGHT: usize = 78;
/// The same for dangers that are only hinted at, which people find hard too.
const LEAST_UNDERSTATED: usize = 20;
/// Minimum share of ordinary sentences left alone, in thousandths.
const LEAST_ORDINARY: usize = 985;
/// Number of parts of the sentences; each is tried with weights computed from the others.
const PARTS: usize = 5;
const FEWER_PARTS: usize = 3;

/// An example: the kind of danger as an index into [`KINDS`], `None` if it is quiet, and its traits.
struct Example {
    kind: Option<usize>,
    traits: BTreeSet<String>,
}

/// Returns the lines of a file of sentences: `quiet` or a kind, and the words.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// A line of danger is one example, because only one of its sentences may express it; every sentence of a quiet line is
/// one.
fn examples<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Example> {
    let of = |(label, text): (&str, &str)| {
        let each = sentences(text).into_iter().map(|read| traits_of(&read));
        match KINDS.iter().position(|kind| *kind == label) {
            None if label != "quiet" => panic!("there is no kind of danger {label}"),
            None => each.map(|traits| Example { kind: None, traits }).collect(),
            kind => vec![Example { kind, traits: each.flatten().collect() }],
        }
    };
    lines.flat_map(of).collect()
}

/// Sentences with strong words and sentences from texts about leadership; none of them means danger.
fn ordinary() -> impl Iterator<Item = (&'static str, &'static str)> {
    let strong = lines(UNDERSTOOD).filter_map(|(_, rest)| rest.split_once('\t')).map(|(_, words)| words);
    strong.chain(ORDINARY.lines().filter(|line| !line.starts_with('#'))).map(|words| ("quiet", words))
}

/// Examples with numbered traits. Traits that occur in three examples or fewer are left out.
struct Table<'a> {
    names: Vec<&'a str>,
    rows: Vec<Row>,
}

struct Row {
    kind: Option<usize>,
    traits: Vec<usize>,
    root: f64,
}

impl<'a> Table<'a> {
    #[expect(clippy::cast_precision_loss, reason = "a sentence has few traits")]
    fn of(examples: &'a [Example]) -> Self {
        let mut often: BTreeMap<&str, usize> = BTreeMap::new();
        for one in examples.iter().flat_map(|example| &example.traits) {
            *often.entry(one).or_default() += 1;
        }
        let names: Vec<&str> = often.into_iter().filter(|(_, times)| *times > 3).map(|(name, _)| name).collect();
        let row = |example: &Example| Row {
            kind: example.kind,
            traits: example.traits.iter().filter_map(|one| names.binary_search(&one.as_str()).ok()).collect(),
            root: (example.traits.len().max(1) as f64).sqrt(),
        };
        let rows = examples.iter().map(row).collect();
        Self { names, rows }
    }

    /// Computes the weights that separate the rows for which `is` holds from the others, and the bias. Uses only sums,
    /// products, quotients and roots, so that every machine gets the same result.
    fn learned(&self, of: impl Fn(&Row) -> bool, is: impl Fn(&Row) -> bool) -> (Vec<f64>, f64) {
        const ROUNDS: u32 = 30;
        let mut order: Vec<&Row> = self.rows.iter().filter(|row| of(row)).collect();
        let (mut weights, mut bias) = (vec![0.0; self.names.len()], 0.0);
        let (mut sums, mut sum) = (vec![0.0; self.names.len()], 0.0);
        let mut seed = 20_261_129_u64;
        for round in 0..ROUNDS {
            for at in (1..order.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(at, usize::try_from(seed >> 33).expect("31 bits") % (at + 1));
            }
            let rate = 1.0 / (1.0 + 0.3 * f64::from(round));
            for row in &order {
                let z = bias + row.traits.iter().filter_map(|one| weights.get(*one)).sum::<f64>() / row.root;
                let goal = f64::from(u8::from(is(row)));
                // Rows that are separated by this margin need no correction.
                if (goal - 0.5) * z > 1.0 {
                    continue;
                }
                let slip = goal - 0.5;
                bias += 0.1 * rate * slip;
                for one in &row.traits {
                    if let Some(weight) = weights.get_mut(*one) {
                        *weight = *weight * (1.0 - 0.002 * rate) + rate * slip / row.root;
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

    /// Returns the text of the file.
    fn file(&self) -> String {
        let kinds =
            (0..KINDS.len()).map(|kind| self.learned(|row| row.kind.is_some(), move |row| row.kind == Some(kind)));
        let columns: Vec<(Vec<f64>, f64)> =
            std::iter::once(self.learned(|_| true, |row| row.kind.is_some())).chain(kinds).collect();
        let mut text = format!(
            "# What a word or a pair of words (_ is any word between) weighs for danger, and for being {}; in units of {UNIT}.\n\
             # Learned from danger.tsv, understated.tsv, understood.tsv and ordinary.txt in tests/fixtures by tests/it/weights.rs, which says how to make it again.\n",
            KINDS.join(", ")
        );
        let mut line = |name: &str, weights: &mut dyn Iterator<Item = f64>| {
            let numbers: Vec<String> = weights.map(|weight| whole(weight / UNIT)).collect();
            if numbers.iter().any(|number| !number.is_empty()) {
                let _ = writeln!(text, "{}", format!("{name}\t{}", numbers.join("\t")).trim_end());
            }
        };
        line(BIAS, &mut columns.iter().map(|(_, bias)| *bias));
        for (at, name) in self.names.iter().enumerate() {
            line(name, &mut columns.iter().filter_map(|(weights, _)| weights.get(at).copied()));
        }
        text
    }
}

/// Formats a whole number as in the file: empty for 0.
fn whole(value: f64) -> String {
    match format!("{:.0}", value.round()).as_str() {
        "0" | "-0" => String::new(),
        number => number.to_owned(),
    }
}

#[test]
fn the_file_is_made_from_the_sentences() {
    let examples = examples(lines(DANGER).chain(lines(UNDERSTATED)).chain(ordinary()));
    let made = Table::of(&examples).file();
    if std::env::var_os("CAIRN_BLESS").is_some() {
        fs::write(FILE, &made).expect("it can be written");
    }
    let kept = fs::read_to_string(FILE).expect("it is there");
    let first = made.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
    assert!(
        made == kept,
        "rules/safety/weights.tsv is not what the sentences make: {first:?}; CAIRN_BLESS=1 makes it again"
    );
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
        let text = Table::of(&examples).file();
        let weights = Weights::read(&text).expect("it can be read");
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

//! Search compared with its references, each pair alternating in one run: a plain substring scan of every record (the
//! lower bound) and a subsequence matcher over every record (what a fuzzy finder does). Medians of sums over whole sets
//! of typed queries.
//!
//! `cargo bench --bench search [-- LARGEST]`; the bars are those of the project's search budget.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]
#![expect(clippy::cast_precision_loss, reason = "counts and bytes as figures of a table")]

#[path = "measure.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod measure;
#[path = "synthetic.rs"]
mod synthetic;
#[path = "table.rs"]
mod table;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::ExitCode;

use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::search::Index;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use measure::{median, wall_ms, wanted, within};
use synthetic::{Record, first_ten_right, records};
use table::{Bar, Table};

/// Typed letter by letter; some contain typing errors.
const TYPED: [&str; 18] = [
    "listen",
    "co-production",
    "sharing power",
    "conflict",
    "conflcit",
    "delegating",
    "personal budget",
    "risk",
    "vison of the future",
    "small changes",
    "local politicians",
    "hosting",
    "red tape",
    "appreciative inquiry",
    "strengths based",
    "comunity",
    "feedback",
    "staff reflect",
];
/// Number of rows requested: one screen.
const ROWS: usize = 50;
const ROUNDS: usize = 7;

fn main() -> ExitCode {
    if !wanted() {
        return ExitCode::SUCCESS;
    }
    let largest = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let keystrokes = keystrokes();
    let mut table = Table::begin();
    small(&keystrokes, &mut table);
    let bars = [(1_000, 5.0, 1.0 / 20.0), (10_000, 3.0, 1.0 / 35.0), (100_000, 2.2, 1.0 / 55.0)];
    for (count, scan, naive) in bars.into_iter().filter(|(count, ..)| *count <= largest) {
        let all = records(count);
        let synonyms = load(&builtin_packs()).library.synonyms;
        let index = build(&all, &synonyms, &mut table);
        let texts: Vec<String> = all.iter().map(|record| record.text().to_lowercase()).collect();
        against_scan(&index, &texts, &keystrokes, Bar::AtMost(scan), &mut table);
        against_naive(&index, &texts, &keystrokes, Bar::AtMost(naive), &mut table);
        if count == 10_000 {
            // Without synonyms, which rightly return rows that do not contain the word.
            let plain = Index::build(all.iter().map(Record::document), &BTreeMap::new());
            let (exact, wrong) = first_ten_right(&all, &plain, 500);
            table.figure("exact words, % of the first ten rows right", exact, Bar::AtLeast(97.0));
            table.figure("mistyped words, % of the first ten rows right", wrong, Bar::AtLeast(95.0));
        }
    }
    table.end()
}

/// Returns every text that is in the search field while the queries are typed.
fn keystrokes() -> Vec<String> {
    let prefixes = |query: &str| (1..=query.chars().count()).map(|n| query.chars().take(n).collect()).collect();
    TYPED.iter().flat_map(|query| -> Vec<String> { prefixes(query) }).filter(|typed| !typed.ends_with(' ')).collect()
}

fn small(keystrokes: &[String], table: &mut Table) {
    let library = load(&builtin_packs()).library;
    let index = Index::of_library(&library);
    let texts: Vec<String> = library
        .behaviours
        .iter()
        .map(|b| format!("{b} {} {}", b.statement, b.keywords.join(" ")).to_lowercase())
        .collect();
    against_scan(&index, &texts, keystrokes, Bar::None, table);
    against_naive(&index, &texts, keystrokes, Bar::None, table);
}

fn build(all: &[Record], synonyms: &BTreeMap<String, Vec<String>>, table: &mut Table) -> Index {
    let times = (0..3).map(|_| wall_ms(|| Index::build(all.iter().map(Record::document), synonyms)));
    // The minimum of three runs, because other load on the machine only adds to the time.
    let time = times.fold(f64::MAX, f64::min);
    let index = Index::build(all.iter().map(Record::document), synonyms);
    let bytes = index.bytes() as f64 / all.len() as f64;
    let largest = all.len() == 100_000;
    let bar = |most| if largest { Bar::AtMost(most) } else { Bar::None };
    table.figure(&format!("search: index built, {} records", all.len()), time, bar(350.0));
    table.figure(&format!("search: index of {} records, bytes a record", all.len()), bytes, bar(300.0));
    index
}

fn against_scan(index: &Index, texts: &[String], keystrokes: &[String], bar: Bar, table: &mut Table) {
    let scan = |typed: &str| -> Vec<usize> {
        texts.iter().enumerate().filter(|(_, text)| text.contains(typed)).map(|(at, _)| at).collect()
    };
    let (spent, own) = compare(index, keystrokes, ROUNDS, |typed| drop(black_box(scan(typed))));
    table.ratio(&format!("search: keystroke, {} records / substring scan", texts.len()), spent, bar);
    let bar = if texts.len() == 100_000 { Bar::AtMost(16.0) } else { Bar::None };
    table.figure(&format!("search: keystroke, {} records: 99 % within", texts.len()), within(own, 99), bar);
}

fn against_naive(index: &Index, texts: &[String], keystrokes: &[String], bar: Bar, table: &mut Table) {
    let every = if texts.len() >= 100_000 { 12 } else { 1 };
    let rounds = if texts.len() >= 10_000 { 1 } else { 3 };
    let sample: Vec<String> = keystrokes.iter().step_by(every).cloned().collect();
    let matcher = SkimMatcherV2::default();
    let pass = |typed: &str| {
        let scored = texts.iter().enumerate().filter_map(|(at, text)| Some((matcher.fuzzy_match(text, typed)?, at)));
        let mut all: Vec<(i64, usize)> = scored.collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.truncate(ROWS);
        all
    };
    let (spent, _) = compare(index, &sample, rounds, |typed| drop(black_box(pass(typed))));
    table.ratio(&format!("search: keystroke, {} records / naive matcher pass", texts.len()), spent, bar);
}

/// Returns the milliseconds per keystroke of candidate and reference in the round with the median ratio, and the
/// candidate's minimum time for each keystroke.
fn compare(index: &Index, keystrokes: &[String], rounds: usize, reference: impl Fn(&str)) -> ((f64, f64), Vec<f64>) {
    let mut passes: Vec<(f64, f64)> = Vec::new();
    let mut own = vec![f64::MAX; keystrokes.len()];
    for _ in 0..rounds {
        let (mut ours, mut theirs) = (0.0, 0.0);
        for (typed, own) in keystrokes.iter().zip(&mut own) {
            let time = wall_ms(|| index.search(typed, ROWS));
            *own = own.min(time);
            ours += time;
            theirs += wall_ms(|| reference(typed));
        }
        passes.push((ours / keystrokes.len() as f64, theirs / keystrokes.len() as f64));
    }
    let middle = median(passes.iter().map(|(ours, theirs)| ours / theirs).collect());
    let spent = passes.into_iter().min_by(|a, b| {
        let far = |pass: &(f64, f64)| (pass.0 / pass.1 - middle).abs();
        far(a).total_cmp(&far(b))
    });
    (spent.unwrap_or((f64::NAN, f64::NAN)), own)
}

//! Search against its references, each pair interleaved in one run: a plain substring scan of every record (the floor)
//! and a subsequence matcher over every record (what a fuzzy finder does). Medians of sums over whole typed sets.
//!
//! `cargo bench --bench search [-- LARGEST]`; the bars are those of the project's search budget.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]
#![expect(clippy::cast_precision_loss, reason = "counts and bytes as figures of a table")]

#[path = "synthetic.rs"]
mod synthetic;
#[path = "table.rs"]
mod table;

use std::collections::BTreeMap;
use std::hint::black_box;

use cairn_coach::os::Stopwatch;
use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::search::Index;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use synthetic::{Record, first_ten_right, records};
use table::{Bar, Row, median, p99, print};

/// Typed letter by letter; some with slips of the finger.
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
/// Rows asked for: a screen.
const ROWS: usize = 50;
const ROUNDS: usize = 7;

fn main() {
    let largest = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let keystrokes = keystrokes();
    println!(
        "{} keystrokes, {ROUNDS} rounds, medians; times are of this machine, ratios are what counts",
        keystrokes.len()
    );
    small(&keystrokes);
    let bars = [(1_000, 5.0, 1.0 / 20.0), (10_000, 3.0, 1.0 / 35.0), (100_000, 2.2, 1.0 / 55.0)];
    for (count, scan, naive) in bars.into_iter().filter(|(count, ..)| *count <= largest) {
        let all = records(count);
        let synonyms = load(&builtin_packs()).library.synonyms;
        let mut rows = Vec::new();
        let index = build(&all, &synonyms, &mut rows);
        let texts: Vec<String> = all.iter().map(|record| record.text().to_lowercase()).collect();
        against_scan(&index, &texts, &keystrokes, Bar::AtMost(scan), &mut rows);
        against_naive(&index, &texts, &keystrokes, Bar::AtMost(naive), &mut rows);
        if count == 10_000 {
            // Without synonyms, which rightly bring rows that do not hold the word.
            let plain = Index::build(all.iter().map(Record::document), &BTreeMap::new());
            let (exact, wrong) = first_ten_right(&all, &plain, 500);
            rows.push(Row {
                what: "exact word, first ten rows right".into(),
                figure: exact,
                unit: "%",
                bar: Bar::AtLeast(97.0),
                note: String::new(),
            });
            rows.push(Row {
                what: "mistyped word, first ten rows right".into(),
                figure: wrong,
                unit: "%",
                bar: Bar::AtLeast(95.0),
                note: String::new(),
            });
        }
        print(&format!("{count} records"), &rows);
    }
}

/// Every text that stands in the search field while the queries are typed.
fn keystrokes() -> Vec<String> {
    let prefixes = |query: &str| (1..=query.chars().count()).map(|n| query.chars().take(n).collect()).collect();
    TYPED.iter().flat_map(|query| -> Vec<String> { prefixes(query) }).filter(|typed| !typed.ends_with(' ')).collect()
}

fn small(keystrokes: &[String]) {
    let library = load(&builtin_packs()).library;
    let index = Index::of_library(&library);
    let texts: Vec<String> = library
        .behaviours
        .iter()
        .map(|b| format!("{b} {} {}", b.statement, b.keywords.join(" ")).to_lowercase())
        .collect();
    let mut rows = Vec::new();
    against_scan(&index, &texts, keystrokes, Bar::None, &mut rows);
    against_naive(&index, &texts, keystrokes, Bar::None, &mut rows);
    print(&format!("built-in library, {} records", index.len()), &rows);
}

fn build(all: &[Record], synonyms: &BTreeMap<String, Vec<String>>, rows: &mut Vec<Row>) -> Index {
    let times =
        (0..3).map(|_| milliseconds(|| drop(black_box(Index::build(all.iter().map(Record::document), synonyms)))));
    // The least of three: others at work on the machine only add to it.
    let time = times.fold(f64::MAX, f64::min);
    let index = Index::build(all.iter().map(Record::document), synonyms);
    let bytes = index.bytes() as f64 / all.len() as f64;
    let length = all.iter().map(|record| record.text().len()).sum::<usize>() / all.len();
    let (time_bar, bytes_bar) =
        if all.len() == 100_000 { (Bar::AtMost(350.0), Bar::AtMost(300.0)) } else { (Bar::None, Bar::None) };
    rows.push(Row {
        what: "build".into(),
        figure: time,
        unit: "ms",
        bar: time_bar,
        note: format!("{} words", index.words()),
    });
    rows.push(Row {
        what: "index, a record".into(),
        figure: bytes,
        unit: "bytes",
        bar: bytes_bar,
        note: format!("of {length} bytes of text"),
    });
    index
}

fn against_scan(index: &Index, texts: &[String], keystrokes: &[String], bar: Bar, rows: &mut Vec<Row>) {
    let scan = |typed: &str| -> Vec<usize> {
        texts.iter().enumerate().filter(|(_, text)| text.contains(typed)).map(|(at, _)| at).collect()
    };
    let (ratio, own) = compare(index, keystrokes, ROUNDS, |typed| drop(black_box(scan(typed))));
    let note = format!("p50 {:.3} ms, p99 {:.3} ms", median(own.clone()), p99(own.clone()));
    rows.push(Row { what: "keystroke : substring scan".into(), figure: ratio, unit: "x", bar, note });
    if texts.len() == 100_000 {
        rows.push(Row {
            what: "keystroke, p99".into(),
            figure: p99(own),
            unit: "ms",
            bar: Bar::AtMost(16.0),
            note: String::new(),
        });
    }
}

fn against_naive(index: &Index, texts: &[String], keystrokes: &[String], bar: Bar, rows: &mut Vec<Row>) {
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
    let (ratio, _) = compare(index, &sample, rounds, |typed| drop(black_box(pass(typed))));
    let note = format!("1/{:.0}, {} keystrokes", 1.0 / ratio, sample.len());
    rows.push(Row { what: "keystroke : SkimMatcherV2 pass".into(), figure: ratio, unit: "x", bar, note });
}

/// Median over rounds of the ratio of sums, and the candidate's time for each keystroke in milliseconds, the least of
/// the rounds.
fn compare(index: &Index, keystrokes: &[String], rounds: usize, reference: impl Fn(&str)) -> (f64, Vec<f64>) {
    let mut ratios = Vec::new();
    let mut own = vec![f64::MAX; keystrokes.len()];
    for _ in 0..rounds {
        let (mut ours, mut theirs) = (0.0, 0.0);
        for (typed, own) in keystrokes.iter().zip(&mut own) {
            let time = milliseconds(|| drop(black_box(index.search(typed, ROWS))));
            *own = own.min(time);
            ours += time;
            theirs += milliseconds(|| reference(typed));
        }
        ratios.push(ours / theirs);
    }
    (median(ratios), own)
}

fn milliseconds(run: impl FnOnce()) -> f64 {
    let start = Stopwatch::start();
    run();
    start.elapsed().as_secs_f64() * 1000.0
}

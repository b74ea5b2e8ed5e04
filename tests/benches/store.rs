//! What a durable save costs: against the cheapest durable write there is, and with a hundred times as many answers
//! stored. Run with `cargo bench --bench store`; `TMPDIR` names the disk to measure.
//!
//! Candidates and references take turns, so that a disk that is slow for a while is slow for both, and medians are
//! compared. Of three passes the middle one counts.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]
#![expect(clippy::disallowed_methods, reason = "a disk is timed by the clock on the wall")]

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use cairn_coach::domain::{Answer, By, Rated, Reflection};
use cairn_coach::os::Clock;
use cairn_coach::store::Store;

/// Measured pairs in a pass, after some that are not counted.
const ROUNDS: usize = 200;
const WARM_UP: usize = 40;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<ExitCode> {
    println!("{:<44} {:>10} {:>10} {:>7} {:>6}", "what", "ms", "reference", "ratio", "bar");
    let kept = [against_the_disk()?, against_few()?];
    Ok(if kept.iter().all(|kept| *kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One save of an answer against overwriting 4 KiB and flushing them, in the same folder.
fn against_the_disk() -> Outcome<bool> {
    let folder = tempfile::tempdir()?;
    let mut store = filled(folder.path(), 100)?;
    let mut block = OpenOptions::new().create_new(true).write(true).open(folder.path().join("block"))?;
    overwrite(&mut block)?;
    let (save, write) = taking_turns(|| save(&mut store), || overwrite(&mut block))?;
    Ok(row("save an answer / 4 KiB write + fdatasync", save, write, 2.5))
}

/// One save with 10,000 answers stored against one with 100.
fn against_few() -> Outcome<bool> {
    let (many, few) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let mut many = filled(many.path(), 10_000)?;
    let mut few = filled(few.path(), 100)?;
    let (many_ms, few_ms) = taking_turns(|| save(&mut many), || save(&mut few))?;
    let before = Instant::now();
    let read = many.answers()?.len();
    let kept = row("save with 10,000 stored / with 100 stored", many_ms, few_ms, 1.2);
    println!("(reading all {read} answers with their reflections: {:.1} ms)", before.elapsed().as_secs_f64() * 1_000.0);
    Ok(kept)
}

/// Records with so many answers in them, as they are after the program was started again.
fn filled(dir: &Path, count: usize) -> Outcome<Store> {
    let answers: Vec<Answer> = (0..count).map(|number| answer(&format!("FC-{}", number % 12))).collect();
    let mut store = Store::open_or_create(dir, Arc::new(Clock::system()))?;
    store.save_answers(&answers)?;
    drop(store);
    Ok(Store::open_or_create(dir, Arc::new(Clock::system()))?)
}

fn save(store: &mut Store) -> Outcome<()> {
    store.save_answer(&answer("FL-5"), Some("reflect/FL-5"))?;
    Ok(())
}

fn overwrite(file: &mut File) -> Outcome<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&[7; 4096])?;
    file.sync_data()?;
    Ok(())
}

/// Medians in milliseconds of two things done in turn: the pass with the middle ratio of three.
fn taking_turns(
    mut candidate: impl FnMut() -> Outcome<()>,
    mut reference: impl FnMut() -> Outcome<()>,
) -> Outcome<(f64, f64)> {
    let mut passes = [(0.0, 0.0); 3];
    for pass in &mut passes {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..WARM_UP + ROUNDS {
            let (one, two) = (timed(&mut candidate)?, timed(&mut reference)?);
            if round >= WARM_UP {
                ours.push(one);
                theirs.push(two);
            }
        }
        *pass = (median(ours), median(theirs));
    }
    passes.sort_by(|one, two| (one.0 / one.1).total_cmp(&(two.0 / two.1)));
    Ok(passes[1])
}

fn timed(work: &mut impl FnMut() -> Outcome<()>) -> Outcome<f64> {
    let before = Instant::now();
    work()?;
    Ok(before.elapsed().as_secs_f64() * 1_000.0)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Prints a row and says whether the bar was kept.
fn row(what: &str, candidate_ms: f64, reference_ms: f64, bar: f64) -> bool {
    let ratio = candidate_ms / reference_ms;
    let kept = ratio <= bar;
    let word = if kept { "ok" } else { "OVER" };
    println!("{what:<44} {candidate_ms:>10.3} {reference_ms:>10.3} {ratio:>6.2}x {bar:>5.1}x {word}");
    kept
}

/// An answer as a person gives one, with two reflections of about sixty words.
fn answer(behaviour: &str) -> Answer {
    let text =
        "On Tuesday I asked the team how the rota could work for everybody and waited for their ideas. ".repeat(3);
    let reflection = |prompt: &str| Reflection { prompt: prompt.to_owned(), text: text.clone() };
    Answer {
        on: Clock::system().today(),
        id: String::new(),
        framework: "empowered-communities".to_owned(),
        edition: "1".to_owned(),
        behaviour: behaviour.to_owned(),
        by: By::Myself,
        rated: Rated::Value(3),
        importance: Some(2),
        reflections: vec![reflection("reflect"), reflection("evidence")],
        evidence: "The rota meeting.".to_owned(),
    }
}

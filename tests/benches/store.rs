//! The cost of a durable save: compared with the cheapest durable write, and with a hundred times as many answers
//! stored. Run with `cargo bench --bench store`; `TMPDIR` selects the disk.
//!
//! Candidate and reference alternate, so that a slow phase of the disk affects both, and medians are compared. The
//! middle one of three passes counts.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]

#[path = "measure.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod measure;
#[path = "table.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod table;

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use cairn_coach::domain::{Answer, Rated, Reflection};
use cairn_coach::os::Clock;
use cairn_coach::seal::{Passphrase, Secret};
use cairn_coach::store::{Opener, Store};

use measure::{Outcome, median, wall_ms, wanted};
use table::{Bar, Table};

/// Measured pairs per pass, after [`WARM_UP`] pairs that are not counted.
const ROUNDS: usize = 200;
const WARM_UP: usize = 40;

fn main() -> Outcome<ExitCode> {
    if !wanted() {
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::begin();
    against_the_disk(&mut table)?;
    against_an_append(&mut table)?;
    opening(&mut table)?;
    against_few(&mut table)?;
    Ok(table.end())
}

/// Compares one save of an answer with overwriting and flushing 4 KiB in the same folder.
fn against_the_disk(table: &mut Table) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut store = filled(folder.path(), 100)?;
    let mut block = OpenOptions::new().create_new(true).write(true).open(folder.path().join("block"))?;
    overwrite(&mut block)?;
    let spent = taking_turns(|| save(&mut store), || overwrite(&mut block))?;
    table.ratio("save an answer / 4 KiB write + fdatasync", spent, Bar::AtMost(2.5));
    Ok(())
}

/// Compares it with appending 4 KiB to a file and flushing that, which a program without a database would do.
fn against_an_append(table: &mut Table) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut store = filled(folder.path(), 100)?;
    let mut log = OpenOptions::new().create_new(true).append(true).open(folder.path().join("log"))?;
    let spent = taking_turns(|| save(&mut store), || append(&mut log))?;
    table.ratio("save an answer / 4 KiB append + fsync", spent, Bar::AtMost(1.5));
    Ok(())
}

/// Measures opening with a passphrase, which is slow on purpose, so that each guess is expensive. It must stay below
/// 1.5 seconds.
fn opening(table: &mut Table) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut store = filled(folder.path(), 100)?;
    let typed = Secret::new("four words of mine".to_owned());
    let set = wall_ms(|| store.set_passphrase(&Passphrase::typed(&typed), None));
    table.figure("set a passphrase, sealed and opened again to be sure", set, Bar::None);
    drop(store);
    let clock = || Arc::new(Clock::system());
    let opener = Opener::typed(&typed);
    let times = (0..5).map(|_| wall_ms(|| Store::open_with(folder.path(), clock(), &opener))).collect();
    table.figure("open with the passphrase, of which nearly all is scrypt", median(times), Bar::AtMost(1_500.0));
    Ok(())
}

fn append(file: &mut File) -> Outcome<()> {
    file.write_all(&[7; 4096])?;
    file.sync_all()?;
    Ok(())
}

/// Compares one save with 10,000 answers stored with one with 100.
fn against_few(table: &mut Table) -> Outcome<()> {
    let (many, few) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let mut many = filled(many.path(), 10_000)?;
    let mut few = filled(few.path(), 100)?;
    let spent = taking_turns(|| save(&mut many), || save(&mut few))?;
    table.ratio("save with 10000 stored / with 100 stored", spent, Bar::AtMost(1.2));
    let read = wall_ms(|| many.answers());
    table.figure("read some 10000 answers with their reflections", read, Bar::None);
    Ok(())
}

/// Creates records with `count` answers, reopened as after a restart of the program.
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

/// Returns the medians in milliseconds of two tasks that alternate, from the pass with the median ratio of three.
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
    let mut done = Ok(());
    let spent = wall_ms(|| done = work());
    done.map(|()| spent)
}

/// Returns a typical answer, with two reflections of about sixty words.
fn answer(behaviour: &str) -> Answer {
    let text =
        "On Tuesday I asked the team how the rota could work for everybody and waited for their ideas. ".repeat(3);
    let reflection = |prompt: &str| Reflection { prompt: prompt.to_owned(), text: text.clone() };
    Answer {
        framework: "empowered-communities".to_owned(),
        edition: "1".to_owned(),
        behaviour: behaviour.to_owned(),
        rated: Rated::Value(3),
        importance: Some(2),
        reflections: vec![reflection("reflect"), reflection("evidence")],
        evidence: "The rota meeting.".to_owned(),
        ..Answer::blank(Clock::system().today())
    }
}

//! The cost of a start in a pseudo-terminal, compared with the smallest ratatui program: time to the first frame, time
//! to the first search result, memory; and what the program does while idle. Run with `cargo bench --bench start`.
//!
//! Both programs are started alternately, each in a new pseudo-terminal of 100x30. Wall-clock time runs from the start
//! of the process to the bytes that complete the expected text, interpreted by a terminal emulator. «Searchable» is
//! what a user does: type `/` and a query on the first frame, and wait for the row that search ranks first. The
//! reference is always the first frame of the smallest program: this bench, run again with `--minimal`. Memory is the
//! resident memory that the system reports once the program is at rest; wake-ups are the voluntary context switches of
//! all its threads.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]
#![expect(clippy::cast_precision_loss, reason = "counts as figures of a table")]
#![expect(
    clippy::disallowed_methods,
    reason = "starts are timed by the wall, and what is read is the system's account"
)]

#[path = "measure.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod measure;
#[path = "running.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod running;
#[path = "synthetic.rs"]
#[expect(dead_code, reason = "only its records are used")]
mod synthetic;
#[path = "table.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use cairn_coach::desk::LoadedPacks;
use cairn_coach::domain::{Answer, Library, Rated, Reflection};
use cairn_coach::os::Clock;
use cairn_coach::pack::{builtin_packs, load};
use cairn_coach::search::Index;
use cairn_coach::store::Store;
use portable_pty::CommandBuilder;
use ratatui::widgets::Paragraph;

use measure::{Outcome, in_turns, wanted};
use running::Running;
use synthetic::records;
use table::{Bar, Table};

const ROUNDS: usize = 21;
/// The argument with which this bench runs as the smallest program.
const MINIMAL: &str = "--minimal";
const QUERY: &str = "red tape";
/// How long the program is idle while wake-ups are counted.
const REST: Duration = Duration::from_secs(5);

fn main() -> Outcome<ExitCode> {
    if std::env::args().any(|argument| argument == MINIMAL) {
        minimal()?;
        return Ok(ExitCode::SUCCESS);
    }
    if !wanted() {
        return Ok(ExitCode::SUCCESS);
    }
    let folder = tempfile::tempdir()?;
    let pack = folder.path().join("made");
    write_pack(&pack, 1_000)?;
    let (none, some) = (folder.path().join("none"), folder.path().join("some"));
    fill(&some, 1_000)?;

    let plain = Start { what: "built-in library", data: &none, pack: None };
    let answers = Start { what: "1000 answers stored", data: &some, pack: None };
    let packed = Start { what: "1000 behaviours more", data: &none, pack: Some(&pack) };
    let both = Start { what: "1000 more, 1000 answers", data: &some, pack: Some(&pack) };
    let mut table = Table::begin();
    for start in [&plain, &answers, &packed] {
        start.first_frame(&mut table)?;
    }
    let heap = folder.path().join("heap");
    fill(&heap, 100_000)?;
    Start { what: "100000 answers stored", data: &heap, pack: None }.beside(&plain, &mut table)?;
    for start in [&plain, &packed, &both] {
        start.searchable(&mut table)?;
    }
    for start in [&plain, &packed] {
        start.memory(&mut table)?;
    }
    both.idle(&mut table)?;
    Ok(table.end())
}

/// Runs the smallest program: takes over the terminal, draws one line, waits for a key, restores the terminal.
fn minimal() -> Outcome<()> {
    let mut terminal = ratatui::try_init()?;
    terminal.draw(|frame| frame.render_widget(Paragraph::new("Minimal"), frame.area()))?;
    crossterm::event::read()?;
    ratatui::try_restore()?;
    Ok(())
}

/// One way to start the program.
struct Start<'a> {
    what: &'a str,
    data: &'a Path,
    pack: Option<&'a Path>,
}

impl Start<'_> {
    fn run(&self) -> Outcome<Running> {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cairn"));
        command.arg("--data-dir");
        command.arg(self.data);
        if let Some(pack) = self.pack {
            command.arg("--pack");
            command.arg(pack);
        }
        Running::start(command)
    }

    fn first_frame(&self, table: &mut Table) -> Outcome<()> {
        let ours = || self.run()?.see("Cairn", "q");
        let spent = in_turns(ROUNDS, ours, smallest)?;
        table.ratio(&format!("start to first frame, {} / minimal", self.what), spent, Bar::AtMost(1.4));
        Ok(())
    }

    /// Compares the first frame of two starts.
    fn beside(&self, other: &Self, table: &mut Table) -> Outcome<()> {
        let first = |start: &Self| start.run()?.see("Cairn", "\u{11}");
        let spent = in_turns(ROUNDS, || first(self), || first(other))?;
        table.ratio(&format!("start to first frame, {} / none", self.what), spent, Bar::AtMost(1.2));
        Ok(())
    }

    fn searchable(&self, table: &mut Table) -> Outcome<()> {
        let first = format!("> {} ", self.first_found()?);
        let ours = || {
            let mut running = self.run()?;
            running.wait_for("Cairn")?;
            running.type_keys(&format!("/{QUERY}"))?;
            running.wait_for_all(&[QUERY, &first])?;
            let at = running.at;
            running.end("\u{11}")?;
            Ok(at)
        };
        let spent = in_turns(ROUNDS, ours, smallest)?;
        table.ratio(&format!("start to searchable, {} / minimal", self.what), spent, Bar::AtMost(3.0));
        Ok(())
    }

    /// Returns the code of the behaviour that search ranks first.
    fn first_found(&self) -> Outcome<String> {
        let folders: Vec<_> = self.pack.iter().map(|pack| pack.to_path_buf()).collect();
        let loaded = LoadedPacks::load(&folders);
        if let Some(fault) = loaded.errors().next() {
            return Err(format!("the pack does not load: {} ({})", fault.message, fault.place()).into());
        }
        let found = Index::of_library(&loaded.library).search(QUERY, 1);
        let behaviour = found.hits.first().and_then(|hit| loaded.library.behaviours.get(hit.record as usize));
        Ok(behaviour.ok_or("nothing is found")?.code.clone())
    }

    fn memory(&self, table: &mut Table) -> Outcome<()> {
        let ours = || {
            let mut running = self.run()?;
            running.wait_for("What matters now")?;
            running.rest()?;
            let resident = running.resident()?;
            running.end("q")?;
            Ok(resident)
        };
        let smallest = || {
            let mut running = Running::start(smallest_program()?)?;
            running.wait_for("Minimal")?;
            running.rest()?;
            let resident = running.resident()?;
            running.end("q")?;
            Ok(resident)
        };
        let spent = in_turns(5, ours, smallest)?;
        table.ratio(&format!("memory after start in MiB, {} / minimal", self.what), spent, Bar::AtMost(4.0));
        Ok(())
    }

    fn idle(&self, table: &mut Table) -> Outcome<()> {
        let mut running = self.run()?;
        running.wait_for("What matters now")?;
        running.rest()?;
        let before = running.wake_ups()?;
        std::thread::sleep(REST);
        let after = running.wake_ups()?;
        running.end("q")?;
        let a_second = after.saturating_sub(before) as f64 / REST.as_secs_f64();
        table.figure("wake-ups a second at rest, all threads", a_second, Bar::AtMost(0.0));
        Ok(())
    }
}

fn smallest_program() -> Outcome<CommandBuilder> {
    let mut command = CommandBuilder::new(std::env::current_exe()?);
    command.arg(MINIMAL);
    Ok(command)
}

fn smallest() -> Outcome<f64> {
    Running::start(smallest_program()?)?.see("Minimal", "q")
}

/// Writes a pack of generated behaviours, as an organisation would have it on disk.
fn write_pack(folder: &Path, count: usize) -> Outcome<()> {
    let made = records(count);
    let mut framework =
        "id = \"made\"\nedition = \"1\"\ntitle = \"Made up\"\nsummary = \"Made to be measured.\"\n".to_owned();
    let titles: BTreeSet<&str> = made.iter().map(|one| one.theme).collect();
    let codes: BTreeMap<&str, String> = titles.iter().zip(1..).map(|(title, at)| (*title, format!("T{at}"))).collect();
    for (title, code) in &codes {
        write!(framework, "\n[[theme]]\ncode = \"{code}\"\nid = \"{}\"\ntitle = \"{title}\"\n", code.to_lowercase())?;
    }
    for one in made {
        write!(
            framework,
            "\n[[behaviour]]\ncode = \"{}\"\ntheme = \"{}\"\ntitle = \"{}\"\nstatement = \"{}\"\nkeywords = {:?}\n",
            one.code, codes[one.theme], one.title, one.statement, one.keywords
        )?;
    }
    fs::create_dir(folder)?;
    fs::write(folder.join("framework.toml"), framework)?;
    fs::write(
        folder.join("pack.toml"),
        "id = \"made\"\nversion = \"1.0.0\"\ntitle = \"Made up\"\nlicence = \"MIT\"\nattribution = \"nobody\"\nsource = \"a bench\"\n\
         rules_api = \"1\"\n",
    )?;
    Ok(())
}

/// Writes records with `count` answers, each with a reflection of about forty words.
fn fill(folder: &Path, count: usize) -> Outcome<()> {
    let library: Library = load(&builtin_packs()).library;
    let clock = Arc::new(Clock::system());
    let today = clock.today();
    let text =
        "On Tuesday I asked the team how the rota could work for everybody and waited for their ideas. ".repeat(2);
    let answers: Vec<Answer> = (0..count)
        .map(|number| {
            let behaviour = &library.behaviours[number % library.behaviours.len()];
            let days = i64::try_from(number / 10).unwrap_or(0);
            Answer {
                framework: behaviour.framework.clone(),
                edition: "1".to_owned(),
                behaviour: behaviour.code.clone(),
                rated: Rated::Value(1 + i64::try_from(number % 4).unwrap_or(0)),
                importance: Some(1 + i64::try_from(number % 3).unwrap_or(0)),
                reflections: vec![Reflection { prompt: "reflect".to_owned(), text: text.clone() }],
                ..Answer::blank(today.checked_sub(jiff::Span::new().days(days)).unwrap_or(today))
            }
        })
        .collect();
    Store::open_or_create(folder, clock)?.save_answers(&answers)?;
    Ok(())
}

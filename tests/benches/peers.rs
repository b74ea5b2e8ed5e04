//! The first frame, the first one with all its content, the time from a key to its result, and memory at rest, compared
//! in one run with other programs: fzf, tui-journal and taskwarrior-tui, whichever are installed, and the smallest
//! ratatui program. Run with `cargo bench --bench peers`; programs that are not on the PATH are reported as skipped.
//!
//! Cairn's first frame accepts keys, and a query typed into Find is run as soon as the packs are loaded; «everything»
//! is the first screen with all its rows, which needs packs, rules and records. Of each other program one moment is
//! measured: a list of 65 lines in fzf, the empty journal, the empty list of tasks. The key is one that opens another
//! view or narrows the list, pressed when the program is at rest. Other programs are killed at the end.

#![expect(clippy::print_stdout, reason = "a benchmark's table is its result")]
#![expect(clippy::cast_precision_loss, reason = "counts as figures of a table")]
#![expect(clippy::disallowed_methods, reason = "starts are timed by the wall, and other programs are looked for")]

#[path = "measure.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod measure;
#[path = "running.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod running;
#[path = "table.rs"]
#[expect(dead_code, reason = "shared with the other benchmarks")]
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use portable_pty::CommandBuilder;
use ratatui::widgets::Paragraph;

use measure::{Outcome, in_turns, wanted};
use running::Running;
use table::{Bar, Table};

const ROUNDS: usize = 15;
/// The argument with which this bench runs as the smallest program.
const MINIMAL: &str = "--minimal";

fn main() -> Outcome<ExitCode> {
    if std::env::args().any(|argument| argument == MINIMAL) {
        let mut terminal = ratatui::try_init()?;
        terminal.draw(|frame| frame.render_widget(Paragraph::new("Minimal"), frame.area()))?;
        crossterm::event::read()?;
        ratatui::try_restore()?;
        return Ok(ExitCode::SUCCESS);
    }
    if !wanted() {
        return Ok(ExitCode::SUCCESS);
    }
    let home = tempfile::tempdir()?;
    let ours = Program::ours(home.path());
    let mut table = Table::begin();
    for peer in Program::peers(home.path())? {
        let name = peer.name;
        if let Err(error) = ours.beside(&peer, &mut table) {
            println!("{name} skipped: {error}");
        }
    }
    Ok(table.end())
}

/// A program to be started.
struct Program {
    name: &'static str,
    command: CommandBuilder,
    /// A text on the first frame that can be used.
    usable: &'static str,
    /// A key and the text that it makes visible; empty where there is none to compare.
    key: (&'static str, &'static str),
}

impl Program {
    fn ours(home: &Path) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cairn"));
        command.arg("--data-dir");
        command.arg(home.join("data"));
        command.env("HOME", home);
        Self { name: "cairn", command, usable: "Say where you lead from", key: ("/", "Reflect on it") }
    }

    /// Returns the programs that are installed, the smallest ratatui program first.
    fn peers(home: &Path) -> Outcome<Vec<Self>> {
        let mut minimal = CommandBuilder::new(std::env::current_exe()?);
        minimal.arg(MINIMAL);
        let mut peers = vec![Self { name: "minimal", command: minimal, usable: "Minimal", key: ("", "") }];
        let list = home.join("list");
        let lines: Vec<String> = (1..=65).map(|n| format!("line {n} of the list")).collect();
        std::fs::write(&list, lines.join("\n"))?;
        if let Some(fzf) = found("fzf") {
            let mut command = CommandBuilder::new("sh");
            command.args(["-c", "exec \"$0\" < \"$1\""]);
            command.args([&fzf, &list]);
            peers.push(Self { name: "fzf", command, usable: "65/65", key: ("7", " 6/65") });
        }
        if let Some(journal) = found("tjournal") {
            let mut command = CommandBuilder::new(journal);
            command.args(["-b", "json", "-j"]);
            command.arg(home.join("journal.json"));
            command.env("HOME", home);
            peers.push(Self { name: "tui-journal", command, usable: "Journals", key: ("?", "Keybindings") });
        }
        if let (Some(tasks), Some(_)) = (found("taskwarrior-tui"), found("task")) {
            std::fs::write(home.join(".taskrc"), "data.location=~/.task\nconfirmation=off\nnews.version=99\n")?;
            std::fs::create_dir_all(home.join(".task"))?;
            let mut command = CommandBuilder::new(tasks);
            command.env("HOME", home);
            command.env("TASKRC", home.join(".taskrc"));
            command.env("TASKDATA", home.join(".task"));
            peers.push(Self { name: "taskwarrior-tui", command, usable: "Calendar", key: ("?", "Keybindings") });
        }
        Ok(peers)
    }

    fn start(&self) -> Outcome<Running> {
        let mut running = Running::start(self.command.clone())?;
        running.wait_for(self.usable)?;
        Ok(running)
    }

    fn usable(&self) -> Outcome<f64> {
        let mut running = self.start()?;
        running.kill()?;
        Ok(running.at)
    }

    /// Returns the milliseconds from the key to its result, once the program is at rest.
    fn key(&self) -> Outcome<f64> {
        let mut running = self.start()?;
        running.rest()?;
        let before = running.elapsed();
        running.type_keys(self.key.0)?;
        running.wait_for(self.key.1)?;
        let spent = running.at - before;
        running.kill()?;
        Ok(spent)
    }

    fn memory(&self) -> Outcome<f64> {
        let mut running = self.start()?;
        running.rest()?;
        let resident = running.resident()?;
        running.kill()?;
        Ok(resident)
    }

    fn beside(&self, peer: &Self, table: &mut Table) -> Outcome<()> {
        let bar = Bar::AtMost(if peer.name == "minimal" { 1.5 } else { 1.0 });
        let frame = Self { usable: "Cairn", ..Self { command: self.command.clone(), ..*self } };
        let first = in_turns(ROUNDS, || frame.usable(), || peer.usable())?;
        table.ratio(&format!("start to first frame, cairn / {}", peer.name), first, bar);
        let all = in_turns(ROUNDS, || self.usable(), || peer.usable())?;
        table.ratio(&format!("start to everything, cairn / {}", peer.name), all, Bar::None);
        if !peer.key.0.is_empty() {
            let key = in_turns(7, || self.key(), || peer.key())?;
            table.ratio(&format!("a key until it is seen, cairn / {}", peer.name), key, Bar::AtMost(1.0));
        }
        let memory = in_turns(5, || self.memory(), || peer.memory())?;
        table.ratio(&format!("memory at rest in MiB, cairn / {}", peer.name), memory, Bar::None);
        Ok(())
    }
}

/// Returns the path of a program on the PATH; reports it as skipped if there is none.
fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let place = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    if place.is_none() {
        println!("{name} is not installed, and skipped");
    }
    place
}

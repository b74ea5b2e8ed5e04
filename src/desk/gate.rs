//! The gate: packs that nobody vouches for (not signed by a trusted key) are loaded by a worker first, a process of our
//! own program with little memory and time. What it reports is taken over; if it dies, hangs or says something that
//! cannot be read, the pack that did it is left out, and nothing happened to us.
//!
//! The worker is told of all packs that stand, because one may build on another; only if that goes wrong, one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::resolve::{layered, rules_of};
use super::sources::Source;
use crate::domain::{Fault, Severity};
use crate::os::{WorkerError, ask_worker, limit_self};
use crate::pack::{PackFiles, Signed, builtin_packs, load};
use crate::rules::RuleSet;

/// The argument that starts our program as the worker.
pub const WORKER: &str = "--rules-worker";
/// Most memory that the worker may fill, in bytes.
const MEMORY: u64 = 64 * 1024 * 1024;
/// Most memory that one file with rules may add there, in KiB: this is told with the place in the file.
const ROOM: u64 = 16 * 1024;
/// Seconds of the processor that it may use for each pack that nobody vouches for. One is the least that a system can be
/// told; without optimisation the packs in the binary alone take most of it.
const SECONDS: u64 = if cfg!(debug_assertions) { 4 } else { 1 };
/// How long it may take by the wall, which on a busy machine is longer, and without optimisation longer again.
const WAIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 12 } else { 4 });
/// More than all packs together have.
const MOST: u64 = 256 * 1024 * 1024;

/// A pack on its way to the worker.
#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    label: String,
    is_personal: bool,
    files: BTreeMap<String, String>,
}

/// A fault on its way back.
#[derive(Debug, Serialize, Deserialize)]
struct WireFault {
    is_error: bool,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    source_line: String,
    message: String,
    hint: String,
}

/// What the worker found in the rules.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    faults: Vec<WireFault>,
}

/// What came through the gate.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// What is wrong with the rules of those that went through.
    pub(super) faults: Vec<Fault>,
    /// The packs that did not, with the reason.
    pub(super) stopped: Vec<(String, Fault)>,
}

/// Whether a pack has to go through.
pub(super) fn is_suspect(source: &Source) -> bool {
    source.read.is_ok() && rules_of(source) > 0 && !matches!(source.signed, Signed::ByTrusted(_))
}

/// Has a worker load the packs.
pub(super) fn through(program: &Path, standing: &[Source]) -> Passed {
    let all: BTreeSet<&str> = standing.iter().map(|source| source.label.as_str()).collect();
    if let Ok(faults) = ask(program, standing, &all) {
        return Passed { faults, stopped: Vec::new() };
    }
    let vouched = standing.iter().filter(|source| !is_suspect(source));
    let mut good: BTreeSet<&str> = vouched.map(|source| source.label.as_str()).collect();
    let mut passed = Passed::default();
    for source in standing.iter().filter(|source| is_suspect(source)) {
        good.insert(&source.label);
        match ask(program, standing, &good) {
            Ok(faults) => passed.faults = faults,
            Err(error) => {
                good.remove(source.label.as_str());
                passed.stopped.push((source.label.clone(), stopped(&source.label, &error)));
            }
        }
    }
    passed
}

fn stopped(label: &str, error: &WorkerError) -> Fault {
    let message = format!("the pack was tried out in a process of its own, and {error}");
    let hint = match error {
        WorkerError::Start(_) => {
            "try again; where no process can be started, only packs signed by a key that you trust can be used: cairn pack trust KEY"
        }
        _ => "take out what is unusual in its rules, or ask whoever wrote it",
    };
    Fault::new(label, message, hint)
}

fn ask(program: &Path, standing: &[Source], which: &BTreeSet<&str>) -> Result<Vec<Fault>, WorkerError> {
    let packs: Vec<&Source> = standing.iter().filter(|source| which.contains(source.label.as_str())).collect();
    let packed = |source: &&Source| {
        let files = source.read.as_ref().ok().map(|folder| folder.pack.files.clone());
        Sent { label: source.label.clone(), is_personal: source.is_personal(), files: files.unwrap_or_default() }
    };
    let sent: Vec<Sent> = packs.iter().map(packed).collect();
    let input = serde_json::to_vec(&sent).map_err(|_| WorkerError::Died)?;
    let suspects = u64::try_from(packs.iter().filter(|source| is_suspect(source)).count().max(1)).unwrap_or(1);
    let said = ask_worker(program, &[WORKER, &(suspects * SECONDS).to_string()], input, WAIT)?;
    let answer: Answer = serde_json::from_slice(&said).map_err(|_| WorkerError::Died)?;
    Ok(answer.faults.into_iter().map(WireFault::fault).collect())
}

/// What the worker does: narrows itself, reads packs, loads them, answers. Their rules have less time than it has
/// (`rules::engine`); its own limit is for what that clock cannot stop. Gives whether it went well.
pub fn serve(seconds: u64, input: impl Read, mut output: impl Write) -> bool {
    if limit_self(MEMORY, seconds).is_err() {
        return false;
    }
    let Ok(sent) = serde_json::from_reader::<_, Vec<Sent>>(std::io::BufReader::new(input.take(MOST))) else {
        return false;
    };
    let personal: Vec<String> = sent.iter().filter(|sent| sent.is_personal).map(|sent| sent.label.clone()).collect();
    let others = sent.into_iter().map(|Sent { label, files, .. }| PackFiles { origin: label.clone(), label, files });
    let packs: Vec<PackFiles> = builtin_packs().into_iter().chain(others).collect();
    // What is wrong with their content is found again, and told, where they are loaded in earnest.
    let library = layered(load(&packs).library, |label| personal.iter().any(|own| own == label));
    let (_, faults) = RuleSet::load_within(&Arc::new(library), ROOM);
    let answer = Answer { faults: faults.into_iter().map(WireFault::of).collect() };
    serde_json::to_vec(&answer).is_ok_and(|bytes| output.write_all(&bytes).and_then(|()| output.flush()).is_ok())
}

impl WireFault {
    fn of(fault: Fault) -> Self {
        let Fault { severity, file, line, column, source_line, message, hint } = fault;
        Self { is_error: severity == Severity::Error, file, line, column, source_line, message, hint }
    }

    fn fault(self) -> Fault {
        let Self { is_error, file, line, column, source_line, message, hint } = self;
        let severity = if is_error { Severity::Error } else { Severity::Warning };
        Fault { severity, file, line, column, source_line, message, hint }
    }
}

//! The gate: packs that are not signed by a trusted key are first loaded by a worker, a process of this program with
//! limited memory and time. Its result is used; if it dies, hangs or returns something invalid, the pack that caused
//! this is left out and the main process is not affected.
//!
//! The worker gets all loaded packs at once, because one may depend on another, and one by one only if that fails.

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

/// The argument that starts this program as the worker.
pub const WORKER: &str = "--rules-worker";
/// Maximum memory of the worker in bytes.
const MEMORY: u64 = 64 * 1024 * 1024;
/// Maximum memory in KiB that one rule file may add in the worker; exceeding it is reported with the position in the
/// file.
const ROOM: u64 = 16 * 1024;
/// Processor time in seconds for each pack that has to pass the gate. One second is the smallest limit that the
/// operating system supports; without optimisation, the built-in packs alone take most of it.
const SECONDS: u64 = if cfg!(debug_assertions) { 4 } else { 1 };
/// Maximum elapsed time, which is longer on a busy machine and longer again without optimisation.
const WAIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 12 } else { 4 });
/// Maximum size of the input in bytes; all packs together are smaller.
const MOST: u64 = 256 * 1024 * 1024;

/// A pack sent to the worker.
#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    label: String,
    is_personal: bool,
    files: BTreeMap<String, String>,
}

/// A fault returned by the worker.
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

/// The worker's result.
#[derive(Debug, Serialize, Deserialize)]
struct GateReply {
    faults: Vec<WireFault>,
}

/// The result of the gate.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// Faults in the rules of the packs that passed.
    pub(super) faults: Vec<Fault>,
    /// Labels of the packs that did not pass, each with the reason.
    pub(super) stopped: Vec<(String, Fault)>,
}

/// Returns whether a pack has to pass the gate: it has rules and is not signed by a trusted key.
pub(super) fn is_suspect(source: &Source) -> bool {
    source.read.is_ok() && rules_of(source) > 0 && !matches!(source.signed, Signed::ByTrusted(_))
}

/// Lets a worker load the packs.
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
    let message = format!("the pack was tried in a process of its own, but {error}");
    let hint = match error {
        WorkerError::Start(_) => {
            "try again. If no process can start, only packs signed by a key that you trust work: cairn pack trust KEY"
        }
        _ => "remove what is unusual in its rules, or ask the person who wrote it",
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
    let answer: GateReply = serde_json::from_slice(&said).map_err(|_| WorkerError::Died)?;
    Ok(answer.faults.into_iter().map(WireFault::fault).collect())
}

/// Runs the worker: limits its own resources, reads packs, loads them and writes the result. Rules have less time than
/// the process (`rules::engine`); the limit of the process is for what that limit cannot stop. Returns whether it
/// succeeded.
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
    // Faults in other content are found again and reported when the main process loads the packs.
    let library = layered(load(&packs).library, |label| personal.iter().any(|own| own == label));
    let (_, faults) = RuleSet::load_within(&Arc::new(library), ROOM);
    let answer = GateReply { faults: faults.into_iter().map(WireFault::of).collect() };
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

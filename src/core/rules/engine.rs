//! The Rhai engine that runs scripts: built from an empty engine, with listed packages only and every limit set. The
//! limits and their gaps are described in RULES.md 2. Closures, `Fn`, `curry`, `eval` and `import`, with which hostile
//! scripts can crash or escape despite the limits, are disabled.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use rhai::packages::{ArithmeticPackage, BasicIteratorPackage, BasicStringPackage, LogicPackage, Package};
use rhai::{Array, Dynamic, Engine, ImmutableString, OptimizationLevel};

use super::api::register_all;
use super::build::Build;
use crate::os::{WorkWatch, resident_kib};

/// The processor time that scripts may use. Time that a busy machine gives to other processes is not counted, so that
/// the load of the machine does not decide which packs can be loaded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// For one file.
    pub(super) file: Duration,
    /// For all files of one pack: five hundred files that each used their full budget would hang the program.
    pub(super) pack: Duration,
}

impl Budget {
    /// For packs of other authors. They may run twice, in a process of their own and in this one, and both runs
    /// together must take less than a second. A debug build needs about as long for a million steps, and the operation
    /// count, not the clock, should be the limit that is reported.
    pub(super) const THEIRS: Self =
        Self { file: Duration::from_millis(300 * SLOWER), pack: Duration::from_millis(400 * SLOWER) };
    /// For built-in packs: their scripts are known to terminate, and a busy machine must not decide which rules are
    /// loaded.
    pub(super) const OURS: Self = Self { file: Duration::from_secs(30), pack: Duration::from_secs(120) };
}

/// Factor by which time budgets are extended in a debug build.
const SLOWER: u64 = if cfg!(debug_assertions) { 3 } else { 1 };
/// Maximum number of operations in one file. This limit normally applies first, because it is the same on every machine
/// (reaching it takes 30 ms on the development machine); the clock catches what the count cannot see.
const OPERATIONS: u64 = 1_000_000;
/// Message if the clock stopped a script.
pub(super) const OUT_OF_TIME: &str = "the script ran too long";
/// Maximum memory that the run of one file may add, in KiB. Rhai checks no limit when an element of a map is assigned
/// by index (RULES.md 2.1).
pub(super) const MEMORY: u64 = 24 * 1024;
/// Message if the memory limit stopped a script.
pub(super) const OUT_OF_ROOM: &str = "the script filled too much memory";
/// Message if the limit on printed text stopped a script.
pub(super) const OUT_OF_PAPER: &str = "the script printed more than 64 KiB";

/// Creates an engine whose functions write into `build`.
pub(super) fn engine(build: &Build) -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    engine.register_fn("len", |list: &mut Array| i64::try_from(list.len()).unwrap_or(i64::MAX));
    engine.register_fn("len", |text: ImmutableString| i64::try_from(text.chars().count()).unwrap_or(i64::MAX));
    engine.register_fn("lower", |text: ImmutableString| text.to_lowercase());
    engine.register_fn("contains", |text: ImmutableString, part: ImmutableString| text.contains(part.as_str()));

    for symbol in ["eval", "import", "export", "Fn", "curry", "call", "is_shared", "&&", "||"] {
        engine.disable_symbol(symbol);
    }
    engine.set_allow_anonymous_fn(false);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    engine.set_optimization_level(OptimizationLevel::Simple);
    engine.set_max_operations(OPERATIONS);
    engine.set_max_call_levels(16);
    engine.set_max_expr_depths(64, 24);
    engine.set_max_string_size(10_000);
    engine.set_max_array_size(1_000);
    engine.set_max_map_size(1_000);
    engine.set_max_variables(256);
    engine.set_max_functions(256);

    let printing = build.clone();
    engine.on_print(move |text| {
        printing.print(text);
    });
    let debugging = build.clone();
    engine.on_debug(move |text, _, _| {
        debugging.print(text);
    });
    register_all(&mut engine, build);
    engine
}

/// Starts the clock for the run of one file, which may add `room` KiB to the resident memory of the process. Returns
/// the counter of operations, which is up to date when the run has ended.
pub(super) fn start_clock(engine: &mut Engine, build: &Build, budget: Budget, room: u64) -> Rc<Cell<u64>> {
    let watch = WorkWatch::start();
    let printing = build.clone();
    // Each look is a read of a file of the system.
    let before = (room < u64::MAX).then(resident_kib).flatten();
    let steps = Rc::new(Cell::new(0));
    let counted = Rc::clone(&steps);
    engine.on_progress(move |operations| {
        counted.set(operations);
        if operations % 128 != 0 {
            return None;
        }
        if operations % 512 == 0
            && let (Some(before), Some(now)) = (before, resident_kib())
            && now.saturating_sub(before) > room
        {
            return Some(Dynamic::from(OUT_OF_ROOM));
        }
        if watch.elapsed() > budget.file {
            return Some(Dynamic::from(OUT_OF_TIME));
        }
        printing.print_is_full().then(|| Dynamic::from(OUT_OF_PAPER))
    });
    steps
}

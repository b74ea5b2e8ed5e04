//! The engine that scripts run in: built from nothing, with an allow-list of packages and every limit set. The limits and
//! the traps behind them are RULES.md 2: closures, `Fn`, `curry`, `eval` and `import` are what let hostile scripts crash
//! or escape in spite of limits, so they do not exist here.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use rhai::packages::{ArithmeticPackage, BasicIteratorPackage, BasicStringPackage, LogicPackage, Package};
use rhai::{Array, Dynamic, Engine, ImmutableString, OptimizationLevel};

use super::api::register_all;
use super::build::Build;
use crate::os::{WorkWatch, resident_kib};

/// How long scripts may be at work: time that a busy machine gives to others does not count, so that it does not decide
/// which packs there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// For one file.
    pub(super) file: Duration,
    /// For all files of one pack: five hundred files that each use up their own time would hang the program.
    pub(super) pack: Duration,
}

impl Budget {
    /// For packs of others. They may run twice, in a process of their own and here, and both together in less than a
    /// second. Without optimisation a million steps take as long as that, and the count is to be the limit that is told.
    pub(super) const THEIRS: Self =
        Self { file: Duration::from_millis(300 * SLOWER), pack: Duration::from_millis(400 * SLOWER) };
    /// For the packs in the binary: their scripts are known to end, and a busy machine must not decide which rules there
    /// are.
    pub(super) const OURS: Self = Self { file: Duration::from_secs(30), pack: Duration::from_secs(120) };
}

/// How much more time a program without optimisation gives.
const SLOWER: u64 = if cfg!(debug_assertions) { 3 } else { 1 };
/// Most operations of one file. This is the limit that counts, because it is the same on every machine (it takes 30 ms
/// where this was written); the clock is for what the count cannot see.
const OPERATIONS: u64 = 1_000_000;
/// What `on_progress` says when the clock, and not the count, stopped a script.
pub(super) const OUT_OF_TIME: &str = "the script ran too long";
/// Most memory that one file's run may add, in KiB. Rhai checks no limit when a map is assigned by index (RULES.md 2.1).
pub(super) const MEMORY: u64 = 24 * 1024;
/// What it says when memory stopped it.
pub(super) const OUT_OF_ROOM: &str = "the script filled too much memory";
/// What it says when printing stopped it.
pub(super) const OUT_OF_PAPER: &str = "the script printed more than 64 KiB";

/// An engine whose API writes into `build`.
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

/// Starts the clock of one file's run, which may add `room` KiB to what the process holds. Gives the number of steps that
/// were begun, which is up to date when the run has ended.
pub(super) fn start_clock(engine: &mut Engine, build: &Build, budget: Budget, room: u64) -> Rc<Cell<u64>> {
    let watch = WorkWatch::start();
    let printing = build.clone();
    let before = resident_kib();
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

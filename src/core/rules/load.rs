//! Loads rules. Every file runs once, in isolation, in a worker thread with its own stack; a file that fails is
//! reported and the others are still loaded. The result is plain data.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use rhai::{AST, Engine, Position};

use super::build::{Build, Building, MOST_RULES};
use super::cond::Cond;
use super::declare::Rule;
use super::doc::RuleDoc;
use super::engine::{Budget, MEMORY, engine, start_clock};
use super::evaluate::truth;
use super::facts::Facts;
use super::hints::{parse_fault, place_of, run_fault};
use super::overrides;
use super::program::Program;
use crate::domain::{Fault, Library, RuleFile, Truth};
use crate::os::WorkWatch;

/// Stack size of every thread that reads or evaluates rules, in bytes. The engine's depth limits were measured with it
/// (RULES.md 2.1).
pub const STACK: usize = 4 * 1024 * 1024;

/// All valid rules, ordered by layer, file and line. Clones share the rules.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Arc<Vec<Rule>>,
    docs: Arc<BTreeMap<String, RuleDoc>>,
    printed: String,
    /// All conditions in flat form; `None` in a set with tentatively changed conditions.
    program: Option<Arc<Program>>,
    /// Present ids, by former id.
    renamed: BTreeMap<String, String>,
}

impl RuleSet {
    /// Runs the rule files of a library and returns the rules and all faults.
    ///
    /// # Panics
    /// Never: the worker thread catches panics, and failure to start it is reported as a fault.
    #[must_use]
    pub fn load(library: &Arc<Library>) -> (Self, Vec<Fault>) {
        // Memory allocated by other threads in the meantime is counted as if the script had allocated it.
        Self::load_within(library, MEMORY)
    }

    /// Runs the rule files in a process that does nothing else. Each file may add at most `room` KiB of resident memory.
    #[must_use]
    pub fn load_within(library: &Arc<Library>, room: u64) -> (Self, Vec<Fault>) {
        let work = {
            let library = Arc::clone(library);
            move || run_all(&library, room)
        };
        let worker = std::thread::Builder::new().name("rules".to_owned()).stack_size(STACK).spawn(work);
        match worker.map(std::thread::JoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => (Self::default(), vec![broken("the rules stopped the program that reads them")]),
            Err(error) => (Self::default(), vec![broken(&format!("there is no room to read the rules: {error}"))]),
        }
    }

    /// Returns the rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns a rule by its id, or by an id that it had before it was renamed.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let id = self.renamed.get(id).map_or(id, String::as_str);
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Evaluates the condition of every rule for one person, in the order of the rules. Disabled rules are included.
    #[must_use]
    pub fn truths(&self, facts: &Facts<'_>) -> Vec<Truth> {
        match &self.program {
            Some(program) => program.truths(facts),
            None => self.rules.iter().map(|rule| truth(&rule.when, facts)).collect(),
        }
    }

    /// Returns a copy in which some rules, given by index, have another condition. Used to try out changes.
    #[must_use]
    pub(super) fn with(&self, new: &[(usize, Arc<Cond>)]) -> Self {
        let mut set = Self { program: None, ..self.clone() };
        let rules = Arc::make_mut(&mut set.rules);
        for (at, cond) in new {
            rules[*at].when = Arc::clone(cond);
        }
        set
    }

    /// Returns the explanation at the head of the rule's file.
    #[must_use]
    pub fn doc(&self, rule: &Rule) -> Option<&RuleDoc> {
        self.docs.get(rule.at.file.as_ref())
    }

    /// Returns what the scripts printed, for `rules check`.
    #[must_use]
    pub fn printed(&self) -> &str {
        &self.printed
    }
}

fn broken(message: &str) -> Fault {
    Fault::new(
        "rules",
        message,
        "report this with the pack that caused it. Other suggestions are not available until \
        then",
    )
}

fn run_all(library: &Arc<Library>, room: u64) -> (RuleSet, Vec<Fault>) {
    let build = Build::new(Arc::clone(library));
    let mut set = RuleSet { renamed: library.renamed.clone(), ..RuleSet::default() };
    let (mut faults, mut overrides) = (Vec::new(), Vec::new());
    let mut files: Vec<&RuleFile> = library.rule_files.iter().collect();
    files.sort_by(|a, b| a.layer.cmp(&b.layer).then_with(|| a.name.cmp(&b.name)));
    let mut spent: BTreeMap<&str, Duration> = BTreeMap::new();
    for file in files {
        let pack = spent.entry(&file.pack).or_default();
        let ours = library.packs.iter().any(|info| info.id == file.pack && info.is_built_in());
        let budget = if ours { Budget::OURS } else { Budget::THEIRS };
        // Memory used by other threads must not decide which built-in rules are loaded.
        let room = if ours { u64::MAX } else { room };
        let budget = Budget { file: budget.file.min(budget.pack.saturating_sub(*pack)), ..budget };
        if budget.file.is_zero() {
            let message = "the rules of this pack take too long to run, so Cairn did not read this file";
            faults.push(Fault::new(&file.name, message, "fix the files before it first"));
            continue;
        }
        let watch = WorkWatch::start();
        let done = catch_unwind(AssertUnwindSafe(|| run_file(&build, file, budget, room)));
        let done = done.unwrap_or_else(|_| Building {
            faults: vec![Fault::new(&file.name, "the script broke the engine", "remove what is unusual in it")],
            ..Building::default()
        });
        *pack += watch.elapsed();
        faults.extend(done.faults);
        set.printed.push_str(&done.printed);
        let doc = RuleDoc::read(&file.text);
        let missing = doc.missing();
        if !missing.is_empty() && !done.rules.is_empty() {
            let message = format!("the explanation at the top of the file does not have: {}", missing.join(", "));
            let hint = "start the file with lines like //! # What it notices";
            faults.push(Fault::new(&file.name, message, hint).warning().at(&file.text, 1, None));
        }
        Arc::make_mut(&mut set.docs).insert(file.name.clone(), doc);
        for rule in done.rules {
            add(&mut set, rule, file, &mut faults);
        }
        overrides.extend(done.overrides);
    }
    let rules = Arc::make_mut(&mut set.rules);
    overrides::apply(rules, overrides, library, &mut faults);
    // All copies are made before the originals are dropped: memory freed in between would be reused and scatter them
    // again.
    let packed: Vec<Arc<Cond>> = rules.iter().map(|rule| rule.when.packed()).collect();
    rules.iter_mut().zip(packed).for_each(|(rule, when)| rule.when = when);
    set.program = Some(Arc::new(Program::of(rules.iter().map(|rule| rule.when.as_ref()))));
    (set, faults)
}

/// Adds a rule unless its id is taken, in which case the fault names both positions.
fn add(set: &mut RuleSet, rule: Rule, file: &RuleFile, faults: &mut Vec<Fault>) {
    let in_pack = set.rules.iter().filter(|other| other.pack == rule.pack).count();
    if in_pack >= MOST_RULES {
        let message = format!("the pack has more than {MOST_RULES} rules, so \"{}\" is left out", rule.id);
        faults.push(Fault::new(&file.name, message, "split the pack").at(&file.text, rule.at.line, None));
        return;
    }
    if let Some(first) = set.rules.iter().find(|other| other.id == rule.id) {
        let message = format!("the rule \"{}\" is declared twice. The first is at {}", rule.id, first.at);
        let hint = if first.pack == rule.pack {
            "give one of them another id".to_owned()
        } else {
            format!("give it another id, or write replace(\"{}\", #{{ … }}) to use yours instead", rule.id)
        };
        let fault = Fault::new(&file.name, message, hint);
        faults.push(fault.at(&file.text, rule.at.line, Some(rule.at.column)));
        return;
    }
    Arc::make_mut(&mut set.rules).push(rule);
}

fn run_file(build: &Build, file: &RuleFile, budget: Budget, room: u64) -> Building {
    build.begin(file);
    // A new engine for every file takes 0.1 ms and ensures that no file inherits the clock of another.
    let mut engine = engine(build);
    let steps = start_clock(&mut engine, build, budget, room);
    match engine.compile(&file.text) {
        Err(error) => build.with(|state| state.faults.push(parse_fault(file, &error))),
        Ok(mut ast) => {
            ast.set_source(file.name.clone());
            for function in ast.iter_functions() {
                if super::api::api().iter().any(|entry| entry.name == function.name) {
                    let message =
                        format!("the script defines a function \"{}\", which would hide one of Cairn's", function.name);
                    build.with(|state| {
                        let fault = Fault::new(&file.name, message, "give your function another name");
                        state.faults.push(fault);
                    });
                }
            }
            if build.with(|state| state.faults.is_empty())
                && let Err(error) = engine.run_ast(&ast)
            {
                let mut done = build.end();
                let at = place_of(&error).or_else(|| before(&mut engine, build, file, &ast, steps.get()));
                done.faults.push(run_fault(file, &error, at.unwrap_or(Position::NONE)));
                return done;
            }
        }
    }
    build.end()
}

/// Returns the position just before the operation at which a script was stopped, because Rhai gives no position for an
/// operation inside a list or a map (`m[k]`). The script is run again with a lower operation limit; it behaves
/// identically, because nothing in a script depends on time or chance. What the second run declares is discarded.
fn before(engine: &mut Engine, build: &Build, file: &RuleFile, ast: &AST, steps: u64) -> Option<Position> {
    engine.on_progress(|_| None);
    [1, 2, 8, 64].iter().find_map(|back| {
        // The operation after the last allowed one fails. A limit of 0 would mean no limit.
        engine.set_max_operations(steps.saturating_sub(back + 1).max(1));
        build.begin(file);
        let place = engine.run_ast(ast).err().and_then(|error| place_of(&error));
        build.end();
        place
    })
}

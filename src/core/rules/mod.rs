//! The rules engine, and the only module that uses Rhai.
//!
//! A pack's scripts run once, when the pack is loaded, in an engine that allows only listed functions. Their result is
//! data: trees of conditions in which every leaf records its `file:line:column`. Rust evaluates the trees, so no code
//! from a pack runs while a person answers, and every piece of advice can be explained.
//!
//! Scripts only declare rules. Ranking, removal of duplicates and layering of packs are done by the program.

mod advise;
mod api;
mod build;
mod case_file;
mod case_short;
mod cases;
mod cond;
mod coverage;
mod declare;
mod doc;
mod engine;
mod evaluate;
mod explain;
mod fact;
mod facts;
mod hints;
mod in_words;
mod lint;
mod load;
mod mutate;
mod named;
mod operators;
mod overrides;
mod program;
mod range;
mod readable;
mod sight;
mod spare;
mod stems;
mod why_not;
mod wording;

pub use advise::{MOST_SHOWN, advise, advise_beside};
pub use api::{ApiEntry, ApiKind, api};
pub use case_file::read_cases;
pub use cases::{Case, CaseFailure, CaseOutcome, run_case};
pub use cond::{Cond, Leaf, Span};
pub use coverage::{Coverage, LeafCovered, RuleCovered, percent};
pub use declare::{Rule, Template};
pub use doc::{HEADINGS, RuleDoc};
pub use evaluate::truth;
pub use explain::{explained, leaves_seen, looked_at};
pub use fact::{Arithmetic, Decimal, Fact, InPlan, Operator, Several, Test};
pub use facts::{Facts, Quote, Sought};
pub use in_words::in_words;
pub use lint::lint_rules;
pub use load::{RuleSet, STACK};
pub use mutate::{Mutant, mutants};
pub use overrides::RuleChange;
pub use why_not::{WhyNot, came_close, why_not};

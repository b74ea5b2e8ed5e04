//! The rules: the only place that knows Rhai. A pack's scripts run once, at load, in an allow-listed engine; what they
//! leave behind is data: condition trees whose every leaf knows `file:line:column`. Rust evaluates the trees, so nothing
//! from a pack runs while a person is answering, and every piece of advice can say why.
//!
//! Ranking, de-duplication and layering belong to the host; scripts only declare.

mod advise;
mod api;
mod build;
mod cases;
mod cond;
mod declare;
mod doc;
mod engine;
mod evaluate;
mod explain;
mod facts;
mod hints;
mod load;
mod named;
mod operators;
mod why_not;

pub use advise::{Ruling, advise};
pub use api::{ApiEntry, ApiKind, api};
pub use cases::{Case, CaseFailure, CaseOutcome, read_cases, run_case};
pub use cond::{Cond, Fact, Leaf, Operator, Span, Test};
pub use declare::{Rule, Template};
pub use doc::{HEADINGS, RuleDoc};
pub use evaluate::truth;
pub use explain::{explained, leaves_seen, looked_at};
pub use facts::{Facts, Quote, Sought};
pub use load::RuleSet;
pub use why_not::{WhyNot, came_close, why_not};

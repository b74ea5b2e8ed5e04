//! Rules tested by reading matter: a case is a short story, the answers of one person, and what must and must not come of
//! it. A failure shows the conditions of the rule, needed and seen. [`case_file`](super::case_file) reads them.

use super::advise::advise;
use super::evaluate::truth;
use super::explain::{explained, leaves_seen};
use super::facts::Facts;
use super::load::RuleSet;
use crate::domain::{LeafSeen, Library, Profile, Story, Truth};

/// One story, understood.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it tells.
    pub name: String,
    /// `file:line`.
    pub at: String,
    /// Everything the person said and did.
    pub story: Story,
    /// The same as the rules see it.
    pub profile: Profile,
    /// Rules that must speak.
    pub fires: Vec<String>,
    /// Rules that must not.
    pub silent: Vec<String>,
    /// The first activities, in order.
    pub top: Vec<String>,
    /// Activities that must not be shown.
    pub never: Vec<String>,
    /// Rule and words that its sentence must hold.
    pub because: Vec<(String, String)>,
}

/// How a case came out.
#[derive(Debug, Clone)]
pub struct CaseOutcome {
    /// What it tells.
    pub name: String,
    /// `file:line`.
    pub at: String,
    /// What was not as expected; empty if all was.
    pub failures: Vec<CaseFailure>,
}

/// One expectation that was not met.
#[derive(Debug, Clone)]
pub struct CaseFailure {
    /// What was expected and what came, as a sentence.
    pub message: String,
    /// The conditions of the rule it is about, needed and seen; empty where it is about none.
    pub leaves: Vec<LeafSeen>,
}

/// Asks the rules about a case and compares.
#[must_use]
pub fn run_case(case: &Case, library: &Library, set: &RuleSet) -> CaseOutcome {
    let facts = Facts::new(library, &case.profile);
    let advised = advise(set, library, &case.profile);
    let mut failures = Vec::new();
    let mut fail = |message: String, leaves: Vec<LeafSeen>| failures.push(CaseFailure { message, leaves });
    for (ids, wanted) in [(&case.fires, true), (&case.silent, false)] {
        for rule in ids.iter().filter_map(|id| set.rule(id)) {
            let outcome = truth(&rule.when, &facts);
            if (outcome == Truth::Yes && rule.is_on()) != wanted {
                let verb = if wanted { "must speak" } else { "must be silent" };
                let off = rule.off.as_ref().map_or(String::new(), |why| format!("; it is {why}"));
                let message = format!("{} {verb}, and its condition is: {}{off}", rule.id, outcome.word());
                fail(message, leaves_seen(&rule.when, &facts));
            }
        }
    }
    for (id, words) in &case.because {
        let Some(rule) = set.rule(id) else { continue };
        let (reason, _) = explained(rule, &facts);
        if !reason.because.contains(words.as_str()) {
            fail(format!("{id} must say \u{ab}{words}\u{bb}, and says: {}", reason.because), Vec::new());
        }
    }
    let shown: Vec<&str> = advised.shown.iter().map(|advice| advice.activity.as_str()).collect();
    let first: Vec<&str> = shown.iter().copied().take(case.top.len()).collect();
    if first != case.top {
        fail(format!("first must come {}, and these came: {}", case.top.join(", "), shown.join(", ")), Vec::new());
    }
    for id in case.never.iter().filter(|id| shown.contains(&id.as_str())) {
        fail(format!("{id} must not be shown, and is"), Vec::new());
    }
    CaseOutcome { name: case.name.clone(), at: case.at.clone(), failures }
}

//! Test cases for rules. A case is a short story, the answers of one person, and lists what the rules must and must not
//! do with it. A failure shows the conditions of the rule with what they needed and what they saw.
//! [`case_file`](super::case_file) reads the files.

use super::advise::advise;
use super::evaluate::truth;
use super::explain::{explained, leaves_seen};
use super::facts::Facts;
use super::load::RuleSet;
use crate::domain::{LeafSeen, Library, Profile, Story, Truth};

/// A test case, read and checked.
#[derive(Debug, Clone)]
pub struct Case {
    /// Name of the case.
    pub name: String,
    /// Position, in the form `file:line`.
    pub at: String,
    /// Everything that the person said and did.
    pub story: Story,
    /// The same story as the rules see it.
    pub profile: Profile,
    /// Ids of rules that must fire.
    pub fires: Vec<String>,
    /// Ids of rules that must not fire.
    pub silent: Vec<String>,
    /// Ids of the activities expected first, in order.
    pub top: Vec<String>,
    /// Ids of activities that must not be shown.
    pub never: Vec<String>,
    /// Rule ids, each with text that the rule's sentence must contain.
    pub because: Vec<(String, String)>,
}

/// The result of running a case.
#[derive(Debug, Clone)]
pub struct CaseOutcome {
    /// Name of the case.
    pub name: String,
    /// Position, in the form `file:line`.
    pub at: String,
    /// Expectations that were not met; empty if the case passed.
    pub failures: Vec<CaseFailure>,
}

/// An expectation that was not met.
#[derive(Debug, Clone)]
pub struct CaseFailure {
    /// A sentence that says what was expected and what happened.
    pub message: String,
    /// Conditions of the rule concerned, with what they needed and saw; empty if no rule is concerned.
    pub leaves: Vec<LeafSeen>,
}

/// Evaluates the rules for a case and compares the result with its expectations.
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
                let verb = if wanted { "must apply" } else { "must not apply" };
                let off = rule.off.as_ref().map_or(String::new(), |why| format!(", and it is {why}"));
                let message = format!("{} {verb}, and its condition is: {}{off}", rule.id, outcome.word());
                fail(message, leaves_seen(&rule.when, &facts));
            }
        }
    }
    for (id, words) in &case.because {
        let Some(rule) = set.rule(id) else { continue };
        let (reason, _) = explained(rule, &facts);
        if !reason.because.contains(words.as_str()) {
            fail(format!("{id} must say \"{words}\", but it says: {}", reason.because), Vec::new());
        }
    }
    let shown: Vec<&str> = advised.shown.iter().map(|advice| advice.activity.as_str()).collect();
    let first: Vec<&str> = shown.iter().copied().take(case.top.len()).collect();
    if first != case.top {
        fail(format!("{} must come first, but these came: {}", case.top.join(", "), shown.join(", ")), Vec::new());
    }
    for id in case.never.iter().filter(|id| shown.contains(&id.as_str())) {
        fail(format!("{id} must not be shown, but it is"), Vec::new());
    }
    CaseOutcome { name: case.name.clone(), at: case.at.clone(), failures }
}

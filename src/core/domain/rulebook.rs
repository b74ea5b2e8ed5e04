//! The packs and rules as shown to the user: the state of each pack, its rules, the result of each rule for one person,
//! and the faults. Built by the desk from packs, rules and answers, so that screens need no rule engine.

use super::{BehaviourIx, By, Day, Fault, LeafSeen, Severity, Truth, count};

/// State of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackState {
    /// Loaded from its current files.
    Loaded,
    /// Its files have a fault; the previous content is still in use.
    Kept,
    /// Its files have a fault and none of its content is in use.
    LeftOut,
}

/// A pack that is loaded or was left out because of a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackCard {
    /// Identifier, or the folder of a pack that was left out.
    pub id: String,
    /// Name shown on the screen.
    pub title: String,
    /// Semantic version; like everything else from the manifest, empty if the pack was left out.
    pub version: String,
    /// Description of the content.
    pub summary: String,
    /// Licence of the texts.
    pub licence: String,
    /// Whom to credit.
    pub attribution: String,
    /// The source it was made from.
    pub source: String,
    /// `built in`, `organisation` or `personal`.
    pub layer: String,
    /// The folder it comes from; empty if it is built in.
    pub from: String,
    /// Result of the signature check, in words; empty if it is built in.
    pub signature: String,
    /// Whether it is in use.
    pub state: PackState,
    /// Faults in its files.
    pub faults: Vec<Fault>,
}

/// A rule in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCard {
    /// Identifier of the rule.
    pub id: String,
    /// Title shown on the screen.
    pub title: String,
    /// Result of its conditions.
    pub truth: Truth,
    /// The rule did not apply, but would with one number changed by one point.
    pub near: bool,
    /// A later pack switched the rule off, so that it never applies.
    pub off: bool,
}

impl RuleCard {
    /// Returns whether the rule applied and is not switched off.
    #[must_use]
    pub fn spoke(&self) -> bool {
        self.truth == Truth::Yes && !self.off
    }

    /// Returns the result in a word or two.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (self.truth, self.near) {
            _ if self.off => "switched off",
            (Truth::Yes, _) => "applied",
            (Truth::No, true) => "just missed",
            (Truth::No, false) => "did not apply",
            (Truth::Unknown, _) => "not enough answers",
        }
    }
}

/// The rules declared by one place in a file: one, or as many as its loop creates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Index of the pack in [`Rulebook::packs`].
    pub pack: usize,
    /// Indices of the rules in [`Rulebook::rules`]; at least one.
    pub members: Vec<usize>,
    /// The common part of the ids, or the id of a single rule.
    pub name: String,
}

/// All packs and rules, with the results for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rulebook {
    /// Packs that were left out first, then by layer, highest first.
    pub packs: Vec<PackCard>,
    /// Rules in the order of layer, file and line.
    pub rules: Vec<RuleCard>,
    /// Families in the order of their packs, then of their first rule.
    pub families: Vec<Family>,
    /// Number of folders that are watched for changes.
    pub watched: usize,
}

impl Rulebook {
    /// Returns all faults, pack by pack.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.packs.iter().flat_map(|pack| &pack.faults)
    }

    /// Returns the number of errors and of warnings.
    #[must_use]
    pub fn wrong(&self) -> (usize, usize) {
        wrong(self.faults())
    }

    /// Returns the families of a pack, each with its index.
    pub fn families_of(&self, pack: usize) -> impl Iterator<Item = (usize, &Family)> {
        self.families.iter().enumerate().filter(move |(_, family)| family.pack == pack)
    }
}

impl PackCard {
    /// Returns the number of faults in words, such as `2 faults, 1 warning`; empty if there are none.
    #[must_use]
    pub fn health(&self) -> String {
        wrong_words(wrong(self.faults.iter()))
    }
}

fn wrong<'a>(faults: impl Iterator<Item = &'a Fault>) -> (usize, usize) {
    faults.fold((0, 0), |(errors, warnings), fault| match fault.severity {
        Severity::Error => (errors + 1, warnings),
        Severity::Warning => (errors, warnings + 1),
    })
}

/// Returns the numbers in words, such as `2 faults, 1 warning`; empty if both are 0.
#[must_use]
pub fn wrong_words((errors, warnings): (usize, usize)) -> String {
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, warnings) => count(warnings, "warning", "warnings"),
        (errors, 0) => count(errors, "fault", "faults"),
        (errors, warnings) => {
            format!("{}, {}", count(errors, "fault", "faults"), count(warnings, "warning", "warnings"))
        }
    }
}

/// Returns the number of rules in each state, with the state in words; states without rules are left out.
#[must_use]
pub fn states<'a>(rules: impl Iterator<Item = &'a RuleCard>) -> Vec<(usize, &'static str)> {
    let mut counts =
        [(0, "applied"), (0, "just missed"), (0, "did not apply"), (0, "not enough answers"), (0, "switched off")];
    for rule in rules {
        if let Some(entry) = counts.iter_mut().find(|(_, state)| *state == rule.state()) {
            entry.0 += 1;
        }
    }
    counts.into_iter().filter(|(n, _)| *n > 0).collect()
}

/// A behaviour that a rule reads, and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Index in the library that the rule was loaded with.
    pub ix: BehaviourIx,
    /// Code of the behaviour.
    pub code: String,
    /// Title of the behaviour.
    pub title: String,
    /// The answer; `None` if there is none.
    pub said: Option<Said>,
}

/// An answer that a rule read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The rating in words, or the sentence that was found.
    pub words: String,
    /// Day of the answer.
    pub on: Day,
    /// Who gave the answer.
    pub by: By,
    /// Record id of the answer.
    pub answer: String,
}

/// An activity that a rule suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Id of the activity.
    pub id: String,
    /// Title of the activity.
    pub title: String,
    /// Its kind and effort, in words.
    pub note: String,
}

/// All details of one rule, with its result for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDetail {
    /// Identifier of the rule.
    pub id: String,
    /// Title shown on the screen.
    pub title: String,
    /// Title of its pack.
    pub pack: String,
    /// Priority, 0 to 100.
    pub priority: i64,
    /// Position of its declaration, as `file:line`.
    pub at: String,
    /// The sections of the explanation at the top of its file: heading and text.
    pub sections: Vec<(String, String)>,
    /// Its explanation for the person. If the rule did not apply, an ellipsis replaces what an answer would fill in.
    pub because: String,
    /// Suggested activities, best match first.
    pub suggests: Vec<Suggested>,
    /// Result of its conditions.
    pub truth: Truth,
    /// Its conditions, in the order in which they are written.
    pub leaves: Vec<LeafSeen>,
    /// Why it did not apply, as clauses without a full stop; empty if it applied.
    pub why_not: String,
    /// The smallest change that would make it apply; empty if it applied or there is no small change.
    pub nearest: String,
    /// The smallest change after which it would not apply; empty if it did not apply.
    pub would_change: String,
    /// Who switched it off and why; `None` if it is not switched off.
    pub off: Option<String>,
    /// What later packs changed in the rule, as phrases.
    pub changes: Vec<String>,
    /// Whether packs in higher layers are not allowed to weaken it.
    pub locked: bool,
    /// The behaviours it reads, answered ones first.
    pub looked: Vec<Looked>,
}

//! The rules as reading matter: which packs stand, which rules they brought, how each came out for one person, and what
//! is wrong. Made by the desk from packs, rules and answers; a screen reads it and needs no rules engine.

use super::{BehaviourIx, By, Day, Fault, LeafSeen, Severity, Truth, count};

/// How a pack stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackState {
    /// As its files are.
    Loaded,
    /// Its files have a fault; what they said before is still in use.
    Kept,
    /// Its files have a fault, and nothing of it is in use.
    LeftOut,
}

/// A pack that is loaded, or one that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackCard {
    /// Unique name; the folder of one that was left out.
    pub id: String,
    /// Name shown.
    pub title: String,
    /// Semver; empty for one that was left out, like all that only its manifest could say.
    pub version: String,
    /// What is in it.
    pub summary: String,
    /// Under which terms its words may be used.
    pub licence: String,
    /// Whom to credit.
    pub attribution: String,
    /// What it was made from.
    pub source: String,
    /// `built in`, `organisation` or `personal`.
    pub layer: String,
    /// The folder that it is from; empty for one that is built in.
    pub from: String,
    /// What its signature is worth; empty for one that is built in.
    pub signature: String,
    /// Whether it is in use.
    pub state: PackState,
    /// What is wrong with its files.
    pub faults: Vec<Fault>,
}

/// One rule in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCard {
    /// Unique.
    pub id: String,
    /// What it is called for people.
    pub title: String,
    /// How it came out.
    pub truth: Truth,
    /// It did not speak, and one number kept it from speaking by a point.
    pub near: bool,
    /// A later pack switched it off: it never speaks.
    pub off: bool,
}

impl RuleCard {
    /// Whether it spoke.
    #[must_use]
    pub fn spoke(&self) -> bool {
        self.truth == Truth::Yes && !self.off
    }

    /// How it came out, in a word or two.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (self.truth, self.near) {
            _ if self.off => "switched off",
            (Truth::Yes, _) => "spoke",
            (Truth::No, true) => "came close",
            (Truth::No, false) => "silent",
            (Truth::Unknown, _) => "cannot tell",
        }
    }
}

/// The rules that one place in a file declares: one, or as many as its loop makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Where their pack is in [`Rulebook::packs`].
    pub pack: usize,
    /// Where they are in [`Rulebook::rules`]; at least one.
    pub members: Vec<usize>,
    /// What their ids have in common; the id of a rule that is alone.
    pub name: String,
}

/// Every pack and every rule, as one person's answers find them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rulebook {
    /// Left-out ones first, then the highest layer first.
    pub packs: Vec<PackCard>,
    /// In layer, file and line order.
    pub rules: Vec<RuleCard>,
    /// In the order of their packs, then of their first rule.
    pub families: Vec<Family>,
    /// Folders that are looked at for changes.
    pub watched: usize,
}

impl Rulebook {
    /// Everything that is wrong, pack by pack.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.packs.iter().flat_map(|pack| &pack.faults)
    }

    /// How many errors and how many warnings there are.
    #[must_use]
    pub fn wrong(&self) -> (usize, usize) {
        wrong(self.faults())
    }

    /// The families of a pack.
    pub fn families_of(&self, pack: usize) -> impl Iterator<Item = (usize, &Family)> {
        self.families.iter().enumerate().filter(move |(_, family)| family.pack == pack)
    }
}

impl PackCard {
    /// `2 faults, 1 warning`; empty if nothing is wrong.
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

/// `2 faults, 1 warning`; empty for none of either.
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

/// How many rules spoke, came close, were silent, cannot tell, are switched off; in words, what there is none of left out.
#[must_use]
pub fn states<'a>(rules: impl Iterator<Item = &'a RuleCard>) -> Vec<(usize, &'static str)> {
    let mut counts = [(0, "spoke"), (0, "came close"), (0, "silent"), (0, "cannot tell"), (0, "switched off")];
    for rule in rules {
        if let Some(entry) = counts.iter_mut().find(|(_, state)| *state == rule.state()) {
            entry.0 += 1;
        }
    }
    counts.into_iter().filter(|(n, _)| *n > 0).collect()
}

/// A behaviour that a rule looks at, and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The behaviour, in the library that the rule was loaded with.
    pub ix: BehaviourIx,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What was said; `None` while nothing was.
    pub said: Option<Said>,
}

/// An answer that a rule looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The rating in words, or the sentence that was found.
    pub words: String,
    /// When.
    pub on: Day,
    /// By whom.
    pub by: By,
    /// Record id of the answer.
    pub answer: String,
}

/// An activity that a rule suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind and effort.
    pub note: String,
}

/// One rule whole, and how it came out for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDetail {
    /// Unique.
    pub id: String,
    /// What it is called for people.
    pub title: String,
    /// Title of its pack.
    pub pack: String,
    /// 0 to 100.
    pub priority: i64,
    /// `file:line` of its declaration.
    pub at: String,
    /// The explanation at the head of its file: heading, text.
    pub sections: Vec<(String, String)>,
    /// Its sentence; where it did not speak, with an ellipsis for what an answer would fill in.
    pub because: String,
    /// Most fitting first.
    pub suggests: Vec<Suggested>,
    /// How it came out.
    pub truth: Truth,
    /// Its conditions in the order written.
    pub leaves: Vec<LeafSeen>,
    /// Why it did not speak, in clauses without a full stop; empty if it did.
    pub why_not: String,
    /// The smallest change that would make it speak; empty if it did, or if there is no small one.
    pub nearest: String,
    /// The smallest change that would silence it; empty if it did not speak.
    pub would_change: String,
    /// Who switched it off and why.
    pub off: Option<String>,
    /// What later packs changed in it, each as a phrase.
    pub changes: Vec<String>,
    /// Packs above its own may not weaken it.
    pub locked: bool,
    /// What it looks at, answered ones first.
    pub looked: Vec<Looked>,
}

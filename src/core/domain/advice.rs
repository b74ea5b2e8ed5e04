//! Recommended activities, the rules and answers behind them, and the person's verdict on them.

use super::{ActivityKind, By, Day, SafetyNotice};

/// Three-valued truth: a condition on an unanswered fact is neither true nor false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// The condition holds.
    Yes,
    /// The condition does not hold.
    No,
    /// The condition cannot be evaluated because an answer is missing.
    Unknown,
}

impl Truth {
    /// Returns the word shown on the screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "cannot tell",
        }
    }
}

impl LeafSeen {
    /// Returns whether the condition is met as it is written, with its `not`.
    #[must_use]
    pub fn met(&self) -> Truth {
        match (self.negated, self.truth) {
            (true, Truth::Yes) => Truth::No,
            (true, Truth::No) => Truth::Yes,
            (_, truth) => truth,
        }
    }
}

/// One condition of a rule with the result of its evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafSeen {
    /// What the condition requires, such as `rating of FL-5 is at most 2`.
    pub needed: String,
    /// What was found, such as `you: 2 (When reminded)`.
    pub seen: String,
    /// Whether the condition held.
    pub truth: Truth,
    /// The condition is inside a `not`, so [`Truth::Yes`] counts against the rule.
    pub negated: bool,
    /// Position of the condition in its rule file, as `file:line:column`.
    pub at: String,
}

/// An answer that a rule read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// Code of the behaviour, in the form the person would type.
    pub behaviour: String,
    /// Day of the answer.
    pub on: Day,
    /// Who gave the answer.
    pub by: By,
    /// The answer in a few words: `2 (When reminded)`, or the quoted text.
    pub words: String,
    /// Record id of the answer; empty if it is not in the records.
    pub answer: String,
}

/// Why one rule recommends an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Id of the rule.
    pub rule: String,
    /// Title of the rule.
    pub title: String,
    /// Id of the pack that defines the rule.
    pub pack: String,
    /// The explanation shown to the person, as one sentence.
    pub because: String,
    /// Position of the rule in its file, as `file:line`.
    pub at: String,
    /// Priority of the rule, 0 to 100.
    pub priority: i64,
    /// What packs in higher layers changed in the rule, as phrases.
    pub changes: Vec<String>,
    /// The rule's conditions with the results of their evaluation.
    pub leaves: Vec<LeafSeen>,
    /// The smallest change to the answers after which the rule would no longer apply.
    pub would_change: String,
}

/// One recommended activity with all the reasons for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Id of the activity.
    pub activity: String,
    /// Title of the activity.
    pub title: String,
    /// Kind of the activity.
    pub kind: ActivityKind,
    /// Highest priority among its rules, plus 5 for each further rule, up to plus 10. Used for ordering only.
    pub score: i64,
    /// Reasons, strongest first; at least one.
    pub reasons: Vec<Reason>,
    /// The answers behind the advice, newest first and without duplicates.
    pub answers: Vec<Cited>,
}

impl Advice {
    /// Returns the explanation of the strongest rule.
    #[must_use]
    pub fn because(&self) -> String {
        self.reasons.first().map(|reason| reason.because.clone()).unwrap_or_default()
    }

    /// Returns the ids of the rules, strongest first.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        self.reasons.iter().map(|reason| reason.rule.clone()).collect()
    }

    /// Returns the codes of the behaviours behind the advice, sorted and without duplicates.
    #[must_use]
    pub fn behaviours(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.answers.iter().map(|cited| cited.behaviour.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// An activity that was recommended but is not shown, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotShown {
    /// Id of the activity.
    pub activity: String,
    /// Title of the activity.
    pub title: String,
    /// The reason, as a phrase.
    pub why: String,
}

/// A rule that did not apply because of a single condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// Id of the rule.
    pub rule: String,
    /// Title of the rule.
    pub title: String,
    /// The condition that did not hold.
    pub missing: LeafSeen,
}

/// A behaviour that the person rates low and gives the highest importance, and about which no rule applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Code of the behaviour, in the form the person would type.
    pub code: String,
    /// Title of the behaviour.
    pub title: String,
    /// The rating as the person sees it, such as `2 (When reminded)`.
    pub rating: String,
}

impl Unmet {
    /// Says what is missing, and what helps instead.
    #[must_use]
    pub fn words(&self) -> String {
        format!(
            "There is nothing in your packs for {} ({}). You rate it {} and say it matters most. Someone who sees \
             your work can help you choose a first step.",
            self.title, self.code, self.rating
        )
    }
}

/// The result of evaluating all rules for one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Advised {
    /// Notices about wording that can mean that somebody is in danger. Shown before everything else; not advice.
    pub safety: Vec<SafetyNotice>,
    /// Advice to show, best first.
    pub shown: Vec<Advice>,
    /// Recommended activities that are not shown, in the order in which they were removed.
    pub not_shown: Vec<NotShown>,
    /// Rules that one condition kept from applying, ordered by id; at most a few.
    pub near: Vec<NearMiss>,
    /// Low ratings of what is essential about which no rule applied; empty while something else comes first.
    pub unmet: Vec<Unmet>,
}

impl Advised {
    /// Returns what is said after an answer on the behaviour with this code was saved: how many activities are suggested, or
    /// why there are none.
    #[must_use]
    pub fn after_saving(&self, code: &str) -> String {
        let all = super::count(self.shown.len(), "activity", "activities");
        let about = |advice: &Advice| advice.behaviours().iter().any(|own| own.rsplit('/').next() == Some(code));
        match (self.shown.is_empty(), self.why_nothing()) {
            (true, Some(why)) => format!("Saved. {why}"),
            (true, None) if self.near.is_empty() && self.not_shown.is_empty() => {
                "Saved. No rule has a suggestion for this answer.".to_owned()
            }
            (true, None) => "Saved. No new suggestions. To see what nearly applied, open Other ideas.".to_owned(),
            (false, _) if self.shown.iter().any(about) => format!("Saved. Cairn suggests {all}, with reasons."),
            (false, _) => format!("Saved. Nothing new for {code}. Cairn still suggests {all}."),
        }
    }

    /// Returns two sentences that explain why nothing is suggested while there is a safety notice. Returns `None` if
    /// there is no notice, or if every notice comes only from notes for the coach.
    #[must_use]
    pub fn why_nothing(&self) -> Option<&'static str> {
        self.safety.iter().any(|notice| !notice.is_private()).then_some(
            "Talking to someone comes first, so there are no suggestions now. They come back when you hide the notice.",
        )
    }
}

/// Reasons offered for setting an activity aside; any other reason is entered as free text.
pub const USUAL_REASONS: [&str; 4] =
    ["It does not fit my role", "I do this already", "Not now, there is too much else", "It would not help with this"];

/// The person's own words for setting an activity aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Record id.
    pub id: String,
    /// Id of the activity.
    pub activity: String,
    /// The reason, as the person wrote it.
    pub words: String,
    /// The day on which it was written.
    pub on: Day,
}

/// The person's decision on a piece of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Taken into the plan unchanged.
    Accepted,
    /// Taken into the plan with changed wording.
    Adapted,
    /// Declined.
    Declined,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Adapted, Self::Declined];

    /// Returns the identifier used in the records.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Adapted => "adapted",
            Self::Declined => "declined",
        }
    }

    /// Parses the output of [`Verdict::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.id() == text)
    }
}

//! One recommended activity for one person: which rule, why, on which answers; and what the person made of it.

use super::{ActivityKind, By, Day, SafetyNotice};

/// Three-valued truth: an unanswered fact is neither true nor false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// It cannot be told, because something was not answered.
    Unknown,
}

impl Truth {
    /// The word shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "cannot tell",
        }
    }
}

/// One condition of a rule, as it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafSeen {
    /// What was needed: `rating of FL-5 is at most 2`.
    pub needed: String,
    /// What was seen: `you: 2 (With prompting)`.
    pub seen: String,
    /// Whether it held.
    pub truth: Truth,
    /// The condition stands under a `not`, so a «yes» here speaks against the rule.
    pub negated: bool,
    /// `file:line:column` of the condition.
    pub at: String,
}

/// An answer that a rule looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// Code as the person would write it.
    pub behaviour: String,
    /// The day of the answer.
    pub on: Day,
    /// Who gave it.
    pub by: By,
    /// The answer in a few words: `2 (With prompting)`, or the words quoted.
    pub words: String,
    /// Record id of the answer; empty if it is not in the records.
    pub answer: String,
}

/// Why one rule recommends something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Id of the rule.
    pub rule: String,
    /// What the rule is called.
    pub title: String,
    /// Id of the pack.
    pub pack: String,
    /// The sentence for the person.
    pub because: String,
    /// `file:line` of the rule.
    pub at: String,
    /// Its priority, 0 to 100.
    pub priority: i64,
    /// What packs above its own changed in it, as phrases.
    pub changes: Vec<String>,
    /// Its conditions as they were met.
    pub leaves: Vec<LeafSeen>,
    /// The smallest change to the answers that would silence it.
    pub would_change: String,
}

/// One card: an activity with all the reasons for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Id of the activity.
    pub activity: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: ActivityKind,
    /// Highest priority of its rules, plus 5 for each further rule, at most plus 10. For order only.
    pub score: i64,
    /// Strongest first; at least one.
    pub reasons: Vec<Reason>,
    /// The answers behind it, newest first, each once.
    pub answers: Vec<Cited>,
}

impl Advice {
    /// The sentence of its strongest rule.
    #[must_use]
    pub fn because(&self) -> String {
        self.reasons.first().map(|reason| reason.because.clone()).unwrap_or_default()
    }

    /// Ids of its rules, strongest first.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        self.reasons.iter().map(|reason| reason.rule.clone()).collect()
    }

    /// Codes of the behaviours behind it, each once, in order.
    #[must_use]
    pub fn behaviours(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.answers.iter().map(|cited| cited.behaviour.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// Something that was recommended and is not shown, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotShown {
    /// Id of the activity.
    pub activity: String,
    /// Its title.
    pub title: String,
    /// Why, as a phrase.
    pub why: String,
}

/// A rule that one condition kept from speaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// Id of the rule.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The condition that was missing.
    pub missing: LeafSeen,
}

/// The outcome of asking all rules about one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Advised {
    /// Words were noticed that can mean that somebody is in danger; before everything else, and no advice.
    pub safety: Vec<SafetyNotice>,
    /// Best first.
    pub shown: Vec<Advice>,
    /// In the order they were cut.
    pub not_shown: Vec<NotShown>,
    /// Rules one condition short, by id; at most a handful.
    pub near: Vec<NearMiss>,
}

impl Advised {
    /// Why nothing is suggested where something was noticed, in two sentences. What only a note for the coach gave rise to is
    /// not told.
    #[must_use]
    pub fn why_nothing(&self) -> Option<&'static str> {
        self.safety.iter().any(|notice| !notice.is_private()).then_some(
            "A talk with a person comes first, so nothing is suggested now. Suggestions come back when you put the notice aside.",
        )
    }
}

/// Reasons that are offered for setting an activity aside; anything else is in own words.
pub const USUAL_REASONS: [&str; 4] =
    ["It does not fit my role", "I do this already", "Not now, there is too much else", "It would not help with this"];

/// Why an activity was set aside, in own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Record id.
    pub id: String,
    /// Id of the activity.
    pub activity: String,
    /// The words.
    pub words: String,
    /// The day.
    pub on: Day,
}

/// What the person made of an advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Taken into the plan as it was.
    Accepted,
    /// Taken into the plan in other words.
    Adapted,
    /// Not for me.
    Declined,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Adapted, Self::Declined];

    /// The word used in the records.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Adapted => "adapted",
            Self::Declined => "declined",
        }
    }

    /// Reads [`Verdict::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.id() == text)
    }
}

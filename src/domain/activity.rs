//! Things one can do to develop.

use super::{AppliesTo, BehaviourIx};

/// How an activity develops a person. The four kinds of COACHING.md 3.5; no quota between them is implied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActivityKind {
    /// Done in the work itself.
    OnTheJob,
    /// Done with other people.
    ThroughOthers,
    /// A course, programme or qualification.
    Formal,
    /// Thinking and writing.
    Reflection,
}

impl ActivityKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::OnTheJob, Self::ThroughOthers, Self::Formal, Self::Reflection];

    /// The word used in packs and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::OnTheJob => "on-the-job",
            Self::ThroughOthers => "through-others",
            Self::Formal => "formal",
            Self::Reflection => "reflection",
        }
    }

    /// Reads [`ActivityKind::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }

    /// The words shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::OnTheJob => "on the job",
            Self::ThroughOthers => "through others",
            Self::Formal => "formal learning",
            Self::Reflection => "reflection",
        }
    }
}

/// One entry of a pack's catalogue.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Unique across packs.
    pub id: String,
    /// Id of the pack that ships it.
    pub pack: String,
    /// What the person does, beginning with a verb.
    pub title: String,
    /// How it develops.
    pub kind: ActivityKind,
    /// What it develops, most fitting first; at least one.
    pub behaviours: Vec<BehaviourIx>,
    /// Level ids it fits; empty for every level.
    pub levels: Vec<String>,
    /// For which kind of organisation.
    pub applies_to: AppliesTo,
    /// Honest total effort in minutes.
    pub minutes: u32,
    /// A concrete step within 14 days.
    pub first_step: String,
    /// What comes after it.
    pub steps: Vec<String>,
    /// What one would see afterwards.
    pub afterwards: String,
    /// Short topic words.
    pub tags: Vec<String>,
}

impl Activity {
    /// The effort in words: `20 min`, `about 3 hours`.
    #[must_use]
    pub fn effort(&self) -> String {
        if self.minutes < 90 {
            return format!("{} min", self.minutes);
        }
        let hours = (self.minutes + 15) / 30;
        match (hours / 2, hours % 2) {
            (whole, 0) => format!("about {whole} hours"),
            (whole, _) => format!("about {whole}\u{bd} hours"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(minutes: u32) -> String {
        Activity {
            id: String::new(),
            pack: String::new(),
            title: String::new(),
            kind: ActivityKind::Formal,
            behaviours: vec![],
            levels: vec![],
            applies_to: AppliesTo::Any,
            minutes,
            first_step: String::new(),
            steps: vec![],
            afterwards: String::new(),
            tags: vec![],
        }
        .effort()
    }

    #[test]
    fn effort_is_said_in_round_words() {
        assert_eq!(of(20), "20 min");
        assert_eq!(of(89), "89 min");
        assert_eq!(of(90), "about 1\u{bd} hours");
        assert_eq!(of(240), "about 4 hours");
    }
}

//! Development activities of the catalogue.

use super::{AppliesTo, BehaviourIx};

/// How an activity develops a person: the four kinds of COACHING.md 3.5. No quota between the kinds is implied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActivityKind {
    /// Done in the course of ordinary work.
    OnTheJob,
    /// Done together with other people.
    ThroughOthers,
    /// A course, programme or qualification.
    Formal,
    /// Done by thinking and writing.
    Reflection,
}

impl ActivityKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::OnTheJob, Self::ThroughOthers, Self::Formal, Self::Reflection];

    /// Returns the identifier used in packs and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::OnTheJob => "on-the-job",
            Self::ThroughOthers => "through-others",
            Self::Formal => "formal",
            Self::Reflection => "reflection",
        }
    }

    /// Parses the output of [`ActivityKind::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }

    /// Returns the words shown on the screen.
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

/// One activity of a pack's catalogue.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Identifier, unique across all packs.
    pub id: String,
    /// Id of the pack that defines it.
    pub pack: String,
    /// What the person does; begins with a verb.
    pub title: String,
    /// How the activity develops the person.
    pub kind: ActivityKind,
    /// Behaviours it develops, best match first; at least one.
    pub behaviours: Vec<BehaviourIx>,
    /// Ids of the levels it suits; empty if it suits every level.
    pub levels: Vec<String>,
    /// The kind of organisation it is meant for.
    pub applies_to: AppliesTo,
    /// Realistic total effort, in minutes.
    pub minutes: u32,
    /// A concrete first step that can be taken within 14 days.
    pub first_step: String,
    /// The steps that follow the first one.
    pub steps: Vec<String>,
    /// What other people would notice afterwards.
    pub afterwards: String,
    /// Short topic keywords.
    pub tags: Vec<String>,
}

impl Activity {
    /// Returns the effort in words, such as `20 min` or `about 3 hours`; from 90 minutes on, rounded to half hours.
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

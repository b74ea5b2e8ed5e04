//! Development activities of the catalogue.

use super::{AppliesTo, BehaviourIx, Level, Library, Person, join_and};

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
            Self::Formal => "a course or training",
            Self::Reflection => "reflection",
        }
    }
}

/// Whether somebody has to agree before an activity is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// It fits into ordinary paid time, and nobody has to agree.
    NotNeeded,
    /// A manager or somebody else has to agree first, for example to paid time or cover.
    Ask,
}

impl Permission {
    /// All values.
    pub const ALL: [Self; 2] = [Self::NotNeeded, Self::Ask];

    /// Returns the identifier used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NotNeeded => "none",
            Self::Ask => "ask",
        }
    }

    /// Returns the words shown beside the effort.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotNeeded => "no permission needed",
            Self::Ask => "agree it first",
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
    /// Whether somebody has to agree to it; `None` if the pack does not say.
    pub permission: Option<Permission>,
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
    /// Returns its kind, its effort and whether somebody has to agree, such as `on the job, 20 min, agree it first`.
    #[must_use]
    pub fn terms(&self) -> String {
        let permission = self.permission.map_or(String::new(), |permission| format!(", {}", permission.words()));
        format!("{}, {}{permission}", self.kind.title(), self.effort())
    }

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

impl Library {
    /// Returns whether an activity is meant only for levels of which nothing is expected, such as people who use services,
    /// and the person has not chosen one of them.
    #[must_use]
    pub fn is_for_other_people(&self, activity: &Activity, person: &Person) -> bool {
        let own = person.level.as_deref().and_then(|own| self.level(own)).map(|(_, _, level)| &level.id);
        let meant: Vec<&Level> = self
            .frameworks
            .iter()
            .filter(|framework| framework.levels.iter().any(|level| level.target.is_some()))
            .flat_map(|framework| &framework.levels)
            .filter(|level| activity.levels.contains(&level.id))
            .collect();
        !meant.is_empty() && meant.iter().all(|level| level.target.is_none() && Some(&level.id) != own)
    }

    /// Checks whether an activity suits a person's level and kind of organisation. What the person has not stated
    /// excludes nothing, nor do levels of a framework other than that of the person's level.
    ///
    /// # Errors
    /// Returns the reason why it does not suit the person, as a phrase.
    pub fn fits(&self, activity: &Activity, person: &Person) -> Result<(), String> {
        if let Some(own) = person.level.as_deref()
            && let Some((framework, _, level)) = self.level(own)
        {
            let meant: Vec<&Level> = framework.levels.iter().filter(|l| activity.levels.contains(&l.id)).collect();
            if !meant.is_empty() && !meant.iter().any(|l| l.id == level.id) {
                let titles: Vec<String> = meant.iter().map(|l| l.title.to_lowercase()).collect();
                return Err(format!("it is meant for {}", join_and(&titles)));
            }
        }
        if self.is_for_other_people(activity, person) {
            return Err("it is meant for people who do other work".to_owned());
        }
        if !person.organisation.meets(activity.applies_to) {
            return Err(format!("it is meant for a {}", activity.applies_to.id()));
        }
        Ok(())
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
            permission: None,
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

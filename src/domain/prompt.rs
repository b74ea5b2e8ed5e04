//! Open reflective questions.

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Looks at one's own recent practice.
    Reflect,
    /// Asks for an example and what others saw.
    Evidence,
    /// What a coach asks aloud.
    Coach,
    /// Asks from strength.
    Appreciative,
}

impl Purpose {
    /// All purposes in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Reflect, Self::Appreciative, Self::Evidence, Self::Coach];

    /// The word used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Reflect => "reflect",
            Self::Evidence => "evidence",
            Self::Coach => "coach",
            Self::Appreciative => "appreciative",
        }
    }

    /// A heading for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Reflect => "To reflect on",
            Self::Evidence => "Evidence",
            Self::Coach => "A coach might ask",
            Self::Appreciative => "From strength",
        }
    }
}

/// One open question on one behaviour.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// Unique across packs.
    pub id: String,
    /// Id of the pack that ships it.
    pub pack: String,
    /// Framework and code of the behaviour it asks about.
    pub behaviour: super::BehaviourIx,
    /// What it is for.
    pub purpose: Purpose,
    /// Level id it fits, or `None` for every level.
    pub level: Option<String>,
    /// The question.
    pub text: String,
}

//! Open questions for reflection.

use super::scale::Height;

/// The purpose of a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Reflection on the person's own recent practice.
    Reflect,
    /// Asks for an example and for what others saw.
    Evidence,
    /// A question that a coach asks aloud.
    Coach,
    /// Starts from strengths.
    Appreciative,
}

impl Purpose {
    /// All purposes, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Reflect, Self::Appreciative, Self::Evidence, Self::Coach];

    /// Returns the identifier used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Reflect => "reflect",
            Self::Evidence => "evidence",
            Self::Coach => "coach",
            Self::Appreciative => "appreciative",
        }
    }

    /// Returns the heading shown on the screen.
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

/// One open question about one behaviour.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// Identifier, unique across all packs.
    pub id: String,
    /// Id of the pack that defines it.
    pub pack: String,
    /// The behaviour it asks about.
    pub behaviour: super::BehaviourIx,
    /// Purpose of the prompt.
    pub purpose: Purpose,
    /// Id of the level it suits; `None` for every level.
    pub level: Option<String>,
    /// The ratings after which it is asked; empty for all of them, and for no rating.
    pub fits: Vec<Height>,
    /// The question as shown.
    pub text: String,
}

impl Prompt {
    /// Returns whether it may be asked after a rating of this height, or after none.
    #[must_use]
    pub fn fits(&self, rated: Option<Height>) -> bool {
        self.fits.is_empty() || rated.is_some_and(|height| self.fits.contains(&height))
    }
}

//! Models that structure a conversation or a reflection in stages: GROW, CLEAR, OSKAR, AI 4-D, Gibbs, Driscoll, Kolb.

/// Whether a model is for a conversation or for writing alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelKind {
    /// For a coach and a client.
    Conversation,
    /// For one person writing.
    Reflection,
}

impl ModelKind {
    /// Returns the identifier used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Reflection => "reflection",
        }
    }
}

/// A named sequence of stages. Stages may be taken in any order or skipped.
#[derive(Debug, Clone)]
pub struct ConversationModel {
    /// Identifier, unique across all packs.
    pub id: String,
    /// Id of the pack that defines it.
    pub pack: String,
    /// Name shown on the screen.
    pub title: String,
    /// Whether it is for a conversation or for writing alone.
    pub kind: ModelKind,
    /// When it is suitable.
    pub best_for: String,
    /// Whom the model is credited to.
    pub source: String,
    /// Typical length in minutes.
    pub minutes: u32,
    /// Stages in order; at least two.
    pub stages: Vec<Stage>,
}

/// One stage of a [`ConversationModel`].
#[derive(Debug, Clone)]
pub struct Stage {
    /// Identifier, unique within the model.
    pub id: String,
    /// Name shown on the screen.
    pub title: String,
    /// Purpose of the stage.
    pub aim: String,
    /// Open questions.
    pub prompts: Vec<String>,
}

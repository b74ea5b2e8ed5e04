//! Stages of a talk or of a reflection, as data: GROW, CLEAR, OSKAR, AI 4-D, Gibbs, Driscoll, Kolb.

/// A talk between two, or writing alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelKind {
    /// For a coach and a client.
    Conversation,
    /// For one person writing.
    Reflection,
}

impl ModelKind {
    /// The word used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Reflection => "reflection",
        }
    }
}

/// A named sequence of stages. Stages are an offer: they may be taken in any order, and skipped.
#[derive(Debug, Clone)]
pub struct ConversationModel {
    /// Unique across packs.
    pub id: String,
    /// Id of the pack that ships it.
    pub pack: String,
    /// Name shown.
    pub title: String,
    /// Talk or writing.
    pub kind: ModelKind,
    /// When it fits.
    pub best_for: String,
    /// Whom it is credited to.
    pub source: String,
    /// Usual length in minutes.
    pub minutes: u32,
    /// In order; at least two.
    pub stages: Vec<Stage>,
}

/// One stage of a [`ConversationModel`].
#[derive(Debug, Clone)]
pub struct Stage {
    /// Unique within its model.
    pub id: String,
    /// Name shown.
    pub title: String,
    /// What it is for.
    pub aim: String,
    /// Open questions.
    pub prompts: Vec<String>,
}

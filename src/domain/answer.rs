//! What a person said about one behaviour on one day.

use super::{Day, Scale, Wording};

/// Who gave an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The person about themselves.
    Myself,
    /// Their coach.
    Coach,
    /// Somebody else.
    Other,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Myself, Self::Coach, Self::Other];

    /// The word used in files, records and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Myself => "self",
            Self::Coach => "coach",
            Self::Other => "other",
        }
    }

    /// Reads [`By::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.id() == text)
    }
}

/// The three non-answers that a person can choose. The fourth, unanswered, is the absence of an answer.
/// None of them enters a mean; each is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NonAnswer {
    /// Not applicable to my role.
    NotApplicable,
    /// Can't say.
    CannotSay,
    /// Prefer not to say.
    PreferNotToSay,
}

impl NonAnswer {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::NotApplicable, Self::CannotSay, Self::PreferNotToSay];

    /// The word used in files, records and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::CannotSay => "cannot-say",
            Self::PreferNotToSay => "prefer-not-to-say",
        }
    }

    /// The words shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotApplicable => "Not applicable to my role",
            Self::CannotSay => "Can't say",
            Self::PreferNotToSay => "Prefer not to say",
        }
    }

    /// Reads [`NonAnswer::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// A rating, one of the chosen non-answers, or nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Rated {
    /// No rating was given; words may have been.
    #[default]
    Unanswered,
    /// A point of the framework's scale.
    Value(i64),
    /// A chosen non-answer.
    Not(NonAnswer),
}

impl Rated {
    /// The value, if it is one.
    #[must_use]
    pub fn value(self) -> Option<i64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unanswered | Self::Not(_) => None,
        }
    }

    /// `2 (With prompting)`, `Can't say` or `not rated`.
    #[must_use]
    pub fn words(self, scale: &Scale) -> String {
        match self {
            Self::Unanswered => "not rated".to_owned(),
            Self::Value(value) => match scale.label(value) {
                Some(label) => format!("{value} ({label})"),
                None => value.to_string(),
            },
            Self::Not(kind) => kind.title().to_owned(),
        }
    }
}

/// What was written to one prompt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reflection {
    /// Id of the prompt, or the heading that an answers file used.
    pub prompt: String,
    /// The person's words.
    pub text: String,
}

/// A person's rating (or non-answer), importance, reflections and evidence for one behaviour, on a day, by somebody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// When it was given.
    pub on: Day,
    /// Record id (UUIDv7, so it sorts by time); empty for an answer that is not in the records.
    pub id: String,
    /// Framework the code belongs to.
    pub framework: String,
    /// Edition the answer was given under.
    pub edition: String,
    /// Code of the behaviour.
    pub behaviour: String,
    /// Who gave it.
    pub by: By,
    /// The rating or non-answer.
    pub rated: Rated,
    /// Importance in one's role, 1 to 3.
    pub importance: Option<i64>,
    /// What was written, in the order of the prompts.
    pub reflections: Vec<Reflection>,
    /// One recent example; may be empty.
    pub evidence: String,
    /// The words it was given in; empty where they are not known.
    pub wording: Wording,
}

/// Why an answer is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The scale has no such point.
    #[error("a rating of {0} is not on the scale, which goes from {1} to {2}")]
    Rating(i64, i64, i64),
    /// The importance scale has no such point.
    #[error("an importance of {0} is not on the scale, which goes from {1} to {2}")]
    Importance(i64, i64, i64),
    /// Neither a rating nor a word.
    #[error("the answer is empty: it has no rating, no non-answer and no words")]
    Empty,
}

impl Answer {
    /// Checks an answer against the scales of its framework.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self, scale: &Scale, importance: &Scale) -> Result<(), AnswerError> {
        if let Rated::Value(value) = self.rated
            && !scale.has(value)
        {
            return Err(AnswerError::Rating(value, scale.lowest(), scale.highest()));
        }
        if let Some(value) = self.importance
            && !importance.has(value)
        {
            return Err(AnswerError::Importance(value, importance.lowest(), importance.highest()));
        }
        if self.rated == Rated::Unanswered && self.importance.is_none() && self.words().next().is_none() {
            return Err(AnswerError::Empty);
        }
        Ok(())
    }

    /// Everything the person wrote in this answer that is not blank.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.reflections
            .iter()
            .map(|reflection| reflection.text.as_str())
            .chain(std::iter::once(self.evidence.as_str()))
            .filter(|text| !text.trim().is_empty())
    }
}

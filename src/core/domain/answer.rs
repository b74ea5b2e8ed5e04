//! Answers: what somebody said about one behaviour on one day.

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
    /// All raters.
    pub const ALL: [Self; 3] = [Self::Myself, Self::Coach, Self::Other];

    /// Returns the identifier used in files, records and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Myself => "self",
            Self::Coach => "coach",
            Self::Other => "other",
        }
    }

    /// Parses the output of [`By::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.id() == text)
    }
}

/// The three non-answers that a person can choose. The fourth, unanswered, is the absence of an answer. Non-answers
/// never enter a mean; each kind is counted separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NonAnswer {
    /// "Not applicable to my role".
    NotApplicable,
    /// "Can't say".
    CannotSay,
    /// "Prefer not to say".
    PreferNotToSay,
}

impl NonAnswer {
    /// All non-answers, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::NotApplicable, Self::CannotSay, Self::PreferNotToSay];

    /// Returns the identifier used in files, records and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::CannotSay => "cannot-say",
            Self::PreferNotToSay => "prefer-not-to-say",
        }
    }

    /// Returns the words shown on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotApplicable => "Not applicable to my role",
            Self::CannotSay => "Can't say",
            Self::PreferNotToSay => "Prefer not to say",
        }
    }

    /// Parses the output of [`NonAnswer::id`]; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text)
    }
}

/// A rating, a chosen non-answer, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Rated {
    /// Neither a rating nor a non-answer; the answer may still contain text.
    #[default]
    Unanswered,
    /// A value on the framework's rating scale.
    Value(i64),
    /// A chosen non-answer.
    Not(NonAnswer),
}

impl Rated {
    /// Returns the rating value, if there is one.
    #[must_use]
    pub fn value(self) -> Option<i64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unanswered | Self::Not(_) => None,
        }
    }

    /// Returns the rating in words, such as `2 (When reminded)`, `Can't say` or `not rated`.
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

/// What the person wrote in response to one prompt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reflection {
    /// Id of the prompt, or the heading used in an answers file.
    pub prompt: String,
    /// The person's words.
    pub text: String,
}

/// One rater's rating or non-answer, importance, reflections and example for one behaviour on one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// Day on which the answer was given.
    pub on: Day,
    /// Record id, a UUIDv7 that sorts by time; empty for an answer that is not in the records.
    pub id: String,
    /// Id of the framework that the behaviour's code belongs to.
    pub framework: String,
    /// Edition of the framework under which the answer was given.
    pub edition: String,
    /// Code of the behaviour.
    pub behaviour: String,
    /// Who gave the answer.
    pub by: By,
    /// The rating or non-answer.
    pub rated: Rated,
    /// Importance in the person's role, 1 to 3.
    pub importance: Option<i64>,
    /// Reflections, in the order of the prompts.
    pub reflections: Vec<Reflection>,
    /// One recent example; may be empty.
    pub evidence: String,
    /// The titles and labels under which the answer was given; empty if they are not known.
    pub wording: Wording,
}

/// Reasons for which an answer is rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The rating is not on the scale: the value, then the lowest and the highest value of the scale.
    #[error("a rating of {0} is not on the scale, which goes from {1} to {2}")]
    Rating(i64, i64, i64),
    /// The importance is not on its scale: the value, then the lowest and the highest value of the scale.
    #[error("an importance of {0} is not on the scale, which goes from {1} to {2}")]
    Importance(i64, i64, i64),
    /// The answer has no rating, non-answer, importance or text.
    #[error("the answer is empty: it has no rating, no non-answer and no words")]
    Empty,
}

impl Answer {
    /// Creates an empty answer of the person's own, as a base for one with content.
    #[must_use]
    pub const fn blank(on: Day) -> Self {
        Self {
            on,
            id: String::new(),
            framework: String::new(),
            edition: String::new(),
            behaviour: String::new(),
            by: By::Myself,
            rated: Rated::Unanswered,
            importance: None,
            reflections: Vec::new(),
            evidence: String::new(),
            wording: Wording { title: String::new(), label: String::new(), importance: String::new() },
        }
    }

    /// Checks an answer against the scales of its framework.
    ///
    /// # Errors
    /// Returns the first problem found.
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

    /// Returns every non-blank text of the answer: the reflections, then the example.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        // Every field is named, so that a new text cannot be left out: what is not in here is not searched for signs of
        // danger, not listed before it is shared, and not withheld from those who may not read it.
        let Self {
            on: _,
            id: _,
            framework: _,
            edition: _,
            behaviour: _,
            by: _,
            rated: _,
            importance: _,
            reflections,
            evidence,
            wording: _,
        } = self;
        let reflections = reflections.iter().map(|reflection| reflection.text.as_str());
        reflections.chain([evidence.as_str()]).filter(|text| !text.trim().is_empty())
    }

    /// Returns the answer without the texts that [`Answer::words`] returns.
    #[must_use]
    pub fn without_words(&self) -> Self {
        Self {
            framework: self.framework.clone(),
            edition: self.edition.clone(),
            behaviour: self.behaviour.clone(),
            id: self.id.clone(),
            by: self.by,
            rated: self.rated,
            importance: self.importance,
            wording: self.wording.clone(),
            ..Self::blank(self.on)
        }
    }
}

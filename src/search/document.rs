//! What is indexed: a record as a list of texts with the field each stands in, and the values it can be filtered by.

use std::borrow::Cow;

/// Where in a record a word stands, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `FL-5`.
    Code,
    /// Its short name.
    Title,
    /// Another name for it.
    Alias,
    /// An everyday word a practitioner would type.
    Keyword,
    /// Its theme's name, motto and other names.
    Theme,
    /// What one can see.
    Statement,
    /// One observable part.
    Indicator,
    /// What it looks like at one level.
    Level,
    /// What it is not.
    Opposite,
    /// A question asked about it.
    Prompt,
}

impl Field {
    /// All fields, the weightiest first.
    pub const ALL: [Self; 10] = [
        Self::Code,
        Self::Title,
        Self::Alias,
        Self::Keyword,
        Self::Theme,
        Self::Statement,
        Self::Indicator,
        Self::Level,
        Self::Opposite,
        Self::Prompt,
    ];

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Title => "title",
            Self::Alias => "other name",
            Self::Keyword => "everyday words",
            Self::Theme => "theme",
            Self::Statement => "statement",
            Self::Indicator => "indicator",
            Self::Level => "level",
            Self::Opposite => "what it is not",
            Self::Prompt => "prompt",
        }
    }

    /// Its name for other programs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Title => "title",
            Self::Alias => "alias",
            Self::Keyword => "keyword",
            Self::Theme => "theme",
            Self::Statement => "statement",
            Self::Indicator => "indicator",
            Self::Level => "level",
            Self::Opposite => "opposite",
            Self::Prompt => "prompt",
        }
    }

    /// What a word is worth here. A code is meant when it is typed; a title says what the behaviour is, aliases and
    /// everyday words were written to be found; running text mentions much that it is not about.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Code => 5.0,
            Self::Title => 3.0,
            Self::Alias => 2.6,
            Self::Keyword => 2.2,
            Self::Theme => 1.2,
            Self::Statement => 1.0,
            Self::Indicator => 0.9,
            Self::Level | Self::Opposite => 0.7,
            Self::Prompt => 0.6,
        }
    }

    /// As four bits.
    pub(super) fn number(self) -> u32 {
        Self::ALL.iter().zip(0..).find(|(field, _)| **field == self).map_or(0, |(_, at)| at)
    }

    /// The field of four bits.
    pub(super) fn numbered(number: u32) -> Self {
        usize::try_from(number).ok().and_then(|at| Self::ALL.get(at)).copied().unwrap_or(Self::Prompt)
    }
}

/// What a search can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// `theme:flex`
    Theme,
    /// `level:manager`
    Level,
    /// `code:FL-5`
    Code,
    /// `in:lqf`
    Framework,
    /// `for:provider`, the kind of organisation.
    For,
    /// `arena:people`
    Arena,
    /// `kind:example`, of an entry of the journal.
    Kind,
    /// `by:coach`, who wrote it.
    By,
    /// `on:nov`, its month or year.
    On,
}

impl Facet {
    /// All facets in the order of the syntax card.
    pub const ALL: [Self; 9] =
        [Self::Theme, Self::Level, Self::Code, Self::Framework, Self::For, Self::Arena, Self::Kind, Self::By, Self::On];

    /// The word in front of the colon.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Level => "level",
            Self::Code => "code",
            Self::Framework => "in",
            Self::For => "for",
            Self::Arena => "arena",
            Self::Kind => "kind",
            Self::By => "by",
            Self::On => "on",
        }
    }

    /// What it is, in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::For => "kind of organisation",
            Self::Kind => "kind of entry",
            Self::By => "writer",
            Self::On => "month or year",
            other => other.id(),
        }
    }
}

/// One value of a record's facet, under all its names; the first tells values apart.
#[derive(Debug, Clone)]
pub struct FacetValue<'a> {
    /// Which facet.
    pub facet: Facet,
    /// What may be typed for it.
    pub names: Vec<Cow<'a, str>>,
}

/// One record to be indexed.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// Its texts; a field may come more than once (one entry for each alias).
    pub fields: Vec<(Field, Cow<'a, str>)>,
    /// What it can be filtered by. Codes need no entry: `code:` looks at [`Field::Code`].
    pub facets: Vec<FacetValue<'a>>,
    /// Factor on its score, 1 for most: decides between records that match nearly alike.
    pub boost: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_numbered_in_the_order_of_their_weight() {
        for (at, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(Field::numbered(field.number()), field);
            assert_eq!(field.number() as usize, at);
        }
        assert!(Field::ALL.windows(2).all(|pair| pair[0].weight() >= pair[1].weight()));
    }
}

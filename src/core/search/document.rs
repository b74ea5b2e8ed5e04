//! Indexed items: a document is a list of texts with their fields, and of values by which it can be filtered.

use std::borrow::Cow;

/// The part of a document that a word occurs in, in descending order of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Code of the behaviour, for example `FL-5`.
    Code,
    /// Its short name.
    Title,
    /// Another name for it.
    Alias,
    /// Everyday word that a practitioner would type.
    Keyword,
    /// Title, motto or alias of its theme.
    Theme,
    /// What can be observed.
    Statement,
    /// One observable part of it.
    Indicator,
    /// Description at one level.
    Level,
    /// What it is not.
    Opposite,
    /// Question asked about it.
    Prompt,
}

impl Field {
    /// All fields, in descending order of weight.
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

    /// Returns the name that is shown to people.
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

    /// Returns the name that is used in output for other programs.
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

    /// Returns the weight of a word in this field. A typed code is meant as such; a title says what the behaviour is;
    /// aliases and everyday words were written to be found; running text mentions much that it is not about.
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

    /// Returns the number of the field, which fits in four bits.
    pub(super) fn number(self) -> u32 {
        Self::ALL.iter().zip(0..).find(|(field, _)| **field == self).map_or(0, |(_, at)| at)
    }

    /// Returns the field with this number.
    pub(super) fn numbered(number: u32) -> Self {
        usize::try_from(number).ok().and_then(|at| Self::ALL.get(at)).copied().unwrap_or(Self::Prompt)
    }
}

/// A property by which a search can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// `theme:flex`
    Theme,
    /// `level:manager`
    Level,
    /// `code:FL-5`
    Code,
    /// `in:lqf`, the framework.
    Framework,
    /// `for:provider`, the kind of organisation.
    For,
    /// `arena:people`
    Arena,
    /// `kind:example`, the kind of a journal entry.
    Kind,
    /// `by:coach`, the writer of a journal entry.
    By,
    /// `on:nov`, the month or year of a journal entry.
    On,
}

impl Facet {
    /// All facets, in the order of the syntax card.
    pub const ALL: [Self; 9] =
        [Self::Theme, Self::Level, Self::Code, Self::Framework, Self::For, Self::Arena, Self::Kind, Self::By, Self::On];

    /// Returns the word before the colon.
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

    /// Returns the name used in sentences.
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

/// A value of a document's facet, with all its names; the first name identifies the value.
#[derive(Debug, Clone)]
pub struct FacetValue<'a> {
    /// Facet that it belongs to.
    pub facet: Facet,
    /// Names that may be typed for it.
    pub names: Vec<Cow<'a, str>>,
}

/// An item to be indexed.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// Texts by field; a field may occur several times, for example once for each alias.
    pub fields: Vec<(Field, Cow<'a, str>)>,
    /// Values that it can be filtered by. Codes need no entry, because `code:` looks at [`Field::Code`].
    pub facets: Vec<FacetValue<'a>>,
    /// Factor on its score, usually 1; decides between documents that match about equally well.
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

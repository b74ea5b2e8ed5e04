//! The person whose development the records are about.

use unicode_normalization::UnicodeNormalization;

use super::{AppliesTo, Day, clean, fold};

/// The kind of organisation a person works in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Organisation {
    /// Not stated; excludes nothing.
    #[default]
    NotStated,
    /// Commissions care and support.
    Commissioner,
    /// Provides care and support.
    Provider,
    /// Neither, or both; matches nothing that is for one kind only.
    Other,
}

impl Organisation {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::NotStated, Self::Commissioner, Self::Provider, Self::Other];

    /// Returns the identifier used in answers files and in the records; empty for [`Organisation::NotStated`].
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NotStated => "",
            Self::Commissioner => "commissioner",
            Self::Provider => "provider",
            Self::Other => "other",
        }
    }

    /// Returns the words shown on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotStated => "not stated",
            Self::Commissioner => "we commission care and support",
            Self::Provider => "we provide care and support",
            Self::Other => "another kind of organisation",
        }
    }

    /// Parses the output of [`Organisation::id`], ignoring case and surrounding space; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text.trim().to_lowercase())
    }

    /// Returns whether something meant for `applies` is relevant to this organisation. [`Organisation::NotStated`]
    /// excludes nothing.
    #[must_use]
    pub fn meets(self, applies: AppliesTo) -> bool {
        match (self, applies) {
            (_, AppliesTo::Any)
            | (Self::NotStated, _)
            | (Self::Commissioner, AppliesTo::Commissioner)
            | (Self::Provider, AppliesTo::Provider) => true,
            (Self::Commissioner | Self::Provider | Self::Other, _) => false,
        }
    }
}

/// Whether a person is the user or a client of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PersonKind {
    /// The user, who owns the records.
    #[default]
    Myself,
    /// A client whom the user coaches.
    Client,
}

/// The user, or a client of a coach.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Record id; empty for a person who is not in the records.
    pub id: String,
    /// Whether this is the user or a client.
    pub kind: PersonKind,
    /// Name used to address the person; may be empty for the user.
    pub name: String,
    /// E-mail address, for the hours log; may be empty.
    pub email: String,
    /// The day on which the client agreed to be named in the coach's hours log; `None` if they have not.
    pub in_hours_log: Option<Day>,
    /// Level id, if stated.
    pub level: Option<String>,
    /// Kind of organisation.
    pub organisation: Organisation,
}

impl Person {
    /// Returns whether the person is a client.
    #[must_use]
    pub fn is_client(&self) -> bool {
        self.kind == PersonKind::Client
    }

    /// Returns the name, or `me` if it is empty.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { "me" } else { &self.name }
    }
}

/// Returns a name in a normal form: cleaned, with single spaces, and in Unicode normalisation form NFKC.
#[must_use]
pub fn spelt(name: &str) -> String {
    clean(name).split_whitespace().collect::<Vec<_>>().join(" ").nfkc().collect()
}

/// Characters that count as letters but are invisible.
const INVISIBLE: [char; 4] = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'];

/// Returns whether a name contains at least `letters` visible letters or digits.
#[must_use]
pub fn can_be_read(name: &str, letters: usize) -> bool {
    name.chars().filter(|letter| letter.is_alphanumeric() && !INVISIBLE.contains(letter)).count() >= letters
}

/// Returns whether two names are equal except for case, accents, spaces and Unicode form.
#[must_use]
pub fn same_name(one: &str, two: &str) -> bool {
    fold(&spelt(one)) == fold(&spelt(two))
}

impl Person {
    /// Minimum number of characters from the end of an id that identify a person.
    pub const FEWEST_OF_ID: usize = 6;

    /// Returns the name. If other people in `all` have the same name, the e-mail address or the end of the id is added.
    #[must_use]
    pub fn told_apart(&self, all: &[Self]) -> String {
        let mut same = all.iter().filter(|other| other.id != self.id && same_name(&other.name, &self.name)).peekable();
        if same.peek().is_none() {
            return self.name.clone();
        }
        let end: String = self.id.chars().skip(self.id.chars().count().saturating_sub(Self::FEWEST_OF_ID)).collect();
        if !self.email.is_empty() && same.all(|other| other.email != self.email) {
            return format!("{} ({}, {end})", self.name, self.email);
        }
        format!("{} ({end})", self.name)
    }
}

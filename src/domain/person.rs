//! Whose development it is.

use unicode_normalization::UnicodeNormalization;

use super::{AppliesTo, Day, clean, fold};

/// The kind of organisation a person works in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Organisation {
    /// The person has not said; nothing is left out for it.
    #[default]
    NotStated,
    /// Commissions care and support.
    Commissioner,
    /// Provides it.
    Provider,
    /// Neither, or both: nothing that is for one kind only.
    Other,
}

impl Organisation {
    /// All kinds in the order they are offered.
    pub const ALL: [Self; 4] = [Self::NotStated, Self::Commissioner, Self::Provider, Self::Other];

    /// The word used in answers files and in the records; empty where not stated.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NotStated => "",
            Self::Commissioner => "commissioner",
            Self::Provider => "provider",
            Self::Other => "other",
        }
    }

    /// The words shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotStated => "not stated",
            Self::Commissioner => "we commission care and support",
            Self::Provider => "we provide care and support",
            Self::Other => "another kind of organisation",
        }
    }

    /// Reads [`Organisation::id`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == text.trim().to_lowercase())
    }

    /// Whether something for `applies` concerns this organisation. Not stated excludes nothing.
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

/// Whether a person is the one at the keyboard or somebody they coach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PersonKind {
    /// The one whose records these are.
    #[default]
    Myself,
    /// A client of theirs.
    Client,
}

/// Whose development it is: myself, or a client of a coach.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Record id; empty for a person who is not in the records.
    pub id: String,
    /// Oneself or a client.
    pub kind: PersonKind,
    /// How to address them; may be empty for oneself.
    pub name: String,
    /// Where the coach writes to them, for the hours log; may be empty.
    pub email: String,
    /// The day on which the client agreed to be named in the coach's hours log; `None` while they have not.
    pub in_hours_log: Option<Day>,
    /// Level id, if stated.
    pub level: Option<String>,
    /// Kind of organisation.
    pub organisation: Organisation,
}

impl Person {
    /// Somebody this coach works with.
    #[must_use]
    pub fn is_client(&self) -> bool {
        self.kind == PersonKind::Client
    }

    /// The name, or «me».
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { "me" } else { &self.name }
    }
}

/// A name as it is written, whatever the form of its letters, the space between them and what nobody can see in it.
#[must_use]
pub fn spelt(name: &str) -> String {
    clean(name).split_whitespace().collect::<Vec<_>>().join(" ").nfkc().collect()
}

/// Signs that count as letters and leave nothing on a screen.
const INVISIBLE: [char; 4] = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'];

/// Whether somebody can see a name: at least so many letters or digits that are drawn.
#[must_use]
pub fn can_be_read(name: &str, letters: usize) -> bool {
    name.chars().filter(|letter| letter.is_alphanumeric() && !INVISIBLE.contains(letter)).count() >= letters
}

/// Whether two names are the same but for capitals, accents, spaces and the form of the letters.
#[must_use]
pub fn same_name(one: &str, two: &str) -> bool {
    fold(&spelt(one)) == fold(&spelt(two))
}

impl Person {
    /// Fewest letters of its end by which an id is meant.
    pub const FEWEST_OF_ID: usize = 6;

    /// The name, with what tells this person from others of the same name: the address, or the end of the id.
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

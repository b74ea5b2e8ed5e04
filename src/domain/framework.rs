//! A published description of leadership: levels, arenas, themes, behaviours and links to other frameworks.

use std::fmt;

use super::Scale;

/// A framework in one edition. Answers keep the edition they were given under.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Short name used in `framework/CODE`.
    pub id: String,
    /// Which publication of it this is, e.g. `2012`.
    pub edition: String,
    /// Full name.
    pub title: String,
    /// Two or three sentences about it.
    pub summary: String,
    /// Id of the pack that ships it.
    pub pack: String,
    /// The rating scale.
    pub scale: Scale,
    /// The scale of importance in one's role.
    pub importance: Scale,
    /// In the framework's order, from the front line up; may be empty.
    pub levels: Vec<Level>,
    /// May be empty.
    pub arenas: Vec<Arena>,
    /// In the framework's own order, which is not alphabetical.
    pub themes: Vec<Theme>,
    /// Frameworks it links to and of which no text is held.
    pub externals: Vec<External>,
}

impl Framework {
    /// Position (from 1) and level of an id, a title or an alias; case, spaces and hyphens do not matter.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<(usize, &Level)> {
        let meant = |own: &str| letters(own).eq(letters(name));
        self.levels.iter().enumerate().map(|(at, level)| (at + 1, level)).find(|(_, level)| {
            meant(&level.id) || meant(&level.title) || level.aliases.iter().any(|alias| meant(alias))
        })
    }
}

/// Letters and digits of a name in lower case, so that `Front-line staff` and `frontline staff` are one.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Where in an organisation a person leads from.
#[derive(Debug, Clone)]
pub struct Level {
    /// Name used in packs and answers files.
    pub id: String,
    /// Name shown.
    pub title: String,
    /// Other names that are understood.
    pub aliases: Vec<String>,
    /// Who is meant.
    pub about: String,
    /// The rating that is expected at this level, where a behaviour says nothing else.
    pub target: Option<i64>,
}

/// People, communities or organisations: where a behaviour shows.
#[derive(Debug, Clone)]
pub struct Arena {
    /// Name used in packs.
    pub id: String,
    /// Name shown.
    pub title: String,
    /// What is meant.
    pub about: String,
}

/// A group of behaviours.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The letters in front of its behaviours' numbers.
    pub code: String,
    /// Long machine name.
    pub id: String,
    /// Name shown.
    pub title: String,
    /// The few words the framework gives it.
    pub motto: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Two or three sentences.
    pub about: String,
}

/// The kind of organisation that a behaviour or an activity is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AppliesTo {
    /// Every organisation.
    Any,
    /// Those who commission care and support.
    Commissioner,
    /// Those who provide it.
    Provider,
}

impl AppliesTo {
    /// The word used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Commissioner => "commissioner",
            Self::Provider => "provider",
        }
    }
}

/// Where in its source something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the document.
    pub document: String,
    /// Heading it stands under.
    pub theme: String,
    /// Position in that list, from 1.
    pub position: u32,
}

/// The thing one can see a person do.
#[derive(Debug, Clone)]
pub struct Behaviour {
    /// Id of its framework.
    pub framework: String,
    /// Unique within its framework, e.g. `FL-5`.
    pub code: String,
    /// Code of its theme.
    pub theme: String,
    /// A short name that begins with a verb.
    pub title: String,
    /// What one can see.
    pub statement: String,
    /// Its single observable parts, where the statement holds more than one.
    pub indicators: Vec<String>,
    /// What it is not.
    pub opposite: String,
    /// Ids of arenas; may be empty.
    pub arenas: Vec<String>,
    /// For which kind of organisation.
    pub applies_to: AppliesTo,
    /// `(level id, description)` in the framework's order; may be empty.
    pub levels: Vec<(String, String)>,
    /// `(level id, rating)`: what is expected at a level, in the place of the level's own target.
    pub targets: Vec<(String, i64)>,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// Everyday words a practitioner would type.
    pub keywords: Vec<String>,
    /// Where its source states it.
    pub source: Place,
    /// Earlier titles, statements, indicators, opposites and words of levels that the pack declares to mean the same.
    pub reworded: Vec<String>,
}

impl Behaviour {
    /// `framework/CODE`, which is unique across all packs.
    #[must_use]
    pub fn full_code(&self) -> String {
        format!("{}/{}", self.framework, self.code)
    }

    /// Whether this behaviour had this title before, or has it now. An unknown title may be any.
    #[must_use]
    pub fn was_called(&self, title: &str) -> bool {
        title.is_empty() || title == self.title || self.reworded.iter().any(|old| old == title)
    }
}

impl fmt::Display for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.title)
    }
}

/// How sure a crosswalk link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The source says so.
    Stated,
    /// Read out of the source by us; the note says how.
    Inferred,
}

impl Certainty {
    /// The word used in packs and shown.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
        }
    }
}

/// The other end of a crosswalk link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A behaviour or theme of a framework that is loaded, by code.
    Code(String),
    /// A dimension, and perhaps an element of it, of a framework of which only names are known.
    Dimension(String, Option<String>),
}

/// From a theme or behaviour to a dimension of another framework.
#[derive(Debug, Clone)]
pub struct Link {
    /// Id of the framework it starts from.
    pub framework: String,
    /// Code of the theme or behaviour it starts from.
    pub from: String,
    /// Id of the framework it leads to.
    pub to_framework: String,
    /// Where it leads.
    pub to: LinkTarget,
    /// What the other side says, in our words; may be empty.
    pub gist: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Why it is inferred, or what was corrected; may be empty.
    pub note: String,
}

/// A framework that is linked to and of which no text is held.
#[derive(Debug, Clone)]
pub struct External {
    /// Name used in links.
    pub id: String,
    /// Name shown.
    pub title: String,
    /// Owner and status.
    pub about: String,
}

//! Published leadership frameworks: levels, arenas, themes, behaviours and links to other frameworks.

use std::fmt;

use super::Scale;

/// One edition of a framework. Answers record the edition under which they were given.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Short identifier, used in `framework/CODE`.
    pub id: String,
    /// The publication, for example `2012`.
    pub edition: String,
    /// Full name.
    pub title: String,
    /// Description in two or three sentences.
    pub summary: String,
    /// Id of the pack that defines it.
    pub pack: String,
    /// The rating scale.
    pub scale: Scale,
    /// The scale for the importance of a behaviour in the person's role.
    pub importance: Scale,
    /// Levels in the framework's order, from the front line upwards; may be empty.
    pub levels: Vec<Level>,
    /// Arenas; may be empty.
    pub arenas: Vec<Arena>,
    /// Themes in the framework's own order, which is not alphabetical.
    pub themes: Vec<Theme>,
    /// Frameworks that are linked to but whose text is not included.
    pub externals: Vec<External>,
}

impl Framework {
    /// Returns the position (counted from 1) and the level with this id, title or alias. Case, spaces and hyphens are
    /// ignored.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<(usize, &Level)> {
        let meant = |own: &str| letters(own).eq(letters(name));
        self.levels.iter().enumerate().map(|(at, level)| (at + 1, level)).find(|(_, level)| {
            meant(&level.id) || meant(&level.title) || level.aliases.iter().any(|alias| meant(alias))
        })
    }
}

/// Returns the letters and digits of a name in lower case, so that `Front-line staff` and `frontline staff` are equal.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// A level of an organisation from which a person leads.
#[derive(Debug, Clone)]
pub struct Level {
    /// Identifier used in packs and answers files.
    pub id: String,
    /// Name shown on the screen.
    pub title: String,
    /// Other accepted names.
    pub aliases: Vec<String>,
    /// Whom the level describes.
    pub about: String,
    /// Target rating at this level for behaviours without a target of their own.
    pub target: Option<i64>,
}

/// Where a behaviour is shown: with people, communities or organisations.
#[derive(Debug, Clone)]
pub struct Arena {
    /// Identifier used in packs.
    pub id: String,
    /// Name shown on the screen.
    pub title: String,
    /// Description.
    pub about: String,
}

/// A group of behaviours.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The letters before the number in the codes of its behaviours.
    pub code: String,
    /// Long identifier.
    pub id: String,
    /// Name shown on the screen.
    pub title: String,
    /// The framework's short phrase for the theme.
    pub motto: String,
    /// Other accepted names.
    pub aliases: Vec<String>,
    /// Description in two or three sentences.
    pub about: String,
    /// Ids of the levels it is meant for; empty if it is for everyone.
    pub levels: Vec<String>,
}

/// The kind of organisation that a behaviour or an activity is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AppliesTo {
    /// Every organisation.
    Any,
    /// Organisations that commission care and support.
    Commissioner,
    /// Organisations that provide care and support.
    Provider,
}

impl AppliesTo {
    /// Returns the identifier used in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Commissioner => "commissioner",
            Self::Provider => "provider",
        }
    }
}

/// A position in the source document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the document.
    pub document: String,
    /// Heading of the list that contains it.
    pub theme: String,
    /// Position in that list, counted from 1.
    pub position: u32,
}

/// Something that a person can be observed doing.
#[derive(Debug, Clone)]
pub struct Behaviour {
    /// Id of its framework.
    pub framework: String,
    /// Code, unique within the framework, for example `FL-5`.
    pub code: String,
    /// Code of its theme.
    pub theme: String,
    /// A short name that begins with a verb.
    pub title: String,
    /// What can be observed.
    pub statement: String,
    /// The statement in one short sentence of everyday words; may be empty.
    pub easy: String,
    /// The individual observable parts, if the statement contains more than one.
    pub indicators: Vec<String>,
    /// What the opposite looks like.
    pub opposite: String,
    /// Ids of arenas; may be empty.
    pub arenas: Vec<String>,
    /// The kind of organisation it is for.
    pub applies_to: AppliesTo,
    /// `(level id, description)` in the framework's order; may be empty.
    pub levels: Vec<(String, String)>,
    /// Target ratings as `(level id, rating)`; they override the target of the level.
    pub targets: Vec<(String, i64)>,
    /// Other names of the behaviour.
    pub aliases: Vec<String>,
    /// Everyday words that a practitioner would search for.
    pub keywords: Vec<String>,
    /// Where the source document states it.
    pub source: Place,
    /// Earlier titles, statements, indicators, opposites and level descriptions that the pack declares to be
    /// equivalent.
    pub reworded: Vec<String>,
}

impl Behaviour {
    /// Returns the sentence that describes it: the easy one if that is asked for and there is one, else the statement.
    #[must_use]
    pub fn in_words(&self, easy: bool) -> &str {
        if easy && !self.easy.is_empty() { &self.easy } else { &self.statement }
    }

    /// Returns `framework/CODE`, which is unique across all packs.
    #[must_use]
    pub fn full_code(&self) -> String {
        format!("{}/{}", self.framework, self.code)
    }

    /// Returns whether `title` is the current title or a declared earlier one. Always true if `title` is empty, because
    /// it is then not known.
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

/// How reliable a crosswalk link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The source states the link.
    Stated,
    /// The pack's authors inferred the link from the source; its note says how.
    Inferred,
}

impl Certainty {
    /// Returns the identifier used in packs and on the screen.
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
    /// Code of a behaviour or theme in a loaded framework.
    Code(String),
    /// A dimension, and optionally one of its elements, of a framework of which only names are known.
    Dimension(String, Option<String>),
}

/// A link from a theme or behaviour to another framework.
#[derive(Debug, Clone)]
pub struct Link {
    /// Id of the framework it starts from.
    pub framework: String,
    /// Code of the theme or behaviour it starts from.
    pub from: String,
    /// Id of the framework it points to.
    pub to_framework: String,
    /// What it points to.
    pub to: LinkTarget,
    /// A paraphrase of what the other framework says; may be empty.
    pub gist: String,
    /// Reliability of the link.
    pub certainty: Certainty,
    /// Why the link is inferred, or what was corrected; may be empty.
    pub note: String,
}

/// A framework that is linked to but whose text is not included.
#[derive(Debug, Clone)]
pub struct External {
    /// Identifier used in links.
    pub id: String,
    /// Name shown on the screen.
    pub title: String,
    /// Owner and status.
    pub about: String,
}

//! Where a draft is stored within the records of one person.

use std::fmt;

use super::By;

/// The place of a draft. Each thing that can be unfinished has one of its own, so that no draft overwrites another. In
/// the database it is the text that [`fmt::Display`] writes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// An answer on one behaviour: the id of the framework and the code of the behaviour.
    Answer(String, String),
    /// The session in progress.
    Session,
    /// A plan dialogue: empty for a new action, else `adapt/` or `change/` with an id.
    Plan(String),
    /// A form: what it is for, with an id. Empty in records written before forms had slots of their own.
    Form(String),
    /// A view that is being given in a comparison.
    View(By),
    /// Anything else, as it is in the database.
    Other(String),
}

impl Slot {
    /// Reads a slot as it is in the database.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (first, rest) = text.split_once('/').unwrap_or((text, ""));
        match (first, rest.split_once('/')) {
            ("reflect", Some((framework, behaviour))) => Self::Answer(framework.to_owned(), behaviour.to_owned()),
            ("session", _) if rest.is_empty() => Self::Session,
            ("plan", _) => Self::Plan(rest.to_owned()),
            ("form", _) => Self::Form(rest.to_owned()),
            ("compare", _) => By::parse(rest).map_or_else(|| Self::Other(text.to_owned()), Self::View),
            _ => Self::Other(text.to_owned()),
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(framework, behaviour) => write!(f, "reflect/{framework}/{behaviour}"),
            Self::Session => f.write_str("session"),
            Self::Plan(of) if of.is_empty() => f.write_str("plan"),
            Self::Plan(of) => write!(f, "plan/{of}"),
            Self::Form(of) if of.is_empty() => f.write_str("form"),
            Self::Form(of) => write!(f, "form/{of}"),
            Self::View(by) => write!(f, "compare/{}", by.id()),
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_is_read_as_it_is_written() {
        let texts = [
            "reflect/empowered-communities/FL-5",
            "session",
            "plan",
            "plan/adapt/small-bet",
            "form",
            "form/note/01/coach",
            "compare/self",
            "compare/coach",
            "compare/nobody",
            "safety/aside",
            "reflect/alone",
            "session/of-tomorrow",
            "",
        ];
        for text in texts {
            assert_eq!(Slot::parse(text).to_string(), text);
        }
        assert_eq!(Slot::parse("compare/coach"), Slot::View(By::Coach));
        assert_eq!(Slot::parse("reflect/x/FL-5"), Slot::Answer("x".to_owned(), "FL-5".to_owned()));
        assert!(matches!(Slot::parse("session/of-tomorrow"), Slot::Other(_)));
    }
}

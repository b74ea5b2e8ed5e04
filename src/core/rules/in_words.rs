//! A whole condition in words, for comparing editions and for people who do not read scripts.

use super::cond::Cond;
use super::facts::Facts;
use super::wording::needed;
use crate::domain::{Day, Library, Person, Profile};

/// Returns an empty profile. What a condition asks for can be named without any answers.
pub(super) fn nobody(library: &Library) -> Profile {
    Profile::new(library, Person::default(), Day::MIN, Vec::new(), &[], &[])
}

/// Returns a condition in words, independent of where it is written.
#[must_use]
pub fn in_words(cond: &Cond, library: &Library) -> String {
    let nobody = nobody(library);
    words(cond, &Facts::new(library, &nobody))
}

pub(super) fn words(cond: &Cond, facts: &Facts<'_>) -> String {
    let joined = |parts: &[std::sync::Arc<Cond>], by: &str| {
        parts.iter().map(|part| within(part, facts)).collect::<Vec<_>>().join(by)
    };
    match cond {
        Cond::Leaf(leaf) => needed(leaf, facts),
        Cond::Not(inner) => format!("not {}", within(inner, facts)),
        Cond::All(parts) => joined(parts, " and "),
        Cond::Any(parts) => joined(parts, " or "),
        Cond::AtLeast(needed, parts) => format!("at least {needed} of: {}", joined(parts, "; ")),
    }
}

fn within(cond: &Cond, facts: &Facts<'_>) -> String {
    match cond {
        Cond::Leaf(_) | Cond::Not(_) => words(cond, facts),
        _ => format!("({})", words(cond, facts)),
    }
}

//! The concerns and the texts of their notices, read once per process from `rules/safety/concerns.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

const CONCERNS: &str = include_str!("../../../rules/safety/concerns.toml");

/// A concern that written words can be a sign of.
#[derive(Debug)]
pub struct Concern {
    /// Id such as `self-harm` or `harm`, used by the contacts of packs and stored in the records.
    pub id: String,
    /// Title of the notice.
    pub title: String,
    /// Text of the notice; two sentences.
    pub text: String,
    /// Ids of contacts, the most important first.
    pub contacts: Vec<String>,
    /// Whether somebody may be in danger; otherwise somebody may be exhausted.
    pub is_danger: bool,
    /// Whether it may be the writer who is hurt, in which case nothing is asked of them elsewhere either.
    pub own: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    concern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: String,
    text: String,
    contacts: Vec<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    own: bool,
}

/// Returns all concerns, the most urgent first.
#[must_use]
pub fn concerns() -> &'static [Concern] {
    static READ: OnceLock<Vec<Concern>> = OnceLock::new();
    READ.get_or_init(|| {
        let file: File = toml::from_str(CONCERNS).expect("rules/safety/concerns.toml is right, as a test holds");
        let concern = |entry: Entry| Concern {
            is_danger: entry.kind != "care",
            id: entry.id,
            title: entry.title,
            text: entry.text,
            contacts: entry.contacts,
            own: entry.own,
        };
        file.concern.into_iter().map(concern).collect()
    })
}

/// Returns the concern with an id.
#[must_use]
pub fn concern(id: &str) -> Option<&'static Concern> {
    concerns().iter().find(|concern| concern.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_concern_says_in_two_sentences_that_only_words_were_noticed() {
        assert!(concerns().len() >= 8);
        for concern in concerns() {
            let sentences = concern.text.matches(". ").count() + 1;
            assert_eq!(sentences, 2, "{}: two sentences, and there are {sentences}", concern.id);
            assert!(concern.text.contains("Cairn noticed words"), "{} says that only words were noticed", concern.id);
        }
    }
}

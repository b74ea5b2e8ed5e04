//! What is said when something was noticed, read from `rules/safety/concerns.toml` once in a process.

use std::sync::OnceLock;

use serde::Deserialize;

const CONCERNS: &str = include_str!("../../rules/safety/concerns.toml");

/// Something that words can be a sign of.
#[derive(Debug)]
pub struct Concern {
    /// `self-harm`, `harm`, …: what a pack's contacts name, and what records keep.
    pub id: String,
    /// Shown above the sentences.
    pub title: String,
    /// Two sentences.
    pub text: String,
    /// Ids of contacts, the first first.
    pub contacts: Vec<String>,
    /// Somebody may be in danger; otherwise somebody may be worn out.
    pub is_danger: bool,
    /// It can be the writer who is hurt, so nothing is to be asked of them elsewhere either.
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

/// All concerns, the most pressing first.
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

/// The concern of this id.
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

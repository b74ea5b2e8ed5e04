//! Behaviours in other languages. A pack supplies the words, and a person chooses the language in the settings. The rest
//! of Cairn is in English.

use super::{BehaviourIx, Library};

/// The language of texts that state none.
pub const ENGLISH: &str = "en";

/// The words of one behaviour in another language. A text that is empty is shown in the original language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translation {
    /// The behaviour whose words these are.
    pub behaviour: BehaviourIx,
    /// Id of the pack that has the words.
    pub pack: String,
    /// Language tag in small letters, for example `cy`.
    pub language: String,
    /// A short name.
    pub title: String,
    /// What can be observed.
    pub statement: String,
    /// The statement in one short sentence of everyday words.
    pub easy: String,
    /// As many as in the original, or none.
    pub indicators: Vec<String>,
    /// What the opposite looks like.
    pub opposite: String,
    /// Everyday words to find it by, besides those of the original.
    pub keywords: Vec<String>,
}

/// Returns whether a text has the form of a language tag in small letters: a language of two or three letters, then
/// subtags of two to eight letters or digits (the part of BCP 47, RFC 5646, that names languages and regions).
#[must_use]
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_other = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    parts.next().is_some_and(is_first) && parts.all(is_other)
}

impl Library {
    /// Shows each behaviour in a language for which a pack has words. The titles of all languages stay names of the
    /// behaviour: an answer counts whichever of them it was given under, and a search finds each.
    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        for words in self.translations.clone() {
            let Some(behaviour) = self.behaviours.get_mut(words.behaviour.0 as usize) else { continue };
            behaviour.keywords.extend(words.keywords);
            if words.language != language {
                behaviour.reworded.push(words.title.clone());
                behaviour.aliases.push(words.title);
                continue;
            }
            behaviour.aliases.push(behaviour.title.clone());
            for (own, new) in [
                (&mut behaviour.title, words.title),
                (&mut behaviour.statement, words.statement),
                (&mut behaviour.easy, words.easy),
                (&mut behaviour.opposite, words.opposite),
            ] {
                if !new.is_empty() {
                    let original = std::mem::replace(own, new);
                    behaviour.reworded.extend(Some(original).filter(|text| !text.is_empty()));
                }
            }
            if !words.indicators.is_empty() {
                behaviour.reworded.append(&mut behaviour.indicators);
                behaviour.indicators = words.indicators;
            }
        }
        self
    }

    /// Returns the languages in which a pack has words for behaviours, besides the language of the pack itself.
    #[must_use]
    pub fn languages_of(&self, pack: &str) -> Vec<&str> {
        let own = self.translations.iter().filter(|words| words.pack == pack);
        let mut all: Vec<&str> = own.map(|words| words.language.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_by_its_tag() {
        for tag in ["en", "cy", "gd", "en-gb", "cy-gb", "zh-hans", "sgn-gb"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in ["", "c", "CY", "welsh", "cy_gb", "cy-", "-cy", "cy-verylongtag", "c y", "\u{175}y"] {
            assert!(!is_language(tag), "{tag}");
        }
    }
}

//! Concerns and the words they are noticed by, read from `rules/safety/signs.toml` once in a process.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::language::{Found, Pattern, Sentence, Start, Words};

const SIGNS: &str = include_str!("../../rules/safety/signs.toml");

/// Something that words can be a sign of.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four settings of the data file that do not depend on each other")]
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
    /// What was is heard as well as what is.
    pub(super) hears_past: bool,
    /// Only what is said of the writer counts.
    pub(super) of_writer: bool,
    pub(super) patterns: Vec<Pattern>,
    pub(super) quiet: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, Vec<String>>,
    concern: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    title: String,
    text: String,
    contacts: Vec<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    past: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    own: bool,
    patterns: Vec<String>,
    #[serde(default)]
    quiet: Vec<String>,
}

/// All concerns with an index of what their patterns begin with: a sentence is tried on the few that can begin at one of
/// its words, and not on hundreds.
#[derive(Debug)]
pub(super) struct Signs {
    concerns: Vec<Concern>,
    /// Concern and pattern, by position.
    by_word: HashMap<String, Vec<(usize, usize)>>,
    by_form: HashMap<String, Vec<(usize, usize)>>,
    stems: Vec<(String, (usize, usize))>,
    names: Vec<(usize, usize)>,
    any: Vec<(usize, usize)>,
}

pub(super) fn signs() -> &'static Signs {
    static READ: OnceLock<Signs> = OnceLock::new();
    READ.get_or_init(|| Signs::of(read(SIGNS).expect("rules/safety/signs.toml is right, as a test holds")))
}

/// All concerns, the most pressing first.
#[must_use]
pub fn concerns() -> &'static [Concern] {
    &signs().concerns
}

impl Signs {
    fn of(concerns: Vec<Concern>) -> Self {
        let mut signs = Self {
            concerns: Vec::new(),
            by_word: HashMap::new(),
            by_form: HashMap::new(),
            stems: Vec::new(),
            names: Vec::new(),
            any: Vec::new(),
        };
        for (at, concern) in concerns.iter().enumerate() {
            for (place, start) in concern
                .patterns
                .iter()
                .enumerate()
                .flat_map(|(n, pattern)| pattern.starts().into_iter().map(move |s| (n, s)))
            {
                let which = (at, place);
                match start {
                    Start::Word(word) => signs.by_word.entry(word).or_default().push(which),
                    Start::Form(stem) => signs.by_form.entry(stem).or_default().push(which),
                    Start::Stem(stem) => signs.stems.push((stem, which)),
                    Start::Name => signs.names.push(which),
                    Start::Any => signs.any.push(which),
                }
            }
        }
        signs.concerns = concerns;
        signs
    }

    /// Every pattern that stands in the sentence, with the position of its concern.
    pub(super) fn found(&self, sentence: &Sentence<'_>) -> Vec<(usize, Found)> {
        let mut found = Vec::new();
        for (at, token) in sentence.tokens.iter().enumerate() {
            let by_word = self.by_word.get(&token.word).into_iter().flatten();
            let by_stem =
                self.stems.iter().filter(|(stem, _)| token.word.starts_with(stem.as_str())).map(|(_, which)| which);
            let by_form = self.by_form.get(&token.stem).into_iter().flatten();
            let names = self.names.iter().filter(|_| sentence.is_name(at));
            for (concern, pattern) in by_word.chain(by_form).chain(by_stem).chain(names).chain(&self.any) {
                let pattern = self.concerns.get(*concern).and_then(|concern| concern.patterns.get(*pattern));
                found.extend(pattern.and_then(|pattern| pattern.at(sentence, at)).map(|hit| (*concern, hit)));
            }
        }
        found
    }
}

/// The concern of this id.
#[must_use]
pub fn concern(id: &str) -> Option<&'static Concern> {
    concerns().iter().find(|concern| concern.id == id)
}

fn read(text: &str) -> Result<Vec<Concern>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let classes: BTreeMap<String, Words> =
        file.classes.iter().map(|(name, entries)| (name.clone(), Pattern::class(entries))).collect();
    file.concern.into_iter().map(|raw| understood(raw, &classes)).collect()
}

fn understood(raw: Raw, classes: &BTreeMap<String, Words>) -> Result<Concern, String> {
    let all = |texts: &[String]| -> Result<Vec<Pattern>, String> {
        let one =
            |text: &String| Pattern::parse(text, classes).map_err(|error| format!("{}: \"{text}\": {error}", raw.id));
        texts.iter().map(one).collect()
    };
    Ok(Concern {
        is_danger: raw.kind != "care",
        hears_past: raw.past == "heard",
        of_writer: raw.subject == "writer",
        patterns: all(&raw.patterns)?,
        quiet: all(&raw.quiet)?,
        id: raw.id,
        title: raw.title,
        text: raw.text,
        contacts: raw.contacts,
        own: raw.own,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_read() {
        let read = read(SIGNS).unwrap_or_else(|error| unreachable!("{error}"));
        assert!(read.len() >= 8 && read.iter().all(|concern| !concern.patterns.is_empty()));
        for concern in &read {
            let sentences = concern.text.matches(". ").count() + 1;
            assert_eq!(sentences, 2, "{}: two sentences, and there are {sentences}", concern.id);
            assert!(concern.text.contains("Cairn noticed words"), "{} says that only words were noticed", concern.id);
        }
    }
}

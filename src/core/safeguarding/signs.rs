//! The patterns by which concerns are detected, read from `rules/safety/signs.toml` when the first text is examined.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::concerns::concerns;
use crate::language::{Classes, Found, Pattern, Sentence, Start};

const SIGNS: &str = include_str!("../../../rules/safety/signs.toml");

/// The patterns and settings of one concern.
#[derive(Debug)]
pub(super) struct Sign {
    /// Whether the recent past counts as well as the present.
    pub(super) hears_past: bool,
    /// Whether only what is said of the writer counts.
    pub(super) of_writer: bool,
    patterns: Vec<Pattern>,
    /// Patterns that cancel a match that they overlap with.
    pub(super) quiet: Vec<Pattern>,
    /// Patterns that no weight of the sentence overrides.
    pub(super) sure: Vec<Pattern>,
    /// Patterns of which a sentence must contain one to be detected by its weight alone, so that the notice is true; if
    /// empty, there is no such condition.
    ground: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: HashMap<String, Vec<String>>,
    sign: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Id of the concern.
    of: String,
    #[serde(default)]
    past: String,
    #[serde(default)]
    subject: String,
    patterns: Vec<String>,
    #[serde(default)]
    sure: Vec<String>,
    #[serde(default)]
    quiet: Vec<String>,
    #[serde(default)]
    ground: Vec<String>,
}

/// The signs of all concerns, with an index of how their patterns begin. Only the few patterns that can begin at one of
/// the words of a sentence are tried, and not hundreds.
#[derive(Debug)]
pub(super) struct Signs {
    /// Signs in the order of [`concerns`].
    of_concerns: Vec<Sign>,
    by_word: HashMap<Box<str>, Vec<Place>>,
    by_form: HashMap<Box<str>, Vec<Place>>,
    by_beginning: Vec<(Box<str>, Place)>,
    names: Vec<Place>,
    any: Vec<Place>,
}

impl Sign {
    /// Returns whether a sentence names the subject of the concern.
    pub(super) fn is_named_in(&self, sentence: &Sentence<'_>) -> bool {
        self.ground.is_empty() || self.ground.iter().any(|pattern| !pattern.found(sentence).is_empty())
    }

    /// Returns whether a sentence contains a pattern that cancels matches.
    pub(super) fn is_quiet_in(&self, sentence: &Sentence<'_>) -> bool {
        self.quiet.iter().any(|pattern| !pattern.found(sentence).is_empty())
    }
}

/// Indices of a concern and of one of its patterns.
#[derive(Debug, Clone, Copy)]
struct Place {
    concern: u16,
    pattern: u16,
}

pub(super) fn signs() -> &'static Signs {
    static READ: OnceLock<Signs> = OnceLock::new();
    READ.get_or_init(|| Signs::of(read(SIGNS).expect("rules/safety/signs.toml is right, as a test holds")))
}

impl Signs {
    fn of(signs: Vec<Sign>) -> Self {
        let mut all = Self {
            of_concerns: Vec::new(),
            by_word: HashMap::new(),
            by_form: HashMap::new(),
            by_beginning: Vec::new(),
            names: Vec::new(),
            any: Vec::new(),
        };
        for (concern, sign) in (0u16..).zip(&signs) {
            for (pattern, start) in (0u16..).zip(&sign.patterns).flat_map(|(n, p)| p.starts().map(move |s| (n, s))) {
                let place = Place { concern, pattern };
                let put = |index: &mut HashMap<Box<str>, Vec<Place>>, word: &str| match index.get_mut(word) {
                    Some(places) => places.push(place),
                    None => drop(index.insert(word.into(), vec![place])),
                };
                match start {
                    Start::Word(word) => put(&mut all.by_word, word),
                    Start::Form(stem) => put(&mut all.by_form, stem),
                    Start::Beginning(letters) => all.by_beginning.push((letters.into(), place)),
                    Start::Name => all.names.push(place),
                    Start::Any => all.any.push(place),
                }
            }
        }
        all.of_concerns = signs;
        all
    }

    /// Returns the signs of all concerns, in the order of [`concerns`].
    pub(super) fn of_concerns(&self) -> &[Sign] {
        &self.of_concerns
    }

    /// Returns every match of a pattern in the sentence, with the index of its concern.
    pub(super) fn found(&self, sentence: &Sentence<'_>) -> Vec<(usize, Found)> {
        let mut found = Vec::new();
        for (at, token) in sentence.tokens.iter().enumerate() {
            let by_word = self.by_word.get(token.word.as_str()).into_iter().flatten();
            let by_form = self.by_form.get(token.stem.as_str()).into_iter().flatten();
            let begins = |(letters, _): &&(Box<str>, Place)| token.word.starts_with(&**letters);
            let by_beginning = self.by_beginning.iter().filter(begins).map(|(_, place)| place);
            let names = self.names.iter().filter(|_| sentence.is_name(at));
            for place in by_word.chain(by_form).chain(by_beginning).chain(names).chain(&self.any) {
                let concern = usize::from(place.concern);
                let sign = self.of_concerns.get(concern);
                let pattern = sign.and_then(|sign| sign.patterns.get(usize::from(place.pattern)));
                found.extend(pattern.and_then(|pattern| pattern.at(sentence, at)).map(|hit| (concern, hit)));
            }
        }
        found
    }
}

/// Parses the signs of all concerns and returns them in the order of [`concerns`].
fn read(text: &str) -> Result<Vec<Sign>, String> {
    let File { classes, sign: mut entries } = toml::from_str(text).map_err(|error| error.to_string())?;
    let classes = Classes::of(&classes);
    let in_order = concerns().iter().map(|concern| {
        let at = entries.iter().position(|entry| entry.of == concern.id);
        let entry = at.map(|at| entries.swap_remove(at));
        understood(&entry.ok_or_else(|| format!("{} has no signs", concern.id))?, &classes)
    });
    let signs = in_order.collect::<Result<_, _>>()?;
    match entries.first() {
        None => Ok(signs),
        Some(entry) => Err(format!("there is no concern {}, or it has signs twice", entry.of)),
    }
}

fn understood(entry: &Entry, classes: &Classes) -> Result<Sign, String> {
    let all = |texts: &[String]| -> Result<Vec<Pattern>, String> {
        let one =
            |text: &String| Pattern::parse(text, classes).map_err(|error| format!("{}: \"{text}\": {error}", entry.of));
        texts.iter().map(one).collect()
    };
    Ok(Sign {
        hears_past: entry.past == "heard",
        of_writer: entry.subject == "writer",
        patterns: all(&entry.patterns)?,
        quiet: all(&entry.quiet)?,
        sure: all(&entry.sure)?,
        ground: all(&entry.ground)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_read() {
        let signs = read(SIGNS).unwrap_or_else(|error| unreachable!("{error}"));
        assert!(signs.len() == concerns().len() && signs.iter().all(|sign| !sign.patterns.is_empty()));
    }

    #[test]
    fn a_sign_belongs_to_one_concern() {
        let wrong = SIGNS.replacen("of = \"harm\"", "of = \"arm\"", 1);
        assert_eq!(read(&wrong).err().as_deref(), Some("harm has no signs"));
        let twice = format!("{SIGNS}\n[[sign]]\nof = \"harm\"\npatterns = [\"hit\"]\n");
        assert_eq!(read(&twice).err().as_deref(), Some("there is no concern harm, or it has signs twice"));
    }
}

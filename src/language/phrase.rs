//! Phrases to look for: words in a row, and for the safety notices also classes of words and gaps.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::sentence::{Sentence, sentences, stem};

/// In front of a stem, in a row of words.
const FORM: char = '~';
/// An entry of a class that stands for the name of somebody.
pub const ANY_NAME: &str = "@name";

/// Words that may stand at one place of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Words {
    whole: BTreeSet<String>,
    /// Stems of words that count in every form.
    forms: BTreeSet<String>,
    /// Beginnings: `delegat*` allows any ending.
    stems: Vec<String>,
    /// Phrases of several words of a class.
    longer: Vec<Vec<String>>,
    /// A word with a capital letter inside a sentence counts as well: the name of somebody.
    names: bool,
}

/// How many words may stand between two parts of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gap(pub usize);

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// One of these words.
    Words(Words),
    /// Up to so many words of any kind, within the sentence.
    Gap(Gap),
}

/// Words and gaps in a row, and others that stand anywhere in the same sentence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    parts: Vec<Part>,
    /// What else the sentence has to hold, in any order.
    besides: Vec<Vec<Part>>,
}

/// What a pattern can begin with, for an index over many of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// This word.
    Word(String),
    /// Any form of the word with this stem.
    Form(String),
    /// A word that begins so.
    Stem(String),
    /// Any name.
    Name,
    /// Any word at all.
    Any,
}

/// Where a pattern stands in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its words, those of its gaps included.
    pub words: Range<usize>,
    /// A word of a gap says no: "she was not hit".
    pub denied_inside: bool,
}

/// A phrase of a rule: how its author wrote it, and what it is compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// As it was written, folded.
    pub text: String,
    pattern: Pattern,
}

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// There is no word in it.
    #[error("it holds no word")]
    Empty,
    /// It names a class of words that is not there.
    #[error("there is no class of words called <{0}>")]
    Class(String),
    /// A gap that has no number, or one over 8.
    #[error("a gap is written ~1 to ~12, and this is {0}")]
    Gap(String),
}

impl Words {
    /// One word, which may end in `*` for any ending.
    fn one(word: &str) -> Self {
        let mut words = Self::default();
        words.add(&[word.to_owned()]);
        words
    }

    fn add(&mut self, words: &[String]) {
        match words {
            [] => {}
            [one] => match one.strip_suffix('*') {
                Some(stem) => self.stems.push(stem.to_owned()),
                None => drop(self.whole.insert(one.clone())),
            },
            several => self.longer.push(several.to_vec()),
        }
    }

    /// The same words in every form they have: "hit" is then also "hitting". A word written `=note` stays as it is.
    fn in_every_form(mut self) -> Self {
        let whole = std::mem::take(&mut self.whole);
        for word in whole {
            match word.strip_prefix('=') {
                Some(exact) => drop(self.whole.insert(exact.to_owned())),
                None => drop(self.forms.insert(stem(&word))),
            }
        }
        for word in self.longer.iter_mut().flatten().filter(|word| !word.ends_with('*')) {
            *word = format!("{FORM}{}", stem(word));
        }
        self
    }

    fn is(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let (word, stem) = (sentence.word(at), sentence.stem(at));
        self.whole.contains(word)
            || self.forms.contains(stem)
            || self.stems.iter().any(|stem| word.starts_with(stem.as_str()))
    }

    /// Where these words end if they begin at `at`, the shortest first.
    fn ends(&self, sentence: &Sentence<'_>, at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        if at < sentence.tokens.len() && (self.is(sentence, at) || (self.names && sentence.is_name(at))) {
            ends.push(at + 1);
        }
        for words in &self.longer {
            if words.iter().enumerate().all(|(step, word)| matches(word, sentence, at + step)) {
                ends.push(at + words.len());
            }
        }
        ends
    }
}

/// Whether a word of a phrase, which may end in `*`, is this word.
fn matches(pattern: &str, sentence: &Sentence<'_>, at: usize) -> bool {
    if let Some(form) = pattern.strip_prefix(FORM) {
        return form == sentence.stem(at);
    }
    let word = sentence.word(at);
    match pattern.strip_suffix('*') {
        Some(stem) => !word.is_empty() && word.starts_with(stem),
        None => pattern == word,
    }
}

/// The words of a text that may end in `*`, as sentences hold them.
fn words_of(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in text.split_whitespace().flat_map(|piece| piece.split(['-', '/'])) {
        let (bare, open) = piece.strip_suffix('*').map_or((piece, false), |bare| (bare, true));
        let mut words: Vec<String> =
            sentences(bare).into_iter().flat_map(|read| read.tokens).map(|token| token.word).collect();
        if let Some(last) = words.last_mut().filter(|_| open) {
            last.push('*');
        }
        found.append(&mut words);
    }
    found
}

/// One of several words: `a|b_c|<class>`.
fn one_of(piece: &str, classes: &BTreeMap<String, Words>) -> Result<Words, PhraseError> {
    let mut words = Words::default();
    for one in piece.split('|') {
        match one.strip_prefix('<').and_then(|one| one.strip_suffix('>')) {
            Some(class) => {
                let class = classes.get(class).ok_or_else(|| PhraseError::Class(class.to_owned()))?;
                words.names |= class.names;
                words.whole.extend(class.whole.iter().cloned());
                words.forms.extend(class.forms.iter().cloned());
                words.stems.extend(class.stems.iter().cloned());
                words.longer.extend(class.longer.iter().cloned());
            }
            None => {
                let mut own = Words::default();
                own.add(&words_of(&one.replace('_', " ")));
                let own = own.in_every_form();
                words.whole.extend(own.whole);
                words.forms.extend(own.forms);
                words.stems.extend(own.stems);
                words.longer.extend(own.longer);
            }
        }
    }
    Ok(words)
}

impl Pattern {
    /// Reads a pattern: words, `a|b_c` for the word a or the words b c, `<class>`, `~3` for up to three words between, `*` for any ending.
    ///
    /// `a & b` is a, with b anywhere in the same sentence.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, classes: &BTreeMap<String, Words>) -> Result<Self, PhraseError> {
        let mut sequences = text.split(" & ").map(|sequence| in_a_row(sequence, classes));
        let parts = sequences.next().unwrap_or(Err(PhraseError::Empty))?;
        Ok(Self { parts, besides: sequences.collect::<Result<_, _>>()? })
    }

    /// What it can begin with.
    #[must_use]
    pub fn starts(&self) -> Vec<Start> {
        let Some(Part::Words(words)) = self.parts.first() else { return vec![Start::Any] };
        let whole = words.whole.iter().cloned();
        let longer = words.longer.iter().filter_map(|words| words.first().cloned());
        let of = |word: String| match (word.strip_suffix('*'), word.strip_prefix(FORM)) {
            (Some(stem), _) => Start::Stem(stem.to_owned()),
            (_, Some(form)) => Start::Form(form.to_owned()),
            (None, None) => Start::Word(word),
        };
        let forms = words.forms.iter().cloned().map(Start::Form);
        let names = words.names.then_some(Start::Name);
        whole
            .chain(longer)
            .map(of)
            .chain(forms)
            .chain(words.stems.iter().cloned().map(Start::Stem))
            .chain(names)
            .collect()
    }

    /// The pattern where it begins at a word.
    #[must_use]
    pub fn at(&self, sentence: &Sentence<'_>, at: usize) -> Option<Found> {
        let (end, denied_inside) = end(&self.parts, sentence, at)?;
        let anywhere = |parts: &Vec<Part>| (0..sentence.tokens.len()).any(|at| stands_at(parts, sentence, at));
        (end > at && self.besides.iter().all(anywhere)).then_some(Found { words: at..end, denied_inside })
    }

    /// A class of words: each entry is a word or several in a row, or [`ANY_NAME`].
    #[must_use]
    pub fn class(entries: &[String]) -> Words {
        let mut words = Words { names: entries.iter().any(|entry| entry == ANY_NAME), ..Words::default() };
        for entry in entries.iter().filter(|entry| *entry != ANY_NAME) {
            match entry.strip_prefix('=') {
                Some(exact) => words.add(&[format!("={exact}")]),
                None => words.add(&words_of(entry)),
            }
        }
        words.in_every_form()
    }
}

/// Whether the parts begin at a word, and no word of a gap says no.
fn stands_at(parts: &[Part], sentence: &Sentence<'_>, at: usize) -> bool {
    end(parts, sentence, at).is_some_and(|(end, denied)| end > at && !denied)
}

/// The parts of one sequence.
fn in_a_row(text: &str, classes: &BTreeMap<String, Words>) -> Result<Vec<Part>, PhraseError> {
    let mut parts = Vec::new();
    for piece in text.split_whitespace() {
        if piece.starts_with('<') && !piece.contains('|') {
            parts.push(Part::Words(one_of(piece, classes)?));
        } else if let Some(gap) = piece.strip_prefix('~') {
            let most = gap.parse().ok().filter(|most| (1..=12).contains(most));
            parts.push(Part::Gap(Gap(most.ok_or_else(|| PhraseError::Gap(piece.to_owned()))?)));
        } else if piece.contains('|') {
            parts.push(Part::Words(one_of(piece, classes)?));
        } else {
            parts.extend(words_of(piece).iter().map(|word| Part::Words(Words::one(word))));
        }
    }
    if !parts.iter().any(|part| matches!(part, Part::Words(_))) {
        return Err(PhraseError::Empty);
    }
    Ok(parts)
}

impl Pattern {
    /// Where the pattern stands in a sentence; the places do not overlap.
    #[must_use]
    pub fn found(&self, sentence: &Sentence<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < sentence.tokens.len() {
            match self.at(sentence, at) {
                Some(one) => {
                    at = one.words.end;
                    found.push(one);
                }
                None => at += 1,
            }
        }
        found
    }
}

/// Where the parts end if they begin at `at`, and whether a word of a gap says no; where none does, if there is such a way.
fn end(parts: &[Part], sentence: &Sentence<'_>, at: usize) -> Option<(usize, bool)> {
    let better = |known: Option<(usize, bool)>, next: Option<(usize, bool)>| match (known, next) {
        (Some((_, true)), Some((_, false))) | (None, _) => next,
        _ => known,
    };
    match parts {
        [] => Some((at, false)),
        [Part::Words(words), rest @ ..] => {
            words.ends(sentence, at).into_iter().fold(None, |known, next| better(known, end(rest, sentence, next)))
        }
        [Part::Gap(Gap(most)), rest @ ..] => {
            let says_no = |at: usize| matches!(sentence.word(at), "not" | "never" | "no" | "nobody" | "without");
            (0..=*most).take_while(|skip| at + skip <= sentence.tokens.len()).fold(None, |known, skip| {
                let next = end(rest, sentence, at + skip);
                better(known, next.map(|(end, denied)| (end, denied || (at..at + skip).any(says_no))))
            })
        }
    }
}

impl Phrase {
    /// Reads the phrase of a rule: words in a row, each of which may end in `*` for any ending.
    ///
    /// # Errors
    /// When there is no word in it.
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let parts: Vec<Part> = words_of(text).iter().map(|word| Part::Words(Words::one(word))).collect();
        if parts.is_empty() {
            return Err(PhraseError::Empty);
        }
        Ok(Self { text: crate::domain::fold(text.trim()), pattern: Pattern { parts, besides: Vec::new() } })
    }

    /// Where the phrase stands in a sentence.
    #[must_use]
    pub fn places(&self, sentence: &Sentence<'_>) -> Vec<Range<usize>> {
        self.pattern.found(sentence).into_iter().map(|found| found.words).collect()
    }

    /// The beginnings in it that allow any ending.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.pattern
            .parts
            .iter()
            .flat_map(|part| match part {
                Part::Words(words) => words.stems.as_slice(),
                Part::Gap(_) => &[],
            })
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let classes = BTreeMap::from([("who".to_owned(), Pattern::class(&["her".into(), "the old man".into()]))]);
        let pattern = Pattern::parse(pattern, &classes).expect("a pattern");
        let read = sentences(text);
        let one = |sentence: &Sentence<'_>| -> Vec<String> {
            pattern.found(sentence).iter().map(|found| sentence.written(&found.words).to_owned()).collect()
        };
        read.iter().flat_map(one).collect()
    }

    #[test]
    fn whole_words_unless_a_stem_is_asked_for() {
        assert_eq!(found("no time", "I had no time, again"), ["no time"]);
        assert!(found("no time", "piano timetable").is_empty());
        assert_eq!(found("delegat*", "Delegating is hard, undelegated work is harder"), ["Delegating"]);
        assert!(found("overwhelmed", "overwhelmingly positive").is_empty());
        assert_eq!(found("short-staffed", "We are short staffed"), ["short staffed"]);
        assert_eq!(found("can't cope", "I cannot cope"), ["cannot cope"]);
    }

    #[test]
    fn classes_and_gaps_reach_across_words() {
        assert_eq!(
            found("hit|slapped ~2 <who>", "He slapped poor her and hit the old man"),
            ["slapped poor her", "hit the old man"]
        );
        assert!(found("hit ~1 <who>", "hit it off very well with her").is_empty());
        assert_eq!(Pattern::parse("<nobody>", &BTreeMap::new()), Err(PhraseError::Class("nobody".into())));
        assert!(Pattern::parse("a ~13 b", &BTreeMap::new()).is_err() && Phrase::parse(" * ").is_err());
    }
}

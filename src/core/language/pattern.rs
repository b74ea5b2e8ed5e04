//! Patterns for the safety notices: sequences of words, classes of words and gaps.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::phrase::{PhraseError, Word, stand_at, words_of};
use super::sentence::{Sentence, stem};

/// The entry of a class that matches any name of a person.
pub const ANY_NAME: &str = "@name";

/// Alternatives for one position of a pattern; each list is sorted.
#[derive(Debug, Default)]
struct Words {
    whole: Vec<Box<str>>,
    /// Stems of words that match in every form.
    forms: Vec<Box<str>>,
    /// Beginnings of words: `delegat*` matches any ending.
    beginnings: Vec<Box<str>>,
    /// Phrases of several words.
    longer: Vec<Box<[Word]>>,
    /// Whether a name, a capitalised word inside a sentence, matches as well.
    names: bool,
}

/// Word classes by name.
#[derive(Debug, Default)]
pub struct Classes(HashMap<String, Arc<Words>>);

/// One part of a pattern.
#[derive(Debug)]
enum Part {
    /// This word.
    Word(Word),
    /// One of the words in these lists.
    OneOf(Box<[Arc<Words>]>),
    /// At most this many words of any kind, within the sentence.
    Gap(usize),
}

/// A sequence of words and gaps, with other sequences that must occur in the same sentence.
#[derive(Debug)]
pub struct Pattern {
    parts: Box<[Part]>,
    /// Further sequences that must occur anywhere in the sentence.
    besides: Box<[Box<[Part]>]>,
}

/// What the first word of a match can be, for an index over many patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start<'a> {
    /// This word.
    Word(&'a str),
    /// Any form of the word with this stem.
    Form(&'a str),
    /// A word with this beginning.
    Beginning(&'a str),
    /// Any name.
    Name,
    /// Any word at all.
    Any,
}

/// A match of a pattern in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Token indices, including the words of gaps.
    pub words: Range<usize>,
    /// Whether a word in a gap is a negation, as in "she was not hit".
    pub denied_inside: bool,
}

impl Classes {
    /// Builds the classes of a file; each entry is a word, several words in sequence, or [`ANY_NAME`].
    #[must_use]
    pub fn of(classes: &HashMap<String, Vec<String>>) -> Self {
        let class = |entries: &Vec<String>| {
            let mut words = Words { names: entries.iter().any(|entry| entry == ANY_NAME), ..Words::default() };
            for entry in entries.iter().filter(|entry| *entry != ANY_NAME) {
                match entry.strip_prefix('=') {
                    Some(exact) => words.whole.push(exact.into()),
                    None => words.add(&words_of(entry)),
                }
            }
            Arc::new(words.in_order())
        };
        Self(classes.iter().map(|(name, entries)| (name.clone(), class(entries))).collect())
    }
}

impl Words {
    /// Adds words in sequence, in all their forms: "hit" also matches "hitting".
    fn add(&mut self, words: &[String]) {
        let in_every_form = |word: &String| match Word::of(word) {
            Word::Whole(word) => Word::Form(stem(&word).into()),
            other => other,
        };
        match words {
            [] => {}
            [one] => match in_every_form(one) {
                Word::Whole(word) => self.whole.push(word),
                Word::Form(stem) => self.forms.push(stem),
                Word::Beginning(letters) => self.beginnings.push(letters),
            },
            several => self.longer.push(several.iter().map(in_every_form).collect()),
        }
    }

    fn in_order(mut self) -> Self {
        for list in [&mut self.whole, &mut self.forms, &mut self.beginnings] {
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
        }
        self.longer.sort_unstable();
        self.longer.dedup();
        self.longer.shrink_to_fit();
        self
    }

    fn is(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let (word, stem) = (sentence.word(at), sentence.stem(at));
        let holds = |list: &[Box<str>], word: &str| list.binary_search_by(|known| (**known).cmp(word)).is_ok();
        holds(&self.whole, word)
            || holds(&self.forms, stem)
            || self.beginnings.iter().any(|letters| word.starts_with(&**letters))
    }

    /// Returns the token indices at which a match that begins at `at` can end.
    fn ends(&self, sentence: &Sentence<'_>, at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        if at < sentence.tokens.len() && (self.is(sentence, at) || (self.names && sentence.is_name(at))) {
            ends.push(at + 1);
        }
        let longer = self.longer.iter().filter(|words| stand_at(words, sentence, at));
        ends.extend(longer.map(|words| at + words.len()));
        ends
    }

    fn starts(&self) -> impl Iterator<Item = Start<'_>> {
        let whole = self.whole.iter().map(|word| Start::Word(word));
        let forms = self.forms.iter().map(|stem| Start::Form(stem));
        let beginnings = self.beginnings.iter().map(|letters| Start::Beginning(letters));
        let longer = self.longer.iter().filter_map(|words| words.first().map(Start::of));
        whole.chain(forms).chain(beginnings).chain(longer).chain(self.names.then_some(Start::Name))
    }
}

impl<'a> Start<'a> {
    fn of(word: &'a Word) -> Self {
        match word {
            Word::Whole(word) => Self::Word(word),
            Word::Form(stem) => Self::Form(stem),
            Word::Beginning(letters) => Self::Beginning(letters),
        }
    }
}

/// Parses alternatives: `a|b_c|<class>`.
fn one_of(piece: &str, classes: &Classes) -> Result<Part, PhraseError> {
    let mut own = Words::default();
    let mut lists = Vec::new();
    for one in piece.split('|') {
        if one.trim_matches(['_', '*', '=']).is_empty() {
            return Err(PhraseError::Choice(piece.to_owned()));
        }
        match one.strip_prefix('<').and_then(|one| one.strip_suffix('>')) {
            Some(class) => {
                let class = classes.0.get(class).ok_or_else(|| PhraseError::Class(class.to_owned()))?;
                lists.push(Arc::clone(class));
            }
            None => match one.strip_prefix('=') {
                Some(exact) => own.whole.push(exact.into()),
                None => own.add(&words_of(&one.replace('_', " "))),
            },
        }
    }
    let own = own.in_order();
    if own.starts().next().is_some() {
        lists.push(Arc::new(own));
    }
    Ok(Part::OneOf(lists.into()))
}

/// Parses one sequence.
fn in_a_row(text: &str, classes: &Classes) -> Result<Box<[Part]>, PhraseError> {
    let mut parts = Vec::new();
    for piece in text.split_whitespace() {
        if piece.starts_with('<') || piece.contains('|') {
            parts.push(one_of(piece, classes)?);
        } else if let Some(gap) = piece.strip_prefix('~') {
            let most = gap.parse().ok().filter(|most| (1..=12).contains(most));
            parts.push(Part::Gap(most.ok_or_else(|| PhraseError::Gap(piece.to_owned()))?));
        } else {
            parts.extend(words_of(piece).iter().map(|word| Part::Word(Word::of(word))));
        }
    }
    if parts.iter().all(|part| matches!(part, Part::Gap(_))) {
        return Err(PhraseError::Empty);
    }
    Ok(parts.into())
}

impl Pattern {
    /// Parses a pattern: words, `a|b_c` for the word a or the words b c, `<class>`, `~3` for up to three words in
    /// between, and `*` for any ending. `a & b` matches a if b occurs anywhere in the same sentence.
    ///
    /// # Errors
    /// Returns what is wrong with the pattern.
    pub fn parse(text: &str, classes: &Classes) -> Result<Self, PhraseError> {
        let mut sequences = text.split(" & ").map(|sequence| in_a_row(sequence, classes));
        let parts = sequences.next().unwrap_or(Err(PhraseError::Empty))?;
        Ok(Self { parts, besides: sequences.collect::<Result<_, _>>()? })
    }

    /// Returns what the first word of a match can be.
    pub fn starts(&self) -> impl Iterator<Item = Start<'_>> {
        let (one, lists): (_, &[_]) = match self.parts.first() {
            Some(Part::Word(word)) => (Some(Start::of(word)), &[]),
            Some(Part::OneOf(lists)) => (None, lists),
            Some(Part::Gap(_)) | None => (Some(Start::Any), &[]),
        };
        one.into_iter().chain(lists.iter().flat_map(|list| list.starts()))
    }

    /// Matches the pattern at a token; `None` if it does not match there.
    #[must_use]
    pub fn at(&self, sentence: &Sentence<'_>, at: usize) -> Option<Found> {
        let (end, denied_inside) = end(&self.parts, sentence, at)?;
        let anywhere = |parts: &[Part]| (0..sentence.tokens.len()).any(|at| stands_at(parts, sentence, at));
        (end > at && self.besides.iter().all(|parts| anywhere(parts)))
            .then_some(Found { words: at..end, denied_inside })
    }

    /// Returns the matches in a sentence, which do not overlap.
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

/// Returns whether the parts match at a token without a negation in a gap.
fn stands_at(parts: &[Part], sentence: &Sentence<'_>, at: usize) -> bool {
    end(parts, sentence, at).is_some_and(|(end, denied)| end > at && !denied)
}

/// Matches parts at a token and returns the end of the match, and whether a word in a gap is a negation. A match
/// without a negation is preferred, then the earliest end. All alternatives are followed at once, so that the time for
/// choices and gaps in sequence is proportional to their length.
fn end(parts: &[Part], sentence: &Sentence<'_>, at: usize) -> Option<(usize, bool)> {
    let says_no = |at: usize| matches!(sentence.word(at), "not" | "never" | "no" | "nobody" | "without");
    // Each position that can be reached, with whether every way to it contains a negation.
    let mut reached = BTreeMap::from([(at, false)]);
    for part in parts {
        let mut next: BTreeMap<usize, bool> = BTreeMap::new();
        let mut reach = |to: usize, denied: bool| {
            let known = next.entry(to).or_insert(denied);
            *known &= denied;
        };
        for (from, denied) in reached {
            match part {
                Part::Word(word) if word.is(sentence, from) => reach(from + 1, denied),
                Part::Word(_) => {}
                Part::OneOf(lists) => {
                    lists.iter().flat_map(|list| list.ends(sentence, from)).for_each(|to| reach(to, denied));
                }
                Part::Gap(most) => {
                    let mut denied = denied;
                    for to in from..=(from + most).min(sentence.tokens.len()) {
                        reach(to, denied);
                        denied |= says_no(to);
                    }
                }
            }
        }
        reached = next;
    }
    let first = |denied: bool| reached.iter().find(|(_, own)| **own == denied).map(|(to, own)| (*to, *own));
    first(false).or_else(|| first(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sentences;

    fn classes() -> Classes {
        Classes::of(&HashMap::from([("who".to_owned(), vec!["her".into(), "the old man".into(), "=ring".into()])]))
    }

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let pattern = Pattern::parse(pattern, &classes()).expect("a pattern");
        let one = |sentence: &Sentence<'_>| -> Vec<String> {
            pattern.found(sentence).iter().map(|found| sentence.written(&found.words).to_owned()).collect()
        };
        sentences(text).iter().flat_map(one).collect()
    }

    #[test]
    fn classes_and_gaps_reach_across_words() {
        assert_eq!(
            found("hit|slapped ~2 <who>", "He slapped poor her and hit the old man"),
            ["slapped poor her", "hit the old man"]
        );
        assert!(found("hit ~1 <who>", "hit it off very well with her").is_empty());
        assert_eq!(
            found("took ~1 <who>|purse", "took my purses and took a ring, took rings"),
            ["took my purses", "took a ring"]
        );
        assert_eq!(found("hid|=cans ~2 shed|bag", "He can see the shed, cans in a bag"), ["cans in a bag"]);
        assert_eq!(found("took & purse", "From the purse he took it"), ["took"]);
        let pattern = Pattern::parse("she ~2 hit", &classes()).expect("a pattern");
        let denied =
            |text: &str| sentences(text).first().and_then(|read| pattern.at(read, 0)).map(|hit| hit.denied_inside);
        assert_eq!(
            [denied("she was not hit"), denied("she was hit"), denied("he was hit")],
            [Some(true), Some(false), None]
        );
    }

    #[test]
    fn a_pattern_that_cannot_be_read_says_why() {
        assert_eq!(Pattern::parse("<nobody>", &classes()).err(), Some(PhraseError::Class("nobody".into())));
        assert_eq!(Pattern::parse("a ~13 b", &classes()).err(), Some(PhraseError::Gap("~13".into())));
        assert_eq!(Pattern::parse("~1", &classes()).err(), Some(PhraseError::Empty));
    }
}

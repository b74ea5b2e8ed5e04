//! Words in a row, as rules look for them.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::pattern::{Classes, Pattern};
use super::sentence::{Sentence, sentences};

/// A phrase of a rule: how its author wrote it, and what it is compared by.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// As it was written, folded.
    pub text: Box<str>,
    words: Words,
}

/// What a phrase is compared by.
#[derive(Debug, Clone)]
enum Words {
    /// Words in a row.
    Row(Box<[Word]>),
    /// Words with gaps or choices between them.
    Pattern(Arc<Pattern>),
}

/// The text says all.
impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Phrase {}

impl Hash for Phrase {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Why a phrase or pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// There is no word in it.
    #[error("it holds no word")]
    Empty,
    /// It names a class of words that is not there.
    #[error("there is no class of words called <{0}>")]
    Class(String),
    /// A choice with nothing on one side.
    #[error("a choice is written a|b_c, with a word on both sides, and this is {0}")]
    Choice(String),
    /// A gap that has no number, or one over 12.
    #[error("a gap is written ~1 to ~12, and this is {0}")]
    Gap(String),
}

/// What a word is compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Word {
    /// The whole word.
    Whole(Box<str>),
    /// Its stem: every form of the word.
    Form(Box<str>),
    /// What it begins with: `delegat*`.
    Beginning(Box<str>),
}

impl Word {
    /// A word that may end in `*` for any ending.
    pub(super) fn of(word: &str) -> Self {
        word.strip_suffix('*').map_or_else(|| Self::Whole(word.into()), |letters| Self::Beginning(letters.into()))
    }

    pub(super) fn is(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let word = sentence.word(at);
        match self {
            Self::Whole(whole) => **whole == *word,
            Self::Form(stem) => **stem == *sentence.stem(at),
            Self::Beginning(letters) => !word.is_empty() && word.starts_with(&**letters),
        }
    }
}

/// Whether the words begin at a place of the sentence.
pub(super) fn stand_at(words: &[Word], sentence: &Sentence<'_>, at: usize) -> bool {
    words.iter().enumerate().all(|(step, word)| word.is(sentence, at + step))
}

/// The words of a text that may end in `*`, as sentences hold them.
pub(super) fn words_of(text: &str) -> Vec<String> {
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

impl Phrase {
    /// Reads the phrase of a rule: words in a row, each of which may end in `*` for any ending. `~3` stands for up to three
    /// words, and `a|b_c` for the word a or the words b c; words of such a choice count in every form they have.
    ///
    /// # Errors
    /// When there is no word in it, or a gap is none.
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let folded = crate::domain::fold(text.trim()).into();
        if text.split_whitespace().any(|piece| piece.starts_with('~') || piece.contains('|')) {
            // A gap at the beginning means nothing, and at the end holds nothing.
            if text.trim_start().starts_with('~') {
                return Err(PhraseError::Empty);
            }
            let words = Words::Pattern(Arc::new(Pattern::parse(text, &Classes::default())?));
            return Ok(Self { text: folded, words });
        }
        let words: Box<[Word]> = words_of(text).iter().map(|word| Word::of(word)).collect();
        if words.is_empty() {
            return Err(PhraseError::Empty);
        }
        Ok(Self { text: folded, words: Words::Row(words) })
    }

    /// Where the phrase stands in a sentence; the places do not overlap.
    #[must_use]
    pub fn places(&self, sentence: &Sentence<'_>) -> Vec<Range<usize>> {
        let words = match &self.words {
            Words::Row(words) => words,
            Words::Pattern(pattern) => {
                return pattern
                    .found(sentence)
                    .into_iter()
                    .filter(|hit| !hit.denied_inside)
                    .map(|hit| hit.words)
                    .collect();
            }
        };
        let mut places = Vec::new();
        let mut at = 0;
        while at < sentence.tokens.len() {
            if stand_at(words, sentence, at) {
                places.push(at..at + words.len());
                at += words.len();
            } else {
                at += 1;
            }
        }
        places
    }

    /// The beginnings in it that allow any ending.
    pub fn beginnings(&self) -> impl Iterator<Item = &str> {
        let words: &[Word] = match &self.words {
            Words::Row(words) => words,
            Words::Pattern(_) => &[],
        };
        words.iter().filter_map(|word| match word {
            Word::Beginning(letters) => Some(&**letters),
            Word::Whole(_) | Word::Form(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, text: &str) -> Vec<String> {
        let phrase = Phrase::parse(phrase).expect("a phrase");
        let one = |sentence: &Sentence<'_>| -> Vec<String> {
            phrase.places(sentence).iter().map(|words| sentence.written(words).to_owned()).collect()
        };
        sentences(text).iter().flat_map(one).collect()
    }

    #[test]
    fn whole_words_unless_a_beginning_is_asked_for() {
        assert_eq!(found("no time", "I had no time, again"), ["no time"]);
        assert!(found("no time", "piano timetable").is_empty());
        assert_eq!(found("delegat*", "Delegating is hard, undelegated work is harder"), ["Delegating"]);
        assert!(found("overwhelmed", "overwhelmingly positive").is_empty());
        assert_eq!(found("short-staffed", "We are short staffed"), ["short staffed"]);
        assert_eq!(found("can't cope", "I cannot cope"), ["cannot cope"]);
        assert_eq!(found("very very", "very very very very"), ["very very", "very very"]);
        assert_eq!(
            found("no ~1 hours|time left", "There was no real time left, no hour left"),
            ["no real time left", "no hour left"]
        );
        assert!(found("we ~2 asked", "We were never asked").is_empty());
        for bad in ["a||b", "|a", "a|", "_|a", "a|*", "~2 time", "no ~99 time", "no ~x time"] {
            assert!(Phrase::parse(bad).is_err(), "{bad}");
        }
        // However many ways there are, each place is looked at once.
        let hard = format!("{}zzz", "a*|b ~5 ".repeat(12));
        assert!(found(&hard, &"a ".repeat(2_000)).is_empty());
        assert_eq!(Phrase::parse(" * "), Err(PhraseError::Empty));
    }
}

//! Phrases: sequences of words, as used in rules.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::pattern::{Classes, Pattern};
use super::sentence::{Sentence, sentences};
use super::topic::Topic;

/// A phrase of a rule: its text, and its parsed form.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Text as written, folded.
    pub text: Box<str>,
    words: Words,
}

/// The parsed form of a phrase.
#[derive(Debug, Clone)]
enum Words {
    /// A plain sequence of words.
    Row(Box<[Word]>),
    /// A sequence with gaps or choices.
    Pattern(Arc<Pattern>),
    /// Whatever says this.
    Topic(Topic),
}

/// Phrases with the same text are equal.
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

/// An error in a phrase or pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// It contains no word.
    #[error("it holds no word")]
    Empty,
    /// It names an unknown topic.
    #[error("there is no topic called <{0}>")]
    Topic(String),
    /// It names an unknown class of words.
    #[error("there is no class of words called <{0}>")]
    Class(String),
    /// A choice is empty on one side.
    #[error("a choice is written a|b_c, with a word on both sides, and this is {0}")]
    Choice(String),
    /// A gap has no number, or one outside 1 to 12.
    #[error("a gap is written ~1 to ~12, and this is {0}")]
    Gap(String),
}

/// How a word of a pattern is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Word {
    /// With the whole word.
    Whole(Box<str>),
    /// With the stem, which matches every form of the word.
    Form(Box<str>),
    /// With the beginning: `delegat*`.
    Beginning(Box<str>),
}

impl Word {
    /// Parses a word, which may end in `*` for any ending.
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

/// Returns whether the words match the sentence from a token on.
pub(super) fn stand_at(words: &[Word], sentence: &Sentence<'_>, at: usize) -> bool {
    words.iter().enumerate().all(|(step, word)| word.is(sentence, at + step))
}

/// Splits a text into words, each of which may end in `*`, in the same normalised form as tokens.
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
    /// Parses the phrase of a rule: a sequence of words, each of which may end in `*` for any ending. `~3` stands for
    /// up to three words, and `a|b_c` for the word a or the words b c; the words of such a choice match in all their
    /// forms. `<no-time>` stands for all words that say what the [topic](Topic) does.
    ///
    /// # Errors
    /// Returns an error if the phrase contains no word, if a gap or choice is malformed, or if there is no such topic.
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let folded: Box<str> = crate::domain::fold(text.trim()).into();
        if let Some(id) = folded.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            let words = Words::Topic(Topic::named(id).ok_or_else(|| PhraseError::Topic(id.to_owned()))?);
            return Ok(Self { text: folded, words });
        }
        if text.split_whitespace().any(|piece| piece.starts_with('~') || piece.contains('|')) {
            // A leading gap has no meaning, and a trailing gap matches no further word.
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

    /// Returns the token ranges at which the phrase occurs in a sentence, without overlaps.
    #[must_use]
    pub fn places(&self, sentence: &Sentence<'_>) -> Vec<Range<usize>> {
        let words = match &self.words {
            Words::Row(words) => words,
            Words::Topic(topic) => return topic.place(sentence).into_iter().collect(),
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

    /// Returns the topic that it stands for, if any.
    #[must_use]
    pub fn topic(&self) -> Option<Topic> {
        match &self.words {
            Words::Topic(topic) => Some(*topic),
            Words::Row(_) | Words::Pattern(_) => None,
        }
    }

    /// Returns the word beginnings in it that match any ending.
    pub fn beginnings(&self) -> impl Iterator<Item = &str> {
        let words: &[Word] = match &self.words {
            Words::Row(words) => words,
            Words::Pattern(_) | Words::Topic(_) => &[],
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
        // However many ways there are to match, each position is visited once.
        let hard = format!("{}zzz", "a*|b ~5 ".repeat(12));
        assert!(found(&hard, &"a ".repeat(2_000)).is_empty());
        assert_eq!(Phrase::parse(" * "), Err(PhraseError::Empty));
    }
}

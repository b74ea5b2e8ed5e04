//! Splits a text into sentences and words, each word with its position in the original text.

use std::cell::OnceCell;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::topic::TOPICS;
use crate::domain::fold;

/// A word, folded and written in full: "can't" becomes `can` and `not`, "resident's" becomes `resident`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Word in the form used for comparison.
    pub word: String,
    /// Stem: "wedged" and "wedges" have the stem `wedg`.
    pub stem: String,
    /// Byte range in the text. Both words of "can't" have the range of the whole.
    pub place: Range<usize>,
    /// Whether a comma, semicolon, colon, bracket or dash precedes the word.
    pub after_break: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it is between double quotation marks.
    pub quoted: bool,
}

/// One sentence of a text.
#[derive(Debug, Clone)]
pub struct Sentence<'a> {
    /// The whole text, in which the byte ranges of tokens are valid.
    pub text: &'a str,
    /// Words, in order.
    pub tokens: Vec<Token>,
    /// Whether it ends with a question mark.
    pub asks: bool,
    /// How much it weighs for each topic, once that was asked.
    pub(super) topics: OnceCell<[f64; TOPICS]>,
}

impl<'a> Sentence<'a> {
    /// Returns the original text of a range of words.
    #[must_use]
    pub fn written(&self, words: &Range<usize>) -> &'a str {
        let first = self.tokens.get(words.start).map_or(0, |token| token.place.start);
        let last = self.tokens.get(words.end.saturating_sub(1)).map_or(first, |token| token.place.end);
        self.text.get(first..last).unwrap_or_default()
    }

    /// Returns whether the word looks like a person's name: capitalised, not the first of the sentence, not "I", and
    /// not in the list of other capitalised words.
    #[must_use]
    pub fn is_name(&self, at: usize) -> bool {
        at > 0
            && self
                .tokens
                .get(at)
                .is_some_and(|token| token.capital && token.word != "i" && !PLACES.contains(&token.word.as_str()))
    }

    /// Returns whether the word begins with a digit.
    #[must_use]
    pub fn is_number(&self, at: usize) -> bool {
        self.word(at).starts_with(|letter: char| letter.is_ascii_digit())
    }

    /// Returns the stem of a word by its index; empty if there is none.
    #[must_use]
    pub fn stem(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.stem.as_str())
    }

    /// Returns a word by its index; empty if there is none.
    #[must_use]
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }
}

/// Capitalised words that are not names of people.
const PLACES: &[&str] = &[
    "am",
    "had",
    "have",
    "will",
    "not",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "covid",
    "christmas",
    "easter",
    "nhs",
    "cqc",
    "datix",
    "gp",
    "hca",
    "pdsa",
    "zoom",
    "teams",
    "excel",
    "english",
    "welsh",
];
/// Words whose full stop does not end a sentence.
const SHORTENED: &[&str] = &["mr", "mrs", "ms", "dr", "prof", "st", "eg", "ie", "e", "g", "i", "approx", "vs", "no"];
/// Contractions that are not recognised by their ending, including those written without an apostrophe.
const RUN_TOGETHER: &[(&str, &[&str])] = &[
    ("cannot", &["can", "not"]),
    ("cant", &["can", "not"]),
    ("can't", &["can", "not"]),
    ("won't", &["will", "not"]),
    ("wont", &["will", "not"]),
    ("shan't", &["shall", "not"]),
    ("dont", &["do", "not"]),
    ("doesnt", &["does", "not"]),
    ("didnt", &["did", "not"]),
    ("isnt", &["is", "not"]),
    ("arent", &["are", "not"]),
    ("wasnt", &["was", "not"]),
    ("werent", &["were", "not"]),
    ("havent", &["have", "not"]),
    ("hasnt", &["has", "not"]),
    ("hadnt", &["had", "not"]),
    ("couldnt", &["could", "not"]),
    ("wouldnt", &["would", "not"]),
    ("shouldnt", &["should", "not"]),
    ("im", &["i", "am"]),
    ("ive", &["i", "have"]),
    ("anymore", &["any", "more"]),
];
/// Endings with an apostrophe and the words that they stand for; an ending that maps to an empty text is dropped.
const ENDINGS: &[(&str, &str)] =
    &[("n't", "not"), ("'m", "am"), ("'ve", "have"), ("'re", "are"), ("'ll", "will"), ("'d", "had"), ("'s", "")];

/// Number of words after which a sentence is ended even without punctuation.
const MOST_WORDS: usize = 200;

/// Splits a text into sentences, in order; those without a word are left out.
#[must_use]
pub fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let mut all = Vec::new();
    let mut open = Open::default();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        if letter.is_alphanumeric()
            || (is_apostrophe(letter) && open.word.is_some() && next.is_some_and(char::is_alphanumeric))
        {
            open.word.get_or_insert(at);
            open.until = at + letter.len_utf8();
            continue;
        }
        open.close_word(text);
        // Words so far apart do not affect each other, and reading time must not grow with the square of the length.
        if open.tokens.len() >= MOST_WORDS {
            all.extend(open.close(text));
        }
        match letter {
            '.' if open.goes_on(next) => {}
            '"' => open.quoted = !open.quoted,
            '\u{201c}' => open.quoted = true,
            '\u{201d}' => open.quoted = false,
            '.' | '!' | '?' | '\n' | '\r' | '\u{2026}' => {
                // A quotation mark that was never closed ends with its line.
                open.quoted &= letter != '\n';
                open.asks |= letter == '?';
                all.extend(open.close(text));
            }
            ',' | ';' | ':' | '(' | ')' | '[' | ']' | '\u{2013}' | '\u{2014}' => open.broken = true,
            '-' if next.is_some_and(char::is_whitespace) => open.broken = true,
            _ => {}
        }
    }
    open.close_word(text);
    all.extend(open.close(text));
    all
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}')
}

/// The sentence that is being read.
#[derive(Default)]
struct Open {
    tokens: Vec<Token>,
    /// Byte position at which the current word begins.
    word: Option<usize>,
    until: usize,
    broken: bool,
    asks: bool,
    quoted: bool,
}

impl Open {
    /// Returns whether a full stop belongs to the word before it or to a number.
    fn goes_on(&self, next: Option<char>) -> bool {
        let last = self.tokens.last().map_or("", |token| token.word.as_str());
        next.is_some_and(char::is_alphanumeric) || SHORTENED.contains(&last) || (last.len() == 1 && last != "i")
    }

    fn close_word(&mut self, text: &str) {
        let Some(from) = self.word.take() else { return };
        let place = from..self.until;
        let written = text.get(place.clone()).unwrap_or_default();
        let capital = written.chars().next().is_some_and(char::is_uppercase);
        let folded = fold(written);
        for word in in_full(&folded) {
            let after_break = std::mem::take(&mut self.broken);
            let stem = stem(&word);
            self.tokens.push(Token { word, stem, place: place.clone(), after_break, capital, quoted: self.quoted });
        }
    }

    fn close<'a>(&mut self, text: &'a str) -> Option<Sentence<'a>> {
        let tokens = std::mem::take(&mut self.tokens);
        let asks = std::mem::take(&mut self.asks);
        self.broken = false;
        (!tokens.is_empty()).then_some(Sentence { text, tokens, asks, topics: OnceCell::new() })
    }
}

/// Returns the stem of a word by the Snowball algorithm for English.
#[must_use]
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// Returns the words that a written word stands for.
fn in_full(word: &str) -> Vec<String> {
    if let Some((_, words)) = RUN_TOGETHER.iter().find(|(short, _)| *short == word) {
        return words.iter().map(|word| (*word).to_owned()).collect();
    }
    for (ending, stands_for) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            let mut words = vec![stem.to_owned()];
            words.extend((!stands_for.is_empty()).then(|| (*stands_for).to_owned()));
            return words;
        }
    }
    vec![word.trim_end_matches('\'').to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        sentences(text).iter().map(|s| s.tokens.iter().map(|token| token.word.clone()).collect()).collect()
    }

    #[test]
    fn short_forms_are_taken_apart_and_keep_their_place() {
        assert_eq!(words("I can\u{2019}t cope, I\u{2019}m done"), [["i", "can", "not", "cope", "i", "am", "done"]]);
        assert_eq!(words("The resident's bell"), [["the", "resident", "bell"]]);
        let read = sentences("Well, I can't cope.");
        let sentence = read.first().expect("one");
        assert_eq!(sentence.written(&(3..5)), "can't cope");
        assert!(sentence.tokens.get(1).is_some_and(|token| token.after_break));
    }

    #[test]
    fn a_sentence_ends_where_it_ends() {
        assert_eq!(words("Mrs. P. rang at 10.30. Nobody came!\nWhy?").len(), 3);
        assert_eq!(words("short-staffed again"), [["short", "staffed", "again"]]);
        assert!(sentences("Is it?").first().is_some_and(|sentence| sentence.asks));
        assert!(words(" .,. \n").is_empty());
    }
}

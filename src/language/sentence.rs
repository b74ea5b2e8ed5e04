//! Sentences and their words, each with its place in the text as it was written.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use crate::domain::fold;

/// One word, folded and in full: "can't" is `can` and `not`, "resident's" is `resident`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word as phrases are compared with it.
    pub word: String,
    /// Its stem: "wedged" and "wedges" are `wedg`.
    pub stem: String,
    /// Where it stands in the text, in bytes. Both words of "can't" have the place of the whole.
    pub place: Range<usize>,
    /// A comma, a colon, a bracket or a dash stands between this word and the one before.
    pub after_break: bool,
    /// It begins with a capital letter.
    pub capital: bool,
    /// It stands between double quotation marks.
    pub quoted: bool,
}

/// One sentence of a text.
#[derive(Debug, Clone)]
pub struct Sentence<'a> {
    /// The whole text; places of tokens are places in it.
    pub text: &'a str,
    /// Its words, in order.
    pub tokens: Vec<Token>,
    /// It ends with a question mark.
    pub asks: bool,
}

impl<'a> Sentence<'a> {
    /// The words from one to another (not included), as they were written.
    #[must_use]
    pub fn written(&self, words: &Range<usize>) -> &'a str {
        let first = self.tokens.get(words.start).map_or(0, |token| token.place.start);
        let last = self.tokens.get(words.end.saturating_sub(1)).map_or(first, |token| token.place.end);
        self.text.get(first..last).unwrap_or_default()
    }

    /// A word with a capital letter that is not the first, and not the writer.
    #[must_use]
    pub fn is_name(&self, at: usize) -> bool {
        at > 0
            && self
                .tokens
                .get(at)
                .is_some_and(|token| token.capital && token.word != "i" && !PLACES.contains(&token.word.as_str()))
    }

    /// The stem of the word at a place, or an empty one.
    #[must_use]
    pub fn stem(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.stem.as_str())
    }

    /// The word at a place, or an empty one.
    #[must_use]
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }
}

/// Words that are written with a capital letter and name nobody.
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
/// Words that end in a full stop and do not end a sentence.
const SHORTENED: &[&str] = &["mr", "mrs", "ms", "dr", "prof", "st", "eg", "ie", "e", "g", "i", "approx", "vs", "no"];
/// Short forms in which a word is hidden, beside those with an apostrophe that are taken apart by their ending.
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
/// Endings with an apostrophe and the word that they stand for; an empty one is dropped.
const ENDINGS: &[(&str, &str)] =
    &[("n't", "not"), ("'m", "am"), ("'ve", "have"), ("'re", "are"), ("'ll", "will"), ("'d", "had"), ("'s", "")];

/// Words after which a sentence ends although no mark ends it.
const MOST_WORDS: usize = 200;

/// The sentences of a text, in order; those without a word are left out.
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
        // Nobody means a word by another that is so far away, and the time for reading must not grow with its square.
        if open.tokens.len() >= MOST_WORDS {
            all.extend(open.close(text));
        }
        match letter {
            '.' if open.goes_on(next) => {}
            '"' => open.quoted = !open.quoted,
            '\u{201c}' => open.quoted = true,
            '\u{201d}' => open.quoted = false,
            '.' | '!' | '?' | '\n' | '\r' | '\u{2026}' => {
                // A mark that was forgotten ends with its line.
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

/// A sentence that has not ended yet.
#[derive(Default)]
struct Open {
    tokens: Vec<Token>,
    /// Where the word that has not ended yet begins.
    word: Option<usize>,
    until: usize,
    broken: bool,
    asks: bool,
    quoted: bool,
}

impl Open {
    /// Whether a full stop here belongs to the word before it or to a number.
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
        (!tokens.is_empty()).then_some(Sentence { text, tokens, asks })
    }
}

/// The stem of a word, by the Snowball algorithm for English.
#[must_use]
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// The words that a written word stands for.
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

//! Detection of passages that look like names of people. It serves as a warning and decides nothing: what it reports
//! may be harmless, and what it does not report may be a name. Made for British English, including Welsh names.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::name_words::{NOBODY, OPENERS, PARTICLES, PLAIN, SAYS, SHORT, TITLES, holds};
use crate::domain::fold;

/// The reason why a passage looks like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suspicion {
    /// A name that occurs in the records.
    Known,
    /// A title followed by a name or initials.
    Titled,
    /// A capital letter where English only has one in a name.
    Capital,
    /// Initials.
    Initials,
    /// An e-mail address.
    Address,
    /// A number with as many digits as a telephone or NHS number.
    Number,
}

impl Suspicion {
    /// Returns the reason in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Known => "a name from your records",
            Self::Titled => "a title and a name",
            Self::Capital => "a capital letter inside a sentence, or someone who says something",
            Self::Initials => "initials",
            Self::Address => "an email address",
            Self::Number => "a telephone or NHS number, perhaps",
        }
    }
}

/// A passage that looks like a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// Byte range in the text.
    pub place: Range<usize>,
    /// The passage itself.
    pub words: String,
    /// The reason.
    pub why: Suspicion,
}

/// Minimum number of digits of a telephone number; an NHS number has ten.
const DIGITS: usize = 9;

/// A word with information about its surroundings.
struct Word<'a> {
    text: &'a str,
    from: usize,
    /// Whether it begins a sentence, which explains a capital letter.
    first: bool,
    /// Whether only white space separates it from the word before, or a full stop after a title or an initial.
    joined: bool,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Recognises `NHS` or `CQC`: at least three letters, all capitals.
    fn is_acronym(&self) -> bool {
        let letters = || self.text.chars().filter(|c| c.is_alphabetic());
        letters().count() > 2 && letters().all(char::is_uppercase)
    }

    /// Returns the word in lower case, without accents and possessive ending.
    fn plain(&self) -> String {
        let plain = fold(self.text);
        plain.strip_suffix("'s").map(str::to_owned).unwrap_or(plain)
    }

    /// Returns whether it is a day, a month or a similar word, also in the plural: `Sundays`.
    fn is_plain(&self) -> bool {
        let plain = self.plain();
        holds(PLAIN, &plain) || plain.strip_suffix('s').is_some_and(|one| holds(PLAIN, one))
    }

    fn end(&self) -> usize {
        self.from + self.text.len()
    }

    fn is_initial(&self) -> bool {
        self.text.chars().count() == 1 && self.is_capital() && self.text != "I" && self.text != "A"
    }
}

/// Returns the passages of a text that look like names, in order; `known` contains names that occur in the records.
#[must_use]
pub fn suspects(text: &str, known: &[String]) -> Vec<Suspect> {
    let words = words(text);
    let known: Vec<String> = known
        .iter()
        .flat_map(|name| name.split_whitespace())
        .filter(|part| part.chars().count() > 2)
        .map(fold)
        .collect();
    let mut found: Vec<Suspect> = addresses(text).chain(numbers(text)).collect();
    let mut at = 0;
    while at < words.len() {
        match passage(&words, at, &known) {
            Some((length, why)) => {
                let (Some(first), Some(last)) = (words.get(at), words.get(at + length - 1)) else { break };
                found.push(suspect(text, first.from..last.end(), why));
                at += length;
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|suspect| (suspect.place.start, std::cmp::Reverse(suspect.place.end)));
    found.dedup_by(|later, earlier| later.place.start < earlier.place.end);
    found
}

fn suspect(text: &str, place: Range<usize>, why: Suspicion) -> Suspect {
    Suspect { words: text.get(place.clone()).unwrap_or_default().to_owned(), place, why }
}

/// Returns how many words from `at` on look like a name, and why.
fn passage(words: &[Word<'_>], at: usize, known: &[String]) -> Option<(usize, Suspicion)> {
    let word = words.get(at)?;
    let run = run(words, at);
    let is_known = |word: &Word<'_>| word.is_capital() && known.contains(&word.plain());
    if words.get(at..at + run.max(1))?.iter().any(is_known) {
        return Some((run.max(1), Suspicion::Known));
    }
    if holds(TITLES, &word.plain()) && words.get(at + 1).is_some_and(|next| next.joined && next.is_capital()) {
        return Some((1 + self::run(words, at + 1).max(1), Suspicion::Titled));
    }
    if run == 0 {
        return None;
    }
    let initials = words.get(at..at + run)?.iter().all(Word::is_initial);
    let pair = word.text.chars().count() == 2 && word.text.chars().all(char::is_uppercase);
    if (initials && run > 1) || (pair && !holds(SHORT, word.text)) {
        return Some((run, Suspicion::Initials));
    }
    if pair || (run == 1 && word.is_initial()) {
        return None;
    }
    (!word.first || run > 1 || speaks(words, at)).then_some((run, Suspicion::Capital))
}

/// Returns how many consecutive words from `at` on are capitalised, including particles between them.
fn run(words: &[Word<'_>], at: usize) -> usize {
    let named = |word: &Word<'_>| word.is_capital() && !word.is_acronym() && !word.is_plain();
    let Some(first) = words.get(at).filter(|word| named(word)) else { return 0 };
    if first.first && (holds(NOBODY, &fold(first.text)) || is_opener(first.text)) {
        return 0;
    }
    let mut length = 1;
    while let Some(next) = words.get(at + length).filter(|next| next.joined && !next.first) {
        let after = words.get(at + length + 1);
        let bridges = holds(PARTICLES, next.text) && after.is_some_and(|word| word.joined && named(word));
        match (named(next), bridges) {
            (true, _) => length += 1,
            (false, true) => length += 2,
            (false, false) => break,
        }
    }
    length
}

/// Returns whether a word begins sentences in which a name may follow: "When Sarah", "The Joneses".
fn is_opener(text: &str) -> bool {
    holds(OPENERS, &fold(text))
}

/// Returns whether the word at the start of a sentence is a possessive or the subject of a verb of speech.
fn speaks(words: &[Word<'_>], at: usize) -> bool {
    let owns = words.get(at).is_some_and(|word| fold(word.text).ends_with("'s"));
    owns || words.get(at + 1).is_some_and(|next| next.joined && holds(SAYS, next.text))
}

/// Splits a text into words.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut end = 0;
    for (from, word) in text.unicode_word_indices() {
        let between = text.get(end..from).unwrap_or_default();
        let before = words.last();
        let point = between.trim_end() == "." && between.len() < 4;
        let abbreviated = before.is_some_and(|word| word.is_initial() || holds(TITLES, &fold(word.text)));
        let joined =
            before.is_some() && !between.contains('\n') && (between.trim().is_empty() || (point && abbreviated));
        let ends = |c: char| matches!(c, '.' | '!' | '?' | ':' | '\n' | '\u{2022}' | '\u{ab}' | '\u{201c}' | '"');
        let first = before.is_none() || (between.contains(ends) && !joined);
        words.push(Word { text: word, from, first, joined });
        end = from + word.len();
    }
    words
}

/// Finds e-mail addresses: words with an `@` inside.
fn addresses(text: &str) -> impl Iterator<Item = Suspect> {
    text.split_word_places()
        .filter(|(_, word)| word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')))
        .map(move |(from, word)| suspect(text, from..from + word.len(), Suspicion::Address))
}

/// Finds runs of digits, with spaces and hyphens between them, that are long enough for a number that identifies
/// somebody.
fn numbers(text: &str) -> impl Iterator<Item = Suspect> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (c, start) {
            ('0'..='9', _) | ('+', None) => {
                start = start.or(Some(at));
                end = at + c.len_utf8();
            }
            (' ' | '-' | '(' | ')', Some(_)) | (_, None) => {}
            (_, Some(from)) => {
                let digits = text.get(from..end).unwrap_or_default().chars().filter(char::is_ascii_digit).count();
                if digits >= DIGITS {
                    found.push(suspect(text, from..end, Suspicion::Number));
                }
                start = None;
            }
        }
    }
    found.into_iter()
}

/// Splits a text into words at white space only, with their positions in bytes.
trait WordPlaces {
    fn split_word_places(&self) -> impl Iterator<Item = (usize, &str)>;
}

impl WordPlaces for str {
    fn split_word_places(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut end = 0;
        self.split(char::is_whitespace).filter_map(move |word| {
            let from = end;
            end = from + word.len() + self.get(from + word.len()..)?.chars().next().map_or(0, char::len_utf8);
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let lead = word.find(bare)?;
            (!bare.is_empty()).then_some((from + lead, bare))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(String, Suspicion)> {
        suspects(text, &["Amira Khan".to_owned()]).into_iter().map(|found| (found.words, found.why)).collect()
    }

    #[test]
    fn passages_that_name_somebody_are_pointed_at() {
        use Suspicion::{Address, Capital, Initials, Known, Number, Titled};
        for (text, expected) in [
            ("I met with Sarah on Monday.", vec![("Sarah", Capital)]),
            (
                "I asked Si\u{e2}n ap Rhys and Ll\u{177}r.",
                vec![("Si\u{e2}n ap Rhys", Capital), ("Ll\u{177}r", Capital)],
            ),
            ("Nerys Hughes was late.", vec![("Nerys Hughes", Capital)]),
            ("Dilys said no. Gethin's mother rang.", vec![("Dilys", Capital), ("Gethin's", Capital)]),
            (
                "He saw Dr. Patel, Nurse Evans and Mr L.",
                vec![("Dr. Patel", Titled), ("Nurse Evans", Titled), ("Mr L", Titled)],
            ),
            ("Mrs Pugh was upset.", vec![("Mrs Pugh", Titled)]),
            (
                "It was J. Smith who told JB and T. R. too.",
                vec![("J. Smith", Capital), ("JB", Initials), ("T. R", Initials)],
            ),
            ("Khan rang me.", vec![("Khan", Known)]),
            ("When AMIRA came", vec![("AMIRA", Known)]),
            ("Write to s.jones@nhs.uk or 029 2000 1234.", vec![("s.jones@nhs.uk", Address), ("029 2000 1234", Number)]),
            ("NHS number 943 476 5919", vec![("943 476 5919", Number)]),
            ("The Parry family came", vec![("Parry", Capital)]),
        ] {
            let expected: Vec<(String, Suspicion)> =
                expected.into_iter().map(|(words, why)| (words.to_owned(), why)).collect();
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn plain_sentences_are_left_alone() {
        for text in [
            "I met the family on Tuesday 3 March, as on other Sundays. They were glad. \u{ab}We feel heard,\u{bb} one of them wrote.",
            "In May we asked the GP. Staff said so; I'm not sure.",
            "The CQC and the NHS came at 10 AM on 22-11-2026.",
            "Handover was late: Nobody minded.\nSupervision slips.\n- Next step",
            "It's quicker myself. That's why I'd rather not. Everyone thought so.",
            "",
        ] {
            assert_eq!(of(text), [], "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "\u{e9}t\u{e9}: I saw Bronwen today, b@c.org";
        for found in suspects(text, &[]) {
            assert_eq!(text.get(found.place.clone()), Some(found.words.as_str()));
        }
        assert_eq!(suspects(text, &[]).len(), 2);
    }
}

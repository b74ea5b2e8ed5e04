//! Context of a phrase: whether it is negated, in the past, hypothetical, or about somebody else.

use std::ops::Range;

use super::cues::{
    ACCUSTOMED, CHANGED, Cue, FIRST_NAMES, LONG_PAST, NO, NO_AFTER, NO_NO, NOBODY, NOBODY_WHO, OTHER, OTHER_BESIDE,
    PAST, PEOPLE, SPEECH, STARTS_A_CLAUSE, STARTS_A_SUBJECT, SUPPOSED, TURNS, VERBS, WRITER, WRITER_BESIDE,
};
use super::sentence::Sentence;

/// Whom a phrase is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The writer, or nobody in particular.
    Writer,
    /// Somebody else.
    Other,
    /// Nobody directly: it is reported speech of somebody else.
    Reported,
}

/// What the words around a phrase say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "four readings of one phrase that do not depend on each other")]
pub struct Context {
    /// It is said not to be the case.
    pub negated: bool,
    /// It was the case, and no longer is.
    pub past: bool,
    /// It was the case long ago.
    pub long_past: bool,
    /// It is imagined, asked, or taught.
    pub supposed: bool,
    /// Whom the phrase is about.
    pub subject: Subject,
}

impl Context {
    /// The context of a phrase that is meant as it is written.
    pub const PLAIN: Self =
        Self { negated: false, past: false, long_past: false, supposed: false, subject: Subject::Writer };

    /// Returns why the phrase does not count for the writer, worded to follow "heard, but"; `None` if it counts.
    #[must_use]
    pub fn against(&self) -> Option<&'static str> {
        match self {
            Self { negated: true, .. } => Some("as something that is not so"),
            Self { past: true, .. } => Some("about the past"),
            Self { supposed: true, .. } => Some("as something that might be"),
            Self { subject: Subject::Other, .. } => Some("about another person"),
            Self { subject: Subject::Reported, .. } => Some("as something that another person said"),
            _ => None,
        }
    }

    /// Returns why a phrase that by its nature is about others does not count; `None` if it counts.
    #[must_use]
    pub fn against_about_anyone(&self) -> Option<&'static str> {
        match self.subject {
            Subject::Other => Self { subject: Subject::Writer, ..*self }.against(),
            _ => self.against(),
        }
    }
}

/// Determines the context of the words `hit` (token indices) of a sentence.
#[must_use]
pub fn read_around(sentence: &Sentence<'_>, hit: &Range<usize>) -> Context {
    let around = Around { sentence, hit };
    let (negated, past, long_past, supposed) = (around.negated(), around.past(), around.long_past(), around.supposed());
    Context { negated, past, long_past, supposed, subject: around.subject() }
}

/// Maximum number of words in quotation marks that are read as a hedge ("not quite the right word") and not as speech.
const CAREFUL: usize = 2;

struct Around<'a> {
    sentence: &'a Sentence<'a>,
    hit: &'a Range<usize>,
}

impl Around<'_> {
    fn word(&self, at: usize) -> &str {
        self.sentence.word(at)
    }

    fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// Returns whether these words, any of which may end in `*`, begin at a token.
    fn stand(&self, words: &[&str], at: usize) -> bool {
        // "I got used to it" is about now, and "I used to do it" about the past.
        if *words == ["used", "to"] && at > 0 && ACCUSTOMED.contains(&self.word(at - 1)) {
            return false;
        }
        words.iter().enumerate().all(|(step, word)| {
            let written = self.word(at + step);
            word.strip_suffix('*').map_or(*word == written, |stem| !written.is_empty() && written.starts_with(stem))
        })
    }

    /// Returns the part of the sentence that the phrase belongs to, delimited by words such as "but".
    fn thought(&self) -> Range<usize> {
        let turns = |at: &usize| TURNS.contains(&self.word(*at));
        let from = (0..self.hit.start).rev().find(turns).map_or(0, |at| at + 1);
        let until = (self.hit.end..self.len()).find(turns).unwrap_or(self.len());
        from..until
    }

    /// Returns whether a new clause begins at this word.
    fn begins_clause(&self, at: usize) -> bool {
        let joined = at > 0 && matches!(self.word(at - 1), "and" | "or" | "so" | "then" | "now");
        let broken = self.sentence.tokens.get(at).is_some_and(|token| token.after_break);
        (joined || broken) && STARTS_A_SUBJECT.contains(&self.word(at))
    }

    /// Returns whether one of the cues before the phrase extends to it.
    fn reached_by(&self, cues: &[Cue], stops: impl Fn(usize) -> bool) -> bool {
        let thought = self.thought();
        (thought.start..self.hit.start).any(|at| {
            cues.iter().filter(|cue| self.stand(cue.words, at)).any(|cue| {
                let end = at + cue.words.len();
                end <= self.hit.start
                    && self.hit.start - end <= cue.reach
                    && !NO_NO.iter().any(|no| self.stand(no, at))
                    && !(NOBODY_WHO.contains(&cue.words) && self.subjects(end) > 0)
                    && !(cue.words == ["if"] && self.subjects(end) > 1)
                    && !(end..=self.hit.start).any(&stops)
            })
        })
    }

    /// Returns the number of subjects between a token and the phrase: one in "nobody helps and I am", two in "if it
    /// goes wrong I am".
    fn subjects(&self, from: usize) -> usize {
        let is_subject =
            |word: &str| WRITER.contains(&word) || OTHER.contains(&word) || word == "it" || word == "there";
        (from..self.hit.start).filter(|at| is_subject(self.word(*at))).count()
    }

    fn negated(&self) -> bool {
        let stops = |at: usize| {
            let word = self.word(at);
            let inside = at < self.hit.start || !matches!(word, "so" | "as");
            // "Mostly there isn't, calls are back to back": the "not" belongs to what came before.
            let ended = at > 0 && self.word(at - 1) == "not" && self.broken_between(at);
            ended || (inside && STARTS_A_CLAUSE.contains(&word)) || self.begins_clause(at)
        };
        let after = self.hit.end..(self.hit.end + 3).min(self.len());
        // "In no time" means quickly, not a lack of time.
        let quickly =
            self.word(self.hit.start) == "no" && self.hit.start.checked_sub(1).is_some_and(|at| self.word(at) == "in");
        // "No time limit" does not mean a lack of time either.
        let limit = matches!(self.word(self.hit.end), "limit" | "limits" | "flat" | "wasters");
        let of_time = self.hit.end.checked_sub(1).is_some_and(|at| self.word(at) == "time");
        let quickly = quickly || (of_time && limit);
        quickly
            || self.reached_by(NO, stops)
            || after.into_iter().any(|at| {
                // "It has gone" refers to the phrase only if it follows directly.
                let near = |words: &[&str]| at == self.hit.end || !matches!(words.first(), Some(&("has" | "have")));
                NO_AFTER.iter().any(|words| near(words) && self.stand(words, at))
                    && !(self.hit.end..at).any(|between| self.begins_clause(between))
            })
    }

    fn past(&self) -> bool {
        // Something that is "still" or "again" the case is not past.
        if self.goes_on() {
            return false;
        }
        self.is_beside(PAST) || self.long_past() || self.changed()
    }

    fn long_past(&self) -> bool {
        // The cue may be inside a pattern with gaps, except "no longer", which patterns contain themselves.
        let inside = |words: &&&[&str]| **words != ["no", "longer"] && self.says(words, self.hit.clone());
        !self.goes_on() && (self.is_beside(LONG_PAST) || LONG_PAST.iter().any(|words| inside(&words)))
    }

    /// Returns whether "still" or "again" is in the phrase or within three words of it.
    fn goes_on(&self) -> bool {
        let near = self.hit.start.saturating_sub(3)..(self.hit.end + 3).min(self.len());
        near.into_iter().any(|at| matches!(self.word(at), "still" | "again"))
    }

    /// Returns whether the words occur in a range of the sentence.
    fn says(&self, words: &[&str], mut range: Range<usize>) -> bool {
        range.any(|at| at + words.len() <= self.len() && self.stand(words, at))
    }

    /// Returns whether a cue occurs in the same part of the sentence, before or after the phrase.
    fn is_beside(&self, cues: &[&[&str]]) -> bool {
        let clear = |words: &[&str], at: usize| at + words.len() <= self.hit.start || at >= self.hit.end;
        // "Since last summer" goes on.
        let since = |at: usize| at > 0 && self.word(at - 1) == "since" && self.word(at) == "last";
        cues.iter().any(|words| self.thought().any(|at| self.stand(words, at) && clear(words, at) && !since(at)))
    }

    /// Returns whether the text after the phrase says that things are different now.
    fn changed(&self) -> bool {
        let thought = self.thought();
        let believed = [
            "thought", "assumed", "expected", "feared", "assume", "assumes", "think", "thinks", "reckon", "reckons",
            "expect",
        ];
        let retracted = believed.iter().any(|word| self.says(&[word], thought.start..self.hit.start))
            && self.says(&["but"], self.hit.end..self.len());
        retracted || self.is_taken_back() || CHANGED.iter().any(|words| self.says(words, self.hit.end..self.len()))
    }

    /// Recognises "It would be quicker myself but I don't", where the negation is all that follows.
    fn is_taken_back(&self) -> bool {
        (self.hit.end..self.len()).any(|at| {
            let ends =
                |at: usize| at == self.len() || self.sentence.tokens.get(at).is_some_and(|token| token.after_break);
            matches!(self.word(at), "but" | "yet" | "though")
                && matches!(self.word(at + 1), "i" | "we")
                && matches!(self.word(at + 2), "do" | "did" | "have" | "am" | "are" | "will" | "would")
                && self.word(at + 3) == "not"
                && ends(at + 4)
        })
    }

    fn supposed(&self) -> bool {
        self.reached_by(SUPPOSED, |at| self.begins_clause(at) && at < self.hit.start && self.broken_between(at))
    }

    /// Returns whether a break precedes this word, as in "if …, I am …", where it ends the scope of "if".
    fn broken_between(&self, at: usize) -> bool {
        self.sentence.tokens.get(at).is_some_and(|token| token.after_break)
    }

    fn subject(&self) -> Subject {
        let of_writer = |word: &str| WRITER.contains(&word) || WRITER_BESIDE.contains(&word);
        if self.is_quoted() {
            return Subject::Reported;
        }
        if self.hit.clone().any(|at| of_writer(self.word(at))) {
            return Subject::Writer;
        }
        if PEOPLE.contains(&self.word(self.hit.end)) {
            return Subject::Other;
        }
        if self.is_named_as_words() || self.is_said_after() {
            return Subject::Reported;
        }
        let thought = self.thought();
        for at in (thought.start..self.hit.start).rev() {
            let word = self.word(at);
            let beside = at + 1 == self.hit.start;
            if WRITER.contains(&word) || (beside && WRITER_BESIDE.contains(&word)) {
                return self.reported(thought.start, at);
            }
            let is_name = self.is_name(at) && VERBS.contains(&self.word(at + 1));
            let is_noun = PEOPLE.contains(&word) && (beside || VERBS.contains(&self.word(at + 1)));
            if OTHER.contains(&word) || is_noun || is_name || (beside && OTHER_BESIDE.contains(&word)) {
                let said = (at..self.hit.start).any(|at| SPEECH.contains(&self.word(at)));
                let passed_on = said || self.reported(thought.start, at) == Subject::Reported;
                return if passed_on { Subject::Reported } else { Subject::Other };
            }
            if NOBODY.contains(&word) && !matches!(word, "that" | "which" | "one" | "what") {
                return self.reported(thought.start, at);
            }
        }
        Subject::Writer
    }

    /// Returns whether the phrase is quoted speech of somebody other than the writer, with more words in quotation
    /// marks than a hedge has.
    fn is_quoted(&self) -> bool {
        let quoted = |at: usize| self.sentence.tokens.get(at).is_some_and(|token| token.quoted);
        if !self.hit.clone().all(quoted) {
            return false;
        }
        let words = (0..self.len()).filter(|at| quoted(*at)).count();
        let spoke = |at: usize| !quoted(at) && SPEECH.contains(&self.word(at));
        let by_writer = |at: usize| !quoted(at) && WRITER.contains(&self.word(at)) && (at + 1..at + 3).any(spoke);
        words > CAREFUL && !(0..self.len()).any(by_writer)
    }

    /// Recognises "…, she says" at the end.
    fn is_said_after(&self) -> bool {
        let len = self.len();
        let ends = |at: usize| at == len || self.sentence.tokens.get(at).is_some_and(|token| token.after_break);
        (self.hit.end..len).any(|at| {
            let says = matches!(self.word(at + 1), "says" | "said" | "reckons" | "reckoned");
            says && OTHER.contains(&self.word(at)) && ends(at + 2)
        })
    }

    /// Recognises a phrase that is mentioned and not used: "the word …", "who said …", "being called …".
    fn is_named_as_words(&self) -> bool {
        let before = |back: usize| self.hit.start.checked_sub(back).map_or("", |at| self.word(at));
        let spoken_of = matches!(before(1), "word" | "words" | "term" | "phrase" | "label" | "labels" | "expression");
        let by_whom = WRITER.contains(&before(2)) || WRITER.contains(&before(3));
        let said = matches!(before(1), "said" | "says" | "say" | "saying") && !by_whom && self.hit.start > 1;
        let called =
            before(1) == "called" && matches!(before(2), "being" | "be" | "been" | "was" | "were" | "got" | "get");
        spoken_of || said || called
    }

    /// Returns the writer as the subject, unless the words just before say that somebody else said it.
    fn reported(&self, from: usize, at: usize) -> Subject {
        let near = at.saturating_sub(3).max(from)..at;
        let mut speech = near.filter(|at| SPEECH.contains(&self.word(*at)));
        let by_other = speech.any(|verb| {
            let before = verb.saturating_sub(2).max(from)..verb;
            let mut words = before.map(|at| self.word(at));
            words.any(|word| OTHER.contains(&word) || PEOPLE.contains(&word))
        });
        if by_other { Subject::Reported } else { Subject::Writer }
    }

    /// Returns whether the word is a name: inside the sentence, or a known first name at its beginning.
    fn is_name(&self, at: usize) -> bool {
        self.sentence.is_name(at) || (at == 0 && FIRST_NAMES.contains(&self.word(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Phrase, sentences};

    fn against(phrase: &str, text: &str) -> Option<&'static str> {
        let phrase = Phrase::parse(phrase).expect("a phrase");
        let read = sentences(text);
        let places = |sentence: &Sentence<'_>| -> Vec<Context> {
            phrase.places(sentence).iter().map(|hit| read_around(sentence, hit)).collect()
        };
        let all: Vec<Context> = read.iter().flat_map(places).collect();
        all.first().expect("the phrase is there").against()
    }

    #[test]
    fn what_is_said_plainly_counts() {
        for (phrase, text) in [
            ("exhausted", "I am exhausted."),
            ("exhausted", "No, I am exhausted"),
            ("no time", "I have no time to listen."),
            ("can't cope", "I can't cope with the rota"),
            ("exhausted", "I did not sleep and I am exhausted"),
            ("exhausted", "Not only am I exhausted, I am late"),
            ("exhausted", "When nobody helps I am exhausted"),
            ("exhausted", "It left me exhausted"),
            ("exhausted", "I told my manager that I am exhausted"),
            ("no time", "There is no time on nights"),
            ("exhausted", "If nobody comes, I am exhausted"),
            ("exhausted", "I was fine last year but I am exhausted"),
            ("exhausted", "I am still exhausted from last winter"),
            ("no time", "\"I have no time for this\", I said to her"),
            ("burnt out", "I am \"burnt out\" again"),
            ("exhausted", "I have been exhausted since last summer"),
            ("no time", "There is no time, and they say we're so used to it"),
        ] {
            assert_eq!(against(phrase, text), None, "{text}");
        }
    }

    #[test]
    fn what_is_said_otherwise_does_not() {
        for (phrase, text, why) in [
            ("exhausted", "I am not exhausted any more", "as something that is not so"),
            ("exhausted", "I no longer come home exhausted", "as something that is not so"),
            ("complaints", "We had no complaints all year", "as something that is not so"),
            ("no time", "It is not that I have no time", "as something that is not so"),
            ("exhausted", "I used to be exhausted", "about the past"),
            ("no time", "I had no time before, now I do", "about the past"),
            ("exhausted", "Last winter I was exhausted", "about the past"),
            ("burnt out", "I was burnt out in 2019, I love it again", "about the past"),
            ("quicker", "It would be quicker myself but I don't, I let her learn", "about the past"),
            ("exhausted", "If I get exhausted I ring Jo", "as something that might be"),
            ("exhausted", "My manager is exhausted", "about another person"),
            ("too busy", "The nurses were too busy", "about another person"),
            ("no time", "She said she had no time", "as something that another person said"),
            ("exhausted", "We look after exhausted carers", "about another person"),
            ("exhausted", "Yesterday Priya was exhausted", "about another person"),
            ("too busy", "\"We are all too busy\" was a line in the play", "as something that another person said"),
            (
                "no time",
                "The doctor told me \u{201c}I haven't, there is no time for this\u{201d}",
                "as something that another person said",
            ),
            ("bed blocker", "I stopped the nurse who said bed blocker", "as something that another person said"),
            ("non-compliant", "We took the word non-compliant out", "as something that another person said"),
            ("no time", "There was no time limit on the quiz", "as something that is not so"),
            (
                "pilot after another",
                "Her trust does one pilot after another, she says",
                "as something that another person said",
            ),
            ("was decided", "We asked them before anything was decided", "as something that is not so"),
            ("hands were tied", "I thought my hands were tied, turns out I can sign it", "about the past"),
        ] {
            assert_eq!(against(phrase, text), Some(why), "{text}");
        }
    }
}

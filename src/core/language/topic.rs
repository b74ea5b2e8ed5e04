//! Topics: things that people say about themselves in many ways, such as that there is no time. A rule asks for
//! one with a phrase in angle brackets, `<no-time>`, among the phrases that it looks for.
//!
//! Whether a sentence says it is decided by its [`Weights`], which were learned from sentences of invented people
//! (`topics.tsv` and `understood.tsv` in `tests/fixtures`; the test `weights` of this crate generates
//! `rules/topics/weights.tsv` and `rules/topics/letters.tsv`). Sentences that use the words of a topic and say something
//! else, because they deny it, are about somebody else or mean another thing by the word, were learned from as well.

use std::ops::Range;
use std::sync::OnceLock;

use super::sentence::Sentence;
use super::weights::Weights;

const WORDS: &str = include_str!("../../../rules/topics/weights.tsv");
const LETTERS: &str = include_str!("../../../rules/topics/letters.tsv");

/// Number of topics.
pub const TOPICS: usize = 11;
/// Weight above which a sentence says it. Chosen by leaving out one author after the other. Two people who had not seen
/// the program and whose lines were not learned from wrote 88 sentences that say a topic and 120 that use its words
/// otherwise: phrases and topics together quoted 66 and 14 of them at -0.75 and 72 and 12 at -1.25, phrases alone 45 and
/// 15. The lower the threshold, the more sentences about other things are taken to say one of the topics: 5.8 % at -0.75,
/// 8.3 % at -1, 11.4 % at -1.25.
pub const SAYS: f64 = -1.0;
/// Weight at or below which a phrase of a rule that also asks for the topic is not meant as such. Most sentences that say
/// nothing of the kind weigh about as much, so only longer ones deny anything.
pub(super) const DENIES: f64 = -3.0;
/// Sentences of fewer words are too short to be weighed.
const FEW: usize = 3;
/// Sentences of fewer words say too little to deny what a phrase says.
const SHORT: usize = 8;
/// Maximum number of words of a part of a sentence.
const LONGEST: usize = 24;
/// Words that are left out at the beginning of a part, because they only join it to what is before.
const JOINING: [&str; 8] = ["and", "but", "so", "because", "then", "that", "which", "or"];

/// Something that a person can say about themselves or their team, now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Topic {
    column: usize,
}

/// The topics with what they say, in the order of the files' columns.
const ALL: [(&str, &str); TOPICS] = [
    ("worn-out", "they are exhausted"),
    ("no-time", "there is no time for the part of the work that matters"),
    ("does-it-all", "they do everything themselves"),
    ("fear", "they are afraid of mistakes, blame or trying something"),
    ("avoids-talk", "they put off a conversation with someone"),
    ("conflict", "there is a conflict they are in or have to deal with"),
    ("no-voice", "the people concerned have no say in what is decided"),
    ("no-feedback", "nobody tells them how they are doing"),
    ("new-in-role", "they are new in their role"),
    ("putting-off", "they keep putting off something they mean to do"),
    ("pilots", "pilots follow each other and nothing is kept"),
];

impl Topic {
    /// Returns all topics.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..TOPICS).map(|column| Self { column })
    }

    /// Returns the topic with this id.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::all().find(|topic| topic.id() == id)
    }

    /// Returns the id, as written between angle brackets.
    #[must_use]
    pub fn id(self) -> &'static str {
        ALL.get(self.column).map_or("", |(id, _)| id)
    }

    /// Returns what a person says who speaks of it, worded to follow "that".
    #[must_use]
    pub fn says(self) -> &'static str {
        ALL.get(self.column).map_or("", |(_, says)| says)
    }

    /// Returns how much a sentence weighs for it; `None` if the sentence is too short to tell.
    #[must_use]
    pub fn weight(self, sentence: &Sentence<'_>) -> Option<f64> {
        if sentence.tokens.len() < FEW {
            return None;
        }
        sentence.topics.get_or_init(|| weights().weigh(sentence)).get(self.column).copied()
    }

    /// Returns whether the sentence says it.
    #[must_use]
    pub fn is_said(self, sentence: &Sentence<'_>) -> bool {
        self.weight(sentence).is_some_and(|weight| weight > SAYS)
    }

    /// Returns whether the sentence as a whole weighs so much against it that its words do not mean it.
    #[must_use]
    pub fn is_denied(self, sentence: &Sentence<'_>) -> bool {
        sentence.tokens.len() >= SHORT && self.weight(sentence).is_some_and(|weight| weight <= DENIES)
    }

    /// Returns the part of a sentence that says it, as token indices: the clause that weighs most, at most 24 words
    /// of it. Returns `None` if the sentence does not say it.
    #[must_use]
    pub fn place(self, sentence: &Sentence<'_>) -> Option<Range<usize>> {
        if !self.is_said(sentence) {
            return None;
        }
        let words = weights().of_each_word(sentence, self.column);
        let weight = |range: &Range<usize>| words.get(range.clone()).into_iter().flatten().sum::<i32>();
        let heaviest = |ranges: Vec<Range<usize>>| ranges.into_iter().rev().max_by_key(weight);
        let mut breaks: Vec<usize> =
            sentence.tokens.iter().zip(0..).filter(|(token, _)| token.after_break).map(|(_, at)| at).collect();
        breaks.insert(0, 0);
        breaks.push(sentence.tokens.len());
        let clauses = breaks.windows(2).filter_map(|pair| match pair {
            [from, to] if from < to => Some(*from..*to),
            _ => None,
        });
        let mut clause = heaviest(clauses.collect())?;
        while clause.len() > FEW && JOINING.contains(&sentence.word(clause.start)) {
            clause.start += 1;
        }
        if clause.len() <= LONGEST {
            return Some(clause);
        }
        heaviest((clause.start..=clause.end - LONGEST).map(|from| from..from + LONGEST).collect())
    }
}

fn weights() -> &'static Weights<'static, TOPICS> {
    static READ: OnceLock<Weights<'static, TOPICS>> = OnceLock::new();
    READ.get_or_init(|| Weights::read(WORDS, LETTERS).expect("the files of weights are right, as a test holds"))
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    fn said(topic: &str, text: &str) -> Option<String> {
        let read = sentences(text);
        let sentence = read.first().expect("a sentence");
        Topic::named(topic)?.place(sentence).map(|place| sentence.written(&place).to_owned())
    }

    #[test]
    fn it_is_heard_in_other_words_and_the_part_that_says_it_is_quoted() {
        for (topic, text, part) in [
            (
                "no-time",
                "The diary is solid till June, and nobody gets a minute to think.",
                "nobody gets a minute to think",
            ),
            (
                "does-it-all",
                "Not a bad month, but nobody else knows the rota so it lands on me every time.",
                "nobody else knows the rota so it lands on me every time",
            ),
            (
                "new-in-role",
                "Third week as deputy and I am still finding my feet.",
                "Third week as deputy and I am still finding my feet",
            ),
        ] {
            assert_eq!(said(topic, text).as_deref(), Some(part), "{text}");
        }
    }

    #[test]
    fn what_says_something_else_is_left_alone() {
        for (topic, text) in [
            ("no-time", "We had plenty of time today and sat with everybody."),
            ("worn-out", "The chairs in the day room are worn out, I have ordered six new ones."),
            ("new-in-role", "The new hoist came and we all learned how to use it."),
            ("fear", "Not at all."),
        ] {
            assert_eq!(said(topic, text), None, "{text}");
        }
    }

    #[test]
    fn topics_are_named_once_and_found_by_name() {
        let ids: Vec<&str> = Topic::all().map(Topic::id).collect();
        assert_eq!(ids.len(), TOPICS);
        assert!(Topic::all().all(|topic| Topic::named(topic.id()) == Some(topic) && !topic.says().is_empty()));
        assert_eq!(Topic::named("weather"), None);
    }
}

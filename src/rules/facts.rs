//! A person's profile with what the conditions need beside it: folded texts, made once and only if a rule asks for words.

use std::cell::OnceCell;

use super::cond::Fact;
use crate::domain::{Answer, BehaviourIx, By, Library, Organisation, Profile, Rated, Scale, fold, truncate};

/// Fewest ratings before «lowest» and «highest» mean anything.
const ENOUGH_TO_COMPARE: usize = 3;
/// Longest quotation shown, in characters.
const LONGEST_QUOTE: usize = 120;

/// What conditions are evaluated against.
#[derive(Debug)]
pub struct Facts<'a> {
    /// Names and scales.
    pub library: &'a Library,
    /// The answers.
    pub profile: &'a Profile,
    written: OnceCell<Vec<Written<'a>>>,
    range: OnceCell<Option<(i64, i64)>>,
}

/// One behaviour's newest words, sentence by sentence.
#[derive(Debug)]
struct Written<'a> {
    behaviour: BehaviourIx,
    answer: &'a Answer,
    sentences: Vec<(&'a str, String)>,
}

/// Words that a condition found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The behaviour they were written about.
    pub behaviour: BehaviourIx,
    /// The answer they stand in.
    pub answer: &'a Answer,
    /// The sentence, cut to a readable length.
    pub text: String,
}

impl<'a> Facts<'a> {
    /// Looks at one person.
    #[must_use]
    pub fn new(library: &'a Library, profile: &'a Profile) -> Self {
        Self { library, profile, written: OnceCell::new(), range: OnceCell::new() }
    }

    /// The value of a fact; `None` is unknown.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "ratings, days and counts are small whole numbers")]
    pub fn value(&self, fact: &Fact) -> Option<f64> {
        let profile = self.profile;
        match fact {
            Fact::Constant(value) => Some(*value),
            Fact::Rating(by, ix) => Some(profile.by(*by, *ix)?.rated.value()? as f64),
            Fact::Importance(ix) => Some(profile.of(*ix)?.importance? as f64),
            Fact::Gap(ix) => {
                let own = profile.of(*ix)?.rated.value()?;
                Some((own - profile.by(By::Coach, *ix)?.rated.value()?) as f64)
            }
            Fact::Trend(ix, ratings) => Some(profile.of(*ix)?.trend(*ratings)? as f64),
            Fact::Average(list) => {
                let values = self.values(list);
                (!values.is_empty()).then(|| values.iter().sum::<i64>() as f64 / values.len() as f64)
            }
            Fact::Spread(list) => {
                let values = self.values(list);
                (values.len() >= 2).then_some(())?;
                Some((values.iter().max()? - values.iter().min()?) as f64)
            }
            Fact::RatedCount(list) => Some(self.values(list).len() as f64),
            Fact::Words(ix) => {
                let newest = profile.of(*ix)?.answers.last()?;
                Some(newest.words().map(|text| text.split_whitespace().count()).sum::<usize>() as f64)
            }
            Fact::DaysSince(ix) => {
                let last = profile.of(*ix)?.answers.last()?.on;
                Some(f64::from((profile.today - last).get_days()))
            }
            Fact::Level => {
                let (_, position, _) = self.library.level(profile.person.level.as_deref()?)?;
                Some(position as f64)
            }
            Fact::Sessions => Some(profile.session_days().len() as f64),
            Fact::TimesDone(id) => Some(profile.given(id).map_or(0, |given| given.done) as f64),
        }
    }

    fn values(&self, list: &[BehaviourIx]) -> Vec<i64> {
        list.iter().filter_map(|ix| self.profile.of(*ix)?.rated.value()).collect()
    }

    /// Lowest and highest own rating, once there are enough to compare and they differ.
    #[must_use]
    pub fn range(&self) -> Option<(i64, i64)> {
        *self.range.get_or_init(|| {
            let values: Vec<i64> = self.profile.rated().map(|(_, value)| value).collect();
            let (low, high) = (*values.iter().min()?, *values.iter().max()?);
            (values.len() >= ENOUGH_TO_COMPARE && low < high).then_some((low, high))
        })
    }

    /// The first sentence that uses one of the phrases; `None` inside when nothing does, outside when nothing was written.
    #[must_use]
    pub fn mention(&self, of: Option<BehaviourIx>, phrases: &[String]) -> Option<Option<Quote<'a>>> {
        let written = self.written.get_or_init(|| self.read());
        let mut any = false;
        for page in written.iter().filter(|page| of.is_none_or(|ix| ix == page.behaviour)) {
            any = true;
            let found = page.sentences.iter().find(|(_, folded)| phrases.iter().any(|phrase| uses(folded, phrase)));
            if let Some((sentence, _)) = found {
                let text = truncate(sentence.trim(), LONGEST_QUOTE);
                return Some(Some(Quote { behaviour: page.behaviour, answer: page.answer, text }));
            }
        }
        any.then_some(None)
    }

    fn read(&self) -> Vec<Written<'a>> {
        let mut pages = Vec::new();
        for (behaviour, standing) in self.profile.answered() {
            let Some(answer) = standing.answers.iter().rev().find(|answer| answer.words().next().is_some()) else {
                continue;
            };
            let sentences = answer
                .words()
                .flat_map(|text| text.split_inclusive(['.', '!', '?', '\n']))
                .map(|sentence| (sentence, fold(sentence)))
                .collect();
            pages.push(Written { behaviour, answer, sentences });
        }
        pages
    }

    /// The rating scale of a behaviour.
    #[must_use]
    pub fn scale(&self, ix: BehaviourIx) -> &'a Scale {
        &self.library.framework_of(ix).scale
    }

    /// A rating in words, `you: 2 (With prompting)`.
    #[must_use]
    pub fn rated_words(&self, by: By, ix: BehaviourIx) -> String {
        let rated = self.profile.by(by, ix).map_or(Rated::Unanswered, |standing| standing.rated);
        rated.words(self.scale(ix))
    }

    /// The organisation, if stated.
    #[must_use]
    pub fn organisation(&self) -> Option<Organisation> {
        let own = self.profile.person.organisation;
        (own != Organisation::NotStated).then_some(own)
    }
}

/// Whether a folded text uses a folded phrase as whole words; a trailing `*` allows any ending.
fn uses(text: &str, phrase: &str) -> bool {
    let (phrase, open) = phrase.strip_suffix('*').map_or((phrase, false), |start| (start, true));
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && (open || !after.is_some_and(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_whole_words_and_open_endings() {
        assert!(uses("i had no time, again", "no time"));
        assert!(!uses("piano timetable", "no time"));
        assert!(uses("delegating is hard", "delegat*"));
        assert!(!uses("undelegated", "delegat*"));
    }
}

//! A person's profile together with what conditions derive from it: sentences and the concerns that they are signs of,
//! word counts, and the level in its framework. Each is computed once, and only if a rule asks for it.

use std::cell::OnceCell;

use super::fact::{About, Fact, InPlan, Phrases};
use crate::domain::{Answer, BehaviourIx, By, Library, Organisation, Profile, Rated, Scale, Standing, truncate};
use crate::language::{Phrase, Sentence, read_around, sentences};
use crate::safeguarding::{Concern, hears, words_heard};

/// Minimum number of ratings for which "lowest" and "highest" are meaningful.
const ENOUGH_TO_COMPARE: usize = 3;
/// Maximum length of a quotation, in characters.
const LONGEST_QUOTE: usize = 120;

/// The data that conditions are evaluated against, for one person.
#[derive(Debug)]
pub struct Facts<'a> {
    /// Loaded packs, for names and scales.
    pub library: &'a Library,
    /// The person and their answers.
    pub profile: &'a Profile,
    written: OnceCell<Vec<Written<'a>>>,
    range: OnceCell<Option<(i64, i64)>>,
    level: OnceCell<Option<(usize, &'a str)>>,
}

/// The answers about one behaviour, as text.
#[derive(Debug)]
struct Written<'a> {
    behaviour: BehaviourIx,
    /// The newest answer that contains text.
    answer: Option<&'a Answer>,
    /// Number of words in the newest answer, which may contain none.
    words: OnceCell<usize>,
    /// Sentences of `answer`, each with the concerns that it is a sign of.
    sentences: OnceCell<Vec<(Sentence<'a>, Vec<&'static Concern>)>>,
}

/// A phrase found in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote<'a> {
    /// Behaviour that the answer is about.
    pub behaviour: BehaviourIx,
    /// Answer that contains the phrase.
    pub answer: &'a Answer,
    /// The phrase as written, cut to a readable length. The rest of the sentence is left out because it may be about
    /// somebody else.
    pub text: String,
}

/// The result of looking for phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought<T> {
    /// There is no text, so the result is unknown.
    Nowhere,
    /// There is text, but it contains no phrase.
    Absent,
    /// A phrase was found, but its context shows that it is not meant; with the reason, worded to follow "heard, but".
    Dismissed(T, &'static str),
    /// A phrase was found.
    Found(T),
}

impl<T> Sought<T> {
    /// Returns what was found in its intended meaning, if anything.
    #[must_use]
    pub fn found(self) -> Option<T> {
        match self {
            Self::Found(found) => Some(found),
            Self::Nowhere | Self::Absent | Self::Dismissed(..) => None,
        }
    }
}

/// Words that are removed from the end of a quotation because they only introduce what follows.
const LEADING_ON: [&str; 12] =
    ["when", "whether", "how", "if", "and", "but", "because", "so", "then", "before", "by", "the"];

/// Removes one introducing word from the end of a quotation, unless only one word would remain.
fn whole_words(text: &str) -> &str {
    match text.trim_end().rsplit_once(' ') {
        Some((rest, last)) if LEADING_ON.contains(&last.to_lowercase().as_str()) && rest.contains(' ') => rest,
        _ => text,
    }
}

impl<'a> Facts<'a> {
    /// Creates the facts of one person.
    #[must_use]
    pub fn new(library: &'a Library, profile: &'a Profile) -> Self {
        Self { library, profile, written: OnceCell::new(), range: OnceCell::new(), level: OnceCell::new() }
    }

    /// Returns the value of a fact; `None` if it is unknown.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "ratings, days and counts are small whole numbers")]
    pub fn value(&self, fact: &Fact) -> Option<f64> {
        let profile = self.profile;
        match fact {
            Fact::Constant(value) => Some(value.0),
            Fact::Rating(by, ix) => profile.rating(*by, *ix),
            Fact::Importance(ix) => Some(profile.of(*ix)?.importance? as f64),
            Fact::Target(ix) => Some(self.target(*ix)? as f64),
            Fact::Gap(ix) => Some((self.target(*ix)? - profile.of(*ix)?.rated.value()?) as f64),
            Fact::CoachGap(ix) => {
                let own = profile.of(*ix)?.rated.value()?;
                Some((own - profile.by(By::Coach, *ix)?.rated.value()?) as f64)
            }
            Fact::Trend(ix, ratings) => Some(profile.of(*ix)?.trend(*ratings)? as f64),
            Fact::TimesRated(ix) => Some(profile.of(*ix).map_or(0, |standing| standing.history.len()) as f64),
            Fact::Average(list) => {
                let values = self.values(list);
                (!values.is_empty()).then(|| values.iter().sum::<i64>() as f64 / values.len() as f64)
            }
            Fact::Spread(list) => {
                let values = self.values(list);
                (values.len() >= 2).then_some(())?;
                Some((values.iter().max()? - values.iter().min()?) as f64)
            }
            Fact::Total(list) => {
                let values = self.values(list);
                (values.len() == list.len()).then(|| values.iter().sum::<i64>() as f64)
            }
            Fact::Minimum(list) => self.values(list).into_iter().min().map(|value| value as f64),
            Fact::Maximum(list) => self.values(list).into_iter().max().map(|value| value as f64),
            Fact::RatedCount(list) => Some(self.values(list).len() as f64),
            Fact::NonAnswers(list, only) => {
                let chosen = |ix: &&BehaviourIx| match profile.of(**ix).map(|standing| standing.rated) {
                    Some(Rated::Not(kind)) => only.is_none_or(|only| only == kind),
                    _ => false,
                };
                Some(list.iter().filter(chosen).count() as f64)
            }
            Fact::Words(ix) => {
                let newest = profile.of(*ix)?.answers.last()?;
                let count = || newest.words().map(|text| text.split_whitespace().count()).sum();
                Some(*self.written_about(*ix)?.words.get_or_init(count) as f64)
            }
            Fact::DaysSince(ix) => {
                let last = profile.of(*ix)?.answers.last()?.on;
                Some(f64::from((profile.today - last).get_days()))
            }
            Fact::Level => self.level().map(|(position, _)| position as f64),
            Fact::Sessions => Some(profile.session_days().len() as f64),
            Fact::TimesDone(id) => Some(profile.given(id).map_or(0, |given| given.done) as f64),
            Fact::TimesSetAside(id) => Some(profile.given(id).map_or(0, |given| given.set_aside) as f64),
            Fact::SessionsSince(id) => Some(profile.sessions_after(profile.given(id)?.done_on?) as f64),
            Fact::Actions(how) => {
                let plan = profile.plan();
                Some(match how {
                    InPlan::Open => plan.open,
                    InPlan::Overdue => plan.overdue,
                    InPlan::Done => plan.done,
                } as f64)
            }
            Fact::Calc(left, sign, right) => sign.of(self.value(left)?, self.value(right)?),
        }
    }

    /// Returns the rating expected of the person for a behaviour.
    fn target(&self, ix: BehaviourIx) -> Option<i64> {
        self.library.target(ix, self.level().map(|(_, id)| id))
    }

    /// Looks for phrases in the notes on what was learned from an activity (or from any, if `from` is `None`), and
    /// returns the first note that contains one in its intended meaning.
    #[must_use]
    pub fn learned(&self, from: Option<&str>, phrases: &Phrases) -> Sought<&'a str> {
        let notes = self.profile.all_given().filter(|(id, _)| from.is_none_or(|from| from == *id));
        let mut outcome = Sought::Nowhere;
        for note in notes.flat_map(|(_, given)| &given.learned) {
            let heard = sentences(note).iter().fold(Sought::Absent, |known, sentence| {
                let danger = hears(sentence).iter().any(|concern| concern.is_danger);
                stronger(known, looked_for(sentence, phrases, danger))
            });
            match heard {
                Sought::Found(_) => return Sought::Found(note),
                Sought::Dismissed(_, why) => outcome = Sought::Dismissed(note.as_str(), why),
                Sought::Absent | Sought::Nowhere => outcome = stronger(outcome, Sought::Absent),
            }
        }
        outcome
    }

    /// Returns whether an activity of this kind or with this tag was done.
    #[must_use]
    pub fn tagged(&self, tag: &str) -> bool {
        let done = self.profile.all_given().filter(|(_, given)| given.done > 0);
        let mut activities = done.filter_map(|(id, _)| self.library.activity(id));
        activities.any(|activity| activity.kind.id() == tag || activity.tags.iter().any(|own| own == tag))
    }

    fn values(&self, list: &[BehaviourIx]) -> Vec<i64> {
        list.iter().filter_map(|ix| self.profile.of(*ix)?.rated.value()).collect()
    }

    /// Returns the lowest and the highest own rating; `None` if there are too few to compare or if all are equal.
    #[must_use]
    pub fn range(&self) -> Option<(i64, i64)> {
        *self.range.get_or_init(|| {
            let values: Vec<i64> = self.profile.rated().map(|(_, value)| value).collect();
            let (low, high) = (*values.iter().min()?, *values.iter().max()?);
            (values.len() >= ENOUGH_TO_COMPARE && low < high).then_some((low, high))
        })
    }

    /// Returns the position (from 1) and the id of the person's level, in the first framework that defines it.
    #[must_use]
    pub fn level(&self) -> Option<(usize, &'a str)> {
        *self.level.get_or_init(|| {
            let own = self.profile.person.level.as_deref()?;
            let (_, position, level) = self.library.level(own)?;
            Some((position, level.id.as_str()))
        })
    }

    /// Returns the first occurrence of a phrase in its intended meaning, or else the first that is not meant, with the
    /// reason.
    #[must_use]
    pub fn mention(&self, of: Option<BehaviourIx>, phrases: &Phrases) -> Sought<Quote<'a>> {
        let pages = match of {
            Some(ix) => self.written_about(ix).map_or(&[] as &[Written<'a>], std::slice::from_ref),
            None => self.written(),
        };
        let mut outcome = Sought::Nowhere;
        for page in pages {
            let Some(answer) = page.answer else { continue };
            outcome = stronger(outcome, Sought::Absent);
            // A sign of danger in one sentence makes the phrases of all sentences of the answer count as not meant.
            let danger = page.sentences().iter().flat_map(|(_, signs)| signs).any(|concern| concern.is_danger);
            for (sentence, _) in page.sentences() {
                let quote = |text: &str| Quote {
                    behaviour: page.behaviour,
                    answer,
                    text: truncate(whole_words(text), LONGEST_QUOTE),
                };
                let heard = match looked_for(sentence, phrases, danger) {
                    Sought::Found(text) => return Sought::Found(quote(text)),
                    Sought::Dismissed(text, why) => Sought::Dismissed(quote(text), why),
                    Sought::Absent | Sought::Nowhere => Sought::Absent,
                };
                outcome = stronger(outcome, heard);
            }
        }
        outcome
    }

    /// Returns whether a phrase occurs in its intended meaning; `None` if there is no text.
    #[must_use]
    pub fn mentions(&self, of: Option<BehaviourIx>, phrases: &Phrases) -> Option<bool> {
        match self.mention(of, phrases) {
            Sought::Nowhere => None,
            Sought::Absent | Sought::Dismissed(..) => Some(false),
            Sought::Found(_) => Some(true),
        }
    }

    /// Returns whether the newest answer about some behaviour contains a sign of this concern.
    #[must_use]
    pub fn heard(&self, concern: &str) -> bool {
        self.signs().any(|(_, sign)| sign.id == concern)
    }

    /// Returns the first words that are a sign of a concern without danger; `None` if there are none.
    #[must_use]
    pub fn heard_words(&self, concern: &str) -> Option<Quote<'a>> {
        self.written().iter().find_map(|page| {
            let text = page.sentences().iter().find_map(|(sentence, _)| words_heard(sentence, concern))?;
            let text = truncate(whole_words(text), LONGEST_QUOTE);
            Some(Quote { behaviour: page.behaviour, answer: page.answer?, text })
        })
    }

    /// Returns every concern of which the newest answers contain a sign, each with the behaviour.
    pub fn signs(&self) -> impl Iterator<Item = (BehaviourIx, &'static Concern)> {
        self.written()
            .iter()
            .flat_map(|page| page.sentences().iter().flat_map(|(_, signs)| signs).map(|sign| (page.behaviour, *sign)))
    }

    /// Returns whether the person's own rating is one of the two lowest points of its scale.
    #[must_use]
    pub fn is_beginner(&self, ix: BehaviourIx) -> bool {
        let value = self.profile.of(ix).and_then(|standing| standing.rated.value());
        let low = self.scale(ix).points.get(1).map(|point| point.value);
        value.zip(low).is_some_and(|(value, low)| value <= low)
    }

    /// Returns one entry for each behaviour with answers, in the library's order.
    fn written(&self) -> &[Written<'a>] {
        self.written.get_or_init(|| {
            let newest = |answers: &'a [Answer]| answers.iter().rev().find(|answer| answer.words().next().is_some());
            let page = |(behaviour, standing): (BehaviourIx, &'a Standing)| Written {
                behaviour,
                answer: newest(&standing.answers),
                words: OnceCell::new(),
                sentences: OnceCell::new(),
            };
            self.profile.answered().map(page).collect()
        })
    }

    fn written_about(&self, ix: BehaviourIx) -> Option<&Written<'a>> {
        let written = self.written();
        written.binary_search_by_key(&ix, |page| page.behaviour).ok().and_then(|at| written.get(at))
    }

    /// Returns the rating scale of a behaviour.
    #[must_use]
    pub fn scale(&self, ix: BehaviourIx) -> &'a Scale {
        &self.library.framework_of(ix).scale
    }

    /// Returns a rating in words, for example `you: 2 (When reminded)`.
    #[must_use]
    pub fn rated_words(&self, by: By, ix: BehaviourIx) -> String {
        let scale = self.scale(ix);
        self.profile.by(by, ix).map_or_else(|| Rated::Unanswered.words(scale), |standing| standing.words(scale))
    }

    /// Returns the person's kind of organisation; `None` if not stated.
    #[must_use]
    pub fn organisation(&self) -> Option<Organisation> {
        let own = self.profile.person.organisation;
        (own != Organisation::NotStated).then_some(own)
    }
}

impl<'a> Written<'a> {
    fn sentences(&self) -> &[(Sentence<'a>, Vec<&'static Concern>)] {
        self.sentences.get_or_init(|| {
            let texts = self.answer.into_iter().flat_map(Answer::words);
            texts
                .flat_map(sentences)
                .map(|sentence| (hears(&sentence), sentence))
                .map(|(signs, read)| (read, signs))
                .collect()
        })
    }
}

/// Looks for phrases in one sentence. If `danger` is set, none counts as meant: rules do not respond to signs of
/// danger.
fn looked_for<'a>(sentence: &Sentence<'a>, phrases: &Phrases, danger: bool) -> Sought<&'a str> {
    let mut outcome = Sought::Absent;
    let is_denied = phrases.list.iter().filter_map(Phrase::topic).any(|topic| topic.is_denied(sentence));
    for hit in phrases.list.iter().flat_map(|phrase| phrase.places(sentence)) {
        let around = read_around(sentence, &hit);
        let against = match phrases.about {
            About::Writer => around.against(),
            About::Anyone => around.against_about_anyone(),
        };
        let against = match (danger, is_denied) {
            (true, _) => Some("next to words that can mean danger"),
            (_, true) => against.or(Some("the sentence as a whole says something else")),
            _ => against,
        };
        match against {
            None => return Sought::Found(sentence.written(&hit)),
            Some(why) => outcome = stronger(outcome, Sought::Dismissed(sentence.written(&hit), why)),
        }
    }
    outcome
}

/// Returns the outcome that says more; the first if both say as much.
fn stronger<T>(known: Sought<T>, next: Sought<T>) -> Sought<T> {
    let rank = |sought: &Sought<T>| match sought {
        Sought::Nowhere => 0,
        Sought::Absent => 1,
        Sought::Dismissed(..) => 2,
        Sought::Found(_) => 3,
    };
    if rank(&next) > rank(&known) { next } else { known }
}

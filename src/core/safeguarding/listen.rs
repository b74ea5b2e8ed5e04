//! Detection of concerns in a text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::concerns::{Concern, concerns};
use super::contacts::{Region, contacts_for};
use super::signs::{Sign, signs};
use super::weights::{AGAINST, FOR, OVER, Weighed, weigh};
use crate::domain::{Contact, HeardIn, SafetyNotice};
use crate::language::{Context, Found, Sentence, Subject, Topic, read_around, sentences};

/// Sentences of at most this many words are too short to be weighed; only patterns are looked for.
const FEW: usize = 6;
/// Sentences of at most this many words without a pattern must exceed [`FOR_SHORT`], because they carry little
/// information.
const SHORT: usize = 9;
const FOR_SHORT: f64 = 1.8;
/// Thresholds for sentences that resemble those about suicide: the first if a pattern finds another danger in the same
/// sentence, [`SUICIDE`] if none does. They are low because a missed sign of suicide is worse than any other mistake.
const BESIDE: f64 = 0.6;
const SUICIDE: f64 = 0.7;
/// Above this weight, a sentence without a pattern is plain enough not to be silenced by a `quiet` pattern.
const PLAIN: f64 = 1.8;
/// The concern whose patterns are detected whatever the weight of the sentence.
const SELF_HARM: &str = "self-harm";

/// A text with its place in the records.
#[derive(Debug, Clone)]
pub struct Utterance<'a> {
    /// The text.
    pub text: &'a str,
    /// Where the text is.
    pub place: HeardIn,
}

impl Utterance<'_> {
    /// Returns the utterance marked as visible to everybody at the screen.
    #[must_use]
    pub fn shared(self) -> Self {
        Self { place: HeardIn { private: false, ..self.place }, ..self }
    }
}

/// Returns the concerns that a sentence is a sign of, the most urgent first.
///
/// A concern is detected if one of its patterns is found and meant, unless the sentence as a whole weighs against it;
/// no weight overrides a pattern for thoughts of suicide. If none of its patterns is found, it is detected if the
/// sentence weighs enough, resembles this concern most, and names its subject. Very short sentences are not weighed,
/// and short ones must weigh more.
///
/// Patterns identify the concern more reliably than weights. If a pattern has detected a danger, nothing is therefore
/// detected by weight alone, except plain words of suicide.
#[must_use]
pub fn hears(sentence: &Sentence<'_>) -> Vec<&'static Concern> {
    let hits = signs().found(sentence);
    let weighed = weigh(sentence);
    let is_long = sentence.tokens.len() > FEW;
    let like = likest(sentence, &weighed);
    let enough = if sentence.tokens.len() > SHORT { FOR } else { FOR_SHORT };
    let (mut by_pattern, mut by_weight) = (Vec::new(), None);
    for ((at, concern), sign) in concerns().iter().enumerate().zip(signs().of_concerns()) {
        let own: Vec<&Found> = hits.iter().filter(|(of, _)| *of == at).map(|(_, hit)| hit).collect();
        let is_like = is_long && like == Some(concern.id.as_str());
        let counts = !is_long || weighed.danger > AGAINST || concern.id == SELF_HARM || !concern.is_danger;
        // Words of being worn out count only if they are said of now.
        let is_own = concern.own && concern.is_danger;
        let topic = topic_of(concern);
        let is_so = match (own.is_empty(), counts) {
            (true, _) => topic.and_then(|topic| place_of(topic, sentence)).is_some(),
            (_, true) if topic.is_some_and(|topic| topic.is_denied(sentence)) => false,
            (_, true) => sign.is_heard_in(sentence, &own, is_own),
            (_, false) => sign.is_sure_in(sentence, is_own),
        };
        if is_so {
            by_pattern.push(concern);
        } else if is_like && !own.is_empty() && weighed.danger > OVER {
            by_weight = Some((concern, false));
        } else if is_like && own.is_empty() && concern.id == SELF_HARM && weighed.danger > BESIDE {
            // Beside another danger this weight is sufficient; alone, the sentence must weigh as much as for other
            // concerns.
            let alone = weighed.danger > enough.min(SUICIDE) && (weighed.danger > PLAIN || !sign.is_quiet_in(sentence));
            by_weight = Some((concern, true)).filter(|_| alone || !hits.is_empty());
        } else if is_like && own.is_empty() && weighed.danger > enough {
            let is_plain = weighed.danger > PLAIN;
            by_weight = (is_plain || !sign.is_quiet_in(sentence)).then_some((concern, is_plain));
        }
    }
    let is_told = by_pattern.iter().any(|concern| concern.is_danger);
    let also = by_weight.filter(|(concern, is_plain)| !is_told || (concern.id == SELF_HARM && *is_plain));
    by_pattern.extend(also.map(|(concern, _)| concern));
    by_pattern
}

/// Returns the words by which a concern without danger is detected in a sentence, as written: the first ones, and the
/// longest that begin there, or else the part of the sentence that says it in other words. Returns `None` if it does not.
#[must_use]
pub fn words_heard<'a>(sentence: &Sentence<'a>, concern: &str) -> Option<&'a str> {
    let at = concerns().iter().position(|known| known.id == concern && !known.is_danger)?;
    let topic = concerns().get(at).and_then(topic_of);
    if topic.is_some_and(|topic| topic.is_denied(sentence)) {
        return None;
    }
    let sign = signs().of_concerns().get(at)?;
    let hits = signs().found(sentence);
    let own = hits.iter().filter(|(of, _)| *of == at).map(|(_, hit)| hit);
    let meant = own.filter(|hit| sign.is_heard_in(sentence, &[*hit], false));
    let first = meant.min_by_key(|hit| (hit.words.start, std::cmp::Reverse(hit.words.end)));
    let place = first.map(|hit| hit.words.clone()).or_else(|| place_of(topic?, sentence))?;
    Some(sentence.written(&place))
}

/// Returns the topic by which a concern without danger is detected besides its patterns.
fn topic_of(concern: &Concern) -> Option<Topic> {
    Topic::named(&concern.id).filter(|_| !concern.is_danger)
}

/// Returns the part of a sentence that says a topic and means it.
fn place_of(topic: Topic, sentence: &Sentence<'_>) -> Option<Range<usize>> {
    topic.place(sentence).filter(|place| read_around(sentence, place).against().is_none())
}

/// Returns whether anything in a text is a sign of a concern, with danger or without.
#[must_use]
pub fn is_heavy(text: &str) -> bool {
    sentences(text).iter().any(|sentence| !hears(sentence).is_empty())
}

/// Returns the concern that a sentence resembles most, out of those whose subject it names, so that the notice is true.
fn likest(sentence: &Sentence<'_>, weighed: &Weighed) -> Option<&'static str> {
    let sign = |id: &str| {
        let at = concerns().iter().position(|concern| concern.id == id)?;
        signs().of_concerns().get(at)
    };
    weighed.concerns.iter().copied().take(2).find(|id| sign(id).is_some_and(|sign| sign.is_named_in(sentence)))
}

/// Returns the notices for written texts, the most urgent first; a concern detected in several places gives one notice.
#[must_use]
pub fn listen<'a>(
    texts: impl IntoIterator<Item = Utterance<'a>>,
    region: &Region,
    own: &[Contact],
) -> Vec<SafetyNotice> {
    let mut places: BTreeMap<usize, Vec<HeardIn>> = BTreeMap::new();
    for Utterance { text, place } in texts {
        for concern in sentences(text).iter().flat_map(hears) {
            // Concerns without danger are left to the rules.
            let at = concerns().iter().position(|known| known.id == concern.id).filter(|_| concern.is_danger);
            let Some(known) = at.map(|at| places.entry(at).or_default()) else { continue };
            if !known.contains(&place) {
                known.push(place.clone());
            }
        }
    }
    let notice = |(at, places)| Some(notice_of(concerns().get(at)?, places, region, own));
    places.into_iter().filter_map(notice).collect()
}

/// Returns the notice of a concern that was detected in these places.
#[must_use]
pub fn notice_of(concern: &Concern, heard_in: Vec<HeardIn>, region: &Region, own: &[Contact]) -> SafetyNotice {
    SafetyNotice {
        concern: concern.id.clone(),
        title: concern.title.clone(),
        text: concern.text.clone(),
        contacts: contacts_for(concern, region, own),
        heard_in,
    }
}

impl Sign {
    /// Returns whether one of the patterns that no weight overrides is found and meant.
    fn is_sure_in(&self, sentence: &Sentence<'_>, own: bool) -> bool {
        let hits: Vec<Found> = self.sure.iter().flat_map(|pattern| pattern.found(sentence)).collect();
        self.is_heard_in(sentence, &hits.iter().collect::<Vec<_>>(), own)
    }

    /// Returns whether one of the patterns found is meant and is not overlapped by a `quiet` pattern. `own` says that
    /// the concern may be about the writer.
    fn is_heard_in(&self, sentence: &Sentence<'_>, hits: &[&Found], own: bool) -> bool {
        let quiet: Vec<Found> = self.quiet.iter().flat_map(|pattern| pattern.found(sentence)).collect();
        let overlaps = |hit: &Found| {
            quiet.iter().any(|other| other.words.start < hit.words.end && hit.words.start < other.words.end)
        };
        hits.iter()
            .filter(|hit| !hit.denied_inside && !overlaps(hit))
            .any(|hit| self.is_meant(read_around(sentence, &hit.words), own))
    }

    fn is_meant(&self, context: Context, own: bool) -> bool {
        let past = if self.hears_past { context.long_past } else { context.past };
        let supposed = context.supposed && !(own && context.subject != Subject::Other);
        let other = self.of_writer && context.subject != Subject::Writer;
        !(context.negated || past || supposed || other)
    }
}

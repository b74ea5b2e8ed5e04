//! Which concerns the words of a text are a sign of.

use std::collections::BTreeMap;

use super::concerns::{Concern, concerns};
use super::contacts::{Region, contacts_for};
use super::signs::{Sign, signs};
use super::weights::{AGAINST, FOR, OVER, Weighed, weigh};
use crate::domain::{Contact, HeardIn, SafetyNotice};
use crate::language::{Context, Found, Sentence, Subject, read_around, sentences};

/// Of so many words and fewer, a sentence is too short to be weighed: only patterns are looked for in it.
const FEW: usize = 6;
/// Of so many words and fewer, a sentence that holds no pattern is heard over this weight only: it says little.
const SHORT: usize = 9;
const FOR_SHORT: f64 = 2.5;
/// Over this, words like those of suicide are heard where a pattern finds another danger in the same sentence, and over the
/// other one alone: to miss them is worse than anything else.
const BESIDE: f64 = 1.0;
const SUICIDE: f64 = 1.2;
/// Over this weight a sentence that holds no pattern says it plainly.
const PLAIN: f64 = 2.5;
/// The concern that no weight silences.
const SELF_HARM: &str = "self-harm";

/// A text and where it stands, to listen to.
#[derive(Debug, Clone)]
pub struct Utterance<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it stands.
    pub place: HeardIn,
}

impl Utterance<'_> {
    /// The same where everybody at the screen reads it.
    #[must_use]
    pub fn shared(self) -> Self {
        Self { place: HeardIn { private: false, ..self.place }, ..self }
    }
}

/// The concerns that one sentence is a sign of, the most pressing first.
///
/// A concern is heard if one of its patterns is found and meant, unless the sentence as a whole weighs against it; nothing
/// weighs against thoughts of suicide. Where no pattern of it is found, it is heard if the sentence weighs enough, is most
/// like it, and names what it is about; a sentence of few words is not weighed, and a short one has to weigh more.
///
/// A pattern tells better which concern it is than weights do, so beside one nothing is heard by weight alone, except
/// plain words of suicide.
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
        let is_so = match (own.is_empty(), counts) {
            (true, _) => false,
            (_, true) => sign.is_heard_in(sentence, &own, concern.own),
            (_, false) => sign.is_sure_in(sentence, concern.own),
        };
        if is_so {
            by_pattern.push(concern);
        } else if is_like && !own.is_empty() && weighed.danger > OVER {
            by_weight = Some((concern, false));
        } else if is_like && own.is_empty() && concern.id == SELF_HARM && weighed.danger > BESIDE {
            // Heard beside another danger from here on, and alone only if it weighs as much as everything else has to.
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

/// The concern that a sentence is most like, of those whose matter it names: what is then said of its words has to be true.
fn likest(sentence: &Sentence<'_>, weighed: &Weighed) -> Option<&'static str> {
    let sign = |id: &str| {
        let at = concerns().iter().position(|concern| concern.id == id)?;
        signs().of_concerns().get(at)
    };
    weighed.concerns.iter().copied().take(2).find(|id| sign(id).is_some_and(|sign| sign.is_named_in(sentence)))
}

/// The notices for what was written, the most pressing first; what was noticed in several places is one notice.
#[must_use]
pub fn listen<'a>(
    texts: impl IntoIterator<Item = Utterance<'a>>,
    region: &Region,
    own: &[Contact],
) -> Vec<SafetyNotice> {
    let mut places: BTreeMap<usize, Vec<HeardIn>> = BTreeMap::new();
    for Utterance { text, place } in texts {
        for concern in sentences(text).iter().flat_map(hears) {
            // What is no danger is for rules to answer.
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

/// The notice of a concern that was noticed in these places.
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
    /// The same of the patterns that no weight silences.
    fn is_sure_in(&self, sentence: &Sentence<'_>, own: bool) -> bool {
        let hits: Vec<Found> = self.sure.iter().flat_map(|pattern| pattern.found(sentence)).collect();
        self.is_heard_in(sentence, &hits.iter().collect::<Vec<_>>(), own)
    }

    /// Whether one of the patterns that were found is meant, and none of those that silence it overlaps.
    /// What is `own` may be said of the writer.
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

//! Reads case files: parses TOML into [`Case`]s and reports every fault with its line.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::case_short::{Marks, RawAction};
use super::cases::Case;
use super::load::RuleSet;
use crate::domain::{
    Answer, BehaviourIx, By, Day, Fault, Library, NonAnswer, Organisation, Person, Rated, Reflection, Story, clean,
    did_you_mean, nearest, toml_words, truncate,
};

/// The date of a case that states none. It is fixed so that cases give the same result on every machine.
const DAY: Day = jiff::civil::date(2026, 11, 22);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default, rename = "case")]
    cases: Vec<RawCase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCase {
    name: Spanned<String>,
    level: Option<Spanned<String>>,
    organisation: Option<Spanned<String>>,
    today: Option<Spanned<String>>,
    #[serde(default)]
    answers: Vec<CaseAnswer>,
    /// Rating by behaviour, theme or framework, dated today.
    #[serde(default)]
    pub(super) ratings: Marks<i64>,
    /// Importance by behaviour, dated today.
    #[serde(default)]
    pub(super) importance: Marks<i64>,
    /// Non-answer by behaviour, dated today.
    #[serde(default)]
    pub(super) non_answers: Marks<String>,
    /// Text written, by behaviour, dated today.
    #[serde(default)]
    pub(super) words: Marks<String>,
    /// Earlier ratings, oldest first, one month apart.
    #[serde(default)]
    pub(super) history: Vec<Marks<i64>>,
    /// Activities with their outcomes.
    #[serde(default)]
    pub(super) actions: Vec<RawAction>,
    /// Ids of rules that must fire.
    #[serde(default)]
    fires: Vec<Spanned<String>>,
    /// Ids of rules that must not fire.
    #[serde(default)]
    silent: Vec<Spanned<String>>,
    /// Ids of the activities expected first, in order.
    #[serde(default)]
    top: Vec<Spanned<String>>,
    /// Ids of activities that must not be shown.
    #[serde(default)]
    never: Vec<Spanned<String>>,
    /// Text that the sentence of a rule must contain, by rule id.
    #[serde(default)]
    because: BTreeMap<Spanned<String>, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseAnswer {
    behaviour: Spanned<String>,
    rating: Option<i64>,
    not: Option<Spanned<String>>,
    importance: Option<i64>,
    on: Option<Spanned<String>>,
    by: Option<Spanned<String>>,
    words: Option<String>,
}

/// Reads a case file.
///
/// # Errors
/// Returns every fault found; the file is then not used at all.
pub fn read_cases(
    file: &str,
    text: &str,
    pack: &str,
    library: &Library,
    set: &RuleSet,
) -> Result<Vec<Case>, Vec<Fault>> {
    let raw: RawFile = toml::from_str(text).map_err(|error| {
        let (message, hint) = toml_words(error.message());
        let fault = Fault::new(file, message, hint);
        vec![error.span().map_or(fault.clone(), |span| fault.at_byte(text, span.start))]
    })?;
    let mut reading = CaseReader { file, text, pack, library, set, faults: Vec::new() };
    let cases = raw.cases.iter().filter_map(|case| reading.case(case)).collect();
    if reading.faults.is_empty() { Ok(cases) } else { Err(reading.faults) }
}

/// The state while one file is read.
pub(super) struct CaseReader<'a> {
    file: &'a str,
    text: &'a str,
    pub(super) pack: &'a str,
    pub(super) library: &'a Library,
    set: &'a RuleSet,
    faults: Vec<Fault>,
}

impl CaseReader<'_> {
    pub(super) fn fault(&mut self, at: usize, message: impl AsRef<str>, hint: impl AsRef<str>) {
        let fault = Fault::new(self.file, clean(message.as_ref()), clean(hint.as_ref()));
        self.faults.push(fault.at_byte(self.text, at));
    }

    fn case(&mut self, raw: &RawCase) -> Option<Case> {
        let before = self.faults.len();
        let start = raw.name.span().start;
        let place = Fault::new(self.file, "", "").at_byte(self.text, start);
        let name = raw.name.as_ref().clone();
        let today = raw.today.as_ref().map_or(Some(DAY), |day| self.day(day)).unwrap_or(DAY);
        let person = Person {
            level: raw.level.as_ref().and_then(|level| self.level(level)),
            organisation: raw.organisation.as_ref().and_then(|kind| self.organisation(kind)).unwrap_or_default(),
            ..Person::default()
        };
        let mut answers: Vec<Answer> = raw.answers.iter().filter_map(|answer| self.answer(answer, today)).collect();
        answers.extend(self.in_short(raw, today));
        let (actions, verdicts) = self.actions(&raw.actions, today);
        let nothing = raw.fires.is_empty()
            && raw.silent.is_empty()
            && raw.top.is_empty()
            && raw.never.is_empty()
            && raw.because.is_empty();
        if nothing {
            self.fault(
                start,
                format!("the case \"{name}\" expects nothing"),
                "say what fires, is silent, comes first or never",
            );
        }
        let fires = self.rules(&raw.fires);
        let silent = self.rules(&raw.silent);
        let because = raw
            .because
            .iter()
            .filter_map(|(id, words)| Some((self.rules(std::slice::from_ref(id)).pop()?, words.clone())))
            .collect();
        let (top, never) = (self.activities(&raw.top), self.activities(&raw.never));
        let story = Story { person, today, answers, actions, verdicts };
        let at = format!("{}:{}", self.file, place.line.unwrap_or(0));
        (self.faults.len() == before).then(|| Case {
            name: clean(&name),
            at,
            profile: story.profile(self.library),
            story,
            fires,
            silent,
            top,
            never,
            because,
        })
    }

    pub(super) fn day(&mut self, text: &Spanned<String>) -> Option<Day> {
        let day = text.as_ref().parse().ok();
        if day.is_none() {
            self.fault(
                text.span().start,
                format!("\"{}\" is not a day", truncate(text.as_ref(), 40)),
                "write it like 2026-11-22",
            );
        }
        day
    }

    fn level(&mut self, text: &Spanned<String>) -> Option<String> {
        let found = self.library.level(text.as_ref()).map(|(_, _, level)| level.id.clone());
        if found.is_none() {
            self.fault(
                text.span().start,
                format!("there is no level \"{}\"", truncate(text.as_ref(), 40)),
                "use a level of the framework",
            );
        }
        found
    }

    fn organisation(&mut self, text: &Spanned<String>) -> Option<Organisation> {
        let found = Organisation::parse(text.as_ref());
        if found.is_none() {
            let message = format!("there is no kind of organisation \"{}\"", truncate(text.as_ref(), 40));
            self.fault(text.span().start, message, "it can be commissioner, provider, other");
        }
        found
    }

    fn rules(&mut self, ids: &[Spanned<String>]) -> Vec<String> {
        for id in ids.iter().filter(|id| self.set.rule(id.as_ref()).is_none()).collect::<Vec<_>>() {
            let near = nearest(id.as_ref(), self.set.rules().iter().map(|rule| rule.id.as_str()));
            let hint = near.map_or("`cairn rules list` shows them".to_owned(), did_you_mean);
            self.fault(id.span().start, format!("there is no rule \"{}\"", truncate(id.as_ref(), 60)), hint);
        }
        ids.iter().map(|id| id.as_ref().clone()).collect()
    }

    pub(super) fn activities(&mut self, ids: &[Spanned<String>]) -> Vec<String> {
        for id in ids.iter().filter(|id| self.library.activity(id.as_ref()).is_none()).collect::<Vec<_>>() {
            let near = nearest(id.as_ref(), self.library.activities.iter().map(|activity| activity.id.as_str()));
            let hint = near.map_or("use an id of activities.toml".to_owned(), did_you_mean);
            self.fault(id.span().start, format!("there is no activity \"{}\"", truncate(id.as_ref(), 60)), hint);
        }
        ids.iter().map(|id| id.as_ref().clone()).collect()
    }

    fn answer(&mut self, raw: &CaseAnswer, today: Day) -> Option<Answer> {
        let at = raw.behaviour.span().start;
        let ix = match self.library.find_from(self.pack, raw.behaviour.as_ref()) {
            Ok(ix) => ix,
            Err(error) => {
                self.fault(at, error.to_string(), "behaviours are named by code, like FL-5");
                return None;
            }
        };
        let rated = match (raw.rating, raw.not.as_ref().map(|word| NonAnswer::parse(word.as_ref()))) {
            (Some(value), None) => Rated::Value(value),
            (None, Some(Some(kind))) => Rated::Not(kind),
            (None, None) => Rated::Unanswered,
            _ => {
                let names = NonAnswer::ALL.map(NonAnswer::id).join(", ");
                self.fault(at, "an answer has a rating or a non-answer", format!("non-answers are {names}"));
                return None;
            }
        };
        let by = raw.by.as_ref().map_or(Some(By::Myself), |by| By::parse(by.as_ref()));
        let on = raw.on.as_ref().map_or(Some(today), |day| self.day(day));
        let said = Said { rated, importance: raw.importance, words: raw.words.as_deref(), by: by.unwrap_or(By::Other) };
        self.checked(at, ix, on?, &said)
    }

    /// Builds an answer; reports a value that the scale does not have and returns `None`.
    pub(super) fn checked(&mut self, at: usize, ix: BehaviourIx, on: Day, said: &Said<'_>) -> Option<Answer> {
        let framework = self.library.framework_of(ix);
        let answer = Answer {
            framework: framework.id.clone(),
            edition: framework.edition.clone(),
            behaviour: self.library.behaviour(ix).code.clone(),
            by: said.by,
            rated: said.rated,
            importance: said.importance,
            reflections: said
                .words
                .iter()
                .map(|text| Reflection { prompt: String::new(), text: clean(text) })
                .collect(),
            ..Answer::blank(on)
        };
        match answer.check(&framework.scale, &framework.importance) {
            Ok(()) | Err(crate::domain::AnswerError::Empty) => Some(answer),
            Err(error) => {
                self.fault(at, error.to_string(), "use a point of the framework's scale");
                None
            }
        }
    }
}

/// The content of one answer of a case.
pub(super) struct Said<'a> {
    pub(super) rated: Rated,
    pub(super) importance: Option<i64>,
    pub(super) words: Option<&'a str>,
    pub(super) by: By,
}
